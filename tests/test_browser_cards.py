"""Cards beside the text, the words of marks, the address and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import DRAWN, address, move, opened, seen_on
from checking import PAGES
from playwright.sync_api import Browser, Page, expect

MARK = "#chart-claim-timeline a.mark >> nth=20"
TITLE = "card => document.getElementById(card + '-is').textContent"


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


@pytest.fixture
def page(shared: Page) -> Page:
    """Return October's page as it is when it is opened."""
    shared.goto("about:blank")
    shared.mouse.move(0, 0)
    shared.goto(address())
    return shared


def _tail(page: Page) -> str:
    """Return what of the address is state."""
    return str(page.evaluate("location.search + location.hash"))


def _expect_tail(page: Page, tail: str) -> None:
    page.wait_for_function("tail => location.search + location.hash === tail", arg=tail)


def _is_focused(page: Page, selector: str) -> bool:
    return bool(page.locator(selector).evaluate("it => it === document.activeElement"))


def _open_by_key(page: Page) -> str:
    """Open a mark of the timeline from the keyboard; return its card's anchor."""
    mark = page.locator(MARK)
    mark.press("Enter")
    anchor = mark.get_attribute("href")
    assert anchor
    _expect_tail(page, anchor)
    return anchor[1:]


def test_enter_on_a_mark_opens_its_card_and_escape_returns_to_the_mark(page: Page) -> None:
    card = _open_by_key(page)
    panel = page.get_by_role("dialog")
    assert panel.is_visible()
    assert panel.get_attribute("aria-label") == page.evaluate(TITLE, card)
    assert panel.locator("article").inner_text().startswith(f"{card} ")
    for key in ["Tab"] * 30 + ["Shift+Tab"] * 4:
        page.keyboard.press(key)
        assert page.evaluate(
            "document.activeElement === document.body || panel.contains(document.activeElement)"
        )
    page.keyboard.press("Escape")
    if panel.is_visible():  # the first took away the words of a citation
        page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    _expect_tail(page, "")
    assert _is_focused(page, MARK)


def test_a_click_on_a_citation_opens_its_card_and_the_ground_closes_it(page: Page) -> None:
    page.locator("#key-findings a:visible").first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    assert _tail(page).startswith("#")
    page.mouse.click(40, 400)
    expect(panel).to_be_hidden()
    _expect_tail(page, "")
    assert page.evaluate("scrollY") < 900


def test_back_goes_from_card_to_card_to_the_text_and_forward_again(page: Page) -> None:
    cited = page.evaluate(
        """() => { const card = cards.find(card =>
          [...card.querySelectorAll("dd a")].some(a => cardOf(a)));
          return [card.id, cardOf([...card.querySelectorAll("dd a")].find(cardOf)).id]; }"""
    )
    first, second = cited
    page.locator(f"a.mark[href='#{first}']").first.press("Enter")
    inner = page.locator(f"#panel article dd a[href='#{second}']").first
    inner.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.locator("article")).to_contain_text(f"{second} ")
    assert page.evaluate("panel.contains(document.activeElement)")
    page.go_back()
    _expect_tail(page, f"#{first}")
    assert panel.locator("article").inner_text().startswith(f"{first} ")
    page.go_forward()
    _expect_tail(page, f"#{second}")
    panel.get_by_role("button", name="Close").click()
    _expect_tail(page, "")
    expect(panel).to_be_hidden()
    page.go_forward()
    _expect_tail(page, f"#{first}")
    expect(panel).to_be_visible()
    page.go_back()
    expect(panel).to_be_hidden()


def test_the_panel_leads_to_the_ledger_also_to_a_card_that_is_filtered_away(page: Page) -> None:
    page.locator(".filters [name=words]").fill("xyzzy")
    page.locator("#key-findings a:visible").first.click()
    page.locator("#panel a.to-ledger").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    anchor = page.evaluate("location.hash")
    expect(page.locator(anchor)).to_be_in_viewport()
    assert page.evaluate(
        f"document.querySelector(':target') === document.querySelector('{anchor}')"
    )
    assert seen_on(page)["status"] == (
        f"0 of 902 claims; beside them {anchor[1:]}, which the address names"
    )


def test_cited_in_leads_back_to_each_place_and_back_again_to_the_card(page: Page) -> None:
    page.locator("#key-findings a:visible").first.click()
    panel = page.get_by_role("dialog")
    places = panel.locator("article > p").last.locator("a")
    hrefs = [place.get_attribute("href") for place in places.all()]
    assert len(hrefs) > 2 and "#key-findings" in hrefs
    for href in hrefs:
        panel.locator(f"article > p a[href='{href}']").click()
        expect(panel).to_be_hidden()
        expect(page.locator(str(href))).to_be_in_viewport()
        page.go_back()
        expect(panel).to_be_visible()


def test_an_address_with_a_card_opens_at_it_with_scripts_and_without(browser: Browser) -> None:
    for runs in (True, False):
        with opened(browser, address(state="#o16a"), java_script_enabled=runs) as page:
            expect(page.locator("#o16a")).to_be_in_viewport()
            assert (page.locator("#o16a").bounding_box() or {})["y"] < 120
            assert page.locator("dialog[open]").count() == 0


def test_an_address_typed_over_another_shows_the_card_that_was_filtered_away(page: Page) -> None:
    page.goto("about:blank")
    page.goto(address(state="?day=2024-10-02&words=xyzzy"))
    page.evaluate("location.hash = '#o16a'")
    expect(page.locator("#o16a")).to_be_in_viewport()
    shown = seen_on(page)
    assert shown["cards"] == ["o16a"]
    assert shown["status"].endswith(
        "by the end of 2 October 2024; beside them o16a, which the address names"
    )


def _state(page: Page) -> dict[str, Any]:
    shown = seen_on(page)
    return {name: shown[name] for name in ("fields", "day", "cards", "findings", "marks")}


def test_an_address_restores_the_day_and_the_filters_here_and_elsewhere(
    browser: Browser, page: Page
) -> None:
    move(page, "2024-10-23")
    page.locator(".filters [name=side]").select_option("ukraine")
    page.locator(".filters [name=stance]").select_option("affirms")
    page.locator(".filters [name=words]").fill("russia")
    _expect_tail(page, "?day=2024-10-23&words=russia&side=ukraine&stance=affirms")
    state = _state(page)
    assert 0 < len(state["cards"]) < 100
    page.reload()
    assert _state(page) == state
    with opened(browser, page.url) as copy:
        assert _state(copy) == state
        copy.locator(".filters button").click()
        _expect_tail(copy, "")


UNKNOWN = [
    "?day=2024-13-99", "?day=", "?side=<script>alert(1)</script>", "?question=Q99&stance=none",
    "?evidence=toString", "?words=", "?words=%20%0A", "?unknown=1", "#%", "#no-such-card",
]  # fmt: skip


@pytest.mark.parametrize("tail", UNKNOWN)
def test_what_an_address_asks_for_in_vain_is_as_if_it_had_not_asked(page: Page, tail: str) -> None:
    page.goto("about:blank")
    page.goto(address(state=tail))
    shown = seen_on(page)
    assert shown["status"] == "902 of 902 claims"
    assert shown["day"] == "31 October 2024" and shown["back"] == []


@pytest.mark.parametrize("words", ["%%", "x" * 20000, "%00", "<b>"])
def test_strange_words_find_nothing_and_say_so(page: Page, words: str) -> None:
    page.goto("about:blank")
    page.goto(address(state=f"?words={words}"))
    assert seen_on(page)["status"] == "0 of 902 claims"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_back_over_a_moved_day_moves_the_day_back(page: Page) -> None:
    page.locator("#key-findings a:visible").first.click()
    page.locator("#panel a.to-ledger").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    card = page.evaluate("location.hash")
    move(page, "2024-10-16")
    _expect_tail(page, "?day=2024-10-16" + card)
    page.go_back()
    _expect_tail(page, "")
    assert seen_on(page)["day"] == "31 October 2024"
    page.go_forward()
    _expect_tail(page, "?day=2024-10-16" + card)
    assert seen_on(page)["day"] == "16 October 2024"


@pytest.mark.parametrize("link", [MARK, "#key-findings a >> visible=true >> nth=3"])
def test_words_of_a_link_on_hover_stay_do_not_cover_it_and_go_by_escape(
    page: Page, link: str
) -> None:
    tip = page.get_by_role("tooltip")
    target = page.locator(link)
    target.scroll_into_view_if_needed()
    page.evaluate(DRAWN)
    target.hover()
    expect(tip).to_be_visible()
    card = str(target.get_attribute("href"))[1:]
    assert tip.inner_text() == " ".join(page.evaluate(TITLE, card).split())
    own, over = target.bounding_box(), tip.bounding_box()
    assert own and over
    assert over["y"] >= own["y"] + own["height"] or over["y"] + over["height"] <= own["y"]
    page.mouse.move(own["x"] + 4, own["y"] + own["height"] / 2)
    down = 12 if over["y"] > own["y"] else -12 - own["height"]
    page.mouse.move(own["x"] + 4, own["y"] + own["height"] + down, steps=4)
    page.wait_for_timeout(500)
    assert tip.is_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    target.hover(position={"x": 2, "y": 2})
    page.mouse.move(1, 1)
    expect(tip).to_be_hidden()


def test_words_of_a_link_on_focus_stay_when_the_page_scrolls_to_it(page: Page) -> None:
    tip = page.get_by_role("tooltip", include_hidden=True)
    page.keyboard.press("Tab")
    for link in page.locator("figure.chart a.mark").all()[::40]:
        link.focus()
        page.wait_for_timeout(300)
        assert tip.is_visible()
        expect(link).to_be_in_viewport()
        expect(tip).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(tip).to_be_hidden()
        assert link.evaluate("it => it === document.activeElement")
    cited = page.locator("#key-findings a:visible").first
    cited.focus()
    assert cited.get_attribute("aria-describedby") == "tip"


def test_words_do_not_outlive_what_they_tell_of(page: Page) -> None:
    tip = page.locator("#tip")
    mark = page.locator("#chart-claim-timeline a.mark").last
    mark.scroll_into_view_if_needed()
    mark.hover()
    expect(tip).to_be_visible()
    move(page, "2024-10-01")
    expect(tip).to_be_hidden()


def test_a_page_inside_another_works_without_an_address(page: Page) -> None:
    source = PAGES["october"].read_text(encoding="utf-8")
    page.goto("about:blank")
    page.evaluate(
        """source => { const frame = document.createElement("iframe");
          frame.width = 1000; frame.height = 800; frame.srcdoc = source;
          document.body.append(frame); }""",
        source,
    )
    frame = page.frames[1]
    frame.locator("#daybar input").press("ArrowLeft")
    expect(frame.locator("#daybar output")).to_have_text("30 October 2024")
    frame.locator("#key-findings a:visible").first.click()
    expect(frame.get_by_role("dialog")).to_be_visible()
    frame.get_by_role("button", name="Close").click()
    expect(frame.get_by_role("dialog")).to_be_hidden()
