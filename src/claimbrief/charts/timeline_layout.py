"""Where the bands and marks of the claim timeline go, in points from the top left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from claimbrief.analysis.escalation import CLAIMS, DENIALS, LIMITS, OPEN
from claimbrief.analysis.lasting import FORETOLD
from claimbrief.charts.canvas import WIDTH
from claimbrief.charts.layout import cut_to_width, lanes, text_width
from claimbrief.dataset import CONTEXT, EVIDENCE_STATE, UNSTATED_QUESTION, each_row
from claimbrief.view import View
from claimbrief.wording import capitalised

LEFT, RIGHT, TOP, BOTTOM = 120.0, 64.0, 28.0, 16.0  # points around the days
LANE, EMPTY, GAP = 8.3, 7.0, 19.0  # points: a lane, an empty row, a gap
CLOSE_LANE, NAMED_LANE, CLOSE_GAP = 4.6, 6.6, 12.0  # of many marks: a lane, one with names, a gap
SIZE, SHAPE = 7.5, 6.0  # points: names at marks, and their shapes
MANY_MARKS, FEW_NAMED = 250, 16  # of more marks only rows of so few are named
# Questions that have no row of their own among the claims unless something is said to them.
NO_ROW = (CONTEXT, EVIDENCE_STATE, UNSTATED_QUESTION)
STANCE_LABELS = {  # of what is left open, in a few words
    "holds_possible": "held possible",
    "supposes": "reasoned from, with an “if”",
    "notes_reports": "spoke of reports",
    "questions": "questioned reports",
    "cannot_confirm": "could not confirm",
    "declines": "would not say",
    "meta": "spoke of claims",
}


@dataclass(frozen=True)
class Placed:
    """A mark of the timeline with its place in points, from the top left of the figure."""

    row: Any
    x_start: float
    x_end: float
    y: float
    label: str
    size: float  # of its shape


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
    are_many = len(frame) > MANY_MARKS
    for ladder, steps in ladders(view, frame):
        for step in steps:
            rows = frame[(frame["ladder"] == ladder) & (frame["step"] == step)]
            is_named = not are_many or len(rows) <= FEW_NAMED
            lane = (NAMED_LANE if is_named else CLOSE_LANE) if are_many else LANE
            marks = _band(rows, axis, top, lane, is_named=is_named)
            depth = max([one.y + lane / 2 for one in marks], default=top + EMPTY) - top + 3
            bands.append((ladder, step, top, top + depth))
            placed += marks
            top += depth
        top += (CLOSE_GAP if are_many else GAP) if steps and ladder != DENIALS else 0
    return bands, placed, top


def ladders(view: View, frame: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Return each part with its rows from the top down: claims, limits, what is open, denials."""
    drawn = {part: set(rows["step"]) for part, rows in frame.groupby("ladder")}
    labels = view.whole.labels("question")
    questions = [one for one in labels if one not in NO_ROW or one in drawn.get(CLAIMS, ())]
    if FORETOLD in drawn.get(CLAIMS, ()):
        questions.append(FORETOLD)
    limits = [one for one in labels if one in drawn.get(LIMITS, ())]
    levels = list(reversed(view.whole.labels("denial")))
    stances = [one for one in view.whole.labels("stance") if one in drawn.get(OPEN, ())]
    return [(CLAIMS, questions), (LIMITS, limits), (OPEN, stances), (DENIALS, levels)]


def row_name(view: View, ladder: str, step: str) -> str:
    """Return what a row of the chart is of, in words."""
    if ladder == DENIALS:
        return f"{step}  {view.whole.labels('denial')[step]}"
    if ladder == OPEN:
        return STANCE_LABELS.get(step, step)
    return view.whole.labels("phase" if step == FORETOLD else "question")[step]


def _band(
    rows: pd.DataFrame, axis: Days, top: float, height: float, *, is_named: bool
) -> list[Placed]:
    """Return the marks of one row, in lanes; only a side's first of its kind is named, if any."""
    marks = []
    for row in each_row(rows):
        when = row.when
        start = axis.x(axis.inside(when.earliest or axis.start))
        end = axis.x(axis.inside(when.latest))
        if not when.is_day:
            start, end = start - axis.step / 2, end + axis.step / 2
        name = _name(str(row.speaker)) if row.is_first and is_named else ""
        marks.append((row, start, end, cut_to_width(name, SIZE, WIDTH - end - 8)))
    extents = [
        (
            start - 4,
            end + 4 + (text_width(label, SIZE) + 5 if label else 0),
        )
        for _, start, end, label in marks
    ]
    return [
        Placed(row, start, end, top + 2 + height * (lane + 0.5), label, min(SHAPE, height - 0.6))
        for (row, start, end, label), lane in zip(marks, lanes(extents), strict=True)
    ]


def _name(speaker: str) -> str:
    """Return the first of several speakers, as a label begins, and how many more there are."""
    first, *others = speaker.split(", ")
    return f"{capitalised(first)} + {len(others)}" if others else capitalised(first)
