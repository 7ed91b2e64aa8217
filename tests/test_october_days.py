"""October 2024 seen from day to day: what a brief of a day may say, and what not yet."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import pandas as pd
import pytest
from seen import real_seen, sentences, unheard

from claimbrief.analysis.evidence import publicity_by_day
from claimbrief.analysis.findings import Findings, findings
from claimbrief.analysis.paths import denial_path, ladder_claims, stance_paths, turns
from claimbrief.analysis.statements import counted, statements
from claimbrief.analysis.voices import silences
from claimbrief.dates import parse, parse_day
from claimbrief.prose import key_findings
from claimbrief.view import View

DAYS = ["2024-10-10", "2024-10-16", "2024-10-18", "2024-10-23", "2024-10-31"]
COUNTS = [
    "claim_rows", "utterances", "speakers", "sides", "asserting_speakers", "asserting_sides",
    "asserting_utterances", "items", "items_public",
]  # fmt: skip
MONTH = [date(2024, 10, 1) + timedelta(n) for n in range(31)]


@cache
def seen(as_of: str, basis: str = "said") -> View:
    """Return the month from all sources, seen from a day."""
    return real_seen(
        as_of, window_start="2024-10-01", window_end="2024-10-31", basis=basis, sources=()
    )


found: cache = cache(lambda day, basis="said": findings(seen(day, basis)))


def positions(day: str, question: str) -> dict[str, set[str]]:
    """Return where each side stands on a question by a day, as the findings have it."""
    told: Findings = found(day)
    (asked,) = (one for one in told.questions if one.question_id == question)
    sides: dict[str, set[str]] = {}
    for one in asked.positions:
        sides.setdefault(one.side, set()).add(one.position)
    return sides


def path(day: str, side: str) -> list[tuple[str, str]]:
    """Return the steps of a side by a day, whatever the question: position and claim."""
    steps = stance_paths(seen(day)).query("side == @side")
    return list(zip(steps["position"], steps["claim_id"], strict=True))


def denials(day: str, side: str) -> list[tuple[str, str]]:
    """Return the claims of a side with a level of denial, in order, each with its level."""
    path = denial_path(seen(day)).query("side == @side")
    return list(zip(path["claim_id"], path["denial"], strict=True))


def turned(day: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return the turns of each side on each question by a day: position come to, and claim."""
    frame = turns(seen(day)).query("is_ordered")
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for side, question, *turn in frame[["side", "question_id", "to_position", "to_claim"]].values:
        found.setdefault((side, question), []).append((turn[0], turn[1]))
    return found


def denied_to_happen(day: str) -> pd.DataFrame:
    """Return the claims that deny, or assert, that troops have engaged in battle."""
    return statements(seen(day)).query("proposition_id == 'engaged_in_battle'")


# 10 October: one line of sources, a judgement on it, a dismissal


def test_on_the_10th_the_furthest_claim_is_of_officers_in_the_zone() -> None:
    told: Findings = found("2024-10-10")
    assert told.highest_rung == 3
    assert {one.claim_id for one in told.strongest} == {"o1a", "k1", "o2a"}


def test_on_the_10th_only_the_unnamed_and_the_hedged_speak_of_officers_in_the_zone() -> None:
    told: Findings = found("2024-10-10")
    said = {(one.speaker, one.stance, one.hedge) for one in told.strongest}
    assert said == {
        ("unnamed Ukrainian sources", "affirms", ""),
        ("Kim Yong-hyun", "affirms_hedged", "highly likely"),
    }


def test_on_the_10th_kyiv_speaks_of_support_staff_alone() -> None:
    said = statements(seen("2024-10-10")).query("side == 'ukraine' and is_assertion")
    assert list(said["claim_id"]) == ["o3a", "o3b"]
    assert set(said["rung"]) == {1}


def test_on_the_10th_nobody_says_that_troops_fight_or_were_sent() -> None:
    assert positions("2024-10-10", "Q1") == {"Russia": {"denies"}}
    assert positions("2024-10-10", "Q2") == {"South Korea": {"foretold"}}
    assert positions("2024-10-10", "Q5") == positions("2024-10-10", "Q6") == {}


def test_on_the_10th_no_item_is_named_and_none_is_public() -> None:
    told: Findings = found("2024-10-10")
    assert (told.items.most, told.items_public.most) == (0, 0)
    assert told.public_items == ()


def test_on_the_10th_moscow_has_dismissed() -> None:
    assert denials("2024-10-10", "russia") == [("p2", "D2"), ("o4a", "D2")]


def test_on_the_10th_pyongyang_is_not_heard_and_washington_not_for_certain() -> None:
    assert unheard(seen("2024-10-10")) == ["north_korea"]
    american = statements(seen("2024-10-10")).query("side == 'united_states'")
    assert set(american["certainty"]) == {"possible"}  # of no day; likely the words of the 15th
    assert set(american["utterance_id"]) <= {"us_concern", "three_states_condemn"}
    assert unheard(seen("2024-10-10", "reported")) == ["north_korea", "united_states"]


# 16 October: Kyiv at the top of the ladder, its allies open


def test_on_the_16th_kyivs_president_alone_calls_north_korea_a_party() -> None:
    told: Findings = found("2024-10-16")
    assert told.highest_rung == 5
    assert {one.speaker for one in told.strongest} == {"Zelenskyy"}
    assert {one.claim_id for one in told.strongest} == {"o6a", "z1", "o15c"}
    assert positions("2024-10-16", "Q6") == {"Ukraine": {"says_so"}}


def test_on_the_16th_nato_and_washington_cannot_confirm() -> None:
    said = statements(seen("2024-10-16")).set_index("claim_id")
    cannot = said[said["stance"] == "cannot_confirm"]
    assert dict(cannot["side"]) == {"o11a": "nato", "o13a": "united_states"}
    assert positions("2024-10-16", "Q1")["NATO"] == {"leaves_open"}
    assert positions("2024-10-16", "Q2")["the United States"] == {"leaves_open"}


def test_on_the_16th_seoul_checks_and_has_come_to_say_nothing_new() -> None:
    assert path("2024-10-16", "south_korea") == [("says_likely", "k1"), ("leaves_open", "o12a")]
    assert turned("2024-10-16") == {}


@pytest.mark.parametrize("day", ["2024-10-16", "2024-10-17"])
def test_until_the_17th_items_are_named_and_none_is_public(day: str) -> None:
    told: Findings = found(day)
    assert told.items.certain >= 2
    assert told.items_public.most == 0


# 18 October: Seoul's disclosure


def test_on_the_18th_three_items_are_public_by_seouls_service_and_kyivs_centre() -> None:
    told: Findings = found("2024-10-18")
    assert told.items_public.certain == told.items_public.most == 3
    assert sorted(one.offered_by for one in told.public_items) == [
        "Seoul’s NIS",
        "Seoul’s NIS",
        "Spravdi",
    ]
    assert {one.since for one in told.public_items} == {parse("2024-10-18")}
    assert {one.kind for one in told.public_items} == {"satellite_imagery", "photo_or_video"}


def test_on_the_18th_seoul_has_turned_to_say_so() -> None:
    assert turned("2024-10-18")["south_korea", "Q2"] == [("says_so", "o22a")]
    assert "says_so" in positions("2024-10-18", "Q2")["South Korea"]
    assert "says_so" not in positions("2024-10-17", "Q2")["South Korea"]


def test_on_the_18th_nato_and_washington_still_leave_it_open() -> None:
    for question in ("Q1", "Q2"):
        told = positions("2024-10-18", question)
        assert told["NATO"] == told["the United States"] == {"leaves_open"}
    assert not {"nato", "united_states"} & {side for side, _ in turned("2024-10-18")}
    assert found("2024-10-18").asserting == {"unnamed Ukrainian sources", "Ukraine", "South Korea"}


# 23 October: in Russia, not in Kursk


def test_on_the_23rd_washington_and_nato_have_turned_to_say_so() -> None:
    sides = turned("2024-10-23")
    assert sides["united_states", "Q2"] == [("says_so", "o54a")]
    assert sides["nato", "Q2"] == [("says_so", "o51a")]
    assert not {"united_states", "nato"} & {side for side, _ in turned("2024-10-22")}


def test_on_the_23rd_what_washington_and_nato_say_is_in_russia() -> None:
    said = statements(seen("2024-10-23")).query(
        "is_assertion and side in ['united_states', 'nato']"
    )
    assert set(said["claim_id"]) == {"o51a", "o54a", "o55a"}
    assert set(said["location"]) == {"russia"}
    assert set(said["question_id"]) == {"Q2"}


def test_on_the_23rd_nobody_asserts_kursk() -> None:
    assert positions("2024-10-23", "Q5")["Ukraine"] == {"foretold"}
    assert not any("says_so" in told for told in positions("2024-10-23", "Q5").values())
    of_kursk = statements(seen("2024-10-23")).query("question_id == 'Q5'")
    assert not of_kursk["is_assertion"].any()
    assert {"o27c", "o47a"} <= set(of_kursk["claim_id"])  # foretold by Kyiv's service


def test_on_the_23rd_moscow_has_dismissed_questioned_and_dismissed() -> None:
    steps = path("2024-10-23", "russia")
    assert steps == [("denies", "o4a"), ("leaves_open", "o36a"), ("denies", "o52a")]
    levels = dict(denials("2024-10-23", "russia"))
    assert [levels[claim] for _, claim in steps] == ["D2", "D1", "D2"]


def test_on_the_23rd_pyongyang_has_dismissed_on_the_21st() -> None:
    assert denials("2024-10-23", "north_korea") == [("o35a", "D2")]
    assert unheard(seen("2024-10-20")) == ["north_korea"]
    assert unheard(seen("2024-10-21")) == []


def test_on_the_23rd_london_calls_it_likely_and_brussels_leaves_it_open() -> None:
    told = positions("2024-10-23", "Q2")
    assert told["the United Kingdom"] == {"says_likely"}
    assert told["the European Union"] == told["Germany"] == {"leaves_open"}


# 31 October: in Kursk, not in battle


def test_on_the_31st_kyiv_nato_and_washington_assert_kursk() -> None:
    said = {side for side, told in positions("2024-10-31", "Q5").items() if "says_so" in told}
    assert said == {"Ukraine", "NATO", "the United States"}


@pytest.mark.parametrize(
    ("day", "side", "claim"),
    [
        ("2024-10-24", "Ukraine", "o61a"),
        ("2024-10-28", "NATO", "o70a"),
        ("2024-10-29", "the United States", "o76a"),
    ],
)
def test_kursk_is_asserted_from_its_day_on_and_not_before(day: str, side: str, claim: str) -> None:
    before = str(parse_day(day) - timedelta(1))
    assert "says_so" not in positions(before, "Q5").get(side, set())
    assert "says_so" in positions(day, "Q5")[side]
    (asked,) = (one for one in found(day).questions if one.question_id == "Q5")
    first = {(one.side, one.position): one.first.claim_id for one in asked.positions}
    assert first[side, "says_so"] == claim


def test_washington_would_not_confirm_kursk_on_the_day_on_which_nato_asserted_it() -> None:
    said = (
        statements(seen("2024-10-28")).query("proposition_id == 'in_kursk'").set_index("claim_id")
    )
    assert said.at["o70a", "stance"] == "affirms"
    assert said.at["o72c", "stance"] == "cannot_confirm"


def test_the_denial_of_moscow_did_not_simply_give_way() -> None:
    assert path("2024-10-31", "russia") == [
        ("denies", "o4a"),
        ("leaves_open", "o36a"),
        ("denies", "o52a"),
        ("leaves_open", "o58a"),
        ("denies", "o80a"),
    ]
    assert denials("2024-10-31", "russia")[-2:] == [("o58a", "D-1"), ("o80a", "D2")]


def test_the_union_turned_on_the_30th() -> None:
    assert turned("2024-10-31")["european_union", "Q2"] == [("says_so", "o78a")]
    assert ("european_union", "Q2") not in turned("2024-10-29")


def test_london_turned_twice() -> None:
    assert turned("2024-10-31")["united_kingdom", "Q2"] == [
        ("says_likely", "o48a"),
        ("says_so", "o86a"),
    ]


def test_the_audio_is_public_from_the_25th() -> None:
    kinds = {day: {one.kind for one in found(day).public_items} for day in ("2024-10-24", DAYS[-1])}
    assert "intercept" not in kinds["2024-10-24"]
    assert "intercept" in kinds[DAYS[-1]]
    assert found("2024-10-25").items_public.certain == 5


@pytest.mark.parametrize("day", DAYS)
def test_nobody_asserts_that_troops_have_engaged_in_battle(day: str) -> None:
    battle = statements(seen(day)).query(
        "proposition_id in ['engaged_in_battle', 'soldiers_fighting']"
    )
    assert not battle["is_assertion"].any()


def test_that_troops_have_engaged_in_battle_is_denied_by_those_who_say_they_are_there() -> None:
    battle = denied_to_happen("2024-10-31")
    assert list(zip(battle["claim_id"], battle["speaker"], battle["stance"], strict=True)) == [
        ("o84a", "Zelenskyy", "denies"),
        ("o90c", "Blinken", "denies"),
    ]
    assert denied_to_happen("2024-10-29").empty


def test_at_the_end_all_who_are_expected_are_heard_and_four_words_are_no_answer() -> None:
    told: Findings = found("2024-10-31")
    assert told.not_heard == ()
    assert {one.claim_id for one in told.unanswered} == {"o45b", "o65b", "o79b", "o89b"}
    by_side = silences(seen("2024-10-31")).set_index("actor_id")["unanswered"]
    assert {side: len(claims) for side, claims in by_side.items() if claims} == {
        "russia": 2,
        "north_korea": 2,
    }


# Turning points, with their days


@pytest.mark.parametrize(
    ("side", "speaker", "claim", "day", "position"),
    [
        ("united_states", "Austin", "o54a", "2024-10-23", "says_so"),
        ("european_union", "Borrell", "o78a", "2024-10-30", "says_so"),
        ("south_korea", "Seoul’s NIS", "o22a", "2024-10-18", "says_so"),
        ("united_states", "Ryder", "o76a", "2024-10-29", "says_so"),
    ],
)
def test_a_turning_point_is_a_turn_of_its_day(
    side: str, speaker: str, claim: str, day: str, position: str
) -> None:
    row = turns(seen("2024-10-31")).set_index("to_claim").loc[claim]
    assert (row["side"], row["to_speaker"], row["to_position"]) == (side, speaker, position)
    assert row["to_when"] == parse(day)
    assert row["is_ordered"]
    before = str(parse_day(day) - timedelta(1))
    assert claim not in set(turns(seen(before))["to_claim"])
    assert claim in set(turns(seen(day))["to_claim"])


@pytest.mark.parametrize(("claim", "day"), [("o58a", "2024-10-24"), ("o64a", "2024-10-25")])
def test_who_is_asked_and_does_not_deny_stands_in_the_path_of_denials(claim: str, day: str) -> None:
    row = denial_path(seen("2024-10-31")).set_index("claim_id").loc[claim]
    assert (row["denial"], row["when"]) == ("D-1", parse(day))


def test_nato_on_the_28th_goes_further_on_the_ladder_without_a_new_turn() -> None:
    steps = stance_paths(seen("2024-10-31")).query("side == 'nato'").set_index("claim_id")
    assert steps.at["o70a", "when"] == parse("2024-10-28")
    assert (steps.at["o51a", "rung"], steps.at["o70a", "rung"]) == (2, 3)
    assert not steps.at["o70a", "is_turn"]


def test_a_side_that_denies_what_it_never_asserted_has_not_turned() -> None:
    frame = turns(seen("2024-10-31"))
    assert "ukraine" not in set(frame["side"])  # officers were, troops have not crossed: both hold
    assert "o90c" not in set(frame["to_claim"])  # whether they will fight is open; they have not


def test_a_side_that_says_something_else_on_the_same_question_has_not_turned() -> None:
    of_seoul = turns(seen("2024-10-31")).query("side == 'south_korea'")
    assert list(of_seoul["to_claim"]) == ["o22a"]  # not the technician, nor the advance group


@pytest.mark.parametrize("day", ["2024-10-16", "2024-10-18"])
def test_none_of_these_states_the_contrary_is_said_of_statements_that_do_not(day: str) -> None:
    told = [one for one in sentences(key_findings(seen(day))) if one.startswith("Denied?")]
    stated = statements(seen(day)).query("is_counted and stance == 'denies'")
    assert len(told) == 1
    assert len(stated)  # by those who say something else to be so, and told with the questions
    assert "None of these statements states the contrary." in told[0]
    assert not any(re.search(rf"\b{one}\b", told[0]) for one in stated["claim_id"])


def test_claims_without_evidence_are_told_apart_from_the_utterances_that_they_are_made_in() -> None:
    shown = seen("2024-10-31")
    links = shown.whole.claim_evidence.query("relation != 'says_none'")
    named = set(links["claim_id"])
    asserted = statements(shown).query("is_assertion").set_index("claim_id")
    without = asserted.loc[list(found("2024-10-31").assertions_without_item)]
    assert named.isdisjoint(without.index)
    parliament = asserted.query("utterance_id == 'zelenskyy_parliament'").index
    assert named & set(parliament) and set(parliament) & set(without.index)
    (told,) = (one for one in sentences(key_findings(shown)) if one.startswith("Shown?"))
    assert (len(without), without["utterance_id"].nunique()) == (12, 9)
    assert told.endswith(
        "Twelve claims that something is so, or likely, made in nine utterances, name no evidence."
    )


def test_a_turn_whose_order_the_dates_do_not_tell_is_no_finding() -> None:
    steps = stance_paths(seen("2024-10-31")).set_index("claim_id")
    assert steps.at["o69a", "is_turn"]
    assert not steps.at["o69a", "is_ordered"]  # 25 or 26 October, against the 25th
    denied = next(
        one for one in sentences(key_findings(seen("2024-10-31"))) if one.startswith("Denied?")
    )
    assert "in no known order, Il Ha Kim (25 or 26 Oct)" in denied


# From day to day


def test_the_range_of_origins_by_day() -> None:
    ranges = [(found(day).origins.low, found(day).origins.high) for day in DAYS]
    assert ranges == [(1, 2), (1, 3), (1, 2), (1, 5), (1, 6)]


def test_the_briefing_of_nato_takes_an_origin_away() -> None:
    assert found("2024-10-28").origins.high < found("2024-10-25").origins.high


def test_the_count_of_public_items_by_day() -> None:
    assert [found(day).items_public.certain for day in DAYS] == [0, 0, 3, 4, 5]
    by_day = publicity_by_day(seen("2024-10-31")).set_index("day")["public_certain"]
    assert [by_day[parse_day(day)] for day in DAYS] == [0, 0, 3, 4, 5]


def test_the_sides_that_assert_by_day() -> None:
    assert [found(day).asserting_sides.certain for day in DAYS] == [3, 3, 3, 6, 8]


@pytest.mark.parametrize("basis", ["said", "reported"])
def test_nothing_that_is_certain_by_a_day_is_uncertain_by_a_later_one(basis: str) -> None:
    known: set[str] = set()
    most = 0
    for day in MONTH:
        frame = statements(seen(str(day), basis)).query("is_counted")
        certain = set(frame.loc[frame["certainty"] == "certain", "utterance_id"])
        assert known <= certain, day
        known = certain
        count = counted(frame, "utterance_id")
        assert count.most >= most, day
        most = count.most
    assert len(known) > 75


def test_nothing_is_certain_as_reported_that_is_not_certain_as_said() -> None:
    differ = 0
    for day in MONTH:
        frames = [statements(seen(str(day), basis)) for basis in ("reported", "said")]
        reported, said = (
            set(frame.loc[frame["certainty"] == "certain", "claim_id"]) for frame in frames
        )
        assert reported <= said, day
        differ += reported != said
    assert differ > 10


@pytest.mark.parametrize("day", DAYS)
def test_findings_as_reported_never_count_more_as_certain_than_as_said(day: str) -> None:
    said, reported = found(day), found(day, "reported")
    for name in COUNTS:
        assert getattr(reported, name).certain <= getattr(said, name).certain, name
    assert reported.origins.low <= said.origins.low


@pytest.mark.parametrize("day", DAYS)
def test_a_brief_of_a_day_holds_nothing_said_later(day: str) -> None:
    for when in statements(seen(day)).query("certainty == 'certain'")["when"]:
        assert when.latest <= parse_day(day)
    assert not any(
        when.earliest is not None and when.earliest > parse_day(day)
        for when in statements(seen(day))["when"]
    )


@pytest.mark.parametrize("day", DAYS)
def test_what_was_placed_on_the_ladder_by_a_day_is_placed_so_at_the_end(day: str) -> None:
    """Later knowledge regrades no earlier statement."""
    columns = ["claim_id", "stance", "commitment", "rung", "position", "denial"]
    then = ladder_claims(seen(day)).query("certainty == 'certain'")[columns].set_index("claim_id")
    at_the_end = ladder_claims(seen("2024-10-31"))[columns].set_index("claim_id")
    assert len(then)
    pd.testing.assert_frame_equal(then, at_the_end.loc[then.index])
