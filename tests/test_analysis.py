"""Frames and findings of the tiny package, against the answers worked by hand in its README."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from seen import TINY, real_seen, tiny_seen, unheard

from claimbrief import charts
from claimbrief.analysis.agreement import agreement, agreement_lines, coder_values, coders
from claimbrief.analysis.coverage import coverage
from claimbrief.analysis.escalation import (
    claim_timeline,
    denial_register,
    uncovered_days,
    utterance_order,
)
from claimbrief.analysis.evidence import (
    assertions_by_evidence,
    evidence_register,
    publicity_by_day,
)
from claimbrief.analysis.figures import figures_claimed
from claimbrief.analysis.findings import findings
from claimbrief.analysis.lasting import reported
from claimbrief.analysis.lineage import Origins, ancestry, deflation
from claimbrief.analysis.lineage_graph import lineage_graph
from claimbrief.analysis.paths import denial_path, stance_paths, turns
from claimbrief.analysis.sensitivity import flips, sensitivity
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import (
    Count,
    each_statement,
    first_claims,
    first_of_each,
    statements,
)
from claimbrief.analysis.voices import (
    context,
    proposition_links,
    quotes_beside_glosses,
    responses,
    sides_by_question,
    silences,
    wording_drift,
)
from claimbrief.dates import edtf
from claimbrief.prose import key_findings
from claimbrief.view import View


def test_statements_are_in_order_of_date_and_place_and_know_who_counts() -> None:
    frame = statements(tiny_seen())
    assert " ".join(frame["claim_id"]) == "i1 a1 m1 m2 w1 n1 b2 b1 e1 e2 e0 p1"
    counted = frame[frame["is_counted"]]
    assert set(counted["claim_id"]) == {"a1", "m1", "b2", "i1", "w1", "e1", "e2"}
    assert set(frame.loc[frame["is_assertion"], "claim_id"]) == {"a1", "m1", "i1"}
    assert list(frame.loc[frame["is_denial"], "claim_id"]) == ["b2"]


def test_a_claim_is_of_what_is_so_to_come_unstated_or_context(changed: Changed) -> None:
    def content(folder: Path) -> dict[str, str]:
        return statements(tiny_seen(folder=folder)).set_index("claim_id")["content"].to_dict()

    own = content(TINY)
    assert (own["m1"], own["i1"], own["a1"], own["n1"]) == ("so", "so", "so", "context")
    assert content(changed("propositions", "welders_hurt", "phase", "to_come"))["i1"] == "to_come"
    assert content(changed("propositions", "welders_hurt", "phase", "under_way"))["i1"] == "so"
    assert content(changed("propositions", "welders_hurt", "question_id", "QU"))["i1"] == "unstated"
    assert content(changed("propositions", "welders_hurt", "question_id", "Q0"))["i1"] == "context"


def test_a_claim_rests_on_words_on_a_report_or_on_a_paraphrase_alone(
    changed: Changed, quoted: Path
) -> None:
    def kind(folder: Path) -> tuple[str, str]:
        row = statements(tiny_seen(folder=folder)).set_index("claim_id").loc["m3"]
        return row["rests_on"], row["stance_words"]

    own = statements(tiny_seen()).set_index("claim_id")["rests_on"]
    assert (own["i1"], own["m1"], own["a1"]) == ("words", "report", "report"), "the article"
    assert kind(quoted) == ("words", "says that it is likely")
    mixed = changed("claims", "m3", "rendering", "mixed", of=quoted)
    assert kind(mixed) == ("report", "reportedly says that it is likely")
    folder = changed("claims", "m3", "quote", "", of=mixed)
    folder = changed("claims", "m3", "rendering", "indirect", of=folder)
    assert kind(folder)[0] == "report"
    assert kind(changed("words", "w_minister_1", "extent", "relayed", of=folder))[0] == "paraphrase"


@pytest.mark.parametrize(
    ("label", "is_plural", "told"),
    [
        ("said that …", False, "is reported to have said that …"),
        ("said that …", True, "are reported to have said that …"),
        ("denied that …", False, "reportedly denied that …"),
        ("is reported not to have said …", False, "is reported not to have said …"),
    ],
)
def test_what_is_reported_is_told_as_reported(label: str, is_plural: bool, told: str) -> None:
    assert reported(label, is_plural=is_plural) == told


def unsaid(changed: Changed) -> Path:
    """Return the package in which the builder denies what nobody says: an unsafe bridge."""
    folder = changed("claims", "m1", "stance", "holds_possible")
    folder = changed("claims", "m1", "commitment", "PS+", of=folder)
    return changed("claims", "b2", "proposition_id", "bridge_unsafe", of=folder)


def by_nobody(folder: Path) -> tuple[list[str], bool]:
    """Return the claims that what nobody says is not so, and whether anybody says so."""
    shown = findings(tiny_seen(folder=folder))
    return [one.claim_id for one in shown.said_by_nobody], shown.is_said


def test_nobody_says_what_is_held_possible_or_stands_in_an_outlets_words_alone(
    changed: Changed,
) -> None:
    assert by_nobody(unsaid(changed)) == (["b2"], False), "e1 possible, m2 a summary"
    assert by_nobody(TINY) == ([], True)


@pytest.mark.parametrize(("stance", "level"), [("not_yet", ""), ("denies", "D3")])
def test_what_is_not_so_yet_is_said_by_nobody_as_what_is_denied(
    changed: Changed, stance: str, level: str
) -> None:
    folder = changed("claims", "b2", "stance", stance, of=unsaid(changed))
    assert by_nobody(changed("claims", "b2", "denial", level, of=folder)) == (["b2"], False)


def test_a_synonym_that_entails_it_is_somebody_saying_it(changed: Changed) -> None:
    folder = changed("claims", "i1", "proposition_id", "deck_fails", of=unsaid(changed))
    assert by_nobody(folder) == ([], True), "a bridge whose deck fails is unsafe"
    other = changed("propositions", "deck_fails", "question_id", "Q3", of=folder)
    assert by_nobody(other) == ([], True), "whichever question it belongs to"
    parted = changed("proposition_relations", "deck_fails", "relation", "does_not_entail", of=other)
    assert by_nobody(parted) == (["b2"], False)


def test_entailment_is_followed_through_what_is_between(changed: Changed) -> None:
    folder = changed("propositions", "deck_fails", "question_id", "Q3", of=unsaid(changed))
    row = b"welders_hurt,entails,deck_fails,Invented.\n"
    folder = changed("proposition_relations.csv", raw=lambda content: content + row, of=folder)
    assert by_nobody(folder) == ([], True), "i1 says that welders were hurt"


def test_what_is_to_come_is_not_said_to_be_so(changed: Changed) -> None:
    folder = changed("claims", "i1", "proposition_id", "deck_fails", of=unsaid(changed))
    folder = changed("propositions", "deck_fails", "phase", "to_come", of=folder)
    assert by_nobody(folder) == (["b2"], False)


def test_what_is_only_reported_is_said_for_this(changed: Changed) -> None:
    folder = changed("claims", "a1", "proposition_id", "bridge_unsafe", of=unsaid(changed))
    assert by_nobody(folder) == ([], True), "a paraphrase of the authority"


def test_who_is_known_to_say_it_outside_the_record_is_named(changed: Changed) -> None:
    def known(proposition: str) -> tuple[str, ...]:
        added = {"known_outside": [{"proposition_id": proposition, "note": "A diver, on a wall."}]}
        folder = changed(
            "datapackage.json",
            raw=lambda content: json.dumps(json.loads(content) | added).encode(),
            of=unsaid(changed),
        )
        seen = tiny_seen(folder=folder)
        told = "".join(run.text for text in key_findings(seen).paragraphs for run in text)
        assert ("Known outside this record: A diver" in told) == bool(findings(seen).known_outside)
        return findings(seen).known_outside

    assert known("bridge_unsafe") == known("deck_fails") == ("A diver, on a wall.",)
    assert known("pier_cracked") == ()


@pytest.mark.parametrize("seen", [tiny_seen(), tiny_seen("2019-05-13"), real_seen("2024-10-17")])
def test_the_rows_of_statements_are_those_of_the_frame(seen: View) -> None:
    frame = statements(seen)
    rows = each_statement(seen)
    assert len(rows) == len(frame) > 0
    for name in frame.columns:
        assert [getattr(row, name) for row in rows] == frame[name].tolist(), name
    first = first_claims(seen, frame)["claim_id"].to_dict()
    assert {one: row.claim_id for one, row in first_of_each(seen).items()} == first


def test_a_frame_that_is_changed_leaves_the_next_one_as_it_was() -> None:
    seen = tiny_seen()
    frame = statements(seen)
    frame.loc[frame.index[0], "speaker"] = "nobody"
    frame["side"] = "none"
    assert "nobody" not in set(statements(seen)["speaker"])
    assert "none" not in set(statements(seen)["side"])


def test_the_first_claim_of_an_utterance_is_the_speakers_own_where_there_is_one() -> None:
    first = first_claims(tiny_seen(), statements(tiny_seen()))["claim_id"].to_dict()
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
            ("asserting_sides", 2, 0),
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


@pytest.mark.parametrize("actors", [["pell"], ["port_of_orsa"]])
def test_statements_that_name_no_evidence_are_told_without_any(actors: list[str]) -> None:
    frame = statements(tiny_seen(actors=actors))
    assert list(frame["told"]) == list(frame["proposition"])


def test_an_utterance_that_another_tells_better_is_in_the_record_and_not_counted(
    changed: Changed,
) -> None:
    folder = changed("utterances", "doran_interview", "likely_same_as", "towns_alarm")
    frame = statements(tiny_seen(folder=folder)).set_index("claim_id")
    assert list(frame.index[frame["is_told_better"]]) == ["e1", "e2", "e0"]
    assert not frame.loc[["e1", "e2"], "is_counted"].any()
    assert frame.loc["w1", "is_counted"]
    counts = deflation(tiny_seen(folder=folder)).set_index("step")["certain"]
    assert list(counts[["claim_rows", "own_renderings", "utterances", "speakers"]]) == [12, 5, 5, 6]


def test_an_utterance_is_counted_where_what_tells_it_better_is_out_of_view(
    changed: Changed,
) -> None:
    folder = changed("utterances", "doran_interview", "likely_same_as", "towns_alarm")
    frame = statements(tiny_seen(folder=folder, actors=["doran"])).set_index("claim_id")
    assert frame.loc[["e1", "e2"], "is_counted"].all()


def test_sides_keep_the_outlets_words_from_the_speakers() -> None:
    frame = sides_by_question(tiny_seen())
    said = {(row.side, row.question_id): (row.stance, row.claim_id) for row in frame.itertuples()}
    assert said == {
        ("velland", "Q1"): ("affirms_hedged", "m1"),  # not the summary m2, which drops the hedge
        ("velland", "Q2"): ("affirms", "a1"),
        ("karst_works", "Q2"): ("denies", "b2"),  # not the gloss b1
        ("pell", "Q3"): ("affirms", "i1"),
        ("nyra", "Q1"): ("notes_reports", "w1"),
        ("tarn_university", "Q1"): ("holds_possible", "e1"),
    }
    assert frame.set_index(["side", "question_id"])["others"]["tarn_university", "Q1"] == ["e2"]


def test_what_commits_most_stands_first_whatever_its_date(changed: Changed) -> None:
    folder = changed("claims", "a1", "proposition_id", "bridge_unsafe")
    frame = sides_by_question(tiny_seen(folder=folder)).set_index(["side", "question_id"])
    assert frame["claim_id"]["velland", "Q1"] == "a1", "certain before likely"
    assert frame["others"]["velland", "Q1"] == ["m1"]
    folder = changed("claims", "a1", "stance", "affirms_hedged", of=folder)
    folder = changed("claims", "a1", "commitment", "PS+", of=folder)
    folder = changed("claims", "a1", "hedge_words", "opened a crack", of=folder)
    frame = sides_by_question(tiny_seen(folder=folder)).set_index(["side", "question_id"])
    assert frame["claim_id"]["velland", "Q1"] == "m1", "probable before possible, though later"


def test_sides_leave_out_the_outlet_and_the_silent() -> None:
    sides = set(sides_by_question(tiny_seen())["side"])
    assert {"northern_ledger", "port_of_orsa", "drivers_union"}.isdisjoint(sides)


def test_context_is_told_apart_from_the_questions(changed: Changed) -> None:
    assert context(tiny_seen()).empty
    folder = changed("propositions", "welders_hurt", "question_id", "Q0")
    frame = context(tiny_seen(folder=folder))
    expected = pd.DataFrame(
        [("Welders were hurt at the bridge.", "affirms", "CT+", [("Pell", "i1")])],
        columns=["proposition", "stance", "commitment", "speakers"],
    )
    pd.testing.assert_frame_equal(frame, expected)
    assert "pell" not in set(sides_by_question(tiny_seen(folder=folder))["side"])


def test_responses_stand_with_what_they_are_to_in_the_vocabularys_order() -> None:
    rows = [
        (row.response, row.proposition, row.stance, [(who, one) for who, _, one in row.speakers])
        for row in responses(tiny_seen()).itertuples()
    ]
    assert rows == [
        ("A1", "The Orsa bridge is unsafe.", "notes_reports", [("Nyra, Tolm", "w1")]),
        ("A3", "The Orsa bridge is unsafe.", "affirms_hedged", [("Lindqvist", "m1")]),
    ]


def test_silences_tell_who_was_heard_first_and_how_often() -> None:
    frame = silences(tiny_seen())
    rows = [
        (row.actor_id, edtf(row.heard_when) if row.heard_when else "", row.heard_claim,
         row.utterances, row.speakers, row.unanswered)
        for row in frame.itertuples()
    ]  # fmt: skip
    assert rows == [
        ("velland", "2019-05-08", "a1", 2, 2, []),
        ("karst_works", "[2019-05-01..2019-05-19]", "b2", 1, 1, []),
        ("drivers_union", "", "", 0, 0, []),
    ]


def test_who_speaks_past_the_point_is_heard_and_has_not_answered(changed: Changed) -> None:
    folder = changed("claims", "m1", "stance", "not_addressed")
    folder = changed("claims", "m1", "commitment", "Uu", of=folder)
    frame = silences(tiny_seen(folder=folder)).set_index("actor_id")
    velland = frame.loc["velland"]
    assert (velland["utterances"], velland["speakers"], velland["unanswered"]) == (1, 1, ["m1"])


def test_a_word_in_quotes_is_the_speakers_and_in_a_paraphrase_may_not_be(changed: Changed) -> None:
    (row,) = wording_drift(tiny_seen()).itertuples()
    assert (row.term, [one for *_, one in row.quoted]) == ("welders", ["i1"])
    assert (row.paraphrased, row.outlets, row.headlines) == ([], [], [])
    folder = changed("claims", "a1", "personnel_term", "Orsa bridge")
    folder = changed("claims", "e0", "personnel_term", "Engineers", of=folder)
    frame = wording_drift(tiny_seen(folder=folder))
    rows = [
        (row.term, row.quoted, [one for *_, one in row.paraphrased], row.outlets, row.headlines)
        for row in frame.iloc[1:].itertuples()
    ]
    assert rows == [
        ("orsa bridge", [], ["a1"], [], ["Northern Ledger"]),
        ("engineers", [], [], ["e0"], []),
    ]


def test_a_member_heard_is_its_body_heard() -> None:
    assert "velland" not in unheard(tiny_seen())
    assert "velland" in unheard(tiny_seen("2019-04-28"))


def test_two_speakers_of_one_utterance_speak_once_for_the_side_of_the_first() -> None:
    frame = sides_by_question(tiny_seen())
    towns = frame[frame["speaker"].str.contains("Tolm")]
    assert [(row.side, row.speaker, row.claim_id) for row in towns.itertuples()] == [
        ("nyra", "Nyra, Tolm", "w1")
    ]


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


def test_assertions_stand_by_side_with_what_they_point_to() -> None:
    expected = pd.DataFrame(
        [
            ("velland", ["Roads Authority", "Lindqvist"], [], ["a1"], ["m1"], [], []),
            ("pell", ["Pell"], [], [], [], ["i1"], []),
        ],
        columns=["side", "speakers", "shown", "not_shown", "others", "nothing", "not_known"],
    )
    pd.testing.assert_frame_equal(assertions_by_evidence(tiny_seen()), expected)


def test_an_assertion_that_takes_nothing_from_others_and_names_nothing_rests_on_nothing(
    changed: Changed,
) -> None:
    folder = changed("lineage", "minister_radio", "relation", "responds_to")
    frame = assertions_by_evidence(tiny_seen(folder=folder)).set_index("side")
    assert (frame.loc["velland", "others"], frame.loc["velland", "nothing"]) == ([], ["m1"])


def test_an_item_counts_as_shown_only_if_it_was_public_on_the_day_of_the_statement(
    changed: Changed,
) -> None:
    def shown(folder: Path) -> list[str]:
        return list(assertions_by_evidence(tiny_seen(folder=folder)).set_index("side")["shown"])

    key = ("pier_photographs", "2019-05-21")
    folder = changed("evidence_status", key, "as_of", "2019-05-09")
    assert shown(folder) == [[], []], "a day too late"
    key = ("pier_photographs", "2019-05-08")
    folder = changed("evidence_status", key, "locator", "https://roads.example/pier")
    folder = changed("evidence_status", key, "publicity", "published", of=folder)
    assert shown(folder) == [["a1"], []]


@pytest.mark.parametrize(
    ("column", "value", "basis"),
    [
        ("evidence_id", "wind_argument", "others"),
        ("relation", "says_none", "nothing"),
        ("relation", "speaks_of", "nothing"),
    ],
)
def test_reasoning_is_no_item_and_to_say_that_there_is_none_names_nothing(
    changed: Changed, column: str, value: str, basis: str
) -> None:
    frame = assertions_by_evidence(tiny_seen(folder=changed("claim_evidence", "a1", column, value)))
    velland = frame.set_index("side").loc["velland"]
    assert "a1" in velland[basis] and "a1" not in velland["not_shown"]


def publicity(folder: Path, **part: str) -> dict[str, tuple[int, int, int, int]]:
    """Return the four counts of each day on which one of them changed, by day."""
    frame = publicity_by_day(tiny_seen(folder=folder, **part))
    counts = {row.day.isoformat(): tuple(row[2:]) for row in frame.itertuples()}
    days = list(counts)
    changes = [
        days[0],
        *(b for a, b in pairwise(days) if counts[a] != counts[b]),
    ]
    return {day: counts[day] for day in changes}


def test_items_named_and_items_shown_are_counted_by_the_end_of_each_day(tiny: Path) -> None:
    assert publicity(tiny) == {
        "2019-04-20": (0, 0, 0, 0),
        "2019-05-08": (1, 1, 0, 0),  # the argument about the wind is no item
        "2019-05-21": (1, 1, 1, 1),
    }


def test_an_item_named_on_an_unknown_day_is_possible_until_the_last(changed: Changed) -> None:
    folder = changed("claim_evidence", "a1", "claim_id", "b2")
    assert publicity(folder) == {
        "2019-04-20": (0, 0, 0, 0),
        "2019-05-01": (0, 1, 0, 0),
        "2019-05-19": (1, 1, 0, 0),
        "2019-05-21": (1, 1, 1, 1),
    }


def test_an_item_shown_on_an_unknown_day_is_possible_until_the_last(changed: Changed) -> None:
    key = ("pier_photographs", "2019-05-21")
    folder = changed("evidence_status", key, "as_of", "[2019-05-21..2019-05-23]")
    assert publicity(folder) == {
        "2019-04-20": (0, 0, 0, 0),
        "2019-05-08": (1, 1, 0, 0),
        "2019-05-21": (1, 1, 0, 1),
        "2019-05-23": (1, 1, 1, 1),
    }


def test_the_chart_of_publicity_tells_the_counts_and_opens_what_became_public() -> None:
    block = charts.chart_publicity_by_day(tiny_seen())
    assert block.numbers == {"named": 1, "public": 1}
    assert [mark.href for mark in block.marks] == ["#a1"]
    assert "public on 21 May 2019" in block.marks[0].label
    before = charts.chart_publicity_by_day(tiny_seen("2019-05-20"))
    assert (before.numbers, before.marks) == ({"named": 1, "public": 0}, ())


def test_publicity_by_day_ends_with_the_window_or_the_briefs_day() -> None:
    early = publicity_by_day(tiny_seen("2019-05-10"))["day"]
    assert (early.iloc[0].isoformat(), early.iloc[-1].isoformat()) == ("2019-04-20", "2019-05-10")
    short = publicity_by_day(tiny_seen(window_end="2019-05-09"))["day"]
    assert short.iloc[-1].isoformat() == "2019-05-09"
    assert publicity_by_day(tiny_seen("2019-04-10")).empty


def test_the_timeline_has_a_row_a_question_and_no_outlets_words() -> None:
    frame = claim_timeline(tiny_seen())
    denials = frame[frame["ladder"] == "denials"]
    assert [(row.step, row.claim_ids) for row in denials.itertuples()] == [("D3", ["b2"])]
    claims = frame[frame["ladder"] == "claims"]
    assert set(claims["step"]) == {"Q1", "Q2", "Q3"}
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


def test_findings_state_what_is_said_denied_shown_and_unheard() -> None:
    shown = findings(tiny_seen())
    assert (shown.first_question, shown.is_said, shown.limits) == ("Q1", True, ())
    assert [one.claim_id for one in shown.denials] == ["b2"]
    assert shown.stating_contrary == 1
    assert (shown.asserting_speakers, shown.speakers) == (Count(3), Count(7))
    assert (shown.asserting_sides, shown.sides) == (Count(2), Count(5))
    assert shown.origins == Origins(1, 2, ("pell_letter",))
    assert shown.turns == ()
    assert [(one.kind, one.claim_ids) for one in shown.public_items] == [
        ("photo_or_video", ("a1",))
    ]
    assert (shown.items, shown.items_public) == (Count(1), Count(1))
    assert (shown.assertions_without_item, shown.without_item) == (("i1",), 1)
    assert (shown.firmer_glosses, shown.stronger_glosses) == (("m2",), ())
    assert shown.only_in_glosses == ()
    assert shown.not_heard == ("Drivers",)
    assert shown.expected == ("Velland", "Karst Works", "Drivers")


def test_findings_tell_how_far_each_side_goes_on_each_question() -> None:
    positions = {
        voices.question_id: [(one.side, one.position, one.claim_ids) for one in voices.positions]
        for voices in findings(tiny_seen()).questions
        if voices.positions
    }
    assert positions == {
        "Q1": [
            ("Velland", "says_likely", ("m1",)),
            ("Nyra", "leaves_open", ("w1",)),
            ("Tarn", "leaves_open", ("e1", "e2")),
        ],
        "Q2": [("Velland", "says_so", ("a1",)), ("Karst Works", "denies", ("b2",))],
        "Q3": [("Pell", "says_so", ("i1",))],
    }


def test_a_turn_is_a_finding_only_where_the_dates_tell_its_order(changed: Changed) -> None:
    folder = changed("claims", "a1", "proposition_id", "bridge_unsafe")
    folder = changed("claims", "a1", "stance", "notes_reports", of=folder)
    folder = changed("claims", "a1", "commitment", "Uu", of=folder)
    (turn,) = findings(tiny_seen(folder=folder)).turns
    assert (turn.side, turn.question_id) == ("Velland", "Q1")
    assert (turn.from_claim, turn.to_claim) == ("a1", "m1")
    date = "[2019-05-08..2019-05-12]"
    folder = changed("utterances", "authority_report", "date", date, of=folder)
    assert findings(tiny_seen(folder=folder)).turns == ()


def test_who_says_so_may_also_deny_but_leaves_nothing_open(changed: Changed) -> None:
    def of_velland(folder: Path) -> list[tuple[str, tuple[str, ...]]]:
        (asked,) = (
            q for q in findings(tiny_seen(folder=folder)).questions if q.question_id == "Q1"
        )
        return [(p.position, p.claim_ids) for p in asked.positions if p.side == "Velland"]

    base = changed("claims", "a1", "proposition_id", "bridge_unsafe")
    assert of_velland(base) == [("says_so", ("a1",))], "says so goes before says likely"
    for stance, commitment, denial, positions in (
        ("denies", "CT−", "D3", [("says_so", ("a1",)), ("limits", ("m1",))]),
        ("supposes", "Uu", "", [("says_so", ("a1",))]),
    ):
        folder = changed("claims", "m1", "stance", stance, of=base)
        folder = changed("claims", "m1", "commitment", commitment, of=folder)
        folder = changed("claims", "m1", "denial", denial, of=folder)
        assert of_velland(folder) == positions, stance


def test_findings_of_an_empty_view_are_empty() -> None:
    shown = findings(tiny_seen("2019-04-27", actors=["karst_works"]))
    assert shown.claim_rows == Count(0)
    assert (shown.said_by_nobody, shown.is_said, shown.denials) == ((), False, ())
    assert shown.origins == Origins(0, 0)


def test_coverage_adds_up_to_the_text() -> None:
    (row,) = coverage(tiny_seen().whole).itertuples()
    assert row.claimed + row.excluded + row.rest == row.n_chars
    assert 0 < row.rest < row.n_chars / 3


def test_agreement_is_raw_and_by_krippendorffs_alpha_for_each_variable() -> None:
    whole = tiny_seen().whole
    assert coders(whole) == ["first", "second"]
    frame = agreement(whole).set_index("variable")
    stance, commitment = frame.loc["stance"], frame.loc["commitment"]
    assert tuple(stance[["n", "same", "raw", "level"]]) == (4, 3, 0.75, "nominal")
    assert stance["alpha"] == pytest.approx(0.72), "1 − (1/4) / (1 − 6/56), by hand"
    assert stance["parted"] == ["b2"]
    assert tuple(commitment[["n", "same", "raw", "level", "alpha"]]) == (4, 4, 1, "ordinal", 1)
    lines = agreement_lines(whole)
    assert lines[1].split() == ["stance", "4", "0.75", "0.72", "nominal", "b2"]
    assert lines[2].split() == ["commitment", "4", "1.00", "1.00", "ordinal", "none"]


def test_a_disagreement_far_apart_on_a_scale_costs_more_than_one_near_by(changed: Changed) -> None:
    def alpha(value: str) -> float:
        key = ("second", "m1", "commitment")
        folder = changed("codings", key, "value", value)
        frame = agreement(tiny_seen(folder=folder).whole).set_index("variable")
        return float(frame.at["commitment", "alpha"])

    assert 1 > alpha("CT+") > alpha("CT−"), "coded PR+ by the first"


def test_a_code_beside_the_scale_is_counted_and_left_out_of_its_alpha(changed: Changed) -> None:
    folder = changed("codings", ("second", "m1", "commitment"), "value", "NA")
    row = agreement(tiny_seen(folder=folder).whole).set_index("variable").loc["commitment"]
    assert (row["n"], row["same"], row["n_alpha"], row["alpha"]) == (4, 3, 3, 1)


def test_agreement_of_some_sources_is_of_their_claims(changed: Changed) -> None:
    whole = tiny_seen().whole
    assert agreement(whole, ["bulletin_2019_05_13"]).empty
    assert len(coder_values(whole, ["ledger_bridge"])) == 8


def test_with_one_coder_agreement_is_not_measured(changed: Changed) -> None:
    folder = changed(
        "codings.csv", raw=lambda c: b"\n".join(x for x in c.split(b"\n") if b"second" not in x)
    )
    whole = tiny_seen(folder=folder).whole
    assert agreement(whole).empty
    assert agreement_lines(whole) == [
        "Not measured: the dataset holds no values of a second coder."
    ]


def test_no_analysis_changes_the_view_that_it_is_given(tiny: Path) -> None:
    view = tiny_seen(folder=tiny)
    before = {name: view.record.table(name).copy() for name in ("claims", "utterances", "speakers")}
    for analysis in (
        statements, sides_by_question, deflation, evidence_register, claim_timeline,
        denial_register, findings, context, responses, silences, wording_drift, stance_paths,
        turns, denial_path, figures_claimed, sensitivity, flips, sourcing, assertions_by_evidence,
        publicity_by_day, ancestry, lineage_graph,
    ):  # fmt: skip
        analysis(view)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(view.record.table(name), frame)
