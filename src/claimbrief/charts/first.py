"""What the first chart of a process pays for all that come after it."""

from __future__ import annotations

from claimbrief.charts.canvas import axes_in_points, blank_figure
from claimbrief.charts.house import house_style
from claimbrief.charts.svg import svg_inside

SIDE = 72.0  # points


def draw_first() -> None:
    """Draw a figure that nobody sees: it loads the style, the fonts and what writes SVG."""
    with house_style():
        figure = blank_figure(SIDE, SIDE)
        axes = axes_in_points(figure, SIDE, SIDE)
        axes.text(SIDE / 2, SIDE / 2, "first")
        axes.plot([0, SIDE], [0, SIDE])
        svg_inside(figure, "first")
