"""What passes between a build and its notebooks besides messages: large files, and what is cited.

A message from a kernel is text and is stored in the executed notebook. What is larger than
MOST_CARRIED, or is no text, is laid into a folder that the build names in the environment, under
its SHA-256. Where nobody has named a folder, as in JupyterLab, it is left out.

The other way goes a list of what the brief's chapters link to, for a chapter that cannot show all
that they might link to: a build runs such a chapter again when it knows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

FOLDER = "CLAIMBRIEF_HANDOVER"  # the environment's variables
CITED = "CLAIMBRIEF_CITED"
MOST_CARRIED = 1_000_000  # bytes


def carried(content: bytes, sha256: str) -> dict[str, object]:
    """Return what a file's block says of its content.

    `content` is the text itself, `handed_over` its digest where it was laid into the folder, and
    `left_out` is true where neither could be done.
    """
    if len(content) <= MOST_CARRIED:
        try:
            return {"content": content.decode("utf-8")}
        except UnicodeDecodeError:
            pass  # no text, and a message holds nothing else
    folder = os.environ.get(FOLDER)
    if not folder:
        return {"left_out": True}
    part = Path(folder) / f"{sha256}.{os.getpid()}"
    part.write_bytes(content)
    part.replace(Path(folder) / sha256)  # at once: nobody finds half a file
    return {"handed_over": sha256}


def is_build() -> bool:
    """Return whether a build runs this notebook, and takes the JSON of what it shows."""
    return CITED in os.environ


def write_cited(anchors: Sequence[str], file: Path) -> None:
    """Write what the chapters of a brief link to, in order of reading."""
    file.write_text(json.dumps(list(anchors)), encoding="utf-8")


def cited() -> tuple[str, ...] | None:
    """Return what the chapters of the brief link to, in order of reading; none if nobody says.

    None itself means that a build will say so later, when it runs the chapter again.
    """
    file = os.environ.get(CITED)
    if not file:
        return ()
    try:
        return tuple(json.loads(Path(file).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
