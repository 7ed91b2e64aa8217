"""A blank figure in points, the parts that it is drawn of, and the box of a mark.

Sizes are in points: 72 to the inch, so that a text box measured on the canvas is the box on the
page.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from claimbrief.blocks import Mark
from claimbrief.texts import claim_anchor

WIDTH = 453.0  # points: the measure of the printed page, so that text keeps its size


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
    before = set(map(id, axes.get_children()))  # for there may be a thousand
    yield
    name = "part" + "".join(f":{key}={value}" for key, value in names.items())
    for artist in axes.get_children():
        if id(artist) not in before:
            artist.set_gid(name)


def mark_of(
    claim_ids: Sequence[str],
    words: str,
    box: Bbox,
    height: float,
    *,
    since: str = "",
    is_on_card: bool = False,
) -> Mark:
    """Return the mark of a box measured on the canvas (origin below), as fractions from the top.

    It opens the card of the first claim at it; `words` say who, when and what.
    """
    return Mark(
        x=round(float(box.x0) / WIDTH, 5),
        y=round(1 - float(box.y1) / height, 5),
        width=round(float(box.width) / WIDTH, 5),
        height=round(float(box.height) / height, 5),
        href=f"#{claim_anchor(claim_ids[0])}",
        label=words if words.endswith((".", "?")) else f"{words}.",
        since=since,
        is_on_card=is_on_card,
    )


def write(
    axes: Axes, x: float, y: float, words: str, size: float, colour: str, *, is_bold: bool = False
) -> None:
    """Draw words from their left end on, in the middle of a line at the height `y`."""
    axes.text(
        x, y, words, va="center_baseline", size=size, color=colour,
        weight="bold" if is_bold else "normal", zorder=6,
    )  # fmt: skip


def box(
    axes: Axes,
    x: tuple[float, float],
    y: tuple[float, float],
    colour: str,
    *,
    zorder: float,
    opacity: float = 1,
) -> None:
    """Draw a box between a left and a right edge, a top and a bottom."""
    shape = Rectangle((x[0], y[0]), x[1] - x[0], y[1] - y[0], facecolor=colour, edgecolor="none")
    shape.set(alpha=opacity if opacity < 1 else None, linewidth=0, zorder=zorder)
    axes.add_patch(shape)


def lines(
    axes: Axes, parts: Iterable[tuple[tuple[float, float], tuple[float, float]]], **look: object
) -> None:
    """Draw straight lines of one look, each from its first x and y to its second, as one."""
    xs, ys = [], []
    for (left, right), (top, bottom) in parts:
        xs += [left, right, math.nan]
        ys += [top, bottom, math.nan]
    line = Line2D(xs, ys)
    line.set(**look)
    axes.add_line(line)
