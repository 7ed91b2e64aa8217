"""The reader: typed frames as the files stand, nothing judged, and plain refusals."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbrief.dataset import OPTIONAL, TABLES, Dataset, read_dataset
from claimbrief.errors import DatasetError

Changed = Callable[..., Path]
ALPHABET = st.characters(blacklist_characters="\r\0", blacklist_categories=["Cs"])


@pytest.fixture
def dataset(tiny: Path) -> Dataset:
    """Return the tiny data package, read."""
    return read_dataset(tiny)


def test_each_table_has_its_columns_and_as_many_rows_as_lines(dataset: Dataset) -> None:
    for name, columns in TABLES.items():
        frame = dataset.table(name)
        lines = (dataset.folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert list(frame.columns) == [*columns.split(), *OPTIONAL.get(name, "").split()]
        assert list(frame.index) == list(range(2, len(lines) + 1))
        assert frame.index.name == "row"


def test_the_tables_that_are_read_are_those_that_the_descriptor_names(dataset: Dataset) -> None:
    described = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in dataset.descriptor["resources"]
    }
    assert described == {name: columns.split() for name, columns in TABLES.items()}


def test_cells_are_strings_whole_numbers_or_truth_values(dataset: Dataset) -> None:
    claims, actors = dataset.claims, dataset.actors
    assert claims["span_start"].dtype == "Int64"
    assert actors["is_expected"].dtype == "boolean"
    assert {str(claims[column].dtype) for column in ("quote", "denial", "note")} == {"str"}
    assert dataset.words["is_followed"].dtype == "boolean"


def test_an_empty_cell_is_an_empty_string_or_a_missing_number(dataset: Dataset) -> None:
    claims = dataset.claims.set_index("claim_id")
    assert claims.at["a1", "quote"] == ""
    assert pd.isna(claims.at["a1", "figure_low"])
    assert (claims.at["i1", "figure_low"], claims.at["i1", "figure_high"]) == (3, 5)


def test_the_words_na_null_and_nan_are_words(changed: Changed) -> None:
    for word in ("NA", "null", "NaN", "None"):
        claims = read_dataset(changed("claims", "a1", "note", word)).claims
        assert claims.at[2, "note"] == word


@pytest.mark.parametrize("cell", ["31.0", "31 ", "+31", "3_1", "٣١", "NaN", "9" * 30, "1e3", "x"])
def test_a_cell_that_is_no_whole_number_is_missing(changed: Changed, cell: str) -> None:
    assert pd.isna(
        read_dataset(changed("claims", "a1", "span_start", cell)).claims.at[2, "span_start"]
    )


@pytest.mark.parametrize("cell", ["T", "1", "yes", "wahr"])
def test_a_cell_that_is_no_truth_value_is_missing(changed: Changed, cell: str) -> None:
    actors = read_dataset(changed("actors", "velland", "is_expected", cell)).actors
    assert pd.isna(actors.at[2, "is_expected"])


def test_a_blank_row_is_left_out_and_counted(changed: Changed) -> None:
    folder = changed("claims.csv", raw=lambda content: content.replace(b"\nb1,", b"\n\nb1,"))
    claims = read_dataset(folder).claims
    assert list(claims.index)[:5] == [2, 3, 4, 6, 7]
    assert claims.at[6, "claim_id"] == "b1"


def test_labels_come_in_the_order_of_the_vocabulary(dataset: Dataset) -> None:
    assert list(dataset.labels("question")) == ["Q1", "Q2", "Q3", "Q4", "Q0", "QU"]
    assert dataset.labels("location") == {"main_span": "main span", "east_pier": "east pier"}
    assert dataset.labels("no_such_scheme") == {}


def test_the_digest_is_the_same_for_the_same_bytes_and_another_for_any_other(
    tiny: Path, changed: Changed
) -> None:
    digest = read_dataset(tiny).digest
    others = {
        read_dataset(changed("claims", "a1", "note", "x")).digest,
        read_dataset(changed("events", "storm", "label", "x")).digest,
        read_dataset(changed("datapackage.json", raw=lambda content: content + b"\n")).digest,
    }
    assert read_dataset(tiny).digest == digest
    assert len(others | {digest}) == 4


def test_reading_writes_nothing(tiny: Path) -> None:
    before = {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()}
    read_dataset(tiny)
    assert {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()} == before


def test_a_missing_table_is_an_empty_frame(changed: Changed) -> None:
    dataset = read_dataset(changed("reports.csv", raw=None))
    assert dataset.reports.empty
    assert list(dataset.reports.columns) == ["utterance_id", "source_id", "relation", "note"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbfutterance_id\n"])
def test_a_file_with_no_rows_is_an_empty_frame(changed: Changed, content: bytes) -> None:
    assert read_dataset(changed("reports.csv", raw=content)).reports.empty


def test_a_table_that_cannot_be_cut_into_cells_is_named(changed: Changed) -> None:
    limit = csv.field_size_limit(131_072)  # Python's own; Frictionless lifts it when imported
    try:
        folder = changed("claims", "a1", "note", "x" * 140_000)
        with pytest.raises(DatasetError) as refusal:
            read_dataset(folder)
    finally:
        csv.field_size_limit(limit)
    (problem,) = refusal.value.problems
    assert (problem.where, problem.row) == ("claims.csv", 2)
    assert "limit" in problem.found


# What is read, and what is reported as unreadable

SAME_CELLS: dict[str, tuple[bytes, list[list[str]]]] = {
    "no rows": (b"", []),
    "plain cells": (b"1,2,3,4\nx,,z,\n", [["1", "2", "3", "4"], ["x", "", "z", ""]]),
    "a quoted comma": (b'"1,1",2,"3,",4\n', [["1,1", "2", "3,", "4"]]),
    "a doubled mark": (b'"say ""so""",2,"""",4\n', [['say "so"', "2", '"', "4"]]),
    "words that could be missing": (b"NA,null,nan,#N/A\n", [["NA", "null", "nan", "#N/A"]]),
    "numbers stay as written": (b"007,1e3,+1,1_000\n", [["007", "1e3", "+1", "1_000"]]),
    "blanks stay": (b" x ,  ,\ty,4\n", [[" x ", "  ", "\ty", "4"]]),
    "other scripts": ("é,−,“x”,말\n".encode(), [["é", "−", "“x”", "말"]]),
    "no last line end": (b"1,2,3,4", [["1", "2", "3", "4"]]),
    "windows line ends": (b"1,2,3,4\r\n", [["1", "2", "3", "4"]]),
    "a line break in a cell": (b'"1\n1",2,3,4\n', [["1\n1", "2", "3", "4"]]),
    "a blank row": (b"\n1,2,3,4\n", [["1", "2", "3", "4"]]),
    "a row of commas": (b",,,\n1,2,3,4\n", [["1", "2", "3", "4"]]),
    "a cell too many": (b"1,2,3,4,5\n", [["1", "2", "3", "4"]]),
    "cells too few": (b"1,2\n", [["1", "2", "", ""]]),
}


@pytest.mark.parametrize("what", SAME_CELLS)
def test_cells_are_read_as_they_are_written(changed: Changed, what: str) -> None:
    content, rows = SAME_CELLS[what]
    folder = changed("events.csv", raw=b"event_id,date,label,source_id\n" + content)
    assert read_dataset(folder).events.to_numpy().tolist() == rows


@pytest.fixture(name="written", scope="module")
def _written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a package of which one table is written again and again."""
    return shutil.copytree(Path(__file__).parent / "tiny", tmp_path_factory.mktemp("written") / "a")


@given(st.lists(st.lists(st.text(ALPHABET, max_size=4), min_size=4, max_size=4), max_size=6))
def test_whatever_cells_are_written_are_read_back(written: Path, rows: list[list[str]]) -> None:
    file = StringIO()
    header = TABLES["events"].split()
    csv.writer(file, lineterminator="\n").writerows([header, *rows])
    (written / "events.csv").write_bytes(file.getvalue().encode())
    events = read_dataset(written).events
    assert events.to_numpy().tolist() == [row for row in rows if any(row)]


def test_a_cell_that_does_not_fit_its_type_is_reported_as_written(changed: Changed) -> None:
    folder = changed("claims", "a1", "span_start", "thirty")
    folder = changed("actors", "velland", "is_expected", "yes", of=folder)
    assert [(p.where, p.row, p.column, p.found) for p in read_dataset(folder).reading_problems] == [
        ("actors", 2, "is_expected", "yes"),
        ("claims", 2, "span_start", "thirty"),
    ]


@pytest.mark.parametrize(
    ("content", "row", "found"),
    [
        (b"storm,2019-05-03\n", 2, "2 cells"),
        (b"storm,2019-05-03,Storm,ledger_bridge,more\n", 2, "5 cells"),
        (b"\nstorm,2019-05-03,Storm,ledger_bridge\n", 2, "a blank row"),
        (b",,,\nstorm,2019-05-03,Storm,ledger_bridge\n", 2, "a blank row"),
    ],
)
def test_a_row_with_other_than_a_cell_for_each_column_is_reported(
    changed: Changed, content: bytes, row: int, found: str
) -> None:
    folder = changed("events.csv", raw=b"event_id,date,label,source_id\n" + content)
    (problem,) = read_dataset(folder).reading_problems
    assert (problem.where, problem.row, problem.found) == ("events", row, found)


def test_reading_twice_reads_the_files_twice(tiny: Path) -> None:
    first = read_dataset(tiny)
    path = tiny / "events.csv"
    path.write_bytes(path.read_bytes().replace(b"storm,", b"gale,", 1))
    assert list(read_dataset(tiny).events["event_id"]) == ["gale"]
    assert list(first.events["event_id"]) == ["storm"]
