"""The turning points above the positions by day: a label and a broken line for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.axes import Axes

from claimbrief.charts.canvas import box, lines, part, text_width, wrapped, write, write_over
from claimbrief.charts.positions_by_day_layout import BOLD, Face, Row
from claimbrief.charts.positions_by_day_words import point_words
from claimbrief.dataset import each_row

BROWN = "#7a5a12"  # media.css has a dark-mode colour for it
BAND = 0.09  # opacity of the ground of several days
LINES = 2  # how many lines of words a point has at most, where they are short enough
SPACE = 0.27  # the width of a space, as a share of the size of words
ALONE, NARROWEST, WIDEST, STEP = 92.0, 62.0, 150.0, 8.0  # points: widths of a label
APART = 7.0  # points between labels


@dataclass(frozen=True)
class Label:
    """A turning point's label: its lines, middle and width, and the days' left and right edge."""

    days: str
    lines: tuple[str, ...]
    x: float
    width: float
    start: float
    end: float
    since: str

    @property
    def is_day(self) -> bool:
        """Whether the turning point is a single day."""
        return self.start == self.end


def labels_of(points: pd.DataFrame, face: Face) -> list[Label]:
    """Return the labels by date; in the wide drawing they stand beside each other.

    In the narrow drawing each has lines of its own above the chart.
    """
    axis, found = face.days, []
    for point in each_row(points):
        days, words = point_words(point, face.context)
        start, end = axis.x(point.first), axis.x(point.last)
        lines = _lines(f"{days}: {words}", face)
        width = max(text_width(line, face.size) for line in lines) + 2
        since = f"{point.first.date()}"
        label = Label(days, tuple(lines), (start + end) / 2, width, start, end, since)
        found.append(label)
    return found if face.is_narrow else _pushed_apart(found, face)


def _lines(words: str, face: Face) -> list[str]:
    """Return words in few short lines, in a narrow drawing as long as it is wide."""
    if face.is_narrow:
        return wrapped(words, face.size, face.width - 4)
    if text_width(words, face.size) <= ALONE:
        return [words]
    width = NARROWEST
    while len(lines := wrapped(words, face.size, width)) > LINES and width < WIDEST:
        width += STEP
    return lines


def _pushed_apart(labels: Sequence[Label], face: Face) -> list[Label]:
    """Return labels moved sideways as far as they have to, inside the drawing."""
    placed: list[Label] = []
    edge = 0.0
    for label in labels:
        x = max(label.x, edge + label.width / 2)
        placed.append(replace(label, x=x))
        edge = x + label.width / 2 + APART
    edge = face.width
    for at in range(len(placed) - 1, -1, -1):
        label = placed[at]
        placed[at] = replace(label, x=min(label.x, edge - label.width / 2))
        edge = placed[at].x - label.width / 2 - APART
    return placed


def height_of(labels: Sequence[Label], face: Face) -> float:
    """Return the height that the labels take above the rows."""
    if not labels:
        return 2.0
    if face.is_narrow:
        return (sum(len(label.lines) for label in labels) + 1.4) * face.word_line + 4
    return max(len(label.lines) for label in labels) * face.word_line + 5


def draw_points(axes: Axes, labels: Sequence[Label], rows: Sequence[Row], face: Face) -> None:
    """Draw the labels and their lines; each belongs to the page from its day on."""
    y = 0.0
    for label in labels:
        if not face.is_narrow:
            y = rows[0].top - 5 - face.word_line * len(label.lines)
        with part(axes, since=label.since):
            _draw_days(axes, label, rows, face)
            y = _draw_lines(axes, label, face, y)
    if face.is_narrow:
        _draw_short(axes, labels, face, rows[0].top)


def _draw_days(axes: Axes, label: Label, rows: Sequence[Row], face: Face) -> None:
    """Draw a broken line on a day, or a ground over several days."""
    if label.is_day:
        parts = [((label.start, label.start), row.drawn(face)) for row in rows]
        lines(axes, parts, color=BROWN, linewidth=0.8, linestyle=(0, (2, 2)), zorder=1.5)
        return
    half = face.days.step / 2
    edges = (label.start - half, label.end + half)
    for row in rows:
        box(axes, edges, row.drawn(face), BROWN, zorder=0.6, opacity=BAND)


def _draw_lines(axes: Axes, label: Label, face: Face, y: float) -> float:
    """Draw a label's lines from `y` down, the days in bold; return where they end.

    They stand in the middle over the line, or narrow, at the left edge.
    """
    for at, line in enumerate(label.lines):
        width = text_width(line, face.size) + (0 if at else 1.5)
        x = 0 if face.is_narrow else label.x - width / 2
        middle = y + face.word_line * (at + 0.5)
        if not at:
            days = f"{label.days}:"
            write_over(axes, x, middle, days, face.size, BROWN, is_bold=True)
            x += text_width(days, face.size, is_bold=True) + SPACE * face.size
            line = line.removeprefix(days).strip()
        write_over(axes, x, middle, line, face.size, BROWN)
    return y + face.word_line * len(label.lines)


def _draw_short(axes: Axes, labels: Sequence[Label], face: Face, top: float) -> None:
    """Draw each label's days over its line as well, where two do not overlap."""
    edge = 0.0
    for label in labels:
        width = text_width(label.days, face.size) * BOLD
        x = min(max(label.x, width / 2), face.width - width / 2)
        if x - width / 2 >= edge:
            with part(axes, since=label.since):
                y = top - 5 - face.word_line / 2
                write(axes, x, y, label.days, face.size, BROWN, is_bold=True, ha="center")
            edge = x + width / 2 + 4
