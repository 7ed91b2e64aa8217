"""The claims dataset: a Data Package (v2) of CSV tables, read into typed frames, judged nowhere.

A frame's index is the row's number as a spreadsheet counts it: the header is row 1. Cells are
strings ("" where empty), whole numbers are `Int64` and truth values `boolean`; a cell that does
not fit its type is missing here and reported by `claimbrief.validate`, which reads the files too.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from claimbrief.errors import DatasetError, Problem

DESCRIPTOR = "datapackage.json"
UNKNOWN = "unknown"  # the parent of a lineage row that no source names
# Codes of the codebook that the code speaks of by name.
CONTEXT, EVIDENCE_STATE, NO_RESPONSE = "Q0", "Q4", "A0"
RESEARCHED = "researched"  # the basis of a day that research settled from the pages named
UNSTATED = "unstated"  # the content role of words that name no content of their own
OUTLET_VOICES = ("gloss", "summary", "narrator")  # renderings that are never counted as utterances

# What the code reads: each table with its columns. Types, keys and codes are the descriptor's.
TABLES = {
    "sources": "source_id title publisher kind url wire published published_basis sha256 n_chars "
    "rights",
    "actors": "actor_id name short_name kind country member_of is_expected",
    "utterances": "utterance_id venue channel date date_words date_basis date_note outside_date "
    "outside_source_id is_translation likely_same_as",
    "speakers": "utterance_id actor_id role",
    "propositions": "proposition_id question_id text content_role",
    "proposition_relations": "a relation b note",
    "claims": "claim_id utterance_id source_id proposition_id stance commitment hedge_words "
    "rendering renders attributed_to quote paraphrase span_start span_end personnel_term location "
    "troops_low troops_high response denial note",
    "evidence": "evidence_id holder kind description",
    "evidence_status": "evidence_id as_of publicity locator source_id basis caveat",
    "claim_evidence": "claim_id evidence_id relation",
    "lineage": "child parent relation basis source_id",
    "reports": "utterance_id source_id relation note",
    "events": "event_id date label source_id",
    "vocabulary": "scheme code label definition order",
    "exclusions": "source_id span_start span_end reason",
    "codings": "coder claim_id variable value",
}
INTEGERS = {"n_chars", "span_start", "span_end", "troops_low", "troops_high", "order"}
BOOLEANS = {"is_expected", "is_translation"}
# How every table is written; a descriptor may say so and may say nothing else.
WRITTEN = {"scheme": "file", "format": "csv", "encoding": "utf-8", "dialect": None}


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of one question. Each frame's row meaning and columns stand in the descriptor.

    A dataset is equal to itself alone, so that what is worked out of one can be kept by it.
    """

    folder: Path
    descriptor: dict[str, Any]
    digest: str  # sha256 of the descriptor and the tables, in the order of TABLES
    sources: pd.DataFrame
    actors: pd.DataFrame
    utterances: pd.DataFrame
    speakers: pd.DataFrame
    propositions: pd.DataFrame
    proposition_relations: pd.DataFrame
    claims: pd.DataFrame
    evidence: pd.DataFrame
    evidence_status: pd.DataFrame
    claim_evidence: pd.DataFrame
    lineage: pd.DataFrame
    reports: pd.DataFrame
    events: pd.DataFrame
    vocabulary: pd.DataFrame
    exclusions: pd.DataFrame
    codings: pd.DataFrame

    def table(self, name: str) -> pd.DataFrame:
        """Return the frame of a table by its name."""
        frame = getattr(self, name)
        assert isinstance(frame, pd.DataFrame)
        return frame

    def labels(self, scheme: str) -> dict[str, str]:
        """Return the printed label of each code of a scheme, in the vocabulary's order."""
        return dict(_labels(self).get(scheme, {}))


def read_dataset(folder: str | Path) -> Dataset:
    """Return the dataset in a folder, as it stands in its files.

    Raises:
        DatasetError: if there is no descriptor, it does not describe tables that lie beside it, or
            a table cannot be cut into cells.
    """
    path = Path(folder)
    descriptor, raw = _descriptor(path)
    digest = hashlib.sha256(raw)
    frames = {}
    for name, columns in TABLES.items():
        content = table_bytes(path, descriptor, name)
        digest.update(name.encode() + b"\0" + content)
        try:
            frames[name] = _typed(table_cells(content, columns.split()))
        except csv.Error as error:
            accepted = "cells of moderate length, each quotation mark closed"
            raise DatasetError([Problem(name, 0, "", str(error), accepted, "mend it")]) from None
    return Dataset(path, descriptor, digest.hexdigest(), **frames)


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a frame as named tuples, each with its row number as `Index`."""
    record = _record(tuple(frame.columns))
    columns = [frame[name].tolist() for name in frame.columns]
    return map(record._make, zip(frame.index.tolist(), *columns, strict=True))


@lru_cache(maxsize=8)
def _labels(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return the label of each code by scheme, in the vocabulary's order."""
    labels: dict[str, dict[str, str]] = {}
    for row in each_row(dataset.vocabulary.sort_values("order", kind="stable")):
        labels.setdefault(row.scheme, {})[row.code] = row.label
    return labels


@lru_cache(maxsize=256)
def _record(columns: tuple[str, ...]) -> Any:
    """Return the named tuple of a frame's rows, made once a set of columns."""
    return namedtuple("Row", ["Index", *columns])


def groups_of(actors: pd.DataFrame, actor_id: str) -> list[str]:
    """Return the actor and every body that it belongs to, nearest first; none for no actor."""
    above = dict(zip(actors["actor_id"], actors["member_of"], strict=True))
    groups: list[str] = []
    while actor_id and actor_id not in groups:
        groups.append(actor_id)
        actor_id = above.get(actor_id, "")
    return groups


def table_path(folder: Path, descriptor: dict[str, Any], name: str) -> Path:
    """Return where a table's file should be: the descriptor's path, or the table's own name."""
    for resource in descriptor["resources"]:
        if resource["name"] == name:
            return folder / str(resource["path"])
    return folder / f"{name}.csv"


def table_bytes(folder: Path, descriptor: dict[str, Any], name: str) -> bytes:
    """Return the bytes of a table's file, none where there is no file."""
    path = table_path(folder, descriptor, name)
    return path.read_bytes() if path.is_file() else b""


def table_cells(content: bytes, columns: list[str]) -> pd.DataFrame:
    """Return a table's cells as they are written; a column that the file lacks is empty."""
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    header, *rows = [*csv.reader(StringIO(text, newline=""))] or [[]]
    written = [number for number, row in enumerate(rows, 2) if row]  # blank rows count, unread
    named = [dict(zip(header, row, strict=False)) for row in rows if row]
    cells = {column: [row.get(column, "") for row in named] for column in columns}
    return pd.DataFrame(cells, pd.Index(written, dtype="int64", name="row"), dtype="str")


def _typed(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells with whole numbers and truth values read; others are missing."""
    frame = cells.copy()
    for column in cells:
        if column in INTEGERS:
            numbers = cells[column].where(cells[column].str.fullmatch(r"-?[0-9]{1,18}"))
            frame[column] = pd.to_numeric(numbers).astype("Int64")
        elif column in BOOLEANS:
            truth = cells[column].map({"true": True, "false": False})
            frame[column] = truth.astype("boolean")
    return frame


def _descriptor(folder: Path) -> tuple[dict[str, Any], bytes]:
    path = folder / DESCRIPTOR
    accepted = "a folder with a Data Package descriptor (datapackage.json)"
    if not path.is_file():
        raise DatasetError(
            [Problem(folder.name or ".", 0, "", "no datapackage.json", accepted, "name the folder")]
        )
    raw = path.read_bytes()
    try:
        descriptor = json.loads(raw)
    except (ValueError, RecursionError) as error:
        descriptor = str(error)
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        found = descriptor if isinstance(descriptor, str) else "JSON without a list of resources"
        raise DatasetError([Problem(DESCRIPTOR, 0, "", found, accepted, "mend the descriptor")])
    if problems := list(_resource_problems(descriptor["resources"])):
        raise DatasetError(problems)
    return descriptor, raw


def _resource_problems(resources: list[Any]) -> Iterator[Problem]:
    """Yield descriptions that are no tables, or tables that do not lie beside the descriptor."""
    for number, resource in enumerate(resources, 1):
        told = f"resource {number}"
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            yield _shape(told, repr(resource)[:60], "an object with a name and a path")
            continue
        path, schema = resource.get("path"), resource.get("schema")
        if not isinstance(path, str) or not re.fullmatch(r"\w[\w.-]*", path):
            yield _shape(resource["name"], f"path {path!r}", "the name of a file beside it")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        if not isinstance(fields, list) or not all(_is_field(field) for field in fields):
            yield _shape(resource["name"], "no readable schema", "fields, each with a name")
        for key, accepted in WRITTEN.items():
            if resource.get(key, accepted) != accepted:
                found = f"{key} {resource[key]!r}"
                yield _shape(resource["name"], found, str(accepted or f"no {key}"))


def _is_field(field: Any) -> bool:
    return (
        isinstance(field, dict)
        and isinstance(field.get("name"), str)
        and isinstance(field.get("vocabulary", ""), str)
    )


def _shape(name: str, found: str, accepted: str) -> Problem:
    return Problem(DESCRIPTOR, 0, name, found, accepted, "mend the descriptor")
