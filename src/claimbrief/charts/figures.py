"""Figures claimed: a row a figure, apart by where the people are, with its number beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from claimbrief.analysis.figures import DENIED, figures_claimed
from claimbrief.blocks import Figure, Mark, text
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure, mark_of, part
from claimbrief.charts.figures_counts import chart_figures_in_ranges
from claimbrief.charts.house import house, house_style
from claimbrief.charts.layout import cut_to_width
from claimbrief.charts.sides import colours_of_sides
from claimbrief.charts.svg import svg_inside
from claimbrief.charts.timeline_drawing import FILLS, draw_shape
from claimbrief.dataset import each_row
from claimbrief.links import figure_labels, source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, described, figure, short_dated

ROW, HEAD, LEFT, DAYS, SIZE = 10.5, 18.0, 168.0, 52.0, 7.5  # points
SCALE = WIDTH - LEFT - 130  # points that the largest figure takes

MOST_FIGURES = 50  # so many rows and their headings take a printed page; October has 33


def chart_figures_claimed(view: View) -> Figure:
    """Return the figures claimed in view; a figure that is denied has a number and no mark.

    More figures than `MOST_FIGURES` are counted by range (`claimbrief.charts.figures_counts`).
    """
    frame = figures_claimed(view)
    if len(frame) > MOST_FIGURES:
        return chart_figures_in_ranges(view, frame)
    labels = figure_labels(view)
    rows, height = _rows(frame, labels)
    kept = [end for one in each_row(frame[frame["place"] != DENIED]) for end in _ends(one) if end]
    most = max(kept, default=1)
    with house_style():
        canvas = blank_figure(WIDTH, height)
        axes = axes_in_points(canvas, WIDTH, height)
        colours = colours_of_sides(view)
        drawn = [one.claim_id for one, _ in rows if not isinstance(one, str)]
        for what, y in rows:
            if isinstance(what, str):
                axes.text(0, y, capitalised(what), size=8.5, weight="bold", color=house().ink)
                axes.plot(
                    [LEFT, LEFT], [y + 4, _end(rows, y)], color=house().faint, lw=0.8, zorder=0
                )
            else:
                with part(axes, mark=drawn.index(what.claim_id)):
                    _draw_row(axes, what, y, most, colours[what.side])
        marks = tuple(_mark(one, y, height, labels) for one, y in rows if not isinstance(one, str))
        svg = svg_inside(canvas, "chart-figures-claimed", marks)
    return Figure(
        block_id="chart-figures-claimed",
        caption=text("How many, according to whom, when"),
        alt=_alt(view, frame),
        description=_description(frame, labels),
        svg=svg,
        width=WIDTH,
        height=height,
        marks=marks,
        note=text(
            "Figures are claims and not counts: “about” and “nearly” stand on the cards; a part of "
            "a force stands beside the whole. Those of different places are never added; what is "
            "foretold or in preparation is not there yet. An arrow: at least, or at most. Paler: "
            "less than certain."
        ),
        source=source_line(view),
        numbers={"figures": len(frame)},
    )


def _rows(frame: pd.DataFrame, labels: Mapping[str, str]) -> tuple[list[tuple[Any, float]], float]:
    """Return each heading and figure with its place in points from the top, and the height."""
    rows: list[tuple[Any, float]] = []
    y = 0.0
    for place, label in labels.items():
        found = frame[frame["place"] == place]
        if len(found):
            y += HEAD
            rows.append((label, y - 5))
            for claim in each_row(found):
                rows.append((claim, y + ROW / 2))
                y += ROW
    return rows, y + 6


def _end(rows: list[tuple[Any, float]], head: float) -> float:
    """Return the bottom of the block of rows below a heading."""
    below = [y for _, y in rows if y > head]
    heads = [y for what, y in rows if isinstance(what, str) and y > head]
    last = max(y for y in below if not heads or y < heads[0])
    return last + ROW / 2


def _draw_row(axes: Axes, claim: Any, y: float, most: int, colour: str) -> None:
    axes.text(0, y, short_dated(claim.when), va="center_baseline", size=SIZE, color=house().muted)
    axes.text(DAYS, y, _who(claim), va="center_baseline", size=SIZE, color=house().ink)
    words = _words(claim)
    if claim.place == DENIED:
        axes.text(
            LEFT + 6, y, f"{words}: not so", va="center_baseline", size=SIZE, color=house().ink
        )
        return
    low, high = _ends(claim)
    x = LEFT + SCALE * (high or low or 0) / most
    axes.plot([LEFT, x], [y, y], color=colour, lw=1, alpha=0.35)
    shape = {(True, False): "<", (False, True): ">"}.get((low is None, high is None), "o")
    draw_shape(axes, x, y, shape, 5.5, colour, FILLS.get(claim.commitment[:2], 0.0))
    axes.text(x + 7, y, words, va="center_baseline", size=SIZE, color=house().ink)


def _words(claim: Any) -> str:
    """Return a figure with its hedge and the word for the people: "possibly 3,000 (troops)"."""
    hedge = {"PR": "likely ", "PS": "possibly "}.get(str(claim.commitment)[:2], "")
    return f"{hedge}{figure(*_ends(claim))} ({claim.people})"


def _who(claim: Any) -> str:
    """Return the speaker as a row begins, cut where the name is longer than its column."""
    return cut_to_width(capitalised(str(claim.speaker)), SIZE, LEFT - DAYS - 6)


def _ends(claim: Any) -> tuple[int | None, int | None]:
    low, high = (None if pd.isna(end) else int(end) for end in (claim.low, claim.high))
    return low, high


def _mark(claim: Any, y: float, height: float, labels: Mapping[str, str]) -> Mark:
    box = Bbox([[0, height - y - ROW / 2], [WIDTH, height - y + ROW / 2]])
    return mark_of([claim.claim_id], _told(claim, labels), box, height)


def _told(claim: Any, labels: Mapping[str, str]) -> str:
    who = f"{capitalised(str(claim.speaker))}, {dated(claim.when)}"
    return f"{who}: {_words(claim)}, {labels[claim.place]}"


def _alt(view: View, frame: pd.DataFrame) -> str:
    lead = f"Rows of marks as of {day(view.at.as_of)}: {counted(len(frame), 'figure')}."
    told = []
    for place, label in figure_labels(view).items():
        found = frame[frame["place"] == place]
        if len(found):
            ends = [end for claim in each_row(found) for end in _ends(claim) if end is not None]
            spread = figure(min(ends), max(ends))
            told.append(f"{label}, {counted(len(found), 'figure')}, {spread}")
    return lead + (f" {capitalised('; '.join(told))}." if told else "")


def _description(frame: pd.DataFrame, labels: Mapping[str, str]) -> str:
    if frame.empty:
        return "No figure is claimed."
    return described([_told(claim, labels) for claim in each_row(frame)], "; ")
