"""What can be given of a statement: the tables and their columns, as the descriptor has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claimbrief.descriptor import primary_key

Rows = dict[str, list[dict[str, str]]]  # new rows by table, each with cells by column

# The tables that a statement can touch, keys before those that name them.
ORDER = (
    "sources",
    "actors",
    "propositions",
    "proposition_relations",
    "utterances",
    "speakers",
    "reports",
    "words",
    "claims",
    "evidence",
    "evidence_status",
    "claim_evidence",
    "lineage",
    "events",
    "exclusions",
)


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


def resource(descriptor: Mapping[str, Any], table: str) -> Mapping[str, Any]:
    """Return the description of a table."""
    found: Mapping[str, Any] = next(it for it in descriptor["resources"] if it["name"] == table)
    return found
