"""Joins executed chapters into one neutral document, from which page and PDFs are drawn.

A chapter's items are texts (the tree of a Markdown cell) and blocks (what a code cell shows), in
order. Tables and figures are numbered through the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from claimbrief.errors import ChapterError, PageError
from claimbrief.render import empties
from claimbrief.render.contract import NUMBERED, label_anchor
from claimbrief.render.items import Item, anchor_of
from claimbrief.render.markdown import plain_text, slug
from claimbrief.texts import Json, walk_nodes

Part = Literal["front", "brief", "record"]


@dataclass(frozen=True)
class Chapter:
    """A chapter: its anchor, its title, its items, its footnotes and the empty blocks left out.

    It is of the front (one page that answers the question), the brief or the record. A footnote is
    its `number`, counted through the whole document, and its text as `nodes`.
    """

    part: Part
    anchor: str
    title: str
    items: tuple[Item, ...]
    notes: tuple[Json, ...] = ()
    left_out: tuple[Json, ...] = ()


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
    titles = [
        item for chapter in chapters for item in chapter.items if _kind(item.block) == "title"
    ]
    if len(titles) != 1 or titles[0] not in chapters[0].items:
        found = "; ".join(item.where for item in titles) or "none"
        raise PageError(f"one title block, in the first chapter, is needed; found: {found}")
    assert titles[0].block is not None
    rest = (_without_empty(_without(chapter, titles[0])) for chapter in chapters)
    return Brief(titles[0].block, _with_notes(_numbered(rest)))


def _kind(block: Json | None) -> str:
    return str(block["kind"]) if block else ""


def _without(chapter: Chapter, title: Item) -> Chapter:
    kept = tuple(item for item in chapter.items if item is not title)
    return replace(chapter, items=kept)


def _without_empty(chapter: Chapter) -> Chapter:
    """Return a chapter without what has nothing to show; its last paragraph names that."""
    headings, names = empties.left_out([(item.nodes, item.block) for item in chapter.items])
    if not names:
        return chapter
    items = [
        replace(item, nodes=[node for node in item.nodes if node.get("id") not in headings])
        for item in chapter.items
    ]
    blocks = [item.block for item in items if item.block and empties.is_empty(item.block)]
    kept = [item for item in items if item.nodes or (item.block and item.block not in blocks)]
    if chapter.part != "front":  # whose sentences say what there is not
        kept.append(Item(f"{chapter.title}, what is left out", [empties.note(names)]))
    return replace(chapter, items=tuple(kept), left_out=tuple(blocks))


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
        if _kind(item.block) == "cards" and item.block is not None:
            item.block["level"] = last + 1
        for node in (node for node in item.nodes if node["type"] == "heading"):
            if node["level"] > last + 1:
                raise ChapterError(f"{item.where} has a ### heading with no ## heading above it")
            last = node["level"]
            stem = name = f"{anchor}-{slug(plain_text(node['children']))}"
            count = 1
            while name in taken:
                count += 1
                name = f"{stem}-{count}"
            taken.add(name)
            node["id"] = name


def _numbered(chapters: Iterator[Chapter]) -> tuple[Chapter, ...]:
    """Return the chapters with a label, such as "Table 2", on each table and figure.

    Beside the `label` a block has its parts, `label_group` and `number`, and its `label_anchor`.
    """
    counts = {group: 0 for group, _ in NUMBERED.values()}
    joined_chapters = tuple(chapters)
    for item in (item for chapter in joined_chapters for item in chapter.items):
        kind = _kind(item.block)
        if item.block is not None and kind in NUMBERED and item.block.get("is_numbered", True):
            group = NUMBERED[kind][0]
            counts[group] += 1
            number = counts[group]
            item.block["label"] = f"{group} {number}"
            item.block["label_group"] = group
            item.block["number"] = number
            item.block["label_anchor"] = label_anchor(kind, number)
    return joined_chapters


def _with_notes(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """Return the chapters with a number on each footnote, and with the footnotes of each."""
    joined_chapters = []
    count = 0
    for chapter in chapters:
        notes = []
        for note in (note for item in chapter.items for note in _notes(item)):
            count += 1
            note["number"] = count
            nodes = note.get("children") or [{"type": "text", "text": note["text"]}]
            notes.append({"number": count, "nodes": nodes})
        for item in chapter.items:
            _number_versions(item.block)
        joined_chapters.append(replace(chapter, notes=tuple(notes)))
    return tuple(joined_chapters)


def _number_versions(block: Json | None) -> None:
    """Number the footnotes of versions that hold on the last day; leave the others out.

    The versions of a text that hold on the last day are that text, so their footnotes are its own,
    in the same order.
    """
    if block is None or block["kind"] not in ("table", "prose"):
        return
    texts = (
        [(block["paragraphs"], block["versions"])]
        if block["kind"] == "prose"
        else [
            (row["cells"][index], [pieces])
            for row in block["rows"]
            for index, pieces in enumerate(row["versions"])
        ]
    )
    for text, versions in texts:
        numbers = (note["number"] for note in _note_runs(text))
        for piece in (piece for pieces in versions for piece in pieces):
            kept = []
            for run in piece["text"]:
                if run["style"] != "note":
                    kept.append(run)
                elif not piece["until"]:
                    kept.append({**run, "number": next(numbers)})
            piece["text"] = kept


def _notes(item: Item) -> Iterator[Json]:
    """Yield the footnotes of an item, nodes of its text or runs of its block, as they are read."""
    yield from (node for node in walk_nodes(item.nodes) if node["type"] == "note")
    yield from _note_runs(item.block)


def _note_runs(value: Any) -> Iterator[Json]:
    """Yield the footnotes in a block or a part of it, those of versions aside."""
    if isinstance(value, dict):
        if value.get("style") == "note":
            yield value
        value = [inner for name, inner in value.items() if name != "versions"]
    if isinstance(value, list):
        for inner in value:
            yield from _note_runs(inner)
