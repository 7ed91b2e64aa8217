"""What a build and its kernels hand each other besides messages.

A message is text and is stored in the executed notebook. A file that is to stand beside the page is
written into a folder of the build's under its SHA-256.
"""

from __future__ import annotations

import os
from pathlib import Path

# Set in the kernels that a build starts (claimbrief.render.kernels); None elsewhere: in JupyterLab
# nobody collects the files, and they are left out.
folder: Path | None = None

# Set in the same kernels: the fingerprints of the datasets that the build has found sound, which a
# chapter need not check again (claimbrief.loading). Empty elsewhere.
sound: frozenset[str] = frozenset()


def hand_over(content: bytes, sha256: str) -> None:
    """Write a file for the build, if one runs this notebook."""
    if folder is not None:
        part = folder / f"{sha256}.{os.getpid()}"
        part.write_bytes(content)
        part.replace(folder / sha256)  # so that nobody finds half a file
