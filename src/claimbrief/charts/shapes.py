"""The shapes of marks: which stance has which, and how firmly a commitment fills it."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from claimbrief.house import house

SHAPES = {"affirms": "o", "affirms_hedged": "D", "dismisses": "X", "denies": "P", "not_yet": "v"}
FILLS = {"CT": 1.0, "PR": 0.5, "PS": 0.2}  # opacity of the fill by kind of commitment


def shape_of(stance: str) -> str:
    """Return the matplotlib marker of a stance: a circle where it has none of its own."""
    return SHAPES.get(stance, "o")


def fill_of(commitment: str) -> float:
    """Return the opacity of the fill of a commitment: 0, hollow, where there is none."""
    return FILLS.get(commitment[:2], 0.0)


def draw_shape(
    axes: Axes, x: float, y: float, shape: str, size: float, colour: str, fill: float
) -> None:
    """Draw a shape over a paper ground, filled with an opacity from 0 (hollow) to 1.

    A line of one point, added as it is: `plot` would find the limits of the axes anew each time.
    """
    marker: Any = {"marker": shape, "markersize": size, "linestyle": "none"}
    if 0 < fill < 1:
        axes.add_artist(Line2D([x], [y], color=house().paper, mew=0, zorder=3, **marker))
    if fill == 1:
        marker["markersize"] += 1  # as large as with a line around it
        axes.add_artist(Line2D([x], [y], color=colour, mew=0, zorder=4, **marker))
    else:
        inside = (colour, fill) if fill else house().paper
        axes.add_artist(Line2D([x], [y], mfc=inside, mec=colour, mew=1, zorder=4, **marker))
