"""A grid of counts: what a chart draws where it would have more marks than `LIMITS.marks`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MatplotlibFigure
from matplotlib.patches import Rectangle

from claimbrief.blocks import Figure, Numbers
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure, draw_band, write
from claimbrief.charts.layout import cut_to_width, text_width
from claimbrief.charts.svg import drawn
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.house import house, page_style
from claimbrief.texts import text
from claimbrief.wording import capitalised, described, listed, number

ROW, HEADING, HEAD, FOOT, GAP, SPARE = 14.0, 16.0, 16.0, 4.0, 8.0, 4.0  # points
LABEL, COUNT = 7.5, 6.0  # points: sizes of labels and of counts
LABEL_WIDTH = 140.0  # points: labels of rows and turned labels of columns are cut to this width
PALEST, DARKEST = 0.06, 0.4  # opacity of a cell, so that a count stays readable on it
THOUSANDS = 10_000  # from here on a count is written in thousands


@dataclass(frozen=True)
class Layout:
    """What stands where in a grid, in points from the top left of the figure.

    `rows` and `columns` hold labels by key, `headings` words by the key of the row below them.
    `lefts` holds the left edge of each column and `tops` the top of each row by key; `left` and
    `head` are where all cells start, `width` is that of a column, `height` that of the figure.
    """

    rows: Mapping[str, str]
    columns: Mapping[str, str]
    headings: Mapping[str, str]
    corner: str
    lefts: Mapping[str, float]
    tops: Mapping[str, float]
    left: float
    width: float
    head: float
    height: float
    is_turned: bool


def count_grid(
    block_id: str,
    caption: str,
    cells: pd.DataFrame,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    context: Context,
    *,
    subtitle: str,
    headings: Mapping[str, str] | None = None,
    corner: str = "",
    alt: str,
    note: str,
    numbers: Numbers,
) -> Figure:
    """Return a figure with a row for each key of `rows` and a cell for each count.

    `cells` has one row a cell: row, column (keys, whose labels `rows` and `columns` hold in order;
    others raise a KeyError), count. `headings` are by the key of the row below them, `corner` says
    how rows relate to columns.
    """
    layout = _layout(rows, columns, headings or {}, corner)
    with page_style():
        canvas = _drawn(layout, cells)
        look = drawn(canvas, block_id, layout.height)
    return Figure(
        caption=text(caption),
        subtitle=text(subtitle),
        alt=alt,
        description=_description(cells, layout),
        **look,
        note=text(f"{note} The darker a cell, the more (k: thousands)."),
        source=context.source,
        numbers=numbers,
    )


def _drawn(layout: Layout, cells: pd.DataFrame) -> MatplotlibFigure:
    canvas = blank_figure(WIDTH, layout.height)
    axes = axes_in_points(canvas, WIDTH, layout.height)
    _draw_labels(axes, layout)
    _draw_cells(axes, layout, cells)
    return canvas


def columns_that_fit(rows: Mapping[str, str], counts: Iterable[int]) -> int:
    """Return how many columns a grid of these rows has room for, if cells hold these counts."""
    widest = max((text_width(short_count(count), COUNT) for count in set(counts)), default=0.0)
    return int((WIDTH - _left(rows)) // (widest + 3))


def short_count(count: int) -> str:
    """Return a count as a cell holds it: "812", "9,120", "12k"."""
    return f"{count / 1000:.0f}k" if count >= THOUSANDS else f"{count:,}"


def _left(rows: Mapping[str, str]) -> float:
    """Return where the cells start, right of the labels of rows, in points."""
    widest = max((text_width(label, LABEL) for label in rows.values()), default=0.0)
    return round(min(widest, LABEL_WIDTH) + GAP + SPARE, 1)


def _layout(
    rows: Mapping[str, str], columns: Mapping[str, str], headings: Mapping[str, str], corner: str
) -> Layout:
    left = _left(rows)
    width = (WIDTH - left) / max(len(columns), 1)
    widest = max((text_width(label, LABEL) for label in columns.values()), default=0.0)
    is_turned = widest > width - 2
    head = round(min(widest, LABEL_WIDTH) + GAP, 1) if is_turned else HEAD
    tops, y = {}, head
    for key in rows:
        y += HEADING if key in headings else 0
        tops[key] = y
        y += ROW
    lefts = {key: left + width * place for place, key in enumerate(columns)}
    words = (rows, columns, headings, corner)
    return Layout(*words, lefts, tops, left, width, head, y + FOOT, is_turned)


def _draw_labels(axes: Axes, layout: Layout) -> None:
    """Draw the labels of rows and columns, the headings, and a ground below every other row."""
    right = layout.left - GAP
    style: dict[str, Any] = {"size": LABEL, "color": house().ink}
    for place, (key, top) in enumerate(layout.tops.items()):
        if place % 2 == 0:
            draw_band(axes, (layout.left, WIDTH), (top, top + ROW))
        if key in layout.headings:
            axes.text(0, top - 5, layout.headings[key], size=8, weight="bold", color=house().ink)
        label = cut_to_width(layout.rows[key], LABEL, LABEL_WIDTH)
        axes.text(right, top + ROW / 2, label, ha="right", va="center_baseline", **style)
    axes.text(right, layout.head - 5, layout.corner, size=LABEL, color=house().muted, ha="right")
    style |= {"rotation": 90, "va": "bottom"} if layout.is_turned else {}
    for key, left in layout.lefts.items():
        label = cut_to_width(layout.columns[key], LABEL, LABEL_WIDTH)
        x = left + layout.width / 2
        axes.text(x, layout.head - 5, label, ha="center", **style)


def _draw_cells(axes: Axes, layout: Layout, cells: pd.DataFrame) -> None:
    """Draw each cell, the darker the nearer its count comes to the largest."""
    largest = max(cells["count"].max(), 1) if len(cells) else 1
    for cell in each_row(cells):
        left, top = layout.lefts[cell.column], layout.tops[cell.row]
        shade = PALEST + (DARKEST - PALEST) * math.sqrt(cell.count / largest)
        box = Rectangle((left + 0.3, top + 0.3), layout.width - 0.6, ROW - 0.6)
        box.set(facecolor=house().line, alpha=round(shade, 2), linewidth=0)
        axes.add_artist(box)  # unlike add_patch, does not update the limits of the axes
        x, y = left + layout.width / 2, top + ROW / 2
        write(axes, x, y, short_count(cell.count), COUNT, ha="center", zorder=4)


def _description(cells: pd.DataFrame, layout: Layout) -> str:
    counts = {(cell.row, cell.column): int(cell.count) for cell in each_row(cells)}
    parts = []
    for row, label in layout.rows.items():
        own = [
            f"{words} ({number(counts[row, column])})"
            for column, words in layout.columns.items()
            if (row, column) in counts
        ]
        parts.append(f"{capitalised(f'{label} {layout.corner}'.strip())}: {listed(own) or 'none'}")
    return described(parts)
