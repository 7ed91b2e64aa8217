"""On what evidence: the items that are pointed to, and what each assertion rests on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from claimbrief.analysis.lineage import ITEMS, PUBLIC, ancestry
from claimbrief.analysis.statements import counted, statements
from claimbrief.dataset import each_row
from claimbrief.dates import certainty_by
from claimbrief.view import View

SHOWN, NOT_SHOWN, OTHERS, NOTHING = "shown", "not_shown", "others", "nothing"
BASES_NAMED = (SHOWN, NOT_SHOWN, OTHERS, NOTHING)


def evidence_register(view: View) -> pd.DataFrame:
    """Return one row an item in view, as public as it was on the brief's day.

    Columns: evidence_id, description, kind, holder (name), offered_by (the speaker who first
    offered it, "" if nobody did), first_when (bounds of the first
    utterance that points to it, missing if none in view), claim_ids (list), publicity (code; ""
    where no status is known by the day), status_when, status_is_certain, locator, caveat, basis.
    """
    record = view.record
    names = view.whole.actors.set_index("actor_id")["name"]
    frame = statements(view)
    rows = []
    for item in each_row(record.evidence):
        links = record.claim_evidence[record.claim_evidence["evidence_id"] == item.evidence_id]
        used = frame[frame["claim_id"].isin(links["claim_id"])]
        offers = links.loc[links["relation"] == "offers", "claim_id"]
        offered = used[used["claim_id"].isin(offers)]
        status = _latest_status(record.evidence_status, str(item.evidence_id))
        rows.append(
            {
                "evidence_id": item.evidence_id,
                "description": item.description,
                "kind": item.kind,
                "holder": names[item.holder],
                "offered_by": offered["speaker"].iloc[0] if len(offered) else "",
                "first_when": used["when"].iloc[0] if len(used) else None,
                "claim_ids": list(used["claim_id"]),
                "publicity": status["publicity"] if status is not None else "",
                "status_when": status["when"] if status is not None else None,
                "status_is_certain": status is not None and status["certainty"] == "certain",
                "locator": status["locator"] if status is not None else "",
                "caveat": status["caveat"] if status is not None else "",
                "basis": status["basis"] if status is not None else "",
            }
        )
    columns = (
        "evidence_id description kind holder offered_by first_when claim_ids publicity status_when "
        "status_is_certain locator caveat basis"
    )
    return pd.DataFrame(rows, columns=columns.split())


def assertions_by_evidence(view: View) -> pd.DataFrame:
    """Return one row a side that asserts something above the lowest step, by what it pointed to.

    Columns: side, speakers (list), shown, not_shown, others, nothing (lists of claim ids: claims
    that point to an item that was public by the day on which they were made; to an item that was
    not; only to reports, to reasoning or to what others had said; to nothing).
    """
    asserted = statements(view).query("is_assertion")
    links = view.record.claim_evidence.query("relation != 'says_none'")
    kinds = view.record.evidence.set_index("evidence_id")["kind"]
    status = view.record.evidence_status
    public = status[status["publicity"].isin(PUBLIC)]
    above = ancestry(view)
    is_of_others = above["is_provenance"] & ~above["is_unknown"] & ~above["is_own_item"]
    taken = set(above.loc[is_of_others, "child"])
    rows = []
    for claim in each_row(asserted):
        items = list(links.loc[links["claim_id"] == claim.claim_id, "evidence_id"])
        basis = _basis(claim, items, kinds, public)
        if basis == NOTHING and claim.utterance_id in taken:
            basis = OTHERS
        rows.append((claim.side, claim.speaker, claim.claim_id, basis))
    frame = pd.DataFrame(rows, columns=["side", "speaker", "claim_id", "basis"])
    actors = {actor: place for place, actor in enumerate(view.whole.actors["actor_id"])}
    found = []
    for side, said in frame.groupby("side", sort=False):
        by_basis = {
            basis: list(said.loc[said["basis"] == basis, "claim_id"]) for basis in BASES_NAMED
        }
        found.append({"side": side, "speakers": list(dict.fromkeys(said["speaker"])), **by_basis})
    columns = ["side", "speakers", *BASES_NAMED]
    table = pd.DataFrame(found, columns=columns)
    return table.sort_values("side", key=lambda ids: ids.map(actors)).reset_index(drop=True)


def _basis(claim: Any, items: list[str], kinds: pd.Series, public: pd.DataFrame) -> str:
    """Return what a claim points to: the best of its items by the day on which it was made."""
    held = [one for one in items if kinds[one] in ITEMS]
    for item in held:
        since = public.loc[public["evidence_id"] == item, "when"]
        if any(certainty_by(when, claim.when.latest) != "no" for when in since):
            return SHOWN
    if held:
        return NOT_SHOWN
    return OTHERS if items else NOTHING


def publicity_by_day(view: View) -> pd.DataFrame:
    """Return one row a day of the window up to the brief's day, with the items known by its end.

    Columns: day, named_certain, named_most (items that a statement had pointed to, not counting
    reports by others and reasoning; certainly, and with those that are possible), public_certain,
    public_most (of the same sort, those that the public could see).
    """
    record = view.record
    kinds = record.evidence.set_index("evidence_id")["kind"]
    links = record.claim_evidence.query("relation != 'says_none'")
    said = statements(view)[["claim_id", "when"]]
    used = links.merge(said, on="claim_id")
    named = used[used["evidence_id"].map(kinds).isin(ITEMS)]
    status = record.evidence_status
    is_public = status["publicity"].isin(PUBLIC) & status["evidence_id"].map(kinds).isin(ITEMS)
    rows = []
    last = min(view.at.window_end, view.at.as_of)
    for offset in range((last - view.at.window_start).days + 1):
        day = view.at.window_start + timedelta(offset)
        row: dict[str, object] = {"day": day}
        for prefix, frame in (("named", named), ("public", status[is_public])):
            known = frame.assign(certainty=[certainty_by(when, day) for when in frame["when"]])
            count = counted(known[known["certainty"] != "no"], "evidence_id")
            row |= {f"{prefix}_certain": count.certain, f"{prefix}_most": count.most}
        rows.append(row)
    columns = "day named_certain named_most public_certain public_most"
    return pd.DataFrame(rows, columns=columns.split())


def _latest_status(status: pd.DataFrame, evidence_id: str) -> pd.Series | None:
    """Return the last status of an item that is in view; None where there is none."""
    rows = status[status["evidence_id"] == evidence_id]
    if rows.empty:
        return None
    latest = max(rows.index, key=lambda row: rows.loc[row, "when"].latest)
    status_row: pd.Series = rows.loc[latest]
    return status_row
