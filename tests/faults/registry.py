"""The trials by kind: `@trial("kind")` on a function that yields its cases.

A case is a name and a function to call, given how many trials are wanted: it returns nothing where
the fault was met, and raises what it found where not. Each case has a limit of time of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

Case = tuple[str, Callable[[], None]]
Cases = Callable[[int], Iterator[Case]]
_Function = TypeVar("_Function", bound=Cases)

TRIALS: dict[str, list[Cases]] = {}


def trial(kind: str) -> Callable[[_Function], _Function]:
    """Enter a function that yields cases under a kind; several may be of one kind."""

    def enter(function: _Function) -> _Function:
        TRIALS.setdefault(kind, []).append(function)
        return function

    return enter
