"""The check: every problem of a dataset at once, or none.

What the reader could not read is listed by the dataset itself. Then `structure` (the descriptor,
required cells, patterns, keys), `rows` (rules that a row keeps or breaks by itself), `cells`
(characters, addresses and codes), `meaning` (stances, renderings, actors, figures), `times` (dates,
evidence and lineage) and `words` (quotes compared with the words of pages, offsets and quotes
compared with a coded text).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from claimbrief.dataset import INTEGERS, TABLES, Dataset
from claimbrief.descriptor import primary_key, resource
from claimbrief.errors import DatasetError, Problem
from claimbrief.validate.cells import address_problems, character_problems, code_problems
from claimbrief.validate.meaning import meaning_problems
from claimbrief.validate.rows import row_problems
from claimbrief.validate.structure import structure_problems
from claimbrief.validate.times import provenance_problems, time_problems
from claimbrief.validate.words import span_problems, words_problems

__all__ = ["checked", "find_problems"]


def find_problems(dataset: Dataset) -> list[Problem]:
    """Return everything that is wrong with a dataset, by table, row and column; [] if sound."""
    found = chain(
        dataset.reading_problems,
        structure_problems(dataset),
        row_problems(dataset),
        character_problems(dataset),
        address_problems(dataset),
        code_problems(dataset),
        meaning_problems(dataset),
        time_problems(dataset),
        provenance_problems(dataset),
        words_problems(dataset),
        span_problems(dataset),
    )
    of_reading = set(dataset.reading_problems)
    numbers = (it for it in of_reading if it.column in INTEGERS)
    unread = {(it.where, it.row, _kind(it.column)) for it in numbers}
    if {("claims", "span"), ("exclusions", "span")} & {(where, kind) for where, _, kind in unread}:
        unread.add(("claims", 0, "span"))  # sentences that no claim and no exclusion covers
    unique = dict.fromkeys(
        problem
        for problem in found
        if problem in of_reading
        or (problem.where, problem.row, _kind(problem.column)) not in unread  # else it follows
    )
    ordered = sorted(unique, key=lambda problem: (problem.where, problem.row, problem.column))
    return [replace(problem, key=_key(dataset, problem)) for problem in ordered]


def _kind(column: str) -> str:
    """Return what a column of numbers, or their qualifier, is about: "span" or "figure"."""
    is_number = column in INTEGERS or column == "figure_qualifier"
    return column.partition("_")[0] if is_number else column


def _key(dataset: Dataset, problem: Problem) -> str:
    """Return the cells of the primary key of a problem's row, or "" where there is no such row."""
    if problem.where not in TABLES or problem.row not in dataset.table(problem.where).index:
        return ""
    row = dataset.table(problem.where).loc[problem.row]
    columns = primary_key(resource(dataset.descriptor, problem.where).get("schema", {}))
    cells = [str(row[column]) for column in columns if column in row.index.tolist()]
    return ", ".join(cell for cell in cells if cell not in ("", "<NA>"))


def checked(dataset: Dataset) -> Dataset:
    """Return the dataset if it is sound.

    Raises DatasetError with every problem, if there is any.
    """
    if problems := find_problems(dataset):
        raise DatasetError(problems)
    return dataset
