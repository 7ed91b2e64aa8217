"""Kernels for a build: this Python's, hermetic, with their files in the scratch folder."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

# The same input is to give the same bytes whatever the user's clock, language and settings.
_PINNED = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}

# A socket's path may not be longer; this is the smallest limit of the systems in use (macOS).
SOCKET_PATH_LIMIT = 103


def kernel_class(scratch: Path, started: list[AsyncKernelManager]) -> type[AsyncKernelManager]:
    """Return a class, as nbclient asks for, of kernel managers that join the list `started`.

    A kernel is this Python and reads none of the user's own IPython start-up files. Connections
    are sockets in `scratch`: ports are raced for when kernels start side by side.
    """
    numbers = count(1)
    ours = KernelSpec(
        argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="chapter",
        language="python",
        env={**_PINNED, "IPYTHONDIR": str(scratch / "ipython")},
    )

    is_short = len(str(scratch)) < SOCKET_PATH_LIMIT - len("/k10-ipc-5")
    transport = "ipc" if is_short and os.name != "nt" else "tcp"

    class ChapterKernel(AsyncKernelManager):
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
