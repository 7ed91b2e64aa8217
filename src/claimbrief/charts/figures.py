"""Figures claimed: a row a figure, by where the people are, with its number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from claimbrief.analysis.figures import DENIED
from claimbrief.blocks import Figure, Mark
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure, mark_of, part
from claimbrief.charts.count_grid import count_grid
from claimbrief.charts.layout import cut_to_width
from claimbrief.charts.shapes import draw_shape, fill_of
from claimbrief.charts.svg import svg_inside
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.house import house, house_style
from claimbrief.limits import LIMITS
from claimbrief.texts import text
from claimbrief.wording import (
    capitalised,
    counted,
    dated,
    day,
    described,
    figure,
    number,
    short_dated,
)

BLOCK = "chart-figures-claimed"
HEAD, LEFT, SIZE = 18.0, 168.0, 7.5  # points
DAYS, DAYS_OF_YEARS = 52.0, 86.0  # points for a date without and with its year
ROW, CLOSE_ROW = 10.5, 8.0  # points: the height of a row, and the least that its text takes
FOOT, PAGE = 6.0, 640.0  # points: below the last row, and the height that a printed page takes
SCALE = WIDTH - LEFT - 130  # points that the largest figure takes
FIRST_DIGITS = (1, 2, 5)  # of the starts of ranges: 1, 2, 5, 10, 20, 50, ...


def figures_claimed(frame: pd.DataFrame, context: Context) -> Figure:
    """Return the frame `figures_claimed` as a chart: a row a figure below the heading of its topic.

    A figure that is denied has a number and no mark. More than `LIMITS.marks` figures, or than a
    page takes, are counted by topic and range.
    """
    topics = [topic for topic in context.figure_topics if topic in set(frame["topic"])]
    row_height = min(ROW, (PAGE - FOOT - HEAD * len(topics)) / max(len(frame), 1))
    if len(frame) > LIMITS.marks or row_height < CLOSE_ROW:
        return _count_grid(frame, topics, context)
    height = HEAD * len(topics) + row_height * len(frame) + FOOT
    with house_style():
        canvas = blank_figure(WIDTH, height)
        axes = axes_in_points(canvas, WIDTH, height)
        marks = _draw(axes, frame, topics, row_height, height, context)
        svg = svg_inside(canvas, BLOCK, marks)
    return Figure(
        block_id=BLOCK,
        caption=text("How many, according to whom, when"),
        alt=_alt(frame, context, "Rows of marks"),
        description=_description(frame, context),
        svg=svg,
        width=WIDTH,
        height=height,
        marks=marks,
        note=text(
            "Figures are claims and not counts: “about” and “nearly” stand on the cards; a part "
            "stands beside the whole. Those of different places are never added; what is "
            "foretold or in preparation is not there yet. An arrow: at least, or at most. Paler: "
            "less than certain."
        ),
        source=context.source,
        numbers={"figures": len(frame)},
        is_empty=frame.empty,
        drawn=canvas,
    )


def _draw(
    axes: Axes,
    frame: pd.DataFrame,
    topics: Sequence[str],
    row_height: float,
    height: float,
    context: Context,
) -> tuple[Mark, ...]:
    """Draw the figures of each topic below its heading; return the link of each figure."""
    ends = frame.loc[frame["topic"] != DENIED, ["low", "high"]].to_numpy(float, na_value=0)
    scale = SCALE / float(ends.max(initial=1))
    marks: list[Mark] = []
    y = 0.0
    for topic in topics:
        claims = frame[frame["topic"] == topic]
        y += HEAD
        _draw_heading(axes, context.figure_topics[topic], y, y + row_height * len(claims))
        for claim in each_row(claims):
            with part(axes, mark=len(marks)):
                _draw_row(axes, claim, y + row_height / 2, scale, context)
            box = Bbox([[0, height - y - row_height], [WIDTH, height - y]])
            marks.append(mark_of([claim.claim_id], _row_text(claim, context), box, height))
            y += row_height
    return tuple(marks)


def _draw_heading(axes: Axes, label: str, top: float, bottom: float) -> None:
    """Draw a topic's heading and the line at nought beside its rows."""
    axes.text(0, top - 5, capitalised(label), size=8.5, weight="bold", color=house().ink)
    axes.plot([LEFT, LEFT], [top - 1, bottom], color=house().faint, lw=0.8, zorder=0)


def _draw_row(axes: Axes, claim: Any, y: float, scale: float, context: Context) -> None:
    """Draw when, who and how many; the mark stands at the figure's higher end, or its only one."""
    words, colour = _figure_text(claim), context.colours[claim.side]
    days = DAYS if context.at.year else DAYS_OF_YEARS
    who = cut_to_width(capitalised(claim.speaker), SIZE, LEFT - days - 6)
    style: Any = {"va": "center_baseline", "size": SIZE}
    axes.text(0, y, short_dated(claim.when, context.at.year), color=house().muted, **style)
    axes.text(days, y, who, color=house().ink, **style)
    if claim.topic == DENIED:
        axes.text(LEFT + 6, y, f"{words}: not so", color=house().ink, **style)
        return
    low, high = _ends(claim)
    x = LEFT + scale * (high or low or 0)
    axes.plot([LEFT, x], [y, y], color=colour, lw=1, alpha=0.35)
    shape = {(True, False): "<", (False, True): ">"}.get((low is None, high is None), "o")
    draw_shape(axes, x, y, shape, 5.5, colour, fill_of(claim.commitment))
    axes.text(x + 7, y, words, color=house().ink, **style)


def _count_grid(frame: pd.DataFrame, topics: list[str], context: Context) -> Figure:
    """Return the number of figures by topic and range."""
    starts = frame["high"].fillna(frame["low"]).map(lambda end: _range_start(int(end)))
    cells = pd.DataFrame({"row": frame["topic"], "column": starts.map(str)})
    columns, start = {}, int(starts.min())
    while start <= starts.max():
        columns[str(start)] = f"{start:,} to {_range_end(start):,}"
        start = _range_end(start)
    return count_grid(
        BLOCK,
        "How many, according to how many claims",
        cells.reset_index(drop=True).value_counts(sort=False).reset_index(name="count"),
        {topic: capitalised(context.figure_topics[topic]) for topic in topics},
        columns,
        context,
        alt=_alt(frame, context, "Grid of counts by topic and range"),
        note=(
            f"There are {number(len(frame))} figures, too many for a row each. A cell counts the "
            "claims whose figure, or the higher end of whose range, lies from the first number to "
            "below the second; “at least” and “at most” count with the number that they name. "
            "Figures are claims and not counts; those of different places are never added, and "
            "what is foretold or in preparation is not there yet."
        ),
        numbers={"figures": len(frame)},
    )


def _range_start(end: int) -> int:
    """Return where the range that holds a figure starts: 1, 2 or 5 and noughts; 0 for none."""
    if end < 1:
        return 0
    scale = int("1" + "0" * (len(str(end)) - 1))
    return scale * max(digit for digit in FIRST_DIGITS if digit * scale <= end)


def _range_end(start: int) -> int:
    """Return where the range that starts here ends, and the next starts."""
    if start == 0:
        return 1
    digit = int(str(start)[0])
    return {1: 2, 2: 5, 5: 10}[digit] * (start // digit)


def _figure_text(claim: Any) -> str:
    """Return a figure with its hedge and the word for the people: "possibly 3,000 (workers)"."""
    hedge = {"PR": "likely ", "PS": "possibly "}.get(claim.commitment[:2], "")
    return f"{hedge}{figure(*_ends(claim))} ({claim.people})"


def _ends(claim: Any) -> tuple[int | None, int | None]:
    """Return the lower and the higher end of a figure; None for an end that it has not."""
    low, high = (None if pd.isna(end) else int(end) for end in (claim.low, claim.high))
    return low, high


def _row_text(claim: Any, context: Context) -> str:
    """Return a figure in words: who, when, how many, of what."""
    who = f"{capitalised(claim.speaker)}, {dated(claim.when)}"
    return f"{who}: {_figure_text(claim)}, {context.figure_topics[claim.topic]}"


def _alt(frame: pd.DataFrame, context: Context, kind: str) -> str:
    """Return what the chart is and finds: how many figures each topic has, and their range."""
    lead = f"{kind} as of {day(context.at.as_of)}: {counted(len(frame), 'figure')}."
    topics = []
    for topic, label in context.figure_topics.items():
        claims = frame[frame["topic"] == topic]
        if len(claims):
            ends = claims[["low", "high"]]
            spread = figure(int(ends.min().min()), int(ends.max().max()))
            topics.append(f"{label}, {counted(len(claims), 'figure')}, {spread}")
    return lead + (f" {capitalised('; '.join(topics))}." if topics else "")


def _description(frame: pd.DataFrame, context: Context) -> str:
    """Return the figures in words, as many as a description takes."""
    if frame.empty:
        return "No figure is claimed."
    return described([_row_text(claim, context) for claim in each_row(frame)], "; ")
