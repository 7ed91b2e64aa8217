"""The claims dataset: a Data Package (v2) of CSV tables, read into typed frames, judged nowhere.

A frame's index is the row's number as a spreadsheet counts it: the header is row 1. Cells are
strings ("" where empty), whole numbers are `Int64` and truth values `boolean`; a cell that does
not fit its type is missing here and reported by `claimbrief.validate`, which reads the files too.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from claimbrief.errors import DatasetError, Problem

DESCRIPTOR = "datapackage.json"
UNKNOWN = "unknown"  # the parent of a lineage row that no source names
OUTLET_VOICES = ("gloss", "summary", "narrator")  # renderings that are never counted as utterances

# What the code reads: each table with its columns. Types, keys and codes are the descriptor's.
TABLES = {
    "sources": "source_id title publisher kind url wire published published_basis sha256 n_chars "
    "rights",
    "actors": "actor_id name short_name kind country member_of is_expected",
    "utterances": "utterance_id venue channel date date_words date_basis date_note outside_date "
    "outside_source_id is_translation",
    "speakers": "utterance_id actor_id role",
    "propositions": "proposition_id question_id text content_role",
    "proposition_relations": "a relation b note",
    "claims": "claim_id utterance_id source_id proposition_id stance commitment hedge_words "
    "rendering renders attributed_to quote paraphrase span_start span_end personnel_term location "
    "troops_low troops_high response denial note",
    "evidence": "evidence_id holder kind description",
    "evidence_status": "evidence_id as_of publicity locator source_id basis",
    "claim_evidence": "claim_id evidence_id relation",
    "lineage": "child parent relation basis source_id",
    "reports": "utterance_id source_id relation",
    "events": "event_id date label source_id",
    "vocabulary": "scheme code label definition order",
    "exclusions": "source_id span_start span_end reason",
    "codings": "coder claim_id variable value",
}
INTEGERS = {"n_chars", "span_start", "span_end", "troops_low", "troops_high", "order"}
BOOLEANS = {"is_expected", "is_translation"}


@dataclass(frozen=True)
class Dataset:
    """The tables of one question. Each frame's row meaning and columns stand in the descriptor."""

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
        codes = self.vocabulary[self.vocabulary["scheme"] == scheme].sort_values("order")
        return dict(zip(codes["code"], codes["label"], strict=True))


def read_dataset(folder: str | Path) -> Dataset:
    """Return the dataset in a folder, as it stands in its files.

    Raises:
        DatasetError: if there is no descriptor or it is not a JSON object.
    """
    path = Path(folder)
    descriptor, raw = _descriptor(path)
    digest = hashlib.sha256(raw)
    frames = {}
    for name in TABLES:
        content = table_bytes(path, descriptor, name)
        digest.update(name.encode() + b"\0" + content)
        frames[name] = _frame(content, TABLES[name].split())
    return Dataset(path, descriptor, digest.hexdigest(), **frames)


def table_path(folder: Path, descriptor: dict[str, Any], name: str) -> Path:
    """Return where a table's file should be: the descriptor's path, or the table's own name."""
    for resource in descriptor.get("resources", []):
        if isinstance(resource, dict) and resource.get("name") == name:
            return folder / str(resource.get("path", f"{name}.csv"))
    return folder / f"{name}.csv"


def table_bytes(folder: Path, descriptor: dict[str, Any], name: str) -> bytes:
    """Return the bytes of a table's file, none where there is no file."""
    path = table_path(folder, descriptor, name)
    return path.read_bytes() if path.is_file() else b""


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
    except ValueError as error:
        descriptor = str(error)
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        found = descriptor if isinstance(descriptor, str) else "JSON without a list of resources"
        raise DatasetError([Problem(DESCRIPTOR, 0, "", found, accepted, "mend the descriptor")])
    return descriptor, raw


def _frame(content: bytes, columns: list[str]) -> pd.DataFrame:
    """Return the frame of a table; a column that the file lacks is empty."""
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    rows = list(csv.DictReader(StringIO(text, newline="")))
    index = pd.RangeIndex(2, len(rows) + 2, name="row")
    cells = {column: [row.get(column) or "" for row in rows] for column in columns}
    frame = pd.DataFrame(cells, index=index, columns=columns, dtype="str")
    for column in columns:
        if column in INTEGERS:
            frame[column] = frame[column].where(frame[column].str.fullmatch(r"-?\d{1,18}"))
            frame[column] = pd.to_numeric(frame[column]).astype("Int64")
        elif column in BOOLEANS:
            truth = frame[column].map({"true": True, "false": False})
            frame[column] = truth.astype("boolean")
    return frame
