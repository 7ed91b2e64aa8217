"""Stance paths: a row a side, a mark a day on which it spoke, so that turns can be seen."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from claimbrief.analysis.paths import stance_paths
from claimbrief.blocks import Figure, Mark, text
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure, mark_of, part
from claimbrief.charts.house import house_style
from claimbrief.charts.paths_counts import MOST_SIDES, chart_paths_of_many
from claimbrief.charts.paths_drawing import (
    BOTTOM,
    KEY,
    MARGIN,
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
from claimbrief.links import few_names, said_text, source_line
from claimbrief.steps import POSITIONS
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, described, short_dated

MOST_STEPS = 300  # so many marks can be told apart; October has 114


def chart_stance_paths(view: View) -> Figure:
    """Return the stance paths of all sides in view.

    More marks than `MOST_STEPS` or sides than `MOST_SIDES` are drawn as in
    `claimbrief.charts.paths_counts`.
    """
    steps = stance_paths(view)
    sides = list(dict.fromkeys(steps["side"]))
    if len(steps) > MOST_STEPS or len(sides) > MOST_SIDES:
        return chart_paths_of_many(view, steps)
    axis = Days(view.at.window_start, view.at.window_end, MARGIN)
    bottom = TOP + ROW * len(sides)
    height = bottom + BOTTOM + KEY
    with house_style():
        figure = blank_figure(WIDTH, height)
        axes = axes_in_points(figure, WIDTH, height)
        draw_days(axes, axis, bottom)
        draw_events(axes, view, axis, bottom)
        draw_later(axes, view, axis, bottom)
        marks = tuple(_mark(step, sides.index(step.side), axis, height) for step in each_row(steps))
        draw_rows(axes, view, sides, axis)
        _draw_steps(axes, view, steps, sides, axis)
        draw_key(axes, bottom + BOTTOM + 4)
        svg = svg_inside(figure, "chart-stance-paths", marks)
    return Figure(
        block_id="chart-stance-paths",
        caption=text("The most that each side said, day by day"),
        alt=_alt(view, steps),
        description=_description(view, steps),
        svg=svg,
        width=WIDTH,
        height=height,
        marks=marks,
        note=text(
            "A mark is a day on which the side spoke of people sent, present or fighting, and "
            "stands for the statement of that day that commits most. What is foretold or in "
            "preparation "
            "is left out, and what a side denies on a day on which it says something to be so. A "
            "bar covers the days that a statement may be of; the shape at its end is no day."
        ),
        source=source_line(view),
        numbers={"sides": len(sides), "steps": len(steps)},
    )


def _draw_steps(axes: Axes, view: View, steps: pd.DataFrame, sides: list[str], axis: Days) -> None:
    colours = colours_of_sides(view)
    for place, step in enumerate(each_row(steps)):
        with part(axes, mark=place):
            _draw_step(axes, step, place_of(sides.index(step.side)), axis, colours[step.side])


def _draw_step(axes: Axes, step: Any, y: float, axis: Days, colour: str) -> None:
    start, end = _extent(step, axis)
    x = _place(step, axis)
    if not step.when.is_day:
        axes.fill_between([start, end], y - 2, y + 2, color=colour, alpha=0.22, lw=0)
        if step.when.earliest is None:
            axes.plot([start + 4, start - 1, start + 4], [y - 4, y, y + 4], color=colour, lw=1)
    draw_position(axes, step, x, y, colour)


def _extent(step: Any, axis: Days) -> tuple[float, float]:
    """Return the edges of the days that a step may be of, in points."""
    start = axis.x(axis.inside(step.when.earliest or axis.start))
    return start - axis.step / 2, axis.x(axis.inside(step.when.latest)) + axis.step / 2


def _place(step: Any, axis: Days) -> float:
    """Return where a step's mark stands: on its day, or inside the end of its bar."""
    _, end = _extent(step, axis)
    return end - (axis.step / 2 if step.when.is_day else 5)


def _mark(step: Any, place: int, axis: Days, height: float) -> Mark:
    start, _ = _extent(step, axis)
    x, y = _place(step, axis), height - place_of(place)
    box = Bbox([[min(start, x - 5), y - 6], [x + 5, y + 6]])
    others = [one for one in step.claim_ids if one != step.claim_id]
    ids = [step.claim_id, *others]
    return mark_of(ids, _told(step), box, height, is_on_card=True)


def _told(step: Any) -> str:
    said = said_text(step.stance_words, [(step.proposition, "", step.words)])
    words = "".join(run.text for run in said)
    possibly = "" if step.certainty == "certain" else " (possibly)"
    return f"{capitalised(step.speaker)}, {dated(step.when)}{possibly}: {words}"


def _alt(view: View, steps: pd.DataFrame) -> str:
    lead = (
        f"Rows of marks, one row a side, as of {day(view.at.as_of)}: "
        f"{counted(steps['side'].nunique(), 'side')}, {counted(len(steps), 'mark')}."
    )
    names = view.whole.actors.set_index("actor_id")["short_name"]
    last = steps.drop_duplicates("side", keep="last")
    by_position = last.groupby("position")["side"].agg(list).to_dict()
    told = [
        f"{words}: {few_names([str(names[side]) for side in by_position[position]])}"
        for position, words in POSITIONS.items()
        if position in by_position
    ]
    return lead + (f" Last position of each: {'; '.join(told)}." if told else "")


def _description(view: View, steps: pd.DataFrame) -> str:
    if steps.empty:
        return "No statement in the window."
    names = view.whole.actors.set_index("actor_id")["short_name"]
    told = []
    for side, path in steps.groupby("side", sort=False):
        days = [f"{short_dated(one.when)} {POSITIONS[one.position]}" for one in each_row(path)]
        told.append(f"{capitalised(str(names[side]))}: {', '.join(days)}")
    return described(told)
