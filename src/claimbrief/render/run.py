"""Runs the chapters by papermill, side by side, each in a kernel of its own.

In threads, so that this process knows every kernel and none outlives it. Given a working directory,
papermill would change that of the whole process (nteract/papermill issue 511); so only the kernel
is given it.
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

LINE_WIDTH = 200
MESSAGE_LINES = 6  # of a failing cell's message; with our own lines at most ten

Say = Callable[[str], None]


@dataclass(frozen=True)
class Folders:
    """The folders of a run: `scratch` for the files of papermill and of the kernels, `handover` for
    what chapters hand over as files.
    """

    scratch: Path
    handover: Path


def run_chapters(
    chapters: Sequence[Path],
    values: Mapping[str, object],
    folders: Folders,
    say: Say,
    kernels: Kernels,
) -> list[NotebookNode]:
    """Return the executed notebooks, in order; `say` is called with a line as each chapter ends.

    Kernels run in the chapters' own folder. Raises ChapterError for the first cell that fails or
    runs longer than the limit, and stops the other chapters; no kernel is left.
    """
    from claimbrief.render.kernels import kernel_class, kill_kernels

    # papermill and nbclient would report each kernel that is killed here on standard error.
    logging.getLogger("papermill").addHandler(logging.NullHandler())
    started: list[Any] = []
    kernels.start()
    managers = kernel_class(folders.scratch, folders.handover, started, kernels)
    pool = ThreadPoolExecutor(kernels.side_by_side, thread_name_prefix="chapter")
    limit = kernels.time_limit
    runs = [
        pool.submit(_run, chapter, dict(values), folders.scratch, managers, limit)
        for chapter in chapters
    ]
    try:
        _report(runs, chapters, say)
        return [run.result() for run in runs]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        # `wait` does not return for a chapter that was cancelled before it began.
        while not all(run.done() for run in runs):
            kill_kernels(started)  # again, for a kernel that was still starting
            time.sleep(0.1)
        kill_kernels(started)


def _report(runs: Sequence[Future[NotebookNode]], chapters: Sequence[Path], say: Say) -> None:
    """Wait for the runs and report the end of each; raise what the first failing run raised."""
    names = {run: chapter.name for run, chapter in zip(runs, chapters, strict=True)}
    begun = time.monotonic()
    pending = set(runs)
    count = 0
    while pending:
        # Python acts on a signal between waits: one that comes just before a wait waits with it.
        done, pending = wait(pending, timeout=1, return_when=FIRST_COMPLETED)
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
        raise ChapterError(_cell_failure(chapter, error)) from error
    except CellTimeoutError as error:
        cause = f"a cell of it ran longer than {time_limit} s, the limit; nothing was written"
        raise ChapterError(f"{chapter.name}: {cause}") from error
    except (DeadKernelError, RuntimeError) as error:
        cause = _short(str(error) or type(error).__name__)
        raise ChapterError(
            f"{chapter.name}: its kernel ended before the chapter: {cause}"
        ) from error
    finally:
        _close_loop()


def _close_loop() -> None:
    """Close the event loop that nbclient opened in this thread, with the tasks left in it."""
    import asyncio

    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.close()
    asyncio.set_event_loop(None)


def _cell_failure(chapter: Path, error: PapermillExecutionError) -> str:
    """Return where and why a cell failed, in at most ten lines."""
    import nbformat

    read: Any = nbformat.read
    cells = read(chapter, as_version=4).cells
    number = next(
        (position for position, cell in enumerate(cells, 1) if cell.source == error.source),
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
    """Return the line of the cell in the last frame that is in a cell; "" if there is none."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(traceback))
    lines = re.findall(r"Cell In\s?\[\d+\], line (\d+)", plain)
    return f", line {lines[-1]}," if lines else ""


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= LINE_WIDTH else line[: LINE_WIDTH - 1] + "…"
