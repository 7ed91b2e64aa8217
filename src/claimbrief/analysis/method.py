"""How it was done: dates of utterances, the codebook, how much of each text is accounted for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimbrief.dataset import RESEARCHED
from claimbrief.lookups import pairs, sort_by_keys
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
    ranked = sort_by_keys(claims, is_other=~is_from_text)
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
    codes = sort_by_keys(codes, scheme=codes["scheme"].map(SCHEMES.index), order=codes["order"])
    return codes[["scheme", "code", "label", "definition"]]


def coverage(view: View) -> pd.DataFrame:
    """Return one row a source that was coded with offsets.

    Columns: source_id, title, publisher, n_chars, claimed, excluded, rest (code points; what is
    both claimed and excluded counts as claimed; the rest is attributions and line ends).
    """
    dataset = view.whole
    is_coded = dataset.sources["sha256"] != ""
    coded = dataset.sources.loc[is_coded, ["source_id", "title", "publisher", "n_chars"]]
    counts = []
    for source_id, length in pairs(coded, "source_id", "n_chars"):
        claimed = _spanned(dataset.claims, source_id, length)
        excluded = _spanned(dataset.exclusions, source_id, length) & ~claimed
        counts.append((claimed.sum(), excluded.sum(), (~claimed & ~excluded).sum()))
    found = pd.DataFrame(counts, columns=["claimed", "excluded", "rest"])
    return coded.reset_index(drop=True).join(found)


def _spanned(table: pd.DataFrame, source_id: str, length: int) -> np.ndarray:
    """Return for each code point of a source whether it lies in a span of the table."""
    is_spanned = np.zeros(length, dtype=bool)
    spans = table[table["source_id"] == source_id].dropna(subset=["span_start", "span_end"])
    for start, end in pairs(spans, "span_start", "span_end"):
        is_spanned[start:end] = True
    return is_spanned
