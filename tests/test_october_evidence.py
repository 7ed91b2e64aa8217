"""October 2024 in the real data: days, turns, evidence and origins.

What holds for the article alone is in test_data_package.py.
"""

from __future__ import annotations

import re

import pandas as pd
import pytest
from views import article_view, real_view

from claimbrief.analysis.evidence import evidence_register
from claimbrief.analysis.positions import denying_statements, stance_paths, turns
from claimbrief.analysis.provenance import PUBLIC, origins, provenance, reached
from claimbrief.dataset import Dataset
from claimbrief.dates import parse, parse_day
from claimbrief.statements import ASSERTING
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


# Time


def test_no_statement_lies_outside_the_month(october: View) -> None:
    utterances = october.record.utterances
    assert len(utterances) > 200
    for when in map(parse, utterances["when"]):
        assert when.latest <= parse_day("2024-10-31")
        assert when.earliest is None or when.earliest >= parse_day("2024-10-01")


def test_a_day_in_dispute_stays_a_range(claims: pd.DataFrame) -> None:
    assert claims.at["n43a", "when"] == "[2024-10-30..2024-10-31]"


def test_the_undated_denial_is_a_day_in_the_view_of_all_sources(claims: pd.DataFrame) -> None:
    own = article_view().statements.set_index("claim_id")
    assert own.at["p2", "when"] == "[2024-10-01..2024-10-19]"
    assert claims.at["p2", "when"] == "2024-10-10"


def test_the_day_of_the_strike_is_no_day_of_a_statement(october: View) -> None:
    (event,) = october.record.events.itertuples()
    assert event.date == "2024-10-03"
    assert "2024-10-03" not in set(october.record.utterances["date"])


@pytest.mark.parametrize("day", ["2024-10-10", "2024-10-16", "2024-10-23"])
def test_a_brief_of_a_day_holds_nothing_that_was_certainly_said_later(day: str) -> None:
    claims = on_questions(real_view(day))
    assert len(claims) and claims["earliest"].max() <= pd.Timestamp(day)


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
    assert own["when"].tolist()[:1] == [day]
    assert own["is_ordered"].all()


def test_the_days_of_a_sides_path_run_forward(october: View) -> None:
    paths = stance_paths(october)
    assert paths["side"].nunique() > 20
    assert paths.groupby("side")["latest"].is_monotonic_increasing.all()


# Evidence and origins


def test_what_was_public_and_from_which_day(october: View) -> None:
    register = evidence_register(october)
    public = register[register["publicity"].isin(PUBLIC)]
    days = dict(zip(public["evidence_id"], public["status_when"], strict=True))
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
    behind = reached(provenance(october), [claims.at["o70a", "utterance_id"]])
    names = ("seoul", "korea", "nis")
    assert any(name in node for node in behind for name in names), behind


def test_moscow_and_pyongyang_assert_nothing_and_state_no_contrary(
    october: View, claims: pd.DataFrame
) -> None:
    accused = claims[claims["side"].isin(["russia", "north_korea"])]
    assert not accused["is_assertion"].any()
    on_people = accused[accused["content"].isin(["so", "unstated"]) & accused["is_counted"]]
    assert "denies" not in set(on_people["stance"])
    assert set(on_people["stance"]).isdisjoint(ASSERTING)


def test_silence_is_no_denial_and_no_speech(october: View, claims: pd.DataFrame) -> None:
    silent = claims[claims["stance"] == "not_addressed"]
    assert len(silent) >= 3
    assert not silent[["is_counted", "is_denial"]].any(axis=None)
    assert set(denying_statements(october)["claim_id"]).isdisjoint(silent.index)


def test_unnamed_sources_speak_for_no_state(data: Dataset) -> None:
    unnamed = data.actors[data.actors["kind"] == "collective"]
    assert len(unnamed) > 5
    assert set(unnamed["member_of"]) == {""} and set(unnamed["country"]) == {""}
