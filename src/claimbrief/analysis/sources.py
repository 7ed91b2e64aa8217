"""The documents that statements and dates come from."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.counts import first_claims
from claimbrief.view import View


def sources(view: View) -> pd.DataFrame:
    """Return one row a document that statements in view, or their dates, come from.

    Columns: source_id, publisher, wire (the agency, "" if none), title, url, is_coded (whether its
    text was coded), when (EDTF date of publication, "" if not known), published_basis, claims (how
    many are coded from it), reports (how many utterances it reports whose claims are coded from
    another document).
    """
    record = view.record
    dating = record.utterances.loc[record.utterances["outside_date"] != "", "outside_source_id"]
    used = {*record.claims["source_id"], *record.reports["source_id"], *dating}
    documents = record.sources[record.sources["source_id"].isin(used)]
    key = documents["source_id"]
    columns = "source_id publisher wire title url when published_basis"
    return documents[columns.split()].assign(
        is_coded=documents["sha256"] != "",
        claims=key.map(record.claims["source_id"].value_counts()).fillna(0).astype(int),
        reports=key.map(_reports(view)).fillna(0).astype(int),
    )


def _reports(view: View) -> pd.Series[int]:
    """Return how many utterances a source reports whose claims another carries, by source id."""
    reports = view.record.reports
    first = first_claims(view.whole, view.statements)["source_id"]
    is_beside = reports["utterance_id"].map(first) != reports["source_id"]
    return reports[is_beside].groupby("source_id")["utterance_id"].nunique()
