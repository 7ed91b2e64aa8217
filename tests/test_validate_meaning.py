"""The check of the coding: stances, denials, renderings, voices, actors and figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimbrief.dataset import read_dataset
from claimbrief.errors import Problem
from claimbrief.validate.meaning import meaning_problems
from claimbrief.validate.rows import row_problems

Changed = Callable[..., Path]
# Each row of tiny's claims, as an editor counts it
ROWS = {
    c: n
    for n, c in enumerate(
        ["a1", "m1", "m2", "b1", "b2", "i1", "w1", "p1", "e0", "e1", "e2", "n1"], 2
    )
}


def problems(folder: Path) -> list[Problem]:
    """Return what is wrong with a package's coding."""
    dataset = read_dataset(folder)
    return [*row_problems(dataset), *meaning_problems(dataset)]


def only(folder: Path) -> tuple[str, int, str, str]:
    """Return the table, row and column of the one problem, and what was found."""
    (problem,) = problems(folder)
    return problem.where, problem.row, problem.column, problem.found


def test_the_good_package_has_no_such_problem(tiny: Path) -> None:
    assert problems(tiny) == []


# Stance and commitment


@pytest.mark.parametrize(
    ("claim", "commitment", "accepted"),
    [
        ("a1", "Uu", "affirms with CT+ or PR+ or NA"),
        ("a1", "CT−", "affirms with CT+ or PR+ or NA"),
        ("m1", "CT+", "affirms_hedged with PR+ or PS+"),
        ("e1", "PR+", "holds_possible with PS+"),
        ("e1", "CT+", "holds_possible with PS+"),
        ("w1", "CT+", "notes_reports with Uu or NA"),
        ("w1", "PR+", "notes_reports with Uu or NA"),
        ("e2", "CT+", "supposes with Uu or NA"),
        ("e2", "PR+", "supposes with Uu or NA"),
        ("p1", "CT+", "withholds with Uu or NA"),
        ("p1", "PR+", "withholds with Uu or NA"),
        ("p1", "CT−", "withholds with Uu or NA"),
        ("n1", "CT+", "meta with Uu or NA"),
        ("n1", "PR+", "meta with Uu or NA"),
        ("b2", "CT+", "denies with CT− or PR− or PS−"),
        ("b2", "Uu", "denies with CT− or PR− or PS−"),
        ("b1", "CT+", "dismisses with CT− or PR− or PS− or Uu"),
    ],
)
def test_a_commitment_that_the_stance_does_not_bear_is_refused(
    changed: Changed, claim: str, commitment: str, accepted: str
) -> None:
    (problem,) = problems(changed("claims", claim, "commitment", commitment))
    assert (problem.where, problem.row, problem.column) == ("claims", ROWS[claim], "commitment")
    assert problem.found == f"{accepted.split()[0]} with {commitment}"
    assert problem.accepted == accepted


@pytest.mark.parametrize("commitment", ["CT+", "PR+", "PS+", "PS−", "CT−"])
def test_what_a_speaker_cannot_confirm_commits_the_speaker_to_nothing(
    changed: Changed, commitment: str
) -> None:
    folder = changed("claims", "w1", "stance", "cannot_confirm")
    assert problems(folder) == []
    (problem,) = problems(changed("claims", "w1", "commitment", commitment, of=folder))
    assert (problem.row, problem.column) == (ROWS["w1"], "commitment")
    assert problem.found == f"cannot_confirm with {commitment}"
    assert problem.accepted == "cannot_confirm with Uu or NA"


@pytest.mark.parametrize(
    "stance",
    ["supposes", "declines", "meta", "not_addressed", "withholds", "cannot_confirm"],
)
def test_a_stance_that_takes_no_side_is_refused_with_certainty(
    changed: Changed, stance: str
) -> None:
    (problem,) = problems(changed("claims", "a1", "stance", stance))
    assert (problem.row, problem.column) == (2, "commitment")
    assert problem.found == f"{stance} with CT+"


def test_a_demand_may_be_affirmed_without_factual_content(changed: Changed) -> None:
    assert problems(changed("claims", "a1", "commitment", "NA")) == []


# Denials


@pytest.mark.parametrize(
    ("claim", "level", "found", "accepted"),
    [
        ("b2", "", "denies with no level", "D3 or D4"),
        ("b2", "D2", "denies with D2", "D3 or D4"),
        ("b1", "", "dismisses with no level", "D2"),
        ("b1", "D3", "dismisses with D3", "D2"),
        ("a1", "D3", "affirms with D3", "no level"),
        ("p1", "D2", "withholds with D2", "no level"),
    ],
)
def test_a_denial_without_its_level_or_a_level_without_denial_is_refused(
    changed: Changed, claim: str, level: str, found: str, accepted: str
) -> None:
    (problem,) = problems(changed("claims", claim, "denial", level))
    assert (problem.where, problem.row, problem.column) == ("claims", ROWS[claim], "denial")
    assert (problem.found, problem.accepted) == (found, accepted)


@pytest.mark.parametrize("level", ["", "D-1", "D0"])
def test_who_will_not_say_may_evade_or_refuse(changed: Changed, level: str) -> None:
    folder = changed("claims", "w1", "stance", "declines")
    assert problems(changed("claims", "w1", "denial", level, of=folder)) == []


@pytest.mark.parametrize(
    ("stance", "commitment", "level", "accepted"),
    [
        ("questions", "Uu", "D1", ""),
        ("questions", "Uu", "", "D1"),
        ("not_yet", "CT−", "", ""),
        ("not_yet", "CT−", "D3", "no level"),
        ("not_yet", "Uu", "", "not_yet with CT− or PR− or PS−"),
    ],
)
def test_doubt_has_its_level_and_not_yet_has_none(
    changed: Changed, stance: str, commitment: str, level: str, accepted: str
) -> None:
    folder = changed("claims", "b2", "stance", stance)
    folder = changed("claims", "b2", "commitment", commitment, of=folder)
    found = problems(changed("claims", "b2", "denial", level, of=folder))
    assert [problem.accepted for problem in found] == [accepted] * bool(accepted)


@pytest.mark.parametrize("level", ["D1", "D2", "D3", "D4"])
def test_who_will_not_say_denies_nothing(changed: Changed, level: str) -> None:
    folder = changed("claims", "w1", "stance", "declines")
    (problem,) = problems(changed("claims", "w1", "denial", level, of=folder))
    assert (problem.row, problem.column) == (ROWS["w1"], "denial")
    assert problem.found == f"declines with {level}"
    assert problem.accepted == "no level or D-1 or D0"


# Renderings


@pytest.mark.parametrize(
    ("claim", "renders", "found"),
    [
        ("e0", "", "gloss of nothing"),
        ("m2", "", "summary of nothing"),
        ("e0", "n1", "gloss of n1"),
        ("b1", "e0", "gloss of e0"),
        ("b1", "b1", "gloss of b1"),
    ],
)
def test_a_gloss_or_summary_of_no_speakers_words_is_refused(
    changed: Changed, claim: str, renders: str, found: str
) -> None:
    place = ("claims", ROWS[claim], "renders")
    assert only(changed("claims", claim, "renders", renders)) == (*place, found)


def test_an_id_that_two_claims_have_breaks_no_rule_of_renderings_besides(changed: Changed) -> None:
    assert problems(changed("claims", "w1", "claim_id", "b2")) == [], "the check of keys tells it"


def test_a_gloss_of_another_utterance_is_refused(changed: Changed) -> None:
    (problem,) = problems(changed("claims", "e0", "renders", "i1"))
    assert (problem.row, problem.column) == (ROWS["e0"], "utterance_id")
    assert problem.accepted == "pell_letter, the utterance of i1"


def test_words_of_a_speaker_that_render_another_claim_are_refused(changed: Changed) -> None:
    place = ("claims", ROWS["e2"], "renders")
    assert only(changed("claims", "e2", "renders", "e1")) == (*place, "indirect that renders e1")


@pytest.mark.parametrize(
    ("claim", "quote"), [("b2", ""), ("m1", ""), ("w1", "alarm"), ("e0", "possible"), ("n1", "No")]
)
def test_quoted_words_only_and_always_with_direct_and_mixed(
    changed: Changed, claim: str, quote: str
) -> None:
    place = ("claims", ROWS[claim], "quote")
    assert only(changed("claims", claim, "quote", quote)) == (*place, quote or "an empty cell")


# Voices


def test_a_narrator_row_spoken_by_anybody_but_the_outlet_is_refused(changed: Changed) -> None:
    (problem,) = problems(changed("speakers", "article_text", "actor_id", "velland"))
    assert (problem.where, problem.row, problem.column) == ("claims", ROWS["n1"], "rendering")
    assert problem.found == "narrator, spoken by Velland"
    assert problem.accepted == "narrator, spoken by Northern Ledger"


def test_a_narrators_sentence_given_to_a_speaker_is_refused(changed: Changed) -> None:
    place = ("claims", ROWS["w1"], "rendering")
    found = "narrator, spoken by Town of Nyra, Town of Tolm"
    assert only(changed("claims", "w1", "rendering", "narrator")) == (*place, found)


def test_a_narrator_beside_whom_another_speaks_is_refused(changed: Changed) -> None:
    folder = changed("speakers.csv", raw=lambda c: c + b"article_text,doran,Engineer\n")
    assert only(folder)[3] == "narrator, spoken by Northern Ledger, Inès Doran"


@pytest.mark.parametrize(
    ("claim", "body"),
    [("b1", "velland"), ("m2", "karst_works"), ("e0", "velland"), ("m2", "nyra")],
)
def test_words_rolled_up_to_a_body_of_which_the_speaker_is_no_member_are_refused(
    changed: Changed, claim: str, body: str
) -> None:
    place = ("claims", ROWS[claim], "attributed_to")
    assert only(changed("claims", claim, "attributed_to", body)) == (*place, body)


def test_a_person_who_leaves_the_state_no_longer_speaks_for_it(changed: Changed) -> None:
    place = ("claims", ROWS["m2"], "attributed_to")
    assert only(changed("actors", "lindqvist", "member_of", "")) == (*place, "velland")


def test_a_membership_may_run_over_several_bodies(changed: Changed) -> None:
    assert problems(changed("actors", "lindqvist", "member_of", "roads_authority")) == []


def test_an_utterance_that_nobody_spoke_is_refused(changed: Changed) -> None:
    folder = changed("speakers", "pell_letter", "utterance_id", "authority_report")
    place = ("utterances", 2, "utterance_id")
    assert only(folder) == (*place, "pell_letter without a speaker")


def test_an_utterance_that_claims_nothing_is_refused(changed: Changed) -> None:
    folder = changed("claims", "p1", "utterance_id", "towns_alarm")
    place = ("utterances", 7, "utterance_id")
    assert only(folder) == (*place, "port_silence without a claim")


@pytest.mark.parametrize(
    ("claim", "column", "code"),
    [("b2", "stance", "Denies"), ("b2", "denial", "D9"), ("a1", "commitment", "CT-")],
)
def test_a_code_that_the_vocabulary_lacks_breaks_no_rule_of_the_coding_besides(
    changed: Changed, claim: str, column: str, code: str
) -> None:
    assert problems(changed("claims", claim, column, code)) == []
