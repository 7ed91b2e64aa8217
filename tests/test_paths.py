"""The paths of sides: positions, turns and denials, worked by hand in tests/tiny/README.md."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from views import TINY, tiny_view

from claimbrief.analysis.positions import _steps, denying_statements, stance_paths, turns


def path_of(side: str, folder: Path) -> list[tuple[str, str, list[str], bool, bool]]:
    """Return a side's steps: dates, position, claims, whether a turn, whether ordered."""
    steps = stance_paths(tiny_view(folder=folder))
    return [
        (row.when, row.position, row.claim_ids, row.is_turn, row.is_ordered)
        for row in steps[steps["side"] == side].itertuples()
    ]


def placed(folder: Path) -> set[str]:
    """Return the claims that take a position."""
    return set(tiny_view(folder=folder).statements.query("position != ''")["claim_id"])


def test_each_side_has_one_path_by_date() -> None:
    steps = stance_paths(tiny_view())
    towns, builder = "[2019-05-11,2019-05-18]", "[2019-05-01..2019-05-19]"
    expected = pd.DataFrame(
        [
            ("velland", "2019-05-08", "Roads Authority", "says_so", "affirms", "Q2", "a1", False),
            ("velland", "2019-05-12", "Lindqvist", "says_likely", "affirms_hedged", "Q1", "m1",
             True),
            ("karst_works", builder, "Rill", "denies", "denies", "Q2", "b2", False),
            ("pell", "2019-04-28", "Pell", "says_so", "affirms", "Q3", "i1", False),
            ("nyra", towns, "Nyra and Tolm", "leaves_open", "notes_reports", "Q1", "w1", False),
            ("tarn_university", "[..2019-05-19]", "Doran", "leaves_open", "holds_possible", "Q1",
             "e1", False),
        ],
        columns=["side", "when", "speaker", "position", "stance", "question_id", "claim_id",
                 "is_turn"],
    ).assign(is_ordered=True)  # fmt: skip
    pd.testing.assert_frame_equal(steps[list(expected)], expected, check_dtype=False)


def test_only_own_claims_on_the_questions_or_unnamed_take_a_position(changed: Changed) -> None:
    every = {"i1", "a1", "m1", "w1", "b2", "e1", "e2"}  # no gloss, no narrator, nothing withheld
    assert placed(TINY) == every
    for context in ("Q0", "Q4"):
        folder = changed("propositions", "pier_cracked", "question_id", context)
        assert placed(folder) == every - {"a1", "b2"}
    folder = changed("propositions", "pier_cracked", "question_id", "QU")
    assert placed(folder) == every


def test_what_is_to_come_is_no_step(changed: Changed) -> None:
    folder = changed("propositions", "welders_hurt", "phase", "under_way")
    assert path_of("pell", folder) == path_of("pell", TINY)
    folder = changed("propositions", "welders_hurt", "phase", "to_come")
    assert path_of("pell", folder) == []


def test_what_rests_on_a_paraphrase_alone_takes_no_position(changed: Changed, quoted: Path) -> None:
    def is_placed(folder: Path) -> bool:
        return "m3" in placed(folder)

    assert is_placed(quoted), "her words"
    folder = changed("claims", "m3", "rendering", "indirect", of=quoted)
    folder = changed("claims", "m3", "quote", "", of=folder)
    assert is_placed(folder), "a page in view reports it"
    assert not is_placed(changed("words", "w_minister_1", "extent", "relayed", of=folder))
    nothing = changed("words.csv", raw=lambda content: content.splitlines(True)[0], of=folder)
    assert not is_placed(nothing)


def test_a_demand_takes_no_position(changed: Changed) -> None:
    assert path_of("pell", changed("claims", "i1", "commitment", "NA")) == []


@pytest.mark.parametrize(
    ("stance", "commitment", "denial", "position"),
    [
        ("affirms", "CT+", "", "says_so"),
        ("affirms_hedged", "PR+", "", "says_likely"),
        ("holds_possible", "PS+", "", "leaves_open"),
        ("supposes", "Uu", "", "leaves_open"),
        ("cannot_confirm", "Uu", "", "leaves_open"),
        ("declines", "Uu", "D-1", "leaves_open"),
        ("questions", "Uu", "D1", "leaves_open"),
        ("not_yet", "CT−", "", "limits"),
        ("dismisses", "Uu", "D2", "denies"),
        ("denies", "CT−", "D3", "denies"),
    ],
)
def test_a_stance_is_a_position(
    changed: Changed, stance: str, commitment: str, denial: str, position: str
) -> None:
    folder = changed("claims", "i1", "stance", stance)
    folder = changed("claims", "i1", "commitment", commitment, of=folder)
    folder = changed("claims", "i1", "denial", denial, of=folder)
    hedge = "They fell" if commitment in ("PR+", "PS+") else ""
    folder = changed("claims", "i1", "hedge_words", hedge, of=folder)
    assert path_of("pell", folder) == [("2019-04-28", position, ["i1"], False, True)]


def test_a_day_is_one_step_that_stands_where_the_side_commits_most(changed: Changed) -> None:
    asked = asked_alike(changed)
    folder = changed("utterances", "authority_report", "date", "2019-05-12", of=asked)
    assert path_of("velland", folder) == [("2019-05-12", "says_so", ["a1", "m1"], False, True)]
    assert turns(tiny_view(folder=folder)).empty


def test_two_sides_of_one_day_are_two_steps(changed: Changed) -> None:
    folder = changed("actors", "lindqvist", "member_of", "")
    folder = changed("claims", "m2", "attributed_to", "", of=folder)
    assert path_of("velland", folder) == [("2019-05-08", "says_so", ["a1"], False, True)]
    assert path_of("lindqvist", folder) == [("2019-05-12", "says_likely", ["m1"], False, True)]


def test_each_question_has_a_path_of_its_own(changed: Changed) -> None:
    def steps(folder: Path) -> list[tuple[str, str, bool]]:
        frame = _steps(tiny_view(folder=folder), ["side", "question_id"])
        velland = frame[frame["side"] == "velland"]
        return [(row.question_id, row.claim_id, row.is_turn) for row in velland.itertuples()]

    assert steps(TINY) == [("Q1", "m1", False), ("Q2", "a1", False)], "by question"
    assert turns(tiny_view()).empty, "another position on another question is no turn"
    assert steps(asked_alike(changed)) == [("Q1", "a1", False), ("Q1", "m1", True)]


def asked_alike(changed: Changed) -> Path:
    """Return the package with the authority’s statement on the minister’s question."""
    return changed("claims", "a1", "proposition_id", "bridge_unsafe")


def left_open(changed: Changed) -> Path:
    """Return the same with the authority only speaking of reports, so that the minister turns."""
    folder = changed("claims", "a1", "stance", "notes_reports", of=asked_alike(changed))
    return changed("claims", "a1", "commitment", "Uu", of=folder)


def test_a_turn_tells_from_what_to_what(changed: Changed) -> None:
    (turn,) = turns(tiny_view(folder=left_open(changed))).itertuples()
    positions = (turn.from_position, turn.position)
    assert (turn.side, turn.question_id) == ("velland", "Q1")
    assert positions == ("leaves_open", "says_likely")
    assert (turn.claim_id, turn.when) == ("m1", "2019-05-12")
    assert turn.is_ordered


def test_a_side_that_said_so_from_the_first_has_no_turn(changed: Changed) -> None:
    folder = asked_alike(changed)
    assert [turn for *_, turn, _ in path_of("velland", folder)] == [False, True]
    assert turns(tiny_view(folder=folder)).empty, "from “so” to “likely”"
    folder = by_the_minister(changed, of=folder)
    folder = changed("claims", "b2", "proposition_id", "bridge_unsafe", of=folder)
    assert path_of("velland", folder)[-1][1] == "limits", "of what the side itself says"
    assert turns(tiny_view(folder=folder)).empty, "nor back to a denial"


def test_to_deny_what_was_left_open_is_no_turn_into_saying_so(changed: Changed) -> None:
    folder = changed("claims", "m1", "stance", "denies", of=left_open(changed))
    folder = changed("claims", "m1", "commitment", "PR−", of=folder)
    folder = changed("claims", "m1", "denial", "D3", of=folder)
    assert [step[1] for step in path_of("velland", folder)] == ["leaves_open", "denies"]
    assert turns(tiny_view(folder=folder)).empty


def test_the_same_position_again_is_no_turn(changed: Changed) -> None:
    folder = changed("claims", "m1", "stance", "affirms", of=asked_alike(changed))
    steps = path_of("velland", folder)
    assert [(position, turn) for _, position, _, turn, _ in steps] == [("says_so", False)] * 2
    assert turns(tiny_view(folder=folder)).empty


def test_a_turn_is_ordered_only_where_the_dates_tell(changed: Changed) -> None:
    asked = asked_alike(changed)
    date = "[2019-05-08..2019-05-14]"
    folder = changed("utterances", "authority_report", "date", date, of=asked)
    assert path_of("velland", folder) == [
        ("2019-05-12", "says_likely", ["m1"], False, True),
        ("[2019-05-08..2019-05-14]", "says_so", ["a1"], True, False),
    ]
    before = left_open(changed)
    for date, is_ordered in (
        ("[2019-05-08..2019-05-11]", True),  # it ends before the minister's day
        ("[2019-05-08..2019-05-12]", False),
        ("2019-05-11", True),
    ):
        folder = changed("utterances", "authority_report", "date", date, of=before)
        (turn,) = turns(tiny_view(folder=folder)).itertuples()
        assert turn.is_ordered == is_ordered, date


def by_the_minister(changed: Changed, of: Path = TINY) -> Path:
    """Return a package with the builder's denial in the mouth of the minister."""
    folder = changed("claims", "b1", "attributed_to", "", of=of)
    return changed("speakers", "builder_denial", "actor_id", "lindqvist", of=folder)


def test_a_turn_is_from_the_position_of_the_step_before(changed: Changed) -> None:
    folder = changed("claims", "m1", "stance", "notes_reports", of=left_open(changed))
    folder = changed("claims", "m1", "commitment", "Uu", of=folder)
    folder = by_the_minister(changed, of=folder)
    cells = {"proposition_id": "bridge_unsafe", "stance": "affirms", "commitment": "CT+"}
    for column, value in (cells | {"denial": ""}).items():
        folder = changed("claims", "b2", column, value, of=folder)
    (turn,) = turns(tiny_view(folder=folder)).itertuples()
    assert (turn.from_position, turn.position) == ("leaves_open", "says_so")
    assert turn.claim_id == "b2"
    assert not turn.is_ordered


def test_a_denial_by_a_side_that_made_such_claims_itself_is_a_limit(changed: Changed) -> None:
    (denial,) = denying_statements(tiny_view()).itertuples()
    assert (denial.side, denial.claim_id, denial.denial) == ("karst_works", "b2", "D3")
    folder = by_the_minister(changed)
    assert denying_statements(tiny_view(folder=folder)).empty
    assert path_of("velland", folder)[2:] == [
        ("[2019-05-01..2019-05-19]", "limits", ["b2"], True, False)
    ]


def test_a_denial_made_before_the_side_made_any_claim_stays_a_denial(changed: Changed) -> None:
    earlier = by_the_minister(changed)
    for child in ("authority_report", "minister_radio", "builder_denial"):  # of what answers what
        earlier = changed(
            "lineage.csv",
            raw=lambda c, it=child: re.sub(rb"(?m)^" + it.encode() + rb",.*\n", b"", c),
            of=earlier,
        )
    folder = changed("utterances", "builder_denial", "date", "2019-05-07", of=earlier)
    assert path_of("velland", folder)[0][1] == "denies", "the first claim is of 8 May"
    folder = changed("utterances", "builder_denial", "date", "2019-05-08", of=folder)
    assert "denies" not in [step[1] for step in path_of("velland", folder)]


def test_not_yet_is_no_denial_whoever_says_it(changed: Changed) -> None:
    folder = changed("claims", "b2", "stance", "not_yet")
    folder = changed("claims", "b2", "denial", "", of=folder)
    assert denying_statements(tiny_view(folder=folder)).empty
    assert [step[1] for step in path_of("karst_works", folder)] == ["limits"]


def test_who_questions_the_reports_is_among_the_answers(changed: Changed) -> None:
    folder = changed("claims", "w1", "stance", "questions")
    folder = changed("claims", "w1", "denial", "D1", of=folder)
    assert "w1" in set(denying_statements(tiny_view(folder=folder))["claim_id"])


def test_a_duplicate_of_another_utterance_is_no_step(changed: Changed) -> None:
    folder = changed("utterances", "doran_interview", "likely_same_as", "towns_alarm")
    assert path_of("tarn_university", folder) == []
    assert path_of("tarn_university", TINY) != []


def test_nobody_heard_is_no_path() -> None:
    nobody = tiny_view("2019-04-27", actors=["karst_works"])
    assert stance_paths(nobody).empty and turns(nobody).empty and denying_statements(nobody).empty
    assert {"side", "is_turn", "claim_ids"} <= set(stance_paths(nobody))
