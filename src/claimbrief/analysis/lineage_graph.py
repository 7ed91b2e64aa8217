"""The lineage graph: what stands behind the assertions, as nodes with a day and links between."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
import pandas as pd

from claimbrief.analysis.lineage import PUBLIC, provenance_graph
from claimbrief.analysis.statements import statements
from claimbrief.dataset import UNKNOWN, groups_of
from claimbrief.dates import When, parse
from claimbrief.view import View


def lineage_graph(view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the nodes and the links of what stands behind the assertions in view.

    A node is an utterance with an assertion, or an utterance or item that one rests on. Columns:
    node, is_item, name, side, when (bounds), day (the last of the bounds; of an item the day on
    which it was first pointed to), depth (how many nodes of the same side and day it rests on in a
    row), claim_id (the card to open), is_public, is_unknown (whether a parent of its own is not
    told). A link is child, parent and is_circle (whether it lies on a path from a side through
    another side back to the first).
    """
    frame = statements(view)
    graph = provenance_graph(view)
    asserted = set(frame.loc[frame["is_assertion"], "utterance_id"])
    reached = asserted.union(*(nx.descendants(graph, one) for one in asserted))
    rests = graph.subgraph(reached - {UNKNOWN})
    rows = [_node(view, frame, graph, str(one)) for one in rests]
    columns = "node is_item name side when day claim_id is_public is_unknown"
    nodes = pd.DataFrame(rows, columns=columns.split())
    places = {one: place for place, one in enumerate(view.whole.actors["actor_id"])}
    keys = nodes.assign(place=nodes["side"].map(places))
    nodes = nodes.loc[keys.sort_values(["place", "day", "is_item", "node"]).index]
    nodes["depth"] = _depths(nodes, rests)
    sides = dict(zip(nodes["node"], nodes["side"], strict=True))
    circles = _circles(rests, sides)
    links = [(child, parent, (child, parent) in circles) for child, parent in sorted(rests.edges)]
    return nodes, pd.DataFrame(links, columns=["child", "parent", "is_circle"])


def _node(view: View, frame: pd.DataFrame, graph: nx.DiGraph[str], node: str) -> dict[str, object]:
    """Return an utterance or an item as a row of the graph; what is out of view has no card."""
    items = view.whole.evidence.set_index("evidence_id")
    is_item = node in items.index
    told = _item(view, frame, node) if is_item else _utterance(view, frame, node)
    status = view.record.evidence_status.query("evidence_id == @node")
    return told | {
        "node": node,
        "is_item": is_item,
        "day": told["when"].latest,
        "is_public": bool(status["publicity"].isin(PUBLIC).any()),
        "is_unknown": UNKNOWN in graph.successors(node),
    }


def _utterance(view: View, frame: pd.DataFrame, node: str) -> dict[str, Any]:
    """Return an utterance's speaker, side, bounds and the claim that goes furthest."""
    said = frame[frame["utterance_id"] == node]
    first = said[said["is_assertion"]] if said["is_assertion"].any() else said
    if len(first):
        claim = first.iloc[0]
        return {"name": claim["speaker"], "side": claim["side"], "when": claim["when"]} | {
            "claim_id": claim["claim_id"]
        }
    whole, actors = view.whole, view.whole.actors
    spoken = whole.speakers.loc[whole.speakers["utterance_id"] == node, "actor_id"]
    names = actors.set_index("actor_id")["short_name"]
    date = whole.utterances.set_index("utterance_id").at[node, "date"]
    return {
        "name": ", ".join(names[spoken]),
        "side": groups_of(actors, spoken.iloc[0])[-1],
        "when": parse(str(date)),
        "claim_id": "",
    }


def _item(view: View, frame: pd.DataFrame, node: str) -> dict[str, Any]:
    """Return an item's description, its holder's side and when and where it was first named."""
    item = view.whole.evidence.set_index("evidence_id").loc[node]
    links = view.record.claim_evidence.query("evidence_id == @node")
    used = frame[frame["claim_id"].isin(links["claim_id"])]
    known = view.whole.evidence_status.query("evidence_id == @node")["as_of"]
    days = list(used["when"]) or [parse(text) for text in known] or [_last_day(view)]
    return {
        "name": item["description"],
        "side": groups_of(view.whole.actors, str(item["holder"]))[-1],
        "when": days[0],
        "claim_id": used["claim_id"].iloc[0] if len(used) else "",
    }


def _last_day(view: View) -> When:
    """Return the brief's day as bounds with an open start: when an item of no day was known by."""
    return When(None, view.at.as_of)


def _depths(nodes: pd.DataFrame, rests: nx.DiGraph[str]) -> list[int]:
    """Return how far each node stands below those of its own side and day that it rests on."""
    place = {
        node: (side, day)
        for node, side, day in nodes[["node", "side", "day"]].itertuples(index=False)
    }
    depth: dict[str, int] = {}
    for node in reversed(list(nx.topological_sort(rests))):
        above = [depth[one] + 1 for one in rests.successors(node) if place[one] == place[node]]
        depth[node] = max(above, default=0)
    return [depth[node] for node in nodes["node"]]


def _circles(rests: nx.DiGraph[str], sides: dict[str, str]) -> set[tuple[str, str]]:
    """Return the links on a path from a side through another side back to the first."""
    found: set[tuple[str, str]] = set()
    for node in rests:
        home = sides[node]
        for far in nx.descendants(rests, node):
            if sides[far] != home:
                continue
            for path in nx.all_simple_paths(rests, node, far):
                if any(sides[one] != home for one in path[1:-1]):
                    found |= set(pairwise(path))
    return found
