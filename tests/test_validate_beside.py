"""The check in a process beside: the same verdict, and no sooner believed than it is in."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from claimbrief.dataset import Dataset, read_dataset
from claimbrief.errors import DatasetError, ParameterError, Problem
from claimbrief.validate import beside, checked, checked_beside, find_problems, whole

Changed = Callable[..., Path]
pytestmark = pytest.mark.filterwarnings("ignore:This process")  # that it has threads and forks


@pytest.fixture(autouse=True)
def _forks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "WORTH_IT", 1)
    monkeypatch.setattr(beside, "_can_fork", lambda: True)


def _not_here(dataset: Dataset) -> list[Problem]:
    raise AssertionError("it was checked in this process")


def test_a_sound_dataset_has_passed_after_the_block(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = read_dataset(tiny)
    monkeypatch.setattr(whole, "find_problems", _not_here)
    with checked_beside(dataset), pytest.raises(AssertionError):
        checked(dataset)  # not yet
    assert checked(dataset) is dataset
    assert multiprocessing.active_children() == []


def test_every_problem_is_told_whatever_the_block_has_raised(changed: Changed) -> None:
    dataset = read_dataset(changed("actors", "engineers", "country", "XVL"))
    with pytest.raises(DatasetError) as told, checked_beside(dataset):
        raise KeyError("engineers")
    assert list(told.value.problems) == find_problems(dataset) != []
    assert multiprocessing.active_children() == []


def test_what_the_block_raises_of_a_sound_dataset_is_raised(tiny: Path) -> None:
    with pytest.raises(ParameterError, match="no such source"), checked_beside(read_dataset(tiny)):
        raise ParameterError("no such source")


def test_where_the_process_ends_without_a_verdict_the_dataset_is_checked_here(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = read_dataset(changed("actors", "engineers", "country", "XVL"))
    monkeypatch.setattr(beside, "find_problems", lambda dataset: os._exit(3))
    with pytest.raises(DatasetError), checked_beside(dataset):
        pass


@pytest.mark.parametrize("reason", ["it is small", "nothing can be forked"])
def test_where_no_process_is_started_the_dataset_is_checked_before_the_block(
    changed: Changed, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    dataset = read_dataset(changed("actors", "engineers", "country", "XVL"))
    if reason == "it is small":
        monkeypatch.setattr(beside, "WORTH_IT", len(dataset.claims) + 1)
    else:
        monkeypatch.setattr(beside, "_can_fork", lambda: False)
    monkeypatch.setattr(beside, "_tell", _not_here)
    begun = []
    with pytest.raises(DatasetError), checked_beside(dataset):
        begun.append(dataset)
    assert not begun


def test_a_process_with_other_threads_is_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert beside._can_fork()
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not beside._can_fork()
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr("sys.platform", "darwin")
    assert not beside._can_fork()
