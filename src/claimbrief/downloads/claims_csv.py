"""The claims in view as one flat table, safe to open in a spreadsheet.

One row is a claim, in the order of the ledger. Columns are in data/README.md. The file is UTF-8
with a byte order mark, which Excel needs to read it as UTF-8, with CRLF at the ends of lines and
every cell in quotation marks (RFC 4180). A cell that a spreadsheet would take for a formula begins
with an apostrophe (OWASP, CSV Injection). No cell holds a line break or a control character.

As on the cards, what an outlet says in its own words (a gloss, a summary, the outlet itself) has
the outlet for its speaker and the source's day for its date, and no quote.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pandas as pd

from claimbrief.analysis.lineage import ancestry
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import statements
from claimbrief.blocks import Download, claim_anchor, download, text
from claimbrief.dataset import each_row
from claimbrief.dates import When
from claimbrief.view import View
from claimbrief.wording import capitalised, counted

_ORDER = (
    "claim_id utterance_id day_earliest day_latest date_as_written certainty speaker side role "
    "venue attributed_to question_id question proposition_id proposition stance stance_label "
    "commitment commitment_label step step_label rendering renders response response_label denial "
    "denial_label quote hedge_words personnel_term paraphrase location figure_low figure_high "
    "evidence origin source_id source_publisher source_title source_url span_start span_end "
    "sourcing note card"
)
COLUMNS = _ORDER.split()
FORMULA = tuple("=+-@＝＋－＠")  # the last four are full-width: Excel takes them too
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
BYTE_ORDER_MARK = "\ufeff"

Cells = dict[str, object]


def file_of_claims(view: View) -> Download:
    """Return claims.csv: one row a claim in view, in the ledger's order."""
    rows = table_of_claims(view)
    written = StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: safe_cell(cell) for name, cell in row.items()} for row in rows)
    content = BYTE_ORDER_MARK + written.getvalue()
    told = text(
        f"{capitalised(counted(len(rows), 'claim'))}, one row each, in the order of the cards, "
        "with words, dates, codes, evidence and source. It opens in a spreadsheet."
    )
    return download("file-claims-csv", "claims.csv", "text/csv", content, told, len(rows))


def table_of_claims(view: View) -> list[Cells]:
    """Return one row a claim in view, with each of COLUMNS, before any cell is made safe."""
    known = _known(view)
    return [_row(known, claim) for claim in each_row(statements(view))]


def safe_cell(cell: object) -> str:
    """Return a cell that no spreadsheet runs: one line of text, no formula."""
    line = _CONTROLS.sub(" ", str(cell)).strip()
    return f"'{line}" if line.startswith(FORMULA) else line


@dataclass(frozen=True)
class _Known:
    """What the rows look up: rows of tables by id, labels by scheme and code, texts by id."""

    utterances: Mapping[str, Any]
    sources: Mapping[str, Any]
    names: Mapping[str, str]
    labels: Mapping[tuple[str, str], str]
    speakers: Mapping[str, str]
    roles: Mapping[str, str]
    grades: Mapping[str, str]
    evidence: Mapping[str, str]
    origins: Mapping[str, str]

    def label(self, scheme: str, code: str) -> str:
        """Return the printed label of a code, none for no code."""
        return self.labels[scheme, code] if code else ""


def _known(view: View) -> _Known:
    record = view.record
    names = view.whole.actors.set_index("actor_id")["name"]
    codes = view.whole.vocabulary
    labels = dict(
        zip(zip(codes["scheme"], codes["code"], strict=True), codes["label"], strict=True)
    )
    sourced = sourcing(view)
    grades = sourced["grade"].map(view.whole.labels("sourcing"))
    return _Known(
        utterances={str(row.utterance_id): row for row in each_row(record.utterances)},
        sources={str(row.source_id): row for row in each_row(record.sources)},
        names=dict(zip(names.index, names, strict=True)),
        labels=labels,
        speakers=_joined(record.speakers["utterance_id"], record.speakers["actor_id"].map(names)),
        roles=_joined(record.speakers["utterance_id"], record.speakers["role"]),
        grades=dict(zip(sourced["utterance_id"], grades, strict=True)),
        evidence=_evidence(view),
        origins=_origins(view),
    )


def _joined(keys: pd.Series, texts: pd.Series) -> dict[str, str]:
    """Return the texts of each key as one, in the order of the table."""
    found: dict[str, list[str]] = {}
    for key, one in zip(keys, texts, strict=True):
        found.setdefault(key, []).append(one)
    return {key: "; ".join(filter(None, several)) for key, several in found.items()}


def _evidence(view: View) -> dict[str, str]:
    """Return the evidence that each claim names, each item with how it is used."""
    links = view.record.claim_evidence
    items = view.record.evidence.set_index("evidence_id")["description"]
    relations = links["relation"].map(view.whole.labels("claim_evidence_relation"))
    return _joined(links["claim_id"], relations + " " + links["evidence_id"].map(items))


def _origins(view: View) -> dict[str, str]:
    """Return what each utterance comes from: relation, parent and why it is so coded."""
    rows = ancestry(view)
    relations = rows["relation"].map(view.whole.labels("lineage_relation"))
    items = view.whole.evidence.set_index("evidence_id")["description"].to_dict()
    parents = [
        "an unknown origin" if is_unknown else items.get(parent, f"the utterance {parent}")
        for parent, is_unknown in zip(rows["parent"], rows["is_unknown"], strict=True)
    ]
    told = relations + " " + pd.Series(parents, rows.index, dtype="str")
    return _joined(rows["child"], told + " (" + rows["basis"] + ")")


def _row(known: _Known, claim: Any) -> Cells:
    source = known.sources[claim.source_id]
    return {
        "claim_id": claim.claim_id,
        "utterance_id": claim.utterance_id,
        **_date(known, claim),
        **_voice(known, claim),
        **_coding(known, claim),
        "quote": claim.quote,
        "hedge_words": claim.hedge_words,
        "personnel_term": claim.personnel_term,
        "paraphrase": claim.paraphrase,
        "location": claim.location,
        "figure_low": _whole(claim.troops_low),
        "figure_high": _whole(claim.troops_high),
        "evidence": known.evidence.get(claim.claim_id, ""),
        "origin": "" if claim.is_outlet_voice else known.origins.get(claim.utterance_id, ""),
        "source_id": claim.source_id,
        "source_publisher": source.publisher,
        "source_title": source.title,
        "source_url": source.url,
        "span_start": _whole(claim.span_start),
        "span_end": _whole(claim.span_end),
        "sourcing": "" if claim.is_outlet_voice else known.grades[claim.utterance_id],
        "note": claim.note,
        "card": f"#{claim_anchor(claim.claim_id)}",
    }


def _date(known: _Known, claim: Any) -> Cells:
    """Return the bounds in view and the date as its table has it; an outlet's is the source's."""
    source = known.sources[claim.source_id]
    when: When | None = source.when if claim.is_outlet_voice else claim.when
    written = (
        source.published if claim.is_outlet_voice else known.utterances[claim.utterance_id].date
    )
    return {
        "day_earliest": when.earliest.isoformat() if when and when.earliest else "",
        "day_latest": when.latest.isoformat() if when else "",
        "date_as_written": written,
        "certainty": claim.certainty,
    }


def _voice(known: _Known, claim: Any) -> Cells:
    """Return who says it and where; an outlet says what it writes in its own words."""
    named = known.names[claim.attributed_to] if claim.attributed_to else ""
    if claim.is_outlet_voice:
        speakers = "" if claim.rendering == "narrator" else known.speakers[claim.utterance_id]
        return {"speaker": claim.publisher, "attributed_to": named or speakers}
    return {
        "speaker": known.speakers[claim.utterance_id],
        "side": known.names[claim.side],
        "role": known.roles[claim.utterance_id],
        "venue": known.utterances[claim.utterance_id].venue,
        "attributed_to": named,
    }


def _coding(known: _Known, claim: Any) -> Cells:
    has_step = claim.commitment != "NA" and not pd.isna(claim.rung)
    step = str(claim.rung) if has_step else ""
    return {
        "question_id": claim.question_id,
        "question": known.label("question", claim.question_id),
        "proposition_id": claim.proposition_id,
        "proposition": claim.proposition,
        "stance": claim.stance,
        "stance_label": known.label("stance", claim.stance),
        "commitment": claim.commitment,
        "commitment_label": known.label("commitment", claim.commitment),
        "step": step,
        "step_label": known.label("rung", step),
        "rendering": claim.rendering,
        "renders": claim.renders,
        "response": claim.response,
        "response_label": known.label("response", claim.response),
        "denial": claim.denial,
        "denial_label": known.label("denial", claim.denial),
    }


def _whole(value: Any) -> str:
    return "" if pd.isna(value) else str(int(value))
