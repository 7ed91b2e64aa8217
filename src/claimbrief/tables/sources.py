"""Where the record comes from: its documents, and how well each utterance is sourced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from claimbrief.analysis.lasting import pairs
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import first_claims, statements
from claimbrief.blocks import Column, Row, Run, Table, text
from claimbrief.dataset import each_row
from claimbrief.dates import When
from claimbrief.links import claim_links, foremost, most_rows, rest_told
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated

PLAIN = {  # bases that need no telling beside a day
    "Day shown with the page.",
    "No day is shown; not earlier than the words that it carries.",
}
MANY = 20  # so many utterances, and reasons, are named one by one
FEW = 5  # so many ways of finding a day are told of many documents


def table_sources(view: View) -> Table:
    """Return the documents that statements or dates come from, with the claims that they carry."""
    record = view.record
    carried = record.claims["source_id"].value_counts().to_dict()
    used = {*carried, *record.reports["source_id"]}
    dating = set(record.utterances.query("outside_date != ''")["outside_source_id"])
    sources = record.sources[record.sources["source_id"].isin(used | dating)]
    most = most_rows(view)
    shown = foremost(sources, sources["source_id"].map(carried).fillna(0), most)
    further = _reported_beside(view, shown)
    rows, reasons = [], []
    for source in each_row(shown):
        wire = f" ({source.wire})" if source.wire else ""
        counts = {
            "claim": carried.get(source.source_id, 0),
            "report": further.get(source.source_id, 0),
        }
        use = [f"{count} {what}{'s' * (count > 1)}" for what, count in counts.items() if count]
        if source.published_basis not in PLAIN:
            reasons.append((source.publisher, source.published_basis))
        published = (
            dated(source.when).removeprefix("on ") if isinstance(source.when, When) else "not shown"
        )
        rows.append(
            Row(
                (
                    text(Run(f"{source.publisher}{wire}", str(source.url)))
                    + (text(f", “{source.title}”") if source.sha256 else ()),
                    text(published),
                    text(", ".join(use) or "a date"),
                )
            )
        )
    return Table(
        block_id="table-sources",
        caption=text("Sources"),
        columns=(
            Column("Publisher (agency)", share=2.1),
            Column("Published", share=1.5),
            Column("Gives", share=1),
        ),
        rows=tuple(rows),
        note=text(
            "Each publisher leads to the page, and each card of the ledger names its own. A "
            "report is of an utterance whose claims are coded from another document. "
            + _reasons_told(reasons)
            + rest_told(len(sources), "documents", "those that carry most claims first", most)
        ),
        abreast=2,
        numbers={"sources": len(sources), "with_statements": len(used)},
    )


def _reasons_told(reasons: Sequence[tuple[str, str]]) -> str:
    """Return how days of publication were found, by publisher; of many, how often in which way."""
    if not reasons:
        return ""
    told = [f"{publisher}: {basis}" for publisher, basis in reasons]
    if len(reasons) > MANY:
        often = Counter(basis for _, basis in reasons).most_common(FEW)
        told = [f"{basis.rstrip('.')} ({counted(count, 'document')})." for basis, count in often]
    return " ".join(["How a day of publication was found:", *told])


def _reported_beside(view: View, sources: pd.DataFrame) -> dict[str, int]:
    """Return for each source how many utterances it reports whose claims another one carries."""
    reports = view.record.reports
    reports = reports[reports["source_id"].isin(sources["source_id"])]
    first = first_claims(view, statements(view))["claim_id"]
    told = reports.assign(claim_id=reports["utterance_id"].map(first)).dropna(subset="claim_id")
    carried = dict(pairs(view.record.claims, "claim_id", "source_id"))
    is_beside = told["claim_id"].map(carried) != told["source_id"]
    counts = told[is_beside].groupby("source_id")["claim_id"].nunique()
    return {str(source_id): int(count) for source_id, count in counts.items()}


def table_sourcing(view: View) -> Table:
    """Return how well the counted utterances are sourced: how many stand at each grade."""
    own = statements(view).query("is_counted")
    frame = sourcing(view)
    frame = frame[frame["utterance_id"].isin(own["utterance_id"])]
    first = first_claims(view, own)["claim_id"]
    grades = view.whole.vocabulary.query("scheme == 'sourcing'").sort_values("order")
    rows = []
    numbers: dict[str, object] = {}
    for grade in each_row(grades):
        found = frame.loc[frame["grade"] == grade.code, "utterance_id"]
        numbers[str(grade.code)] = len(found)
        links = claim_links([first[one] for one in found]) if len(found) <= MANY else ()
        rows.append(
            Row(
                (
                    text(Run(capitalised(str(grade.label)), style="strong")),
                    text(f"{len(found):,}"),
                    text(str(grade.definition)),
                    links or text("–" if found.empty else "on their cards"),
                )
            )
        )
    return Table(
        block_id="table-sourcing",
        caption=text("How well the utterances are sourced"),
        columns=(
            Column("Grade", share=1.8),
            Column("Utterances", "end", 1),
            Column("When it applies", share=4.5),
            Column("Which", share=2.7),
        ),
        rows=tuple(rows),
        note=text("The grade tells how an utterance reached the record, not whether it is true."),
        numbers=numbers,
    )
