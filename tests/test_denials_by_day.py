"""What is denied, day by day, worked by hand on the tiny package and the second question."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from phrases import package, said
from second_question import write_second
from views import TINY, cells, context_of, plain, real_view, table, tiny_view

from claimbrief.analysis.turns_in_words import denials_by_day
from claimbrief.loading import load

NAME = "denials_by_day"
DRAWN_BY = import_module("claimbrief.tables.denials_by_day")  # not the function of that name
DENIES = (("stance", "denies"), ("commitment", "CT−"), ("hedge_words", ""), ("denial", "D3"))
DISMISSES = (("stance", "dismisses"), ("commitment", "CT−"), ("hedge_words", ""), ("denial", "D2"))
DOUBTS = (("stance", "questions"), ("commitment", "Uu"), ("denial", "D1"))
EVADES = (("stance", "declines"), ("commitment", "Uu"), ("denial", "D-1"))
NOT_YET = (("stance", "not_yet"), ("commitment", "CT−"), ("hedge_words", ""))


def recoded(changed: Changed, claim: str, *values: tuple[str, str], of: Path = TINY) -> Path:
    """Return a copy of a package in which a claim has other codes."""
    for column, value in values:
        of = changed("claims", claim, column, value, of=of)
    return of


def caption(folder: Path, **part: object) -> str:
    return plain(table(NAME, tiny_view(folder=folder, **part)).caption)


def test_a_denial_has_a_row_with_day_words_and_question() -> None:
    block = table(NAME, tiny_view())
    assert cells(block) == [
        [
            "Rill (Karst Works, 1–19 May)",
            "denied it",
            "There is no crack in the east pier",
            "cracked",
        ]
    ]
    (row,) = block.rows
    assert [run.href for run in row.cells[0]] == ["#b2"] and row.tone == ""
    assert [run.style for run in row.cells[2]] == ["quote"]
    assert plain(block.caption) == "Karst Works denies the claims"
    assert plain(block.subtitle) == "Denials by day."
    assert plain(block.note) == "Neither silence nor “no comment” is a denial."
    assert block.numbers == {
        "denials": 1,
        "other_answers": 0,
        "limits": 0,
        "sides_dismissing": 0,
        "sides_denying": 1,
    }


def test_a_row_has_a_claim_for_each_thing_that_a_speaker_did_on_a_day(changed: Changed) -> None:
    more = [
        said("d1", "rill", "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3"),
        said("d2", "", "", "welders_hurt", "dismisses", "CT−", denial="D2", utterance="of_d1"),
        said("d3", "", "", "bridge_unsafe", "dismisses", "PR−", denial="D2", utterance="of_d1"),
        said("d4", "lindqvist", "2019-05-20", "pier_cracked", "not_yet", "PR−"),
        said("d5", "lindqvist", "2019-05-20", "bridge_unsafe", "denies", "CT−", denial="D3"),
    ]
    frame = denials_by_day(tiny_view(folder=package(changed, more=more)))
    names = ["group", "side", "speaker", "when", "question_id", "kinds", "is_hedged", "claim_ids"]
    assert frame[[*names, "question_ids"]].to_numpy().tolist() == [
        ["denial", "karst_works", "Rill", "[2019-05-01..2019-05-19]", "Q2", ["denies"], [False],
         ["b2"], ["Q2"]],
        ["denial", "karst_works", "Rill", "2019-05-20", "Q2", ["denies", "dismisses"],
         [False, False], ["d1", "d2"], ["Q2", "Q3"]],
        ["limit", "velland", "Lindqvist", "2019-05-20", "Q2", ["not_yet"], [True], ["d4"], ["Q2"]],
        ["limit", "velland", "Lindqvist", "2019-05-20", "Q1", ["denies"], [False], ["d5"], ["Q1"]],
    ]  # fmt: skip
    assert frame[["certainty", "unfit"]].to_numpy().tolist() == [["certain", 0]] + 3 * [
        ["certain", 3]
    ]
    assert frame["utterance_ids"].tolist() == [
        [["builder_denial"]], [["of_d1"], ["of_d1"]], [["of_d4"]], [["of_d5"]]
    ]  # fmt: skip
    assert frame["propositions"].iloc[0] == ["There is a crack in the east pier."]
    assert frame["quotes"].iloc[0] == ["There is no crack in the east pier"]
    assert frame["paraphrases"].iloc[0] == ["The east pier has no crack."]
    assert frame["quotes"].iloc[1] == ["", ""], "words of a report are not printed as a quote"


def test_what_is_only_possible_by_the_day_is_possibly_denied() -> None:
    block = table(NAME, tiny_view("2019-05-12"))
    assert cells(block)[0][0] == "Possibly Rill (Karst Works, 1–19 May)"
    assert plain(block.caption) == "Possibly Karst Works denies the claims"


def test_a_quoted_label_stands_beside_what_it_is_put_on(changed: Changed) -> None:
    folder = recoded(changed, "b2", *DISMISSES)
    (row,) = cells(table(NAME, tiny_view(folder=folder)))
    assert row[1:] == [
        "dismissed it",
        "There is no crack in the east pier",
        "There is a crack in the east pier.",
    ]
    folder = recoded(changed, "b2", ("rendering", "indirect"), ("quote", ""), of=folder)
    (row,) = cells(table(NAME, tiny_view(folder=folder)))
    assert row[2:] == ["The east pier has no crack.", "cracked"], "our words name it"
    subtitle = plain(table(NAME, tiny_view(folder=folder)).subtitle)
    assert subtitle == "Denials by day. Words without quotation marks are ours."
    folder = changed("propositions", "pier_cracked", "question_id", "QU")
    assert cells(table(NAME, tiny_view(folder=folder)))[0][3] == "unspecified accusations"


def test_who_denies_what_the_words_do_not_name_denies_no_claim(changed: Changed) -> None:
    folder = changed("propositions", "deck_fails", "question_id", "QU")
    folder = recoded(changed, "e2", *DISMISSES, of=folder)
    block = table(NAME, tiny_view(folder=folder))
    assert plain(block.caption) == "Karst Works denies the claims"
    assert [row[0] for row in cells(block)][1:] == ["Doran (Tarn, by 19 May)"]
    assert block.numbers["sides_dismissing"] == 0
    alone = {"folder": folder, "actors": ["tarn_university"]}
    assert caption(**alone) == "Tarn dismisses unspecified accusations"
    alone["folder"] = recoded(changed, "e2", *DENIES, of=folder)
    assert caption(**alone) == "Tarn denies unspecified accusations"


def test_of_two_renderings_of_a_dismissal_that_which_names_the_claim_is_quoted(
    changed: Changed,
) -> None:
    folder = changed("propositions", "deck_fails", "question_id", "QU")
    folder = recoded(changed, "e2", *DISMISSES, of=folder)
    folder = recoded(changed, "e1", *DISMISSES, of=folder)
    rows = [row for row in cells(table(NAME, tiny_view(folder=folder))) if "Doran" in row[0]]
    assert rows == [
        [
            "Doran (Tarn, by 19 May)",
            "dismissed it",
            "We can’t exclude that it is unsafe in high wind",
            "The Orsa bridge is unsafe.",
        ]
    ]
    (peskov, *_) = table(NAME, real_view()).rows
    assert [run.href for run in peskov.cells[0]] == ["#o4a"], "not p2, which names nothing"


def test_a_hedge_is_told_of_what_is_said_not_to_be_so(changed: Changed) -> None:
    folder = recoded(changed, "b2", ("commitment", "PR−"), ("hedge_words", "no crack"))
    assert caption(folder) == "Karst Works denies the claims, with a hedge"
    (row,) = cells(table(NAME, tiny_view(folder=folder)))
    assert row[1] == "denied it, with a hedge"
    label = recoded(changed, "b2", *DISMISSES, ("commitment", "PR−"), ("hedge_words", "no crack"))
    assert cells(table(NAME, tiny_view(folder=label)))[0][1] == "dismissed it, with a hedge"
    assert caption(label) == "Karst Works dismisses the claims; nobody denies them outright"
    folder = changed("propositions", "deck_fails", "question_id", "QU", of=folder)
    folder = recoded(changed, "e2", *DENIES, of=folder)
    assert caption(folder) == "Karst Works denies the claims, with a hedge", "of what is named"


def test_what_a_speaker_did_on_a_day_shares_a_row_and_denials_give_the_words(
    changed: Changed,
) -> None:
    folder = recoded(changed, "e2", *DENIES)
    folder = recoded(changed, "e1", *DISMISSES, of=folder)
    rows = cells(table(NAME, tiny_view(folder=folder)))
    assert rows[1] == [
        "Doran (Tarn, by 19 May)",
        "reportedly denied it; dismissed it",
        "If the deck gave way, boats would be needed. "
        "We can’t exclude that it is unsafe in high wind",
        "unsafe; The Orsa bridge is unsafe.",
    ]
    assert caption(folder) == "Tarn dismisses the claims; Karst Works and Tarn deny them"
    folder = recoded(changed, "e1", *EVADES, of=folder)
    assert cells(table(NAME, tiny_view(folder=folder)))[1][1:3] == [
        "reportedly denied it",
        "If the deck gave way, boats would be needed.",
    ]


def test_captions_name_who_dismisses_who_denies_and_who_only_doubts(changed: Changed) -> None:
    folder = recoded(changed, "b2", *DISMISSES)
    assert caption(folder) == "Karst Works dismisses the claims; nobody denies them outright"
    both = recoded(changed, "e1", *DISMISSES, of=folder)
    assert caption(both) == "Karst Works and Tarn dismiss the claims; nobody denies them outright"
    it = recoded(changed, "e2", *DENIES, of=both)
    assert caption(it) == "Karst Works and Tarn dismiss the claims; Tarn also denies them"
    folder = recoded(changed, "b2", *DOUBTS)
    assert caption(folder) == "Karst Works doubts the claims; nobody denies them"


def test_what_a_claiming_side_says_is_not_yet_so_is_a_limit_below_the_denials(
    changed: Changed,
) -> None:
    folder = recoded(changed, "m1", *NOT_YET)
    block = table(NAME, tiny_view(folder=folder))
    assert [row.tone for row in block.rows] == ["", "limit"]
    assert cells(block)[1] == [
        "Lindqvist (Velland, 12 May)",
        "reportedly said not yet",
        "The bridge is very probably not safe and should be shut.",
        "unsafe",
    ]
    hedged = recoded(changed, "m1", ("commitment", "PR−"), of=folder)
    assert (
        cells(table(NAME, tiny_view(folder=hedged)))[1][1]
        == "reportedly said not yet (with a hedge)"
    )
    folder = recoded(changed, "b2", ("stance", "declines"), ("commitment", "Uu"), of=folder)
    folder = recoded(changed, "b2", ("denial", "D0"), of=folder)
    assert caption(folder) == "Nobody denies the claims; one side says not so, or not yet"


def test_who_only_would_not_say_has_no_row(changed: Changed) -> None:
    block = table(NAME, tiny_view(folder=recoded(changed, "w1", *EVADES)))
    assert [row[0] for row in cells(block)] == ["Rill (Karst Works, 1–19 May)"]


def test_a_denial_of_what_is_to_come_does_not_say_that_it_is_not_so(changed: Changed) -> None:
    folder = changed("propositions", "pier_cracked", "phase", "to_come")
    block = table(NAME, tiny_view(folder=folder))
    assert cells(block)[0][1] == "denied that it will be so"
    assert plain(block.caption) == "Karst Works says that what is expected will not be so"


def test_what_is_not_yet_so_of_the_first_question_has_a_row_and_others_are_counted(
    changed: Changed,
) -> None:
    folder = recoded(changed, "i1", *NOT_YET, ("figure_low", ""), ("figure_high", ""))
    folder = recoded(changed, "m1", *NOT_YET, of=folder)
    block = table(NAME, tiny_view(folder=folder))
    assert [row[0] for row in cells(block)][1:] == ["Lindqvist (Velland, 12 May)"]
    assert plain(block.note).endswith(" The record has one further “not yet”.")
    assert plain(block.subtitle).startswith(
        "Denials by day; tinted: “not yet” or “not so” from sides that make claims themselves."
    )


def test_of_a_question_each_side_s_last_not_yet_is_named_and_one_quoted(changed: Changed) -> None:
    folder = recoded(changed, "a1", ("proposition_id", "bridge_unsafe"), *NOT_YET)
    folder = recoded(changed, "m1", *NOT_YET, of=folder)
    folder = recoded(changed, "e1", *NOT_YET, of=folder)
    limit = table(NAME, tiny_view(folder=folder)).rows[-1]
    assert [plain(cell) for cell in limit.cells] == [
        "Lindqvist (Velland, 12 May) and Doran (Tarn, by 19 May)",
        "said not yet (only Doran in quoted words)",
        "Doran: We can’t exclude that it is unsafe in high wind",
        "unsafe",
    ]
    assert [run.href for run in limit.cells[0] if run.href] == ["#m1", "#e1"]
    block = table(NAME, tiny_view("2019-05-12", folder=folder))
    assert cells(block)[-1][0].endswith(" and possibly Doran (Tarn, by 19 May)")


def test_what_a_claiming_side_denies_in_part_is_named_by_the_part(changed: Changed) -> None:
    so = (("stance", "affirms"), ("commitment", "CT+"), ("hedge_words", ""))
    folder = recoded(changed, "a1", ("proposition_id", "bridge_unsafe"), *so)
    folder = recoded(changed, "m1", *DENIES, of=folder)
    limits = [row for row in table(NAME, tiny_view(folder=folder)).rows if row.tone == "limit"]
    assert [plain(row.cells[1]) for row in limits] == ["reportedly denied it"]
    assert plain(limits[0].cells[3]) == "The Orsa bridge is unsafe."
    folder = recoded(changed, "e1", *NOT_YET, of=folder)
    block = table(NAME, tiny_view(folder=folder))
    assert cells(block)[-1][1] == "said not yet", "before what is not so"
    assert plain(block.note).endswith(" The record has one further “not so”.")


def test_of_many_denials_those_that_deny_most_have_a_row(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = recoded(changed, "e1", *DISMISSES)
    monkeypatch.setattr(DRAWN_BY, "DENIALS", 1)
    block = table(NAME, tiny_view(folder=folder))
    assert [row[0] for row in cells(block)] == ["Rill (Karst Works, 1–19 May)"]
    assert plain(block.note).endswith(" The record has one further denial.")


def test_an_earlier_dismissal_gives_way_to_a_denial(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    dismissal = said(
        "d1", "drivers_union", "2019-04-21", "pier_cracked", "dismisses", "CT−", denial="D2"
    )
    view = tiny_view(folder=package(changed, more=[dismissal]))
    assert len(cells(table(NAME, view))) == 2
    monkeypatch.setattr(DRAWN_BY, "DENIALS", 1)
    assert [row[0] for row in cells(table(NAME, view))] == ["Rill (Karst Works, 1–19 May)"]


def test_nothing_denied_gives_no_row() -> None:
    block = table(NAME, tiny_view(actors=["pell"]))
    assert block.rows == () and plain(block.caption) == "What is denied"


def test_the_dairy_denies_and_dismisses(tmp_path: Path) -> None:
    block = table(NAME, load(str(write_second(tmp_path / "marrow")), basis="said"))
    assert plain(block.caption) == ("Marrow Dairy dismisses the claims and denies them")
    assert [row[0] for row in cells(block)] == [
        "Marrow Dairy (22 Dec 2030)",
        "Marrow Dairy (9 Jan 2031)",
    ]


def test_every_denial_of_october_is_in_the_frame() -> None:
    view = real_view()
    frame = denials_by_day(view)
    denials = view.statements[view.statements["is_denial"]]
    days = set(zip(denials["speaker"], denials["when"], strict=True))
    own = frame[frame["group"] == "denial"]
    assert days <= set(zip(own["speaker"], own["when"], strict=True))


def test_of_october_s_denials_each_side_s_first_has_a_row_and_the_rest_are_counted() -> None:
    view = real_view()
    frame, block = denials_by_day(view), table(NAME, view)
    *denials, limit = cells(block)
    assert [row[0].partition(",")[0] for row in denials] == [
        "Peskov (Russia",
        "Lukashenko (Belarus",
        "Putin (Russia",
        "Kim Jong Gyu (North Korea",
        "Nebenzia (Russia",
    ], "of Nebenzia his own words of 30 October, not the report of 21 October"
    assert denials[3][1:] == [
        "left it open",
        "If there is such a thing that the world media is talking about, I think it will be an act "
        "conforming with the regulations of international law",
        "sent to Russia",
    ]
    assert limit[1:] == [
        "said not yet (only Zelenskyy in quoted words)",
        "Zelenskyy: So far, North Korean troops have not engaged in battle",
        "fighting",
    ]
    assert plain(block.caption) == (
        "Russia and Belarus dismiss the claims; Belarus also denies them, with a hedge"
    )
    assert plain(block.note).endswith(
        " The record has five further denials and nine further “not yet” or “not so”."
    )
    assert len(frame) == 4 + 7 + 3 + 4 + 8


def test_what_a_side_answered_besides_has_a_row_and_gives_what_it_says_before_a_refusal() -> None:
    block = table(NAME, real_view("2024-10-21"))
    assert "reportedly doubted it" in [row[1] for row in cells(block)]
    assert plain(block.subtitle).startswith("Denials by day, and what else those sides answered; ")


def test_who_denies_and_elsewhere_speaks_with_an_if_has_a_row_for_that_before_a_refusal(
    changed: Changed,
) -> None:
    more = [
        said("d1", "rill", "2019-05-21", "pier_cracked", "declines", "Uu", denial="D0",
             quote="No word on that"),
        said("d2", "", "", "pier_cracked", "supposes", "Uu", quote="If there is a crack it is old",
             utterance="of_d1"),
        said("d3", "pell", "2019-05-21", "pier_cracked", "supposes", "Uu", quote="If it has one"),
    ]  # fmt: skip
    view = tiny_view(folder=package(changed, more=more))
    assert cells(table(NAME, view))[1:] == [
        ["Rill (Karst Works, 21 May)", "left it open", "If there is a crack it is old", "cracked"]
    ], "Pell denies nothing"
    (row,) = denials_by_day(view).query("when == '2019-05-21'")["kinds"]
    assert row == ["supposes", "D0"]


def test_of_many_other_answers_each_side_s_first_in_its_own_words_has_a_row(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = [
        said("d1", "rill", "2019-05-20", "pier_cracked", "declines", "Uu", denial="D0"),
        said("d2", "rill", "2019-05-21", "pier_cracked", "declines", "Uu", denial="D0", quote="No"),
        said("d3", "doran", "2019-04-20", "pier_cracked", "questions", "Uu", denial="D1",
             quote="Is there one?"),
    ]  # fmt: skip
    view = tiny_view(folder=package(changed, more=more))
    monkeypatch.setattr(DRAWN_BY, "ANSWERS", 1)
    monkeypatch.setattr(DRAWN_BY, "DENIALS", 1)
    assert [row[0] for row in cells(table(NAME, view))] == [
        "Rill (Karst Works, 1–19 May)", "Rill (Karst Works, 21 May)",
    ], "Doran only doubts"  # fmt: skip


def test_a_doubt_has_a_row_after_all_denials_and_is_no_other_answer(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = [
        said("d1", "rill", "2019-04-20", "pier_cracked", "questions", "Uu", denial="D1",
             quote="Is there one?"),
        said("d2", "rill", "2019-05-20", "pier_cracked", "dismisses", "Uu", denial="D2",
             quote="Tales"),
        said("d3", "rill", "2019-05-21", "pier_cracked", "declines", "Uu", denial="D0",
             quote="No word"),
    ]  # fmt: skip
    view = tiny_view(folder=package(changed, more=more))
    doubt, denied, again, refusal = (
        f"Rill (Karst Works, {day})" for day in ("20 Apr", "1–19 May", "20 May", "21 May")
    )
    assert [row[0] for row in cells(table(NAME, view))] == [doubt, denied, again, refusal]
    monkeypatch.setattr(DRAWN_BY, "DENIALS", 2)
    assert [row[0] for row in cells(table(NAME, view))] == [denied, again, refusal]


def test_a_denial_that_names_a_claim_has_a_row_before_what_names_none(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    unnamed = ("propositions", "deck_fails", "question_id", "QU")
    denial = said("d1", "drivers_union", "2019-04-21", "deck_fails", "denies", "CT−", denial="D3",
                  quote="Tales")  # fmt: skip
    view = tiny_view(folder=package(changed, unnamed, more=[denial]))
    assert len(cells(table(NAME, view))) == 2
    monkeypatch.setattr(DRAWN_BY, "DENIALS", 1)
    assert [row[0] for row in cells(table(NAME, view))] == ["Rill (Karst Works, 1–19 May)"]


def test_of_many_denials_each_side_s_first_has_a_row_before_a_second_of_any(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = [
        said("d1", "drivers_union", "2019-04-21", "pier_cracked", "dismisses", "CT−", denial="D2"),
        said("d2", "karst_works", "2019-05-20", "pier_cracked", "denies", "CT−", denial="D3",
             quote="No crack"),
    ]  # fmt: skip
    view = tiny_view(folder=package(changed, more=more))
    monkeypatch.setattr(DRAWN_BY, "DENIALS", 2)
    first = [row[0].partition(" (")[0] for row in cells(table(NAME, view))]
    assert first == ["Drivers", "Rill"]


# Captions and notes of denials written by hand


DENIED, DISMISSED, DOUBTED, EXPECTED = (
    DRAWN_BY.DENIES, DRAWN_BY.DISMISSES, DRAWN_BY.DOUBTS, DRAWN_BY.DENIES_TO_COME,
)  # fmt: skip
SIDES = ["karst_works", "tarn_university", "pell", "nyra", "velland"]


def written(*rows: tuple[int, str, dict[str, object]]) -> pd.DataFrame:
    """Return rows of the frame: which side did what, certainly, of the question of the crack."""
    usual: dict[str, object] = {"certainty": "certain", "speaker": "Rill", "group": "denial"}
    usual |= {"rests_on": "words"}
    filled = [
        usual | {"side": SIDES[side], "kinds": [kind], "question_ids": ["Q2"], "is_hedged": [False],
                 "utterance_ids": [[f"u{at}"]]}
        | given
        for at, (side, kind, given) in enumerate(rows)
    ]  # fmt: skip
    columns = ["side", "kinds", "question_ids", "is_hedged", "utterance_ids", *usual]
    return pd.DataFrame(filled, columns=columns)


UNNAMED: dict[str, object] = {"question_ids": ["QU"]}
HEDGED: dict[str, object] = {"is_hedged": [True]}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(0, DISMISSED, {}), (1, DISMISSED, {}), (0, DENIED, {}), (1, DENIED, {})],
         "Karst Works and Tarn dismiss the claims and deny them"),
        ([(0, DISMISSED, {}), (1, DISMISSED, {}), (1, DENIED, {}), (0, DENIED, {})],
         "Karst Works and Tarn dismiss the claims and deny them"),
        ([(0, DISMISSED, {}), (1, DENIED, {}), (2, DENIED, {})],
         "Karst Works dismisses the claims; Tarn and Pell deny them"),
        ([(0, DISMISSED, {}), (1, DISMISSED, {}), (2, DISMISSED, {}), (1, DENIED, {}),
          (2, DENIED, {})],
         "Karst Works, Tarn and Pell dismiss the claims; Tarn and Pell also deny them"),
        ([(0, DISMISSED, {}), (0, DENIED, HEDGED)],
         "Karst Works dismisses the claims and denies them, with a hedge"),
        ([(0, DENIED, HEDGED), (1, DENIED, {})], "Karst Works and Tarn deny the claims"),
        ([(0, DENIED, HEDGED), (1, DENIED, HEDGED)],
         "Karst Works and Tarn deny the claims, with a hedge"),
        ([(0, DENIED, {"certainty": "possible"}), (1, DENIED, {})],
         "Possibly Karst Works and Tarn deny the claims"),
        ([(0, DENIED, {"certainty": "possible"}), (0, DENIED, {})],
         "Karst Works denies the claims"),
        ([(0, DENIED, {}), (0, DENIED, {"certainty": "possible"})],
         "Karst Works denies the claims"),
        ([(0, DOUBTED, {}), (1, DOUBTED, {})],
         "Karst Works and Tarn doubt the claims; nobody denies them"),
        ([(0, EXPECTED, {}), (1, EXPECTED, {})],
         "Karst Works and Tarn say that what is expected will not be so"),
        ([(0, DISMISSED, UNNAMED), (1, DISMISSED, UNNAMED)],
         "Karst Works and Tarn dismiss unspecified accusations"),
        ([(0, DENIED, UNNAMED), (1, DENIED, UNNAMED)],
         "Karst Works and Tarn deny unspecified accusations"),
        ([(at, DENIED, {}) for at in range(5)],
         "Karst Works, Tarn, Pell and two more deny the claims"),
        ([], "What is denied"),
    ],
)  # fmt: skip
def test_the_caption_names_who_does_what_in_the_right_number(
    rows: list[tuple[int, str, dict[str, object]]], words: str
) -> None:
    assert DRAWN_BY._caption(written(*rows), written(), context_of(tiny_view())) == words


def test_where_nobody_denies_the_sides_with_limits_are_counted() -> None:
    limits = written((0, DRAWN_BY.NOT_YET, {}), (1, DRAWN_BY.NOT_YET, {}))
    nobody = "Nobody denies the claims; "
    context = context_of(tiny_view())
    assert DRAWN_BY._caption(written(), limits, context) == (
        f"{nobody}two sides say not so, or not yet"
    )
    assert DRAWN_BY._caption(written(), limits.iloc[:1], context) == (
        f"{nobody}one side says not so, or not yet"
    )


@pytest.mark.parametrize(
    ("denials", "limits", "words"),
    [
        (0, "", ""),
        (1, "", " The record has one further denial."),
        (2, "", " The record has two further denials."),
        (0, "yet", " The record has one further “not yet”."),
        (0, "so so", " The record has two further “not so”."),
        (1, "yet so", " The record has one further denial and two further “not yet” "
         "or “not so”."),
    ],
)  # fmt: skip
def test_the_note_counts_what_has_no_row(denials: int, limits: str, words: str) -> None:
    left_out = written(*[(0, DENIED, {})] * denials, (1, DOUBTED, {}))
    kinds = [DRAWN_BY.NOT_YET if kind == "yet" else DENIED for kind in limits.split()]
    bounds = written(*[(0, kind, {}) for kind in kinds])
    note = DRAWN_BY._note(left_out, bounds, set())
    assert note == f"Neither silence nor “no comment” is a denial.{words}", "a doubt is no denial"


def test_the_note_counts_utterances_that_no_row_cites_and_each_once() -> None:
    two: dict[str, object] = {
        "utterance_ids": [["u0", "u7"]]
    }  # a speaker's two interviews of a day
    denials = written((0, DENIED, two), (1, DISMISSED, {}), (0, DOUBTED, {}))
    limits = written(*[(0, DRAWN_BY.NOT_YET, {"utterance_ids": [["u8"]]})] * 2, (1, DENIED, {}))
    note = DRAWN_BY._note(denials, limits, {"u0", "u1"}).partition("denial. ")[2]
    assert note == ("The record has one further denial and two further “not yet” or “not so”.")
    note = DRAWN_BY._note(denials, limits, {"u0", "u7", "u1", "u2"}).partition("denial. ")[2]
    assert note == "The record has one further “not yet”.", "in an interview cited"


def test_who_of_those_that_say_not_yet_has_a_hedge_is_named() -> None:
    both = written((0, DRAWN_BY.NOT_YET, HEDGED), (1, DRAWN_BY.NOT_YET, {"speaker": "Doran"}))
    assert DRAWN_BY._how(both) == " (Rill with a hedge)"
    assert DRAWN_BY._how(both.iloc[:1]) == " (with a hedge)"
    assert DRAWN_BY._how(both.iloc[1:]) == ""
    reported = both.assign(rests_on=["report", "words"])
    assert DRAWN_BY._how(reported) == " (Rill with a hedge; only Doran in quoted words)"
    assert DRAWN_BY._how(both.iloc[1:].assign(rests_on="report")) == "", "the verb says it of all"
    three = written(*[(at, DRAWN_BY.NOT_YET, HEDGED) for at in range(2)],
                    (2, DRAWN_BY.NOT_YET, {"speaker": "Doran"}))  # fmt: skip
    assert DRAWN_BY._how(three) == " (Rill and Rill with a hedge)"


def test_a_doubt_alone_has_a_row_and_the_line_below_the_caption_says_so(changed: Changed) -> None:
    block = table(NAME, tiny_view(folder=recoded(changed, "b2", *DOUBTS)))
    assert cells(block)[0][1] == "doubted it"
    assert plain(block.subtitle) == "Denials by day, and what else those sides answered."


def test_limits_without_denials_are_said_to_be_tinted(changed: Changed) -> None:
    folder = recoded(changed, "b2", ("stance", "declines"), ("commitment", "Uu"), ("denial", "D0"))
    folder = recoded(changed, "m1", *NOT_YET, of=folder)
    block = table(NAME, tiny_view(folder=folder, actors=["velland"]))
    assert [row.tone for row in block.rows] == ["limit"]
    assert plain(block.subtitle) == (
        "Tinted: “not yet” or “not so” from sides that make claims themselves. Words without "
        "quotation marks are ours."
    )
    assert table(NAME, tiny_view(actors=["pell"])).subtitle == ()
