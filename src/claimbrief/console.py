"""What a command meets in the process that it is called in: streams, signals and limits.

All is left as it was found when the command ends, for it may be called from another program.
"""

from __future__ import annotations

import errno
import io
import os
import resource
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import click

from claimbrief.errors import BriefError, printable

FILES = 128  # that a build must be able to hold open: sockets of kernels, above all
_MORE_FILES = "let it open more files: ulimit -n 1024"
_TO_DO = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EMFILE: _MORE_FILES,
    errno.ENAMETOOLONG: "name a shorter path",
}


def open_closed_streams() -> None:
    """If the caller has closed standard streams, open them on os.devnull, for kernels too.

    Otherwise a socket takes their place, and a kernel cannot print.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


@contextmanager
def any_text() -> Iterator[None]:
    """Let streams take text that their encoding lacks, in escapes."""
    changed = [
        stream
        for stream in (sys.stdout, sys.stderr)
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict"
    ]
    for stream in changed:
        stream.reconfigure(errors="backslashreplace")
    try:
        yield
    finally:
        for stream in changed:
            with suppress(OSError, ValueError):  # a full disk, a stream that was closed
                stream.reconfigure(errors="strict")


def say(line: str) -> None:
    """Print a line to standard error, invisible signs as codes; what cannot be printed stops
    nothing.
    """
    with suppress(OSError):
        click.echo(printable(line), err=True)


def refusal(error: OSError) -> str:
    """Return in a line what the system refuses, where, and what to do if that is known."""
    cause = error.strerror or str(error)
    if error.errno == errno.ENOENT and error.filename is None:
        return "the working folder is gone; change into one that is there"
    where = error.filename or "standard output, or files in the folder that TMPDIR names"
    hint = _TO_DO.get(error.errno or 0, "")
    return f"{where}: {cause}{hint and f'; {hint}'}"


def forget_output() -> None:
    """Send unwritable streams to os.devnull: Python would try to write to them at exit."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # closed, it is None
        try:
            stream.flush()
        except OSError:
            with suppress(OSError), Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), stream.fileno())


def refuse_few_files() -> None:
    """Raise BriefError where too few files may be open: the library of sockets would end us."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= allowed < FILES:
        accepted = f"accepted: {FILES} or more; {_MORE_FILES}"
        raise BriefError(f"only {allowed} files may be open at a time here; {accepted}")


def refuse_other_names(root: Path) -> None:
    """Raise BriefError where a project or its scratch files are in a folder whose name is no UTF-8.

    Notebooks name these folders, and notebooks are UTF-8.
    """
    for path in (str(root), tempfile.gettempdir()):
        try:
            path.encode()
        except UnicodeEncodeError as error:
            found = f"{path!r}, a folder whose name is not in UTF-8"
            raise BriefError(f"found {found}; accepted: UTF-8; rename it, or move out") from error


@contextmanager
def signals_as_exits() -> Iterator[None]:
    """End on SIGTERM and SIGHUP as by an error, so that kernels end and scratch files go.

    A signal that the caller ignores, as nohup does, or that another program than Python handles
    stays so; outside the main thread Python lets nobody handle any.
    """

    def end(number: int, frame: object) -> NoReturn:
        sys.exit(128 + number)

    is_main = threading.current_thread() is threading.main_thread()
    handled = (signal.SIGTERM, signal.SIGHUP) if is_main else ()
    before = {number: signal.getsignal(number) for number in handled}
    try:
        for number, handler in before.items():
            if handler not in (None, signal.SIG_IGN):
                signal.signal(number, end)
        yield
    finally:
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)
