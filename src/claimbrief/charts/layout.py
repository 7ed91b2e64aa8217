"""Widths of texts, and lanes in which marks and labels do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from claimbrief.house import house, register_fonts


@cache
def text_width(words: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of a text in the house's label face, in points."""
    if not words.strip():
        return 0.0
    register_fonts()
    weight = "bold" if is_bold else "normal"
    face = FontProperties(family=house().family, weight=weight)
    as_text = words.replace("$", r"\$")  # not the sign of a formula
    path = TextPath((0, 0), as_text, size=size, prop=face)
    return _width(path)


def cut_to_width(words: str, size: float, width: float) -> str:
    """Return words that fit into a width in points: longer words are cut and end with “…”."""
    while text_width(words, size) > width:
        words = words.rstrip("…")[:-1].rstrip() + "…"
    return words


def wrapped(words: str, size: float, width: float) -> list[str]:
    """Return words as lines that fit into a width in points; a longer word has a line to itself."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def size_to_width(words: str, size: float, width: float) -> float:
    """Return the size in which words fit into a width in points: this, or up to one point less."""
    sizes = (size, size - 0.5, size - 1)
    return next((fitting for fitting in sizes if text_width(words, fitting) <= width), sizes[-1])


def _width(path: Path) -> float:
    """Return the width of a path of lines and quadratic curves, the only kinds in TrueType.

    The same as `path.get_extents().width`, which is 300 times slower.
    """
    x, codes = np.asarray(path.vertices, dtype=float)[:, 0], np.asarray(path.codes)
    bends = np.flatnonzero(codes == Path.CURVE3)[::2]  # a curve: its control point, then its end
    start, control, end = x[bends - 1], x[bends], x[bends + 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        turn = (start - control) / (start - 2 * control + end)
    turn = np.where((turn > 0) & (turn < 1), turn, 0)
    turned = (1 - turn) ** 2 * start + 2 * (1 - turn) * turn * control + turn**2 * end
    is_end = (codes == Path.MOVETO) | (codes == Path.LINETO)
    reached = np.concatenate([x[is_end], end, turned])
    return float(reached.max() - reached.min())


def lanes(extents: Sequence[tuple[float, float]]) -> list[int]:
    """Return a lane for each extent (start, end) so that no two extents of a lane overlap.

    Extents take the first lane that is free, in order of their start; lanes count from 0.
    """
    ends: list[float] = []
    placed = [0] * len(extents)
    for position in sorted(range(len(extents)), key=lambda position: (extents[position], position)):
        start, end = extents[position]
        free = next((lane for lane, taken in enumerate(ends) if taken <= start), len(ends))
        if free == len(ends):
            ends.append(end)
        else:
            ends[free] = end
        placed[position] = free
    return placed
