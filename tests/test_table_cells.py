"""The cells of each table of the tiny package, written out by hand from tests/tiny/README.md."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from conftest import Changed
from phrases import package, said
from views import TINY, frame_of, marked, plain, table, tiny_view

from claimbrief.texts import Style


def rows(name: str, folder: Path = TINY, **part: str) -> list[list[str]]:
    """Return the cells of a table of the tiny package; "<id>" follows words that lead to it."""
    block = table(name, tiny_view(folder=folder, **part))
    return [[marked(cell) for cell in row.cells] for row in block.rows]


SUPPOSED = ("bridge_unsafe", "supposes", "Uu")
NOT_YET = ("bridge_unsafe", "not_yet", "CT−")


def heads(name: str, folder: Path = TINY) -> list[str]:
    return [column.label for column in table(name, tiny_view(folder=folder)).columns]


COLUMNS = {  # of each table: what stands above its columns, and > where they hold numbers
    "agreement": "Variable | >n | >Same value | >Alpha | Level | Claims on which they parted",
    "ancestry": "What | How | From | Content from it? | What shows it",
    "answers_by_side": "Side | Unsafe | Cracked | Anybody hurt",
    "assertions_by_evidence": "Side | An item public by then | An item not public by then | "
    "Others’ words, reports or reasoning | Nothing named | Nothing in the part seen",
    "codebook": "Variable and code | Label, and when it applies",
    "context": "Speaker | What is said",
    "coverage": "Text | >In all | >In a claim | >Excluded | >Rest",
    "dates": "Statement | The source’s words | Date | Day in another source | Reasoning",
    "deflation": "What is counted | >Count | Why it falls",
    "denial_register": "Speaker | Said | Words | Kind | Of what | Said before it | "
    "Order not known | Said after it",
    "denials_by_day": "Who and when | What they did | Words | Claim",
    "evidence_by_side": "Side | Things cited | Shown",
    "evidence_register": "Item | Kind | Held by | First named | How public | Named by",
    "flips": "What | With the range kept | If the source appeared on",
    "items_cited": "Side | What | Shown or cited by | Reported by",
    "origins_by_side": "Side | >Statements | From evidence it claims | "
    "From another side’s word or evidence | >Source partly or wholly unstated",
    "outlet_beside_speaker": "Speaker | The speaker’s words | "
    "The outlet’s version, in our words | What it changes",
    "proposition_links": "If this is so | it | this | because",
    "quotes_beside_glosses": "Speaker | What was said | "
    "The outlet’s gloss or summary, in our words | What that changes",
    "responses": "What | In what was said | Who and when",
    "sensitivity": "Measure | >range kept | >13 May | >14 May | >15 May | >16 May | >17 May | "
    ">18 May | >19 May",
    "sides_by_question": "Side | Unsafe? | Cracked? | Anybody hurt?",
    "silences": "Expected | First heard | >Statements | >Speakers | Reported not to address it",
    "sources": "Publisher (agency) | Published | Gives",
    "sourcing": "Grade | >Statements | When it applies | Which",
    "turns_in_words": "Side | Before | After",
    "wording_drift": "Word | In quoted words | In a paraphrase | Elsewhere",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_each_column_has_its_heading_and_numbers_stand_at_the_right(name: str) -> None:
    columns = table(name, tiny_view()).columns
    assert {column.align for column in columns} <= {"start", "end"}
    heads = [">" * (column.align == "end") + column.label for column in columns]
    assert " | ".join(heads) == COLUMNS[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_each_table_has_a_caption_and_words_in_known_styles(name: str) -> None:
    block = table(name, tiny_view())
    assert plain(block.caption)[0].isupper() and "  " not in plain(block.note)
    texts = [block.caption, block.note, *(cell for row in block.rows for cell in row.cells)]
    assert {run.style for words in texts for run in words} <= set(get_args(Style))


def test_the_matrix_has_a_row_a_side_and_a_column_a_question() -> None:
    minister = (
        "Lindqvist, 12 May<m1>, reportedly says that it is likely: The Orsa bridge is unsafe. "
        "(“very likely”), calls on others to act"
    )
    authority = (
        "Roads Authority, 8 May<a1>, reportedly says that it is so: There is a crack in the east "
        "pier. (cites photo or video)"
    )
    builder = "Rill, 1–19 May<b2>, states the contrary: There is a crack in the east pier."
    letter = "Pell, 28 Apr<i1>, says that it is so: Welders were hurt at the bridge."
    towns = (
        "Nyra and Tolm, 11 or 18 May<w1>, reportedly speaks of others’ reports: The Orsa bridge is "
        "unsafe., voices concern"
    )
    engineer = (
        "Doran, by 19 May<e1>, holds it possible: The Orsa bridge is unsafe. "
        "(“can’t exclude”, offers expert reasoning); also Doran (by 19 May)<e2>"
    )
    assert heads("sides_by_question") == ["Side", "Unsafe?", "Cracked?", "Anybody hurt?"]
    assert rows("sides_by_question") == [
        ["Velland", minister, authority, "not heard"],
        ["Karst Works", "not heard", builder, "not heard"],
        ["Pell", "not heard", "not heard", letter],
        ["Nyra", towns, "not heard", "not heard"],
        ["Tarn", engineer, "not heard", "not heard"],
        ["Drivers", "not heard", "not heard", "not heard"],
    ]
    block = table("sides_by_question", tiny_view())
    sides = ["velland", "karst_works", "pell", "nyra", "tarn_university", "drivers_union"]
    assert [row.key for row in block.rows] == sides
    assert [column.key for column in block.columns] == ["side", "Q1", "Q2", "Q3"]
    assert [row.tone for row in block.rows] == [*[""] * 5, "silent"]
    assert block.numbers == {"sides": 5, "rows": 6}


def test_what_a_side_says_is_not_so_stands_apart_from_what_else_it_says(changed: Changed) -> None:
    folder = changed("claims", "a1", "proposition_id", "bridge_unsafe")
    folder = changed("claims", "m1", "stance", "denies", of=folder)
    folder = changed("claims", "m1", "commitment", "CT−", of=folder)
    folder = changed("claims", "m1", "denial", "D3", of=folder)
    cell = rows("sides_by_question", folder)[0][1]
    assert cell.startswith("Lindqvist, 12 May<m1>, reportedly states the contrary")
    assert cell.endswith("; yes (taken back): Roads Authority (8 May)<a1>")
    folder = changed("claims", "m1", "proposition_id", "deck_fails", of=folder)
    cell = rows("sides_by_question", folder)[0][1]
    assert cell.startswith("Roads Authority, 8 May<a1>, ")
    assert cell.endswith("; not so: Lindqvist (12 May)<m1>")


def test_of_many_further_claims_of_a_side_three_are_named_and_the_others_counted(
    changed: Changed,
) -> None:
    more = [said(f"c{day}", "doran", f"2019-05-{day}", *SUPPOSED) for day in range(10, 15)]
    more += [said(f"d{day}", "doran", f"2019-05-{day}", *NOT_YET) for day in range(15, 20)]
    cell = rows("sides_by_question", package(changed, more=more))[4][1]
    first, also, others = cell.split("; ")
    assert first.startswith("Doran, 15 May<d15>, ")
    assert also == (
        "also Doran (16 May)<d16>, Doran (17 May)<d17>, Doran (18 May)<d18> and one more"
    )
    assert others == (
        "left open: Doran (by 19 May)<e1>, Doran (10 May)<c10>, Doran (11 May)<c11> and three more"
    )


def test_what_is_only_possible_by_the_day_is_marked_in_the_matrix() -> None:
    by_side = {row[0]: row for row in rows("sides_by_question", as_of="2019-05-12")}
    assert by_side["Karst Works"][2].startswith("possibly Rill, 1–19 May<b2>, ")
    assert by_side["Pell"][3].startswith("Pell, 28 Apr<i1>, ")


def test_a_question_that_nobody_speaks_to_has_no_column_and_is_named_below() -> None:
    block = table("sides_by_question", tiny_view(actors=["pell"]))
    assert [column.label for column in block.columns] == ["Side", "Anybody hurt?"]
    assert "Nobody is heard on: Unsafe?, Cracked?" in marked(block.note)


def test_context_has_a_row_a_proposition_with_all_who_say_it(changed: Changed) -> None:
    assert rows("context") == []
    folder = changed("propositions", "pier_cracked", "question_id", "Q0")
    assert rows("context", folder) == [
        ["Roads Authority<a1>", "says that it is so: There is a crack in the east pier."],
        ["Rill<b2>", "states the contrary: There is a crack in the east pier."],
    ]
    again = changed("claims", "i1", "proposition_id", "pier_cracked", of=folder)
    assert rows("context", again)[0][0] == "Pell<i1>; Roads Authority<a1>"


def test_responses_name_what_they_are_to_and_who_voices_them_when() -> None:
    assert heads("responses") == ["What", "In what was said", "Who and when"]
    assert rows("responses") == [
        [
            "voices concern",
            "speaks of others’ reports: The Orsa bridge is unsafe.",
            "Nyra and Tolm, 11 or 18 May<w1>",
        ],
        [
            "calls on others to act",
            "says that it is likely: The Orsa bridge is unsafe.",
            "Lindqvist, 12 May<m1>",
        ],
    ]
    assert table("responses", tiny_view()).numbers == {"responses": 2}


def test_a_response_is_named_once_above_all_that_it_is_to(changed: Changed) -> None:
    folder = changed("claims", "i1", "response", "A1")
    assert [row[0] for row in rows("responses", folder)] == [
        "voices concern",
        "",
        "calls on others to act",
    ]


def test_silences_say_when_each_expected_actor_was_first_heard(changed: Changed) -> None:
    assert rows("silences") == [
        ["Velland", "8 May<a1>", "2", "2", "–"],
        ["Karst Works", "1–19 May<b2>", "1", "1", "–"],
        ["Union of Drivers", "not heard", "0", "0", "–"],
    ]
    block = table("silences", tiny_view())
    assert [row.tone for row in block.rows] == ["", "", "silent"]
    assert block.numbers == {"expected": 3, "not_heard": 1}
    assert marked(block.note).startswith("As of 31 May 2019.")
    folder = changed("claims", "m1", "stance", "not_addressed")
    folder = changed("claims", "m1", "commitment", "Uu", of=folder)
    assert rows("silences", folder)[0] == [
        "Velland",
        "8 May<a1>",
        "1",
        "1",
        "Lindqvist (12 May)<m1>",
    ]


def test_a_gloss_stands_beside_the_words_that_it_renders() -> None:
    assert rows("quotes_beside_glosses") == [
        [
            "Lindqvist<m1> (named: Velland)",
            "(paraphrased) The bridge is very probably not safe and should be shut, in the words "
            "very likely … must be closed.",
            "Northern Ledger<m2>: Velland says that the bridge is unsafe.",
            "Firmer: from “probable” to “certain”. The summary drops the hedge of Lindqvist "
            "(Velland, 12 May)<m1>.",
        ],
        [
            "Rill<b2> (named: Karst Works)",
            "There is no crack in the east pier",
            "Northern Ledger<b1>: The builder rejects the story.",
            "Same question, same firmness. ",
        ],
        [
            "Doran<e1> (named: Engineers, not named)",
            "We can’t exclude that it is unsafe in high wind",
            "Northern Ledger<e0>: More than one engineer holds it possible.",
            "Same question, same firmness. “Engineers” is plural; one is given.",
        ],
    ]
    block = table("quotes_beside_glosses", tiny_view())
    assert block.numbers == {"glosses": 3, "higher": 0, "content_only_in_gloss": 0}


def test_a_gloss_on_an_earlier_question_is_counted_as_higher(changed: Changed) -> None:
    folder = changed("claims", "b1", "proposition_id", "bridge_unsafe")
    assert rows("quotes_beside_glosses", folder)[1][3] == (
        "Another question: “Unsafe?” for “Cracked?”. "
    )
    assert table("quotes_beside_glosses", tiny_view(folder=folder)).numbers["higher"] == 1
    later = changed("claims", "m2", "proposition_id", "pier_cracked")
    assert table("quotes_beside_glosses", tiny_view(folder=later)).numbers["higher"] == 0


def test_a_word_stands_with_who_uses_it_when() -> None:
    assert heads("wording_drift") == ["Word", "In quoted words", "In a paraphrase", "Elsewhere"]
    assert rows("wording_drift") == [["welders", "Pell 28 Apr<i1>", "–", "–"]]


def test_the_speakers_of_a_word_stand_in_order_of_first_use(changed: Changed) -> None:
    folder = changed("claims", "m1", "people_term", "bridge")
    folder = changed("claims", "a1", "people_term", "bridge", of=folder)
    folder = changed("claims", "e0", "people_term", "Engineers", of=folder)
    assert rows("wording_drift", folder) == [
        ["welders", "Pell 28 Apr<i1>", "–", "–"],
        [
            "bridge",
            "–",
            "Roads Authority 8 May<a1>; Lindqvist 12 May<m1>",
            "the headline of Northern Ledger",
        ],
        [
            "Engineers",
            "–",
            "–",
            "an outlet’s own wording: Northern Ledger on Doran (by 19 May)<e0>",
        ],
    ]


def test_links_of_propositions_say_what_follows_from_what() -> None:
    unsafe = "The Orsa bridge is unsafe.."
    assert rows("proposition_links") == [
        ["The deck of the Orsa bridge fails..", "entails", unsafe,
         "A bridge whose deck fails is not safe."],
        ["There is a crack in the east pier..", "does not entail", unsafe,
         "A crack may bear no load."],
        ["Welders were hurt at the bridge..", "does not entail", unsafe,
         "Building is dangerous on a sound bridge as well."],
    ]  # fmt: skip


# Glosses and words, by rows written by hand


def glosses(**given: object) -> list[str]:
    """Return the cells of the first gloss, of Lindqvist, with other values."""
    view = tiny_view()
    frame = frame_of("quotes_beside_glosses", view).iloc[:1].assign(**given)
    (row,) = table("quotes_beside_glosses", view, frame).rows
    return [marked(cell) for cell in row.cells]


@pytest.mark.parametrize(
    ("said", "gloss", "words"),
    [
        ("CT+", "PR+", "Less firm: from “certain” to “probable”. "),
        ("PR+", "CT−", "The contrary: from “probable” to “certainly not”. "),
        ("PR−", "CT−", "Firmer: from “probably not” to “certainly not”. "),
        ("PS+", "PR+", "Firmer: from “possible” to “probable”. "),
        ("Uu", "PS+", "Firmer: from “none” to “possible”. "),
        ("CT+", "Uu", "Less firm: from “certain” to “none”. "),
        ("CT+", "CT+", "Same question, same firmness. "),
    ],
)
def test_a_gloss_is_firmer_or_less_firm_than_what_was_said(
    said: str, gloss: str, words: str
) -> None:
    changed = {"said_commitment": said, "gloss_commitment": gloss, "note": ""}
    assert glosses(**changed)[3] == words


def test_a_gloss_on_another_question_says_which_and_may_be_firmer_too() -> None:
    other = {"said_question": "Q2", "gloss_question": "Q1", "note": ""}
    assert glosses(**other)[3] == (
        "Another question: “Unsafe?” for “Cracked?”; firmer: from “probable” to “certain”. "
    )
    unnamed = other | {"said_question": "QU", "gloss_commitment": "PR+"}
    assert glosses(**unnamed)[3] == "Alone says what is meant: “Unsafe?”. "
    both = unnamed | {"gloss_question": "QU"}
    assert glosses(**both)[3] == "Same question, same firmness. "


def test_a_speaker_whom_the_outlet_names_as_such_is_named_once() -> None:
    assert glosses(named="Lindqvist", speaker="Lindqvist")[0] == "Lindqvist<m1>"
    assert glosses(said_rendering="indirect", said_quote="")[1] == (
        "(paraphrased) The bridge is very probably not safe and should be shut."
    )


def test_glosses_without_named_content_are_counted() -> None:
    view = tiny_view()
    frame = frame_of("quotes_beside_glosses", view)
    gaps = frame.assign(gap=[1, 0, 2], said_question=["QU", "Q1", "Q1"])
    assert table("quotes_beside_glosses", view, gaps).numbers == {
        "glosses": 3, "higher": 2, "content_only_in_gloss": 1,
    }  # fmt: skip


def test_many_uses_of_a_word_are_counted_and_where_else_it_stands_is_told() -> None:
    view = tiny_view()
    first = frame_of("wording_drift", view).iloc[[0]]
    speakers = [first.assign(speaker=f"voice {at}") for at in range(6)]
    outlet = [first.assign(use="outlet", claim_id="e0")]
    frame = pd.concat([*speakers, *outlet], ignore_index=True)
    frame["headlines"] = [["Gazette", "Bulletin"]] * len(frame)
    (row,) = table("wording_drift", view, frame).rows
    word, quoted, paraphrased, apart = map(marked, row.cells)
    assert (word, paraphrased) == ("welders", "–")
    assert quoted.startswith("Voice 0 28 Apr<i1>; ") and quoted.endswith("; two more speakers")
    assert quoted.count("<i1>") == 4
    assert apart == (
        "an outlet’s own wording: Northern Ledger on Doran (by 19 May)<e0>; the headline of "
        "Gazette and Bulletin"
    )
    assert table("wording_drift", view, frame).numbers == {"words": 1}
