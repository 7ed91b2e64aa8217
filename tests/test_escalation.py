"""The timeline, the denial register and pairs in a known order, worked by hand."""

from __future__ import annotations

from itertools import combinations

from views import order, tiny_view

from claimbrief.analysis.escalation import (
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


def test_days_after_the_last_possible_publication_are_uncovered() -> None:
    days = uncovered_days(tiny_view())["day"]
    assert days.iloc[0].date().isoformat() == "2019-05-20"
    assert len(days) == 12


def test_pairs_are_counted_as_they_would_be_one_by_one() -> None:
    for view in (tiny_view(), tiny_view("2019-05-12")):
        utterances = relevant_utterances(view)
        each = [
            order(parse(first), parse(second)) != "undetermined"
            for first, second in combinations(utterances["when"], 2)
        ]
        assert pairs_in_order(utterances) == (sum(each), len(each))
        assert 0 < sum(each) < len(each)
