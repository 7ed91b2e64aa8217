"""How much of each coded text is accounted for."""

from __future__ import annotations

import pandas as pd

from claimbrief.dataset import each_row
from claimbrief.view import View


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
