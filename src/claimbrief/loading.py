"""The record as a notebook loads it, in one call."""

from __future__ import annotations

from typing import Any

from claimbrief.dataset import read_dataset
from claimbrief.descriptor import with_declared_days
from claimbrief.validate import checked
from claimbrief.view import View, make_view
from claimbrief.viewpoint import viewpoint


def load(dataset: str, **values: Any) -> View:
    """Return the dataset in a folder, checked, as seen from a viewpoint.

    `values` are the keyword arguments of `claimbrief.viewpoint.viewpoint`; a day (`as_of`,
    `window_start`, `window_end`) that is empty or not given is as the dataset declares it.

    Raises:
        ParameterError: if a value cannot be one of a viewpoint, or is not in the dataset.
        DatasetError: if the dataset cannot be read or does not pass the check.
    """
    read = checked(read_dataset(dataset))
    return make_view(read, viewpoint(**with_declared_days(values, read.descriptor)))
