"""The check of evidence and lineage: publicity, order in time, circles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimbrief.dataset import read_dataset
from claimbrief.errors import Problem
from claimbrief.validate.rows import row_problems
from claimbrief.validate.times import provenance_problems, time_problems

Changed = Callable[..., Path]
UTTERANCES = [
    "pell_letter",
    "authority_report",
    "minister_radio",
    "builder_denial",
    "towns_alarm",
    "port_silence",
    "doran_interview",
    "article_text",
]
ROWS = {name: number for number, name in enumerate(UTTERANCES, 2)}


def problems(folder: Path) -> list[Problem]:
    """Return what is wrong with a package in time."""
    dataset = read_dataset(folder)
    return [*row_problems(dataset), *time_problems(dataset), *provenance_problems(dataset)]


def only(folder: Path) -> tuple[str, int, str, str]:
    """Return the table, row and column of the one problem, and what was found."""
    (problem,) = problems(folder)
    return problem.where, problem.row, problem.column, problem.found


# Evidence


def test_an_item_is_described_by_a_phrase_without_a_full_stop(changed: Changed) -> None:
    folder = changed("evidence", "wind_argument", "description", "The wind.")
    assert only(folder) == ("evidence", 3, "description", "The wind.")


@pytest.mark.parametrize("publicity", ["claimed_not_public", "shared_with_partners", "described"])
def test_evidence_that_is_not_shown_needs_a_basis(changed: Changed, publicity: str) -> None:
    key = ("pier_photographs", "2019-05-08")
    folder = changed("evidence_status", key, "publicity", publicity)
    assert problems(folder) == []
    place = ("evidence_status", 2, "basis")
    folder = changed("evidence_status", key, "basis", "", of=folder)
    assert only(folder) == (*place, f"{publicity} with no basis")


@pytest.mark.parametrize("publicity", ["published", "published_verified"])
def test_published_evidence_needs_a_locator(changed: Changed, publicity: str) -> None:
    key = ("pier_photographs", "2019-05-21")
    folder = changed("evidence_status", key, "publicity", publicity)
    assert problems(folder) == []
    place = ("evidence_status", 3, "locator")
    folder = changed("evidence_status", key, "locator", "", of=folder)
    assert only(folder) == (*place, f"{publicity} with no locator")


def test_claimed_evidence_recoded_as_published_is_refused(changed: Changed) -> None:
    folder = changed(
        "evidence_status", ("pier_photographs", "2019-05-08"), "publicity", "published"
    )
    assert only(folder)[:3] == ("evidence_status", 2, "locator")


def test_evidence_first_known_after_the_claim_that_rests_on_it_is_refused(
    changed: Changed,
) -> None:
    folder = changed("evidence_status", ("pier_photographs", "2019-05-08"), "as_of", "2019-05-09")
    (problem,) = (p for p in problems(folder) if p.where == "claim_evidence")
    assert (problem.where, problem.row, problem.column) == ("claim_evidence", 2, "evidence_id")
    assert problem.found == "pier_photographs, first known on 2019-05-09"
    assert problem.accepted == "an item known when the claim was made (2019-05-08)"


def test_evidence_with_no_day_at_all_is_refused(changed: Changed) -> None:
    folder = changed(
        "evidence_status",
        ("wind_argument", "[..2019-05-19]"),
        "evidence_id",
        "pier_photographs",
    )
    place = ("claim_evidence", 3, "evidence_id")
    assert only(folder) == (*place, "wind_argument, of no day")


def test_a_claim_that_says_there_is_no_evidence_rests_on_none(changed: Changed) -> None:
    folder = changed("evidence_status", ("wind_argument", "[..2019-05-19]"), "as_of", "2019-05-25")
    folder = changed("claim_evidence", "e1", "relation", "says_none", of=folder)
    assert problems(folder) == []


# Lineage


def test_a_lineage_cycle_is_refused(changed: Changed) -> None:
    row = "pier_photographs,minister_radio,derived_from,x,ledger_bridge\n"
    folder = changed("lineage.csv", raw=lambda c: c + row.encode())
    (problem,) = problems(folder)
    assert (problem.where, problem.column) == ("lineage", "parent")
    assert problem.row in (2, 3, 7)
    assert {"minister_radio", "authority_report", "pier_photographs"} == set(
        problem.found.split(" → ")
    )


def test_an_utterance_that_comes_from_itself_is_refused(changed: Changed) -> None:
    folder = changed("lineage", "builder_denial", "parent", "builder_denial")
    assert only(folder) == ("lineage", 5, "parent", "builder_denial → builder_denial")


@pytest.mark.parametrize("relation", ["derived_from", "quoted_from", "responds_to", "comments_on"])
def test_a_child_before_its_parent_is_refused(changed: Changed, relation: str) -> None:
    folder = changed("lineage", "pell_letter", "parent", "authority_report")
    folder = changed("lineage", "pell_letter", "relation", relation, of=folder)
    where = only(folder)
    assert where[:3] == ("lineage", 4, "child")
    assert where[3] == f"pell_letter (2019-04-28) {relation} authority_report (2019-05-08)"


def test_an_answer_that_may_be_earlier_is_kept_and_stays_undetermined(changed: Changed) -> None:
    folder = changed("utterances", "builder_denial", "date", "2019-05-07")
    assert only(folder)[:3] == ("lineage", 5, "child")  # a day before what it answers
    folder = changed("utterances", "builder_denial", "date", "[2019-05-01..2019-05-08]")
    assert problems(folder) == []


@pytest.mark.parametrize("column", ["child", "parent"])
def test_lineage_of_something_that_is_not_there_is_refused(changed: Changed, column: str) -> None:
    (problem,) = problems(changed("lineage", "towns_alarm", column, "nobody"))
    assert (problem.where, problem.row, problem.column) == ("lineage", 6, column)
    assert ("or unknown" in problem.accepted) == (column == "parent")


def test_only_a_parent_may_be_unknown(changed: Changed) -> None:
    assert only(changed("lineage", "towns_alarm", "child", "unknown"))[:3] == (
        "lineage",
        6,
        "child",
    )


def test_an_utterance_derived_from_an_item_known_only_later_is_refused(changed: Changed) -> None:
    folder = changed("evidence_status", ("pier_photographs", "2019-05-08"), "as_of", "2019-05-09")
    rows = {(problem.where, problem.column) for problem in problems(folder)}
    assert rows == {("lineage", "child"), ("claim_evidence", "evidence_id")}


def test_two_circles_of_lineage_are_two_problems(changed: Changed) -> None:
    circles = b"a,b,derived_from,x,s\nb,a,derived_from,x,s\nc,c,derived_from,x,s\n"
    folder = changed("lineage.csv", raw=lambda content: content + circles)
    found = [p.found for p in problems(folder) if p.accepted == "lineage that runs one way"]
    assert sorted(found) in (["a → b → a", "c → c"], ["b → a → b", "c → c"])
