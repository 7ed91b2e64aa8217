"""A statement as a YAML file: read into rows, and written from rows or as a form to fill in.

What can be given of it are the tables and their columns, as the descriptor has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from claimbrief.descriptor import primary_key, resource
from claimbrief.errors import BriefError
from claimbrief.render.editions import nearest, read_yaml

Rows = dict[str, list[dict[str, str]]]  # new rows by table, each with cells by column

# The tables that a statement can touch, keys before those that name them.
_ORDER = (
    "sources actors propositions proposition_relations utterances speakers reports words claims "
    "evidence evidence_status claim_evidence lineage events exclusions"
)
ORDER = _ORDER.split()


@dataclass(frozen=True)
class Field:
    """A column of a table: its type, the scheme of its codes, and the table of its keys."""

    name: str
    description: str
    kind: str
    is_required: bool
    is_key: bool
    scheme: str
    refers_to: str


def fields(descriptor: Mapping[str, Any], table: str) -> Iterator[Field]:
    """Yield the columns of a table in order."""
    schema = resource(descriptor, table)["schema"]
    keys = primary_key(schema)
    links = {it["fields"][0]: it["reference"] for it in schema.get("foreignKeys", [])}
    for field in schema["fields"]:
        name = field["name"]
        other = links[name]["resource"] or table if name in links else ""
        yield Field(
            name,
            str(field.get("description", "")),
            str(field.get("type", "string")),
            bool(field.get("constraints", {}).get("required")),
            name in keys,
            str(field.get("vocabulary", "")),
            other,
        )


def key_column(descriptor: Mapping[str, Any], table: str) -> str:
    """Return the column that is a table's primary key, or "" where several columns are."""
    keys = primary_key(resource(descriptor, table)["schema"])
    return str(keys[0]) if len(keys) == 1 else ""


def read_rows(path: Path, descriptor: Mapping[str, Any]) -> Rows:
    """Return the new rows that a YAML file holds; cells that are left out are empty.

    A required key that a row leaves out is that of the only new row of its table, or is given once
    at the top of the file. Raises BriefError with everything in the file that is not a table,
    a column or a value.
    """
    written = read_yaml(path, path.name, f"tables with rows: {', '.join(ORDER)}", BriefError)
    keys = {key for table in ORDER if (key := key_column(descriptor, table))}
    problems: list[str] = []
    given: dict[str, str] = {}
    rows: Rows = {}
    for name, value in written.items():
        if name in keys and isinstance(value, str):
            given[name] = value
        elif name in ORDER:
            rows[name] = list(_rows(name, value, descriptor, problems))
        else:
            problems.append(f"unknown table {name!r}{nearest(str(name), ORDER)}")
    rows = {table: filled for table in ORDER if (filled := [r for r in rows.get(table, []) if r])}
    if not rows and not problems:
        problems.append(f"found no rows; accepted: rows of {', '.join(ORDER)}")
    if problems:
        raise BriefError("\n  ".join([f"{path.name}: nothing was written", *problems]))
    _fill_keys(rows, given, descriptor)
    return rows


def _rows(
    table: str, value: Any, descriptor: Mapping[str, Any], problems: list[str]
) -> Iterator[dict[str, str]]:
    """Yield the rows of a table, and note what is wrong with them."""
    columns = {field.name: field for field in fields(descriptor, table)}
    for number, row in enumerate(value if isinstance(value, list) else [value], 1):
        where = f"{table}, {number}"
        if not isinstance(row, dict):
            if row is not None:
                problems.append(f"{where}: found {row!r}; accepted: columns with their cells")
            continue
        cells = {}
        for name, cell in row.items():
            if name not in columns:
                problems.append(f"{where}: unknown column {name!r}{nearest(str(name), columns)}")
            elif (text := _text(cell, columns[name])) is None:
                problems.append(
                    f"{where}, {name}: found {cell!r}; accepted: text; to do: put it into "
                    "quotation marks"
                )
            elif text:
                cells[name] = text
        yield cells


def _text(cell: Any, field: Field) -> str | None:
    """Return a value of YAML as a cell, or None where YAML has read more than text into it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower() if field.kind == "boolean" else None
    if isinstance(cell, int):
        return str(cell) if field.kind == "integer" else None
    return cell.rstrip("\n") if isinstance(cell, str) else None


def _fill_keys(rows: Rows, given: Mapping[str, str], descriptor: Mapping[str, Any]) -> None:
    """Fill in the keys that rows must have and leave out, where only one can be meant."""
    only = {
        table: new[0].get(key_column(descriptor, table), "")
        for table, new in rows.items()
        if len(new) == 1
    }
    for table, new in rows.items():
        for field in fields(descriptor, table):
            if not (field.is_required and field.refers_to):
                continue
            key = given.get(field.name) or only.get(field.refers_to, "")
            for row in new:
                row.setdefault(field.name, key)


def as_yaml(rows: Rows) -> str:
    """Return rows as the YAML that `read_rows` reads."""
    filled = {
        table: [{name: cell for name, cell in row.items() if cell} for row in new]
        for table, new in rows.items()
        if new
    }
    return yaml.safe_dump(filled, allow_unicode=True, sort_keys=False, width=100)


def template(descriptor: Mapping[str, Any]) -> str:
    """Return a form to fill in: every table and column with what it means."""
    lines = ["# Leave out what is not needed. A missing key is taken from the only new row."]
    for table in ORDER:
        lines += ["", f"# {resource(descriptor, table)['description']}", f"{table}:"]
        for number, field in enumerate(fields(descriptor, table)):
            mark = "- " if number == 0 else "  "
            need = "required. " if field.is_required else ""
            codes = f" Codes: {field.scheme} in vocabulary.csv." if field.scheme else ""
            lines.append(f"  {mark}{field.name}:  # {need}{field.description}{codes}")
    return "\n".join(lines)
