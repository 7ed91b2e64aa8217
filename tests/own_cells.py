"""Chapters written in a test: an analyst's own cells, and the project that they are built in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat
import yaml
from nbformat import NotebookNode
from projects import EDITIONS, fixture_cells, project

from claimbrief.render.editions import Contents, read_contents
from claimbrief.render.plan import Plan, planned

OWN = "2-own.ipynb"


def own_chapter(*sources: str, tags: Sequence[str] = ()) -> NotebookNode:
    """Return a chapter with the fixtures' parameters and a code cell for each source.

    A source that begins with a heading is a Markdown cell; the tags are those of the last cell.
    """
    notebook = fixture_cells("prints.ipynb")
    notebook.cells = notebook.cells[:2]
    for number, source in enumerate(sources):
        is_text = source.startswith("## ")
        made = nbformat.v4.new_markdown_cell if is_text else nbformat.v4.new_code_cell
        notebook.cells.append(made(source, id=f"own-{number}"))  # type: ignore[no-untyped-call]
    notebook.cells[-1].metadata["tags"] = list(tags)
    return notebook


def own_project(folder: Path, chapter: NotebookNode) -> Contents:
    """Return a project of the fixtures' first chapter and this one."""
    project(folder)
    (folder / "notebooks" / OWN).write_text(nbformat.writes(chapter), encoding="utf-8")  # type: ignore[no-untyped-call]
    chapters = ["1-question.ipynb", OWN, "3-ledger.ipynb"]
    written = {"chapters": chapters, "default": "whole", "editions": dict(EDITIONS)}
    (folder / "notebooks" / "brief.yml").write_text(yaml.safe_dump(written), encoding="utf-8")
    return read_contents(folder)


def own_plan(folder: Path, chapter: NotebookNode) -> Plan:
    """Return the plan of a brief with this chapter."""
    return planned(own_project(folder, chapter), None, (), folder)
