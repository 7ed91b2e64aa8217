"""What a chapter shows, as a list of items: the text of its Markdown cells and its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from claimbrief.errors import ChapterError
from claimbrief.render.markdown import Node, markdown_nodes, slug
from claimbrief.render.notebook import INJECTED, refuse_invisible
from claimbrief.render.own_output import Say, is_removed, own_stem, published
from claimbrief.texts import Json


@dataclass(frozen=True)
class Item:
    """A text (`nodes`) or a block (`block`) of a chapter; `where` names its notebook and cell."""

    where: str
    nodes: list[Node] = field(default_factory=list)
    block: Json | None = None


def items_of(name: str, notebook: Mapping[str, Any], say: Say) -> list[Item]:
    """Return what the cells of an executed notebook show, in order.

    `say` is called with a line for what an analyst should see to in their own cells. Raises
    ChapterError for a cell that cannot be drawn.
    """
    return list(_items(name, notebook, say))


def anchor_of(name: str) -> str:
    """Return the anchor of a chapter: its file's name without the leading number."""
    return slug(re.sub(r"^\d+[-_. ]*", "", name.removesuffix(".ipynb")))


def _items(name: str, notebook: Mapping[str, Any], say: Say) -> Iterator[Item]:
    number = 0
    for cell in notebook["cells"]:
        if INJECTED in cell["metadata"].get("tags", []):
            continue
        number += 1
        if is_removed(cell):
            continue
        where = f"{name}, cell {number}"
        if cell["cell_type"] == "markdown":
            nodes = markdown_nodes(cell["source"], where)
            refuse_invisible(nodes, where)
            yield Item(where, nodes=nodes)
        elif cell["cell_type"] == "code":
            for part in published(cell, where, own_stem(cell, anchor_of(name), number), say):
                yield Item(where, part) if isinstance(part, list) else Item(where, block=part)
        elif cell["source"].strip():
            raise ChapterError(f"{where} is a raw cell; use Markdown")
