"""What earlier builds have made, kept by the digest of what it was made from.

A file begins with the digest of its kind, key and content, then holds the content, and is put in
place whole: if it is damaged, half-written, of another key or not a file, it counts as missing. No
time stamp decides what is used.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

SIZE_LIMIT = 1_000_000_000  # bytes; what was used longest ago goes first


class Cache:
    """A folder of kept things, each of a `kind` and with a key; None: nothing is kept.

    With `is_read=False` what is there is not used, but made and kept anew.
    """

    def __init__(self, folder: Path | None, *, is_read: bool = True) -> None:
        self._folder = folder
        self._is_read = is_read

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept that may be used."""
        return self._folder is None or not self._is_read or not self._folder.is_dir()

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what is kept under a key; None if it is missing or not whole."""
        if self._folder is None or not self._is_read:
            return None
        path = self._folder / kind / key
        try:
            if not path.is_file():  # reading anything else may never end
                return None
            head, content = path.read_bytes().split(b"\n", 1)
        except (OSError, ValueError):
            return None
        if head != _digest(kind, key, content):
            return None
        with suppress(OSError):
            os.utime(path)  # for `prune` alone
        return content

    def get_json(self, kind: str, key: str) -> Any:
        """Return what is kept as JSON under a key; None if it is missing, or no JSON."""
        try:
            return json.loads(self.get(kind, key) or b"null")
        except (ValueError, RecursionError):
            return None

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep a content under a key; where the folder cannot be written, nothing is kept."""
        if self._folder is None:
            return
        with suppress(OSError):
            folder = self._folder / kind
            folder.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(prefix=".new-", dir=folder)
            try:
                with os.fdopen(number, "wb") as file:
                    file.write(_digest(kind, key, content) + b"\n" + content)
                Path(name).replace(folder / key)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def get_or_make(self, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key, made and kept now if it is not there."""
        content = self.get(kind, key)
        if content is None:
            content = make()
            self.put(kind, key, content)
        return content

    def folder(self, kind: str) -> Path | None:
        """Return the folder for files that are kept as they are, named by their digest."""
        if self._folder is None:
            return None
        folder = self._folder / kind
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        return folder if os.access(folder, os.W_OK | os.X_OK) else None

    def prune(self) -> None:
        """Remove what was used longest ago until the rest is within the limit."""
        if self._folder is None:
            return
        with suppress(OSError):
            kinds = [entry for entry in os.scandir(self._folder) if entry.is_dir()]
            found = [it for kind in kinds for it in os.scandir(kind) if it.is_file()]
            left = sum(entry.stat().st_size for entry in found)
            for entry in sorted(found, key=lambda entry: entry.stat().st_mtime):
                if left <= SIZE_LIMIT:
                    break
                Path(entry).unlink()
                left -= entry.stat().st_size


def _digest(kind: str, key: str, content: bytes) -> bytes:
    """Return the digest that a file holds before a content that is kept under a key."""
    return hashlib.sha256(f"{kind}\0{key}\0".encode() + content).hexdigest().encode()


NOTHING_KEPT = Cache(None)
