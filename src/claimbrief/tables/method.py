"""How it was done: sources, dates, coverage, the codebook and the parameters."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.coverage import coverage
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import first_claims, statements
from claimbrief.blocks import Column, Row, Run, Table, text
from claimbrief.dataset import RESEARCHED, each_row
from claimbrief.dates import When, parse
from claimbrief.links import cited, claim_links, foremost, rest_told
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, short_dated

EXTERNAL = "+external"
SCHEMES = [
    "question",
    "stance",
    "commitment",
    "rendering",
    "content_role",
    "rung",
    "response",
    "denial",
    "evidence_kind",
    "publicity",
    "lineage_relation",
    "report_relation",
    "sourcing",
    "date_basis",
]

PLAIN = {  # bases that need no telling beside a day
    "Day shown with the page.",
    "No day is shown; not earlier than the words that it carries.",
}
MANY = 20  # so many utterances


def table_sources(view: View) -> Table:
    """Return the documents that statements or dates come from, with the claims that they carry."""
    record = view.record
    carried = record.claims["source_id"].value_counts().to_dict()
    used = {*carried, *record.reports["source_id"]}
    dating = set(record.utterances.query("outside_date != ''")["outside_source_id"])
    sources = record.sources[record.sources["source_id"].isin(used | dating)]
    shown = foremost(sources, sources["source_id"].map(carried).fillna(0))
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
            reasons.append(f"{source.publisher}: {source.published_basis}")
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
            + " ".join(["How a day of publication was found:", *reasons] if reasons else [])
            + rest_told(len(sources), "documents", "those that carry most claims first")
        ),
        abreast=2,
        numbers={"sources": len(sources), "with_statements": len(used)},
    )


def _reported_beside(view: View, sources: pd.DataFrame) -> dict[str, int]:
    """Return for each source how many utterances it reports whose claims another one carries."""
    reports = view.record.reports
    reports = reports[reports["source_id"].isin(sources["source_id"])]
    first = first_claims(statements(view))["claim_id"]
    told = reports.assign(claim_id=reports["utterance_id"].map(first)).dropna(subset="claim_id")
    carried = dict(
        zip(view.record.claims["claim_id"], view.record.claims["source_id"], strict=True)
    )
    is_beside = told["claim_id"].map(carried) != told["source_id"]
    counts = told[is_beside].groupby("source_id")["claim_id"].nunique()
    return {str(source_id): int(count) for source_id, count in counts.items()}


def table_sourcing(view: View) -> Table:
    """Return how well the counted utterances are sourced: how many stand at each grade."""
    own = statements(view).query("is_counted")
    frame = sourcing(view)
    frame = frame[frame["utterance_id"].isin(own["utterance_id"])]
    first = first_claims(own)["claim_id"]
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
                    text(f"{len(found)}"),
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


def table_dates(view: View) -> Table:
    """Return how each utterance came by its date, where a day was not simply found."""
    said = statements(view)
    bases = view.whole.labels("date_basis")
    speakers = first_claims(said)["speaker"]
    utterances = view.record.utterances.set_index("utterance_id", drop=False)
    utterances = utterances.loc[said["utterance_id"].unique()]
    is_day = pd.Series([when.is_day for when in utterances["when"]], utterances.index, dtype=bool)
    found = utterances[~((utterances["date_basis"] == RESEARCHED) & is_day)]
    shown = foremost(found, found["when"].map(_days_open))
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
            + rest_told(len(found), "statements", "those whose day is least known first")
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
    shown = foremost(frame, frame["n_chars"])
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
            + rest_told(len(frame), "texts", "the longest first")
        ),
        numbers={"texts": len(frame)},
    )


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
            f"“{EXTERNAL}” after a date basis: another source fixes the day. Step, "
            "commitment, response and denial are four scales; they are never added."
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
