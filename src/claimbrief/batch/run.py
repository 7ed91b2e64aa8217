"""Runs a batch: submits what is missing, puts each brief into its folder, sums up the outcomes.

Briefs are built in processes here, or by the workers of a Dask cluster.
"""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import os
import signal
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil

from claimbrief.batch.orders import Batch, Order
from claimbrief.errors import BriefError, ParameterError
from claimbrief.render.build import Work, build, publish, stale_faces, work_for
from claimbrief.render.cache import Cache
from claimbrief.render.editions import read_contents
from claimbrief.render.kernels import Kernels, end_with_parent
from claimbrief.render.keys import LOCK, digest, files_in, installed, package_digest
from claimbrief.render.parameters import FOLDER
from claimbrief.render.plan import check_plan
from claimbrief.render.run import Say

TIMEOUT = 10  # seconds in which a scheduler and a worker must answer, and killed processes end


@dataclass(frozen=True)
class Terms:
    """What the briefs of a batch share: formats, the cache's folder, how kernels start."""

    formats: tuple[str, ...]
    kernels: Kernels
    cache: Path | None = None
    is_fresh: bool = False


@dataclass(frozen=True)
class Built:
    """A brief that a worker has built: its files (bytes, or the path of a file on this machine) and
    the keys of its faces (see claimbrief.render.build.Work).
    """

    seconds: float
    files: Mapping[str, bytes | Path]
    faces: Mapping[str, str]


Submit = Callable[[Order], "Future[Built]"]


def build_order(order: Order, terms: Terms, output: Path) -> Built:
    """Build a brief into a folder in this process, whose fork server stays for the next brief."""
    begun = time.monotonic()
    terms.kernels.start()
    kernels = check_plan(order.plan, terms.kernels)
    work = work_for(order.plan, output, terms.formats)
    paths = build(work, Cache(terms.cache, is_read=not terms.is_fresh), kernels)
    return Built(time.monotonic() - begun, {path.name: path for path in paths}, work.faces)


@contextmanager
def pool(terms: Terms, workers: int) -> Iterator[Submit]:
    """Submit to processes of this machine, which write briefs into a scratch folder.

    A result names the files and so is small: a pipe takes it whole, and a worker that is killed
    does not leave this end waiting for the rest.
    """
    before = multiprocessing.active_children()
    with tempfile.TemporaryDirectory(prefix="claimbrief-", ignore_cleanup_errors=True) as scratch:
        spawn = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(workers, spawn, _begin_worker, (scratch,))
        try:
            yield lambda order: pool.submit(build_order, order, terms, Path(scratch, order.name))
            pool.shutdown()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            _kill([it for it in multiprocessing.active_children() if it not in before])
            raise


def _begin_worker(scratch: str) -> None:
    """Leave interrupts to the parent, end with it, and put scratch files where it removes them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = scratch
    end_with_parent(lambda: os._exit(1))


def _kill(workers: Sequence[Any]) -> None:
    """Kill each worker with the processes below it, and wait until they are gone."""
    doomed: list[psutil.Process] = []
    for worker in workers:
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(worker.pid)
            process.suspend()  # so that it starts nothing while its children are listed
            doomed += [process, *process.children(recursive=True)]
    for process in doomed:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    for worker in workers:
        worker.join()
    psutil.wait_procs(doomed, timeout=TIMEOUT)


@contextmanager
def cluster(orders: Sequence[Order], terms: Terms, address: str) -> Iterator[Submit]:
    """Submit to the Dask cluster whose scheduler is at this address.

    Dask sends the project's files to the workers and gives the briefs of a lost worker to another.
    Raises ParameterError if Dask is not installed, no scheduler answers or it has no worker.
    """
    try:
        import distributed
    except ImportError as error:
        raise ParameterError(
            "--scheduler needs Dask; install claimbrief with its extra: claimbrief[cluster]"
        ) from error
    dask: Any = distributed  # it has no types
    try:
        asyncio.run(_ask_scheduler(dask, address))
        client = dask.Client(address, timeout=TIMEOUT, set_as_default=False)
    except Exception as error:  # Dask reads another server's answer as its own protocol
        to_do = "start one (dask scheduler), or give the address that it prints"
        raise ParameterError(
            f"--scheduler {address}: no scheduler answers there; {to_do}"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=TIMEOUT)
        except TimeoutError as error:
            to_do = "start one: dask worker"
            raise ParameterError(f"--scheduler {address}: it has no worker; {to_do}") from error
        files = client.scatter(project_files(orders), broadcast=True, hash=False)
        executor: Executor = client.get_executor(pure=False)
        yield lambda order: executor.submit(build_on_worker, order, terms, files, code_digest())


async def _ask_scheduler(dask: Any, address: str) -> None:
    """Ask a scheduler who it is, within a time limit: a client has none for a silent one."""
    async with asyncio.timeout(TIMEOUT), dask.rpc(address) as scheduler:
        await scheduler.identity()


def code_digest() -> str:
    """Return the digest of the code that builds a brief: this package and what is installed."""
    return digest(package_digest(above=False), package_digest(above=True), installed())


def project_files(orders: Sequence[Order]) -> dict[str, bytes]:
    """Return the files that the orders' briefs are made from, by their path in the project."""
    root = orders[0].plan.contents.root
    found = [*files_in(root / "notebooks"), *files_in(root / "report" / "template"), root / LOCK]
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in found}
    for dataset in {folder for order in orders if (folder := order.plan.folder())}:
        for path in files_in(dataset):
            name = _sent_folder(dataset, root) / path.relative_to(dataset)
            files[name.as_posix()] = path.read_bytes()
    return files


def _sent_folder(dataset: Path, root: Path) -> Path:
    """Return the path of a dataset's folder in the sent project."""
    is_inside = dataset.is_relative_to(root)
    return dataset.relative_to(root) if is_inside else Path("datasets", digest(str(dataset))[:16])


def build_on_worker(order: Order, terms: Terms, files: Mapping[str, bytes], code: str) -> Built:
    """Build a brief on a worker of a cluster from the files that were sent; return its files."""
    if code != code_digest():
        raise BriefError(
            "this worker has other versions; install what requirements.lock names, and this code"
        )
    root = _received(files)
    values, dataset = dict(order.plan.values), order.plan.folder()
    if dataset and Path(str(values[FOLDER])).is_absolute():
        values[FOLDER] = str(root / _sent_folder(dataset, order.plan.contents.root))
    plan = replace(order.plan, contents=read_contents(root), values=values)
    with tempfile.TemporaryDirectory(prefix="claimbrief-") as output:
        sent = replace(terms, cache=root / ".cache")
        built = build_order(replace(order, plan=plan), sent, Path(output))
        files = {path.name: path.read_bytes() for path in Path(output).iterdir()}
        return replace(built, files=files)


def _received(files: Mapping[str, bytes]) -> Path:
    """Return the folder of a project on this worker, written on first use; Dask removes it."""
    from distributed import get_worker

    name = digest([(name, hashlib.sha256(content).hexdigest()) for name, content in files.items()])
    root = Path(get_worker().local_directory) / f"project-{name[:16]}"
    with _receiving:  # a worker may build several briefs at a time
        for path, content in () if root.exists() else files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
    return root


_receiving = threading.Lock()


@dataclass(frozen=True)
class Outcome:
    """The end of one brief; `end` is built, as before or failed."""

    name: str
    end: str
    seconds: float
    failure: str = ""


def build_batch(
    batch: Batch,
    terms: Terms,
    say: Say,
    *,
    is_resumed: bool = False,
    workers: int = 2,
    scheduler: str | None = None,
) -> list[Outcome]:
    """Build the briefs of a batch in `workers` processes or on a cluster; return their outcomes.

    A brief that fails leaves its folder as it was. With `is_resumed` only the briefs are built
    whose files are not there. Raises BriefError if a worker process is killed here.
    """
    cached = Cache(terms.cache)
    works = {
        order.name: work_for(order.plan, batch.output / order.name, batch.formats)
        for order in batch.orders
    }
    to_build = [
        order for order in batch.orders if not is_resumed or stale_faces(works[order.name], cached)
    ]
    outcomes = {order.name: Outcome(order.name, "as before", 0.0) for order in batch.orders}
    if is_resumed:
        say(f"  {len(batch.orders) - len(to_build)} of {len(batch.orders)} briefs are there")
    if not to_build:
        return list(outcomes.values())
    with cluster(to_build, terms, scheduler) if scheduler else pool(terms, workers) as submit:
        futures = {submit(order): order.name for order in to_build}
        for count, future in enumerate(as_completed(futures), 1):
            name = futures.pop(future)  # with its files
            outcome = outcomes[name] = _outcome(future, works[name], name, cached)
            say(f"  {count} of {len(to_build)}  {name}  {outcome.end}  {outcome.seconds:.1f} s")
    return list(outcomes.values())


def _outcome(future: Future[Built], work: Work, name: str, cached: Cache) -> Outcome:
    """Put a brief's files into its folder, if it was built and the folder takes them."""
    try:
        built = future.result()
        files = {
            file: content if isinstance(content, bytes) else content.read_bytes()
            for file, content in built.files.items()
        }
        publish(replace(work, faces=dict(built.faces)), files, cached)
    except BrokenProcessPool as error:
        raise BriefError(
            "a worker process of the batch was killed; the briefs built so far stay; "
            "build the others with --resume"
        ) from error
    except BriefError as error:
        return Outcome(name, "failed", 0.0, str(error))
    except Exception as error:
        return Outcome(name, "failed", 0.0, "".join(traceback.format_exception(error)))
    return Outcome(name, "built", built.seconds)


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """Return a table of the outcomes, as lines, and then each failure."""
    width = max(len("brief"), *(len(outcome.name) for outcome in outcomes))
    lines = [f"{'brief':<{width}}  {'result':<9}  seconds"]
    lines += [f"{it.name:<{width}}  {it.end:<9}  {it.seconds:7.1f}" for it in outcomes]
    counts = Counter(outcome.end for outcome in outcomes)
    totals = ", ".join(f"{count} {end}" for end, count in sorted(counts.items()))
    lines.append(f"{len(outcomes)} briefs: {totals}")
    for outcome in outcomes:
        if outcome.failure:
            lines += ["", f"{outcome.name} failed:"]
            lines += [f"  {line}" for line in outcome.failure.splitlines()]
    return lines
