"""How it was done: dates, coverage, agreement, the codebook and the parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.agreement import ORDINAL
from claimbrief.analysis.method import EXTERNAL
from claimbrief.blocks import Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS, truncate, truncation_note
from claimbrief.links import cites, claim_link, with_links
from claimbrief.tables.parts import columns, row_of
from claimbrief.texts import Run, Text, text
from claimbrief.wording import capitalised, counted, day, number

PARTED = 24  # so many claims on which coders parted are named
DATES_COLUMNS = {
    "Statement": 1.8, "The source’s words": 1, "Date": 0.95, "Another source": 0.85,
    "Reasoning": 5.4,
}  # fmt: skip
AGREEMENT_COLUMNS = {
    "Variable": 1.3, "n": 0.5, "Same value": 0.8, "Alpha": 0.8, "Level": 0.9,
    "Claims on which they parted": 5,
}  # fmt: skip


def dates(frame: pd.DataFrame, context: Context) -> Table:
    """Return how each utterance came by its date, where a day was not simply found."""
    found = frame[~frame["is_researched"]]
    rows = truncate(found, keys=found["days_open"])
    settled = len(frame) - len(found)
    are, cards = ("is", "its card") if settled == 1 else ("are", "their cards")
    left_out = (
        f" {capitalised(counted(settled, 'statement'))} of a day that research settled {are} left "
        f"out; the reasoning is on {cards}."
    )
    order = "those whose day is least known first"
    return Table(
        block_id="table-dates",
        caption=text("How each statement came by its date"),
        columns=columns(DATES_COLUMNS),
        rows=tuple(_date(row, context) for row in each_row(rows)),
        note=text(
            "A range is kept as a range; “by” has an open start."
            + (left_out if settled else "")
            + truncation_note(len(found), "statements", order)
        ),
        numbers={"utterances": len(found)},
    )


def _date(row: Any, context: Context) -> Row:
    basis = capitalised(context.labels["date_basis"][row.date_basis])
    return row_of(
        claim_link(capitalised(row.speaker), row.claim_id),
        text(Run(row.date_words, style="quote")) if row.date_words else text("–"),
        context.short_dated(row.when),
        context.short_dated(row.outside_date) if row.outside_date else "–",
        text(f"{basis}. ") + with_links(row.date_note, context),
        key=row.utterance_id,
    )


def coverage(frame: pd.DataFrame, context: Context) -> Table:
    """Return how much of each coded text lies in a claim or an exclusion."""
    rows = [
        row_of(
            f"{row.publisher}, “{row.title}”",
            f"{row.n_chars:,}",
            f"{row.claimed:,}",
            f"{row.excluded:,}",
            f"{row.rest:,}",
            key=row.source_id,
        )
        for row in each_row(truncate(frame, LIMITS.short_rows, frame["n_chars"]))
    ]
    return Table(
        block_id="table-coverage",
        caption=text("Characters of each coded text, by what became of them"),
        columns=columns(
            {"Text": 3, "In all": 1.0, "In a claim": 1.0, "Excluded": 1.0, "Rest": 1.0},
            numbers=("In all", "In a claim", "Excluded", "Rest"),
        ),
        rows=tuple(rows),
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
    return Table(
        block_id="table-coder-agreement",
        caption=text("How far two coders agreed before anything was settled"),
        columns=columns(AGREEMENT_COLUMNS, numbers=("n", "Same value", "Alpha")),
        rows=tuple(_variable(row, context) for row in each_row(frame)),
        note=text(f"On a scale, alpha is of the claims that both placed on it: {scales[0]}."),
        numbers=numbers,
    )


def _variable(row: Any, context: Context) -> Row:
    return row_of(
        Run(capitalised(row.variable.replace("_", " ")), style="strong"),
        f"{row.n:,}",
        f"{row.raw:.2f}",
        "not defined" if pd.isna(row.alpha) else f"{row.alpha:.2f}",
        row.level,
        _parted(row.parted, context) or text("none"),
        key=row.variable,
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
