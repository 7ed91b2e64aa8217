"""A blank figure in points, the parts that it is drawn of, widths of texts, and lanes for marks.

Sizes are in points: 72 to the inch, so that a text box measured on the canvas is the box on the
page.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from claimbrief.blocks import Mark
from claimbrief.faces import BOLD, REGULAR, SANS, opened, source_face
from claimbrief.house import house, page_style

if TYPE_CHECKING:
    import uharfbuzz

Box = tuple[float, float, float, float]  # left, top, right and bottom edge, in points
WIDTH = 453.0  # points: the measure of the printed page, so that text keeps its size
Span = tuple[float, float]  # from a left or upper edge to a right or lower one, in points


def blank_figure(width: float, height: float) -> Figure:
    """Return an empty figure of a width and height in points."""
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    FigureCanvasSVG(figure)
    return figure


def axes_in_points(figure: Figure, width: float, height: float) -> Axes:
    """Return axes over the whole figure whose units are points from the top left, with no frame."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return axes


@contextmanager
def part(axes: Axes, **names: str | int) -> Iterator[None]:
    """Name what is drawn inside the `with` as a part: `mark=3`, or `since="2024-10-08"`.

    The drawing of `mark=n` becomes the inside of the link of the figure's n-th mark; other names
    become `data-` attributes, which the page's script reads.
    """
    before = set(map(id, axes.get_children()))  # ids, as there may be a thousand artists
    yield
    name = "part" + "".join(f":{key}={value}" for key, value in names.items())
    for artist in axes.get_children():
        if id(artist) not in before:
            artist.set_gid(name)


@contextmanager
def drawing(width: float, height: float) -> Iterator[tuple[Figure, Axes]]:
    """Draw for the page, inside the `with`, on an empty figure of a width and height in points."""
    with page_style():
        figure = blank_figure(width, height)
        yield figure, axes_in_points(figure, width, height)


def mark_of(
    claim_id: str,
    words: str,
    box: Box,
    height: float,
    width: float = WIDTH,
    *,
    since: str = "",
    is_on_card: bool = False,
) -> Mark:
    """Return the mark of a box on a figure of this height and width, as fractions of these.

    It opens the card of the claim; `words` say who, when and what.
    """
    left, top, right, bottom = map(float, box)
    return Mark(
        x=round(left / width, 5),
        y=round(top / height, 5),
        width=round((right - left) / width, 5),
        height=round((bottom - top) / height, 5),
        href=f"#{claim_id}",
        label=words if words.endswith((".", "?")) else f"{words}.",
        since=since,
        is_on_card=is_on_card,
    )


def write(
    axes: Axes,
    x: float,
    y: float,
    words: str,
    size: float,
    colour: str = "",
    *,
    is_bold: bool = False,
    **look: Any,
) -> None:
    """Draw words in a colour, or ink, from their left end on, in the middle of a line at `y`."""
    look = {"va": "center_baseline", "weight": "bold" if is_bold else "normal"} | look
    axes.text(x, y, words, size=size, color=colour or house().ink, **look)


write_over = partial(write, zorder=6)  # over all marks


def draw_band(axes: Axes, x: Span, y: Span, zorder: float = -1) -> None:
    """Draw the ground below every other row or column."""
    axes.fill_between(x, *y, color=house().ground, lw=0, zorder=zorder)


def box(axes: Axes, x: Span, y: Span, colour: str, *, zorder: float, opacity: float = 1) -> None:
    """Draw a box between a left and a right edge, a top and a bottom."""
    shape = Rectangle((x[0], y[0]), x[1] - x[0], y[1] - y[0], facecolor=colour, edgecolor="none")
    shape.set(alpha=opacity if opacity < 1 else None, linewidth=0, zorder=zorder)
    axes.add_patch(shape)


def lines(axes: Axes, parts: Iterable[tuple[Span, Span]], **look: object) -> None:
    """Draw straight lines of one look, each from its first x and y to its second, as one."""
    xs, ys = [], []
    for (left, right), (top, bottom) in parts:
        xs += [left, right, math.nan]
        ys += [top, bottom, math.nan]
    line = Line2D(xs, ys)
    line.set(**look)
    axes.add_line(line)


@cache
def text_width(words: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of a text in the house's label face, in points.

    A sign of another script is reckoned as an em if it is wide, else as somewhat more than half.
    """
    import uharfbuzz

    if not words:
        return 0.0
    font, buffer = _label_font(BOLD if is_bold else REGULAR), uharfbuzz.Buffer()
    # Each glyph keeps the place of its own character: a mark above a letter is not a second letter.
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
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


def flow(widths: Iterable[float], room: float, apart: float = 0.0) -> list[tuple[float, int]]:
    """Return the left end and the line of things of these widths, in lines as wide as `room`."""
    placed, x, line = [], 0.0, 0
    for width in widths:
        if x and x + width > room:
            x, line = 0.0, line + 1
        placed.append((x, line))
        x += width + apart
    return placed


def lanes(extents: Sequence[Span], apart: float = 0.0, *, by_start: bool = True) -> list[int]:
    """Return a lane for each extent (start, end), in which it lies `apart` from all others.

    Extents take the first lane that is free, in order of their start or else in the order given;
    lanes count from 0.
    """
    order: Sequence[int] = range(len(extents))
    if by_start:
        order = sorted(order, key=extents.__getitem__)
    taken: list[list[Span]] = []
    placed = [0] * len(extents)
    for position in order:
        start, end = extents[position]
        free = (
            lane
            for lane, others in enumerate(taken)
            if all(end + apart <= left or right + apart <= start for left, right in others)
        )
        placed[position] = next(free, len(taken))
        if placed[position] == len(taken):
            taken.append([])
        taken[placed[position]].append((start, end))
    return placed
