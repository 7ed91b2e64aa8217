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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from claimbrief.errors import DatasetError, Problem

DESCRIPTOR = "datapackage.json"
UNKNOWN = "unknown"  # the parent of a lineage row that no source names
# Codes of the codebook that the code speaks of by name.
CONTEXT, EVIDENCE_STATE, NO_RESPONSE = "Q0", "Q4", "A0"
UNSTATED_QUESTION = "QU"  # the question of words that name no content of their own
TO_COME = "to_come"  # the phase of what is foretold or in preparation
RESEARCHED = "researched"  # the basis of a day that research settled from the pages named
# Relations of a claim to an item of evidence that give it no support.
NO_SUPPORT = ("says_none", "speaks_of")
RELAYED = "relayed"  # the extent of a page that was not in view itself
OUTLET_VOICES = ("gloss", "summary", "narrator")  # renderings that are never counted as utterances

# What the code reads: each table with its columns. Types, keys and codes are the descriptor's.
TABLES = {
    "sources": "source_id title publisher kind url wire published published_basis sha256 n_chars "
    "rights",
    "actors": "actor_id name short_name kind country member_of is_expected",
    "utterances": "utterance_id venue channel date date_words date_basis date_note outside_date "
    "outside_source_id is_translation likely_same_as",
    "speakers": "utterance_id actor_id role",
    "propositions": "proposition_id question_id text role phase",
    "proposition_relations": "a relation b note",
    "claims": "claim_id utterance_id source_id proposition_id stance commitment hedge_words "
    "rendering renders attributed_to quote paraphrase span_start span_end personnel_term location "
    "troops_low troops_high response denial note",
    "words": "words_id utterance_id source_id text language is_translation extent is_followed note",
    "evidence": "evidence_id holder kind description",
    "evidence_status": "evidence_id as_of publicity locator source_id basis caveat",
    "claim_evidence": "claim_id evidence_id relation",
    "lineage": "child parent relation basis source_id",
    "reports": "utterance_id source_id relation note",
    "events": "event_id date label source_id",
    "vocabulary": "scheme code label definition order",
    "exclusions": "source_id span_start span_end reason",
    "codings": "coder unit variable value",
}
INTEGERS = {"n_chars", "span_start", "span_end", "troops_low", "troops_high", "order"}
BOOLEANS = {"is_expected", "is_translation", "is_followed"}
KEPT = 4  # so many datasets are kept after reading, so that the same bytes are read once
LONGEST = 100_000  # bytes of a line that both readers take; Python's own limit of a cell is 131072
# How every table is written; a descriptor may say so and may say nothing else.
WRITTEN = {"scheme": "file", "format": "csv", "encoding": "utf-8", "dialect": None}


@dataclass(frozen=True)
class Misfit:
    """A written cell that does not fit its column's type, and so is missing from the frame."""

    table: str
    row: int
    column: str
    cell: str


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of one question. Each frame's row meaning and columns stand in the descriptor.

    `regular` names the tables whose file is as `is_regular` says. A dataset is equal to itself
    alone, so that what is worked out of one can be kept by it; `read_dataset` returns one object
    for the same bytes.
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
    words: pd.DataFrame
    evidence: pd.DataFrame
    evidence_status: pd.DataFrame
    claim_evidence: pd.DataFrame
    lineage: pd.DataFrame
    reports: pd.DataFrame
    events: pd.DataFrame
    vocabulary: pd.DataFrame
    exclusions: pd.DataFrame
    codings: pd.DataFrame
    regular: frozenset[str]
    misfits: tuple[Misfit, ...]

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
    contents = {name: table_bytes(path, descriptor, name) for name in TABLES}
    digest = hashlib.sha256(raw)
    for name, content in contents.items():
        digest.update(name.encode() + b"\0")
        digest.update(content)
    key = (path, path.resolve(), digest.hexdigest())
    if key not in _RECENT:
        _RECENT[key] = _from_bytes(path, descriptor, digest.hexdigest(), contents)
        while len(_RECENT) > KEPT:
            del _RECENT[next(iter(_RECENT))]
    return _RECENT[key]


_RECENT: dict[tuple[Path, Path, str], Dataset] = {}


def _from_bytes(
    path: Path, descriptor: dict[str, Any], digest: str, contents: dict[str, bytes]
) -> Dataset:
    frames, regular = {}, set()
    misfits: list[Misfit] = []
    for name, columns in TABLES.items():
        if is_regular(contents[name], columns.split()):
            regular.add(name)
        try:
            cells = table_cells(contents[name], columns.split(), is_regular=name in regular)
        except csv.Error as error:
            accepted = "cells of moderate length, each quotation mark closed"
            raise DatasetError([Problem(name, 0, "", str(error), accepted, "mend it")]) from None
        frames[name] = _typed(cells)
        misfits += _misfits(name, cells, frames[name])
    return Dataset(
        path, descriptor, digest, **frames, regular=frozenset(regular), misfits=tuple(misfits)
    )


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
    above = zip(actors["actor_id"].tolist(), actors["member_of"].tolist(), strict=True)
    return groups_above(dict(above), actor_id)


def groups_above(member_of: Mapping[str, str], actor_id: str) -> list[str]:
    """Return an actor and every body above it, nearest first, by the body that each belongs to."""
    groups: list[str] = []
    while actor_id and actor_id not in groups:
        groups.append(actor_id)
        actor_id = member_of.get(actor_id, "")
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


def is_regular(content: bytes, columns: list[str]) -> bool:
    """Return whether a table's file is written as plainly as can be.

    That is: UTF-8 with LF line ends, the columns in order as its header, a cell for each column
    in every row, quotation marks only around a cell or doubled within, and no line break in one.
    """
    header = ",".join(columns).encode() + b"\n"
    if not (content.startswith(header) and content.endswith(b"\n") and _is_utf8(content)):
        return False
    if b"\r" in content or b"\0" in content:
        return False
    signs = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    marks = np.flatnonzero(signs == ord('"'))
    commas = np.flatnonzero(signs == ord(","))
    commas = commas[np.searchsorted(marks, commas) % 2 == 0]  # those outside quotation marks
    cells = np.diff(np.searchsorted(commas, ends), prepend=0) + 1
    return bool(
        _are_well_placed(signs, marks)
        and (np.searchsorted(marks, ends) % 2 == 0).all()
        and (cells == len(columns)).all()
        and np.diff(ends, prepend=-1).max() <= LONGEST
    )


def _are_well_placed(signs: np.ndarray[Any, Any], marks: np.ndarray[Any, Any]) -> bool:
    """Return whether each quotation mark opens or closes a cell, or is one of a pair within it."""
    opening, closing = marks[0::2], marks[1::2]
    beside = np.frombuffer(b',\n"', dtype=np.uint8)
    return bool(
        len(marks) % 2 == 0
        and np.isin(signs[opening - 1], beside).all()
        and np.isin(signs[closing + 1], beside).all()
    )


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def table_cells(content: bytes, columns: list[str], *, is_regular: bool = False) -> pd.DataFrame:
    """Return a table's cells as they are written; a column that the file lacks is empty.

    A regular file is read the fast way, which gives the same cells.
    """
    if is_regular:
        cells = pd.read_csv(BytesIO(content), dtype="str", na_filter=False, index_col=False)
        cells.index = pd.RangeIndex(2, len(cells) + 2, name="row")
        return cells
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    header, *rows = [*csv.reader(StringIO(text, newline=""))] or [[]]
    written = [number for number, row in enumerate(rows, 2) if row]  # blank rows count, unread
    named = [dict(zip(header, row, strict=False)) for row in rows if row]
    columned = {column: [row.get(column, "") for row in named] for column in columns}
    return pd.DataFrame(columned, pd.Index(written, dtype="int64", name="row"), dtype="str")


def _typed(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells with whole numbers and truth values read; others are missing."""
    frame = cells.copy(deep=False)
    for column in cells:
        if column in INTEGERS:
            numbers = cells[column].where(cells[column].str.fullmatch(r"-?[0-9]{1,18}"))
            frame[column] = pd.to_numeric(numbers).astype("Int64")
        elif column in BOOLEANS:
            truth = cells[column].map({"true": True, "false": False})
            frame[column] = truth.astype("boolean")
    return frame


def _misfits(name: str, cells: pd.DataFrame, typed: pd.DataFrame) -> Iterator[Misfit]:
    """Yield the cells that are written and could not be read as their column's type."""
    for column in cells.columns.intersection([*INTEGERS, *BOOLEANS]):
        unread = cells.loc[(cells[column] != "") & typed[column].isna(), column]
        for row, cell in unread.items():
            yield Misfit(name, int(str(row)), str(column), cell)


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
