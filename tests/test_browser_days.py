"""The page moved to a day shows what a brief of that day computes, and a filter what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from browsing import LAST, address, move, open_record, opened, visible_on
from checking import PAGES
from phrases import answer, findings
from playwright.sync_api import Browser, Page, expect
from reading import changed_record
from views import article_view, drawn, findings_of, real_view, table

from claimbrief import analysis
from claimbrief.dataset import NO_SUPPORT, each_row
from claimbrief.tables.question import FIGURES, written
from claimbrief.texts import card_anchor
from claimbrief.view import View
from claimbrief.wording import day as worded

EDITIONS = {"october": real_view, "article": article_view}
DAYS = [("october", f"2024-10-{day}") for day in ("01", "10", "16", "23", "31")]
DAYS += [("article", f"2024-10-{day}") for day in ("10", "17")]

STATEMENTS = real_view().statements["utterance_id"].nunique()
OF_ARTICLE = article_view().statements["utterance_id"].nunique()

view_of = cache(lambda edition, day: EDITIONS[edition](day))


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[dict[str, Page]]:
    with opened(browser) as october, opened(browser, address("article")) as article:
        open_record(october)
        open_record(article)
        yield {"october": october, "article": article}


@pytest.fixture(scope="module", params=DAYS, ids="-".join)
def moved(
    pages: dict[str, Page], request: pytest.FixtureRequest
) -> tuple[str, View, dict[str, Any]]:
    """Return an edition, its view of a day and what its page shows when it is moved there."""
    edition, day = request.param
    move(pages[edition], day)
    return edition, view_of(edition, day), visible_on(pages[edition])


Moved = tuple[str, View, dict[str, Any]]


def _cards(claims: pd.DataFrame) -> list[str]:
    """Return the cards of claims, in order."""
    return [card_anchor(utterance) for utterance in dict.fromkeys(claims["utterance_id"])]


def _ids(claims: Any) -> set[str]:
    return set(claims)


def test_the_bar_tells_the_figures_of_the_day(moved: Moved) -> None:
    _, view, visible = moved
    of_day = findings_of(view)
    figures = {label: written(getattr(of_day, name)) for label, name in FIGURES.values()}
    assert visible["figures"] == figures
    assert visible["figures"]["Denials"] == written(of_day.denials)
    assert visible["day"] == worded(view.at.as_of)
    assert visible["current"] == [view.at.as_of.isoformat()]


def test_the_ledger_shows_the_statements_and_claims_of_the_day_and_no_others(moved: Moved) -> None:
    _, view, visible = moved
    assert sorted(visible["claims"]) == sorted(view.statements["claim_id"])
    assert visible["cards"] == _cards(view.statements)
    assert visible["status"].startswith(f"{len(visible['cards'])} of ")


def test_the_timeline_shows_the_marks_of_the_day_and_no_other(moved: Moved) -> None:
    """A mark of the last day is shown when its first claim is in view.

    One thing a brief of the day would draw and the page cannot: a statement that is counted until
    the day of another which is in all likelihood the same (likely_same_as), and has no mark
    afterwards.
    """
    edition, view, visible = moved
    marks = visible["marks"]["chart-claim-timeline"]
    whole = view_of(edition, LAST[edition])
    of_day = {claim for claims in analysis.claim_timeline(view)["claim_ids"] for claim in claims}
    due = [claims for claims in analysis.claim_timeline(whole)["claim_ids"] if claims[0] in of_day]
    assert sorted(marks) == sorted(claims[0] for claims in due)
    missing = of_day - {claim for claims in due for claim in claims}
    same = whole.record.utterances.query("likely_same_as != ''")["utterance_id"]
    claims = whole.record.claims
    assert missing <= set(claims.loc[claims["utterance_id"].isin(same), "claim_id"])


def test_every_mark_that_opens_a_claim_is_shown_with_it(moved: Moved) -> None:
    _, view, visible = moved
    in_view = _ids(view.statements["claim_id"])
    for chart in ("chart-claim-timeline", "chart-figures-claimed", "chart-stance-paths"):
        # A chart with nothing to draw is left out of a page.
        assert set(visible["marks"].get(chart, ())) <= in_view, chart


def test_the_matrix_shows_the_words_of_the_day(moved: Moved) -> None:
    _, view, visible = moved
    matrix = table("sides_by_question", view)
    labels = [column.label for column in matrix.columns]
    rows = [list(map(drawn, row.cells)) for row in matrix.rows]
    due = {row[0]: dict(zip(labels, row, strict=True)) for row in rows}
    page = [dict(zip(visible["labels"], row, strict=True)) for row in visible["rows"]]
    assert {row["Side"] for row in page} == set(due)
    for row in page:
        found = {label: " ".join(words.split()) for label, words in due[row["Side"]].items()}
        assert row == dict.fromkeys(row, "") | found


def test_answer_and_findings_are_those_of_the_day(moved: Moved) -> None:
    _, view, visible = moved
    for name, write in (("answer", answer), ("findings", findings)):
        due = [" ".join(drawn(words).split()) for words in write(view).paragraphs]
        assert visible[name] == due


def test_an_earlier_day_is_named_and_what_stays_says_as_of_when(moved: Moved) -> None:
    edition, view, visible = moved
    is_moved = view.at.as_of.isoformat() != LAST[edition]
    assert bool(visible["back"]) == is_moved
    assert all(worded(view.at.as_of) in words for words in visible["back"])


def test_each_table_and_chart_moves_or_says_as_of_which_day_it_stands(
    pages: dict[str, Page],
) -> None:
    page = pages["october"]
    move(page, "2024-10-16")
    found = page.evaluate(
        """() => [...document.querySelectorAll(".block.table, .block.chart, .block.prose")].map(
          it => [it.id, [...it.querySelectorAll(":is(caption, figcaption, .prose > *)")]
            .some(one => /as of 31 October 2024/i.test(one.innerText)),
            it.querySelector("caption, figcaption")?.innerText
              .includes("what else does not move, is of 31 October 2024.") ?? null])"""
    )
    # Of more origins than have room the chart is a grid of counts, of the last day.
    moving = {"answer", "findings", "support", "table-evidence-by-side", "chart-positions-by-day"}
    moving |= {"table-answers-by-side", "table-sides-by-question"}
    moving |= {"chart-stance-paths", "chart-claim-timeline", "chart-figures-claimed"}
    assert {block for block, is_still, _ in found if not is_still} == moving
    assert {block for block, _, is_named in found if is_named} == {
        block for block in moving if block.startswith(("table-", "chart-"))
    }
    limits = page.locator("#limits-of-record").inner_text()
    assert limits.startswith("As of 31 October 2024:\n")


@pytest.mark.parametrize(
    ("block", "frame"),
    [("chart-positions-by-day", "svg:visible"), ("table-evidence-by-side", "thead:visible")],
)
def test_a_chart_or_table_without_anything_on_the_chosen_day_says_so_and_has_no_frame(
    pages: dict[str, Page], block: str, frame: str
) -> None:
    page = pages["october"]
    note = page.locator(f"#{block} .none")
    move(page, "2024-10-01")
    assert note.inner_text().strip() == "Nothing of this had been said by then."
    assert page.locator(f"#{block} {frame}").count() == 0
    for day in ("2024-10-16", LAST["october"]):
        move(page, day)
        assert not note.is_visible()
        assert page.locator(f"#{block} {frame}").count() == 1


def test_on_an_earlier_day_each_block_is_drawn_or_says_that_it_is_not(
    pages: dict[str, Page],
) -> None:
    for edition, day in (("october", "2024-10-30"), ("article", "2024-10-18")):
        page = pages[edition]
        move(page, day)
        drawn = page.evaluate(
            """() => [...document.querySelectorAll(".block:is(.chart, .table)")]
              .filter(it => it.checkVisibility()
                && ![...it.querySelectorAll("svg, thead, .none")].some(it => it.checkVisibility()))
              .map(it => it.id)"""
        )
        assert drawn == []
        move(page, LAST[edition])


def test_what_a_table_or_chart_that_moves_finds_is_of_the_last_day_alone(
    pages: dict[str, Page],
) -> None:
    page = pages["october"]
    ids = ("table-evidence-by-side", "table-answers-by-side", "chart-positions-by-day")
    headings = [page.locator(f"#{it} :is(caption, figcaption) .heading") for it in ids]
    move(page, LAST["october"])
    assert [heading.is_visible() for heading in headings] == [True, True, True]
    assert headings[0].inner_text() == "40 things cited as evidence, seven shown"
    move(page, "2024-10-16")
    assert [heading.is_visible() for heading in headings] == [False, False, False]


def test_the_totals_of_a_chart_that_moves_and_the_colours_of_its_names_are_of_the_last_day_alone(
    pages: dict[str, Page],
) -> None:
    page = pages["october"]

    def words() -> list[str]:
        return page.evaluate(
            """() => [...document.querySelectorAll(
              "#chart-positions-by-day .scroll text")]
              .filter(it => !it.closest("[hidden]")).map(it => it.textContent)"""
        )

    def colours_of_names() -> set[str]:
        return set(page.locator("#chart-positions-by-day .mark text").evaluate_all(
            "them => them.map(it => getComputedStyle(it).fill)"
        ))  # fmt: skip

    move(page, LAST["october"])
    assert {"28 say so", "Sent to Russia"} <= set(words())
    assert len(colours_of_names()) > 1
    move(page, "2024-10-16")
    assert "Sent to Russia" in words()
    assert "28 say so" not in words()
    assert len(colours_of_names()) == 1
    note = page.locator("#chart-positions-by-day figcaption .still").inner_text()
    assert note.strip() == "The choice of rows, and what else does not move, is of 31 October 2024."


COMBINED = [
    {"side": "ukraine", "stance": "affirms"},
    {"side": "russia", "question": "Q2"},
    {"evidence": "own_intelligence"},
    {"evidence": "none", "stance": "denies"},
    {"side": "south_korea", "day": "2024-10-18"},
    {"question": "Q3", "evidence": "own_intelligence", "day": "2024-10-24"},
    {"words": "SOLDIERS Russia", "day": "2024-10-24"},
    {"words": "ukraine's", "side": "united_states"},
]


def _kinds(view: View, claim_id: str) -> set[str]:
    links = view.record.claim_evidence
    links = links[(links["claim_id"] == claim_id) & ~links["relation"].isin(NO_SUPPORT)]
    kinds = view.record.evidence.set_index("evidence_id")["kind"]
    return {str(kinds[each]) for each in links["evidence_id"]} or {"none"}


@pytest.mark.parametrize("asked", COMBINED, ids=lambda it: "-".join(it.values()))
def test_filters_show_what_the_record_has_and_no_more(
    pages: dict[str, Page], asked: dict[str, str]
) -> None:
    page = pages["october"]
    page.locator(".filters button").click()
    for name, value in asked.items():
        field = page.locator(f".filters [name={name}]")
        field.fill(value) if name == "words" else field.select_option(value)
    visible = visible_on(page)
    view = view_of("october", asked.get("day", LAST["october"]))
    frame = view.statements
    for name, column in {"side": "side", "question": "question_id", "stance": "stance"}.items():
        if name in asked:
            frame = frame[frame[column] == asked[name]]
    if "evidence" in asked:
        frame = frame[[asked["evidence"] in _kinds(view, each) for each in frame["claim_id"]]]
    due = _cards(frame)
    if "words" not in asked:
        assert visible["cards"] == due
    else:
        wanted = asked["words"].lower().split()
        said = {
            card_anchor(claim.utterance_id)
            for claim in each_row(frame)
            if all(word in claim.quote.lower().replace("’", "'") for word in wanted)
        }
        assert said <= set(visible["cards"]) <= set(due)
        for card in visible["cards"]:
            text = page.locator(f"[id='{card}']").text_content() or ""
            assert all(word in text.lower().replace("’", "'") for word in wanted), card
    assert 0 < len(visible["cards"]) < STATEMENTS
    assert visible["status"].startswith(f"{len(visible['cards'])} of {STATEMENTS} cards")


def test_a_filter_that_nothing_fits_says_so_and_show_all_takes_it_back(
    pages: dict[str, Page],
) -> None:
    page = pages["october"]
    page.locator(".filters [name=words]").fill("xyzzy")
    assert visible_on(page)["status"].startswith(f"0 of {STATEMENTS} cards")
    page.locator(".filters button").click()
    visible = visible_on(page)
    assert visible["status"] == f"{STATEMENTS} of {STATEMENTS} cards"
    assert set(visible["fields"].values()) == {"", LAST["october"]}


def test_where_few_of_many_statements_have_a_card_the_ledger_counts_cards(
    browser: Browser, tmp_path: Path
) -> None:
    source = PAGES["article"].read_text(encoding="utf-8")
    ledger = '<div class="block cards"'
    page_of_many = tmp_path / "brief.html"
    left_out = changed_record(source, lambda it: it.replace(ledger, f"{ledger} data-left-out=9"))
    page_of_many.write_text(left_out, "utf-8")
    with opened(browser, page_of_many.as_uri() + "?words=howell") as page:
        count = page.locator("main article:visible").count()
        expect(page.locator("[role=status]")).to_have_text(
            f"{count} of {OF_ARTICLE} cards on this page"
        )


@pytest.mark.parametrize("days", [0, 1])
def test_a_brief_of_one_day_or_none_has_its_cards_and_filters_and_no_slider(
    browser: Browser, tmp_path: Path, days: int
) -> None:
    source = PAGES["article"].read_text(encoding="utf-8")
    rows = re.findall(r"<tr data-day=.*?(?=<tr data-day=|</table>|</tbody>)", source, re.S)
    assert len(rows) == 19
    for row in rows[: len(rows) - days]:
        source = source.replace(row, "")
    limits = r' data-(since|until)="?\d+"?'
    source = changed_record(re.sub(limits, "", source), lambda it: re.sub(limits, "", it))
    page_of_few = tmp_path / "brief.html"
    page_of_few.write_text(source, encoding="utf-8")
    with opened(browser, page_of_few.as_uri() + "?day=2024-10-10&words=howell") as page:
        assert not page.locator("#daybar").is_visible()
        assert not page.locator(".filters [name=day]").is_visible()
        assert 0 < page.locator("main article:visible").count() < OF_ARTICLE
        page.locator(".filters button").click()
        expect(page.locator("[role=status]")).to_have_text(f"{OF_ARTICLE} of {OF_ARTICLE} cards")
        assert page.locator("main article:visible").count() == OF_ARTICLE
        marks = page.locator(".scroll a.mark").count()  # each but those of narrow drawings
        assert page.locator("a.mark:visible").count() == marks > 10
