"""The lineage graph: what stands behind the assertions, as nodes with a day and links between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter
from typing import Any

import pandas as pd

from claimbrief.analysis.lasting import (
    evidence_of_claims,
    places,
    short_names,
    speakers,
    tops,
)
from claimbrief.analysis.lineage import PUBLIC, parents, reached
from claimbrief.analysis.statements import each_statement
from claimbrief.dataset import UNKNOWN, each_row
from claimbrief.dates import When, parse
from claimbrief.view import View

Links = Mapping[str, list[str]]  # what each node rests on, by its id


def lineage_graph(view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the nodes and the links of what stands behind the assertions in view.

    A node is an utterance with an assertion, or an utterance or item that one rests on. Columns:
    node, is_item, name, side, when (bounds), day (the last of the bounds; of an item the day on
    which it was first pointed to), depth (how many nodes of the same side and day it rests on in a
    row), claim_id (the card to open), is_public, is_unknown (whether a parent of its own is not
    told). A link is child, parent and is_circle (whether it lies on a path from a side through
    another side back to the first).
    """
    every = parents(view)
    asserted = [claim.utterance_id for claim in each_statement(view) if claim.is_assertion]
    found = reached(every, asserted)
    above = {node: [one for one in every[node] if one != UNKNOWN] for node in found}
    rows = _nodes(view, found)
    for row in rows:
        row["is_unknown"] = UNKNOWN in every[row["node"]]
    columns = "node is_item name side when day claim_id is_public is_unknown"
    nodes = pd.DataFrame(rows, columns=columns.split())
    keys = nodes.assign(place=nodes["side"].map(places(view.whole)))
    nodes = nodes.loc[keys.sort_values(["place", "day", "is_item", "node"]).index]
    order = list(TopologicalSorter(above).static_order())  # what is rested on comes first
    nodes["depth"] = _depths(nodes, above, order)
    circles = _circles(above, order, dict(zip(nodes["node"], nodes["side"], strict=True)))
    pairs = sorted((child, parent) for child in above for parent in above[child])
    links = [(child, parent, (child, parent) in circles) for child, parent in pairs]
    return nodes, pd.DataFrame(links, columns=["child", "parent", "is_circle"])


def _nodes(view: View, found: Iterable[str]) -> list[dict[str, Any]]:
    """Return an utterance or an item as a row of the graph; what is out of view has no card."""
    evidence = view.whole.evidence.set_index("evidence_id", drop=False)
    items = {row.evidence_id: row for row in each_row(evidence)}
    status = view.record.evidence_status
    public = set(status.loc[status["publicity"].isin(PUBLIC), "evidence_id"])
    told, used = _first_claims(view)
    rows = []
    for node in found:
        row = (
            _item(view, items[node], used.get(node))
            if node in items
            else _utterance(view, node, told.get(node))
        )
        rows.append(
            row
            | {
                "node": node,
                "is_item": node in items,
                "day": row["when"].latest,
                "is_public": node in public,
            }
        )
    return rows


def _first_claims(view: View) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the claim that speaks for each utterance, an assertion if it has one, by its id, and
    the first claim that points to each item, by the item's."""
    links = evidence_of_claims(view.whole)
    told: dict[str, Any] = {}
    used: dict[str, Any] = {}
    for claim in each_statement(view):
        first = told.setdefault(claim.utterance_id, claim)
        if claim.is_assertion and not first.is_assertion:
            told[claim.utterance_id] = claim
        for item, _ in links.get(claim.claim_id, ()):
            used.setdefault(item, claim)
    return told, used


def _utterance(view: View, node: str, claim: Any) -> dict[str, Any]:
    """Return an utterance's speaker, side, bounds and the claim that speaks for it."""
    if claim is not None:
        return {
            "name": claim.speaker,
            "side": claim.side,
            "when": claim.when,
            "claim_id": claim.claim_id,
        }
    whole = view.whole
    spoken = speakers(whole)[node]
    date = whole.utterances.loc[whole.utterances["utterance_id"] == node, "date"].iloc[0]
    return {
        "name": ", ".join(short_names(whole)[actor] for actor in spoken),
        "side": tops(whole)[spoken[0]],
        "when": parse(str(date)),
        "claim_id": "",
    }


def _item(view: View, item: Any, claim: Any) -> dict[str, Any]:
    """Return an item's description, its holder's side and when and where it was first named.

    An item that nobody names was known by the first day of its status, or by the brief's day.
    """
    when = claim.when if claim is not None else None
    if when is None:
        status = view.whole.evidence_status
        known = status.loc[status["evidence_id"] == item.evidence_id, "as_of"]
        when = parse(known.iloc[0]) if len(known) else When(None, view.at.as_of)
    return {
        "name": item.description,
        "side": tops(view.whole)[item.holder],
        "when": when,
        "claim_id": claim.claim_id if claim is not None else "",
    }


def _depths(nodes: pd.DataFrame, above: Links, order: list[str]) -> list[int]:
    """Return how far each node stands below those of its own side and day that it rests on."""
    place = {
        node: (side, day)
        for node, side, day in nodes[["node", "side", "day"]].itertuples(index=False)
    }
    depth: dict[str, int] = {}
    for node in order:
        same = [depth[one] + 1 for one in above[node] if place[one] == place[node]]
        depth[node] = max(same, default=0)
    return [depth[node] for node in nodes["node"]]


def _circles(above: Links, order: list[str], sides: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the links on a path from a side through another side back to the first.

    For each node are kept, a bit a side, the sides that a path to it from below began with, those
    that one from it upward ends with, and of both those that met another side on the way.
    """
    bits = {side: 1 << place for place, side in enumerate(dict.fromkeys(sides.values()))}
    own = {node: bits[sides[node]] for node in order}
    below: dict[str, list[str]] = {}
    for child, ups in above.items():
        for parent in ups:
            below.setdefault(parent, []).append(child)
    begun, begun_past = _met(reversed(order), below, own)
    ended, ended_past = _met(order, above, own)
    return {
        (child, parent)
        for child, ups in above.items()
        for parent in ups
        if begun_past[child] & ended[parent] or begun[child] & ended_past[parent]
    }


def _met(
    order: Iterable[str], links: Links, own: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return for each node the sides that links lead to, itself included, and those of them that
    are reached past a node of another side."""
    met: dict[str, int] = {}
    past: dict[str, int] = {}
    for node in order:
        met[node], past[node] = own[node], 0
        for one in links.get(node, ()):
            met[node] |= met[one]
            past[node] |= past[one] | (met[one] & ~own[node])
    return met, past
