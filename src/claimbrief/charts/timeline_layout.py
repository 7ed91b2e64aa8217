"""Where the bands and marks of the claim timeline go, in points from the top left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from claimbrief.analysis.escalation import (
    CLAIMS,
    DENIALS,
    UNPLACED,
)
from claimbrief.charts.canvas import (
    WIDTH,
)
from claimbrief.charts.layout import lanes, text_width
from claimbrief.dataset import each_row
from claimbrief.view import View
from claimbrief.wording import capitalised

LEFT, RIGHT, TOP, BOTTOM = 120.0, 82.0, 28.0, 16.0  # points around the days
LANE, CONTEXT_LANE, EMPTY, GAP = 13.0, 9.5, 9.0, 26.0  # points: lanes, an empty step, a gap
SIZE = 7.5  # points: names at marks


@dataclass(frozen=True)
class Placed:
    """A mark of the timeline with its place in points, from the top left of the figure."""

    row: Any
    x_start: float
    x_end: float
    y: float
    label: str


@dataclass(frozen=True)
class Days:
    """The axis of days, in points from the left edge of the figure."""

    start: date
    end: date

    @property
    def step(self) -> float:
        """The width of a day in points."""
        return (WIDTH - LEFT - RIGHT) / ((self.end - self.start).days + 1)

    def x(self, value: date) -> float:
        """Return the middle of a day, in points."""
        return LEFT + ((value - self.start).days + 0.5) * self.step

    def inside(self, value: date) -> date:
        """Return the day of the axis that is nearest to a day."""
        return min(max(value, self.start), self.end)


def placed_marks(
    view: View, frame: pd.DataFrame, axis: Days
) -> tuple[list[tuple[str, str, float, float]], list[Placed], float]:
    """Return the bands (ladder, step, top, bottom), the placed marks and where the last ends."""
    rungs = [*sorted(view.whole.labels("rung"), key=int, reverse=True), UNPLACED]
    levels = list(reversed(view.whole.labels("denial")))
    bands, placed, top = [], [], TOP
    for ladder, steps in ((CLAIMS, rungs), (DENIALS, levels)):
        for step in steps:
            rows = frame[(frame["ladder"] == ladder) & (frame["step"] == step)]
            if step == UNPLACED and rows.empty:
                continue
            marks = _band(rows, axis, top, is_context=ladder == CLAIMS and step == "0")
            depth = max([one.y + LANE / 2 for one in marks], default=top + EMPTY) - top + 3
            bands.append((ladder, step, top, top + depth))
            placed += marks
            top += depth
        top += GAP if ladder == CLAIMS else 0
    return bands, placed, top


def _band(rows: pd.DataFrame, axis: Days, top: float, is_context: bool) -> list[Placed]:
    """Return the marks of one step, in lanes; on the lowest step one mark an utterance."""
    pitch = CONTEXT_LANE if is_context else LANE
    marks = []
    for row in each_row(rows):
        when = row.when
        start = axis.x(axis.inside(when.earliest or axis.start))
        end = axis.x(axis.inside(when.latest))
        if not when.is_day:
            start, end = start - axis.step / 2, end + axis.step / 2
        marks.append((row, start, end, _name(str(row.speaker))))
    extents = [
        (start - 5, end + (5 if start == end else 14) + text_width(label, SIZE) + 6)
        for _, start, end, label in marks
    ]
    return [
        Placed(row, start, end, top + 2 + pitch * lane + LANE / 2, label)
        for (row, start, end, label), lane in zip(marks, lanes(extents), strict=True)
    ]


def _name(speaker: str) -> str:
    """Return the first of several speakers, as a label begins, and how many more there are."""
    first, *others = speaker.split(", ")
    return f"{capitalised(first)} + {len(others)}" if others else capitalised(first)
