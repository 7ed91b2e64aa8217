"""The committed pages in a real browser, with the network off, with scripts and without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from browsing import address, move, opened, seen_on
from checking import AXE, script
from playwright.sync_api import Browser, Page
from test_accessibility import AXE_RUN, LEFT_OPEN, TAGS

SIZES = [(width, scheme) for width in (360, 820, 1600) for scheme in ("light", "dark")]

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
        yield page


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


def test_every_embedded_face_is_loaded(sized: Page) -> None:
    faces = sized.evaluate("document.fonts.ready.then(f => [...f].map(x => [x.family, x.status]))")
    assert {"Source Serif Pro", "Source Sans Pro"} <= {family.strip('"') for family, _ in faces}
    assert {status for _, status in faces} <= {"loaded", "unloaded"}
    assert "loaded" in {status for _, status in faces}


def test_the_page_never_scrolls_sideways(sized: Page) -> None:
    assert sized.evaluate(SIDEWAYS) <= 0
    move(sized, "2024-10-16")
    sized.locator(".filters [name=side]").select_option("ukraine")
    assert sized.evaluate(SIDEWAYS) <= 0
    sized.locator("#key-findings a:visible").first.click()
    assert sized.evaluate(SIDEWAYS) <= 0
    assert sized.evaluate("panel.scrollWidth <= panel.clientWidth")
    sized.keyboard.press("Escape")


def test_a_narrow_matrix_of_many_columns_sets_its_cells_side_by_side(browser: Browser) -> None:
    with opened(browser, viewport={"width": 360, "height": 900}) as page:
        row = page.locator("#table-utterance-order tbody tr").first
        places = row.locator("td").evaluate_all("all => all.map(it => it.offsetTop)")
        assert len(places) == 16 and len(set(places)) == 6  # three to a line
        assert set(row.locator("td").evaluate_all("all => all.map(it => it.offsetWidth > 80)")) == {
            True
        }
        cell = page.locator("#table-sourcing td").first
        assert cell.evaluate("it => getComputedStyle(it).textAlign") == "left"


def test_each_chart_has_a_name_and_each_table_its_headers(page: Page) -> None:
    for chart in page.locator("figure.chart svg").all():
        assert chart.get_attribute("aria-labelledby")
        assert chart.locator("title").first.text_content()
    for table in page.locator("figure.table table").all():
        assert table.locator("caption").count() == 1
        assert table.locator("thead th[scope=col]").count() > 1


def test_every_mark_of_every_chart_has_a_name_and_can_have_the_focus(page: Page) -> None:
    told = page.evaluate(
        """() => [...document.querySelectorAll("a.mark")].map(mark => {
          mark.focus();
          return [mark.closest("figure").id, mark.tabIndex >= 0,
            document.activeElement === mark, mark.getAttribute("aria-label")];
        })"""
    )
    assert len(told) > 200 and len({chart for chart, *_ in told}) == 4
    assert [one for one in told if not (one[1] and one[2] and one[3])] == []


def test_tab_reaches_everything_in_the_order_of_reading_and_the_bar_hides_none(
    article: Page,
) -> None:
    due = article.evaluate(
        """() => { window.due = [...document.querySelectorAll(
          "a, button, input, select, summary, .scroll[tabindex]")].filter(
            it => it.checkVisibility() && !it.closest("dialog"));
          window.reached = new Set(); window.scrollTo(0, 0); return due.length; }"""
    )
    assert due > 150
    for place in range(due):
        article.keyboard.press("Tab")
        told = article.evaluate(
            """place => { const it = document.activeElement, box = it.getBoundingClientRect();
              reached.add(it);
              return [it === due[place], it.outerHTML.slice(0, 80), bar.contains(it)
                || box.bottom <= bar.getBoundingClientRect().top || box.height > innerHeight / 2,
                box.bottom > 0]; }""",
            place,
        )
        assert told[0], (place, told[1])
        assert told[2] and told[3], told[1]
    kinds = ".skip, nav a, .prose a, td a, a.mark, .filters select, article a, #daybar input"
    for kind in kinds.split(", "):
        assert article.evaluate("kind => [...reached].some(it => it.matches(kind))", kind), kind


def test_the_arrow_keys_and_the_buttons_move_the_day_and_keep_the_focus(page: Page) -> None:
    page.evaluate("showDay(last)")
    slider = page.locator("#daybar input")
    slider.focus()
    for key, day in [("ArrowLeft", "30"), ("ArrowLeft", "29"), ("ArrowRight", "30"), ("Home", "1")]:
        page.keyboard.press(key)
        assert seen_on(page)["day"] == f"{day} October 2024"
        assert slider.get_attribute("aria-valuetext") == f"{day} October 2024"
    back, on, last = page.locator("#daybar button").all()
    on.press("Enter")
    back.press("Enter")
    back.press("Enter")
    assert seen_on(page)["day"] == "1 October 2024"
    assert back.evaluate("it => it === document.activeElement")
    last.press("Enter")
    assert seen_on(page)["day"] == "31 October 2024"
    assert slider.evaluate("it => it === document.activeElement")


def test_the_contents_follow_the_reader(page: Page) -> None:
    told = page.evaluate(
        """async () => {
          const drawn = () => new Promise(done =>
            requestAnimationFrame(() => requestAnimationFrame(done)));
          const told = [];
          for (const link of document.querySelectorAll("#contents a")) {
            document.querySelector(link.hash).scrollIntoView();
            await drawn();
            const current = [...document.querySelectorAll("[aria-current]")];
            const [box, list] = [link, contents].map(it => it.getBoundingClientRect());
            told.push([link.hash, current.map(it => it.hash),
              box.top >= list.top && box.bottom <= list.bottom]);
          }
          return told; }"""
    )
    assert len(told) > 20
    assert [one for one in told if one[1] != [one[0]] or not one[2]] == []


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
    on_screen = seen_on(page)
    page.emulate_media(media="print")
    assert _visible(page, CONTROLS) == []
    printed = seen_on(page)
    page.emulate_media(media="screen")
    page.locator(".filters button").click()
    assert "16 October 2024" in " ".join(printed["back"])
    assert printed["cards"] == on_screen["cards"] and len(printed["cards"]) < 40
    assert printed["findings"] == on_screen["findings"]
    assert printed["marks"] == on_screen["marks"]
    assert _visible(page, "[role=status]")  # how many of the claims are printed


def test_without_scripts_all_is_there_and_nothing_that_needs_them(
    browser: Browser, page: Page
) -> None:
    page.evaluate("showDay(last)")
    lines = "document.querySelector('main').innerText.split('\\n').filter(it => it.trim())"
    with_scripts = Counter(page.evaluate(lines))
    with opened(browser, java_script_enabled=False) as bare:
        assert _visible(bare, ".controls, #lookback, #tip, .still") == []
        without = Counter(bare.evaluate(lines))
        assert without - with_scripts == Counter()
        more = " ".join(with_scripts - without)
        assert "of 902 claims" in more and "Furthest" not in more
        for kind in ("article", "figure.table tr", "a.mark"):
            assert len(_visible(bare, kind)) == page.locator(kind).count()
        assert len(_visible(bare, "#key-findings li")) == len(seen_on(page)["findings"])
        bare.locator("#key-findings a:visible").first.click()
        anchor = bare.evaluate("location.hash")
        box = bare.locator(anchor).bounding_box()
        assert anchor and box and 0 <= box["y"] < 120


# What axe leaves open beside what it does of any page; see test_accessibility.
LEFT = [
    *LEFT_OPEN,
    # The box of a mark lies over its text and paints nothing.
    ("color-contrast", "bgOverlap", ".chart svg text"),
    # Signs and no words: an arrow of a button, a question mark beside a disc.
    (
        "label-content-name-mismatch",
        "label-content-name-mismatch",
        "#daybar button, #chart-lineage a",
    ),
]
STATES = [(360, "light"), (1600, "dark")]


@pytest.mark.parametrize(("width", "scheme"), STATES)
def test_axe_finds_nothing_with_the_day_moved_a_filter_set_and_a_card_open(
    browser: Browser, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    state = address(state="?day=2024-10-16&side=ukraine&words=korea")
    with opened(browser, state, viewport=size, color_scheme=scheme) as page:
        page.evaluate(script(AXE))
        assert page.evaluate(AXE_RUN, [TAGS, LEFT]) == [[], "axe-core"]
        mark = page.locator("#chart-claim-timeline a.mark:visible").first
        mark.focus()
        mark.press("Enter")
        inside = AXE_RUN.replace("axe.run(document,", "axe.run('#panel',")
        assert page.evaluate(inside, [TAGS, LEFT]) == [[], "axe-core"]


def test_each_finding_begins_in_the_same_colour(browser: Browser) -> None:
    leads = """() => [...document.querySelectorAll("#key-findings .slot")]
      .filter(it => it.checkVisibility())
      .map(it => getComputedStyle(it.querySelector("strong")).color)"""
    with opened(browser) as page:
        found = page.evaluate(leads)
    assert len(found) > 5 and len(set(found)) == 1
