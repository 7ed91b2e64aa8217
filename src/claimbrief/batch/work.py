"""One brief of a batch, made in a process that stays: its kernels stay warm from brief to brief."""

from __future__ import annotations

import atexit
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from claimbrief.batch.orders import Order
from claimbrief.errors import BriefError
from claimbrief.render.build import build, work_for
from claimbrief.render.cache import Cache
from claimbrief.render.kernels import Kernels


@dataclass(frozen=True)
class Made:
    """A brief's files by name, or in words why there are none; and how many seconds it took.

    `faces` are the keys of what they were made from, as `claimbrief.render.build.Work` has them.
    """

    name: str
    seconds: float
    files: Mapping[str, bytes] = field(default_factory=dict)
    faces: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""


@dataclass(frozen=True)
class Terms:
    """What all the briefs of a batch share: formats, where things are kept, how kernels start."""

    formats: tuple[str, ...]
    cache: Path | None
    is_fresh: bool
    is_cold: bool
    time_limit: int | None
    preparation: str


def made(order: Order, terms: Terms) -> Made:
    """Return a brief's files, built in this process; what goes wrong is told, not raised."""
    begun = time.monotonic()
    try:
        kept = Cache(terms.cache, is_read=not terms.is_fresh)
        kernels = _kernels(terms.is_cold, terms.time_limit, terms.preparation)
        with tempfile.TemporaryDirectory(prefix="claimbrief-") as folder:
            kernels.prepare([order.plan])
            work = work_for(order.plan, Path(folder), terms.formats)
            files = {path.name: path.read_bytes() for path in build(work, kept, kernels)}
        return Made(order.name, time.monotonic() - begun, files, work.faces)
    except BriefError as error:
        return Made(order.name, time.monotonic() - begun, failure=str(error))
    except Exception:
        return Made(order.name, time.monotonic() - begun, failure=traceback.format_exc())


_starting = threading.Lock()


def _kernels(is_cold: bool, time_limit: int | None, preparation: str) -> Kernels:
    """Return this process's kernels, which end with it."""
    with _starting:  # a cluster's worker may build several briefs at a time
        return _started(is_cold, time_limit, preparation)


@cache
def _started(is_cold: bool, time_limit: int | None, preparation: str) -> Kernels:
    kernels = Kernels(is_cold=is_cold, time_limit=time_limit, preparation=preparation, is_kept=True)
    atexit.register(kernels.close)
    return kernels
