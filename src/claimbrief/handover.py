"""How a file's content gets from a notebook to the build: in the message, or past it.

A message from a kernel is text and is stored in the executed notebook. What is larger than
MOST_CARRIED, or is no text, is laid into a folder that the build names in the environment, under
its SHA-256. Where nobody has named a folder, as in JupyterLab, it is left out.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = "CLAIMBRIEF_HANDOVER"  # the environment's variable
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
