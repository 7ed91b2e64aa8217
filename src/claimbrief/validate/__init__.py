"""The check: every problem of a dataset at once, or none.

Structure (columns, types, keys, required cells) is Frictionless's, told by `structure`, where
`sound` does not tell at a glance that all is well. What no table can tell by itself is ours:
`files` (bytes, cells and codes), `meaning` (stances, renderings, actors, figures), `times`
(dates), `provenance` (evidence and lineage) and `claimbrief.spans` (offsets and quotes).
"""

from __future__ import annotations

from itertools import chain
from weakref import WeakKeyDictionary

from claimbrief.dataset import Dataset
from claimbrief.errors import DatasetError, Problem
from claimbrief.spans import span_problems, texts
from claimbrief.validate.files import code_problems, file_problems
from claimbrief.validate.meaning import meaning_problems
from claimbrief.validate.provenance import provenance_problems
from claimbrief.validate.structure import structure_problems
from claimbrief.validate.times import time_problems

__all__ = ["checked", "find_problems"]


def find_problems(dataset: Dataset) -> list[Problem]:
    """Return everything that is wrong with a dataset, by table, row and column; none if sound."""
    found = chain(
        file_problems(dataset),
        structure_problems(dataset),
        code_problems(dataset),
        meaning_problems(dataset),
        time_problems(dataset),
        provenance_problems(dataset),
        span_problems(dataset),
    )
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda problem: (problem.where, problem.row, problem.column))


def checked(dataset: Dataset) -> Dataset:
    """Return the dataset if it is sound. One that has passed is not checked again, unless a text
    of the archive has changed, which is no part of a dataset.

    Raises:
        DatasetError: with every problem, if there is any.
    """
    archived = texts(dataset)
    if dataset not in _PASSED or _PASSED[dataset] != archived:
        if problems := find_problems(dataset):
            raise DatasetError(problems)
        _PASSED[dataset] = archived
    return dataset


_PASSED: WeakKeyDictionary[Dataset, dict[str, str]] = WeakKeyDictionary()  # each with its texts
