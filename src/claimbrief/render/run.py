"""Runs the chapters by papermill, side by side, each in a kernel of its own.

In threads, so that this process knows every kernel and none outlives it. Given a working directory,
papermill would change that of the whole process (nteract/papermill issue 511); so only the kernel
is given it.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimbrief.blocks import MIME
from claimbrief.errors import ChapterError
from claimbrief.render.notebook import INJECTED
from claimbrief.render.parameters import FOLDER, literal_path

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

    from claimbrief.render.kernels import Kernels

LINE_WIDTH = 200
_MESSAGES_WITHIN = 60  # seconds in which what a cell has shown must arrive
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
    dataset = str(values.get(FOLDER, ""))
    managers = kernel_class(folders.scratch, folders.handover, started, kernels, dataset)
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
        # Python handles signals between waits: one just before a wait is handled after it.
        done, pending = wait(pending, timeout=1, return_when=FIRST_COMPLETED)
        for run in sorted(done, key=runs.index):
            run.result()
            count += 1
            say(f"  {count} of {len(runs)}  {names[run]}  {time.monotonic() - begun:.1f} s")


def _run(
    chapter: Path, values: dict[str, object], scratch: Path, managers: type[Any], time_limit: int
) -> NotebookNode:
    """Return the chapter, executed with these values; ChapterError if a cell fails."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat import ValidationError
    from papermill.exceptions import PapermillExecutionError

    begun: list[NotebookNode] = []
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
            iopub_timeout=_MESSAGES_WITHIN,
            on_cell_start=lambda cell, cell_index: begun.append(cell),
            resources={"metadata": {"path": str(chapter.parent)}},
            shutdown_kernel="immediate",
        )
    except PapermillExecutionError as error:
        cells = begun[: error.cell_index + 1]
        raise ChapterError(_cell_failure(chapter.name, cells, error)) from error
    except CellTimeoutError as error:
        cause = f" ran longer than {time_limit} s, the limit; to allow more: --time-limit"
        raise ChapterError(_ended(chapter.name, begun, cause)) from error
    except (ValidationError, ValueError) as error:
        cause = f" shows something that no notebook can hold: {_short(str(error).splitlines()[0])}"
        raise ChapterError(_ended(chapter.name, begun, cause)) from error
    except (DeadKernelError, RuntimeError, EOFError, ConnectionError) as error:
        cause = f": its kernel ended: {_short(str(error) or type(error).__name__)}"
        raise ChapterError(_ended(chapter.name, begun, cause)) from error
    finally:
        _close_loop()
    return _with_blocks(chapter.name, executed)


def _with_blocks(name: str, executed: NotebookNode) -> NotebookNode:
    """Return the executed notebook with its blocks read; ChapterError for one that is no JSON."""
    for number, cell in enumerate(executed.cells):
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                output.data = {MIME: _read(output.data[MIME])}
                if output.data[MIME] is None:
                    cause = " shows a block that is no text of JSON"
                    raise ChapterError(_ended(name, executed.cells[: number + 1], cause))
    return executed


def _read(block: object) -> dict[str, Any] | None:
    """Return the object in a text of JSON that can be kept as UTF-8; None for anything else."""
    try:
        read = json.loads(block, parse_constant=_refused) if isinstance(block, str) else None
        json.dumps(read, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _refused(constant: str) -> None:
    raise ValueError(constant)  # NaN and the like, which are no JSON


def _close_loop() -> None:
    """Close the event loop that nbclient opened in this thread, with the tasks left in it."""
    import asyncio

    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    loop.set_exception_handler(lambda *_: None)  # what failed has been reported
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.close()
    asyncio.set_event_loop(None)


def _where(name: str, begun: Sequence[NotebookNode]) -> str:
    """Return the name of a notebook and the number in it of the last of the cells begun."""
    own = [cell for cell in begun if INJECTED not in cell.metadata.get("tags", [])]
    return f"{name}, cell {len(own)}" if own else name


def _ended(name: str, begun: Sequence[NotebookNode], cause: str) -> str:
    """Return where a chapter ended and why."""
    first = f"{_where(name, begun)}{cause}; nothing was written"
    return f"{first}\n  the cell begins: {_first_line(begun[-1])}" if begun else first


def _first_line(cell: NotebookNode) -> str:
    return next((_short(line) for line in cell.source.splitlines() if line.strip()), "")


def _cell_failure(name: str, begun: Sequence[NotebookNode], error: PapermillExecutionError) -> str:
    """Return where and why the last of the cells begun failed, in at most ten lines."""
    message = [_short(line) for line in f"{error.ename}: {error.evalue}".splitlines()]
    if error.ename == "CellExecutionError":  # of IPython itself, which only prints the cause
        printed = "".join(it.text for it in begun[-1].outputs if it.output_type == "stream")
        message = [_short(line) for line in printed.splitlines()] or ["it does not say why"]
    if len(message) > MESSAGE_LINES:
        more = len(message) - MESSAGE_LINES + 1
        message = [*message[: MESSAGE_LINES - 1], f"… and {more} more lines"]
    return "\n".join(
        [
            f"{_where(name, begun)}{_line(error.traceback)} failed; nothing was written",
            f"  the cell begins: {_first_line(begun[-1])}",
            *(f"  {line}" for line in message),
            f"  to see it whole, run {name} in JupyterLab",
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
