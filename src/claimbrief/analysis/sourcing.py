"""How well each utterance is sourced, derived by rule from the sources that carry it."""

from __future__ import annotations

import pandas as pd

from claimbrief.dataset import each_row
from claimbrief.view import View

PRIMARY = {"primary_transcript", "primary_release", "broadcaster_interview"}
PRIMARY_COPY = {"mirror_of_primary"}


def sourcing(view: View) -> pd.DataFrame:
    """Return one row an utterance in view, by the sources in view.

    Columns: utterance_id, grade (a code of the vocabulary's `sourcing`), source_ids (list: the
    sources that its claims are coded from first, then further reports).
    """
    kinds = dict(zip(view.record.sources["source_id"], view.record.sources["kind"], strict=True))
    coded = view.record.claims.groupby("utterance_id")["source_id"].agg(
        lambda ids: list(dict.fromkeys(ids))
    )
    reports = view.record.reports.groupby("utterance_id")
    rows = []
    for utterance in each_row(view.record.utterances):
        first: list[str] = coded[utterance.utterance_id]
        is_further = utterance.utterance_id in reports.groups
        further = (
            reports.get_group(utterance.utterance_id) if is_further else view.record.reports[:0]
        )
        carriers = list(dict.fromkeys([*first, *further["source_id"]]))
        relations = set(further["relation"])
        grade = _grade({kinds[one] for one in carriers}, relations)
        rows.append((utterance.utterance_id, grade, carriers))
    return pd.DataFrame(rows, columns=["utterance_id", "grade", "source_ids"])


def _grade(kinds: set[str], relations: set[str]) -> str:
    """Return the grade: a text of the speaker's side first, then how many reports stand alone."""
    if kinds & PRIMARY:
        return "primary"
    if kinds & PRIMARY_COPY:
        return "primary_copy"
    if "independent" in relations:
        return "two_reports"
    for relation in ("same_wire", "same_origin"):
        if relation in relations:
            return relation
    return "one_report"
