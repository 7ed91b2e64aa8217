"""The claims in view as one flat table, safe to open in a spreadsheet.

One row is a claim, in the order of the ledger. Columns are in data/README.md. The file is UTF-8
with a byte order mark, which Excel needs to read it as UTF-8, with CRLF at the ends of lines and
every cell in quotation marks (RFC 4180). A cell that a spreadsheet would take for a formula begins
with an apostrophe (OWASP, CSV Injection). No cell holds a line break or a control character.

As on the cards, what an outlet says in its own words (a gloss, a summary, the outlet itself) has
the outlet for its speaker and the source's day for its date, and no quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from claimbrief.analysis.lasting import pairs
from claimbrief.analysis.lineage import ancestry
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import statements
from claimbrief.blocks import Download, claim_anchor, download, text
from claimbrief.dataset import each_row
from claimbrief.view import View
from claimbrief.wording import capitalised, counted

_ORDER = (
    "claim_id utterance_id day_earliest day_latest date_as_written certainty speaker side role "
    "venue attributed_to question_id question proposition_id proposition stance stance_label "
    "commitment commitment_label people people_label phase rests_on rests_on_label rendering "
    "renders response response_label denial "
    "denial_label quote hedge_words personnel_term paraphrase location figure_low figure_high "
    "evidence origin source_id source_publisher source_title source_url span_start span_end "
    "sourcing note card"
)
COLUMNS = _ORDER.split()
FORMULA = tuple("=+-@＝＋－＠")  # the last four are full-width: Excel takes them too
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
BYTE_ORDER_MARK = "\ufeff"


def file_of_claims(view: View) -> Download:
    """Return claims.csv: one row a claim in view, in the ledger's order."""
    table = table_of_claims(view)
    written = [_quoted([name, *table[name].tolist()]) for name in COLUMNS]
    lines = map(b",".join, zip(*written, strict=True))
    content = b"".join([BYTE_ORDER_MARK.encode(), *(line + b"\r\n" for line in lines)])
    told = text(
        f"{capitalised(counted(len(table), 'claim'))}, one row each, in the order of the cards, "
        "with words, dates, codes, evidence and source. It opens in a spreadsheet."
    )
    return download("file-claims-csv", "claims.csv", "text/csv", content, told, len(table))


@lru_cache(maxsize=1)
def table_of_claims(view: View) -> pd.DataFrame:
    """Return one row a claim in view, in the ledger's order, before any cell is made safe.

    Columns: COLUMNS, as text; "" where there is nothing.
    """
    frame = statements(view)
    return pd.DataFrame(
        {
            **{name: frame[name] for name in COLUMNS if name in frame},
            **_dates(view, frame),
            **_voices(view, frame),
            **_coding(view, frame),
            **_provenance(view, frame),
        },
        columns=COLUMNS,
        dtype="str",
    ).fillna("")


def _quoted(cells: list[str]) -> list[bytes]:
    """Return the cells of a column as they are written; a cell that recurs is made safe once."""
    return [*map({cell: _written(cell) for cell in set(cells)}.__getitem__, cells)]


def _written(cell: str) -> bytes:
    inner = safe_cell(cell).replace('"', '""')
    return f'"{inner}"'.encode()


def safe_cell(cell: object) -> str:
    """Return a cell that no spreadsheet runs: one line of text, no formula."""
    line = str(cell)
    if not line.isprintable():  # most are, and that is quickly seen
        line = _CONTROLS.sub(" ", line)
    line = line.strip()
    return f"'{line}" if line.startswith(FORMULA) else line


def _dates(view: View, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the bounds in view and the date as its table has it; an outlet's is the source's."""
    sources, said = view.record.sources, view.record.utterances
    is_outlet = frame["is_outlet_voice"]
    of_source = frame["source_id"].map(dict(pairs(sources, "source_id", "when")))
    whens = [
        source if outlet else own
        for source, own, outlet in zip(of_source, frame["when"], is_outlet, strict=True)
    ]
    written = frame["utterance_id"].map(dict(pairs(said, "utterance_id", "date")))
    return {
        "day_earliest": _texts(frame, (_day(when and when.earliest) for when in whens)),
        "day_latest": _texts(frame, (_day(when and when.latest) for when in whens)),
        "date_as_written": written.mask(
            is_outlet, frame["source_id"].map(dict(pairs(sources, "source_id", "published")))
        ),
    }


def _voices(view: View, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return who says it and where; an outlet says what it writes in its own words."""
    names = dict(pairs(view.whole.actors, "actor_id", "name"))
    spoken = [*each_row(view.record.speakers)]
    speaking = _joined((one.utterance_id, names[one.actor_id]) for one in spoken)
    roles = _joined((one.utterance_id, one.role) for one in spoken)
    speakers = frame["utterance_id"].map(speaking)
    venues = dict(pairs(view.record.utterances, "utterance_id", "venue"))
    is_outlet = frame["is_outlet_voice"]
    named = frame["attributed_to"].map(names).fillna("")
    is_glossed = is_outlet & (named == "") & (frame["rendering"] != "narrator")
    return {
        "speaker": speakers.mask(is_outlet, frame["publisher"]),
        "side": frame["side"].map(names).mask(is_outlet, ""),
        "role": frame["utterance_id"].map(roles).mask(is_outlet, ""),
        "venue": frame["utterance_id"].map(venues).mask(is_outlet, ""),
        "attributed_to": named.mask(is_glossed, speakers),
    }


def _coding(view: View, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the codes with their labels, and the figures and places in the text as text."""
    labelled = {
        f"{scheme}_label": frame[scheme].map(view.whole.labels(scheme))
        for scheme in ("stance", "commitment", "response", "denial", "rests_on")
    }
    return labelled | {
        "question": frame["question_id"].map(view.whole.labels("question")),
        "people": frame["role"],
        "people_label": frame["role"].map(view.whole.labels("role")),
        "figure_low": _whole(frame["troops_low"]),
        "figure_high": _whole(frame["troops_high"]),
        "span_start": _whole(frame["span_start"]),
        "span_end": _whole(frame["span_end"]),
    }


def _provenance(view: View, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what each claim rests on, the document that it is coded from, and its card."""
    sources, labels = view.record.sources, view.whole.labels("sourcing")
    grades = {one: labels[grade] for one, grade in pairs(sourcing(view), "utterance_id", "grade")}
    is_outlet = frame["is_outlet_voice"]
    return {
        "evidence": frame["claim_id"].map(_evidence(view)),
        "origin": frame["utterance_id"].map(_origins(view)).mask(is_outlet, ""),
        "source_publisher": frame["source_id"].map(dict(pairs(sources, "source_id", "publisher"))),
        "source_title": frame["source_id"].map(dict(pairs(sources, "source_id", "title"))),
        "source_url": frame["source_id"].map(dict(pairs(sources, "source_id", "url"))),
        "sourcing": frame["utterance_id"].map(grades).mask(is_outlet, ""),
        "card": _texts(frame, (f"#{claim_anchor(one)}" for one in frame["claim_id"].tolist())),
    }


def _evidence(view: View) -> dict[str, str]:
    """Return the evidence that each claim names, each item with how it is used."""
    relations = view.whole.labels("claim_evidence_relation")
    items = {item.evidence_id: item.description for item in each_row(view.record.evidence)}
    return _joined(
        (link.claim_id, f"{relations[link.relation]} {items[link.evidence_id]}")
        for link in each_row(view.record.claim_evidence)
    )


def _origins(view: View) -> dict[str, str]:
    """Return what each utterance comes from: relation, parent and why it is so coded."""
    relations = view.whole.labels("lineage_relation")
    items = {item.evidence_id: item.description for item in each_row(view.whole.evidence)}

    def parent(row: Any) -> str:
        known = items.get(row.parent, f"the utterance {row.parent}")
        return "an unknown origin" if row.is_unknown else known

    return _joined(
        (row.child, f"{relations[row.relation]} {parent(row)} ({row.basis})")
        for row in each_row(ancestry(view))
    )


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the texts of each key as one, in their order."""
    found: dict[str, list[str]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return {key: "; ".join(filter(None, several)) for key, several in found.items()}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _whole(numbers: pd.Series) -> pd.Series:
    return numbers.astype("str").mask(numbers.isna(), "")


def _texts(frame: pd.DataFrame, texts: Iterable[str]) -> pd.Series:
    return pd.Series([*texts], frame.index, dtype="str")
