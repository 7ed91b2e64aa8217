"""The article in the real data, free of the errors that would discredit a brief."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from views import order

from claimbrief.dataset import NO_SUPPORT, OUTLET_VOICES, Dataset, read_dataset
from claimbrief.dates import parse, parse_day
from claimbrief.lookups import members_of

Changed = Callable[..., Path]
ARTICLE = "aljazeera_2024_10"
ASSERTS = ("affirms", "affirms_hedged")


@pytest.fixture(scope="module")
def dataset(archived: Path) -> Dataset:
    """Return the real data, with the article's text."""
    return read_dataset(archived)


@pytest.fixture(scope="module")
def shipped(real_data: Path) -> Dataset:
    """Return the real data as they are in the repository."""
    return read_dataset(real_data)


@pytest.fixture(scope="module")
def claims(shipped: Dataset) -> pd.DataFrame:
    """Return the article's claims by id, with their propositions."""
    found = shipped.claims[shipped.claims["source_id"] == ARTICLE]
    return found.merge(shipped.propositions, on="proposition_id").set_index("claim_id")


@pytest.fixture(scope="module")
def own(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the article's claims in a speaker's rendering."""
    return claims[~claims["rendering"].isin(OUTLET_VOICES)]


def spoken_by(shipped: Dataset, *actors: str) -> set[str]:
    """Return the utterances of these speakers."""
    speakers = shipped.speakers
    return set(speakers.loc[speakers["actor_id"].isin(actors), "utterance_id"])


# Errors that would discredit a brief


def test_concern_over_reports_is_no_accusation(own: pd.DataFrame) -> None:
    concern = own.loc["u1"]
    assert concern["utterance_id"] == "us_concern"
    assert (concern["stance"], concern["commitment"]) == ("notes_reports", "Uu")
    assert (concern["response"], concern["denial"]) == ("A1", "")
    assert not set(own.loc[own["utterance_id"] == "us_concern", "stance"]) & set(ASSERTS)


def test_the_united_states_asserts_nothing_of_troops(own: pd.DataFrame, shipped: Dataset) -> None:
    american = own[own["utterance_id"].isin(spoken_by(shipped, "united_states", "flynn"))]
    asserted = american[american["stance"].isin(ASSERTS)]
    assert set(asserted["question_id"]) <= {"Q0"}


def test_condemnation_of_ties_is_no_condemnation_of_troops(own: pd.DataFrame) -> None:
    condemned = own[own["response"] == "A2"]
    assert list(condemned.index) == ["g1"]
    assert condemned.at["g1", "proposition_id"] == "ties_to_be_condemned"
    assert condemned.at["g1", "role"] == "none"
    assert condemned.at["g1", "question_id"] == "Q0"


def test_three_states_that_speak_together_are_one_utterance_each_time(shipped: Dataset) -> None:
    together = shipped.speakers.groupby("utterance_id")["actor_id"].agg(set)
    for utterance_id in ("three_states_condemn", "monitoring_team"):
        assert together[utterance_id] == {"united_states", "south_korea", "japan"}


@pytest.mark.parametrize("claim", ["h3", "f1", "f3"])
def test_a_conditional_is_no_claim(own: pd.DataFrame, claim: str) -> None:
    assert (own.at[claim, "stance"], own.at[claim, "commitment"]) == ("supposes", "Uu")


def test_the_generals_conditional_asserts_neither_its_if_nor_its_then(own: pd.DataFrame) -> None:
    said = own[own["utterance_id"] == "flynn_event"]
    assert len(said) > 1
    assert said[said["stance"].isin(ASSERTS)].empty


@pytest.mark.parametrize("claim", ["h1", "h4", "h5"])
def test_cannot_rule_out_is_not_thinks_that(own: pd.DataFrame, claim: str) -> None:
    assert (own.at[claim, "stance"], own.at[claim, "commitment"]) == ("holds_possible", "PS+")
    assert own.at[claim, "hedge_words"] in ("cannot rule out", "cannot discount")


def test_experts_are_one_named_expert(claims: pd.DataFrame, shipped: Dataset) -> None:
    gloss = claims[claims["attributed_to"] == "experts"]
    assert list(gloss.index) == ["h0"]
    assert (gloss.at["h0", "rendering"], gloss.at["h0", "renders"]) == ("gloss", "h1")
    assert gloss.at["h0", "utterance_id"] == "howell_interview"
    assert "experts" not in set(shipped.speakers["actor_id"])


def test_the_kremlins_denial_is_a_range_with_an_outside_day_beside_it(shipped: Dataset) -> None:
    denial = shipped.utterances.set_index("utterance_id").loc["peskov_fake_news"]
    when = parse(denial["date"])
    assert not when.is_day
    assert when.earliest == parse_day("2024-10-01")
    assert denial["outside_date"] == "2024-10-10"
    assert "external" not in denial["date_basis"]
    assert denial["date_words"] == "earlier this month"


def test_the_kremlins_denial_is_not_ordered_against_any_accusation(
    shipped: Dataset, own: pd.DataFrame
) -> None:
    dates = shipped.utterances.set_index("utterance_id")["date"].map(parse)
    accusers = spoken_by(shipped, "zelenskyy", "kim_yong_hyun")
    asserting = set(own.loc[own["stance"].isin(ASSERTS), "utterance_id"]) & accusers
    assert len(asserting) == 3
    assert {order(dates["peskov_fake_news"], dates[u]) for u in asserting} == {"undetermined"}


def test_the_kremlins_denial_answers_nothing_that_is_named(shipped: Dataset) -> None:
    named = shipped.lineage[shipped.lineage["source_id"] == ARTICLE]
    lineage = named[named["child"] == "peskov_fake_news"]
    assert list(zip(lineage["relation"], lineage["parent"], strict=True)) == [
        ("responds_to", "unknown")
    ]


def test_a_hedge_is_kept_and_is_no_percentage(own: pd.DataFrame, claims: pd.DataFrame) -> None:
    killed = own.loc["k1"]
    assert (killed["stance"], killed["commitment"]) == ("affirms_hedged", "PR+")
    assert killed["hedge_words"] == killed["quote"] == "highly likely"
    assert not any(re.search(r"\d\s*%|per cent|percent", p) for p in claims["paraphrase"])


def test_every_hedged_or_possible_claim_shows_its_words(own: pd.DataFrame) -> None:
    hedged = own[own["stance"].isin(["affirms_hedged", "holds_possible"])]
    assert (hedged["hedge_words"] != "").all()


@pytest.mark.parametrize(
    ("utterance", "weekday"),
    [
        ("zelenskyy_sunday", "Sunday"),
        ("flynn_event", "Tuesday"),
        ("zelenskyy_parliament", "Wednesday"),
        ("monitoring_team", "Wednesday"),
    ],
)
def test_a_weekday_is_resolved_by_another_source_and_is_that_weekday(
    shipped: Dataset, utterance: str, weekday: str
) -> None:
    row = shipped.utterances.set_index("utterance_id").loc[utterance]
    assert row["date_basis"] == "relative_weekday+external"
    assert weekday in row["date_words"]
    assert parse(row["date"]).latest.strftime("%A") == weekday
    assert row["outside_source_id"]
    assert row["date_note"]


def test_no_year_is_taken_as_printed(shipped: Dataset) -> None:
    assert "explicit" not in set(shipped.utterances["date_basis"])
    assert not shipped.utterances["date_words"].str.contains("20[0-9][0-9]").any()


def test_the_day_of_the_strike_is_no_day_of_a_statement(shipped: Dataset) -> None:
    assert list(shipped.events["date"]) == ["2024-10-03"]
    assert "2024-10-03" not in set(shipped.utterances["date"])
    said = shipped.utterances.set_index("utterance_id").at["kim_parliament", "date"]
    assert said == "2024-10-08"


def test_the_outlets_gloss_is_not_in_the_spokesmans_mouth(
    claims: pd.DataFrame, own: pd.DataFrame
) -> None:
    assert (claims.at["p1", "rendering"], claims.at["p1", "renders"]) == ("gloss", "p2")
    assert claims.at["p1", "quote"] == ""
    said = own[own["utterance_id"] == "peskov_fake_news"]
    assert list(said.index) == ["p2"]
    assert said.at["p2", "question_id"] == "QU"
    assert (said.at["p2", "stance"], said.at["p2", "denial"]) == ("dismisses", "D2")


def test_to_fight_is_the_outlets_word_and_not_the_presidents(
    claims: pd.DataFrame, own: pd.DataFrame
) -> None:
    assert claims.at["z4", "rendering"] == "gloss"
    assert "sent_to_fight" not in set(own["proposition_id"])
    assert "fight" not in " ".join(own["quote"])


def test_the_outlets_yes_is_a_summary_and_no_further_voice(claims: pd.DataFrame) -> None:
    summaries = claims[claims["rendering"] == "summary"]
    assert dict(summaries["renders"]) == {"s1": "z2", "s2": "k1"}
    assert dict(summaries["attributed_to"]) == {"s1": "ukraine", "s2": "south_korea"}


def test_evidence_that_is_claimed_is_not_shown(shipped: Dataset) -> None:
    found = shipped.evidence_status[shipped.evidence_status["source_id"] == ARTICLE]
    status = found.set_index("evidence_id")
    assert status.at["ukrainian_finding", "publicity"] == "claimed_not_public"
    assert not set(status["publicity"]) & {"published", "published_verified"}


def test_every_publicity_has_a_day_and_a_source(shipped: Dataset) -> None:
    for date in shipped.evidence_status["as_of"]:
        assert parse(date)
    assert (shipped.evidence_status["source_id"] != "").all()


def test_none_made_public_is_not_none(claims: pd.DataFrame) -> None:
    narrated = claims.loc["n1"]
    assert "public" in narrated["text"]
    assert (narrated["stance"], narrated["commitment"]) == ("meta", "NA")


def test_the_narrator_speaks_for_the_outlet_alone(claims: pd.DataFrame, shipped: Dataset) -> None:
    every = shipped.claims[["claim_id", "utterance_id", "rendering"]]
    assert list(every.loc[every["rendering"] == "narrator", "claim_id"]) == ["n1"]
    narrated = set(claims.loc[claims["rendering"] == "narrator", "utterance_id"])
    speakers = shipped.speakers[shipped.speakers["utterance_id"].isin(narrated)]
    assert list(speakers["actor_id"]) == ["al_jazeera"]
    assert spoken_by(shipped, "al_jazeera") == narrated


def test_in_russia_and_in_ukraine_are_two_propositions(
    claims: pd.DataFrame, shipped: Dataset
) -> None:
    questions = shipped.propositions.set_index("proposition_id")["question_id"]
    assert questions["personnel_in_russia"] == "Q2"
    assert questions["presence_in_ukraine"] == "Q3"
    relations = shipped.proposition_relations
    pairs = set(zip(relations["a"], relations["relation"], relations["b"], strict=True))
    assert ("personnel_in_russia", "does_not_entail", "presence_in_ukraine") in pairs
    assert ("presence_in_ukraine", "does_not_entail", "personnel_in_russia") in pairs
    places = claims.groupby("proposition_id")["location"].agg(set)
    assert places["personnel_in_russia"] == {"russia"}
    assert places["presence_in_ukraine"] <= {"ukraine", ""}


def test_a_capital_that_stands_for_its_state_is_no_place(own: pd.DataFrame) -> None:
    to_moscow = own[own["location"] == "russian_state"]
    assert list(to_moscow.index) == ["z2"]
    assert "russia" not in set(own.loc[own["question_id"] == "Q2", "location"])


def test_silence_is_no_denial(own: pd.DataFrame) -> None:
    withheld = own[own["stance"] == "withholds"]
    assert list(withheld.index) == ["u2"]
    assert (withheld.at["u2", "commitment"], withheld.at["u2", "denial"]) == ("Uu", "")


def test_nobody_denies_and_one_spokesman_dismisses(own: pd.DataFrame) -> None:
    assert "denies" not in set(own["stance"])
    assert set(own.loc[own["stance"] == "dismisses", "utterance_id"]) == {"peskov_fake_news"}


def test_no_origin_is_counted_that_the_article_does_not_name(shipped: Dataset) -> None:
    named = shipped.lineage[shipped.lineage["source_id"] == ARTICLE]
    known = named[named["parent"] != "unknown"]
    assert list(zip(known["child"], known["parent"], strict=True)) == [
        ("zelenskyy_parliament", "ukrainian_finding")
    ]


def test_no_claim_rests_on_evidence_that_came_later(shipped: Dataset) -> None:
    said = shipped.utterances.set_index("utterance_id")["date"].map(parse)
    first = shipped.evidence_status.groupby("evidence_id")["as_of"].agg(lambda days: [*days])
    of_claim = shipped.claims.set_index("claim_id")["utterance_id"]
    supporting = shipped.claim_evidence[~shipped.claim_evidence["relation"].isin(NO_SUPPORT)]
    assert len(supporting) > 100
    for link in supporting.itertuples():
        when = said[of_claim[link.claim_id]]
        assert any(order(when, parse(day)) != "before" for day in first[link.evidence_id])


def test_the_article_states_no_number_of_troops(claims: pd.DataFrame) -> None:
    assert claims[["figure_low", "figure_high"]].isna().all(axis=None)


def test_north_korea_is_expected_and_not_heard(shipped: Dataset, claims: pd.DataFrame) -> None:
    expected = shipped.actors.loc[shipped.actors["is_expected"], "actor_id"]
    assert "north_korea" in set(expected)
    spoken = spoken_by(shipped, *members_of(shipped.actors, ["north_korea"]))
    assert not spoken & set(claims["utterance_id"])
    assert len(spoken) > 1  # it speaks later in the month: the article's silence is the article's
