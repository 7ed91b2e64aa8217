"""The words: what a quote must stand in, and what a row of words must hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Changed

from claimbrief.dataset import read_dataset
from claimbrief.errors import Problem
from claimbrief.validate import find_problems
from claimbrief.validate.words import MAX_CHARACTERS, MAX_WORDS

QUOTE = "It is very likely that the bridge is unsafe"


def problems(folder: Path) -> list[Problem]:
    return find_problems(read_dataset(folder))


def place(problem: Problem) -> tuple[str, int, str]:
    return problem.where, problem.row, problem.column


def test_a_quote_that_stands_in_a_row_of_words_is_sound(quoted: Path) -> None:
    assert problems(quoted) == []


@pytest.mark.parametrize(
    "quote", ["It is very likely that the bridge is safe", "The bridge is unsafe", f"{QUOTE}!"]
)
def test_a_quote_in_no_row_of_words_is_refused(changed: Changed, quoted: Path, quote: str) -> None:
    folder = changed("claims", "m3", "quote", quote, of=quoted)
    folder = changed("claims", "m3", "hedge_words", "", of=folder)
    (problem,) = problems(folder)
    assert place(problem) == ("claims", 14, "quote")
    assert problem.found == quote
    assert (
        problem.accepted
        == "words of row w_minister_1 of words.csv for minister_radio and bulletin_2019_05_13"
    )
    close = "the bridge is unsafe" if quote.startswith("The") else QUOTE
    assert problem.todo == (
        f"copy the quote from the row (nearest: “{close}”), or "
        "add what the page prints to words.csv"
    )


def test_a_quote_of_a_page_that_has_no_row_of_words_says_so(changed: Changed, quoted: Path) -> None:
    folder = changed("words", "w_minister_1", "is_followed", "false", of=quoted)
    problem = problems(folder)[0]
    assert problem.accepted == (
        "words of a row of words.csv for minister_radio and bulletin_2019_05_13, which it lacks"
    )
    assert problem.todo == "add what the page prints to words.csv"


def test_a_claim_in_the_speakers_words_without_words_is_refused(
    changed: Changed, quoted: Path
) -> None:
    (problem,) = problems(changed("claims", "m3", "quote", "", of=quoted))
    assert place(problem) == ("claims", 14, "quote")
    assert problem.accepted == "quoted words for direct and mixed, none for another rendering"
    none = changed("words.csv", raw=lambda content: content.splitlines(True)[0], of=quoted)
    assert [place(problem) for problem in problems(none)] == [("claims", 14, "quote")]


def test_a_quote_of_several_stretches_has_them_in_their_order(
    changed: Changed, quoted: Path
) -> None:
    both = "very likely … must be closed"
    assert problems(changed("claims", "m3", "quote", both, of=quoted)) == []
    turned = "must be closed … very likely"
    (problem,) = problems(changed("claims", "m3", "quote", turned, of=quoted))
    assert place(problem) == ("claims", 14, "quote")


def test_a_quote_from_a_wording_that_is_not_followed_is_refused(
    changed: Changed, quoted: Path
) -> None:
    folder = changed("words", "w_minister_1", "is_followed", "false", of=quoted)
    claim, row = problems(folder)
    assert place(claim) == ("claims", 14, "quote")
    assert claim.found == f"{QUOTE} (in a row that is not followed)"
    assert place(row) == ("words", 2, "note")
    assert row.accepted == "why another page’s wording is followed"


@pytest.mark.parametrize("column", ["hedge_words", "people_term"])
def test_coded_words_that_the_quote_lacks_are_refused(
    changed: Changed, quoted: Path, column: str
) -> None:
    (problem,) = problems(changed("claims", "m3", column, "by far", of=quoted))
    assert place(problem) == ("claims", 14, column)
    assert problem.accepted == f"words that stand in the quote “{QUOTE}”"
    assert problems(changed("claims", "m3", column, "It is", of=quoted)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("so " * MAX_WORDS + "it is", f"{MAX_WORDS + 2} words, {3 * MAX_WORDS + 5} signs"),
        ("말" * (MAX_CHARACTERS + 1), f"1 words, {MAX_CHARACTERS + 1} signs"),
    ],
)
def test_words_over_the_length_are_refused(changed: Changed, text: str, found: str) -> None:
    (problem,) = problems(changed("words", "w_minister_1", "text", text))
    assert place(problem) == ("words", 2, "text")
    assert problem.found == found
    assert problem.accepted == "at most 60 words and 600 signs"


@pytest.mark.parametrize("text", [" ".join(["so"] * MAX_WORDS), "말" * MAX_CHARACTERS])
def test_words_of_the_greatest_length_are_sound(changed: Changed, text: str) -> None:
    folder = changed("words", "w_minister_1", "text", text)
    assert [p for p in problems(folder) if p.column == "text" and "signs" in p.accepted] == []


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("source_id", "gazette_2019_05_21", "which does not carry minister_radio"),
        ("utterance_id", "pell_letter", "which does not carry pell_letter"),
    ],
)
def test_words_of_a_source_that_does_not_carry_the_utterance_are_refused(
    changed: Changed, column: str, value: str, found: str
) -> None:
    (problem,) = problems(changed("words", "w_minister_1", column, value))
    assert place(problem) == ("words", 2, "source_id")
    assert found in problem.found
    assert problem.todo == "add the source to reports, or mend the utterance or the source"


@pytest.mark.parametrize("column", ["utterance_id", "source_id"])
def test_words_of_an_utterance_or_source_that_is_not_there_are_refused(
    changed: Changed, column: str
) -> None:
    found = problems(changed("words", "w_minister_1", column, "nobody"))
    assert ("words", 2, column) in [place(problem) for problem in found]


def test_words_have_a_language_and_a_page_without_words_has_none(changed: Changed) -> None:
    (problem,) = problems(changed("words", "w_minister_1", "language", ""))
    assert place(problem) == ("words", 2, "language")
    folder = changed("words", "w_minister_1", "text", "")
    (problem,) = problems(folder)
    assert place(problem) == ("words", 2, "text")
    folder = changed("words", "w_minister_1", "language", "", of=folder)
    (problem,) = problems(folder)
    assert problem.todo == "copy the words, or say in the note what the page reports"
    assert problems(changed("words", "w_minister_1", "note", "Reports it.", of=folder)) == []
