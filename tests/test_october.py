"""October 2024 in the real data: what the words say, and nothing that they do not say.

What holds for the article alone is in test_data_package.py.
"""

from __future__ import annotations

import re

import pandas as pd
import pytest
from phrases import answered
from phrases import findings as found
from views import real_view, sentences

from claimbrief.analysis.findings import findings
from claimbrief.analysis.positions import denying_statements, stance_paths
from claimbrief.dataset import Dataset
from claimbrief.lookups import entailments
from claimbrief.statements import WORDS
from claimbrief.view import View

CONCERN = re.compile(
    "concern|worr|alarm|fear|danger|threat|risk|grave|troubl|disturb", re.IGNORECASE
)


@pytest.fixture(name="october", scope="module")
def _october() -> View:
    """Return the view of the edition `october`."""
    return real_view()


@pytest.fixture(name="data", scope="module")
def _data(october: View) -> Dataset:
    return october.whole


@pytest.fixture(name="claims", scope="module")
def _claims(october: View) -> pd.DataFrame:
    """Return every statement of the month by its claim's id."""
    return october.statements.set_index("claim_id")


def on_questions(view: View) -> pd.DataFrame:
    """Return the statements by which a side takes a position."""
    return view.statements[view.statements["position"] != ""]


# Words


def test_nine_tenths_of_the_claims_on_the_questions_have_the_speakers_words(
    claims: pd.DataFrame,
) -> None:
    asked = claims[claims["is_counted"] & (claims["content"] != "context")]
    assert (asked["quote"] != "").mean() >= 0.9


def test_what_rests_on_a_paraphrase_alone_carries_nothing(
    october: View, claims: pd.DataFrame
) -> None:
    alone = claims[claims["rests_on"] == "paraphrase"]
    assert not alone[["is_assertion", "is_denial", "is_limit"]].any(axis=None)
    assert set(alone.index).isdisjoint(on_questions(october)["claim_id"])


def test_no_position_rests_on_a_paraphrase(october: View, claims: pd.DataFrame) -> None:
    positions = findings(october).positions
    assert len(positions) > 50
    assert "paraphrase" not in set(claims.loc[positions["claim_id"], "rests_on"])


def test_concern_is_coded_from_a_word_of_concern(claims: pd.DataFrame) -> None:
    spoken = claims[(claims["response"] == "A1") & (claims["rests_on"] == WORDS)]
    spoken = spoken[(spoken["language"] == "") & (spoken["quote"] != "")]
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
    denying = {"russia", "belarus", "north_korea"}
    # They call the ground thin or the information unclear, and the dispatch neither so nor not.
    doubting = {"innovation_conference", "rebuilding_korea_party"}
    assert set(denying_statements(october)["side"]) == denying | doubting
    assert set(findings(october).dismissals["side"]) == denying


def test_no_comment_and_no_answer_are_not_counted_among_the_denials(
    october: View, claims: pd.DataFrame
) -> None:
    declining = claims.loc[["o36a", "o52b", "o58a", "w849a", "o64c"]]  # Putin’s is o58a
    assert set(declining["stance"]) == {"declines"} and not declining["is_denial"].any()
    denying = claims[claims["is_denial"] & claims["is_counted"]]
    assert findings(october).denials.certain == denying["utterance_id"].nunique() == 8
    assert len(denying) == 13, "a statement can deny several things"


def test_somebody_says_that_they_fought_and_the_brief_does_not_say_nobody(october: View) -> None:
    assert set(findings(october).answer.said["side"]) == {
        "blue_yellow",
        "man_in_video",
        "western_official_cnn",
    }
    words = " ".join(answered(october) + sentences(found(october)))
    assert "nobody" not in words.lower()


@pytest.mark.parametrize("day", ["2024-10-03", "2024-10-10", "2024-10-18", "2024-10-25"])
def test_before_the_28th_nobody_says_that_they_fought(day: str) -> None:
    view = real_view(day)
    assert findings(view).answer.said.empty
    assert on_questions(view).query("question_id == 'Q1' and is_assertion").empty
    is_dated = day != "2024-10-03"
    assert answered(view)[0].startswith("Nobody in this record says that ") == is_dated


def test_the_two_kovalenkos_and_the_two_services_are_two_voices(
    october: View, claims: pd.DataFrame
) -> None:
    speakers = october.record.speakers.groupby("utterance_id")["actor_id"].agg(set)
    hennadii, andrii = claims.loc["n44a", "utterance_id"], claims.loc["n43a", "utterance_id"]
    assert speakers[hennadii].isdisjoint(speakers[andrii])
    nis, dia = claims.loc["o75a", "utterance_id"], claims.loc["n39a", "utterance_id"]
    assert speakers[nis].isdisjoint(speakers[dia])


# Stances, forecasts, locations


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
            assert {asked[other] for other in entailed} <= {"Q2", "Q0"}, proposition
        if asked[proposition] in ("Q3", "Q5", "Q6"):
            assert "Q1" not in {asked[other] for other in entailed}, proposition


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
