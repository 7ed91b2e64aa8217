"""What every page adds to the joined chapters, and the notebook that nbconvert exports.

nbconvert converts notebooks, so the brief becomes a notebook: a Markdown cell for each text with
its tree as metadata, a code cell for each block with the block as its output.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import TemplateExporter
from nbformat import from_dict

from claimbrief.blocks import MIME
from claimbrief.render.join import Brief, Chapter
from claimbrief.texts import Json

if TYPE_CHECKING:
    from jinja2 import Environment
    from nbformat import NotebookNode


_from_dict: Any = from_dict  # it has no types


@dataclass(frozen=True, eq=False)
class Shared:
    """A value of the notebook that is not copied, as nbconvert copies a notebook twice."""

    value: Any

    def __deepcopy__(self, memo: object) -> Shared:
        return self


@dataclass(frozen=True)
class Colophon:
    """How a brief was built: its edition, the value of each parameter, digest and version."""

    edition: str
    label: str
    changed: Mapping[str, str]
    parameters: Mapping[str, str]
    lock: str
    version: str


def joined_notebook(brief: Brief, colophon: Colophon) -> NotebookNode:
    """Return the brief as one notebook."""
    brief_metadata = {
        "title": brief.title,
        "contents": [_contents(chapter) for chapter in brief.chapters],
        "ledger": _ledger(brief.chapters),
        "cited_in": Shared(brief.cited_in),
        "colophon": {
            "edition": colophon.edition,
            "label": colophon.label,
            "changed": dict(colophon.changed),
            "parameters": dict(colophon.parameters),
            "lock": colophon.lock,
            "version": colophon.version,
        },
    }
    cells = [cell for chapter in brief.chapters for cell in _cells(chapter)]
    numbered = [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells, 1)]
    version = {"nbformat": 4, "nbformat_minor": 5}
    notebook: NotebookNode = _from_dict(
        {**version, "metadata": {"brief": brief_metadata}, "cells": numbered}
    )
    return notebook


def _ledger(chapters: Sequence[Chapter]) -> str:
    """Return the anchor of the first chapter with cards; without cards that of the last chapter."""
    return next((it for it in chapters if _has_cards(it)), chapters[-1]).anchor


def _has_cards(chapter: Chapter) -> bool:
    return any(item.block and item.block["kind"] == "cards" for item in chapter.items)


def _contents(chapter: Chapter) -> Json:
    heads = [
        {"anchor": node["id"], "nodes": node["children"]}
        for item in chapter.items
        for node in item.nodes
        if node["type"] == "heading" and node["level"] == 2
    ]
    return {"anchor": chapter.anchor, "title": chapter.title, "heads": heads}


def _cells(chapter: Chapter) -> Iterator[Json]:
    begins = {"anchor": chapter.anchor, "title": chapter.title, "has_cards": _has_cards(chapter)}
    yield _text({"chapter": begins}, f"# {chapter.title}")
    for item in chapter.items:
        if item.block is None:
            yield _text({"nodes": item.nodes})
        else:
            output = {
                "output_type": "display_data",
                "metadata": {},
                "data": {MIME: Shared(item.block)},
            }
            cell: Json = {"cell_type": "code", "metadata": {}, "source": ""}
            yield {**cell, "execution_count": None, "outputs": [output]}
    if chapter.notes:
        yield _text({"notes": list(chapter.notes)})


def _text(metadata: Json, source: str = "") -> Json:
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def blocks_of(notebook: NotebookNode) -> list[Json]:
    """Return the blocks of a joined notebook, in order of reading."""
    return [
        cell["outputs"][0]["data"][MIME].value
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


class BriefExporter(TemplateExporter):
    """An exporter with the templates of this project and of nbconvert, and none of the user's."""

    def __init__(self, templates: Path, **settings: Any) -> None:
        super().__init__(extra_template_basedirs=[str(templates)], **settings)  # type: ignore[no-untyped-call]

    def get_prefix_root_dirs(self) -> list[str]:
        """Return where nbconvert's own templates are: in this environment alone."""
        return [str(Path(sys.prefix) / "share" / "jupyter")]

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        return environment
