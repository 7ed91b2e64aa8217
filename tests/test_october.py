"""October 2024 in the real data: what the words say, and nothing that they do not say.

What holds for the article alone is in test_data_package.py.
"""

from __future__ import annotations

import re
from itertools import pairwise

import networkx as nx
import pandas as pd
import pytest
from seen import real_seen

from claimbrief.analysis.evidence import evidence_register
from claimbrief.analysis.findings import findings
from claimbrief.analysis.lasting import WORDS, entailments
from claimbrief.analysis.lineage import PUBLIC, origins, provenance_graph
from claimbrief.analysis.paths import denial_path, on_questions, stance_paths, turns
from claimbrief.analysis.statements import ASSERTIONS, statements
from claimbrief.dataset import Dataset
from claimbrief.dates import parse, parse_day
from claimbrief.prose import key_findings
from claimbrief.view import View

ARTICLE = "aljazeera_2024_10"
CONCERN = re.compile(
    "concern|worr|alarm|fear|danger|threat|risk|grave|troubl|disturb", re.IGNORECASE
)


def seen(as_of: str = "2024-10-31", **part: object) -> View:
    """Return the month from all sources, seen from a day."""
    month = {"window_start": "2024-10-01", "window_end": "2024-10-31", "basis": "said"}
    return real_seen(as_of, **(month | {"sources": ()} | part))


@pytest.fixture(name="october", scope="module")
def _october() -> View:
    """Return the view of the edition `october`."""
    return seen()


@pytest.fixture(name="data", scope="module")
def _data(october: View) -> Dataset:
    return october.whole


@pytest.fixture(name="claims", scope="module")
def _claims(october: View) -> pd.DataFrame:
    """Return every statement of the month by its claim's id."""
    return statements(october).set_index("claim_id")


# Words


def test_nine_tenths_of_the_claims_on_the_questions_have_the_speakers_words(
    claims: pd.DataFrame,
) -> None:
    on_questions = claims[claims["is_counted"] & (claims["content"] != "context")]
    assert (on_questions["quote"] != "").mean() >= 0.9


def test_what_rests_on_a_paraphrase_alone_carries_nothing(
    october: View, claims: pd.DataFrame
) -> None:
    alone = claims[claims["rests_on"] == "paraphrase"]
    assert not alone[["is_assertion", "is_denial", "is_limit"]].any(axis=None)
    assert set(alone.index).isdisjoint(claim.claim_id for claim in on_questions(october))


def test_each_key_finding_rests_on_words_or_says_that_it_is_reported(
    october: View, claims: pd.DataFrame
) -> None:
    for voices in findings(october).questions:
        for position in voices.positions:
            own = claims.loc[list(position.claim_ids), "rests_on"]
            assert position.first.rests_on == WORDS or WORDS not in set(own), position
    told = "".join(run.text for text in key_findings(october).paragraphs for run in text)
    assert "(4 Oct, as reported)" in told, "what unnamed sources told outlets of Ukraine"


def test_concern_is_coded_from_a_word_of_concern(claims: pd.DataFrame) -> None:
    spoken = claims[(claims["response"] == "A1") & (claims["rests_on"] == WORDS)]
    spoken = spoken[~spoken["is_foreign"] & (spoken["quote"] != "")]
    assert len(spoken) > 20
    lacking = spoken[~spoken["quote"].map(lambda quote: bool(CONCERN.search(quote)))]
    assert list(lacking.index) == []


def test_what_is_called_likely_in_the_speakers_words_has_its_hedge(claims: pd.DataFrame) -> None:
    hedged = claims[(claims["stance"] == "affirms_hedged") & (claims["rests_on"] == WORDS)]
    assert len(hedged) > 20
    assert list(hedged.index[hedged["hedge_words"] == ""]) == []


# What was wrong before, and must not come back


@pytest.mark.parametrize(
    ("claim", "column", "value"),
    [
        ("o16a", "content", "to_come"),  # “will take part”, not “are joining”
        ("o19c", "question_id", "Q3"),  # “to Ukraine”
        ("o21a", "question_id", "Q6"),  # “engaged in the war effort”
        ("o26a", "question_id", "Q1"),  # “reports of DPRK soldiers fighting”
        ("o29a", "stance", "supposes"),
        ("o35a", "content", "context"),  # “so-called military cooperation”: no troops are named
        ("o37a", "stance", "affirms"),
        ("o66c", "stance", "holds_possible"),  # “certainly possible … perhaps even likely … could”
        ("o67a", "stance", "affirms_hedged"),  # “are expected to be deployed”
        ("o73c", "question_id", "Q3"),  # “already being used on our territory”
        ("o84a", "stance", "not_yet"),
        ("o86b", "phase", "under_way"),  # “deploying to Kursk”
        ("o90c", "stance", "cannot_confirm"),  # “We’ve not yet seen”
    ],
)
def test_a_claim_says_what_the_words_say(
    claims: pd.DataFrame, claim: str, column: str, value: str
) -> None:
    assert claims.at[claim, column] == value


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("o2b", "추가 파병"),  # a further dispatch
        ("o73c", "на нашій території"),
        ("o90c", "not yet seen"),
        ("n31a", "first encounter between a Ukrainian unit"),
        ("n36b", "It seems that a good many of them are already in action"),
    ],
)
def test_the_quote_is_of_what_is_claimed(claims: pd.DataFrame, claim: str, words: str) -> None:
    assert words in claims.at[claim, "quote"]


def test_an_accusers_not_yet_is_no_denial(october: View, claims: pd.DataFrame) -> None:
    not_yet = claims[claims["stance"] == "not_yet"]
    assert {"ukraine", "south_korea"} <= set(not_yet["side"])
    assert set(not_yet["denial"]) == {""}
    assert not not_yet["is_denial"].any()
    levels = {
        claim.side for claim in findings(october).denials if claim.denial not in ("D-1", "D0")
    }
    assert levels == {"Russia", "Belarus", "North Korea"}
    assert set(denial_path(october)["side"]).isdisjoint({"ukraine", "united_states"})


def test_somebody_says_that_they_fought_and_the_brief_does_not_say_nobody(october: View) -> None:
    shown = findings(october)
    assert shown.is_said and shown.said_by_nobody == ()
    told = "".join(run.text for text in key_findings(october).paragraphs for run in text)
    assert "Said by nobody" not in told and "Nobody in this record" not in told


@pytest.mark.parametrize("day", ["2024-10-03", "2024-10-10", "2024-10-18", "2024-10-25"])
def test_before_the_28th_nobody_says_that_they_fought(day: str) -> None:
    shown = findings(seen(day))
    assert not shown.is_said
    affirmed = [
        claim
        for claim in on_questions(seen(day))
        if claim.question_id == "Q1" and claim.is_assertion
    ]
    assert affirmed == []


def test_the_two_kovalenkos_and_the_two_services_are_two_voices(
    october: View, claims: pd.DataFrame
) -> None:
    speakers = october.record.speakers.groupby("utterance_id")["actor_id"].agg(set)
    hennadii, andrii = claims.loc["n44a", "utterance_id"], claims.loc["n43a", "utterance_id"]
    assert speakers[hennadii].isdisjoint(speakers[andrii])
    nis, dia = claims.loc["o75a", "utterance_id"], claims.loc["n39a", "utterance_id"]
    assert speakers[nis].isdisjoint(speakers[dia])


# Stances, forecasts, places


def test_a_conditional_a_doubt_and_a_report_assert_nothing(claims: pd.DataFrame) -> None:
    open_stances = ["supposes", "notes_reports", "questions", "cannot_confirm", "declines"]
    left_open = claims[claims["stance"].isin([*open_stances, "holds_possible", "not_yet"])]
    assert len(left_open) > 100
    assert not left_open["is_assertion"].any()


def test_what_is_to_come_is_no_position_and_asserts_nothing(
    october: View, claims: pd.DataFrame
) -> None:
    to_come = claims[claims["content"] == "to_come"]
    assert len(to_come) > 40
    assert not to_come["is_assertion"].any()
    assert set(stance_paths(october)["claim_ids"].explode()).isdisjoint(to_come.index)


def test_will_in_a_proposition_is_a_forecast_or_no_fact(data: Dataset) -> None:
    propositions = data.propositions
    on_people = propositions[~propositions["question_id"].isin(["Q0", "Q4", "QU"])]
    will = on_people[on_people["text"].str.contains(r"\bwill\b")]
    assert len(will) > 10
    assert set(will["phase"]) == {"to_come"}


def test_no_proposition_holds_a_may_or_a_could(data: Dataset) -> None:
    asked = data.propositions[~data.propositions["question_id"].isin(["Q0"])]
    modal = asked["text"].str.contains(r"\b(?:may|might|could|possibly|probably)\b")
    assert list(asked.loc[modal, "proposition_id"]) == []


def test_nothing_said_of_russia_leads_by_entailment_to_ukraine_or_to_battle(data: Dataset) -> None:
    asked = dict(
        zip(data.propositions["proposition_id"], data.propositions["question_id"], strict=True)
    )
    for proposition, entailed in entailments(data).items():
        if asked[proposition] == "Q2":
            assert {asked[one] for one in entailed} <= {"Q2", "Q0"}, proposition
        if asked[proposition] in ("Q3", "Q5", "Q6"):
            assert "Q1" not in {asked[one] for one in entailed}, proposition


def test_what_says_that_they_fought_entails_that_they_did(data: Dataset) -> None:
    entailed = entailments(data)
    for proposition in ("clash_in_kursk", "encounter_deaths", "contact_made"):
        assert "engaged_in_battle" in entailed[proposition], proposition


def test_kursk_is_never_ukraine(claims: pd.DataFrame) -> None:
    in_kursk = claims[claims["question_id"] == "Q5"]
    assert set(in_kursk["location"]) <= {"kursk", ""}
    assert not claims.loc[claims["location"] == "kursk", "question_id"].isin(["Q3"]).any()


def test_no_paraphrase_or_proposition_is_a_percentage(claims: pd.DataFrame) -> None:
    texts = claims["paraphrase"] + " " + claims["proposition"]
    own = texts.drop("n33e")  # who would not give a percentage
    assert not own.str.contains(r"%|per ?cent").any()


# Time


def test_no_statement_lies_outside_the_month(october: View) -> None:
    for when in october.record.utterances["when"]:
        assert when.latest <= parse_day("2024-10-31")
        assert when.earliest is None or when.earliest >= parse_day("2024-10-01")


def test_a_day_in_dispute_stays_a_range(claims: pd.DataFrame) -> None:
    assert not claims.at["n43a", "when"].is_day


def test_the_undated_denial_is_a_day_in_the_view_of_all_sources(data: Dataset) -> None:
    article = seen("2024-10-19", window_end="2024-10-19", sources=[ARTICLE])
    own = statements(article).set_index("claim_id").at["p2", "when"]
    assert (own.earliest, own.latest) == (parse_day("2024-10-01"), parse_day("2024-10-19"))
    every = statements(seen()).set_index("claim_id").at["p2", "when"]
    assert every == parse("2024-10-10")


def test_the_day_of_the_strike_is_no_day_of_a_statement(october: View) -> None:
    (event,) = october.record.events.itertuples()
    assert event.date == "2024-10-03"
    assert "2024-10-03" not in set(october.record.utterances["date"])


@pytest.mark.parametrize("day", ["2024-10-10", "2024-10-16", "2024-10-23"])
def test_a_brief_of_a_day_holds_nothing_that_was_certainly_said_later(day: str) -> None:
    for claim in on_questions(seen(day)):
        assert claim.when.earliest is None or claim.when.earliest <= parse_day(day)


@pytest.mark.parametrize(
    ("side", "question", "day"),
    [
        ("south_korea", "Q2", "2024-10-18"),
        ("united_states", "Q2", "2024-10-23"),
        ("nato", "Q2", "2024-10-23"),
        ("european_union", "Q2", "2024-10-28"),
    ],
)
def test_a_turning_point_is_a_turn_of_its_day(
    october: View, side: str, question: str, day: str
) -> None:
    turned = turns(october)
    own = turned[(turned["side"] == side) & (turned["question_id"] == question)]
    assert [when.latest for when in own["to_when"]][:1] == [parse_day(day)]
    assert own["is_ordered"].all()


def test_the_days_of_a_sides_path_run_forward(october: View) -> None:
    for _, path in stance_paths(october).groupby("side"):
        for one, other in pairwise(path["when"]):
            assert one.latest <= other.latest


# Evidence and origins


def test_what_was_public_and_from_which_day(october: View) -> None:
    register = evidence_register(october)
    public = register[register["publicity"].isin(PUBLIC)]
    days = {row.evidence_id: row.status_when.latest.isoformat() for row in public.itertuples()}
    assert days["nis_satellite_images"] == "2024-10-18"
    assert days["gur_audio"] == "2024-10-25"
    holders = set(public["holder"])
    assert holders.isdisjoint({"United States", "NATO", "United Kingdom"})


def test_seoul_and_kyiv_are_never_two_origins(october: View, claims: pd.DataFrame) -> None:
    both = {claims.at["o22a", "utterance_id"], claims.at["o42a", "utterance_id"]}
    assert origins(october, sorted(both)).low <= 1


def test_the_word_of_nato_on_28_october_comes_from_a_south_korean_briefing(
    october: View, claims: pd.DataFrame
) -> None:
    graph = provenance_graph(october)
    behind = nx.descendants(graph, claims.at["o70a", "utterance_id"])
    assert any("seoul" in one or "korea" in one or "nis" in one for one in behind), behind


def test_moscow_and_pyongyang_assert_nothing_and_state_no_contrary(
    october: View, claims: pd.DataFrame
) -> None:
    accused = claims[claims["side"].isin(["russia", "north_korea"])]
    assert not accused["is_assertion"].any()
    on_people = accused[accused["content"].isin(["so", "unstated"]) & accused["is_counted"]]
    assert "denies" not in set(on_people["stance"])
    assert set(on_people["stance"]).isdisjoint(ASSERTIONS)


def test_silence_is_no_denial_and_no_speech(october: View, claims: pd.DataFrame) -> None:
    silent = claims[claims["stance"] == "not_addressed"]
    assert len(silent) >= 3
    assert not silent[["is_counted", "is_denial"]].any(axis=None)
    assert set(denial_path(october)["claim_id"]).isdisjoint(silent.index)


def test_unnamed_sources_speak_for_no_state(data: Dataset) -> None:
    unnamed = data.actors[data.actors["kind"] == "collective"]
    assert len(unnamed) > 5
    assert set(unnamed["member_of"]) == {""} and set(unnamed["country"]) == {""}
