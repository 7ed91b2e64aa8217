"""Stance paths: a row per side, a mark per day on which it spoke, so that turns can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from claimbrief.analysis.counts import Count, count_of
from claimbrief.blocks import Figure, Mark
from claimbrief.captions import by_the_day, in_words
from claimbrief.charts.canvas import (
    WIDTH,
    cut_to_width,
    draw_band,
    drawing,
    mark_of,
    part,
    text_width,
    write,
)
from claimbrief.charts.count_grid import count_grid
from claimbrief.charts.days import LEFT, TOP, Days, cells_by_day, draw_axis, is_dated
from claimbrief.charts.shapes import draw_shape
from claimbrief.charts.svg import drawn
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.house import house
from claimbrief.limits import LIMITS, name_list, truncate, truncation_note
from claimbrief.links import claim_in_words, side_name
from claimbrief.texts import text
from claimbrief.wording import capitalised, counted, dated, day, described, number, without_article

BLOCK = "chart-stance-paths"
ROW, SIZE, BOTTOM, KEY, MARGIN = 12.0, 8.0, 18.0, 14.0, 12.0  # points
SMALLEST = 5.6  # points: a long name is set smaller before it is cut
SIDES = 42  # rows that leave room for the caption on a printed page
# Where a side stands on a day, by the statement of that day that commits most.
POSITIONS = {
    "says_so": "says so",
    "says_likely": "says likely",
    "leaves_open": "leaves it open",
    "limits": "says not so, or not yet, of its own side’s claims",
    "denies": "denies or dismisses",
}
MARKS = {  # the shape of each position, and the opacity of its fill
    "says_so": ("o", 1.0),
    "says_likely": ("D", 0.5),
    "leaves_open": ("o", 0.0),
    "limits": ("v", 1.0),
    "denies": ("X", 1.0),
}


def stance_paths(frame: pd.DataFrame, context: Context) -> Figure:
    """Return the frame `stance_paths` as a chart: a row per side, a mark per step.

    Each mark opens the card of the step's claim. Of more than SIDES sides those with the most turns
    are drawn; more than `LIMITS.marks` steps of these are counted by side and day.
    """
    turns = frame.groupby("side", sort=False)["is_turn"].sum()
    sides = list(truncate(turns.to_frame(), SIDES, turns).index)
    steps = frame[frame["side"].isin(sides)]
    cut = truncation_note(len(turns), "sides", "those with the most turns first", SIDES)
    numbers = {"sides": len(turns), "steps": len(frame), "changed": len(_changed(frame))}
    are_many = len(steps) > LIMITS.marks
    return Figure(
        caption=text(_caption(steps if are_many else frame, context)),
        alt=_alt(steps, context, "Grid of counts" if are_many else "Rows of marks"),
        **(_count_grid if are_many else _paths)(steps, sides, context, cut),
        source=context.source,
        numbers=numbers,
        is_empty=frame.empty,
    )


def _paths(steps: pd.DataFrame, sides: Sequence[str], context: Context, cut: str) -> dict[str, Any]:
    height = TOP + ROW * len(sides) + BOTTOM + KEY
    with drawing(WIDTH, height) as (canvas, axes):
        marks = _draw(axes, steps, sides, context, height)
        look = drawn(canvas, BLOCK, height, marks)
    note = (
        "Each mark is a day: the strongest thing that the side said. What it only foresees or "
        "prepares is left out. Where the day is not known, a bar covers every day on which it "
        "may have been said, and the shape at its end is no day."
    )
    return look | {
        "subtitle": text("The most that each side said on a day, on whichever question"),
        "description": _description(steps, context),
        "note": text(note + cut),
    }


def _caption(frame: pd.DataFrame, context: Context) -> str:
    """Return how many sides are known to have said different things on different days."""
    changed, sides = len(_changed(frame)), count_of(frame, "side")
    if not sides.total:
        return capitalised(f"{by_the_day(context)} nobody had spoken on the questions")
    if not changed:
        return "No side is known to have said different things on different days"
    who = "the one side" if sides == Count(1) else f"{number(changed)} of {in_words(sides)} sides"
    return capitalised(f"{who} did not say the same on all days")


def _changed(frame: pd.DataFrame) -> set[str]:
    """Return the sides with two positions in a row, both certain, of which one came later."""
    is_certain = frame["certainty"] == "certain"
    is_both = is_certain & is_certain.groupby(frame["side"]).shift(fill_value=False)
    return set(frame.loc[is_both & frame["is_turn"] & frame["is_ordered"], "side"])


def _draw(
    axes: Axes, steps: pd.DataFrame, sides: Sequence[str], context: Context, height: float
) -> tuple[Mark, ...]:
    """Draw days, events, sides and steps; return the link of each step."""
    axis = Days(context.at.window_start, context.at.window_end, MARGIN)
    bottom = TOP + ROW * len(sides)
    draw_axis(axes, context, axis, bottom)
    rows = {side: TOP + ROW * (row + 0.5) for row, side in enumerate(sides)}
    for place, (side, y) in enumerate(rows.items()):
        if place % 2 == 0:
            draw_band(axes, (LEFT, axis.edge), (y - ROW / 2, y + ROW / 2))
        name = capitalised(without_article(context.names[side]))
        size = max(SIZE * min(1, (LEFT - 10) / text_width(name, SIZE)), SMALLEST)
        write(axes, LEFT - 8, y, cut_to_width(name, size, LEFT - 10), size, ha="right")
    marks: list[Mark] = []
    for step in each_row(steps):
        y = rows[step.side]
        with part(axes, mark=len(marks)):
            _draw_step(axes, step, y, axis, context.colours[step.side])
        start, _, x = _extent(step, axis)
        box = (min(start, x - 5), y - 6, x + 5, y + 6)
        said = claim_in_words(step)
        possibly = "" if step.certainty == "certain" else " (possibly)"
        words = f"{capitalised(step.speaker)}, {dated(step.when)}{possibly}: {said}"
        marks.append(mark_of(step.claim_id, words, box, height, is_on_card=True))
    _draw_key(axes, bottom + BOTTOM + 4)
    return tuple(marks)


def _count_grid(
    steps: pd.DataFrame, sides: Sequence[str], context: Context, cut: str
) -> dict[str, Any]:
    """Return the steps counted by side and day."""
    rows = {side: side_name(side, context) for side in sides}
    cells, columns, days = cells_by_day(steps, steps["side"], rows, context)
    note = (
        f"There are {number(len(steps))} marks, too many to be drawn one by one. A mark is a "
        "day, or a range of days, on which a side spoke on the questions; a cell counts those "
        f"of {'a day' if days == 1 else f'{number(days)} days'}. What has no known day in the "
        "window stands at the right. What a side only foresees or prepares is left out."
    )
    grid = count_grid(BLOCK, cells, rows, columns, note + cut)
    return grid | {"subtitle": text("How often each side spoke, by day")}


def _draw_step(axes: Axes, step: Any, y: float, axis: Days, colour: str) -> None:
    """Draw a step's shape; an undated one at the end of a bar over all its days."""
    start, end, x = _extent(step, axis)
    if not is_dated(step):
        axes.fill_between([start, end], y - 2, y + 2, color=colour, alpha=0.22, lw=0)
        if pd.isna(step.earliest):
            axes.plot([start + 4, start - 1, start + 4], [y - 4, y, y + 4], color=colour, lw=1)
    shape, fill = MARKS[step.position]
    draw_shape(axes, x, y, shape, 8.5, colour, fill)


def _draw_key(axes: Axes, y: float) -> None:
    x = 0.0
    for position, words in POSITIONS.items():
        shape, fill = MARKS[position]
        draw_shape(axes, x + 4, y, shape, 6.5, house().muted, fill)
        axes.text(x + 11, y, words, va="center_baseline", size=7, color=house().muted)
        x += 11 + text_width(words, 7) + 12


def _extent(step: Any, axis: Days) -> tuple[float, float, float]:
    """Return the edges of the days that a step may be of and the middle of its shape, in points.

    The shape stands on its day, or inside the end of its bar.
    """
    first, last = axis.span(step)
    end = last + axis.step / 2
    return first - axis.step / 2, end, end - (axis.step / 2 if is_dated(step) else 5)


def _alt(steps: pd.DataFrame, context: Context, kind: str) -> str:
    """Return what the chart is and finds: the last position of each side."""
    lead = (
        f"{kind}, one row per side, as of {day(context.at.as_of)}: "
        f"{counted(steps['side'].nunique(), 'side')}, {counted(len(steps), 'mark')}."
    )
    last = steps.drop_duplicates("side", keep="last")
    by_position = last.groupby("position")["side"].agg(list).to_dict()
    positions = [
        f"{words}: {name_list([context.names[side] for side in by_position[position]])}"
        for position, words in POSITIONS.items()
        if position in by_position
    ]
    return lead + (f" Last position of each: {'; '.join(positions)}." if positions else "")


def _description(steps: pd.DataFrame, context: Context) -> str:
    if steps.empty:
        return "No statement in the window."
    paths = []
    for side, path in steps.groupby("side", sort=False):
        days = [f"{context.short_dated(it.when)} {POSITIONS[it.position]}" for it in each_row(path)]
        paths.append(f"{capitalised(context.names[str(side)])}: {', '.join(days)}")
    return described(paths)
