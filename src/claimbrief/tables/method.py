"""How it was done: sources, dates, coverage, agreement, the codebook and the parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from claimbrief.analysis.method import EXTERNAL, ORDINAL
from claimbrief.blocks import Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS, truncate, truncation_note
from claimbrief.links import cites, claim_link, with_links
from claimbrief.tables.parts import Cell, Cells, columns, filled, row_of
from claimbrief.texts import Run, Text, text
from claimbrief.wording import capitalised, counted, day, number

PARTED = 24  # how many claims on which coders parted are named
PLAIN = {  # bases of a day that need no explanation
    "Day shown with the page.",
    "Day in the address.",
    "Day in the text.",
    "No day is shown; not earlier than the words that it carries.",
}
REASONS = 20  # how many reasons are listed one by one
COMMON_REASONS = 5  # of more documents, so many ways of finding a day are counted


def dates(frame: pd.DataFrame, context: Context) -> Table:
    """Return how each utterance came by its date, where a day was not simply found."""
    found = frame[~frame["is_researched"]]
    rows = truncate(found, keys=found["days_open"])
    settled = len(frame) - len(found)
    are, cards = ("is", "its card") if settled == 1 else ("are", "their cards")
    left_out = (
        f" {capitalised(number(settled))} more, of a day that research settled, {are} left out; "
        f"what settled it is on {cards}."
    )
    order = "those whose day is least known first"
    dated, quote = context.short_dated, partial(Run, style="quote")
    cells: Cells = {
        "Statement": (1.8, lambda row: claim_link(capitalised(row.speaker), row.claim_id)),
        "The source’s words": (1, lambda row: quote(row.date_words) if row.date_words else "–"),
        "Date": (0.95, lambda row: dated(row.when)),
        "Day in another source": (
            0.85,
            lambda row: dated(row.outside_date) if row.outside_date else "–",
        ),
        "Reasoning": (5.4, lambda row: _reasoning(row, context)),
    }
    return Table(
        block_id="table-dates",
        caption=text("How each statement came by its date"),
        **filled(rows, cells, key="utterance_id"),
        note=text(
            "A range is kept as a range; “by” has an open start."
            + (left_out if settled else "")
            + truncation_note(len(found), "statements", order)
        ),
        numbers={"utterances": len(found)},
    )


def _reasoning(row: Any, context: Context) -> Text:
    basis = capitalised(context.labels["date_basis"][row.date_basis])
    return text(f"{basis}. ") + with_links(row.date_note, context)


def coverage(frame: pd.DataFrame, context: Context) -> Table:
    """Return how much of each coded text lies in a claim or an exclusion."""
    rows = truncate(frame, LIMITS.short_rows, frame["n_chars"])
    cells: Cells = {
        "Text": (3, lambda row: f"{row.publisher}, “{row.title}”"),
        "In all": (1.0, lambda row: f"{row.n_chars:,}"),
        "In a claim": (1.0, lambda row: f"{row.claimed:,}"),
        "Excluded": (1.0, lambda row: f"{row.excluded:,}"),
        "Rest": (1.0, lambda row: f"{row.rest:,}"),
    }
    return Table(
        block_id="table-coverage",
        caption=text("Characters of each coded text, by what became of them"),
        **filled(rows, cells, list(cells)[1:], key="source_id"),
        note=text(
            "The rest is attribution (“he said”), quotation marks and line ends."
            + truncation_note(len(frame), "texts", "the longest first", LIMITS.short_rows)
        ),
        numbers={"texts": len(frame)},
    )


def agreement(frame: pd.DataFrame, context: Context) -> Table:
    """Return how often two coders gave the same value to each variable, and where they parted."""
    scales = [f"{variable} without {code}" for variable, code in ORDINAL.items()]
    numbers = {
        row.variable: [row.n, row.same, None if pd.isna(row.alpha) else round(row.alpha, 3)]
        for row in each_row(frame)
    }
    cells: Cells = {
        "Variable": (
            1.3,
            lambda it: Run(capitalised(it.variable.replace("_", " ")), style="strong"),
        ),
        "n": (0.5, lambda row: f"{row.n:,}"),
        "Same value": (0.8, lambda row: f"{row.raw:.2f}"),
        "Alpha": (0.8, lambda it: "not defined" if pd.isna(it.alpha) else f"{it.alpha:.2f}"),
        "Level": (0.9, lambda row: row.level),
        "Claims on which they parted": (5, lambda row: _parted(row.parted, context) or "none"),
    }
    return Table(
        block_id="table-agreement",
        caption=text("How far two coders agreed before anything was settled"),
        **filled(frame, cells, ("n", "Same value", "Alpha"), key="variable"),
        note=text(f"On a scale, alpha is of the claims that both placed on it: {scales[0]}."),
        numbers=numbers,
    )


def _parted(claim_ids: Sequence[str], context: Context) -> Text:
    """Return the statements of claims on which coders parted, and how many claims are not named."""
    named = [claim_id for claim_id in claim_ids if claim_id in context.cited][:PARTED]
    more = len(claim_ids) - len(named)
    count = f" and {number(more)} more" if named else number(more)
    return cites(named, context) + text(f"{count}, in codings.csv" if more else "")


def codebook(frame: pd.DataFrame, context: Context) -> Table:
    """Return the codes with their definitions, as the dataset's vocabulary has them."""
    rows = [
        row_of(
            f"{code.scheme.replace('_', ' ')} {code.code}",
            text(Run(_ended(code.label), style="strong"), f" {code.definition}"),
            key=f"{code.scheme} {code.code}",
        )
        for code in each_row(frame)
    ]
    return Table(
        block_id="table-codebook",
        caption=text("Codebook"),
        columns=columns({"Variable and code": 1.4, "Label, and when it applies": 2.2}),
        rows=tuple(rows),
        note=text(
            f"“{EXTERNAL}” after a date basis: another source fixes the day. "
            "Commitment, response and denial are three scales; they are never added."
        ),
        abreast=2,
        numbers={"codes": len(rows)},
    )


def _ended(label: str) -> str:
    """Return a label as a sentence: with its own mark at its end, or a full stop."""
    return label if label.endswith(("?", ".", "…")) else f"{label}."


def parameters(context: Context) -> Table:
    """Return the viewpoint of this brief and the digest of its dataset."""
    at, dataset = context.at, context.descriptor
    facts = {
        "As of": day(at.as_of),
        "Basis": at.basis,
        "Window": f"{day(at.window_start)} to {day(at.window_end)}",
        "Sources": ", ".join(at.sources) or "all",
        "Actors": ", ".join(at.actors) or "all",
        "Undated source taken as published": day(at.published) if at.published else "not assumed",
        "Last edition": day(at.last_edition) if at.last_edition else "not given",
        "Dataset": f"{dataset['name']} {dataset.get('version', '')}".strip(),
        "Dataset digest (SHA-256)": context.digest,
    }
    return Table(
        block_id="table-parameters",
        caption=text("What this brief was built from"),
        columns=columns({"Setting": 1.0, "Value": 2.5}),
        rows=tuple(row_of(label, value, key=label) for label, value in facts.items()),
        numbers={
            "as_of": at.as_of.isoformat(),
            "dataset": str(dataset["name"]),
            "digest": context.digest,
        },
    )


def sources(frame: pd.DataFrame, context: Context) -> Table:
    """Return the documents that statements or dates come from, with the claims that they carry."""
    rows = truncate(frame, LIMITS.short_rows, frame["claims"])
    order, whole = "those that carry most claims first", "claims.jsonld, beside this brief"
    cells: Cells = {
        "Publisher (agency)": (2.3, _publisher),
        "Published": (1, lambda row: context.short_dated(row.when) if row.when else "not shown"),
        "Gives": (1.3, _gives),
    }
    return Table(
        block_id="table-sources",
        caption=text("Sources"),
        **filled(rows, cells, key="source_id"),
        note=text(
            "Each publisher leads to the page, and each card of the ledger names its own. A "
            "report is of a statement whose claims are coded from another document."
            + _reasons(rows[~rows["published_basis"].isin(PLAIN)])
            + truncation_note(len(frame), "documents", order, LIMITS.short_rows, whole)
        ),
        abreast=2,
        numbers={
            "sources": len(frame),
            "with_statements": int((frame["claims"] + frame["reports"] > 0).sum()),
        },
    )


def _publisher(row: Any) -> Text:
    wire = f" ({row.wire})" if row.wire else ""
    return text(Run(f"{row.publisher}{wire}", row.url), f", “{row.title}”" * row.is_coded)


def _gives(row: Any) -> str:
    counts = {"claim": row.claims, "report": row.reports}
    gives = [f"{count} {noun}{'s' * (count > 1)}" for noun, count in counts.items() if count]
    return ", ".join(gives) or "a date"


def _reasons(rows: pd.DataFrame) -> str:
    """Return how days of publication were found, by publisher; of many, how often in which way."""
    if rows.empty:
        return ""
    if len(rows) > REASONS:
        counts = Counter(rows["published_basis"]).most_common(COMMON_REASONS)
        reasons = [f"{how.rstrip('.')} ({counted(count, 'document')})." for how, count in counts]
    else:
        reasons = [f"{row.publisher}: {row.published_basis}" for row in each_row(rows)]
    return " ".join([" How a day of publication was found:", *reasons])


def sourcing(frame: pd.DataFrame, context: Context) -> Table:
    """Return how well the counted utterances are sourced: how many stand at each grade."""
    frame = frame[frame["is_counted"]]
    labels, definitions = context.labels["sourcing"], context.definitions["sourcing"]
    claim_ids = [frame.loc[frame["grade"] == grade, "claim_id"].tolist() for grade in labels]
    rows = pd.DataFrame({"grade": list(labels), "claim_ids": claim_ids})
    cells: Cells = {
        "Grade": (1.8, lambda row: Run(capitalised(labels[row.grade]), style="strong")),
        "Statements": (1, lambda row: f"{len(row.claim_ids):,}"),
        "When it applies": (4.5, lambda row: definitions[row.grade]),
        "Which": (2.7, lambda row: _which(row.claim_ids, context)),
    }
    return Table(
        block_id="table-sourcing",
        caption=text("How well the statements are sourced"),
        **filled(rows, cells, ("Statements",), key="grade"),
        note=text("The grade tells how a statement reached the record, not whether it is true."),
        numbers={grade: len(own) for grade, own in zip(labels, claim_ids, strict=True)},
    )


def _which(claim_ids: list[str], context: Context) -> Cell:
    is_few = len(claim_ids) <= LIMITS.names
    return (cites(claim_ids, context) or "–") if is_few else "on their cards"
