"""The evidence that was cited and could be shown, by item and by side, and what was shown of it."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.evidence import NOT_KNOWN, NOTHING, citations, evidence_register
from claimbrief.analysis.lineage import ITEMS, PUBLIC, provenance
from claimbrief.dataset import UNKNOWN
from claimbrief.lookups import (
    actor_kinds,
    actor_order,
    grouped,
    pairs,
    sort_by_keys,
    whole_utterances,
)
from claimbrief.view import View

COLUMNS = ["evidence_id", "kind", "description", "side", "offered_by", "claim_ids", "certainty"]
COLUMNS += ["publicity", "is_public", "public_when", "is_certainly_public", "locator", "publisher"]
COLUMNS += ["caveat"]
BY_SIDE = ["side", "items", "possible", "public", "public_possible", "kinds", "checked"]
NO_SIDE = ("collective", "outlet")  # kinds of holder that are not a side of the matter
NAMED = "named"  # beside NOTHING and NOT_KNOWN: a statement rests on something


def items_cited(view: View) -> pd.DataFrame:
    """Return one row an item that somebody cites in support and that could be shown.

    Those that the public could see come first, by day; the others by side, of the side with the
    most of them first. Columns: evidence_id, kind (code), description, side (see `_cited`),
    offered_by (the speaker who first offered it, or ""), claim_ids (list: the claims that cite it,
    one that offers it first, then by date), certainty (of its having been cited), publicity (code;
    "" where no status is known), is_public, public_when (EDTF), is_certainly_public, locator (an
    address, "" if none), publisher (of a report whose address this is; "" for an item's own
    address) and caveat.
    """
    register = evidence_register(view).drop(columns="claim_ids")
    items = register.join(_cited(view), on="evidence_id", how="inner")
    publishers = dict(pairs(view.whole.sources, "url", "publisher"))
    is_public = items["publicity"].isin(PUBLIC)
    found = items.assign(
        is_public=is_public,
        public_when=items["status_when"].where(is_public, ""),
        is_certainly_public=is_public & items["status_is_certain"],
        publisher=items["locator"].where(items["is_report"], "").map({**publishers, "": ""}),
    )
    return _in_order(view, found[COLUMNS])


def _cited(view: View) -> pd.DataFrame:
    """Return one row an item that is cited in support and could be shown, by its id.

    In the order in which they are first cited. Columns: side (of the speaker who first offered it;
    if nobody did, of its holder, or where outlets or unnamed people hold it of the speaker who
    first cited it), claim_ids (list: one that offers it first, then by date) and certainty.
    """
    links = citations(view)
    links = links[links["is_support"] & links["is_item"]]
    is_offer = links["relation"] == "offers"
    is_speakers = is_offer | links["holder"].map(actor_kinds(view.whole)).isin(NO_SIDE)
    owners = links["side"].where(is_speakers, links["holder"].map(view.base.lookups.sides))
    offers_first = sort_by_keys(links.assign(owner=owners), is_no_offer=~is_offer)
    found = offers_first.groupby("evidence_id").agg(
        side=("owner", "first"),
        claim_ids=("claim_id", list),
        certainty=("certainty", "min"),  # "certain" before "possible"
    )
    return found.loc[links["evidence_id"].unique()]


def _in_order(view: View, items: pd.DataFrame) -> pd.DataFrame:
    """Return public items by day, then the others by side, of the side with the most first."""
    is_hidden = ~items["is_public"].astype(bool)
    hidden = items.loc[is_hidden, "side"].value_counts()
    return sort_by_keys(
        items,
        is_hidden=is_hidden,
        day=items["public_when"],
        fewer=-items["side"].map(hidden).fillna(0).where(is_hidden, 0),
        side=items["side"].map(actor_order(view.whole)),
    ).reset_index(drop=True)


def evidence_by_side(view: View) -> pd.DataFrame:
    """Return one row a side that cites evidence that could be shown, or that cites none.

    An item belongs to the side that `_cited` tells. Columns: side, items (list of ids), possible
    (of these, the number that only claims which may be later cite), public and public_possible (how
    many the public could certainly, or possibly, see by the day), kinds (list of codes: of the
    public ones, in the vocabulary's order), checked (how many an independent party is recorded to
    have checked). A side that certainly says that something is so and cites no item of its own has
    a row without items. The sides that show most come first, then those that cite most.
    """
    cited, status, claims = _cited(view), view.record.evidence_status, view.statements
    status = status[status["publicity"].isin(PUBLIC)]
    public = set(status.loc[status["certainty"] == "certain", "evidence_id"])
    perhaps = set(status["evidence_id"]) - public
    checked = set(status.loc[status["publicity"] == "published_verified", "evidence_id"])
    possible = set(cited.index[cited["certainty"] == "possible"])
    kinds, every_kind = view.base.lookups.evidence_kinds, view.whole.labels("evidence_kind")
    said = claims[claims["is_assertion"] & (claims["certainty"] == "certain")]
    rows = []
    own = grouped(cited.assign(item=cited.index), "side", "item")
    for side in dict.fromkeys([*own, *said["side"].unique()]):
        items = own.get(side, [])
        kinds_shown = {kinds[item] for item in public.intersection(items)}
        in_order = [code for code in every_kind if code in kinds_shown]
        sets = (possible, public, perhaps, checked)
        later, certainly, possibly, by_others = (len(those.intersection(items)) for those in sets)
        rows.append((side, items, later, certainly, possibly, in_order, by_others))
    order = actor_order(view.whole)
    rows.sort(key=lambda row: (-row[3], -len(row[1]), order[row[0]]))
    return pd.DataFrame(rows, columns=BY_SIDE)


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
    evidence = [
        NAMED if set(rests_on[key]) - {UNKNOWN} else NOTHING if key in whole else NOT_KNOWN
        for key in statements["utterance_id"]
    ]
    return statements.assign(evidence=pd.Series(evidence, statements.index, dtype="str"))
