"""Charts of more marks than can be told apart count them; a ledger of many claims shows some."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from seen import plain, real_seen, tiny_seen

from claimbrief import charts, tables
from claimbrief.analysis import foremost
from claimbrief.analysis.foremost import foremost_claims
from claimbrief.analysis.statements import statements
from claimbrief.blocks import Figure
from claimbrief.charts import figures, figures_counts, paths, paths_counts, provenance, publicity
from claimbrief.charts import timeline as timeline_chart
from claimbrief.charts.canvas import axes_in_points, blank_figure
from claimbrief.charts.grid import cell_width, short_count
from claimbrief.charts.house import house, house_style
from claimbrief.charts.layout import text_width
from claimbrief.charts.timeline_drawing import draw_events
from claimbrief.charts.timeline_layout import Days
from claimbrief.handover import CITED, write_cited
from claimbrief.links import rest_told, source_line
from claimbrief.tables import sources
from claimbrief.view import View

COUNTED = {
    charts.chart_claim_timeline: (timeline_chart, "MOST_MARKS"),
    charts.chart_stance_paths: (paths, "MOST_STEPS"),
    charts.chart_figures_claimed: (figures, "MOST_FIGURES"),
    charts.chart_lineage: (provenance, "MOST_NODES"),
}


def afresh(seen: View) -> View:
    """Return the same view as another object, so that nothing kept is shown."""
    return replace(seen)


def written(chart: Figure) -> list[str]:
    """Return the texts of a chart, in the order in which they are drawn."""
    return re.findall(r"<text[^>]*>([^<]*)", chart.svg)


@pytest.fixture
def _no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in COUNTED.values():
        monkeypatch.setattr(module, name, 0)


@pytest.mark.usefixtures("_no_room")
@pytest.mark.parametrize("make", COUNTED, ids=lambda make: make.__name__)
def test_a_chart_of_counts_has_words_and_the_same_figures_but_no_mark_to_open(make) -> None:  # type: ignore[no-untyped-def]
    chart = make(tiny_seen())
    assert chart.marks == () and "<a " not in chart.svg
    assert chart.alt and chart.description and plain(chart.source).startswith("Source: ")
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(*COUNTED[make], 1000)
    single = make(tiny_seen())
    monkeypatch.undo()
    assert single.numbers == chart.numbers and single.block_id == chart.block_id
    assert len(single.marks) > 0


@pytest.mark.usefixtures("_no_room")
def test_a_timeline_of_counts_has_a_cell_for_each_day_and_row() -> None:
    chart = charts.chart_claim_timeline(tiny_seen())
    assert written(chart)[-7:] == ["1"] * 7
    assert chart.alt == (
        "Grid of counts from 20 April 2019 to 31 May 2019, rows by days: seven marks, rows of "
        "claims above rows of denials. Most marks: Anybody hurt? one mark, the first of Pell on "
        "28 April 2019. Denials and answers: one mark."
    )
    assert "Anybody hurt?: one mark, from 28 April 2019 to 28 April 2019." in chart.description


@pytest.mark.usefixtures("_no_room")
def test_the_counts_of_a_timeline_add_up_to_its_marks() -> None:
    chart = charts.chart_claim_timeline(real_seen())
    cells = written(chart)
    first = cells.index("no known day") + 1
    assert sum(int(one) for one in cells[first:]) == chart.numbers["marks"] > 200


def test_a_cell_covers_as_many_days_as_its_count_needs_room() -> None:
    assert short_count(9120) == "9,120" and short_count(12_400) == "12k"
    assert cell_width([]) < cell_width([7]) < cell_width([7, 4000])


@pytest.mark.usefixtures("_no_room")
def test_paths_of_many_sides_keep_those_that_turn_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths_counts, "MOST_SIDES", 1)
    chart = charts.chart_stance_paths(real_seen())
    table = tables.table_stance_paths(real_seen())
    others = chart.numbers["sides"] - 1
    assert chart.numbers["sides"] == table.numbers["sides"] and others > 10
    assert plain(chart.note).startswith(
        f"Here is the one side that changed position most often; {others} sides with fewer turns "
        "are left out."
    )
    assert chart.description.count(" time") and chart.description.count(". ") == 0


@pytest.mark.usefixtures("_no_room")
def test_figures_are_counted_by_range_and_place() -> None:
    chart = charts.chart_figures_claimed(tiny_seen())
    assert chart.description == "Anybody hurt?, 5 to 10: one claim, one speaker, 28 Apr."
    assert written(chart) == ["Anybody hurt?", "5 to 10", "1", "one speaker, 28 Apr"]


@pytest.mark.parametrize(
    ("end", "start", "after"),
    [(0, 0, 1), (1, 1, 2), (4, 2, 5), (5, 5, 10), (10, 10, 20), (1999, 1000, 2000),
     (8000, 5000, 10_000)],
)  # fmt: skip
def test_a_range_of_figures_starts_at_1_2_or_5_and_noughts(
    end: int, start: int, after: int
) -> None:
    assert figures_counts._start(end) == start
    assert figures_counts._next(start) == after


@pytest.mark.usefixtures("_no_room")
def test_a_large_lineage_says_which_side_rests_on_which() -> None:
    chart = charts.chart_lineage(tiny_seen())
    assert (
        chart.description == "Velland rests on its own (two). Pell rests on what is not told (one)."
    )
    assert written(chart) == ["1", "?", "rests on", "Velland  1", "Pell  2", "2", "1"]


def test_of_many_public_items_the_earliest_stand_below_the_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    every = charts.chart_publicity_by_day(real_seen())
    monkeypatch.setattr(publicity, "MOST_ITEMS", 2)
    few = charts.chart_publicity_by_day(real_seen())
    assert (len(every.marks), len(few.marks)) == (6, 2)
    assert {mark.since for mark in few.marks} <= set(sorted(m.since for m in every.marks)[:3])
    assert "Here are two of six items that became public, the earliest first" in plain(few.note)
    assert "Here are" not in plain(every.note)


def test_the_words_of_events_that_would_lie_on_each_other_stand_in_two_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = tiny_seen()
    events = seen.record.events
    three = events.loc[events.index.repeat(3)].reset_index(drop=True)
    crowded = replace(seen, record=replace(seen.record, events=three))
    axis = Days(date(2019, 4, 20), date(2019, 5, 31))
    with house_style():
        axes = axes_in_points(blank_figure(453, 100), 453, 100)
        draw_events(axes, crowded, axis, 90)
    places = [text.get_position()[1] for text in axes.texts]
    assert len(places) == len(set(places)) == 2 and len(axes.lines) == 3


@pytest.mark.parametrize("words", ["a", "Österreich & “q”", "8,120 (troops)", "“"])
def test_the_width_of_a_label_is_that_of_its_outline(words: str) -> None:
    prop = FontProperties(family=house().family)
    outline = TextPath((0, 0), words, size=7.5, prop=prop)
    assert text_width(words, 7.5) == pytest.approx(outline.get_extents().width, abs=1e-9)


# The ledger


@pytest.fixture(name="four")
def _four(monkeypatch: pytest.MonkeyPatch) -> View:
    monkeypatch.setattr(foremost, "LARGE", 4)
    monkeypatch.setattr(foremost, "FEWEST", 4)
    return afresh(tiny_seen())


def test_of_many_claims_the_furthest_of_each_side_on_each_question_have_a_card(four: View) -> None:
    assert foremost_claims(four) == {"i1", "a1", "m1", "w1"}
    assert foremost_claims(afresh(four)) == foremost_claims(four)


def test_all_that_the_brief_cites_have_a_card_and_the_foremost_where_there_is_room(
    four: View,
) -> None:
    ids = list(statements(four)["claim_id"])
    assert foremost_claims(four, tuple(ids[-6:])) == set(ids[-6:])
    assert foremost_claims(four, (ids[-1], "table-dates")) == {ids[-1], "i1", "a1", "m1"}


def test_of_few_claims_all_have_a_card() -> None:
    seen = tiny_seen()
    assert foremost_claims(seen) == set(seen.record.claims["claim_id"])


def test_a_ledger_that_leaves_claims_out_says_how_many_and_where_they_are(four: View) -> None:
    cards = tables.claim_cards(four)
    assert [card.anchor for card in cards.cards] == ["i1", "a1", "m1", "w1"]
    assert cards.left_out == 8 and cards.numbers == {"claims": 12, "cards": 4}
    assert "the cards of four of twelve claims" in plain(cards.note)
    assert "claims.csv" in plain(cards.note)


def test_a_large_ledger_has_no_cards_before_a_build_says_what_is_cited(
    four: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimbrief.tables.ledger.LARGE", 4)
    monkeypatch.setenv(CITED, str(tmp_path / "cited.json"))
    asked = tables.claim_cards(four)
    assert asked.cards == () and asked.left_out == 12
    write_cited(["w1", "b2"], tmp_path / "cited.json")
    filled = tables.claim_cards(four)
    assert {"w1", "b2"} < {card.anchor for card in filled.cards}
    assert "cites and, until there are 500, of each side" in plain(filled.note)
    monkeypatch.setattr("claimbrief.tables.ledger.FEWEST", 3)
    assert "those that this brief cites. The filters" in plain(tables.claim_cards(four).note)
    monkeypatch.setattr("claimbrief.tables.ledger.LARGE", 12)
    (tmp_path / "cited.json").unlink()
    assert tables.claim_cards(four).cards


def test_a_ledger_that_is_whole_says_nothing_of_it() -> None:
    whole = tables.claim_cards(tiny_seen())
    assert whole.left_out == 0 and whole.note == () and whole.numbers == {"claims": 12}


def test_what_claims_of_an_utterance_share_stands_on_the_first_card_that_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(foremost, "LARGE", 7)
    monkeypatch.setattr(foremost, "FEWEST", 7)
    cards = tables.claim_cards(afresh(tiny_seen())).cards
    shown = {card.anchor for card in cards}
    for card in cards:
        for field in card.fields:
            if field.label == "Utterance":
                assert field.value[-1].href.removeprefix("#") in shown


# What tables say of the rest


def test_a_table_says_how_many_rows_it_leaves_out_and_nothing_if_it_leaves_none() -> None:
    assert rest_told(250, "documents", "the first", 250) == ""
    assert rest_told(3000, "documents", "the longest first", 250) == (
        " Here are 250 of 3,000 documents, the longest first; the whole record is in "
        "claims.csv, beside this page."
    )


def test_of_many_documents_those_with_most_claims_are_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def given(table: object) -> list[int]:
        uses = [plain(row.cells[2]) for row in table.rows]  # type: ignore[attr-defined]
        return [int(found[1]) if (found := re.match(r"(\d+) claim", one)) else 0 for one in uses]

    every = tables.table_sources(real_seen())
    monkeypatch.setattr("claimbrief.links.MOST_ROWS", 3)
    few = tables.table_sources(real_seen())
    assert given(few) == sorted(given(every), reverse=True)[:3]
    assert f"Here are three of {every.numbers['sources']} documents" in plain(few.note)
    assert few.numbers == every.numbers


def test_very_many_documents_are_named_in_the_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimbrief.links.MOST_ROWS", 1000)
    assert "each named in the table of sources" in plain(source_line(afresh(real_seen())))
    monkeypatch.setattr("claimbrief.links.MOST_ROWS", 100)
    assert "each named in claims.csv" in plain(source_line(afresh(real_seen())))


def test_how_many_days_were_found_is_told_by_way_and_not_one_by_one() -> None:
    few = [("Pier Post", "The page shows it.")]
    assert sources._reasons_told(few).endswith("Pier Post: The page shows it.")
    many = [(f"Paper {place}", "The page shows it.") for place in range(30)]
    assert sources._reasons_told(many) == (
        "How a day of publication was found: The page shows it (30 documents)."
    )
