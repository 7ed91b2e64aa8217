"""What a chart has drawn: shapes, bars and words, read back from its matplotlib figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from claimbrief.blocks import Figure
from claimbrief.house import house


@dataclass(frozen=True)
class Shape:
    """A drawn shape: its matplotlib marker, its fill (0 hollow, 1 solid), colour and middle."""

    marker: str
    fill: float
    colour: str
    x: float
    y: float


def axes_of(block: Figure) -> Any:
    """Return the axes of a chart, in points from the top left."""
    assert block.drawn is not None
    (axes,) = block.drawn.axes
    return axes


def artists_of(block: Figure, claim_id: str) -> list[Any]:
    """Return the artists of the mark that opens a claim's card."""
    (position,) = (at for at, mark in enumerate(block.marks) if mark.href == f"#{claim_id}")
    drawn = axes_of(block).get_children()
    return [artist for artist in drawn if artist.get_gid() == f"part:mark={position}"]


def shapes(artists: list[Any]) -> list[Shape]:
    """Return the shapes among the artists; the paper ground below a shape is none."""
    found = []
    for line in artists:
        is_shape = isinstance(line, Line2D) and line.get_marker() not in (None, "None", "")
        if is_shape and not _is_ground(line):
            found.append(_shape(line))
    return found


def _is_ground(line: Any) -> bool:
    return bool(line.get_markeredgewidth() == 0) and to_hex(line.get_color()) == house().paper


def _shape(line: Any) -> Shape:
    (x,), (y,) = line.get_xdata(), line.get_ydata()
    if line.get_markeredgewidth() == 0:
        return Shape(str(line.get_marker()), 1.0, to_hex(line.get_color()), x, y)
    colour, inside = to_hex(line.get_markeredgecolor()), to_rgba(line.get_markerfacecolor())
    fill = inside[3] if to_hex(inside) == colour else 0.0
    assert fill or to_hex(inside) == house().paper
    return Shape(str(line.get_marker()), fill, colour, x, y)


def shape_of(block: Figure, claim_id: str) -> Shape:
    """Return the shape of the mark that opens a claim's card."""
    (shape,) = shapes(artists_of(block, claim_id))
    return shape


def bar_of(block: Figure, claim_id: str) -> tuple[float, float] | None:
    """Return the left and right end of a mark's bar over days; None where it has none."""
    for artist in artists_of(block, claim_id):
        if isinstance(artist, FancyBboxPatch):
            return artist.get_x(), artist.get_x() + artist.get_width()
        if isinstance(artist, PolyCollection):
            extents = artist.get_paths()[0].get_extents()
            return extents.x0, extents.x1
    return None


def lines_of(block: Figure, claim_id: str) -> list[list[tuple[float, float]]]:
    """Return the points of each line of a mark: its arrow, its tick."""
    return [
        list(zip(line.get_xdata(), line.get_ydata(), strict=True))
        for line in artists_of(block, claim_id)
        if isinstance(line, Line2D) and len(line.get_xdata()) > 1
    ]


def words_of(block: Figure, claim_id: str) -> list[str]:
    """Return the words that stand at a mark."""
    return [artist.get_text() for artist in artists_of(block, claim_id) if isinstance(artist, Text)]


def texts(block: Figure) -> list[Any]:
    """Return the texts of a chart that belong to no mark, in the order in which they are drawn."""
    return [text for text in axes_of(block).texts if text.get_gid() is None]


def row_of(block: Figure, y: float) -> str:
    """Return the label of the row at a height: the nearest of those that end left of the days."""
    labels = [text for text in texts(block) if text.get_ha() == "right" and not _is_event(text)]
    return str(min(labels, key=lambda text: abs(text.get_position()[1] - y)).get_text())


def heading_of(block: Figure, y: float) -> str:
    """Return the heading of the part at a height: the last that stands above it."""
    above = [
        text for text in texts(block) if text.get_weight() == "bold" and text.get_position()[1] < y
    ]
    return str(max(above, key=lambda text: text.get_position()[1]).get_text())


def _is_event(text: Any) -> bool:
    return str(text.get_style()) == "italic"


@dataclass(frozen=True)
class DayAxis:
    """The axis of days as its labels tell: where the first label stands, and a day's width."""

    first: date
    x: float
    width: float

    def middle(self, day: str) -> float:
        """Return the middle of a day (YYYY-MM-DD) in points."""
        return self.x + (date.fromisoformat(day) - self.first).days * self.width

    def edges(self, first: str, last: str) -> tuple[float, float]:
        """Return the left edge of a day and the right edge of another in points."""
        return self.middle(first) - self.width / 2, self.middle(last) + self.width / 2


def day_axis(block: Figure, year: int) -> DayAxis:
    """Return the axis of days, read from the first and the last of its labels."""
    labels = [text for text in texts(block) if text.get_va() == "top"]
    days = [datetime.strptime(f"{text.get_text()} {year}", "%d %b %Y").date() for text in labels]
    xs = [text.get_position()[0] for text in labels]
    assert days[1] - days[0] == timedelta(7)
    return DayAxis(days[0], xs[0], (xs[-1] - xs[0]) / (days[-1] - days[0]).days)


def entries_beside(block: Figure, words: list[str]) -> dict[str, Shape]:
    """Return the shape left of each of these words in a legend or key."""
    drawn = shapes([artist for artist in axes_of(block).get_children() if not artist.get_gid()])
    found = {}
    for text in texts(block):
        if text.get_text() in words:
            x, y = text.get_position()
            (found[text.get_text()],) = (
                shape for shape in drawn if shape.y == y and 4 < x - shape.x < 8
            )
    return found
