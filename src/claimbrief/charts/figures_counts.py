"""Many figures claimed: a row a range of figures, with how many claims name one in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from claimbrief.analysis.figures import DENIED
from claimbrief.blocks import Figure, text
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure
from claimbrief.charts.house import house, house_style
from claimbrief.charts.svg import svg_inside
from claimbrief.links import figure_labels, source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, day, described, listed, number, short_day

ROW, HEAD, FOOT, SIZE = 12.0, 18.0, 6.0, 7.5  # points
LEFT, ROOM = 100.0, 140.0  # points left of the bars and right of the longest, for words
FIRST_DIGITS = (1, 2, 5)  # where ranges end: 1, 2, 5, 10, 20, 50, ...

Row = tuple[str, str, int, str]  # place, range, claims, and the words beside the bar


def chart_figures_in_ranges(view: View, frame: pd.DataFrame) -> Figure:
    """Return the figures of `figures_claimed` by place and range."""
    labels = figure_labels(view)
    rows = _rows(frame, labels)
    places = list(dict.fromkeys(place for place, _, _, _ in rows))
    height = HEAD * len(places) + ROW * len(rows) + FOOT
    with house_style():
        canvas = blank_figure(WIDTH, height)
        _draw(axes_in_points(canvas, WIDTH, height), rows, labels)
        svg = svg_inside(canvas, "chart-figures-claimed")
    return Figure(
        block_id="chart-figures-claimed",
        caption=text("How many, according to how many claims"),
        alt=_alt(view, frame),
        description=described(
            [
                f"{capitalised(labels[place])}, {span}: {counted(count, 'claim')}, {words}"
                for place, span, count, words in rows
            ]
        ),
        svg=svg,
        width=WIDTH,
        height=height,
        marks=(),
        note=text(
            f"There are {number(len(frame))} figures, too many for a row each. A bar counts the "
            "claims whose figure, or the higher end of whose range, lies from the first number to "
            "below the second; “at least” and “at most” count with the number that they name. "
            "Figures are claims and not counts; those of different places are never added, and "
            "what is foretold or in preparation is not there yet."
        ),
        source=source_line(view),
        numbers={"figures": len(frame)},
    )


def _rows(frame: pd.DataFrame, labels: Mapping[str, str]) -> list[Row]:
    """Return a row for each range of each place that has figures; one for what is denied."""
    ends = frame["high"].fillna(frame["low"]).astype("int64")
    starts = ends.map({end: _start(end) for end in set(ends)}).where(frame["place"] != DENIED, -1)
    rows = []
    for place in labels:
        here = frame[frame["place"] == place]
        for start, claims in here.groupby(starts[here.index]):
            span = "any figure" if start < 0 else f"{start:,} to {_next(int(start)):,}"
            rows.append((place, span, len(claims), _told(claims)))
    return rows


def _start(end: int) -> int:
    """Return where the range that holds a figure starts: 1, 2 or 5 and noughts; 0 for none."""
    if end < 1:
        return 0
    scale = int("1" + "0" * (len(str(end)) - 1))
    return scale * max(digit for digit in FIRST_DIGITS if digit * scale <= end)


def _next(start: int) -> int:
    """Return where the range after the one that starts here starts."""
    digit = int(str(start)[0])
    return {0: 1, 1: 2, 2: 5, 5: 10}[digit] * (start // digit if digit else 1)


def _told(claims: pd.DataFrame) -> str:
    """Return how many speakers name such a figure, and on which days."""
    first, last = min(_days(claims)), max(_days(claims))
    days = short_day(first) if first == last else f"{short_day(first)}–{short_day(last)}"
    return f"{counted(claims['speaker'].nunique(), 'speaker')}, {days}"


def _days(claims: pd.DataFrame) -> list[Any]:
    return [when.latest for when in claims["when"]]


def _draw(axes: Axes, rows: list[Row], labels: Mapping[str, str]) -> None:
    most = max(count for _, _, count, _ in rows)
    y, above = 0.0, ""
    for place, span, count, words in rows:
        if place != above:
            y += HEAD
            label = capitalised(labels[place])
            axes.text(0, y - 5, label, size=8.5, weight="bold", color=house().ink)
            above = place
        middle = y + ROW / 2
        width = (WIDTH - LEFT - ROOM) * count / most
        axes.text(
            LEFT - 8, middle, span, size=SIZE, color=house().ink, ha="right", va="center_baseline"
        )
        axes.barh([middle], [width], left=LEFT, height=7, color=house().line, linewidth=0)
        axes.text(
            LEFT + width + 5, middle, f"{count:,}", size=SIZE, weight="bold", color=house().ink,
            va="center_baseline",
        )  # fmt: skip
        axes.text(
            LEFT + width + 30, middle, words, size=7, color=house().muted, va="center_baseline"
        )
        y += ROW


def _alt(view: View, frame: pd.DataFrame) -> str:
    told = []
    for place, label in figure_labels(view).items():
        found = frame[frame["place"] == place]
        if len(found):
            ends = pd.concat([found["low"], found["high"]]).dropna()
            spread = f"{int(ends.min()):,} to {int(ends.max()):,}"
            told.append(f"{label}, {counted(len(found), 'figure')}, {spread}")
    lead = f"Bars by range of figures as of {day(view.at.as_of)}: {counted(len(frame), 'figure')}."
    return f"{lead} {capitalised(listed(told, last='; '))}."
