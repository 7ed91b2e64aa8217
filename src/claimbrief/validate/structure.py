"""What is wrong with the structure: the descriptor, required cells, patterns and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from claimbrief.dataset import BOOLEANS, INTEGERS, TABLES, Dataset
from claimbrief.descriptor import DESCRIPTOR, primary_key, texts_in, window_problems
from claimbrief.errors import INVISIBLE, Problem
from claimbrief.validate.rows import nearest, problems, repeated, where

# What the patterns of the descriptor ask for.
FORMS = {
    "[a-z][a-z0-9_]*": "small letters a to z, digits and underscores, a letter first",
    "[a-z][a-z0-9]*": "small letters a to z and digits, a letter first",
    r"https?://\S+": "an address that begins with http:// or https://, without blanks",
    "[0-9a-f]{64}": "64 hexadecimal digits in small letters",
    "[A-Z]{3}": "three capitals, a country of ISO 3166-1 alpha-3",
    "[a-z]{2,3}(-[A-Za-z]+)?": "a language tag of BCP 47, such as en, uk or zh-Hant",
}
# In the descriptor: notes on claims whose reading decides the answer.
DECISIVE = "decisive_readings"


def structure_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what the descriptor lacks, and the cells and keys that break its rules.

    A table whose file or header is not as described is reported by the reader and left out here,
    as are the keys that lead to it.
    """
    resources = dataset.descriptor["resources"]
    yield from _descriptor_problems(dataset.descriptor)
    unreadable = {resource["name"] for resource in resources if _fault(resource)}
    for problem in dataset.reading_problems:
        if problem.row == 0:  # the whole file, or its header
            unreadable.add(problem.column if problem.where == DESCRIPTOR else problem.where)
    readable = {
        resource["name"]: resource["schema"]
        for resource in resources
        if resource["name"] in set(TABLES) - unreadable
    }
    for name, schema in readable.items():
        yield from _cell_problems(dataset, name, schema)
        if key := primary_key(schema):
            again = repeated(dataset.table(name), key)
            yield from problems("primary key", again, name, ", ".join(key))
        for link in schema.get("foreignKeys", []):
            if (link["reference"]["resource"] or name) in readable:
                yield from _link_problems(dataset, name, link)
    if "claims" in readable:
        yield from _decisive_problems(dataset)


def _descriptor_problems(descriptor: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is no valid Data Package, and tables and columns that are not described."""
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    faults = [fault for resource in resources.values() if (fault := _fault(resource))]
    faults += _about_faults(descriptor)
    if len(resources) < len(descriptor["resources"]):
        faults.append("two resources of one name")
    for fault in faults:
        yield Problem(DESCRIPTOR, 0, "", fault, "a valid Data Package", "mend the descriptor")
    yield from window_problems(descriptor)
    for name, columns in TABLES.items():
        if name not in resources:
            accepted, todo = "the table, with its columns", f"describe {name}.csv in the descriptor"
            yield Problem(DESCRIPTOR, 0, name, "no such table", accepted, todo)
            continue
        fields = {field["name"] for field in resources[name]["schema"]["fields"]}
        for column in columns.split():
            if column not in fields:
                accepted, todo = "the column, described", "describe the column in the descriptor"
                yield Problem(DESCRIPTOR, 0, f"{name}.{column}", "no such column", accepted, todo)


def _about_faults(descriptor: Mapping[str, Any]) -> list[str]:
    """Return what the descriptor says of the whole dataset and a brief could not print."""
    missing = [key for key in ("name", "title") if not str(descriptor.get(key, "")).strip()]
    texts = ("name", "title", "label", "language", "version", "codings_note", "description")
    wrong = [key for key in texts if not isinstance(descriptor.get(key, ""), str)]
    lists = {"known_gaps": str, "licenses": dict, "contributors": dict}
    for key, kind in lists.items():
        listed = descriptor.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(it, kind) for it in listed):
            wrong.append(key)
    notes = descriptor.get(DECISIVE, [])
    if not isinstance(notes, list) or not all(map(_is_note, notes)):
        wrong.append(DECISIVE)
    hidden = [text for text in texts_in(descriptor) if INVISIBLE.search(text.replace("\n", ""))]
    return [
        f"{key} {str(descriptor[key])[:60]!r}" if key in descriptor else f"no {key}"
        for key in dict.fromkeys(missing + wrong)
    ] + [f"invisible signs in {text[:60]!r}" for text in hidden]


def _fault(resource: Mapping[str, Any]) -> str:
    """Return what is invalid or unknown to this check in a table's description, or ""."""
    name, schema = resource["name"], resource["schema"]
    columns = [field["name"] for field in schema["fields"]]
    if resource.get("type", "table") != "table":
        return f"{name}: type {resource['type']!r}"
    if schema.get("missingValues", [""]) != [""]:
        return f"{name}: missingValues {schema['missingValues']!r}"
    if not all(column in columns for column in primary_key(schema)):
        return f"{name}: primaryKey {schema['primaryKey']!r}"
    links = schema.get("foreignKeys", [])
    if not isinstance(links, list) or not all(_is_link(link, name, columns) for link in links):
        return f"{name}: foreignKeys {links!r}"
    faulty = (field["name"] for field in schema["fields"] if not _is_field(field))
    return next((f"{name}.{column}: its type or constraints" for column in faulty), "")


def _is_link(link: Any, name: str, columns: list[str]) -> bool:
    """Return whether a foreign key leads from one column to one of a table that is read."""
    match link:
        case {"fields": [column], "reference": {"resource": str(other), "fields": [target]}}:
            known = TABLES.get(other or name, "").split()
            return column in columns and target in known
    return False


def _is_field(field: Mapping[str, Any]) -> bool:
    """Return whether a column has the type as which it is read, and constraints known here."""
    name, rules = field["name"], field.get("constraints", {})
    kind = "integer" if name in INTEGERS else "boolean" if name in BOOLEANS else "string"
    if field.get("type") != kind or not isinstance(rules, dict):
        return False
    if not set(rules) <= {"required", "pattern"} or not isinstance(
        rules.get("required", True), bool
    ):
        return False
    return "pattern" not in rules or _is_pattern(rules["pattern"])


# What can take for ever on some cells: groups that are repeated, and many repeats.
REPEATED_GROUP, REPEAT = re.compile(r"\)[*+{]"), re.compile(r"[*+]|,\}")
MAX_REPEATS = 2


def _is_pattern(pattern: Any) -> bool:
    """Return whether a pattern is one that any cell is soon compared with."""
    try:
        re.compile(pattern)
    except (re.error, TypeError, RecursionError):
        return False
    return not REPEATED_GROUP.search(pattern) and len(REPEAT.findall(pattern)) <= MAX_REPEATS


def _cell_problems(dataset: Dataset, name: str, schema: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the cells that are empty and must not be, and those that do not match a pattern."""
    table = dataset.table(name)
    unread = {(p.row, p.column) for p in dataset.reading_problems if p.where == name}
    for field in schema["fields"]:
        column, rules = field["name"], field.get("constraints", {})
        if column not in table:
            continue
        values = table[column]
        if rules.get("required") and (values.hasnans or "" in values.tolist()):
            empty = table[values.isna() | (values == "")]
            rows = where(empty, ((row, column) not in unread for row in empty.index))
            yield from problems("required", rows, name, column)
        if "pattern" in rules:
            fits = re.compile(rules["pattern"]).fullmatch
            form = FORMS.get(rules["pattern"], f"text of the form {rules['pattern']}")
            cells = values.dropna().unique().tolist()
            if misfits := [cell for cell in cells if cell and not fits(cell)]:
                rows = table[values.isin(misfits)].assign(form=form)
                yield from problems("pattern", rows, name, column)


def _link_problems(dataset: Dataset, name: str, link: Mapping[str, Any]) -> Iterator[Problem]:
    (column,), (target,) = link["fields"], link["reference"]["fields"]
    other = link["reference"]["resource"] or name
    table, known = dataset.table(name), dataset.table(other)[target]
    if unknown := set(table[column]) - {"", *known}:
        rows = table[table[column].isin(unknown)]
        rows = rows.assign(other=other, nearest=nearest(rows[column], known))
        yield from problems("foreign key", rows, name, column)


def _is_note(value: Any) -> bool:
    """Return whether a value has the id of a claim and a note."""
    return isinstance(value, dict) and all(
        isinstance(value.get(part), str) for part in ("claim_id", "note")
    )


def _decisive_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the ids of decisive readings that are no claim's."""
    notes, known = dataset.descriptor.get(DECISIVE), set(dataset.claims["claim_id"])
    listed = notes if isinstance(notes, list) else []
    ids = dict.fromkeys(note["claim_id"] for note in listed if _is_note(note))
    for found in (claim_id for claim_id in ids if claim_id not in known):
        accepted, todo = "a claim_id of claims.csv", "mend the id, or delete the note"
        yield Problem(DESCRIPTOR, 0, DECISIVE, found, accepted, todo)
