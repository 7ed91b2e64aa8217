"""The whole check: nothing wrong with a good package, every problem of a bad one at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimbrief.dataset import read_dataset
from claimbrief.errors import BriefError, DatasetError, Problem
from claimbrief.spans import coverage_lines
from claimbrief.validate import checked, find_problems

Changed = Callable[..., Path]
Spoil = Callable[[bytes], bytes]


def problems(folder: Path) -> list[Problem]:
    """Return everything that is wrong with a package."""
    return find_problems(read_dataset(folder))


def places(folder: Path) -> set[tuple[str, int, str]]:
    """Return where everything is that is wrong with a package."""
    return {(problem.where, problem.row, problem.column) for problem in problems(folder)}


def test_the_good_package_is_returned_as_it_is(tiny: Path) -> None:
    dataset = read_dataset(tiny)
    assert find_problems(dataset) == []
    assert checked(dataset) is dataset


def test_a_dataset_that_has_passed_is_not_checked_again(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = checked(read_dataset(tiny))
    monkeypatch.setattr("claimbrief.validate.whole.find_problems", lambda dataset: ["asked again"])
    assert checked(dataset) is dataset
    assert checked(read_dataset(tiny)) is dataset


def test_a_dataset_that_has_failed_fails_again(changed: Changed) -> None:
    dataset = read_dataset(changed("actors", "engineers", "country", "XVL"))
    for _ in range(2):
        with pytest.raises(DatasetError):
            checked(dataset)


def test_changed_bytes_are_checked_anew(tiny: Path) -> None:
    checked(read_dataset(tiny))
    path = tiny / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b"b2,builder", b"b2,nobody"))
    with pytest.raises(DatasetError):
        checked(read_dataset(tiny))


@pytest.mark.parametrize("text", [b"another text", b""])
def test_a_changed_text_of_the_archive_is_checked_anew(tiny: Path, text: bytes) -> None:
    checked(read_dataset(tiny))
    (tiny / "archive" / "ledger_bridge.txt").write_bytes(text)
    with pytest.raises(DatasetError):
        checked(read_dataset(tiny))


def test_problems_of_every_kind_are_listed_at_once_in_the_order_of_the_tables(
    changed: Changed,
) -> None:
    folder = changed("claims", "b2", "stance", "no_such_code")  # a code
    folder = changed("claims", "a1", "commitment", "Uu", of=folder)  # a meaning
    folder = changed("utterances", "pell_letter", "date", "May", of=folder)  # a date
    folder = changed("claims", "i1", "quote", "Three", of=folder)  # a quote
    folder = changed("events", "storm", "source_id", "nobody", of=folder)  # a key
    folder = changed("actors.csv", raw=lambda c: b"\xef\xbb\xbf" + c, of=folder)  # bytes
    found = problems(folder)
    assert [(p.where, p.row, p.column) for p in found] == [
        ("actors.csv", 1, ""),
        ("claims", 2, "commitment"),
        ("claims", 6, "denial"),
        ("claims", 6, "stance"),
        ("claims", 7, "quote"),
        ("events", 2, "source_id"),
        ("utterances", 2, "date"),
    ]


def test_a_bad_package_is_refused_with_every_problem_and_what_to_do(changed: Changed) -> None:
    folder = changed("claims", "b2", "quote", "There is no hole")
    folder = changed("actors", "engineers", "country", "XVL", of=folder)
    with pytest.raises(DatasetError) as refusal:
        checked(read_dataset(folder))
    assert len(refusal.value.problems) == 2
    assert refusal.value.exit_status == 1
    assert str(refusal.value) == (
        "2 problems in the dataset\n"
        "  actors, row 13, column country: found an anonymous collective of XVL; accepted: an "
        "empty cell; to do: remove the country: who they are is not known\n"
        "  claims, row 6, column quote: found There is no hole; accepted: There is no crack in "
        "the east pier; to do: copy the words at the span"
    )


def test_one_problem_is_one_problem(changed: Changed) -> None:
    with pytest.raises(DatasetError, match="1 problem in the dataset\n"):
        checked(read_dataset(changed("actors", "engineers", "country", "XVL")))


def test_a_problem_is_listed_once(changed: Changed) -> None:
    found = problems(changed("sources", "ledger_bridge", "published", ""))
    assert len(found) == len(set(found)) == 1


def test_the_check_writes_nothing(changed: Changed) -> None:
    folder = changed("claims", "b2", "quote", "There is no hole")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    find_problems(read_dataset(folder))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


# Hostile and tired files: problems or a refusal, never another exception

SPOILT: dict[str, tuple[str, Spoil]] = {
    "a column with another name": ("claims.csv", lambda c: c.replace(b"span_start", b"start", 1)),
    "a key with another name": ("sources.csv", lambda c: c.replace(b"source_id", b"id", 1)),
    "an extra column": ("claims.csv", lambda c: c.replace(b"\n", b",memo\n")),
    "an extra cell": ("claims.csv", lambda c: c.replace(b"\ni1,", b"\ni1,i1,")),
    "a column twice": ("exclusions.csv", lambda c: c.replace(b"span_start", b"source_id", 1)),
    "columns in another order": (
        "claims.csv",
        lambda c: c.replace(b"stance,commitment", b"commitment,stance", 1),
    ),
    "every row twice": ("claims.csv", lambda c: c + c.split(b"\n", 1)[1]),
    "windows line ends": ("claims.csv", lambda c: c.replace(b"\n", b"\r\n")),
    "old mac line ends": ("claims.csv", lambda c: c.replace(b"\n", b"\r")),
    "a byte order mark": ("claims.csv", lambda c: b"\xef\xbb\xbf" + c),
    "latin-1": ("actors.csv", lambda c: c.decode().encode("latin-1")),
    "cp1252": ("claims.csv", lambda c: c.decode().replace("−", "-").encode("cp1252")),
    "utf-16": ("claims.csv", lambda c: c.decode().encode("utf-16")),
    "semicolons": ("claims.csv", lambda c: c.replace(b",", b";")),
    "tabs": ("claims.csv", lambda c: c.replace(b",", b"\t")),
    "float offsets": ("claims.csv", lambda c: c.replace(b",571,633,", b",571.0,633.0,")),
    "offsets with a thousands mark": (
        "claims.csv",
        lambda c: c.replace(b",1016,1072,", b',"1,016","1,072",'),
    ),
    "a date as a spreadsheet writes it": (
        "utterances.csv",
        lambda c: c.replace(b"2019-05-08", b"08/05/2019"),
    ),
    "a date as a number": ("utterances.csv", lambda c: c.replace(b"2019-05-08", b"43593")),
    "truth in capitals": ("actors.csv", lambda c: c.replace(b",true", b",TRUE")),
    "a blank row": ("claims.csv", lambda c: c.replace(b"\ni1,", b"\n\ni1,")),
    "a row of commas": ("claims.csv", lambda c: c.replace(b"\ni1,", b"\n" + b"," * 20 + b"\ni1,")),
    "no rows": ("claims.csv", lambda c: c.split(b"\n")[0] + b"\n"),
    "an empty file": ("claims.csv", lambda c: b""),
    "an empty table of sources": ("sources.csv", lambda c: b""),
    "only a line end": ("vocabulary.csv", lambda c: b"\n"),
    "a cell with a line break": (
        "claims.csv",
        lambda c: c.replace(b"A storm has", b'"A storm\nhas').replace(b"cracked.,", b'cracked.",'),
    ),
    "a quotation mark never closed": ("claims.csv", lambda c: c.replace(b"\ni1,", b'\n"i1,')),
    "a NUL byte": ("claims.csv", lambda c: c.replace(b"\ni1,", b"\n\0i1,")),
    "only NUL bytes": ("claims.csv", lambda c: b"\0" * 100),
    "a very long cell": ("claims.csv", lambda c: c.replace(b"A storm", b"\xff" * 200_000)),
    "a web page": ("claims.csv", lambda c: b"<!DOCTYPE html><title>404</title>"),
    "ids that are words of a language": ("claims.csv", lambda c: c.replace(b"a1,", b"__proto__,")),
    "a formula": ("claims.csv", lambda c: c.replace(b"\na1,", b"\n\"=cmd|'/c calc'!A0\",")),
    "a deleted code": (
        "vocabulary.csv",
        lambda c: b"\n".join(r for r in c.split(b"\n") if b"stance,denies" not in r),
    ),
    "a text that is cp1252": ("archive/ledger_bridge.txt", lambda c: c.decode().encode("cp1252")),
    "an empty text": ("archive/ledger_bridge.txt", lambda c: b""),
    "a descriptor that is no JSON": ("datapackage.json", lambda c: c[:-100]),
    "a descriptor with a path out": (
        "datapackage.json",
        lambda c: c.replace(b'"claims.csv"', b'"../claims.csv"'),
    ),
    "a descriptor with a web address": (
        "datapackage.json",
        lambda c: c.replace(b'"claims.csv"', b'"http://127.0.0.1:9/claims.csv"'),
    ),
    "a descriptor with an unknown type": (
        "datapackage.json",
        lambda c: c.replace(b'"integer"', b'"whole"'),
    ),
    "a descriptor with a bad pattern": (
        "datapackage.json",
        lambda c: c.replace(b"[a-z][a-z0-9_]*", b"[a-z"),
    ),
    "a descriptor of another package": (
        "datapackage.json",
        lambda c: b'{"name": "x", "resources": []}',
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_file_is_refused_and_never_breaks_the_check(changed: Changed, what: str) -> None:
    name, spoil = SPOILT[what]
    folder = changed(name, raw=spoil)
    assert (folder / name).read_bytes() != (Path(__file__).parent / "tiny" / name).read_bytes()
    try:
        dataset = read_dataset(folder)
    except BriefError as refusal:
        assert str(refusal)
        return
    found = find_problems(dataset)
    assert found
    assert all(p.where and p.found and p.accepted and p.todo for p in found)
    assert coverage_lines(dataset) is not None


@pytest.mark.parametrize("name", ["actors", "claims", "vocabulary", "events"])
@pytest.mark.parametrize("raw", [None, b""], ids=["missing", "empty"])
def test_a_missing_or_empty_table_is_refused_by_name_and_with_no_path_of_the_machine(
    changed: Changed, name: str, raw: bytes | None
) -> None:
    found = problems(changed(f"{name}.csv", raw=raw))
    assert any(name in (problem.where, problem.column) for problem in found)
    assert not any("/tmp" in str(problem) or "Errno" in str(problem) for problem in found)


def test_every_blank_row_shifts_the_rows_below_it_for_all_rules_alike(changed: Changed) -> None:
    folder = changed("claims", "b2", "commitment", "CT+")
    folder = changed("claims.csv", raw=lambda c: c.replace(b"\nb1,", b"\n\nb1,"), of=folder)
    assert places(folder) >= {("claims", 5, ""), ("claims", 7, "commitment")}


# The real data


def row_of(folder: Path, table: str, key: str) -> int:
    """Return the row of a key, as an editor counts it."""
    lines = (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(f"{key},"))


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "named"),
    [
        ("claims", "k1", "hedge_words", "likely to be", "hedge_words"),
        ("claims", "h1", "span_start", "1230", "quote"),
        ("claims", "u1", "stance", "affirms", "commitment"),
        ("claims", "u2", "stance", "denies", "denial"),
        ("claims", "h3", "commitment", "CT+", "commitment"),
        ("claims", "p1", "rendering", "direct", "rendering"),
        ("claims", "s1", "attributed_to", "russia", "attributed_to"),
        ("claims", "h0", "attributed_to", "united_states", "attributed_to"),
        ("claims", "n1", "utterance_id", "us_concern", "rendering"),
        ("claims", "z2", "proposition_id", "sent_to_fihgt", "proposition_id"),
        ("claims", "h0", "location", "mars", "location"),
        ("claims", "h0", "renders", "h4x", "renders"),
        ("utterances", "peskov_fake_news", "date", "2024-10-32", "date"),
        ("utterances", "peskov_fake_news", "date_words", "last month", "date_words"),
        ("utterances", "peskov_fake_news", "date_note", "", "date_note"),
        ("utterances", "zelenskyy_sunday", "date", "2024-10-20", "date"),
        ("utterances", "flynn_event", "outside_source_id", "", "outside_source_id"),
        ("sources", "aljazeera_2024_10", "sha256", "0" * 64, "sha256"),
        ("actors", "experts", "country", "GBR", "country"),
        ("actors", "experts", "kind", "experts", "kind"),
        ("actors", "zelenskyy", "member_of", "ukrain", "member_of"),
        ("evidence_status", "ukrainian_finding", "publicity", "published", "locator"),
        ("lineage", "zelenskyy_parliament", "parent", "ukrainian_findings", "parent"),
        ("exclusions", ("aljazeera_2024_10", "584"), "span_end", "9999", "span_end"),
        ("speakers", "flynn_event", "actor_id", "general_flynn", "actor_id"),
    ],
)
def test_changing_one_cell_of_the_real_data_names_that_cell(
    changed: Changed, archived: Path, table: str, key: Any, column: str, value: str, named: str
) -> None:
    row = row_of(archived, table, key if isinstance(key, str) else ",".join(key))
    assert (table, row, named) in places(changed(table, key, column, value, of=archived))


def test_an_article_dated_before_what_it_reports_names_the_utterances(
    changed: Changed, archived: Path
) -> None:
    folder = changed("sources", "aljazeera_2024_10", "published", "2024-10-15", of=archived)
    for later in ("zelenskyy_parliament", "monitoring_team"):
        assert ("utterances", row_of(folder, "utterances", later), "date") in places(folder)


def test_later_evidence_under_an_earlier_claim_names_the_claims(
    changed: Changed, archived: Path
) -> None:
    key = ("ukrainian_finding", "[2024-10-16..2024-10-19]")
    folder = changed("evidence_status", key, "as_of", "2024-10-18", of=archived)
    for claim in ("z2", "z3"):
        row = row_of(folder, "claim_evidence", claim)
        assert ("claim_evidence", row, "evidence_id") in places(folder)


@pytest.mark.parametrize(
    "what",
    [
        "latin-1",
        "a byte order mark",
        "windows line ends",
        "a NUL byte",
        "an extra column",
        "an empty file",
        "a key with another name",
        "truth in capitals",
        "a descriptor with a path out",
    ],
)
def test_a_spoilt_file_of_the_real_data_is_refused(
    changed: Changed, archived: Path, what: str
) -> None:
    name, spoil = SPOILT[what]
    if what == "a NUL byte":
        spoil = lambda content: content.replace(b"\nz1,", b"\n\0z1,")  # noqa: E731
    elif what == "latin-1":
        name, spoil = (
            "claims.csv",
            lambda content: content.decode().encode("utf-8")[:-1] + b"\xe9\n",
        )
    folder = changed(name, raw=spoil, of=archived)
    with pytest.raises(DatasetError):
        checked(read_dataset(folder))
