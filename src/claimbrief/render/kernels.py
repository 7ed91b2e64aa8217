"""Kernels for a build: this Python's, hermetic, with their files in the scratch folder.

Warm where the platform can fork: copies of a server that has imported what chapters import. Cold
elsewhere, and where asked for: started anew. Both give the same bytes.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from claimbrief import handover
from claimbrief.render.kernel_server import KernelServer, can_fork
from claimbrief.render.parameters import FOLDER

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

    from claimbrief.render.plan import Plan
    from claimbrief.render.run import Room

# The same input is to give the same bytes whatever the user's clock, language and settings.
_PINNED = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PYTHONSTARTUP": "",  # IPython would run it in every kernel
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "OPENBLAS_NUM_THREADS": "1",  # a server with threads could not fork
}

PROVISIONER = "claimbrief-warm"  # its entry point, of `claimbrief.render.provisioner`

# A socket's path may not be longer; this is the smallest limit of the systems in use (macOS).
SOCKET_PATH_LIMIT = 103


class Kernels:
    """Where the kernels of one or more builds come from; as a context it leaves none behind.

    `preparation` names a function, "module:function", that is called with a plan's parameters
    before its chapters run: it refuses them, and what it has loaded every kernel has in memory.
    `side_by_side` chapters of a build run at a time (more than cores, as each waits a while for its
    kernel); no cell may run longer than `time_limit` seconds (None: as long as it takes). The
    server ends with the chapters of the last plan that it was prepared for, unless it `is_kept`.
    """

    def __init__(
        self,
        *,
        is_cold: bool = False,
        preparation: str = "",
        side_by_side: int = 3,
        time_limit: int | None = None,
        is_kept: bool = False,
    ) -> None:
        self.side_by_side = side_by_side
        self.time_limit = time_limit
        self._lock = threading.Lock()
        self._is_warm = can_fork() and not is_cold
        self._preparation = preparation
        self._server: KernelServer | None = None
        self._is_kept = is_kept
        self._awaited: list[Plan] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the server, if one was started, and every kernel."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def server(self, chapters: Sequence[Path]) -> KernelServer | None:
        """Return the server to fork kernels from, started on first use; None: they are cold."""
        with self._lock:
            if self._is_warm and self._server is None:
                modules = dict.fromkeys(name for chapter in chapters for name in _imported(chapter))
                environment = {**os.environ, **_PINNED}
                self._server = KernelServer(chapters[0].parent, environment, list(modules))
            return self._server

    def prepare(self, plans: Sequence[Plan]) -> None:
        """Call the preparation with the parameters of each plan that names a dataset."""
        self._awaited += plans
        begun = []
        for plan in plans:
            server = self.server(plan.contents.chapters)
            if plan.folder() is None or not self._preparation:
                continue
            if server is None:
                _call(self._preparation, {**plan.values, FOLDER: str(plan.folder())})
            else:
                begun.append((server, server.prepare(self._preparation, plan.values)))
        if plans:
            _import_what_runs_and_exports()  # while the server is at work
        for server, number in begun:
            server.prepared(number)

    def release(self, plan: Plan) -> None:
        """Take note that a plan's chapters have run.

        After the last plan the server ends, so that the pages are drawn with its memory free.
        """
        if plan in self._awaited:
            self._awaited.remove(plan)
            if not self._awaited and not self._is_kept:
                self.close()


def _call(function: str, values: Mapping[str, object]) -> None:
    module, _, name = function.partition(":")
    getattr(importlib.import_module(module), name)(**values)


def _import_what_runs_and_exports() -> None:
    import nbconvert.exporters  # noqa: F401
    import papermill  # noqa: F401


def _imported(chapter: Path) -> list[str]:
    """Return the modules that a notebook's cells import, as far as they can be read."""
    try:
        cells = json.loads(chapter.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    except (ValueError, KeyError, TypeError):  # whoever runs the notebook tells what is wrong
        return []
    whole = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    parts = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    inner = [f"{node.module}.{alias.name}" for node in parts for alias in node.names]
    return [*whole, *(str(node.module) for node in parts), *inner]


def kernel_class(
    room: Room, started: list[AsyncKernelManager], forked_from: KernelServer | None
) -> type[AsyncKernelManager]:
    """Return a class, as nbclient asks for, of kernel managers that join the list `started`.

    A kernel is this Python and reads none of the user's own IPython start-up files. Connections
    are sockets in the scratch folder: ports are raced for when kernels start side by side. Without
    a server kernels are cold.
    """
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    from claimbrief.render.client import ChapterClient

    numbers = count(1)
    scratch = room.scratch
    own = {
        "IPYTHONDIR": str(scratch / "ipython"),
        handover.FOLDER: str(room.handover),
        handover.CITED: str(room.cited),
    }
    ours = KernelSpec(
        argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="chapter",
        language="python",
        env={**_PINNED, **own},
        metadata={"kernel_provisioner": {"provisioner_name": PROVISIONER}} if forked_from else {},
    )

    is_short = len(os.fsencode(scratch)) < SOCKET_PATH_LIMIT - len("/k10-ipc-5")
    transport = "ipc" if is_short and os.name != "nt" else "tcp"

    class ChapterKernel(AsyncKernelManager):
        server = forked_from
        client_factory = ChapterClient

        def __init__(self, **settings: Any) -> None:
            settings["connection_file"] = str(scratch / f"k{next(numbers)}.json")
            settings["transport"] = transport
            super().__init__(**settings)
            started.append(self)

        @property
        def kernel_spec(self) -> KernelSpec:
            return ours

    return ChapterKernel


def kill_kernels(started: list[AsyncKernelManager]) -> None:
    """Kill every kernel that still runs, with whatever it has started itself."""
    for manager in list(started):
        process = getattr(manager.provisioner, "process", None)
        if process is None or process.poll() is not None:
            continue
        with suppress(ProcessLookupError, PermissionError):
            if os.name == "nt":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)  # a kernel leads its own group
