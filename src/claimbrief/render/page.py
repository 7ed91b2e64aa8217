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
from nbformat import v4

from claimbrief.blocks import MIME, Json
from claimbrief.render.join import Brief, Chapter

if TYPE_CHECKING:
    from jinja2 import Environment
    from nbformat import NotebookNode


_v4: Any = v4  # its functions carry no types


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
    cells = [cell for chapter in brief.chapters for cell in _cells(chapter)]
    notebook: NotebookNode = _v4.new_notebook(cells=cells)
    notebook.metadata["brief"] = {
        "title": brief.title,
        "contents": [_contents(chapter) for chapter in brief.chapters],
        "cited_in": brief.cited_in,
        "colophon": {
            "edition": colophon.edition,
            "label": colophon.label,
            "changed": dict(colophon.changed),
            "parameters": dict(colophon.parameters),
            "lock": colophon.lock,
            "version": colophon.version,
        },
    }
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number}"  # nbformat's own ids are drawn at random
    return notebook


def _contents(chapter: Chapter) -> Json:
    heads = [
        {"anchor": node["id"], "nodes": node["children"]}
        for item in chapter.items
        for node in item.nodes
        if node["type"] == "heading" and node["level"] == 2
    ]
    return {"anchor": chapter.anchor, "title": chapter.title, "heads": heads}


def _cells(chapter: Chapter) -> Iterator[NotebookNode]:
    begins: Json = {"chapter": {"anchor": chapter.anchor, "title": chapter.title}}
    yield _v4.new_markdown_cell(f"# {chapter.title}", metadata=begins)
    for item in chapter.items:
        if item.block is None:
            yield _v4.new_markdown_cell(metadata={"nodes": item.nodes})
        else:
            shown = _v4.new_output("display_data", data={MIME: item.block})
            yield _v4.new_code_cell(outputs=[shown])
    if chapter.notes:
        yield _v4.new_markdown_cell(metadata={"notes": list(chapter.notes)})


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
