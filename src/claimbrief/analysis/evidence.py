"""On what evidence: the items that are pointed to, and what each assertion rests on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from claimbrief.analysis.lineage import ITEMS, PUBLIC, cited_items, of_others
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.lookups import (
    actor_order,
    evidence_kinds,
    evidence_of_claims,
    short_names,
    support_of_claims,
    whole_utterances,
)
from claimbrief.view import NO_START, View, bounds_of

PUBLIC_BY_THEN, NOT_PUBLIC, OTHERS, NOTHING = "public", "not_public", "others", "nothing"
NOT_KNOWN = "not_known"
REGISTER = ["evidence_id", "description", "kind", "holder", "offered_by", "first_when", "claim_ids"]
REGISTER += ["publicity", "status_when", "status_is_certain", "locator", "is_report", "caveat"]
REGISTER += ["basis", "is_cited"]
BASES_NAMED = (PUBLIC_BY_THEN, NOT_PUBLIC, OTHERS, NOTHING, NOT_KNOWN)


def evidence_register(view: View) -> pd.DataFrame:
    """Return one row an item in view, as public as it was on the brief's day.

    Columns: evidence_id, description, kind, holder (short name), offered_by (the speaker who first
    offered it, "" if nobody did), first_when (EDTF date of the first utterance that points to it,
    "" if none in view), claim_ids (list), publicity (code; "" where no status is known by the day),
    status_when (EDTF), status_is_certain, locator (an address), is_report (whether the locator is
    the address of a source, which reports of the item), caveat, basis, is_cited (whether a claim in
    view points to it in support).
    """
    links = evidence_of_claims(view.whole)
    used: dict[str, dict[str, str]] = {}  # by item: the claims that point to it, with their dates
    offered_by: dict[str, str] = {}
    for claim in each_row(view.statements[["claim_id", "speaker", "when"]]):
        for item, relation in links.get(claim.claim_id, ()):
            used.setdefault(item, {})[claim.claim_id] = claim.when
            if relation == "offers":
                offered_by.setdefault(item, claim.speaker)
    latest, cited = _latest_status(view), cited_items(view)
    names, addresses = short_names(view.whole), set(view.whole.sources["url"]) - {""}
    rows = [
        {
            "evidence_id": item.evidence_id,
            "description": item.description,
            "kind": item.kind,
            "holder": names[item.holder],
            "offered_by": offered_by.get(item.evidence_id, ""),
            "first_when": next(iter(used.get(item.evidence_id, {}).values()), ""),
            "claim_ids": list(used.get(item.evidence_id, ())),
            "is_cited": item.evidence_id in cited,
            **_publicity(latest.get(item.evidence_id), addresses),
        }
        for item in each_row(view.record.evidence)
    ]
    return pd.DataFrame(rows, columns=REGISTER)


def _publicity(status: Any, addresses: set[str]) -> dict[str, object]:
    """Return how public an item is by a row of evidence_status; blank where there is none."""
    if status is None:
        blank = dict.fromkeys(("publicity", "status_when", "locator", "caveat", "basis"), "")
        return {**blank, "status_is_certain": False, "is_report": False}
    return {
        "publicity": status.publicity,
        "status_when": status.when,
        "status_is_certain": status.certainty == "certain",
        "locator": status.locator,
        "is_report": status.locator in addresses,
        "caveat": status.caveat,
        "basis": status.basis,
    }


def _latest_status(view: View) -> dict[str, Any]:
    """Return the row of evidence_status with the latest date of each item, by item id."""
    latest: dict[str, Any] = {}
    for row in each_row(view.record.evidence_status):
        before = latest.get(row.evidence_id)
        if before is None or parse(row.when).latest > parse(before.when).latest:
            latest[row.evidence_id] = row
    return latest


def assertions_by_evidence(view: View) -> pd.DataFrame:
    """Return one row an assertion with what it points to, by side and date.

    Columns: those of `View.statements`, and `basis`: the best of its items by the day on which it
    was made ("public": an item that was public by then; "not_public": an item that was not;
    "others": only reports, reasoning or what others had said, or nothing where what they said
    stands behind its utterance; "nothing", in a text or on a page that was in view as a whole;
    "not_known": nothing in the part of it that was).
    """
    kinds, support = evidence_kinds(view.whole), support_of_claims(view.whole)
    since: dict[str, pd.Timestamp] = {}
    for row in each_row(view.record.evidence_status):
        if row.publicity in PUBLIC:
            start = pd.Timestamp(parse(row.when).earliest or NO_START)
            since[row.evidence_id] = min(since.get(row.evidence_id, start), start)
    of_other_sides, whole = of_others(view), whole_utterances(view.whole)
    claims = view.statements[view.statements["is_assertion"]]
    bases = []
    for claim_id, utterance_id, latest in zip(
        claims["claim_id"], claims["utterance_id"], claims["latest"], strict=True
    ):
        items = support.get(claim_id, [])
        could_be_shown = [item for item in items if kinds[item] in ITEMS]
        if any(since[item] <= latest for item in could_be_shown if item in since):
            bases.append(PUBLIC_BY_THEN)
        elif could_be_shown:
            bases.append(NOT_PUBLIC)
        elif items or utterance_id in of_other_sides:
            bases.append(OTHERS)
        else:
            bases.append(NOTHING if utterance_id in whole else NOT_KNOWN)
    order = claims["side"].map(actor_order(view.whole)).sort_values(kind="stable").index
    return claims.assign(basis=pd.Series(bases, claims.index, dtype="str")).loc[order]


def publicity_by_day(view: View) -> pd.DataFrame:
    """Return one row a day of the window up to the brief's day, with the items known by its end.

    Columns: day, named_certain, named_possible (items that a statement had pointed to, not
    counting reports by others and reasoning; certainly, and with those that are possible),
    public_certain, public_possible (of the same sort, those that the public could see).
    """
    kinds, support = evidence_kinds(view.whole), support_of_claims(view.whole)
    claims = view.statements
    support_lists = [support.get(claim_id, []) for claim_id in claims["claim_id"]]
    named = claims[["claim_id", "earliest", "latest"]].assign(
        evidence_id=pd.Series(support_lists, claims.index, dtype=object)
    )
    status = view.record.evidence_status
    is_cited = status["evidence_id"].isin(cited_items(view))
    public = status[status["publicity"].isin(PUBLIC) & is_cited]
    public = public[["evidence_id"]].join(bounds_of(public["when"]))
    last = min(view.at.window_end, view.at.as_of)
    days = pd.Series(pd.date_range(view.at.window_start, last), name="day")
    counts = {}
    for name, items in (("named", named.explode("evidence_id")), ("public", public)):
        items = items[items["evidence_id"].map(kinds).isin(ITEMS)]
        counts[f"{name}_certain"] = _known_by(days, items["latest"], items["evidence_id"])
        earliest = items["earliest"].fillna(NO_START)
        counts[f"{name}_possible"] = _known_by(days, earliest, items["evidence_id"])
    return days.to_frame().assign(**counts)


def _known_by(days: pd.Series, since: pd.Series, items: pd.Series) -> np.ndarray:
    """Return for each day how many items were known by its end, from the first day of each."""
    first = np.sort(since.groupby(items.to_numpy()).min().to_numpy())
    return np.searchsorted(first, days.to_numpy(), side="right")
