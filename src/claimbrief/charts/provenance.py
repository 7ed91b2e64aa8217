"""The lineage graph: where statements come from, drawn top down by date, a column a side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.transforms import Bbox

from claimbrief.analysis.days import since
from claimbrief.analysis.lineage_graph import lineage_graph
from claimbrief.blocks import Figure, Mark, text
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure, mark_of, part
from claimbrief.charts.house import house, house_style
from claimbrief.charts.layout import text_width
from claimbrief.charts.provenance_counts import chart_lineage_of_sides
from claimbrief.charts.sides import colours_of_sides
from claimbrief.charts.svg import svg_inside
from claimbrief.dataset import each_row
from claimbrief.links import source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, listed, short_day

MOST_NODES = 120  # so many have room for their names; October has 61
LEFT, HEAD, ROW, SIZE, FOOT = 34.0, 38.0, 14.0, 7.0, 4.0  # points
NOTE = (
    "A disc is an utterance that says that something of this is so, or likely, or one from "
    "which such an utterance comes; a square is an item of evidence, filled where it is public. A "
    "line runs from what is rested on down to what rests on it. “?”: at least a part of the origin "
    "is not told. What is answered or commented on gives no content and is not drawn."
)
CIRCLES = " A thick line lies on a circle: a side that rests on another which rests on it."


@dataclass(frozen=True)
class Node:
    """A node of the graph with its place in points from the top left of the figure."""

    row: Any
    x: float
    y: float


def chart_lineage(view: View) -> Figure:
    """Return the lineage graph of what is asserted in view.

    Of more nodes than `MOST_NODES` the links are counted by side, as in
    `claimbrief.charts.provenance_counts`.
    """
    nodes, edges = lineage_graph(view)
    if len(nodes) > MOST_NODES:
        return chart_lineage_of_sides(view, nodes, edges)
    placed, sides, height = _placed(nodes)
    names = view.whole.actors.set_index("actor_id")["short_name"]
    days = since(view)
    with house_style():
        canvas = blank_figure(WIDTH, height)
        axes = axes_in_points(canvas, WIDTH, height)
        _draw_columns(axes, {names[side]: span for side, span in sides.items()}, height)
        _draw_days(axes, placed)
        for edge in each_row(edges):
            ends = placed[edge.parent], placed[edge.child]
            with part(axes, since=_since(days, view, ends[1])):
                _draw_edge(axes, *ends, is_circle=edge.is_circle)
        colours = colours_of_sides(view)
        named = _crossing(placed, edges)
        opening = [node for node in placed.values() if node.row.claim_id]
        for node in placed.values():
            place = {"mark": opening.index(node)} if node in opening else {"since": ""}
            with part(axes, **place):
                _draw_node(axes, node, colours.get(node.row.side, house().muted))
                if node.row.node in named:
                    _draw_name(axes, node)
        marks = tuple(_mark(node, height) for node in opening)
        svg = svg_inside(canvas, "chart-lineage", marks)
    circles = int(edges["is_circle"].sum())
    return Figure(
        block_id="chart-lineage",
        caption=text("Where it comes from: who rests on what, from the top down by date"),
        alt=(
            f"Graph by day and side as of {day(view.at.as_of)}: {counted(len(nodes), 'node')}, "
            f"{counted(len(edges), 'link')}, {counted(int(nodes['is_unknown'].sum()), 'node')} "
            "with an origin that is not told."
        ),
        description=_description(view, nodes, edges),
        svg=svg,
        width=WIDTH,
        height=height,
        marks=marks,
        note=text(NOTE + (CIRCLES if circles else "")),
        source=source_line(view),
        numbers={
            "nodes": len(nodes),
            "links": len(edges),
            "unknown": int(nodes["is_unknown"].sum()),
            "on_circles": circles,
        },
    )


def _placed(
    nodes: pd.DataFrame,
) -> tuple[dict[str, Node], dict[str, tuple[float, float]], float]:
    """Return the nodes in their places, the span of each side's column, and the height."""
    sides = list(dict.fromkeys(nodes["side"]))
    width = {
        side: max(nodes[nodes["side"] == side].groupby("day").size().max(), 2) for side in sides
    }
    unit = (WIDTH - LEFT) / max(sum(width.values()), 1)
    spans, x = {}, LEFT
    for side in sides:
        spans[side] = (x, x + unit * width[side])
        x += unit * width[side]
    days = sorted(set(nodes["day"]))
    rows: dict[Any, float] = {}
    y = HEAD + ROW / 2
    for one in days:
        rows[one] = y
        y += ROW * (int(nodes.loc[nodes["day"] == one, "depth"].max()) + 1)
    placed = {}
    for (side, one), group in nodes.groupby(["side", "day"], sort=False):
        left, right = spans[side]
        for _, level in group.groupby("depth"):
            gap = (right - left) / (len(level) + 1)
            for place, node in enumerate(each_row(level), 1):
                placed[node.node] = Node(node, left + gap * place, rows[one] + ROW * node.depth)
    return placed, spans, y + FOOT


def _draw_columns(axes: Axes, sides: dict[str, tuple[float, float]], height: float) -> None:
    for place, (name, (left, right)) in enumerate(sides.items()):
        if place % 2 == 0:
            axes.fill_between(
                [left, right], HEAD - 6, height, color=house().ground, lw=0, zorder=-2
            )
        words = capitalised(str(name)).removeprefix("The ").removeprefix("the ")
        lines = _wrapped(capitalised(words), right - left)
        for line, written in enumerate(reversed(lines)):
            axes.text(
                (left + right) / 2,
                HEAD - 10 - 8 * line,
                written,
                size=SIZE,
                color=house().ink,
                ha="center",
            )


def _wrapped(words: str, width: float) -> list[str]:
    """Return the words in at most three lines of a width."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, SIZE) > width - 4 and len(lines) < 3:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _draw_days(axes: Axes, placed: dict[str, Node]) -> None:
    first: dict[Any, float] = {}
    for node in placed.values():
        first[node.row.day] = min(node.y, first.get(node.row.day, node.y))
    for one, y in first.items():
        axes.plot([LEFT, WIDTH], [y, y], color=house().faint, lw=0.5, zorder=-1)
        axes.text(0, y, short_day(one), size=SIZE, color=house().muted, va="center_baseline")


def _draw_edge(axes: Axes, parent: Node, child: Node, *, is_circle: bool) -> None:
    bend = 0.0 if parent.x == child.x else 0.12
    arrow = FancyArrowPatch(
        (parent.x, parent.y),
        (child.x, child.y),
        arrowstyle="-",
        connectionstyle=f"arc3,rad={bend}",
        shrinkA=3.5,
        shrinkB=4.5,
        linewidth=1.3 if is_circle else 0.7,
        color=house().ink if is_circle else house().muted,
        zorder=1,
    )
    axes.add_patch(arrow)


def _draw_node(axes: Axes, node: Node, colour: str) -> None:
    shape = "s" if node.row.is_item else "o"
    filled = not node.row.is_item or node.row.is_public
    axes.plot(
        [node.x], [node.y], marker=shape, markersize=5.5, mew=1, mec=colour,
        mfc=colour if filled else house().paper, linestyle="none", zorder=3,
    )  # fmt: skip
    if node.row.is_unknown:
        axes.text(
            node.x + 4, node.y - 2.5, "?", size=7, weight="bold", color=house().ink, zorder=4,
            va="center_baseline",
        )  # fmt: skip


def _crossing(placed: dict[str, Node], edges: pd.DataFrame) -> set[str]:
    """Return the utterances at either end of a link between two sides."""
    found = [
        one
        for edge in each_row(edges)
        if placed[edge.child].row.side != placed[edge.parent].row.side
        for one in (edge.child, edge.parent)
    ]
    return {one for one in found if not placed[one].row.is_item}


def _draw_name(axes: Axes, node: Node) -> None:
    """Write an utterance's speaker beside it, on the side where there is room."""
    name = capitalised(str(node.row.name))
    is_left = node.x + 12 + text_width(name, 6.5) > WIDTH
    axes.text(
        node.x + (-5 if is_left else 5), node.y + (6 if node.row.is_unknown else 0), name,
        size=6.5, color=house().ink, ha="right" if is_left else "left", zorder=5,
        va="center_baseline",
        bbox={"facecolor": house().paper, "alpha": 0.85, "pad": 0.6, "linewidth": 0},
    )  # fmt: skip


def _since(days: Mapping[str, str], view: View, node: Node) -> str:
    """Return the first day by which a node may be drawn; the brief's own if it has no claim."""
    return days.get(node.row.claim_id, view.at.as_of.isoformat())


def _mark(node: Node, height: float) -> Mark:
    box = Bbox([[node.x - 5, height - node.y - 5], [node.x + 5, height - node.y + 5]])
    is_on_card = not node.row.is_item
    return mark_of([node.row.claim_id], _told(node.row), box, height, is_on_card=is_on_card)


def _told(node: Any) -> str:
    what = capitalised(str(node.name))
    return f"{what}, {dated(node.when)}" + (", origin not told" if node.is_unknown else "")


def _description(view: View, nodes: pd.DataFrame, edges: pd.DataFrame) -> str:
    names = {node.node: _told(node) for node in each_row(nodes)}
    told = [f"{names[edge.child]}, rests on {names[edge.parent]}" for edge in each_row(edges)]
    linked = {*edges["child"], *edges["parent"]}
    alone = [name for node, name in names.items() if node not in linked]
    parts = [". ".join(told), f"Resting on nothing that is told: {listed(alone)}" if alone else ""]
    return ". ".join(filter(None, parts)) + "." if nodes.size else "Nothing is asserted."
