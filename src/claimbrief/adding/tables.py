"""New rows in their places in the tables, checked with all the rest before anything is written."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain
from pathlib import Path

from claimbrief.adding.statement import ORDER, Rows
from claimbrief.dataset import Dataset, read_dataset
from claimbrief.dates import readable
from claimbrief.descriptor import DESCRIPTOR, table_path
from claimbrief.errors import DatasetError, Problem
from claimbrief.render.swap import swap_in
from claimbrief.spreadsheets import text_of
from claimbrief.validate import checked, find_problems

Placed = list[tuple[str, int, str]]  # table, number of the row, and the row as it is written
Check = Callable[[Dataset], Iterable[Problem]]

# The column that groups the rows of a table; in other tables, new rows go to the end.
GROUPS = {
    "speakers": "utterance_id",
    "reports": "utterance_id",
    "words": "utterance_id",
    "claims": "utterance_id",
    "claim_evidence": "claim_id",
    "evidence_status": "evidence_id",
    "lineage": "child",
    "exclusions": "source_id",
}
BY_UTTERANCE = ("words", "claims")  # in the order of utterances, which are in that of their days


def add_rows(folder: Path, rows: Rows, *, is_written: bool = True) -> Placed:
    """Write rows into the tables of a dataset and return where; all of them or none.

    The dataset is read anew, so that nothing is lost of what was written meanwhile. Raises
    DatasetError if the dataset, or the dataset with these rows, does not pass the check.
    """
    dataset = checked(read_dataset(folder))
    files, placed = _with_rows(dataset, rows)
    if problems := list(_problems(dataset, files, find_problems)):
        raise DatasetError(problems)
    if is_written:
        swap_in(files, folder)
    return placed


def cell_problems(dataset: Dataset, rows: Rows, table: str, column: str, check: Check) -> list[str]:
    """Return, for people, what a check finds in a column of the last new row of a table."""
    files, placed = _with_rows(dataset, rows)
    number = [row for name, row, _ in placed if name == table][-1]
    return [
        f"found {problem.found}; accepted: {problem.accepted}; to do: {problem.todo}"
        for problem in _problems(dataset, files, check)
        if (problem.where, problem.row) == (table, number) and column in problem.column.split(", ")
    ]


def _problems(dataset: Dataset, files: dict[str, bytes], check: Check) -> list[Problem]:
    """Return what a check finds in the dataset with other files in the place of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / dataset.folder.resolve().name
        folder.mkdir()
        tables = [str(resource["path"]) for resource in dataset.descriptor["resources"]]
        for name in (DESCRIPTOR, *tables):
            shutil.copy(dataset.folder / name, folder)
        if (dataset.folder / "archive").is_dir():
            shutil.copytree(dataset.folder / "archive", folder / "archive")
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return list(check(read_dataset(folder)))


def _with_rows(dataset: Dataset, rows: Rows) -> tuple[dict[str, bytes], Placed]:
    """Return the files of the tables that get rows, and the new rows by number.

    The dataset has passed the check, so that each line of a table is a row, but for blank ones at
    the end.
    """
    files: dict[str, bytes] = {}
    placed: Placed = []
    utterances = dataset.utterances["utterance_id"].tolist()
    for table in (table for table in ORDER if rows.get(table)):
        path = table_path(dataset.folder, dataset.descriptor, table)
        header, *lines = path.read_text(encoding="utf-8-sig").split("\n")
        (columns,) = csv.reader([header])
        while lines and not any(chain.from_iterable(csv.reader([lines[-1]]))):
            lines.pop()
        old = [dict(zip(columns, cells, strict=True)) for cells in csv.reader(lines)]
        for cells in rows[table]:
            place = _place(table, cells, old, utterances)
            old.insert(place, cells)
            lines.insert(place, _line(cells, columns))
        if table == "utterances":
            utterances = [cells.get("utterance_id", "") for cells in old]
        files[path.name] = "\n".join([header, *lines, ""]).encode()
        numbers = {id(cells): number for number, cells in enumerate(old, 2)}
        placed += [(table, numbers[id(new)], _line(new, columns)) for new in rows[table]]
    return files, placed


def _line(cells: dict[str, str], columns: list[str]) -> str:
    return text_of([[cells.get(name, "") for name in columns]]).removesuffix("\n")


def _place(
    table: str, row: dict[str, str], old: list[dict[str, str]], utterances: list[str]
) -> int:
    """Return how many old rows come before a new row: up to the last that belongs before it."""
    group = GROUPS.get(table, "")
    before = [bool(group) and cells[group] == row.get(group) for cells in old]
    if table == "utterances":
        day = _latest(row)
        before = [day is None or (_latest(cells) or day) <= day for cells in old]
    elif not any(before) and table in BY_UTTERANCE:
        rank = {utterance: number for number, utterance in enumerate(utterances)}
        own = rank.get(row.get(group, ""), len(rank))
        before = [rank[cells[group]] <= own for cells in old]
    elif not any(before):
        return len(old)
    return max((number for number, is_so in enumerate(before, 1) if is_so), default=0)


def _latest(utterance: dict[str, str]) -> date | None:
    """Return the last day that an utterance may be of; None if its date cannot be read."""
    when = readable(utterance.get("date", ""))
    return when.latest if when else None
