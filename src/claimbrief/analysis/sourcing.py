"""How well each utterance is sourced, derived by rule from the sources that carry it."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from claimbrief.analysis.lasting import pairs
from claimbrief.dataset import each_row
from claimbrief.view import View

PRIMARY = {"primary_transcript", "primary_release", "broadcaster_interview"}
PRIMARY_COPY = {"mirror_of_primary"}


def sourcing(view: View) -> pd.DataFrame:
    """Return one row an utterance in view, by the sources in view.

    Columns: utterance_id, grade (a code of the vocabulary's `sourcing`), source_ids (list: the
    sources that its claims are coded from first, then further reports).
    """
    return _sourcing(view).copy(deep=False)


@lru_cache(maxsize=64)
def _sourcing(view: View) -> pd.DataFrame:
    record = view.record
    kinds = dict(pairs(record.sources, "source_id", "kind"))
    carriers: dict[str, dict[str, None]] = {}
    for one, source_id in pairs(record.claims, "utterance_id", "source_id"):
        carriers.setdefault(one, {})[source_id] = None
    relations: dict[str, set[str]] = {}
    for report in each_row(record.reports):
        carriers[report.utterance_id][report.source_id] = None
        relations.setdefault(report.utterance_id, set()).add(report.relation)
    rows = [
        (one, _grade({kinds[source_id] for source_id in carriers[one]}, relations.get(one, set())))
        for one in record.utterances["utterance_id"].tolist()
    ]
    return pd.DataFrame(
        [(one, grade, list(carriers[one])) for one, grade in rows],
        columns=["utterance_id", "grade", "source_ids"],
    )


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
