"""On what evidence: the items that are pointed to, and what each assertion rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimbrief.analysis.lineage import ITEMS, PUBLIC, cited_items, of_others, public_status
from claimbrief.dataset import NO_SUPPORT
from claimbrief.lookups import actor_order, lists_of, short_names, sort_by_keys, whole_utterances
from claimbrief.view import NO_START, View, bounds_of

PUBLIC_BY_THEN, NOT_PUBLIC, OTHERS, NOTHING = "public", "not_public", "others", "nothing"
NOT_KNOWN = "not_known"
BASES_NAMED = (PUBLIC_BY_THEN, NOT_PUBLIC, OTHERS, NOTHING, NOT_KNOWN)
_CITING = ["claim_id", "side", "speaker", "when", "earliest", "latest", "certainty"]


def citations(view: View) -> pd.DataFrame:
    """Return one row a claim in view and an item that it points to, in the order of `statements`.

    Columns: claim_id, side, speaker, when, earliest, latest and certainty of the claim;
    evidence_id, kind (code) and holder (id) of the item; relation (code), is_support (whether it is
    pointed to in support) and is_item (whether it could be shown: no report, no reasoning).
    """
    items, links = view.whole.evidence.set_index("evidence_id"), view.record.claim_evidence
    kinds, holders = (links["evidence_id"].map(items[name]) for name in ("kind", "holder"))
    links = links.assign(kind=kinds, holder=holders)
    found = view.statements[_CITING].merge(links, on="claim_id")
    is_support = ~found["relation"].isin(NO_SUPPORT)
    return found.assign(is_support=is_support, is_item=found["kind"].isin(ITEMS))


def evidence_register(view: View) -> pd.DataFrame:
    """Return one row an item in view, as public as it was on the brief's day.

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
    offered = cited[cited["relation"] == "offers"].drop_duplicates("evidence_id")
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
    """Return one row an assertion with what it points to, by side and date.

    Columns: those of `View.statements`, and `basis`: the best of its items by the day on which it
    was made ("public": an item that was public by then; "not_public": an item that was not;
    "others": only reports, reasoning or what others had said, or nothing where what they said
    stands behind its utterance; "nothing", in a text or on a page that was in view as a whole;
    "not_known": nothing in the part of it that was).
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
    """Return one row a day of the window up to the brief's day, with the items known by its end.

    Columns: day, named_certain, named_possible (items that a statement had pointed to, not
    counting reports by others and reasoning; certainly, and with those that are possible),
    public_certain, public_possible (of the same sort, those that the public could see).
    """
    cited, status = citations(view), public_status(view)
    named = cited[cited["is_support"] & cited["is_item"]]
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
