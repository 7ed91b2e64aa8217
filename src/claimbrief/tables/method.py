"""How it was done: sources, dates, coverage, the codebook and the parameters."""

from __future__ import annotations

from claimbrief.analysis.coverage import coverage
from claimbrief.analysis.statements import first_claims, statements
from claimbrief.blocks import Column, Row, Run, Table, text
from claimbrief.dataset import each_row
from claimbrief.dates import When, parse
from claimbrief.links import cited
from claimbrief.view import View
from claimbrief.wording import capitalised, dated, day, short_dated

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
    "date_basis",
]


def table_sources(view: View) -> Table:
    """Return the documents that statements or dates come from."""
    used = {*view.record.claims["source_id"], *view.record.reports["source_id"]}
    dating = set(view.record.utterances.query("outside_date != ''")["outside_source_id"])
    sources = view.record.sources[view.record.sources["source_id"].isin(used | dating)]
    rows = []
    for source in each_row(sources):
        wire = f" ({source.wire})" if source.wire else ""
        use = "statements" if source.source_id in used else "a date only"
        published = (
            dated(source.when).removeprefix("on ")
            if isinstance(source.when, When)
            else "no day shown"
        )
        rows.append(
            Row(
                (
                    text(Run(str(source.title), str(source.url))),
                    text(f"{source.publisher}{wire}"),
                    text(published),
                    text(str(source.published_basis)),
                    text(use),
                )
            )
        )
    return Table(
        block_id="table-sources",
        caption=text("Sources"),
        columns=(
            Column("Document", share=1.8),
            Column("Publisher", share=1.1),
            Column("Published", share=1.3),
            Column("How that is known", share=2.6),
            Column("Used for", share=0.8),
        ),
        rows=tuple(rows),
        note=text("Titles of outside pages are our descriptions."),
        numbers={"sources": len(sources), "with_statements": len(used)},
    )


def table_dates(view: View) -> Table:
    """Return how each utterance came by its date."""
    said = statements(view)
    bases = view.whole.labels("date_basis")
    speakers = first_claims(said)
    rows = []
    for utterance_id in dict.fromkeys(said["utterance_id"]):
        row = view.record.utterances.set_index("utterance_id").loc[utterance_id]
        outside = short_dated(parse(row["outside_date"])) if row["outside_date"] else "–"
        rows.append(
            Row(
                (
                    text(capitalised(speakers.loc[utterance_id, "speaker"]))
                    + cited([speakers.loc[utterance_id, "claim_id"]]),
                    text(Run(row["date_words"], style="quote")) if row["date_words"] else text("–"),
                    text(short_dated(row["when"])),
                    text(outside),
                    text(f"{capitalised(bases[row['date_basis']])}. {row['date_note']}"),
                )
            )
        )
    return Table(
        block_id="table-dates",
        caption=text("How each statement came by its date"),
        columns=(
            Column("Statement", share=1.2),
            Column("The source’s words", share=1),
            Column("Date", share=0.9),
            Column("Another source", share=0.8),
            Column("Reasoning", share=3.4),
        ),
        rows=tuple(rows),
        note=text("A range is kept as a range; “by” has an open start."),
        numbers={"utterances": len(rows)},
    )


def table_coverage(view: View) -> Table:
    """Return how much of each coded text lies in a claim or an exclusion."""
    frame = coverage(view.whole)
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
        for row in each_row(frame)
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
        note=text("The rest is attribution (“he said”), quotation marks and line ends."),
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
                    text(scheme.replace("_", " ")),
                    text(Run(str(code.code), style="code")),
                    text(str(code.label)),
                    text(str(code.definition)),
                )
            )
            for code in each_row(codes)
        ]
    return Table(
        block_id="table-codebook",
        caption=text("Codebook"),
        columns=(
            Column("Variable", share=1),
            Column("Code", share=1.5),
            Column("Label", share=1.4),
            Column("When it applies", share=3.4),
        ),
        rows=tuple(rows),
        note=text(
            f"“{EXTERNAL}” after a date basis: another source fixes the day. Step, "
            "commitment, response and denial are four scales; they are never added."
        ),
        numbers={"codes": len(rows)},
    )


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
