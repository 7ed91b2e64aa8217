"""The shapes of marks: of stances, filled by commitment, and of positions."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from claimbrief.analysis.answers_by_side import DISMISSES, NOT_SO
from claimbrief.house import house
from claimbrief.view import LEAVES_OPEN, SAYS_LIKELY, SAYS_SO

# Of the timeline: a mark by its stance. Marks of positions, as on page one, are drawn by `_draw`.
STANCE_SHAPES = {
    "affirms": "o",
    "affirms_hedged": "D",
    "dismisses": "X",
    "denies": "P",
    "not_yet": "v",
}
COMMITMENT_FILLS = {"CT": 1.0, "PR": 0.5, "PS": 0.2}  # opacity of the fill by kind of commitment
BLUE, RED = "#17507a", "#b3261e"  # media.css has a dark-mode colour for each
CROSS_LINE = 0.28  # of a cross: its line's width, as a share of its size
BAR_LENGTH, BAR_WIDTH = 0.62, 0.24  # of the bar in a disc, likewise
INSIDE = 0.58  # of a mark inside a broken outline, likewise


def fill_of(commitment: str) -> float:
    """Return the opacity of the fill of a commitment: 0, hollow, where there is none."""
    return COMMITMENT_FILLS.get(commitment[:2], 0.0)


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


def colour_of(position: str) -> str:
    """Return the colour of a position."""
    return {SAYS_SO: BLUE, SAYS_LIKELY: BLUE, NOT_SO: house().ink, DISMISSES: RED}.get(
        position, house().muted
    )


def draw_position(
    axes: Axes, x: float, y: float, position: str, size: float, *, is_certain: bool = True
) -> None:
    """Draw the mark of a position, `size` points across, in rows, counts and legends alike.

    It is a disc, half a disc, a ring, a cross or a disc with a bar in it. What is only possible has
    a broken outline around it.
    """
    if is_certain:
        _draw(axes, x, y, position, size)
        return
    outline = Circle((x, y), size / 2, facecolor=house().paper, zorder=4)
    outline.set(edgecolor=colour_of(position), linewidth=1, linestyle=(0, (1.6, 1.2)))
    axes.add_artist(outline)
    if position != LEAVES_OPEN:
        _draw(axes, x, y, position, size * INSIDE)


def _draw(axes: Axes, x: float, y: float, position: str, size: float) -> None:
    """Draw a mark as matplotlib markers: lines are as wide as the size allows."""
    colour, paper = colour_of(position), house().paper
    line = min(1.2, size * 0.2)

    def add(marker: str, across: float, **look: object) -> None:
        shape = Line2D([x], [y], linestyle="none", marker=marker, markersize=across, zorder=5)
        shape.set(**look)
        axes.add_artist(shape)

    if position == DISMISSES:
        look = {"markeredgecolor": colour, "markeredgewidth": size * CROSS_LINE}
        add("x", size * 0.82, markerfacecolor="none", **look)
    elif position in (LEAVES_OPEN, SAYS_LIKELY):
        add("o", size - line, markerfacecolor=paper, markeredgecolor=colour, markeredgewidth=line)
        if position == SAYS_LIKELY:
            half = {"fillstyle": "left", "markerfacecoloralt": "none"}
            add("o", size - line, markerfacecolor=colour, markeredgewidth=0, **half)
    else:
        add("o", size, markerfacecolor=colour, markeredgewidth=0)
        if position == NOT_SO:
            look = {"markeredgecolor": paper, "markeredgewidth": size * BAR_WIDTH}
            add("_", size * BAR_LENGTH, markerfacecolor="none", **look)
