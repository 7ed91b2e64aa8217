"""The files that a brief carries in its blocks and that are written beside the page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from claimbrief.blocks import Json
from claimbrief.errors import PageError
from claimbrief.render.join import Brief, Item

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*", re.ASCII)
_ACCEPTED = "a name of letters, digits, dots, hyphens and underscores, with no folder"


def files_beside(brief: Brief, taken: Sequence[str]) -> dict[str, bytes]:
    """Return the content of each file block of the brief, by file name, in order of reading.

    Raises PageError for a name that is no plain file name, that is one of `taken` or that two
    blocks have (in capitals or not: some disks do not tell them apart), and for a digest that is
    not the content's.
    """
    files: dict[str, bytes] = {}
    used = {name.casefold() for name in taken}
    for block in brief.blocks():
        if block["kind"] != "file":
            continue
        name, content = str(block["file_name"]), str(block["content"]).encode("utf-8")
        told = f"the file block {block['block_id']!r}"
        if not _NAME.fullmatch(name):
            raise PageError(f"{told} has the file name {name!r}; accepted: {_ACCEPTED}")
        if name.casefold() in used:
            raise PageError(
                f"{told} has the file name {name!r}, which another file of the brief has"
            )
        if hashlib.sha256(content).hexdigest() != block["sha256"]:
            raise PageError(f"{told} prints a digest that is not the one of its content")
        used.add(name.casefold())
        files[name] = content
    return files


def without_content(brief: Brief) -> Brief:
    """Return the brief with no file's content in it: the faces name a file, they do not hold it."""
    chapters = tuple(
        replace(chapter, items=tuple(_emptied(item) for item in chapter.items))
        for chapter in brief.chapters
    )
    return replace(brief, chapters=chapters)


def _emptied(item: Item) -> Item:
    block: Json | None = item.block
    if block is None or block["kind"] != "file":
        return item
    return replace(item, block={key: value for key, value in block.items() if key != "content"})
