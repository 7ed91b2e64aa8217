"""Which tables are plainly as the descriptor says, told fast; any other is for Frictionless.

Nothing is refused here. A table is sound if every rule of its schema holds in a stricter reading
than Frictionless's own: so what is sound here is sound there, and what is doubtful here may be
either. A descriptor that uses anything but the few properties below makes every table doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from claimbrief.dataset import BOOLEANS, INTEGERS, TABLES, Dataset

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TEXTS = {"title", "description", "version", "language"}


def doubtful_tables(dataset: Dataset) -> frozenset[str]:
    """Return the tables that may break the descriptor's rules; every table, if it may be wrong."""
    if not is_plain(dataset.descriptor):
        return frozenset(resource["name"] for resource in dataset.descriptor["resources"])
    unfit = {misfit.table for misfit in dataset.misfits} | (set(TABLES) - dataset.regular)
    return frozenset(
        resource["name"]
        for resource in dataset.descriptor["resources"]
        if resource["name"] in unfit
        or not _has_sound_cells(dataset.table(resource["name"]), resource["schema"])
        or not _has_sound_keys(dataset, resource["name"], resource["schema"])
    )


def _has_sound_cells(table: pd.DataFrame, schema: Mapping[str, Any]) -> bool:
    """Return whether required cells are filled and patterns hold."""
    for field in schema["fields"]:
        cells, rules = table[field["name"]], field.get("constraints", {})
        is_empty = cells.isna() | (cells == "").fillna(False)
        if rules.get("required") and is_empty.any():
            return False
        if "pattern" in rules:
            fits = re.compile(rules["pattern"]).fullmatch
            if not all(map(fits, cells[~is_empty].unique())):
                return False
    return True


def _has_sound_keys(dataset: Dataset, name: str, schema: Mapping[str, Any]) -> bool:
    """Return whether no two rows have one key and each key stands in the table that it names."""
    table = dataset.table(name)
    if table.duplicated(schema["primaryKey"]).any():
        return False
    for key in schema.get("foreignKeys", []):
        (column,), (target,) = key["fields"], key["reference"]["fields"]
        known = dataset.table(key["reference"]["resource"] or name)[target]
        if not (table[column].isin(known) | (table[column] == "")).all():
            return False
    return True


def is_plain(descriptor: Mapping[str, Any]) -> bool:
    """Return whether a descriptor has our tables, described by nothing but well-known rules."""
    texts = {key: descriptor[key] for key in _TEXTS & set(descriptor)}
    accepted = {"$schema", "name", "licenses", "resources", "known_gaps", *_TEXTS}
    resources = descriptor["resources"]
    return (
        set(descriptor) <= accepted
        and descriptor.get("$schema") == PROFILE
        and _is_named(descriptor.get("name"))
        and _are_texts(texts)
        and _are_licenses(descriptor.get("licenses"))
        and isinstance(descriptor.get("known_gaps", []), list)
        and sorted(resource["name"] for resource in resources) == sorted(TABLES)
        and all(_is_plain_table(resource) for resource in resources)
    )


def _is_plain_table(resource: Mapping[str, Any]) -> bool:
    name, schema = resource["name"], resource["schema"]
    said = {key: value for key, value in resource.items() if key not in ("description", "schema")}
    written = {"type": "table", "scheme": "file", "format": "csv", "mediatype": "text/csv"}
    written |= {"name": name, "path": f"{name}.csv", "encoding": "utf-8"}
    return (
        said == written
        and isinstance(resource.get("description"), str)
        and set(schema) <= {"fields", "primaryKey", "missingValues", "foreignKeys"}
        and schema.get("missingValues") == [""]
        and [field["name"] for field in schema["fields"]] == TABLES[name].split()
        and all(_is_plain_field(field) for field in schema["fields"])
        and _is_plain_key(schema)
        and _are_plain_links(schema.get("foreignKeys", []), name)
    )


def _is_plain_field(field: Mapping[str, Any]) -> bool:
    name, rules = field["name"], field.get("constraints", {})
    kind = "integer" if name in INTEGERS else "boolean" if name in BOOLEANS else "string"
    return (
        set(field) <= {"name", "type", "description", "vocabulary", "constraints"}
        and field.get("type") == kind
        and _are_texts({key: value for key, value in field.items() if key != "constraints"})
        and isinstance(rules, dict)
        and set(rules) <= ({"required", "pattern"} if kind == "string" else {"required"})
        and isinstance(rules.get("required", True), bool)
        and _is_pattern(rules.get("pattern", ""))
    )


def _is_plain_key(schema: Mapping[str, Any]) -> bool:
    """Return whether the primary key is a list of columns that must be filled."""
    key = schema.get("primaryKey")
    needed = [f["name"] for f in schema["fields"] if f.get("constraints", {}).get("required")]
    return isinstance(key, list) and bool(key) and all(column in needed for column in key)


def _are_plain_links(links: Any, name: str) -> bool:
    """Return whether each foreign key leads from one column of text to one of a table of ours."""
    return isinstance(links, list) and all(_is_plain_link(link, name) for link in links)


def _is_plain_link(link: Any, name: str) -> bool:
    match link:
        case {
            "fields": [str(column)],
            "reference": {"resource": str(other), "fields": [str(target)], **more},
            **rest,
        }:
            is_known = other in ("", *TABLES) and not more and not rest
            return is_known and _is_text(name, column) and _is_text(other or name, target)
    return False


def _is_text(table: str, column: str) -> bool:
    return column in TABLES[table].split() and column not in INTEGERS | BOOLEANS


def _are_licenses(licenses: Any) -> bool:
    return isinstance(licenses, list) and all(
        isinstance(one, dict) and set(one) == {"name", "title", "path"} and _are_texts(one)
        for one in licenses
    )


def _are_texts(values: Mapping[Any, Any]) -> bool:
    return all(isinstance(value, str) and value for value in values.values())


def _is_named(name: Any) -> bool:
    return isinstance(name, str) and bool(re.fullmatch("[a-z0-9-]+", name))


def _is_pattern(pattern: Any) -> bool:
    """Return whether a pattern can be read alone and, as Frictionless does, between ^ and $."""
    try:
        return bool(re.compile(pattern)) and bool(re.compile(f"^{pattern}$"))
    except (re.error, TypeError):
        return False
