"""What is wrong with evidence and lineage: publicity, order in time, circles."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from claimbrief.dataset import NO_SUPPORT, UNKNOWN, Dataset, each_row
from claimbrief.dates import When, edtf, order
from claimbrief.errors import Problem
from claimbrief.validate.times import bounds, bounds_by_id

NEEDS_BASIS = ("claimed_not_public", "shared_with_partners", "described")
NEEDS_LOCATOR = ("published", "published_verified")


def provenance_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with how public evidence was, and with what came from what."""
    yield from _status_problems(dataset)
    yield from _leakage_problems(dataset)
    yield from _parent_problems(dataset)
    yield from _cycle_problems(dataset)


def _first_known(dataset: Dataset) -> dict[str, list[When]]:
    """Return the days from which each item of evidence is known, by its id."""
    status = dataset.evidence_status
    known: dict[str, list[When]] = {}
    for evidence_id, text in zip(status["evidence_id"], status["as_of"], strict=True):
        if (when := bounds(text)) is not None:
            known.setdefault(evidence_id, []).append(when)
    return known


def _status_problems(dataset: Dataset) -> Iterator[Problem]:
    for status in each_row(dataset.evidence_status):
        publicity = status.publicity
        if publicity in NEEDS_BASIS and not status.basis:
            yield Problem(
                "evidence_status",
                status.Index,
                "basis",
                f"{publicity} with no basis",
                "what shows that it is so",
                "write down the basis",
            )
        if publicity in NEEDS_LOCATOR and not status.locator:
            yield Problem(
                "evidence_status",
                status.Index,
                "locator",
                f"{publicity} with no locator",
                "where the public can see it",
                "enter the locator, or another publicity",
            )


def _leakage_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield claims that are said to rest on an item known only from later days."""
    first = _first_known(dataset)
    said = bounds_by_id(dataset.utterances, "utterance_id", "date")
    of_claim = dict(zip(dataset.claims["claim_id"], dataset.claims["utterance_id"], strict=True))
    for link in each_row(dataset.claim_evidence):
        when = said.get(of_claim.get(link.claim_id, ""))
        known = first.get(link.evidence_id, [])
        if when is None or link.relation in NO_SUPPORT:
            continue
        if not known:
            yield Problem(
                "claim_evidence",
                link.Index,
                "evidence_id",
                f"{link.evidence_id}, of no day",
                "an item with a row in evidence_status",
                "say how public the item was, and when",
            )
        elif all(order(when, day) == "before" for day in known):
            yield Problem(
                "claim_evidence",
                link.Index,
                "evidence_id",
                f"{link.evidence_id}, first known on {edtf(known[0])}",
                f"an item known when the claim was made ({edtf(when)})",
                "mend evidence_status, or do not rest the claim on it",
            )


def _parent_problems(dataset: Dataset) -> Iterator[Problem]:
    said = bounds_by_id(dataset.utterances, "utterance_id", "date")
    first = _first_known(dataset)
    known = {*dataset.utterances["utterance_id"], *dataset.evidence["evidence_id"]}
    for link in each_row(dataset.lineage):
        number, child, parent = link.Index, link.child, link.parent
        accepted = "an utterance or an item of evidence"
        if child not in known:
            todo = "mend the key or add its row"
            yield Problem("lineage", number, "child", child, accepted, todo)
        if parent not in known and parent != UNKNOWN:
            todo = "mend the key or add its row"
            yield Problem("lineage", number, "parent", parent, f"{accepted}, or unknown", todo)
        days = first.get(parent, []) if parent not in said else [said[parent]]
        if child in said and days and all(order(said[child], day) == "before" for day in days):
            yield Problem(
                "lineage",
                number,
                "child",
                f"{child} ({edtf(said[child])}) {link.relation} {parent} ({edtf(days[0])})",
                "a child that is not before its parent",
                "mend the dates or the lineage",
            )


def _cycle_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield one problem for each knot of lineage and of evidence used that leads back to itself."""
    rows = _links(dataset)
    above: dict[str, list[str]] = {}
    for child, parent in rows:
        above.setdefault(child, []).append(parent)
    try:
        TopologicalSorter(above).prepare()
    except CycleError:
        yield from _knot_problems(rows)


def _links(dataset: Dataset) -> dict[tuple[str, str], int]:
    """Return the row of lineage of each child and parent; 0 where a claim's evidence links them."""
    rows = {
        (link.child, link.parent): link.Index
        for link in each_row(dataset.lineage)
        if link.parent != UNKNOWN
    }
    of_claim = dict(zip(dataset.claims["claim_id"], dataset.claims["utterance_id"], strict=True))
    for link in each_row(dataset.claim_evidence):
        utterance = of_claim.get(link.claim_id)
        if utterance and link.relation not in NO_SUPPORT:
            rows.setdefault((utterance, link.evidence_id), 0)
    return rows


def _knot_problems(rows: dict[tuple[str, str], int]) -> Iterator[Problem]:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph(list(rows))
    for knot in nx.strongly_connected_components(graph):
        within = graph.subgraph(knot)
        if not within.number_of_edges():
            continue
        circle = nx.find_cycle(within)
        names = [child for child, *_ in circle]
        yield Problem(
            "lineage",
            min(filter(None, (rows[child, parent] for child, parent, *_ in circle))),
            "parent",
            " → ".join([*names, names[0]]),
            "lineage that runs one way",
            "break the circle",
        )
