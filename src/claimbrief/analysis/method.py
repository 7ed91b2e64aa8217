"""How it was done: dates of utterances, the codebook, coverage of texts, agreement of coders.

Alpha is that of Krippendorff, Content Analysis (2004), chapter 11, by the library `krippendorff`:
nominal, and ordinal for commitment, whose codes are a scale, but for the code for none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import krippendorff
import numpy as np
import pandas as pd

from claimbrief.dataset import RESEARCHED, Dataset, each_row
from claimbrief.lookups import pairs, sort_by_keys
from claimbrief.view import NO_START, View

EXTERNAL = "+external"  # ends a date basis whose day another source fixes
SCHEMES = [
    "question", "stance", "commitment", "rendering", "role", "phase", "response", "denial",
    "evidence_kind", "publicity", "lineage_relation", "report_relation", "sourcing", "extent",
    "rests_on", "date_basis",
]  # fmt: skip
Level = Literal["nominal", "ordinal"]
ORDINAL = {"commitment": "NA"}  # variables on a scale, each with the code that stands beside it


def dates(view: View) -> pd.DataFrame:
    """Return one row per utterance in view with how it came by its date, in order of last day.

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
    """Return one row per code of the printed schemes, in the order of SCHEMES and vocabulary.

    Columns: scheme, code, label, definition. Date bases that another source fixes are left out.
    """
    vocabulary = view.whole.vocabulary
    is_printed = vocabulary["scheme"].isin(SCHEMES) & ~vocabulary["code"].str.endswith(EXTERNAL)
    codes = vocabulary[is_printed]
    codes = sort_by_keys(codes, scheme=codes["scheme"].map(SCHEMES.index), order=codes["order"])
    return codes[["scheme", "code", "label", "definition"]]


def coverage(view: View) -> pd.DataFrame:
    """Return one row per source that was coded with offsets.

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


def coder_values(dataset: Dataset, source_ids: Sequence[str] = ()) -> pd.DataFrame:
    """Return one row per unit and variable that two coders or more judged; a column per coder.

    Index: variable, unit. With `source_ids`, only units that are claims of these sources.
    """
    codings = dataset.codings
    if source_ids:
        claims = dataset.claims
        own = claims.loc[claims["source_id"].isin(source_ids), "claim_id"]
        codings = codings[codings["unit"].isin(own)]
    table = codings.pivot(index=["variable", "unit"], columns="coder", values="value")
    return table[table.notna().sum(axis=1) > 1]


def agreement(view: View) -> pd.DataFrame:
    """Return one row per variable that two coders or more judged, in the order of their table.

    Where the brief uses some sources alone, the units are the claims of these. Columns: variable, n
    (units), same (units to which all gave the same value), raw (share of `same` in n), level
    ("nominal" or "ordinal"), n_alpha (units used for alpha: on a scale, those that every coder
    placed on it), alpha (NaN where it is not defined: a single value), parted (list of units to
    which they gave different values).
    """
    return _agreement(view.whole, view.at.sources)


def _agreement(dataset: Dataset, source_ids: Sequence[str] = ()) -> pd.DataFrame:
    values = coder_values(dataset, source_ids)
    rows = []
    for variable in dict.fromkeys(dataset.codings["variable"]):
        if variable not in values.index.get_level_values("variable"):
            continue
        units = values.loc[variable]
        is_same = units.nunique(axis=1) == 1
        level: Level = "ordinal" if variable in ORDINAL else "nominal"
        placed = units[~(units == ORDINAL.get(variable, "")).any(axis=1)]
        rows.append(
            {
                "variable": variable,
                "n": len(units),
                "same": int(is_same.sum()),
                "raw": float(is_same.mean()),
                "level": level,
                "n_alpha": len(placed),
                "alpha": _alpha(placed, level, list(dataset.labels(variable))),
                "parted": [str(unit) for unit in units.index[~is_same]],
            }
        )
    columns = "variable n same raw level n_alpha alpha parted"
    return pd.DataFrame(rows, columns=columns.split())


def _alpha(units: pd.DataFrame, level: Level, scale: Sequence[str]) -> float:
    """Return Krippendorff's alpha of the coders' values; NaN where they used one value alone."""
    given = {str(value) for value in units.to_numpy().flat if not pd.isna(value)}
    used = [*filter(given.__contains__, scale), *sorted(given.difference(scale))]
    if len(used) < 2:
        return float("nan")
    numbers = units.apply(lambda column: column.map(used.index, na_action="ignore")).to_numpy(float)
    measured = krippendorff.alpha(
        reliability_data=np.transpose(numbers),
        value_domain=range(len(used)),
        level_of_measurement=level,
    )
    return float(measured)


def agreement_lines(dataset: Dataset) -> list[str]:
    """Return the agreement as lines of text, for people."""
    frame = _agreement(dataset)
    if frame.empty:
        return [NOT_MEASURED]
    lines = [f"{'variable':<14} {'n':>5} {'raw':>6} {'alpha':>6}  level     parted on"]
    for row in each_row(frame):
        alpha = "–" if pd.isna(row.alpha) else f"{row.alpha:.2f}"
        parted = ", ".join(row.parted) or "none"
        lines.append(
            f"{row.variable:<14} {row.n:>5} {row.raw:>6.2f} {alpha:>6}  {row.level:<9} {parted}"
        )
    note = str(dataset.descriptor.get("codings_note", ""))
    return [*lines, *([note] if note else [])]


NOT_MEASURED = "Not measured: the dataset holds no values of a second coder."
