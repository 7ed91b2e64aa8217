"""What came first: pairs counted from sorted bounds, not walked one by one.

Of a record of n statements n² pairs can be asked for; how many of them are in a known order is
told by the sorted first and last days of the bounds alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from claimbrief.analysis.lasting import AROUND
from claimbrief.analysis.statements import each_statement
from claimbrief.dates import When
from claimbrief.view import View


@dataclass(frozen=True)
class Around:
    """How many statements were made before a day, in no order that can be told, and after it."""

    before: int
    undetermined: int
    after: int


class Sorted:
    """Statements by the bounds of their dates, to count what is before and after others."""

    def __init__(self, whens: Sequence[When]) -> None:
        """Sort the bounds of some statements."""
        self.latest = sorted(when.latest for when in whens)
        self.earliest = sorted(when.earliest or date.min for when in whens)

    def around(self, when: When) -> Around:
        """Return how many statements are before, undetermined and after, seen from a date."""
        count = len(self.latest)
        before = bisect_left(self.latest, when.earliest) if when.earliest else 0
        after = count - bisect_right(self.earliest, when.latest)
        return Around(before, count - before - after, after)


def pairs_in_order(whens: Sequence[When]) -> tuple[int, int]:
    """Return how many pairs of statements are in a known order, and how many pairs there are."""
    known = Sorted(whens)
    ordered = sum(known.around(when).before for when in whens)
    return ordered, len(whens) * (len(whens) - 1) // 2


@lru_cache(maxsize=64)
def relevant_utterances(view: View) -> dict[str, When]:
    """Return the bounds of the utterances whose order matters, by id, in order of date.

    They have a counted claim that is no context, or a denial.
    """
    found: dict[str, When] = {}
    for claim in each_statement(view):
        if claim.is_counted and (claim.content != AROUND or claim.is_denial):
            found.setdefault(claim.utterance_id, claim.when)
    return found


def around(asserted: Sequence[Any], when: When) -> tuple[list[str], list[str], list[str]]:
    """Return the ids of assertions made before a day, in no order that can be told, and after it.

    The assertions are rows of `statements`, which come by the last day of their bounds.
    """
    start = 0
    if when.earliest is not None:
        start = bisect_left(asserted, when.earliest, key=lambda claim: claim.when.latest)
    before = [claim.claim_id for claim in asserted[:start]]
    undetermined: list[str] = []
    after: list[str] = []
    for claim in asserted[start:]:
        is_after = claim.when.earliest is not None and claim.when.earliest > when.latest
        (after if is_after else undetermined).append(claim.claim_id)
    return before, undetermined, after
