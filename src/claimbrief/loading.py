"""The record as a notebook loads it, in one call."""

from __future__ import annotations

import hashlib
from typing import Any

from claimbrief import handover
from claimbrief.dataset import Dataset, read_dataset
from claimbrief.descriptor import with_declared_days
from claimbrief.spans import texts
from claimbrief.validate import checked
from claimbrief.view import View, make_view
from claimbrief.viewpoint import viewpoint


def load(dataset: str, **values: Any) -> View:
    """Return the dataset in a folder, checked, as seen from a viewpoint.

    A chapter of a build does not check again what the build has checked: the same folder with the
    same content.

    `values` are the keyword arguments of `claimbrief.viewpoint.viewpoint`; a day (`as_of`,
    `window_start`, `window_end`) that is empty or not given is as the dataset declares it.

    Raises:
        ParameterError: if a value cannot be one of a viewpoint, or is not in the dataset.
        DatasetError: if the dataset cannot be read or does not pass the check.
    """
    read = read_dataset(dataset)
    if not handover.sound or fingerprint(read) not in handover.sound:
        checked(read)
    return make_view(read, viewpoint(**with_declared_days(values, read.descriptor)))


def check(dataset: str, **values: Any) -> str:
    """Load a dataset as a chapter does, and raise what that raises; return its fingerprint."""
    return fingerprint(load(dataset, **values).whole)


def fingerprint(dataset: Dataset) -> str:
    """Return the SHA-256 of the folder of a dataset and of all that its check reads."""
    found = hashlib.sha256(f"{dataset.folder.resolve()}\0{dataset.digest}".encode())
    for source_id, text in texts(dataset).items():
        found.update(f"\0{source_id}\0{hashlib.sha256(text.encode()).hexdigest()}".encode())
    return found.hexdigest()
