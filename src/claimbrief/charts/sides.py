"""The colours of sides, the same in every chart, and the key that tells whose they are."""

from __future__ import annotations

from matplotlib.axes import Axes

from claimbrief.analysis.lasting import tops
from claimbrief.charts.canvas import WIDTH
from claimbrief.charts.house import house
from claimbrief.charts.layout import text_width
from claimbrief.view import View
from claimbrief.wording import capitalised

KEY_LINE = 11.0  # points: a line of the key


def colours_of_sides(view: View) -> dict[str, str]:
    """Return a colour for each side, by its place among all sides heard in the dataset.

    The last colour is shared by all sides that come after those with one of their own.
    """
    actors, colours = view.whole.actors["actor_id"], house().colours
    top = tops(view.whole)
    bodies = {top[one] for one in set(view.whole.speakers["actor_id"])}
    sides = [actor for actor in actors if actor in bodies]
    return {side: colours[min(place, len(colours) - 1)] for place, side in enumerate(sides)}


def key_of_sides(view: View, sides: set[str]) -> list[tuple[str, str]]:
    """Return the colour and the name of each side shown, the grey ones together."""
    names = view.whole.actors.set_index("actor_id")["short_name"]
    colours, others = colours_of_sides(view), house().colours[-1]
    named = [
        (colour, capitalised(str(names[side])).removeprefix("The "))
        for side, colour in colours.items()
        if side in sides and colour != others
    ]
    is_more = any(colours[side] == others for side in sides)
    return [*named, (others, "others")] if is_more else named


def draw_key(axes: Axes, key: list[tuple[str, str]], top: float) -> None:
    """Draw the key of colours in lines from `top`; `key_height` tells how many points it takes."""
    x, y = 0.0, top
    for colour, name in key:
        width = 9 + text_width(name, 7) + 10
        if x + width > WIDTH:
            x, y = 0.0, y + KEY_LINE
        axes.plot([x + 3.5], [y], marker="o", markersize=5.5, mew=0, color=colour)
        axes.text(x + 9, y, name, va="center_baseline", size=7, color=house().muted)
        x += width


def key_height(key: list[tuple[str, str]]) -> float:
    """Return the height of the key in points."""
    lines, x = 1 if key else 0, 0.0
    for _, name in key:
        width = 9 + text_width(name, 7) + 10
        if x + width > WIDTH:
            lines, x = lines + 1, 0.0
        x += width
    return KEY_LINE * lines
