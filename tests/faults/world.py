"""A small project with two editions, built once, and calls of the command in forks of this process.

A fork has imported all that a build needs, and finds every chapter in the cache: a trial of a whole
build takes a fraction of a second.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from projects import project

import claimbrief.preload  # noqa: F401
from claimbrief.cli import main
from claimbrief.render import build, html, keys, pdf  # noqa: F401

EDITIONS = ("whole", "early")
OWN = ("brief.html", "brief.pdf", "brief.png", "numbers.json")
LIMIT = 150  # seconds: of what takes one or two on a machine that is not busy

Files = dict[str, bytes]


@dataclass(frozen=True)
class Ended:
    """How a call of the command ended: its status, below 0 for a signal, and what it printed."""

    status: int
    out: str
    err: str

    def refuse_traceback(self) -> None:
        """Fail if the command ended otherwise than well or with an error in a line or a list."""
        assert "Traceback" not in self.err, self.err
        assert self.status >= 0, f"signal {-self.status}: {self.err}"
        is_listed = " failed:\n" in self.out  # as a batch lists its briefs
        if self.status and not is_listed:
            lines = [line for line in self.err.splitlines() if line.startswith("claimbrief: ")]
            assert len(lines) == 1 or self.status == 2, self.err


@dataclass(frozen=True)
class World:
    """A project, what its editions are when built well, and a cache that holds all they need."""

    root: Path
    right: dict[str, Files]

    def renewed(self) -> Path:
        """Return the folder of a new copy of the project, with the cache."""
        folder = Path(tempfile.mkdtemp(dir=self.root.parent, prefix="trial-"))
        folder.rmdir()
        return shutil.copytree(self.root, folder)

    def begin(self, folder: Path, edition: str = "whole") -> None:
        """Put an edition into the output folder as a build has left it."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in self.right[edition].items():
            (folder / name).write_bytes(content)

    def edition_in(self, folder: Path) -> str:
        """Return which edition a folder holds whole, alone and right; "" if none."""
        there = files_in(folder)
        return next((name for name in EDITIONS if self.right[name] == there), "")


def files_in(folder: Path) -> Files:
    """Return the files in a folder; whatever else is there stands under its name as nothing."""
    if not folder.is_dir():
        return {}
    return {
        path.name: path.read_bytes() if path.is_file() else b"" for path in sorted(folder.iterdir())
    }


@cache
def world() -> World:
    """Return the project, built once."""
    scratch = Path(tempfile.mkdtemp(prefix="faults-"))
    scratch.chmod(0o755)
    atexit.register(_remove, scratch, os.getpid())
    root = scratch / "project"
    project(root)
    keys.package_digest(above=True), keys.package_digest(above=False), keys.installed()
    right = {}
    for edition in EDITIONS:
        done = called(root, "build", edition, "--output", "out")
        assert done.status == 0, done.err
        right[edition] = files_in(root / "out")
        assert sorted(right[edition]) == sorted(OWN)
        shutil.rmtree(root / "out")
    return World(root, right)


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)


def started(folder: Path, *arguments: str, before: Callable[[], object] = lambda: None) -> int:
    """Start the command in a folder in a fork, which calls `before` first; return its number.

    What it prints is in `out.txt` and `err.txt` beside the folder.
    """
    number = os.fork()
    if number:
        return number
    status = 99
    try:
        os.chdir(folder)
        for name, stream in (("out.txt", 1), ("err.txt", 2)):
            printed = os.open(printed_to(folder, os.getpid(), name), os.O_CREAT | os.O_WRONLY)
            os.dup2(printed, stream)
        for handled in (signal.SIGALRM, signal.SIGTERM, signal.SIGHUP):
            signal.signal(handled, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.alarm(LIMIT)
        before()
        main(list(arguments), prog_name="claimbrief")
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException:
        with suppress(OSError):
            traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(status)


def printed_to(folder: Path, process: int, name: str) -> Path:
    """Return where a call in a folder prints to."""
    return folder.parent / f"{folder.name}-{process}-{name}"


def ended(folder: Path, process: int) -> Ended:
    """Wait for a call and return how it ended."""
    _, status = os.waitpid(process, 0)
    paths = [printed_to(folder, process, name) for name in ("out.txt", "err.txt")]
    out, err = (path.read_text("utf-8", "replace") if path.exists() else "" for path in paths)
    for path in paths:
        path.unlink(missing_ok=True)
    return Ended(os.waitstatus_to_exitcode(status), out, err)


def called(folder: Path, *arguments: str, before: Callable[[], object] = lambda: None) -> Ended:
    """Call the command in a folder, in a fork that calls `before` first; return how it ended."""
    return ended(folder, started(folder, *arguments, before=before))


def killed_after(folder: Path, seconds: float, number: int, *arguments: str) -> Ended:
    """Call the command and send it a signal after a time, if it has not ended by then."""
    process = started(folder, *arguments)
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.kill(process, number)
    return ended(folder, process)
