"""Tables and charts that have nothing to show, and the headings that stand over nothing else.

They are left out of a chapter, and its last line names what is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimbrief.render.markdown import Node, plain_text
from claimbrief.texts import Json
from claimbrief.wording import listed

Part = tuple[list[Node], Json | None]  # the text or the block of an item


def is_empty(block: Json) -> bool:
    """Return whether a block is a table without rows or a chart without anything drawn."""
    return bool(block.get("is_empty")) or (block["kind"] == "table" and not block["rows"])


def left_out(parts: Sequence[Part]) -> tuple[set[str], list[str]]:
    """Return the ids of the headings with nothing but empty blocks below, and the names to give.

    Named are the outermost of these headings, and the empty blocks below other headings.
    """
    elements: list[Node | Json] = []
    for nodes, block in parts:
        elements += [*nodes, *([block] if block is not None else [])]
    headings: set[str] = set()
    names: list[str] = []
    named_until = 0
    for place, element in enumerate(elements):
        end = _section_end(elements, place)
        if _is_empty_section(elements[place + 1 : end]):
            headings.add(element["id"])
            if place >= named_until:
                names.append(plain_text(element["children"]))
                named_until = end
        elif place >= named_until and _is_block(element) and is_empty(element):
            names.append("".join(run["text"] for run in element["caption"]))
    return headings, names


def note(names: Sequence[str]) -> Node:
    """Return the paragraph that says what a chapter leaves out."""
    them = "it" if len(names) == 1 else "them"
    quoted = [f"“{name}”" for name in names]
    words = f"Left out, as this record has nothing for {them}: {listed(quoted)}."
    return {"type": "paragraph", "children": [{"type": "text", "text": words}]}


def _is_block(element: Node | Json) -> bool:
    return "block_id" in element


def _is_heading(element: Node | Json) -> bool:
    return element.get("type") == "heading"


def _section_end(elements: Sequence[Node | Json], place: int) -> int:
    """Return where the section of the heading at this place ends; for no heading, this place."""
    if not _is_heading(elements[place]):
        return place
    level = elements[place]["level"]
    further = range(place + 1, len(elements))
    ends = (at for at in further if _is_heading(elements[at]) and elements[at]["level"] <= level)
    return next(ends, len(elements))


def _is_empty_section(elements: Sequence[Node | Json]) -> bool:
    """Return whether there are blocks here, all of them are empty, and nothing stands beside."""
    content = [element for element in elements if not _is_heading(element)]
    return bool(content) and all(_is_block(it) and is_empty(it) for it in content)
