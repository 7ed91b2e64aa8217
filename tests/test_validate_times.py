"""The check in time: dates and their reasoning, evidence, and what came from what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimbrief.dataset import read_dataset
from claimbrief.dates import ACCEPTED
from claimbrief.errors import Problem
from claimbrief.validate.provenance import provenance_problems
from claimbrief.validate.times import time_problems

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
    return [*time_problems(dataset), *provenance_problems(dataset)]


def only(folder: Path) -> tuple[str, int, str, str]:
    """Return the table, row and column of the one problem, and what was found."""
    (problem,) = problems(folder)
    return problem.where, problem.row, problem.column, problem.found


def test_the_good_package_has_no_such_problem(tiny: Path) -> None:
    assert problems(tiny) == []


# Dates


@pytest.mark.parametrize(
    ("table", "key", "column", "row"),
    [
        ("utterances", "pell_letter", "date", 2),
        ("utterances", "builder_denial", "outside_date", 5),
        ("sources", "bulletin_2019_05_13", "published", 3),
        ("events", "storm", "date", 2),
    ],
)
@pytest.mark.parametrize(
    "date", ["28/04/2019", "2019-04", "2019-04-28?", "2019-04-01/2019-04-28", "[2019-04-28..]"]
)
def test_a_date_outside_the_subset_is_refused(
    changed: Changed, table: str, key: str, column: str, row: int, date: str
) -> None:
    found = {(p.where, p.row, p.column): p for p in problems(changed(table, key, column, date))}
    problem = found[table, row, column]
    assert (problem.found, problem.accepted) == (date, ACCEPTED)


def test_a_date_of_evidence_outside_the_subset_is_refused(changed: Changed) -> None:
    folder = changed("evidence_status", ("wind_argument", "[..2019-05-19]"), "as_of", "May")
    assert ("evidence_status", 4, "as_of", "May") in [
        (p.where, p.row, p.column, p.found) for p in problems(folder)
    ]


def test_an_utterance_later_than_the_source_that_reports_it_is_refused(changed: Changed) -> None:
    (problem,) = problems(changed("utterances", "pell_letter", "date", "2019-05-20"))
    assert (problem.where, problem.row, problem.column) == ("utterances", 2, "date")
    assert problem.found == "2019-05-20"
    assert problem.accepted.endswith("ledger_bridge, published [2019-05-13..2019-05-19]")


def test_an_utterance_later_than_a_further_source_is_refused(changed: Changed) -> None:
    folder = changed("reports", "minister_radio", "utterance_id", "article_text")
    assert problems(folder) == []  # the article may be of the same day as the Bulletin
    folder = changed("sources", "bulletin_2019_05_13", "published", "2019-05-11", of=folder)
    found = problems(folder)
    assert ("utterances", ROWS["article_text"], "date") in [
        (p.where, p.row, p.column) for p in found
    ]


def test_a_source_whose_own_words_are_coded_and_that_has_no_day_is_refused(
    changed: Changed,
) -> None:
    (problem,) = set(problems(changed("sources", "ledger_bridge", "published", "")))
    assert (problem.where, problem.row, problem.column) == ("sources", 2, "published")
    assert problem.found == "no day for a source whose own words are coded"


@pytest.mark.parametrize("claim", ["m2", "b1", "n1"])
def test_one_row_in_the_outlets_voice_is_enough_to_need_the_day(
    changed: Changed, claim: str
) -> None:
    folder = changed("sources", "bulletin_2019_05_13", "published", "")
    assert problems(folder) == []
    folder = changed("claims", claim, "source_id", "bulletin_2019_05_13", of=folder)
    (problem,) = set(problems(folder))
    assert (problem.where, problem.row, problem.column) == ("sources", 3, "published")


def test_a_source_that_carries_speakers_words_only_may_have_no_day(changed: Changed) -> None:
    folder = changed("claims", "m1", "source_id", "bulletin_2019_05_13")
    assert problems(changed("sources", "bulletin_2019_05_13", "published", "", of=folder)) == []


def test_a_source_for_a_date_only_may_have_no_day(changed: Changed) -> None:
    assert problems(changed("sources", "gazette_2019_05_21", "published", "")) == []


@pytest.mark.parametrize(
    "utterance",
    ["minister_radio", "builder_denial", "towns_alarm", "port_silence", "article_text"],
)
def test_a_date_that_is_not_explicit_with_no_reasoning_is_refused(
    changed: Changed, utterance: str
) -> None:
    where = only(changed("utterances", utterance, "date_note", ""))
    assert where[:3] == ("utterances", ROWS[utterance], "date_note")
    assert where[3].endswith("with no reasoning")


@pytest.mark.parametrize(
    "utterance", ["pell_letter", "minister_radio", "builder_denial", "towns_alarm"]
)
def test_a_date_from_words_with_no_words_is_refused(changed: Changed, utterance: str) -> None:
    where = only(changed("utterances", utterance, "date_words", ""))
    assert where[:3] == ("utterances", ROWS[utterance], "date_words")


@pytest.mark.parametrize("utterance", ["minister_radio", "builder_denial"])
def test_an_external_date_with_no_source_for_it_is_refused(
    changed: Changed, utterance: str
) -> None:
    place = ("utterances", ROWS[utterance], "outside_source_id")
    folder = changed("utterances", utterance, "outside_source_id", "")
    assert only(folder) == (*place, "an outside date with no source for it")


@pytest.mark.parametrize("utterance", ["minister_radio", "builder_denial"])
def test_an_outside_source_that_gives_no_day_is_refused(changed: Changed, utterance: str) -> None:
    place = ("utterances", ROWS[utterance], "outside_date")
    folder = changed("utterances", utterance, "outside_date", "")
    assert only(folder) == (*place, "an outside source with no date")


def test_a_basis_that_names_another_source_needs_both(changed: Changed) -> None:
    folder = changed("utterances", "towns_alarm", "date_basis", "relative_weekday+external")
    assert [p.column for p in problems(folder)] == ["outside_source_id", "outside_date"]


def test_a_date_that_is_not_the_one_that_the_other_source_gives_is_refused(
    changed: Changed,
) -> None:
    (problem,) = problems(changed("utterances", "minister_radio", "date", "2019-05-11"))
    assert (problem.row, problem.column) == (ROWS["minister_radio"], "date")
    assert (problem.found, problem.accepted) == ("2019-05-11", "a date within 2019-05-12")


def test_an_outside_day_after_its_source_appeared_is_refused(changed: Changed) -> None:
    folder = changed("utterances", "builder_denial", "outside_date", "2019-05-22")
    assert only(folder)[:3] == ("utterances", ROWS["builder_denial"], "outside_date")


# The same speech event


@pytest.mark.parametrize("other", ["builder_denial", "doran_interview", "towns_alarm"])
def test_an_utterance_may_be_another_that_may_be_of_its_day(changed: Changed, other: str) -> None:
    assert problems(changed("utterances", "port_silence", "likely_same_as", other)) == []


@pytest.mark.parametrize(
    ("utterance", "other", "found"),
    [
        ("minister_radio", "minister_radio", "minister_radio (2019-05-12)"),
        ("minister_radio", "authority_report", "authority_report (2019-05-08)"),
        ("authority_report", "minister_radio", "minister_radio (2019-05-12)"),
        ("pell_letter", "builder_denial", "builder_denial ([2019-05-01..2019-05-19])"),
    ],
)
def test_an_utterance_that_cannot_be_the_other_is_refused(
    changed: Changed, utterance: str, other: str, found: str
) -> None:
    folder = changed("utterances", utterance, "likely_same_as", other)
    assert only(folder) == ("utterances", ROWS[utterance], "likely_same_as", found)


# Evidence


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
