"""What the statements that something is so rest on: as a graph, and by side.

A statement rests on evidence of its side's own, on another side's word or evidence, or on something
that is not stated; on several of these, if its claims do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import pandas as pd

from claimbrief.analysis.counts import Count, count_of, first_claims, speakers_of
from claimbrief.analysis.days import first_days
from claimbrief.analysis.provenance import (
    ITEMS,
    OWN_SOURCES,
    PUBLIC,
    Origins,
    origins_of_assertions,
    provenance,
    reached,
)
from claimbrief.dataset import UNKNOWN, each_row
from claimbrief.lookups import actor_kinds, actor_order, pairs, short_names, sort_by_keys
from claimbrief.view import View, bounds_of
from claimbrief.wording import listed

LISTS = ["claim_ids", "on_own_evidence", "on_others", "others", "not_stated"]
BASES = ("on_own_evidence", "on_others", "not_stated")
NODE = ["node", "is_item", "name", "side", "when", "claim_id", "certainty"]


@dataclass(frozen=True, eq=False)
class AssertedOrigins:
    """Who says that something is so, in how many statements, and what these rest on.

    `circles` holds the sides that, along one way or another, rest on each other's word.
    """

    speakers: Count
    sides: Count
    statements: Count
    independent: Origins
    circles: tuple[tuple[str, ...], ...]


def origins(view: View) -> AssertedOrigins:
    """Return who says that something is so, and what their statements rest on."""
    asserted = view.statements[view.statements["is_assertion"]]
    return AssertedOrigins(
        speakers=speakers_of(view, asserted),
        sides=count_of(asserted, "side"),
        statements=count_of(asserted, "utterance_id"),
        independent=origins_of_assertions(view),
        circles=_circles(view),
    )


def _circles(view: View) -> tuple[tuple[str, ...], ...]:
    """Return the sides that lie on a circle of statements, in the order of the actors."""
    nodes, links = lineage(view)
    side_of = dict(pairs(nodes, "node", "side"))
    resting: nx.DiGraph[str] = nx.DiGraph()
    for child, parent in pairs(links[links["is_circle"]], "child", "parent"):
        resting.add_edge(side_of[child], side_of[parent])
    order = actor_order(view.whole)
    found = [
        tuple(sorted(circle, key=lambda side: order[side]))
        for circle in nx.strongly_connected_components(resting)
    ]
    return tuple(sorted(found, key=lambda circle: order[circle[0]]))


def origins_by_side(view: View) -> pd.DataFrame:
    """Return one row per side that says that something is so, those with the most statements first.

    Columns: side, kind (of the side; code), and lists of the claims to cite, one a statement:
    claim_ids (of all in which it says so), on_own_evidence (those that rest on an item that the
    side itself holds; those that name its kind come first), on_others (those that rest on what
    another side says or holds) and not_stated (those that leave open, at least in part, where they
    come from; a statement can be in several); others (list: the actors on whom they rest, the one
    on whom most do first).
    """
    claims = view.statements
    asserted = first_claims(view.whole, claims[claims["is_assertion"]])
    rests_on, side_of = provenance(view), view.base.lookups.sides
    holders = dict(pairs(view.whole.evidence, "evidence_id", "holder"))
    speakers = {key: actors[0] for key, actors in view.base.lookups.speakers.items()}
    owners = {node: side_of[actor] for node, actor in (speakers | holders).items()}
    kinds = view.base.lookups.evidence_kinds
    rows: dict[str, dict[str, list[str]]] = {}
    naming_kind = set()
    for statement in each_row(asserted):
        row = rows.setdefault(statement.side, {name: [] for name in LISTS})
        bases, others = _behind(view, rests_on, owners, statement)
        row["claim_ids"].append(statement.claim_id)
        row["others"] += dict.fromkeys(owners[node] for node in others)
        for basis in bases:
            row[basis].append(statement.claim_id)
        if any(kinds.get(node) in OWN_SOURCES for node in rests_on[statement.utterance_id]):
            naming_kind.add(statement.claim_id)
    frame = pd.DataFrame(
        [{"side": side, **row} for side, row in rows.items()], columns=["side", *LISTS]
    )
    frame.insert(1, "kind", frame["side"].map(actor_kinds(view.whole)))
    frame["others"] = frame["others"].map(
        lambda names: sorted(dict.fromkeys(names), key=lambda name: -names.count(name))
    )
    frame["on_own_evidence"] = frame["on_own_evidence"].map(
        lambda ids: sorted(ids, key=lambda claim_id: claim_id not in naming_kind)
    )
    fewer, place = -frame["claim_ids"].map(len), frame["side"].map(actor_order(view.whole))
    return sort_by_keys(frame, fewer=fewer.astype(int), place=place).reset_index(drop=True)


def _behind(
    view: View, rests_on: Mapping[str, Sequence[str]], owners: Mapping[str, str], statement: Any
) -> tuple[set[str], list[str]]:
    """Return what a statement of a side rests on (names of BASES), and the nodes of others.

    What the side itself said before, or holds, is followed further; what others say is not. Unnamed
    speakers hold their own items, but who they are from one statement to the next is not known.
    """
    side, utterance_id = statement.side, statement.utterance_id
    known = view.base.lookups
    bases: set[str] = set()
    others: list[str] = []
    waiting, visited = [utterance_id], {utterance_id}
    while waiting:
        above = [node for node in rests_on[waiting.pop()] if node not in visited]
        visited.update(above)
        for node in above:
            if node == UNKNOWN:
                bases.add("not_stated")
            elif side in known.sides_of_nodes.get(node, ()) or (
                node in known.evidence_kinds and owners[node] == side
            ):
                waiting.append(node)
                if known.evidence_kinds.get(node) in ITEMS:
                    bases.add("on_own_evidence")
            else:
                bases.add("on_others")
                others.append(node)
    return bases, others


def lineage(view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the nodes and the links of what stands behind the assertions in view.

    A node is an utterance with an assertion, or an utterance or item that such an utterance rests
    on. Columns: node, is_item, name, side, when (EDTF; of an item the date on which it was first
    pointed to), claim_id (the card to open, "" if none), certainty (of an utterance by the day:
    "certain", or "possible", also where it is out of view; of an item ""), day (the last day of
    `when`, a datetime), is_public, is_unknown (whether a parent of its own is not known), since
    (the first day, YYYY-MM-DD, by which its claim is, or may be, in; "" without a claim), depth
    (how many nodes of the same side and day it rests on in a row); by side, day and kind. A link is
    child, parent and is_circle (whether it lies on a path from a side through another side back to
    the first).
    """
    rests_on = provenance(view)
    claims = view.statements
    found = reached(rests_on, claims.loc[claims["is_assertion"], "utterance_id"])
    nodes = pd.concat([_utterances(view, found), _items(view, found)], ignore_index=True)
    status = view.record.evidence_status
    public = status.loc[status["publicity"].isin(PUBLIC), "evidence_id"]
    unknown = {node for node in found if UNKNOWN in rests_on[node]}
    nodes = nodes.assign(
        day=bounds_of(nodes["when"])["latest"],
        is_public=nodes["node"].isin(public),
        is_unknown=nodes["node"].isin(unknown),
        since=nodes["claim_id"].map(first_days(view)).astype("str").fillna(""),
        place=nodes["side"].map(actor_order(view.whole)),
    )
    nodes = nodes.sort_values(["place", "day", "is_item", "node"], ignore_index=True)
    behind: nx.DiGraph[str] = nx.DiGraph()
    behind.add_nodes_from(node for node in rests_on if node in found)
    behind.add_edges_from((node, it) for node in found for it in rests_on[node] if it in found)
    side_of = dict(pairs(nodes, "node", "side"))
    circles = _links_on_circles(behind, side_of)
    links = pd.DataFrame(sorted(behind.edges), columns=["child", "parent"], dtype="str")
    links["is_circle"] = [pair in circles for pair in pairs(links, "child", "parent")]
    nodes = nodes.drop(columns="place").assign(depth=_depths(behind, nodes))
    return nodes, links.astype({"is_circle": bool})


def _utterances(view: View, found: set[str]) -> pd.DataFrame:
    """Return the utterances as nodes; the claim to open is an assertion if there is one."""
    names, voices = short_names(view.whole), view.base.lookups.speakers
    side_of = view.base.lookups.sides
    utterances = view.whole.utterances
    utterances = utterances[utterances["utterance_id"].isin(found)]
    key = utterances["utterance_id"]
    claims = view.statements.sort_values("is_assertion", ascending=False, kind="stable")
    first = claims.drop_duplicates("utterance_id").set_index("utterance_id")
    certainty = dict(pairs(view.record.utterances, "utterance_id", "certainty"))
    spoken = [voices[utterance_id] for utterance_id in key]
    rows = {
        "node": key,
        "is_item": False,
        "name": [listed([names[actor] for actor in actors]) for actors in spoken],
        "side": [side_of[actors[0]] for actors in spoken],
        "when": key.map(first["when"]).astype("str").fillna(utterances["date"]),
        "claim_id": key.map(first["claim_id"]).astype("str").fillna(""),
        "certainty": key.map(certainty).astype("str").fillna("possible"),
    }
    return pd.DataFrame(rows, columns=NODE)


def _items(view: View, found: set[str]) -> pd.DataFrame:
    """Return the items as nodes: dated by the first claim that points to them, or by their status.

    An item that nobody names was known by the first date of its status, or by the brief's day.
    """
    items = view.whole.evidence
    items = items[items["evidence_id"].isin(found)]
    key = items["evidence_id"]
    uses = view.statements[["claim_id", "when"]].merge(view.whole.claim_evidence, on="claim_id")
    first = uses.drop_duplicates("evidence_id").set_index("evidence_id")
    status = view.whole.evidence_status.drop_duplicates("evidence_id")
    known = key.map(status.set_index("evidence_id")["as_of"]).astype("str")
    rows = {
        "node": key,
        "is_item": True,
        "name": items["description"],
        "side": items["holder"].map(view.base.lookups.sides),
        "when": key.map(first["when"])
        .astype("str")
        .fillna(known)
        .fillna(f"[..{view.at.as_of.isoformat()}]"),
        "claim_id": key.map(first["claim_id"]).astype("str").fillna(""),
        "certainty": "",
    }
    return pd.DataFrame(rows, columns=NODE)


def _depths(graph: nx.DiGraph[str], nodes: pd.DataFrame) -> list[int]:
    """Return how far each node stands below those of its own side and day that it rests on."""
    place = {node.node: (node.side, node.day) for node in nodes.itertuples()}
    depth: dict[str, int] = {}
    for node in reversed(list(nx.topological_sort(graph))):  # what is rested on comes first
        same = [depth[above] + 1 for above in graph[node] if place[above] == place[node]]
        depth[node] = max(same, default=0)
    return [depth[node] for node in nodes["node"]]


def _links_on_circles(graph: nx.DiGraph[str], side_of: dict[str, str]) -> set[tuple[str, str]]:
    """Return the links on a path from a side through another side back to the first."""
    order = list(nx.topological_sort(graph))
    below, below_past = _sides_reached(graph.reverse(), order, side_of)
    above, above_past = _sides_reached(graph, order[::-1], side_of)
    return {
        (child, parent)
        for child, parent in graph.edges
        if below_past[child] & above[parent] or below[child] & above_past[parent]
    }


def _sides_reached(
    graph: nx.DiGraph[str], order: list[str], side_of: dict[str, str]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return for each node the sides that it leads to, itself included, and those of them that
    are reached past a node of another side."""
    leads_to: dict[str, set[str]] = {}
    via_others: dict[str, set[str]] = {}
    for node in order:
        leads_to[node], via_others[node] = {side_of[node]}, set()
        for after in graph[node]:
            leads_to[node] |= leads_to[after]
            via_others[node] |= via_others[after] | (leads_to[after] - {side_of[node]})
    return leads_to, via_others
