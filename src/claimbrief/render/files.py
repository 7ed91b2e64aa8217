"""The files that a brief carries in its blocks and that are written beside the page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from claimbrief.errors import PageError
from claimbrief.render.join import Brief
from claimbrief.texts import Json

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ACCEPTED = "a name of letters, digits, dots, hyphens and underscores, with no folder"


def files_beside(
    brief: Brief, taken: Sequence[str], handover: Path | None = None
) -> dict[str, bytes]:
    """Return the content of each file block, by file name, in order of reading, and take it out.

    Page and PDFs name a file and do not hold it. What was too large for a message lies in the
    folder `handover` (see claimbrief.handover). Raises PageError for a name that is no plain file
    name, that is one of `taken` or that two blocks have (in capitals or not: some disks do not tell
    them apart), for a content that is not there, and for a digest that is not the content's.
    """
    files: dict[str, bytes] = {}
    used = {name.casefold() for name in taken}
    for block in brief.blocks():
        if block["kind"] != "file":
            continue
        name, whose = str(block["file_name"]), f"the file block {block['block_id']!r}"
        if not _NAME.fullmatch(name):
            raise PageError(f"{whose} has the file name {name!r}; accepted: {_ACCEPTED}")
        if name.casefold() in used:
            raise PageError(
                f"{whose} has the file name {name!r}, which another file of the brief has"
            )
        content = _content(block, whose, handover)
        if hashlib.sha256(content).hexdigest() != block["sha256"]:
            raise PageError(f"{whose} prints a digest that is not that of its content")
        used.add(name.casefold())
        files[name] = content
        for part in ("content", "handed_over"):
            block.pop(part, None)
    return files


def _content(block: Json, whose: str, handover: Path | None) -> bytes:
    if "content" in block:
        return str(block["content"]).encode("utf-8")
    path = handover / str(block["sha256"]) if handover and block.get("handed_over") else None
    if path is None or not _DIGEST.fullmatch(path.name) or not path.is_file():
        raise PageError(f"{whose} is too large for a message and was not handed over")
    return path.read_bytes()
