"""The columns and the rows of a table, from labels with their widths and from words or texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import pandas as pd

from claimbrief.blocks import Column, Row
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.texts import Run, Text, text

Cell = str | Run | Text
# By the label of each column its share of the width and what makes its cell of a row of a frame.
Cells = Mapping[str, tuple[float, Callable[[Any], Cell]]]


def filled(
    rows: pd.DataFrame, cells: Cells, right_aligned: Collection[str] = (), *, key: str = ""
) -> dict[str, Any]:
    """Return the columns and rows of a table that has a row for each row of a frame.

    `right_aligned` names columns, `key` is the frame's column with the rows' keys. The column
    `tone`, if there is one, has the tone of each row.
    """
    with_cells = [
        row_of(
            *(make(row) for _, make in cells.values()),
            tone=getattr(row, "tone", ""),
            key=getattr(row, key) if key else "",
        )
        for row in each_row(rows)
    ]
    shares = {label: share for label, (share, _) in cells.items()}
    return {"columns": columns(shares, right_aligned), "rows": tuple(with_cells)}


def columns(shares: Mapping[str, float], right_aligned: Collection[str] = ()) -> tuple[Column, ...]:
    """Return columns by their labels, each with its share of the width."""
    return tuple(
        Column(label, "end" if label in right_aligned else "start", share)
        for label, share in shares.items()
    )


def row_of(*cells: Cell, tone: str = "", key: str = "") -> Row:
    """Return a row of these cells, in which words without a link are plain strings."""
    texts = (cell if isinstance(cell, tuple) else text(cell) for cell in cells)
    return Row(tuple(texts), tone, key=key)


def of_last_day(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Return the rows of the brief's own day; of a frame of one day all."""
    return frame[frame["as_of"] == f"{context.at.as_of}"] if "as_of" in frame else frame
