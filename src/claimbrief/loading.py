"""The record as a notebook loads it, in one call."""

from __future__ import annotations

from typing import Any

from claimbrief.dataset import read_dataset
from claimbrief.validate import checked
from claimbrief.view import View, make_view
from claimbrief.viewpoint import viewpoint


def load(dataset: str, **values: Any) -> View:
    """Return the dataset in a folder, checked, as seen from a viewpoint.

    `values` are the keyword arguments of `claimbrief.viewpoint.viewpoint`.

    Raises:
        ParameterError: if a value cannot be one of a viewpoint, or is not in the dataset.
        DatasetError: if the dataset cannot be read or does not pass the check.
    """
    chosen = viewpoint(**values)
    return make_view(checked(read_dataset(dataset)), chosen)
