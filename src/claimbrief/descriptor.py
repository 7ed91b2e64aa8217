"""The Data Package descriptor: read, and refused where the tables cannot be found by it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimbrief.errors import DatasetError, Problem

DESCRIPTOR = "datapackage.json"
# How every table file is stored; a descriptor may name these values and no others.
STORED = {"scheme": "file", "format": "csv", "encoding": "utf-8", "dialect": None}


def read_descriptor(folder: Path) -> tuple[dict[str, Any], bytes]:
    """Return the descriptor in a folder, and its bytes.

    Raises:
        DatasetError: if there is none, or it does not describe tables that lie beside it.
    """
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
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            yield _unusable(
                f"resource {number}", repr(resource)[:60], "an object with a name and a path"
            )
            continue
        path, schema = resource.get("path"), resource.get("schema")
        if not isinstance(path, str) or not re.fullmatch(r"\w[\w.-]*", path):
            yield _unusable(resource["name"], f"path {path!r}", "the name of a file beside it")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        if not isinstance(fields, list) or not all(_is_field(field) for field in fields):
            yield _unusable(resource["name"], "no readable schema", "fields, each with a name")
        for key, accepted in STORED.items():
            if resource.get(key, accepted) != accepted:
                found = f"{key} {resource[key]!r}"
                yield _unusable(resource["name"], found, str(accepted or f"no {key}"))


def _is_field(field: Any) -> bool:
    return (
        isinstance(field, dict)
        and isinstance(field.get("name"), str)
        and isinstance(field.get("vocabulary", ""), str)
    )


def _unusable(name: str, found: str, accepted: str) -> Problem:
    return Problem(DESCRIPTOR, 0, name, found, accepted, "mend the descriptor")


def table_path(folder: Path, descriptor: dict[str, Any], name: str) -> Path:
    """Return where a table's file should be: the descriptor's path, or the table's own name."""
    for resource in descriptor["resources"]:
        if resource["name"] == name:
            return folder / str(resource["path"])
    return folder / f"{name}.csv"
