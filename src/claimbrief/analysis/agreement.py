"""How well two coders agree: raw agreement and Krippendorff's alpha for each variable.

The values are those of the table `codings`: what each coder gave before anything was settled. Alpha
is that of Krippendorff, Content Analysis (2004), chapter 11, by the library `krippendorff`:
nominal, and ordinal for commitment, whose codes are a scale, but for the code for none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import krippendorff
import numpy as np
import pandas as pd

from claimbrief.dataset import Dataset, each_row
from claimbrief.view import View

Level = Literal["nominal", "ordinal"]
ORDINAL = {"commitment": "NA"}  # variables on a scale, each with the code that stands beside it


def coder_values(dataset: Dataset, source_ids: Sequence[str] = ()) -> pd.DataFrame:
    """Return one row a unit and variable that two coders or more judged; a column a coder.

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
    """Return one row a variable that two coders or more judged, in the order of their table.

    Where the brief uses some sources alone, the units are the claims of these. Columns: variable, n
    (units), same (units to which all gave the same value), raw (share of `same` in n), level
    ("nominal" or "ordinal"), n_alpha (units that alpha is of: of a scale those that every coder
    placed on it), alpha (NaN where it is not defined: one value alone), parted (list of units to
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
