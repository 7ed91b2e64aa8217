"""How the claim timeline is drawn: bands and days, marks and bars, the legend."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from claimbrief.analysis.escalation import CLAIMS, DENIALS, LIMITS, OPEN, uncovered_days
from claimbrief.charts.canvas import WIDTH
from claimbrief.charts.house import house
from claimbrief.charts.layout import lanes, text_width
from claimbrief.charts.timeline_layout import SIZE, TOP, Days, Placed, row_name
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.view import View
from claimbrief.wording import short_day

SHAPES = {"affirms": "o", "affirms_hedged": "D", "dismisses": "X", "denies": "P", "not_yet": "v"}
LEGEND = {
    "affirms": "said",
    "affirms_hedged": "called likely",
    "not_yet": "not yet",
    "dismisses": "dismissed",
    "denies": "said that it is not so",
}
EVENT_LINES = 2  # so many lines of words about events have room above a chart
DAY_LABEL = 44.0  # points that the label of a day takes
FILLS = {"CT": 1.0, "PR": 0.5, "PS": 0.2}  # opacity of the fill; hollow without commitment


def draw_ground(
    axes: Axes,
    view: View,
    axis: Days,
    bands: list[tuple[str, str, float, float]],
    bottom: float,
    events_to: float,
) -> None:
    """Draw what lies below the marks: bands, days, events, and the days that nothing covers."""
    _draw_bands(axes, view, axis, bands)
    draw_days(axes, axis, bottom)
    draw_events(axes, view, axis, events_to)
    uncovered = list(uncovered_days(view)["day"])
    if uncovered:  # they are the last days of the window
        left, right = axis.x(uncovered[0]) - axis.step / 2, axis.edge
        axes.fill_between(
            [left, right],
            TOP,
            bottom,
            facecolor="none",
            edgecolor=house().faint,
            hatch="////",
            linewidth=0,
        )
    draw_later(axes, view, axis, bottom)


def draw_later(axes: Axes, view: View, axis: Days, bottom: float) -> None:
    """Shade the days of the window that come after the brief's day."""
    if view.at.as_of < axis.end:
        left = max(axis.x(view.at.as_of) + axis.step / 2, axis.left)
        axes.fill_between([left, axis.edge], TOP, bottom, color="#e9ecef", linewidth=0, zorder=0.5)
        axes.text(left + 3, TOP - 4, "after the brief’s day", size=7, color=house().muted)


def _draw_bands(
    axes: Axes, view: View, axis: Days, bands: list[tuple[str, str, float, float]]
) -> None:
    """Draw a band for each row of each part, with its label, and the parts' names."""
    for place, (ladder, step, top, low) in enumerate(bands):
        if place % 2 == 0:
            axes.fill_between(
                [axis.left, axis.edge], top, low, color=house().ground, linewidth=0, zorder=-1
            )
        label = row_name(view, ladder, step)
        axes.text(
            axis.left - 6,
            (top + low) / 2,
            label,
            ha="right",
            va="center",
            size=7.5,
            color=house().ink,
        )
    for ladder, heading in (
        (CLAIMS, "Said to be so, or likely"),
        (LIMITS, "Not so, or not yet: limits, no denials"),
        (OPEN, "Left open"),
        (DENIALS, "Denials and answers"),
    ):
        tops = [top for name, _, top, _ in bands if name == ladder]
        if tops:
            axes.text(0, tops[0] - 5, heading, size=8.5, weight="bold", color=house().ink)


def draw_days(axes: Axes, axis: Days, bottom: float) -> None:
    """Draw a line and a label for the first day of each week, or of as few weeks as fit."""
    every = 7 * math.ceil(DAY_LABEL / axis.step / 7)
    for days in range(0, (axis.end - axis.start).days + 1, every):
        value = axis.start + timedelta(days)
        x = axis.x(value)
        year = f" {value.year}" if axis.start.year != axis.end.year else ""
        label = short_day(value) + year
        axes.plot([x, x], [TOP, bottom], color=house().faint, linewidth=0.6, zorder=0)
        axes.text(x, bottom + 4, label, ha="center", va="top", size=7, color=house().muted)


def draw_events(axes: Axes, view: View, axis: Days, bottom: float) -> None:
    """Draw the events that statements speak of: a broken line each, which is no statement.

    Words that would lie on others go a line higher, as far as there is room.
    """
    told = []
    for event in each_row(view.record.events):
        when = parse(str(event.date))
        if when.is_day and axis.start <= when.latest <= min(axis.end, view.at.as_of):
            x, words = axis.x(when.latest), f"{short_day(when.latest)}: {event.label}"
            width = text_width(words, 7)
            side = "left" if x + 3 + width < WIDTH else "right"
            told.append((x, words, side, (x, x + width + 8) if side == "left" else (x - width, x)))
    for (x, words, side, _), lane in zip(told, lanes([one[-1] for one in told]), strict=True):
        axes.plot(
            [x, x],
            [TOP - 10, bottom],
            color=house().muted,
            linewidth=0.7,
            linestyle=(0, (2, 2)),
        )
        if lane < EVENT_LINES:
            place = x + 3 if side == "left" else x - 3
            y = TOP - 15 - 7 * lane
            axes.text(place, y, words, size=7, color=house().muted, style="italic", ha=side)


def draw_mark(axes: Axes, one: Placed, axis: Days, colour: str) -> None:
    """Draw a mark with its name; an undated one at the end of a bar over all its days."""
    if one.x_start != one.x_end:
        _draw_bar(axes, one, colour)
        _draw_outside_day(axes, one, axis, colour)
    x = mark_place(one)
    fill = FILLS.get(one.row.commitment[:2], 0.0)
    draw_shape(axes, x, one.y, SHAPES.get(one.row.stance, "o"), one.size, colour, fill)
    place = max(x + 5, one.x_end + 2 if one.x_start != one.x_end else 0)
    axes.text(place, one.y, one.label, va="center_baseline", size=SIZE, color=house().ink)


def mark_place(one: Placed) -> float:
    """Return where a mark's shape stands: on its day, or inside the end of its bar."""
    return one.x_end if one.x_start == one.x_end else one.x_end - 4


def _draw_bar(axes: Axes, one: Placed, colour: str) -> None:
    """Draw the bar of an undated statement, with an arrow where its start is open."""
    width = one.x_end - one.x_start
    style = "round,pad=0,rounding_size=2.5"
    box = FancyBboxPatch((one.x_start, one.y - 2.5), width, 5, boxstyle=style)
    box.set(facecolor=colour, alpha=0.22, linewidth=0)
    axes.add_patch(box)
    if one.row.when.earliest is None:
        tip = one.x_start - 1
        axes.plot([tip + 5, tip, tip + 5], [one.y - 4, one.y, one.y + 4], color=colour, lw=1)


def draw_shape(
    axes: Axes, x: float, y: float, shape: str, size: float, colour: str, fill: float
) -> None:
    """Draw a shape, filled as firmly as its commitment, over a paper ground.

    A line of one point, added as it is: `plot` would find the limits of the axes anew each time.
    """
    place: Any = {"marker": shape, "markersize": size, "linestyle": "none"}
    if 0 < fill < 1:
        axes.add_artist(Line2D([x], [y], color=house().paper, mew=0, zorder=3, **place))
    if fill == 1:
        place["markersize"] += 1  # as large as with a line around it
        axes.add_artist(Line2D([x], [y], color=colour, mew=0, zorder=4, **place))
    else:
        inside = (colour, fill) if fill else house().paper
        axes.add_artist(Line2D([x], [y], mfc=inside, mec=colour, mew=1, zorder=4, **place))


def _draw_outside_day(axes: Axes, one: Placed, axis: Days, colour: str) -> None:
    """Draw a tick on the bar of an undated statement at the day that another source gives."""
    if one.row.outside_date:
        when = parse(one.row.outside_date)
        if when.is_day and axis.start <= when.latest <= axis.end:
            x = axis.x(when.latest)
            axes.plot([x, x], [one.y - 4.5, one.y + 4.5], color=colour, linewidth=1.6)


def legend_height(frame: pd.DataFrame) -> float:
    """Return the height of the legend in points."""
    return 18.0 if len(frame) else 0.0


def draw_legend(axes: Axes, frame: pd.DataFrame, view: View, top: float) -> None:
    """Draw the shapes and fills in use; names of speakers stand at their marks."""
    firmness = view.whole.labels("commitment")
    x, y = 0.0, top + 6
    for stance, words in LEGEND.items():
        if stance in set(frame["stance"]):
            x, y = _legend_item(axes, x, y, SHAPES[stance], 0.0, words)
    x = x + 8
    for kind, fill in FILLS.items():
        if any(str(code).startswith(kind) for code in frame["commitment"]):
            x, y = _legend_item(axes, x, y, "o", fill, firmness[f"{kind}+"])
    if any(str(code)[:2] not in FILLS for code in frame["commitment"]):
        _legend_item(axes, x, y, "o", 0.0, "no commitment")


def _legend_item(
    axes: Axes, x: float, y: float, shape: str, fill: float, words: str
) -> tuple[float, float]:
    width = 10 + text_width(words, 7) + 10
    if x + width > WIDTH:
        x, y = 0.0, y + 11
    draw_shape(axes, x + 4, y, shape, 5.5, house().muted, fill)
    axes.text(x + 10, y, words, va="center_baseline", size=7, color=house().muted)
    return x + width, y
