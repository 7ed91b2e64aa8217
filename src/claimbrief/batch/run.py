"""Runs a batch: what is missing is made, each brief is put into its folder, all is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claimbrief.batch.orders import Batch, Order
from claimbrief.batch.work import Made, Terms
from claimbrief.errors import BriefError
from claimbrief.render.build import Work, publish, stale_faces, work_for
from claimbrief.render.cache import Cache
from claimbrief.render.run import Say


@dataclass(frozen=True)
class Outcome:
    """What became of one brief: built, as it was before, or failed, and then why."""

    name: str
    result: str
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
    """Build the briefs of a batch, in `workers` processes here or on a cluster; return what became
    of each, in the batch's order.

    One that fails leaves its folder as it was and the others to be built. With `is_resumed` only
    those are built whose files do not lie there as this batch would write them.
    """
    cache = Cache(terms.cache)
    works = {
        order.name: work_for(order.plan, batch.output / order.name, batch.formats)
        for order in batch.orders
    }
    left = [
        order for order in batch.orders if not is_resumed or stale_faces(works[order.name], cache)
    ]
    built = {order.name: Outcome(order.name, "as before", 0.0) for order in batch.orders}
    if is_resumed:
        say(f"  {len(batch.orders) - len(left)} of {len(batch.orders)} briefs are there")
    made = _made(left, terms, workers, scheduler)
    for count, one in enumerate(made, 1):
        built[one.name] = _published(one, works[one.name], cache)
        told = built[one.name]
        say(f"  {count} of {len(left)}  {one.name}  {told.result}  {one.seconds:.1f} s")
    return list(built.values())


def _made(
    orders: Sequence[Order], terms: Terms, workers: int, scheduler: str | None
) -> Iterator[Made]:
    if not orders:
        return iter(())
    if scheduler is not None:
        from claimbrief.batch.cluster import made_on_cluster

        return made_on_cluster(orders, terms, scheduler)
    from claimbrief.batch.local import made_here

    return made_here(orders, terms, min(workers, len(orders)))


def _published(made: Made, work: Work, cache: Cache) -> Outcome:
    """Put a brief's files into its folder; a folder that cannot take them is a failure of its."""
    if made.failure:
        return Outcome(made.name, "failed", made.seconds, made.failure)
    try:
        publish(replace(work, faces=dict(made.faces)), made.files, cache)
    except BriefError as error:
        return Outcome(made.name, "failed", made.seconds, str(error))
    return Outcome(made.name, "built", made.seconds)


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the lines of a table of what became of each brief, and then each failure."""
    width = max(len("brief"), *(len(one.name) for one in outcomes))
    lines = [f"{'brief':<{width}}  {'result':<9}  seconds"]
    lines += [f"{one.name:<{width}}  {one.result:<9}  {one.seconds:7.1f}" for one in outcomes]
    counts = Counter(one.result for one in outcomes)
    told = ", ".join(f"{count} {result}" for result, count in sorted(counts.items()))
    lines.append(f"{len(outcomes)} briefs: {told}")
    for one in (one for one in outcomes if one.failure):
        lines += ["", f"{one.name} failed:", *(f"  {line}" for line in one.failure.splitlines())]
    return lines
