"""Where the bands and marks of the claim timeline go, in points from the top left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from claimbrief.analysis.escalation import (
    CLAIMS,
    DENIALS,
    OPEN,
)
from claimbrief.charts.canvas import WIDTH
from claimbrief.charts.layout import lanes, text_width
from claimbrief.dataset import each_row
from claimbrief.view import View
from claimbrief.wording import capitalised

LEFT, RIGHT, TOP, BOTTOM = 120.0, 64.0, 28.0, 16.0  # points around the days
LANE, EMPTY, GAP = 8.3, 7.0, 19.0  # points: lanes, an empty step, a gap
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

    def x(self, value: date) -> float:
        """Return the middle of a day, in points."""
        return self.left + ((value - self.start).days + 0.5) * self.step

    def inside(self, value: date) -> date:
        """Return the day of the axis that is nearest to a day."""
        return min(max(value, self.start), self.end)


def placed_marks(
    view: View, frame: pd.DataFrame, axis: Days
) -> tuple[list[tuple[str, str, float, float]], list[Placed], float]:
    """Return the bands (ladder, step, top, bottom), the placed marks and where the last ends."""
    bands, placed, top = [], [], TOP
    for ladder, steps in ladders(view, frame):
        for step in steps:
            rows = frame[(frame["ladder"] == ladder) & (frame["step"] == step)]
            marks = _band(rows, axis, top)
            depth = max([one.y + LANE / 2 for one in marks], default=top + EMPTY) - top + 3
            bands.append((ladder, step, top, top + depth))
            placed += marks
            top += depth
        top += GAP if steps and ladder != DENIALS else 0
    return bands, placed, top


def ladders(view: View, frame: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Return each ladder with its steps from the top down: claims, what is left open, denials."""
    drawn = set(frame.loc[frame["ladder"] == CLAIMS, "step"].unique())
    said = set(frame["step"].unique())
    roles = [code for code in view.whole.labels("content_role") if code in drawn]
    rungs = [*sorted(set(view.whole.labels("rung")) - {"0"}, key=int, reverse=True), *roles]
    levels = list(reversed(view.whole.labels("denial")))
    stances = [code for code in view.whole.labels("stance") if code in said]
    return [(CLAIMS, rungs), (OPEN, stances), (DENIALS, levels)]


def _band(rows: pd.DataFrame, axis: Days, top: float) -> list[Placed]:
    """Return the marks of one step, in lanes; only a side's first of its kind is named."""
    marks = []
    for row in each_row(rows):
        when = row.when
        start = axis.x(axis.inside(when.earliest or axis.start))
        end = axis.x(axis.inside(when.latest))
        if not when.is_day:
            start, end = start - axis.step / 2, end + axis.step / 2
        marks.append((row, start, end, _name(str(row.speaker)) if row.is_first else ""))
    extents = [
        (
            start - 4,
            end + 4 + (text_width(label, SIZE) + 5 if label else 0),
        )
        for _, start, end, label in marks
    ]
    return [
        Placed(row, start, end, top + 2 + LANE * lane + LANE / 2, label)
        for (row, start, end, label), lane in zip(marks, lanes(extents), strict=True)
    ]


def _name(speaker: str) -> str:
    """Return the first of several speakers, as a label begins, and how many more there are."""
    first, *others = speaker.split(", ")
    return f"{capitalised(first)} + {len(others)}" if others else capitalised(first)
