"""The dataset as the cell of a notebook loads it, in one call: read, checked, and seen.

What has been loaded stays in memory: a kernel that is forked from a process that has called this
loads the same dataset at once, and finds what several chapters begin with already worked out.
"""

from __future__ import annotations

from typing import Any

from claimbrief.analysis.days import views_by_day
from claimbrief.analysis.findings import findings
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import each_statement, statements
from claimbrief.charts.first import draw_first
from claimbrief.dataset import read_dataset
from claimbrief.validate import checked_beside
from claimbrief.view import View, view, viewpoint


def loaded(dataset: str, **chosen: Any) -> View:
    """Return the dataset in a folder as seen from a viewpoint.

    Raises ParameterError for a value that no viewpoint can have, DatasetError for a dataset that
    is not sound.
    """
    at = viewpoint(**chosen)
    record = read_dataset(dataset)
    with checked_beside(record):
        seen = view(record, at)
        each_statement(seen)
        statements(seen)
        sourcing(seen)
        views_by_day(seen)
    draw_first()
    return seen


def loaded_by_day(dataset: str, **chosen: Any) -> View:
    """Return what `loaded` returns, with the findings of each day of its window worked out.

    For many editions of one dataset, which have most of their days in common.
    """
    seen = loaded(dataset, **chosen)
    for one in views_by_day(seen).values():
        findings(one)
    return seen
