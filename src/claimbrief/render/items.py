"""What a chapter shows, as a list of items: the text of its Markdown cells and its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from claimbrief.errors import ChapterError
from claimbrief.render.markdown import Node, markdown_nodes, slug
from claimbrief.render.notebook import INJECTED, REMOVE_CELL, refuse_invisible, tags_of
from claimbrief.render.own_output import Say, published
from claimbrief.texts import Json, walk_nodes


@dataclass(frozen=True)
class Item:
    """A text (`nodes`) or a block (`block`) of a chapter; `where` names its notebook and cell."""

    where: str
    nodes: list[Node] = field(default_factory=list)
    block: Json | None = None

    @cached_property
    def walked(self) -> list[Json]:
        """Every object in the block, in order of reading, but those of other days."""
        return walk_nodes(self.block, ("versions",))


def code_parts(name: str, notebook: Mapping[str, Any], say: Say) -> dict[int, list[Json]]:
    """Return what each code cell of an executed notebook shows, by the cell's number.

    Each text that it shows is {"nodes": …}, and each block {"block": …}. `say` is called with a
    line for what an analyst should see to in their own cells. Raises ChapterError for a cell that
    cannot be drawn.
    """
    found: dict[int, list[Json]] = {}
    for number, cell in _own_cells(notebook["cells"]):
        if cell["cell_type"] == "code":
            stem = f"{anchor_of(name)}-{slug(str(cell.get('id') or f'cell-{number}'))}"
            parts = published(cell, where_of(name, number), stem, say)
            found[number] = [{"nodes" if isinstance(it, list) else "block": it} for it in parts]
    return found


def items_of(
    name: str, cells: Sequence[Mapping[str, Any]], parts: Mapping[int, Sequence[Json]]
) -> list[Item]:
    """Return what the cells of a notebook show, in order; `parts` is from `code_parts`.

    Raises ChapterError for a cell that cannot be drawn.
    """
    items = []
    for number, cell in _own_cells(cells):
        where = where_of(name, number)
        if cell["cell_type"] == "markdown":
            nodes = markdown_nodes(cell["source"], where)
            refuse_invisible(nodes, where)
            items.append(Item(where, nodes))
        elif cell["cell_type"] == "code":
            items += [Item(where, **part) for part in parts[number]]
        elif cell["source"].strip():
            raise ChapterError(f"{where} is a raw cell; use Markdown")
    return items


def numbered(cells: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Return the cells of a notebook's file, each with its number in it."""
    return enumerate((it for it in cells if INJECTED not in it["metadata"].get("tags", [])), 1)


def _own_cells(cells: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Return the cells that a brief shows, each with its number in the notebook's file."""
    return ((at, cell) for at, cell in numbered(cells) if REMOVE_CELL not in tags_of(cell))


def where_of(name: str, number: int) -> str:
    """Return the words that name a cell of a notebook."""
    return f"{name}, cell {number}"


def anchor_of(name: str) -> str:
    """Return the anchor of a chapter: its file's name without the leading number."""
    return slug(re.sub(r"^\d+[-_. ]*", "", name.removesuffix(".ipynb")))
