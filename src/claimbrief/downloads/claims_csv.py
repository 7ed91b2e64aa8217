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
import hashlib
import re
from collections.abc import Iterable

import pandas as pd

from claimbrief.analysis.record import sourcing
from claimbrief.blocks import Download
from claimbrief.dataset import UNKNOWN, each_row
from claimbrief.lookups import added_columns, pairs
from claimbrief.texts import Run, Text, text
from claimbrief.view import View, bounds_of
from claimbrief.wording import capitalised, counted

_ORDER = (
    "claim_id utterance_id day_earliest day_latest date_as_written certainty speaker side role "
    "venue attributed_to question_id question proposition_id proposition stance stance_label "
    "commitment commitment_label people people_label phase rests_on rests_on_label rendering "
    "renders response response_label denial "
    "denial_label quote hedge_words people_term paraphrase location figure_low figure_high "
    "figure_qualifier evidence origin source_id source_publisher source_title source_url "
    "span_start span_end sourcing note card"
)
COLUMNS = _ORDER.split()
FORMULA = tuple("=+-@＝＋－＠")  # the last four are full-width: Excel takes them too
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
BYTE_ORDER_MARK = "\ufeff"


def file_of_claims(view: View) -> Download:
    """Return claims.csv: one row per claim in view, in the ledger's order."""
    table = claims_table(view)
    safe = table.apply(lambda cells: cells.map({cell: safe_cell(cell) for cell in cells.unique()}))
    lines = safe.to_csv(index=False, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows = {0: "", 1: " in one row"}.get(len(table), ", one row each, in the order of the cards")
    description = text(
        f"{capitalised(counted(len(table), 'claim'))}{rows}, "
        "with words, dates, codes, evidence and source. It opens in a spreadsheet."
    )
    content = BYTE_ORDER_MARK + lines
    return download("file-claims-csv", "claims.csv", "text/csv", content, description, len(table))


def claims_table(view: View) -> pd.DataFrame:
    """Return one row per claim in view, in the ledger's order, before any cell is made safe.

    Columns: COLUMNS, and `own_NAME` for each column NAME of claims that only this package has; as
    text, "" where there is nothing.
    """
    frame = view.statements
    added = added_columns(view.whole).add_prefix("own_")
    columns = {
        **{name: frame[name] for name in COLUMNS if name in frame},
        **_dates(view, frame),
        **_speakers(view, frame),
        **_coding(view, frame),
        **_provenance(view, frame),
        **{str(name): frame["claim_id"].map(cells) for name, cells in added.items()},
    }
    order = [*COLUMNS, *added]
    return pd.DataFrame(columns, columns=order, dtype="str").fillna("")


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet runs: one line of text, no formula."""
    line = _CONTROLS.sub(" ", cell).strip()
    return f"'{line}" if line.startswith(FORMULA) else line


def _dates(view: View, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the bounds in view and the date as its table has it; an outlet's is the source's."""
    sources, utterances = view.record.sources, view.record.utterances
    is_outlet = frame["is_outlet_voice"]
    of_source = frame["source_id"].map(dict(pairs(sources, "source_id", "when")))
    whens = frame["when"].mask(is_outlet, of_source)
    bounds = bounds_of(whens)
    written = frame["utterance_id"].map(dict(pairs(utterances, "utterance_id", "date")))
    published = frame["source_id"].map(dict(pairs(sources, "source_id", "published")))
    return {
        "day_earliest": bounds["earliest"].dt.strftime("%Y-%m-%d"),
        "day_latest": bounds["latest"].dt.strftime("%Y-%m-%d"),
        "date_as_written": written.mask(is_outlet, published),
    }


def _speakers(view: View, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return who says it and where; an outlet says what it writes in its own words."""
    names = dict(pairs(view.whole.actors, "actor_id", "name"))
    voices = view.record.speakers
    actors = _joined((it, names[actor]) for it, actor in pairs(voices, "utterance_id", "actor_id"))
    speakers = frame["utterance_id"].map(actors)
    roles = frame["utterance_id"].map(_joined(pairs(voices, "utterance_id", "role")))
    venues = dict(pairs(view.record.utterances, "utterance_id", "venue"))
    is_outlet = frame["is_outlet_voice"]
    named = frame["attributed_to"].map(names).fillna("")
    is_glossed = is_outlet & (named == "") & (frame["rendering"] != "narrator")
    return {
        "speaker": speakers.mask(is_outlet, frame["publisher"]),
        "side": frame["side"].map(names).mask(is_outlet, ""),
        "role": roles.mask(is_outlet, ""),
        "venue": frame["utterance_id"].map(venues).mask(is_outlet, ""),
        "attributed_to": named.mask(is_glossed, speakers),
    }


def _coding(view: View, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the codes with their labels, and the people that the proposition is of."""
    labelled = {
        f"{scheme}_label": frame[scheme].map(view.whole.labels(scheme))
        for scheme in ("stance", "commitment", "response", "denial", "rests_on")
    }
    return labelled | {
        "question": frame["question_id"].map(view.whole.labels("question")),
        "people": frame["role"],
        "people_label": frame["role"].map(view.whole.labels("role")),
    }


def _provenance(view: View, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what each claim rests on, the document that it is coded from, and its card."""
    sources = view.record.sources.set_index("source_id")
    grades = sourcing(view).set_index("utterance_id")["grade"].map(view.whole.labels("sourcing"))
    is_outlet = frame["is_outlet_voice"]
    return {
        "evidence": frame["claim_id"].map(_evidence(view)),
        "origin": frame["utterance_id"].map(_origins(view)).mask(is_outlet, ""),
        "source_publisher": frame["publisher"],
        "source_title": frame["source_id"].map(sources["title"]),
        "source_url": frame["source_id"].map(sources["url"]),
        "sourcing": frame["utterance_id"].map(grades).mask(is_outlet, ""),
        "card": "#" + frame["claim_id"],
    }


def _evidence(view: View) -> dict[str, str]:
    """Return the evidence that each claim names, each item with how it is used."""
    relations = view.whole.labels("claim_evidence_relation")
    items = dict(pairs(view.record.evidence, "evidence_id", "description"))
    return _joined(
        (link.claim_id, f"{relations[link.relation]} {items[link.evidence_id]}")
        for link in each_row(view.record.claim_evidence)
    )


def _origins(view: View) -> dict[str, str]:
    """Return what each utterance comes from: relation, parent and why it is so coded."""
    relations = view.whole.labels("lineage_relation")
    names = dict(pairs(view.whole.evidence, "evidence_id", "description"))
    names[UNKNOWN] = "an unknown source"
    return _joined(
        (
            row.child,
            f"{relations[row.relation]} {names.get(row.parent, f'the utterance {row.parent}')} "
            f"({row.basis})",
        )
        for row in each_row(view.record.lineage)
    )


def _joined(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the texts of each key as one, in their order."""
    found: dict[str, list[str]] = {}
    for key, part in rows:
        found.setdefault(key, []).append(part)
    return {key: "; ".join(filter(None, parts)) for key, parts in found.items()}


def download(
    block_id: str,
    file_name: str,
    media_type: str,
    content: str | bytes,
    description: Text,
    rows: int,
) -> Download:
    """Return a file's block with the size in bytes and the SHA-256 of its content (text: UTF-8)."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    sha256, size = hashlib.sha256(raw).hexdigest(), len(raw)
    facts = text(f"{size:,} bytes, SHA-256 ", Run(sha256, style="code"))
    numbers = {"rows": rows, "bytes": size}
    about = (block_id, file_name, media_type, raw, description)
    return Download(*about, rows, size, sha256, facts, numbers=numbers)
