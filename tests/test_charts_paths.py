"""The stance paths draw each step truly: its position, its day, its side's row and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from drawn import (
    artists_of,
    axes_of,
    bar_of,
    day_axis,
    entries_beside,
    lines_of,
    row_of,
    shape_of,
    texts,
)
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from views import plain, tiny_view

from claimbrief import analysis
from claimbrief.blocks import Figure
from claimbrief.charts import stance_paths
from claimbrief.charts.canvas import text_width
from claimbrief.charts.paths import SMALLEST
from claimbrief.context import Context, context_of
from claimbrief.house import house
from claimbrief.limits import LIMITS
from claimbrief.view import bounds_of

# Worked by hand in tests/tiny/README.md (Sides): row, marker, fill, and the place of the side
# among all that are heard.
STEPS = {
    "a1": ("Velland", "o", 1.0, 0),
    "m1": ("Velland", "D", 0.5, 0),
    "b2": ("Karst Works", "X", 1.0, 1),
    "i1": ("Pell", "o", 1.0, 2),
    "w1": ("Nyra", "o", 0.0, 3),
    "e1": ("Tarn", "o", 0.0, 6),
}


@pytest.fixture(name="tiny_chart", scope="module")
def _tiny_chart() -> Figure:
    return stance_paths(analysis.stance_paths(tiny_view()), context_of(tiny_view()))


@pytest.fixture(name="tiny_context", scope="module")
def _tiny_context() -> Context:
    return context_of(tiny_view())


def written(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Return a frame of stance_paths written by hand: Pell says so on 6 May unless stated."""
    row = {
        "side": "pell", "speaker": "Pell", "when": "2019-05-06", "position": "says_so",
        "certainty": "certain", "stance_label": "said that …", "bare_quote": "",
        "proposition": "The bridge is unsafe.", "is_turn": False, "is_ordered": True,
    }  # fmt: skip
    filled = [
        row | {"claim_id": f"c{at}", "claim_ids": [f"c{at}"]} | given
        for at, given in enumerate(rows)
    ]
    frame = pd.DataFrame(filled)
    return frame.join(bounds_of(frame["when"]))


@pytest.mark.parametrize("claim_id", STEPS)
def test_each_step_stands_in_the_row_of_its_side_with_the_shape_of_its_position(
    tiny_chart: Figure, claim_id: str
) -> None:
    row, marker, fill, side = STEPS[claim_id]
    shape = shape_of(tiny_chart, claim_id)
    assert row_of(tiny_chart, shape.y) == row
    assert (shape.marker, shape.fill, shape.colour) == (marker, fill, house().colours[side])


def test_there_is_a_mark_for_each_step_that_opens_its_claims(tiny_chart: Figure) -> None:
    assert [mark.href for mark in tiny_chart.marks] == [f"#{claim_id}" for claim_id in STEPS]
    assert tiny_chart.marks[-1].href == "#e1"
    assert tiny_chart.numbers == {"sides": 5, "steps": 6, "changed": 1}
    assert plain(tiny_chart.source).startswith("Source: ")


@pytest.mark.parametrize(
    ("position", "marker", "fill"),
    [("says_so", "o", 1.0), ("says_likely", "D", 0.5), ("leaves_open", "o", 0.0),
     ("limits", "v", 1.0), ("denies", "X", 1.0)],
)  # fmt: skip
def test_each_position_has_a_shape_and_fill_and_the_key_says_which(
    tiny_context: Context, tiny_chart: Figure, position: str, marker: str, fill: float
) -> None:
    words = {
        "says_so": "says so", "says_likely": "says likely", "leaves_open": "leaves it open",
        "limits": "says not so, or not yet, of its own side’s claims",
        "denies": "denies or dismisses",
    }[position]  # fmt: skip
    drawn = shape_of(stance_paths(written([{"position": position}]), tiny_context), "c0")
    (entry,) = entries_beside(tiny_chart, [words]).values()
    assert (drawn.marker, drawn.fill) == (entry.marker, entry.fill) == (marker, fill)


@pytest.mark.parametrize(
    ("claim_id", "day"), [("i1", "2019-04-28"), ("a1", "2019-05-08"), ("m1", "2019-05-12")]
)
def test_a_step_of_a_known_day_stands_on_that_day_and_has_no_bar(
    tiny_chart: Figure, claim_id: str, day: str
) -> None:
    shape = shape_of(tiny_chart, claim_id)
    assert shape.x == pytest.approx(day_axis(tiny_chart, 2019).middle(day))
    assert bar_of(tiny_chart, claim_id) is None and lines_of(tiny_chart, claim_id) == []


@pytest.mark.parametrize(
    ("claim_id", "first", "last"),
    [("b2", "2019-05-01", "2019-05-19"), ("w1", "2019-05-11", "2019-05-18"),
     ("e1", "2019-04-20", "2019-05-19")],
)  # fmt: skip
def test_the_bar_of_an_undated_step_covers_each_day_that_it_may_be_of(
    tiny_chart: Figure, claim_id: str, first: str, last: str
) -> None:
    start, end = day_axis(tiny_chart, 2019).edges(first, last)
    assert bar_of(tiny_chart, claim_id) == pytest.approx((start, end))
    assert shape_of(tiny_chart, claim_id).x == pytest.approx(end - 5), "inside the end of its bar"
    (bar,) = (it for it in artists_of(tiny_chart, claim_id) if isinstance(it, PolyCollection))
    assert to_hex(bar.get_facecolor()) == shape_of(tiny_chart, claim_id).colour
    extents, y = bar.get_paths()[0].get_extents(), shape_of(tiny_chart, claim_id).y
    assert (extents.y0, extents.y1) == (y - 2, y + 2) and 0 < bar.get_alpha() < 0.5


def test_an_arrow_points_left_of_the_bar_where_the_start_is_open(tiny_chart: Figure) -> None:
    start, _ = day_axis(tiny_chart, 2019).edges("2019-04-20", "2019-04-20")
    ((upper, tip, lower),) = lines_of(tiny_chart, "e1")
    assert tip == pytest.approx((start - 1, shape_of(tiny_chart, "e1").y))
    assert tip[0] < upper[0] == lower[0] and upper[1] < tip[1] < lower[1]
    assert lines_of(tiny_chart, "b2") == []
    (arrow,) = (it for it in artists_of(tiny_chart, "e1") if len(getattr(it, "_x", "")) > 1)
    assert to_hex(arrow.get_color()) == shape_of(tiny_chart, "e1").colour


def test_sides_stand_from_the_top_down_in_the_order_of_the_frame(tiny_chart: Figure) -> None:
    rows = [text for text in texts(tiny_chart) if text.get_ha() == "right" and text.get_size() == 8]
    assert [row.get_text() for row in rows] == ["Velland", "Karst Works", "Pell", "Nyra", "Tarn"]
    heights = [row.get_position()[1] for row in rows]
    assert heights == sorted(heights)
    assert [shape_of(tiny_chart, claim_id).y for claim_id in ("a1", "m1")] == [heights[0]] * 2


def test_every_other_row_has_a_ground_over_all_days_around_its_name_and_marks(
    tiny_chart: Figure,
) -> None:
    grounds = [it for it in axes_of(tiny_chart).collections if isinstance(it, PolyCollection)]
    own = [
        it for it in grounds if [to_hex(each) for each in it.get_facecolor()] == [house().ground]
    ]
    bands = [it.get_paths()[0].get_extents() for it in own]
    edges = day_axis(tiny_chart, 2019).edges("2019-04-20", "2019-05-31")
    rows = {text.get_text(): text for text in texts(tiny_chart) if text.get_size() == 8}
    for band, name in zip(bands, ("Velland", "Pell", "Tarn"), strict=True):
        y = rows[name].get_position()[1]
        assert (band.x0, band.x1) == pytest.approx(edges)
        assert (band.y0 + band.y1) / 2 == y and band.y1 - band.y0 == 12
        assert 0 < band.x0 - rows[name].get_position()[0] < 12, "the name ends left of it"
    heights = [text.get_position()[1] for text in rows.values()]
    assert {after - before for before, after in pairwise(heights)} == {12}, "rows do not meet"


def test_a_long_name_of_a_side_is_cut_to_its_room(tiny_context: Context) -> None:
    names = {
        **tiny_context.names,
        "pell": "the joint authority of the roads, bridges and ferries of Velland and Pell",
    }
    block = stance_paths(written([{}]), replace(tiny_context, names=names))
    (name,) = [text for text in texts(block) if text.get_text().endswith("…")]
    assert name.get_text().startswith("Joint authority") or name.get_text().startswith("The joint")
    assert name.get_size() == SMALLEST
    left = name.get_position()[0] - text_width(name.get_text(), SMALLEST)
    assert 0 <= left < 8


def test_a_name_that_is_a_little_too_long_is_set_smaller_and_whole(tiny_context: Context) -> None:
    whole = "Unnamed officials of Velland (Courier)"
    block = stance_paths(written([{}]), replace(tiny_context, names={"pell": whole}))
    (name,) = [text for text in texts(block) if text.get_text() == whole]
    assert SMALLEST < name.get_size() < 8
    assert name.get_position()[0] - text_width(whole, name.get_size()) >= 0


def test_the_days_and_the_event_of_the_timeline_stand_above_and_below_the_rows(
    tiny_chart: Figure,
) -> None:
    labels = {text.get_text(): text.get_position() for text in texts(tiny_chart)}
    last = max(text.get_position()[1] for text in texts(tiny_chart) if text.get_size() == 8)
    assert last + 6 < labels["20 Apr"][1] < last + 14
    assert labels["3 May: Storm, as named in a statement"][1] < labels["Velland"][1] - 6


def test_the_key_stands_in_a_line_below_the_days_with_each_shape_left_of_its_words(
    tiny_chart: Figure,
) -> None:
    words = [
        "says so", "says likely", "leaves it open",
        "says not so, or not yet, of its own side’s claims", "denies or dismisses",
    ]  # fmt: skip
    labels = {text.get_text(): text.get_position() for text in texts(tiny_chart)}
    xs, ys = [labels[it][0] for it in words], {labels[it][1] for it in words}
    assert len(ys) == 1 and ys.pop() - labels["20 Apr"][1] > 12
    entries = entries_beside(tiny_chart, words)
    assert list(entries) == words
    assert {entry.colour for entry in entries.values()} == {house().muted}
    for it, (before, after) in zip(words[:-1], pairwise(xs), strict=True):
        assert 20 < after - before - text_width(it, 7) < 26, "room for the next shape"
    assert xs[0] == 11 and xs[-1] + text_width(words[-1], 7) < tiny_chart.width


def test_a_mark_lies_over_its_shape_and_says_who_when_and_what(tiny_chart: Figure) -> None:
    for mark in tiny_chart.marks:
        shape = shape_of(tiny_chart, mark.href[1:])
        left, top = mark.x * tiny_chart.width, mark.y * tiny_chart.height
        assert left < shape.x < left + mark.width * tiny_chart.width
        assert top < shape.y < top + mark.height * tiny_chart.height
        assert mark.height * tiny_chart.height == pytest.approx(12, abs=0.01), "its row"
        start, _ = bar_of(tiny_chart, mark.href[1:]) or (shape.x - 5, 0)
        assert (left, left + mark.width * tiny_chart.width) == pytest.approx(
            (start, shape.x + 5), abs=0.01
        )
    assert tiny_chart.marks[1].label == (
        "Lindqvist, on 12 May 2019: reportedly says that it is likely: The Orsa bridge is unsafe."
    )
    assert tiny_chart.marks[1].is_on_card


def test_a_step_that_is_only_possible_by_the_day_is_said_to_be(tiny_context: Context) -> None:
    block = stance_paths(written([{"certainty": "possible"}]), tiny_context)
    assert block.marks[0].label.startswith("Pell, on 6 May 2019 (possibly): said that ")


def test_the_texts_give_each_path_and_the_last_position_of_each_side(tiny_chart: Figure) -> None:
    assert tiny_chart.alt == (
        "Rows of marks, one row per side, as of 31 May 2019: five sides, six marks. Last position "
        "of each: says so: Pell; says likely: Velland; leaves it open: Nyra and Tarn; denies or "
        "dismisses: Karst Works."
    )
    assert tiny_chart.description == (
        "Velland: 8 May says so, 12 May says likely. Karst Works: 1–19 May denies or dismisses. "
        "Pell: 28 Apr says so. Nyra: 11 or 18 May leaves it open. Tarn: by 19 May leaves it open."
    )


def test_a_part_of_the_frame_is_drawn_as_the_whole_is(tiny_chart: Figure) -> None:
    view = tiny_view()
    frame = analysis.stance_paths(view)
    block = stance_paths(frame.query("side == 'velland'"), context_of(view))
    for claim_id in ("a1", "m1"):
        assert shape_of(block, claim_id) == shape_of(tiny_chart, claim_id)
    nothing = stance_paths(frame.iloc[:0], context_of(view))
    assert (nothing.marks, nothing.description) == ((), "No statement in the window.")
    assert nothing.is_empty and not block.is_empty
    assert nothing.alt.endswith("as of 31 May 2019: no sides, no marks.")


# Many sides, many marks


def many_sides(context: Context, count: int) -> Context:
    """Return the context with so many sides more: s0, s1, …"""
    sides = [f"s{at}" for at in range(count)]
    return replace(
        context,
        names=dict(context.names) | {side: side.upper() for side in sides},
        colours=dict(context.colours) | dict.fromkeys(sides, house().colours[-1]),
    )


def test_of_many_sides_those_with_the_most_turns_are_drawn(tiny_context: Context) -> None:
    sides: list[dict[str, object]] = [{"side": f"s{at}"} for at in range(43)]
    context = many_sides(tiny_context, 43)
    turn = {"side": "s42", "is_turn": True, "when": "2019-05-08", "position": "denies"}
    block = stance_paths(written([*sides, turn]), context)
    assert plain(block.caption) == "One of 43 sides did not say the same on all days", "of all"
    rows = [text.get_text() for text in texts(block) if text.get_size() == 8]
    assert rows == ["S42", *[f"S{at}" for at in range(41)]]
    assert len(block.marks) == 43 and block.numbers["sides"] == 43
    assert "Here are 42 of 43 sides, those with the most turns first;" in plain(block.note)
    assert block.alt.startswith("Rows of marks, one row per side, as of 31 May 2019: 42 sides, ")
    whole = stance_paths(written(sides[:42]), context)
    assert len(whole.marks) == 42 and "Here are" not in plain(whole.note)


def test_more_steps_than_a_page_takes_are_counted_by_side_and_day(tiny_context: Context) -> None:
    days = pd.date_range("2019-04-21", periods=25).strftime("%Y-%m-%d").tolist()
    rows: list[dict[str, object]] = [
        {"side": f"s{at}", "when": day} for at in range(20) for day in days
    ]
    context = many_sides(tiny_context, 20)
    assert len(rows) == LIMITS.marks
    assert len(stance_paths(written(rows), context).marks) == LIMITS.marks
    rows.append({"side": "s19", "when": "[2019-05-01..2019-05-19]"})
    block = stance_paths(written(rows), context)
    assert block.marks == () and block.numbers == {"sides": 20, "steps": 501, "changed": 0}
    assert block.description.startswith("S0: 21 Apr (one), 22 Apr (one), ")
    assert block.description.endswith("15 May (one) and no known day (one).")
    assert plain(block.note).startswith(
        "There are 501 marks, too many to be drawn one by one. A mark is a day, or a range of "
        "days, on which a side spoke on the questions; a cell counts those of a day. What has no "
        "known day in the window stands at the right. What a side only foresees or prepares is "
        "left out."
    )
    assert plain(block.subtitle) == "How often each side spoke, by day"
    assert block.alt.startswith("Grid of counts, one row per side, as of 31 May 2019: 20 sides, ")
    assert block.block_id == "chart-stance-paths"
    counts = [text.get_text() for text in axes_of(block).texts if text.get_size() == 6]
    assert counts == ["1"] * 501
