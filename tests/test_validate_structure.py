"""The check of structure: columns, types, required cells and keys, in our words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pytest

from claimbrief.dataset import TABLES, read_dataset
from claimbrief.errors import Problem
from claimbrief.validate.cells import code_problems
from claimbrief.validate.structure import FORMS, structure_problems

Changed = Callable[..., Path]


def problems(folder: Path) -> list[Problem]:
    """Return what is wrong with a package's structure."""
    dataset = read_dataset(folder)
    return [*dataset.reading_problems, *structure_problems(dataset)]


def only(folder: Path) -> tuple[str, int, str, str]:
    """Return the table, row and column of the one problem, and what was found."""
    (problem,) = problems(folder)
    return problem.where, problem.row, problem.column, problem.found


def test_the_good_package_has_no_such_problem(tiny: Path) -> None:
    assert problems(tiny) == []


def test_a_duplicate_id_is_refused(changed: Changed) -> None:
    folder = changed("events.csv", raw=lambda c: c + c.splitlines(keepends=True)[1])
    assert only(folder) == ("events", 3, "event_id", "the same key as in row 2")


def test_a_duplicate_of_a_key_of_several_columns_names_them(changed: Changed) -> None:
    folder = changed("codings", ("second", "a1", "stance"), "coder", "first")
    assert only(folder)[:3] == ("codings", 10, "coder, unit, variable")


@pytest.mark.parametrize(
    ("table", "key", "column", "row", "other"),
    [
        ("actors", "rill", "member_of", 6, "actors"),
        ("utterances", "minister_radio", "outside_source_id", 4, "sources"),
        ("utterances", "minister_radio", "likely_same_as", 4, "utterances"),
        ("speakers", ("towns_alarm", "nyra"), "actor_id", 6, "actors"),
        ("speakers", ("towns_alarm", "nyra"), "utterance_id", 6, "utterances"),
        ("claims", "a1", "utterance_id", 2, "utterances"),
        ("claims", "a1", "source_id", 2, "sources"),
        ("claims", "a1", "proposition_id", 2, "propositions"),
        ("claims", "m2", "renders", 4, "claims"),
        ("claims", "m2", "attributed_to", 4, "actors"),
        ("proposition_relations", "deck_fails", "b", 2, "propositions"),
        ("evidence", "wind_argument", "holder", 3, "actors"),
        ("evidence_status", "wind_argument", "source_id", 4, "sources"),
        ("claim_evidence", "a1", "evidence_id", 2, "evidence"),
        ("lineage", "towns_alarm", "source_id", 6, "sources"),
        ("reports", "minister_radio", "source_id", 2, "sources"),
        ("events", "storm", "source_id", 2, "sources"),
        ("exclusions", ("ledger_bridge", "0"), "source_id", 2, "sources"),
        ("words", "w_minister_1", "utterance_id", 2, "utterances"),
        ("words", "w_minister_1", "source_id", 2, "sources"),
    ],
)
def test_an_orphan_key_is_refused_with_the_table_that_lacks_it(
    changed: Changed, table: str, key: Any, column: str, row: int, other: str
) -> None:
    (problem,) = problems(changed(table, key, column, "nobody"))
    assert (problem.where, problem.row, problem.column) == (table, row, column)
    assert problem.found == "nobody"
    assert problem.accepted == f"a key that stands in {other}.csv"


def test_a_column_that_the_descriptor_does_not_name_is_refused(changed: Changed) -> None:
    folder = changed("events.csv", raw=lambda c: c.replace(b"\n", b",memo\n"))
    assert only(folder) == ("events", 0, "memo", "memo")


def test_a_column_that_is_missing_is_refused(changed: Changed) -> None:
    folder = changed(
        "events.csv",
        raw=lambda c: b"".join(row.rpartition(b",")[0] + b"\n" for row in c.splitlines()),
    )
    assert ("events", "source_id") in [(p.where, p.column) for p in problems(folder)]


def test_a_column_with_another_name_is_refused(changed: Changed) -> None:
    folder = changed("events.csv", raw=lambda c: c.replace(b"label", b"title", 1))
    assert only(folder) == ("events", 0, "label", "title")


def test_columns_in_another_order_are_refused(changed: Changed) -> None:
    folder = changed("events.csv", raw=lambda c: c.replace(b"date,label", b"label,date", 1))
    assert {(p.where, p.column, p.found) for p in problems(folder)} >= {
        ("events", "date", "label"),
        ("events", "label", "date"),
    }


def test_a_cell_too_many_or_too_few_is_refused(changed: Changed) -> None:
    more = changed("events.csv", raw=lambda c: c.replace(b"\nstorm", b"\nstorm,storm"))
    fewer = changed("events.csv", raw=lambda c: c.replace(b",ledger_bridge", b""))
    for folder in (more, fewer):
        assert ("events", 2) in [(p.where, p.row) for p in problems(folder)]


def test_a_blank_row_is_refused_as_such(changed: Changed) -> None:
    found = problems(changed("claims.csv", raw=lambda c: c.replace(b"\nb1,", b"\n\nb1,")))
    assert ("claims", 5, "a blank row") in [(p.where, p.row, p.found) for p in found]


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "accepted"),
    [
        ("claims", "a1", "span_start", "thirty", "a whole number"),
        ("claims", "a1", "span_start", "31.0", "a whole number"),
        ("actors", "velland", "is_expected", "perhaps", "true or false"),
        ("actors", "velland", "country", "Velland", "three capitals, a country of ISO 3166-1"),
        ("claims", "a1", "paraphrase", "", "a value"),
        ("utterances", "pell_letter", "date", "", "a value"),
        ("sources", "ledger_bridge", "url", "javascript:alert(1)", "an address that begins with"),
        ("sources", "ledger_bridge", "sha256", "ABC", "64 hexadecimal digits in small letters"),
    ],
)
def test_a_cell_that_is_not_as_described_is_refused_in_words(
    changed: Changed, table: str, key: str, column: str, value: str, accepted: str
) -> None:
    (problem,) = problems(changed(table, key, column, value))
    assert (problem.where, problem.row, problem.column) == (table, 2, column)
    assert problem.found == (value or "an empty cell")
    assert problem.accepted.startswith(accepted)


def test_every_pattern_of_the_descriptors_has_its_words() -> None:
    for package in ("data", "tests/tiny"):
        text = (Path(__file__).parents[1] / package / "datapackage.json").read_text("utf-8")
        for resource in json.loads(text)["resources"]:
            for field in resource["schema"]["fields"]:
                pattern = field.get("constraints", {}).get("pattern")
                assert pattern is None or pattern in FORMS, pattern


MINUS_SIGN = "the minus sign − (U+2212), not a hyphen"


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "close"),
    [
        ("speakers", "minister_radio", "actor_id", "lindquist", "lindqvist"),
        ("claims", "a1", "stance", "afirms", "affirms"),
        ("claims", "a1", "commitment", "PR-", f"PR−, with {MINUS_SIGN}"),
    ],
)
def test_a_misspelt_key_or_code_is_refused_with_the_nearest(
    changed: Changed, table: str, key: str, column: str, value: str, close: str
) -> None:
    dataset = read_dataset(changed(table, key, column, value))
    (problem,) = [*structure_problems(dataset), *code_problems(dataset)]
    assert f" (nearest: {close})" in problem.todo


@pytest.mark.parametrize("name", ["__proto__", "constructor()", "../x", "A", "1a", "=1+1", "<b>"])
def test_an_id_that_is_no_plain_name_is_refused(changed: Changed, name: str) -> None:
    assert only(changed("events", "storm", "event_id", name)) == ("events", 2, "event_id", name)


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_told_once_and_without_a_path_of_the_machine(
    changed: Changed, name: str
) -> None:
    folder = changed(f"{name}.csv", raw=None)
    assert only(folder) == ("datapackage.json", 0, name, f"no file {name}.csv")


def test_an_empty_table_is_told(changed: Changed) -> None:
    assert only(changed("events.csv", raw=b""))[0] == "events"


def redescribed(changed: Changed, change: Callable[[dict[str, Any]], object]) -> Path:
    """Return a copy whose descriptor was changed."""

    def redescribe(content: bytes) -> bytes:
        descriptor = json.loads(content)
        change(descriptor)
        return json.dumps(descriptor).encode()

    return changed("datapackage.json", raw=redescribe)


def test_a_table_that_the_descriptor_does_not_describe_is_refused(changed: Changed) -> None:
    (problem,) = problems(redescribed(changed, lambda d: d["resources"].pop()))
    assert str(problem) == (
        "datapackage.json, codings: found no such table; accepted: the table, with its columns; "
        "to do: describe codings.csv in the descriptor"
    )


def test_a_column_that_is_deleted_is_named_alone(changed: Changed) -> None:
    def without_hedges(content: bytes) -> bytes:
        header, *rows = csv.reader(content.decode().splitlines())
        place = header.index("hedge_words")
        lines = io.StringIO()
        kept = ([*row[:place], *row[place + 1 :]] for row in (header, *rows))
        csv.writer(lines, lineterminator="\n").writerows(kept)
        return lines.getvalue().encode()

    of_header = [it for it in problems(changed("claims.csv", raw=without_hedges)) if not it.row]
    assert [str(problem) for problem in of_header] == [
        "claims.csv, hedge_words: found no such column; accepted: the columns that the descriptor "
        "names; to do: put the column back"
    ]


def test_a_column_that_the_descriptor_does_not_describe_is_refused(changed: Changed) -> None:
    folder = redescribed(changed, lambda d: d["resources"][-1]["schema"]["fields"].pop())
    assert [str(problem) for problem in problems(folder)] == [
        "codings.csv, value: found value; accepted: the columns that the descriptor names; "
        "to do: remove or describe the column",
        "datapackage.json, codings.value: found no such column; accepted: the column, described; "
        "to do: describe the column in the descriptor",
    ]


def parts(descriptor: dict[str, Any], name: str) -> Any:
    """Return of a descriptor its description of a table, the table's schema, field 1 and link 1."""
    (table,) = (table for table in descriptor["resources"] if table["name"] == name)
    schema = table["schema"]
    return table, schema, schema["fields"][0], schema.get("foreignKeys", [{}])[0]


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("name", 1), ("title", " "), ("title", 1), ("label", 1), ("language", ["en"]),
        ("version", 2),
        ("codings_note", 1), ("description", [70 * "x"]),
        ("known_gaps", "none"), ("known_gaps", ["none", 1]), ("decisive_readings", ["m1"]),
        ("decisive_readings", [{"note": "A."}]), ("decisive_readings", [{"claim_id": "m1"}]),
        ("licenses", {}), ("contributors", ["Ann"]),
    ],
)  # fmt: skip
def test_what_a_descriptor_says_of_the_dataset_is_refused_where_a_brief_could_not_print_it(
    changed: Changed, part: str, value: object
) -> None:
    (problem,) = problems(redescribed(changed, lambda d: d.update({part: value})))
    assert str(problem) == (
        f"datapackage.json: found {part} {str(value)[:60]!r}; accepted: a valid Data Package; "
        "to do: mend the descriptor"
    )


@pytest.mark.parametrize("part", ["name", "title"])
def test_a_descriptor_without_a_name_or_a_title_is_refused_as_such(
    changed: Changed, part: str
) -> None:
    assert only(redescribed(changed, lambda d: d.pop(part)))[3] == f"no {part}"


def test_invisible_signs_of_a_descriptor_are_refused_and_its_lines_are_not(
    changed: Changed,
) -> None:
    words = "One\u200b" + 70 * "x"
    hidden = redescribed(changed, lambda d: d.update(description=words))
    assert only(hidden)[3] == f"invisible signs in {words[:60]!r}"
    assert problems(redescribed(changed, lambda d: d.update(description="One\nTwo"))) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda d: d["resources"].append(d["resources"][0]), "two resources of one name"),
        (lambda d: parts(d, "events")[0].update(type=5), "events: type 5"),
        (
            lambda d: parts(d, "events")[1].update(missingValues=["", "-"]),
            "events: missingValues ['', '-']",
        ),
        (lambda d: parts(d, "events")[1].update(primaryKey="nope"), "events: primaryKey 'nope'"),
        (lambda d: parts(d, "events")[1].update(primaryKey=5), "events: primaryKey 5"),
        (
            lambda d: parts(d, "events")[1].update(primaryKey=["label", "nope"]),
            "events: primaryKey ['label', 'nope']",
        ),
        (lambda d: parts(d, "events")[1].update(foreignKeys=5), "events: foreignKeys 5"),
    ],
)
def test_a_table_that_is_described_in_a_way_unknown_to_the_check_is_refused(
    changed: Changed, change: Callable[[dict[str, Any]], object], found: str
) -> None:
    assert only(redescribed(changed, change)) == ("datapackage.json", 0, "", found)


def test_a_description_without_a_type_is_of_a_table(changed: Changed) -> None:
    assert problems(redescribed(changed, lambda it: parts(it, "events")[0].pop("type"))) == []


@pytest.mark.parametrize(
    "link",
    [
        {"fields": ["label", "date"], "reference": {"resource": "sources", "fields": ["title"]}},
        {"fields": ["nope"], "reference": {"resource": "sources", "fields": ["source_id"]}},
        {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["nope"]}},
        {"fields": ["source_id"], "reference": {"resource": "nope", "fields": ["source_id"]}},
        {"fields": ["source_id"], "reference": {"resource": "", "fields": ["claim_id"]}},
        {"fields": ["source_id"]},
    ],
)
def test_a_key_that_leads_from_no_column_or_to_none_is_refused(
    changed: Changed, link: dict[str, Any]
) -> None:
    folder = redescribed(changed, lambda d: parts(d, "events")[1].update(foreignKeys=[link]))
    assert only(folder)[3] == f"events: foreignKeys {[link]!r}"


@pytest.mark.parametrize(
    "rules",
    [
        {"type": "zzz"}, {"type": "integer"}, {"constraints": 5},
        {"constraints": {"unique": True}}, {"constraints": {"required": "yes"}},
        {"constraints": {"pattern": "("}}, {"constraints": {"pattern": 5}},
        {"constraints": {"pattern": "(a+){2}"}}, {"constraints": {"pattern": "a+b*c+"}},
        {"constraints": {"pattern": "a{2,}b*c+"}},
    ],
)  # fmt: skip
def test_a_column_with_a_type_or_a_rule_unknown_to_the_check_is_refused(
    changed: Changed, rules: dict[str, Any]
) -> None:
    folder = redescribed(changed, lambda d: parts(d, "events")[2].update(rules))
    assert only(folder)[3] == "events.event_id: its type or constraints"


def test_a_column_may_have_a_pattern_of_its_own(changed: Changed) -> None:
    rules = {"constraints": {"pattern": "[a-z]+(_[a-z]+)?"}}
    folder = redescribed(changed, lambda d: parts(d, "events")[2].update(rules))
    assert problems(folder) == []
    (problem,) = problems(changed("events", "storm", "event_id", "storm_3", of=folder))
    assert problem.accepted == "text of the form [a-z]+(_[a-z]+)?"


@pytest.mark.parametrize("package", ["data", "tests/tiny"])
def test_frictionless_finds_nothing_wrong_with_a_package_that_is_sound_here(package: str) -> None:
    folder = Path(__file__).parent.parent / package
    assert problems(folder) == []
    limit = csv.field_size_limit()
    try:
        report = frictionless.Package(str(folder / "datapackage.json")).validate()
    finally:
        csv.field_size_limit(limit)  # which Frictionless lifts
    assert report.valid, report.flatten(["type", "note"])
