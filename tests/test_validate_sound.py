"""What is told sound at a glance is sound to Frictionless, which is asked about all the rest."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from claimbrief.dataset import TABLES, read_dataset
from claimbrief.validate import find_problems
from claimbrief.validate.sound import doubtful_tables, is_plain
from claimbrief.validate.structure import frictionless_problems, structure_problems

Changed = Callable[..., Path]
TINY = Path(__file__).parent / "tiny"
DESCRIPTOR = json.loads((TINY / "datapackage.json").read_text(encoding="utf-8"))
# What a cell is changed into, in turn, so that each rule is broken somewhere.
VALUES = ("", "no body!", "true", "-5", "unknown")


def _mutations() -> Iterator[tuple[str, str, str]]:
    for name, columns in TABLES.items():
        for column in columns.split():
            for value in VALUES:
                yield name, column, value


def _mutated(folder: Path, name: str, column: str, value: str) -> bool:
    """Change the first row's cell of a column; return whether that changed anything."""
    with (TINY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, first, *rows = csv.reader(file)
    before = first[header.index(column)]
    first[header.index(column)] = value
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, first, *rows])
    return before != value


def _leading_to(name: str) -> set[str]:
    """Return the tables with a key into a table."""
    return {
        resource["name"]
        for resource in DESCRIPTOR["resources"]
        for key in resource["schema"].get("foreignKeys", [])
        if key["reference"]["resource"] == name
    }


@pytest.mark.parametrize("name", TABLES)
def test_after_any_change_of_a_cell_the_verdict_and_its_words_are_frictionless_own(
    tiny: Path, name: str
) -> None:
    refused = 0
    for number, (_, column, value) in enumerate(m for m in _mutations() if m[0] == name):
        if number % 4 or not _mutated(tiny, name, column, value):
            continue
        dataset = read_dataset(tiny)
        asked = frozenset({name, *_leading_to(name)})
        judged = set(frictionless_problems(dataset, asked))
        assert set(structure_problems(dataset)) == judged, (column, value)
        assert doubtful_tables(dataset) <= asked
        refused += bool(judged)
    assert refused


def test_the_good_package_is_sound_and_frictionless_is_not_even_loaded(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "frictionless", None)  # importing it now would fail
    assert doubtful_tables(read_dataset(tiny)) == frozenset()
    assert find_problems(read_dataset(tiny)) == []


def test_only_doubtful_tables_are_named(changed: Changed) -> None:
    folder = changed("actors", "nyra", "country", "Velland")
    assert doubtful_tables(read_dataset(folder)) == {"actors"}
    folder = changed("claims", "a1", "span_start", "1.0", of=folder)
    assert doubtful_tables(read_dataset(folder)) == {"actors", "claims"}


def test_a_file_that_is_not_regular_is_doubtful(changed: Changed) -> None:
    folder = changed("events.csv", raw=lambda content: content.replace(b"\n", b"\r\n"))
    assert doubtful_tables(read_dataset(folder)) == {"events"}


def _first(descriptor: dict[str, Any]) -> dict[str, Any]:
    resource: dict[str, Any] = descriptor["resources"][0]
    return resource


ODD: dict[str, Callable[[dict[str, Any]], object]] = {
    "no profile": lambda d: d.pop("$schema"),
    "another profile": lambda d: d.update({"$schema": "https://profile.example"}),
    "a property of its own": lambda d: d.update(homepage="x"),
    "a name with a blank": lambda d: d.update(name="a b"),
    "a title that is no text": lambda d: d.update(title=1),
    "a licence with no title": lambda d: d["licenses"][0].pop("title"),
    "licences that are no list": lambda d: d.update(licenses={}),
    "a table twice": lambda d: d["resources"].append(_first(d)),
    "a table less": lambda d: d["resources"].pop(),
    "another file": lambda d: _first(d).update(path="documents.csv"),
    "another encoding": lambda d: _first(d).pop("encoding"),
    "a dialect": lambda d: _first(d).update(dialect=None),
    "a hash": lambda d: _first(d).update(hash="abc"),
    "other missing values": lambda d: _first(d)["schema"].update(missingValues=["", "-"]),
    "no missing values": lambda d: _first(d)["schema"].pop("missingValues"),
    "a match of fields": lambda d: _first(d)["schema"].update(fieldsMatch="subset"),
    "no key": lambda d: _first(d)["schema"].pop("primaryKey"),
    "a key that is a word": lambda d: _first(d)["schema"].update(primaryKey="source_id"),
    "a key that may be empty": lambda d: _first(d)["schema"].update(primaryKey=["wire"]),
    "unique keys": lambda d: _first(d)["schema"].update(uniqueKeys=[["url"]]),
    "keys that are no list": lambda d: _first(d)["schema"].update(foreignKeys={}),
    "a key of two columns": lambda d: d["resources"][2]["schema"]["foreignKeys"][0].update(
        fields=["outside_source_id", "venue"]
    ),
    "a key to no table": lambda d: d["resources"][2]["schema"]["foreignKeys"][0].update(
        reference={"resource": "nothing", "fields": ["source_id"]}
    ),
    "a key to a number": lambda d: d["resources"][2]["schema"]["foreignKeys"][0].update(
        reference={"resource": "sources", "fields": ["n_chars"]}
    ),
    "another order of columns": lambda d: _first(d)["schema"]["fields"].reverse(),
    "another type": lambda d: _first(d)["schema"]["fields"][0].update(type="any"),
    "a format": lambda d: _first(d)["schema"]["fields"][0].update(format="uri"),
    "a constraint more": lambda d: _first(d)["schema"]["fields"][0].update(
        constraints={"required": True, "unique": True}
    ),
    "a pattern on a number": lambda d: _first(d)["schema"]["fields"][9].update(
        constraints={"pattern": "[0-9]"}
    ),
    "required by a word": lambda d: _first(d)["schema"]["fields"][0].update(
        constraints={"required": "yes"}
    ),
    "constraints that are none": lambda d: _first(d)["schema"]["fields"][0].update(constraints=5),
    "an open bracket": lambda d: _first(d)["schema"]["fields"][0].update(
        constraints={"pattern": "("}
    ),
    "a pattern that must stand first": lambda d: _first(d)["schema"]["fields"][0].update(
        constraints={"pattern": "(?i)a"}
    ),
}


@pytest.mark.parametrize("what", ODD)
def test_a_descriptor_with_anything_unknown_in_it_leaves_all_to_frictionless(
    changed: Changed, what: str
) -> None:
    def redescribe(content: bytes) -> bytes:
        descriptor = json.loads(content)
        ODD[what](descriptor)
        return json.dumps(descriptor).encode()

    assert is_plain(DESCRIPTOR)
    dataset = read_dataset(changed("datapackage.json", raw=redescribe))
    assert not is_plain(dataset.descriptor)
    assert doubtful_tables(dataset) == {r["name"] for r in dataset.descriptor["resources"]}
