"""Publicity by day: two stepped lines, what is only possible broken, and each public item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from artists import center, labels, markers
from drawn import axes_of
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from views import plain, real_view, tiny_view

from claimbrief import analysis, charts
from claimbrief.blocks import Figure
from claimbrief.charts import publicity
from claimbrief.charts.canvas import text_width
from claimbrief.charts.days import Days
from claimbrief.context import Context, context_of
from claimbrief.house import house

DAYS = pd.date_range("2019-04-20", "2019-05-31")
STEPS = {  # days from the first on which a count rises by one
    "named_certain": [0, 10, 20],
    "named_possible": [0, 5, 15, 18],
    "public_certain": [30],
    "public_possible": [12, 25],
}
FRAME = pd.DataFrame(
    {"day": DAYS}
    | {name: [sum(day >= rise for rise in rises) for day in range(len(DAYS))]
       for name, rises in STEPS.items()}
)  # fmt: skip


@pytest.fixture(scope="module", name="context")
def _context() -> Context:
    return context_of(tiny_view())


@pytest.fixture(scope="module", name="items")
def _items() -> pd.DataFrame:
    return analysis.evidence_register(tiny_view())


def axis_of(context: Context) -> Days:
    return Days(context.at.window_start, context.at.window_end, publicity.GUTTER, publicity.LEFT)


def line(figure: Figure, color: str, *, is_broken: bool) -> Line2D:
    """Return the stepped line of a color that is solid or broken."""
    (found,) = [
        line
        for line in figure.drawn.axes[0].lines
        if to_hex(line.get_color()) == color
        and line.is_dashed() == is_broken
        and len(line.get_xdata()) > 2
    ]
    return found


def counts(figure: Figure, line: Line2D, axis: Days, limit: int) -> list[int]:
    """Return what a stepped line shows on each day, read from its height above the base."""
    base = publicity.TOP + publicity.PLOT
    heights = np.interp([axis.x(day) for day in DAYS], line.get_xdata(), line.get_ydata())
    values = (base - heights) / (publicity.PLOT - 10) * limit
    assert np.allclose(values, values.round())
    return list(values.round().astype(int))


@pytest.mark.parametrize("name", ["named", "public"])
def test_the_solid_line_shows_what_is_certain_and_the_broken_line_what_is_possible_on_each_day(
    context: Context, items: pd.DataFrame, name: str
) -> None:
    chart = charts.publicity_by_day(FRAME, items, context)
    color = {"named": house().muted, "public": house().line}[name]
    for kind, is_broken in (("certain", False), ("possible", True)):
        drawn = line(chart, color, is_broken=is_broken)
        assert counts(chart, drawn, axis_of(context), 4) == list(FRAME[f"{name}_{kind}"]), kind


@pytest.mark.parametrize("name", ["named", "public"])
def test_what_is_certain_has_a_pale_ground_from_the_base_up_to_its_line(
    context: Context, items: pd.DataFrame, name: str
) -> None:
    chart = charts.publicity_by_day(FRAME, items, context)
    color = {"named": house().muted, "public": house().line}[name]
    (ground,) = [
        area
        for area in axes_of(chart).collections
        if isinstance(area, PolyCollection) and to_hex(area.get_facecolor()[0]) == color
    ]
    solid = line(chart, color, is_broken=False)
    corners = {(round(x, 3), round(y, 3)) for x, y in ground.get_paths()[0].vertices}
    base = publicity.TOP + publicity.PLOT
    for x, y in zip(solid.get_xdata(), solid.get_ydata(), strict=True):
        assert {(round(x, 3), round(y, 3)), (round(x, 3), base)} <= corners
    assert max(y for _, y in corners) == base and 0 < ground.get_alpha() < 0.5


def test_a_faint_line_below_the_steps_runs_over_all_days(
    context: Context, items: pd.DataFrame
) -> None:
    chart, axis = charts.publicity_by_day(FRAME, items, context), axis_of(context)
    base = publicity.TOP + publicity.PLOT
    (found,) = [it for it in axes_of(chart).lines if list(it.get_ydata()) == [base, base]]
    assert list(found.get_xdata()) == pytest.approx([publicity.LEFT, axis.edge])
    assert to_hex(found.get_color()) == house().faint


def test_a_step_rises_at_the_edge_of_its_day(context: Context, items: pd.DataFrame) -> None:
    chart = charts.publicity_by_day(FRAME, items, context)
    axis = axis_of(context)
    drawn = line(chart, house().muted, is_broken=False)
    rises = [
        x for x, up in zip(drawn.get_xdata()[1:], np.diff(drawn.get_ydata()), strict=True) if up
    ]
    assert rises == pytest.approx([axis.x(DAYS[day]) - axis.step / 2 for day in (10, 20)])


def test_the_last_counts_are_written_at_the_ends_as_ranges_and_apart(
    context: Context, items: pd.DataFrame
) -> None:
    texts = labels(charts.publicity_by_day(FRAME, items, context))
    assert {"3–4 named", "1–2 public"} <= set(texts)
    same = FRAME.assign(
        public_certain=FRAME["named_certain"], public_possible=FRAME["named_certain"]
    )
    texts = labels(charts.publicity_by_day(same, items, context))
    named, public = center(texts["3–4 named"]), center(texts["3 public"])
    assert public[1] - named[1] == pytest.approx(9)
    chart, edge = charts.publicity_by_day(FRAME, items, context), axis_of(context).edge
    texts = labels(chart)
    for words, color in (("3–4 named", house().muted), ("1–2 public", house().line)):
        x, y = center(texts[words])
        solid = line(chart, color, is_broken=False)
        assert edge < x < edge + 8 and texts[words].get_ha() == "left", "right of the last day"
        assert y == pytest.approx(solid.get_ydata()[-1]), "at the height of the line"


def test_a_public_item_is_a_filled_square_on_the_day_of_its_status(
    context: Context, items: pd.DataFrame
) -> None:
    chart = charts.publicity_by_day(FRAME, items, context)
    (square,) = markers(chart, "s")
    assert center(square)[0] == pytest.approx(axis_of(context).x(pd.Timestamp("2019-05-21")))
    assert center(square)[1] > publicity.TOP + publicity.PLOT + 20
    assert to_hex(square.get_markerfacecolor()) == house().line
    assert square.get_fillstyle() == "full" and square.get_gid() == "part:mark=0"
    (mark,) = chart.marks
    assert (mark.href, mark.since) == ("#a1", "2019-05-21")
    assert mark.label.startswith("Photographs of the crack, taken by the authority, public on 21")
    left, right = mark.x * chart.width, (mark.x + mark.width) * chart.width
    assert left < center(square)[0] < right


def test_an_item_that_became_public_on_an_unknown_day_has_a_band_over_its_days(
    context: Context, items: pd.DataFrame
) -> None:
    ranged = items.assign(status_when="[2019-05-11..2019-05-21]")
    chart = charts.publicity_by_day(FRAME, ranged, context)
    (square,) = markers(chart, "s")
    axis = axis_of(context)
    ends = [axis.x(pd.Timestamp(day)) for day in ("2019-05-11", "2019-05-21")]
    bands = [band for band in chart.drawn.axes[0].lines if band.get_gid() and band is not square]
    assert [list(band.get_xdata()) for band in bands] == [pytest.approx(ends)]
    assert center(square)[0] == pytest.approx(ends[1]) and bands[0].get_alpha() < 0.5
    assert chart.marks[0].since == "2019-05-11"


@pytest.mark.parametrize(
    "change",
    [{"publicity": "claimed_not_public"}, {"kind": "expert_reasoning"}],
    ids=["not public", "reasoning"],
)
def test_what_is_not_public_or_no_item_has_no_square(
    context: Context, items: pd.DataFrame, change: dict[str, str]
) -> None:
    chart = charts.publicity_by_day(FRAME, items.assign(**change), context)
    assert markers(chart, "s") == [] and chart.marks == ()


def test_the_words_of_an_item_stay_inside_the_chart_with_their_day(
    context: Context, items: pd.DataFrame
) -> None:
    long = items.assign(holder="the Authority of Roads and Bridges " * 9)
    chart = charts.publicity_by_day(FRAME, long, context)
    (words,) = [text for text in chart.drawn.axes[0].texts if text.get_gid()]
    assert words.get_text().startswith("photo or video, ") and words.get_text().endswith(", 21 May")
    right = center(words)[0] + text_width(words.get_text(), words.get_size())
    assert (words.get_ha() == "left" and right <= chart.width) or words.get_ha() == "right"
    assert all(0 <= mark.x and mark.x + mark.width <= 1.02 for mark in chart.marks)


@pytest.mark.parametrize(("day", "side"), [("2019-04-21", "left"), ("2019-05-29", "right")])
def test_the_words_of_an_item_stand_beside_its_square_where_there_is_room(
    context: Context, items: pd.DataFrame, day: str, side: str
) -> None:
    chart = charts.publicity_by_day(FRAME, items.assign(status_when=day), context)
    (square,) = markers(chart, "s")
    (words,) = [text for text in axes_of(chart).texts if text.get_gid()]
    assert words.get_gid() == square.get_gid() and words.get_ha() == side
    gap = center(words)[0] - center(square)[0]
    assert 4 < (gap if side == "left" else -gap) < 10 and center(words)[1] == center(square)[1]
    assert words.get_text() == f"photo or video, shown by Roads Authority, {int(day[-2:])} " + (
        "Apr" if side == "left" else "May"
    )
    (mark,) = chart.marks
    left, right = mark.x * chart.width, (mark.x + mark.width) * chart.width
    width = text_width(words.get_text(), words.get_size())
    ends = [center(square)[0] - 4, center(words)[0] + width]
    if side == "right":
        ends = [center(words)[0] - width, center(square)[0] + 4]
    assert [left, right] == pytest.approx(ends, abs=0.01)
    top, bottom = mark.y * chart.height, (mark.y + mark.height) * chart.height
    assert (top + bottom) / 2 == pytest.approx(center(square)[1], abs=0.01)


def test_items_stand_in_rows_of_their_own_from_the_top_down(
    context: Context, items: pd.DataFrame
) -> None:
    first = items[items["evidence_id"] == "pier_photographs"]
    three = pd.concat([first] * 3, ignore_index=True)
    three["holder"] = ["Pell", "Nyra", "Tolm"]
    chart = charts.publicity_by_day(FRAME, three.assign(offered_by=""), context)
    words = [text for text in axes_of(chart).texts if text.get_gid()]
    assert [text.get_text().split()[-3] for text in words] == ["Pell,", "Nyra,", "Tolm,"]
    heights = [center(text)[1] for text in words]
    apart = {round(low - high, 3) for high, low in pairwise(heights)}
    assert apart == {publicity.LINE} and publicity.LINE > words[0].get_size()
    days = max(center(text)[1] for text in axes_of(chart).texts if text.get_va() == "top")
    assert heights[0] - days > 10, "below the labels of days"
    marks = [(mark.y * chart.height, (mark.y + mark.height) * chart.height) for mark in chart.marks]
    for (top, bottom), y in zip(marks, heights, strict=True):
        assert top < y < bottom
    assert all(above[1] <= below[0] + 0.01 for above, below in pairwise(marks))


def test_an_item_that_was_offered_is_named_by_who_offered_it(
    context: Context, items: pd.DataFrame
) -> None:
    chart = charts.publicity_by_day(FRAME, items.assign(offered_by="Lindqvist"), context)
    assert labels(chart)["photo or video, shown by Lindqvist, 21 May"]


def test_the_texts_count_the_items_named_and_public_and_each_change() -> None:
    view = tiny_view()
    frames = analysis.publicity_by_day(view), analysis.evidence_register(view)
    chart = charts.publicity_by_day(*frames, context_of(view))
    assert chart.alt == (
        "Two stepped lines by day as of 31 May 2019: one item named, one item public."
    )
    assert chart.description == (
        "20 April 2019: 0 named, 0 public; 8 May 2019: 1 named, 0 public; 21 May 2019: 1 named, "
        "1 public."
    )


def test_a_part_of_the_days_and_none_are_drawn(context: Context, items: pd.DataFrame) -> None:
    part = charts.publicity_by_day(FRAME.query("day < '2019-05-01'"), items, context)
    drawn = line(part, house().muted, is_broken=False)
    axis = axis_of(context)
    assert max(drawn.get_xdata()) == pytest.approx(axis.x(DAYS[10]) + axis.step / 2)
    assert part.numbers == {"named": 2, "public": 0}
    empty = charts.publicity_by_day(FRAME.iloc[:0], items.iloc[:0], context)
    assert empty.description == "No day in the window." and empty.marks == ()
    assert empty.is_empty and not part.is_empty


def test_the_lines_of_the_package_are_those_of_its_frame() -> None:
    view = tiny_view()
    frame = analysis.publicity_by_day(view)
    chart = charts.publicity_by_day(frame, analysis.evidence_register(view), context_of(view))
    limit = int(frame["named_possible"].max())
    for name, color in (("named", house().muted), ("public", house().line)):
        drawn = line(chart, color, is_broken=False)
        visible = counts(chart, drawn, axis_of(context_of(view)), limit)
        assert visible == list(frame[f"{name}_certain"])
    assert chart.numbers == {"named": 1, "public": 1}
    before = tiny_view("2019-05-20")
    frames = analysis.publicity_by_day(before), analysis.evidence_register(before)
    chart = charts.publicity_by_day(*frames, context_of(before))
    assert (chart.numbers, chart.marks) == ({"named": 1, "public": 0}, ())


def test_of_many_public_items_the_earliest_stand_below_the_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = real_view()
    frames = analysis.publicity_by_day(view), analysis.evidence_register(view), context_of(view)
    every = charts.publicity_by_day(*frames)
    monkeypatch.setattr(publicity, "ITEM_ROWS", 2)
    first = charts.publicity_by_day(*frames)
    assert (len(every.marks), len(first.marks)) == (7, 2)
    assert len(markers(every, "s")) == 7 and len(markers(first, "s")) == 2
    assert {mark.since for mark in first.marks} <= set(sorted(m.since for m in every.marks)[:3])
    assert "Here are two of seven things that became public, the earliest first" in plain(
        first.note
    )
    assert "Below the days are the things cited that" in plain(first.note)
    assert "Here are" not in plain(every.note)
    assert "Below the days is each thing cited that" in plain(every.note)


def test_of_many_public_items_the_first_to_be_public_have_a_row_in_this_order(
    context: Context, items: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publicity, "ITEM_ROWS", 2)
    first = items[items["evidence_id"] == "pier_photographs"]
    three = pd.concat([first] * 3, ignore_index=True)
    three["status_when"] = ["2019-05-21", "2019-05-03", "2019-05-12"]
    chart = charts.publicity_by_day(FRAME, three, context)
    assert [mark.since for mark in chart.marks] == ["2019-05-03", "2019-05-12"]


def test_the_label_of_the_first_day_is_whole_in_a_window_over_the_turn_of_the_year(
    context: Context, items: pd.DataFrame
) -> None:
    at = replace(context.at, window_start=date(2018, 12, 20), window_end=date(2019, 3, 31))
    chart = charts.publicity_by_day(FRAME.iloc[:0], items.iloc[:0], replace(context, at=at))
    first = labels(chart)["20 Dec 2018"]
    assert center(first)[0] - text_width("20 Dec 2018", first.get_size()) / 2 >= 0
