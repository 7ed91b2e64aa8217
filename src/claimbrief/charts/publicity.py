"""Publicity over time: how many items of evidence had been named by each day, how many shown."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from claimbrief.analysis.counts import Count
from claimbrief.analysis.provenance import ITEMS, PUBLIC
from claimbrief.blocks import Figure
from claimbrief.captions import by_the_day, first_that_fits, in_words
from claimbrief.charts.canvas import (
    WIDTH,
    Span,
    cut_to_width,
    drawing,
    mark_of,
    part,
    text_width,
    write,
)
from claimbrief.charts.days import DAY_LABEL, Days, draw_days
from claimbrief.charts.svg import drawn
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.house import house
from claimbrief.limits import truncation_note
from claimbrief.lookups import sort_by_keys
from claimbrief.texts import text
from claimbrief.view import bounds_of
from claimbrief.wording import capitalised, counted, dated, day, number

BLOCK = "chart-publicity-by-day"
ITEM_ROWS = 24  # how many rows below the days keep the chart within a printed page
PLOT, TOP, SIZE, LINE, GUTTER = 130.0, 14.0, 7.5, 11.0, 64.0  # points
LEFT = DAY_LABEL / 2  # points left of the first day, for its label
BROKEN = (0, (2, 2))  # of the line with everything that is possible


def publicity_by_day(frame: pd.DataFrame, items: pd.DataFrame, context: Context) -> Figure:
    """Return items named and items public by day, with each public item below on its day.

    `frame` is `analysis.publicity_by_day`, `items` is `analysis.evidence_register`. Of more public
    items than `ITEM_ROWS` the first to become public have a row.
    """
    axis = Days(context.at.window_start, context.at.window_end, GUTTER, LEFT)
    public = items[_is_public(items)]
    rows = _first(public)
    base = TOP + PLOT
    height = base + 20 + LINE * len(rows) + (6 if len(rows) else 0)
    with drawing(WIDTH, height) as (canvas, axes):
        draw_days(axes, axis, base)
        _draw_steps(axes, frame, axis, base)
        marks = []
        for place, item in enumerate(each_row(rows)):
            y = base + 24 + LINE * (place + 0.5)
            with part(axes, mark=place):
                left, right = _draw_item(axes, item, y, axis, context)
            when = parse(item.status_when)
            words = f"{capitalised(item.description)}, public {dated(item.status_when)}"
            box = (left, y - LINE / 2, right, y + LINE / 2)
            since = f"{when.earliest or when.latest}"  # from then on it may have been public
            marks.append(mark_of(item.claim_ids[0], words, box, height, since=since))
        look = drawn(canvas, BLOCK, height, marks)
    last = {name: _count(frame, name).total for name in ("named", "public")}
    return Figure(
        caption=text(_caption(frame, items, context)),
        subtitle=text("Things cited as evidence, and those that the public could see, by day"),
        alt=(
            f"Two stepped lines by day as of {day(context.at.as_of)}: "
            f"{counted(last['named'], 'item')} named, {counted(last['public'], 'item')} public."
        ),
        description=_description(frame),
        **look,
        note=text(_note(len(public))),
        source=context.source,
        numbers=last,
        is_empty=last["named"] == 0,
    )


def _first(public: pd.DataFrame) -> pd.DataFrame:
    """Return the items that have a row below the days: all, or of many the first."""
    if len(public) <= ITEM_ROWS:
        return public
    latest = bounds_of(public["status_when"])["latest"]
    return sort_by_keys(public, latest=latest)[:ITEM_ROWS]


def _note(public: int) -> str:
    rows = "is each thing" if public <= ITEM_ROWS else "are the things"
    return (
        "Only things that could be shown are counted, not reports by others and not reasoning. "
        f"Below the days {rows} cited that the public could see, on the day from which it could. A "
        "broken line counts what is only possible."
    ) + truncation_note(public, "things that became public", "the earliest first", ITEM_ROWS)


def _caption(frame: pd.DataFrame, items: pd.DataFrame, context: Context) -> str:
    """Return how many of the things cited were shown, and how many of them on one day."""
    named, public = _count(frame, "named"), _count(frame, "public")
    if not named.total:
        return f"Nobody had cited anything that could be shown {by_the_day(context)}"
    if named == Count(1) and not public.total:
        return f"The one thing cited had not been shown {by_the_day(context)}"
    count = in_words(public) if public.total else "none"
    if named == Count(1):
        words = f"the one thing cited was {'' if public.certain else 'possibly '}shown"
    else:
        of = in_words(named) if named.certain else f"at most {number(named.possible)}"
        words = f"{count} of {of} things cited {'was' if public.total <= 1 else 'were'} shown"
    day_of_most = "" if public.possible else _day_of_most(items, public.certain, context)
    return first_that_fits(words + day_of_most, words)


def _day_of_most(items: pd.DataFrame, public: int, context: Context) -> str:
    """Return on which day most of the things shown became public; "" if that is no single day."""
    parsed = [parse(when) for when in items.loc[_is_public(items), "status_when"]]
    days = Counter(when.latest for when in parsed if when.is_day).most_common()
    if not days or days[0][1] > public or [count for _, count in days[:2]] == [days[0][1]] * 2:
        return ""
    on, count = f"on {context.month_day(days[0][0])}", days[0][1]
    if count == public:
        return f", {on}" if count == 1 else f", {'both' if count == 2 else 'all'} of them {on}"
    return f", {number(count)} of them {on}" if count > 1 else ""


def _is_public(items: pd.DataFrame) -> pd.Series[bool]:
    """Return whether each item is one that could be shown, is cited and is public."""
    is_public = items["publicity"].isin(PUBLIC) & items["kind"].isin(ITEMS)
    return is_public & items["is_cited"].astype(bool)


def _count(frame: pd.DataFrame, name: str) -> Count:
    """Return how many items were named, or public, on the last day."""
    if frame.empty:
        return Count(0, 0)
    certain, total = (int(frame[f"{name}_{part}"].iloc[-1]) for part in ("certain", "possible"))
    return Count(certain, total - certain)


def _draw_steps(axes: Axes, frame: pd.DataFrame, axis: Days, base: float) -> None:
    """Draw both counts as steps, what is only possible as a broken line, and name their ends."""
    if frame.empty:
        return
    unit = (PLOT - 10) / max(int(frame["named_possible"].max()), 1)
    ends = []
    for name, colour in (("named", house().muted), ("public", house().line)):
        counts = frame[[f"{name}_certain", f"{name}_possible"]]
        starts = counts.ne(counts.shift()).any(axis=1)
        steps = frame[starts | starts.shift(-1, fill_value=True)]  # their first and last days
        days, low, high = (steps[column].tolist() for column in ("day", *counts))
        xs = [axis.x(when) + half for when in days for half in (-axis.step / 2, axis.step / 2)]
        certain = [base - unit * count for count in low for _ in range(2)]
        possible = [base - unit * count for count in high for _ in range(2)]
        axes.fill_between(xs, base, certain, color=colour, alpha=0.18, lw=0)
        axes.plot(xs, possible, color=colour, lw=0.8, linestyle=BROKEN)
        axes.plot(xs, certain, color=colour, lw=1.4)
        span = f"{low[-1]:,}" if low[-1] == high[-1] else f"{low[-1]:,}–{high[-1]:,}"
        ends.append((xs[-1], certain[-1], f"{span} {name}"))
    left = axis.x(axis.start) - axis.step / 2
    axes.plot([left, axis.edge], [base, base], color=house().faint, lw=0.8)
    gap = ends[1][1] - ends[0][1]
    for (x, y, words), way in zip(ends, (-1, 1), strict=True):
        shift = (9 - gap) / 2 * way if gap < 9 else 0
        write(axes, x + 4, y + shift, words, 8.5, is_bold=True)


def _draw_item(axes: Axes, item: Any, y: float, axis: Days, context: Context) -> Span:
    """Draw a public item on its day; return left and right of its square and words."""
    when = parse(item.status_when)
    x = axis.x(axis.inside(when.latest))
    start = axis.x(axis.inside(when.earliest or axis.start))
    if start != x:
        axes.plot([start, x], [y, y], color=house().line, lw=4, alpha=0.25)
    axes.plot([x], [y], marker="s", markersize=4.5, mew=0, color=house().line)
    kind = context.labels["evidence_kind"][item.kind]
    words = f"{kind}, shown by {item.offered_by or item.holder}"
    day_words = f", {context.short_dated(item.status_when)}"
    is_left = x + 8 + text_width(words + day_words, SIZE) > WIDTH
    anchor = start - 7 if is_left else x + 7
    room = (anchor if is_left else WIDTH - anchor) - 2  # the blank that joins both parts
    label = cut_to_width(words, SIZE, room - text_width(day_words, SIZE)) + day_words
    width = text_width(label, SIZE)
    write(axes, anchor, y, label, SIZE, ha="right" if is_left else "left")
    ends = (anchor - width, anchor) if is_left else (anchor, anchor + width)
    return min(start - 4, ends[0]), max(x + 4, ends[1])


def _description(frame: pd.DataFrame) -> str:
    counts = frame[["named_possible", "public_possible"]]
    changed = frame[counts.ne(counts.shift()).any(axis=1)]
    parts = [
        f"{day(row.day)}: {row.named_possible:,} named, {row.public_possible:,} public"
        for row in each_row(changed)
    ]
    return f"{'; '.join(parts)}." if parts else "No day in the window."
