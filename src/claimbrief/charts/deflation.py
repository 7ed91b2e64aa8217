"""The deflation chart: from claim rows down to evidence that became public, as falling bars."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from claimbrief.blocks import Figure
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure
from claimbrief.charts.layout import text_width
from claimbrief.charts.svg import svg_inside
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.house import house, house_style
from claimbrief.steps import STEPS
from claimbrief.texts import text
from claimbrief.wording import capitalised, day, listed

ROW = 25.0  # points: a line of text and its bar


def deflation(frame: pd.DataFrame, context: Context) -> Figure:
    """Return the deflation chart: a bar a step; what is only possible is hatched.

    Count and label stand above the left end of each bar, so that a narrow screen, which shows
    the left part first, shows all that matters.
    """
    height = ROW * len(frame) + 4
    frame = frame.assign(
        label=[STEPS[step][0] for step in frame["step"]],
        words=[
            _range(low, more) for low, more in zip(frame["certain"], frame["possible"], strict=True)
        ],
    )
    with house_style():
        canvas = blank_figure(WIDTH, height)
        _draw_bars(axes_in_points(canvas, WIDTH, height), frame)
        svg = svg_inside(canvas, "chart-deflation")
    pairs = [f"{row.label.lower()}: {row.words}" for row in each_row(frame)]
    ends = f", from {pairs[0]} to {pairs[-1]}" if pairs else ""
    return Figure(
        block_id="chart-deflation",
        caption=text("From claims to voices, origins and evidence that could be seen"),
        alt=f"Falling bars as of {day(context.at.as_of)}{ends}.",
        description=f"A bar for each step. {capitalised(listed(pairs))}." if pairs else "No step.",
        svg=svg,
        width=WIDTH,
        height=height,
        marks=(),
        note=text("Hatched: possible, not certain."),
        source=context.source,
        numbers={
            row.step: [int(row.certain), int(row.certain + row.possible)] for row in each_row(frame)
        },
        drawn=canvas,
    )


def _range(certain: int, possible: int) -> str:
    """Return a count as a range if some of it is only possible: "3–5"."""
    return f"{certain:,}–{certain + possible:,}" if possible else f"{certain:,}"


def _draw_bars(axes: Axes, frame: pd.DataFrame) -> None:
    """Draw the count, the label and the bar of each step."""
    largest = int((frame["certain"] + frame["possible"]).max()) if len(frame) else 0
    unit = WIDTH / max(largest, 1)
    widest = max((text_width(words, 10) * 1.08 for words in frame["words"]), default=0.0)  # bold
    left = max(28, widest + 6)
    for place, step in enumerate(each_row(frame)):
        top = place * ROW
        axes.text(0, top + 10, step.words, size=10, weight="bold", color=house().ink)
        axes.text(left, top + 10, step.label, size=8.5, color=house().ink)
        bar: Any = {"height": 6, "linewidth": 0}
        axes.barh([top + 17], [WIDTH], color=house().ground, **bar)
        axes.barh([top + 17], [step.certain * unit], color=house().line, **bar)
        if step.possible:
            bar |= {"hatch": "/////", "linewidth": 0.6, "left": [step.certain * unit]}
            axes.barh([top + 17], [step.possible * unit], fc=house().paper, ec=house().line, **bar)
