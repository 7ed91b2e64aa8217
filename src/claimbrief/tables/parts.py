"""The columns and the rows of a table, from labels with their widths and from words or texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from claimbrief.blocks import Column, Row
from claimbrief.texts import Run, Text, text


def columns(shares: Mapping[str, float], numbers: Collection[str] = ()) -> tuple[Column, ...]:
    """Return columns by their labels, each with its share of the width; numbers stand right."""
    return tuple(
        Column(label, "end" if label in numbers else "start", share)
        for label, share in shares.items()
    )


def row_of(*cells: str | Run | Text, tone: str = "", key: str = "") -> Row:
    """Return a row of these cells, in which words without a link are plain strings."""
    texts = (cell if isinstance(cell, tuple) else text(cell) for cell in cells)
    return Row(tuple(texts), tone, key=key)
