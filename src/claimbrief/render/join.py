"""Joins executed chapters into one neutral document, from which page and PDFs are drawn.

A chapter's items are texts (the tree of a Markdown cell) and blocks (what a code cell shows), in
order. Tables and figures are numbered through the whole document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Literal

from claimbrief.errors import ChapterError, PageError
from claimbrief.render.items import Item, anchor_of
from claimbrief.render.markdown import Node, plain_text, slug
from claimbrief.texts import Json
from claimbrief.wording import listed

Part = Literal["front", "brief", "record"]

# Labels of numbered blocks, and the stem of the anchor of each ("t-2" is that of "Table 2").
NUMBERED = {"table": ("Table", "t"), "figure": ("Figure", "f"), "picture": ("Figure", "f")}


@dataclass(frozen=True)
class Chapter:
    """A chapter: its anchor, its title, its items and its footnotes.

    It is of the front (one page that answers the question), the brief or the record. A footnote is
    its `number`, counted through the whole document, and its text as `nodes`.
    """

    part: Part
    anchor: str
    title: str
    items: tuple[Item, ...]
    notes: tuple[Json, ...] = ()


@dataclass(frozen=True)
class Brief:
    """The content of a page.

    `cited_in` holds the citations of a card by the card's anchor, `linked` the anchors that
    something links to.
    """

    title: Json
    chapters: tuple[Chapter, ...]
    cited_in: Mapping[str, list[Json]] = field(default_factory=dict)
    linked: frozenset[str] = frozenset()

    def blocks(self) -> Iterator[Json]:
        """Yield the blocks, the title first, in order of reading."""
        yield self.title
        for chapter in self.chapters:
            yield from (item.block for item in chapter.items if item.block is not None)


def join_chapters(shows: Sequence[tuple[str, Sequence[Item]]], record: int | None = None) -> Brief:
    """Return the brief of what chapters show, each by its file's name; labels blocks in place.

    The first is the front; from number `record` on (counted from 0; None: nowhere) they are the
    record. Raises PageError unless there is one title block, in the first chapter.
    """
    chapters = [
        _chapter(_part(place, record), name, items) for place, (name, items) in enumerate(shows)
    ]
    items = [item for chapter in chapters for item in chapter.items]
    titles = [item for item in items if item.block and item.block["kind"] == "title"]
    if len(titles) != 1 or titles[0] not in chapters[0].items:
        found = "; ".join(item.where for item in titles) or "none"
        raise PageError(f"one title block, in the first chapter, is needed; found: {found}")
    title = titles[0]
    front = tuple(item for item in chapters[0].items if item is not title)
    kept = [_without_empty(it) for it in (replace(chapters[0], items=front), *chapters[1:])]
    _number_blocks(kept)
    _name_again(kept)
    return Brief(title.block or {}, tuple(_with_notes(kept)))


def _without_empty(chapter: Chapter) -> Chapter:
    """Return a chapter without what has nothing to show; its last paragraph names that."""
    parts = [part for item in chapter.items for part in (*item.nodes, item.block) if part]
    headings, names = _left_out(parts)
    if not names:
        return chapter
    items = [
        replace(item, nodes=[node for node in item.nodes if node.get("id") not in headings])
        for item in chapter.items
    ]
    blocks = [item.block for item in items if item.block and _is_empty(item.block)]
    kept = [item for item in items if item.nodes or (item.block and item.block not in blocks)]
    if chapter.part != "front":  # whose sentences say what there is not
        kept.append(Item(f"{chapter.title}, what is left out", [_note(names)]))
    return replace(chapter, items=tuple(kept))


def _is_empty(part: Json) -> bool:
    """Return whether a part is a table without rows or a chart without anything drawn."""
    return bool(part.get("is_empty")) or (part.get("kind") == "table" and not part["rows"])


def _left_out(parts: Sequence[Json]) -> tuple[set[str], list[str]]:
    """Return the ids of the headings with nothing but empty blocks below, and the names to give.

    `parts` are nodes and blocks. Named are the outermost of these headings, and the empty blocks
    below other headings.
    """
    headings: set[str] = set()
    names: list[str] = []
    named_until = 0
    for place, part in enumerate(parts):
        end = _section_end(parts, place)
        content = [it for it in parts[place + 1 : end] if it.get("type") != "heading"]
        if content and all(map(_is_empty, content)):
            headings.add(part["id"])
            if place >= named_until:
                names.append(plain_text(part["children"]))
                named_until = end
        elif place >= named_until and _is_empty(part):
            names.append("".join(run["text"] for run in part["caption"]))
    return headings, names


def _section_end(parts: Sequence[Json], place: int) -> int:
    """Return where the section of the heading at this place ends; for no heading, this place."""
    if parts[place].get("type") != "heading":
        return place
    for end, part in enumerate(parts[place + 1 :], place + 1):
        if part.get("type") == "heading" and part["level"] <= parts[place]["level"]:
            return end
    return len(parts)


def _note(names: Sequence[str]) -> Node:
    """Return the paragraph that says what a chapter leaves out."""
    they = "it" if len(names) == 1 else "they"
    words = f"Left out, as {they} would be empty: "
    words += listed([f"“{name}”" for name in names]) + "."
    return {"type": "paragraph", "children": [{"type": "text", "text": words}]}


def _part(place: int, record: int | None) -> Part:
    if place == 0:
        return "front"
    return "brief" if record is None or place < record else "record"


def _chapter(part: Part, name: str, items: Sequence[Item]) -> Chapter:
    """Return the chapter of a notebook's items."""
    anchor = anchor_of(name)
    heads = [
        (item, node)
        for item in items
        for node in item.nodes
        if node["type"] == "heading" and node["level"] == 1
    ]
    if len(heads) != 1:
        raise ChapterError(f"{name} has {len(heads)} headings of level 1 (#); it needs just one")
    item, head = heads[0]
    item.nodes.remove(head)
    _name_headings(anchor, items)
    kept = tuple(item for item in items if item.nodes or item.block)
    return Chapter(part, anchor, plain_text(head["children"]), kept)


def _name_headings(anchor: str, items: Sequence[Item]) -> None:
    """Give each heading an anchor of its own, cards a level, and see that no level is left out."""
    taken: set[str] = set()
    last = 1
    for item in items:
        if item.block and item.block["kind"] == "cards":
            item.block["level"] = last + 1
        for node in (node for node in item.nodes if node["type"] == "heading"):
            if node["level"] > last + 1:
                raise ChapterError(f"{item.where} has a ### heading with no ## heading above it")
            last = node["level"]
            stem = f"{anchor}-{slug(plain_text(node['children']))}"
            names = chain([stem], (f"{stem}-{number}" for number in count(2)))
            node["id"] = next(name for name in names if name not in taken)
            taken.add(node["id"])


def _name_again(chapters: Sequence[Chapter]) -> None:
    """Give a table or chart that is shown once more, of a part of its frame, an id of its own.

    The second has the first one's id and "-2". Its finding holds for the part alone, so its
    caption names the first instead.
    """
    first: dict[str, Json] = {}
    counts: Counter[str] = Counter()
    for block in (item.block or {} for chapter in chapters for item in chapter.items):
        if block.get("kind") in ("table", "figure", "prose"):
            block_id = block["block_id"]
            counts[block_id] += 1
            if (times := counts[block_id]) > 1:
                block["block_id"] = f"{block_id}-{times}"
            if times > 1 and "caption" in block:
                words = {"text": first[block_id]["label"], "href": f"#{block_id}", "style": ""}
                block["caption"] = [{"text": "A part of ", "href": "", "style": ""}, words]
            first.setdefault(block_id, block)


def _number_blocks(chapters: Sequence[Chapter]) -> None:
    """Put a label, such as "Table 2", on each table and figure.

    Beside the `label` a block has its parts, `label_group` and `number`, and its `label_anchor`.
    """
    counts: Counter[str] = Counter()
    for block in (item.block or {} for chapter in chapters for item in chapter.items):
        group, stem = NUMBERED.get(block.get("kind", ""), ("", ""))
        if group and block.get("is_numbered", True):
            counts[group] += 1
            number = counts[group]
            block |= {"label": f"{group} {number}", "label_group": group, "number": number}
            block["label_anchor"] = f"{stem}-{number}"


def _with_notes(chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    """Yield the chapters with a number on each footnote, and with the footnotes of each."""
    numbers = count(1)
    for chapter in chapters:
        notes = []
        for run in chain.from_iterable(item.walked for item in chapter.items):
            if run.get("style") == "note":
                run["number"] = next(numbers)
                nodes = [{"type": "text", "text": run["text"]}]
                notes.append({"number": run["number"], "nodes": nodes})
        yield replace(chapter, notes=tuple(notes))
