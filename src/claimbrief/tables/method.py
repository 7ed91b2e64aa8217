"""How it was done: dates, coverage, the codebook and the parameters."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.agreement import ORDINAL, agreement
from claimbrief.analysis.coverage import coverage
from claimbrief.analysis.statements import first_claims, statements
from claimbrief.blocks import Column, Row, Run, Table, text
from claimbrief.dataset import RESEARCHED, each_row
from claimbrief.dates import When, parse
from claimbrief.links import cited, foremost, most_rows, most_told, rest_told
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, day, number, short_dated

EXTERNAL = "+external"
MOST_PARTED = 60  # so many claims on which coders parted are named
SCHEMES = [
    "question",
    "stance",
    "commitment",
    "rendering",
    "role",
    "phase",
    "response",
    "denial",
    "evidence_kind",
    "publicity",
    "lineage_relation",
    "report_relation",
    "sourcing",
    "extent",
    "rests_on",
    "date_basis",
]


def table_dates(view: View) -> Table:
    """Return how each utterance came by its date, where a day was not simply found."""
    said = statements(view)
    bases = view.whole.labels("date_basis")
    speakers = first_claims(view, said)["speaker"]
    utterances = view.record.utterances.set_index("utterance_id", drop=False)
    utterances = utterances.loc[said["utterance_id"].unique()]
    is_day = pd.Series([when.is_day for when in utterances["when"]], utterances.index, dtype=bool)
    found = utterances[~((utterances["date_basis"] == RESEARCHED) & is_day)]
    shown = foremost(found, found["when"].map(_days_open), most_told(view))
    claims = _dated_claims(said[said["utterance_id"].isin(shown.index)])
    rows = []
    for row in each_row(shown):
        outside = short_dated(parse(row.outside_date)) if row.outside_date else "–"
        rows.append(
            Row(
                (
                    text(capitalised(speakers[row.utterance_id]))
                    + cited([claims[row.utterance_id]]),
                    text(Run(row.date_words, style="quote")) if row.date_words else text("–"),
                    text(short_dated(row.when)),
                    text(outside),
                    text(f"{capitalised(bases[row.date_basis])}. {row.date_note}"),
                )
            )
        )
    others = len(utterances) - len(found)
    left = f" {capitalised(counted(others, 'statement'))} of a day that research settled are left "
    left += "out; the reasoning is on their cards."
    return Table(
        block_id="table-dates",
        caption=text("How each statement came by its date"),
        columns=(
            Column("Statement", share=1.8),
            Column("The source’s words", share=1),
            Column("Date", share=0.95),
            Column("Another source", share=0.85),
            Column("Reasoning", share=5.4),
        ),
        rows=tuple(rows),
        note=text(
            "A range is kept as a range; “by” has an open start."
            + (left if others else "")
            + rest_told(
                len(found), "statements", "those whose day is least known first", most_told(view)
            )
        ),
        numbers={"utterances": len(found)},
    )


def _days_open(when: When) -> int:
    """Return how many days a statement may be of; an open start leaves most open."""
    return when.latest.toordinal() - (when.earliest.toordinal() if when.earliest else 0)


def _dated_claims(said: pd.DataFrame) -> dict[str, str]:
    """Return a claim of each utterance, from a text whose words of time are told if it can be."""
    is_told = said["span_start"].notna() & ~said["is_outlet_voice"]
    chosen = said.loc[(~is_told).sort_values(kind="stable").index].drop_duplicates("utterance_id")
    return dict(zip(chosen["utterance_id"], chosen["claim_id"], strict=True))


def table_coverage(view: View) -> Table:
    """Return how much of each coded text lies in a claim or an exclusion."""
    frame = coverage(view.whole)
    shown = foremost(frame, frame["n_chars"], most_rows(view))
    rows = [
        Row(
            (
                text(f"{row.publisher}, “{row.title}”"),
                *(
                    text(f"{count:,}")
                    for count in (row.n_chars, row.claimed, row.excluded, row.rest)
                ),
            )
        )
        for row in each_row(shown)
    ]
    return Table(
        block_id="table-coverage",
        caption=text("Characters of each coded text, by what became of them"),
        columns=(
            Column("Text", share=3),
            Column("In all", "end"),
            Column("In a claim", "end"),
            Column("Excluded", "end"),
            Column("Rest", "end"),
        ),
        rows=tuple(rows),
        note=text(
            "The rest is attribution (“he said”), quotation marks and line ends."
            + rest_told(len(frame), "texts", "the longest first", most_rows(view))
        ),
        numbers={"texts": len(frame)},
    )


def table_coder_agreement(view: View) -> Table:
    """Return how often two coders gave the same value to each variable, and where they parted."""
    frame = agreement(view.whole, view.at.sources)
    rows = []
    for row in each_row(frame):
        alpha = "not defined" if pd.isna(row.alpha) else f"{row.alpha:.2f}"
        rows.append(
            Row(
                (
                    text(Run(capitalised(row.variable.replace("_", " ")), style="strong")),
                    text(f"{row.n:,}"),
                    text(f"{row.raw:.2f}"),
                    text(alpha),
                    text(row.level),
                    text(", ".join(row.parted[:MOST_PARTED]) or "none", _more(row.parted)),
                )
            )
        )
    scales = [f"{one} without {code}" for one, code in ORDINAL.items()]
    return Table(
        block_id="table-coder-agreement",
        caption=text("How far two coders agreed before anything was settled"),
        columns=(
            Column("Variable", share=1.3),
            Column("n", "end", 0.5),
            Column("Same value", "end", 0.8),
            Column("Alpha", "end", 0.8),
            Column("Level", share=0.9),
            Column("Claims on which they parted", share=5),
        ),
        rows=tuple(rows),
        note=text(f"On a scale, alpha is of the claims that both placed on it: {scales[0]}."),
        numbers={
            str(row.variable): [
                row.n,
                row.same,
                None if pd.isna(row.alpha) else round(row.alpha, 3),
            ]
            for row in each_row(frame)
        },
    )


def _more(parted: list[str]) -> str:
    more = len(parted) - MOST_PARTED
    return f" and {number(more)} more, in codings.csv" if more > 0 else ""


def table_codebook(view: View) -> Table:
    """Return the codes with their definitions, as the dataset's vocabulary has them."""
    vocabulary = view.whole.vocabulary
    rows = []
    for scheme in SCHEMES:
        codes = vocabulary[vocabulary["scheme"] == scheme].sort_values("order", kind="stable")
        codes = codes[~codes["code"].str.endswith(EXTERNAL)]
        rows += [
            Row(
                (
                    text(f"{scheme.replace('_', ' ')} {code.code}"),
                    text(Run(_ended(str(code.label)), style="strong"), f" {code.definition}"),
                )
            )
            for code in each_row(codes)
        ]
    return Table(
        block_id="table-codebook",
        caption=text("Codebook"),
        columns=(
            Column("Variable and code", share=1.4),
            Column("Label, and when it applies", share=2.2),
        ),
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


def table_parameters(view: View) -> Table:
    """Return the viewpoint of this brief and the digest of its dataset."""
    at, dataset = view.at, view.whole
    facts = {
        "As of": day(at.as_of),
        "Basis": at.basis,
        "Window": f"{day(at.window_start)} to {day(at.window_end)}",
        "Sources": ", ".join(at.sources) or "all",
        "Actors": ", ".join(at.actors) or "all",
        "Undated source taken as published": day(at.published) if at.published else "not assumed",
        "Dataset": f"{dataset.descriptor['name']} {dataset.descriptor.get('version', '')}".strip(),
        "Dataset digest (SHA-256)": dataset.digest,
    }
    rows = tuple(Row((text(label), text(value))) for label, value in facts.items())
    return Table(
        block_id="table-parameters",
        caption=text("What this brief was built from"),
        columns=(Column("Setting"), Column("Value", share=2.5)),
        rows=rows,
        numbers={"as_of": at.as_of.isoformat(), "digest": dataset.digest},
    )
