"""How the chart of figures is drawn, wide or narrow, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib.figure
import pandas as pd
from matplotlib.axes import Axes

from claimbrief.analysis.figures import Ends, Spread, ends_of
from claimbrief.blocks import Drawing
from claimbrief.charts.canvas import (
    WIDTH,
    cut_to_width,
    drawing,
    mark_of,
    part,
    text_width,
    wrapped,
    write,
)
from claimbrief.charts.shapes import draw_shape, fill_of
from claimbrief.charts.svg import svg_inside
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.house import house
from claimbrief.links import side_name
from claimbrief.statements import STAR
from claimbrief.wording import MONTHS, capitalised, dated, figure, number

HEAD, ROW, FOOT = 23.0, 13.0, 7.0  # points: heights of a heading, of a row, and below the last
LINE = 10.0  # points: height of each further line of a name
HEAD_SIZE = 10.0  # points
SIZE, GAP = 8.5, 7.5  # points: of text, and from a mark to its number
WIDEST_SIDE, WIDEST_SPEAKER = 116.0, 104.0  # points: longer names take several lines
WIDEST_NUMBER = 104.0  # points: a longer number takes several lines
BOLD = 1.08  # bold words are so much wider


@dataclass(frozen=True)
class Number:
    """A row of `figures_by_side`, with the lines of who gave it and of the number, in its place.

    Mark and number stand beside the speaker, or so many points `below`.
    """

    row: Any
    speakers: Sequence[str]
    words: Sequence[str]
    top: float
    below: float

    @property
    def height(self) -> float:
        """The height of the row, in points."""
        return max(_height(self.speakers), self.below + _height(self.words))


@dataclass(frozen=True)
class Rows:
    """Where everything stands, in points from the top left.

    `headings` holds each topic, and `sides` the lines of a side's name, with their tops; `days`,
    `who` and `nought` are where days, speakers and bars begin, and `scale` is the length of one
    person. `spread` is what the caption says, and `month` the month of a day without one.
    """

    width: float
    height: float
    headings: Sequence[tuple[str, float]]
    sides: Sequence[tuple[Sequence[str], float]]
    numbers: Sequence[Number]
    days: float
    who: float
    nought: float
    scale: float
    spread: Spread | None
    month: str


def layout(
    by_side: pd.DataFrame,
    topics: Sequence[str],
    width: float,
    found: Spread | None,
    context: Context,
) -> Rows:
    """Return where the numbers stand: a heading per topic, and a name per side, beside or above."""
    is_narrow = width < WIDTH
    people, month = common_word(by_side), common_month(by_side, context)
    head = context.short_questions[topics[0]] if month else ""
    days, who, nought = _columns(by_side, month, head, context, is_narrow=is_narrow)
    room_of_speaker = width - who if is_narrow else WIDEST_SPEAKER
    headings, sides, numbers, y = [], [], [], 0.0
    for topic in topics:
        headings.append((topic, y))
        y += HEAD
        own = by_side[by_side["topic"] == topic]
        for side in own["side"].unique():
            name = _lines(side_name(side, context), (width if is_narrow else WIDEST_SIDE) / BOLD)
            sides.append((name, y))
            below = y + _height(name)
            y = below if is_narrow else y
            for row in each_row(own[own["side"] == side]):
                speakers = _lines(speaker_text(row, context), room_of_speaker)
                star = STAR if row.is_report else ""
                words = _lines(number_text(row, people) + star, WIDEST_NUMBER / BOLD)
                lines_above = sum(map(bool, speakers)) if is_narrow else 0
                numbers.append(Number(row, speakers, words, y, LINE * lines_above))
                y += numbers[-1].height
            y = max(y, below) + 2.0
    scale = min((_scale(number, width - nought, found) for number in numbers), default=0.0)
    placed = (headings, sides, numbers, days, who, nought, scale)
    return Rows(width, y + FOOT, *placed, found, month)


def _lines(words: str, width: float) -> list[str]:
    """Return a name as lines of a width in points; a word that is longer is cut."""
    return [cut_to_width(line, SIZE, width) for line in wrapped(words, SIZE, width)]


def _height(lines: Sequence[str]) -> float:
    return ROW + LINE * (len(lines) - 1)


def _columns(
    by_side: pd.DataFrame, month: str, head: str, context: Context, *, is_narrow: bool
) -> tuple[float, float, float]:
    """Return where days, speakers and bars begin, with room on their left up to a width.

    On a narrow page bars begin where speakers do, and stand below them.
    """
    rows = list(each_row(by_side))
    names = [side_name(row.side, context) for row in rows]
    speakers = [speaker_text(row, context) for row in rows]
    below = text_width(head, HEAD_SIZE, is_bold=True)  # the month stands beside the first heading
    days = 0.0 if is_narrow else max(min(_widest(names) * BOLD, WIDEST_SIDE), below) + GAP
    who = days + _widest([day_text(row, month, context) for row in rows]) + GAP
    return days, who, who if is_narrow else who + min(_widest(speakers), WIDEST_SPEAKER) + 2 * GAP


def _widest(texts: Sequence[str]) -> float:
    return max((text_width(words, SIZE) for words in texts), default=0.0)


def _scale(number: Number, room: float, found: Spread | None) -> float:
    """Return the length of one person with which a row's bar and number have room."""
    words = _widest(number.words) * (BOLD if is_of_day(number.row, found) else 1)
    low, high, _ = _ends(number.row)
    return (room - GAP - words - 2) / max(low or 0, high or 0, 1)


def draw(rows: Rows, block_id: str, context: Context) -> tuple[matplotlib.figure.Figure, Drawing]:
    """Return the chart drawn, as matplotlib has it and as SVG with the links of its marks."""
    with drawing(rows.width, rows.height) as (canvas, axes):
        for topic, top in rows.headings:
            if top:
                axes.plot([0, rows.width], [top + 3, top + 3], color=house().faint, lw=0.6)
            label = context.short_questions[topic]
            axes.text(0, top + HEAD - 6, label, size=HEAD_SIZE, weight="bold", color=house().ink)
            if not top and rows.month and rows.days:
                axes.text(rows.days, HEAD - 6, rows.month[:3], size=SIZE, color=house().muted)
        for name, top in rows.sides:
            _draw_lines(axes, 0, top, name, is_bold=True)
        marks = []
        for place, number in enumerate(rows.numbers):
            with part(axes, mark=place):
                _draw_row(axes, number, rows, context)
            words = row_text(number.row, context)
            box = (0, number.top, rows.width, number.top + number.height)
            marks.append(mark_of(number.row.claim_ids[0], words, box, rows.height, rows.width))
        svg = svg_inside(canvas, block_id, marks)
    return canvas, Drawing(svg, rows.width, rows.height, tuple(marks))


def _draw_lines(axes: Axes, x: float, top: float, lines: Sequence[str], **look: Any) -> None:
    """Draw lines, the first in the middle of a row that begins at `top`."""
    for at, line in enumerate(lines):
        write(axes, x, top + ROW / 2 + LINE * at, line, SIZE, **look)


def _draw_row(axes: Axes, number: Number, rows: Rows, context: Context) -> None:
    """Draw when, who and how many; the mark stands at the figure's higher end, or its only one."""
    row, top = number.row, number.top
    y = top + number.below + ROW / 2
    is_strong = is_of_day(row, rows.spread)
    colour = house().colours[0] if is_strong else house().muted
    _draw_lines(axes, rows.days, top, [day_text(row, rows.month, context)], colour=house().muted)
    _draw_lines(axes, rows.who, top, number.speakers)
    low, high, _ = _ends(row)
    x = rows.nought + rows.scale * (high or low or 0)
    axes.plot([rows.nought, x], [y, y], color=colour, lw=1.6, alpha=0.35)
    shape = {(True, False): "<", (False, True): ">"}.get((low is None, high is None), "o")
    draw_shape(axes, x, y, shape, 5.5, colour, fill_of(row.commitment))
    _draw_lines(axes, x + GAP, top + number.below, number.words, is_bold=is_strong)


def is_of_day(row: Any, found: Spread | None) -> bool:
    """Return whether a number is one of those of which the caption speaks: of its day and topic."""
    return found is not None and row.topic == found.topic and found.day in row.whens


def common_word(by_side: pd.DataFrame) -> str:
    """Return the word for the people that stands with most numbers, if it does with several."""
    counts = by_side["people"].value_counts(sort=False)
    return str(counts.idxmax()) if counts.max() > 1 else ""


def common_month(by_side: pd.DataFrame, context: Context) -> str:
    """Return the month in which all of several numbers were first given, if it is of the year."""
    days = [parse(whens[0]) for whens in by_side["whens"]]
    ends_of_days = [end for when in days for end in (when.earliest, when.latest)]
    months = {(end.year, end.month) if end else None for end in ends_of_days}
    if len(days) < 2 or len(months) > 1:
        return ""
    year, month = months.pop() or (None, 0)
    return MONTHS[month - 1] if year == context.at.year else ""


def number_text(row: Any, people: str = "") -> str:
    """Return a number with the word for the people, unless that is `people`: "at least 40"."""
    hedge = "" if row.is_certain else "possibly "
    likely = "likely " if row.commitment[:2] == "PR" else ""
    word = "" if row.people == people else f" {row.people}"
    way = " on the way" if row.is_on_the_way else ""
    return f"{hedge}{likely}{figure(*_ends(row))}{word}{way}"


def day_text(row: Any, month: str, context: Context) -> str:
    """Return the day on which a side first gave a number, without a month that all share."""
    first = context.short_dated(row.whens[0])
    return first.removesuffix(f" {month[:3]}") if month else first


def speaker_text(row: Any, context: Context) -> str:
    """Return who first gave a number; nothing for the side itself."""
    first = row.speakers[0]
    return "" if first == context.names[row.side] else capitalised(first)


def row_text(row: Any, context: Context) -> str:
    """Return a number in words: who, when, how many, of what."""
    again = ", and again later" if len(set(row.whens)) > 1 else ""
    more = len(row.speakers) - 1
    others = f", and {number(more)} more" if more else ""
    who = f"{capitalised(row.speakers[0])}, {dated(row.whens[0])}{again}{others}"
    reportedly = "reportedly " if row.is_report else ""
    return f"{who}: {reportedly}{number_text(row)}, {context.short_questions[row.topic]}"


def _ends(row: Any) -> Ends:
    return ends_of(row.low, row.high, row.qualifier)
