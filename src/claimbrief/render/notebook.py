"""A chapter's file as a build can take it; anything else is refused by notebook and cell."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from claimbrief.descriptor import texts_in
from claimbrief.errors import INVISIBLE, ChapterError
from claimbrief.texts import Json

REMOVE_CELL, REMOVE_OUTPUT = "remove-cell", "remove-output"
# Code is never shown and nothing can be unfolded on paper: these tags change nothing.
_NO_EFFECT = {"remove-input", "hide-input", "hide-output", "hide-cell"}
_LEAVES_OUT = ("remove", "hid", "skip", "exclu", "omit", "ignore", "delete", "no-", "noexp")
INJECTED = "injected-parameters"  # papermill's tag on the cell that it adds
_OF_PAPERMILL = (INJECTED, "papermill-error-cell-tag")
_OPTION = re.compile(r"^#\|\s*(?:include|output|eval)\s*:\s*false\s*$", re.M | re.I)  # of Quarto
_SAVE = "open it in JupyterLab and save it, in format 4"


def read_notebook(chapter: Path) -> Json:
    """Return a notebook, each source as one text.

    Raises ChapterError for a file that is no notebook of Python in format 4, and for a cell that
    papermill would lose, that would be published although it is meant not to be, or that holds a
    sign that cannot be seen.
    """
    try:
        notebook = json.loads(chapter.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(chapter, _cause(error)) from error
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise _unreadable(chapter, f"it is none in format 4; {_SAVE}")
    for name, kind in (("cells", list), ("metadata", dict)):
        if not isinstance(notebook.get(name), kind):
            raise _unreadable(chapter, f"it has no {name!r}; {_SAVE}")
    _refuse_language(chapter, notebook["metadata"])
    cells = [_cell(f"{chapter.name}, cell {at}", it) for at, it in enumerate(notebook["cells"], 1)]
    _refuse_twice(chapter.name, cells)
    return {**notebook, "cells": cells}


def tags_of(cell: Mapping[str, Any]) -> set[str]:
    """Return a cell's tags in lower case and with hyphens, as remove-cell for Remove_Cell."""
    return {re.sub(r"[_\s]", "-", tag.lower()) for tag in cell["metadata"].get("tags", [])}


def refuse_invisible(value: object, where: str, signs: re.Pattern[str] = INVISIBLE) -> None:
    """Raise ChapterError if a text of a cell, or of what it shows, has a sign that hides."""
    for text in texts_in(value):
        for found in signs.finditer(text):
            if found[0] not in "\n\t\r":
                sign = ascii(found[0])[1:-1]
                raise ChapterError(f"{where} has the sign {sign}, which cannot be seen; remove it")


def _unreadable(chapter: Path, cause: str) -> ChapterError:
    return ChapterError(f"{chapter.name} cannot be read as a notebook: {cause}")


def _cause(error: Exception) -> str:
    if isinstance(error, OSError):
        return str(error.strerror)
    if isinstance(error, UnicodeDecodeError):
        return "it is not in UTF-8; save it as UTF-8"
    nested = "it is nested too deep"
    return nested if isinstance(error, RecursionError) else f"it is no JSON: {error}"


def _refuse_language(chapter: Path, metadata: Json) -> None:
    for about, name in (("kernelspec", "language"), ("language_info", "name")):
        described = metadata.get(about, {})
        if not isinstance(described, dict):
            raise _unreadable(chapter, f"its {about} is {described!r}; {_SAVE}")
        language = described.get(name, "python")
        if "python" not in str(language).lower():
            raise _unreadable(chapter, f"it is written in {language!r}; accepted: Python")


def _cell(where: str, cell: Any) -> Json:
    """Return a cell with its source as one text."""
    try:
        source, tags = cell["source"], cell["metadata"].get("tags", [])
        source = "".join(source) if isinstance(source, list) else source
        lists = (tags, cell.get("outputs", []))
        is_known = cell["cell_type"] in ("code", "markdown", "raw")
        is_cell = is_known and all(isinstance(it, list) for it in lists)
    except (KeyError, TypeError, AttributeError):
        is_cell = False
    if not is_cell or not all(isinstance(text, str) for text in (source, *tags)):
        raise ChapterError(f"{where} is not as a notebook’s cells are; {_SAVE}")
    read: Json = {**cell, "source": source}
    refuse_invisible(source, where)
    _refuse_tags(where, read)
    return read


def _refuse_tags(where: str, cell: Json) -> None:
    """Refuse a cell that papermill would take for its own, or that hides in another tool's way."""
    todo = f"tag it {REMOVE_CELL} or {REMOVE_OUTPUT}"
    for tag in sorted(tags_of(cell)):
        if tag in _OF_PAPERMILL:
            raise ChapterError(
                f"{where} has the tag {tag}, which papermill gives to cells that it adds and "
                "replaces; delete the cell or, if it is your own, the tag"
            )
        if tag.startswith(_LEAVES_OUT) and tag not in {REMOVE_CELL, REMOVE_OUTPUT, *_NO_EFFECT}:
            raise ChapterError(f"{where} has the tag {tag!r}, which nothing here follows; {todo}")
    if cell["cell_type"] == "code" and (option := _OPTION.search(cell["source"])):
        raise ChapterError(f"{where} says {option[0]!r}, which nothing here follows; {todo}")


def _refuse_twice(name: str, cells: Sequence[Json]) -> None:
    """Refuse two cells with an id, and two that declare parameters: papermill takes one of them."""
    first: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        names = [f"the id {cell['id']!r}"] if "id" in cell else []
        if "parameters" in cell["metadata"].get("tags", []):
            names.append("the tag parameters")
        for it in names:
            if it in first:
                raise ChapterError(
                    f"{name}, cells {first[it]} and {number} both have {it}; accepted: one of them"
                )
            first[it] = number
