"""Where the bands and marks of the claim timeline go, in points from the top left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from claimbrief.analysis.escalation import CLAIMS, DENIALS, LIMITS, OPEN
from claimbrief.charts.canvas import WIDTH
from claimbrief.charts.days import TOP, Days, is_dated
from claimbrief.charts.layout import cut_to_width, lanes, text_width
from claimbrief.context import Context
from claimbrief.dataset import CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION, each_row
from claimbrief.statements import TO_COME
from claimbrief.wording import capitalised

LANE, EMPTY, GAP = 8.3, 7.0, 19.0  # points: a lane, an empty band, a gap between parts
CLOSE_LANE, NAMED_LANE, CLOSE_GAP = 4.6, 6.6, 12.0  # of many marks: a lane, with names, a gap
SIZE, SHAPE = 7.5, 6.0  # points: names at marks, and their shapes
MANY_MARKS, NAMED_MARKS = 250, 16  # of more marks only bands of at most 16 have names
# Questions that have no band among the claims unless something is said to them.
NO_BAND = (CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION)
STANCE_LABELS = {  # of what is left open
    "holds_possible": "held possible",
    "supposes": "reasoned from, with an “if”",
    "notes_reports": "spoke of reports",
    "questions": "questioned reports",
    "cannot_confirm": "could not confirm",
    "declines": "would not say",
    "meta": "spoke of claims",
}


@dataclass(frozen=True)
class Band:
    """A row of the timeline, its key in the frame (part, band) and its edges in points."""

    part: str
    band: str
    top: float
    bottom: float


@dataclass(frozen=True)
class Placed:
    """A row of the frame with the extent of its bar (of a known day: none), name and size."""

    row: Any
    x_start: float
    x_end: float
    y: float
    label: str
    size: float  # of its shape

    @property
    def has_bar(self) -> bool:
        """Whether the day is not known."""
        return self.x_start != self.x_end

    @property
    def x(self) -> float:
        """The middle of the shape: on its day, or inside the end of its bar."""
        return self.x_end - 4 if self.has_bar else self.x_end


def placed_marks(
    frame: pd.DataFrame, context: Context, axis: Days
) -> tuple[list[Band], list[Placed], float]:
    """Return the bands from the top down, the marks and where the last band ends."""
    bands, marks, top = [], [], TOP
    are_many = len(frame) > MANY_MARKS
    for part, keys in parts(frame, context).items():
        for band in keys:
            rows = frame[(frame["part"] == part) & (frame["band"] == band)]
            is_named = not are_many or len(rows) <= NAMED_MARKS
            lane = (NAMED_LANE if is_named else CLOSE_LANE) if are_many else LANE
            placed = _marks_of_band(rows, axis, top, lane, is_named=is_named)
            depth = max([mark.y + lane / 2 for mark in placed], default=top + EMPTY) - top + 3
            bands.append(Band(part, band, top, top + depth))
            marks += placed
            top += depth
        top += (CLOSE_GAP if are_many else GAP) if keys and part != DENIALS else 0
    return bands, marks, top


def parts(frame: pd.DataFrame, context: Context) -> dict[str, list[str]]:
    """Return the bands of each part from the top down: claims, limits, what is open, denials."""
    drawn = {part: set(frame.loc[frame["part"] == part, "band"]) for part in (CLAIMS, LIMITS, OPEN)}
    questions = [it for it in context.questions if it not in NO_BAND or it in drawn[CLAIMS]]
    return {
        CLAIMS: [*questions, TO_COME] if TO_COME in drawn[CLAIMS] else questions,
        LIMITS: [question for question in context.questions if question in drawn[LIMITS]],
        OPEN: [stance for stance in context.labels["stance"] if stance in drawn[OPEN]],
        DENIALS: list(context.labels["denial"])[::-1],
    }


def band_label(part: str, band: str, context: Context) -> str:
    """Return what a band of the chart is of, in words."""
    if part == DENIALS:
        return context.labels["denial"][band]
    if part == OPEN:
        return STANCE_LABELS.get(band, band)
    if band == TO_COME:
        return capitalised(context.labels["phase"][band])
    return context.short_questions[band]


def _marks_of_band(
    rows: pd.DataFrame, axis: Days, top: float, height: float, *, is_named: bool
) -> list[Placed]:
    """Return the marks of one band, in lanes; only a side's first of its kind is named, if any."""
    size = min(SHAPE, height - 0.6)
    marks, extents = [], []
    for row in each_row(rows):
        start, end = axis.span(row)
        if not is_dated(row):
            start, end = start - axis.step / 2, end + axis.step / 2
        name = _name(row.speaker) if row.is_first and is_named else ""
        label = cut_to_width(name, SIZE, WIDTH - end - 8)
        marks.append((row, start, end, label))
        extents.append((start - 4, end + 4 + (text_width(label, SIZE) + 5 if label else 0)))
    return [
        Placed(row, start, end, top + 2 + height * (lane + 0.5), label, size)
        for (row, start, end, label), lane in zip(marks, lanes(extents), strict=True)
    ]


def _name(speaker: str) -> str:
    """Return the first of several speakers, as a label begins, and how many more there are."""
    first, *others = speaker.split(", ")
    return f"{capitalised(first)} + {len(others)}" if others else capitalised(first)
