"""The speaker's words beside an outlet's that go beyond them: which ones, and what is added."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import Changed
from views import cells, context_of, plain, real_view, tiny_view

from claimbrief import tables
from claimbrief.analysis.voices import COLUMNS, outlet_beside_speaker
from claimbrief.blocks import Table
from claimbrief.tables.words import ROWS

CASE = {
    "speaker": "Rill", "side": "karst_works", "named": "Rill",
    "publisher": "Northern Ledger", "gloss_id": "b1", "gloss_question": "Q1",
    "gloss_paraphrase": "The builder rejects it.",
    "gloss_stance": "affirms", "gloss_proposition": "The bridge is unsafe.", "said_id": "b2",
    "said_quote": "There is no crack", "said_language": "", "said_paraphrase": "No crack.",
    "said_rendering": "direct", "said_question": "Q2", "said_content": "so", "said_hedge": "",
    "is_translation": False, "is_stronger": True, "is_firmer": False, "alone_says_what": False,
}  # fmt: skip


def drawn(*cases: dict[str, object]) -> Table:
    """Return the table of cases written by hand: one of another question, unless stated."""
    frame = pd.DataFrame([CASE | case for case in cases], columns=COLUMNS)
    return tables.outlet_beside_speaker(frame, context_of(tiny_view()))


def test_the_summary_that_drops_the_minister_s_hedge_is_the_only_case() -> None:
    view = tiny_view()
    frame = outlet_beside_speaker(view)
    assert frame[["gloss_id", "said_id"]].to_numpy().tolist() == [["m2", "m1"]]
    assert frame[["is_stronger", "is_firmer", "alone_says_what"]].to_numpy().tolist() == [
        [False, True, False]
    ]
    block = tables.outlet_beside_speaker(frame, context_of(view))
    assert (
        plain(block.caption)
        == "In at least one case an outlet’s words go further than the speaker’s"
    )
    assert [column.label for column in block.columns][2] == "The outlet’s version, in our words"
    assert cells(block) == [[
        "Lindqvist (Velland, 12 May)",
        "The bridge is very probably not safe and should be shut. In the words: very likely … "
        "must be closed",
        "Northern Ledger: Velland says that the bridge is unsafe.",
        "It leaves out “very likely”.",
    ]]  # fmt: skip
    links = [run.href for cell in block.rows[0].cells for run in cell if run.href]
    assert links == ["#m1", "#m2"]
    assert block.numbers == {
        "beyond": 1, "is_stronger": 0, "is_firmer": 1, "alone_says_what": 0,
    }  # fmt: skip


def test_a_summary_with_the_hedge_is_no_case(changed: Changed) -> None:
    folder = changed("claims", "m2", "commitment", "PR+")
    folder = changed("claims", "m2", "stance", "affirms_hedged", of=folder)
    assert outlet_beside_speaker(tiny_view(folder=folder)).empty


def test_a_gloss_that_answers_an_earlier_question_comes_first(changed: Changed) -> None:
    folder = changed("propositions", "pier_cracked", "question_id", "Q3")
    raw = "b1,builder_denial,ledger_bridge,bridge_unsafe,dismisses,CT−,,gloss,b2,karst_works,,"
    path = folder / "claims.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("b1,"))
    lines[at] = raw + "The builder rejects the story.,349,411,,,,,A0,D2,\n"
    path.write_text("".join(lines), encoding="utf-8")
    frame = outlet_beside_speaker(tiny_view(folder=folder))
    assert frame["gloss_id"].tolist() == ["b1", "m2"]
    assert frame["is_stronger"].tolist() == [True, False]
    assert frame.columns.tolist() == COLUMNS


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({}, "An answer on “Unsafe”."),
        ({"said_content": "context", "said_question": "Q0"}, "An answer on “Unsafe”."),
        ({"said_content": "context", "said_question": "Q0", "gloss_stance": "denies"},
         "A denial that the bridge is unsafe."),
        ({"gloss_stance": "dismisses"}, "A dismissal of the claim that the bridge is unsafe."),
        ({"alone_says_what": True, "said_question": "QU", "said_content": "unstated"},
         "What the words are about."),
        ({"said_question": "Q1", "is_firmer": True}, "It leaves out a hedge."),
        ({"said_question": "Q1", "is_firmer": True, "said_hedge": "may"}, "It leaves out “may”."),
    ],
)  # fmt: skip
def test_what_the_outlet_added_is_told_in_sentences(case: dict[str, object], words: str) -> None:
    assert cells(drawn(case))[0][3] == words


def test_words_that_are_quoted_whole_stand_as_a_quote_in_their_language() -> None:
    (row,) = drawn({"said_language": "ko"}).rows
    (run,) = row.cells[1]
    assert (run.text, run.style, run.lang) == ("There is no crack", "quote", "ko")


def test_what_is_not_quoted_at_all_is_told_as_we_put_it() -> None:
    assert cells(drawn({"said_rendering": "indirect", "said_quote": ""}))[0][1] == "No crack."


def test_a_speaker_who_is_called_by_the_side_has_no_side_in_brackets() -> None:
    case = {"speaker": "a Karst Works foreman"}
    assert [cells(drawn(it))[0][0] for it in ({}, case)] == [
        "Rill (Karst Works, 1–19 May)", "Rill (1–19 May)",
    ]  # fmt: skip


def test_two_cases_have_a_row_and_more_are_counted() -> None:
    two, three, many = (drawn(*[{}] * count) for count in (ROWS, ROWS + 1, ROWS + 2))
    assert len(two.rows) == len(many.rows) == ROWS == 2
    assert plain(two.subtitle) == "Speaker and outlet side by side."
    assert plain(three.subtitle) == "Two of them; the record has one more."
    assert plain(many.subtitle) == "Two of them; the record has two more."
    assert (
        plain(many.caption)
        == "In at least four cases an outlet’s words go further than the speaker’s"
    )


def test_a_translation_that_is_quoted_is_said_to_be_the_outlet_s(changed: Changed) -> None:
    line = "Speaker and outlet side by side."
    assert plain(drawn({}, {"is_translation": True}).subtitle) == (
        f"{line} Translations are the outlets’."
    )
    assert plain(drawn({}, {"is_translation": True, "said_quote": ""}).subtitle) == line
    assert plain(drawn({}, {}, {"is_translation": True}).subtitle).endswith("one more."), "no row"
    folder = changed("utterances", "minister_radio", "is_translation", "true")
    assert outlet_beside_speaker(tiny_view(folder=folder))["is_translation"].tolist() == [True]
    assert outlet_beside_speaker(tiny_view())["is_translation"].tolist() == [False]


def test_what_goes_beyond_in_the_most_ways_comes_first() -> None:
    frame = outlet_beside_speaker(real_view())
    ways = frame[["is_stronger", "is_firmer", "alone_says_what"]].sum(axis=1)
    assert ways.tolist() == sorted(ways, reverse=True) and ways.iloc[0] == 2
    assert frame["is_stronger"].tolist()[:3] == [False, True, True]


def test_a_row_begins_with_a_capital() -> None:
    view = real_view()
    table = tables.outlet_beside_speaker(outlet_beside_speaker(view), context_of(view))
    assert [plain(row.cells[0]) for row in table.rows] == [
        "Peskov (Russia, 10 Oct)", "A North Korean delegate (21 Oct)",
    ]  # fmt: skip


def test_no_case_leaves_a_table_without_rows() -> None:
    block = drawn()
    assert block.rows == () and block.numbers["beyond"] == 0
    assert plain(block.caption) == "No outlet’s words go further than the speaker’s"
