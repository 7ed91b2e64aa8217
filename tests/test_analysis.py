"""Frames and findings of the tiny package, against the answers worked by hand in its README."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from seen import tiny_seen

from claimbrief.analysis.coverage import coders, coverage, raw_agreement
from claimbrief.analysis.escalation import (
    claim_timeline,
    denial_register,
    uncovered_days,
    utterance_order,
)
from claimbrief.analysis.evidence import assertions_and_evidence, evidence_register
from claimbrief.analysis.findings import findings
from claimbrief.analysis.lineage import Origins, ancestry, deflation, origins, origins_of_assertions
from claimbrief.analysis.statements import Count, first_claims, statements
from claimbrief.analysis.voices import (
    not_heard,
    proposition_links,
    quotes_beside_glosses,
    voices_by_question,
)


def test_statements_are_in_order_of_date_and_place_and_know_who_counts() -> None:
    frame = statements(tiny_seen())
    assert " ".join(frame["claim_id"]) == "i1 a1 m1 m2 w1 n1 b2 b1 e1 e2 e0 p1"
    counted = frame[frame["is_counted"]]
    assert set(counted["claim_id"]) == {"a1", "m1", "b2", "i1", "w1", "e1", "e2"}
    assert set(frame.loc[frame["is_assertion"], "claim_id"]) == {"a1", "m1", "i1"}
    assert list(frame.loc[frame["is_denial"], "claim_id"]) == ["b2"]


def test_statements_give_each_claim_the_rung_of_its_role() -> None:
    rungs = statements(tiny_seen()).set_index("claim_id")["rung"].to_dict()
    assert (rungs["m1"], rungs["i1"], rungs["a1"], rungs["n1"]) == (3, 2, 1, 0)


def test_the_first_claim_of_an_utterance_is_the_speakers_own_where_there_is_one() -> None:
    first = first_claims(statements(tiny_seen()))["claim_id"].to_dict()
    assert first["builder_denial"] == "b2"
    assert first["doran_interview"] == "e1"
    assert first["article_text"] == "n1"


def test_deflation_counts_claims_then_voices_then_origins_then_public_items() -> None:
    frame = deflation(tiny_seen())
    expected = pd.DataFrame(
        [
            ("claim_rows", 12, 0),
            ("own_renderings", 7, 0),
            ("utterances", 6, 0),
            ("speakers", 7, 0),
            ("asserting_speakers", 3, 0),
            ("speakers_with_own_source", 1, 0),
            ("independent_origins", 1, 1),
            ("items_made_public", 1, 0),
        ],
        columns=["step", "certain", "possible"],
    )
    pd.testing.assert_frame_equal(frame, expected)


def test_deflation_keeps_what_is_only_possible_apart() -> None:
    counts = deflation(tiny_seen("2019-05-12")).set_index("step")
    assert tuple(counts.loc["claim_rows"]) == (3, 5)
    assert tuple(counts.loc["utterances"]) == (3, 3)
    assert tuple(counts.loc["speakers"]) == (3, 4)
    assert tuple(counts.loc["items_made_public"]) == (0, 0)


def test_two_utterances_joined_by_a_path_have_one_origin() -> None:
    view = tiny_seen()
    assert origins(view, ["authority_report", "minister_radio"]) == Origins(1, 1)


def test_an_unknown_parent_makes_the_origins_a_range() -> None:
    view = tiny_seen()
    assert origins(view, ["authority_report", "pell_letter"]) == Origins(1, 2, ("pell_letter",))
    assert origins_of_assertions(view) == Origins(1, 2, ("pell_letter",))


def test_unknown_parents_alone_are_one_origin_or_as_many_as_there_are(changed: Changed) -> None:
    folder = changed("lineage", ("authority_report", "pier_photographs"), "parent", "unknown")
    folder = changed("claim_evidence", ("a1",), "relation", "says_none", of=folder)
    seen = tiny_seen(folder=folder)
    assert origins(seen, ["authority_report", "pell_letter"]) == Origins(
        1, 2, ("authority_report", "pell_letter")
    )


def test_answering_or_commenting_joins_no_origins() -> None:
    view = tiny_seen()
    joined = origins(view, ["authority_report", "builder_denial"])
    assert joined == Origins(1, 2, ("builder_denial",))


def test_an_utterance_without_recorded_provenance_counts_as_of_unknown_origin() -> None:
    assert origins(tiny_seen(), ["towns_alarm"]) == Origins(1, 1, ("towns_alarm",))


def test_no_utterances_have_no_origins() -> None:
    assert origins(tiny_seen(), []) == Origins(0, 0)


def test_voices_keep_the_outlets_words_from_the_speakers() -> None:
    frame = voices_by_question(tiny_seen())
    said = {
        (row.actor_id, row.stance, row.rendering, row.said[0][1])
        for row in frame[frame["question_id"] != ""].itertuples()
    }
    assert ("rill", "denies", "", "b2") in said
    assert ("karst_works", "dismisses", "gloss", "b1") in said, "the gloss names the firm"
    assert ("lindqvist", "affirms_hedged", "", "m1") in said
    assert ("velland", "affirms", "summary", "m2") in said, "the summary names the state"
    assert ("doran", "holds_possible", "gloss", "e0") in said, "engineers are no body"


def test_voices_leave_out_the_outlet_and_name_the_expected_who_are_not_heard() -> None:
    frame = voices_by_question(tiny_seen())
    assert "northern_ledger" not in set(frame["actor_id"])
    silent = frame[frame["question_id"] == ""]
    assert list(silent["name"]) == ["Union of Drivers"]


def test_a_member_heard_is_its_body_heard() -> None:
    assert "velland" not in not_heard(tiny_seen())
    assert "velland" in not_heard(tiny_seen("2019-04-28"))


def test_two_speakers_of_one_utterance_each_have_their_row() -> None:
    frame = voices_by_question(tiny_seen())
    towns = frame[frame["actor_id"].isin(["nyra", "tolm"])]
    assert [[claim for _, claim, _ in said] for said in towns["said"]] == [["w1"], ["w1"]]


def test_glosses_stand_beside_the_words_with_what_they_change() -> None:
    frame = quotes_beside_glosses(tiny_seen()).set_index("gloss_id")
    assert set(frame.index) == {"m2", "b1", "e0"}
    assert (frame.loc["m2", "commitment"], frame.loc["m2", "gloss_commitment"]) == ("PR+", "CT+")
    assert (frame.loc["b1", "stance"], frame.loc["b1", "gloss_stance"]) == ("denies", "dismisses")
    assert list(frame["gap"]) == [0, 0, 0]
    assert frame.loc["e0", "named"] == "Engineers, not named"


def test_links_of_propositions_show_only_what_is_in_view() -> None:
    every = proposition_links(tiny_seen())
    assert set(every["a"]) <= set(tiny_seen().record.propositions["proposition_id"])
    early = proposition_links(tiny_seen("2019-04-28"))
    assert set(early["a"]) == {"deck_fails", "welders_hurt"}, "the interview has an open start"


@pytest.mark.parametrize(
    ("as_of", "publicity"), [("2019-05-12", "claimed_not_public"), ("2019-05-21", "published")]
)
def test_evidence_is_as_public_as_it_was_on_the_day(as_of: str, publicity: str) -> None:
    frame = evidence_register(tiny_seen(as_of)).set_index("evidence_id")
    assert frame.loc["pier_photographs", "publicity"] == publicity
    assert bool(frame.loc["pier_photographs", "locator"]) == (publicity == "published")


def test_each_assertion_has_the_items_that_its_speaker_names() -> None:
    frame = assertions_and_evidence(tiny_seen()).set_index("claim_id")
    assert frame["evidence_ids"].to_dict() == {"i1": [], "a1": ["pier_photographs"], "m1": []}


def test_ancestry_marks_unknown_parents_and_what_carries_content() -> None:
    frame = ancestry(tiny_seen()).set_index("child")
    assert bool(frame.loc["pell_letter", "is_unknown"])
    assert not frame.loc["builder_denial", "is_provenance"]


def test_the_timeline_keeps_two_ladders_and_no_outlets_words() -> None:
    frame = claim_timeline(tiny_seen())
    denials = frame[frame["ladder"] == "denials"]
    assert [(row.step, row.claim_ids) for row in denials.itertuples()] == [("D3", ["b2"])]
    claims = frame[frame["ladder"] == "claims"]
    assert set(claims["step"]) == {"1", "2", "3"}
    assert not {"m2", "b1", "e0", "n1", "p1"} & {one for ids in frame["claim_ids"] for one in ids}


def test_an_undated_statement_keeps_its_range_on_the_timeline() -> None:
    frame = claim_timeline(tiny_seen()).set_index("utterance_id")
    assert not frame.loc["builder_denial", "when"].is_day
    assert frame.loc["doran_interview", "when"].iloc[0].earliest is None


def test_a_denial_may_answer_only_what_is_known_to_be_before_it() -> None:
    (row,) = denial_register(tiny_seen()).itertuples()
    assert (row.before, row.undetermined, row.after) == (["i1"], ["a1", "m1"], [])
    outside = (row.outside_when.latest.isoformat(), row.outside_publisher)
    assert outside == ("2019-05-10", "Tarn Gazette")
    assert (row.if_before, row.if_after) == (["i1", "a1"], ["m1"])
    assert [claim for _, claim in row.glosses] == ["b1"]
    assert row.is_content_stated


def test_order_is_the_same_seen_from_either_side() -> None:
    frame = utterance_order(tiny_seen())
    answers = {(row.first, row.second): row.order for row in frame.itertuples()}
    opposite = {"before": "after", "after": "before", "undetermined": "undetermined"}
    assert all(answers[b, a] == opposite[order] for (a, b), order in answers.items())
    assert answers["builder_denial", "pell_letter"] == "after"
    assert answers["builder_denial", "towns_alarm"] == "undetermined"
    assert answers["authority_report", "minister_radio"] == "before"


def test_days_after_the_last_possible_publication_are_uncovered() -> None:
    days = uncovered_days(tiny_seen())["day"]
    assert next(day.isoformat() for day in days) == "2019-05-20"
    assert len(days) == 12


def test_findings_state_the_strongest_the_denied_and_the_unheard() -> None:
    shown = findings(tiny_seen())
    assert [(one.claim_id, one.rung) for one in shown.strongest] == [("m1", 3)]
    assert [one.claim_id for one in shown.denials] == ["b2"]
    assert shown.stating_contrary == 1
    assert (shown.asserting_speakers, shown.speakers) == (Count(3), Count(7))
    assert (shown.items, shown.items_public) == (Count(1), Count(1))
    assert shown.assertions_without_item == ("i1", "m1")
    assert (shown.firmer_glosses, shown.stronger_glosses) == (("m2",), ())
    assert shown.rungs_only_in_glosses == ()
    assert shown.not_heard == ("Drivers",)


def test_findings_of_an_empty_view_are_empty() -> None:
    shown = findings(tiny_seen("2019-04-27", actors=["karst_works"]))
    assert shown.claim_rows == Count(0)
    assert (shown.strongest, shown.highest_rung, shown.denials) == ((), None, ())
    assert shown.origins == Origins(0, 0)


def test_coverage_adds_up_to_the_text() -> None:
    (row,) = coverage(tiny_seen().whole).itertuples()
    assert row.claimed + row.excluded + row.rest == row.n_chars
    assert 0 < row.rest < row.n_chars / 3


def test_agreement_counts_the_claims_that_both_coders_coded() -> None:
    whole = tiny_seen().whole
    assert len(coders(whole)) == 2
    frame = raw_agreement(whole).set_index("variable")
    assert tuple(frame.loc["stance"]) == (4, 3)
    assert tuple(frame.loc["commitment"]) == (4, 4)


def test_no_analysis_changes_the_view_that_it_is_given(tiny: Path) -> None:
    view = tiny_seen(folder=tiny)
    before = {name: view.record.table(name).copy() for name in ("claims", "utterances", "speakers")}
    for analysis in (
        statements, voices_by_question, deflation, evidence_register, claim_timeline,
        denial_register, findings,
    ):  # fmt: skip
        analysis(view)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(view.record.table(name), frame)
