"""The whole check, and the datasets that have passed it."""

from __future__ import annotations

from collections.abc import Sequence
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
from claimbrief.validate.words import words_problems


def find_problems(dataset: Dataset) -> list[Problem]:
    """Return everything that is wrong with a dataset, by table, row and column; none if sound."""
    found = chain(
        file_problems(dataset),
        structure_problems(dataset),
        code_problems(dataset),
        meaning_problems(dataset),
        time_problems(dataset),
        provenance_problems(dataset),
        words_problems(dataset),
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
    if _PASSED.get(dataset) != archived:
        passed(dataset, archived, find_problems(dataset))
    return dataset


def passed(dataset: Dataset, archived: dict[str, str], problems: Sequence[Problem]) -> None:
    """Note that a dataset has passed the check with these texts; DatasetError if it has not."""
    if problems:
        raise DatasetError(problems)
    _PASSED[dataset] = archived


_PASSED: WeakKeyDictionary[Dataset, dict[str, str]] = WeakKeyDictionary()  # each with its texts
