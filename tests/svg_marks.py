"""What an SVG of a chart shows, read back from its elements: marks, bars and words in points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from claimbrief.charts.canvas import text_width

NUMBER = re.compile(r"-?\d*\.?\d+")
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Words:
    """A text: its words, its box, its size, colour and whether it is bold."""

    text: str
    box: Box
    size: float
    colour: str
    is_bold: bool


@dataclass(frozen=True)
class Drawn:
    """A mark: the claim that it opens, since when, in which words, and what it looks like."""

    claim_id: str
    since: str
    label: str
    shape: str  # "disc", "half", "ring", "cross", "barred", or "broken " and one of these
    colour: str
    x: float
    y: float
    size: float
    link: Box
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Piece:
    """A filled or stroked path: its box, whether it is curved, and its look."""

    box: Box
    is_curved: bool
    fill: str
    stroke: str
    is_broken: bool


def root_of(svg: str) -> Element:
    """Return the root of a chart's SVG."""
    return ElementTree.fromstring(f"<svg>{svg}</svg>")


def words_of(root: Element) -> list[Words]:
    """Return every text."""
    parents = {child: parent for parent in root.iter() for child in parent}
    return [_words(text, parents) for text in root.iter("text")]


def _words(text: Element, parents: dict[Element, Element]) -> Words:
    def look(name: str, otherwise: str) -> str:
        at: Element | None = text
        while at is not None:
            if name in at.attrib:
                return at.attrib[name]
            at = parents.get(at)
        return otherwise

    size, is_bold = float(look("font-size", "0")), look("font-weight", "400") == "700"
    said = text.text or ""
    width = text_width(said, size, is_bold=is_bold)
    share = {"start": 0, "middle": 0.5, "end": 1}[look("text-anchor", "start")]
    left, base = float(text.get("x", "0")) - share * width, float(text.get("y", "0"))
    box = (left, base - 0.7 * size, left + width, base + 0.05 * size)  # of capitals
    return Words(said, box, size, look("fill", ""), is_bold)


def drawn_marks(root: Element) -> list[Drawn]:
    """Return every mark that is a link, in order."""
    shapes = {shape.get("id", ""): shape for shape in root.iter("path") if shape.get("id")}
    parents = {child: parent for parent in root.iter() for child in parent}
    return [_drawn(link, shapes, parents) for link in root.iter("a")]


def _drawn(link: Element, shapes: dict[str, Element], parents: dict[Element, Element]) -> Drawn:
    pieces = [_piece(it, shapes) for it in link if it.tag in ("use", "path")]
    pieces = [it for it in pieces if it.is_curved or it.stroke]  # without a name's ground
    shape, colour = _shape(pieces)
    largest = max(pieces, key=lambda it: it.box[2] - it.box[0])
    left, top, right, bottom = largest.box
    rect = link.find("rect")
    assert rect is not None
    x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
    return Drawn(
        claim_id=link.attrib["href"][1:],
        since=link.get("data-since", ""),
        label=str(link.findtext("title")),
        shape=shape,
        colour=colour,
        x=(left + right) / 2,
        y=(top + bottom) / 2,
        size=right - left,
        link=(x, y, x + width, y + height),
        words=tuple(_words(text, parents) for text in link.iter("text")),
    )


def _piece(element: Element, shapes: dict[str, Element]) -> Piece:
    path = shapes[element.attrib["href"][1:]] if element.tag == "use" else element
    dx, dy = float(element.get("x", "0")), float(element.get("y", "0"))
    numbers = [float(number) for number in NUMBER.findall(path.attrib["d"])]
    xs, ys = numbers[::2], numbers[1::2]
    wide = float(element.get("stroke-width", "1")) if element.get("stroke") else 0.0
    fill = element.get("fill", "none")
    is_line = "C" not in path.attrib["d"]
    x_edge, y_edge = (0.0, wide / 2) if is_line and max(ys) == min(ys) else (wide / 2, wide / 2)
    left, top = dx + min(xs) - x_edge, dy + min(ys) - y_edge
    return Piece(
        (left, top, dx + max(xs) + x_edge, dy + max(ys) + y_edge),
        not is_line,
        "none" if element.get("fill-opacity") == "0" else fill,
        element.get("stroke", ""),
        "stroke-dasharray" in element.attrib,
    )


def _shape(pieces: list[Piece]) -> tuple[str, str]:
    """Return the name of a shape and its colour, by its pieces alone."""
    visible = [it for it in pieces if it.fill != "none" or it.stroke]
    broken = [it for it in visible if it.is_broken]
    if broken:
        rest = [it for it in visible if not it.is_broken]
        return f"broken {_shape(rest)[0] if rest else 'ring'}", broken[0].stroke
    first, *more = visible
    if not first.is_curved:
        return "cross", first.stroke
    if first.stroke:  # a ring; half of it may be filled
        is_half = more and more[0].fill == first.stroke
        return ("half", first.stroke) if is_half else ("ring", first.stroke)
    is_barred = more and not more[0].is_curved and more[0].stroke not in ("", first.fill)
    return ("barred" if is_barred else "disc"), first.fill


def bars_of(root: Element) -> list[tuple[Box, str]]:
    """Return the boxes that are drawn half transparent, with their colours: bars over days."""
    boxes = [it for it in root.iter("path") if it.get("opacity")]
    found = []
    for it in boxes:
        numbers = [float(number) for number in NUMBER.findall(it.attrib["d"])]
        xs, ys = numbers[::2], numbers[1::2]
        found.append(((min(xs), min(ys), max(xs), max(ys)), it.get("fill", "")))
    return found


def meet(each: Box, other: Box) -> bool:
    """Return whether two boxes overlap."""
    is_apart = (
        each[2] <= other[0] or other[2] <= each[0] or each[3] <= other[1] or other[3] <= each[1]
    )
    return not is_apart
