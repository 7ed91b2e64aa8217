"""Where statements come from, and how many independent origins stand behind them.

Two utterances are independent only when no path of provenance joins them and the origin of
neither is unknown. Provenance is what carries content: being quoted from, derived from or
briefed by something, or resting on an item of evidence. Answering or commenting carries none.
Nothing that a side says or holds is independent of what else it says or holds: a side is the
topmost body that a speaker or a holder belongs to. People whom nobody names have no side.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import pandas as pd

from claimbrief.analysis.counts import first_claims
from claimbrief.base import PROVENANCE
from claimbrief.dataset import UNKNOWN, each_row
from claimbrief.lookups import pairs, reachable, short_names
from claimbrief.view import View
from claimbrief.wording import capitalised, listed, short_dated

OWN_SOURCES = [
    "own_intelligence", "satellite_imagery", "photo_or_video", "intercept", "document",
    "prisoner_or_defector", "witness", "official_record",
]  # fmt: skip
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


def provenance(view: View) -> dict[str, list[str]]:
    """Return what each utterance or item in view rests on, directly, by its id.

    An utterance of which no provenance is recorded rests on `unknown`; an item of evidence with
    no parent is an origin, and rests on nothing.
    """
    record, support = view.record, view.base.lookups.support_of_claims
    items = view.base.lookups.evidence_kinds
    found: dict[str, list[str]] = {key: [] for key in record.utterances["utterance_id"].tolist()}
    lineage = record.lineage[record.lineage["relation"].isin(PROVENANCE)]
    for child, parent in pairs(lineage, "child", "parent"):
        found.setdefault(child, []).append(parent)
        found.setdefault(parent, [])
    for claim_id, utterance_id in pairs(record.claims, "claim_id", "utterance_id"):
        for item in support.get(claim_id, ()):
            found[utterance_id].append(item)
            found.setdefault(item, [])
    for node, above in found.items():
        if not above and node not in items and node != UNKNOWN:
            above.append(UNKNOWN)
    return found


def reached(rests_on: Mapping[str, Iterable[str]], nodes: Iterable[str]) -> set[str]:
    """Return the nodes and all that they rest on, however far up, but for what is unknown."""
    return reachable(rests_on, filter(rests_on.__contains__, nodes)) - {UNKNOWN}


def origins(
    view: View, utterance_ids: Sequence[str], rests_on: Mapping[str, Sequence[str]] | None = None
) -> Origins:
    """Return the range of independent origins behind the utterances.

    Utterances joined by provenance or by side are one family. At least: the families in which an
    utterance rests on known origins alone, or one. At most: all families, and one more for each in
    which others rest on an unknown origin, which may lie outside it. `rests_on`, if it is known
    already, is the `provenance` of the view.
    """
    rests_on = provenance(view) if rests_on is None else rests_on
    families = _families(view, rests_on, reached(rests_on, utterance_ids))
    carried: dict[str, list[str]] = {}
    for node, above in rests_on.items():
        for parent in above:
            carried.setdefault(parent, []).append(node)
    below_unknown = reachable(carried, [UNKNOWN])
    unknown = [node for node in utterance_ids if node in below_unknown]
    known = set(utterance_ids) - below_unknown
    sound = [family for family in families if not family.isdisjoint(known)]
    mixed = [family for family in sound if not family.isdisjoint(unknown)]
    low = max(len(sound), min(1, len(families)))
    return Origins(low, len(families) + len(mixed), tuple(unknown))


def _families(view: View, rests_on: Mapping[str, Sequence[str]], nodes: set[str]) -> list[set[Any]]:
    """Return the nodes in sets that are joined by provenance or by side, with the sides."""
    side_of = view.base.lookups.sides_of_nodes
    joined: nx.Graph[Any] = nx.Graph()
    joined.add_nodes_from(nodes)
    for node in nodes:
        joined.add_edges_from((node, above) for above in rests_on[node] if above in nodes)
        joined.add_edges_from((node, ("side", side)) for side in side_of.get(node, ()))
    return list(nx.connected_components(joined))


def origins_of_assertions(view: View) -> Origins:
    """Return the range behind the assertions in view.

    The low end counts those certainly made by the day, the high end also the possible ones.
    """
    claims = view.statements[view.statements["is_assertion"]]
    certain = claims.loc[claims["certainty"] == "certain", "utterance_id"]
    rests_on = provenance(view)
    low = origins(view, sorted(set(certain)), rests_on).low
    found = origins(view, sorted(set(claims["utterance_id"])), rests_on)
    return Origins(low, found.high, found.unknown)


def cited_items(view: View, *, is_certain: bool = False) -> set[str]:
    """Return the items that claims in view, or those certainly made, point to in support."""
    support, claims = view.base.lookups.support_of_claims, view.record.claims
    if is_certain:
        claims = claims[claims["certainty"] == "certain"]
    return {item for claim_id in claims["claim_id"] for item in support.get(claim_id, ())}


def public_status(view: View) -> pd.DataFrame:
    """Return the rows of evidence_status by which items that are cited could be seen by the day.

    A row is possible if only claims that may be later cite its item.
    """
    status = view.record.evidence_status
    is_sure = status["evidence_id"].isin(cited_items(view, is_certain=True))
    status = status.assign(certainty=status["certainty"].where(is_sure, "possible"))
    kinds = status["evidence_id"].map(view.base.lookups.evidence_kinds)
    is_cited = status["evidence_id"].isin(cited_items(view))
    return status[status["publicity"].isin(PUBLIC) & kinds.isin(ITEMS) & is_cited]


def parents(view: View) -> pd.DataFrame:
    """Return one row per recorded or unknown parent of an utterance or item in view.

    Columns: child, parent, relation, basis, source_id, is_provenance, is_unknown, is_own_item
    (whether the parent is an item of evidence that the child's own side holds).
    """
    rows, side_of = view.record.lineage, view.base.lookups.sides_of_nodes
    items = view.base.lookups.evidence_kinds
    is_own_item = [
        parent in items and not set(side_of.get(parent, ())).isdisjoint(side_of.get(child, ()))
        for child, parent in pairs(rows, "child", "parent")
    ]
    return rows.assign(
        is_provenance=rows["relation"].isin(PROVENANCE),
        is_unknown=rows["parent"] == UNKNOWN,
        is_own_item=pd.Series(is_own_item, rows.index, dtype=bool),
    )


def ancestry(view: View) -> pd.DataFrame:
    """Return the rows of `parents` with names and the claims to cite.

    Columns: those of `parents` (child, parent, relation, basis, source_id, is_provenance,
    is_unknown, is_own_item), and child_name, parent_name (speaker and date of an utterance, the
    description of an item, "" for an unknown parent), child_claims (list: the claims that name the
    parent as an item of evidence, or else the claim to cite of the child) and parent_claims.
    """
    rows = parents(view)
    names = _names(view, {*rows["child"], *rows["parent"]})
    first = dict(pairs(first_claims(view.whole, view.statements), "utterance_id", "claim_id"))
    cited = {utterance_id: [claim_id] for utterance_id, claim_id in first.items()}
    utterance_of = dict(pairs(view.statements, "claim_id", "utterance_id"))
    naming: dict[tuple[str, str], list[str]] = {}
    for claim_id, item in pairs(view.record.claim_evidence, "claim_id", "evidence_id"):
        naming.setdefault((utterance_of[claim_id], item), []).append(claim_id)
    links = list(pairs(rows, "child", "parent"))
    child_claims = [naming.get((child, above)) or cited.get(child, []) for child, above in links]
    parent_claims = [cited.get(above, []) for _, above in links]
    return rows.assign(
        child_name=rows["child"].map(names),
        parent_name=rows["parent"].map(names).fillna(""),
        child_claims=pd.Series(child_claims, rows.index, dtype=object),
        parent_claims=pd.Series(parent_claims, rows.index, dtype=object),
    )


def _names(view: View, wanted: Container[str]) -> dict[str, str]:
    """Return what to call each utterance (speaker and date) and each item of these, by id."""
    names, voices = short_names(view.whole), view.base.lookups.speakers
    whens = dict(pairs(view.record.utterances, "utterance_id", "when"))
    found = dict(pairs(view.whole.evidence, "evidence_id", "description"))
    for key, date in pairs(view.whole.utterances, "utterance_id", "date"):
        if key in wanted:
            speaker = capitalised(listed([names[actor] for actor in voices[key]]))
            found[key] = f"{speaker}, {short_dated(whens.get(key, date), view.at.year)}"
    return found


def of_others(view: View) -> set[str]:
    """Return the utterances and items that rest on what others say or hold, by id."""
    rows = parents(view)
    is_of_others = rows["is_provenance"] & ~rows["is_unknown"] & ~rows["is_own_item"]
    return set(rows.loc[is_of_others, "child"])


def with_own_source(view: View, claims: pd.DataFrame) -> list[str]:
    """Return the claims that point to an item that could be shown and that their side holds."""
    side_of, support = view.base.lookups.sides, view.base.lookups.support_of_claims
    holders = {
        item.evidence_id: side_of[item.holder]
        for item in each_row(view.whole.evidence)
        if item.kind in OWN_SOURCES
    }
    return [
        claim_id
        for claim_id, side in pairs(claims, "claim_id", "side")
        if any(holders.get(item) == side for item in support.get(claim_id, ()))
    ]
