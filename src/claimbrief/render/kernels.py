"""Kernels for the chapters of a build: hermetic, and none outlives the build.

Warm kernels are forks of the standard library's fork server, which has imported what chapters need.
On request, and where there is none, kernels are cold: a new Python each. Both give the same bytes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

# The variables of the caller's environment that kernels are given; they see no others.
KEPT = {
    "PATH", "HOME", "USER", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "PYTHONPATH",
    "PYTHONDONTWRITEBYTECODE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
}  # fmt: skip
_MATPLOTLIB = Path(str(getattr(find_spec("matplotlib"), "origin", ""))).parent
# The same input gives the same bytes whatever the user's clock, language and settings.
PINNED = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # displays figures left open
    "MATPLOTLIBRC": str(_MATPLOTLIB / "mpl-data"),  # not the user’s settings
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "OPENBLAS_NUM_THREADS": "1",  # a process with threads cannot be forked safely
}
FORKS: Any = multiprocessing.get_context("forkserver")  # forks of this process's fork server
_PYTHON = (sys.executable, "-P", "-c")  # -P: not to import from the current folder
_RUN_KERNEL = "import sys, claimbrief.confined as it; it.run_kernel(*sys.argv[1:])"
_SOCKET_PATH_LIMIT = 103  # bytes: the smallest limit among the systems in use (macOS)


@dataclass(frozen=True)
class Kernels:
    """How kernels start, and how long cells run: no longer than `time_limit` seconds.

    The fork server imports `preload`. `check`, "module:function", may refuse a plan's parameters
    (see `plan`); what it returned, `sound`, each kernel is given. `side_by_side` chapters run
    at a time: more than cores, as each waits a while for its kernel.
    """

    is_cold: bool = False
    preload: str = "claimbrief.preload"
    check: str = "claimbrief.loading:check"
    sound: tuple[str, ...] = ()
    side_by_side: int = 3
    time_limit: int = 600

    @property
    def is_warm(self) -> bool:
        """Whether kernels are forks: where wanted, safe, and the socket's path is short enough."""
        length = len(os.fsencode(tempfile.gettempdir()) + b"/pymp-12345678/listener-12345678")
        return not self.is_cold and sys.platform != "darwin" and length <= _SOCKET_PATH_LIMIT

    def start(self) -> None:
        """Start the fork server of this process, if kernels are warm and it does not run yet."""
        if not self.is_warm:
            return
        from multiprocessing import forkserver

        FORKS.set_forkserver_preload([self.preload])
        before = dict(os.environ)
        _replace(os.environ, pinned(before))  # the server inherits this process's environment
        try:
            forkserver.ensure_running()
        finally:
            _replace(os.environ, before)


def pinned(caller: Mapping[str, str]) -> dict[str, str]:
    """Return a kernel's environment: what is kept of the caller's, and what is the same for all."""
    return {**{name: value for name, value in caller.items() if name in KEPT}, **PINNED}


def _replace(variables: MutableMapping[str, str], values: Mapping[str, str]) -> None:
    variables.clear()
    variables.update(values)


def end_with_parent(end: Callable[[], object]) -> None:
    """Call `end` when the process ends that started this process by multiprocessing."""
    parent: Any = multiprocessing.parent_process()
    threading.Thread(target=lambda: (parent.join(), end()), daemon=True).start()


def _run_forked(folder: str, *arguments: str) -> None:
    os.setpgid(0, 0)  # so that the kernel is killed with whatever it starts
    end_with_parent(lambda: os.kill(0, signal.SIGKILL))  # the whole group
    os.chdir(folder)
    from claimbrief.confined import run_kernel

    # The build may outlive the fork server, and then takes this kernel for ended.
    try:
        run_kernel(*arguments, f"--IPKernelApp.parent_handle={os.getppid()}")
    except OSError as error:  # of a full disk, above all
        sys.exit(f"claimbrief: a kernel does not start: {error}")


class ForkedKernel:
    """A forked kernel's process, with what jupyter_client uses of subprocess.Popen."""

    stdin = stdout = stderr = None

    def __init__(self, folder: str, arguments: Sequence[str]) -> None:
        self._process = FORKS.Process(target=_run_forked, args=(folder, *arguments))
        self._process.start()
        self.pid: int = self._process.pid

    def poll(self) -> int | None:
        """Return the exit status; None while the kernel runs."""
        status: int | None = self._process.exitcode
        return status

    wait = poll  # jupyter_client waits only for a kernel that has ended

    def send_signal(self, number: int) -> None:
        """Signal the process alone: until it runs, it has no group that could be signalled."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the process alone."""
        self.send_signal(signal.SIGKILL)


def _provisioner(is_warm: bool) -> Any:
    """Return the class that starts a kernel's process: a fork, or a Python of its own."""
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class ColdProvisioner(LocalProvisioner):
        def _finalize_env(self, env: dict[str, str]) -> None:
            _replace(env, pinned(env))

    class ForkedProvisioner(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
            process: Any = ForkedKernel(str(kwargs["cwd"]), cmd[len(_PYTHON) + 1 :])
            self.process, self.pid, self.pgid = process, process.pid, process.pid
            return self.connection_info

    return ForkedProvisioner if is_warm else ColdProvisioner


def kernel_class(
    scratch: Path,
    handover_folder: Path,
    started: list[AsyncKernelManager],
    kernels: Kernels,
    dataset: str = "",
) -> type[AsyncKernelManager]:
    """Return a class of kernel managers, as nbclient takes one, that join the list `started`.

    Kernels listen on sockets in the scratch folder: free ports are raced for when kernels start
    side by side. They may read the folder `dataset`, relative to that of the chapters.
    """
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    given = ["{connection_file}", str(handover_folder), " ".join(kernels.sound), dataset]
    spec = KernelSpec(argv=[*_PYTHON, _RUN_KERNEL, *given], display_name="chapter")
    numbers, is_short = count(1), len(os.fsencode(scratch)) < _SOCKET_PATH_LIMIT - len("/k10-ipc-5")

    class ChapterKernel(AsyncKernelManager):
        def __init__(self, **settings: Any) -> None:
            settings["connection_file"] = str(scratch / f"k{next(numbers)}.json")
            settings["transport"] = "ipc" if is_short else "tcp"
            super().__init__(**settings)
            self.provisioner = _provisioner(kernels.is_warm)(kernel_spec=spec, parent=self)
            started.append(self)

        @property
        def kernel_spec(self) -> KernelSpec:
            return spec

    return ChapterKernel


def kill_kernels(started: Sequence[AsyncKernelManager]) -> None:
    """Kill every kernel that still runs, with whatever it has started itself."""
    for kernel in list(started):
        process: Any = getattr(kernel.provisioner, "process", None)
        if process is not None and process.poll() is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
