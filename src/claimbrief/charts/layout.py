"""Where marks and labels of a timeline go: lanes in which nothing overlaps, and text widths."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from claimbrief.charts.house import house, register_fonts


@cache
def text_width(words: str, size: float) -> float:
    """Return the width of a text in the house's label face, in points."""
    if not words.strip():
        return 0.0
    register_fonts()
    path = TextPath((0, 0), words, size=size, prop=FontProperties(family=house().family))
    return float(path.get_extents().width)


def lanes(extents: Sequence[tuple[float, float]]) -> list[int]:
    """Return a lane for each extent (start, end) so that those of one lane do not overlap.

    Extents take the first lane that is free, in order of their start; lanes count from 0.
    """
    ends: list[float] = []
    placed = [0] * len(extents)
    for position in sorted(range(len(extents)), key=lambda one: (extents[one], one)):
        start, end = extents[position]
        free = next((lane for lane, taken in enumerate(ends) if taken <= start), len(ends))
        if free == len(ends):
            ends.append(end)
        else:
            ends[free] = end
        placed[position] = free
    return placed
