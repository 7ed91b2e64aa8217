"""The dataset as the cell of a notebook loads it, in one call: read, checked, and seen.

What has been loaded stays in memory: a kernel that is forked from a process that has called this
loads the same dataset at once.
"""

from __future__ import annotations

from typing import Any

from claimbrief.dataset import read_dataset
from claimbrief.validate import checked
from claimbrief.view import View, view, viewpoint


def loaded(dataset: str, **chosen: Any) -> View:
    """Return the dataset in a folder as seen from a viewpoint.

    Raises ParameterError for a value that no viewpoint can have, DatasetError for a dataset that
    is not sound.
    """
    at = viewpoint(**chosen)
    return view(checked(read_dataset(dataset)), at)
