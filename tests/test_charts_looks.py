"""What holds of every chart: the colours and sizes of the house, and grounds below all else."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from drawn import axes_of
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from views import context_of, tiny_view

from claimbrief import analysis, charts
from claimbrief.blocks import Figure
from claimbrief.charts.canvas import WIDTH, text_width
from claimbrief.charts.count_grid import count_grid
from claimbrief.charts.positions_by_day_points import BROWN
from claimbrief.charts.shapes import BLUE, RED
from claimbrief.house import house

SIZES = {6, 6.5, 7, 7.5, 8, 8.5, 10}  # points


def _grid() -> Figure:
    cells = pd.DataFrame([("a", "x", 4), ("c", "y", 25)], columns=["row", "column", "count"])
    rows, columns = {"a": "The pier", "b": "The deck", "c": "The arch"}, {"x": "May", "y": "June"}
    look = count_grid("chart-x", cells, rows, columns, "A note.", {"c": "Of stone"})
    return Figure(caption=(), alt="A grid.", **look)


def _chart(name: str) -> Figure:
    view = tiny_view()
    if name == "count_grid":
        return _grid()
    frames: dict[str, Any] = {
        "lineage": lambda: analysis.lineage(view),
        "positions_by_day": lambda: (
            analysis.positions_by_day(view),
            analysis.position_tallies(view),
            analysis.turning_points(view),
        ),
        "publicity_by_day": lambda: (
            analysis.publicity_by_day(view),
            analysis.evidence_register(view),
        ),
    }
    made = frames[name]() if name in frames else (getattr(analysis, name)(view),)
    block = getattr(charts, name)(*made, context_of(view))
    assert isinstance(block, Figure)
    return block


@pytest.fixture(name="block", params=[*charts.__all__, "count_grid"], scope="module")
def _block(request: pytest.FixtureRequest) -> Figure:
    return _chart(request.param)


def test_words_have_a_size_and_colour_of_the_house_and_stay_inside(block: Figure) -> None:
    for text in axes_of(block).texts:
        words, size = text.get_text(), text.get_size()
        assert size in SIZES, words
        known = {house().ink, house().muted, house().paper, BLUE, RED, BROWN}
        assert to_hex(text.get_color()) in known, words
        if not text.get_rotation():
            share = {"left": 0, "center": 0.5, "right": 1}[text.get_ha()]
            left = text.get_position()[0] - share * text_width(words, size)
            assert left > -5 and left + text_width(words, size) < max(block.width, WIDTH) + 3, words


def test_lines_and_shapes_have_a_colour_of_the_house(block: Figure) -> None:
    style = house()
    known = {style.ink, style.muted, style.line, style.faint, style.paper, *style.colours}
    known |= {BLUE, RED, BROWN}
    for line in axes_of(block).lines:
        assert to_hex(line.get_color()) in known


def test_grounds_lie_below_all_that_is_drawn(block: Figure) -> None:
    drawn = axes_of(block).get_children()
    grounds = [
        artist
        for artist in drawn
        if isinstance(artist, PolyCollection)
        and [to_hex(colour) for colour in artist.get_facecolor()] == [house().ground]
    ]
    others = [artist.get_zorder() for artist in drawn if isinstance(artist, Line2D)]
    for ground in grounds:
        assert ground.get_zorder() < 0 and ground.get_zorder() < min(others, default=0)
