"""The reader: typed frames as the files stand, nothing judged, and plain refusals."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from claimbrief.dataset import TABLES, Dataset, read_dataset
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
    rung = dataset.vocabulary[dataset.vocabulary["scheme"] == "rung"]
    assert list(rung["code"]) == ["0", "1", "2", "3"]


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
    assert list(dataset.labels("question")) == ["Q1", "Q2", "Q3", "Q4", "Q0"]
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
