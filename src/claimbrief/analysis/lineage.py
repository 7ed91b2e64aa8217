"""Where statements come from, and how many independent origins stand behind them.

Two utterances are independent only when no path of provenance joins them and the origin of
neither is unknown. Provenance is what carries content: being quoted from, derived from or
briefed by something, or resting on an item of evidence. Answering or commenting carries none.
What one side says and what it holds is never independent of what else it says and holds: a side
is the topmost body that a speaker or a holder belongs to. People whom nobody names have no side.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import networkx as nx
import pandas as pd

from claimbrief.analysis.lasting import evidence_kinds, pairs, speakers, support_of_claims, tops
from claimbrief.analysis.statements import Count, each_statement, speakers_among, tallied
from claimbrief.dataset import UNKNOWN, Dataset, each_row
from claimbrief.view import PROVENANCE, View

OWN_SOURCES = [
    "own_intelligence",
    "satellite_imagery",
    "photo_or_video",
    "intercept",
    "document",
    "prisoner_or_defector",
    "witness",
    "official_record",
]
ITEMS = [*OWN_SOURCES, "not_specified"]  # what could be shown; not reports by others or reasoning
PUBLIC = ("published", "published_verified")


@dataclass(frozen=True)
class Origins:
    """How many independent origins there are, at least and at most.

    `unknown` holds the ids of the utterances whose origin the record does not tell.
    """

    low: int
    high: int
    unknown: tuple[str, ...] = ()


def parents(view: View) -> dict[str, list[str]]:
    """Return what each utterance or item in view rests on, by its id.

    An utterance of which no provenance is recorded rests on `unknown`; an item of evidence with
    no parent is an origin, and rests on nothing.
    """
    record = view.record
    found: dict[str, dict[str, None]] = {
        one: {} for one in record.utterances["utterance_id"].tolist()
    }
    for link in each_row(record.lineage):
        if link.relation in PROVENANCE:
            found.setdefault(link.child, {})[link.parent] = None
            found.setdefault(link.parent, {})
    links = support_of_claims(view.whole)
    claims = record.claims
    for claim_id, said in pairs(claims, "claim_id", "utterance_id"):
        for item in links.get(claim_id, ()):
            found[said][item] = None
            found.setdefault(item, {})
    items = evidence_kinds(view.whole)
    for node, above in found.items():
        if not above and node not in items and node != UNKNOWN:
            above[UNKNOWN] = None
    return {node: list(above) for node, above in found.items()}


def provenance_graph(view: View) -> nx.DiGraph[str]:
    """Return what `parents` tells as a graph, from each utterance or item to what it rests on."""
    above = parents(view)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(above)
    graph.add_edges_from((node, one) for node in above for one in above[node])
    return graph


def origins(view: View, utterance_ids: Sequence[str]) -> Origins:
    """Return the range of independent origins behind the utterances.

    Utterances joined by provenance or by side are one family. At least: the families in which an
    utterance rests on known origins alone, or one. At most: all families, and one more for each in
    which others rest on an unknown origin, which may lie outside it.
    """
    return _origins(parents(view), _sides(view.whole), utterance_ids)


def _origins(
    above: Mapping[str, Sequence[str]],
    sides: Mapping[str, Sequence[str]],
    utterance_ids: Sequence[str],
) -> Origins:
    behind = reached(above, utterance_ids)
    below: dict[str, list[str]] = {}
    joined: dict[str, str] = {}  # each node with one of its family, the family's name with itself
    for node in behind:
        for one in above.get(node, ()):
            below.setdefault(one, []).append(node)
            if one != UNKNOWN:
                _join(joined, node, one)
        for side in sides.get(node, ()):
            _join(joined, node, f"side: {side}")
    rests_on_unknown = reached(below, below.get(UNKNOWN, ()))
    families = {_family(joined, one) for one in behind}
    sound = {_family(joined, one) for one in utterance_ids if one not in rests_on_unknown}
    unknown = tuple(one for one in utterance_ids if one in rests_on_unknown)
    mixed = sound & {_family(joined, one) for one in unknown}
    low = max(len(sound), min(1, len(families)))
    return Origins(low, len(families) + len(mixed), unknown)


def reached(links: Mapping[str, Sequence[str]], nodes: Iterable[str]) -> set[str]:
    """Return the nodes and all that links lead to from them, but for what is unknown."""
    found, waiting = set(nodes), list(nodes)
    while waiting:
        for one in links.get(waiting.pop(), ()):
            if one not in found and one != UNKNOWN:
                found.add(one)
                waiting.append(one)
    return found


def _family(joined: dict[str, str], node: str) -> str:
    """Return the name of a node's family, and shorten the way to it."""
    name = node
    while joined.setdefault(name, name) != name:
        name = joined[name]
    while joined[node] != name:
        joined[node], node = name, joined[node]
    return name


def _join(joined: dict[str, str], one: str, other: str) -> None:
    joined[_family(joined, one)] = _family(joined, other)


@lru_cache(maxsize=8)
def _sides(dataset: Dataset) -> Mapping[str, list[str]]:
    """Return the sides that each utterance or item belongs to, by its id; none of the unnamed."""
    unnamed = set(dataset.actors.loc[dataset.actors["kind"] == "collective", "actor_id"])
    held = pairs(dataset.evidence, "evidence_id", "holder")
    actors = {**speakers(dataset), **{item: [holder] for item, holder in held}}
    return {
        node: [tops(dataset)[actor] for actor in spoken if actor not in unnamed]
        for node, spoken in actors.items()
    }


@lru_cache(maxsize=64)
def origins_of_assertions(view: View) -> Origins:
    """Return the range behind the assertions in view.

    The low end counts those certainly made by the day, the high end also the possible ones.
    """
    asserted = [claim for claim in each_statement(view) if claim.is_assertion]
    certain = {claim.utterance_id for claim in asserted if claim.certainty == "certain"}
    every = {claim.utterance_id for claim in asserted}
    above, sides = parents(view), _sides(view.whole)
    low = _origins(above, sides, sorted(certain)).low
    found = _origins(above, sides, sorted(every))
    return Origins(low, found.high, found.unknown)


def deflation(view: View) -> pd.DataFrame:
    """Return one row a step from claim rows down to evidence made public.

    Columns: step (a name), certain, possible (counts; for origins the least, and how many more
    there may be).
    """
    return _deflation(view).copy(deep=False)


@lru_cache(maxsize=64)
def _deflation(view: View) -> pd.DataFrame:
    said = each_statement(view)
    own = [claim for claim in said if claim.is_counted]
    asserted = [claim for claim in own if claim.is_assertion]
    sourced = [claim for claim in asserted if _has_own_source(view.whole, claim)]
    range_of = origins_of_assertions(view)
    steps = {
        "claim_rows": tallied((one.claim_id, one.certainty) for one in said),
        "own_renderings": tallied((one.claim_id, one.certainty) for one in own),
        "utterances": tallied((one.utterance_id, one.certainty) for one in own),
        "speakers": speakers_among(view, own),
        "asserting_speakers": speakers_among(view, asserted),
        "asserting_sides": tallied((one.side, one.certainty) for one in asserted),
        "speakers_with_own_source": speakers_among(view, sourced),
        "independent_origins": Count(range_of.low, range_of.high - range_of.low),
        "items_made_public": items_made_public(view),
    }
    return pd.DataFrame(
        [(step, count.certain, count.possible) for step, count in steps.items()],
        columns=["step", "certain", "possible"],
    )


def items_made_public(view: View) -> Count:
    """Return how many items of evidence in view the public could see by the day."""
    kinds = evidence_kinds(view.whole)
    return tallied(
        (row.evidence_id, row.certainty)
        for row in each_row(view.record.evidence_status)
        if row.publicity in PUBLIC and kinds[row.evidence_id] in ITEMS
    )


def ancestry(view: View) -> pd.DataFrame:
    """Return one row a recorded or unknown parent of an utterance or item in view.

    Columns: child, parent, relation, basis, is_provenance, is_unknown, is_own_item (whether the
    parent is an item of evidence that the child's own side holds).
    """
    rows = view.record.lineage
    sides, items = _sides(view.whole), evidence_kinds(view.whole)
    is_own_item = [
        _is_own_item(items, sides, child, parent)
        for child, parent in pairs(rows, "child", "parent")
    ]
    return rows.assign(
        is_provenance=rows["relation"].isin(PROVENANCE),
        is_unknown=rows["parent"] == UNKNOWN,
        is_own_item=pd.Series(is_own_item, rows.index, dtype=bool),
    )


def of_others(view: View) -> set[str]:
    """Return the utterances and items that rest on what others say or hold, by id."""
    sides, items = _sides(view.whole), evidence_kinds(view.whole)
    return {
        link.child
        for link in each_row(view.record.lineage)
        if link.relation in PROVENANCE and link.parent != UNKNOWN
        if not _is_own_item(items, sides, link.child, link.parent)
    }


def _is_own_item(
    items: Container[str], sides: Mapping[str, Sequence[str]], child: str, parent: str
) -> bool:
    """Return whether a parent is an item of evidence that the child's own side holds."""
    return parent in items and not set(sides.get(parent, ())).isdisjoint(sides.get(child, ()))


def _has_own_source(dataset: Dataset, claim: Any) -> bool:
    """Return whether a claim points to an item that could be shown and that its side holds."""
    kinds, holders = evidence_kinds(dataset), _holders(dataset)
    return any(
        kinds[item] in OWN_SOURCES and holders[item] == claim.side
        for item in support_of_claims(dataset).get(claim.claim_id, ())
    )


@lru_cache(maxsize=8)
def _holders(dataset: Dataset) -> Mapping[str, str]:
    """Return the side that holds each item of evidence, by item id."""
    items = pairs(dataset.evidence, "evidence_id", "holder")
    return {item: tops(dataset)[holder] for item, holder in items}
