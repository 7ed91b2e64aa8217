"""What spreadsheet programs save: read where it says the same, else refused, in few messages."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from functools import partial
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from views import TINY

from claimbrief.dataset import TABLES, read_dataset
from claimbrief.errors import LISTED, DatasetError, Problem
from claimbrief.tidy.tables import tidied_table
from claimbrief.validate import checked, find_problems
from claimbrief.validate.times import DATES

Changed = Callable[..., Path]
Save = Callable[[bytes], bytes]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def written(cells: Iterable[list[str]], separator: str = ",", end: str = "\n") -> bytes:
    file = StringIO()
    csv.writer(file, delimiter=separator, lineterminator=end).writerows(cells)
    return file.getvalue().encode()


def quoted(content: bytes) -> bytes:
    cells = pd.DataFrame(rows(content))
    return cells.to_csv(index=False, header=False, quoting=csv.QUOTE_ALL).encode()


def capitals(content: bytes) -> bytes:
    truths = {"true": "TRUE", "false": "FALSE"}
    return written([[truths.get(cell, cell) for cell in row] for row in rows(content)])


# What spreadsheet programs do that leaves the cells as they were
SAME: dict[str, Save] = {
    "a byte order mark": lambda c: b"\xef\xbb\xbf" + c,
    "windows line ends": lambda c: c.replace(b"\n", b"\r\n"),
    "old mac line ends": lambda c: c.replace(b"\n", b"\r"),
    "truth in capitals": capitals,
    "blank rows at the end": lambda c: c + b"\n\n",
    "rows of commas at the end": lambda c: c + b"," * c.split(b"\n")[0].count(b",") + b"\n",
    "marks round every cell": quoted,
    "no last line end": lambda c: c[:-1],
}
# What has one thing to do: claimbrief tidy
OTHER: dict[str, tuple[Save, str]] = {
    "semicolons": (lambda c: written(rows(c), ";"), "cells separated by semicolons"),
    "tabs": (lambda c: written(rows(c), "\t"), "cells separated by tabs"),
    "utf-16": (lambda c: c.decode().encode("utf-16"), "another encoding than UTF-8"),
    "cp1252": (
        lambda c: c.decode().encode("cp1252", "replace") + b"\xe9\n",
        "another encoding than UTF-8",
    ),
}


@pytest.mark.parametrize("what", SAME)
def test_what_leaves_the_cells_as_they_were_makes_no_difference(
    changed: Changed, tiny: Path, what: str
) -> None:
    good = read_dataset(tiny)
    folder = tiny
    for name in TABLES:
        folder = changed(f"{name}.csv", raw=SAME[what], of=folder)
    found = checked(read_dataset(folder))
    assert (folder / "actors.csv").read_bytes() != (tiny / "actors.csv").read_bytes()
    for name in TABLES:
        pd.testing.assert_frame_equal(found.table(name), good.table(name))


@pytest.mark.parametrize("what", OTHER)
def test_another_form_is_one_message_a_file_that_names_the_command(
    changed: Changed, what: str
) -> None:
    save, found = OTHER[what]
    folder = changed("claims.csv", raw=save)
    folder = changed("actors.csv", raw=save, of=folder)
    with pytest.raises(DatasetError) as refusal:
        read_dataset(folder)
    assert [problem.where for problem in refusal.value.problems] == ["actors.csv", "claims.csv"]
    assert {problem.found for problem in refusal.value.problems} == {found}
    todo = {problem.todo for problem in refusal.value.problems}
    assert todo == {f"run `claimbrief tidy {folder}`"}


def test_a_file_of_a_spreadsheet_program_is_refused_with_the_way_out(changed: Changed) -> None:
    folder = changed("claims.csv", raw=lambda c: b"PK\x03\x04\x14\x00" + c)
    with pytest.raises(DatasetError) as refusal:
        read_dataset(folder)
    (problem,) = refusal.value.problems
    assert problem.found == "a file of a spreadsheet program’s own"
    assert problem.todo == "save the sheet as CSV, or take the file from a copy"
    content = (folder / "claims.csv").read_bytes()
    for encoding in ("", "cp1252"):
        tidied = tidied_table("claims.csv", content, encoding)
        assert tidied.content == content and tidied.problems == (problem,)


def test_a_blank_row_between_others_is_still_named(changed: Changed) -> None:
    folder = changed("claims.csv", raw=lambda c: c.replace(b"\nb1,", b"\n\nb1,") + b"\n")
    (problem,) = read_dataset(folder).reading_problems
    assert (problem.where, problem.row, problem.found) == ("claims", 5, "a blank row")


# What a spreadsheet program changes in a cell
CHANGED_DATES = ["12/10/2024", "12.10.2024", "45577", "Oct-24", "2024-10-2", "2024-10-12 00:00"]
ERRORS = ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "Err:508"]


@pytest.mark.parametrize("cell", CHANGED_DATES)
def test_a_date_that_a_spreadsheet_has_changed_is_refused_at_its_cell(
    changed: Changed, cell: str
) -> None:
    def spoil(content: bytes, columns: Iterable[str]) -> bytes:
        header, first, *rest = rows(content)
        for column in columns:
            first[header.index(column)] = cell
        return written([header, first, *rest])

    folder = TINY
    for table, columns in DATES.items():
        spoilt = partial(spoil, columns=columns)
        folder = changed(f"{table}.csv", raw=spoilt, of=folder)
    found = find_problems(read_dataset(folder))
    for place in ((table, column) for table in DATES for column in DATES[table]):
        (problem,) = (p for p in found if (p.where, p.column) == place and p.found == cell)
        assert problem.row == 2
        assert "a spreadsheet may have changed it" in problem.todo


@pytest.mark.parametrize("cell", ERRORS)
def test_an_error_of_a_spreadsheet_is_no_text(changed: Changed, cell: str) -> None:
    found = find_problems(read_dataset(changed("claims", "a1", "note", cell)))
    assert [(p.where, p.row, p.column, p.found) for p in found] == [("claims", 2, "note", cell)]


def test_a_text_that_speaks_of_an_error_is_a_text(changed: Changed) -> None:
    checked(read_dataset(changed("claims", "a1", "note", "The page prints #REF!")))


@pytest.mark.parametrize("count", [LISTED, LISTED + 1, 400])
def test_of_many_cells_of_a_kind_twenty_are_listed_and_the_rest_are_counted(count: int) -> None:
    problems = [
        Problem("utterances", row, "date", "45577", "a day", "write the day")
        for row in range(2, count + 2)
    ]
    other = Problem("claims", 2, "note", "#REF!", "a value", "enter it")
    head, *lines = str(DatasetError([other, *problems])).splitlines()
    assert head == f"{count + 1} problems in the dataset"
    assert lines[0] == f"  {other}"
    assert sum("found 45577" in line for line in lines) == LISTED
    rest = [f"  utterances, column date: {count - LISTED:,} more; to do: write the day"]
    assert lines[LISTED + 1 :] == (rest if count > LISTED else [])


def test_a_whole_column_of_changed_dates_is_short_to_read(
    changed: Changed, real_data: Path
) -> None:
    def spoil(content: bytes) -> bytes:
        header, *below = rows(content)
        for row in below:
            row[header.index("date")] = "45577"
        return written([header, *below])

    with pytest.raises(DatasetError) as refusal:
        checked(read_dataset(changed("utterances.csv", raw=spoil, of=real_data)))
    assert len(refusal.value.problems) > 200
    assert len(str(refusal.value).splitlines()) == LISTED + 2
