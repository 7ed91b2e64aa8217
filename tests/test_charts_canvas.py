"""What charts are drawn of: marks that link, words that fit, boxes, lines, lanes."""

from __future__ import annotations

import math

import pytest
from artists import boxes
from drawn import axes_of
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex

from claimbrief.blocks import Figure, Mark
from claimbrief.charts import canvas
from claimbrief.charts.canvas import (
    cut_to_width,
    flow,
    lanes,
    mark_of,
    text_width,
    wrapped,
)
from claimbrief.house import house


def test_a_mark_has_its_box_as_shares_of_the_figure_and_leads_to_its_claim() -> None:
    assert mark_of("c1", "Pell, 6 May", (10, 20, 30, 60), 100, 200) == Mark(
        0.05, 0.2, 0.1, 0.4, "#c1", "Pell, 6 May."
    )
    half = mark_of("c1", "Who?", (0, 0, 226.5, 5), 10, since="2019-05-06", is_on_card=True)
    assert half == Mark(0, 0, 0.5, 0.5, "#c1", "Who?", "2019-05-06", is_on_card=True)
    assert mark_of("c1", "It is so.", (0, 0, 1, 1), 1, 1).label == "It is so.", "ends once"
    assert mark_of("c1", "x", (0, 0, 1, 1), 3, 3).x == 0
    assert mark_of("c1", "x", (1, 1, 2, 2), 3, 3).x == 0.33333


def test_a_figure_is_as_large_as_asked_and_its_units_are_points_from_the_top_left() -> None:
    with canvas.drawing(200, 100) as (figure, axes):
        pass
    assert list(figure.get_size_inches() * 72) == [200, 100]
    corners = axes.transData.transform([(0, 0), (200, 100)])
    assert corners.tolist() == [[0, 100], [200, 0]], "the first counts from the bottom"
    assert not axes.axison


def test_words_are_ink_and_plain_in_the_middle_of_a_line_unless_stated() -> None:
    with canvas.drawing(200, 100) as (_, axes):
        canvas.write(axes, 10, 20, "plain", 7)
        canvas.write(axes, 10, 20, "bold", 8, "#ff0000", is_bold=True, va="top", ha="right")
        canvas.write_over(axes, 10, 20, "over", 7)
    plain, bold, over = axes.texts
    assert (plain.get_text(), plain.get_position(), plain.get_size()) == ("plain", (10, 20), 7)
    assert (plain.get_color(), plain.get_weight()) == (house().ink, "normal")
    assert (plain.get_va(), plain.get_ha()) == ("center_baseline", "left")
    assert (bold.get_color(), bold.get_weight(), bold.get_size()) == ("#ff0000", "bold", 8)
    assert (bold.get_va(), bold.get_ha()) == ("top", "right")
    assert over.get_zorder() > plain.get_zorder() == bold.get_zorder()


def test_a_box_lies_between_its_edges_in_its_colour_and_strength() -> None:
    with canvas.drawing(200, 100) as (figure, axes):
        canvas.box(axes, (10, 30), (20, 70), "#ff0000", zorder=2)
        canvas.box(axes, (10, 30), (20, 70), "#00ff00", zorder=3, opacity=0.4)
    block = Figure("x", (), "", "", "", 200, 100, (), drawn=figure)
    full, pale = boxes(block)
    edges = full.get_x(), full.get_y(), full.get_width(), full.get_height()
    assert edges == (10, 20, 20, 50)
    assert (full.get_facecolor(), pale.get_facecolor()) == ((1, 0, 0, 1), (0, 1, 0, 0.4))
    assert (full.get_zorder(), pale.get_zorder()) == (2, 3)
    assert full.get_linewidth() == pale.get_linewidth() == 0


def test_a_ground_lies_between_its_edges_below_all_else() -> None:
    with canvas.drawing(200, 100) as (figure, axes):
        canvas.draw_band(axes, (10, 30), (20, 70))
        canvas.draw_band(axes, (10, 30), (20, 70), -2)
    block = Figure("x", (), "", "", "", 200, 100, (), drawn=figure)
    first, second = (it for it in axes_of(block).collections if isinstance(it, PolyCollection))
    extents = first.get_paths()[0].get_extents()
    assert (extents.x0, extents.x1, extents.y0, extents.y1) == (10, 30, 20, 70)
    assert to_hex(first.get_facecolor()[0]) == house().ground
    assert (first.get_zorder(), second.get_zorder()) == (-1, -2)
    assert first.get_linewidth()[0] == 0


def test_lines_of_one_look_are_apart_from_each_other() -> None:
    with canvas.drawing(200, 100) as (_, axes):
        parts = [((10, 30), (20, 40)), ((50, 60), (70, 80))]
        canvas.lines(axes, parts, color="#ff0000", linewidth=2)
    (line,) = axes.lines
    points = list(zip(line.get_xdata(), line.get_ydata(), strict=True))
    gaps = [at for at, (x, y) in enumerate(points) if math.isnan(x) and math.isnan(y)]
    assert gaps == [2, 5]
    assert [*points[:2], *points[3:5]] == [(10, 20), (30, 40), (50, 70), (60, 80)]
    assert (line.get_color(), line.get_linewidth()) == ("#ff0000", 2)


def test_only_what_is_drawn_inside_a_part_is_named_as_it() -> None:
    with canvas.drawing(200, 100) as (_, axes):
        canvas.write(axes, 10, 20, "before", 7)
        with canvas.part(axes, mark=3):
            canvas.write(axes, 10, 20, "inside", 7)
        with canvas.part(axes, since="2019-05-06", side="pell"):
            canvas.write(axes, 10, 20, "of a day", 7)
        canvas.write(axes, 10, 20, "after", 7)
    assert {text.get_text(): text.get_gid() for text in axes.texts} == {
        "before": None, "inside": "part:mark=3", "of a day": "part:since=2019-05-06:side=pell",
        "after": None,
    }  # fmt: skip


# Words


def test_signs_that_the_house_s_face_lacks_are_as_wide_as_their_kind() -> None:
    assert text_width("橋", 10) == 10, "an em"
    assert text_width("橋橋", 10) == 20
    assert text_width("क", 10) == 6, "somewhat more than half"
    assert text_width("कं", 10) == 6, "a sign above another takes no room of its own"


def test_words_that_are_too_long_are_cut_and_end_with_an_ellipsis() -> None:
    words = "The authority of roads"
    whole = text_width(words, 10)
    assert cut_to_width(words, 10, whole) == words
    cut = cut_to_width(words, 10, whole - 0.1)
    assert cut == "The authority of roa…"
    assert cut_to_width("abcd efgh", 10, text_width("abcd…", 10)) == "abcd…", "no blank before it"
    assert cut_to_width(words, 10, 0) == "…"


def test_a_sign_is_cut_with_what_stands_above_it() -> None:
    assert cut_to_width("कं" * 9, 10, text_width("कंकं…", 10)) == "कंकं…"
    assert cut_to_width("कं" * 9, 10, text_width("कंकं…", 10) - 1) == "कं…"


def test_words_are_wrapped_into_lines_that_fit_and_none_is_broken() -> None:
    room = text_width("of the bridge", 10)
    assert wrapped("state of the bridge", 10, room) == ["state of the", "bridge"]
    assert wrapped("of the bridge", 10, room) == ["of the bridge"], "as wide as the room"
    assert wrapped("of the bridge", 10, 1) == ["of", "the", "bridge"]


# Places


@pytest.mark.parametrize(
    ("widths", "room", "apart", "places"),
    [
        ([30, 30, 30], 60, 0, [(0, 0), (30, 0), (0, 1)]),
        ([30, 30, 30], 69, 10, [(0, 0), (0, 1), (0, 2)]),
        ([30, 30, 30], 70, 10, [(0, 0), (40, 0), (0, 1)]),
        ([90, 20], 60, 0, [(0, 0), (0, 1)]),  # what is too wide has a line of its own
        ([], 60, 0, []),
    ],
)
def test_things_flow_from_the_left_into_lines_that_have_room(
    widths: list[float], room: float, apart: float, places: list[tuple[float, int]]
) -> None:
    assert flow(widths, room, apart) == places
    if not apart:
        assert flow(widths, room) == places


def test_extents_that_meet_have_lanes_of_their_own_and_take_the_first_that_is_free() -> None:
    assert lanes([(0, 10), (5, 15), (11, 20), (0, 3)]) == [1, 0, 1, 0]
    assert lanes([(0, 10), (10, 20)]) == [0, 0], "an end may touch the next start"
    assert lanes([(0, 10), (0, 10), (0, 10), (12, 20)]) == [0, 1, 2, 0]
    assert lanes([]) == []
