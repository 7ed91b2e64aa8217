"""What the lineage chart draws: columns of sides, rows of days, nodes and links in points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from claimbrief.charts.canvas import WIDTH, Span, draw_band, part, text_width, wrapped, write
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.house import house
from claimbrief.links import side_name
from claimbrief.lookups import rows_by
from claimbrief.wording import capitalised

HEAD, ROW, SIZE, FOOT = 38.0, 14.0, 7.0, 4.0  # points
LEFT, LEFT_OF_YEARS = 34.0, 50.0  # points for a day without and with its year


@dataclass(frozen=True)
class Node:
    """A row of the nodes with its center in points from the top left of the figure."""

    row: Any
    x: float
    y: float


def _left(context: Context) -> float:
    return LEFT if context.at.year else LEFT_OF_YEARS


def columns_of(nodes: pd.DataFrame, context: Context) -> dict[str, Span]:
    """Return the left and right edge of each side's column, as wide as its fullest day needs."""
    fullest = nodes.groupby(["side", "day"]).size().groupby("side").max().clip(lower=2)
    left = _left(context)
    unit = (WIDTH - left) / max(int(fullest.sum()), 1)
    columns, x = {}, left
    for side in nodes["side"].unique():
        columns[side] = (x, x + unit * int(fullest[side]))
        x = columns[side][1]
    return columns


def place_nodes(nodes: pd.DataFrame, columns: Mapping[str, Span]) -> tuple[dict[str, Node], float]:
    """Return each node in its place, in the column of its side and the row of its day and depth,
    and the height of the figure."""
    tops: dict[Any, float] = {}
    y = HEAD + ROW / 2
    for when, deepest in nodes.groupby("day")["depth"].max().items():
        tops[when] = y
        y += ROW * (int(deepest) + 1)
    placed = {}
    order = list(columns)
    levels = rows_by(nodes, "side", "day", "depth")
    for side, when, depth in sorted(levels, key=lambda level: (order.index(level[0]), *level[1:])):
        left, right = columns[side]
        gap = (right - left) / (len(levels[side, when, depth]) + 1)
        for place, node in enumerate(levels[side, when, depth], 1):
            placed[node.node] = Node(node, left + gap * place, tops[when] + ROW * depth)
    return placed, y + FOOT


def draw_columns(axes: Axes, columns: Mapping[str, Span], height: float, context: Context) -> None:
    """Draw the heading of each side's column, and a ground below every other column."""
    for place, (side, (left, right)) in enumerate(columns.items()):
        if place % 2 == 0:
            draw_band(axes, (left, right), (HEAD - 6, height), -2)
        lines = wrapped(side_name(side, context), SIZE, right - left - 4)
        lines[2:] = [" ".join(lines[2:])] * (len(lines) > 2)
        for line, words in enumerate(reversed(lines)):
            y = HEAD - 10 - 8 * line
            write(axes, (left + right) / 2, y, words, SIZE, ha="center", va="baseline")


def draw_graph(
    axes: Axes,
    placed: Mapping[str, Node],
    opening: Sequence[Node],
    links: pd.DataFrame,
    context: Context,
) -> None:
    """Draw days, links and nodes: those that open a card as the parts of their marks, in order."""
    first: dict[Any, float] = {}
    ranged = {node.row.day for node in placed.values() if not parse(node.row.when).is_day}
    for node in placed.values():
        first[node.row.day] = min(node.y, first.get(node.row.day, node.y))
    for when, y in first.items():
        label = context.short_day(when)
        axes.plot([_left(context), WIDTH], [y, y], color=house().faint, lw=0.5, zorder=-1)
        words = f"by {label}" if when in ranged else label
        write(axes, 0, y, words, SIZE, house().muted)
    _draw_links(axes, placed, links, context)
    ends = [  # the utterances at either end of a link between two sides have their name
        end
        for child, parent in zip(links["child"], links["parent"], strict=True)
        if placed[child].row.side != placed[parent].row.side
        for end in (child, parent)
    ]
    named = {end for end in ends if not placed[end].row.is_item}
    for node in placed.values():
        names = {"mark": opening.index(node)} if node in opening else {"since": ""}
        with part(axes, **names):
            _draw_node(axes, node, context.colours.get(node.row.side, house().muted))
            if node.row.node in named:
                _draw_name(axes, node)


def _draw_links(
    axes: Axes, placed: Mapping[str, Node], links: pd.DataFrame, context: Context
) -> None:
    """Draw a line for each link, from the first day on which its child may be drawn."""
    for link in each_row(links):
        parent, child = placed[link.parent], placed[link.child]
        bend = 0.0 if parent.x == child.x else 0.12
        line = FancyArrowPatch(
            (parent.x, parent.y),
            (child.x, child.y),
            arrowstyle="-",
            connectionstyle=f"arc3,rad={bend}",
            shrinkA=3.5,
            shrinkB=4.5,
            linewidth=1.3 if link.is_circle else 0.7,
            color=house().ink if link.is_circle else house().muted,
            zorder=1,
        )
        with part(axes, since=child.row.since or context.at.as_of.isoformat()):
            axes.add_patch(line)


def _draw_node(axes: Axes, node: Node, colour: str) -> None:
    shape = "s" if node.row.is_item else "o"
    filled = not node.row.is_item or node.row.is_public
    axes.plot(
        [node.x], [node.y], marker=shape, markersize=5.5, mew=1, mec=colour,
        mfc=colour if filled else house().paper, linestyle="none", zorder=3,
    )  # fmt: skip
    if node.row.is_unknown:
        write(axes, node.x + 4, node.y - 2.5, "?", 7, is_bold=True, zorder=4)


def _draw_name(axes: Axes, node: Node) -> None:
    """Write an utterance's speaker beside it, left of it where the right has no room."""
    name = capitalised(str(node.row.name))
    is_left = node.x + 12 + text_width(name, 6.5) > WIDTH
    x, y = node.x + (-5 if is_left else 5), node.y + (6 if node.row.is_unknown else 0)
    ground = {"facecolor": house().paper, "alpha": 0.85, "pad": 0.6, "linewidth": 0}
    write(axes, x, y, name, 6.5, ha="right" if is_left else "left", zorder=5, bbox=ground)
