"""The brief as a PDF/UA-1, set by Typst.

The template makes a few lines of Typst that call the theme for each cell; all text reaches the
theme as JSON, so that no quote can inject markup.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimbrief.errors import PageError
from claimbrief.render.fonts import font_folders, refuse_missing_glyphs
from claimbrief.render.page import BriefExporter, blocks_of
from claimbrief.texts import Json

if TYPE_CHECKING:
    from nbformat import NotebookNode

STANDARDS = ["1.7", "ua-1", "a-2a"]


class TypstExporter(BriefExporter):
    """Makes the Typst source of the joined notebook by `typst/index.typ.j2`."""

    template_name = "typst"
    file_extension = ".typ"
    output_mimetype = "text/plain"


def pdf_file(notebook: NotebookNode, templates: Path) -> bytes:
    """Return the PDF of the joined notebook; PageError if Typst fails or warns."""
    import typst

    brief = json.dumps(typst_data(notebook), ensure_ascii=False)
    refuse_missing_glyphs(brief)
    source, _ = TypstExporter(templates).from_notebook_node(notebook)
    compiled: Any = typst.compile_with_warnings  # its stub wants paths and input of one type
    try:
        pdf, warnings = compiled(
            source.encode("utf-8"),
            root=str(templates / "typst"),
            sys_inputs={"brief": brief},
            ignore_system_fonts=True,
            font_paths=[str(folder) for folder in font_folders()],
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=_timestamp(str(notebook.metadata["brief"]["title"]["day"])),
        )
    except typst.TypstError as error:
        hints = "; ".join(error.hints)
        raise PageError(f"Typst: {error.message}{f' ({hints})' if hints else ''}") from error
    if warnings:
        messages = "\n  ".join(dict.fromkeys(warning.message for warning in warnings))
        raise PageError(f"Typst warns:\n  {messages}")
    return bytes(pdf)


def typst_data(notebook: NotebookNode) -> Json:
    """Return what the theme reads: the head and foot of the brief and, in order, its cells."""
    blocks = iter(blocks_of(notebook))
    cells = [next(blocks) if cell.cell_type == "code" else cell.metadata for cell in notebook.cells]
    brief = notebook.metadata["brief"]
    return {**brief, "cited_in": brief["cited_in"].value, "cells": cells}


def _timestamp(day: str) -> datetime.datetime:
    """Return the noon of the brief's day: the PDF must not hold the time of its build."""
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError as error:
        raise PageError(f"the title block's day is {day!r}; accepted: YYYY-MM-DD") from error
    return datetime.datetime.combine(date, datetime.time(12), tzinfo=datetime.UTC)
