"""What every page adds to the joined chapters, and the notebook that nbconvert exports.

nbconvert converts a notebook, so the brief becomes one: a Markdown cell for each text with its
tree as metadata, a code cell for each block with the block as its output.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import TemplateExporter
from nbformat import from_dict

from claimbrief.blocks import MIME, Json
from claimbrief.render.join import Brief, Chapter

if TYPE_CHECKING:
    from jinja2 import Environment
    from nbformat import NotebookNode


_from_dict: Any = from_dict  # it carries no types


@dataclass(frozen=True, eq=False)
class Held:
    """A value of the notebook that nbconvert, which copies a notebook twice, takes as it is."""

    value: Any

    def __deepcopy__(self, memo: object) -> Held:
        return self


@dataclass(frozen=True)
class Colophon:
    """How a brief was made: its edition, the value of each parameter, digest and version."""

    edition: str
    label: str
    changed: Mapping[str, str]
    parameters: Mapping[str, str]
    lock: str
    version: str


def joined_notebook(brief: Brief, colophon: Colophon) -> NotebookNode:
    """Return the brief as one notebook."""
    told = {
        "title": brief.title,
        "contents": [_contents(chapter) for chapter in brief.chapters],
        "cited_in": Held(brief.cited_in),
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
    notebook: NotebookNode = _from_dict({**version, "metadata": {"brief": told}, "cells": numbered})
    return notebook


def _contents(chapter: Chapter) -> Json:
    heads = [
        {"anchor": node["id"], "nodes": node["children"]}
        for item in chapter.items
        for node in item.nodes
        if node["type"] == "heading" and node["level"] == 2
    ]
    return {"anchor": chapter.anchor, "title": chapter.title, "heads": heads}


def _cells(chapter: Chapter) -> Iterator[Json]:
    has_cards = any(item.block and item.block["kind"] == "cards" for item in chapter.items)
    begins = {"anchor": chapter.anchor, "title": chapter.title, "has_cards": has_cards}
    yield _text({"chapter": begins}, f"# {chapter.title}")
    for item in chapter.items:
        if item.block is None:
            yield _text({"nodes": item.nodes})
        else:
            shown = {
                "output_type": "display_data",
                "metadata": {},
                "data": {MIME: Held(item.block)},
            }
            cell: Json = {"cell_type": "code", "metadata": {}, "source": ""}
            yield {**cell, "execution_count": None, "outputs": [shown]}
    if chapter.notes:
        yield _text({"notes": list(chapter.notes)})


def _text(metadata: Json, source: str = "") -> Json:
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def shown_blocks(notebook: NotebookNode) -> list[Json]:
    """Return the blocks of a joined notebook, in order of reading."""
    return [
        cell["outputs"][0]["data"][MIME].value
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


class BriefExporter(TemplateExporter):
    """An exporter whose templates are this project's and nbconvert's own, and no user's."""

    def __init__(self, templates: Path, **settings: Any) -> None:
        super().__init__(extra_template_basedirs=[str(templates)], **settings)  # type: ignore[no-untyped-call]

    def get_prefix_root_dirs(self) -> list[str]:
        """Return where nbconvert's own templates are: in this environment alone."""
        return [str(Path(sys.prefix) / "share" / "jupyter")]

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        return environment
