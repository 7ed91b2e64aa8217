"""What is wrong with the files themselves: bytes, columns, types, keys and codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from claimbrief.dataset import DESCRIPTOR, TABLES, Dataset, table_bytes, table_path
from claimbrief.errors import Problem

# The codes that the rules and the analysis speak of by name; the vocabulary must define them.
SPOKEN_OF = {
    "stance": "affirms affirms_hedged holds_possible supposes notes_reports withholds declines "
    "dismisses denies not_addressed meta",
    "commitment": "CT+ PR+ PS+ Uu PS− PR− CT− NA",
    "rendering": "direct mixed indirect gloss summary narrator",
    "denial": "D-1 D0 D1 D2 D3 D4",
    "response": "A0 A1 A2 A3 A4 A5",
    "publicity": "none_offered claimed_not_public shared_with_partners described public_argument "
    "published published_verified",
    "lineage_relation": "quoted_from derived_from briefed_by responds_to comments_on",
    "actor_kind": "person institution state alliance outlet group collective",
    "content_role": "none",
    "rung": "0",
}
# Typed straight in a text where a typographic mark belongs; a sign of a spreadsheet's changes.
STRAIGHT = re.compile("[\"']")
PROSE = (
    "quote paraphrase hedge_words date_words date_note note basis published_basis text "
    "description definition venue role title label personnel_term rights"
).split()


def file_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with the bytes of the tables and with stray or straightened characters."""
    for name in TABLES:
        content = table_bytes(dataset.folder, dataset.descriptor, name)
        file = table_path(dataset.folder, dataset.descriptor, name).name
        if content.startswith(b"\xef\xbb\xbf"):
            yield Problem(file, 1, "", "a byte order mark", "UTF-8 without one", "save without BOM")
        if b"\r" in content:
            row = content[: content.index(b"\r")].count(b"\n") + 1
            yield Problem(file, row, "", "CR line ends", "LF line ends", "save with LF line ends")
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            row = content[: error.start].count(b"\n") + 1
            yield Problem(file, row, "", "bytes that are not UTF-8", "UTF-8", "save as UTF-8")
        yield from _cell_problems(dataset, name)


def _cell_problems(dataset: Dataset, name: str) -> Iterator[Problem]:
    table = dataset.table(name)
    for column in TABLES[name].split():
        if table[column].dtype != "str":
            continue
        for row, cell in table[column].items():
            assert isinstance(row, int)
            if cell != cell.strip() or "\xa0" in cell:
                yield Problem(
                    name,
                    row,
                    column,
                    repr(cell),
                    "no blanks at either end, no hard blanks",
                    "remove the blanks",
                )
            if column in PROSE and STRAIGHT.search(cell):
                yield Problem(
                    name,
                    row,
                    column,
                    repr(cell),
                    "typographic marks: “ ” ‘ ’",
                    "put the marks back as they stand in the source",
                )


def structure_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what Frictionless finds: missing files and columns, types, required cells and keys."""
    from frictionless import FrictionlessException, Package

    yield from _descriptor_problems(dataset)
    try:
        package = Package.from_descriptor(
            dict(dataset.descriptor), basepath=str(dataset.folder.resolve())
        )
        report = package.validate()
    except FrictionlessException as error:
        yield Problem(
            DESCRIPTOR, 0, "", error.error.note, "a valid Data Package", "mend the descriptor"
        )
        return
    for error in report.errors:
        yield _told(DESCRIPTOR, error.to_dict())
    for task in report.tasks:
        for error in task.errors:
            yield _told(task.name, error.to_dict())


def _descriptor_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the tables and columns that the code reads and the descriptor does not name."""
    resources = {
        resource.get("name"): resource
        for resource in dataset.descriptor["resources"]
        if isinstance(resource, dict)
    }
    for name, columns in TABLES.items():
        if name not in resources:
            yield Problem(
                DESCRIPTOR,
                0,
                name,
                "no such table",
                "the table, with its columns",
                f"describe {name}.csv in the descriptor",
            )
            continue
        path = str(resources[name].get("path", ""))
        if "/" in path or "\\" in path or not (dataset.folder / path).is_file():
            yield Problem(
                DESCRIPTOR,
                0,
                name,
                f"path {path!r}",
                "a file beside the descriptor",
                f"put {Path(path).name or name + '.csv'} beside the descriptor",
            )
        fields = {field["name"] for field in _fields(resources[name])}
        for column in columns.split():
            if column not in fields:
                yield Problem(
                    DESCRIPTOR,
                    0,
                    f"{name}.{column}",
                    "no such column",
                    "the column, described",
                    "describe the column in the descriptor",
                )


def _fields(resource: Mapping[str, Any]) -> list[dict[str, Any]]:
    fields = resource.get("schema", {}).get("fields", [])
    return [field for field in fields if isinstance(field, dict) and "name" in field]


_ADVICE = {
    "primary-key": ("a key that no other row has", "give the row a key of its own"),
    "foreign-key": ("a key that stands in the other table", "mend the key or add its row"),
    "extra-label": ("the columns that the descriptor names", "remove or describe the column"),
    "missing-label": ("the columns that the descriptor names", "put the column back"),
    "incorrect-label": ("the columns that the descriptor names, in its order", "mend the header"),
    "extra-cell": ("a cell for each column", "remove the cell, or quote a comma inside a text"),
    "missing-cell": ("a cell for each column", "add the missing cells"),
    "blank-row": ("rows with cells", "remove the blank row"),
}


def _told(where: str, error: Mapping[str, Any]) -> Problem:
    """Return an error of Frictionless's as a problem of ours."""
    kind = str(error.get("type", ""))
    accepted, todo = _ADVICE.get(kind, ("a cell as the descriptor says", "mend the cell"))
    note = str(error.get("note", ""))
    if kind in ("constraint-error", "type-error"):
        accepted = note
    cells = [error[key] for key in ("cell", "label") if error.get(key)]
    found = ", ".join(map(str, cells)) or (note if kind in _ADVICE else "") or "an empty cell"
    if kind not in _ADVICE and not cells and "cell" not in error:
        found = note or str(error.get("message", kind))
    return Problem(
        where,
        int(error.get("rowNumber") or 0),
        str(error.get("fieldName") or ""),
        found,
        accepted,
        todo,
    )


def code_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the codes that the vocabulary does not define."""
    vocabulary = dataset.vocabulary
    for scheme, codes in SPOKEN_OF.items():
        defined = set(vocabulary.loc[vocabulary["scheme"] == scheme, "code"])
        for code in codes.split():
            if code not in defined:
                yield Problem(
                    "vocabulary",
                    0,
                    "code",
                    f"{scheme} without {code}",
                    "every code of the rules",
                    "put the code back with its label and definition",
                )
    rungs = set(vocabulary.loc[vocabulary["scheme"] == "rung", "code"])
    roles = vocabulary[vocabulary["scheme"] == "content_role"]
    for row, rung in roles["order"].dropna().items():
        if str(rung) not in rungs:
            yield Problem(
                "vocabulary",
                int(str(row)),
                "order",
                str(rung),
                f"a rung: {', '.join(sorted(rungs))}",
                "enter the rung of this role, or leave it empty",
            )
    for resource in dataset.descriptor["resources"]:
        if isinstance(resource, dict) and resource.get("name") in TABLES:
            yield from _column_code_problems(dataset, resource)


def _column_code_problems(dataset: Dataset, resource: Mapping[str, Any]) -> Iterator[Problem]:
    vocabulary, table = dataset.vocabulary, dataset.table(resource["name"])
    for field in _fields(resource):
        scheme, column = field.get("vocabulary"), field["name"]
        if not scheme or column not in table:
            continue
        codes = list(vocabulary.loc[vocabulary["scheme"] == scheme, "code"])
        for row, code in table[column].items():
            if code and code not in codes:
                yield Problem(
                    resource["name"],
                    int(str(row)),
                    column,
                    str(code),
                    ", ".join(codes),
                    f"use a code of {scheme}, or define this one in vocabulary.csv",
                )
