"""The cells of the tables of counts and of order, written out by hand from tests/tiny/README.md."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from views import (
    TINY,
    article_view,
    cells,
    context_of,
    findings_by_day,
    findings_of,
    frame_of,
    marked,
    marked_cells,
    plain,
    table,
    tiny_view,
)

from claimbrief import tables
from claimbrief.analysis.counts import Count
from claimbrief.analysis.provenance import Origins
from claimbrief.statements import DENYING
from claimbrief.tables import question


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
        "by the day (0) and independent sources (1 to 2)."
    )
    assert marked(block.note).startswith("Of no single day: Northern Ledger. As of 31 May 2019.")
    assert block.numbers == {"days": 7, "flips": 6}


def test_flips_say_what_each_day_would_settle() -> None:
    def on(words: str, last: int) -> str:
        return "; ".join(f"{day} May: {words.format(day)}" for day in range(13, last + 1))

    assert rows("flips") == [
        ["Rill<b2>", "1–19 May", on("1–{} May", 18)],
        ["Nyra and Tolm<w1>", "11 or 18 May", on("11 May", 17)],
        ["Port of Orsa<p1>", "by 19 May", on("by {} May", 18)],
        ["Doran<e1>", "by 19 May", on("by {} May", 18)],
        ["Northern Ledger<n1>", "13–19 May", "13 May: 13 May; " + on("13–{} May", 18)[19:]],
        ["Lindqvist<m1>, before or after Nyra and Tolm<w1>", "order not known", on("after", 17)],
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
        "Independent sources": "1–2",
        "Things shown as evidence": "0",
        "Denials": "0–1",
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


def test_each_step_of_the_deflation_has_its_words_and_the_reason_why_it_falls() -> None:
    assert [(row[0], row[2]) for row in cells(table("deflation", tiny_view()))] == [
        ("Claims in the record", "One stance on one proposition, as one source gives it."),
        ("Claims quoted or reported as a speaker’s",
         "Left out: glosses, summaries, an outlet’s own sentences, what is reported as not said."),
        ("Statements", "One carries several claims; what may have been several is counted once."),
        ("Speakers", "Some are heard more than once; some speak together."),
        ("Speakers who say that it is so, or likely",
         "Of something that is or was so on one of the questions."),
        ("Sides that they speak for", "A side is the topmost body that a speaker belongs to."),
        ("Speakers who name evidence of their side’s own",
         "The others name none, or reports by others, or reasoning."),
        ("Independent sources behind these",
         "A range where the record does not tell what a speaker rested on."),
        ("Items cited as evidence that this record shows as public",
         "To be named is not to be shown."),
    ]  # fmt: skip
    columns = table("deflation", tiny_view()).columns
    assert [column.key for column in columns] == ["step", "count", "reason"]


@pytest.mark.parametrize(
    ("speakers", "origins", "caption"),
    [
        ((1, 0), (1, 1), "One speaker says something is so, or likely, resting on one source"),
        ((0, 1), (0, 2), "Possibly one speaker asserts something, resting on at most two sources"),
        ((1, 1), (1, 3), "One or two speakers assert something, resting on one to three sources"),
        ((21, 3), (1, 13), "21 to 24 speakers assert something, resting on one to 13 sources"),
        ((0, 0), (0, 0), "Nobody had said that anything of this is so"),
    ],
)  # fmt: skip
def test_the_caption_of_the_deflation_counts_speakers_and_origins(
    speakers: tuple[int, int], origins: tuple[int, int], caption: str
) -> None:
    low, high = origins
    rows = [("asserting_speakers", *speakers), ("independent_origins", low, high - low)]
    frame = pd.DataFrame(rows, columns=["step", "certain", "possible"])
    block = tables.deflation(frame, context_of(tiny_view()))
    words = plain(block.caption)
    assert words == caption and len(words.split()) <= 14
    counts = [f"{low:,}" if low == high else f"{low}–{high}"
              for low, high in ((speakers[0], sum(speakers)), origins)]  # fmt: skip
    assert [row[1] for row in cells(block)] == counts


def test_the_table_of_days_says_what_it_counts_and_the_page_knows_each_figure() -> None:
    block = tables.days(findings_by_day(tiny_view()), context_of(tiny_view()))
    assert (block.block_id, plain(block.caption)) == ("days", "What had been said, day by day")
    assert plain(block.note) == (
        "Each row counts what had been said, or may have been, by the end of the day. A range runs "
        "from what is certain to what is possible; for sources, from the fewest to the most."
    )
    assert block.figure_keys == (
        "claims", "utterances", "speakers", "asserting_speakers", "asserting_sides", "origins",
        "items_public", "denials",
    )  # fmt: skip
    assert block.numbers["Denials"][-1] == "1" and len(block.numbers["Claims"]) == 42


def test_a_figure_of_a_thousand_has_a_comma() -> None:
    assert question.written(Count(1200, 0)) == "1,200"
    assert question.written(Count(1200, 30)) == "1,200–1,230"
    assert question.written(Origins(1200, 1200)) == "1,200"


# Many of one kind


def test_many_statements_in_a_cell_are_given_as_a_number() -> None:
    view = tiny_view()
    (denial,) = frame_of("denial_register", view).to_dict("records")
    every = ["i1", "a1", "m1", "w1", "e1"]
    frame = pd.DataFrame([
        denial | {"before": every, "undetermined": every[:4], "after": []},
        denial | {"before": ["a1"] * 1200},
    ])  # fmt: skip
    first, second = cells(table("denial_register", view, frame))
    assert first[5:] == [
        "5", "Pell (28 Apr), Roads Authority (8 May), Lindqvist (12 May), Nyra and Tolm (11 or 18 "
        "May)", "none",
    ]  # fmt: skip
    assert second[5] == "1,200"


def test_a_denial_of_what_is_not_named_says_so_alone_where_no_gloss_tells_more() -> None:
    view = tiny_view()
    (denial,) = frame_of("denial_register", view).to_dict("records")
    unnamed = denial | {"content": "unstated", "glosses": [], "gloss_ids": []}
    two = unnamed | {"glosses": ["It is so", "It is not"], "gloss_ids": ["b1", "e0"]}
    frame = pd.DataFrame([unnamed, two])
    assert [row[4] for row in marked_cells(table("denial_register", view, frame))] == [
        "not named in the quoted words",
        "not named in the quoted words; by Northern Ledger’s gloss, that It is so<b1> and It is "
        "not<e0>",
    ]


@pytest.mark.parametrize(
    ("quote", "language", "words"),
    [
        ("There is no crack", "", "There is no crack"),
        ("Es gibt keinen Riss", "de", "Es gibt keinen Riss (in our words: The pier is whole)"),
        ("", "", "In our words: The pier is whole."),
    ],
)
def test_words_in_another_language_and_words_not_quoted_have_ours(
    quote: str, language: str, words: str
) -> None:
    view = tiny_view()
    (denial,) = frame_of("denial_register", view).to_dict("records")
    said = denial | {"quote": quote, "language": language, "paraphrase": "The pier is whole."}
    block = table("denial_register", view, pd.DataFrame([said]))
    assert plain(block.rows[0].cells[2]) == words
    assert {run.lang for run in block.rows[0].cells[2] if run.style == "quote"} <= {language}


def test_the_caption_of_the_register_says_how_many_statements_did_both() -> None:
    view = tiny_view()
    (denial,) = frame_of("denial_register", view).to_dict("records")
    rows = [denial | {"stance": stance, "certainty": "certain"} for stance in DENYING]
    block = table("denial_register", view, pd.DataFrame(rows))
    assert plain(block.caption) == (
        "One statement dismissed what others said; one denied it; one of these did both"
    )


@pytest.mark.parametrize(
    ("dismissed", "denied", "words"),
    [
        ("c", "c", "One statement dismissed what others said; one denied it"),
        ("cc", "", "Two statements dismissed what others said; none denied it"),
        ("cp", "p", "One or two statements dismissed what others said; possibly one denied it"),
        ("", "cc", "Two statements denied what others said"),
        ("", "", "By 31 May nobody had denied or dismissed what only others said"),
    ],
)
def test_the_caption_of_the_register_counts_statements_by_what_they_do(
    dismissed: str, denied: str, words: str
) -> None:
    view = tiny_view()
    (denial,) = frame_of("denial_register", view).to_dict("records")
    rows = [
        denial | {"stance": stance, "utterance_id": f"{stance}{at}",
                  "certainty": "certain" if code == "c" else "possible"}
        for stance, codes in (("dismisses", dismissed), ("denies", denied))
        for at, code in enumerate(codes)
    ]  # fmt: skip
    block = table("denial_register", view, pd.DataFrame(rows, columns=list(denial)))
    assert plain(block.caption) == words
    assert block.numbers == {
        "denials": len(rows), "dismissed": [dismissed.count("c"), len(dismissed)],
        "denied": [denied.count("c"), len(denied)],
    }  # fmt: skip


def test_of_many_flips_the_first_are_shown_and_the_others_counted() -> None:
    view = tiny_view()
    frame = frame_of("flips", view)
    many = pd.concat([frame] * 3, ignore_index=True)
    block = table("flips", view, many)
    assert cells(block) == cells(table("flips", view)) * 2
    assert plain(block.note) == ("Dates first, then pairs. Six more of the same kind are left out.")
    assert plain(table("flips", view, many.iloc[:13]).note).endswith(
        " One more of the same kind is left out."
    )
    assert plain(table("flips", view, many.iloc[:12]).note) == "Dates first, then pairs."
    assert block.numbers == {"flips": 18}


def test_many_publishers_of_undated_sources_are_counted() -> None:
    view = tiny_view()
    frame = frame_of("sensitivity", view)

    def note(publishers: int) -> str:
        own = frame.copy()
        own.attrs = {"undated_sources": [f"P{at}" for at in range(publishers)], "flips": 6}
        return plain(table("sensitivity", view, own).note).partition(" As of ")[0]

    assert note(12).endswith("P10 and P11.") and "document" not in note(12)
    assert note(13).endswith("P10, P11 and one more document.")
    assert note(14).endswith("P11 and two more documents.")
    assert note(0) == "Every source in use shows its day."


def test_where_no_measure_is_the_same_on_each_day_the_note_names_none() -> None:
    view = tiny_view("2019-05-14")
    frame = frame_of("sensitivity", view)
    moving = frame.assign(origins_high=range(2, 2 + len(frame)))
    moving.attrs = frame.attrs
    block = table("sensitivity", view, moving)
    assert [row[0] for row in cells(block)][-1] == "Independent sources"
    assert cells(block)[-1][1:4] == ["1 to 2", "1 to 3", "1 to 4"]
    assert plain(block.note).endswith("that can have appeared on it.")
    assert cells(table("sensitivity", view, frame.assign(undated=1200)))[0][0] != (
        "Statements of no single day"
    ), "it is the same on each day"
