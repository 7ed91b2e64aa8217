"""What a chapter shows, as a list of items: the text of its Markdown cells and its blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from claimbrief.errors import ChapterError
from claimbrief.render.markdown import Node, markdown_nodes, slug
from claimbrief.render.notebook import INJECTED, REMOVE_CELL, refuse_invisible, tags_of
from claimbrief.render.own_output import Say, published
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
    items = []
    own = (it for it in notebook["cells"] if INJECTED not in it["metadata"].get("tags", []))
    for number, cell in enumerate(own, 1):
        where = f"{name}, cell {number}"
        if REMOVE_CELL in tags_of(cell):
            continue
        if cell["cell_type"] == "markdown":
            nodes = markdown_nodes(cell["source"], where)
            refuse_invisible(nodes, where)
            items.append(Item(where, nodes))
        elif cell["cell_type"] == "code":
            stem = f"{anchor_of(name)}-{slug(str(cell.get('id') or f'cell-{number}'))}"
            for part in published(cell, where, stem, say):
                nodes, block = (part, None) if isinstance(part, list) else ([], part)
                items.append(Item(where, nodes, block))
        elif cell["source"].strip():
            raise ChapterError(f"{where} is a raw cell; use Markdown")
    return items


def anchor_of(name: str) -> str:
    """Return the anchor of a chapter: its file's name without the leading number."""
    return slug(re.sub(r"^\d+[-_. ]*", "", name.removesuffix(".ipynb")))
