"""Kernels for a build: this Python's, hermetic, with their files in the scratch folder.

Warm where the platform can fork: copies of a server that has imported what chapters import. Cold
elsewhere, and where asked for: started anew. Both give the same bytes.
"""

from __future__ import annotations

import ast
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from claimbrief.render.kernel_server import KernelServer
from claimbrief.render.provisioner import NAME

# The same input is to give the same bytes whatever the user's clock, language and settings.
_PINNED = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "OPENBLAS_NUM_THREADS": "1",  # a server with threads could not fork
}

# A socket's path may not be longer; this is the smallest limit of the systems in use (macOS).
SOCKET_PATH_LIMIT = 103


def warm_server(chapters: Sequence[Path]) -> KernelServer:
    """Return a started server of kernels for notebooks of one folder, which runs none of them."""
    modules = dict.fromkeys(name for chapter in chapters for name in _imported(chapter))
    return KernelServer(chapters[0].parent, {**os.environ, **_PINNED}, list(modules))


def _imported(chapter: Path) -> list[str]:
    """Return the modules that a notebook's cells import, as far as they can be read."""
    import json

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
    scratch: Path, started: list[AsyncKernelManager], forked_from: KernelServer | None
) -> type[AsyncKernelManager]:
    """Return a class, as nbclient asks for, of kernel managers that join the list `started`.

    A kernel is this Python and reads none of the user's own IPython start-up files. Connections
    are sockets in `scratch`: ports are raced for when kernels start side by side. Without a server
    kernels are cold.
    """
    numbers = count(1)
    ours = KernelSpec(
        argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="chapter",
        language="python",
        env={**_PINNED, "IPYTHONDIR": str(scratch / "ipython")},
        metadata={"kernel_provisioner": {"provisioner_name": NAME}} if forked_from else {},
    )

    is_short = len(str(scratch)) < SOCKET_PATH_LIMIT - len("/k10-ipc-5")
    transport = "ipc" if is_short and os.name != "nt" else "tcp"

    class ChapterKernel(AsyncKernelManager):
        server = forked_from

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
                os.killpg(process.pid, signal.SIGKILL)  # a kernel leads its own session
