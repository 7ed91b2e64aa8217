"""What is wrong with the words: quotes that no page prints, pages that carry nothing, lengths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimbrief.dataset import OUTLET_VOICES, Dataset, each_row
from claimbrief.errors import Problem
from claimbrief.spans import GAP

MOST_WORDS, MOST_SIGNS = 60, 600  # of a row: words, or signs where a script sets no blanks

Printed = dict[tuple[str, str], list[Any]]  # rows of words by utterance and source


def words_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with the table of words, and quotes that do not stand in it.

    A claim of a source whose text was coded is held against that text instead.
    """
    carried = {
        (row.utterance_id, row.source_id)
        for table in (dataset.claims, dataset.reports)
        for row in each_row(table[["utterance_id", "source_id"]])
    }
    printed: Printed = {}
    for row in each_row(dataset.words):
        printed.setdefault((row.utterance_id, row.source_id), []).append(row)
        yield from _row_problems(row, carried)
    coded = set(dataset.sources.loc[dataset.sources["sha256"] != "", "source_id"])
    for claim in each_row(dataset.claims):
        if claim.source_id not in coded and claim.rendering not in OUTLET_VOICES:
            yield from _claim_problems(claim, printed)


def _row_problems(row: Any, carried: set[tuple[str, str]]) -> Iterator[Problem]:
    if (row.utterance_id, row.source_id) not in carried:
        yield _problem(
            row,
            "source_id",
            f"{row.source_id}, which does not carry {row.utterance_id}",
            "a source of one of the utterance’s claims, or one that stands in reports",
            "add the source to reports, or mend the utterance or the source",
        )
    count = len(row.text.split())
    if count > MOST_WORDS or len(row.text) > MOST_SIGNS:
        found = f"{count} words, {len(row.text)} signs"
        accepted = f"at most {MOST_WORDS} words and {MOST_SIGNS} signs"
        yield _problem(row, "text", found, accepted, "cut it, or make two rows of it")
    if row.text and not row.language:
        yield _problem(row, "language", "", "the language of the text", "enter it: en, uk, ko …")
    if not row.text and (row.language or not row.note):
        yield _problem(
            row,
            "text",
            "",
            "words; or none, no language, and a note on what the page reports",
            "copy the words, or say in the note what the page reports",
        )
    if row.is_followed is False and not row.note:
        yield _problem(
            row,
            "note",
            "",
            "why another page’s wording is followed",
            "give the reason, or set is_followed to true",
        )


def _claim_problems(claim: Any, printed: Printed) -> Iterator[Problem]:
    """Yield a quote that no row of words has, and coded words that do not stand in the quote."""
    rows = printed.get((claim.utterance_id, claim.source_id), [])
    if claim.quote and not any(row.is_followed and _has(row.text, claim.quote) for row in rows):
        found = f"{claim.claim_id}: {claim.quote}"
        if any(_has(row.text, claim.quote) for row in rows):
            found += " (in a row that is not followed)"
        yield Problem(
            "claims",
            claim.Index,
            "quote",
            found,
            f"words of a followed row of words for {claim.utterance_id} and {claim.source_id}",
            "copy the quote from the row, or add what the page prints to words.csv",
        )
    if claim.rendering != "direct":
        return
    for column in ("hedge_words", "personnel_term"):
        cell = getattr(claim, column)
        if cell and claim.quote and cell.casefold() not in claim.quote.casefold():
            yield Problem(
                "claims",
                claim.Index,
                column,
                f"{claim.claim_id}: {cell}",
                f"words that stand in the quote “{claim.quote}”",
                "copy them from the quote, lengthen it, or empty the cell",
            )


def _has(text: str, quote: str) -> bool:
    """Return whether a text has a quote; the stretches of one that is cut, in their order."""
    at = 0
    for stretch in quote.split(GAP):
        at = text.find(stretch, at)
        if at < 0:
            return False
        at += len(stretch)
    return True


def _problem(row: Any, column: str, found: str, accepted: str, todo: str) -> Problem:
    where = f"{row.words_id}: {found or 'an empty cell'}"
    return Problem("words", row.Index, column, where, accepted, todo)
