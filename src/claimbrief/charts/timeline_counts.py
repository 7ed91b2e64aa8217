"""The claim timeline of many marks: a grid of rows and days with the number of marks in each.

A cell covers as few days as let the largest count fit into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from claimbrief.analysis.escalation import CLAIMS, DENIALS
from claimbrief.blocks import Figure, text
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure
from claimbrief.charts.grid import cell_width, draw_cell
from claimbrief.charts.house import house, house_style
from claimbrief.charts.svg import svg_inside
from claimbrief.charts.timeline_drawing import draw_ground
from claimbrief.charts.timeline_layout import BOTTOM, GAP, TOP, Days, ladders, row_name
from claimbrief.links import source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, number

ROW, NO_DAY = 13.0, 44.0  # points: a step, the column right of the days
UNDATED = -1  # the column of what has no known day in the window

Band = tuple[str, str, float, float]  # ladder, step, top and bottom in points
Counts = Mapping[Any, int]  # by ladder, step and column


@dataclass(frozen=True)
class Grid:
    """The cells of a timeline: days a column, and the number of marks by step and column."""

    stride: int
    counts: Counts


def chart_timeline_of_counts(view: View, frame: pd.DataFrame) -> Figure:
    """Return the grid of the marks of `claim_timeline`."""
    axis = Days(view.at.window_start, view.at.window_end, NO_DAY)
    bands, bottom = _bands(view, frame)
    grid = _grid(frame, axis)
    height = bottom + BOTTOM
    with house_style():
        figure = blank_figure(WIDTH, height)
        axes = axes_in_points(figure, WIDTH, height)
        draw_ground(axes, view, axis, bands, bottom, events_to=TOP)
        _draw_counts(axes, grid, bands, axis)
        svg = svg_inside(figure, "chart-claim-timeline")
    cell = "of a day" if grid.stride == 1 else f"of {number(grid.stride)} days"
    return Figure(
        block_id="chart-claim-timeline",
        caption=text("How often what was said, when; and how often it was denied"),
        alt=_alt(view, frame),
        description=_description(view, frame),
        svg=svg,
        width=WIDTH,
        height=round(height, 2),
        marks=(),
        note=text(
            f"There are {number(len(frame))} marks, too many to be drawn one by one. A cell counts "
            f"those {cell} in one row, the darker the more (k: thousands); a mark is one "
            "utterance’s stance there. What is of no known day in the window stands at the right. "
            "Rows of claims are the questions that they answer, not degrees. Glosses and "
            "summaries are not counted."
        ),
        source=source_line(view),
        numbers={"marks": len(frame)},
    )


def _bands(view: View, frame: pd.DataFrame) -> tuple[list[Band], float]:
    """Return a band for each step, from the top down, and where the last ends."""
    bands: list[Band] = []
    top = TOP
    for ladder, steps in ladders(view, frame):
        for step in steps:
            bands.append((ladder, step, top, top + ROW))
            top += ROW
        top += GAP if steps and ladder != DENIALS else 0
    return bands, top


def _grid(frame: pd.DataFrame, axis: Days) -> Grid:
    """Return the counts, by columns of as few days as let the largest count fit."""
    places = pd.Series([_place(when, axis) for when in frame["when"]], frame.index, dtype="int64")
    days = (axis.end - axis.start).days + 1
    for stride in range(1, days + 1):
        columns = places.where(places == UNDATED, places // stride)
        keys = [frame["ladder"], frame["step"], columns.rename("column")]
        counts: Counts = frame.groupby(keys, sort=False).size().to_dict()
        dated_ones = [count for (_, _, column), count in counts.items() if column != UNDATED]
        if cell_width(dated_ones) <= stride * axis.step:
            break
    return Grid(stride, counts)


def _place(when: Any, axis: Days) -> int:
    """Return the place of a day among those of the axis, or that of what has no known day."""
    is_in = when.is_day and axis.start <= when.latest <= axis.end
    return (when.latest - axis.start).days if is_in else UNDATED


def _draw_counts(axes: Axes, grid: Grid, bands: list[Band], axis: Days) -> None:
    tops = {(ladder, step): top for ladder, step, top, _ in bands}
    most = max(grid.counts.values(), default=1)
    for (ladder, step, column), count in grid.counts.items():
        left, width = axis.edge + 4, NO_DAY - 4
        if column != UNDATED:
            left = axis.left + column * grid.stride * axis.step
            width = min(grid.stride * axis.step, axis.edge - left)
        draw_cell(axes, left, tops[ladder, step], width, ROW, count, most)
    axes.text(
        axis.edge + 4 + (NO_DAY - 4) / 2, TOP - 4, "no known day",
        size=6.5, color=house().muted, ha="center",
    )  # fmt: skip


def _alt(view: View, frame: pd.DataFrame) -> str:
    """Return what the chart is and finds: which row of claims has most marks, first by whom."""
    at = view.at
    lead = (
        f"Grid of counts from {day(at.window_start)} to {day(at.window_end)}, rows by days: "
        f"{counted(len(frame), 'mark')}, rows of claims above rows of denials."
    )
    said = frame[frame["ladder"] == CLAIMS]
    if said.empty:
        return f"{lead} Nobody says that anything of this is so, or likely."
    most = said["step"].value_counts().index[0]
    first = said[said["step"] == most].iloc[0]
    times = counted(int((said["step"] == most).sum()), "mark")
    denials = counted(int((frame["ladder"] == DENIALS).sum()), "mark")
    return (
        f"{lead} Most marks: {row_name(view, CLAIMS, most)} {times}, the first of "
        f"{first['speaker']} {dated(first['when'])}. Denials and answers: {denials}."
    )


def _description(view: View, frame: pd.DataFrame) -> str:
    """Return each step with its number of marks, the first and the last of them."""
    told = []
    for ladder, steps in ladders(view, frame):
        for step in steps:
            marks = frame[(frame["ladder"] == ladder) & (frame["step"] == step)]
            if len(marks):
                first, last = _ends(marks["when"])
                name = row_name(view, ladder, step)
                count = counted(len(marks), "mark")
                told.append(f"{capitalised(name)}: {count}, from {day(first)} to {day(last)}")
    return ". ".join(told) + "."


def _ends(whens: pd.Series) -> tuple[date, date]:
    """Return the first and the last of the last days that statements may be of."""
    latest = [when.latest for when in whens]
    return min(latest), max(latest)
