"""The client (jupyter_client's word) that a chapter's kernel is spoken to with."""

from __future__ import annotations

import time
from contextlib import suppress
from queue import Empty

from jupyter_client.asynchronous.client import AsyncKernelClient

_PATIENCE = 1.0  # seconds for an answer, before the kernel is asked again
_HEARD = 0.2  # seconds for what it says to all; not connected, nothing comes


class ChapterClient(AsyncKernelClient):
    """Begins as soon as a kernel answers.

    jupyter_client's own listens then 0.2 s more, until the kernel has said nothing for so long.
    nbclient tells by the question what is an answer to it, and needs no silence before it asks.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered and is heard; RuntimeError if it dies or is late."""
        begun = time.monotonic()
        while timeout is None or time.monotonic() - begun < timeout:
            self.kernel_info()
            with suppress(Empty):
                await self.shell_channel.get_msg(timeout=_PATIENCE)
                await self.iopub_channel.get_msg(timeout=_HEARD)
                return
            if not await self.is_alive():
                raise RuntimeError("it died before it answered")
        raise RuntimeError(f"it did not answer in {timeout:.0f} s")
