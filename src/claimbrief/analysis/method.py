"""How it was done: how each utterance came by its date, and the codebook."""

from __future__ import annotations

import pandas as pd

from claimbrief.dataset import RESEARCHED
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
