"""The lineage of many nodes: which side rests on which, as a grid of counts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from claimbrief.blocks import Figure, text
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure
from claimbrief.charts.grid import draw_cell
from claimbrief.charts.house import house, house_style
from claimbrief.charts.svg import svg_inside
from claimbrief.links import source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, day, listed, number

LEFT, HEAD, ROW, SIZE, FOOT = 110.0, 22.0, 14.0, 7.5, 4.0  # points
MOST_SIDES = 16  # so many columns leave room for counts of five figures
OTHERS, NOT_TOLD = "others", "not told"  # what stands for the further sides, and for no origin


def chart_lineage_of_sides(view: View, nodes: pd.DataFrame, edges: pd.DataFrame) -> Figure:
    """Return the nodes and links of `lineage_graph` by the side that rests and that rested on."""
    kept = list(nodes["side"].value_counts().index[:MOST_SIDES])
    more = nodes["side"].nunique() - len(kept)
    counts = _counts(nodes, edges, kept)
    rows = [side for side in [*kept, OTHERS] if side in set(counts["child"])]
    columns = [side for side in [*kept, OTHERS, NOT_TOLD] if side in set(counts["parent"])]
    names = _names(view, kept, more)
    height = HEAD + ROW * len(rows) + FOOT
    with house_style():
        canvas = blank_figure(WIDTH, height)
        _draw(axes_in_points(canvas, WIDTH, height), counts, rows, columns, names)
        svg = svg_inside(canvas, "chart-lineage")
    unknown, circles = int(nodes["is_unknown"].sum()), int(edges["is_circle"].sum())
    return Figure(
        block_id="chart-lineage",
        caption=text("Where it comes from: which side rests on which"),
        alt=(
            f"Grid of counts by side as of {day(view.at.as_of)}: {counted(len(nodes), 'node')}, "
            f"{counted(len(edges), 'link')}, {counted(unknown, 'node')} with an origin that is "
            "not told."
        ),
        description=_description(counts, rows, names),
        svg=svg,
        width=WIDTH,
        height=height,
        marks=(),
        note=text(_note(edges, circles)),
        source=source_line(view),
        numbers={
            "nodes": len(nodes),
            "links": len(edges),
            "unknown": unknown,
            "on_circles": circles,
        },
    )


def _counts(nodes: pd.DataFrame, edges: pd.DataFrame, kept: Sequence[str]) -> pd.DataFrame:
    """Return one row a side that rests on another: child, parent, count (of links, or of nodes
    whose origin is not told)."""
    sides = nodes.set_index("node")["side"]
    sides = sides.where(sides.isin(kept), OTHERS)
    links = pd.DataFrame({"child": edges["child"].map(sides), "parent": edges["parent"].map(sides)})
    untold = nodes.loc[nodes["is_unknown"].astype(bool), "node"].map(sides)
    links = pd.concat([links, pd.DataFrame({"child": untold, "parent": NOT_TOLD})])
    return links.groupby(["child", "parent"], sort=False).size().reset_index(name="count")


def _names(view: View, kept: Sequence[str], more: int) -> dict[str, str]:
    """Return what each row is called: the name of its side."""
    short = view.whole.actors.set_index("actor_id")["short_name"]
    named = {side: capitalised(str(short[side]).removeprefix("the ")) for side in kept}
    return named | {
        OTHERS: f"{capitalised(counted(more, 'further side'))}",
        NOT_TOLD: "what is not told",
    }


def _draw(
    axes: Axes,
    counts: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    names: dict[str, str],
) -> None:
    """Draw a row for each side; a column is headed by the number of its side's row."""
    width = (WIDTH - LEFT) / max(len(columns), 1)
    most = int(counts["count"].max())
    heads = {side: f"{place}" for place, side in enumerate(dict.fromkeys([*rows, *columns]), 1)}
    heads[NOT_TOLD] = "?"
    for place, side in enumerate(columns):
        axes.text(
            LEFT + width * (place + 0.5), HEAD - 6, heads[side],
            size=SIZE, color=house().ink, ha="center",
        )  # fmt: skip
    axes.text(LEFT - 8, HEAD - 6, "rests on", size=SIZE, color=house().muted, ha="right")
    for place, side in enumerate(rows):
        y = HEAD + ROW * place
        if place % 2 == 0:
            axes.fill_between([LEFT, WIDTH], y, y + ROW, color=house().ground, lw=0, zorder=-1)
        axes.text(
            LEFT - 8, y + ROW / 2, f"{names[side]}  {heads[side]}", size=SIZE, color=house().ink,
            ha="right", va="center_baseline",
        )  # fmt: skip
    for child, parent, count in counts.itertuples(index=False, name=None):
        left, top = LEFT + width * columns.index(parent), HEAD + ROW * rows.index(child)
        draw_cell(axes, left, top, width, ROW, int(count), most)


def _note(edges: pd.DataFrame, circles: int) -> str:
    note = (
        f"There are {number(len(edges))} links, too many to be drawn one by one. A cell counts "
        "those from the side of its row, an utterance that says that something of this is so, "
        "or likely, or one from which such an utterance comes, to what they rest on: utterances "
        "and items of evidence of the side whose number heads the column. “?”: at least a part of "
        "the origin is not told. The darker, the more (k: thousands)."
    )
    lie = "lies on a circle" if circles == 1 else "lie on circles"
    more = f" {capitalised(counted(circles, 'link'))} {lie}: a side that rests on another which "
    return note + (f"{more}rests on it." if circles else "")


def _description(counts: pd.DataFrame, rows: Sequence[str], names: dict[str, str]) -> str:
    """Return for each side on what it rests, most often first."""
    told = []
    for side in rows:
        own = counts[counts["child"] == side].sort_values("count", ascending=False, kind="stable")
        parts = [
            f"{names[parent] if parent != side else 'its own'} ({number(int(count))})"
            for parent, count in zip(own["parent"], own["count"], strict=True)
        ]
        told.append(f"{names[side]} rests on {listed(parts)}")
    return ". ".join(told) + "."
