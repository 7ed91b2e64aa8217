"""A blank figure in the house style, and how it becomes the inside of an SVG.

Sizes are in points: 72 to the inch, so that a text box measured on the canvas is the box on the
page. The SVG keeps text as text, has no `style` attribute (a strict content security policy
refuses those), repeats byte for byte, and its ids start with the block's id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from claimbrief.blocks import Mark

WIDTH = 453.0  # points: the measure of the printed page, so that text keeps its size
INK, MUTED, FAINT = "#1f2328", "#5b6470", "#d5dae0"
GROUND, PAPER = "#f1f3f5", "#ffffff"
# Okabe and Ito (2008), told apart with any common colour vision; the light yellow is left out.
COLOURS = ("#0072b2", "#009e73", "#d55e00", "#cc79a7", "#b07d00", "#56b4e9", "#7a5195", "#5b6470")
FAMILY = "Source Sans Pro"
_SVG = "{http://www.w3.org/2000/svg}"
_FONT = re.compile(r"(?:(italic|oblique) )?(?:(\d+|bold) )?([\d.]+)px (.+)")


@contextmanager
def house_style() -> Iterator[None]:
    """Draw with the house's fonts, sizes and lines, whatever the user's own settings are."""
    register_fonts()
    settings: Any = {
        "font.family": FAMILY,
        "font.size": 8,
        "text.color": INK,
        "axes.edgecolor": FAINT,
        "axes.labelcolor": MUTED,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "figure.dpi": 72,
        "savefig.dpi": 72,
        "svg.fonttype": "none",
        "svg.hashsalt": "claimbrief",
        "hatch.linewidth": 0.6,
    }
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(settings)
        yield


def blank_figure(width: float, height: float) -> Figure:
    """Return an empty figure of a width and height in points."""
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    FigureCanvasSVG(figure)
    return figure


def axes_in_points(figure: Figure, width: float, height: float) -> Axes:
    """Return axes over the whole figure whose units are points from the top left, with no frame."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return axes


def mark_of(box: Bbox, width: float, height: float, href: str, label: str) -> Mark:
    """Return the mark of a box measured on the canvas (origin below), as fractions from the top."""
    return Mark(
        x=round(float(box.x0) / width, 5),
        y=round(1 - float(box.y1) / height, 5),
        width=round(float(box.width) / width, 5),
        height=round(float(box.height) / height, 5),
        href=href,
        label=label,
    )


def svg_inside(figure: Figure, block_id: str) -> str:
    """Return what goes inside an <svg> for a figure."""
    buffer = StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    root = ElementTree.fromstring(buffer.getvalue())
    for metadata in root.findall(f"{_SVG}metadata"):
        root.remove(metadata)
    for element in root.iter():
        _plain(element, block_id)
    for definitions in root.iter(f"{_SVG}defs"):
        for sheet in definitions.findall(f"{_SVG}style"):
            definitions.remove(sheet)
    group = ElementTree.Element(f"{_SVG}g", {"stroke-linejoin": "round"})
    group.extend(list(root))
    text = ElementTree.tostring(group, encoding="unicode")
    return text.replace(' xmlns="http://www.w3.org/2000/svg"', "").replace("xlink:href", "href")


def _plain(element: ElementTree.Element, block_id: str) -> None:
    """Turn an element's style into attributes and make its ids the block's own."""
    for declaration in filter(None, element.attrib.pop("style", "").split(";")):
        name, value = (part.strip() for part in declaration.split(":", 1))
        if name == "font" and (font := _FONT.fullmatch(value)):
            slant, weight, size, family = font.groups()
            element.set("font-size", size)
            element.set("font-family", family)
            if slant:
                element.set("font-style", slant)
            if weight:
                element.set("font-weight", weight)
        else:
            element.set(name, value)
    for name, value in list(element.attrib.items()):
        plain = name.removeprefix("{http://www.w3.org/1999/xlink}")
        if plain != name:
            del element.attrib[name]
        if plain == "id":
            value = f"{block_id}-{value}"
        element.set(plain, value.replace("url(#", f"url(#{block_id}-"))
        if plain == "href" and value.startswith("#"):
            element.set(plain, f"#{block_id}-{value[1:]}")


@cache
def register_fonts() -> None:
    """Make matplotlib measure text with the face that the page uses."""
    folder = files("font_source_sans_pro") / "files"
    for cut in ("Regular", "Bold", "It"):
        font_manager.fontManager.addfont(str(folder / f"SourceSansPro-{cut}.ttf"))
