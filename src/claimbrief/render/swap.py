"""Puts finished files into a folder whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from claimbrief.errors import ParameterError


def refuse_unwritable(folder: Path) -> None:
    """Raise ParameterError if files cannot be written into the folder, which may not exist yet."""
    nearest = folder
    try:
        while not nearest.exists() and nearest != nearest.parent:
            nearest = nearest.parent
    except OSError as error:
        raise ParameterError(f"--output {folder}: {error.strerror}") from error
    if not nearest.is_dir():
        raise ParameterError(f"--output {folder}: {nearest.name} is a file; accepted: a folder")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise ParameterError(f"--output {folder}: {nearest} cannot be written to")


def refuse_overlap(folder: Path, kept: Mapping[str, Path | None]) -> None:
    """Raise ParameterError if files would be written into any of these folders, given by name."""
    for name, taken in kept.items():
        if taken is not None and folder.resolve().is_relative_to(taken.resolve()):
            raise ParameterError(
                f"--output {folder} lies in {name}, which a build reads; name another folder"
            )


def swap_in(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into the folder; if one cannot be put there, all are as they were before.

    Two builds that write into one folder do so one after the other.
    """
    created = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    # Inside the folder, so that each move is a rename on one file system.
    stage = Path(tempfile.mkdtemp(prefix=".swap-", dir=folder))
    try:
        _write(files, stage)
        with _alone(folder):
            _move(list(files), stage, folder)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        for parent in created:
            parent.rmdir()
        raise
    shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a folder against other builds, where the system has such a lock."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def _write(files: Mapping[str, bytes], stage: Path) -> None:
    for name, content in files.items():
        (stage / f"{name}.new").write_bytes(content)
        (stage / f"{name}.new").chmod(0o666 & ~_mask())


def _move(names: list[str], stage: Path, folder: Path) -> None:
    """Move each new file into place, the old ones aside; on any failure put the old ones back."""
    aside: list[str] = []
    placed: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                (folder / name).replace(stage / f"{name}.old")
                aside.append(name)
        for name in names:
            (stage / f"{name}.new").replace(folder / name)
            placed.append(name)
    except BaseException:
        for name in placed:
            (folder / name).unlink(missing_ok=True)
        for name in aside:
            (stage / f"{name}.old").replace(folder / name)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
