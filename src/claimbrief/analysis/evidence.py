"""On what evidence: the items pointed to, by item and by side, and what each assertion rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimbrief.analysis.provenance import (
    ITEMS,
    PUBLIC,
    cited_items,
    of_others,
    provenance,
    public_status,
)
from claimbrief.dataset import UNKNOWN
from claimbrief.lookups import (
    actor_kinds,
    actor_order,
    grouped,
    lists_of,
    pairs,
    short_names,
    sort_by_keys,
    whole_utterances,
)
from claimbrief.view import NO_START, View, bounds_of

PUBLIC_BY_THEN, NOT_PUBLIC, OTHERS, NOTHING = "public", "not_public", "others", "nothing"
NOT_KNOWN = "not_known"
BASES_NAMED = (PUBLIC_BY_THEN, NOT_PUBLIC, OTHERS, NOTHING, NOT_KNOWN)
_CITING = ["claim_id", "side", "speaker", "when", "earliest", "latest", "certainty"]
COLUMNS = ["evidence_id", "kind", "description", "side", "offered_by", "claim_ids", "certainty"]
COLUMNS += ["publicity", "is_public", "public_when", "is_certainly_public", "locator", "publisher"]
COLUMNS += ["caveat"]
SIDE_COLUMNS = ["side", "items", "possible", "public", "public_possible", "kinds", "checked"]
NO_SIDE = ("collective", "outlet")  # kinds of holder that are not a side of the matter
NAMED = "named"  # beside NOTHING and NOT_KNOWN: a statement rests on something


def citations(view: View) -> pd.DataFrame:
    """Return one row per claim in view and an item that it points to, in the order of `statements`.

    Columns: claim_id, side, speaker, when, earliest, latest and certainty of the claim;
    evidence_id, kind (code) and holder (id) of the item; relation (code), is_support (whether it is
    pointed to in support; see `lookups.support_of_claims`) and is_item (whether it could be shown:
    no report, no reasoning).
    """
    items, links = view.whole.evidence.set_index("evidence_id"), view.record.claim_evidence
    support = view.base.lookups.support_of_claims
    kinds, holders = (links["evidence_id"].map(items[name]) for name in ("kind", "holder"))
    is_support = np.array(
        [item in support.get(claim, ()) for claim, item in pairs(links, "claim_id", "evidence_id")],
        dtype=bool,
    )
    links = links.assign(
        kind=kinds, holder=holders, is_support=is_support, is_item=kinds.isin(ITEMS)
    )
    return view.statements[_CITING].merge(links, on="claim_id")


def _citations_of_items(view: View) -> pd.DataFrame:
    """Return the rows of `citations` that count: in support, of an item that could be shown."""
    found = citations(view)
    return found[found["is_support"] & found["is_item"]]


def evidence_register(view: View) -> pd.DataFrame:
    """Return one row per item in view, as public as it was on the brief's day.

    Columns: evidence_id, description, kind, holder (short name), offered_by (the speaker who first
    offered it, "" if nobody did), first_when (EDTF date of the first utterance that points to it,
    "" if none in view), claim_ids (list), publicity (code; "" where no status is known by the day),
    status_when (EDTF), status_is_certain, locator (an address), is_report (whether the locator is
    the address of a source, which reports of the item), caveat, basis, is_cited (whether a claim in
    view points to it in support).
    """
    items, cited = view.record.evidence, citations(view)
    key = items["evidence_id"]
    uses = cited.drop_duplicates(["evidence_id", "claim_id"]).groupby("evidence_id")
    claim_ids = uses["claim_id"].agg(list).to_dict()
    is_offer = cited["is_support"] & (cited["relation"] == "offers")
    offered = cited[is_offer].drop_duplicates("evidence_id")
    status = view.record.evidence_status.rename(columns={"when": "status_when"})
    latest = bounds_of(status["status_when"])["latest"]
    status = status.loc[latest.sort_values(ascending=False, kind="stable").index]
    status = status.drop_duplicates("evidence_id").set_index("evidence_id")
    status = status.reindex(key).set_axis(items.index)
    texts = status[["publicity", "status_when", "locator", "caveat", "basis"]].fillna("")
    return items[["evidence_id", "description", "kind"]].assign(
        holder=items["holder"].map(short_names(view.whole)),
        offered_by=key.map(offered.set_index("evidence_id")["speaker"]).astype("str").fillna(""),
        first_when=key.map(uses["when"].first()).astype("str").fillna(""),
        claim_ids=lists_of(key, claim_ids),
        **texts,
        status_is_certain=status["certainty"] == "certain",
        is_report=texts["locator"].isin(set(view.whole.sources["url"]) - {""}),
        is_cited=key.isin(cited_items(view)),
    )


def assertions_by_evidence(view: View) -> pd.DataFrame:
    """Return one row per assertion with what it points to, by side and date.

    Columns: those of `View.statements`, and `basis`: the best of its items by the day on which it
    was made ("public": an item that was public by then; "not_public": an item that was not;
    "others": only reports, reasoning or what others had said, or nothing where its utterance
    rests on what they said; "nothing": in a text or on a page that was in view as a whole;
    "not_known": nothing in the part that was in view).
    """
    status = view.record.evidence_status
    public = status[status["publicity"].isin(PUBLIC)]
    starts = bounds_of(public["when"])["earliest"].fillna(NO_START)
    since = starts.groupby(public["evidence_id"]).min()
    cited = citations(view)
    cited = cited[cited["is_support"]]
    start = pd.to_datetime(cited["evidence_id"].map(since.to_dict()))
    is_public = cited["is_item"] & (start <= cited["latest"])
    claims = view.statements[view.statements["is_assertion"]]
    key, utterance = claims["claim_id"], claims["utterance_id"]
    rests_on = {
        PUBLIC_BY_THEN: key.isin(cited.loc[is_public, "claim_id"]),
        NOT_PUBLIC: key.isin(cited.loc[cited["is_item"], "claim_id"]),
        OTHERS: key.isin(cited["claim_id"]) | utterance.isin(of_others(view)),
        NOTHING: utterance.isin(whole_utterances(view.whole)),
    }
    bases = np.select(list(rests_on.values()), list(rests_on), NOT_KNOWN)
    found = claims.assign(basis=pd.Series(bases, claims.index, dtype="str"))
    return sort_by_keys(found, side=claims["side"].map(actor_order(view.whole)))


def publicity_by_day(view: View) -> pd.DataFrame:
    """Return one row per day of the window up to the brief's day, with the items known by its end.

    Columns: day, named_certain, named_possible (items that a statement had pointed to, not
    counting reports by others and reasoning; certainly, and with those that are possible),
    public_certain, public_possible (of the same sort, those that the public could see).
    """
    named, status = _citations_of_items(view), public_status(view)
    public = status[["evidence_id"]].join(bounds_of(status["when"]))
    last = min(view.at.window_end, view.at.as_of)
    days = pd.Series(pd.date_range(view.at.window_start, last), name="day")
    counts = {}
    for name, items in (("named", named), ("public", public)):
        starts = {"certain": items["latest"], "possible": items["earliest"].fillna(NO_START)}
        for certainty, since in starts.items():
            first = since.groupby(items["evidence_id"]).min().sort_values()
            counts[f"{name}_{certainty}"] = first.searchsorted(days, side="right")
    return days.to_frame().assign(**counts)


def items_cited(view: View) -> pd.DataFrame:
    """Return one row per item that somebody cites in support and that could be shown.

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
    """Return one row per item that is cited in support and could be shown, by its id.

    In the order in which they are first cited. Columns: side (of the speaker who first offered it;
    if nobody did, of its holder, or where outlets or unnamed people hold it of the speaker who
    first cited it), claim_ids (list: one that offers it first, then by date) and certainty.
    """
    links = _citations_of_items(view)
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
    """Return one row per side that cites evidence that could be shown, or that cites none.

    An item belongs to the side that `_cited` gives. Columns: side, items (list of ids), possible
    (how many of these are cited only by claims that may be later), public and public_possible (how
    many were certainly, or possibly, cited and visible, by a status "published" or
    "published_verified" of the day or before it), kinds (list of codes of the public ones, in the
    vocabulary's order), checked (how many an independent party is recorded to have checked). A
    side that certainly says that something is so and cites no item of its own has a row without
    items. The sides that show most come first, then those that cite most.
    """
    cited, status, claims = _cited(view), view.record.evidence_status, view.statements
    status = status[status["publicity"].isin(PUBLIC)]
    possible = set(cited.index[cited["certainty"] == "possible"])
    public = set(status.loc[status["certainty"] == "certain", "evidence_id"]) - possible
    perhaps = set(status["evidence_id"]) - public
    checked = set(status.loc[status["publicity"] == "published_verified", "evidence_id"])
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
    return pd.DataFrame(rows, columns=SIDE_COLUMNS)


def kinds_never_public(items: pd.DataFrame) -> list[str]:
    """Return the kinds (codes) of evidence that could be shown and of which no item is public.

    `items` is the frame `evidence_register`. A service's findings, and evidence of a kind that is
    not stated, are never public as such.
    """
    public = set(items.loc[items["publicity"].isin(PUBLIC), "kind"])
    return [kind for kind in ITEMS if kind not in public | {"own_intelligence", "not_specified"}]


def statements_by_evidence(view: View) -> pd.DataFrame:
    """Return one row per statement that something is so, or likely, with whether it names evidence.

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
