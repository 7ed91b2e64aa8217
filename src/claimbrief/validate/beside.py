"""The check in a process beside, for what can be done with a dataset before its verdict is in."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection

from claimbrief.dataset import Dataset
from claimbrief.spans import texts
from claimbrief.validate.whole import checked, find_problems, passed

WORTH_IT = 10_000  # claims; of fewer the check takes less than a process needs to start


@contextmanager
def checked_beside(dataset: Dataset) -> Iterator[None]:
    """Check a dataset while the block runs; after the block it has passed, as by `checked`.

    Where no process can be forked, or the dataset is small, it is checked before the block.

    Raises:
        DatasetError: with every problem, if there is any, whatever the block has raised.
    """
    if len(dataset.claims) < WORTH_IT or not _can_fork():
        checked(dataset)
        yield
        return
    archived = texts(dataset)
    context = multiprocessing.get_context("fork")
    verdict, told = context.Pipe(duplex=False)
    check = context.Process(target=_tell, args=(dataset, told), daemon=True)
    check.start()
    told.close()
    try:
        yield
    finally:
        with verdict, suppress(EOFError):  # it has ended without a verdict: it is asked for here
            passed(dataset, archived, verdict.recv())
        check.join()
        checked(dataset)


def _tell(dataset: Dataset, told: Connection) -> None:
    told.send(find_problems(dataset))


def _can_fork() -> bool:
    """Return whether a copy of this process can work: on Linux, where no other thread runs."""
    return sys.platform == "linux" and threading.active_count() == 1
