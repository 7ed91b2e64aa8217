"""What is wrong with the structure: missing files and columns, types, required cells and keys.

The judge is Frictionless; here its findings are put into our words. It is asked only about what
`sound` cannot tell right at a glance, because it takes a second to load and reads row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from claimbrief.dataset import DESCRIPTOR, TABLES, Dataset
from claimbrief.errors import Problem
from claimbrief.validate.sound import doubtful_tables

_ADVICE = {
    "primary-key": ("a key that no other row has", "give the row a key of its own"),
    "foreign-key": ("a key that stands in the other table", "mend the key or add its row"),
    "extra-label": ("the columns that the descriptor names", "remove or describe the column"),
    "missing-label": ("the columns that the descriptor names", "put the column back"),
    "incorrect-label": ("the columns that the descriptor names, in its order", "mend the header"),
    "duplicate-label": ("each column once", "mend the header"),
    "extra-cell": ("a cell for each column", "remove the cell, or quote a comma inside a text"),
    "missing-cell": ("a cell for each column", "add the missing cells"),
    "blank-row": ("rows with cells", "remove the blank row"),
    "source-error": ("a header and rows", "put the table’s header back"),
    "encoding-error": ("UTF-8", "save as UTF-8"),
}


def structure_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what Frictionless finds, and the files and columns that the descriptor owes."""
    yield from _descriptor_problems(dataset)
    if doubtful := doubtful_tables(dataset):
        yield from frictionless_problems(dataset, doubtful)


def frictionless_problems(dataset: Dataset, tables: frozenset[str]) -> Iterator[Problem]:
    """Yield what Frictionless finds in the descriptor and in these tables."""
    from frictionless import FrictionlessException, Package

    keys = {r["name"]: r["schema"].get("primaryKey") for r in dataset.descriptor["resources"]}
    try:
        package = Package.from_descriptor(
            _present(dataset, tables), basepath=str(dataset.folder.resolve())
        )
        report = package.validate()
    except FrictionlessException as error:
        yield _refused(error.error.note)
        return
    except Exception as error:
        yield _refused(f"{type(error).__name__}: {error}")
        return
    for found in report.errors:
        yield _told(DESCRIPTOR, found.to_dict(), None)
    for task in report.tasks:
        for found in task.errors:
            yield _told(task.name, found.to_dict(), keys.get(task.name))


def _refused(found: str) -> Problem:
    return Problem(DESCRIPTOR, 0, "", found, "a valid Data Package", "mend the descriptor")


def _present(dataset: Dataset, tables: frozenset[str]) -> dict[str, Any]:
    """Return the descriptor with these tables and those that their keys lead to.

    Left out are the tables whose file is missing and the keys into them.
    """
    resources = dataset.descriptor["resources"]
    gone = {r["name"] for r in resources if not (dataset.folder / r["path"]).is_file()}
    asked = [resource for resource in resources if resource["name"] in tables]
    led_to = set() if len(asked) == len(resources) else _led_to(asked)
    here = []
    for resource in resources:
        schema = dict(resource["schema"])
        if resource["name"] not in tables:
            schema.pop("foreignKeys", None)
        elif gone and schema.get("foreignKeys"):
            schema["foreignKeys"] = [
                key for key in schema["foreignKeys"] if key["reference"]["resource"] not in gone
            ]
        if resource["name"] in (tables | led_to) - gone:
            here.append({**resource, "schema": schema})
    return {**dataset.descriptor, "resources": here}


def _led_to(resources: list[dict[str, Any]]) -> set[str]:
    """Return the tables that the keys of others lead to."""
    keys = (key for resource in resources for key in resource["schema"].get("foreignKeys", []))
    return {key["reference"]["resource"] for key in keys}


def _descriptor_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the files that are missing, and the tables and columns that the code reads."""
    resources = {resource["name"]: resource for resource in dataset.descriptor["resources"]}
    for name, resource in resources.items():
        if not (dataset.folder / resource["path"]).is_file():
            found, accepted = f"no file {resource['path']}", "a file beside the descriptor"
            yield Problem(DESCRIPTOR, 0, name, found, accepted, f"put {resource['path']} there")
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


def _told(where: str, error: Mapping[str, Any], primary_key: Any) -> Problem:
    """Return an error of Frictionless's as a problem of ours."""
    kind, note = str(error.get("type", "")), str(error.get("note", ""))
    accepted, todo = _ADVICE.get(kind, ("a cell as the descriptor says", "mend the cell"))
    columns = error.get("fieldNames") or [error.get("fieldName") or ""]
    found = next((str(error[key]) for key in ("cell", "label") if error.get(key)), note)
    if kind in ("constraint-error", "type-error"):
        accepted, found = note, str(error.get("cell") or "an empty cell")
    elif kind == "foreign-key":
        accepted = f"a key that stands in {error['referenceName'] or where}"
        found = ", ".join(map(str, error["fieldCells"]))
    elif kind == "primary-key" and primary_key:
        columns = [primary_key] if isinstance(primary_key, str) else primary_key
    elif kind == "extra-label":
        columns = [error.get("label") or ""]
    elif kind == "blank-row":
        found = "a blank row"
    return Problem(
        where, int(error.get("rowNumber") or 0), ", ".join(columns), found or kind, accepted, todo
    )
