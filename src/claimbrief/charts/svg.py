"""A figure as the inside of an SVG: small, with no style, the same bytes each time.

matplotlib writes each artist as a group of its own. Only what an artist draws is kept, numbers are
rounded (coordinates to a tenth of a point), and what was drawn as a part (see
`claimbrief.charts.canvas.part`) is grouped: a mark inside its link, so that it can be found,
focused and hidden as a whole. Text stays text. A strict content security policy refuses `style`
attributes, so there are none; ids begin with the first letters of the block's id.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from matplotlib.figure import Figure

from claimbrief.blocks import Mark, id_stem
from claimbrief.charts.canvas import WIDTH
from claimbrief.house import BLACK, house
from claimbrief.texts import pieces_by_direction

MARK = "mark"  # the name of a part that holds the position of its mark among the figure's
DRAWN = {"path", "use", "text"}
DEFAULTS = {
    "text-anchor": "start",
    "font-weight": "400",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-width": "1",
}
ALIKE = ("font-weight", "text-anchor")  # attributes that all texts of the marks may share
SHARED = ("fill", "stroke", "stroke-width", "stroke-linejoin")  # attributes that a group may share
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_PART = re.compile(r"part(:.+)")
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_NO_TURN = re.compile(r"rotate\(-?0(\.0)? ")

Pieces = dict[str, list[Element]]


def drawn(
    figure: Figure, block_id: str, height: float, marks: Sequence[Mark] = ()
) -> dict[str, Any]:
    """Return what a block has of a figure that is WIDTH points wide: its SVG, size and links."""
    svg = svg_inside(figure, block_id, marks)
    size = {"width": WIDTH, "height": height}
    return {"block_id": block_id, "svg": svg, "marks": tuple(marks), "drawn": figure, **size}


def svg_inside(figure: Figure, block_id: str, marks: Sequence[Mark] = ()) -> str:
    """Return the inside of an <svg> for a figure whose parts are named for its marks."""
    root = _written(figure)
    names = _short_names(root, block_id)
    pieces: Pieces = {"": []}
    _gather(root, "", pieces)
    for elements in pieces.values():
        for element in elements:
            for name, value in element.attrib.items():
                if name == "href":
                    element.set(name, f"#{names[value[1:]]}")
                elif value.startswith("url(#"):
                    element.set(name, f"url(#{names[value[5:-1]]})")
    ground = Element("g", {"aria-hidden": "true", "font-family": _family()})
    ground.extend(_definitions(root, names))
    ground.extend(pieces.pop(""))
    links = {f":{MARK}={position}": mark for position, mark in enumerate(marks)}
    for part, elements in pieces.items():
        if part not in links:
            group = SubElement(ground, "g", _data(part))
            group.attrib |= _common(elements, SHARED) if len(elements) > 1 else {}
            group.extend(elements)
    width, height = figure.get_size_inches() * 72
    linked = Element("g", {"font-family": _family(), "fill": "none", "pointer-events": "all"})
    texts = [element for part in links for element in pieces.get(part, []) if element.tag == "text"]
    linked.attrib |= _common_size(texts) | _common(texts, ALIKE)
    linked.extend(_link(mark, pieces.get(part, []), width, height) for part, mark in links.items())
    tops = [ground, linked] if marks else [ground]
    written = "".join(ElementTree.tostring(top, encoding="unicode") for top in tops)
    return written.replace(" />", "/>")


def _family() -> str:
    """Return the house's face as CSS reads it: in quotes, as the name has a number."""
    return f"'{house().family}'"


def _written(figure: Figure) -> Element:
    """Return the tree that matplotlib writes, with styles as attributes."""
    buffer = StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    root = ElementTree.fromstring(buffer.getvalue())
    shapes = {id(shape) for defined in root.iter(f"{_SVG}defs") for shape in defined.iter()}
    for element in list(root.iter()):
        element.tag = str(element.tag).removeprefix(_SVG)
        element.tail = None
        element.text = element.text if element.tag == "text" else None
        _plain(element, 2 if id(element) in shapes else 1)
        if element.tag == "text":
            # matplotlib leaves out what is black, and the group of the marks has no fill.
            element.attrib.setdefault("fill", BLACK)
            before, *pieces = pieces_by_direction(element.text or "")
            element.text = before
            for stretch, after in zip(pieces[::2], pieces[1::2], strict=True):
                # A direction would turn the anchor of the whole text too.
                inner = SubElement(element, "tspan", {"unicode-bidi": "plaintext"})
                inner.text, inner.tail = stretch, after
    return root


def _plain(element: Element, decimals: int) -> None:
    """Turn an element's style into attributes, and round its numbers."""
    for declaration in filter(None, element.attrib.pop("style", "").split(";")):
        name, value = declaration.split(":", 1)
        element.set(name.strip(), value.strip())
    if _NO_TURN.match(element.get("transform", "")):
        del element.attrib["transform"]
    for name, value in list(element.attrib.items()):
        del element.attrib[name]
        name = name.removeprefix(_XLINK)
        if name in ("clip-path", "font-family") or DEFAULTS.get(name) == value:
            continue
        if name == "font-size":
            value = value.removesuffix("px")
        if name in ("d", "x", "y"):
            value = _NUMBER.sub(lambda number: _rounded(number[0], decimals), value)
        elif name in ("transform", "stroke-width", "stroke-dasharray"):
            value = _NUMBER.sub(lambda number: _rounded(number[0], 2), value)
        element.set(name, _joined(value) if name == "d" else value)


def _rounded(number: str | float, decimals: int) -> str:
    text = f"{float(number):.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _joined(path: str) -> str:
    """Return a path's data without the spaces, and the noughts before a point, that need not be."""
    joined = re.sub(r"\s*([A-Za-z])\s*", r"\1", re.sub(r"\s+", " ", path)).strip()
    return re.sub(r"(?<![\d.])0(?=\.\d)", "", joined.replace(" -", "-"))


def _short_names(root: Element, block_id: str) -> dict[str, str]:
    """Return a short id, of two letters a word of the block's, for each definition in use.

    Definitions that look the same have the same short id.
    """
    short = f"{id_stem(block_id)}-"
    used = {element.get("href", "")[1:] for element in root.iter("use")}
    used |= {pattern.get("id", "") for pattern in root.iter("pattern")}
    names: dict[str, str] = {}
    by_look: dict[str, str] = {}
    for element in root.iter():
        old = element.attrib.get("id", "")
        if old in used and old not in names:
            look = ElementTree.tostring(element, encoding="unicode").replace(old, "")
            names[old] = by_look.setdefault(look, f"{short}{len(by_look)}")
    return names


def _definitions(root: Element, names: dict[str, str]) -> list[Element]:
    """Return a <defs> with the shapes and patterns in use; nothing if there are none."""
    kept: dict[str, Element] = {}
    for element in (child for parent in root.iter("defs") for child in parent):
        name = names.get(element.get("id", ""), "")
        if element.tag in ("path", "pattern") and name and name not in kept:
            element.set("id", name)
            kept[name] = element
    definitions = Element("defs")
    definitions.extend(kept.values())
    return [definitions] if kept else []


def _gather(element: Element, part: str, pieces: Pieces) -> None:
    for child in element:
        is_blank = child.get("fill") == "none" and child.get("stroke", "none") == "none"
        if child.tag in ("defs", "metadata") or (child.tag == "path" and is_blank):
            continue
        if child.tag in DRAWN:
            pieces.setdefault(part, []).append(child)
        else:
            named = _PART.match(child.get("id", ""))
            _gather(child, named[1] if named else part, pieces)


def _data(part: str) -> dict[str, str]:
    """Return the names of a part (":since=2024-10-08:side=x") as attributes."""
    pairs = (pair.partition("=") for pair in part.split(":")[1:])
    return {f"data-{name}": value for name, _, value in pairs}


def _common(elements: Sequence[Element], names: Sequence[str]) -> dict[str, str]:
    """Remove the attributes that all of these elements share and return them, for their group."""
    common = {}
    for name in names:
        values = {element.get(name) for element in elements}
        if len(values) == 1 and (value := values.pop()):
            common[name] = value
            for element in elements:
                del element.attrib[name]
    return common


def _common_size(texts: Sequence[Element]) -> dict[str, str]:
    """Remove the size that most texts have from these texts and return it, for their group."""
    sizes = Counter(text.get("font-size", "") for text in texts)
    if not sizes:
        return {}
    size = sizes.most_common(1)[0][0]
    for text in texts:
        if text.get("font-size") == size:
            del text.attrib["font-size"]
    return {"font-size": size}


def _link(mark: Mark, drawn: Sequence[Element], width: float, height: float) -> Element:
    """Return a mark's link: its label, the box that can be pointed at, and what is drawn."""
    kind = "mark on-card" if mark.is_on_card else "mark"
    link = Element("a", {"class": kind, "href": mark.href})
    if mark.since:
        link.set("data-since", mark.since)
    SubElement(link, "title").text = mark.label
    sizes = {"x": width, "y": height, "width": width, "height": height}
    box = {name: _rounded(getattr(mark, name) * size, 1) for name, size in sizes.items()}
    SubElement(link, "rect", box)
    link.extend(drawn)
    return link
