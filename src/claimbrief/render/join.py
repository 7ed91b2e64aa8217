"""Joins executed chapters into one neutral document, which both faces draw.

A chapter's items are texts (the tree of a Markdown cell) and blocks (what a code cell shows), in
order. A block's tables and figures are numbered through the whole brief.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from claimbrief.blocks import MIME, Json
from claimbrief.errors import ChapterError, PageError
from claimbrief.render.markdown import Node, markdown_nodes, plain_text, slug, walk_nodes

_NUMBERED = {"table": "Table", "figure": "Figure"}
_INJECTED = "injected-parameters"  # papermill's tag on the cell that it adds
_KINDS = {"title", "prose", "table", "figure", "cards", "days", "file"}


@dataclass(frozen=True)
class Item:
    """A text (`nodes`) or a block (`block`) of a chapter; `where` names its notebook and cell."""

    where: str
    nodes: list[Node] = field(default_factory=list)
    block: Json | None = None


@dataclass(frozen=True)
class Chapter:
    """A chapter: its anchor, its title, what stands in it and its footnotes.

    A footnote is its `number`, counted through the whole brief, and its text as `nodes`.
    """

    anchor: str
    title: str
    items: tuple[Item, ...]
    notes: tuple[Json, ...] = ()


@dataclass(frozen=True)
class Brief:
    """All that a page shows; `cited_in` tells for a card's anchor the places that link to it."""

    title: Json
    chapters: tuple[Chapter, ...]
    cited_in: Mapping[str, list[Json]] = field(default_factory=dict)

    def blocks(self) -> Iterator[Json]:
        """Yield the blocks, the title first, in order of reading."""
        yield self.title
        for chapter in self.chapters:
            yield from (item.block for item in chapter.items if item.block is not None)


def join_chapters(executed: Sequence[tuple[str, Mapping[str, Any]]]) -> Brief:
    """Return the brief that the executed notebooks, each with its file's name, make.

    Raises ChapterError for a cell that cannot be drawn, PageError unless there is one title block,
    in the first chapter.
    """
    chapters = [_chapter(name, notebook) for name, notebook in executed]
    titles = [
        item for chapter in chapters for item in chapter.items if _kind(item.block) == "title"
    ]
    if len(titles) != 1 or titles[0] not in chapters[0].items:
        found = "; ".join(item.where for item in titles) or "none"
        raise PageError(f"one title block, in the first chapter, is needed; found: {found}")
    assert titles[0].block is not None
    rest = (_without(chapter, titles[0]) for chapter in chapters)
    return Brief(titles[0].block, _with_notes(_numbered(rest)))


def _kind(block: Json | None) -> str:
    return str(block["kind"]) if block else ""


def _without(chapter: Chapter, title: Item) -> Chapter:
    kept = tuple(item for item in chapter.items if item is not title)
    return Chapter(chapter.anchor, chapter.title, kept)


def _chapter(name: str, notebook: Mapping[str, Any]) -> Chapter:
    """Return a notebook's chapter; its anchor is the file's name without the leading number."""
    anchor = slug(re.sub(r"^\d+[-_. ]*", "", name.removesuffix(".ipynb")))
    items = list(_items(name, notebook))
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
    return Chapter(anchor, plain_text(head["children"]), kept)


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


def _items(name: str, notebook: Mapping[str, Any]) -> Iterator[Item]:
    number = 0
    for cell in notebook["cells"]:
        if _INJECTED in cell["metadata"].get("tags", []):
            continue
        number += 1
        where = f"{name}, cell {number}"
        if cell["cell_type"] == "markdown":
            yield Item(where, nodes=markdown_nodes(cell["source"], where))
        elif cell["cell_type"] == "code":
            yield from (Item(where, block=block) for block in _shown(where, cell))
        elif cell["source"].strip():
            raise ChapterError(f"{where} is a raw cell; use Markdown")


def _shown(where: str, cell: Mapping[str, Any]) -> Iterator[Json]:
    for output in cell["outputs"]:
        bundle: Mapping[str, Any] = output.get("data", {})
        if MIME in bundle:
            block = bundle[MIME]
            if not isinstance(block, dict) or block.get("kind") not in _KINDS:
                raise ChapterError(f"{where} shows a block of an unknown kind")
            yield json.loads(json.dumps(block))  # a copy, to be labelled
        elif output["output_type"] == "stream":
            begins = " ".join("".join(output["text"]).split())[:80]
            raise ChapterError(
                f"{where} prints to {output['name']} ({begins}); show a block or nothing"
            )
        elif bundle.get("text/plain") != "None":
            begins = " ".join(str(bundle.get("text/plain", "")).split())[:80]
            raise ChapterError(f"{where} shows {begins or 'something'}; show a block or nothing")


def _numbered(chapters: Iterator[Chapter]) -> tuple[Chapter, ...]:
    """Return the chapters with a label, such as "Table 2", on each table and figure."""
    counts = dict.fromkeys(_NUMBERED, 0)
    result = tuple(chapters)
    for chapter in result:
        for item in chapter.items:
            if item.block is not None and item.block["kind"] in counts:
                kind = item.block["kind"]
                counts[kind] += 1
                item.block["label"] = f"{_NUMBERED[kind]} {counts[kind]}"
    return result


def _with_notes(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """Return the chapters with a number on each footnote, and with the footnotes of each."""
    result = []
    count = 0
    for chapter in chapters:
        notes = []
        for note in (note for item in chapter.items for note in _notes(item)):
            count += 1
            note["number"] = count
            nodes = note.get("children") or [{"type": "text", "text": note["text"]}]
            notes.append({"number": count, "nodes": nodes})
        for item in chapter.items:
            if item.block is not None:
                numbers = {run["text"]: run["number"] for run in _notes(item)}
                _number_versions(item.block, numbers)
        result.append(replace(chapter, notes=tuple(notes)))
    return tuple(result)


def _number_versions(block: Json, numbers: dict[str, int]) -> None:
    """Number the footnotes in what versions say on the last day; take them out of the others."""
    rows = block["rows"] if _kind(block) == "table" else []
    told = [*block.get("versions", ()), *(cell for row in rows for cell in row["versions"])]
    for piece in (piece for pieces in told for piece in pieces):
        kept = []
        for run in piece["text"]:
            if run["style"] == "note":
                number = None if piece["until"] else numbers.pop(run["text"], None)
                if number is None:
                    continue
                run["number"] = number
            kept.append(run)
        piece["text"] = kept


def _notes(item: Item) -> Iterator[Json]:
    """Yield the footnotes of an item, nodes of its text or runs of its block, as they are read."""

    def runs(value: Any) -> Iterator[Json]:
        if isinstance(value, dict):
            if value.get("style") == "note":
                yield value
            value = [inner for name, inner in value.items() if name != "versions"]
        if isinstance(value, list):
            for inner in value:
                yield from runs(inner)

    yield from (node for node in walk_nodes(item.nodes) if node["type"] == "note")
    yield from runs(item.block)
