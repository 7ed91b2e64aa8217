"""Cells of a grid that hold a count: what a chart draws where single marks would merge."""

from __future__ import annotations

import math
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from claimbrief.charts.house import house
from claimbrief.charts.layout import text_width

SIZE = 6.0  # points: counts
PALEST, DARKEST = 0.06, 0.4  # of the shade, so that a count stays readable on it
LARGE = 10_000  # from here on a count is written in thousands


def short_count(count: int) -> str:
    """Return a count as a cell holds it: "812", "9,120", "12k"."""
    return f"{count / 1000:.0f}k" if count >= LARGE else f"{count:,}"


def cell_width(counts: Iterable[int]) -> float:
    """Return the least width in points of cells that are to hold these counts."""
    return 3 + max((text_width(short_count(count), SIZE) for count in set(counts)), default=0.0)


def draw_cell(
    axes: Axes, left: float, top: float, width: float, height: float, count: int, most: int
) -> None:
    """Draw a cell, the darker the nearer its count comes to the most of all cells."""
    shade = PALEST + (DARKEST - PALEST) * math.sqrt(count / most)
    box = Rectangle((left + 0.3, top + 0.3), width - 0.6, height - 0.6)
    box.set(facecolor=house().line, alpha=round(shade, 2), linewidth=0)
    axes.add_artist(box)  # no limits of the axes to be found anew
    axes.text(
        left + width / 2,
        top + height / 2,
        short_count(count),
        size=SIZE,
        color=house().ink,
        ha="center",
        va="center_baseline",
        zorder=4,
    )
