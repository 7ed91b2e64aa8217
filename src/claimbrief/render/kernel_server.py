"""The build's end of the fork server: it starts the server, asks it for kernels and ends it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from claimbrief.errors import BriefError

# What every kernel imports before a chapter's own first import.
_KERNEL_MODULES = ("ipykernel.kernelapp", "ipykernel.ipkernel", "IPython.core.interactiveshell")

_ENDED = "the server of its kernels has ended"


def can_fork() -> bool:
    """Return whether kernels can be forked here (on macOS, system libraries do not bear it)."""
    return hasattr(os, "fork") and sys.platform != "darwin"


class KernelServer:
    """A running fork server; `close` ends it with all its kernels.

    It begins in the folder `cwd` with the environment `env`, and has `modules` imported before it
    forks the first kernel. Safe to use from several threads.
    """

    def __init__(self, cwd: Path, env: Mapping[str, str], modules: Sequence[str] = ()) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "claimbrief.render.fork_server", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=dict(env),
                cwd=cwd,
                start_new_session=True,  # an interrupt at the terminal is the build's to handle
            )
        self._channel = ours
        self._answers = ours.makefile("r", encoding="utf-8")
        self._lock = threading.Lock()
        self._asked = self._answered = 0
        self._told: dict[int, dict[str, Any]] = {}  # answers, by number, that wait to be read
        self._ask({"do": "import", "modules": [*_KERNEL_MODULES, *modules]})

    def prepare(self, function: str, values: Mapping[str, object]) -> int:
        """Have `module:function` called, for what it leaves in the memory of each kernel.

        The server works on it while the caller goes on. Returns what `prepared` takes.
        """
        return self._ask({"do": "call", "function": function, "values": dict(values)})

    def prepared(self, number: int) -> None:
        """Wait for a preparation.

        Raises what the function raised: a BriefError as one with the same text and exit status.
        """
        answer = self._answer(number)
        if "error" in answer:
            told = BriefError(answer["error"])
            told.exit_status = answer["exit_status"]
            raise told
        if "bug" in answer:
            raise RuntimeError(answer["bug"])

    def fork(self, command: Sequence[str], env: Mapping[str, str], cwd: str) -> ForkedKernel:
        """Return a kernel that runs `python -m MODULE …`; RuntimeError if the server has ended."""
        module = command[command.index("-m") + 1]
        rest = command[command.index("-m") + 1 :]
        own = {**env, "JPY_PARENT_PID": str(self.process.pid)}  # with which a kernel ends
        request = {"do": "fork", "module": module, "command": rest, "env": own, "cwd": cwd}
        return ForkedKernel(self, self._answer(self._ask(request))["pid"])

    def poll(self, pid: int) -> int | None:
        """Return how a kernel ended, as subprocess tells it; None while it runs."""
        try:
            status: int | None = self._answer(self._ask({"do": "poll", "pid": pid}))["status"]
        except RuntimeError:
            return -signal.SIGKILL  # a kernel does not outlive its server
        return status

    def close(self) -> None:
        """End the server and every kernel that it has forked."""
        with suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)
        self._answers.close()
        self._channel.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:  # in the middle of a call; its kernels die with it
            self.process.kill()
            self.process.wait()

    def _ask(self, request: Mapping[str, object]) -> int:
        """Send a request; return its number. Requests are answered in order."""
        with self._lock:
            try:
                self._channel.sendall(json.dumps(request).encode() + b"\n")
            except OSError as error:
                raise RuntimeError(_ENDED) from error
            self._asked += 1
            return self._asked

    def _answer(self, number: int) -> dict[str, Any]:
        """Return the answer to the request of this number."""
        with self._lock:
            while number not in self._told:
                try:
                    answer = json.loads(self._answers.readline())
                except (OSError, ValueError) as error:  # ValueError: nothing to read, or closed
                    raise RuntimeError(_ENDED) from error
                self._answered += 1
                self._told[self._answered] = answer
            return self._told.pop(number)


class ForkedKernel:
    """A kernel's process, as jupyter_client uses one: what it needs of subprocess.Popen."""

    stdin = stdout = stderr = None

    def __init__(self, server: KernelServer, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._server = server

    def poll(self) -> int | None:
        """Return how it ended; None while it runs."""
        if self.returncode is None:
            self.returncode = self._server.poll(self.pid)
        return self.returncode

    def wait(self) -> int | None:
        """Return how it ended; jupyter_client calls this only when it has."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and to whatever it has started."""
        if self.poll() is None:
            os.killpg(self.pid, number)

    def kill(self) -> None:
        """Kill the kernel and whatever it has started."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel and whatever it has started to end."""
        self.send_signal(signal.SIGTERM)
