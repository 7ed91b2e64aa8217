"""The shapes of marks: what each position looks like, how large, and certain or only possible."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from claimbrief.charts.canvas import drawing
from claimbrief.charts.shapes import BLUE, RED, colour_of, draw_position, draw_shape, fill_of
from claimbrief.house import house

PAPER, INK, GRAY = house().paper, house().ink, house().muted
COLOURS = {
    "says_so": BLUE, "says_likely": BLUE, "not_so": INK, "dismisses": RED, "leaves_open": GRAY,
}  # fmt: skip


@pytest.fixture(name="axes")
def _axes() -> Any:
    with drawing(100, 100) as (_, axes):
        yield axes


def marks(axes: Axes) -> list[Line2D]:
    found = [artist for artist in axes.get_children() if isinstance(artist, Line2D)]
    assert {(line.get_xdata()[0], line.get_ydata()[0]) for line in found} <= {(30, 40)}
    assert {line.get_linestyle() for line in found} <= {"None"}
    return found


def outer(line: Line2D) -> float:
    """Return how wide a disc or ring is, with its line."""
    return float(line.get_markersize() + line.get_markeredgewidth())


@pytest.mark.parametrize("fill", [0.0, 0.2, 0.5, 1.0])
def test_a_shape_is_as_large_with_a_line_around_it_as_without(axes: Axes, fill: float) -> None:
    draw_shape(axes, 30, 40, "D", 6, "#ff0000", fill)
    *grounds, shape = marks(axes)
    assert {line.get_marker() for line in (*grounds, shape)} == {"D"}
    assert outer(shape) == 7
    if fill == 1:
        assert to_hex(shape.get_markerfacecolor()) == "#ff0000"
        assert shape.get_markeredgewidth() == 0 and not grounds
        return
    assert (to_hex(shape.get_markeredgecolor()), shape.get_markeredgewidth()) == ("#ff0000", 1)
    inside = to_rgba("#ff0000", fill) if fill else to_rgba(PAPER)
    assert to_rgba(shape.get_markerfacecolor()) == inside
    assert len(grounds) == (1 if fill else 0), "paper below what can be seen through"
    for ground in grounds:
        assert to_hex(ground.get_markerfacecolor()) == PAPER
        assert ground.get_zorder() < shape.get_zorder() and ground.get_markersize() == 6
        assert ground.get_markeredgewidth() == 0


def test_only_what_is_certain_probable_or_possible_is_filled() -> None:
    assert [fill_of(code) for code in ("CT+", "CT−", "PR+", "PS−", "Uu", "NA", "")] == [
        1, 1, 0.5, 0.2, 0, 0, 0,
    ]  # fmt: skip


def test_each_position_has_its_colour_and_any_other_is_gray() -> None:
    assert {position: colour_of(position) for position in COLOURS} == COLOURS
    assert colour_of("limits") == GRAY


@pytest.mark.parametrize("position", COLOURS)
def test_a_mark_of_a_position_is_as_wide_as_asked_in_its_colour(axes: Axes, position: str) -> None:
    draw_position(axes, 30, 40, position, 6.4)
    first, *more = marks(axes)
    assert not [artist for artist in axes.get_children() if isinstance(artist, Circle)]
    colour = COLOURS[position]
    if position == "dismisses":
        assert (first.get_marker(), to_hex(first.get_markeredgecolor())) == ("x", colour)
        assert 4 < first.get_markersize() < 6.4 and 1 < first.get_markeredgewidth() < 3
        assert not more
        return
    assert first.get_marker() == "o" and outer(first) == pytest.approx(6.4)
    if position in ("says_so", "not_so"):
        assert to_hex(first.get_markerfacecolor()) == colour, "a disc"
        assert first.get_markeredgewidth() == 0
    else:
        assert to_hex(first.get_markerfacecolor()) == PAPER, "a ring"
        assert to_hex(first.get_markeredgecolor()) == colour
        assert 1 < first.get_markeredgewidth() < 1.5
    if position == "says_likely":
        (half,) = more
        assert half.get_fillstyle() == "left" and half.get_markerfacecoloralt() == "none"
        assert to_hex(half.get_markerfacecolor()) == colour and half.get_markeredgewidth() == 0
        assert half.get_markersize() == first.get_markersize()
    elif position == "not_so":
        (bar,) = more
        assert (bar.get_marker(), to_hex(bar.get_markeredgecolor())) == ("_", PAPER)
        assert 3 < bar.get_markersize() < 5 and 1 < bar.get_markeredgewidth() < 2
    else:
        assert not more


def test_the_line_of_a_small_ring_is_thin(axes: Axes) -> None:
    draw_position(axes, 30, 40, "leaves_open", 3.5)
    (ring,) = marks(axes)
    assert ring.get_markeredgewidth() == pytest.approx(0.7) and outer(ring) == pytest.approx(3.5)


@pytest.mark.parametrize("position", COLOURS)
def test_what_is_only_possible_is_a_smaller_mark_in_a_broken_outline(
    axes: Axes, position: str
) -> None:
    draw_position(axes, 30, 40, position, 8, is_certain=False)
    (outline,) = (artist for artist in axes.get_children() if isinstance(artist, Circle))
    assert (outline.center, outline.radius) == ((30, 40), 4)
    assert to_hex(outline.get_edgecolor()) == COLOURS[position]
    assert to_hex(outline.get_facecolor()) == PAPER and outline.get_linewidth() == 1
    assert outline.get_linestyle() not in ("-", "solid")
    inside = marks(axes)
    if position == "leaves_open":
        assert not inside
        return
    assert max(outer(line) for line in inside) < 6.5
    assert all(line.get_zorder() > outline.get_zorder() for line in inside)
    with drawing(100, 100) as (_, alone):
        draw_position(alone, 30, 40, position, 8 * 0.58)
        assert [line.get_markersize() for line in marks(alone)] == [
            line.get_markersize() for line in inside
        ]
