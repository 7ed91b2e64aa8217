"""A blank figure in points, the parts that it is drawn of, and the box of a mark.

Sizes are in points: 72 to the inch, so that a text box measured on the canvas is the box on the
page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
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
