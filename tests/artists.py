"""What a chart has drawn, from the artists of its matplotlib figure: for the tests of charts."""

from __future__ import annotations

from collections import Counter

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text as Label

from claimbrief.blocks import Figure


def labels(figure: Figure) -> dict[str, Label]:
    """Return the texts that a chart has once, by their words."""
    texts = figure.drawn.axes[0].texts
    count = Counter(text.get_text() for text in texts)
    return {text.get_text(): text for text in texts if count[text.get_text()] == 1}


def markers(figure: Figure, shape: str) -> list[Line2D]:
    """Return the markers of a shape ("o", "s"), in the order in which they are drawn."""
    return [line for line in figure.drawn.axes[0].lines if line.get_marker() == shape]


def marker_of(figure: Figure, words: str) -> Line2D:
    """Return the marker of the mark whose label starts with these words."""
    (place,) = [n for n, mark in enumerate(figure.marks) if mark.label.startswith(words)]
    (marker,) = [
        line
        for line in figure.drawn.axes[0].lines
        if line.get_gid() == f"part:mark={place}" and line.get_marker() in ("o", "s")
    ]
    return marker


def center(artist: Line2D | Label) -> tuple[float, float]:
    """Return where a marker or a text stands, in points from the top left."""
    if isinstance(artist, Label):
        return artist.get_position()
    return float(artist.get_xdata()[0]), float(artist.get_ydata()[0])


def boxes(figure: Figure) -> list[Rectangle]:
    """Return the rectangles of a chart: bars and cells, in the order in which they are drawn."""
    return [patch for patch in figure.drawn.axes[0].patches if isinstance(patch, Rectangle)]


def grid_counts(figure: Figure) -> dict[tuple[str, str], str]:
    """Return what is written in each cell of a grid of counts, by the labels of row and column.

    The label of a row has the height of its cells, that of a column the middle of its cells.
    """
    texts = figure.drawn.axes[0].texts
    found = {}
    for box in boxes(figure):
        x, y = box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2
        near = [t for t in texts if abs(center(t)[0] - x) < 1e-6]
        (count,) = [t for t in near if abs(center(t)[1] - y) < 1e-6]
        column = min(near, key=lambda t: center(t)[1])
        row = min([t for t in texts if abs(center(t)[1] - y) < 1e-6], key=lambda t: center(t)[0])
        found[row.get_text(), column.get_text()] = count.get_text()
    assert len(found) == len(boxes(figure))
    return found
