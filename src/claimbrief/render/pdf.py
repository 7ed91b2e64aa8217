"""The brief and its record as PDF/UA-1, each a file of its own, set by Typst.

The template makes a few lines of Typst that call the theme for each cell; all text reaches the
theme as JSON, so that no quote can inject markup.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimbrief.errors import PageError
from claimbrief.render.cache import Cache
from claimbrief.render.chart_texts import with_texts_apart
from claimbrief.render.contract import BRIEF_PDF
from claimbrief.render.keys import digest, files_digest, installed, package_digest
from claimbrief.render.page import BriefExporter, blocks_of, drawn, of_file, written_text
from claimbrief.render.paper_fonts import font_folders, set_by
from claimbrief.render.parts import anchors_of, with_other_files
from claimbrief.texts import Json

if TYPE_CHECKING:
    from nbformat import NotebookNode

STANDARDS = ["1.7", "ua-1", "a-2a"]


class TypstExporter(BriefExporter):
    """Makes the Typst source of the joined notebook by `typst/index.typ.j2`."""

    template_name = "typst"
    file_extension = ".typ"
    output_mimetype = "text/plain"


def pdf_file(
    notebook: NotebookNode, templates: Path, cache: Cache | None = None, file: str = BRIEF_PDF
) -> bytes:
    """Return a PDF of the joined notebook: that of front and brief, or that of the record.

    Raises PageError if Typst fails or warns.
    """
    return _kept(file, of_file(notebook, file), templates, cache)


def page_picture(
    notebook: NotebookNode, templates: Path, cache: Cache | None = None, pixels_an_inch: int = 80
) -> bytes:
    """Return the first page of the brief as a PNG: what a preview of the page shows."""
    own = of_file(notebook, BRIEF_PDF)
    own.cells = own.cells[: own.metadata["brief"]["front_cells"]]
    picture = {"format": "png", "ppi": float(pixels_an_inch)}
    return _kept("picture", own, templates, cache, picture)


def _kept(
    name: str,
    own: NotebookNode,
    templates: Path,
    cache: Cache | None,
    output: Json | None = None,
) -> bytes:
    """Return what Typst makes of a part of the notebook.

    It is kept and set again only when its content, the theme or a version has changed.
    """
    theme = files_digest(templates, (templates / "typst").glob("*"))
    key = digest(name, written_text(own), output, theme, package_digest(above=True), installed())
    kept = cache or Cache(None)

    def make() -> bytes:
        content = json.dumps(typst_data(own), ensure_ascii=False)
        return typeset(_source(own, templates), content, templates, _day(own), output, kept)

    return kept.get_or_make("pdfs", key, make)


def _source(notebook: NotebookNode, templates: Path) -> bytes:
    return drawn(lambda: TypstExporter(templates), notebook).encode("utf-8")


def typeset(
    source: bytes,
    content: str,
    templates: Path,
    day: datetime.datetime,
    output: Json | None = None,
    kept: Cache | None = None,
) -> bytes:
    """Return what Typst makes of a source and its data, by default a PDF; the cache keeps fonts."""
    import typst

    scripts = json.dumps(set_by(content), ensure_ascii=False)
    as_pdf = {"format": "pdf", "pdf_standards": list(STANDARDS), "timestamp": day}
    compiled: Any = typst.compile_with_warnings  # its stub wants paths and input of one type
    try:
        with font_folders(content, kept or Cache(None)) as folders:
            document, warnings = compiled(
                source,
                root=str(templates / "typst"),
                sys_inputs={"brief": content, "scripts": scripts},
                ignore_system_fonts=True,
                font_paths=folders,
                **(output or as_pdf),
            )
    except typst.TypstError as error:
        hints = "; ".join(error.hints)
        raise PageError(f"Typst: {error.message}{f' ({hints})' if hints else ''}") from error
    if warnings:
        messages = "\n  ".join(dict.fromkeys(warning.message for warning in warnings))
        raise PageError(f"Typst warns:\n  {messages}")
    return bytes(document[0] if isinstance(document, list) else document)


def typst_data(notebook: NotebookNode) -> Json:
    """Return what the theme reads: the head and foot of a PDF and, in order, its cells.

    A link to what another PDF holds leads to that file.
    """
    blocks = iter(blocks_of(notebook))
    cells = [next(blocks) if cell.cell_type == "code" else cell.metadata for cell in notebook.cells]
    cells = [with_texts_apart(it) if it.get("kind") == "figure" else it for it in cells]
    brief = notebook.metadata["brief"]
    elsewhere = brief["destinations"].value
    own = anchors_of(cells)
    read = {**brief, "cited_in": brief["cited_in"].value, "cells": cells}
    del read["destinations"]
    linked: Json = with_other_files(read, own, elsewhere)
    return linked


def _day(notebook: NotebookNode) -> datetime.datetime:
    return _timestamp(str(notebook.metadata["brief"]["title"]["day"]))


def _timestamp(day: str) -> datetime.datetime:
    """Return the noon of the brief's day: the PDF must not hold the time of its build."""
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError as error:
        raise PageError(f"the title block's day is {day!r}; accepted: YYYY-MM-DD") from error
    return datetime.datetime.combine(date, datetime.time(12), tzinfo=datetime.UTC)
