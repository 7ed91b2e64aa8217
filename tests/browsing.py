"""A page opened in a browser with the network off, and what a reader sees on it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from checking import PAGES
from conftest import PATIENCE
from playwright.sync_api import Browser, Page

LAST = {"october": "2024-10-31", "article": "2024-10-19"}

VISIBLE = """() => {
  const seen = (selector, within = document) =>
    [...within.querySelectorAll(selector)].filter(it => it.checkVisibility());
  // Without the numbers of footnotes.
  const words = it => {
    const notes = [...it.querySelectorAll("sup")];
    notes.forEach(one => one.hidden = true);
    const words = it.innerText.replace(/\\s+/g, " ").trim();
    notes.forEach(one => one.hidden = false);
    return words;
  };
  // The first is in the record.
  const table = document.querySelector("#table-sides-by-question") ?? document.body;
  return {
    figures: Object.fromEntries([...document.querySelectorAll("#daybar dl div")].map(
      it => [it.querySelector("dt").textContent, it.querySelector("dd").textContent])),
    cards: seen("main article").map(it => it.id),
    claims: seen("main article li[id]").map(it => it.id),
    status: document.querySelector("[role=status]")?.textContent,
    marks: Object.fromEntries([...document.querySelectorAll("figure.chart")].map(
      it => [it.id, seen("a.mark", it).map(one => one.getAttribute("href").slice(1))])),
    labels: seen("thead th", table).map(words),
    rows: seen("tbody tr", table).map(row => [...row.cells].map(words)),
    answer: seen("#answer .slot").map(words),
    findings: seen("#findings .slot").map(words),
    fields: Object.fromEntries([...document.querySelectorAll(".filters input, .filters select")]
      .map(it => [it.name, it.value])),
    day: document.querySelector("#daybar output").textContent,
    back: seen("#lookback").map(words),
    current: [...document.querySelectorAll("#days tr.current")].map(it => it.dataset.day),
  };
}"""

# After the browser has drawn what the last step changed.
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def address(edition: str = "october", state: str = "") -> str:
    """Return the address of an edition's page, with a state."""
    return PAGES[edition].as_uri() + state


@contextmanager
def opened(browser: Browser, where: str = "", **how: Any) -> Iterator[Page]:
    """Open a page (none given: October's); it must ask for nothing and log nothing.

    By default 1280 wide and 900 high.
    """
    size = {"viewport": {"width": 1280, "height": 900}, "offline": True}
    context = browser.new_context(**(size | how))
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda asked: heard.append(asked.url))
    page.goto(where or address())
    yield page
    own = (*(path.as_uri() for path in PAGES.values()), where.partition("?")[0] or "data:", "data:")
    assert [it for it in heard if not it.startswith(own)] == []
    context.close()


def wait_until(page: Page, condition: str) -> None:
    """Wait until an expression is true on a page, whose policy forbids Playwright's own wait."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"never true: {condition}"
        page.evaluate(DRAWN)


def visible_on(page: Page) -> dict[str, Any]:
    """Return what a reader sees of all that moves with the day and the filters."""
    page.evaluate(DRAWN)
    found: dict[str, Any] = page.evaluate(VISIBLE)
    return found


def move(page: Page, day: str) -> None:
    """Move the brief's day by its slider, in sight or not."""
    assert page.evaluate(
        """day => {
          const rows = [...document.querySelectorAll("#days [data-day]")];
          const slider = document.querySelector("#daybar input");
          slider.value = rows.findIndex(row => row.dataset.day === day);
          slider.dispatchEvent(new Event("input", {bubbles: true}));
          return rows[slider.value].dataset.day === day; }""",
        day,
    )


def open_record(page: Page) -> None:
    """Open the record as a reader does; it is then unpacked."""
    page.locator("#record > summary").click()
    page.locator("#packed").wait_for(state="detached")


def is_packed(page: Page) -> bool:
    """Tell whether the record lies in the page as nobody has asked for it yet."""
    return page.locator("#packed").count() == 1
