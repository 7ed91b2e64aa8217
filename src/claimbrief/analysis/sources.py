"""The documents that statements and dates come from, and how well each utterance is sourced."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.counts import first_claims
from claimbrief.lookups import grouped, pairs
from claimbrief.view import View

PRIMARY = {"primary_transcript", "primary_release", "broadcaster_interview"}
PRIMARY_COPY = {"mirror_of_primary"}


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


def sourcing(view: View) -> pd.DataFrame:
    """Return one row an utterance in view, by the sources in view.

    Columns: utterance_id, grade (a code of the vocabulary's `sourcing`), source_ids (list: the
    sources that its claims are coded from first, then further reports), is_counted (whether it has
    a counted claim), claim_id (of its counted claims the claim to cite, "" if it has none).
    """
    record = view.record
    kinds = dict(pairs(record.sources, "source_id", "kind"))
    columns = ["utterance_id", "source_id"]
    carried = pd.concat([record.claims[columns], record.reports[columns]]).drop_duplicates()
    source_ids = grouped(carried, *columns)
    relations = grouped(record.reports, "utterance_id", "relation")
    counted = first_claims(view.whole, view.statements[view.statements["is_counted"]])
    cited = dict(pairs(counted, "utterance_id", "claim_id"))
    rows = [
        (key, _grade({kinds[source] for source in carriers}, set(relations.get(key, ()))), carriers)
        for key in record.utterances["utterance_id"].tolist()
        for carriers in [source_ids[key]]
    ]
    frame = pd.DataFrame(rows, columns=["utterance_id", "grade", "source_ids"])
    return frame.assign(
        is_counted=frame["utterance_id"].isin(cited),
        claim_id=[cited.get(key, "") for key in frame["utterance_id"]],
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
