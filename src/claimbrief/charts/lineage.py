"""The lineage chart: what each utterance rests on, top down by date, a column per side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from claimbrief.analysis.counts import Count, count_of
from claimbrief.blocks import Figure, Mark, Numbers
from claimbrief.captions import first_that_fits, in_words, no_assertion
from claimbrief.charts.canvas import WIDTH, Span, drawing, mark_of
from claimbrief.charts.count_grid import count_grid
from claimbrief.charts.lineage_drawing import (
    Node,
    columns_of,
    draw_columns,
    draw_graph,
    place_nodes,
)
from claimbrief.charts.svg import drawn
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.limits import LIMITS
from claimbrief.links import side_name
from claimbrief.texts import text
from claimbrief.wording import capitalised, counted, dated, day, listed, number

BLOCK = "chart-lineage"
NARROWEST = 30.0  # points: the least width of a column whose heading can be read
SIDES = 16  # sides of the grid of counts; all further sides share a row and a column
OTHERS, NOT_KNOWN = "others", "not known"  # keys of the further sides, and of no known origin
NOTE = (
    "A disc is a statement that something is so, or likely, or one from which such a statement "
    "comes. A square is evidence, filled if the public could see it. A line leads down to a "
    "statement from what it rests on. “?”: at least a part of that is not named. What a speaker "
    "only answers or comments on is not drawn."
)
RANGES = " “By” a day: something in this row is only known to be no later than that day."
CIRCLES = " A thick line: a side that rests on another side which rests on it."


def lineage(nodes: pd.DataFrame, links: pd.DataFrame, context: Context) -> Figure:
    """Return the lineage chart of the frames of `analysis.lineage`.

    Links to nodes that are not in the frame are left out. Of more nodes than `LIMITS.marks`, or
    of so many sides that a column is narrower than its heading needs, links are counted by side.
    """
    links = links[links["child"].isin(nodes["node"]) & links["parent"].isin(nodes["node"])]
    columns = columns_of(nodes, context)
    narrowest = min((right - left for left, right in columns.values()), default=WIDTH)
    are_many = len(nodes) > LIMITS.marks or narrowest < NARROWEST
    look = _grid(nodes, links, context) if are_many else _graph(nodes, links, columns, context)
    kind = "Grid of counts by side" if are_many else "Graph by day and side"
    return Figure(
        caption=text(_caption(nodes, links, context)),
        alt=(
            f"{kind} as of {day(context.at.as_of)}: {counted(len(nodes), 'node')}, "
            f"{counted(len(links), 'link')}, {counted(int(nodes['is_unknown'].sum()), 'node')} "
            "with an origin that is not named."
        ),
        **look,
        source=context.source,
        numbers=_numbers(nodes, links),
        is_empty=nodes.empty,
    )


def _graph(
    nodes: pd.DataFrame, links: pd.DataFrame, columns: Mapping[str, Span], context: Context
) -> dict[str, Any]:
    placed, height = place_nodes(nodes, columns)
    has_range = any(not parse(when).is_day for when in nodes["when"])
    opening = [node for node in placed.values() if node.row.claim_id]
    marks = tuple(_mark(node, height) for node in opening)
    with drawing(WIDTH, height) as (canvas, axes):
        draw_columns(axes, columns, height, context)
        draw_graph(axes, placed, opening, links, context)
        look = drawn(canvas, BLOCK, height, marks)
    return look | {
        "subtitle": text("Where it comes from: who rests on what, from the top down by day"),
        "description": _description(nodes, links),
        "note": text(NOTE + RANGES * has_range + CIRCLES * bool(links["is_circle"].any())),
    }


def _caption(nodes: pd.DataFrame, links: pd.DataFrame, context: Context) -> str:
    """Return how many of the statements rest on sources that are not named, and who on whom."""
    every, unnamed = _statements(nodes)
    if not every.total:
        return no_assertion(context)
    leave = f"{'leaves' if unnamed.total <= 1 else 'leave'} a direct source unstated"
    words = f"none of the statements {leave}"
    if unnamed.total:
        words = f"{in_words(unnamed)} of {in_words(every)} statements {leave}"
    if every == Count(1):
        words = f"the one statement {leave if unnamed.total else 'says what it directly rests on'}"
    if nodes["side"].nunique() == 1:
        return capitalised(words)
    circle = links[links["is_circle"].astype(bool)]
    sides = nodes.loc[nodes["node"].isin([*circle["child"], *circle["parent"]]), "side"].nunique()
    circular = f"{words}; {number(sides)} sides cite each other"
    return first_that_fits(circular, words) if sides else capitalised(words)


def _statements(nodes: pd.DataFrame) -> tuple[Count, Count]:
    """Return how many statements there are, and how many rest on a source that is not named."""
    said = nodes[~nodes["is_item"].astype(bool)]
    return count_of(said, "node"), count_of(said[said["is_unknown"].astype(bool)], "node")


def _numbers(nodes: pd.DataFrame, links: pd.DataFrame) -> Numbers:
    statements, unnamed = _statements(nodes)
    return {
        "statements": [statements.certain, statements.total],
        "unnamed": [unnamed.certain, unnamed.total],
        "nodes": len(nodes),
        "links": len(links),
        "unknown": int(nodes["is_unknown"].sum()),
        "on_circles": int(links["is_circle"].sum()),
    }


def _mark(node: Node, height: float) -> Mark:
    box = (node.x - 5, node.y - 5, node.x + 5, node.y + 5)
    label, is_on_card = _label(node.row), not node.row.is_item
    return mark_of(node.row.claim_id, label, box, height, is_on_card=is_on_card)


def _label(node: Any) -> str:
    what = capitalised(str(node.name))
    return f"{what}, {dated(node.when)}" + (", origin not named" if node.is_unknown else "")


def _description(nodes: pd.DataFrame, links: pd.DataFrame) -> str:
    if nodes.empty:
        return "Nothing is asserted."
    labels = {node.node: _label(node) for node in each_row(nodes)}
    parts = [f"{labels[link.child]}, rests on {labels[link.parent]}" for link in each_row(links)]
    linked = {*links["child"], *links["parent"]}
    alone = [label for node, label in labels.items() if node not in linked]
    if alone:
        parts.append(f"Resting on nothing that is named: {listed(alone)}")
    return ". ".join(parts) + "."


def _grid(nodes: pd.DataFrame, links: pd.DataFrame, context: Context) -> dict[str, Any]:
    """Return the links counted by the side that rests (row) and the side rested on (column)."""
    kept = list(nodes["side"].value_counts().index[:SIDES])
    sides = nodes.set_index("node")["side"]
    further = sides.nunique() - len(kept)
    labels = {side: side_name(side, context) for side in kept}
    labels |= {OTHERS: capitalised(counted(further, "further side")), NOT_KNOWN: "Not named"}
    sides = sides.where(sides.isin(kept), OTHERS)
    known = pd.DataFrame({"row": links["child"].map(sides), "column": links["parent"].map(sides)})
    unknown = nodes.loc[nodes["is_unknown"].astype(bool), "node"].map(sides)
    pairs = pd.concat([known, pd.DataFrame({"row": unknown, "column": NOT_KNOWN})])
    cells = pairs.groupby(["row", "column"], sort=False).size().reset_index(name="count")
    rows, columns = (
        {key: label for key, label in labels.items() if key in set(cells[axis])}
        for axis in ("row", "column")
    )
    note = _grid_note(links, nodes["side"].nunique())
    grid = count_grid(BLOCK, cells, rows, columns, note, corner="rests on")
    return grid | {
        "subtitle": text("Where it comes from: which side rests on which, and how often")
    }


def _grid_note(links: pd.DataFrame, sides: int) -> str:
    circles = int(links["is_circle"].sum())
    lie = "lies on a circle" if circles == 1 else "lie on circles"
    are = "is" if len(links) == 1 else "are"
    note = (
        f"There {are} {counted(len(links), 'link')} within and between {counted(sides, 'side')}, "
        "too many to be drawn. A cell counts how often a statement of the side of its row rests on "
        "a statement or a piece of evidence of the side of its column. Counted are statements that "
        "something is so, or likely, and those from which they come. “Not named”: at least a part "
        "of what a statement, or a piece of evidence, directly rests on is not named."
    )
    return note + (
        f" {capitalised(counted(circles, 'link'))} {lie}: a side that rests on another which "
        "rests on it."
        if circles
        else ""
    )
