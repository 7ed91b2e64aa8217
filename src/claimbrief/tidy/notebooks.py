"""A notebook in the house form: what was written in it, and nothing that a run or editor left.

Outputs, execution counts and the metadata of JupyterLab, VS Code and Colab go. Text, tags,
attachments and ids stay; a cell without an id takes the id that Colab gave it, or its number.
"""

from __future__ import annotations

import json
from typing import Any

from claimbrief.errors import Problem
from claimbrief.tidy import Tidied
from claimbrief.wording import counted

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_ACCEPTED = "a Python notebook of format 4"
_RETRIEVE = "mend it, or take it back from git"

Cell = dict[str, Any]


def tidied_notebook(file: str, content: bytes) -> Tidied:
    """Return a notebook in the house form."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _unread(content, file, 0, "another encoding than UTF-8")
    except json.JSONDecodeError as error:
        return _unread(content, file, error.lineno, f"no JSON ({error.msg})")
    if fault := _fault(found):
        return _unread(content, file, 0, fault)
    for number, cell in enumerate(found["cells"], 1):
        if not _is_cell(cell):
            return _unread(content, f"{file}, cell {number}", 0, "no cell of a known kind")
    house = {
        "cells": [_house_cell(number, cell) for number, cell in enumerate(found["cells"], 1)],
        "metadata": METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = json.dumps(house, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    written = text.encode()
    return Tidied(written, tuple(_changes(found, house)) if written != content else ())


def _unread(content: bytes, where: str, line: int, found: str) -> Tidied:
    return Tidied(content, (), (Problem(where, line, "", found, _ACCEPTED, _RETRIEVE),))


def _fault(found: Any) -> str:
    """Return why a file is no Python notebook of format 4, or ""."""
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        return "no notebook"
    if found.get("nbformat") != 4:
        return f"format {found.get('nbformat')}"
    metadata = found.get("metadata", {})
    described = [metadata.get(key, {}) for key in METADATA] if _is_object(metadata) else [metadata]
    if not all(map(_is_object, described)):
        return "metadata that are no object"
    kernel, language = described
    name = language.get("name") or kernel.get("language") or "python"
    return "" if name in ("python", "ipython") else f"a notebook in {name}"


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_cell(cell: Any) -> bool:
    match cell:
        case {"cell_type": "code" | "markdown" | "raw", "source": str() | list() as source}:
            is_text = all(isinstance(line, str) for line in source)
            return is_text and _is_object(cell.get("metadata", {}))
    return False


def _house_cell(number: int, cell: Cell) -> Cell:
    metadata = cell.get("metadata", {})
    tags = metadata.get("tags")
    house: Cell = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id") or metadata.get("id") or f"cell-{number}",
        "metadata": {"tags": tags} if tags else {},
        "source": "".join(cell["source"]).splitlines(keepends=True),
    }
    if cell["cell_type"] == "code":
        house |= {"execution_count": None, "outputs": []}
    elif cell.get("attachments"):
        house["attachments"] = cell["attachments"]
    return house


def _changes(found: Cell, house: Cell) -> list[str]:
    """Return what the house form lacks or has otherwise, in words."""
    pairs = list(zip(found["cells"], house["cells"], strict=True))
    counts = {
        "outputs": sum(bool(cell.get("outputs")) for cell, _ in pairs),
        "execution counts": sum(cell.get("execution_count") is not None for cell, _ in pairs),
        "metadata": sum(cell.get("metadata", {}) != tidy["metadata"] for cell, tidy in pairs),
        "new ids": sum("id" not in cell for cell, _ in pairs),
    }
    changes = [f"{what} of {counted(count, 'cell')}" for what, count in counts.items() if count]
    if found.get("metadata") != METADATA:
        changes.append("metadata of the notebook")
    return changes or ["how its JSON is written"]
