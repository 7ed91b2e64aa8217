"""The descriptor: what is refused before a table is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from claimbrief.dataset import Dataset, read_dataset
from claimbrief.errors import DatasetError

Changed = Callable[..., Path]
ALPHABET = st.characters(blacklist_characters="\r\0", blacklist_categories=["Cs"])


@pytest.fixture
def dataset(tiny: Path) -> Dataset:
    """Return the tiny data package, read."""
    return read_dataset(tiny)


def test_a_folder_without_a_descriptor_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as refusal:
        read_dataset(tmp_path / "nowhere")
    (problem,) = refusal.value.problems
    assert (problem.where, problem.found) == ("datapackage.json", "no folder nowhere")


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
        (b"[" * 100_000, "nested too deep"),
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
