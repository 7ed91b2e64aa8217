"""The deflation chart: from claim rows down to evidence made public, as falling bars."""

from __future__ import annotations

from claimbrief.analysis.lineage import deflation
from claimbrief.blocks import Figure, text
from claimbrief.charts.canvas import (
    COLOURS,
    FAINT,
    INK,
    WIDTH,
    blank_figure,
    house_style,
    svg_inside,
)
from claimbrief.links import source_line
from claimbrief.steps import STEPS
from claimbrief.view import View
from claimbrief.wording import day, listed

ROW = 17.0  # points


def chart_deflation(view: View) -> Figure:
    """Return the deflation chart: a bar a step; what is only possible is drawn hatched."""
    steps = list(deflation(view).itertuples(index=False, name=None))
    height = ROW * len(steps) + 6
    labels = [STEPS[step][0] for step, _, _ in steps]
    shown = [f"{low}" if not more else f"{low}–{low + more}" for _, low, more in steps]
    with house_style():
        figure = blank_figure(WIDTH, height)
        axes = figure.add_axes((0.46, 0.0, 0.48, 1.0))
        places = range(len(steps))
        certain, possible = [s[1] for s in steps], [s[2] for s in steps]
        axes.barh(places, certain, height=0.62, color=COLOURS[0])
        axes.barh(
            places,
            possible,
            left=certain,
            height=0.62,
            facecolor="none",
            edgecolor=COLOURS[0],
            hatch="////",
            linewidth=0.6,
        )
        for place, (label, count) in enumerate(zip(labels, shown, strict=True)):
            end = certain[place] + possible[place]
            axes.annotate(
                count,
                (end, place),
                (4, 0),
                textcoords="offset points",
                va="center",
                weight="bold",
                color=INK,
            )
            axes.annotate(
                label,
                (0, place),
                (-6, 0),
                textcoords="offset points",
                va="center",
                ha="right",
                color=INK,
            )
        axes.set_xlim(0, max([c + p for c, p in zip(certain, possible, strict=True)] + [1]))
        axes.set_ylim(len(steps) - 0.5, -0.5)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(False)
        axes.spines["left"].set_color(FAINT)
        svg = svg_inside(figure, "chart-deflation")
    pairs = [f"{label.lower()}: {count}" for label, count in zip(labels, shown, strict=True)]
    return Figure(
        block_id="chart-deflation",
        caption=text("From claims to voices, origins and evidence that could be seen"),
        alt=f"Bar chart of falling counts as of {day(view.at.as_of)}, from {pairs[0]} to {pairs[-1]}.",
        description=f"One bar a step. {listed(pairs).capitalize()}.",
        svg=svg,
        width=WIDTH,
        height=height,
        marks=(),
        note=text("Hatched: possible, not certain."),
        source=source_line(view),
        numbers={step: [low, low + more] for step, low, more in steps},
    )
