"""Where the record comes from: its documents, and how well each utterance is sourced."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from claimbrief.blocks import Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS, truncate, truncation_note
from claimbrief.links import cites
from claimbrief.tables.parts import columns, row_of
from claimbrief.texts import Run, text
from claimbrief.wording import capitalised, counted, dated

PLAIN = {  # bases of a day that need no explanation
    "Day shown with the page.",
    "No day is shown; not earlier than the words that it carries.",
}
REASONS = 20  # so many reasons are listed one by one
COMMON_REASONS = 5  # of more documents, so many ways of finding a day are counted


def sources(frame: pd.DataFrame, context: Context) -> Table:
    """Return the documents that statements or dates come from, with the claims that they carry."""
    rows = truncate(frame, LIMITS.short_rows, frame["claims"])
    order = "those that carry most claims first"
    return Table(
        block_id="table-sources",
        caption=text("Sources"),
        columns=columns({"Publisher (agency)": 2.1, "Published": 1.5, "Gives": 1}),
        rows=tuple(map(_document, each_row(rows))),
        note=text(
            "Each publisher leads to the page, and each card of the ledger names its own. A "
            "report is of an utterance whose claims are coded from another document. "
            + _reasons(rows[~rows["published_basis"].isin(PLAIN)])
            + truncation_note(
                len(frame),
                "documents",
                order,
                LIMITS.short_rows,
                "claims.jsonld, beside this page",
            )
        ),
        abreast=2,
        numbers={
            "sources": len(frame),
            "with_statements": int((frame["claims"] + frame["reports"] > 0).sum()),
        },
    )


def _document(row: Any) -> Row:
    wire = f" ({row.wire})" if row.wire else ""
    counts = {"claim": row.claims, "report": row.reports}
    gives = [f"{count} {noun}{'s' * (count > 1)}" for noun, count in counts.items() if count]
    return row_of(
        text(Run(f"{row.publisher}{wire}", row.url), f", “{row.title}”" if row.is_coded else ""),
        dated(row.when).removeprefix("on ") if row.when else "not shown",
        ", ".join(gives) or "a date",
        key=row.source_id,
    )


def _reasons(rows: pd.DataFrame) -> str:
    """Return how days of publication were found, by publisher; of many, how often in which way."""
    if rows.empty:
        return ""
    if len(rows) > REASONS:
        counts = Counter(rows["published_basis"]).most_common(COMMON_REASONS)
        reasons = [f"{how.rstrip('.')} ({counted(count, 'document')})." for how, count in counts]
    else:
        reasons = [f"{row.publisher}: {row.published_basis}" for row in each_row(rows)]
    return " ".join(["How a day of publication was found:", *reasons])


def sourcing(frame: pd.DataFrame, context: Context) -> Table:
    """Return how well the counted utterances are sourced: how many stand at each grade."""
    frame = frame[frame["is_counted"]]
    labels, definitions = context.labels["sourcing"], context.definitions["sourcing"]
    claim_ids = {grade: frame.loc[frame["grade"] == grade, "claim_id"].tolist() for grade in labels}
    rows = []
    for grade, label in labels.items():
        found = claim_ids[grade]
        links = cites(found, context) if len(found) <= LIMITS.names else text("on their cards")
        rows.append(
            row_of(
                Run(capitalised(label), style="strong"),
                f"{len(found):,}",
                definitions[grade],
                links or text("–"),
                key=grade,
            )
        )
    return Table(
        block_id="table-sourcing",
        caption=text("How well the utterances are sourced"),
        columns=columns(
            {"Grade": 1.8, "Utterances": 1, "When it applies": 4.5, "Which": 2.7},
            numbers=("Utterances",),
        ),
        rows=tuple(rows),
        note=text("The grade tells how an utterance reached the record, not whether it is true."),
        numbers={grade: len(found) for grade, found in claim_ids.items()},
    )
