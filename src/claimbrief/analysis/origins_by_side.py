"""What the statements that something is so rest on, by side: where each says that it knows it from.

A statement rests on evidence of its side's own, on another side's word or evidence, or on something
that is not stated; on several of these, if its claims do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import pandas as pd

from claimbrief.analysis.counts import Count, count_of, first_claims, speakers_of
from claimbrief.analysis.lineage import (
    ITEMS,
    OWN_SOURCES,
    Origins,
    origins_of_assertions,
    provenance,
)
from claimbrief.analysis.lineage_graph import lineage
from claimbrief.dataset import UNKNOWN, each_row
from claimbrief.lookups import actor_order, pairs, sort_by_keys
from claimbrief.view import View

COLUMNS = ["side", "claim_ids", "on_own_evidence", "on_others", "others", "not_stated"]
BASES = ("on_own_evidence", "on_others", "not_stated")


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
    """Return one row a side that says that something is so, those with the most statements first.

    Columns: side, and lists of the claims to cite, one a statement: claim_ids (of all in which it
    says so), on_own_evidence (those that rest on an item that the side itself holds; those that
    name its kind come first), on_others (those that rest on what another side says or holds) and
    not_stated (those that leave open, at least in part, where they come from; a statement can be in
    several); others (list: the actors on whom they rest, the one on whom most do first).
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
        row = rows.setdefault(statement.side, {name: [] for name in COLUMNS[1:]})
        bases, others = _behind(view, rests_on, statement.utterance_id, statement.side)
        row["claim_ids"].append(statement.claim_id)
        row["others"] += dict.fromkeys(owners[node] for node in others)
        for basis in bases:
            row[basis].append(statement.claim_id)
        if any(kinds.get(node) in OWN_SOURCES for node in rests_on[statement.utterance_id]):
            naming_kind.add(statement.claim_id)
    frame = pd.DataFrame([{"side": side, **row} for side, row in rows.items()], columns=COLUMNS)
    frame["others"] = frame["others"].map(
        lambda names: sorted(dict.fromkeys(names), key=lambda name: -names.count(name))
    )
    frame["on_own_evidence"] = frame["on_own_evidence"].map(
        lambda ids: sorted(ids, key=lambda claim_id: claim_id not in naming_kind)
    )
    fewer, place = -frame["claim_ids"].map(len), frame["side"].map(actor_order(view.whole))
    return sort_by_keys(frame, fewer=fewer.astype(int), place=place).reset_index(drop=True)


def _behind(
    view: View, rests_on: Mapping[str, Sequence[str]], utterance_id: str, side: str
) -> tuple[set[str], list[str]]:
    """Return what an utterance of a side rests on (names of BASES), and the nodes of others.

    What the side itself said before, or holds, is followed further; what others say is not.
    """
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
            elif side in known.sides_of_nodes.get(node, ()):
                waiting.append(node)
                if known.evidence_kinds.get(node) in ITEMS:
                    bases.add("on_own_evidence")
            else:
                bases.add("on_others")
                others.append(node)
    return bases, others
