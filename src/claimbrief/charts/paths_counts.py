"""The stance paths of many sides: those with most turns, a mark for some days of one side.

A mark covers as few days as let marks stand side by side, and stands for all that the side said
in them: the statement that commits most.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta

import pandas as pd
from matplotlib.axes import Axes

from claimbrief.analysis.paths import FIRST
from claimbrief.blocks import Figure, text
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure
from claimbrief.charts.house import house_style
from claimbrief.charts.paths_drawing import (
    BOTTOM,
    KEY,
    MARGIN,
    MARK,
    ROW,
    draw_key,
    draw_position,
    draw_rows,
    place_of,
)
from claimbrief.charts.sides import colours_of_sides
from claimbrief.charts.svg import svg_inside
from claimbrief.charts.timeline_drawing import draw_days, draw_events, draw_later
from claimbrief.charts.timeline_layout import TOP, Days
from claimbrief.dataset import each_row
from claimbrief.links import source_line
from claimbrief.steps import POSITIONS
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, day, described, listed, number

MOST_SIDES = 42  # so many rows leave room for the caption on a printed page; October has 41


def chart_paths_of_many(view: View, steps: pd.DataFrame) -> Figure:
    """Return the steps of `stance_paths` that are of a known day, those of some days as one."""
    axis = Days(view.at.window_start, view.at.window_end, MARGIN)
    stride = math.ceil(MARK / axis.step)
    turns = steps.groupby("side", sort=False)["is_turn"].sum()
    sides = list(turns.sort_values(ascending=False, kind="stable").index[:MOST_SIDES])
    marks = _marks(steps[steps["side"].isin(sides)], axis, stride)
    bottom = TOP + ROW * len(sides)
    height = bottom + BOTTOM + KEY
    with house_style():
        figure = blank_figure(WIDTH, height)
        axes = axes_in_points(figure, WIDTH, height)
        draw_days(axes, axis, bottom)
        draw_events(axes, view, axis, TOP)
        draw_later(axes, view, axis, bottom)
        draw_rows(axes, view, sides, axis)
        _draw_marks(axes, marks, sides, axis, stride, colours_of_sides(view))
        draw_key(axes, bottom + BOTTOM + 4)
        svg = svg_inside(figure, "chart-stance-paths")
    return Figure(
        block_id="chart-stance-paths",
        caption=text("The most that each side said, day by day"),
        alt=_alt(view, steps, turns, sides),
        description=_description(view, steps, sides),
        svg=svg,
        width=WIDTH,
        height=height,
        marks=(),
        note=text(_note(turns, sides, stride)),
        source=source_line(view),
        numbers={"sides": len(turns), "steps": len(steps)},
    )


def _marks(steps: pd.DataFrame, axis: Days, stride: int) -> pd.DataFrame:
    """Return one row a side and column of days: the step that commits most.

    Columns: those of steps, and `column`; of what has no known day in the window there is none.
    """
    is_known = [when.is_day and axis.start <= when.latest <= axis.end for when in steps["when"]]
    known = steps[is_known]
    keys = pd.DataFrame(
        {
            "place": known["position"].map(FIRST.index),
        },
        known.index,
    )
    columns = [(when.latest - axis.start).days // stride for when in known["when"]]
    ranked = known.assign(column=columns).loc[keys.sort_values("place", kind="stable").index]
    return ranked.drop_duplicates(["side", "column"])


def _draw_marks(
    axes: Axes,
    marks: pd.DataFrame,
    sides: list[str],
    axis: Days,
    stride: int,
    colours: Mapping[str, str],
) -> None:
    rows = {side: place_of(place) for place, side in enumerate(sides)}
    for mark in each_row(marks):
        first = axis.start + timedelta(mark.column * stride)
        last = axis.inside(first + timedelta(stride - 1))
        x = (axis.x(first) + axis.x(last)) / 2
        draw_position(axes, mark, x, rows[mark.side], colours[mark.side])


def _note(turns: pd.Series, sides: list[str], stride: int) -> str:
    days = "a day" if stride == 1 else f"{number(stride)} days"
    more = len(turns) - len(sides)
    here = (
        f"Here {'is' if len(sides) == 1 else 'are'} the {counted(len(sides), 'side')} that changed "
        "position most often; "
        f"{counted(more, 'side')} with fewer turns {'is' if more == 1 else 'are'} left out. "
    )
    return (here if more else "") + (
        f"A mark covers {days} and stands for all that the side said then of people sent, present "
        "or fighting: for the statement that commits most. What is of no known day is left out, "
        "and what is foretold or in preparation."
    )


def _alt(view: View, steps: pd.DataFrame, turns: pd.Series, sides: list[str]) -> str:
    last = steps.drop_duplicates("side", keep="last")["position"].value_counts()
    told = [f"{words}: {number(int(last[one]))}" for one, words in POSITIONS.items() if one in last]
    return (
        f"Rows of marks, one row a side, as of {day(view.at.as_of)}: {number(len(sides))} of "
        f"{counted(len(turns), 'side')}. Last position, by how many sides: {'; '.join(told)}."
    )


def _description(view: View, steps: pd.DataFrame, sides: list[str]) -> str:
    """Return for each side drawn how many days it was heard on with each position."""
    names = view.whole.actors.set_index("actor_id")["short_name"]
    counts = steps.groupby(["side", "position"]).size()
    told = []
    for side in sides:
        parts = [
            f"{words} {counted(int(counts[side, one]), 'time')}"
            for one, words in POSITIONS.items()
            if (side, one) in counts.index
        ]
        told.append(f"{capitalised(str(names[side]))}: {listed(parts)}")
    return described(told)
