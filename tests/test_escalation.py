"""The timeline, the denial register and pairs in a known order, worked by hand."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from conftest import Changed
from phrases import package, said
from views import order, tiny_view

from claimbrief.analysis.escalation import (
    _around,
    claim_timeline,
    denial_register,
    pairs_in_order,
    relevant_utterances,
    uncovered_days,
)
from claimbrief.dates import parse


def test_the_timeline_has_a_row_a_question_and_no_outlets_words() -> None:
    frame = claim_timeline(tiny_view())
    denials = frame[frame["part"] == "denials"]
    assert [(row.band, row.claim_ids) for row in denials.itertuples()] == [("D3", ["b2"])]
    claims = frame[frame["part"] == "claims"]
    assert set(claims["band"]) == {"Q1", "Q2", "Q3"}
    assert not {"m2", "b1", "e0", "n1", "p1"} & {it for ids in frame["claim_ids"] for it in ids}


def test_each_claim_stands_in_its_part_and_band_of_the_timeline(changed: Changed) -> None:
    forecast = b"deck_will_fail,Q1,The deck of the bridge will fail,bridge,to_come\n"
    more = [
        said("c1", "lindqvist", "2019-05-20", "bridge_unsafe", "denies", "CT−", denial="D3"),
        said("c2", "lindqvist", "2019-05-20", "pier_cracked", "not_yet", "CT−"),
        said("c3", "pell", "2019-05-20", "deck_will_fail", "affirms", "CT+"),
        said("c4", "pell", "2019-05-20", "no_photograph", "affirms", "CT+"),
        said("c5", "pell", "2019-05-20", "pier_cracked", "affirms", "CT+", extent="relayed"),
        said("c6", "pell", "2019-05-21", "welders_hurt", "affirms", "CT+"),
        said("c7", "doran", "2019-05-21", "bridge_unsafe", "affirms", "CT+"),
        said("c8", "", "", "deck_fails", "affirms", "CT+", utterance="of_c7"),
    ]
    folder = package(changed, ("propositions", "no_photograph", "question_id", "Q0"), more=more)
    folder = changed("propositions.csv", raw=lambda content: content + forecast, of=folder)
    frame = claim_timeline(tiny_view(folder=folder))
    places = zip(frame["part"], frame["band"], frame["is_first"], strict=True)
    assert dict(zip(map(" ".join, frame["claim_ids"]), places, strict=True)) == {
        "i1": ("claims", "Q3", True),
        "a1": ("claims", "Q2", True),
        "m1": ("claims", "Q1", True),
        "w1": ("open", "notes_reports", True),
        "b2": ("denials", "D3", True),
        "e1": ("open", "holds_possible", True),
        "e2": ("open", "supposes", True),
        "c1": ("limits", "Q1", True),
        "c2": ("limits", "Q2", True),
        "c3": ("claims", "to_come", True),
        "c6": ("claims", "Q3", False),
        "c7 c8": ("claims", "Q1", True),
    }, "context and what rests on a paraphrase alone have no mark"


def test_an_undated_statement_keeps_its_range_on_the_timeline() -> None:
    frame = claim_timeline(tiny_view()).set_index("utterance_id")
    assert frame.loc["builder_denial", "when"] == "[2019-05-01..2019-05-19]"
    assert frame.loc["doran_interview", "earliest"].isna().all()


def test_a_denial_may_answer_only_what_is_known_to_be_before_it() -> None:
    (row,) = denial_register(tiny_view()).itertuples()
    assert (row.before, row.undetermined, row.after) == ([], ["a1"], [])
    outside = (row.outside_when, row.outside_publisher)
    assert outside == ("2019-05-10", "Tarn Gazette")
    assert (row.if_before, row.if_after) == (["a1"], [])
    assert row.gloss_ids == ["b1"]


@pytest.mark.parametrize(
    ("denied", "before", "undetermined", "after"),
    [
        ("2019-05-07", [], [], ["a"]),
        ("2019-05-08", [], ["a"], []),
        ("2019-05-09", ["a"], [], []),
        ("[2019-05-07..2019-05-08]", [], ["a"], []),
        ("", [], [], []),
    ],
)
def test_of_one_day_nobody_knows_which_came_first(
    denied: str, before: list[str], undetermined: list[str], after: list[str]
) -> None:
    day = pd.Timestamp("2019-05-08")
    asserted = pd.DataFrame({"claim_id": ["a"], "earliest": [day], "latest": [day]})
    assert _around(asserted, denied) == (before, undetermined, after)


def test_days_after_the_last_possible_publication_are_uncovered() -> None:
    ends = {"2019-05-31": 12, "2019-05-20": 1, "2019-05-19": 0, "2019-05-12": 0}
    assert {end: uncovered_days(tiny_view(window_end=end)) for end in ends} == ends
    assert uncovered_days(tiny_view(window_start="2019-05-25")) == 7, "all of the window"


def test_pairs_are_counted_as_they_would_be_one_by_one() -> None:
    for view in (tiny_view(), tiny_view("2019-05-12")):
        utterances = relevant_utterances(view)
        each = [
            order(parse(first), parse(second)) != "undetermined"
            for first, second in combinations(utterances["when"], 2)
        ]
        assert pairs_in_order(utterances) == (sum(each), len(each))
        assert 0 < sum(each) < len(each)
