"""Runs a batch: submits what is missing, puts each brief into its folder, sums up the outcomes."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace

from claimbrief.batch.executors import Built, Terms, cluster, pool
from claimbrief.batch.orders import Batch
from claimbrief.errors import BriefError
from claimbrief.render.build import Work, publish, stale_faces, work_for
from claimbrief.render.cache import Cache
from claimbrief.render.run import Say


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
