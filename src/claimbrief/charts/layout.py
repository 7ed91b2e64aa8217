"""Widths of texts, and lanes in which marks and labels do not overlap."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from claimbrief.faces import BOLD, REGULAR, SANS, opened, source_face

if TYPE_CHECKING:
    import uharfbuzz


Span = tuple[float, float]  # from a left or upper edge to a right or lower one, in points


@cache
def text_width(words: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of a text in the house's label face, in points.

    A sign of another script is reckoned as an em if it is wide, else as somewhat more than half.
    """
    import uharfbuzz

    if not words:
        return 0.0
    font, buffer = _label_font(BOLD if is_bold else REGULAR), uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    per_em: int = font.face.upem
    width = sum(
        position.x_advance / per_em if glyph.codepoint else _reckoned(words[glyph.cluster])
        for glyph, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )
    return float(width * size)


@cache
def _label_font(weight: int) -> uharfbuzz.Font:
    import uharfbuzz

    font = uharfbuzz.Font(opened(source_face(SANS, weight)))
    font.set_variations({"wght": weight})
    return font


def _reckoned(sign: str) -> float:
    """Return about how wide a sign is that the house's face lacks, in ems."""
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.6


def cut_to_width(words: str, size: float, width: float) -> str:
    """Return words that fit into a width in points: longer words are cut and end with “…”."""
    while text_width(words, size) > width and words != "…":
        words = _without_last(words.rstrip("…")).rstrip() + "…"
    return words


def _without_last(words: str) -> str:
    while words and unicodedata.category(words[-1]).startswith("M"):
        words = words[:-1]
    return words[:-1]


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


def flow(widths: Iterable[float], room: float, apart: float = 0.0) -> list[tuple[float, int]]:
    """Return the left end and the line of things of these widths, in lines as wide as `room`."""
    placed, x, line = [], 0.0, 0
    for width in widths:
        if x and x + width > room:
            x, line = 0.0, line + 1
        placed.append((x, line))
        x += width + apart
    return placed


def lanes(extents: Sequence[Span]) -> list[int]:
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
