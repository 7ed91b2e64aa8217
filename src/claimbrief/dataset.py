"""The claims dataset: a Data Package (v2) of CSV tables, read into typed frames.

A frame's index is the row's number as a spreadsheet counts it: the header is row 1. Cells are
strings ("" where empty), whole numbers are `Int64` and truth values `boolean`, in capitals or not.
What cannot be read into the frames (headers, rows with other than a cell for each column, cells
that do not fit their type) is listed in `Dataset.reading_problems`; every other rule is in
`claimbrief.validate`.
"""

from __future__ import annotations

import hashlib
import re
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from claimbrief.descriptor import DESCRIPTOR, read_descriptor, table_path
from claimbrief.errors import DatasetError, Problem
from claimbrief.spreadsheets import TRUTH, rows_of

UNKNOWN = "unknown"  # the parent of a lineage row that no source names
# Codes of the codebook that the code speaks of by name.
CONTEXT_QUESTION, EVIDENCE_STATE, NO_RESPONSE = "Q0", "Q4", "A0"
UNSTATED_QUESTION = "QU"  # the question of words that name no content of their own
NO_QUESTION = (CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION)  # codes that ask nothing
PHASE_TO_COME = "to_come"  # the phase of what is foretold or in preparation
PHASE_UNDER_WAY = "under_way"  # the phase of a movement that has begun and not ended
RESEARCHED = "researched"  # the basis of a day that research settled from the pages named
OFFICIAL = GOVERNMENT, ORGANISATION = "state", "alliance"  # kinds of actor
# Relations of a claim to an item of evidence that give it no support.
NO_SUPPORT = ("says_none", "speaks_of")
RELAYED = "relayed"  # the extent of a page that was not in view itself
OUTLET_VOICES = ("gloss", "summary", "narrator")  # renderings that are never counted as utterances
GAP = " … "  # joins the stretches of a quote that the source interrupts

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
    "rendering renders attributed_to quote paraphrase span_start span_end people_term location "
    "figure_low figure_high response denial note",
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
# Columns that a package may leave out: each is then empty.
OPTIONAL = {
    "actors": "abbr",
    "propositions": "short",
    "claims": "figure_qualifier",
    "vocabulary": "short clause",
}
INTEGERS = {"n_chars", "span_start", "span_end", "figure_low", "figure_high", "order"}
BOOLEANS = {"is_expected", "is_translation", "is_followed"}
_INTEGER = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of one question; the descriptor says what their rows and columns mean.

    Columns that a descriptor adds to claims are read as text, and shown on the cards; other tables
    and columns beyond those of `TABLES` and `OPTIONAL` are not read.
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
    reading_problems: tuple[Problem, ...]

    def table(self, name: str) -> pd.DataFrame:
        """Return the frame of a table by its name."""
        frame = getattr(self, name)
        assert isinstance(frame, pd.DataFrame)
        return frame

    @property
    def language(self) -> str:
        """The language of paraphrases and notes (BCP 47)."""
        return str(self.descriptor.get("language", "en"))

    @property
    def coded_sources(self) -> list[str]:
        """The ids of the sources whose whole text was coded, in the order of the table."""
        return self.sources.loc[self.sources["sha256"] != "", "source_id"].tolist()

    def labels(self, scheme: str) -> dict[str, str]:
        """Return the printed label of each code of a scheme, in the vocabulary's order."""
        return dict(self.codes.get(scheme, {}))

    @cached_property
    def codes(self) -> dict[str, dict[str, str]]:
        """The label of each code by scheme, in the vocabulary's order."""
        found: dict[str, dict[str, str]] = {}
        for row in each_row(self.vocabulary.sort_values("order", kind="stable")):
            found.setdefault(row.scheme, {})[row.code] = row.label
        return found


def read_dataset(folder: str | Path) -> Dataset:
    """Return the dataset in a folder, unchecked.

    Raises DatasetError if there is no descriptor, it does not describe tables that lie beside it,
    or tables cannot be split into cells (see `claimbrief.spreadsheets`).
    """
    path = Path(folder)
    descriptor, raw = read_descriptor(path)
    fields = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in descriptor["resources"]
    }
    digest = hashlib.sha256(raw)
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    refusals: list[Problem] = []
    for name in TABLES:
        columns = [*TABLES[name].split(), *OPTIONAL.get(name, "").split()]
        described = fields.get(name, columns)
        file = table_path(path, descriptor, name)
        content = file.read_bytes() if file.is_file() else b""
        digest.update(name.encode() + b"\0")
        digest.update(content)
        (header, *rows), refusal = rows_of(file.name, content, str(folder))
        refusals += [refusal] if refusal else []
        if file.is_file():
            problems += _header_problems(name, header, described)
            problems += _row_problems(name, header, rows)
        elif name in fields:
            found, accepted = f"no file {file.name}", "a file beside the descriptor"
            problems.append(Problem(DESCRIPTOR, 0, name, found, accepted, f"put {file.name} there"))
        if name == "claims":  # with the columns that this package adds
            columns = list(dict.fromkeys([*columns, *described]))
        cells = _cells(header, rows, columns)
        frames[name] = _typed(cells)
        problems += _type_problems(name, cells, frames[name])
    if refusals:
        raise DatasetError(refusals)
    return Dataset(path, descriptor, digest.hexdigest(), **frames, reading_problems=tuple(problems))


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a frame as named tuples, each with its row number as `Index`."""
    record = _record(tuple(frame.columns))
    columns = [frame[name].tolist() for name in frame.columns]
    return map(record._make, zip(frame.index.tolist(), *columns, strict=True))


@lru_cache(maxsize=256)
def _record(columns: tuple[str, ...]) -> Any:
    """Return the named tuple of a frame's rows, cached per set of columns."""
    return namedtuple("Row", ["Index", *columns], rename=True)  # an added column has any name


def groups_above(member_of: Mapping[str, str], actor_id: str) -> list[str]:
    """Return an actor and every body above it, nearest first, by the body that each belongs to."""
    groups: list[str] = []
    while actor_id and actor_id not in groups:
        groups.append(actor_id)
        actor_id = member_of.get(actor_id, "")
    return groups


def _header_problems(name: str, header: list[str], fields: Sequence[str]) -> Iterator[Problem]:
    accepted = "the columns that the descriptor names"
    if not header:
        todo = "put the table’s header back"
        yield Problem(name, 0, "", "no header", "a header and rows", todo)
        return
    kept = [field for field in fields if field in header]
    if header == kept:
        for field in (it for it in fields if it not in kept):
            yield Problem(name, 0, field, "no such column", accepted, "put the column back")
        return
    for label, field in zip_longest(header, fields):
        if field is None:
            todo = "remove or describe the column"
            yield Problem(name, 0, label, label or "an empty label", accepted, todo)
        elif label is None:
            yield Problem(name, 0, field, "no such column", accepted, "put the column back")
        elif label != field:
            in_order = f"{accepted}, in its order"
            yield Problem(name, 0, field, label or "an empty label", in_order, "mend the header")


def _row_problems(name: str, header: list[str], rows: list[list[str]]) -> Iterator[Problem]:
    for number, row in enumerate(rows, 2):
        if not row:
            accepted, todo = "rows with cells", "remove the blank row"
            yield Problem(name, number, "", "a blank row", accepted, todo)
        elif len(row) != len(header):
            found, accepted = f"{len(row)} cells", f"a cell for each column: {len(header)} cells"
            more = "remove the cell, or quote a comma inside a text"
            todo = "add the missing cells" if len(row) < len(header) else more
            yield Problem(name, number, "", found, accepted, todo)


def _cells(header: list[str], rows: list[list[str]], columns: list[str]) -> pd.DataFrame:
    """Return the cells of these columns as they are written, "" where the file has none.

    Blank rows are left out, but count in the numbers of the rows below.
    """
    width = len(header)
    filled = [
        row if len(row) == width else (row + [""] * (width - len(row)))[:width]
        for row in rows
        if row
    ]
    by_label = dict(zip(header, zip(*filled, strict=True), strict=False))
    empty = ("",) * len(filled)
    numbers = [number for number, row in enumerate(rows, 2) if row]
    return pd.DataFrame(
        {column: by_label.get(column, empty) for column in columns},
        pd.Index(numbers, dtype="int64", name="row"),
        dtype="str",
    )


def _typed(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells with whole numbers and truth values read; others are missing."""
    frame = cells.copy(deep=False)
    for column in cells:
        if column in INTEGERS:
            written = cells[column].tolist()
            numbers = [int(cell) if _INTEGER.fullmatch(cell) else None for cell in written]
            frame[column] = pd.array(numbers, dtype="Int64")
        elif column in BOOLEANS:
            truths = [TRUTH.get(cell.lower()) for cell in cells[column].tolist()]
            frame[column] = pd.array(truths, dtype="boolean")
    return frame


def _type_problems(name: str, cells: pd.DataFrame, typed: pd.DataFrame) -> Iterator[Problem]:
    """Yield the cells that are filled and could not be read as their column's type."""
    for column in (it for it in cells if it in INTEGERS or it in BOOLEANS):
        is_unread = (cells[column] != "") & typed[column].isna()
        if not is_unread.any():
            continue
        unread = cells.loc[is_unread, column]
        accepted = "true or false" if column in BOOLEANS else "a whole number"
        for row, cell in zip(unread.index.tolist(), unread.tolist(), strict=True):
            found = cell if cell == cell.strip() else repr(cell)
            todo = "write it so; a spreadsheet may have changed it"
            yield Problem(name, row, str(column), found, accepted, todo)
