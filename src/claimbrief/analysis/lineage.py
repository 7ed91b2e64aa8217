"""Where statements come from, and how many independent origins stand behind them.

Two utterances are independent only when no path of provenance joins them and the origin of
neither is unknown. Provenance is what carries content: being quoted from, derived from or
briefed by something, or resting on an item of evidence. Answering or commenting carries none.
What one side says and what it holds is never independent of what else it says and holds: a side
is the topmost body that a speaker or a holder belongs to. People whom nobody names have no side.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import pandas as pd

from claimbrief.analysis.statements import Count, counted, spoken_by, statements
from claimbrief.dataset import UNKNOWN, groups_of
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


def provenance_graph(view: View) -> nx.DiGraph[str]:
    """Return the graph from each utterance or item in view to what it rests on.

    An utterance of which no provenance is recorded rests on `unknown`; an item of evidence with
    no parent is an origin.
    """
    record = view.record
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(record.utterances["utterance_id"])
    carried = record.lineage[record.lineage["relation"].isin(PROVENANCE)]
    graph.add_edges_from(zip(carried["child"], carried["parent"], strict=True))
    used = record.claim_evidence[record.claim_evidence["relation"] != "says_none"]
    rests = used.merge(record.claims[["claim_id", "utterance_id"]], on="claim_id")
    graph.add_edges_from(zip(rests["utterance_id"], rests["evidence_id"], strict=True))
    items = set(view.whole.evidence["evidence_id"])
    for node in list(graph):
        if node not in items and node != UNKNOWN and not graph.out_degree(node):
            graph.add_edge(node, UNKNOWN)
    return graph


def origins(view: View, utterance_ids: list[str]) -> Origins:
    """Return the range of independent origins behind the utterances.

    Utterances joined by provenance or by side are one family. At least: the families in which an
    utterance rests on known origins alone, or one. At most: all families, and one more for each in
    which others rest on an unknown origin, which may lie outside it.
    """
    graph = provenance_graph(view)
    above = set(utterance_ids).union(*(nx.descendants(graph, one) for one in utterance_ids))
    rests_on_unknown = {
        node for node in above if node != UNKNOWN and UNKNOWN in nx.descendants(graph, node)
    }
    joined = graph.subgraph(above - {UNKNOWN}).to_undirected()
    joined.add_edges_from((node, side) for node, side in _sides(view) if node in above)
    families = list(nx.connected_components(joined))
    sound = set(utterance_ids) - rests_on_unknown
    known = [family for family in families if family & sound]
    mixed = [family for family in known if family & (set(utterance_ids) - sound)]
    told_nothing = tuple(one for one in utterance_ids if one in rests_on_unknown)
    low = max(len(known), min(1, len(families)))
    return Origins(low, len(families) + len(mixed), told_nothing)


def _sides(view: View) -> list[tuple[str, str]]:
    """Return the utterances and items with each side that they belong to, as pairs for a graph."""
    actors = view.whole.actors
    unnamed = set(actors.loc[actors["kind"] == "collective", "actor_id"])
    spoken = zip(view.whole.speakers["utterance_id"], view.whole.speakers["actor_id"], strict=True)
    held = zip(view.whole.evidence["evidence_id"], view.whole.evidence["holder"], strict=True)
    return [
        (node, f"side: {groups_of(actors, actor)[-1]}")
        for node, actor in [*spoken, *held]
        if actor not in unnamed
    ]


def origins_of_assertions(view: View) -> Origins:
    """Return the range behind the assertions in view.

    The low end counts those certainly made by the day, the high end also the possible ones.
    """
    asserted = statements(view).query("is_assertion")
    certain = asserted.loc[asserted["certainty"] == "certain", "utterance_id"]
    low = origins(view, sorted(set(certain))).low
    every = origins(view, sorted(set(asserted["utterance_id"])))
    return Origins(low, every.high, every.unknown)


def deflation(view: View) -> pd.DataFrame:
    """Return one row a step from claim rows down to evidence made public.

    Columns: step (a name), certain, possible (counts; for origins the least, and how many more
    there may be).
    """
    frame = statements(view)
    counted_claims = frame[frame["is_counted"]]
    asserted = frame[frame["is_assertion"]]
    own = asserted[asserted["claim_id"].isin(_claims_with_own_source(view))]
    range_of = origins_of_assertions(view)
    steps = {
        "claim_rows": counted(frame, "claim_id"),
        "own_renderings": counted(counted_claims, "claim_id"),
        "utterances": counted(counted_claims, "utterance_id"),
        "speakers": _speakers(view, counted_claims),
        "asserting_speakers": _speakers(view, asserted),
        "asserting_sides": counted(asserted, "side"),
        "speakers_with_own_source": _speakers(view, own),
        "independent_origins": Count(range_of.low, range_of.high - range_of.low),
        "items_made_public": items_made_public(view),
    }
    return pd.DataFrame(
        [(step, count.certain, count.possible) for step, count in steps.items()],
        columns=["step", "certain", "possible"],
    )


def items_made_public(view: View) -> Count:
    """Return how many items of evidence in view the public could see by the day."""
    status = view.record.evidence_status
    kinds = view.record.evidence.set_index("evidence_id")["kind"]
    is_item = status["evidence_id"].map(kinds).isin(ITEMS)
    return counted(status[status["publicity"].isin(PUBLIC) & is_item], "evidence_id")


def ancestry(view: View) -> pd.DataFrame:
    """Return one row a recorded or unknown parent of an utterance or item in view.

    Columns: child, parent, relation, basis, is_provenance, is_unknown, is_own_item (whether the
    parent is an item of evidence that the child's own side holds).
    """
    rows = view.record.lineage
    sides: dict[str, set[str]] = {}
    for node, side in _sides(view):
        sides.setdefault(node, set()).add(side)
    items = set(view.whole.evidence["evidence_id"])
    is_own_item = [
        parent in items and bool(sides.get(parent, set()) & sides.get(child, set()))
        for child, parent in zip(rows["child"], rows["parent"], strict=True)
    ]
    return rows.assign(
        is_provenance=rows["relation"].isin(PROVENANCE),
        is_unknown=rows["parent"] == UNKNOWN,
        is_own_item=pd.Series(is_own_item, rows.index, dtype=bool),
    )


def _claims_with_own_source(view: View) -> set[str]:
    used = view.record.claim_evidence.merge(view.record.evidence, on="evidence_id")
    said = statements(view).set_index("claim_id")["side"]
    holders = [groups_of(view.whole.actors, holder)[-1] for holder in used["holder"]]
    is_theirs = used["claim_id"].map(said) == pd.Series(holders, used.index, dtype="str")
    is_own = used["kind"].isin(OWN_SOURCES) & (used["relation"] != "says_none") & is_theirs
    return set(used.loc[is_own, "claim_id"])


def _speakers(view: View, frame: pd.DataFrame) -> Count:
    return counted(spoken_by(view, frame["utterance_id"]), "actor_id")
