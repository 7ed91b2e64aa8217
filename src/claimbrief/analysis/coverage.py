"""How much of each coded text is accounted for, and how well two coders agree."""

from __future__ import annotations

import pandas as pd

from claimbrief.dataset import Dataset, each_row


def coverage(dataset: Dataset) -> pd.DataFrame:
    """Return one row a source that was coded with offsets.

    Columns: source_id, title, publisher, n_chars, claimed, excluded, rest (code points; what is
    both claimed and excluded counts as claimed; the rest is attributions and line ends).
    """
    rows = []
    for source in each_row(dataset.sources[dataset.sources["sha256"] != ""]):
        claimed = _covered(dataset.claims, str(source.source_id))
        excluded = _covered(dataset.exclusions, str(source.source_id)) - claimed
        length = int(str(source.n_chars))
        rows.append(
            (
                source.source_id,
                source.title,
                source.publisher,
                length,
                len(claimed),
                len(excluded),
                length - len(claimed) - len(excluded),
            )
        )
    columns = "source_id title publisher n_chars claimed excluded rest"
    return pd.DataFrame(rows, columns=columns.split())


def coders(dataset: Dataset) -> list[str]:
    """Return the coders whose values the dataset holds; agreement needs two."""
    return sorted(set(dataset.codings["coder"]))


def raw_agreement(dataset: Dataset) -> pd.DataFrame:
    """Return one row a variable that two or more coders gave for the same claims.

    Columns: variable, n (claims with a value of each of two or more coders), same (of these, the
    claims to which all gave the same value).
    """
    values = dataset.codings.groupby(["variable", "claim_id"])["value"].agg(["size", "nunique"])
    twice = values[values["size"] > 1].assign(same=values["nunique"] == 1)
    totals = twice.groupby(level="variable")["same"].agg(n="size", same="sum")
    return totals.reset_index()


def _covered(table: pd.DataFrame, source_id: str) -> set[int]:
    rows = table[table["source_id"] == source_id].dropna(subset=["span_start", "span_end"])
    points: set[int] = set()
    for start, end in zip(rows["span_start"], rows["span_end"], strict=True):
        points.update(range(int(start), int(end)))
    return points
