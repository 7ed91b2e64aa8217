"""numbers.json: the figures of each block, its notebook, and the functions and files that make it.

Which functions make a block is read from its notebook cell, and the file of each from the imports
of its room: nothing is run or imported for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import claimbrief
from claimbrief.render.editions import CONTENTS
from claimbrief.render.items import Item, numbered, where_of
from claimbrief.render.keys import cells_of

MADE_BY = "made_by"  # stands first among the figures of a block, and is none
ROOMS = ("analysis", "charts", "tables", "prose", "downloads")  # the first computes, the rest draw
_IMPORTS = re.compile(r"^from (\S+) import (?:\(([^)]*)\)|(.*))", re.M)
_CALL = re.compile(rf"\b((?:{'|'.join(ROOMS)})\.\w+)")
_ASSIGNMENT = re.compile(r"^(\w[\w, ]*) = (.*?)(?=^\w|\Z)", re.M | re.S)
_NAME = re.compile(r"(?<![.\w])\w+")
_FOR_EACH_DAY = ("analysis.by_day", "analysis.views_by_day")  # they compute no frame themselves
_BY_DAY = "_by_day"  # ends the name of a function that calls another one for each day


def numbers(chapters: Sequence[Path], shows: Sequence[Sequence[Item]]) -> bytes:
    """Return numbers.json, of what chapters show; their blocks have the names of the page."""
    found = {}
    for chapter, items in zip(chapters, shows, strict=True):
        functions = dict(_functions_by_cell(chapter))
        for block, cell in ((it.block, it.where) for it in items if it.block):
            if block["numbers"]:
                figures = json.loads(json.dumps(block["numbers"], sort_keys=True))
                made_by = {"notebook": (CONTENTS.parent / chapter.name).as_posix()}
                made_by |= {it: _files_of_functions()[it] for it in functions.get(cell, [])}
                found[block["block_id"]] = {MADE_BY: made_by, **figures}
    return f"{json.dumps(dict(sorted(found.items())), ensure_ascii=False, indent=2)}\n".encode()


@cache
def _files_of_functions() -> dict[str, str]:
    """Return the file of each function that a room offers to notebooks, as `tables.days`."""
    package = Path(claimbrief.__file__).parent
    return {
        f"{room}.{name}": f"src/{module.replace('.', '/')}.py"
        for room in ROOMS
        for module, *names in _IMPORTS.findall((package / room / "__init__.py").read_text("utf-8"))
        for name in re.findall(r"\w+", "".join(names))
    }


def _functions_by_cell(chapter: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield where each code cell is, with the functions that it calls.

    First come those that compute, in the cell or for the variables that it uses.
    """
    behind: dict[str, list[str]] = {}
    for number, cell in numbered(cells_of(chapter)[1]):
        if cell["cell_type"] == "code":
            source = cell["source"]
            functions = dict.fromkeys([*_computing(source, behind), *_calls(source)])
            yield where_of(chapter.name, number), list(functions)
            for names, value in _ASSIGNMENT.findall(source):
                behind |= dict.fromkeys(_NAME.findall(names), _computing(value, behind))


def _computing(source: str, behind: Mapping[str, list[str]]) -> list[str]:
    """Return the functions that a piece of code calls, or that its variables are made by."""
    used = [it for name in _NAME.findall(source) for it in behind.get(name, ())]
    return list(dict.fromkeys([*used, *(it for it in _calls(source) if it.startswith(ROOMS[0]))]))


def _calls(source: str) -> list[str]:
    """Return the functions of the rooms that a piece of code calls."""
    files = _files_of_functions()
    calls = [
        each if (each := name.removesuffix(_BY_DAY)) in files else name
        for name in _CALL.findall(source)
    ]
    return [it for it in dict.fromkeys(calls) if it in files and it not in _FOR_EACH_DAY]
