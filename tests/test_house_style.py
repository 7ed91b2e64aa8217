"""The house style: colours that anyone can tell apart, on paper and in the dark; small SVG."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from views import context_of, real_view

from claimbrief import analysis, charts
from claimbrief.blocks import Mark
from claimbrief.charts.canvas import axes_in_points, blank_figure, part
from claimbrief.charts.days import LATER
from claimbrief.charts.positions_by_day_drawing import TINT
from claimbrief.charts.positions_by_day_points import BROWN
from claimbrief.charts.shapes import BLUE, RED
from claimbrief.charts.svg import svg_inside
from claimbrief.errors import PageError
from claimbrief.house import BLACK, SHEET, house, house_style

TEMPLATE = Path(__file__).parent.parent / "report" / "template"
DARK_PAPER = "#14171a"
# Machado, Oliveira and Fernandes (2009), severity 1: how colours look without one kind of cone.
BLINDNESS = {
    "none": np.eye(3),
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def linear(colour: str) -> np.ndarray:
    parts = np.array(to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return linear RGB as CIELAB (D65)."""
    xyz = np.array(XYZ) @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(it: str, other: str, kind: str) -> float:
    looks = [lab(np.array(BLINDNESS[kind]) @ linear(colour)) for colour in (it, other)]
    return float(np.linalg.norm(looks[0] - looks[1]))


def contrast(it: str, other: str) -> float:
    dark, light = sorted(float(np.array(XYZ[1]) @ linear(colour)) for colour in (it, other))
    return (light + 0.05) / (dark + 0.05)


def in_the_dark() -> dict[str, str]:
    """Return what takes the place of each colour of the house where the page is dark."""
    sheet = (TEMPLATE / "media.css").read_text(encoding="utf-8")
    fills = dict(re.findall(r'\[fill="(#\w+)"\] \{ fill: (#\w+)', sheet))
    assert fills == dict(re.findall(r'\[stroke="(#\w+)"\] \{ stroke: (#\w+)', sheet))
    return fills


@pytest.mark.parametrize("kind", BLINDNESS)
def test_the_colours_of_sides_can_be_told_apart_with_any_colour_vision(kind: str) -> None:
    for it, other in combinations(house().colours, 2):
        assert difference(it, other, kind) > 18, (it, other)
    dark = in_the_dark()
    for it, other in combinations([dark[colour] for colour in house().colours], 2):
        assert difference(it, other, kind) > 14, (it, other)


def test_each_colour_of_a_side_stands_out_from_its_ground() -> None:
    for colour in house().colours:
        assert contrast(colour, house().paper) >= 3, colour
        assert contrast(in_the_dark()[colour], DARK_PAPER) >= 3, colour


def test_each_colour_of_the_house_has_one_for_the_dark() -> None:
    style = house()
    named = {style.ink, style.muted, style.line, style.faint, style.ground, style.paper}
    assert named | set(style.colours) <= set(in_the_dark())


def test_the_colours_of_positions_can_be_read_on_each_ground_and_in_the_dark() -> None:
    dark = in_the_dark()
    for ink in (BLUE, RED, BROWN):
        for ground in (house().paper, TINT, LATER):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
            assert contrast(dark[ink], dark[ground]) >= 4.5, (ink, ground)


def test_text_has_the_contrast_that_reading_needs() -> None:
    dark = in_the_dark()
    for ink in (house().ink, house().muted):
        for ground in (house().paper, house().ground):
            assert contrast(ink, ground) >= 4.5
            assert contrast(dark[ink], dark[ground]) >= 4.5


def test_the_style_sheet_is_that_of_the_project_around_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / SHEET).parent.mkdir(parents=True)
    sheet = (TEMPLATE / SHEET.name).read_text(encoding="utf-8")
    (tmp_path / SHEET).write_text(sheet.replace("text.color: 1f2328", "text.color: 112233"))
    below = tmp_path / "notebooks"
    below.mkdir()
    monkeypatch.chdir(below)
    assert house().ink == "#112233"


def test_outside_a_project_or_with_a_setting_too_few_charts_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PageError, match=r"report/template/house\.mplstyle in this folder or above"):
        house()
    (tmp_path / SHEET).parent.mkdir(parents=True)
    (tmp_path / SHEET).write_text("text.color: 1f2328\nfont.family: Source Sans 3\n")
    with pytest.raises(PageError, match=r"no axes\.labelcolor, no lines\.color"):
        house()


def test_a_chart_of_ones_own_has_the_house_s_ground_and_colours_and_neither_frame_nor_ticks() -> (
    None
):
    with house_style():
        axes = Figure().subplots()
        (bar,) = axes.bar(["a"], [3])
        (line,) = axes.plot([0], [3])
        legend = axes.legend([line], ["a line"])
    assert to_hex(axes.get_facecolor()) == house().paper
    assert (to_hex(bar.get_facecolor()), line.get_color()) == (house().line, house().line)
    assert not any(spine.get_visible() for spine in axes.spines.values())
    ticks = [*axes.xaxis.get_ticklines(), *axes.yaxis.get_ticklines()]
    assert ticks and not any(tick.get_markersize() for tick in ticks)
    assert {to_hex(label.get_color()) for label in axes.get_yticklabels()} == {house().ink}
    assert not legend.get_frame_on()


def test_a_part_named_for_a_mark_is_drawn_inside_its_link() -> None:
    with house_style():
        figure = blank_figure(100, 50)
        axes = axes_in_points(figure, 100, 50)
        axes.plot([0, 100], [25, 25], color=house().faint)
        with part(axes, mark=0):
            axes.plot([20], [25], marker="o", linestyle="none", color=house().ink)
            axes.text(30, 25, "a name")
        with part(axes, since="2024-10-08"):
            axes.plot([0, 50], [10, 10], color=house().ink)
        mark = Mark(0.1, 0.2, 0.5, 0.6, "#o1a", "who, when, what", "2024-10-08")
        svg = svg_inside(figure, "chart-x", (mark,))
    ground, links = ElementTree.fromstring(f"<svg>{svg}</svg>")
    assert ground.get("aria-hidden") == "true"
    (link,) = links
    assert (link.tag, link.get("href"), link.get("data-since")) == ("a", "#o1a", "2024-10-08")
    assert [it.tag for it in link] == ["title", "rect", "use", "text"]
    box = {name: link[1].get(name) for name in ("x", "y", "width", "height")}
    assert box == {"x": "10", "y": "10", "width": "50", "height": "30"}
    (later,) = ground.findall("g")
    assert later.get("data-since") == "2024-10-08" and len(later) == 1
    assert [it.tag for it in ground] == ["defs", "path", "g"]
    assert "style=" not in svg and "clip" not in svg


def test_black_text_of_a_mark_says_that_it_is_black_since_its_group_has_no_fill() -> None:
    with house_style():
        figure = blank_figure(100, 50)
        axes = axes_in_points(figure, 100, 50)
        for place, ink in enumerate((BLACK, house().paper)):
            with part(axes, mark=place):
                axes.text(30, 25, "3", color=ink, weight="bold", ha="center")
        marks = (Mark(0, 0, 1, 1, "#o1a", "one"), Mark(0, 0, 1, 1, "#o1b", "other"))
        svg = svg_inside(figure, "chart-x", marks)
    _, links = ElementTree.fromstring(f"<svg>{svg}</svg>")
    assert links.get("fill") == "none"
    assert [it.get("fill") for it in links.iter("text")] == [BLACK, house().paper]
    assert (links.get("font-weight"), links.get("text-anchor")) == ("700", "middle")
    assert not any({"font-weight", "text-anchor"} & set(it.keys()) for it in links.iter("text"))


def test_what_only_some_texts_of_marks_have_stays_on_each() -> None:
    with house_style():
        figure = blank_figure(100, 50)
        axes = axes_in_points(figure, 100, 50)
        with part(axes, mark=0):
            axes.text(30, 25, "3", weight="bold")
            axes.text(30, 25, "a name")
        svg = svg_inside(figure, "chart-x", (Mark(0, 0, 1, 1, "#o1a", "one"),))
    _, links = ElementTree.fromstring(f"<svg>{svg}</svg>")
    assert links.get("font-weight") is None
    assert [it.get("font-weight") for it in links.iter("text")] == ["700", None]


def test_a_chart_takes_few_bytes_for_a_mark() -> None:
    view = real_view("2024-10-28")
    chart = charts.claim_timeline(analysis.claim_timeline(view), context_of(view))
    drawn = len(re.sub(r"<title>.*?</title>", "", chart.svg))
    assert len(chart.marks) > 100
    assert drawn / len(chart.marks) < 450
