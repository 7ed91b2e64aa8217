"""Puts finished files into a folder whole or not at all, whatever ends the build that does so.

They are first written into a folder beside their places, `.swap-…`, where each file that will be
replaced gets a second name too. Then each is renamed over the file of its name, so that there is
one at every moment, the former or the next. A mark is there meanwhile: if it is left, the
renames did not finish, and `settle` undoes them; without it such a folder is rubbish.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from claimbrief.errors import ParameterError

_STAGE = re.compile(r"\.swap-[a-z0-9_]{8}")  # as tempfile.mkdtemp names it
_NEW, _OLD, _ADDED, _MARK = _PARTS = ("new", "old", "added", "moving")  # what may lie in it


def refuse_unwritable(folder: Path) -> None:
    """Raise ParameterError if files cannot be written into the folder, which may not exist yet."""
    try:
        nearest = next((it for it in (folder, *folder.parents) if it.exists()), folder)
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


def swap_in(
    files: Mapping[str, bytes], folder: Path, check: Callable[[], None] = lambda: None
) -> None:
    """Write the files into the folder; if one cannot be put there, all are as they were before.

    Two builds that write into one folder do so one after the other; `check` is called when it is
    this one's turn, and may refuse by raising an error.
    """
    created = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    with _alone(folder):
        try:
            _settle(folder)
            check()
            _swap(files, folder)
            _settle(folder)
        except BaseException:
            _settle(folder)
            with suppress(OSError):  # where there is something in one of them
                for parent in created:
                    parent.rmdir()
            raise


def settle(folder: Path) -> None:
    """Undo what a build that was killed had begun to put into a folder, and remove its rubbish."""
    if folder.is_dir():
        with _alone(folder):
            _settle(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a folder, made if need be, against other builds."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        number = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(number, fcntl.LOCK_EX)
            if os.fstat(number).st_nlink:  # else a build that failed has removed it meanwhile
                yield
                return
        finally:
            os.close(number)


def _swap(files: Mapping[str, bytes], folder: Path) -> None:
    stage = Path(tempfile.mkdtemp(prefix=".swap-", dir=folder))
    for part in (_NEW, _OLD, _ADDED):
        (stage / part).mkdir()
    for name, content in files.items():
        (stage / _NEW / name).write_bytes(content)
        if os.path.lexists(folder / name):
            _keep(folder / name, stage / _OLD / name)
        else:
            (stage / _ADDED / name).touch()
    (stage / _MARK).mkdir()
    for name in files:
        (stage / _NEW / name).replace(folder / name)
    (stage / _MARK).rmdir()


def _keep(path: Path, kept: Path) -> None:
    """Give a file a second name; where the disk knows no links, copy it."""
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError(errno.EISDIR, f"{path.name} is a folder")
    try:
        os.link(path, kept, follow_symlinks=False)
    except OSError:
        shutil.copy2(path, kept, follow_symlinks=False)


def _settle(folder: Path) -> None:
    """Undo each swap that did not come to its end, and remove what swaps have left.

    Whatever interrupts this, it can be done again: the mark goes when all is undone.
    """
    for stage in filter(_is_stage, sorted(folder.iterdir())):
        if (stage / _MARK).exists():
            for name in [path.name for path in (stage / _ADDED).iterdir()]:
                if not (stage / _NEW / name).exists():
                    (folder / name).unlink(missing_ok=True)
            for old in sorted((stage / _OLD).iterdir()):
                old.replace(folder / old.name)
            (stage / _MARK).rmdir()
        shutil.rmtree(stage, ignore_errors=True)


def _is_stage(path: Path) -> bool:
    """Return whether a swap has made a folder: by its name, and nothing else lies in it."""
    is_named_so = _STAGE.fullmatch(path.name) and path.is_dir() and not path.is_symlink()
    return bool(is_named_so) and {inner.name for inner in path.iterdir()} <= set(_PARTS)
