"""The brief's day moved through the window: the view of each day, and since when each claim is in.

A page can show any of these days, and shows what is computed here and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from claimbrief.view import View, view

MOST_DAYS = 62  # a longer window is walked in equal strides that end on its last day
MOST_CLAIMS = 62_000  # claims times days: each day asks for the whole record anew
FEWEST_DAYS = 3  # fewer days than these are no walk: then there is the last day alone


def days_of(seen: View) -> tuple[date, ...]:
    """Return the days of the window up to the brief's day, which is the last of them.

    Of up to 1,000 claims there are at most 62 days, of more fewer in equal strides, and of more
    than 20,000 the last day alone.
    """
    last = seen.at.as_of
    most = min(MOST_DAYS, MOST_CLAIMS // max(len(seen.whole.claims), 1))
    if most < FEWEST_DAYS:
        return (last,)
    span = max((last - seen.at.window_start).days, 0)
    stride = math.ceil((span + 1) / most)
    return tuple(last - timedelta(back) for back in range(span // stride * stride, -1, -stride))


@lru_cache(maxsize=4)
def views_by_day(seen: View) -> Mapping[date, View]:
    """Return what a brief of each day may use, by day; the last is the view itself."""
    earlier = {one: view(seen.whole, replace(seen.at, as_of=one)) for one in days_of(seen)[:-1]}
    return earlier | {seen.at.as_of: seen}


@lru_cache(maxsize=4)
def since(seen: View) -> Mapping[str, str]:
    """Return for each claim in view the first day (YYYY-MM-DD) by which it is, or may be, in.

    A day of publication that the viewpoint assumes, or a source's day, counts as in any view.
    """
    first: dict[str, str] = {}
    for one, shown in views_by_day(seen).items():
        claim_ids = shown.record.claims["claim_id"].tolist()
        first = dict.fromkeys(claim_ids, one.isoformat()) | first
    return first
