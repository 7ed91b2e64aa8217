"""The reader: typed frames as the files stand, nothing judged, and plain refusals."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbrief.dataset import (
    KEPT,
    LONGEST,
    TABLES,
    Dataset,
    Misfit,
    is_regular,
    read_dataset,
    table_cells,
)
from claimbrief.errors import DatasetError

Changed = Callable[..., Path]


@pytest.fixture
def dataset(tiny: Path) -> Dataset:
    """Return the tiny data package, read."""
    return read_dataset(tiny)


def test_each_table_has_its_columns_and_as_many_rows_as_lines(dataset: Dataset) -> None:
    for name, columns in TABLES.items():
        frame = dataset.table(name)
        lines = (dataset.folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert list(frame.columns) == columns.split()
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
    assert pd.isna(claims.at["a1", "troops_low"])
    assert (claims.at["i1", "troops_low"], claims.at["i1", "troops_high"]) == (3, 5)


def test_the_words_na_null_and_nan_are_words(changed: Changed) -> None:
    for word in ("NA", "null", "NaN", "None"):
        claims = read_dataset(changed("claims", "a1", "note", word)).claims
        assert claims.at[2, "note"] == word


@pytest.mark.parametrize("cell", ["31.0", "31 ", "+31", "3_1", "٣١", "NaN", "9" * 30, "1e3", "x"])
def test_a_cell_that_is_no_whole_number_is_missing(changed: Changed, cell: str) -> None:
    assert pd.isna(
        read_dataset(changed("claims", "a1", "span_start", cell)).claims.at[2, "span_start"]
    )


@pytest.mark.parametrize("cell", ["TRUE", "True", "1", "yes", "wahr"])
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


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", b"\xef\xbb\xbfutterance_id\n"])
def test_a_file_with_no_rows_is_an_empty_frame(changed: Changed, content: bytes) -> None:
    assert read_dataset(changed("reports.csv", raw=content)).reports.empty


def test_a_folder_without_a_descriptor_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as refusal:
        read_dataset(tmp_path / "nowhere")
    (problem,) = refusal.value.problems
    assert (problem.where, problem.found) == ("nowhere", "no datapackage.json")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "Expecting value"),
        (b"resources:\n- claims\n", "Expecting value"),
        (b"\x89PNG\r\n", "codec can't decode"),
        (b'"a string"', "a string"),
        (b"[]", "without a list of resources"),
        (b"null", "without a list of resources"),
        (b'{"resources": {"claims": 1}}', "without a list of resources"),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_a_descriptor_that_is_no_json_object_is_refused(
    changed: Changed, content: bytes, found: str
) -> None:
    with pytest.raises(DatasetError) as refusal:
        read_dataset(changed("datapackage.json", raw=content))
    (problem,) = refusal.value.problems
    assert problem.where == "datapackage.json"
    assert found in problem.found


def described(changed: Changed, resource: object, **parts: object) -> Path:
    """Return a copy whose descriptor has `resource`, or else `parts`, for the first table."""

    def redescribe(content: bytes) -> bytes:
        descriptor = json.loads(content)
        first = descriptor["resources"][0]
        descriptor["resources"][0] = resource if resource is not None else {**first, **parts}
        return json.dumps(descriptor).encode()

    return changed("datapackage.json", raw=redescribe)


@pytest.mark.parametrize(
    "path",
    [
        "../sources.csv",
        "/etc/passwd",
        "sub/sources.csv",
        "..",
        ".",
        "",
        "..\\sources.csv",
        "C:\\sources.csv",
        "http://127.0.0.1:9/sources.csv",
        "sources.csv\0",
        ["sources.csv", "../sources.csv"],
        None,
        5,
    ],
)
def test_a_path_out_of_the_folder_is_refused_and_not_read(changed: Changed, path: object) -> None:
    with pytest.raises(DatasetError) as refusal:
        read_dataset(described(changed, None, path=path))
    (problem,) = refusal.value.problems
    assert (problem.where, problem.column) == ("datapackage.json", "sources")
    assert problem.found == f"path {path!r}"


@pytest.mark.parametrize("resource", ["sources", 1, [], {}, {"name": ["sources"]}, {"name": None}])
def test_a_resource_that_is_no_table_is_refused(changed: Changed, resource: object) -> None:
    with pytest.raises(DatasetError, match="resource 1"):
        read_dataset(described(changed, resource))


@pytest.mark.parametrize(
    "schema",
    [
        None,
        "http://127.0.0.1:9/schema.json",
        {},
        {"fields": 5},
        {"fields": [None]},
        {"fields": [{"name": ["source_id"]}]},
        {"fields": [{"name": "kind", "vocabulary": ["source_kind"]}]},
    ],
)
def test_a_schema_without_named_fields_is_refused(changed: Changed, schema: object) -> None:
    with pytest.raises(DatasetError, match="no readable schema"):
        read_dataset(described(changed, None, schema=schema))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("encoding", "latin-1"),
        ("format", "xlsx"),
        ("scheme", "http"),
        ("dialect", {"csv": {"delimiter": ";"}}),
    ],
)
def test_a_table_said_to_be_written_otherwise_is_refused(
    changed: Changed, key: str, value: object
) -> None:
    with pytest.raises(DatasetError, match=f"found {key} "):
        read_dataset(described(changed, None, **{key: value}))


def test_every_fault_of_the_descriptor_is_listed_at_once(changed: Changed) -> None:
    with pytest.raises(DatasetError, match="3 problems in the dataset") as refusal:
        read_dataset(described(changed, None, path="..", schema=None, encoding="ascii"))
    assert len(refusal.value.problems) == 3


def test_a_table_that_cannot_be_cut_into_cells_is_named(changed: Changed) -> None:
    limit = csv.field_size_limit(131_072)  # Python's own; Frictionless lifts it when imported
    try:
        folder = changed("claims", "a1", "note", "x" * 140_000)
        with pytest.raises(DatasetError) as refusal:
            read_dataset(folder)
    finally:
        csv.field_size_limit(limit)
    (problem,) = refusal.value.problems
    assert problem.where == "claims"
    assert "limit" in problem.found


# Read once, and fast where the file is plain


def test_the_same_bytes_are_read_once(tiny: Path) -> None:
    assert read_dataset(tiny) is read_dataset(str(tiny))


@pytest.mark.parametrize("name", ["claims.csv", "codings.csv", "datapackage.json"])
def test_changed_bytes_are_read_anew(tiny: Path, name: str) -> None:
    first = read_dataset(tiny)
    path = tiny / name
    path.write_bytes(path.read_bytes().replace(b"a1", b"a9", 1) + b"\n")
    second = read_dataset(tiny)
    assert second is not first
    assert second.digest != first.digest


def test_the_same_bytes_in_another_folder_are_another_dataset(tiny: Path, tmp_path: Path) -> None:
    other = shutil.copytree(tiny, tmp_path / "other")
    assert read_dataset(other).folder == other
    assert read_dataset(tiny).folder == tiny


def test_only_the_last_few_datasets_are_kept(tiny: Path, changed: Changed) -> None:
    first = read_dataset(tiny)
    for number in range(KEPT):
        read_dataset(changed("claims", "a1", "note", f"note {number}"))
    assert read_dataset(tiny) is not first


COLUMNS = ["a", "b", "c"]
REGULAR = {
    "no rows": b"a,b,c\n",
    "plain cells": b"a,b,c\n1,2,3\nx,,z\n,,\n",
    "a quoted comma": b'a,b,c\n"1,1",2,"3,"\n',
    "a doubled mark": b'a,b,c\n"say ""so""",2,""""\n"""","",x\n',
    "words that could be missing": b"a,b,c\nNA,null,nan\nNone,#N/A,-\n",
    "numbers stay as written": b"a,b,c\n007,1e3,+1\n1.0,0x1,1_000\n",
    "blanks stay": b"a,b,c\n x ,  ,\ty\n",
    "other scripts": "a,b,c\né,−,“x”\n".encode(),
}
IRREGULAR = {
    "nothing": b"",
    "no last line end": b"a,b,c\n1,2,3",
    "another header": b"a,c,b\n1,2,3\n",
    "a column too many": b"a,b,c,d\n1,2,3,4\n",
    "a cell too many": b"a,b,c\n1,2,3\n1,2,3,4\n1,2,3\n",
    "a cell too few": b"a,b,c\n1,2,3\n1,2\n1,2,3\n",
    "one too many and one too few": b"a,b,c\n1,2,3,4\n1,2\n",
    "a blank row": b"a,b,c\n\n1,2,3\n",
    "a byte order mark": b"\xef\xbb\xbfa,b,c\n1,2,3\n",
    "windows line ends": b"a,b,c\r\n1,2,3\r\n",
    "a lone carriage return": b"a,b,c\n1,\r,3\n",
    "no utf-8": b"a,b,c\n\xe9,2,3\n",
    "a nul": b"a,b,c\n\0,2,3\n",
    "a line break in a cell": b'a,b,c\n"1\n1",2,3\n',
    "an open mark": b'a,b,c\n"1,2,3\n',
    "a mark within a cell": b'a,b,c\n1"x,2",3\n',
    "marks that swallow a comma": b'a,b,c\n1"x,2,3"\n',
    "a word after a mark": b'a,b,c\n"1"x,2,3\n',
    "a blank before a mark": b'a,b,c\n "1,1",2\n',
    "a very long line": b"a,b,c\n1,2," + b"3" * LONGEST + b"\n",
}


@pytest.mark.parametrize("what", REGULAR)
def test_a_plain_file_is_regular_and_both_ways_of_reading_give_the_same_cells(what: str) -> None:
    content = REGULAR[what]
    assert is_regular(content, COLUMNS)
    fast = table_cells(content, COLUMNS, is_regular=True)
    pd.testing.assert_frame_equal(fast, table_cells(content, COLUMNS), check_index_type=False)


@pytest.mark.parametrize("what", IRREGULAR)
def test_any_other_file_is_not_regular(what: str) -> None:
    assert not is_regular(IRREGULAR[what], COLUMNS)


@given(st.lists(st.lists(st.text(max_size=4), min_size=3, max_size=3), max_size=6))
def test_whatever_cells_are_written_a_regular_file_gives_them_back(rows: list[list[str]]) -> None:
    file = StringIO()
    csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    content = file.getvalue().encode("utf-8", "replace")
    if is_regular(content, COLUMNS):
        assert table_cells(content, COLUMNS, is_regular=True).to_numpy().tolist() == rows
    else:
        assert any(re.search("[\r\n\0\ud800-\udfff]", cell) for row in rows for cell in row)


@given(st.text(alphabet='a,"\n', max_size=14))
def test_whatever_is_written_a_file_that_is_regular_is_read_alike_both_ways(text: str) -> None:
    content = f"a,b,c\n{text}\n".encode()
    if is_regular(content, COLUMNS):
        fast = table_cells(content, COLUMNS, is_regular=True)
        pd.testing.assert_frame_equal(fast, table_cells(content, COLUMNS), check_index_type=False)
        assert {len(row) for row in csv.reader(StringIO(content.decode()))} == {3}


def test_a_cell_that_does_not_fit_its_type_is_kept_as_written(changed: Changed) -> None:
    folder = changed("claims", "a1", "span_start", "thirty")
    folder = changed("actors", "velland", "is_expected", "yes", of=folder)
    assert read_dataset(folder).misfits == (
        Misfit("actors", 2, "is_expected", "yes"),
        Misfit("claims", 2, "span_start", "thirty"),
    )
