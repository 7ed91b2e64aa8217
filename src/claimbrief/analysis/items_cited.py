"""The evidence that was cited and could be shown, and whether the public could see it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.evidence import NOT_KNOWN, NOTHING, evidence_register
from claimbrief.analysis.evidence_by_side import NO_SIDE
from claimbrief.analysis.lineage import ITEMS, PUBLIC, provenance
from claimbrief.dataset import UNKNOWN, each_row
from claimbrief.lookups import (
    actor_order,
    evidence_of_claims,
    pairs,
    sides,
    sort_by_keys,
    support_of_claims,
    whole_utterances,
)
from claimbrief.view import View

COLUMNS = ["evidence_id", "kind", "description", "side", "offered_by", "claim_ids", "certainty"]
COLUMNS += ["publicity", "is_public", "public_when", "is_certainly_public", "locator", "publisher"]
COLUMNS += ["caveat"]
NAMED = "named"  # beside NOTHING and NOT_KNOWN: a statement rests on something


def items_cited(view: View) -> pd.DataFrame:
    """Return one row an item that somebody cites in support and that could be shown.

    Those that the public could see come first, by day; the others by side, of the side with the
    most of them first. Columns: evidence_id, kind (code), description, side (of the speaker who
    first offered it; if nobody did, of its holder, or where outlets or unnamed people hold it of
    the speaker who first cited it), offered_by (that speaker, or ""), claim_ids
    (list: the claims that cite it, one that offers it first, then by date), certainty (of its
    having been cited), publicity (code; "" where no status is known), is_public, public_when
    (EDTF), is_certainly_public, locator (an address, "" if none), publisher (of a report whose
    address this is; "" for an item's own address) and caveat.
    """
    register = evidence_register(view)
    register = register[register["is_cited"] & register["kind"].isin(ITEMS)]
    cited = _claims_by_item(view)
    publishers = dict(pairs(view.whole.sources, "url", "publisher"))
    holders, side_of = dict(pairs(view.whole.evidence, "evidence_id", "holder")), sides(view.whole)
    kind_of = dict(pairs(view.whole.actors, "actor_id", "kind"))
    rows: list[dict[str, object]] = []
    for item in each_row(register):
        claims, holder = cited[item.evidence_id], holders[item.evidence_id]
        is_speakers = bool(item.offered_by) or kind_of[holder] in NO_SIDE
        is_public = item.publicity in PUBLIC
        is_certain = any(claim.certainty == "certain" for claim in claims)
        rows.append(
            {
                **{name: getattr(item, name) for name in COLUMNS if name in register},
                "side": claims[0].side if is_speakers else side_of[holder],
                "claim_ids": [claim.claim_id for claim in claims],
                "certainty": "certain" if is_certain else "possible",
                "is_public": is_public,
                "public_when": item.status_when if is_public else "",
                "is_certainly_public": is_public and item.status_is_certain,
                "publisher": publishers[item.locator] if item.is_report else "",
            }
        )
    return _in_order(view, pd.DataFrame(rows, columns=COLUMNS))


def _claims_by_item(view: View) -> dict[str, list[Any]]:
    """Return the claims that cite each item in support; those that offer it first, then by date."""
    links, support = evidence_of_claims(view.whole), support_of_claims(view.whole)
    offering: dict[str, list[Any]] = {}
    citing: dict[str, list[Any]] = {}
    for claim in each_row(view.statements[["claim_id", "side", "certainty"]]):
        relations = dict(links.get(claim.claim_id, ()))
        for item in support.get(claim.claim_id, ()):
            found = offering if relations[item] == "offers" else citing
            found.setdefault(item, []).append(claim)
    return {
        item: offering.get(item, []) + citing.get(item, [])
        for item in dict.fromkeys([*offering, *citing])
    }


def _in_order(view: View, items: pd.DataFrame) -> pd.DataFrame:
    """Return public items by day, then the others by side, of the side with the most first."""
    is_hidden = ~items["is_public"].astype(bool)
    hidden = items.loc[is_hidden, "side"].value_counts()
    keys = pd.DataFrame(
        {
            "is_hidden": is_hidden,
            "day": items["public_when"],
            "fewer": -items["side"].map(hidden).fillna(0).where(is_hidden, 0),
            "side": items["side"].map(actor_order(view.whole)),
        }
    )
    return sort_by_keys(items, keys).reset_index(drop=True)


def kinds_never_public(items: pd.DataFrame) -> list[str]:
    """Return the kinds (codes) of evidence that could be shown and of which no item is public.

    `items` is the frame `evidence_register`. A service's findings, and evidence of a kind that is
    not stated, are never public as such.
    """
    public = set(items.loc[items["publicity"].isin(PUBLIC), "kind"])
    return [kind for kind in ITEMS if kind not in public | {"own_intelligence", "not_specified"}]


def statements_by_evidence(view: View) -> pd.DataFrame:
    """Return one row a statement that something is so, or likely, with whether it names evidence.

    Columns: utterance_id, certainty and evidence (NAMED: an item, a report or what somebody said
    stands behind it; NOTHING: nothing does, and it was in view as a whole; NOT_KNOWN: nothing does
    in the part of it that was).
    """
    asserted = view.statements[view.statements["is_assertion"]]
    certainty = asserted.sort_values("certainty").drop_duplicates("utterance_id")
    statements = certainty[["utterance_id", "certainty"]].sort_index()
    rests_on, whole = provenance(view), whole_utterances(view.whole)
    evidence = []
    for key in statements["utterance_id"]:
        if any(node != UNKNOWN for node in rests_on[key]):
            evidence.append(NAMED)
        else:
            evidence.append(NOTHING if key in whole else NOT_KNOWN)
    return statements.assign(evidence=pd.Series(evidence, statements.index, dtype="str"))
