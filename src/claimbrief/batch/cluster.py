"""A batch on a running Dask cluster: the project travels to the workers, the files come back."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from claimbrief.batch.orders import Order
from claimbrief.batch.work import Made, Terms, made
from claimbrief.errors import ParameterError
from claimbrief.render.editions import Contents, read_contents
from claimbrief.render.keys import LOCK, digest, files_in, installed, package_digest
from claimbrief.render.parameters import FOLDER

TIMEOUT = 20  # seconds in which a scheduler and a worker must be found
_PARTS = ("notebooks", "report/template", LOCK)


@dataclass(frozen=True)
class Project:
    """All the files that the briefs are made from, as a ZIP archive, and the code's digest.

    `datasets` tells where in the archive a dataset's folder lies.
    """

    packed: bytes
    datasets: dict[str, str]
    code: str


def made_on_cluster(orders: Sequence[Order], terms: Terms, address: str) -> Iterator[Made]:
    """Yield each brief as it is done on the cluster whose scheduler is at this address.

    Dask gives the briefs of a worker that is lost to another one. Raises ParameterError if Dask is
    not installed, no scheduler answers or it has no worker.
    """
    try:
        import distributed
    except ImportError as error:
        raise ParameterError(
            "--scheduler needs Dask; install claimbrief with its extra: claimbrief[cluster]"
        ) from error
    dask: Any = distributed  # it carries no types
    try:
        client = dask.Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ParameterError(f"--scheduler {address}: no scheduler answers there") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=TIMEOUT)
        except TimeoutError as error:
            raise ParameterError(f"--scheduler {address}: it has no worker") from error
        project = client.scatter(packed_project(orders), broadcast=True, hash=False)
        futures = {
            client.submit(_made_there, order, project, terms, pure=False): order for order in orders
        }
        for future in dask.as_completed(futures, loop=client.loop):
            if future.status == "finished":
                yield future.result()
            else:
                cause = f"the cluster gave it up: {future.exception()}"
                yield Made(futures[future].name, 0.0, failure=cause)


def code_digest() -> str:
    """Return the digest of the code that makes a brief: ours, and all that is installed."""
    return digest(package_digest(above=False), package_digest(above=True), installed())


def packed_project(orders: Sequence[Order]) -> Project:
    """Return the files of the orders' project and of every dataset that they name."""
    root = orders[0].plan.contents.root
    named = {order.plan.folder() for order in orders}
    datasets = {str(folder): _place(folder, root) for folder in named if folder}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for part in _PARTS:
            for path in [root / part] if (root / part).is_file() else files_in(root / part):
                packed.write(path, path.relative_to(root).as_posix())
        for folder, place in datasets.items():
            for path in files_in(Path(folder)):
                packed.write(path, f"{place}/{path.relative_to(folder).as_posix()}")
    return Project(archive.getvalue(), datasets, code_digest())


def _place(folder: Path, root: Path) -> str:
    """Return where a dataset's folder lies in the archive: as in the project, if it is in it."""
    if folder.is_relative_to(root):
        return folder.relative_to(root).as_posix()
    return f"datasets/{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"


def _made_there(order: Order, project: Project, terms: Terms) -> Made:
    """Return a brief's files, built in this worker of a cluster from the project that came."""
    if project.code != code_digest():
        told = "this worker has other versions; install what requirements.lock names, and this code"
        return Made(order.name, 0.0, failure=told)
    with _unpacking:
        contents = _unpacked(project.packed)
    values = dict(order.plan.values)
    folder = order.plan.folder()
    if folder is not None and Path(str(values[FOLDER])).is_absolute():
        values[FOLDER] = str(contents.root / project.datasets[str(folder)])
    plan = replace(order.plan, contents=contents, values=values)
    return made(replace(order, plan=plan), replace(terms, cache=contents.root / ".cache"))


_unpacking = threading.Lock()


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Contents:
    """Return the contents of a project, unpacked into the folder that Dask clears with a worker."""
    from distributed import get_worker

    digest_of_all = hashlib.sha256(packed).hexdigest()[:16]
    root = Path(get_worker().local_directory) / f"project-{os.getpid()}-{digest_of_all}"
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(root)
    return read_contents(root)
