"""The grid of counts: each count in the cell of its row and column, the darker the more."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from artists import boxes, center, grid_counts, labels
from drawn import axes_of
from fontTools.ttLib import TTFont
from matplotlib.collections import FillBetweenPolyCollection
from views import plain, tiny_view

from claimbrief.blocks import Figure
from claimbrief.charts.canvas import WIDTH, text_width
from claimbrief.charts.count_grid import columns_that_fit, count_grid, short_count
from claimbrief.context import Context, context_of
from claimbrief.faces import SANS, cut, source_face
from claimbrief.texts import text

ROWS = {"pier": "The pier", "deck": "The deck", "arch": "The arch"}
COLUMNS = {"may": "May", "june": "June"}
CELLS = pd.DataFrame(
    [("pier", "may", 4), ("pier", "june", 25), ("arch", "june", 12_400), ("deck", "may", 4)],
    columns=["row", "column", "count"],
)


@pytest.fixture(scope="module", name="context")
def _context() -> Context:
    return context_of(tiny_view())


def grid(context: Context, cells: pd.DataFrame = CELLS, **changes: Any) -> Figure:
    given: dict[str, Any] = {"rows": ROWS, "columns": COLUMNS, "note": "A note."}
    look = count_grid("chart-x", cells, **(given | changes))
    return Figure(caption=text("A caption"), alt="A grid.", **look, source=context.source)


def grounds_of(block: Figure) -> list[FillBetweenPolyCollection]:
    (axes,) = block.drawn.axes
    return [it for it in axes.collections if isinstance(it, FillBetweenPolyCollection)]


def test_each_count_stands_in_the_cell_of_its_row_and_column(context: Context) -> None:
    assert grid_counts(grid(context)) == {
        ("The pier", "May"): "4",
        ("The pier", "June"): "25",
        ("The arch", "June"): "12k",
        ("The deck", "May"): "4",
    }


def test_rows_and_columns_stand_in_the_order_of_their_keys(context: Context) -> None:
    texts = labels(grid(context, CELLS.iloc[:0]))
    heights = [center(texts[label])[1] for label in ROWS.values()]
    assert heights == sorted(heights) and len(set(heights)) == 3
    assert center(texts["May"])[0] < center(texts["June"])[0]


def test_a_cell_is_the_darker_the_more_it_counts(context: Context) -> None:
    four, many, limit, again = (box.get_alpha() for box in boxes(grid(context)))
    assert 0 < four == again < many < limit < 1
    assert (four, limit) == (0.07, 0.4), "from nearly nothing to what a count can be read on"
    (lone,) = boxes(grid(context, CELLS.iloc[:1]))
    assert lone.get_alpha() == limit, "the largest count of the grid is the darkest"


def test_cells_fill_the_grid_and_do_not_overlap(context: Context) -> None:
    cells = pd.DataFrame(
        [(row, column, 1) for row in ROWS for column in COLUMNS], columns=list(CELLS)
    )
    drawn = boxes(grid(context, cells))
    spans = [(box.get_y(), box.get_x(), box.get_x() + box.get_width()) for box in drawn]
    for (top, _, right), (next_top, left, _) in pairwise(spans):
        assert next_top > top or 0 < left - right < 1
    assert WIDTH - 1 < max(right for *_, right in spans) <= WIDTH


def test_every_other_row_from_the_first_has_a_ground(context: Context) -> None:
    block = grid(context, CELLS.iloc[:0])
    grounds = [area.get_datalim(area.axes.transData) for area in grounds_of(block)]
    heights = {row: center(labels(block)[row])[1] for row in ROWS.values()}
    on = {row for row, y in heights.items() if any(area.y0 < y < area.y1 for area in grounds)}
    assert on == {"The pier", "The arch"} and len(grounds) == 2


def test_a_heading_stands_between_its_row_and_the_row_above(context: Context) -> None:
    texts = labels(grid(context, headings={"arch": "Of stone"}))
    above, heading, below = (center(texts[key])[1] for key in ("The deck", "Of stone", "The arch"))
    assert above + 7 < heading < below - 7
    assert texts["Of stone"].get_weight() == "bold" and center(texts["Of stone"])[0] == 0
    plain_grid = grid(context)
    assert grid(context, headings={"arch": "Of stone"}).height - plain_grid.height == 16
    assert grid(context, headings={"pier": "Of stone"}).height - plain_grid.height == 16


def test_rows_are_named_left_of_their_cells_and_columns_above_them(context: Context) -> None:
    chart = grid(context, corner="in")
    texts, cells = labels(chart), boxes(chart)
    left = min(box.get_x() for box in cells)
    for label in ROWS.values():
        assert texts[label].get_ha() == "right"
        assert 5 < left - center(texts[label])[0] < 15, "near, and clear of the cells"
    top = min(box.get_y() for box in cells)
    assert {center(texts[label])[1] for label in ("May", "June", "in")} == {top - 0.3 - 5}
    corner = texts["in"]
    assert corner.get_ha() == "right" and center(corner)[0] == center(texts["The pier"])[0]
    assert min(center(text)[0] - text_width(text.get_text(), text.get_size())
               for text in (texts[label] for label in ROWS.values())) >= 0  # fmt: skip


def test_a_long_label_of_a_row_or_of_a_turned_column_is_cut(context: Context) -> None:
    long = "the joint authority of roads and bridges of Velland and Nyra"
    chart = grid(context, rows={**ROWS, "pier": long}, columns={"may": long, "june": "June"})
    cut = [text for text in axes_of(chart).texts if text.get_text().startswith("the joint")]
    assert len(cut) == 2 and all(text.get_text().endswith("…") for text in cut)
    assert all(130 < text_width(text.get_text(), 7.5) <= 140 for text in cut)
    assert min(box.get_x() for box in boxes(chart)) < 155


def test_labels_wider_than_their_columns_are_all_turned_upright(context: Context) -> None:
    many = {f"day {place}": f"{place} September" for place in range(30)}
    chart = grid(context, CELLS.iloc[:0], columns=many)
    turned = [text for text in labels(chart).values() if "September" in text.get_text()]
    assert [text.get_rotation() for text in turned] == [90] * 30
    tallest = max(text_width(label, 7.5) for label in many.values())
    assert center(turned[0])[1] >= tallest
    assert {text.get_va() for text in turned} == {"bottom"}, "they end at the cells"
    xs = [center(text)[0] for text in turned]
    assert xs == sorted(xs) and len(set(xs)) == 30
    assert labels(grid(context))["May"].get_rotation() == 0


def test_two_columns_may_have_the_same_label(context: Context) -> None:
    chart = grid(context, columns={"may": "", "june": "", "july": ""})
    assert len(boxes(chart)) == 4 and chart.description.startswith("The pier:  (four) and  (25).")


def test_as_many_columns_fit_as_have_room_for_the_widest_count(context: Context) -> None:
    counts = [7, 4000]
    fit = columns_that_fit(ROWS, counts)
    columns = {f"{place}": "" for place in range(fit)}
    cells = pd.DataFrame([("pier", "0", 4000)], columns=list(CELLS))
    (box,) = boxes(grid(context, cells, columns=columns))
    assert 0 < box.get_width() - text_width("4,000", 6) < 4
    assert fit < columns_that_fit(ROWS, [7]) <= columns_that_fit(ROWS, [])


def test_counts_from_ten_thousand_are_in_thousands() -> None:
    counts = [812, 9120, 10_000, 12_400, 25_520]
    assert [short_count(count) for count in counts] == ["812", "9,120", "10k", "12k", "26k"]


def test_a_grid_without_cells_has_its_labels_alone(context: Context) -> None:
    chart = grid(context, CELLS.iloc[:0])
    assert boxes(chart) == [] and {*ROWS.values(), *COLUMNS.values()} <= set(labels(chart))
    assert chart.description == "The pier: none. The deck: none. The arch: none."
    nothing = grid(context, CELLS.iloc[:0], rows={}, columns={})
    assert boxes(nothing) == [] and "".join(labels(nothing)) == ""


def test_a_cell_of_no_known_row_or_column_is_refused(context: Context) -> None:
    for column in ("row", "column"):
        with pytest.raises(KeyError, match="elsewhere"):
            grid(context, CELLS.assign(**{column: "elsewhere"}))


def test_a_grid_says_its_counts_in_words_and_has_no_mark_to_open(context: Context) -> None:
    chart = grid(context, corner="in")
    assert chart.description == (
        "The pier in: May (four) and June (25). The deck in: May (four). The arch in: June "
        "(12,400)."
    )
    assert center(labels(chart)["in"])[1] == center(labels(chart)["May"])[1]
    assert chart.marks == () and "<a " not in chart.svg
    assert plain(chart.note) == "A note. The darker a cell, the more (k: thousands)."
    assert chart.source == context.source


@pytest.mark.parametrize(("is_bold", "weight"), [(False, 400), (True, 700)])
def test_the_width_of_a_label_is_that_of_its_letters_in_the_page_s_font(
    is_bold: bool, weight: int
) -> None:
    face = source_face(SANS, weight)
    words = "8120 Ös"
    with TTFont(io.BytesIO(cut(face, set(map(ord, words))))) as font:
        letters = font.getBestCmap()
        advances = [font["hmtx"][letters[ord(letter)]][0] for letter in words]
    assert text_width(words, 7.5, is_bold=is_bold) == pytest.approx(sum(advances) * 0.0075)
    assert text_width("", 7.5) == 0
