"""What holds of every chart: the colours and sizes of the house, and grounds below all else."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
import pytest
from drawn import axes_of
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from views import context_of, plain, tiny_view

from claimbrief import analysis, charts
from claimbrief.blocks import Figure
from claimbrief.charts.canvas import WIDTH, text_width
from claimbrief.charts.count_grid import count_grid
from claimbrief.charts.positions_by_day_points import BROWN
from claimbrief.charts.shapes import BLUE, RED
from claimbrief.house import house

SIZES = {6, 6.5, 7, 7.5, 8, 8.5, 10}  # points
EVENT = "3 May: Storm, as named in a statement"
LOOKS = {  # of words in each chart: how large among the chart's own, how heavy, in which colour
    "claim_timeline": {
        "Said to be so, or likely": "large bold ink", "Unsafe": "middle normal ink",
        "Roads Authority": "middle normal ink", "20 Apr": "small normal muted",
        EVENT: "small normal muted", "called likely": "small normal muted",
    },
    "stance_paths": {
        "Velland": "large normal ink", "20 Apr": "small normal muted",
        EVENT: "small normal muted", "says likely": "small normal muted",
    },
    "lineage": {
        "Velland": "large normal ink", "8 May": "large normal muted", "?": "large bold ink",
    },
    "publicity_by_day": {
        "1 named": "large bold ink", "1 public": "large bold ink",
        "photo or video, shown by Roads Authority, 21 May": "middle normal ink",
        "20 Apr": "small normal muted",
    },
    "figures_claimed": {
        "Anybody hurt": "large bold ink", "Pell": "middle bold ink",
        "28 Apr": "middle normal muted", "3 to 5 welders": "middle normal ink",
    },
    "count_grid": {
        "Of stone": "large bold ink", "The pier": "middle normal ink", "May": "middle normal ink",
        "25": "small normal ink",
    },
}  # fmt: skip
WORDS = {  # of each chart: the line below its caption, and its note
    "claim_timeline": (
        "What was said, how firmly, and how it was answered, day by day",
        "Each mark opens the words that were said. The rows are questions and no scale. Where the "
        "day is not known, a bar covers every day on which it may have been said, and the shape at "
        "its end is no day; an arrow: or earlier; a tick: the day that another source gives. A "
        "side may say that one thing is so and deny another. Of each side only the first mark of a "
        "kind has its name. What outlets say in their own words is not drawn.",
    ),
    "stance_paths": (
        "The most that each side said on a day, on whichever question",
        "Each mark is a day: the strongest thing that the side said. What it only foresees or "
        "prepares is left out. Where the day is not known, a bar covers every day on which it may "
        "have been said, and the shape at its end is no day.",
    ),
    "lineage": (
        "Where it comes from: who rests on what, from the top down by day",
        "A disc is a statement that something is so, or likely, or one from which such a statement "
        "comes. A square is evidence, filled if the public could see it. A line leads down to a "
        "statement from what it rests on. “?”: at least a part of that is not named. What a "
        "speaker only answers or comments on is not drawn.",
    ),
    "publicity_by_day": (
        "Things cited as evidence, and those that the public could see, by day",
        "Only things that could be shown are counted, not reports by others and not reasoning. "
        "Below the days is each thing cited that the public could see, on the day from which it "
        "could. A broken line counts what is only possible.",
    ),
    "figures_claimed": (
        "Figures stated as fact, or as likely.",
        "These are claims, not counts.",
    ),
    "positions_by_day": (
        "Statements by day, without forecasts; large mark: a side’s first with that position.",
        "",
    ),
}


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


_charts = cache(_chart)


@pytest.fixture(name="block", params=[*charts.__all__, "count_grid"], scope="module")
def _block(request: pytest.FixtureRequest) -> Figure:
    return _charts(request.param)


@pytest.mark.parametrize("name", WORDS)
def test_a_chart_says_what_is_drawn_how_to_read_it_and_where_it_is_from(name: str) -> None:
    block = _charts(name)
    assert (plain(block.subtitle), plain(block.note)) == WORDS[name]
    is_dated = name not in ("figures_claimed", "positions_by_day")
    assert block.source == (context_of(tiny_view()).source if is_dated else ())
    assert block.block_id == f"chart-{name.replace('_', '-')}" and not block.is_empty


@pytest.mark.parametrize("name", LOOKS)
def test_headings_are_large_and_bold_and_days_and_keys_small_and_gray(name: str) -> None:
    texts = {text.get_text(): text for text in reversed(axes_of(_charts(name)).texts)}
    colours = {house().ink: "ink", house().muted: "muted"}
    sizes: dict[str, set[float]] = {}
    for words, look in LOOKS[name].items():
        size, weight, colour = look.split()
        text = texts[words]
        assert (text.get_weight(), colours[to_hex(text.get_color())]) == (weight, colour), words
        sizes.setdefault(size, set()).add(text.get_size())
    assert all(len(of_kind) == 1 for of_kind in sizes.values())
    in_order = [size for kind in ("large", "middle", "small") for size in sizes.get(kind, ())]
    assert in_order == sorted(set(in_order), reverse=True)


def test_nothing_lies_above_or_below_a_chart_and_its_foot_is_not_blank(block: Figure) -> None:
    heights = [text.get_position()[1] for text in axes_of(block).texts]
    for line in axes_of(block).lines:
        heights += [y for y in line.get_ydata() if y == y]
    assert 0 <= min(heights) < 30, "nor is its head"
    assert block.height - 25 < max(heights) <= block.height


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
