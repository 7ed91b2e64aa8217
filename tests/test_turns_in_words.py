"""Who moved, in their words: turns worked by hand on the tiny package and the second question."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from conftest import Changed
from phrases import Cell, package, said
from second_question import write_second
from views import TINY, cells, context_of, plain, real_view, table, tiny_view

from claimbrief.analysis.turns_in_words import quote_to_print, turns_in_words, unfit
from claimbrief.loading import load

NAME = "turns_in_words"
DRAWN_BY = import_module("claimbrief.tables.turns_in_words")  # not the function of that name
SO = (("stance", "affirms"), ("commitment", "CT+"), ("hedge_words", ""))
REPORTS = (("stance", "notes_reports"), ("commitment", "Uu"))
DENIES = (("stance", "denies"), ("commitment", "CT−"), ("hedge_words", ""), ("denial", "D3"))
ON_BRIDGE = ("proposition_id", "bridge_unsafe")


def recoded(changed: Changed, claim: str, *values: tuple[str, str], of: Path = TINY) -> Path:
    """Return a copy of a package in which a claim has other codes."""
    for column, value in values:
        of = changed("claims", claim, column, value, of=of)
    return of


@pytest.fixture(name="moved")
def _moved(changed: Changed) -> Path:
    """Return a tiny package in which Velland spoke of reports on 8 May and said so on 12 May."""
    folder = recoded(changed, "a1", ON_BRIDGE, *REPORTS)
    return recoded(changed, "m1", *SO, of=folder)


def test_nobody_in_the_tiny_package_moved() -> None:
    block = table(NAME, tiny_view())
    assert block.rows == () and plain(block.caption) == "Who moved, in their words"
    assert plain(block.note) == ""


def test_a_side_that_left_a_question_open_and_later_said_so_has_a_row(moved: Path) -> None:
    block = table(NAME, tiny_view(folder=moved))
    assert cells(block) == [
        [
            "Velland",
            "Roads Authority (8 May): A storm has left the east pier cracked.",
            "Lindqvist (12 May): The bridge is very probably not safe and should be shut.",
        ]
    ]
    assert [run.href for cell in block.rows[0].cells for run in cell if run.href] == ["#a1", "#m1"]
    assert plain(block.caption) == "Unsafe: the only side that says so first left it open"
    assert block.numbers == {"turns": 1, "sides": 1, "took_back": 0, "softened": 0}


def test_a_quote_in_the_brief_s_language_stands_before_our_words(
    changed: Changed, quoted: Path
) -> None:
    folder = recoded(changed, "a1", ON_BRIDGE, *REPORTS, of=quoted)
    folder = recoded(changed, "m1", *SO, of=folder)
    folder = recoded(changed, "m3", *SO, of=folder)
    (row,) = table(NAME, tiny_view(folder=folder)).rows
    cited, _, words = row.cells[2]
    assert cited.href == "#m3" and words.style == "quote"
    assert words.text == "It is very likely that the bridge is unsafe"
    folder = changed("words", "w_minister_1", "language", "uk", of=folder)
    (row,) = table(NAME, tiny_view(folder=folder)).rows
    assert not [run for run in row.cells[2] if run.style == "quote"]


def test_a_long_quote_gives_way_and_is_never_cut() -> None:
    short = SimpleNamespace(rests_on="words", language="", quote="word " * 35)
    long = SimpleNamespace(rests_on="words", language="", quote="word " * 36)
    foreign = SimpleNamespace(rests_on="words", language="ko", quote="word")
    reported = SimpleNamespace(rests_on="report", language="", quote="word")
    assert [unfit(claim) for claim in (short, long, foreign, reported)] == [0, 1, 2, 3]
    assert quote_to_print(long) == long.quote
    assert quote_to_print(foreign) == quote_to_print(reported) == ""


def test_a_move_whose_order_the_dates_do_not_tell_is_none(changed: Changed, moved: Path) -> None:
    column = ("utterances", "authority_report", "date")
    assert len(turns_in_words(tiny_view(folder=changed(*column, "2019-05-11", of=moved))))
    ranged = changed(*column, "[2019-05-08..2019-05-12]", of=moved)
    assert turns_in_words(tiny_view(folder=ranged)).empty


def test_who_called_it_likely_first_did_not_leave_it_open(changed: Changed) -> None:
    likely = (("stance", "affirms_hedged"), ("commitment", "PR+"))
    folder = recoded(changed, "a1", ON_BRIDGE, *likely, ("hedge_words", "had opened"))
    folder = recoded(changed, "m1", *SO, of=folder)
    caption = plain(table(NAME, tiny_view(folder=folder)).caption)
    assert caption == "Unsafe: the only side that says so first called it likely"


def test_what_a_side_begins_to_expect_is_no_move(changed: Changed, moved: Path) -> None:
    folder = changed("propositions", "bridge_unsafe", "phase", "to_come", of=moved)
    assert turns_in_words(tiny_view(folder=folder)).empty
    folder = changed("propositions", "bridge_unsafe", "phase", "under_way", of=moved)
    assert len(turns_in_words(tiny_view(folder=folder))) == 1, "what is under way is so"


def test_the_caption_counts_those_that_moved_among_all_that_say_so(
    changed: Changed, moved: Path
) -> None:
    folder = recoded(changed, "e1", *SO, of=moved)
    caption = plain(table(NAME, tiny_view(folder=folder)).caption)
    assert caption == "Unsafe: one of the two sides that say so first left it open"


def test_where_all_sides_that_say_so_moved_the_caption_says_all(changed: Changed) -> None:
    def caption(*actors: str) -> str:
        more = []
        for actor in actors:
            before = (actor, "2019-05-01", "bridge_unsafe", *dict(REPORTS).values())
            after = (actor, "2019-05-20", "bridge_unsafe", "affirms", "CT+")
            more += [said(f"b1{actor}", *before), said(f"a1{actor}", *after)]
        return plain(table(NAME, tiny_view(folder=package(changed, more=more))).caption)

    both = "Unsafe: both sides that say so first left it open"
    assert caption("pell", "rill") == both
    assert caption("pell", "rill", "lindqvist") == both.replace("both", "all three")


def test_the_caption_tells_apart_who_left_it_open_and_who_called_it_likely(
    changed: Changed, moved: Path
) -> None:
    folder = changed("actors", "nyra", "member_of", "pell", of=moved)
    likely = (("stance", "affirms_hedged"), ("commitment", "PR+"), ("hedge_words", "Three to five"))
    folder = recoded(changed, "i1", ON_BRIDGE, *likely, of=folder)
    folder = recoded(changed, "i1", ("figure_low", ""), ("figure_high", ""), of=folder)
    folder = recoded(changed, "w1", *SO, of=folder)
    block = table(NAME, tiny_view(folder=folder))
    assert plain(block.caption) == (
        "Unsafe: of the two sides that say so, one first left it open and one called it likely"
    )
    assert [row[0] for row in cells(block)] == ["Velland", "Pell"]


def test_a_move_that_may_not_have_come_yet_is_possible(changed: Changed) -> None:
    folder = recoded(changed, "a1", ON_BRIDGE, *REPORTS)
    folder = changed("actors", "nyra", "member_of", "velland", of=folder)
    folder = recoded(changed, "w1", *SO, of=folder)
    block = table(NAME, tiny_view("2019-05-12", folder=folder))
    assert plain(block.caption) == "Unsafe: possibly the only side that says so first left it open"
    assert cells(block)[0][2].startswith("Possibly Nyra and Tolm (11 or 18 May): ")


def test_what_a_side_said_and_later_denied_has_a_row(changed: Changed) -> None:
    folder = recoded(changed, "a1", ON_BRIDGE)
    folder = recoded(changed, "m1", *DENIES, of=folder)
    frame = turns_in_words(tiny_view(folder=folder))
    assert frame[["kind", "side", "before_claim_id", "after_claim_id"]].to_numpy().tolist() == [
        ["took_back", "velland", "a1", "m1"]
    ]
    block = table(NAME, tiny_view(folder=folder))
    assert cells(block) == [
        [
            "Velland",
            "Roads Authority (8 May): A storm has left the east pier cracked.",
            "Lindqvist (12 May): The bridge is very probably not safe and should be shut.",
        ]
    ]
    assert plain(block.caption) == "Unsafe: one side went back on what it had said"
    assert plain(block.subtitle).startswith("What each side said before and after. ")
    assert block.numbers == {"turns": 0, "sides": 0, "took_back": 1, "softened": 0}
    yet = recoded(changed, "m1", ("stance", "not_yet"), ("denial", ""), of=folder)
    assert turns_in_words(tiny_view(folder=yet)).empty, "that it is not yet so bounds a claim"
    ranged = changed(
        "utterances", "authority_report", "date", "[2019-05-08..2019-05-12]", of=folder
    )
    assert turns_in_words(tiny_view(folder=ranged)).empty, "in no known order"


def test_a_denial_that_gives_way_to_no_answer_stands_in_the_note(changed: Changed) -> None:
    folder = changed("utterances", "builder_denial", "date", "2019-05-09")
    folder = changed("actors", "nyra", "member_of", "karst_works", of=folder)
    folder = recoded(changed, "w1", ("stance", "declines"), ("denial", "D-1"), of=folder)
    note = plain(table(NAME, tiny_view(folder=folder)).note)
    assert note == (
        "Rill (Karst Works, 9 May) denied the claims, and later Nyra and Tolm (11 or 18 May) "
        "neither confirmed nor denied them."
    )
    unnamed = changed("propositions", "pier_cracked", "question_id", "QU", of=folder)
    assert turns_in_words(tiny_view(folder=unnamed)).empty, "no claim is named"
    same_day = changed("utterances", "builder_denial", "date", "2019-05-11", of=folder)
    assert turns_in_words(tiny_view(folder=same_day)).empty


@pytest.mark.parametrize(
    ("day", "how", "count"),
    [
        ("2019-05-18", ("affirms", "CT+", ""), 0),
        ("2019-05-12", ("affirms_hedged", "PR+", "None"), 0),
        ("2019-05-19", ("affirms", "CT+", ""), 1),
    ],
)
def test_who_says_something_so_on_the_day_did_not_only_give_no_answer(
    changed: Changed, day: str, how: tuple[str, str, str], count: int
) -> None:
    stance, commitment, hedge = how
    more = [
        said("d2", "rill", "2019-05-18", "pier_cracked", "declines", "Uu", denial="D0"),
        said("d3", "rill", day, "welders_hurt", stance, commitment, quote=hedge, hedge=hedge),
    ]
    folder = package(changed, ("utterances", "builder_denial", "date", "2019-05-09"), more=more)
    kinds = turns_in_words(tiny_view(folder=folder))["kind"].tolist()
    assert kinds.count("softened") == count


def test_who_gives_no_answer_and_later_denies_again_is_told_with_that_denial(
    changed: Changed,
) -> None:
    more = [
        said("d1", "rill", "2019-05-09", "pier_cracked", "dismisses", "CT−", denial="D2"),
        said("d2", "rill", "2019-05-14", "pier_cracked", "declines", "Uu", denial="D0"),
        said("d3", "karst_works", "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3"),
        said("d4", "karst_works", "2019-05-21", "pier_cracked", "dismisses", "CT−", denial="D2"),
    ]
    folder = package(changed, ("utterances", "builder_denial", "date", "2019-05-19"), more=more)
    (move,) = turns_in_words(tiny_view(folder=folder)).to_dict("records")
    names = ["kind", "side", "before_claim_id", "before_stance", "after_claim_id", "after_denial"]
    assert [move[name] for name in names] == [
        "softened", "karst_works", "d1", "dismisses", "d2", "D0",
    ]  # fmt: skip
    assert (move["again_claim"], move["again_stance"], move["saying_so"]) == ("b2", "denies", 0)
    view = tiny_view(folder=folder)
    assert plain(table("all_turns", view).note) == (
        "Rill (Karst Works, 9 May) dismissed the claims, Rill (14 May) would not comment on "
        "them, and Rill (19 May) denied them again."
    )
    assert plain(table(NAME, view).note) == "", "in the end the side has not moved"


def test_of_what_a_side_said_before_the_last_of_its_openest_words_stand_for_all(
    changed: Changed,
) -> None:
    open_words = [
        ("2019-04-30", "notes_reports", "Uu"), ("2019-05-01", "cannot_confirm", "Uu"),
        ("2019-05-03", "cannot_confirm", "Uu"), ("2019-05-04", "questions", "Uu"),
        ("2019-05-05", "affirms_hedged", "PR+"),
    ]  # fmt: skip
    more = [
        said(f"c{at}", "lindqvist", day, "bridge_unsafe", stance, commitment,
             hedge="may" * (stance == "affirms_hedged"), denial="D1" * (stance == "questions"))
        for at, (day, stance, commitment) in enumerate(open_words)
    ]  # fmt: skip
    cells: list[Cell] = [("claims", "m1", *value) for value in SO]
    (move,) = turns_in_words(tiny_view(folder=package(changed, *cells, more=more))).to_dict(
        "records"
    )
    assert move == {
        "kind": "came_to_say_so",
        "side": "velland",
        "question_id": "Q1",
        "before_claim_id": "c2",
        "before_position": "leaves_open",
        "before_stance": "cannot_confirm",
        "before_denial": "",
        "before_when": "2019-05-03",
        "before_certainty": "certain",
        "before_quote": "",
        "before_paraphrase": "In our words.",
        "after_claim_id": "m1",
        "after_position": "says_so",
        "after_stance": "affirms",
        "after_denial": "",
        "after_when": "2019-05-12",
        "after_certainty": "certain",
        "after_quote": "",
        "after_paraphrase": "The bridge is very probably not safe and should be shut.",
        "saying_so": 1,
        "again_claim": "",
        "again_stance": "",
    }


def test_moves_that_have_no_row_are_counted(moved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DRAWN_BY, "TURNS", 0)
    note = plain(table(NAME, tiny_view(folder=moved)).note)
    assert note == "The record has one further change."


def test_of_many_moves_one_from_each_first_position_has_a_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = real_view()
    frame = turns_in_words(view)
    monkeypatch.setattr(DRAWN_BY, "TURNS", 2)
    block = table(NAME, view)
    assert [row[0] for row in cells(block)] == ["South Korea", "United Kingdom"]
    assert plain(block.note).startswith(
        "The record has twelve further changes, counting all claims."
    )
    of_two = frame[frame["side"].isin(["south_korea", "united_kingdom"])]
    assert set(of_two["before_position"]) == {"leaves_open", "says_likely"}


def test_the_second_question_has_one_move(tmp_path: Path) -> None:
    block = table(NAME, load(str(write_second(tmp_path / "marrow")), basis="said"))
    assert cells(block) == [
        [
            "Tolland",
            "Ada Verrin (31 Dec 2030): No comment until the tests are in",
            "Ada Verrin (3 Jan 2031): The water is unsafe",
        ]
    ]


def test_october_s_moves_are_few_enough_for_a_page_and_quoted_in_full() -> None:
    view = real_view()
    frame, block = turns_in_words(view), table(NAME, view)
    assert len(block.rows) == 3
    words = "What three of them said before and after."
    assert plain(block.subtitle).startswith(words)
    quotes = view.statements.set_index("claim_id")["quote"]
    for part in ("before", "after"):
        printed = frame[frame[f"{part}_quote"] != ""]
        assert (printed[f"{part}_quote"] == printed[f"{part}_claim_id"].map(quotes)).all()
    assert table(NAME, real_view("2024-10-10")).rows == ()


def test_of_many_that_moved_those_that_may_have_are_told() -> None:
    caption = plain(table(NAME, real_view(basis="reported")).caption)
    assert "six or seven first left it open and possibly one called it likely" in caption


def test_who_softened_and_denied_again_is_told_with_the_claim_that_is_named() -> None:
    view = real_view()
    block = table("all_turns", view)
    assert (
        plain(table(NAME, view).note)
        == "The record has eleven further changes, counting all claims."
    )
    assert plain(block.note).endswith(
        "Peskov (Russia, 10 Oct) dismissed the claims, Putin (24 Oct) neither confirmed "
        "nor denied them, and Nebenzia (30 Oct) dismissed them again."
    )
    assert "#o4a" in [run.href for run in block.note]


# Captions and notes of moves written by hand


def move(**given: object) -> SimpleNamespace:
    usual = {
        "before_certainty": "certain", "after_certainty": "certain", "before_claim_id": "b2",
        "after_claim_id": "w1", "before_stance": "denies", "after_denial": "D-1",
        "again_claim": "", "again_stance": "",
    }  # fmt: skip
    return SimpleNamespace(**usual | given)


@pytest.mark.parametrize(
    ("certain", "possible", "total", "words"),
    [
        (1, 0, 1, "the only side that says"), (2, 0, 2, "both sides that say"),
        (3, 0, 3, "all three sides that say"), (0, 1, 1, "possibly the only side that says"),
        (1, 1, 2, "possibly both sides that say"), (2, 0, 3, "two of the three sides that say"),
        (1, 1, 3, "one or two of the three sides that say"),
        (0, 1, 2, "possibly one of the two sides that say"),
    ],
)  # fmt: skip
def test_those_that_moved_are_counted_among_those_that_say_so(
    certain: int, possible: int, total: int, words: str
) -> None:
    moves = [move()] * certain + [move(after_certainty="possible")] * possible
    assert DRAWN_BY._of_sides(moves, total) == words
    maybe = [move(before_certainty="possible")] * possible
    assert DRAWN_BY._of_sides([move()] * certain + maybe, total) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Rill (Karst Works, 1–19 May) denied the claims, and later Nyra and Tolm "
         "(11 or 18 May) neither confirmed nor denied them."),
        ({"before_stance": "dismisses", "after_denial": "D0"},
         "Rill (Karst Works, 1–19 May) dismissed the claims, and later Nyra and Tolm "
         "(11 or 18 May) would not comment on them."),
        ({"before_stance": "questions", "again_claim": "e1", "again_stance": "denies"},
         "Rill (Karst Works, 1–19 May) doubted the claims, Nyra and Tolm (11 or 18 May) neither "
         "confirmed nor denied them, and Doran (by 19 May) denied them again."),
    ],
)  # fmt: skip
def test_a_denial_that_gave_way_is_told_with_what_came_of_it(
    given: dict[str, object], words: str
) -> None:
    said = DRAWN_BY._softened(move(**given), context_of(tiny_view()))
    assert plain(said) == words
    links = ["#b2", "#w1"] + ["#e1"] * bool(given.get("again_claim"))
    assert [run.href for run in said if run.href] == links


def test_the_line_below_the_caption_says_how_many_of_those_that_moved_have_a_row() -> None:
    assert DRAWN_BY._subtitle(3, 7, 0) == ("What three of them said before and after.")
    assert DRAWN_BY._subtitle(3, 3, 0) == "What each side said before, and how it first said so."
    assert DRAWN_BY._subtitle(4, 3, 1) == "What each side said before and after."


def test_the_record_has_a_row_for_every_change_with_its_claim(moved: Path) -> None:
    view = tiny_view(folder=moved)
    frame = pd.concat([turns_in_words(view)] * 4, ignore_index=True)
    frame.loc[3, "kind"] = "took_back"
    block = table("all_turns", view, frame)
    assert plain(block.caption) == "One side changed what it said"
    assert plain(block.subtitle) == (
        "What each said before and after, by claim. Words without quotation marks are ours."
    )
    (brief,) = cells(table(NAME, view))
    assert cells(block) == [["Velland: unsafe", *brief[1:]]] * 4
    two = frame.assign(side=["velland", "pell", "velland", "nyra"])
    assert plain(table("all_turns", view, two).caption) == "Three sides changed what they said"
    softer = frame.assign(kind=["came_to_say_so"] * 3 + ["softened"])
    softer = softer.assign(before_stance="denies", after_denial="D0")
    block = table("all_turns", view, softer)
    assert len(block.rows) == block.numbers["turns"] == 3
    assert plain(block.note) == plain(table(NAME, view, softer[3:]).note) != ""
    empty = table("all_turns", view, frame[:0])
    assert (empty.rows, plain(empty.caption)) == ((), "No side changed what it said")


def test_further_changes_are_counted_in_the_note(
    moved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DRAWN_BY, "TURNS", 0)
    view = tiny_view(folder=moved)
    frame = pd.concat([turns_in_words(view)] * 2, ignore_index=True)
    assert plain(table(NAME, view, frame).note) == "The record has two further changes."


def test_words_of_ours_are_said_to_be_ours_and_a_question_is_named_only_among_several(
    moved: Path,
) -> None:
    ours = " Words without quotation marks are ours."
    assert plain(table(NAME, tiny_view(folder=moved)).subtitle).endswith(ours)
    view = tiny_view(folder=moved)
    frame = turns_in_words(view)
    own = frame.assign(before_quote="It is so", after_quote="It is not")
    block = table(NAME, view, own)
    assert plain(block.subtitle) == "What each side said before, and how it first said so."
    assert [run.style for cell in block.rows[0].cells for run in cell] == [
        "strong", "", "", "quote", "", "", "quote",
    ]  # fmt: skip
    two = pd.concat([frame, frame.assign(question_id="Q2")], ignore_index=True)
    assert [row[0] for row in cells(table(NAME, view, two))] == [
        "Velland: unsafe", "Velland: cracked",
    ]  # fmt: skip
    assert cells(block)[0][0] == "Velland"


def test_of_many_moves_the_question_with_most_comes_first_then_new_positions_then_quotes(
    moved: Path,
) -> None:
    (single,) = turns_in_words(tiny_view(folder=moved)).to_dict("records")
    rows = [
        {"question_id": "Q2", "side": "s0"},
        {"side": "s1"},
        {"side": "s2", "before_quote": "It is so"},
        {"side": "s3", "before_position": "says_likely"},
        {"side": "s4"},
    ]
    frame = pd.DataFrame([single | {"before_quote": "", "after_quote": ""} | row for row in rows])
    assert DRAWN_BY._chosen(frame)["side"].tolist() == ["s1", "s2", "s3"]
    assert DRAWN_BY._chosen(frame.iloc[:3])["side"].tolist() == ["s0", "s1", "s2"]
