"""Publicity over time: how many items of evidence had been named by each day, how many shown."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from claimbrief.analysis.evidence import evidence_register, publicity_by_day
from claimbrief.analysis.lineage import ITEMS, PUBLIC
from claimbrief.blocks import Figure, Mark, text
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure, mark_of, part
from claimbrief.charts.house import house, house_style
from claimbrief.charts.layout import cut_to_width, text_width
from claimbrief.charts.svg import svg_inside
from claimbrief.charts.timeline_drawing import draw_days
from claimbrief.charts.timeline_layout import Days
from claimbrief.dataset import each_row
from claimbrief.links import rest_told, source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, listed, short_dated

MOST_ITEMS = 24  # so many rows below the days keep the chart within a printed page
PLOT, TOP, SIZE, LINE, GUTTER = 130.0, 14.0, 7.5, 11.0, 64.0  # points


def chart_publicity_by_day(view: View) -> Figure:
    """Return items named and items public by day, with each public item below on its day.

    Of more public items than `MOST_ITEMS` the first to become public stand there.
    """
    frame = publicity_by_day(view)
    axis = Days(view.at.window_start, view.at.window_end, GUTTER, 0.0)
    register = evidence_register(view)
    is_public = register["publicity"].isin(PUBLIC) & register["kind"].isin(ITEMS)
    public = register[is_public & (register["claim_ids"].map(len) > 0)]
    shown = _first(public)
    base = TOP + PLOT
    height = base + 20 + LINE * len(shown) + (6 if len(shown) else 0)
    kinds = view.whole.labels("evidence_kind")
    with house_style():
        canvas = blank_figure(WIDTH, height)
        axes = axes_in_points(canvas, WIDTH, height)
        draw_days(axes, axis, base)
        _draw_steps(axes, frame, axis, base)
        boxes = []
        for place, item in enumerate(each_row(shown)):
            y = base + 24 + LINE * (place + 0.5)
            words = f"{kinds[item.kind]}, shown by {item.offered_by or item.holder}"
            with part(axes, mark=place):
                boxes.append(_draw_item(axes, item, words, y, axis))
        marks = _marks(shown, boxes, height)
        svg = svg_inside(canvas, "chart-publicity-by-day", marks)
    return Figure(
        block_id="chart-publicity-by-day",
        caption=text("Items of evidence named and items shown, day by day"),
        alt=_alt(view, frame),
        description=_description(frame),
        svg=svg,
        width=WIDTH,
        height=height,
        marks=marks,
        note=text(
            "Counted are items that could be shown; reports by others and reasoning are not. To be "
            f"named is not to be shown. Below the days stand{_rows_told(public)} that became "
            "public. Broken: possible, not certain."
            + rest_told(len(public), "items that became public", "the earliest first", MOST_ITEMS)
        ),
        source=source_line(view),
        numbers={
            "named": int(frame["named_most"].iloc[-1]) if len(frame) else 0,
            "public": int(frame["public_most"].iloc[-1]) if len(frame) else 0,
        },
    )


def _first(public: pd.DataFrame) -> pd.DataFrame:
    """Return the items that have a row below the days: all, or of many the first."""
    if len(public) <= MOST_ITEMS:
        return public
    since = pd.Series([when.latest for when in public["status_when"]], public.index)
    return public.loc[since.sort_values(kind="stable").index[:MOST_ITEMS]]


def _rows_told(public: pd.DataFrame) -> str:
    return "s each item" if len(public) <= MOST_ITEMS else " items"


def _marks(
    shown: pd.DataFrame, boxes: list[tuple[float, float, float]], height: float
) -> tuple[Mark, ...]:
    """Return the links of the public items: each over its square and words.

    An item is drawn from the first day that it may have been public.
    """
    return tuple(
        mark_of(
            item.claim_ids[:1],
            f"{capitalised(item.description)}, public {dated(item.status_when)}",
            Bbox([[left, height - y - LINE / 2], [right, height - y + LINE / 2]]),
            height,
            since=(item.status_when.earliest or item.status_when.latest).isoformat(),
        )
        for item, (left, right, y) in zip(each_row(shown), boxes, strict=True)
    )


def _draw_steps(axes: Axes, frame: pd.DataFrame, axis: Days, base: float) -> None:
    """Draw both counts as steps, what is only possible as a broken line, and name their ends."""
    if frame.empty:
        return
    most = max(int(frame["named_most"].max()), 1)
    unit = (PLOT - 10) / most
    ends = []
    for name, colour, words in (
        ("named", house().muted, "named"),
        ("public", house().line, "public"),
    ):
        xs, certain, possible = [], [], []
        counts = frame[[f"{name}_certain", f"{name}_most"]]
        starts = counts.ne(counts.shift()).any(axis=1)  # a step a change, not a step a day
        for row in each_row(frame[starts | starts.shift(-1, fill_value=True)]):
            x = axis.x(row.day)
            xs += [x - axis.step / 2, x + axis.step / 2]
            certain += [base - unit * getattr(row, f"{name}_certain")] * 2
            possible += [base - unit * getattr(row, f"{name}_most")] * 2
        axes.fill_between(xs, base, certain, color=colour, alpha=0.18, lw=0)
        axes.plot(xs, possible, color=colour, lw=0.8, linestyle=(0, (2, 2)))
        axes.plot(xs, certain, color=colour, lw=1.4)
        last = frame.iloc[-1]
        low, high = int(last[f"{name}_certain"]), int(last[f"{name}_most"])
        ends.append(
            (
                xs[-1],
                certain[-1],
                f"{low:,} {words}" if low == high else f"{low:,}–{high:,} {words}",
            )
        )
    axes.plot(
        [axis.x(axis.start) - axis.step / 2, axis.edge], [base, base], color=house().faint, lw=0.8
    )
    gap = ends[1][1] - ends[0][1]
    for place, (x, y, words) in enumerate(ends):
        shift = (9 - gap) / 2 * (-1, 1)[place] if gap < 9 else 0
        axes.text(
            x + 4,
            y + shift,
            words,
            size=8.5,
            weight="bold",
            color=house().ink,
            va="center_baseline",
        )


def _draw_item(
    axes: Axes, item: object, words: str, y: float, axis: Days
) -> tuple[float, float, float]:
    """Draw a public item on its day; return the box of its mark and words."""
    when = item.status_when  # type: ignore[attr-defined]
    x = axis.x(axis.inside(when.latest))
    start = axis.x(axis.inside(when.earliest or axis.start))
    if start != x:
        axes.plot([start, x], [y, y], color=house().line, lw=4, alpha=0.25)
    axes.plot([x], [y], marker="s", markersize=4.5, mew=0, color=house().line)
    day = f", {short_dated(when)}"
    is_left = x + 8 + text_width(words + day, SIZE) > WIDTH
    place = (start if is_left else x) + (-7 if is_left else 7)
    room = place if is_left else WIDTH - place
    label = cut_to_width(words, SIZE, room - text_width(day, SIZE)) + day
    width = text_width(label, SIZE)
    axes.text(
        place, y, label, size=SIZE, color=house().ink, va="center_baseline",
        ha="right" if is_left else "left",
    )  # fmt: skip
    ends = (place - width, place) if is_left else (place, place + width)
    return (min(start - 4, ends[0]), max(x + 4, ends[1]), y)


def _alt(view: View, frame: pd.DataFrame) -> str:
    last = frame.iloc[-1] if len(frame) else None
    named = int(last["named_most"]) if last is not None else 0
    public = int(last["public_most"]) if last is not None else 0
    return (
        f"Two stepped lines by day as of {day(view.at.as_of)}: "
        f"{counted(named, 'item')} named, {counted(public, 'item')} public."
    )


def _description(frame: pd.DataFrame) -> str:
    counts = frame[["named_most", "public_most"]]
    changed = frame[counts.ne(counts.shift()).any(axis=1)]
    told = [
        f"{day(row.day)}: {row.named_most:,} named, {row.public_most:,} public"
        for row in each_row(changed)
    ]
    return f"{capitalised(listed(told, last='; '))}." if told else "No day in the window."
