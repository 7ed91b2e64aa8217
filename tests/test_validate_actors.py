"""The check of actors and figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from test_figures import qualified

from claimbrief.dataset import groups_above, read_dataset
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


# Actors


def test_an_anonymous_collective_with_a_country_is_refused(changed: Changed) -> None:
    place = ("actors", 13, "country")
    found = "an anonymous collective of XVL"
    assert only(changed("actors", "engineers", "country", "XVL")) == (*place, found)


@pytest.mark.parametrize("body", ["velland", "lindqvist"])
def test_a_body_within_itself_is_refused(changed: Changed, body: str) -> None:
    found = problems(changed("actors", "velland", "member_of", body))
    assert (found[0].where, found[0].row, found[0].column) == ("actors", 2, "member_of")
    assert found[0].found == "velland within itself"


def test_two_actors_of_one_name_are_refused(changed: Changed) -> None:
    found = only(changed("actors", "pell", "short_name", "rill"))
    assert found == ("actors", 7, "short_name", "“rill”, the name of rill")


def test_the_bodies_of_an_actor(tiny: Path) -> None:
    actors = read_dataset(tiny).actors
    member_of = dict(zip(actors["actor_id"], actors["member_of"], strict=True))
    assert set(groups_above(member_of, "rill")) == {"rill", "karst_works"}
    assert set(groups_above(member_of, "engineers")) == {"engineers"}
    assert set(groups_above(member_of, "")) == set()


# Figures


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("figure_low", "6", "6 to 5"),
        ("figure_high", "2", "3 to 2"),
        ("figure_low", "-1", "-1 to 5"),
    ],
)
def test_a_figure_with_low_above_high_or_below_none_is_refused(
    changed: Changed, column: str, value: str, found: str
) -> None:
    place = ("claims", ROWS["i1"], "figure_low")
    assert only(changed("claims", "i1", column, value)) == (*place, found)


@pytest.mark.parametrize("column", ["figure_low", "figure_high"])
def test_a_figure_may_have_one_end_only(changed: Changed, column: str) -> None:
    assert problems(changed("claims", "i1", column, "")) == []


def test_one_end_alone_is_held_to_the_same_rules(changed: Changed) -> None:
    place = ("claims", ROWS["i1"], "figure_low")
    at_most = changed("claims", "i1", "figure_low", "")
    folder = changed("claims", "i1", "figure_high", "-5", of=at_most)
    assert only(folder) == (*place, "<NA> to -5")
    folder = changed("claims", "i1", "people_term", "", of=at_most)
    assert only(folder) == (*place, "<NA> to 5 of nobody")
    folder = changed("claims", "i1", "span_start", "604", of=at_most)
    assert only(folder) == (*place, "a figure on a claim that states none")


def test_a_word_that_qualifies_no_figure_is_refused(changed: Changed) -> None:
    assert problems(qualified(changed, "nearly")) == []
    place = ("claims", ROWS["m1"], "figure_qualifier")
    assert only(qualified(changed, "nearly", "m1")) == (*place, "“nearly” of no figure")


def test_a_figure_of_nobody_is_refused(changed: Changed) -> None:
    place = ("claims", ROWS["i1"], "figure_low")
    folder = changed("claims", "i1", "people_term", "")
    assert only(folder) == (*place, "3 to 5 of nobody")


def test_a_figure_on_a_claim_that_states_none_is_refused(changed: Changed) -> None:
    start = changed("claims", "i1", "span_start", "604")  # “They fell from the main span.”
    place = ("claims", ROWS["i1"], "figure_low")
    assert only(start) == (*place, "a figure on a claim that states none")


def test_a_figure_is_taken_on_trust_where_the_text_is_not_there(changed: Changed) -> None:
    folder = changed("claims", "i1", "span_start", "604")
    assert problems(changed("archive/ledger_bridge.txt", raw=None, of=folder)) == []
