"""What each side has cited as evidence, and how much of it the public could see by the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from claimbrief.analysis.lineage import ITEMS, PUBLIC
from claimbrief.dataset import NO_SUPPORT
from claimbrief.lookups import actor_order, evidence_kinds, pairs, sides
from claimbrief.view import View

NO_SIDE = ("collective", "outlet")  # kinds of holder that are not a side of the matter
COLUMNS = ["side", "items", "possible", "public", "public_possible", "kinds", "checked"]


def evidence_by_side(view: View) -> pd.DataFrame:
    """Return one row a side that cites evidence that could be shown, or that cites none.

    An item belongs to the side that first offers it, or else to the side that holds it, or else, if
    outlets or unnamed people hold it, to the side that first cites it; it counts where a claim in
    view points to it in support. Columns: side, items (list of ids), possible (of
    these, the number that only claims which may be later cite), public and public_possible (how
    many the public could certainly, or possibly, see by the day), kinds (list of codes: of the
    public ones, in the vocabulary's order), checked (how many an independent party is recorded to
    have checked). A side that certainly says that something is so and cites no item of its own has
    a row without items. The sides that show most come first, then those that cite most.
    """
    owners, certain = _owners(view)
    status = view.record.evidence_status
    status = status[status["publicity"].isin(PUBLIC)]
    public = set(status.loc[status["certainty"] == "certain", "evidence_id"])
    perhaps = set(status.loc[status["certainty"] == "possible", "evidence_id"]) - public
    checked = set(status.loc[status["publicity"] == "published_verified", "evidence_id"])
    kinds, every_kind = evidence_kinds(view.whole), view.whole.labels("evidence_kind")
    rows: list[dict[str, Any]] = []
    for side, items in _items_by_side(view, owners).items():
        kinds_shown = {kinds[item] for item in public.intersection(items)}
        rows.append(
            {
                "side": side,
                "items": items,
                "possible": len(set(items) - certain),
                "public": len(public.intersection(items)),
                "public_possible": len(perhaps.intersection(items)),
                "kinds": [code for code in every_kind if code in kinds_shown],
                "checked": len(checked.intersection(items)),
            }
        )
    order = actor_order(view.whole)
    rows.sort(key=lambda row: (-row["public"], -len(row["items"]), order[row["side"]]))
    return pd.DataFrame(rows, columns=COLUMNS)


def _items_by_side(view: View, owners: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the items of each side that owns any, or that certainly says that something is so."""
    own: dict[str, list[str]] = {}
    for item, side in owners.items():
        own.setdefault(side, []).append(item)
    claims = view.statements
    is_said = claims["is_assertion"] & (claims["certainty"] == "certain")
    for side in claims.loc[is_said, "side"].drop_duplicates():
        own.setdefault(side, [])
    return own


def _owners(view: View) -> tuple[dict[str, str], set[str]]:
    """Return the side of each item that is cited, and the items that are certainly cited."""
    links = view.record.claim_evidence
    links = links[~links["relation"].isin(NO_SUPPORT)]
    kinds, side_of = evidence_kinds(view.whole), sides(view.whole)
    kind_of = dict(pairs(view.whole.actors, "actor_id", "kind"))
    holders = dict(pairs(view.whole.evidence, "evidence_id", "holder"))
    cited: dict[str, list[tuple[str, str]]] = {}
    for claim_id, item, relation in links.itertuples(index=False, name=None):
        if kinds[item] in ITEMS:
            cited.setdefault(claim_id, []).append((item, relation))
    owners: dict[str, str] = {}
    offered: dict[str, str] = {}
    certain: set[str] = set()
    claims = view.statements
    columns = [claims[name].tolist() for name in ("claim_id", "side", "certainty")]
    for claim_id, side, certainty in zip(*columns, strict=True):
        for item, relation in cited.get(claim_id, ()):
            holder = holders[item]
            owners.setdefault(item, side if kind_of[holder] in NO_SIDE else side_of[holder])
            if relation == "offers":
                offered.setdefault(item, side)
            if certainty == "certain":
                certain.add(item)
    return owners | offered, certain
