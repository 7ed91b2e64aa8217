"""A drawn figure as SVG: each shape, line and text as it was drawn, and each part findable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from matplotlib.figure import Figure

from claimbrief.blocks import Mark
from claimbrief.charts.canvas import drawing, mark_of, part, write
from claimbrief.charts.svg import _joined, drawn, svg_inside
from claimbrief.house import house

RED, GREEN, GRAY = "#ff0000", "#00ff00", "#aabbcc"
MARKS = (
    mark_of("c1", "Who said it", (115, 15, 145, 25), 100, 200, is_on_card=True),
    mark_of("c2", "Who asked?", (125, 35, 145, 45), 100, 200, since="2019-05-09"),
)


@contextmanager
def _drawn() -> Iterator[Figure]:
    with drawing(200, 100) as (figure, axes):
        axes.plot([10, 30.26], [20, 40], color=RED, lw=1.5)
        axes.plot([10, 30], [50, 50], color=GREEN, lw=0.7, linestyle=(0, (2, 2)))
        axes.fill_between([10, 30], 60, 70, facecolor="none", edgecolor=GRAY, hatch="//", lw=0)
        for x in (50, 60):
            axes.plot([x], [20], marker="o", ms=5, mew=0, color=RED, linestyle="none")
        axes.plot([70], [20], marker="s", ms=5, mew=1, mec=GREEN, mfc=RED, linestyle="none")
        axes.text(100, 10, "Black", size=7, color="#000000")
        write(axes, 100, 20, "Bold", 8, is_bold=True, ha="right")
        write(axes, 100, 60, "Turned", 8, rotation=90, style="italic", ha="center")
        with part(axes, mark=0):
            axes.plot([120], [20], marker="o", ms=5, mew=0, color=GREEN, linestyle="none")
            write(axes, 130, 20, "First", 7)
        with part(axes, mark=1):
            write(axes, 130, 40, "Second", 7, style="italic")
            write(axes, 150, 40, "large", 9)
        with part(axes, since="2019-05-08", side="x"):
            axes.plot([120, 140], [60, 60], color=GRAY, lw=2)
            axes.plot([120, 140], [70, 70], color=GRAY, lw=2)
        with part(axes, since="2019-05-12"):
            axes.plot([120, 140], [80, 80], color=RED, lw=1)
        yield figure


@pytest.fixture(name="root", scope="module")
def _root() -> Element:
    with _drawn() as figure:
        svg = svg_inside(figure, "chart-of-things", MARKS)
    return ElementTree.fromstring(f"<svg>{svg}</svg>")


def look(root: Element, element: Element, name: str) -> str | None:
    """Return an attribute of an element, or that of the nearest group around it."""
    parents = {child: parent for parent in root.iter() for child in parent}
    at: Element | None = element
    while at is not None and name not in at.attrib:
        at = parents.get(at)
    return None if at is None else at.get(name)


def by_path(root: Element) -> dict[str, Element]:
    return {path.attrib["d"]: path for path in root.iter("path")}


def said(root: Element) -> dict[str, Element]:
    return {text.text or "": text for text in root.iter("text")}


def test_a_line_leads_through_its_points_to_a_tenth_of_a_point(root: Element) -> None:
    found = by_path(root)
    assert {"M10 20L30.3 40", "M10 50L30 50", "M120 60L140 60", "M120 70L140 70"} <= set(found)
    solid, broken = found["M10 20L30.3 40"], found["M10 50L30 50"]
    assert (solid.get("stroke"), solid.get("stroke-width")) == (RED, "1.5")
    assert (broken.get("stroke"), broken.get("stroke-width")) == (GREEN, "0.7")
    assert broken.get("stroke-dasharray") == "1.4,1.4" and "stroke-dasharray" not in solid.attrib
    assert look(root, found["M120 80L140 80"], "stroke-width") is None, "as wide as a line is"


def test_a_marker_stands_where_it_was_drawn_and_alike_ones_have_one_shape(root: Element) -> None:
    uses = [(it.get("x"), it.get("y"), it.get("fill")) for it in root.iter("use")]
    assert uses == [
        ("50", "20", RED), ("60", "20", RED), ("70", "20", RED), ("120", "20", GREEN),
    ]  # fmt: skip
    first, second, square, last = (it.attrib["href"] for it in root.iter("use"))
    assert first == second == last != square
    shapes = {f"#{it.attrib['id']}": it for it in root.iter("path") if "id" in it.attrib}
    assert set(shapes) == {first, square} and first.startswith("#chofth-")
    assert shapes[square].attrib["d"] == "M-2.5 2.5L2.5 2.5L2.5-2.5L-2.5-2.5z"
    assert shapes[square].get("stroke") == GREEN


def test_a_shape_keeps_the_hundredths_that_make_it_round(root: Element) -> None:
    circle = next(path for path in by_path(root) if path.startswith("M0 2.5C"))
    assert "1.77 1.77" in circle and "C.66 2.5" in circle


def test_a_path_has_no_space_and_no_nought_that_it_can_do_without() -> None:
    path = " M 0 -0.5\n L 10.05  0.25 C 100.5 -10 0 0 -0.05 0.75 z "
    assert _joined(path) == "M0-.5L10.05 .25C100.5-10 0 0-.05 .75z"


def test_a_hatch_leads_to_the_pattern_that_it_is_filled_with(root: Element) -> None:
    (pattern,) = root.iter("pattern")
    (filled,) = (path for path in root.iter("path") if path.get("fill", "").startswith("url"))
    assert filled.get("fill") == f"url(#{pattern.get('id')})"
    assert pattern.attrib["id"].startswith("chofth-")
    (lines,) = pattern.iter("path")
    assert lines.get("stroke") == GRAY
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids)) == 3


def test_a_text_stays_a_text_with_its_size_weight_slant_and_colour(root: Element) -> None:
    looks = {
        words: tuple(
            look(root, text, name)
            for name in ("font-size", "font-weight", "font-style", "text-anchor", "fill")
        )
        for words, text in said(root).items()
    }
    ink = house().ink
    assert looks == {
        "Black": ("7", None, None, None, "#000000"),
        "Bold": ("8", "700", None, "end", ink),
        "Turned": ("8", None, "italic", None, ink),
        "First": ("7", None, None, None, ink),
        "Second": ("7", None, "italic", None, ink),
        "large": ("9", None, None, None, ink),
    }
    _, linked = root
    assert linked.get("font-size") == "7", "that of most names, once for all"
    assert "font-size" not in said(root)["First"].attrib
    families = {look(root, text, "font-family") for text in root.iter("text")}
    assert families == {f"'{house().family}'"}


def test_a_text_stands_where_it_was_drawn_and_is_turned_only_where_it_was(root: Element) -> None:
    assert (said(root)["Black"].get("x"), said(root)["Black"].get("y")) == ("100", "10")
    assert said(root)["Bold"].get("x") == "100", "its right end"
    turned = [words for words, text in said(root).items() if "rotate" in text.get("transform", "")]
    assert turned == ["Turned"]
    assert said(root)["Turned"].attrib["transform"].endswith(" rotate(-90)")
    assert [it for it in root.iter() if "transform" in it.attrib] == [said(root)["Turned"]]


def test_what_belongs_to_a_day_is_a_group_that_says_which_day(root: Element) -> None:
    groups = [group for group in root.iter("g") if "data-since" in group.attrib]
    assert [(it.get("data-since"), it.get("data-side")) for it in groups] == [
        ("2019-05-08", "x"), ("2019-05-12", None),
    ]  # fmt: skip
    first, second = groups
    assert [it.get("d") for it in first] == ["M120 60L140 60", "M120 70L140 70"]
    for line in first:
        assert (look(root, line, "stroke"), look(root, line, "stroke-width")) == (GRAY, "2")
    assert [(it.get("d"), look(root, it, "stroke")) for it in second] == [("M120 80L140 80", RED)]


def test_a_mark_is_a_link_with_its_words_its_box_and_what_is_drawn(root: Element) -> None:
    first, second = root.iter("a")
    assert first.attrib == {"class": "mark on-card", "href": "#c1"}
    assert second.attrib == {"class": "mark", "href": "#c2", "data-since": "2019-05-09"}
    assert [link.findtext("title") for link in (first, second)] == ["Who said it.", "Who asked?"]
    assert [[it.tag for it in link] for link in (first, second)] == [
        ["title", "rect", "use", "text"], ["title", "rect", "text", "text"],
    ]  # fmt: skip
    boxes = [link.find("rect") for link in (first, second)]
    assert [box.attrib for box in boxes if box is not None] == [
        {"x": "115", "y": "15", "width": "30", "height": "10"},
        {"x": "125", "y": "35", "width": "20", "height": "10"},
    ]
    assert look(root, first, "pointer-events") == "all", "the whole box can be pointed at"
    assert look(root, first[1], "fill") == "none", "and is not to be seen"


def test_only_the_marks_are_read_aloud(root: Element) -> None:
    ground, linked = root
    assert ground.get("aria-hidden") == "true" and not list(ground.iter("a"))
    assert "aria-hidden" not in linked.attrib and [it.tag for it in linked] == ["a", "a"]


def test_nothing_drawn_brings_a_style_or_a_frame_with_it(root: Element) -> None:
    for element in root.iter():
        assert {"style", "clip-path"}.isdisjoint(element.attrib)
    assert len(list(root.iter("path"))) == 9, "five lines, the hatched box, two shapes, the hatch"


def test_a_figure_without_marks_has_no_link_and_without_shapes_no_definition() -> None:
    with drawing(200, 100) as (figure, axes):
        axes.plot([10, 30], [20, 40], color=RED, lw=1.5)
        root = ElementTree.fromstring(f"<svg>{svg_inside(figure, 'chart-x')}</svg>")
    (ground,) = root
    assert [it.tag for it in ground] == ["path"]


def test_what_a_block_has_of_a_figure_is_its_svg_size_and_links() -> None:
    with _drawn() as figure:
        look = drawn(figure, "chart-of-things", 321.0, list(MARKS))
        svg = svg_inside(figure, "chart-of-things", MARKS)
    assert look == {
        "block_id": "chart-of-things", "svg": svg, "marks": MARKS, "drawn": figure,
        "width": 453.0, "height": 321.0,
    }  # fmt: skip


def test_a_mark_that_draws_nothing_can_be_pointed_at_all_the_same() -> None:
    mark = Mark(0.1, 0.2, 0.3, 0.4, "#c1", "Who said it.")
    with drawing(200, 100) as (figure, _):
        root = ElementTree.fromstring(f"<svg>{svg_inside(figure, 'chart-x', [mark])}</svg>")
    (link,) = root.iter("a")
    assert [it.tag for it in link] == ["title", "rect"]
    assert link[1].attrib == {"x": "20", "y": "20", "width": "60", "height": "40"}


def test_words_of_another_direction_stand_apart_inside_their_text_and_in_order() -> None:
    words = "on אבג (4) and דהו now"
    with drawing(200, 100) as (figure, axes):
        write(axes, 10, 20, words, 8)
        root = ElementTree.fromstring(f"<svg>{svg_inside(figure, 'chart-x')}</svg>")
    (text,) = root.iter("text")
    assert "".join(text.itertext()) == words
    assert [(it.tag, it.text, it.attrib) for it in text] == [
        ("tspan", "אבג", {"unicode-bidi": "plaintext"}),
        ("tspan", "דהו", {"unicode-bidi": "plaintext"}),
    ]
