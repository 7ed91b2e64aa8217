"""The key that says which side has which colour; a side has the same colour in every chart."""

from __future__ import annotations

from collections.abc import Collection

from matplotlib.axes import Axes

from claimbrief.charts.canvas import WIDTH
from claimbrief.charts.layout import text_width
from claimbrief.context import Context
from claimbrief.house import house
from claimbrief.wording import capitalised

KEY_LINE = 11.0  # points: a line of the key


def side_name(side: str, context: Context) -> str:
    """Return a side's short name as a label: a capital first, no article."""
    return capitalised(capitalised(context.names[side]).removeprefix("The "))


def key_of_sides(sides: Collection[str], context: Context) -> list[tuple[str, str]]:
    """Return the colour and the name of each of the sides, the grey ones together."""
    shared = house().colours[-1]
    key = [
        (colour, side_name(side, context))
        for side, colour in context.colours.items()
        if side in sides and colour != shared
    ]
    is_more = any(context.colours[side] == shared for side in sides)
    return [*key, (shared, "others")] if is_more else key


def draw_key(axes: Axes, sides: Collection[str], context: Context, top: float) -> None:
    """Draw the key of these sides' colours from `top`; `key_height` is its height in points."""
    for colour, name, x, line in _placed(sides, context):
        y = top + KEY_LINE * line
        axes.plot([x + 3.5], [y], marker="o", markersize=5.5, mew=0, color=colour)
        axes.text(x + 9, y, name, va="center_baseline", size=7, color=house().muted)


def key_height(sides: Collection[str], context: Context) -> float:
    """Return the height of the key in points."""
    return KEY_LINE * max((line + 1 for _, _, _, line in _placed(sides, context)), default=0)


def _placed(sides: Collection[str], context: Context) -> list[tuple[str, str, float, int]]:
    """Return colour, name, left end in points and line of each entry of the key."""
    placed, x, line = [], 0.0, 0
    for colour, name in key_of_sides(sides, context):
        width = 9 + text_width(name, 7) + 10
        if x + width > WIDTH:
            x, line = 0.0, line + 1
        placed.append((colour, name, x, line))
        x += width
    return placed
