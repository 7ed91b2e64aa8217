"""What both ways of drawing stance paths share: rows of sides, positions and their key."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from claimbrief.analysis.paths import DENIES, LEAVES_OPEN, LIMITS, SAYS_LIKELY, SAYS_SO
from claimbrief.charts.house import house
from claimbrief.charts.layout import cut_to_width, text_width
from claimbrief.charts.timeline_drawing import draw_shape
from claimbrief.charts.timeline_layout import LEFT, TOP, Days
from claimbrief.steps import POSITIONS
from claimbrief.view import View
from claimbrief.wording import capitalised

ROW, SIZE, BOTTOM, KEY, MARGIN = 12.0, 8.0, 18.0, 14.0, 12.0  # points
MARK = 9.5  # points that a mark takes
SHAPES = {SAYS_SO: "o", SAYS_LIKELY: "D", LEAVES_OPEN: "o", LIMITS: "v", DENIES: "X"}
FILLS = {SAYS_SO: 1.0, SAYS_LIKELY: 0.5, LEAVES_OPEN: 0.0, LIMITS: 1.0, DENIES: 1.0}


def place_of(row: int) -> float:
    """Return the middle of a row in points from the top."""
    return TOP + ROW * (row + 0.5)


def draw_rows(axes: Axes, view: View, sides: list[str], axis: Days) -> None:
    """Draw a row for each side, with its name."""
    names = view.whole.actors.set_index("actor_id")["short_name"]
    for place, side in enumerate(sides):
        y = place_of(place)
        if place % 2 == 0:
            axes.fill_between(
                [LEFT, axis.edge], y - ROW / 2, y + ROW / 2, color=house().ground, lw=0, zorder=-1
            )
        name = capitalised(str(names[side])).removeprefix("The ")
        axes.text(
            LEFT - 8,
            y,
            cut_to_width(capitalised(name), SIZE, LEFT - 10),
            ha="right",
            va="center_baseline",
            size=SIZE,
            color=house().ink,
        )


def draw_position(axes: Axes, step: Any, x: float, y: float, colour: str) -> None:
    """Draw where a side stands."""
    draw_shape(axes, x, y, SHAPES[step.position], 8.5, colour, FILLS[step.position])


def draw_key(axes: Axes, y: float) -> None:
    """Draw the key of the positions."""
    x = 0.0
    for position, words in POSITIONS.items():
        draw_shape(axes, x + 4, y, SHAPES[position], 6.5, house().muted, FILLS[position])
        axes.text(x + 11, y, words, va="center_baseline", size=7, color=house().muted)
        x += 11 + text_width(words, 7) + 12
