"""The axis of days of the timeline and charts like it: days, events and the day of the brief."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from claimbrief.charts.canvas import WIDTH, Span, lanes, text_width, write
from claimbrief.charts.count_grid import columns_that_fit
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.dates import When, edtf, parse
from claimbrief.house import house
from claimbrief.wording import short_day

LEFT, RIGHT, TOP = 120.0, 64.0, 28.0  # points left of the days, right of them and above
EVENT_LINES = 2  # lines of words about events that have room above a chart
DAY_LABEL = 44.0  # points: the width that the label of a day takes
LATER = "#e9ecef"  # the ground of the days after the brief's day
NO_DAY = ""  # the column of what has no known day in the window


@dataclass(frozen=True)
class Days:
    """The axis of days, in points from the left edge of the figure."""

    start: date
    end: date
    margin: float = RIGHT  # points right of the last day, for names
    left: float = LEFT  # points left of the first day, for labels

    @property
    def edge(self) -> float:
        """The right edge of the last day."""
        return WIDTH - self.margin

    @property
    def step(self) -> float:
        """The width of a day in points."""
        return (self.edge - self.left) / ((self.end - self.start).days + 1)

    def x(self, day: date) -> float:
        """Return the middle of a day, in points."""
        return self.left + ((pd.Timestamp(day).date() - self.start).days + 0.5) * self.step

    def inside(self, day: date) -> date:
        """Return the day of the axis that is nearest to a day."""
        return min(max(pd.Timestamp(day).date(), self.start), self.end)

    def later(self, day: date) -> float:
        """Return the left edge of the days after a day; of none, the right edge of all."""
        return self.edge if day >= self.end else max(self.x(day) + self.step / 2, self.left)

    def weeks(self, room: float) -> list[date]:
        """Return the first day of each week, or of as few weeks as let a label of `room` fit."""
        every, count = 7 * math.ceil(room / self.step / 7), (self.end - self.start).days + 1
        return [self.start + timedelta(days) for days in range(0, count, every)]

    def span(self, row: Any) -> Span:
        """Return the middles of the first and last day that a row of a frame may be of.

        Both are inside the axis; a row with an open start begins on the first day of the axis.
        """
        first = self.start if pd.isna(row.earliest) else self.inside(row.earliest)
        return self.x(first), self.x(self.inside(row.latest))


def is_dated(row: Any) -> bool:
    """Return whether the bounds of a row of a frame leave a single day."""
    return bool(row.earliest == row.latest)


def draw_days(axes: Axes, axis: Days, bottom: float) -> None:
    """Draw a line and a label for the first day of each week, or of as few weeks as fit."""
    year = axis.start.year if axis.start.year == axis.end.year else None
    for day in axis.weeks(DAY_LABEL):
        x = axis.x(day)
        axes.plot([x, x], [TOP, bottom], color=house().faint, linewidth=0.6, zorder=0)
        words = short_day(day, year)
        write(axes, x, bottom + 4, words, 7, house().muted, ha="center", va="top")


def draw_axis(axes: Axes, context: Context, axis: Days, bottom: float) -> None:
    """Draw the days, the events and the days that come after the brief's day."""
    draw_days(axes, axis, bottom)
    _draw_events(axes, context, axis, bottom)
    if context.at.as_of < axis.end:
        left = axis.later(context.at.as_of)
        axes.fill_between([left, axis.edge], TOP, bottom, color=LATER, linewidth=0, zorder=0.5)
        axes.text(left + 3, TOP - 4, "after the brief’s day", size=7, color=house().muted)


def _draw_events(axes: Axes, context: Context, axis: Days, bottom: float) -> None:
    """Draw a broken line for each event that statements speak of, up to the brief's day.

    Words that would lie on others go a line higher, as far as there is room.
    """
    events = []
    for event in each_row(context.events):
        when = parse(event.date)
        if when.is_day and axis.start <= when.latest <= min(axis.end, context.at.as_of):
            x, words = (axis.x(when.latest), f"{context.short_day(when.latest)}: {event.label}")
            width = text_width(words, 7)
            is_right = x + 3 + width < WIDTH
            events.append((x, words, is_right, (x, x + width + 8) if is_right else (x - width, x)))
    lines = lanes([extent for *_, extent in events])
    for (x, words, is_right, _), line in zip(events, lines, strict=True):
        axes.plot([x, x], [TOP - 10, bottom], color=house().muted, lw=0.7, linestyle=(0, (2, 2)))
        if line < EVENT_LINES:
            left, side = (x + 3, "left") if is_right else (x - 3, "right")
            y = TOP - 15 - 7 * line
            write(axes, left, y, words, 7, house().muted, ha=side, va="baseline", style="italic")


def cells_by_day(
    frame: pd.DataFrame, keys: pd.Series[str], rows: Mapping[str, str], context: Context
) -> tuple[pd.DataFrame, dict[str, str], int]:
    """Return the cells of a grid of counts by day, its columns, and the days that a column covers.

    `keys` holds the row of the grid for each row of the frame. A column covers as few days as let
    the counts fit, and its key is its first day; the last column is of what has no known day.
    """
    start, end = context.at.window_start, context.at.window_end
    first = pd.Timestamp(start)
    is_inside = frame["latest"].between(first, pd.Timestamp(end))
    is_known = (frame["earliest"] == frame["latest"]) & is_inside
    days = (end - start).days + 1
    for stride in range(1, days + 1):
        offset = (frame["latest"] - first).dt.days // stride * stride
        column = (first + pd.to_timedelta(offset, "D")).dt.strftime("%Y-%m-%d")
        cells = pd.DataFrame({"row": keys, "column": column.where(is_known, NO_DAY)})
        cells = cells.reset_index(drop=True).value_counts(sort=False).reset_index(name="count")
        if math.ceil(days / stride) + 1 <= columns_that_fit(rows, cells["count"]):
            break
    starts = [start + timedelta(offset) for offset in range(0, days, stride)]
    spans = [When(day, min(day + timedelta(stride - 1), end)) for day in starts]
    columns = {f"{span.earliest}": context.short_dated(edtf(span)) for span in spans}
    if (~is_known).any():
        columns[NO_DAY] = "no known day"
    return cells, columns, stride
