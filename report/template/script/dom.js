// Three short names for what every part of the script does with the page.
//
// The parts (render/html.py joins them into one script, in an order that it names) share their
// top-level names. Nothing is computed here: what can be read on a day is in the page already, with
// the first and the last day on which it holds (data-since and data-until, as positions in the
// table of days from 0; without them it always holds). Without the script the page is that of the
// last day. The ids, classes and data attributes are listed in report/template/names.yml.
"use strict";

const find = (selector, within = document) => within.querySelector(selector);
const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];
const create = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
