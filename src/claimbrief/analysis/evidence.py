"""On what evidence: the items that are pointed to, and what each assertion rests on."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.statements import statements
from claimbrief.dataset import each_row
from claimbrief.view import View


def evidence_register(view: View) -> pd.DataFrame:
    """Return one row an item in view, as public as it was on the brief's day.

    Columns: evidence_id, description, kind, holder (name), first_when (bounds of the first
    utterance that points to it, missing if none in view), claim_ids (list), publicity (code; ""
    where no status is known by the day), status_when, status_is_certain, locator, basis.
    """
    record = view.record
    names = view.whole.actors.set_index("actor_id")["name"]
    frame = statements(view)
    rows = []
    for item in each_row(record.evidence):
        links = record.claim_evidence[record.claim_evidence["evidence_id"] == item.evidence_id]
        used = frame[frame["claim_id"].isin(links["claim_id"])]
        status = _latest_status(record.evidence_status, str(item.evidence_id))
        rows.append(
            {
                "evidence_id": item.evidence_id,
                "description": item.description,
                "kind": item.kind,
                "holder": names[item.holder],
                "first_when": used["when"].iloc[0] if len(used) else None,
                "claim_ids": list(used["claim_id"]),
                "publicity": status["publicity"] if status is not None else "",
                "status_when": status["when"] if status is not None else None,
                "status_is_certain": status is not None and status["certainty"] == "certain",
                "locator": status["locator"] if status is not None else "",
                "basis": status["basis"] if status is not None else "",
            }
        )
    columns = (
        "evidence_id description kind holder first_when claim_ids publicity status_when "
        "status_is_certain locator basis"
    )
    return pd.DataFrame(rows, columns=columns.split())


def assertions_and_evidence(view: View) -> pd.DataFrame:
    """Return one row an assertion in view with the items that it points to.

    Columns: claim_id, speaker, when, certainty, stance, commitment, proposition, rung,
    evidence_ids (list; empty where none is stated).
    """
    asserted = statements(view).query("is_assertion")
    links = view.record.claim_evidence.query("relation != 'says_none'")
    items = links.groupby("claim_id")["evidence_id"].agg(list)
    columns = [
        "claim_id",
        "speaker",
        "when",
        "certainty",
        "stance",
        "commitment",
        "proposition",
        "rung",
    ]
    frame = asserted[columns].copy()
    frame["evidence_ids"] = [items.get(claim_id, []) for claim_id in frame["claim_id"]]
    return frame


def _latest_status(status: pd.DataFrame, evidence_id: str) -> pd.Series | None:
    """Return the last status of an item that is in view; None where there is none."""
    rows = status[status["evidence_id"] == evidence_id]
    if rows.empty:
        return None
    latest = max(rows.index, key=lambda row: rows.loc[row, "when"].latest)
    status_row: pd.Series = rows.loc[latest]
    return status_row
