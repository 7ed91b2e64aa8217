"""How it was done: dates of utterances, the codebook, how much of each text is accounted for."""

from __future__ import annotations

import pandas as pd

from claimbrief.dataset import RESEARCHED, each_row
from claimbrief.view import NO_START, View

EXTERNAL = "+external"  # ends a date basis whose day another source fixes
SCHEMES = [
    "question", "stance", "commitment", "rendering", "role", "phase", "response", "denial",
    "evidence_kind", "publicity", "lineage_relation", "report_relation", "sourcing", "extent",
    "rests_on", "date_basis",
]  # fmt: skip


def dates(view: View) -> pd.DataFrame:
    """Return one row an utterance in view with how it came by its date, in order of last day.

    Columns: utterance_id, speaker, claim_id (the claim to cite: from a coded text if there is one),
    date_words (the source's words of time), when (EDTF), outside_date (EDTF, as another source
    gives it, "" if none does), date_basis (code), date_note, days_open (days between the bounds; an
    open start counts from year 1), is_researched (whether research settled its day).
    """
    claims = view.statements
    is_from_text = claims["span_start"].notna() & ~claims["is_outlet_voice"]
    ranked = claims.loc[(~is_from_text).sort_values(kind="stable").index]
    cited = ranked.drop_duplicates("utterance_id").set_index("utterance_id")["claim_id"]
    columns = ["date_words", "outside_date", "date_basis", "date_note"]
    written = view.record.utterances.set_index("utterance_id")[columns]
    rows = claims.drop_duplicates("utterance_id")
    span = rows["latest"] - rows["earliest"].fillna(NO_START)
    found = rows[["utterance_id", "speaker", "when"]].join(written, on="utterance_id")
    is_day = rows["earliest"] == rows["latest"]
    return found.assign(
        claim_id=rows["utterance_id"].map(cited),
        days_open=span.dt.days,
        is_researched=(found["date_basis"] == RESEARCHED) & is_day,
    )


def codebook(view: View) -> pd.DataFrame:
    """Return one row a code of the printed schemes, in the order of SCHEMES and of the vocabulary.

    Columns: scheme, code, label, definition. Date bases that another source fixes are left out.
    """
    vocabulary = view.whole.vocabulary
    is_printed = vocabulary["scheme"].isin(SCHEMES) & ~vocabulary["code"].str.endswith(EXTERNAL)
    codes = vocabulary[is_printed]
    codes = codes.assign(position=codes["scheme"].map(SCHEMES.index))
    codes = codes.sort_values(["position", "order"], kind="stable")
    return codes[["scheme", "code", "label", "definition"]]


def coverage(view: View) -> pd.DataFrame:
    """Return one row a source that was coded with offsets.

    Columns: source_id, title, publisher, n_chars, claimed, excluded, rest (code points; what is
    both claimed and excluded counts as claimed; the rest is attributions and line ends).
    """
    dataset = view.whole
    claimed, excluded = _spans(dataset.claims), _spans(dataset.exclusions)
    rows = []
    for source in each_row(dataset.sources[dataset.sources["sha256"] != ""]):
        own, out = claimed.get(source.source_id, []), excluded.get(source.source_id, [])
        n_claimed, n_either = _length(own), _length([*own, *out])
        rows.append(
            (
                source.source_id,
                source.title,
                source.publisher,
                source.n_chars,
                n_claimed,
                n_either - n_claimed,
                source.n_chars - n_either,
            )
        )
    columns = "source_id title publisher n_chars claimed excluded rest"
    return pd.DataFrame(rows, columns=columns.split())


def _spans(table: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Return the spans of a table's rows by source: start and end, in code points."""
    rows = table.dropna(subset=["span_start", "span_end"])
    spans: dict[str, list[tuple[int, int]]] = {}
    columns = [rows[name].tolist() for name in ("source_id", "span_start", "span_end")]
    for source_id, start, end in zip(*columns, strict=True):
        spans.setdefault(source_id, []).append((start, end))
    return spans


def _length(spans: list[tuple[int, int]]) -> int:
    """Return how many code points lie in any of the spans."""
    length, reached = 0, 0
    for start, end in sorted(spans):
        length += max(end - max(start, reached), 0)
        reached = max(reached, end)
    return length
