"""The committed pages in a real browser, with the network off, with scripts and without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from browsing import DRAWN, LAST, address, is_packed, move, open_record, opened, visible_on
from checking import AXE, script
from playwright.sync_api import Browser, Page, ViewportSize, expect
from test_accessibility import AXE_RUN, LEFT_OPEN, TAGS

SIZES = [(358, "light"), (390, "dark"), (820, "light"), (1600, "dark")]
PHONE: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1280, "height": 900}
FIRST_CHART = "#chart-positions-by-day"

SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
CONTROLS = ".controls, nav, .skip, #tip, .longdesc, .days"


@pytest.fixture(params=SIZES, scope="module", ids=lambda it: f"{it[0]}-{it[1]}")
def sized(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    size = {"width": width, "height": 900}
    with opened(browser, viewport=size, color_scheme=scheme) as page:
        yield page


@pytest.fixture(scope="module")
def article(browser: Browser) -> Iterator[Page]:
    with opened(browser, address("article")) as page:
        open_record(page)
        yield page


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Return October's page with its record open."""
    with opened(browser) as page:
        open_record(page)
        yield page


@pytest.fixture(scope="module")
def opened_once(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


@pytest.fixture
def packed(opened_once: Page) -> Page:
    """Return October's page on its last day, its record packed."""
    opened_once.set_viewport_size(WIDE)
    opened_once.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    move(opened_once, LAST["october"])
    return opened_once


def test_every_embedded_face_is_loaded(sized: Page) -> None:
    faces = sized.evaluate("document.fonts.ready.then(f => [...f].map(x => [x.family, x.status]))")
    assert {"Source Serif 4", "Source Sans 3"} <= {family.strip('"') for family, _ in faces}
    assert {status for _, status in faces} <= {"loaded", "unloaded"}
    assert "loaded" in {status for _, status in faces}


def test_the_page_never_scrolls_sideways(sized: Page) -> None:
    assert sized.evaluate(SIDEWAYS) <= 0
    move(sized, "2024-10-16")
    assert sized.evaluate(SIDEWAYS) <= 0
    open_record(sized)
    sized.locator(".filters [name=side]").select_option("ukraine")
    assert sized.evaluate(SIDEWAYS) <= 0
    sized.locator("#findings a:visible").first.click()
    assert sized.evaluate(SIDEWAYS) <= 0
    assert sized.evaluate("panel.scrollWidth <= panel.clientWidth")
    sized.keyboard.press("Escape")


def test_answer_and_title_of_the_first_chart_are_on_the_first_screen_of_a_phone(
    packed: Page,
) -> None:
    packed.set_viewport_size(PHONE)
    packed.evaluate(DRAWN)
    for part in ("#answer", f"{FIRST_CHART} .subtitle"):
        box = packed.locator(part).bounding_box()
        assert box
        end = box["y"] + (box["height"] if part == "#answer" else 0)
        assert end <= PHONE["height"], part
    assert not packed.locator("#daybar").is_visible()


@pytest.mark.parametrize(("width", "drawn"), [(390, "narrow"), (1280, "wide")])
def test_a_chart_is_drawn_for_the_width_of_the_page(packed: Page, width: int, drawn: str) -> None:
    packed.set_viewport_size({"width": width, "height": 900})
    chart = packed.locator(FIRST_CHART)
    for kind in ("narrow", "wide"):
        assert chart.locator(f".{kind}").is_visible() == (kind == drawn)
    box = chart.locator(f".{drawn} svg").bounding_box()
    assert box and box["width"] <= width
    marks = chart.locator(f".{drawn} a.mark").all()
    names = {mark.get_attribute("aria-label") for mark in marks}
    assert len(marks) > 90 and all(names) and is_packed(packed)


def test_an_empty_cell_takes_no_line_with_its_label_on_a_phone(packed: Page) -> None:
    cells = packed.locator("#table-evidence-by-side td:empty")
    assert cells.count()
    packed.set_viewport_size(PHONE)
    assert not any(cell.bounding_box() for cell in cells.all())
    packed.set_viewport_size({"width": 1280, "height": 900})
    assert all(cell.bounding_box() for cell in cells.all())


def test_the_bar_of_days_is_there_while_what_it_moves_is_in_the_middle_of_the_window(
    packed: Page,
) -> None:
    bar, middle = packed.locator("#daybar"), "it => it.scrollIntoView({block: 'center'})"
    for still in ("#table-turns-in-words", "#table-items-cited", "#colophon"):
        packed.locator(still).evaluate(middle)
        expect(bar).to_be_hidden()
        packed.locator(FIRST_CHART).evaluate(middle)
        expect(bar).to_be_visible()
    packed.locator("#table-answers-by-side").evaluate(middle)
    expect(bar).to_be_visible()
    packed.locator("#daybar input").focus()
    packed.locator("#colophon").evaluate(middle)
    packed.evaluate(DRAWN)
    expect(bar).to_be_visible()  # it has the focus
    packed.locator("#colophon").click()
    expect(bar).to_be_hidden()
    move(packed, "2024-10-16")
    expect(bar).to_be_visible()  # an earlier day is chosen
    packed.get_by_role("button", name="Last day").click()
    assert visible_on(packed)["day"] == "31 October 2024"
    packed.locator("#colophon").click()
    expect(bar).to_be_hidden()


def test_each_chart_has_a_name_and_each_table_its_headers(page: Page) -> None:
    for chart in page.locator("figure.chart svg").all():
        assert chart.get_attribute("aria-labelledby")
        assert chart.locator("title").first.text_content()
    for table in page.locator("figure.table table").all():
        assert table.locator("caption").count() == 1
        assert table.locator("thead th[scope=col]").count() > 1


def test_every_mark_of_every_chart_has_a_name_and_can_have_the_focus(page: Page) -> None:
    found = page.evaluate(
        """() => [...document.querySelectorAll("a.mark")].filter(it => it.checkVisibility()).map(
          mark => {
            mark.focus();
            return [mark.closest("figure").id, mark.tabIndex >= 0,
              document.activeElement === mark, mark.getAttribute("aria-label")]; })"""
    )
    assert len(found) > 500 and len({chart for chart, *_ in found}) == 5
    assert [each for each in found if not (each[1] and each[2] and each[3])] == []


def test_tab_reaches_everything_in_the_order_of_reading_and_the_bar_hides_none(
    article: Page,
) -> None:
    due = article.evaluate(
        """() => { window.due = [...document.querySelectorAll(
          "a, button, input, select, summary, .scroll[tabindex]")].filter(
            it => it.checkVisibility() && !it.closest("dialog, #daybar"));
          window.reached = new Set();
          document.body.tabIndex = -1;
          document.body.focus();  // from here Tab begins
          return due.length; }"""
    )
    assert due > 150
    for place in range(due):
        article.keyboard.press("Tab")
        found = article.evaluate(
            """place => { const it = document.activeElement, box = it.getBoundingClientRect();
              reached.add(it);
              return [it === due[place], it.outerHTML.slice(0, 80), daybar.hidden
                || box.bottom <= daybar.getBoundingClientRect().top || box.height > innerHeight / 2,
                box.bottom > 0]; }""",
            place,
        )
        assert found[0], (place, found[1])
        assert found[2] and found[3], found[1]
    kinds = ".skip, nav a, .prose a, td a, a.mark, #record > summary, .filters select, article a"
    for kind in kinds.split(", "):
        assert article.evaluate("kind => [...reached].some(it => it.matches(kind))", kind), kind


def test_a_keyboard_comes_to_the_day_from_the_top_of_the_page(page: Page) -> None:
    page.evaluate("scrollTo(0, 0); document.body.tabIndex = -1; document.body.focus()")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Choose the day of the brief"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement === document.querySelector('#daybar input')")
    page.keyboard.press("ArrowLeft")
    assert visible_on(page)["day"] == "30 October 2024"
    move(page, LAST["october"])


def test_a_link_leads_a_keyboard_past_the_marks_of_a_chart(page: Page) -> None:
    page.locator("#chart-positions-by-day .skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#findings') !== null")


def test_the_arrow_keys_and_the_buttons_move_the_day_and_keep_the_focus(page: Page) -> None:
    move(page, LAST["october"])
    page.locator(FIRST_CHART).evaluate("it => it.scrollIntoView({block: 'center'})")
    slider = page.locator("#daybar input")
    slider.focus()
    for key, day in [("ArrowLeft", "30"), ("ArrowLeft", "29"), ("ArrowRight", "30"), ("Home", "1")]:
        page.keyboard.press(key)
        assert visible_on(page)["day"] == f"{day} October 2024"
        assert slider.get_attribute("aria-valuetext") == f"{day} October 2024"
    back, on, last = page.locator("#daybar button").all()
    on.press("Enter")
    back.press("Enter")
    back.press("Enter")
    assert visible_on(page)["day"] == "1 October 2024"
    assert back.evaluate("it => it === document.activeElement")
    last.press("Enter")
    assert visible_on(page)["day"] == "31 October 2024"
    assert slider.evaluate("it => it === document.activeElement")


def test_the_contents_follow_the_reader(page: Page) -> None:
    found = page.evaluate(
        """async () => {
          const drawn = () => new Promise(done =>
            requestAnimationFrame(() => requestAnimationFrame(done)));
          const links = [];
          for (const link of document.querySelectorAll("#contents a")) {
            document.querySelector(link.hash).scrollIntoView();
            await drawn();
            const current = [...document.querySelectorAll("[aria-current]")];
            const [box, list] = [link, contents].map(it => it.getBoundingClientRect());
            links.push([link.hash, current.map(it => it.hash),
              box.top >= list.top && box.bottom <= list.bottom]);
          }
          return links; }"""
    )
    assert len(found) > 20
    assert [each for each in found if each[1] != [each[0]] or not each[2]] == []


def _visible(page: Page, selector: str) -> list[str]:
    return list(
        page.evaluate(
            """selector => [...document.querySelectorAll(selector)]
              .filter(it => it.checkVisibility()).map(it => it.outerHTML.slice(0, 60))""",
            selector,
        )
    )


def test_paper_has_no_controls_and_says_of_which_day_it_is(page: Page) -> None:
    move(page, "2024-10-16")
    page.locator(".filters [name=side]").select_option("ukraine")
    on_screen = visible_on(page)
    page.emulate_media(media="print")
    assert _visible(page, CONTROLS) == []
    printed = visible_on(page)
    page.emulate_media(media="screen")
    page.locator(".filters button").click()
    assert "16 October 2024" in " ".join(printed["back"])
    assert printed["cards"] == on_screen["cards"] and len(printed["cards"]) < 40
    for part in ("answer", "findings", "marks"):
        assert printed[part] == on_screen[part]
    assert _visible(page, "[role=status]")  # how many of the claims are printed


LINES = """[...document.querySelectorAll(".front, .columns > div > section, #contents")].flatMap(
  it => it.innerText.split("\\n")).filter(it => it.trim())"""


def test_without_scripts_front_and_brief_are_there_and_nothing_that_needs_them(
    browser: Browser, packed: Page
) -> None:
    with_scripts = Counter(packed.evaluate(LINES))
    kinds = ("figure.table tr", "a.mark", ".slot")
    visible = {kind: len(_visible(packed, kind)) for kind in kinds}
    with opened(browser, java_script_enabled=False) as bare:
        assert _visible(bare, ".controls, #lookback, #tip, .still, article") == []
        assert Counter(bare.evaluate(LINES)) == with_scripts and len(with_scripts) > 200
        assert {kind: len(_visible(bare, kind)) for kind in visible} == visible


def test_without_scripts_a_citation_leads_to_a_list_of_places_in_the_pdf_of_the_record(
    browser: Browser,
) -> None:
    with opened(browser, java_script_enabled=False) as bare:
        for kind in ("#findings a:visible", "#contents a[href='#evidence']"):
            bare.locator(kind).first.click()
            anchor = bare.evaluate("location.hash")
            place = bare.locator(f"#record li:has({anchor}), #record li{anchor}").first
            expect(place).to_be_in_viewport()
            href = str(place.locator("a").get_attribute("href"))
            assert href.startswith("record.pdf#nameddest=")


# What axe leaves open beside what it does of any page; see test_accessibility.
LEFT = [
    *LEFT_OPEN,
    # The box of a mark lies over its text and paints nothing.
    ("color-contrast", "bgOverlap", ".chart svg text"),
]
STATES = [(360, "light"), (1600, "dark")]
PARTS = [
    ["#lookback"],
    [".front"],
    [".filters"],
    [".cards"],
    ["#daybar"],
]
# Axe reads the whole page whatever it is to look at: it is done sooner without other chapters of
# the record and without cards that are not shown, but for the one that is opened.
WITHOUT_THE_REST = """href => {
  document.querySelectorAll("#record section:not(#ledger)").forEach(it => it.remove());
  const cards = [...document.querySelectorAll(".cards article")];
  const visible = cards.filter(it => it.checkVisibility());
  cards.forEach(it => visible.includes(it) || it.querySelector(href) || it.remove());
  return visible.length; }"""


@pytest.mark.parametrize(("width", "scheme"), STATES)
def test_axe_finds_nothing_with_the_day_moved_a_filter_set_and_a_card_open(
    browser: Browser, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    state = address(state="?day=2024-10-16&side=ukraine&words=korea")
    with opened(browser, state, viewport=size, color_scheme=scheme) as page:
        expect(page.locator(".filters")).to_be_visible()  # the address opens the record
        mark = page.locator(f"{FIRST_CHART} a.mark:visible").first
        assert 5 < page.evaluate(WITHOUT_THE_REST, mark.get_attribute("href")) < 40
        page.evaluate(script(AXE))
        run = AXE_RUN.replace("axe.run(document,", "axe.run({include: parts},")
        run = run.replace("[tags, explained]", "[tags, explained, parts]")
        assert page.evaluate(run, [TAGS, LEFT, PARTS]) == [[], "axe-core"]
        mark.focus()
        mark.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.evaluate(run, [TAGS, LEFT, [["#panel"]]]) == [[], "axe-core"]


@pytest.mark.parametrize("day", ["2024-10-31", "2024-10-18", "2024-10-10"])
def test_each_finding_has_its_headline_on_lines_of_their_own(packed: Page, day: str) -> None:
    move(packed, day)
    found = packed.evaluate(
        """() => [...document.querySelectorAll("#findings .slot")].filter(
          it => it.checkVisibility()).map(it => {
            const head = it.querySelector("strong"), rest = document.createRange();
            rest.setStartAfter(head);
            rest.setEndAfter(it.lastChild);
            const boxes = [...rest.getClientRects()].filter(box => box.width > 1);
            return [it.querySelectorAll("strong").length, head.getClientRects().length,
              head.innerText.includes("\\n"),
              boxes.every(box => box.top >= head.getBoundingClientRect().bottom - 6)]; })"""
    )
    assert found and [each for each in found if each != [1, 1, False, True]] == []
