// What the page does beyond being read: it follows the reader in the contents, tells a mark's words,
// opens a claim's card beside the text, filters the ledger, and moves the brief's day back.
//
// Nothing is worked out here. What is to be seen on a day is in the page already, with the first and
// the last day on which it holds (data-since, data-until: places in the table of days, from 0; none:
// no limit); the figures of each day are the rows of that table. Without this script everything is there as of the last day.
"use strict";

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// --- The state that stands in the address: ?day=2024-10-16&side=ukraine#o16a

const rows = all("#days tr[data-day]");
const days = rows.map((row) => row.dataset.day);
const last = days.at(-1);
const filters = one(".filters");
const fields = filters ? all("input, select", filters) : [];
let known = "";
let writing = 0;

// What an address asks for and the page does not have is as if it had not been asked for.
function readAddress() {
  clearTimeout(writing);
  known = location.search;
  const asked = new URLSearchParams(known);
  for (const field of fields) {
    field.value = asked.get(field.name) ?? "";
    if (field.value !== asked.get(field.name)) field.value = "";
  }
  showDay(days.includes(asked.get("day")) ? asked.get("day") : last);
}

// A moment later, since a browser stops who writes an address at every step of a slider.
function writeAddress() {
  clearTimeout(writing);
  writing = setTimeout(() => writeNow("replaceState", history.state, location.hash), 250);
}

function writeNow(how, state, hash) {
  clearTimeout(writing);
  const asked = new URLSearchParams();
  if (day !== last) asked.set("day", day);
  for (const { name, value } of fields) if (name !== "day" && value) asked.set(name, value);
  const query = `${asked}`;
  try {
    history[how](state, "", location.pathname + (query && `?${query}`) + hash);
  } catch {
    // A page inside another page has no address of its own, and does without.
  }
  known = location.search;
}

// --- The brief's day

// As YYYY-MM-DD, and its place among the days.
let day = last;
let place = 0;
const bar = one("#daybar");
const slider = one("input", bar);

// A chart whose marks name days of their own draws more than marks: it stays as a whole.
const stays = (block) => !one("a.mark:not([data-since]), :not(a):is([data-since], [data-until])", block);
const blocks = all(".block.table, .block.chart, .block.prose");
// The filters see to the cards.
const moving = blocks.filter((block) => !stays(block))
  .flatMap((block) => all("a.mark, [data-since], [data-until]", block));

// The claim's card that a link opens, if it opens one.
function cardOf(link) {
  const target = document.getElementById((link.getAttribute("href") ?? "").slice(1));
  return target?.localName === "article" ? target : null;
}

// A mark holds from the day of the card that it opens, if it names no day of its own.
const sinceOfCard = (element) => cardOf(element)?.dataset.since ?? 0;

function showDay(asked) {
  hideTip();
  if (!rows.length) return filterCards();
  day = asked;
  place = days.indexOf(day);
  for (const element of moving) {
    const { since = sinceOfCard(element), until = days.length } = element.dataset;
    const isNow = place >= Number(since) && place <= Number(until);
    // What ends before the last day is out of sight unless it is now.
    if (element.dataset.until) element.classList.toggle("now", isNow);
    else element.toggleAttribute("hidden", !isNow);
  }
  for (const slot of all(".slot")) slot.hidden = isEmpty(slot);
  document.body.classList.toggle("earlier", day !== last);
  rows.forEach((row, at) => row.classList.toggle("current", at === place));
  const back = one("#lookback");
  back.hidden = day === last;
  back.textContent = `What had been said by the end of ${told(rows[place])}. What does not move with the day says so.`;
  slider.value = place;
  slider.setAttribute("aria-valuetext", told(rows[place]));
  one("output", bar).textContent = told(rows[place]);
  one("dl", bar).replaceChildren(...figures(rows[place]));
  // Not disabled: that would take the focus from who has just used it.
  one("[data-step='-1']", bar).setAttribute("aria-disabled", place === 0);
  one("[data-step='1']", bar).setAttribute("aria-disabled", day === last);
  one("[data-step=last]", bar).hidden = day === last;
  for (const field of fields) if (field.name === "day") field.value = day;
  filterCards();
}

// Whether nothing of a sentence stands on the day.
const isEmpty = (slot) =>
  [...slot.childNodes].every((it) => it.nodeType !== Node.ELEMENT_NODE
    ? !it.textContent.trim()
    : it.hidden || (it.dataset.until && !it.classList.contains("now")));

const told = (row) => one("th", row).textContent;

// The figures of a day, each with its label: what its row of the table of days says.
function figures(row) {
  const labels = all("#days thead th").slice(1);
  return all("td", row).map((cell, at) =>
    made("div", {},
      made("dt", { textContent: labels[at].textContent }),
      made("dd", { textContent: cell.textContent })));
}

function moveDay(asked) {
  showDay(days[Math.min(Math.max(asked, 0), days.length - 1)]);
  writeAddress();
}

function startDays() {
  if (days.length < 2) return;
  slider.max = days.length - 1;
  slider.addEventListener("input", () => moveDay(Number(slider.value)));
  bar.addEventListener("click", ({ target }) => {
    const step = target.closest("button")?.dataset.step;
    if (step) moveDay(step === "last" ? days.length - 1 : place + Number(step));
    if (step === "last") slider.focus();
  });
  bar.hidden = false;
  document.documentElement.classList.add("has-daybar");
  for (const head of [
    ...blocks.filter(stays).map((block) => one("caption, figcaption", block) ?? block),
    ...all(".chart .longdesc summary"),
  ]) {
    head.append(made("small", { className: "still", textContent: ` as of ${told(rows.at(-1))}` }));
  }
}

// --- The ledger's filters

const cards = all("article");
const choices = fields.filter((field) => field.localName === "select").map(({ name }) => name);
// Of many claims only the foremost have a card; a note above the filters says so.
const shown = one(".cards > .note") ? "cards shown" : "claims";
const status = filters ? one("[role=status]", filters) : made("p");

// A text as it is searched: in small letters, with the apostrophe of a keyboard.
const plain = (text) => text.toLowerCase().replaceAll("’", "'");

// The plain text of a card, made when it is first searched: its head, its words and its fields.
const texts = new Map();
function textOf(card) {
  if (!texts.has(card)) {
    const parts = all("h3, h4, h5, p:not(dl ~ p), dd", card).map((part) => part.textContent);
    texts.set(card, plain(parts.join(" ")));
  }
  return texts.get(card);
}

// The values of a card for a filter; they stand in the order of the filters.
function facet(card, name) {
  const values = card.dataset.facets.split(",")[choices.indexOf(name)];
  return (values || "none").split(" ");
}

function isShown(card, asked) {
  if (place < Number(card.dataset.since ?? 0)) return false;
  return asked.every(({ name, value }) => name === "words"
    ? plain(value).split(/\s+/).every((word) => textOf(card).includes(word))
    : facet(card, name).includes(value));
}

// The card that the address names is always there; where it is none of those asked for, one is told.
function filterCards(named = location.hash.slice(1)) {
  const asked = fields.filter(({ name, value }) => name !== "day" && value.trim());
  let count = 0;
  let beside = "";
  for (const card of cards) {
    const isIn = isShown(card, asked);
    count += isIn;
    card.hidden = !isIn && card.id !== named;
    if (!isIn && card.id === named) beside = `; beside them ${named}, which the address names`;
  }
  const until = day === last ? "" : `, by the end of ${told(rows[place])}`;
  status.textContent = `${count} of ${cards.length} ${shown}${until}${beside}`;
}

function startFilters() {
  if (!filters) return;
  // What is printed says how many of the claims it shows.
  filters.after(status);
  const choice = one("select[name=day]", filters);
  choice.append(...rows.map((row) => made("option", { value: row.dataset.day, textContent: told(row) })));
  choice.closest("label").hidden = days.length < 2;
  filters.addEventListener("input", ({ target }) => {
    if (target === choice) showDay(choice.value);
    else filterCards();
    writeAddress();
  });
  one("button", filters).addEventListener("click", () => {
    for (const field of fields) field.value = "";
    showDay(last);
    writeAddress();
  });
  filters.hidden = false;
}

// --- A claim's card beside the text. Each card opened is a step of the browser's history; closing
// goes back over all of them, so that Back leads from card to card and then to the text.

const panel = one("#panel");

function openCard(card) {
  hideTip();
  const inside = card.cloneNode(true);
  inside.hidden = false;
  for (const element of [inside, ...all("[id]", inside)]) element.removeAttribute("id");
  one(".here", panel).replaceChildren(inside);
  panel.setAttribute("aria-label", one("h3, h4, h5", inside).textContent);
  panel.returnValue = "";
  const link = one("a", panel);
  link.href = `#${card.id}`;
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  link.focus();
}

function followLink(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const card = cardOf(link);
  if (card && !link.classList.contains("to-ledger")) {
    event.preventDefault();
    const depth = panel.open ? (history.state?.depth ?? 0) + 1 : 1;
    writeNow("replaceState", history.state, location.hash);
    writeNow("pushState", { card: card.id, depth }, `#${card.id}`);
    openCard(card);
  } else if (panel.contains(link) && link.getAttribute("href").startsWith("#")) {
    panel.close("followed");
    if (!card) return;
    // The step of history is the card's place in the ledger from now on.
    writeNow("replaceState", null, `#${card.id}`);
    filterCards(card.id);
  }
}

function followHistory() {
  const card = document.getElementById(history.state?.card ?? "");
  const named = document.getElementById(location.hash.slice(1));
  const wasHidden = named?.hidden;
  if (location.search === known) filterCards();
  else readAddress();
  if (card) openCard(card);
  else if (panel.open) panel.close();
  else if (wasHidden) named.scrollIntoView();
}

function startCards() {
  document.addEventListener("click", followLink);
  one("button", panel).addEventListener("click", () => panel.close());
  // The ground beside the panel.
  panel.addEventListener("click", ({ target }) => { if (target === panel) panel.close(); });
  panel.addEventListener("close", () => {
    const { card, depth } = history.state ?? {};
    if (card && !panel.returnValue) history.go(-depth);
  });
  addEventListener("popstate", followHistory);
  // A page that is loaded anew opens at the card in the ledger.
  if (history.state) writeNow("replaceState", null, location.hash);
}

// --- The words of a mark or a citation, on hover and on focus

const tip = made("div", { id: "tip", hidden: true });
let tipped = null;

// What a mark says, if that is not the head of the card that it opens.
const own = new Map();
const wordsOf = (link) => own.get(link) ?? one("h3, h4, h5", cardOf(link)).textContent;

function hideTip() {
  tip.hidden = true;
  tipped?.removeAttribute("aria-describedby");
  tipped = null;
}

function placeTip() {
  if (!tipped) return;
  const box = tipped.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const isBelow = box.bottom + 6 + height < innerHeight - bar.offsetHeight;
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  tip.style.top = `${isBelow ? box.bottom + 6 : box.top - height - 6}px`;
}

function showTip(link) {
  hideTip();
  tipped = link;
  tip.textContent = wordsOf(link);
  // A mark is called by these words already.
  if (!link.classList.contains("mark")) link.setAttribute("aria-describedby", "tip");
  (panel.open ? panel : document.body).append(tip);
  tip.hidden = false;
  placeTip();
}

function startTips() {
  tip.setAttribute("role", "tooltip");
  for (const mark of all("a.mark")) {
    const title = one("title", mark);
    if (title) own.set(mark, title.textContent);
    // Else the browser tells it too.
    title?.remove();
    // Called also by what is drawn, each text of it apart from the next.
    for (const text of all("text + text", mark)) text.prepend(" ");
    const drawn = all("text", mark).map((text) => text.textContent).join("");
    mark.setAttribute("aria-label", drawn ? `${drawn}: ${wordsOf(mark)}` : wordsOf(mark));
    mark.removeAttribute("aria-labelledby");
  }
  let leaving = 0;
  const linkOf = ({ target }) => {
    const link = target.closest?.("a:not(.to-ledger)");
    return link && (own.has(link) || cardOf(link)) ? link : null;
  };
  const enter = (event) => {
    const link = linkOf(event);
    if (link || tip.contains(event.target)) clearTimeout(leaving);
    if (link && link !== tipped) showTip(link);
  };
  const leave = (event) => {
    if (tipped && (linkOf(event) === tipped || tip.contains(event.target))) {
      clearTimeout(leaving);
      leaving = setTimeout(hideTip, 200);
    }
  };
  document.addEventListener("pointerover", enter);
  document.addEventListener("pointerout", leave);
  document.addEventListener("focusin", (event) => { if (event.target.matches(":focus-visible")) enter(event); });
  document.addEventListener("focusout", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || tip.hidden) return;
    hideTip();
    // The panel stays for the next one.
    event.preventDefault();
  });
  addEventListener("scroll", placeTip, { passive: true, capture: true });
}

// --- The contents follow the reader

function startContents() {
  const list = one("#contents");
  const links = new Map(all("a", list).map((link) => [link.hash.slice(1), link]));
  const heads = all("main section[id], main h3[id]").filter((head) => links.has(head.id));
  let current = null;
  const follow = () => {
    const above = heads.filter((head) => head.getBoundingClientRect().top < 100);
    const link = links.get(above.at(-1)?.id) ?? null;
    if (link === current) return;
    current?.removeAttribute("aria-current");
    current = link;
    current?.setAttribute("aria-current", "true");
    // It stays where it is under the hand of who reads it.
    if (current && list.scrollHeight > list.clientHeight && !list.matches(":hover, :focus-within")) {
      list.scrollTop = current.offsetTop - list.clientHeight / 2;
    }
  };
  let isDue = false;
  addEventListener("scroll", () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => { isDue = false; follow(); });
  }, { passive: true });
  follow();
}

// A table stays a table to those who hear it, also where a narrow page stacks its cells.
function nameTables() {
  const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
  for (const [tag, role] of Object.entries(roles)) {
    for (const element of all(`figure.table ${tag}`)) element.setAttribute("role", role);
  }
  for (const head of all("figure.table th")) {
    const role = head.scope === "col" ? "columnheader" : "rowheader";
    // A row that goes on with what the row above is headed by has no head of its own.
    head.setAttribute("role", head.textContent.trim() ? role : "cell");
  }
}

nameTables();
startFilters();
startDays();
startCards();
startTips();
startContents();
readAddress();
