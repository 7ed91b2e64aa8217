"""The claim timeline draws each row of its frame truly: shape, fill, day, band, side and bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from drawn import (
    artists_of,
    axes_of,
    bar_of,
    day_axis,
    entries_beside,
    heading_of,
    lines_of,
    row_of,
    shape_of,
    shapes,
    texts,
    words_of,
)
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from views import plain, real_view, tiny_view

from claimbrief import analysis
from claimbrief.blocks import Figure, neutral
from claimbrief.charts import claim_timeline
from claimbrief.charts.canvas import text_width
from claimbrief.charts.days import LATER, TOP, Days, cells_by_day
from claimbrief.context import Context, context_of
from claimbrief.dataset import each_row
from claimbrief.house import house
from claimbrief.limits import LIMITS
from claimbrief.view import View, bounds_of

SAID, OPEN, DENIALS = "Said to be so, or likely", "Left open", "Denials and answers"
LIMITING = "Not so, or not yet, by sides that say such things themselves"
# Worked by hand from tests/tiny/README.md: heading, band, marker, fill, and the place of the side
# among all that are heard (velland, karst_works, pell, nyra, tolm, port_of_orsa, tarn_university).
MARKS = {
    "m1": (SAID, "Unsafe", "D", 0.5, 0),
    "a1": (SAID, "Cracked", "o", 1.0, 0),
    "i1": (SAID, "Anybody hurt", "o", 1.0, 2),
    "e1": (OPEN, "held possible", "o", 0.2, 6),
    "e2": (OPEN, "reasoned from, with an “if”", "o", 0.0, 6),
    "w1": (OPEN, "spoke of reports", "o", 0.0, 3),
    "b2": (DENIALS, "states the contrary", "P", 1.0, 1),
}


def drawn(view: View) -> Figure:
    """Return the claim timeline of a view."""
    return claim_timeline(analysis.claim_timeline(view), context_of(view))


@pytest.fixture(name="tiny_chart", scope="module")
def _tiny_chart() -> Figure:
    return drawn(tiny_view())


@pytest.fixture(name="tiny_context", scope="module")
def _tiny_context() -> Context:
    return context_of(tiny_view())


def written(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Return a frame of claim_timeline written by hand: certain and said by Pell unless stated."""
    row = {
        "part": "claims", "band": "Q1", "utterance_id": "u", "stance": "affirms",
        "commitment": "CT+", "stance_label": "said that …", "side": "pell", "speaker": "Pell",
        "when": "2019-05-06", "outside_date": "", "certainty": "certain",
        "proposition": "The bridge is unsafe.", "bare_quote": "", "is_first": True,
    }  # fmt: skip
    filled = [{**row, "claim_ids": [f"c{at}"], **given} for at, given in enumerate(rows)]
    frame = pd.DataFrame(filled)
    return frame.join(bounds_of(frame["when"]))


@pytest.mark.parametrize("claim_id", MARKS)
def test_each_claim_stands_in_its_band_with_the_shape_fill_and_colour_of_its_row(
    tiny_chart: Figure, claim_id: str
) -> None:
    heading, band, marker, fill, side = MARKS[claim_id]
    shape = shape_of(tiny_chart, claim_id)
    assert (heading_of(tiny_chart, shape.y), row_of(tiny_chart, shape.y)) == (heading, band)
    assert (shape.marker, shape.fill) == (marker, fill)
    assert shape.colour == house().colours[side]


def test_there_is_a_mark_for_each_row_and_no_other(tiny_chart: Figure) -> None:
    assert [mark.href for mark in tiny_chart.marks] == [f"#{claim_id}" for claim_id in MARKS]
    assert tiny_chart.numbers == {"marks": 7, "said": [3, 3], "denied": [1, 1]}


@pytest.mark.parametrize(
    ("stance", "marker"),
    [("affirms", "o"), ("affirms_hedged", "D"), ("dismisses", "X"), ("denies", "P"),
     ("not_yet", "v"), ("notes_reports", "o"), ("declines", "o")],
)  # fmt: skip
def test_affirming_denying_and_dismissing_have_shapes_of_their_own(
    tiny_context: Context, stance: str, marker: str
) -> None:
    block = claim_timeline(written([{"stance": stance}]), tiny_context)
    assert shape_of(block, "c0").marker == marker


@pytest.mark.parametrize(
    ("commitment", "fill"),
    [("CT+", 1.0), ("CT−", 1.0), ("PR+", 0.5), ("PR−", 0.5), ("PS+", 0.2), ("PS−", 0.2),
     ("Uu", 0.0), ("NA", 0.0)],
)  # fmt: skip
def test_what_is_certain_is_solid_what_is_possible_pale_and_the_rest_hollow(
    tiny_context: Context, commitment: str, fill: float
) -> None:
    block = claim_timeline(written([{"commitment": commitment}]), tiny_context)
    assert shape_of(block, "c0").fill == fill


def test_the_legend_says_what_the_shapes_and_fills_of_the_marks_say(tiny_chart: Figure) -> None:
    stances = {"said": "o", "called likely": "D", "said that it is not so": "P"}
    fills = {"certain": 1.0, "probable": 0.5, "possible": 0.2, "no commitment": 0.0}
    entries = entries_beside(tiny_chart, [*stances, *fills])
    assert {words: entries[words].marker for words in stances} == stances
    assert {words: entries[words].fill for words in fills} == fills
    assert {"dismissed", "not yet"}.isdisjoint(text.get_text() for text in texts(tiny_chart))


def test_no_two_entries_of_the_key_lie_on_each_other() -> None:
    view = real_view()
    block = claim_timeline(analysis.claim_timeline(view), context_of(view))
    last = max(text.get_position()[1] for text in texts(block) if text.get_text() == "29 Oct")
    key = [text for text in texts(block) if text.get_position()[1] > last]
    assert "no commitment" in {text.get_text() for text in key}
    places = sorted((y, x, x + text_width(text.get_text(), 7)) for text in key
                    for x, y in [text.get_position()])  # fmt: skip
    for (y, _, end), (other_y, start, _) in pairwise(places):
        assert y != other_y or start > end


def test_the_key_names_the_colour_of_each_side_with_a_mark(tiny_chart: Figure) -> None:
    sides = {"Velland": "a1", "Karst Works": "b2", "Pell": "i1", "Nyra": "w1", "Tarn": "e1"}
    entries = entries_beside(tiny_chart, list(sides))
    assert {name: entry.colour for name, entry in entries.items()} == {
        name: shape_of(tiny_chart, claim_id).colour for name, claim_id in sides.items()
    }


@pytest.mark.parametrize(
    ("claim_id", "day"), [("i1", "2019-04-28"), ("a1", "2019-05-08"), ("m1", "2019-05-12")]
)
def test_a_statement_of_a_known_day_stands_on_that_day_and_has_no_bar(
    tiny_chart: Figure, claim_id: str, day: str
) -> None:
    assert shape_of(tiny_chart, claim_id).x == pytest.approx(day_axis(tiny_chart, 2019).middle(day))
    assert bar_of(tiny_chart, claim_id) is None and lines_of(tiny_chart, claim_id) == []


@pytest.mark.parametrize(
    ("claim_id", "first", "last"),
    [("b2", "2019-05-01", "2019-05-19"), ("w1", "2019-05-11", "2019-05-18"),
     ("e1", "2019-04-20", "2019-05-19"), ("e2", "2019-04-20", "2019-05-19")],
)  # fmt: skip
def test_the_bar_of_an_undated_statement_covers_each_day_that_it_may_be_of(
    tiny_chart: Figure, claim_id: str, first: str, last: str
) -> None:
    bar = bar_of(tiny_chart, claim_id)
    start, end = day_axis(tiny_chart, 2019).edges(first, last)
    assert bar == pytest.approx((start, end))
    assert shape_of(tiny_chart, claim_id).x == pytest.approx(end - 4), "inside the end of its bar"
    (box,) = (it for it in artists_of(tiny_chart, claim_id) if hasattr(it, "get_boxstyle"))
    assert box.get_facecolor()[3] == 0.22


def test_an_arrow_points_left_of_the_bar_where_the_start_is_open(tiny_chart: Figure) -> None:
    start, _ = day_axis(tiny_chart, 2019).edges("2019-04-20", "2019-04-20")
    for claim_id in ("e1", "e2"):
        ((upper, tip, lower),) = lines_of(tiny_chart, claim_id)
        assert tip[0] == pytest.approx(start - 1) and tip[0] < upper[0] == lower[0]
        assert tip[1] == shape_of(tiny_chart, claim_id).y
        assert upper[1] < tip[1] < lower[1]


def test_arrow_bar_and_tick_have_the_colour_of_their_side(tiny_chart: Figure) -> None:
    for claim_id in ("e1", "b2"):
        side = shape_of(tiny_chart, claim_id).colour
        artists = artists_of(tiny_chart, claim_id)
        (box,) = (artist for artist in artists if isinstance(artist, FancyBboxPatch))
        (line,) = (
            artist
            for artist in artists
            if isinstance(artist, Line2D) and len(artist.get_xdata()) > 1
        )
        assert (to_hex(box.get_facecolor()), to_hex(line.get_color())) == (side, side)


def test_a_tick_stands_on_the_day_that_another_source_gives(tiny_chart: Figure) -> None:
    ((top, low),) = lines_of(tiny_chart, "b2")
    assert top[0] == low[0] == pytest.approx(day_axis(tiny_chart, 2019).middle("2019-05-10"))
    assert top[1] < shape_of(tiny_chart, "b2").y < low[1]
    assert "; a tick: the day that another source gives." in plain(tiny_chart.note)


def test_a_day_of_another_source_outside_the_window_or_of_no_single_day_has_no_tick(
    tiny_context: Context,
) -> None:
    undated = {"when": "[2019-05-01..2019-05-19]"}
    days = ["2019-06-01", "2019-04-19", "[2019-05-01..2019-05-03]", ""]
    rows = written([undated | {"outside_date": day} for day in days])
    block = claim_timeline(rows, tiny_context)
    assert [lines_of(block, f"c{at}") for at in range(4)] == [[], [], [], []]
    without = claim_timeline(written([undated]), tiny_context)
    assert "an arrow: or earlier. A side may say" in plain(without.note)


def test_what_lies_partly_outside_the_window_is_drawn_up_to_its_edges(
    tiny_context: Context,
) -> None:
    rows = written([{"when": "[2019-04-01..2019-04-22]"}, {"when": "[2019-05-30..2019-06-09]"}])
    block = claim_timeline(rows, tiny_context)
    axis = day_axis(block, 2019)
    assert bar_of(block, "c0") == pytest.approx(axis.edges("2019-04-20", "2019-04-22"))
    assert bar_of(block, "c1") == pytest.approx(axis.edges("2019-05-30", "2019-05-31"))
    assert lines_of(block, "c0") == []


def test_bands_stand_in_the_order_of_the_codebook_with_empty_ones(tiny_chart: Figure) -> None:
    labels = [text for text in texts(tiny_chart) if text.get_va() == "center"]
    assert [label.get_text() for label in labels] == [
        "Unsafe", "Cracked", "Anybody hurt", "held possible", "reasoned from, with an “if”",
        "spoke of reports", "states the contrary with evidence", "states the contrary",
        "dismisses", "questions the reports", "declines to comment", "asked, does not deny",
    ]  # fmt: skip
    heights = [label.get_position()[1] for label in labels]
    assert heights == sorted(heights)


def test_limits_and_what_is_to_come_have_bands_of_their_own(tiny_context: Context) -> None:
    rows = [
        {"part": "limits", "band": "Q2", "stance": "not_yet"},
        {"band": "to_come"},
        {"band": "Q4"},
        {"part": "denials", "band": "D-1", "stance": "declines"},
    ]
    block = claim_timeline(written(rows), tiny_context)
    ys = [shape_of(block, f"c{at}").y for at in range(4)]
    found = [(heading_of(block, y), row_of(block, y)) for y in ys]
    to_come = "To come"
    assert found == [
        (LIMITING, "Cracked"), (SAID, to_come), (SAID, "State of the evidence"),
        (DENIALS, "asked, does not deny"),
    ]  # fmt: skip
    assert "(certain; by a side that says such things itself: Cracked)" in block.description
    assert "(certain; asked, does not deny)" in block.description


def test_marks_that_would_lie_on_each_other_stand_in_lanes_of_their_band(
    tiny_context: Context,
) -> None:
    block = claim_timeline(written([{}, {}, {"when": "2019-05-28"}]), tiny_context)
    first, second, third = (shape_of(block, f"c{at}") for at in range(3))
    assert first.x == second.x and second.y - first.y == pytest.approx(8.3)
    assert third.y == first.y


def test_a_name_stands_right_of_its_mark_and_the_next_mark_clear_of_it(
    tiny_context: Context,
) -> None:
    rows = [{"speaker": "the authority of roads"}, {"when": "2019-05-09"}, {"when": "2019-05-28"}]
    block = claim_timeline(written(rows), tiny_context)
    first, near, far = (shape_of(block, f"c{at}") for at in range(3))
    (name,) = [text for text in artists_of(block, "c0") if hasattr(text, "get_text")]
    assert 4 < name.get_position()[0] - first.x < 8 and name.get_position()[1] == first.y
    assert near.x < first.x + text_width(name.get_text(), name.get_size()), "it would lie on it"
    assert near.y != first.y == far.y
    (mark, *_) = block.marks
    right = (mark.x + mark.width) * block.width
    assert right > name.get_position()[0] + text_width(name.get_text(), name.get_size())
    bar = claim_timeline(written([{"when": "[2019-05-01..2019-05-09]"}]), tiny_context)
    (name,) = [text for text in artists_of(bar, "c0") if hasattr(text, "get_text")]
    _, end = bar_of(bar, "c0") or (0, 0)
    assert 0 < name.get_position()[0] - end < 5, "right of the bar"
    assert bar.marks[0].x * bar.width < (bar_of(bar, "c0") or (0, 0))[0]


def test_a_name_that_would_leave_the_chart_is_cut(tiny_context: Context) -> None:
    rows = [{"when": "2019-05-30", "speaker": "the joint authority of roads and bridges"}]
    block = claim_timeline(written(rows), tiny_context)
    (name,) = [text for text in artists_of(block, "c0") if hasattr(text, "get_text")]
    assert name.get_text().startswith("The joint") and name.get_text().endswith("…")
    right = name.get_position()[0] + text_width(name.get_text(), name.get_size())
    assert block.width - 12 < right <= block.width


def test_only_a_sides_first_mark_of_a_kind_is_named(tiny_context: Context) -> None:
    rows = [{"speaker": "the mayor, Pell and Nyra"}, {"speaker": "Nyra", "is_first": False}]
    block = claim_timeline(written(rows), tiny_context)
    assert [words_of(block, "c0"), words_of(block, "c1")] == [["The mayor, Pell and Nyra"], [""]]


def test_a_mark_says_who_when_and_how_firmly_and_lies_over_its_shape(tiny_chart: Figure) -> None:
    marks = {mark.href: mark for mark in tiny_chart.marks}
    assert marks["#m1"].label == (
        "Lindqvist, on 12 May 2019: reportedly says that it is likely: The Orsa bridge is unsafe. "
        "(probable; Unsafe)."
    )
    for claim_id in MARKS:
        mark, shape = marks[f"#{claim_id}"], shape_of(tiny_chart, claim_id)
        left, top = mark.x * tiny_chart.width, mark.y * tiny_chart.height
        assert left < shape.x < left + mark.width * tiny_chart.width
        assert top < shape.y < top + mark.height * tiny_chart.height
        assert mark.is_on_card


def test_a_part_of_the_frame_is_drawn_as_the_whole_is(tiny_chart: Figure) -> None:
    view = tiny_view()
    frame = analysis.claim_timeline(view).query("side == 'velland'")
    block = claim_timeline(frame, context_of(view))
    assert [mark.href for mark in block.marks] == ["#m1", "#a1"]
    for claim_id in ("m1", "a1"):
        assert shape_of(block, claim_id) == shape_of(tiny_chart, claim_id)
    nothing = claim_timeline(frame.iloc[:0], context_of(view))
    assert (nothing.marks, nothing.description) == ((), "No statement in the window.")
    assert nothing.alt.endswith("Nobody says that anything of this is so, likely or to come.")


def test_the_alternative_text_counts_the_marks_of_each_band_of_claims(tiny_chart: Figure) -> None:
    assert tiny_chart.alt == (
        "Timeline of seven marks from 20 April 2019 to 31 May 2019, rows of claims above rows of "
        "denials. Said to be so, or likely: Unsafe one mark; Cracked one mark; Anybody hurt one "
        "mark. Not so, or not yet, by sides that say such things: no marks. Denials and answers: "
        "one mark."
    )


def _grounds(block: Figure, hatch: str | None) -> list[Any]:
    """Return the left and right ends of grounds with a hatch, or of the one after the day."""
    grounds = [it for it in axes_of(block).collections if isinstance(it, PolyCollection)]
    return [
        (extents.x0, extents.x1)
        for ground in grounds
        if (ground.get_hatch() == hatch if hatch else ground.get_zorder() == 0.5)
        for extents in [ground.get_paths()[0].get_extents()]
    ]


def test_the_days_that_no_source_covers_are_hatched(tiny_context: Context) -> None:
    def hatched(until: date | None) -> list[tuple[float, float]]:
        block = claim_timeline(written([{}]), replace(tiny_context, covered_until=until))
        axis = day_axis(block, 2019)
        assert all(end == pytest.approx(axis.edges("2019-05-31", "2019-05-31")[1])
                   for _, end in _grounds(block, "////"))  # fmt: skip
        return [(start - axis.x) / axis.width + 0.5 for start, _ in _grounds(block, "////")]

    assert tiny_context.covered_until == date(2019, 5, 19), "the article's last day"
    assert hatched(date(2019, 5, 19)) == pytest.approx([30]), "from 20 May, the 31st day"
    assert hatched(date(2019, 5, 31)) == []
    assert hatched(None) == pytest.approx([0])
    assert hatched(date(2019, 3, 1)) == pytest.approx([0])
    (hatch,) = [it for it in axes_of(drawn(tiny_view())).collections if it.get_hatch()]
    ends = hatch.get_paths()[0].get_extents()
    (line,) = [text for text in texts(drawn(tiny_view())) if text.get_text() == "20 Apr"]
    assert ends.y0 == TOP and TOP < ends.y1 < line.get_position()[1], "from top to labels"


def test_the_days_after_the_day_of_the_brief_are_shaded() -> None:
    block = drawn(tiny_view("2019-05-12"))
    start, end = day_axis(block, 2019).edges("2019-05-13", "2019-05-31")
    assert _grounds(block, None) == [pytest.approx((start, end))]
    (words,) = (text for text in texts(block) if text.get_text() == "after the brief’s day")
    assert 0 < words.get_position()[0] - start < 6 and words.get_position()[1] < TOP, "above them"
    assert (to_hex(words.get_color()), words.get_size()) == (house().muted, 7)
    (shade,) = (it for it in axes_of(block).collections if it.get_zorder() == 0.5)
    assert to_hex(shade.get_facecolor()[0]) == LATER
    ends = shade.get_paths()[0].get_extents()
    assert ends.y0 == TOP and TOP < ends.y1 < max(text.get_position()[1] for text in texts(block))
    assert _grounds(drawn(tiny_view()), None) == []


def test_a_brief_of_a_day_before_its_window_has_all_its_days_shaded() -> None:
    block = drawn(tiny_view("2019-04-01"))
    ends = day_axis(block, 2019).edges("2019-04-20", "2019-05-31")
    assert _grounds(block, None) == [pytest.approx(ends)]


# Bands and the key


def _bands(block: Figure) -> list[Any]:
    """Return the grounds below every other band, from the top down."""
    grounds = [it for it in axes_of(block).collections if isinstance(it, PolyCollection)]
    own = [
        it
        for it in grounds
        if [to_hex(colour) for colour in it.get_facecolor()] == [house().ground]
    ]
    return [it.get_paths()[0].get_extents() for it in own]


def test_every_other_band_has_a_ground_over_all_days_around_its_label_and_marks(
    tiny_chart: Figure,
) -> None:
    labels = [text for text in texts(tiny_chart) if text.get_va() == "center"]
    bands, axis = _bands(tiny_chart), day_axis(tiny_chart, 2019)
    edges = axis.edges("2019-04-20", "2019-05-31")
    assert all((band.x0, band.x1) == pytest.approx(edges) for band in bands)
    for label, band in zip(labels[::2], bands, strict=True):
        assert label.get_position()[1] == pytest.approx((band.y0 + band.y1) / 2), label
        assert label.get_ha() == "right" and 0 < band.x0 - label.get_position()[0] < 10
    for claim_id, place in (("m1", 0), ("i1", 1), ("e2", 2)):
        y = shape_of(tiny_chart, claim_id).y
        assert bands[place].y0 + 3 < y < bands[place].y1 - 3, claim_id


def test_parts_are_apart_and_the_heading_of_each_stands_just_above_its_first_band(
    tiny_chart: Figure,
) -> None:
    labels = {text.get_text(): text.get_position() for text in texts(tiny_chart)}
    firsts = {SAID: "Unsafe", OPEN: "held possible", DENIALS: "states the contrary with evidence"}
    lasts = {OPEN: "Anybody hurt", DENIALS: "spoke of reports"}
    for heading, band in firsts.items():
        x, y = labels[heading]
        assert x == 0 and 8 < labels[band][1] - y < 14
        if heading in lasts:
            assert y - labels[lasts[heading]][1] > 14, "clear of the part above"
    bands = [text for text in texts(tiny_chart) if text.get_va() == "center"]
    empty = {"dismisses", "questions the reports", "declines to comment", "asked, does not deny"}
    steps = {
        round(after.get_position()[1] - before.get_position()[1], 2)
        for before, after in pairwise(bands)
        if {before.get_text(), after.get_text()} <= empty
    }
    assert len(steps) == 1 and 7 < steps.pop() < 11, "bands without a mark are low"


def test_a_long_label_of_a_band_is_written_smaller_and_has_room(tiny_context: Context) -> None:
    def size_of(words: str) -> float:
        short = {**tiny_context.short_questions, "Q1": words}
        block = claim_timeline(written([{}]), replace(tiny_context, short_questions=short))
        (label,) = (text for text in texts(block) if text.get_text() == words)
        return float(label.get_size())

    assert [size_of(words) for words in (
        "Unsafe", "unsafe for all who have to cross it", "unsafe for all who have to cross it now",
        "unsafe for everybody who has to cross it now",
    )] == [7.5, 7.5, 7.0, 6.5]  # fmt: skip


def test_shapes_fills_and_sides_each_begin_a_line_of_the_key(tiny_chart: Figure) -> None:
    labels = {text.get_text(): text.get_position() for text in texts(tiny_chart)}
    lines = [
        ["said", "called likely", "said that it is not so"],
        ["certain", "probable", "possible", "no commitment"],
        ["Velland", "Karst Works", "Pell", "Nyra", "Tarn"],
    ]
    heights = [{labels[words][1] for words in line} for line in lines]
    assert all(len(line) == 1 for line in heights)
    tops = [line.pop() for line in heights]
    assert [after - before for before, after in pairwise(tops)] == pytest.approx([11, 11])
    assert {labels[line[0]][0] for line in lines} == {10}, "right of a shape at the left edge"
    for line in lines:
        for before, after in pairwise(line):
            gap = labels[after][0] - labels[before][0] - text_width(before, 7)
            assert 18 < gap < 22, "room for a shape"
    days = next(y for words, (_, y) in labels.items() if words == "20 Apr")
    assert tops[0] - days > 10


def test_sides_without_a_colour_of_their_own_share_the_last_entry_of_the_key(
    tiny_context: Context,
) -> None:
    shared = house().colours[-1]
    colours = {**tiny_context.colours, "pell": shared, "nyra": shared}
    rows = [{"side": side} for side in ("velland", "pell", "nyra")]
    block = claim_timeline(written(rows), replace(tiny_context, colours=colours))
    entries = entries_beside(block, ["Velland", "Pell", "Nyra", "others"])
    assert list(entries) == ["Velland", "others"]
    assert entries["others"].colour == shared and entries["others"].fill == 1
    velland = claim_timeline(written(rows[:1]), replace(tiny_context, colours=colours))
    assert "others" not in [text.get_text() for text in texts(velland)]


@pytest.mark.parametrize(("stance", "words", "marker"), [
    ("dismisses", "dismissed", "X"), ("not_yet", "not yet", "v"),
])  # fmt: skip
def test_the_key_names_the_shapes_of_dismissals_and_of_not_yet(
    tiny_context: Context, stance: str, words: str, marker: str
) -> None:
    block = claim_timeline(written([{"stance": stance}]), tiny_context)
    assert entries_beside(block, [words])[words].marker == marker
    assert {"said", "no commitment"}.isdisjoint(text.get_text() for text in texts(block))


def test_a_line_and_a_label_stand_at_the_first_day_of_each_week(tiny_chart: Figure) -> None:
    axis = day_axis(tiny_chart, 2019)
    days = ["2019-04-20", "2019-04-27", "2019-05-04", "2019-05-11", "2019-05-18", "2019-05-25"]
    labels = [text for text in texts(tiny_chart) if text.get_va() == "top"]
    assert [text.get_text() for text in labels] == [
        "20 Apr", "27 Apr", "4 May", "11 May", "18 May", "25 May",
    ]  # fmt: skip
    faint = [it for it in axes_of(tiny_chart).lines if to_hex(it.get_color()) == house().faint]
    assert [list(line.get_xdata()) for line in faint] == [
        pytest.approx([axis.middle(day)] * 2) for day in days
    ]
    for label, line in zip(labels, faint, strict=True):
        x, y = label.get_position()
        top, bottom = line.get_ydata()
        assert (x, label.get_ha()) == (line.get_xdata()[0], "center")
        assert top == TOP and 0 < y - bottom < 8, "from the top of the bands to the label"
        assert line.get_zorder() < 1, "below the marks"


def test_of_a_long_window_only_every_so_many_weeks_have_a_label(tiny_context: Context) -> None:
    at = replace(tiny_context.at, window_start=date(2018, 6, 2))
    block = claim_timeline(written([{}]), replace(tiny_context, at=at))
    labels = [text for text in texts(block) if text.get_va() == "top"]
    assert labels[0].get_text() == "2 Jun 2018", "with the year, as the window has two"
    ends = [(x - width / 2, x + width / 2) for text in labels for x in [text.get_position()[0]]
            for width in [text_width(text.get_text(), 7)]]  # fmt: skip
    assert all(end < start < end + 60 for (_, end), (start, _) in pairwise(ends)), "and none more"


def test_an_event_is_a_broken_line_on_its_day_up_to_the_day_of_the_brief(
    tiny_chart: Figure,
) -> None:
    (line,) = (it for it in axes_of(tiny_chart).lines if it.get_linestyle() == "--")
    assert (
        list(line.get_xdata())
        == [pytest.approx(day_axis(tiny_chart, 2019).middle("2019-05-03"))] * 2
    )
    assert to_hex(line.get_color()) == house().muted
    labels = {text.get_text(): text for text in texts(tiny_chart)}
    top, bottom = line.get_ydata()
    assert bottom == labels["20 Apr"].get_position()[1] - 4, "down to the days"
    words = labels["3 May: Storm, as named in a statement"]
    assert words.get_style() == "italic" and words.get_ha() == "left"
    x, y = words.get_position()
    assert 0 < x - line.get_xdata()[0] < 6 and 0 <= y < top < TOP, "it begins right of its line"
    before = drawn(tiny_view("2019-05-02"))
    assert words.get_text() not in [text.get_text() for text in texts(before)]
    on_its_day = drawn(tiny_view("2019-05-03"))
    assert words.get_text() in [text.get_text() for text in texts(on_its_day)]


def test_the_words_of_an_event_that_have_no_room_at_the_right_end_at_its_line(
    tiny_context: Context,
) -> None:
    late = tiny_context.events.assign(date="2019-05-30")
    block = claim_timeline(written([{}]), replace(tiny_context, events=late))
    (words,) = (text for text in texts(block) if text.get_style() == "italic")
    day = day_axis(block, 2019).middle("2019-05-30")
    assert words.get_ha() == "right" and 0 < day - words.get_position()[0] < 6
    assert words.get_text() == "30 May: Storm, as named in a statement"
    for day_outside in ("2019-04-19", "2019-06-01", "[2019-05-01..2019-05-03]"):
        outside = tiny_context.events.assign(date=day_outside)
        block = claim_timeline(written([{}]), replace(tiny_context, events=outside))
        assert not [text for text in texts(block) if text.get_style() == "italic"]


def test_the_words_of_events_that_would_lie_on_each_other_stand_in_two_lines(
    tiny_context: Context,
) -> None:
    events = tiny_context.events
    three = events.loc[events.index.repeat(3)]
    block = claim_timeline(written([{}]), replace(tiny_context, events=three))
    heights = [text.get_position()[1] for text in texts(block) if text.get_style() == "italic"]
    assert len(heights) == len(set(heights)) == 2
    assert heights[0] - heights[1] >= 7 > 0 <= heights[1], "the second a line above the first"
    assert sum(line.get_linestyle() == "--" for line in axes_of(block).lines) == 3


# Many marks


def many(count: int) -> pd.DataFrame:
    """Return so many marks: a third on 6 May, a third on 27 May, a third of no known day."""
    whens = ["2019-05-06", "2019-05-27", "[2019-05-01..2019-05-19]"]
    return written([{"when": whens[at % 3], "band": "Q1" if at else "Q2"} for at in range(count)])


def test_of_many_marks_only_rows_of_few_are_named(tiny_context: Context) -> None:
    block = claim_timeline(many(251), tiny_context)
    assert (words_of(block, "c0"), words_of(block, "c1")) == (["Pell"], [""])
    assert "In rows of few marks the first of a kind of each side has its name." in plain(
        block.note
    )
    ends = [shape_of(block, f"c{at}").y for at in (1, 4)]
    assert ends[1] - ends[0] == pytest.approx(3.4), "closer than elsewhere"
    close = [mark for mark in block.marks if mark.href != "#c0"]
    assert all(3 < mark.height * block.height < 3.7 for mark in close), "links do not meet"


def test_more_marks_than_a_page_takes_are_counted_by_row_and_day(tiny_context: Context) -> None:
    assert len(claim_timeline(many(LIMITS.marks), tiny_context).marks) == LIMITS.marks
    count = LIMITS.marks + 4  # 504 = 3 * 168, the first of them in a row of its own
    block = claim_timeline(many(count), tiny_context)
    assert block.marks == () and block.numbers["marks"] == count
    assert block.block_id == "chart-claim-timeline"
    assert "Cracked: 6–7 May (one)." in block.description
    assert "Unsafe: 6–7 May (167), 26–27 May (168) and no known day (168)." in block.description
    assert f"There are {count} marks" in plain(block.note)
    assert "A cell counts those of two days in one row" in plain(block.note), "three digits"
    labels = [text.get_text() for text in texts(block)]
    assert {SAID, DENIALS, "Unsafe", "declines to comment"} <= set(labels)
    assert LIMITING not in labels


@pytest.mark.parametrize(
    ("when", "last"),
    [("2019-05-06", "31 May"), ("[2019-05-01..2019-05-19]", "no known day")],
)
def test_only_marks_of_no_known_day_have_a_column_of_their_own(
    tiny_context: Context, when: str, last: str
) -> None:
    frame = written([{"when": when}])
    cells, columns, _ = cells_by_day(frame, frame["band"], {"Q1": "Unsafe?"}, tiny_context)
    assert list(columns.values())[-1] == last
    assert set(cells["column"]) <= set(columns)


def test_a_column_covers_as_few_days_as_let_the_counts_fit(tiny_context: Context) -> None:
    window = replace(tiny_context.at, window_start=date(2018, 12, 25), window_end=date(2019, 5, 31))
    frame = written([{"when": "2018-12-26"}, {"when": "2018-12-24"}, {"when": "2019-05-31"}])
    keys, rows = frame["band"], {"Q1": "Unsafe?"}
    cells, columns, days = cells_by_day(frame, keys, rows, replace(tiny_context, at=window))
    assert days > 1 and list(columns)[:1] == ["2018-12-25"] and list(columns)[-1] == ""
    assert columns["2018-12-25"].endswith(" 2018") and columns[list(columns)[-2]].endswith(" 2019")
    assert len(set(columns.values())) == len(columns)
    found = cells.set_index("column")["count"].to_dict()
    assert found == {"2018-12-25": 1, "": 1, list(columns)[-2]: 1}, "the second is outside"
    short = replace(tiny_context.at, window_start=date(2019, 5, 1))
    assert cells_by_day(frame, keys, rows, replace(tiny_context, at=short))[2] == 1


def test_the_axis_takes_days_of_frames_and_dates_alike() -> None:
    axis = Days(date(2019, 5, 1), date(2019, 5, 31))
    assert axis.x(pd.Timestamp("2019-05-06")) == axis.x(date(2019, 5, 6))
    assert axis.inside(pd.Timestamp("2019-06-06")) == date(2019, 5, 31)


# The real record


def test_every_real_mark_stands_on_its_day_in_its_sides_colour() -> None:
    view = real_view()
    frame, context = analysis.claim_timeline(view), context_of(view)
    block = claim_timeline(frame, context)
    axis = day_axis(block, 2024)
    rows = {row.claim_ids[0]: row for row in each_row(frame)}
    assert len(block.marks) == len(rows) > 300
    positions = {mark.href[1:]: at for at, mark in enumerate(block.marks)}
    artists: dict[str, list[Any]] = {}
    for artist in axes_of(block).get_children():
        artists.setdefault(str(artist.get_gid()), []).append(artist)
    for claim_id, row in rows.items():
        (shape,) = shapes(artists[f"part:mark={positions[claim_id]}"])
        assert shape.colour == context.colours[row.side]
        if row.earliest == row.latest:
            assert shape.x == pytest.approx(axis.middle(row.when))


def test_the_counts_of_a_grid_add_up_to_the_marks_of_the_real_record() -> None:
    view = real_view()
    frame = analysis.claim_timeline(view)
    block = claim_timeline(pd.concat([frame, frame], ignore_index=True), context_of(view))
    counts = [int(text.get_text()) for text in axes_of(block).texts if text.get_size() == 6]
    assert sum(counts) == block.numbers["marks"] == 2 * len(frame) > LIMITS.marks


def test_the_drawn_figure_is_no_part_of_the_neutral_block(tiny_chart: Figure) -> None:
    assert tiny_chart.drawn is not None
    assert "drawn" not in neutral(tiny_chart)
    assert tiny_chart == replace(tiny_chart, drawn=None)
    assert "drawn=" not in repr(tiny_chart)
