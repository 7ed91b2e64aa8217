"""The deflation chart: from claim rows down to evidence made public, as falling bars."""

from __future__ import annotations

from typing import Any

from claimbrief.analysis.lineage import deflation
from claimbrief.blocks import Figure, text
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure
from claimbrief.charts.house import house, house_style
from claimbrief.charts.layout import text_width
from claimbrief.charts.svg import svg_inside
from claimbrief.links import source_line
from claimbrief.steps import STEPS
from claimbrief.view import View
from claimbrief.wording import capitalised, day, listed

ROW = 25.0  # points: a line of text and its bar


def chart_deflation(view: View) -> Figure:
    """Return the deflation chart: a bar a step; what is only possible is drawn hatched.

    Count and label stand above the left end of each bar, so that a narrow screen, which shows
    the left part first, shows all that matters.
    """
    steps = list(deflation(view).itertuples(index=False, name=None))
    height = ROW * len(steps) + 4
    labels = [STEPS[step][0] for step, _, _ in steps]
    shown = [f"{low:,}" if not more else f"{low:,}–{low + more:,}" for _, low, more in steps]
    svg = _drawn(steps, labels, shown, height)
    pairs = [f"{label.lower()}: {count}" for label, count in zip(labels, shown, strict=True)]
    return Figure(
        block_id="chart-deflation",
        caption=text("From claims to voices, origins and evidence that could be seen"),
        alt=f"Falling bars as of {day(view.at.as_of)}, from {pairs[0]} to {pairs[-1]}.",
        description=f"One bar a step. {capitalised(listed(pairs))}.",
        svg=svg,
        width=WIDTH,
        height=height,
        marks=(),
        note=text("Hatched: possible, not certain."),
        source=source_line(view),
        numbers={step: [low, low + more] for step, low, more in steps},
    )


def _drawn(
    steps: list[tuple[str, int, int]], labels: list[str], shown: list[str], height: float
) -> str:
    """Return the chart's SVG: for each step its count, its label and its bar."""
    unit = WIDTH / max([low + more for _, low, more in steps] + [1])
    widest = max(text_width(count, 10) * 1.08 for count in shown)  # they are bold
    left = max(28, widest + 6)
    with house_style():
        figure = blank_figure(WIDTH, height)
        axes = axes_in_points(figure, WIDTH, height)
        for place, (_, low, more) in enumerate(steps):
            top = place * ROW
            axes.text(0, top + 10, shown[place], size=10, weight="bold", color=house().ink)
            axes.text(left, top + 10, labels[place], size=8.5, color=house().ink)
            bar: Any = {"height": 6, "linewidth": 0}
            axes.barh([top + 17], [WIDTH], color=house().ground, **bar)
            axes.barh([top + 17], [low * unit], color=house().line, **bar)
            if more:
                bar |= {"hatch": "/////", "linewidth": 0.6, "left": [low * unit]}
                axes.barh([top + 17], [more * unit], fc=house().paper, ec=house().line, **bar)
        return svg_inside(figure, "chart-deflation")
