"""The deflation chart: a bar a step, as long as its count, hatched where it is only possible."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from artists import boxes, center, labels
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from views import article_view, plain, tiny_view

from claimbrief import analysis, charts
from claimbrief.blocks import Figure
from claimbrief.charts.canvas import WIDTH
from claimbrief.context import Context, context_of
from claimbrief.house import house
from claimbrief.steps import STEPS
from claimbrief.view import View

FRAME = pd.DataFrame(
    [("claim_rows", 40, 0), ("speakers", 10, 5), ("items_made_public", 0, 2)],
    columns=["step", "certain", "possible"],
)
LABELS = [STEPS[step][0] for step in FRAME["step"]]


@pytest.fixture(scope="module", name="context")
def _context() -> Context:
    return context_of(tiny_view())


def bars(figure: Figure, color: str) -> dict[str, Rectangle]:
    """Return the bars of a color, by the label that stands above each."""
    found = {}
    for box in boxes(figure):
        if to_hex(box.get_facecolor()) == color:
            above = [
                (box.get_y() - center(text)[1], words)
                for words, text in labels(figure).items()
                if center(text)[1] < box.get_y() and words in LABELS
            ]
            found[min(above)[1]] = box
    return found


def test_a_bar_is_as_long_as_what_is_certain_of_its_step(context: Context) -> None:
    solid = bars(charts.deflation(FRAME, context), house().line)
    lengths = [solid[label].get_width() for label in LABELS]
    assert lengths == pytest.approx([WIDTH, WIDTH / 4, 0])
    assert [solid[label].get_x() for label in LABELS] == [0, 0, 0]
    assert not any(solid[label].get_hatch() for label in LABELS)


def test_what_is_only_possible_is_hatched_and_continues_the_bar(context: Context) -> None:
    hatched = bars(charts.deflation(FRAME, context), house().paper)
    assert list(hatched) == LABELS[1:]
    spans = [(bar.get_x(), bar.get_width()) for bar in hatched.values()]
    assert spans == [
        pytest.approx((WIDTH / 4, WIDTH / 8)),
        pytest.approx((0, WIDTH / 20)),
    ]
    assert all("/" in bar.get_hatch() for bar in hatched.values())


def test_each_step_has_its_count_beside_its_label(context: Context) -> None:
    texts = labels(charts.deflation(FRAME, context))
    for label, count in zip(LABELS, ["40", "10–15", "0–2"], strict=True):
        assert center(texts[count])[1] == center(texts[label])[1]
        assert center(texts[count])[0] == 0 < center(texts[label])[0]


def test_the_longest_bar_with_what_is_possible_fills_the_width(context: Context) -> None:
    chart = charts.deflation(FRAME.assign(certain=[40, 40, 0]), context)
    assert bars(chart, house().line)[LABELS[0]].get_width() == pytest.approx(WIDTH * 40 / 45)


def test_a_part_of_the_steps_and_none_are_drawn(context: Context) -> None:
    chart = charts.deflation(FRAME.query("step == 'speakers'"), context)
    assert list(bars(chart, house().line)) == [LABELS[1]]
    assert chart.numbers == {"speakers": [10, 15]}
    empty = charts.deflation(FRAME.iloc[:0], context)
    assert boxes(empty) == [] and empty.description == "No step."


@pytest.mark.parametrize("make", [tiny_view, article_view])
def test_the_words_the_numbers_and_the_bars_are_those_of_the_frame(
    make: Callable[[], View],
) -> None:
    view = make()
    frame = analysis.deflation(analysis.findings(view))
    chart = charts.deflation(frame, context_of(view))
    assert chart.numbers == {
        step: [low, low + more] for step, low, more in frame.itertuples(index=False)
    }
    solid = [box for box in boxes(chart) if to_hex(box.get_facecolor()) == house().line]
    unit = WIDTH / (frame["certain"] + frame["possible"]).max()
    assert [bar.get_width() for bar in solid] == pytest.approx(list(frame["certain"] * unit))
    for label, _ in STEPS.values():
        assert label.lower() in chart.description.lower()
    assert plain(chart.note) == "Hatched: possible, not certain."
