"""A grid of counts: what a chart draws where it would have more marks than `LIMITS.marks`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from claimbrief.charts.canvas import WIDTH, cut_to_width, draw_band, drawing, text_width, write
from claimbrief.charts.svg import drawn
from claimbrief.dataset import each_row
from claimbrief.house import house
from claimbrief.texts import text
from claimbrief.wording import capitalised, described, listed, number

ROW, HEADING, HEAD, FOOT, GAP, SPARE = 14.0, 16.0, 16.0, 4.0, 8.0, 4.0  # points
LABEL, COUNT = 7.5, 6.0  # points: sizes of labels and of counts
LABEL_WIDTH = 140.0  # points: labels of rows and turned labels of columns are cut to this width
PALEST, DARKEST = 0.06, 0.4  # opacity of a cell, so that a count stays readable on it
THOUSANDS = 10_000  # from here on a count is written in thousands


def count_grid(
    block_id: str,
    cells: pd.DataFrame,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    note: str,
    headings: Mapping[str, str] | None = None,
    corner: str = "",
) -> dict[str, Any]:
    """Return what a block has of a grid with a row for each key of `rows`, a cell for each count.

    `cells` has one row per cell: row, column (keys, whose labels `rows` and `columns` hold in
    order; others raise a KeyError), count. `headings` are by the key of the row below them,
    `corner` says how rows relate to columns. The block has SVG, size, description and the note.
    """
    headings, left = headings or {}, _left(rows)
    width = (WIDTH - left) / max(len(columns), 1)
    widest = max((text_width(label, LABEL) for label in columns.values()), default=0.0)
    is_turned = widest > width - 2
    head = round(min(widest, LABEL_WIDTH) + GAP, 1) if is_turned else HEAD
    lefts = {key: left + width * place for place, key in enumerate(columns)}
    turned: dict[str, Any] = {"rotation": 90, "va": "bottom"} if is_turned else {"va": "baseline"}
    height = head + ROW * len(rows) + HEADING * len(headings) + FOOT
    with drawing(WIDTH, height) as (canvas, axes):
        tops = _draw_rows(axes, rows, headings, left, head)
        axes.text(left - GAP, head - 5, corner, size=LABEL, color=house().muted, ha="right")
        for key, x in lefts.items():
            label = cut_to_width(columns[key], LABEL, LABEL_WIDTH)
            write(axes, x + width / 2, head - 5, label, LABEL, ha="center", **turned)
        _draw_cells(axes, cells, lefts, tops, width)
        look = drawn(canvas, block_id, height)
    shades = text(f"{note} The darker a cell, the more (k: thousands).")
    return look | {"description": _description(rows, columns, corner, cells), "note": shades}


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


def _draw_rows(
    axes: Axes, rows: Mapping[str, str], headings: Mapping[str, str], left: float, head: float
) -> dict[str, float]:
    """Draw headings, labels of rows and a ground below every other row; return the rows' tops."""
    tops, top = {}, head
    for place, (key, label) in enumerate(rows.items()):
        top += HEADING if key in headings else 0
        if place % 2 == 0:
            draw_band(axes, (left, WIDTH), (top, top + ROW))
        if key in headings:
            write(axes, 0, top - 5, headings[key], 8, is_bold=True, va="baseline")
        words = cut_to_width(label, LABEL, LABEL_WIDTH)
        write(axes, left - GAP, top + ROW / 2, words, LABEL, ha="right")
        tops[key] = top
        top += ROW
    return tops


def _draw_cells(
    axes: Axes,
    cells: pd.DataFrame,
    lefts: Mapping[str, float],
    tops: Mapping[str, float],
    width: float,
) -> None:
    """Draw each cell, the darker the nearer its count comes to the largest."""
    for cell in each_row(cells):
        left, top = lefts[cell.column], tops[cell.row]
        shade = PALEST + (DARKEST - PALEST) * math.sqrt(cell.count / cells["count"].max())
        box = Rectangle((left + 0.3, top + 0.3), width - 0.6, ROW - 0.6)
        box.set(facecolor=house().line, alpha=round(shade, 2), linewidth=0)
        axes.add_artist(box)  # unlike add_patch, does not update the limits of the axes
        x, y = left + width / 2, top + ROW / 2
        write(axes, x, y, short_count(cell.count), COUNT, ha="center", zorder=4)


def _description(
    rows: Mapping[str, str], columns: Mapping[str, str], corner: str, cells: pd.DataFrame
) -> str:
    counts = {(cell.row, cell.column): int(cell.count) for cell in each_row(cells)}
    parts = []
    for row, label in rows.items():
        own = [
            f"{words} ({number(counts[row, column])})"
            for column, words in columns.items()
            if (row, column) in counts
        ]
        parts.append(f"{capitalised(f'{label} {corner}'.strip())}: {listed(own) or 'none'}")
    return described(parts)
