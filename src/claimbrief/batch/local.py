"""A batch in processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import NoReturn

from claimbrief.batch.orders import Order
from claimbrief.batch.work import Made, Terms, made

GRACE = 3  # seconds that a worker has to clean up when its parent is gone
TRIES = 2  # of a brief whose process is killed


def made_here(orders: Sequence[Order], terms: Terms, workers: int) -> Iterator[Made]:
    """Yield each brief as it is done, whatever becomes of the others.

    A process that is killed costs the briefs that were being built another try, in new processes.
    """
    with tempfile.TemporaryDirectory(prefix="claimbrief-batch-") as scratch:
        left = list(orders)
        for attempt in range(1, TRIES + 1):
            broken = []
            for order, result in _tried(left, terms, workers, scratch):
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
    orders: Sequence[Order], terms: Terms, workers: int, scratch: str
) -> Iterator[tuple[Order, Made | None]]:
    """Yield each order with what was made of it; None where the processes broke."""
    spawning = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, spawning, _begin, (scratch,))
    futures: dict[Future[Made], Order] = {}
    try:
        for order in orders:
            futures[pool.submit(made, order, terms)] = order
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except (BrokenProcessPool, SystemExit):  # the latter: a worker was told to end
                yield futures[future], None
        pool.shutdown()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()
        for child in multiprocessing.active_children():
            child.join()
        raise


def _begin(scratch: str) -> None:
    """Begin a worker: it leaves interrupts to its parent and ends with it, its files in scratch."""
    tempfile.tempdir = scratch
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end(number: int, frame: object) -> NoReturn:
    """End as by an error, so that kernels are stopped and scratch files removed."""
    sys.exit(128 + number)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)  # ends the brief that is being built
    time.sleep(GRACE)
    os._exit(1)  # the pool's own loop would wait for another one
