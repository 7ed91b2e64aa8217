"""A kernel provisioner (jupyter_client's word) whose kernels are forked, not started anew."""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

STEP = 0.01  # seconds


class WarmProvisioner(LocalProvisioner):
    """Takes each kernel's process from the `server` of its kernel manager.

    All else, signals and ends among it, is the local provisioner's: a kernel's process is told to
    it by the interface that a started one has.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel; return where it listens."""
        server: Any = self.parent.server  # type: ignore[union-attr]
        self.process = server.fork(cmd, kwargs["env"], str(kwargs["cwd"]))
        self.pid = self.pgid = self.process.pid  # it leads a group of its own
        self.cwd = kwargs["cwd"]
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the kernel's end; looks more often than the local provisioner does."""
        while await self.poll() is None:
            await asyncio.sleep(STEP)
        return await super().wait()
