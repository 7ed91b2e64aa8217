"""Runs the chapters by papermill, side by side, each in a kernel of its own.

Threads, not processes: one process then knows every kernel, so that none outlives it. papermill
would change the working directory of the whole process if it were given one (nteract/papermill
issue 511), so it is given none and the kernel is.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimbrief.errors import ChapterError
from claimbrief.render.parameters import literal_path

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

    from claimbrief.render.kernels import Kernels

WIDTH_LIMIT = 200
MESSAGE_LINES = 6  # with the two lines around them and the next step, at most ten

Say = Callable[[str], None]


@dataclass(frozen=True)
class Room:
    """The folders of a run: `scratch` for what papermill and the kernels write, `handover` for what
    a cell shows that is too large for a message; and the file with what is `cited`, not there
    before it is known.
    """

    scratch: Path
    handover: Path

    @property
    def cited(self) -> Path:
        """The file with what the chapters cite."""
        return self.scratch / "cited.json"


def run_chapters(
    chapters: Sequence[Path],
    values: Mapping[str, object],
    room: Room,
    say: Say,
    kernels: Kernels,
) -> list[NotebookNode]:
    """Return the executed notebooks, in order; each chapter's end is told by `say`.

    Kernels run in the chapters' own folder. Raises ChapterError for the first cell that fails or
    runs longer than it may, and stops the other chapters; no kernel is left.
    """
    from claimbrief.render.kernels import kernel_class, kill_kernels

    # papermill and nbclient would tell of each kernel that is stopped here, on standard error.
    logging.getLogger("papermill").addHandler(logging.NullHandler())
    started: list[Any] = []
    managers = kernel_class(room, started, kernels.server(chapters))
    pool = ThreadPoolExecutor(kernels.side_by_side, thread_name_prefix="chapter")
    limit = kernels.time_limit
    runs = [pool.submit(_run, one, dict(values), room.scratch, managers, limit) for one in chapters]
    try:
        _tell(runs, chapters, say)
        return [run.result() for run in runs]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        # `wait` would never see a chapter as done that was cancelled before it began.
        while not all(run.done() for run in runs):
            kill_kernels(started)  # again, for a kernel that was only just starting
            time.sleep(0.1)
        kill_kernels(started)


def _tell(runs: Sequence[Future[NotebookNode]], chapters: Sequence[Path], say: Say) -> None:
    """Wait for the runs and tell each one's end; raise what the first failing one raised."""
    names = {run: chapter.name for run, chapter in zip(runs, chapters, strict=True)}
    begun = time.monotonic()
    pending = set(runs)
    count = 0
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for run in sorted(done, key=runs.index):
            run.result()
            count += 1
            say(f"  {count} of {len(runs)}  {names[run]}  {time.monotonic() - begun:.1f} s")


def _run(
    chapter: Path,
    values: dict[str, object],
    scratch: Path,
    managers: type[Any],
    time_limit: int | None,
) -> NotebookNode:
    """Return the chapter, executed with these values; ChapterError if a cell fails."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    try:
        executed: NotebookNode = papermill.execute_notebook(
            literal_path(chapter),
            literal_path(scratch / chapter.name),
            parameters=values,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            kernel_manager_class=managers,
            execution_timeout=time_limit,
            resources={"metadata": {"path": str(chapter.parent)}},
            shutdown_kernel="immediate",
        )
        return executed
    except PapermillExecutionError as error:
        raise ChapterError(_told(chapter, error)) from error
    except CellTimeoutError as error:
        told = f"a cell of it ran longer than {time_limit} s, as it may not; nothing was written"
        raise ChapterError(f"{chapter.name}: {told}") from error
    except (DeadKernelError, RuntimeError) as error:
        cause = _short(str(error) or type(error).__name__)
        raise ChapterError(
            f"{chapter.name}: its kernel ended before the chapter: {cause}"
        ) from error
    finally:
        _close_loop()


def _close_loop() -> None:
    """Close the event loop that nbclient has opened in this thread, with what it left waiting."""
    import asyncio

    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.close()
    asyncio.set_event_loop(None)


def _told(chapter: Path, error: PapermillExecutionError) -> str:
    """Return a failing cell's story in at most ten lines."""
    import nbformat

    read: Any = nbformat.read
    cells = read(chapter, as_version=4).cells
    number = next(
        (place for place, cell in enumerate(cells, 1) if cell.source == error.source),
        error.cell_index,
    )
    source = error.source.strip().splitlines()
    message = [_short(line) for line in f"{error.ename}: {error.evalue}".splitlines()]
    if len(message) > MESSAGE_LINES:
        more = len(message) - MESSAGE_LINES + 1
        message = [*message[: MESSAGE_LINES - 1], f"… and {more} more lines"]
    return "\n".join(
        [
            f"{chapter.name}, cell {number}{_line(error.traceback)} failed; nothing was written",
            f"  the cell begins: {_short(source[0]) if source else ''}",
            *(f"  {line}" for line in message),
            f"  to see it whole, run {chapter.name} in JupyterLab",
        ]
    )


def _line(traceback: Sequence[str]) -> str:
    """Return where in the cell it failed, as the last frame in a cell tells it; "" if none does."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(traceback))
    lines = re.findall(r"Cell In\s?\[\d+\], line (\d+)", plain)
    return f", line {lines[-1]}," if lines else ""


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= WIDTH_LIMIT else line[: WIDTH_LIMIT - 1] + "…"
