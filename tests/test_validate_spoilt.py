"""Spoilt files: problems or a refusal, never another exception."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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


@pytest.mark.parametrize(
    "what",
    [
        "latin-1",
        "a NUL byte",
        "an extra column",
        "an empty file",
        "a key with another name",
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
