"""A batch in processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path

import psutil

from claimbrief.batch.orders import Order
from claimbrief.batch.work import Made, Terms, made

GRACE = 10  # seconds in which killed processes must be gone
TRIES = 2  # of a brief whose process is killed


def made_here(orders: Sequence[Order], terms: Terms, workers: int) -> Iterator[Made]:
    """Yield each brief as it is done, whatever becomes of the others.

    A process that is killed costs the briefs that were being built another try, in new processes.
    """
    with tempfile.TemporaryDirectory(prefix="claimbrief-batch-") as scratch:
        left = list(orders)
        for attempt in range(1, TRIES + 1):
            broken = []
            for order, result in _tried(left, terms, workers, Path(scratch)):
                if result is None:
                    broken.append(order)
                else:
                    yield result
            left = broken
            if not left:
                return
            workers = 1 if attempt == TRIES - 1 else workers  # so that one does not take another
        for order in left:
            yield Made(order.name, 0.0, failure="its process was killed each time")


def _tried(
    orders: Sequence[Order], terms: Terms, workers: int, scratch: Path
) -> Iterator[tuple[Order, Made | None]]:
    """Yield each order with what was made of it; None where the processes broke."""
    spawning = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, spawning, _begin, (orders, terms, scratch))
    futures: dict[Future[Made], Order] = {}
    try:
        for place, order in enumerate(orders):
            futures[pool.submit(_made_into_files, place)] = order
        for future in as_completed(futures):
            try:
                yield futures[future], _with_files(future.result(), scratch)
            except BrokenProcessPool:
                yield futures[future], None
        pool.shutdown()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        _kill_workers()
        raise


# What a worker was begun with: the orders, their terms, and the folder for what it makes. A call
# names an order by its place and answers with a few words. A pipe takes both whole, so a worker
# that is killed leaves neither end waiting for the rest of a message.
_begun: tuple[Sequence[Order], Terms, Path] | None = None


def _begin(orders: Sequence[Order], terms: Terms, scratch: Path) -> None:
    """Begin a worker: it leaves interrupts to its parent and ends with it, its files in scratch."""
    global _begun
    _begun = (orders, terms, scratch)
    tempfile.tempdir = str(scratch)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _made_into_files(place: int) -> Made:
    """Make a brief in a worker; its files go into a folder of the order's name."""
    assert _begun is not None
    orders, terms, scratch = _begun
    result = made(orders[place], terms)
    folder = scratch / "made" / result.name
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in result.files.items():
        (folder / name).write_bytes(content)
    return replace(result, files=dict.fromkeys(result.files, b""))


def _with_files(result: Made, scratch: Path) -> Made:
    """Return what a worker made with the files that it wrote, which are removed."""
    folder = scratch / "made" / result.name
    files = {name: (folder / name).read_bytes() for name in result.files}
    shutil.rmtree(folder)
    return replace(result, files=files)


def _end_with_parent() -> None:
    """End this worker when its parent has ended; its kernels end as their socket closes."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _kill_workers() -> None:
    """Kill each worker and all that it has started, and wait until they are gone."""
    doomed: list[psutil.Process] = []
    for worker in multiprocessing.active_children():
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(worker.pid)
            process.suspend()  # it starts nothing more while its children are listed
            doomed += [process, *process.children(recursive=True)]
    for process in doomed:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(doomed, timeout=GRACE)
    for worker in multiprocessing.active_children():
        worker.join()
