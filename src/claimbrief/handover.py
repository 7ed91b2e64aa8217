"""What a build and its kernels hand each other besides messages.

A message is text and is stored in the executed notebook. A file that is larger than MESSAGE_LIMIT,
or is not text, is written into a folder of the build's under its SHA-256.
"""

from __future__ import annotations

import os
from pathlib import Path

MESSAGE_LIMIT = 1_000_000  # bytes

# Set in the kernels that a build starts (claimbrief.render.kernels); None elsewhere: in JupyterLab
# nobody collects the files, and they are left out.
folder: Path | None = None

# Set in the same kernels: the fingerprints of the datasets that the build has found sound, which a
# chapter need not check again (claimbrief.loading). Empty elsewhere.
sound: frozenset[str] = frozenset()


def carry(content: bytes, sha256: str) -> dict[str, object]:
    """Return what a file's block holds of its content.

    `content` is the text itself, `handed_over` the digest of what was written into the folder, and
    `left_out` is true where neither is possible.
    """
    if len(content) <= MESSAGE_LIMIT:
        try:
            return {"content": content.decode("utf-8")}
        except UnicodeDecodeError:
            pass
    if folder is None:
        return {"left_out": True}
    part = folder / f"{sha256}.{os.getpid()}"
    part.write_bytes(content)
    part.replace(folder / sha256)  # so that nobody finds half a file
    return {"handed_over": sha256}


def is_build() -> bool:
    """Return whether a build runs this notebook, and takes only the JSON of its blocks."""
    return folder is not None
