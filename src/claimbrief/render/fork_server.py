"""The process that warm kernels are forked from: it imports once what every chapter imports.

It runs apart from the build, started as a program of its own, and never runs a chapter itself:
each kernel begins as a copy of it, as it was before any chapter. It answers one request at a time,
each a line of JSON, on the socket whose number it is given; when the other end is gone, for
whatever reason, it kills every kernel that is left and ends.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from claimbrief.errors import BriefError

_PR_SET_PDEATHSIG = 1  # Linux: prctl(2)

# A chapter makes many objects and few circles: collect more rarely than Python does.
_GC_THRESHOLD = (100_000, 20, 20)

Json = dict[str, Any]


def main() -> None:
    """Serve until the other end is gone; in a forked child, run the child's command."""
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]  # the folder that it was started in; a kernel puts its own there
    # What `claimbrief.render` keeps out of its own process is a kernel's to import.
    if sys.modules.get("rfc3987_syntax", sys) is None:
        del sys.modules["rfc3987_syntax"]
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel reads it on import
    gc.disable()  # what is loaded stays
    channel = socket.socket(fileno=int(sys.argv[1]))
    command = _serve(channel)
    if command is not None:
        _run(command)


def _serve(channel: socket.socket) -> Json | None:
    """Answer requests; return the request for a kernel in the child that is to be it."""
    children: dict[int, int | None] = {}
    with channel, channel.makefile("r", encoding="utf-8") as requests:
        for line in _lines(requests):
            request = json.loads(line)
            if request["do"] == "fork":
                server = os.getpid()
                pid = os.fork()
                if pid == 0:
                    _leave(server)
                    return dict(request)
                with suppress(PermissionError):  # the child has done so itself
                    os.setpgid(pid, pid)
                children[pid] = None
                answer: Json = {"pid": pid}
            elif request["do"] == "poll":
                answer = {"status": _polled(children, request["pid"])}
            else:
                answer = _called(request)
            with suppress(OSError):  # nobody waits for it any more
                channel.sendall(json.dumps(answer).encode() + b"\n")
        for pid in children:
            if _polled(children, pid) is None:
                os.killpg(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
    return None


def _lines(requests: TextIO) -> Iterator[str]:
    """Yield each request until the other end is gone."""
    with suppress(OSError):
        yield from requests


def _polled(children: dict[int, int | None], pid: int) -> int | None:
    """Return how a child ended, as subprocess tells it; None while it runs."""
    if children[pid] is None:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            children[pid] = os.waitstatus_to_exitcode(status)
    return children[pid]


def _called(request: Mapping[str, Any]) -> Json:
    """Import modules, or call a function for what it leaves in memory; return what went wrong."""
    try:
        if request["do"] == "import":
            _import(request["modules"])
        else:
            module, _, function = request["function"].partition(":")
            getattr(importlib.import_module(module), function)(**request["values"])
    except BriefError as error:
        return {"error": str(error), "exit_status": error.exit_status}
    except Exception:
        return {"bug": traceback.format_exc()}
    gc.freeze()  # so that a kernel's collections neither walk nor copy all of this
    return {}


def _import(modules: Sequence[str]) -> None:
    """Import what can be imported; what cannot is told by the cell that needs it."""
    for module in modules:
        with suppress(Exception):
            importlib.import_module(module)


def _leave(server: int) -> None:
    """Make the child a process by itself: its own group, no handlers of the server's."""
    with suppress(PermissionError):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.enable()
    gc.set_threshold(*_GC_THRESHOLD)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(1)


def _run(request: Mapping[str, Any]) -> None:
    """Run what `python -m MODULE …` would, with this environment and in this folder."""
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["cwd"])
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    sys.argv[:] = request["command"]
    runpy.run_module(request["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
