"""The texts of a chart that Typst has to set itself.

What draws an SVG inside Typst places the letters of Devanagari wrongly, and finds no Arabic in a
second font: a text that the house's face cannot draw alone is taken out, for the theme to set.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from claimbrief.render.fonts import read_codes
from claimbrief.texts import Json

_GIVEN = ("font-size", "font-weight", "text-anchor", "fill")  # by a group to what it holds
_SHIFTS = {"start": 0, "middle": 0.5, "end": 1}  # of its width, to the left
_TURN = re.compile(r"rotate\((-?[\d.]+)")
_WEIGHTS = {"normal": 400, "bold": 700}


def with_texts_apart(block: Json) -> Json:
    """Return a chart's block without the texts in other scripts, which it lists as `texts`."""
    if not any(map(_is_of_other_script, set(block["svg"]))):
        return {**block, "texts": []}
    root = ElementTree.fromstring(f"<svg>{block['svg']}</svg>")
    texts = list(_taken_out(root, {}))
    svg = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    return {**block, "svg": svg, "texts": texts}


def _is_of_other_script(sign: str) -> bool:
    return ord(sign) not in read_codes() and unicodedata.category(sign)[0] in "LM"


def _taken_out(parent: Element, given: Mapping[str, str]) -> Iterator[Json]:
    for child in list(parent):
        own = {**given, **{name: child.attrib[name] for name in _GIVEN if name in child.attrib}}
        words = "".join(child.itertext())
        if child.tag != "text":
            yield from _taken_out(child, own)
        elif any(map(_is_of_other_script, words)):
            parent.remove(child)
            yield _text(child, own, words)


def _text(element: Element, look: Mapping[str, str], words: str) -> Json:
    weight = look.get("font-weight", "400")
    turn = _TURN.search(element.get("transform", ""))
    return {
        "text": words,
        "x": float(element.get("x", "0")),
        "y": float(element.get("y", "0")),
        "size": float(look["font-size"]),
        "weight": _WEIGHTS.get(weight) or int(weight),
        "fill": look.get("fill", "#000000"),
        "shift": _SHIFTS[look.get("text-anchor", "start")],
        "turn": float(turn[1]) if turn else 0,
    }
