"""The committed pages by axe and HTML CodeSniffer, in Chromium, with the network off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
from browsing import open_record
from checking import AXE, HTMLCS, PAGES, script
from playwright.sync_api import Browser, Page

WIDTHS = (360, 820, 1600)
VIEWS = [("october", width, "light", "none") for width in WIDTHS]
# No rule of the style sheets holds between these widths that does not hold at one of them.
VIEWS += [("october", width, "dark", "none") for width in (WIDTHS[0], WIDTHS[-1])]
VIEWS += [("october", 820, "light", "active"), ("article", 820, "light", "none")]
# The view in which the record is open; in the others front and brief are looked at.
WHOLE = ("october", 820, "light", "none")

OPENED = "document.querySelectorAll('details:not(#record)').forEach(it => { it.open = true })"

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

# What axe leaves open: the rule, its reason, where, and why it may stay open.
LEFT_OPEN = [
    # It does not look at what a drawing paints behind a text; the test of charts below does.
    ("color-contrast", "imgNode", ".chart svg text"),
    ("color-contrast", "shortTextContent", ".chart svg text"),
    ("color-contrast", "bgOverlap", ".chart svg text"),
    # What is drawn is a sign ("‹", "?") and no word; the name says what it means.
    ("label-content-name-mismatch", "label-content-name-mismatch", "#daybar button"),
    ("label-content-name-mismatch", "label-content-name-mismatch", "#chart-lineage a"),
    # A wide table scrolls sideways in its frame: the cells in question are out of sight.
    ("color-contrast", "elmPartiallyObscured", ".scroll"),
    # A figure of one digit is too short for it; its colours are those of the rest of its table.
    ("color-contrast", "shortTextContent", ".table td"),
    ("color-contrast", "shortTextContent", ".days td"),
    # Squares for things cited are signs, in the colour of the rest of their table.
    ("color-contrast", "nonBmp", ".table td"),
]

# What HTML CodeSniffer warns of: the code, where, and why it may stay.
WARNED = [
    # Sentences that cite claims: several links in a paragraph are no list of places to go.
    ("Principle1.Guideline1_3.1_3_1.H48", "main"),
    # The heads of a stacked table are out of sight and are read aloud: no colour is seen.
    ("Principle1.Guideline1_4.1_4_3.G18.Abs", ".table thead"),
    # A filter that is not set has the empty value, "All", and no groups.
    ("Principle4.Guideline4_1.4_1_2.H91.Select.Value", ".filters"),
    ("Principle1.Guideline1_3.1_3_1.H85.2", ".filters"),
    # The bar of days stays at the foot of a narrow page; another test sees that it hides nothing.
    ("Principle1.Guideline1_4.1_4_10.C32,C31,C33,C38,SCR34,G206", "#daybar"),
]

AXE_RUN = """async ([tags, explained]) => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations", "incomplete"],
    elementRef: true});
  const faults = [];
  for (const kind of ["violations", "incomplete"]) for (const rule of found[kind])
    for (const node of rule.nodes) {
      const why = [...node.any, ...node.all, ...node.none].map(it => it.data?.messageKey ?? it.id);
      const known = kind === "incomplete" && why.length && why.every(key => explained.some(
        it => it[0] === rule.id && it[1] === key && node.element?.closest(it[2])));
      if (!known) faults.push([kind, rule.id, why.join(), node.target.join(" "), node.html]);
    }
  return [faults, found.testEngine.name];
}"""

SNIFF = """explained => new Promise((done, failed) => HTMLCS.process("WCAG2AA", document, () => {
  const faults = [];
  for (const it of HTMLCS.getMessages()) {
    if (it.type === HTMLCS.NOTICE) continue;
    const known = it.type === HTMLCS.WARNING && explained.some(
      one => it.code.endsWith(one[0]) && it.element.closest?.(one[1]));
    if (!known) faults.push([it.type, it.code, it.msg, it.element.outerHTML?.slice(0, 200)]);
  }
  done([faults, HTMLCS.getMessages().length]);
}, failed))"""

# The script unpacks the record for a link into it; what stands there without scripts has the same
# anchors, and takes its place for a checker that looks for them.
PLACES = """() => {
  const place = document.querySelector("#record noscript");
  if (place) place.parentElement.insertAdjacentHTML("beforeend", place.textContent);
}"""

# A card stays in sight if something on it has a form that nothing has on a card before it: where
# it stands, its classes, the names of its attributes, its language, and whether it has words. What
# a checker finds of a card it finds of such a form; ids and links are looked at elsewhere.
UNLIKE = """() => {
  const known = new Set();
  const cards = [...document.querySelectorAll("#record article")];
  for (const card of cards) {
    const forms = [card, ...card.querySelectorAll("*")].map(it => {
      const within = [];
      for (let at = it; at !== card.parentElement; at = at.parentElement)
        within.push([at.tagName, at.getAttribute("class")]);
      return JSON.stringify([within, it.getAttributeNames(), it.lang, !it.textContent.trim()]);
    });
    card.hidden = forms.every(form => known.has(form));
    forms.forEach(form => known.add(form));
  }
  return [cards.filter(it => it.checkVisibility()).length, cards.length];
}"""

# The colour of each text of a chart against what is painted behind its middle, or the paper.
DRAWN = """() => {
  const rgb = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = colour => rgb(colour).slice(0, 3).map(it => it / 255)
    .map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)
    .reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0);
  const clear = colour => colour === "none" || rgb(colour)[3] === 0;
  const behind = (text, box) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const layers = [];  // what is painted there, from the top down, with how much it covers
    for (const it of document.elementsFromPoint(x, y)) {
      const style = getComputedStyle(it);
      const drawn = it.closest("svg") && it.tagName !== "svg";
      if (it === text || it.tagName === "text" || it.tagName === "tspan") continue;
      const cover = drawn ? Number(style.fillOpacity) * Number(style.opacity) : 1;
      const colour = drawn ? style.fill : style.backgroundColor;
      if (cover > 0 && !clear(colour)) layers.push([rgb(colour), cover]);
      if (cover === 1 && !clear(colour)) break;
    }
    const mixed = layers.reverse().reduce((under, [over, cover]) =>
      under.map((it, at) => Math.round(over[at] * cover + it * (1 - cover))), [255, 255, 255]);
    return `rgb(${mixed.join(", ")})`;
  };
  const pale = {}, at = scrollY;
  let count = 0;
  const cards = [...document.querySelectorAll("article")];  // no chart is in a card
  cards.forEach(card => { card.style.display = "none"; });
  for (const text of document.querySelectorAll(".chart svg text")) {
    text.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
    const box = text.getBoundingClientRect();
    if (!box.width || getComputedStyle(text).visibility === "hidden") continue;
    count += 1;
    const [ink, paper] = [getComputedStyle(text).fill, behind(text, box)];
    const [low, high] = [light(ink), light(paper)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    const key = `${text.closest("figure").id}: ${ink} on ${paper}, ${ratio.toFixed(2)} to 1`;
    if (ratio < 4.5) (pale[key] ??= []).push(text.textContent);
  }
  cards.forEach(card => { card.style.display = ""; });
  scrollTo(0, at);
  return [pale, count];
}"""

MOVES = """() => [...document.querySelectorAll("*")].filter(it => {
  const style = getComputedStyle(it);
  return [style.transitionDuration, style.animationDuration].some(
    lasts => lasts.split(",").some(one => parseFloat(one) > 0));
}).map(it => it.outerHTML.slice(0, 100))"""


@dataclass
class View:
    """A page as it is opened once for all checks."""

    page: Page
    heard: list[str] = field(default_factory=list)

    @cached_property
    def axe(self) -> list[list[str]]:
        self.page.evaluate(script(AXE))
        found, engine = self.page.evaluate(AXE_RUN, [TAGS, LEFT_OPEN])
        assert engine == "axe-core"
        return found  # type: ignore[no-any-return]

    def sniffed(self) -> tuple[list[list[Any]], int]:
        self.page.evaluate(PLACES)
        self.page.evaluate(script(HTMLCS))
        found, count = self.page.evaluate(SNIFF, WARNED)
        return found, count


def _opened(browser: Browser, address: str, **how: Any) -> Iterator[View]:
    context = browser.new_context(offline=True, **how)
    view = View(context.new_page())
    view.page.on("console", lambda message: view.heard.append(message.text))
    view.page.on("pageerror", lambda error: view.heard.append(str(error)))
    view.page.goto(address)
    view.page.evaluate("document.fonts.ready.then(() => 0)")
    view.page.evaluate(OPENED)
    yield view
    context.close()


@pytest.fixture(scope="module", params=VIEWS, ids=lambda it: "-".join(map(str, it)))
def view(browser: Browser, request: pytest.FixtureRequest) -> Iterator[View]:
    edition, width, scheme, forced = request.param
    size = {"width": width, "height": 900}
    for view in _opened(
        browser, PAGES[edition].as_uri(), viewport=size, color_scheme=scheme, forced_colors=forced
    ):
        if request.param == WHOLE:
            open_record(view.page)
            view.page.evaluate(OPENED)
            visible, cards = view.page.evaluate(UNLIKE)
            assert 20 < visible < cards / 3, "some cards of each form, and none twice"
        yield view


def test_the_page_opens_without_a_word_on_the_console(view: View) -> None:
    assert view.heard == []


def test_axe_finds_no_violation(view: View) -> None:
    assert [each for each in view.axe if each[0] == "violations"] == []


def test_axe_leaves_nothing_open_that_is_not_explained(view: View) -> None:
    assert [each for each in view.axe if each[0] == "incomplete"] == []


def test_html_codesniffer_finds_no_error_and_no_warning_that_is_not_explained(view: View) -> None:
    found, count = view.sniffed()
    assert count > 100  # it has notices for every page
    assert found == []


def test_every_text_of_a_chart_stands_out_from_what_is_painted_behind_it(view: View) -> None:
    found, count = view.page.evaluate(DRAWN)
    assert count > 20
    assert found == {}


def test_nothing_moves_for_who_asks_for_less_motion(browser: Browser) -> None:
    for view in _opened(browser, PAGES["article"].as_uri(), reduced_motion="reduce"):
        assert view.page.evaluate(MOVES) == []
        assert view.page.evaluate("document.getAnimations().length") == 0


FAULTY = """<!DOCTYPE html><html lang="en"><title>A</title><main><h1>A</h1>
<style>p { transition: color 1s; color: #bbb; background: #fff }</style>
<p>Some words.</p><img src="data:,">
<figure class="chart" id="c"><svg width="99" height="99">
<rect width="99" height="99" fill="#56b4e9"/>
<text x="9" y="50" fill="#fff">Pale</text><text x="9" y="80">Dark</text></svg></figure></main>"""


def test_each_checker_sees_a_fault(browser: Browser) -> None:
    for view in _opened(browser, "about:blank"):
        view.page.set_content(FAULTY)
        assert {"image-alt", "color-contrast"} <= {each[1] for each in view.axe}
        codes = " ".join(each[1] for each in view.sniffed()[0])
        assert "H37" in codes and "G18.Fail" in codes
        found, count = view.page.evaluate(DRAWN)
        assert count == 2 and list(found.values()) == [["Pale"]]
        assert len(view.page.evaluate(MOVES)) == 1
