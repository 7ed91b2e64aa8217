"""The committed page in a real browser, with the network off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

PAGE = (Path(__file__).parent.parent / "report" / "brief.html").as_uri()
WIDTHS = (360, 820, 1600)


@pytest.fixture(params=[(width, scheme) for width in WIDTHS for scheme in ("light", "dark")])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    yield context.new_page()
    context.close()


def test_the_page_opens_with_the_network_off_asks_for_nothing_and_logs_nothing(page: Page) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda asked: heard.append(asked.url))
    page.goto(PAGE)
    page.evaluate("document.fonts.ready.then(() => document.fonts.size)")
    assert [url for url in heard if url != PAGE and not url.startswith("data:")] == []


def test_the_page_never_scrolls_sideways(page: Page) -> None:
    page.goto(PAGE)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_every_embedded_face_is_loaded(page: Page) -> None:
    page.goto(PAGE)
    faces = page.evaluate("document.fonts.ready.then(f => [...f].map(x => [x.family, x.status]))")
    assert {"Source Serif Pro", "Source Sans Pro"} <= {family.strip('"') for family, _ in faces}
    assert {status for _, status in faces} <= {"loaded", "unloaded"}
    assert "loaded" in {status for _, status in faces}


def test_a_claim_in_the_findings_leads_to_its_card_and_the_card_back(page: Page) -> None:
    page.goto(PAGE)
    page.locator("#key-findings a").first.click()
    anchor = page.evaluate("location.hash")
    assert anchor.startswith("#claim-")
    card = page.locator(anchor)
    assert card.is_visible()
    card.get_by_role("link", name="What does the record show, and what").first.click()
    assert page.locator("#key-findings").is_visible()


def test_a_mark_of_the_timeline_can_be_reached_and_opened_by_keyboard(page: Page) -> None:
    page.goto(PAGE)
    mark = page.locator("#chart-claim-timeline a.mark").first
    mark.focus()
    assert page.evaluate("document.activeElement.classList.contains('mark')")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash").startswith("#claim-")


def test_each_chart_has_a_name_and_each_table_its_headers(page: Page) -> None:
    page.goto(PAGE)
    for chart in page.locator("figure.chart svg").all():
        assert chart.get_attribute("aria-labelledby")
        assert chart.locator("title").first.text_content()
    for table in page.locator("figure.table table").all():
        assert table.locator("caption").count() == 1
        assert table.locator("thead th[scope=col]").count() > 1
