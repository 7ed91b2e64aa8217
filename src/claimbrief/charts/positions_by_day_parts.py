"""What the positions by day are drawn of besides their marks: words, boxes and upright lines."""

from __future__ import annotations

import math
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle


def write(
    axes: Axes, x: float, y: float, words: str, size: float, colour: str, *, is_bold: bool = False
) -> None:
    """Draw words from their left end on, in the middle of a line at the height `y`."""
    axes.text(
        x, y, words, va="center_baseline", size=size, color=colour,
        weight="bold" if is_bold else "normal", zorder=6,
    )  # fmt: skip


def box(
    axes: Axes,
    x: tuple[float, float],
    y: tuple[float, float],
    colour: str,
    *,
    zorder: float,
    opacity: float = 1,
) -> None:
    """Draw a box between a left and a right edge, a top and a bottom."""
    shape = Rectangle((x[0], y[0]), x[1] - x[0], y[1] - y[0], facecolor=colour, edgecolor="none")
    shape.set(alpha=opacity if opacity < 1 else None, linewidth=0, zorder=zorder)
    axes.add_patch(shape)


def lines(
    axes: Axes, parts: Iterable[tuple[tuple[float, float], tuple[float, float]]], **look: object
) -> None:
    """Draw straight lines of one look, each from its first x and y to its second, as one."""
    xs, ys = [], []
    for (left, right), (top, bottom) in parts:
        xs += [left, right, math.nan]
        ys += [top, bottom, math.nan]
    line = Line2D(xs, ys)
    line.set(**look)
    axes.add_line(line)
