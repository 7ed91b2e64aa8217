"""The cells of the tables of counts and of order, written out by hand from tests/tiny/README.md."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Changed
from views import (
    TINY,
    article_view,
    cells,
    context_of,
    findings_by_day,
    findings_of,
    marked,
    table,
    tiny_view,
)

from claimbrief import tables


def rows(name: str, folder: Path = TINY, **part: str) -> list[list[str]]:
    """Return the cells of a table of the tiny package; "<id>" follows words that lead to it."""
    block = table(name, tiny_view(folder=folder, **part))
    return [[marked(cell) for cell in row.cells] for row in block.rows]


def heads(name: str, folder: Path = TINY) -> list[str]:
    return [column.label for column in table(name, tiny_view(folder=folder)).columns]


def test_the_register_gives_each_denial_its_words_its_level_and_what_it_denies() -> None:
    assert rows("denial_register") == [
        [
            "Rill<b2>, Spokesman of Karst Works",
            "1–19 May (Tarn Gazette: 10 May)",
            "There is no crack in the east pier",
            "states the contrary",
            "that There is a crack in the east pier.",
            "none",
            "Roads Authority (8 May)<a1>",
            "none",
        ]
    ]


def test_each_denial_stands_with_what_it_denies_and_nothing_else(changed: Changed) -> None:
    folder = changed("claims", "i1", "stance", "denies")
    folder = changed("claims", "i1", "commitment", "CT−", of=folder)
    folder = changed("claims", "i1", "denial", "D4", of=folder)
    denied = {row[0]: (row[3], row[4]) for row in rows("denial_register", folder)}
    assert denied == {
        "Pell<i1>, Retired inspector": (
            "states the contrary with evidence",
            "that Welders were hurt at the bridge.",
        ),
        "Rill<b2>, Spokesman of Karst Works": (
            "states the contrary",
            "that There is a crack in the east pier.",
        ),
    }


def test_where_the_words_name_nothing_the_register_says_what_the_outlets_gloss_does() -> None:
    block = table("denial_register", article_view())
    (row,) = [[marked(cell) for cell in row.cells] for row in block.rows]
    assert row[1] == "1–19 Oct (Moscow Times: 10 Oct)"
    assert row[4] == (
        "not named in the quoted words; by Al Jazeera’s gloss, that North Korean personnel are in "
        "Russia<p1>"
    )
    assert row[-3:] == [
        "none",
        "Kim Yong-hyun (8 Oct)<k1>, Zelenskyy (13 Oct)<z6>, Zelenskyy (16 Oct)<z1>",
        "none",
    ]


def test_the_deflation_goes_from_what_is_certain_to_what_is_possible() -> None:
    def counts(as_of: str) -> list[tuple[str, str]]:
        block = table("deflation", tiny_view(as_of))
        return [
            (row.key, plain_row[1]) for row, plain_row in zip(block.rows, cells(block), strict=True)
        ]

    steps = [
        "claim_rows", "own_renderings", "utterances", "speakers", "asserting_speakers",
        "asserting_sides", "speakers_with_own_source", "independent_origins", "items_made_public",
    ]  # fmt: skip
    last = ["12", "7", "6", "7", "3", "2", "1", "1–2", "1"]
    assert counts("2019-05-31") == list(zip(steps, last, strict=True))
    earlier = ["3–8", "3–7", "3–6", "3–7", "3", "2", "1", "1–2", "0"]
    assert counts("2019-05-12") == list(zip(steps, earlier, strict=True))
    assert table("deflation", tiny_view("2019-05-12")).numbers["claim_rows"] == [3, 8]


def test_sensitivity_has_a_column_a_day_that_the_article_may_have_appeared_on() -> None:
    days = ["13 May", "14 May", "15 May", "16 May", "17 May", "18 May", "19 May"]
    assert heads("sensitivity") == ["Measure", "range kept", *days]
    assert rows("sensitivity", as_of="2019-05-14") == [
        ["Statements of no single day", "3", *["2"] * 5, *["3"] * 2],
        [
            "Pairs of relevant statements whose order is known",
            "6 of 15", *["7 of 15"] * 5, *["6 of 15"] * 2,
        ],
        ["Statements certainly made by the day", "3", "6", "6", "4", "4", "4", "3", "3"],
        ["Statements possibly made by the day", "3", "0", "0", "2", "2", "2", "3", "3"],
    ]  # fmt: skip
    block = table("sensitivity", tiny_view())
    assert marked(block.note).endswith(
        "The same on each day: statements certainly made by the day (6), statements possibly made "
        "by the day (0) and separate sources (1 to 2)."
    )
    assert marked(block.note).startswith("Of no single day: Northern Ledger. As of 31 May 2019.")
    assert block.numbers == {"days": 7, "flips": 6}


def test_flips_say_what_each_day_would_settle() -> None:
    def on(words: str, last: int) -> str:
        return "; ".join(f"{day} May: {words.format(day)}" for day in range(13, last + 1))

    assert rows("flips") == [
        ["Rill<b2>", "1–19 May", on("1–{} May", 18)],
        ["Nyra, Tolm<w1>", "11 or 18 May", on("11 May", 17)],
        ["Port of Orsa<p1>", "by 19 May", on("by {} May", 18)],
        ["Doran<e1>", "by 19 May", on("by {} May", 18)],
        ["Northern Ledger<n1>", "13–19 May", "13 May: 13 May; " + on("13–{} May", 18)[19:]],
        ["Lindqvist<m1>, before or after Nyra, Tolm<w1>", "order not known", on("after", 17)],
    ]


def test_the_table_of_days_counts_what_had_been_said_by_the_end_of_each() -> None:
    view = tiny_view()
    findings = findings_by_day(view)
    block = tables.days(findings, context_of(view))
    visible = {day: dict(zip(block.labels, figures, strict=True)) for day, _, figures in block.rows}
    assert list(visible)[:: len(visible) - 1] == ["2019-04-20", "2019-05-31"]
    assert len(visible) == 42
    assert visible["2019-05-12"] == {
        "Claims": "3–8",
        "Statements": "3–6",
        "Speakers": "3–7",
        "Speakers who say so, or likely": "3",
        "Sides that they speak for": "2",
        "Separate sources": "1–2",
        "Things shown as evidence": "0",
        "Denials": "1",
    }
    assert visible["2019-05-21"]["Things shown as evidence"] == "1"
    assert (block.rows[0][1], block.rows[0][2][-1]) == ("20 April 2019", "0")


@pytest.mark.parametrize("as_of", ["2019-04-20", "2019-05-12"])
def test_a_row_of_days_is_that_of_a_brief_of_the_day(as_of: str) -> None:
    whole, alone = tiny_view(), tiny_view(as_of)
    context = context_of(whole)
    rows = tables.days(findings_by_day(whole), context).rows
    (last,) = tables.days({alone.at.as_of: findings_of(alone)}, context).rows
    assert [row for row in rows if row[0] == as_of] == [last]
