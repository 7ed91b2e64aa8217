"""Where statements come from, and how many independent origins stand behind them.

Two utterances are independent only when no path of provenance joins them and the origin of
neither is unknown. Provenance is what carries content: being quoted from, derived from or
briefed by something, or resting on an item of evidence. Answering or commenting carries none.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import pandas as pd

from claimbrief.analysis.statements import Count, counted, spoken_by, statements
from claimbrief.dataset import UNKNOWN
from claimbrief.view import View

PROVENANCE = ("quoted_from", "derived_from", "briefed_by")
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
    """Return the range of independent origins behind the utterances."""
    graph = provenance_graph(view)
    above = set(utterance_ids).union(*(nx.descendants(graph, one) for one in utterance_ids))
    rests_on_unknown = {
        node for node in above if node != UNKNOWN and UNKNOWN in nx.descendants(graph, node)
    }
    joined = graph.subgraph(above - {UNKNOWN}).to_undirected()
    families = list(nx.connected_components(joined))
    unknown = sum(bool(family & rests_on_unknown) for family in families)
    known = len(families) - unknown
    told_nothing = tuple(one for one in utterance_ids if one in rests_on_unknown)
    return Origins(max(known, min(1, unknown)), known + unknown, told_nothing)


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
    return counted(status[status["publicity"].isin(PUBLIC)], "evidence_id")


def ancestry(view: View) -> pd.DataFrame:
    """Return one row a recorded or unknown parent of an utterance or item in view.

    Columns: child, parent, relation, basis, is_provenance, is_unknown.
    """
    rows = view.record.lineage
    return rows.assign(
        is_provenance=rows["relation"].isin(PROVENANCE), is_unknown=rows["parent"] == UNKNOWN
    )


def _claims_with_own_source(view: View) -> set[str]:
    used = view.record.claim_evidence.merge(view.record.evidence, on="evidence_id")
    is_own = used["kind"].isin(OWN_SOURCES) & (used["relation"] != "says_none")
    return set(used.loc[is_own, "claim_id"])


def _speakers(view: View, frame: pd.DataFrame) -> Count:
    return counted(spoken_by(view, frame["utterance_id"]), "actor_id")
