"""Cards beside the text, the words of marks, the address and the keyboard.

On the page of the article, whose record opens faster, where October's shows nothing more.
"""

from __future__ import annotations

import base64
import bz2
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import (
    DRAWN,
    address,
    is_packed,
    move,
    open_record,
    opened,
    visible_on,
    wait_until,
)
from checking import PAGES
from playwright.sync_api import Browser, Page, expect
from projects import TEMPLATE
from views import article_view, real_view

RARER = "abcdefghijklmnopqrst"  # letters, each half as often as the one before it
STATEMENTS = article_view().statements["utterance_id"].nunique()
MARK = "#chart-positions-by-day a.mark:visible >> nth=5"
ON_RECORD = "#chart-claim-timeline a.mark:visible >> nth=3"
CITED = "#findings a:visible >> nth=3"
# The words of a claim, after who spoke and when.
WORDS = """claim => {
  const it = document.getElementById(claim);
  const head = it.closest("article").querySelector("h3, h4, h5");
  return head.firstChild.textContent.replace(/:\\s*$/, "") + ": " + it.textContent; }"""
# Done when the history has gone back and all has run that this set off.
WENT_BACK = """() => { window.went = new Promise(done => addEventListener("popstate",
  () => requestAnimationFrame(() => setTimeout(() => setTimeout(done))), {once: true})); }"""
HEAD = "claim => document.getElementById(claim).closest('article').querySelector('h4').textContent"


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


def _anew(shared: Page, where: str) -> Page:
    shared.goto("about:blank")
    shared.mouse.move(0, 0)
    shared.goto(where)
    return shared


@pytest.fixture
def page(shared: Page) -> Page:
    """Return the article's page as it is when it is opened: its record is packed."""
    return _anew(shared, address("article"))


@pytest.fixture
def october(shared: Page) -> Page:
    """Return October's page as it is when it is opened."""
    return _anew(shared, address())


@pytest.fixture
def read(page: Page) -> Page:
    """Return the article's page with its record open."""
    open_record(page)
    return page


@pytest.fixture(scope="module")
def opened_once(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        open_record(page)
        yield page


@pytest.fixture
def whole(opened_once: Page) -> Page:
    """Return October's page with its record open, no card open and no filter set."""
    opened_once.keyboard.press("Escape")
    opened_once.locator(".filters button").click()
    opened_once.mouse.move(0, 0)
    return opened_once


def _tail(page: Page) -> str:
    """Return what of the address is state."""
    return str(page.evaluate("location.search + location.hash"))


def _expect_tail(page: Page, tail: str) -> None:
    expect(page).to_have_url(re.compile(r"brief\.html" + re.escape(tail) + "$"))


def _is_focused(page: Page, selector: str) -> bool:
    return bool(page.locator(selector).evaluate("it => it === document.activeElement"))


def _open_by_key(page: Page) -> str:
    """Open a mark of the timeline from the keyboard; return its claim's anchor."""
    mark = page.locator(MARK)
    mark.press("Enter")
    anchor = mark.get_attribute("href")
    assert anchor
    _expect_tail(page, anchor)
    return anchor[1:]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "aaaa" * 3 + "bbbbb" * 60 + "x" * 777,  # four alike, and a count behind them
        "a" * 1_000_003,  # a count as long as it can be
        "".join(random.Random(1).choices("ab한é😀 ", k=300_000)),  # all kinds of bytes
        "".join(random.Random(1).choices(RARER, [2**-place for place in range(20)], k=300_000)),
        "abc€" * 300_000,  # two blocks; a letter has bytes in both
    ],
    ids=["nothing", "a letter", "runs", "one run", "noise", "long codes", "two blocks"],
)
def test_the_script_undoes_bzip2(shared: Page, text: str) -> None:
    shared.goto("about:blank")
    zipped = base64.b64encode(bz2.compress(text.encode())).decode()
    script = f"""zipped => {{ {(TEMPLATE / "script" / "bzip2.js").read_text("utf-8")}
      return unzipped(Uint8Array.from(atob(zipped), letter => letter.charCodeAt(0))); }}"""
    assert shared.evaluate(script, zipped) == text


def test_nothing_is_unpacked_before_it_is_asked_for(page: Page) -> None:
    move(page, "2024-10-10")
    page.locator("#days summary").click()
    page.locator("#contents a").first.press("Enter")  # a pointer would come to lie on a citation
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 9000)")
    page.evaluate(DRAWN)
    assert is_packed(page) and not page.locator("article").count()
    open_record(page)
    assert page.locator("article").count() == STATEMENTS
    visible = visible_on(page)
    assert visible["status"].endswith(" by the end of 10 October 2024"), "the day is kept"
    assert 0 < len(visible["cards"]) < STATEMENTS


@pytest.mark.parametrize("link", [MARK, CITED, "#table-answers-by-side td a >> nth=5"])
def test_a_link_into_the_packed_record_opens_its_card(page: Page, link: str) -> None:
    assert is_packed(page)
    page.locator(link).dispatch_event("click")
    expect(page.get_by_role("dialog").locator("li.asked")).to_have_count(1)
    _expect_tail(page, str(page.locator(link).get_attribute("href")))
    assert page.locator("#record").get_attribute("open") is None


def test_a_link_of_the_contents_opens_the_record_at_its_chapter(page: Page) -> None:
    page.locator("#contents a[href='#evidence']").click()
    expect(page.locator("#evidence h2").first).to_be_in_viewport()
    assert not is_packed(page)


def test_an_address_opens_the_record_at_what_it_asks_for(page: Page) -> None:
    for tail, place in (("#evidence", "#evidence h2"), ("?side=ukraine", ".filters")):
        page.goto("about:blank")
        page.goto(address("article", tail))
        expect(page.locator(place).first).to_be_in_viewport()
        _expect_tail(page, tail)
    page.goto("about:blank")
    page.goto(address("article", "?day=2024-10-16#findings"))
    expect(page.locator("#findings")).to_be_in_viewport()
    assert is_packed(page)


def test_enter_on_a_mark_opens_its_card_and_escape_returns_to_the_mark(page: Page) -> None:
    claim = _open_by_key(page)
    panel = page.get_by_role("dialog")
    assert panel.is_visible()
    assert panel.get_attribute("aria-label") == page.evaluate(HEAD, claim)
    asked = panel.locator("li.asked")
    assert asked.count() == 1
    assert asked.text_content() == page.locator(f"#{claim}").text_content()
    expect(asked).to_be_in_viewport()
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
    page.locator("#findings a:visible").first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    assert _tail(page).startswith("#")
    page.mouse.click(40, 400)
    expect(panel).to_be_hidden()
    _expect_tail(page, "")
    assert page.evaluate("scrollY") < 900


@pytest.mark.parametrize("how", ["Escape", "Close"])
def test_a_closed_card_leaves_the_text_where_it_was_whatever_the_address_names(
    page: Page, how: str
) -> None:
    page.goto(address("article", "#limits-of-record"))
    expect(page.locator("#limits-of-record")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    page.locator("#answer a:visible").first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    page.evaluate(WENT_BACK)
    if how == "Escape":
        page.keyboard.press("Escape")
    else:
        panel.get_by_role("button", name="Close").click()
    page.evaluate("went")
    _expect_tail(page, "#limits-of-record")
    assert page.evaluate("scrollY") < 100
    page.evaluate("location.hash = 'colophon'")
    wait_until(page, "scrollY > 1000")


def test_a_closed_card_leaves_the_text_also_where_the_address_names_its_claim(page: Page) -> None:
    link = page.locator("#answer a:visible").first
    claim = str(link.get_attribute("href"))
    page.goto(address("article", claim))
    wait_until(page, "scrollY > 1000")
    page.evaluate("scrollTo(0, 0)")
    page.locator("#answer a:visible").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.evaluate(WENT_BACK)
    page.keyboard.press("Escape")
    page.evaluate("went")
    assert page.evaluate("scrollY") < 100
    page.evaluate("location.hash = 'limits-of-record'")
    wait_until(page, "scrollY > 300")


def test_on_a_wide_page_the_text_beside_the_card_can_still_be_used(browser: Browser) -> None:
    size = {"width": 1600, "height": 1000}
    with opened(browser, address("article"), viewport=size) as page:
        first, second = (page.locator("#answer a:visible").nth(n) for n in (0, 1))
        panel = page.get_by_role("dialog")
        for link in (first, second):
            link.click()  # which would not be reached under a panel that takes the whole page
            _expect_tail(page, str(link.get_attribute("href")))
            claim = str(link.get_attribute("href"))[1:]
            expect(panel.locator("article h4")).to_have_text(page.evaluate(HEAD, claim))
        figure = page.locator("#chart-positions-by-day").bounding_box()
        beside = panel.bounding_box()
        assert figure and beside
        assert figure["x"] + figure["width"] <= beside["x"], "the card lies beside the chart"
        page.mouse.move(5, 5)
        expect(page.locator("#tip")).to_be_hidden()
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        _expect_tail(page, "")


def test_back_goes_from_card_to_card_to_the_text_and_forward_again(read: Page) -> None:
    page = read
    first, second = page.evaluate(
        """() => {
          const all = (found, within = document) => [...within.querySelectorAll(found)];
          const marked = new Set(all(".scroll a.mark").map(a => a.getAttribute("href").slice(1)));
          for (const card of all("article")) {
            const claim = all("li[id]", card).find(li => marked.has(li.id));
            const link = all("dd a", card).find(
              a => a.hash && document.querySelector(a.hash)?.closest("article"));
            if (claim && link) return [claim.id, link.hash.slice(1)];
          } }"""
    )
    page.locator(f".scroll a.mark[href='#{first}']:visible").first.press("Enter")
    inner = page.locator(f"#panel article dd a[href='#{second}']").first
    inner.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.locator("article h4")).to_have_text(page.evaluate(HEAD, second))
    assert page.evaluate("panel.contains(document.activeElement)")
    page.go_back()
    _expect_tail(page, f"#{first}")
    expect(panel.locator("article h4")).to_have_text(page.evaluate(HEAD, first))
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


def test_the_panel_leads_to_the_ledger_also_to_a_card_that_is_filtered_away(read: Page) -> None:
    page = read
    page.locator(".filters [name=words]").fill("xyzzy")
    page.locator("#findings a:visible").first.click()
    page.locator("#panel a.to-ledger").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    anchor = page.evaluate("location.hash")
    expect(page.locator(anchor)).to_be_in_viewport()
    assert page.evaluate(
        f"document.querySelector(':target') === document.querySelector('{anchor}')"
    )
    assert visible_on(page)["status"] == (
        f"0 of {STATEMENTS} cards; beside them the one that the address names"
    )


def test_cited_in_leads_back_to_each_place_and_back_again_to_the_card(read: Page) -> None:
    page = read
    page.locator("#findings a:visible").first.click()
    panel = page.get_by_role("dialog")
    places = panel.locator("article > p").last.locator("a")
    hrefs = [place.get_attribute("href") for place in places.all()]
    assert len(hrefs) > 2 and "#findings" in hrefs
    for href in ("#findings", *hrefs[-2:]):  # on the front and in the record
        panel.locator(f"article > p a[href='{href}']").click()
        expect(panel).to_be_hidden()
        expect(page.locator(str(href))).to_be_in_viewport()
        page.go_back()
        expect(panel).to_be_visible()


def test_an_address_with_a_card_opens_at_it(browser: Browser) -> None:
    with opened(browser, address("article", "#z1")) as page:
        expect(page.locator("article #z1")).to_be_in_viewport()
        assert (page.locator("#z1").bounding_box() or {})["y"] < 120
        assert page.locator("dialog[open]").count() == 0


def test_an_address_typed_over_another_shows_the_card_that_was_filtered_away(page: Page) -> None:
    page.goto("about:blank")
    page.goto(address("article", "?day=2024-10-02&words=xyzzy"))
    page.evaluate("location.hash = '#z1'")
    expect(page.locator("#z1")).to_be_in_viewport()
    visible = visible_on(page)
    assert len(visible["cards"]) == 1 and "z1" in visible["claims"]
    assert visible["status"].endswith(
        "by the end of 2 October 2024; beside them the one that the address names"
    )


def test_one_claim_of_a_card_has_all_that_is_asked_for(whole: Page) -> None:
    page = whole
    frame = real_view().statements
    own = frame[~frame["is_outlet_voice"]]
    by_card = own.groupby("utterance_id")[["question_id", "stance"]].agg(set)
    apart = [  # a card has claims on Q2, and a limit, but no limit on Q2
        f"u-{key}"
        for key, (questions, stances) in by_card.iterrows()
        if "Q2" in questions
        and "not_yet" in stances
        and own[(own["utterance_id"] == key) & (own["question_id"] == "Q2")]["stance"]
        .ne("not_yet")
        .all()
    ]
    page.locator(".filters [name=question]").select_option("Q2")
    on_question = visible_on(page)["cards"]
    page.locator(".filters [name=stance]").select_option("not_yet")
    asked = visible_on(page)["cards"]
    assert apart and set(apart) <= set(on_question) and not set(apart) & set(asked)
    assert 0 < len(asked) < len(on_question)


def test_words_of_an_outlet_are_searched_and_hidden_until_their_day(whole: Page) -> None:
    page = whole
    page.locator(".filters [name=stance]").select_option("denies")
    card = page.locator("[id='u-zelenskyy_kbs']")
    expect(card).to_be_visible()
    assert card.locator(".outlet:visible").count() == 2
    move(page, "2024-10-30")
    page.locator(".filters [name=stance]").select_option("")
    expect(card).to_be_visible()
    assert card.locator(".outlet:visible").count() == 0, "the outlets reported it on the 31st"
    page.locator(".filters [name=stance]").select_option("denies")
    expect(card).to_be_hidden()


def _found_by(page: Page, words: str) -> list[str]:
    page.locator(".filters [name=words]").fill(words)
    found: list[str] = visible_on(page)["cards"]
    return found


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("nauseda", "Nausėda"), ('"likely', "“likely"), ("3000", "3,000"), ("#o18f", "o18f"),
        ('"#o18f"', "o18f"),
        ('"The North Korean soldiers"', "“The North Korean soldiers”"),
    ],
)  # fmt: skip
def test_words_are_found_as_a_keyboard_types_them(whole: Page, typed: str, printed: str) -> None:
    found = [_found_by(whole, words) for words in (typed, printed)]
    assert found[0] == found[1] and 0 < len(found[0]) < 100


def test_words_in_quotation_marks_are_found_one_after_the_other(whole: Page) -> None:
    loose, phrase = (_found_by(whole, words) for words in ("russian korean", '"russian korean"'))
    assert loose and not phrase
    assert _found_by(whole, '"North Korean" russian') == _found_by(whole, 'russian "North Korean"')


def test_the_words_of_an_outlets_claim_are_not_headed_by_the_speaker(whole: Page) -> None:
    page = whole
    page.keyboard.press("Tab")
    for claim, begins in (
        ("o84c", "KBS News’s gloss, naming "),
        ("o84a", "Zelenskyy, 30 October 2024: said that it is not yet so that "),
    ):
        page.locator(f":not(svg *)[href='#{claim}']:visible").first.focus()
        assert page.get_by_role("tooltip").inner_text().startswith(begins)


def _state(page: Page) -> dict[str, Any]:
    visible = visible_on(page)
    return {name: visible[name] for name in ("fields", "day", "cards", "findings", "marks")}


def test_an_address_restores_the_day_and_the_filters_here_and_elsewhere(
    browser: Browser, read: Page
) -> None:
    page = read
    move(page, "2024-10-17")
    page.locator(".filters [name=side]").select_option("ukraine")
    page.locator(".filters [name=stance]").select_option("affirms")
    page.locator(".filters [name=words]").fill("korea")
    _expect_tail(page, "?day=2024-10-17&words=korea&side=ukraine&stance=affirms")
    state = _state(page)
    assert 0 < len(state["cards"]) < 100
    page.reload()
    assert _state(page) == state
    with opened(browser, page.url) as copy:
        assert _state(copy) == state
        copy.locator(".filters button").click()
        _expect_tail(copy, "")


UNKNOWN = [
    "?day=", "?side=<script>alert(1)</script>", "?question=Q99&stance=none",
    "?evidence=toString", "?words=", "?words=%20%0A", "?unknown=1", "#%", "#no-such-card",
]  # fmt: skip


@pytest.mark.parametrize("tail", UNKNOWN)
def test_what_an_address_asks_for_in_vain_is_as_if_it_had_not_asked(page: Page, tail: str) -> None:
    page.goto("about:blank")
    page.goto(address("article", tail))
    visible = visible_on(page)
    if not is_packed(page):
        assert visible["status"] == f"{STATEMENTS} of {STATEMENTS} cards"
    assert visible["day"] == "19 October 2024" and visible["back"] == []
    assert page.locator("#record").get_attribute("open") is None


@pytest.mark.parametrize("day", ["2024-13-99", "2024-11-05", "nonsense", "<b>"])
def test_a_day_that_the_brief_does_not_have_is_named_and_leaves_the_address(
    page: Page, day: str
) -> None:
    page.goto("about:blank")
    page.goto(address("article", f"?day={day}#findings"))
    note = f"This brief has no day “{day}”; its last day is 19 October 2024."
    assert visible_on(page)["back"] == [note]
    _expect_tail(page, "#findings")
    open_record(page)
    assert visible_on(page)["back"] == [note], "also when the record is opened"
    move(page, "2024-10-16")
    assert "16 October" in visible_on(page)["back"][0]
    _expect_tail(page, "?day=2024-10-16#findings")


@pytest.mark.parametrize("words", ["%%", "x" * 20000, "%00", "<b>"])
def test_strange_words_find_nothing_and_say_so(page: Page, words: str) -> None:
    page.goto("about:blank")
    page.goto(address("article", f"?words={words}"))
    assert visible_on(page)["status"] == f"0 of {STATEMENTS} cards"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_back_over_a_moved_day_moves_the_day_back(page: Page) -> None:
    page.locator("#findings a:visible").first.click()
    page.locator("#panel a.to-ledger").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    card = page.evaluate("location.hash")
    move(page, "2024-10-16")
    _expect_tail(page, "?day=2024-10-16" + card)
    page.go_back()
    _expect_tail(page, "")
    assert visible_on(page)["day"] == "19 October 2024"
    page.go_forward()
    _expect_tail(page, "?day=2024-10-16" + card)
    assert visible_on(page)["day"] == "16 October 2024"


@pytest.mark.parametrize("link", [MARK, CITED, ON_RECORD])
def test_words_of_a_link_on_hover_stay_do_not_cover_it_and_go_by_escape(
    page: Page, link: str
) -> None:
    tip = page.get_by_role("tooltip")
    if link == ON_RECORD:
        open_record(page)
    target = page.locator(link)
    target.scroll_into_view_if_needed()
    page.evaluate(DRAWN)
    target.hover()
    expect(tip).to_be_visible()
    if link == MARK:  # the drawing says the words of the marks of the front
        assert str(target.get_attribute("aria-label")).endswith(tip.inner_text())
        assert is_packed(page) and re.match(r".+ \(.*Oct\) ", tip.inner_text())
    else:
        claim = str(target.get_attribute("href"))[1:]
        assert tip.inner_text() == " ".join(page.evaluate(WORDS, claim).split())
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


def test_words_of_a_link_on_focus_stay_when_the_page_scrolls_to_it(october: Page) -> None:
    page = october
    tip = page.get_by_role("tooltip", include_hidden=True)
    page.keyboard.press("Tab")
    for link in page.locator("figure.chart a.mark:visible").all()[::40]:
        link.focus()
        page.wait_for_timeout(300)
        assert tip.is_visible()
        expect(link).to_be_in_viewport()
        expect(tip).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(tip).to_be_hidden()
        assert link.evaluate("it => it === document.activeElement")
    cited = page.locator("#findings a:visible").first
    cited.focus()
    expect(cited).to_have_attribute("aria-describedby", "tip")


def test_words_do_not_outlive_what_they_tell_of(page: Page) -> None:
    tip = page.locator("#tip")
    mark = page.locator("#chart-positions-by-day a.mark:visible").last
    mark.scroll_into_view_if_needed()
    mark.hover()
    expect(tip).to_be_visible()
    move(page, "2024-10-01")
    expect(tip).to_be_hidden()


def test_a_page_inside_another_works_without_an_address(page: Page) -> None:
    source = PAGES["article"].read_text(encoding="utf-8")
    page.goto("about:blank")
    page.evaluate(
        """source => { const frame = document.createElement("iframe");
          frame.width = 1000; frame.height = 800; frame.srcdoc = source;
          document.body.append(frame); }""",
        source,
    )
    frame = page.frames[1]
    frame.locator("#daybar input").press("ArrowLeft")
    expect(frame.locator("#daybar output")).to_have_text("18 October 2024")
    frame.locator("#findings a:visible").first.click()
    expect(frame.get_by_role("dialog")).to_be_visible()
    frame.get_by_role("button", name="Close").click()
    expect(frame.get_by_role("dialog")).to_be_hidden()
