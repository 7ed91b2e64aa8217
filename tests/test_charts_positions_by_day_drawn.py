"""What lies around the marks of the first chart: grounds, days, words, points, names and key."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from artists import boxes
from drawn import axes_of
from matplotlib.colors import to_hex
from matplotlib.patches import Circle
from svg_marks import Words, root_of, words_of
from test_charts_positions_by_day import figure, frames, made, tiny_context
from views import context_of, tiny_view

from claimbrief.blocks import Figure
from claimbrief.charts import positions_by_day as chart_of
from claimbrief.charts.canvas import text_width
from claimbrief.charts.days import LATER
from claimbrief.charts.positions_by_day_drawing import BAR_FILL, TINT
from claimbrief.charts.positions_by_day_layout import Placed, Track
from claimbrief.charts.positions_by_day_points import BROWN
from claimbrief.charts.positions_by_day_words import KEY
from claimbrief.charts.shapes import BLUE
from claimbrief.house import house

WIDE = 476.0  # points
DAYS = ["20 Apr", "27 Apr", "4 May", "11 May", "18 May", "25 May"]


def texts(block: Figure) -> dict[str, Any]:
    """Return the first text of each kind of words."""
    return {text.get_text(): text for text in reversed(axes_of(block).texts)}


def heights(block: Figure, *words: str) -> list[float]:
    return [texts(block)[each].get_position()[1] for each in words]


def segments(line: Any) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return the ends of each straight line that is drawn as one of several."""
    xs, ys = list(line.get_xdata()), list(line.get_ydata())
    points = list(zip(xs, ys, strict=True))
    assert all(math.isnan(x) for x, _ in points[2::3])
    return [
        ((x, y), (end_x, end_y))
        for (x, y), (end_x, end_y) in zip(points[::3], points[1::3], strict=True)
    ]


def of_colour(block: Figure, colour: str, *, is_broken: bool = False) -> list[Any]:
    drawn = [it for it in axes_of(block).lines if to_hex(it.get_color()) == colour]
    return [it for it in drawn if it.is_dashed() == is_broken and len(it.get_xdata()) > 1]


def edges(box: Any) -> tuple[float, float, float, float]:
    left, top = box.get_x(), box.get_y()
    return left, left + box.get_width(), top, top + box.get_height()


def rules(block: Figure) -> list[float]:
    """Return the heights of the lines between rows: above the first, and below each."""
    across = [
        [y for (left, y), (right, _) in segments(line) if (left, right) == (0, block.width)]
        for line in of_colour(block, house().faint)
    ]
    (found,) = [ys for ys in across if ys]
    return found


def day_x(block: Figure, day: str) -> float:
    """Return the middle of a day of 2019, as the labels of the axis tell it."""
    first, last = (texts(block)[label].get_position()[0] for label in ("27 Apr", "25 May"))
    return float(first + (date.fromisoformat(day) - date(2019, 4, 27)).days * (last - first) / 28)


@pytest.fixture(name="tiny", scope="module")
def _tiny() -> Figure:
    return figure("tiny")


# The ground


def test_a_line_over_the_whole_width_stands_between_the_rows_and_at_either_end(
    tiny: Figure,
) -> None:
    found, titles = rules(tiny), heights(tiny, "Cracked", "Anybody hurt", "Unsafe")
    assert len(found) == 4 and found == sorted(found)
    for title, top, bottom in zip(titles, found[:-1], found[1:], strict=True):
        assert top < title < bottom
    assert found[-1] < heights(tiny, "20 Apr")[0] < found[-1] + 8, "the days below the last row"


def test_the_row_of_the_title_question_has_a_ground_over_its_whole_width(tiny: Figure) -> None:
    grounds = [box for box in boxes(tiny) if to_hex(box.get_facecolor()) == TINT]
    (ground,) = [box for box in grounds if not box.get_gid()]  # not one below a name
    *_, top, bottom = rules(tiny)
    assert edges(ground) == pytest.approx((0, WIDE, top, bottom))
    assert ground.get_zorder() < 0 and top < heights(tiny, "Unsafe")[0] < bottom


def test_the_days_after_the_day_of_the_brief_have_a_ground_in_each_row() -> None:
    block = figure("tiny, half possible")
    grounds = [box for box in boxes(block) if to_hex(box.get_facecolor()) == LATER][:-1]
    step = day_x(block, "2019-05-13") - day_x(block, "2019-05-12")
    found = [edges(ground) for ground in grounds]
    start = day_x(block, "2019-05-12") + step / 2
    tops = rules(block)
    assert found == [pytest.approx((start, WIDE, *ends)) for ends in pairwise(tops)]
    assert not [box for box in boxes(figure("tiny")) if to_hex(box.get_facecolor()) == LATER]


def test_each_week_has_a_faint_line_in_each_row_and_a_label_below_the_last(tiny: Figure) -> None:
    labels = [text for text in axes_of(tiny).texts if text.get_va() == "top"]
    assert [label.get_text() for label in labels] == DAYS
    assert {to_hex(label.get_color()) for label in labels} == {house().muted}
    weeks = [f"2019-{day}" for day in ("04-20", "04-27", "05-04", "05-11", "05-18", "05-25")]
    (drawn,) = [
        segments(line)
        for line in of_colour(tiny, house().faint)
        if segments(line)[0][0][0] == segments(line)[0][1][0]
    ]
    expected = [(day_x(tiny, day), *ends) for day in weeks for ends in pairwise(rules(tiny))]
    assert sorted((x, y, end) for (x, y), (_, end) in drawn) == [
        pytest.approx(line, abs=0.01) for line in sorted(expected)
    ]
    for label, day in zip(labels[1:], weeks[1:], strict=True):
        assert label.get_position()[0] == pytest.approx(day_x(tiny, day))
    first = labels[0]
    assert first.get_position()[0] - text_width("20 Apr", first.get_size()) / 2 >= 0


# The words of a row


def test_the_words_of_a_row_stand_from_the_top_down_at_the_left_edge(tiny: Figure) -> None:
    title, lead, count = texts(tiny)["Cracked"], texts(tiny)["1 says so"], texts(tiny)["1"]
    assert [text.get_position()[0] for text in (title, lead)] == [2, 2]
    ys = [text.get_position()[1] for text in (title, lead, count)]
    assert [after - before for before, after in pairwise(ys)] == pytest.approx([9.0, 8.4])
    assert (title.get_weight(), to_hex(title.get_color())) == ("bold", house().ink)
    assert (lead.get_weight(), to_hex(lead.get_color())) == ("bold", BLUE)
    assert (count.get_weight(), to_hex(count.get_color())) == ("normal", house().muted)
    (mark,) = [it for it in _marks_left_of(tiny, 20) if it[1] == count.get_position()[1]]
    assert mark[0] + 3.2 < count.get_position()[0] < mark[0] + 8, "beside its mark"
    assert {text.get_zorder() for text in (title, lead, count)} == {6}, "over all else"


def test_a_mark_beside_a_count_is_broken_only_where_what_it_counts_is_possible(
    tiny: Figure,
) -> None:
    def broken(block: Figure) -> list[float]:
        days = heights(block, "20 Apr")[0]
        circles = [it for it in axes_of(block).get_children() if isinstance(it, Circle)]
        left = [it.center for it in circles if it.center[0] < 124 and it.center[1] < days]
        return sorted(y for _, y in left)

    assert broken(tiny) == []
    half = figure("tiny, half possible")
    counts = [it.get_position() for it in axes_of(half).texts if it.get_text().isdigit()]
    not_so, _, left_open = sorted(counts, key=lambda place: (round(place[1]), place[0]))
    assert broken(half) == [not_so[1], left_open[1]], "Velland certainly calls it likely"


def _marks_left_of(block: Figure, x: float) -> set[tuple[float, float]]:
    lines = [it for it in axes_of(block).lines if it.get_marker() not in ("", "None", None)]
    return {(it.get_xdata()[0], it.get_ydata()[0]) for it in lines if it.get_xdata()[0] < x}


def test_narrow_how_many_say_so_stands_at_the_right_of_the_title(tiny: Figure) -> None:
    assert tiny.narrow is not None
    words = words_of(root_of(tiny.narrow.svg))
    (title,) = [it for it in words if it.text == "Cracked"]
    lead = min((it for it in words if it.text == "1 says so"), key=lambda it: it.box[1])
    assert lead.box[2] == pytest.approx(tiny.narrow.width - 2, abs=0.1)
    assert (lead.box[1] + lead.box[3]) / 2 == pytest.approx(
        (title.box[1] + title.box[3]) / 2, abs=0.6
    )
    assert lead.is_bold and lead.colour == BLUE
    tracks = [it for it in words if it.text == "Karst Works"]
    assert tracks[0].box[1] > title.box[3], "the tracks below the words"
    counts = [it for it in words if it.text == "1"]
    assert title.box[3] < counts[0].box[3] < tracks[0].box[3]


def test_the_words_on_sides_without_a_track_are_gray() -> None:
    sides = [f"s{at}" for at in range(40)]
    rows = [{"side": side, "when": f"2019-05-{8 + at % 4:02}"} for at, side in enumerate(sides)]
    named = {side: f"The side {side}" for side in sides}
    block = made(rows, replace(tiny_context(), abbreviations=named))
    (rest,) = [text for text in axes_of(block).texts if text.get_text().startswith("and ")]
    assert to_hex(rest.get_color()) == house().muted and rest.get_size() == 7
    assert rest.get_position()[0] < 124, "in the column of the words, not among the marks"


# Tracks


def test_a_pale_line_leads_from_mark_to_mark_from_the_day_on_which_the_later_is_in() -> None:
    rows: list[dict[str, object]] = [
        {"when": "2019-05-02", "since": "2019-05-02"},
        {"when": "2019-05-10", "since": "2019-05-10", "is_first": False},
        {"when": "2019-05-20", "since": "2019-05-20", "is_first": False},
    ]
    block = made(rows, tiny_context())
    found = {line.get_gid(): line for line in of_colour(block, BLUE)}
    assert list(found) == ["part:since=2019-05-10", "part:since=2019-05-20"]
    y = heights(block, "Pell")[0]
    days = [day_x(block, f"2019-05-{day}") for day in ("02", "10", "20")]
    for (start, end), line in zip(pairwise(days), found.values(), strict=True):
        assert segments(line) == [((pytest.approx(start), y), (pytest.approx(end), y))]
        assert 0 < line.get_alpha() < 1 and line.get_zorder() < 2, "below marks and names"


def test_the_bar_of_a_mark_is_pale_and_lies_across_the_middle_of_its_track(tiny: Figure) -> None:
    bars = {box.get_gid(): box for box in boxes(tiny) if box.get_alpha() == BAR_FILL}
    assert {"part:since=2019-05-01", "part:since=2019-05-11", "part:since=2019-04-20"} <= set(bars)
    _, right, top, bottom = edges(bars["part:since=2019-05-01"])
    assert right == pytest.approx(day_x(tiny, "2019-05-19"))
    assert ((top + bottom) / 2, bottom - top) == (heights(tiny, "Karst Works")[0], 3)
    assert to_hex(bars["part:since=2019-05-01"].get_facecolor()) == house().ink


def test_a_link_is_as_high_as_its_track_and_covers_bar_and_mark(tiny: Figure) -> None:
    (mark,) = [mark for mark in tiny.marks if mark.href == "#b2"]
    top, bottom = mark.y * tiny.height, (mark.y + mark.height) * tiny.height
    assert bottom - top == pytest.approx(7.7, abs=0.01)
    assert (top + bottom) / 2 == pytest.approx(heights(tiny, "Karst Works")[0], abs=0.01)
    left, right = mark.x * WIDE, (mark.x + mark.width) * WIDE
    assert right == pytest.approx(day_x(tiny, "2019-05-19") + 3.2 + 1.2, abs=0.01)
    step = day_x(tiny, "2019-05-13") - day_x(tiny, "2019-05-12")
    assert left == pytest.approx(day_x(tiny, "2019-05-01") - step / 2 - 1.2, abs=0.01)


def test_a_name_stands_left_of_its_first_mark_if_there_is_room_else_right_of_its_last() -> None:
    for day, is_left in (("2019-05-20", True), ("2019-04-21", False)):
        block = made([{"when": day}], tiny_context())
        x = texts(block)["Pell"].get_position()[0]
        end = x + text_width("Pell", 7, is_bold=True)
        gap = day_x(block, day) - end if is_left else x - day_x(block, day)
        assert gap == pytest.approx(3.2 + 2.5), (day, "half a mark and a gap")


def test_a_name_among_its_marks_has_a_ground_of_its_row_over_the_line() -> None:
    rows = [
        {"when": day, "is_first": not at}
        for at, day in enumerate(("2019-04-20", "2019-05-10", "2019-05-31"))
    ]
    block = made(rows, tiny_context())
    name = texts(block)["Pell"]
    x, y = name.get_position()
    grounds = [box for box in boxes(block) if to_hex(box.get_facecolor()) == house().paper]
    (ground,) = grounds
    left, right, top, bottom = edges(ground)
    assert left < x and x + text_width("Pell", 7, is_bold=True) < right < x + 25
    assert top < y < bottom and ground.get_gid() == name.get_gid()
    assert 1.8 < ground.get_zorder() < name.get_zorder(), "over the line, below the name"
    lone = made([{"when": "2019-05-20"}], tiny_context())
    assert not [box for box in boxes(lone) if to_hex(box.get_facecolor()) == house().paper]
    title = made([row | {"question_id": "Q1"} for row in rows], tiny_context())
    tinted = [box for box in boxes(title) if to_hex(box.get_facecolor()) == TINT]
    assert len(tinted) == 2, "the row’s, and the name’s"


# Turning points


def pointing(*days: str, **point: object) -> Figure:
    """Return the tiny chart with a turning point on each of these days of May."""
    marks, questions, _ = frames(tiny_view())
    when = pd.to_datetime([f"2019-05-{day}" for day in days])
    rows = {"kind": "turned", "first": when, "last": when, "question_id": "Q2", "count": 1}
    points = pd.DataFrame(rows).assign(**point)
    points["sides"] = [["velland"]] * len(points)
    points["speakers"] = [[]] * len(points)
    return chart_of(marks, questions, points, context_of(tiny_view()))


def test_a_turning_point_is_a_broken_line_through_each_row_on_its_day() -> None:
    block = pointing("21")
    (line,) = of_colour(block, BROWN, is_broken=True)
    x = day_x(block, "2019-05-21")
    assert segments(line) == [
        ((pytest.approx(x), top), (pytest.approx(x), bottom))
        for top, bottom in pairwise(rules(block))
    ]
    assert line.get_gid() == "part:since=2019-05-21"
    days, words = texts(block)["21 May:"], texts(block)["Velland came to say so"]
    assert {days.get_gid(), words.get_gid()} == {line.get_gid()}
    assert (days.get_weight(), words.get_weight()) == ("bold", "normal")
    assert days.get_position()[1] == words.get_position()[1] < rules(block)[0]
    end = days.get_position()[0] + text_width("21 May:", 7, is_bold=True)
    assert 1 < words.get_position()[0] - end < 3, "a blank between them"
    whole = text_width("21 May: Velland came to say so", 7)
    assert (days.get_position()[0] + whole / 2) == pytest.approx(x, abs=3), "over its line"


def test_a_turning_point_of_several_days_is_a_pale_ground_over_them_in_each_row() -> None:
    last = pd.to_datetime(["2019-05-23"])
    block = pointing("21", last=last)
    grounds = [box for box in boxes(block) if to_hex(box.get_facecolor()) == BROWN]
    half = (day_x(block, "2019-05-22") - day_x(block, "2019-05-21")) / 2
    start, end = day_x(block, "2019-05-21") - half, day_x(block, "2019-05-23") + half
    assert [edges(ground) for ground in grounds] == [
        pytest.approx((start, end, *ends)) for ends in pairwise(rules(block))
    ]
    assert all(0 < ground.get_alpha() < 0.2 for ground in grounds)
    assert "21–23 May:" in texts(block)
    assert not of_colour(block, BROWN, is_broken=True)


def test_labels_end_above_the_first_row_and_are_moved_apart_inside_the_chart() -> None:
    block = pointing("01", "03", "31")
    labels = [text for text in axes_of(block).texts if to_hex(text.get_color()) == BROWN]
    days = [text for text in labels if text.get_text().endswith(":")]
    assert [text.get_text() for text in days] == ["1 May:", "3 May:", "31 May:"]
    starts = [text.get_position()[0] for text in days]
    width = text_width("31 May: Velland came to say so", 7)
    assert starts[1] - starts[0] >= width, "clear of each other"
    assert starts[2] + width <= WIDE + 3 and starts[0] >= 0
    lowest = max(text.get_position()[1] for text in labels)
    assert 3 < rules(block)[0] - lowest < 12


def test_narrow_each_point_has_a_line_above_the_chart_and_its_days_again_over_its_line() -> None:
    block = pointing("01", "28")
    assert block.narrow is not None
    brown = [it for it in words_of(root_of(block.narrow.svg)) if it.colour == BROWN]
    lines: dict[int, list[Words]] = {}
    for it in brown:
        lines.setdefault(round(it.box[3]), []).append(it)
    said = [[it.text for it in lines[y]] for y in sorted(lines)]
    assert said == [
        ["1 May:", "Velland came to say so"], ["28 May:", "Velland came to say so"],
        ["1 May", "28 May"],
    ]  # fmt: skip
    assert [it.box[0] for it in brown if it.text.endswith(":")] == [0, 0], "at the left edge"
    root = root_of(block.narrow.svg)
    broken = [
        it for it in root.iter("path") if it.get("stroke-dasharray") and "M" in it.get("d", "")
    ]
    xs = sorted(
        {float(it.attrib["d"][1:].split()[0]) for it in broken if it.get("stroke") == BROWN}
    )
    again = [it for it in brown if it.text in ("1 May", "28 May")]
    middles = [(it.box[0] + it.box[2]) / 2 for it in again]
    assert len(xs) == 2 and middles == pytest.approx(xs, abs=0.2), "in the middle over the line"
    assert {it.text for it in brown if it.is_bold} == {"1 May:", "28 May:", "1 May", "28 May"}
    last = pointing("31").narrow
    assert last is not None
    (day,) = [it for it in words_of(root_of(last.svg)) if it.text == "31 May"]
    assert last.width - 2 < day.box[2] <= last.width + 0.1, "at the edge, and inside"
    close = pointing("01", "03").narrow
    assert close is not None
    again = [it.text for it in words_of(root_of(close.svg)) if it.colour == BROWN]
    assert again.count("1 May") == 1 and "3 May" not in again, "where two do not overlap"


# The key


def key_of(block: Figure) -> dict[str, Any]:
    lowest = heights(block, "20 Apr")[0]
    found = [text for text in axes_of(block).texts if text.get_position()[1] > lowest + 4]
    return {text.get_text(): text for text in found}


def test_the_key_stands_below_the_days_with_each_mark_left_of_its_words() -> None:
    block = figure("tiny, half possible")
    key = key_of(block)
    assert list(key) == [
        "said so", "called it likely", "left it open", "said not so, not yet or not all",
        "on one of these days", "possibly by 12 May", "after 12 May",
    ]  # fmt: skip
    assert {to_hex(text.get_color()) for text in key.values()} == {house().muted}
    drawn = [it for it in axes_of(block).get_children() if it.get_gid() is None]
    for words, text in key.items():
        x, y = text.get_position()
        middles = []
        for artist in drawn:
            if hasattr(artist, "get_xdata") and len(artist.get_xdata()) == 1:
                middles.append((artist.get_xdata()[0], artist.get_ydata()[0]))
            elif hasattr(artist, "get_center"):
                middles.append(tuple(artist.get_center()))
        near = [it for it in middles if it[1] == pytest.approx(y) and 5 < x - it[0] < 9]
        assert near, words
    bars = [box for box in boxes(block) if edges(box)[2] > heights(block, "20 Apr")[0]]
    (ranged, after) = bars
    assert ranged.get_alpha() == BAR_FILL and to_hex(after.get_facecolor()) == LATER
    assert to_hex(ranged.get_facecolor()) == house().muted
    (left, right, top, bottom), x = edges(ranged), key["on one of these days"].get_position()[0]
    assert (right - left, bottom - top) == pytest.approx((6.4, 3)) and 0 < x - right < 5
    left, right, top, bottom = edges(after)
    assert (right - left, bottom - top) == pytest.approx((6.4, 6.4))


def test_a_key_that_has_no_room_in_a_line_goes_on_in_the_next() -> None:
    narrow = figure("tiny, half possible").narrow
    assert narrow is not None
    entries = [*KEY.values(), "on one of these days", "possibly by 12 May", "after 12 May"]
    key = [it for it in words_of(root_of(narrow.svg)) if it.text in entries]
    lines = sorted({it.box[3] for it in key})
    assert len(lines) == 3
    assert [after - before for before, after in pairwise(lines)] == pytest.approx([12, 12], abs=0.2)
    firsts = {min(it.box[0] for it in key if it.box[3] == y) for y in lines}
    assert len(firsts) == 1 and 8 < firsts.pop() < 13, "each line begins at the left edge"
    assert max(it.box[2] for it in key) <= narrow.width
    assert narrow.height - lines[-1] < 8


def test_what_leads_to_a_mark_of_several_days_lies_over_no_other_mark() -> None:
    first, second = Placed(None, x=20, start=20, size=6), Placed(None, x=40, start=40, size=4)
    ranged, alone = (Placed(None, x=50, start=start, size=6) for start in (20, 45))
    track = Track("says_so", "Velland", 0, False, (first, second, ranged), (0, 60))
    assert track.reach(ranged) == (42, 53), "from the mark before it on"
    assert (track.reach(first), track.reach(second)) == ((17, 23), (38, 42))
    assert track.reach(alone) == (45, 53), "the whole bar, where nothing lies over it"
