"""The figures claimed are drawn truly: how far, how firmly, whose, and below which heading."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest
from conftest import Changed
from drawn import artists_of, axes_of, heading_of, lines_of, shape_of, shapes, texts, words_of
from views import plain, tiny_view

from claimbrief import analysis
from claimbrief.blocks import Figure
from claimbrief.charts import figures, figures_claimed
from claimbrief.context import Context, context_of
from claimbrief.house import house
from claimbrief.limits import LIMITS

NONE = pd.NA


@pytest.fixture(name="tiny_context", scope="module")
def _tiny_context() -> Context:
    return context_of(tiny_view())


def written(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Return a frame of figures_claimed written by hand: Pell says that it is 10, unless stated."""
    row = {
        "speaker": "Pell", "side": "pell", "when": "2019-05-06", "low": 10, "high": 10,
        "topic": "Q3", "people": "welders", "commitment": "CT+",
    }  # fmt: skip
    frame = pd.DataFrame([row | {"claim_id": f"c{at}"} | given for at, given in enumerate(rows)])
    return frame.astype({"low": "Int64", "high": "Int64"})


def nought(block: Figure) -> float:
    """Return where the axis of figures starts: the line beside the rows of a heading."""
    lines = [line for line in axes_of(block).lines if line.get_gid() is None]
    (x,) = {x for line in lines for x in line.get_xdata()}
    return float(x)


def length(block: Figure, claim_id: str) -> float:
    """Return how far from nought a figure's mark stands, in points."""
    return shape_of(block, claim_id).x - nought(block)


def test_the_letter_holds_the_only_figure_and_its_mark_stands_at_the_higher_end() -> None:
    view = tiny_view()
    block = figures_claimed(analysis.figures_claimed(view), context_of(view))
    (mark,) = block.marks
    assert mark.href == "#i1"
    assert mark.label == ("Pell, on 28 April 2019: 3 to 5 (welders), Anybody hurt?. Open i1")
    shape = shape_of(block, "i1")
    assert (shape.marker, shape.fill, shape.colour) == ("o", 1.0, house().colours[2])
    assert words_of(block, "i1") == ["28 Apr", "Pell", "3 to 5 (welders)"]
    assert heading_of(block, shape.y) == "Anybody hurt?"
    assert block.numbers == {"figures": 1}


def test_lengths_are_in_proportion_to_the_higher_ends(tiny_context: Context) -> None:
    ends = [(40, 40), (10, 20), (30, 30), (0, 0)]
    block = figures_claimed(
        written([{"low": low, "high": high} for low, high in ends]), tiny_context
    )
    longest = length(block, "c0")
    lengths = [length(block, f"c{at}") / longest for at in range(4)]
    assert lengths == pytest.approx([1, 0.5, 0.75, 0])
    assert longest == pytest.approx(453 - 168 - 130), "so that words have room"


def test_a_line_leads_from_nought_to_each_mark_in_its_colour(tiny_context: Context) -> None:
    block = figures_claimed(written([{}, {"low": 3, "high": 7, "side": "velland"}]), tiny_context)
    for claim_id, side in (("c0", 2), ("c1", 0)):
        shape = shape_of(block, claim_id)
        (line,) = lines_of(block, claim_id)
        assert line == [(nought(block), shape.y), (shape.x, shape.y)]
        assert shape.colour == house().colours[side]
        (artist,) = (
            one for one in artists_of(block, claim_id) if getattr(one, "_alpha", 0) == 0.35
        )
        assert artist.get_color() == shape.colour


@pytest.mark.parametrize(
    ("low", "high", "marker", "words"),
    [(5, NONE, ">", "at least 5 (welders)"), (NONE, 5, "<", "at most 5 (welders)"),
     (5, 5, "o", "5 (welders)"), (3, 5, "o", "3 to 5 (welders)")],
)  # fmt: skip
def test_an_arrow_points_up_from_at_least_and_down_from_at_most(
    tiny_context: Context, low: object, high: object, marker: str, words: str
) -> None:
    block = figures_claimed(written([{}, {"low": low, "high": high}]), tiny_context)
    assert shape_of(block, "c1").marker == marker
    assert length(block, "c1") == pytest.approx(length(block, "c0") / 2), "at the end that is named"
    assert words_of(block, "c1")[-1] == words


@pytest.mark.parametrize(
    ("commitment", "fill", "words"),
    [("CT+", 1.0, "10 (welders)"), ("PR+", 0.5, "likely 10 (welders)"),
     ("PS+", 0.2, "possibly 10 (welders)"), ("Uu", 0.0, "10 (welders)")],
)  # fmt: skip
def test_what_is_less_than_certain_is_paler_and_says_so(
    tiny_context: Context, commitment: str, fill: float, words: str
) -> None:
    block = figures_claimed(written([{"commitment": commitment}]), tiny_context)
    assert shape_of(block, "c0").fill == fill
    assert words_of(block, "c0")[-1] == words
    assert f": {words}, Anybody hurt?" in block.marks[0].label


def test_a_denied_figure_has_a_number_and_no_mark_and_stretches_no_axis(
    tiny_context: Context,
) -> None:
    rows = written([{}, {"topic": "denied", "low": 1000, "high": 1000}])
    block = figures_claimed(rows, tiny_context)
    assert shapes(artists_of(block, "c1")) == [] and lines_of(block, "c1") == []
    assert words_of(block, "c1")[-1] == "1,000 (welders): not so"
    assert length(block, "c0") == pytest.approx(453 - 168 - 130)


def test_figures_stand_below_the_heading_of_their_topic_by_date(tiny_context: Context) -> None:
    topics = ["Q3", "to_come", "Q1", "Q3", "denied"]
    block = figures_claimed(written([{"topic": topic} for topic in topics]), tiny_context)
    assert [mark.href for mark in block.marks] == ["#c2", "#c0", "#c3", "#c1", "#c4"]
    headings = ["Unsafe?", "Anybody hurt?", "Foretold or in preparation",
                "A figure said not to be so"]  # fmt: skip
    assert [text.get_text() for text in texts(block)] == headings
    ys = {mark.href[1:]: (mark.y + mark.height / 2) * block.height for mark in block.marks}
    assert list(ys.values()) == sorted(ys.values())
    found = {claim_id: heading_of(block, y) for claim_id, y in ys.items()}
    assert [found[f"c{at}"] for at in (2, 0, 3, 1, 4)] == [
        headings[0], headings[1], headings[1], headings[2], headings[3]
    ]  # fmt: skip
    for claim_id in ("c0", "c1", "c2", "c3"):
        assert shape_of(block, claim_id).y == pytest.approx(ys[claim_id], abs=0.01)


def test_the_line_at_nought_runs_along_the_rows_of_its_topic(tiny_context: Context) -> None:
    block = figures_claimed(written([{}, {}, {"topic": "denied"}]), tiny_context)
    lines = [line.get_ydata() for line in axes_of(block).lines if line.get_gid() is None]
    middles = [shape_of(block, "c0").y, shape_of(block, "c1").y]
    assert lines[0][0] < middles[0] and middles[1] < lines[0][1] < lines[1][0]


def test_the_texts_give_the_range_of_each_topic_and_each_figure(tiny_context: Context) -> None:
    rows = written([{"low": NONE, "high": 4}, {"low": 2, "high": NONE}, {"topic": "to_come"}])
    block = figures_claimed(rows, tiny_context)
    assert block.alt == (
        "Rows of marks as of 31 May 2019: three figures. Anybody hurt?, two figures, 2 to 4; "
        "foretold or in preparation, one figure, 10."
    )
    assert block.description == (
        "Pell, on 6 May 2019: at most 4 (welders), Anybody hurt?; Pell, on 6 May 2019: at least 2 "
        "(welders), Anybody hurt?; Pell, on 6 May 2019: 10 (welders), foretold or in preparation."
    )


def test_no_figure_at_all_is_said_to_be_none(changed: Changed, tiny_context: Context) -> None:
    folder = changed("claims", "i1", "figure_low", "")
    folder = changed("claims", "i1", "figure_high", "", of=folder)
    block = figures_claimed(analysis.figures_claimed(tiny_view(folder=folder)), tiny_context)
    assert (block.marks, block.description) == ((), "No figure is claimed.")


def test_a_figure_of_nought_alone_is_drawn(tiny_context: Context) -> None:
    block = figures_claimed(written([{"low": 0, "high": 0}]), tiny_context)
    assert length(block, "c0") == 0 and words_of(block, "c0")[-1] == "0 (welders)"


# Many figures


def test_rows_of_many_figures_stand_closer_so_that_they_fit_a_page(tiny_context: Context) -> None:
    few, many = (figures_claimed(written([{}] * n), tiny_context) for n in (20, 70))
    assert few.height == pytest.approx(18 + 20 * 10.5 + 6)
    assert many.height == pytest.approx(640) and len(many.marks) == 70


@pytest.mark.parametrize("count", [78, LIMITS.marks + 1])
def test_more_figures_than_a_page_takes_are_counted_by_topic_and_range(
    tiny_context: Context, count: int
) -> None:
    rows: list[dict[str, object]] = [{"low": 3, "high": 10}] * (count - 3)
    rows += [{"low": 60, "high": NONE}, {"low": NONE, "high": 99}, {"topic": "denied"}]
    block = figures_claimed(written(rows), tiny_context)
    assert block.marks == () and block.numbers == {"figures": count}
    assert block.description == (
        f"Anybody hurt?: 10 to 20 ({count - 3}) and 50 to 100 (two). "
        "A figure said not to be so: 10 to 20 (one)."
    )
    drawn = [text.get_text() for text in texts(block)]
    assert "20 to 50" in drawn, "ranges follow each other without a gap"
    assert f"There are {count} figures, too many for a row each." in plain(block.note)


@pytest.mark.parametrize(
    ("end", "start", "after"),
    [(0, 0, 1), (1, 1, 2), (4, 2, 5), (5, 5, 10), (9, 5, 10), (10, 10, 20), (1999, 1000, 2000),
     (8000, 5000, 10_000)],
)  # fmt: skip
def test_a_range_of_figures_starts_at_1_2_or_5_and_noughts(
    end: int, start: int, after: int
) -> None:
    assert figures._range_start(end) == start
    assert figures._range_end(start) == after
