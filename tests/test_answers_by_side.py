"""Who says what: the furthest answer of each side, worked by hand in tests/tiny/README.md."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from phrases import package, said
from second_question import write_second
from views import TINY, cells, context_of, plain, real_view, table, tiny_view, views_by_day

from claimbrief import analysis, tables
from claimbrief.analysis.positions import positions_by_question
from claimbrief.loading import load

NAME = "answers_by_side"
DRAWN_BY = import_module("claimbrief.tables.answers_by_side")  # not the function of that name


def changes(changed: Changed, *cells: tuple[str, str, str, str], of: Path = TINY) -> Path:
    """Return a copy of a package with several cells changed."""
    for cell in cells:
        of = changed(*cell, of=of)
    return of


def row(side: str, folder: Path = TINY, **part: object) -> list[str]:
    """Return the cells of a side behind its name, in the table of a tiny package, without stars."""
    rows = {name: rest for name, *rest in cells(table(NAME, tiny_view(folder=folder, **part)))}
    return [words.replace("*", "") for words in rows[side]]


def test_each_side_has_its_furthest_answer_to_each_question_and_the_day() -> None:
    block = table(NAME, tiny_view())
    assert [column.label for column in block.columns] == [
        "Side",
        "Unsafe",
        "Cracked",
        "Anybody hurt",
    ]
    assert cells(block) == [
        ["Velland", "likely, 12 May*", "yes, 8 May*", "–"],
        ["Karst Works", "–", "denied, 1–19 May", "–"],
        ["Drivers", "–", "–", "–"],
        ["Pell", "–", "–", "yes, 28 Apr"],
        ["Nyra", "left open*", "–", "–"],
        ["Tarn", "left open", "–", "–"],
    ]
    assert plain(block.caption) == (
        "Cracked: one side says so. Unsafe: nobody does, one calls it likely"
    )
    assert plain(block.subtitle) == (
        "Each side’s strongest position on each claim, and its first day. Starred: only "
        "reported. A dash: no position found; none is inferred from another column."
    )
    grounds = tiny_view().statements.set_index("claim_id")["rests_on"]
    assert grounds[["m1", "a1", "w1", "b2", "i1", "e1"]].tolist() == ["report"] * 3 + ["words"] * 3
    assert plain(block.note) == "“Left open” (no day): spoke of it without saying so."
    assert block.numbers == {
        "sides": 5,
        "say_so": {"Q1": 0, "Q2": 1, "Q3": 1},
        "not_yet": {"Q1": 0, "Q2": 0, "Q3": 0},
    }


def test_an_answer_has_a_row_with_its_first_claim_in_the_order_of_sides_and_questions(
    changed: Changed,
) -> None:
    """Sides that are expected come first, in their own order; of the others who spoke most."""
    more = [
        said("c1", "rill", "2019-05-20", "welders_hurt", "denies", "CT−", denial="D3"),
        said("c2", "rill", "2019-05-21", "welders_hurt", "denies", "CT−", denial="D3"),
        said("c3", "doran", "2019-05-20", "pier_cracked", "affirms", "CT+"),
        said("c4", "doran", "2019-05-21", "pier_cracked", "affirms", "CT+"),
    ]
    frame = analysis.answers_by_side(tiny_view(folder=package(changed, more=more)))
    parts = ["is_taken_back", "is_partial", "rests_on"]
    assert frame.drop(columns=["kind", *parts]).to_numpy().tolist() == [
        ["velland", True, 2, "Q1", "says_likely", "2019-05-12", "certain", "m1"],
        ["velland", True, 2, "Q2", "says_so", "2019-05-08", "certain", "a1"],
        ["karst_works", True, 3, "Q2", "denies", "[2019-05-01..2019-05-19]", "certain", "b2"],
        ["karst_works", True, 3, "Q3", "denies", "2019-05-20", "certain", "c1"],
        ["drivers_union", True, 0, "", "", "", "", ""],
        ["tarn_university", False, 3, "Q1", "leaves_open", "[..2019-05-19]", "certain", "e1"],
        ["tarn_university", False, 3, "Q2", "says_so", "2019-05-20", "certain", "c3"],
        ["pell", False, 1, "Q3", "says_so", "2019-04-28", "certain", "i1"],
        ["nyra", False, 1, "Q1", "leaves_open", "[2019-05-11,2019-05-18]", "certain", "w1"],
    ]
    assert set(zip(frame["side"], frame["kind"], strict=True)) == {
        ("velland", "state"),
        ("karst_works", "institution"),
        ("drivers_union", "group"),
        ("tarn_university", "institution"),
        ("pell", "person"),
        ("nyra", "institution"),
    }
    columns = ["side", "is_expected", "kind", "utterances", "question_id", "answer", "when"]
    assert frame.columns.tolist() == [*columns, "certainty", "claim_id", *parts]


def test_the_whole_cell_is_a_link_to_the_claim_that_it_tells() -> None:
    velland = table(NAME, tiny_view()).rows[0]
    assert [[run.href for run in cell] for cell in velland.cells[1:3]] == [["#m1"], ["#a1"]]


def test_what_is_only_possible_by_the_day_is_possibly_so() -> None:
    assert row("Karst Works", as_of="2019-05-12")[1] == "possibly denied, 1–19 May"
    block = table(NAME, tiny_view("2019-05-08"))
    assert plain(block.caption) == "Cracked: one side says so. Unsafe: nobody does"


SO = (("stance", "affirms"), ("commitment", "CT+"), ("hedge_words", ""))
NOT_YET = (("stance", "not_yet"), ("commitment", "CT−"), ("hedge_words", ""))


def recoded(changed: Changed, claim: str, *values: tuple[str, str], of: Path = TINY) -> Path:
    """Return a copy of a package in which a claim has other codes."""
    return changes(changed, *(("claims", claim, column, value) for column, value in values), of=of)


def test_what_is_not_yet_so_stands_beside_an_earlier_claim_and_not_before_a_later(
    changed: Changed,
) -> None:
    on_bridge = ("proposition_id", "bridge_unsafe")
    folder = recoded(changed, "a1", on_bridge, *SO)
    folder = recoded(changed, "m1", *NOT_YET, of=folder)
    assert row("Velland", folder)[0] == "yes, 8 May; not yet, 12 May"
    block = table(NAME, tiny_view(folder=folder))
    assert plain(block.caption) == (
        "Anybody hurt: one side says so. Unsafe: one does, one said not yet"
    )
    assert plain(block.note).endswith(" Sides can say yes to one claim, “not yet” to another.")
    assert "its first day (for “not yet”, its last)" in plain(block.subtitle)
    folder = recoded(changed, "a1", on_bridge, *NOT_YET)
    folder = recoded(changed, "m1", *SO, of=folder)
    assert row("Velland", folder)[0] == "yes, 12 May"
    assert "not yet" not in plain(table(NAME, tiny_view(folder=folder)).note)


def test_of_not_yet_the_last_day_counts_and_a_denial_of_its_own_kind_is_not_so(
    changed: Changed,
) -> None:
    folder = recoded(changed, "a1", ("proposition_id", "bridge_unsafe"), *NOT_YET)
    folder = recoded(changed, "m1", *NOT_YET, of=folder)
    assert row("Velland", folder)[0] == "not yet, 12 May"
    denied = (("stance", "denies"), ("commitment", "CT−"), ("hedge_words", ""), ("denial", "D3"))
    folder = recoded(changed, "m1", *denied)
    assert row("Velland", folder)[0] == "not so, 12 May"
    folder = recoded(changed, "e1", *NOT_YET, of=folder)
    block = table(NAME, tiny_view(folder=folder))
    assert "(for “not yet” and “not so”, its last)" in plain(block.subtitle)


def test_what_a_side_took_back_is_marked_and_counts_no_more(changed: Changed) -> None:
    denied = said("c1", "velland", "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3")
    folder = package(changed, more=[denied])
    assert row("Velland", folder)[1] == "yes, 8 May (taken back); not so, 20 May"
    block = table(NAME, tiny_view(folder=folder))
    (own,) = [row for row in block.rows if plain(row.cells[0]) == "Velland"]
    assert [run.style for run in own.cells[2] if run.href] == ["", ""], "not printed bold"
    assert block.numbers["say_so"] == {"Q1": 0, "Q2": 0, "Q3": 1}
    again = said("c2", "velland", "2019-05-21", "pier_cracked", "affirms", "CT+")
    assert row("Velland", package(changed, more=[denied, again]))[1] == "yes, 21 May"


def test_what_a_side_expects_stands_beside_what_it_leaves_open(changed: Changed) -> None:
    folder = changed("propositions", "bridge_unsafe", "phase", "to_come")
    assert row("Velland", folder)[0] == "likely to come, 12 May", "she hedges"
    assert row("Nyra", folder)[0] == "left open", "what may come"
    assert row("Tarn", folder)[0] == "left open"
    alone = table(NAME, tiny_view(folder=folder, actors=["nyra"]))
    assert "“Left open” (no day): spoke" in plain(alone.note)
    denied = [("proposition_id", "bridge_unsafe"), ("stance", "denies"), ("denial", "D3")]
    denied = recoded(changed, "e2", *denied, ("commitment", "CT−"), of=folder)
    assert row("Tarn", denied)[0] == "not to come, by 19 May", "that says more"
    silent = recoded(changed, "w1", ("stance", "declines"), ("denial", "D0"), of=folder)
    assert row("Nyra", silent)[0] == "would not say"
    silent = [("proposition_id", "bridge_unsafe"), ("stance", "declines"), ("denial", "D0")]
    silent = recoded(changed, "a1", *silent, ("commitment", "Uu"), of=folder)
    assert row("Velland", silent)[0] == "likely to come, 12 May", "she says more"
    opened = (("proposition_id", "deck_fails"), ("stance", "supposes"), ("commitment", "Uu"))
    folder = recoded(changed, "a1", *opened, of=folder)
    assert row("Velland", folder)[0] == "left open; likely to come, 12 May"
    folder = recoded(changed, "a1", ("stance", "affirms"), ("commitment", "CT+"), of=folder)
    assert row("Velland", folder)[0] == "yes, 8 May"


def test_a_forecast_denied_by_a_side_that_claims_something_is_not_to_come_in_the_matrix(
    changed: Changed,
) -> None:
    folder = changed("propositions", "deck_fails", "phase", "to_come")
    more = [said("c1", "velland", "2019-05-20", "deck_fails", "dismisses", "Uu", denial="D2")]
    frame = analysis.sides_by_question(tiny_view(folder=package(changed, more=more)))
    assert frame.set_index("claim_id").loc["c1", "answer"] == "not_so", "it is so, or not"
    for table_name, row in more[0].items():
        with (folder / f"{table_name}.csv").open("a", encoding="utf-8") as file:
            file.write(row)
    frame = analysis.sides_by_question(tiny_view(folder=folder))
    assert frame.set_index("claim_id").loc["c1", "answer"] == "not_expected"


def test_own_words_stand_before_a_report_of_the_same_day_and_for_what_was_left_open_of_any(
    changed: Changed,
) -> None:
    def answers(*more: dict[str, str]) -> list[tuple[str, str]]:
        view = tiny_view(folder=package(changed, more=list(more)))
        rows = analysis.answers_by_side(view).set_index(["side", "question_id"])
        found = [rows.loc[("velland", "Q2")], rows.loc[("nyra", "Q1")]]
        return [(str(it["claim_id"]), str(it["rests_on"])) for it in found]

    def words(claim_id: str, actor: str, day: str, proposition: str, *codes: str) -> dict[str, str]:
        return said(claim_id, actor, day, proposition, *codes, quote="These are words")

    assert answers() == [("a1", "report"), ("w1", "report")]
    same = words("c1", "velland", "2019-05-08", "pier_cracked", "affirms", "CT+")
    later = words("c1", "velland", "2019-05-09", "pier_cracked", "affirms", "CT+")
    opened = words("c2", "nyra", "2019-05-20", "bridge_unsafe", "holds_possible", "PS+")
    assert answers(same, opened) == [("c1", "words"), ("c2", "words")]
    assert answers(later)[0] == ("a1", "report"), "the first day counts"


def test_what_is_under_way_is_so(changed: Changed) -> None:
    folder = changed("propositions", "pier_cracked", "phase", "under_way")
    assert row("Velland", folder) == row("Velland")
    assert plain(table(NAME, tiny_view(folder=folder)).caption) == plain(
        table(NAME, tiny_view()).caption
    )


def test_who_only_would_not_say_has_not_left_it_open(changed: Changed) -> None:
    folder = recoded(changed, "w1", ("stance", "declines"), ("denial", "D0"))
    assert row("Nyra", folder)[0] == "would not say"
    folder = recoded(changed, "e1", ("stance", "declines"), ("commitment", "Uu"), ("denial", "D0"))
    assert row("Tarn", folder)[0] == "left open", "she also speaks of the deck"


def test_a_paraphrase_alone_and_a_demand_are_no_answers(changed: Changed, quoted: Path) -> None:
    demand = (("stance", "affirms"), ("commitment", "NA"), ("hedge_words", ""))
    folder = recoded(changed, "m1", *demand, of=quoted)
    assert row("Velland", folder)[0] == "likely, 12 May", "her words"
    folder = recoded(changed, "m3", ("rendering", "indirect"), ("quote", ""), of=folder)
    folder = changed("words", "w_minister_1", "extent", "relayed", of=folder)
    assert row("Velland", folder)[0] == "–"


def test_a_denial_of_nothing_named_stands_in_the_note(changed: Changed) -> None:
    folder = changed("propositions", "pier_cracked", "question_id", "QU")
    block = table(NAME, tiny_view(folder=folder))
    denied = "Rill (Karst Works, 1–19 May) denied unspecified accusations."
    assert plain(block.note).endswith(denied)
    assert "#b2" in [run.href for run in block.note]
    possible = table(NAME, tiny_view("2019-05-12", folder=folder))
    assert plain(possible.note).endswith(f"Possibly {denied}")
    folder = recoded(changed, "b2", ("stance", "dismisses"), ("denial", "D2"), of=folder)
    note = plain(table(NAME, tiny_view(folder=folder)).note)
    assert note.endswith("dismissed unspecified accusations.")
    assert "without naming" not in plain(table(NAME, tiny_view()).note)


def test_who_denies_in_one_statement_what_is_named_and_what_is_not_is_not_in_the_note(
    changed: Changed,
) -> None:
    denies = (("stance", "denies"), ("commitment", "CT−"), ("denial", "D3"), ("hedge_words", ""))
    folder = changed("propositions", "deck_fails", "question_id", "QU")
    folder = recoded(changed, "e2", *denies, of=folder)
    note = plain(table(NAME, tiny_view(folder=folder)).note)
    assert note.endswith("Doran (Tarn, by 19 May) denied unspecified accusations.")
    folder = recoded(changed, "e1", *denies, of=folder)
    assert row("Tarn", folder)[0] == "denied, by 19 May"
    assert "without naming" not in plain(table(NAME, tiny_view(folder=folder)).note)


def test_of_many_sides_the_note_counts_those_that_tell_least(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DRAWN_BY, "SIDES", 3)
    block = table(NAME, tiny_view())
    assert [row.key for row in block.rows] == ["velland", "karst_works", "drivers_union"]
    assert plain(block.note) == "The record has three more sides."
    folder = recoded(changed, "w1", ("proposition_id", "pier_cracked"), *SO)
    folder = recoded(changed, "e1", ("proposition_id", "pier_cracked"), *SO, of=folder)
    note = plain(table(NAME, tiny_view(folder=folder)).note)
    assert note == "The record has three more sides. “Cracked”, also yes: two."
    folder = recoded(changed, "e1", ("proposition_id", "bridge_unsafe"), *NOT_YET, of=folder)
    note = plain(table(NAME, tiny_view(folder=folder)).note)
    assert note.endswith(". “Cracked”, also yes: one. “Unsafe”, also “not yet”: one.")
    monkeypatch.setattr(DRAWN_BY, "SIDES", 5)
    keys = [row.key for row in table(NAME, tiny_view()).rows]
    assert keys[-1] == "tarn_university", "no side is left to be counted alone"


def test_who_denies_or_says_yes_to_the_title_is_named_before_those_heard_more(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DRAWN_BY, "SIDES", 4)
    denies = (("stance", "denies"), ("commitment", "CT−"), ("denial", "D3"), ("hedge_words", ""))
    for codes in (SO, denies):
        folder = recoded(changed, "e1", *codes)
        named = [row.key for row in table(NAME, tiny_view(folder=folder)).rows]
        assert named == ["velland", "karst_works", "drivers_union", "tarn_university"]


def test_what_is_certain_by_the_day_stands_before_what_is_earlier_and_possible(
    changed: Changed,
) -> None:
    likely = (("stance", "affirms_hedged"), ("commitment", "PR+"), ("hedge_words", "had opened"))
    folder = recoded(changed, "a1", ("proposition_id", "bridge_unsafe"), *likely)
    part = {"as_of": "2019-05-14", "basis": "reported"}
    assert row("Velland", folder, **part)[0] == "likely, 12 May"
    assert row("Velland", folder)[0] == "likely, 8 May"


def test_the_table_moves_with_the_day_and_names_the_same_sides_on_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(DRAWN_BY, "SIDES", 3)
    view = tiny_view()
    frame = analysis.by_day(analysis.answers_by_side, views_by_day(view))
    block = tables.answers_by_side(frame, context_of(view))
    last = table(NAME, view)
    assert [row.cells for row in block.rows] == [row.cells for row in last.rows]
    assert [row.key for row in block.rows] == ["velland", "karst_works", "drivers_union"]
    velland = block.rows[0]
    likely = [version for version in velland.versions[1] if "likely" in plain(version.text)]
    assert [version.since for version in likely] == ["2019-05-12"]
    monkeypatch.setattr(DRAWN_BY, "SIDES", 15)
    block = tables.answers_by_side(frame, context_of(view))
    assert {row.key: row.since for row in block.rows}["pell"] == "2019-04-28"


def test_where_nobody_says_yes_the_caption_says_so_and_nobody_heard_gives_no_row() -> None:
    block = table(NAME, tiny_view(actors=["nyra"]))
    assert plain(block.caption) == "By 31 May, nobody says yes to any of the questions"
    nothing = table(NAME, tiny_view("2019-04-27", actors=["karst_works"]))
    assert nothing.rows == () and plain(nothing.caption) == "Who says what"


def test_nobody_heard_and_nobody_expected_leave_no_row(changed: Changed) -> None:
    folder = changed("actors.csv", raw=lambda content: content.replace(b",true", b",false"))
    nobody = tiny_view("2019-04-27", folder=folder, actors=["karst_works"])
    frame = analysis.answers_by_side(nobody)
    assert frame.empty and "claim_id" in frame


def test_a_second_question_has_its_own_columns_and_caption(tmp_path: Path) -> None:
    view = load(str(write_second(tmp_path / "marrow")), basis="said")
    block = table(NAME, view)
    assert plain(block.caption) == (
        "Bacteria in the lake: one side says so. Unsafe to drink: one does"
    )
    assert cells(block)[0] == ["Tolland", "yes, 3 Jan 2031", "–"]


def test_short_words_begin_small_inside_a_sentence_unless_they_are_a_name() -> None:
    names = ("Sent to Velland", "Velland’s bridge", "Velland at fault", "NATO at fault")
    short = {str(place): words for place, words in enumerate(names)}
    context = replace(context_of(tiny_view()), short_questions=short)
    inside = ["sent to Velland", "Velland’s bridge", "Velland at fault", "NATO at fault"]
    assert [context.question_within(code) for code in short] == inside


@pytest.mark.parametrize("as_of", ["2024-10-03", "2024-10-10", "2024-10-18", "2024-10-31"])
def test_as_many_sides_say_so_as_hold_the_position(as_of: str) -> None:
    view = real_view(as_of)
    block = table(NAME, view)
    positions = positions_by_question(view)
    said = positions[positions["position"] == "says_so"].groupby("question_id")["side"].size()
    assert {code: count for code, count in block.numbers["say_so"].items() if count} == dict(said)
    assert len(block.rows) <= 10
    assert "Peskov" not in plain(block.note), "what he denies is named in the same statement"


def test_where_all_say_yes_to_the_title_alone_the_caption_has_one_part(changed: Changed) -> None:
    folder = recoded(changed, "m1", *SO)
    only = tiny_view(folder=folder, actors=["lindqvist"])
    assert plain(table(NAME, only).caption) == "Unsafe: one side says so"


def test_who_both_expects_and_calls_it_likely_to_come_expects_it(changed: Changed) -> None:
    folder = changed("propositions", "bridge_unsafe", "phase", "to_come")
    assert row("Velland", folder)[0] == "likely to come, 12 May"
    firm = (("proposition_id", "bridge_unsafe"), ("stance", "affirms"), ("commitment", "CT+"))
    folder = recoded(changed, "a1", *firm, of=folder)
    assert row("Velland", folder)[0] == "to come, 8 May"


# Captions of counts written by hand


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ("Q2 says_so 2 2; Q1 says_so 1 1", "Cracked: two sides say so. Unsafe: one does"),
        ("Q2 says_so 1 1; Q1 says_so 2 2", "Cracked: one side says so. Unsafe: two do"),
        ("Q2 says_so 1 1; Q3 says_so 2 2", "Anybody hurt: two sides say so. Unsafe: nobody does"),
        ("Q2 says_so 1 1; Q3 says_so 1 1", "Cracked: one side says so. Unsafe: nobody does"),
        ("Q2 says_so 1 2; Q1 says_so 0 2",
         "Cracked: one or two sides say so. Unsafe: at most two do"),
        ("Q2 says_so 0 1", "Cracked: at most one side says so. Unsafe: nobody does"),
        ("Q2 says_so 1 1; Q1 says_likely 2 2; Q1 not_yet 2 3",
         "Cracked: one side says so. Unsafe: nobody does, two call it likely, two or three said "
         "not yet"),
        ("Q2 says_so 1 1; Q1 says_so 1 1; Q1 says_likely 2 2; Q1 not_yet 1 1",
         "Cracked: one side says so. Unsafe: one does, one said not yet"),
        ("Q1 says_so 2 2; Q1 not_yet 1 1", "Unsafe: two sides say so, one said not yet"),
        ("Q1 says_likely 1 1", "By 31 May, nobody says yes to any of the questions"),
        ("", "Who says what"),
    ],
)  # fmt: skip
def test_the_caption_counts_who_says_so_on_the_widest_question_and_on_the_title_s(
    counts: str, words: str
) -> None:
    sides: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for entry in filter(None, counts.split("; ")):
        code, answer, low, high = entry.split()
        sides[code, answer] = (int(low), int(high))
    context = context_of(tiny_view())
    assert DRAWN_BY._caption(sides, ["Q1", "Q2", "Q3"], context) == words


def test_the_line_below_the_caption_names_the_answers_of_which_the_last_day_counts() -> None:
    def bounded(*answers: str) -> str:
        frame = pd.DataFrame({"answer": [*answers, "says_so"]})
        words = DRAWN_BY._subtitle(frame.assign(rests_on="words"))
        return str(words).partition("its first day")[2].partition(". A dash")[0]

    assert bounded() == ""
    assert bounded(DRAWN_BY.NOT_SO) == " (for “not so”, its last)"
    assert bounded(DRAWN_BY.NOT_SO, DRAWN_BY.NOT_YET) == (" (for “not yet” and “not so”, its last)")


def test_many_who_deny_what_is_not_named_are_counted() -> None:
    view = tiny_view()
    frame = analysis.answers_by_side(view)
    first = frame.iloc[[0]].assign(question_id="QU", answer="denies", is_named=True)
    frame = frame.assign(is_named=True)

    def who(count: int) -> str:
        rows = pd.concat([frame, *[first.assign(claim_id="i1")] * count], ignore_index=True)
        denials = DRAWN_BY.unnamed_denials(rows, frame, context_of(view))
        return " ".join(plain(it) for it in denials)

    assert who(0) == ""
    assert who(2) == "Pell (28 Apr) and Pell (28 Apr) denied unspecified accusations."
    assert who(4).count("Pell") == 4 and "more" not in who(4)
    assert "more denied unspecified accusations." in who(7)
