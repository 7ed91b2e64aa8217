"""The check in time: dates and their reasoning, evidence, and what came from what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimbrief.dataset import read_dataset
from claimbrief.dates import ACCEPTED
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


def test_an_item_of_which_one_date_has_no_start_may_have_been_known_at_any_time(
    changed: Changed,
) -> None:
    first = ("pier_photographs", "2019-05-08")
    assert problems(changed("evidence_status", first, "as_of", "[..2019-05-20]")) == []
    assert problems(changed("evidence_status", first, "as_of", "2019-05-20")) != []
