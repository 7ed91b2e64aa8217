"""The lineage chart: nodes by side and day, discs and squares, and lines from parent to child."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from artists import boxes, center, grid_counts, labels, marker_of, markers
from conftest import Changed
from drawn import axes_of
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch
from views import plain, real_view, tiny_view

from claimbrief import analysis, charts
from claimbrief.blocks import Figure
from claimbrief.charts.canvas import WIDTH, text_width
from claimbrief.charts.lineage_drawing import HEAD, LEFT, ROW
from claimbrief.context import Context, context_of
from claimbrief.house import house
from claimbrief.limits import Limits

MODULE = import_module("claimbrief.charts.lineage")  # `charts.lineage` is the function
COLUMNS = [
    "node", "is_item", "name", "side", "when", "claim_id", "day", "is_public", "is_unknown",
    "since", "depth",
]  # fmt: skip
CERTAIN = {"certainty": lambda nodes: nodes["is_item"].map({True: "", False: "certain"})}
A, B = ("2019-05-08", "2019-05-08"), ("2019-05-12", "2019-05-12")
NODES = pd.DataFrame(
    [
        ("said", False, "the authority", "velland", A[0], "a1", A[1], False, False, A[0], 1),
        ("photo", True, "photographs", "velland", A[0], "a1", A[1], True, False, A[0], 0),
        ("draft", True, "a draft", "velland", A[0], "", A[1], False, True, "", 0),
        ("radio", False, "the minister", "velland", B[0], "m1", B[1], False, False, B[0], 0),
        ("letter", False, "Jonas", "pell", B[0], "i1", B[1], False, True, B[0], 0),
        ("memo", True, "a memo", "pell", A[0], "i2", A[1], False, False, A[0], 0),
    ],
    columns=COLUMNS,
).assign(day=lambda nodes: pd.to_datetime(nodes["day"]), **CERTAIN)
LINKS = pd.DataFrame(
    [("said", "photo", False), ("radio", "said", True), ("letter", "said", False),
     ("said", "draft", False)],
    columns=["child", "parent", "is_circle"],
)  # fmt: skip
LABELS = {
    "said": "The authority", "photo": "Photographs", "radio": "The minister", "letter": "Jonas",
    "memo": "A memo",
}  # fmt: skip


@pytest.fixture(scope="module", name="context")
def _context() -> Context:
    return context_of(tiny_view())


@pytest.fixture(scope="module", name="chart")
def _chart(context: Context) -> Figure:
    return charts.lineage(NODES, LINKS, context)


def points(chart: Figure) -> dict[str, tuple[float, float]]:
    """Return where the marker of each node stands; the node without a claim is the draft."""
    found = {node: center(marker_of(chart, words)) for node, words in LABELS.items()}
    (other,) = [square for square in markers(chart, "s") if square.get_gid() == "part:since="]
    return found | {"draft": center(other)}


def lines(chart: Figure) -> list[FancyArrowPatch]:
    found = chart.drawn.axes[0].patches
    return [patch for patch in found if isinstance(patch, FancyArrowPatch)]


def distance(point: Any, other: Any) -> float:
    return float(np.hypot(*(np.asarray(point) - np.asarray(other))))


def test_a_node_stands_in_the_column_of_its_side(chart: Figure) -> None:
    texts = labels(chart)
    headings = {side: center(texts[side.capitalize()]) for side in ("velland", "pell")}
    assert headings["velland"][0] < headings["pell"][0]
    for node, (x, y) in points(chart).items():
        side = NODES.set_index("node").loc[node, "side"]
        nearest = min(headings, key=lambda key: abs(headings[key][0] - x))
        assert nearest == side and y > headings[side][1], node


def test_a_column_is_as_wide_as_its_fullest_day_needs_and_has_its_name_in_its_middle(
    chart: Figure,
) -> None:
    texts, where = labels(chart), points(chart)
    unit = (WIDTH - LEFT) / 5  # three nodes of Velland on 8 May, and two at least for any side
    middles = {side: center(texts[side])[0] for side in ("Velland", "Pell")}
    assert middles == pytest.approx({"Velland": LEFT + 1.5 * unit, "Pell": LEFT + 4 * unit})
    assert {texts[side].get_ha() for side in middles} == {"center"}
    first = {"photo": LEFT + unit, "draft": LEFT + 2 * unit, "said": LEFT + 1.5 * unit}
    assert {node: where[node][0] for node in first} == pytest.approx(first), "evenly, a row each"


def test_every_other_column_has_a_ground_from_its_name_to_the_foot(chart: Figure) -> None:
    (ground,) = [
        area for area in axes_of(chart).collections if isinstance(area, PolyCollection)
    ]  # of Velland, the first of two
    extents = ground.get_paths()[0].get_extents()
    assert (extents.x0, extents.x1) == pytest.approx((LEFT, LEFT + 3 * (WIDTH - LEFT) / 5))
    assert (
        center(labels(chart)["Velland"])[1] < extents.y0 < min(y for _, y in points(chart).values())
    )
    assert extents.y1 == pytest.approx(chart.height)
    assert to_hex(ground.get_facecolor()[0]) == house().ground


def test_each_day_has_a_faint_line_over_all_columns_at_its_first_row(chart: Figure) -> None:
    drawn = [line for line in axes_of(chart).lines if len(line.get_xdata()) == 2]
    for day in ("8 May", "12 May"):
        label = labels(chart)[day]
        (line,) = [line for line in drawn if line.get_ydata()[0] == center(label)[1]]
        assert (list(line.get_xdata()), line.get_ydata()[1]) == ([LEFT, WIDTH], center(label)[1])
        assert to_hex(line.get_color()) == house().faint and line.get_zorder() < 0
        assert (center(label)[0], label.get_ha()) == (0, "left")
        assert text_width(day, label.get_size()) < LEFT
    assert len(drawn) == 2


def test_days_with_their_years_have_more_room_at_the_left(context: Context) -> None:
    at = replace(context.at, window_start=date(2018, 12, 1))
    chart = charts.lineage(NODES, LINKS, replace(context, at=at))
    (line, *_) = [line for line in axes_of(chart).lines if len(line.get_xdata()) == 2]
    label = labels(chart)["12 May 2019"]
    assert text_width("12 May 2019", label.get_size()) < line.get_xdata()[0]
    edges = [line.get_xdata()[0] for line in axes_of(chart).lines if len(line.get_xdata()) == 2]
    unit = (WIDTH - edges[0]) / 5
    assert center(labels(chart)["Velland"])[0] == pytest.approx(edges[0] + 1.5 * unit)


def test_a_long_name_of_a_side_stands_above_its_column_in_three_lines_at_most(
    context: Context,
) -> None:
    name = "ministry of roads and bridges of the whole of greater Velland and of all its towns " * 2
    name = name.strip()
    names = {**context.names, "pell": name}
    nodes = NODES.assign(side=NODES["side"].where(NODES["side"] == "pell", "velland"))
    texts = axes_of(charts.lineage(nodes, LINKS, replace(context, names=names))).texts
    column = next(center(text)[0] for text in texts if text.get_text().startswith("Ministry of"))
    own = [text for text in texts if center(text)[0] == column and text.get_ha() == "center"]
    own.sort(key=lambda text: center(text)[1])
    assert " ".join(text.get_text() for text in own).lower() == name.lower()
    assert len(own) == 3 and center(own[-1])[1] == HEAD - 10, "the last just above the column"
    assert [center(after)[1] - center(before)[1] for before, after in pairwise(own)] == [8, 8]


def test_a_node_stands_on_the_row_of_its_day_below_those_of_its_day_that_it_rests_on(
    chart: Figure,
) -> None:
    texts, where = labels(chart), points(chart)
    days = {day: center(texts[day])[1] for day in ("8 May", "12 May")}
    assert days == {"8 May": HEAD + ROW / 2, "12 May": HEAD + ROW / 2 + 2 * ROW}
    heights = {node: y for node, (_, y) in where.items()}
    assert heights == {
        "photo": days["8 May"],
        "draft": days["8 May"],
        "memo": days["8 May"],
        "said": days["8 May"] + ROW,
        "radio": days["12 May"],
        "letter": days["12 May"],
    }
    assert len(set(where.values())) == len(NODES)


def test_the_rows_of_a_day_by_which_something_was_said_are_labelled_so(
    chart: Figure, context: Context
) -> None:
    whens = NODES["when"].where(NODES["node"] != "letter", "[2019-05-01..2019-05-12]")
    ranged = charts.lineage(NODES.assign(when=whens), LINKS, context)
    assert {"8 May", "by 12 May"} <= set(labels(ranged)) and "12 May" not in labels(ranged)
    assert "“By” a day" in plain(ranged.note) and "“By” a day" not in plain(chart.note)


def test_an_utterance_is_a_disc_and_an_item_a_square_filled_where_it_is_public(
    chart: Figure, context: Context
) -> None:
    expected = {
        "said": ("o", "velland", True),
        "photo": ("s", "velland", True),
        "radio": ("o", "velland", True),
        "letter": ("o", "pell", True),
        "memo": ("s", "pell", False),
    }
    for node, (shape, side, is_filled) in expected.items():
        marker = marker_of(chart, LABELS[node])
        color = context.colours[side]
        assert (marker.get_marker(), to_hex(marker.get_markeredgecolor())) == (shape, color), node
        fill = color if is_filled else house().paper
        assert to_hex(marker.get_markerfacecolor()) == fill, node
        assert marker.get_fillstyle() == "full"


def test_a_side_without_a_color_is_gray(context: Context) -> None:
    chart = charts.lineage(NODES, LINKS, replace(context, colours={}))
    assert {to_hex(disc.get_markeredgecolor()) for disc in markers(chart, "o")} == {house().muted}


def test_a_question_mark_stands_at_each_node_of_unknown_origin_alone(chart: Figure) -> None:
    signs = [text for text in chart.drawn.axes[0].texts if text.get_text() == "?"]
    where = points(chart)
    nearest = {min(where, key=lambda node: distance(where[node], center(sign))) for sign in signs}
    assert len(signs) == 2 and nearest == {"draft", "letter"}
    assert all(min(distance(at, center(sign)) for at in where.values()) < 6 for sign in signs)


def test_a_line_runs_from_what_is_rested_on_to_what_rests_on_it(chart: Figure) -> None:
    where = points(chart)
    assert len(lines(chart)) == len(LINKS)
    for line, link in zip(lines(chart), LINKS.itertuples(), strict=True):
        vertices = line.get_path().vertices
        parent, child = where[link.parent], where[link.child]
        assert distance(vertices[0], parent) < 5 and distance(vertices[-1], child) < 5, link
        assert parent[1] < child[1] and vertices[0][1] < vertices[-1][1]
        assert distance(vertices[0], vertices[-1]) > distance(parent, child) - 9, link
        assert to_hex(line.get_edgecolor()) == (house().ink if link.is_circle else house().muted)


def test_a_line_is_straight_between_nodes_above_each_other_and_else_bent(chart: Figure) -> None:
    where, straight = points(chart), []
    for line, link in zip(lines(chart), LINKS.itertuples(), strict=True):
        (x, y), (middle_x, middle_y), *_, (end_x, end_y) = line.get_path().vertices
        off = abs((end_x - x) * (middle_y - y) - (end_y - y) * (middle_x - x))
        if where[link.parent][0] == where[link.child][0]:
            straight.append(link.child)
            assert off < 1e-6, "the middle is on the way from end to end"
        else:
            assert off > 1
    assert straight == ["radio"]
    assert {line.get_zorder() for line in lines(chart)} == {1}, "over the grounds, below the nodes"
    assert all(marker.get_zorder() > 1 for marker in markers(chart, "o"))


def test_a_line_on_a_circle_is_thick(chart: Figure) -> None:
    widths = [line.get_linewidth() for line in lines(chart)]
    thick = max(widths)
    assert [width == thick for width in widths] == list(LINKS["is_circle"])
    assert thick > 1.5 * min(widths) and chart.numbers["on_circles"] == 1
    assert "A thick line: a side that rests on another side" in plain(chart.note)


def test_a_line_may_be_drawn_from_the_first_day_of_its_child(chart: Figure) -> None:
    days = [line.get_gid() for line in lines(chart)]
    assert days == [f"part:since={day}" for day in (A[0], B[0], B[0], A[0])]


def test_without_a_claim_a_line_is_drawn_on_the_day_of_the_brief(context: Context) -> None:
    chart = charts.lineage(NODES, pd.DataFrame([("draft", "photo", False)], columns=list(LINKS)),
                           context)  # fmt: skip
    assert [line.get_gid() for line in lines(chart)] == [f"part:since={context.at.as_of}"]


def test_a_speaker_is_named_where_a_link_crosses_from_side_to_side(chart: Figure) -> None:
    texts = [text.get_text() for text in chart.drawn.axes[0].texts]
    assert texts.count("The authority") == 1 and "The minister" not in texts
    where, name = points(chart)["said"], labels(chart)["The authority"]
    assert distance(where, center(name)) < 8
    assert texts.count("Jonas") == 1 and "A memo" not in texts
    assert name.get_ha() == "left" and center(name)[0] > where[0] and center(name)[1] == where[1]
    letter, jonas = points(chart)["letter"], labels(chart)["Jonas"]
    assert center(jonas)[1] > letter[1] + 4, "below the question mark"
    ground = name.get_bbox_patch()
    assert to_hex(ground.get_facecolor()) == house().paper, "so that lines do not cross it"
    assert ground.get_facecolor()[3] > 0.5 and ground.get_linewidth() == 0
    assert name.get_zorder() > max(line.get_zorder() for line in lines(chart))
    assert name.get_gid() == marker_of(chart, "The authority").get_gid()


def test_a_name_that_has_no_room_at_the_right_stands_left_of_its_node(context: Context) -> None:
    long = "Jonas, who was an inspector of bridges"
    chart = charts.lineage(NODES.replace("Jonas", long), LINKS, context)
    name, where = labels(chart)[long], center(marker_of(chart, long))
    assert name.get_ha() == "right" and 0 < where[0] - center(name)[0] < 8
    assert where[0] + text_width(long, name.get_size()) > WIDTH


def test_a_mark_lies_around_its_node_and_opens_its_claim(chart: Figure) -> None:
    for node, words in LABELS.items():
        (mark,) = [mark for mark in chart.marks if mark.label.startswith(words)]
        x, y = center(marker_of(chart, words))
        middle = (mark.x + mark.width / 2) * chart.width, (mark.y + mark.height / 2) * chart.height
        assert distance(middle, (x, y)) < 0.1
        row = NODES.set_index("node").loc[node]
        assert mark.href == f"#{row['claim_id']}" and mark.is_on_card is (not row["is_item"])
    assert len(chart.marks) == len(LABELS)
    labelled = {mark.label for mark in chart.marks}
    assert {"The minister, on 12 May 2019.", "Jonas, on 12 May 2019, origin not named."} < labelled


def test_the_texts_count_what_is_drawn_and_say_what_rests_on_what(chart: Figure) -> None:
    assert chart.alt == (
        "Graph by day and side as of 31 May 2019: six nodes, four links, two nodes with an origin "
        "that is not named."
    )
    assert chart.description == (
        "The authority, on 8 May 2019, rests on Photographs, on 8 May 2019. The minister, on 12 "
        "May 2019, rests on The authority, on 8 May 2019. Jonas, on 12 May 2019, origin not named, "
        "rests on The authority, on 8 May 2019. The authority, on 8 May 2019, rests on A draft, on "
        "8 May 2019, origin not named. Resting on nothing that is named: A memo, on 8 May 2019."
    )


def test_a_part_of_the_nodes_is_drawn_with_the_links_among_them(context: Context) -> None:
    chart = charts.lineage(NODES.query("side == 'pell'"), LINKS, context)
    assert len(markers(chart, "o")) == len(markers(chart, "s")) == 1 and lines(chart) == []
    counts = {"nodes": 2, "links": 0, "unknown": 1, "on_circles": 0}
    assert chart.numbers == {"statements": [1, 1], "unnamed": [1, 1]} | counts
    part = charts.lineage(NODES.query("side == 'velland'"), LINKS, context)
    assert len(lines(part)) == part.numbers["links"] == 3
    empty = charts.lineage(NODES.iloc[:0], LINKS, context)
    assert empty.description == "Nothing is asserted." and empty.drawn.axes[0].lines[:] == []
    assert empty.is_empty and not part.is_empty


def test_the_package_is_drawn_as_its_readme_says(context: Context) -> None:
    nodes, links = analysis.lineage(tiny_view())
    chart = charts.lineage(nodes, links, context)
    photo, report = marker_of(chart, "Photographs"), marker_of(chart, "Roads Authority")
    radio, letter = marker_of(chart, "Lindqvist"), marker_of(chart, "Pell")
    shapes = [marker.get_marker() for marker in (photo, report, radio, letter)]
    assert shapes == ["s", "o", "o", "o"]
    assert to_hex(photo.get_markerfacecolor()) == context.colours["velland"]
    heights = [center(marker)[1] for marker in (letter, photo, report, radio)]
    assert heights == sorted(heights) and center(letter)[0] > center(radio)[0]
    ends = [[line.get_path().vertices[end] for end in (0, -1)] for line in lines(chart)]
    for (start, end), (parent, child) in zip(ends, [(photo, report), (report, radio)], strict=True):
        assert distance(start, center(parent)) < 5 and distance(end, center(child)) < 5
    assert labels(chart)["?"] and chart.numbers["unknown"] == 1


def test_a_node_may_be_drawn_from_the_first_day_on_which_its_claim_may_be_in() -> None:
    nodes, _ = analysis.lineage(tiny_view())
    assert dict(zip(nodes["node"], nodes["since"], strict=True)) == {
        "authority_report": "2019-05-08",
        "pier_photographs": "2019-05-08",
        "minister_radio": "2019-05-12",
        "pell_letter": "2019-04-28",
    }


def test_paths_through_another_side_and_back_are_thick(changed: Changed) -> None:
    folder = changed("speakers", "authority_report", "actor_id", "pell")
    view = tiny_view(folder=folder)
    chart = charts.lineage(*analysis.lineage(view), context_of(view))
    assert chart.numbers["on_circles"] == 2
    assert {line.get_linewidth() for line in lines(chart)} == {1.3}


# Of many marks or sides: a grid of counts


def test_more_nodes_than_marks_have_room_are_counted_by_side(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    single = charts.lineage(NODES, LINKS, context)
    monkeypatch.setattr(MODULE, "LIMITS", Limits(marks=len(NODES)))
    assert lines(charts.lineage(NODES, LINKS, context))
    monkeypatch.setattr(MODULE, "LIMITS", Limits(marks=len(NODES) - 1))
    grid = charts.lineage(NODES, LINKS, context)
    assert grid_counts(grid) == {
        ("Velland", "Velland"): "3",
        ("Pell", "Velland"): "1",
        ("Velland", "Not named"): "1",
        ("Pell", "Not named"): "1",
    }
    assert grid.marks == () and grid.numbers == single.numbers
    assert grid.alt.startswith("Grid of counts by side as of 31 May 2019: six nodes, four links, ")
    assert plain(grid.subtitle) == "Where it comes from: which side rests on which, and how often"
    assert grid.block_id == single.block_id and "One link lies on a circle" in plain(grid.note)
    assert grid.description == (
        "Velland rests on: Velland (three) and Not named (one). Pell rests on: Velland (one) and "
        "Not named (one)."
    )


@pytest.mark.parametrize(
    ("links", "circles", "first", "last"),
    [
        (1, 0, "There is one link within and between two sides, too many",
         "rests on is not named."),
        (4, 1, "There are four links within and between two sides, too many",
         "One link lies on a circle: a side that rests on another which rests on it."),
        (4, 2, "There are four links within and between two sides, too many",
         "Two links lie on circles: a side that rests on another which rests on it."),
    ],
)  # fmt: skip
def test_the_note_of_a_grid_counts_the_links_and_those_on_circles(
    links: int, circles: int, first: str, last: str
) -> None:
    frame = pd.DataFrame({"is_circle": [at < circles for at in range(links)]})
    note = MODULE._grid_note(frame, 2)
    assert note.startswith(first) and note.endswith(f" {last}" if circles else last)
    assert note.count(" A cell counts how often a statement of the side of its row rests on ") == 1
    assert note.count("“Not named”: at least a part of what a statement, or a piece") == 1
    assert (
        "Counted are statements that something is so, or likely, and those from which they" in note
    )


def test_so_many_sides_that_no_heading_has_room_are_counted(context: Context) -> None:
    def of_sides(count: int) -> Figure:
        sides = [f"side{place}" for place in range(count)]
        nodes = pd.concat([NODES.iloc[[3]]] * count).assign(side=sides, node=sides)
        links = pd.DataFrame({"child": sides[1:], "parent": sides[:-1], "is_circle": False})
        named = {side: f"Nation {place}" for place, side in enumerate(sides)}
        return charts.lineage(nodes, links, replace(context, names=named))

    assert len(markers(of_sides(13), "o")) == 13
    assert markers(of_sides(14), "o") == []
    grid = of_sides(18)
    assert len(boxes(grid)) == 17
    cells = grid_counts(grid)
    assert cells["Nation 2", "Nation 1"] == "1" and ("Nation 1", "Nation 2") not in cells
    assert cells["Two further sides", "Two further sides"] == "1"


def test_october_is_a_grid_whose_counts_add_up_to_its_links_and_unknown_origins() -> None:
    view = real_view()
    nodes, links = analysis.lineage(view)
    chart = charts.lineage(nodes, links, context_of(view))
    cells = grid_counts(chart)
    unknown = sum(int(count) for (_, column), count in cells.items() if column == "Not named")
    assert unknown == nodes["is_unknown"].sum() == chart.numbers["unknown"] > 50
    assert sum(map(int, cells.values())) - unknown == len(links) == chart.numbers["links"]
    sides = nodes.set_index("node")["side"]
    own = (links["child"].map(sides) == "ukraine") & (links["parent"].map(sides) == "ukraine")
    assert cells["Ukraine", "Ukraine"] == str(own.sum())
    assert plain(chart.note).startswith(f"There are {len(links)} links within and between ")
