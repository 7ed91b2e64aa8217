"""What the rules share: rows of a frame that become problems.

The words of each rule are in rules.csv, a row per rule: `table` and `column` (empty where the rule
holds for several), and `found`, `accepted` and `todo`, which may name columns of the rows, as
"{stance} with {denial}", and the cell as "{cell}". An empty `found` is the cell. A rule that each
row of its table keeps or breaks by itself has its condition there, `where`, as pandas evaluates it;
other tables are named there as “@claims”.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from claimbrief.dataset import TABLES, Dataset, each_row
from claimbrief.errors import Problem

with (Path(__file__).parent / "rules.csv").open(encoding="utf-8", newline="") as _file:
    RULES = {rule["rule"]: rule for rule in csv.DictReader(_file)}

MAX_COMPARED = 20  # cells of a column; where more are wrong, they are no slips of the keyboard
MINUS = "−"  # of codes, which a keyboard does not have


def problems(rule: str, rows: pd.DataFrame, table: str = "", column: str = "") -> Iterator[Problem]:
    """Yield a problem for each of these rows, which break a rule, at the row's number.

    `table` and `column` say where, if the rule itself does not.
    """
    if rows.empty:
        return
    words = RULES[rule]
    table, column = table or words["table"], column or words["column"]
    for row in each_row(rows):
        cells = row._asdict()
        cells["cell"] = cells.get(column)
        found, accepted, todo = (
            words[part].format(**cells) for part in ("found", "accepted", "todo")
        )
        found = found or str(cells["cell"]) or "an empty cell"
        yield Problem(table, int(row.Index), column, found, accepted, todo)


def row_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the rows for which the condition of a rule in rules.csv holds."""
    tables = {name: dataset.table(name) for name in TABLES}
    for rule, words in RULES.items():
        if words["where"]:
            table = tables[words["table"]]
            is_broken: Any = table.eval(words["where"], engine="python", local_dict=tables)
            if is_broken.any():
                yield from problems(rule, table[is_broken])


def where(frame: pd.DataFrame, is_so: Iterable[bool]) -> pd.DataFrame:
    """Return the rows of a frame for which a truth value, given row by row, holds."""
    values = list(is_so)
    return frame[pd.Series(values, frame.index, dtype="bool")] if any(values) else frame[:0]


def repeated(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Return the rows that repeat the cells of an earlier one, whose number is `first`."""
    is_repeated = frame.duplicated(columns)
    if not is_repeated.any():
        return frame[:0]
    numbers = frame.index.to_series().groupby([frame[it] for it in columns], dropna=False)
    return frame.assign(first=numbers.transform("min"))[is_repeated]


def nearest(cells: pd.Series[str], known: Iterable[str]) -> pd.Series[str]:
    """Return for each cell the known value that looks most like it, as " (nearest: …)", or ""."""
    names, wrong = list(known), cells.unique().tolist()[:MAX_COMPARED]
    words = {}
    for cell in wrong:
        if (code := cell.replace("-", MINUS)) in names:
            words[cell] = f" (nearest: {code}, with the minus sign {MINUS} (U+2212), not a hyphen)"
        elif close := get_close_matches(cell, names, n=1):
            words[cell] = f" (nearest: {close[0]})"
    return pd.Series([words.get(cell, "") for cell in cells.tolist()], cells.index, dtype="str")
