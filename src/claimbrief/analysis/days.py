"""The brief's day moved through the window: the view of each day, and since when each claim is in.

A page can show any of these days, and shows what is computed here and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TypeVar

import pandas as pd

from claimbrief.analysis.findings import Findings, findings
from claimbrief.in_view import first_in_view
from claimbrief.limits import days_at_most
from claimbrief.view import View, on_day

FEWEST_DAYS = 3  # fewer days than these are no walk through the window


def days_of(view: View) -> list[date]:
    """Return the days of the window up to the brief's day, which is the last of them.

    Of a long window, or a large record, there are fewer days, in equal strides; if there would be
    fewer than FEWEST_DAYS, the last day alone.
    """
    last = view.at.as_of
    days = days_at_most(len(view.whole.claims))
    if days < FEWEST_DAYS:
        return [last]
    span = max((last - view.at.window_start).days, 0)
    stride = math.ceil((span + 1) / days)
    return [last - timedelta(back) for back in range(span // stride * stride, -1, -stride)]


def views_by_day(view: View) -> dict[date, View]:
    """Return what a brief of each day may use, by day; the last is the view itself."""
    earlier = {day: on_day(view, day) for day in days_of(view)[:-1]}
    return earlier | {view.at.as_of: view}


OfDay = TypeVar("OfDay", View, Findings)


def by_day(make: Callable[[OfDay], pd.DataFrame], days: Mapping[date, OfDay]) -> pd.DataFrame:
    """Return the frames that a function makes of the views, or findings, of several days, as one.

    Columns: those of the function's frame, and `as_of` (YYYY-MM-DD). A table that can be moved
    through the days draws it.
    """
    frames = [make(day).assign(as_of=as_of.isoformat()) for as_of, day in days.items()]
    return pd.concat(frames, ignore_index=True)


def findings_by_day(views: Mapping[date, View]) -> dict[date, Findings]:
    """Return the findings of the views of several days, by day; the last is the brief's own."""
    return {day: findings(view) for day, view in views.items()}


def first_days(view: View) -> pd.Series[str]:
    """Return the first day (YYYY-MM-DD) by which each claim in view is, or may be, in, by claim id.

    A day of publication that the viewpoint assumes, or a source's day, counts as in any view.
    """
    days = days_of(view)
    places = first_in_view(view.base, view.at, days)
    return places.map(dict(enumerate(day.isoformat() for day in days))).astype("str")
