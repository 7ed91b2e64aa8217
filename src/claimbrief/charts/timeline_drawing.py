"""Where the bands and marks of the claim timeline go, and how they are drawn, with its keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from claimbrief.analysis.escalation import BOUNDS, CLAIMS, DENIALS, OPEN
from claimbrief.charts.canvas import WIDTH, cut_to_width, draw_band, flow, lanes, text_width, write
from claimbrief.charts.days import TOP, Days, draw_axis, is_dated
from claimbrief.charts.shapes import COMMITMENT_FILLS, STANCE_SHAPES, draw_shape, fill_of
from claimbrief.context import Context
from claimbrief.dataset import NO_QUESTION, each_row
from claimbrief.dates import parse
from claimbrief.house import house
from claimbrief.links import side_name
from claimbrief.statements import TO_COME
from claimbrief.wording import capitalised

HEADINGS = {
    CLAIMS: "Said to be so, or likely",
    BOUNDS: "Not so, or not yet, by sides that say such things themselves",
    OPEN: "Left open",
    DENIALS: "Denials and answers",
}
LEGEND = {
    "affirms": "said",
    "affirms_hedged": "called likely",
    "not_yet": "not yet",
    "dismisses": "dismissed",
    "denies": "said that it is not so",
}
KEY_LINE = 11.0  # points: a line of the key
LANE, EMPTY, GAP = 8.3, 7.0, 19.0  # points: a lane, an empty band, a gap between parts
# Of many marks, which are as high as a page takes below its heading: a lane, with names, a gap.
CLOSE_LANE, NAMED_LANE, CLOSE_GAP = 3.4, 6.2, 11.0
SIZE, SHAPE = 7.5, 6.0  # points: names at marks, and their shapes
MANY_MARKS, NAMED_MARKS = 250, 16  # of more marks only bands of at most 16 have names
STANCE_LABELS = {  # of what is left open
    "holds_possible": "held possible",
    "supposes": "reasoned from, with an “if”",
    "notes_reports": "spoke of reports",
    "questions": "questioned reports",
    "cannot_confirm": "could not confirm",
    "declines": "would not say",
    "meta": "spoke of claims",
}


def draw_ground(
    axes: Axes, context: Context, axis: Days, bands: Sequence[Band], bottom: float
) -> None:
    """Draw what lies below the marks: bands, days, events, and the days that no source covers."""
    _draw_bands(axes, context, axis, bands)
    draw_axis(axes, context, axis, bottom)
    first = axis.start if context.covered_until is None else context.covered_until + timedelta(1)
    if first <= axis.end:
        axes.fill_between(
            [axis.x(axis.inside(first)) - axis.step / 2, axis.edge], TOP, bottom,
            facecolor="none", edgecolor=house().faint, hatch="////", linewidth=0,
        )  # fmt: skip


def _draw_bands(axes: Axes, context: Context, axis: Days, bands: Sequence[Band]) -> None:
    """Draw the ground of every other band, each band's label, and a heading above each part."""
    for position, band in enumerate(bands):
        if position % 2 == 0:
            draw_band(axes, (axis.left, axis.edge), (band.top, band.bottom))
        label = band_label(band.part, band.band, context)
        y, sizes = (band.top + band.bottom) / 2, (SIZE, SIZE - 0.5, SIZE - 1)  # the first that fits
        size = next((it for it in sizes if text_width(label, it) <= axis.left - 8), sizes[-1])
        write(axes, axis.left - 6, y, label, size, ha="right", va="center")
    for part, heading in HEADINGS.items():
        top = next((band.top for band in bands if band.part == part), None)
        if top is not None:
            axes.text(0, top - 5, heading, size=8.5, weight="bold", color=house().ink)


def draw_mark(axes: Axes, mark: Placed, axis: Days, colour: str) -> None:
    """Draw a mark with its name; an undated one at the end of a bar over all its days."""
    if mark.has_bar:
        width = mark.x_end - mark.x_start
        style = "round,pad=0,rounding_size=2.5"
        box = FancyBboxPatch((mark.x_start, mark.y - 2.5), width, 5, boxstyle=style)
        box.set(facecolor=colour, alpha=0.22, linewidth=0)
        axes.add_patch(box)
        if pd.isna(mark.row.earliest):
            tip = mark.x_start - 1
            axes.plot([tip + 5, tip, tip + 5], [mark.y - 4, mark.y, mark.y + 4], color=colour, lw=1)
        if mark.row.outside_date:
            when = parse(mark.row.outside_date)
            if when.is_day and axis.start <= when.latest <= axis.end:
                x = axis.x(when.latest)
                axes.plot([x, x], [mark.y - 4.5, mark.y + 4.5], color=colour, linewidth=1.6)
    shape, fill = STANCE_SHAPES.get(mark.row.stance, "o"), fill_of(mark.row.commitment)
    draw_shape(axes, mark.x, mark.y, shape, mark.size, colour, fill)
    left = max(mark.x + 5, mark.x_end + 2 if mark.has_bar else 0)
    axes.text(left, mark.y, mark.label, va="center_baseline", size=SIZE, color=house().ink)


Entry = tuple[str, float, str, str]  # of the key: shape, fill, colour and words


def key_lines(frame: pd.DataFrame, context: Context) -> list[tuple[Entry, float, int]]:
    """Return the entries of the key with their left ends, in points, and lines.

    Shapes, fills and colours of sides each begin a line; sides without a colour of their own share
    the last. Names of speakers stand at their marks.
    """
    stances, kinds = set(frame["stance"]), {str(code)[:2] for code in frame["commitment"]}
    firmness, muted = context.labels["commitment"], house().muted
    shapes = [(STANCE_SHAPES[code], 0.0, muted, LEGEND[code]) for code in LEGEND if code in stances]
    fills = [
        ("o", COMMITMENT_FILLS[kind], muted, firmness[f"{kind}+"])
        for kind in COMMITMENT_FILLS
        if kind in kinds
    ]
    fills += [("o", 0.0, muted, "no commitment")] * bool(kinds - set(COMMITMENT_FILLS))
    placed: list[tuple[Entry, float, int]] = []
    for entries in (shapes, fills, _sides(set(frame["side"]), context)):
        first = placed[-1][2] + 1 if placed else 0
        places = flow((text_width(words, 7) + 20 for *_, words in entries), WIDTH)
        placed += [
            (entry, x, first + line) for entry, (x, line) in zip(entries, places, strict=True)
        ]
    return placed


def _sides(sides: Collection[str], context: Context) -> list[Entry]:
    shared = house().colours[-1]
    drawn = {side: colour for side, colour in context.colours.items() if side in sides}
    named = [
        ("o", 1.0, colour, side_name(side, context))
        for side, colour in drawn.items()
        if colour != shared
    ]
    return named + [("o", 1.0, shared, "others")] * (shared in drawn.values())


def draw_key(axes: Axes, key: Sequence[tuple[Entry, float, int]], top: float) -> None:
    """Draw the key from `top` down; each of its lines is KEY_LINE points high."""
    for (shape, fill, colour, words), x, line in key:
        y = top + KEY_LINE * line
        draw_shape(axes, x + 4, y, shape, 5.5, colour, fill)
        axes.text(x + 10, y, words, va="center_baseline", size=7, color=house().muted)


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
            depth = max([mark.y + lane / 2 for mark in placed], default=top + EMPTY) - top
            depth += 2 if are_many else 3
            bands.append(Band(part, band, top, top + depth))
            marks += placed
            top += depth
        top += (CLOSE_GAP if are_many else GAP) if keys and part != DENIALS else 0
    return bands, marks, top


def parts(frame: pd.DataFrame, context: Context) -> dict[str, list[str]]:
    """Return the bands of each part from the top down: claims, limits, what is open, denials."""
    drawn = {part: set(frame.loc[frame["part"] == part, "band"]) for part in (CLAIMS, BOUNDS, OPEN)}
    questions = [it for it in context.questions if it not in NO_QUESTION or it in drawn[CLAIMS]]
    return {
        CLAIMS: [*questions, TO_COME] if TO_COME in drawn[CLAIMS] else questions,
        BOUNDS: [question for question in context.questions if question in drawn[BOUNDS]],
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
        name = capitalised(row.speaker) if row.is_first and is_named else ""
        label = cut_to_width(name, SIZE, WIDTH - end - 8)
        marks.append((row, start, end, label))
        extents.append((start - 4, end + 4 + (text_width(label, SIZE) + 5 if label else 0)))
    return [
        Placed(row, start, end, top + 2 + height * (lane + 0.5), label, size)
        for (row, start, end, label), lane in zip(marks, lanes(extents), strict=True)
    ]
