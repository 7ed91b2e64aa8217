"""What a tired analyst or a hostile author may write: refused by name, in a few lines, at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import Changed
from views import chart, tiny_view

from claimbrief.cli import main
from claimbrief.errors import BriefError, ChapterError, printable
from claimbrief.render.editions import read_yaml

ESCAPE = "\x1b[2J\x1b]0;owned\x07"
ADDRESS = "evidence_status", ("pier_photographs", "2019-05-08"), "locator"


def _checked(folder: Path) -> Result:
    return CliRunner().invoke(main, ["check", str(folder)])


def _refused(folder: Path) -> str:
    """Return what `claimbrief check` says of a package that it refuses."""
    done = _checked(folder)
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit), done.output
    assert done.stdout == ""
    return done.stderr


def _described(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


@pytest.mark.parametrize("column", ["claim_id", "stance", "quote", "paraphrase", "note"])
def test_an_escape_in_a_cell_is_refused_and_not_printed_raw(changed: Changed, column: str) -> None:
    refusal = _refused(changed("claims", "a1", column, ESCAPE))
    assert r"\x1b[2J" in refusal and "\x1b" not in refusal and "\x07" not in refusal


def test_an_escape_in_a_message_is_printed_as_its_code() -> None:
    assert printable(f"a{ESCAPE}\nb\u202ec") == r"a\x1b[2J\x1b]0;owned\x07" + "\nb\\u202ec"
    found = ChapterError(f"cell 2 failed: {ESCAPE}")._render_traceback_()
    assert "\x1b" not in found[0]


def test_an_escape_in_a_parameter_is_not_printed_raw() -> None:
    done = CliRunner().invoke(main, ["build", "-p", f"as_of={ESCAPE}"])
    assert done.exit_code == 2 and "\x1b" not in done.output and r"\x1b" in done.output


def test_of_ten_thousand_columns_twenty_are_named(changed: Changed) -> None:
    def widened(content: bytes) -> bytes:
        more = "".join(f",more{number}" for number in range(10_000)).encode()
        header, _, rest = content.partition(b"\n")
        return header + more + b"\n" + rest

    refusal = _refused(changed("claims.csv", raw=widened))
    assert len(refusal.splitlines()) < 60
    assert "claims: 9980 more" in refusal


def test_of_ten_thousand_tables_that_are_not_there_twenty_are_named(tiny: Path) -> None:
    listed = [{"name": f"t{number}", "path": f"t{number}.csv"} for number in range(10_000)]
    refusal = _refused(_described(tiny, lambda it: it["resources"].extend(listed)))
    assert len(refusal.splitlines()) < 30


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [
        ("claims", "a1", "stance"),  # found
        ("lineage", "authority_report", "child"),  # in the key of the row
        ("sources", "ledger_bridge", "publisher"),  # accepted elsewhere
    ],
)
def test_a_long_cell_is_cut_wherever_a_message_has_it(
    changed: Changed, table: str, key: str, column: str
) -> None:
    refusal = _refused(changed(table, key, column, "x" * 100_000))
    assert "… (100," in refusal
    assert len(refusal) < 9000


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a){9,}b", "a*a*a*b", "(", 5])
def test_a_pattern_that_may_take_for_ever_is_refused(tiny: Path, pattern: object) -> None:
    def change(descriptor: dict[str, Any]) -> None:
        (claims,) = (it for it in descriptor["resources"] if it["name"] == "claims")
        (field,) = (it for it in claims["schema"]["fields"] if it["name"] == "paraphrase")
        field["constraints"] = {"pattern": pattern}

    assert "claims.paraphrase: its type or constraints" in _refused(_described(tiny, change))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", ""),
        ("title", "\x1b[31m"),
        ("title", "a\u202eb"),
        ("title", "a\ud800b"),
        ("title", ["a"]),
        ("name", None),
        ("label", 5),
        ("language", ["en"]),
        ("version", 4.1),
        ("known_gaps", "none"),
        ("known_gaps", [1]),
        ("decisive_readings", [{}]),
        ("decisive_readings", [{"claim_id": "m1"}]),
        ("decisive_readings", [{"claim_id": "nowhere", "note": "One reading."}]),
        ("licenses", "CC-BY"),
    ],
)
def test_what_a_brief_could_not_print_of_the_dataset_is_refused_by_the_check(
    tiny: Path, key: str, value: object
) -> None:
    refusal = _refused(_described(tiny, lambda it: it.update({key: value})))
    assert refusal.startswith("claimbrief: 1 problem") and "datapackage.json" in refusal


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"resources": ' + b"9" * 9000 + b"}", b"\xff", b"", b"{}"]
)
def test_a_descriptor_that_is_no_json_of_tables_is_one_problem(
    changed: Changed, content: bytes
) -> None:
    refusal = _refused(changed("datapackage.json", raw=content))
    assert len(refusal.splitlines()) == 2 and len(refusal) < 400


@pytest.mark.parametrize(
    "cell",
    ["see my desk", "javascript:alert(1)", "https://", "https://[::1", "http://a:b/", "http://a b"],
)
def test_a_locator_that_nobody_can_open_is_refused_by_the_check(
    changed: Changed, cell: str
) -> None:
    assert f"locator: found {cell}" in _refused(changed(*ADDRESS, cell))


@pytest.mark.parametrize("name", ["answer", "record", "top"])
def test_an_id_of_a_claim_that_a_place_of_the_page_may_have_is_refused(
    changed: Changed, name: str
) -> None:
    assert f"claim_id: found {name}; accepted: small" in _refused(
        changed("claims", "n1", "claim_id", name)
    )


def test_a_vocabulary_without_an_order_is_refused(changed: Changed) -> None:
    folder = changed("vocabulary", ("commitment", "CT+"), "order", "")
    assert "the order of the codes of commitment" in _refused(folder)


def test_a_row_that_stands_twice_under_two_ids_is_refused(changed: Changed) -> None:
    def pasted(content: bytes) -> bytes:
        first = content.splitlines(keepends=True)[1]
        return content + first.replace(b"a1", b"zz9", 1)

    refusal = _refused(changed("claims.csv", raw=pasted))
    assert "(zz9), claim_id: found the cells of row 2" in refusal


def test_a_word_that_no_line_can_take_is_refused(changed: Changed) -> None:
    refusal = _refused(changed("claims", "a1", "paraphrase", "Wo" * 41))
    assert "more than 80 letters" in refusal


def test_a_dollar_is_a_dollar_in_a_chart(changed: Changed) -> None:
    name = r"$\frac{$ & Sons"
    folder = changed("actors", "karst_works", "short_name", name)
    drawing = chart("positions_by_day", tiny_view(folder=folder)).svg
    assert r"$\frac{$ &amp; Sons" in drawing


FAULTS = {
    "an alias": "a: &a [x]\nb: *a",
    "aliases of aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
    "an alias of itself": "a: &a [*a]",
    "lists in lists": "a: " + "[" * 5000,
    "mappings in mappings": "a: " + "{a: " * 3000,
    "a number of 10,000 digits": "a: " + "9" * 10_000,
    "a tag of Python": "a: !!python/object:os.system x",
    "a tag that does not fit": "a: !!timestamp noday",
    "half a pair": 'a: "\\ud800"',
    "an escape": 'a: "\\e[31m"',
    "a sign of code 0": 'a: "\0"',
    "no sign at all": 'a: "\\U00110000"',
    "a list for a key": "? [a]\n: b",
    "a merge of a number": "a: {<<: 3}",
    "two documents": "a: 1\n---\nb: 2",
    "another version": "%YAML 9.9\n---\na: 1",
    "no mapping": "[]",
    "nothing": "",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_yaml_file_is_refused_in_one_line_for(tmp_path: Path, fault: str) -> None:
    path = tmp_path / "brief.yml"
    path.write_bytes(FAULTS[fault].encode())
    with pytest.raises(BriefError) as refused:
        read_yaml(path, "brief.yml", "a mapping")
    assert str(refused.value).startswith("brief.yml: ") and len(str(refused.value)) < 250


@pytest.mark.parametrize("name", ["x" * 300, "a/b", "."])
def test_a_yaml_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(BriefError, match=r"^brief\.yml: "):
        read_yaml(tmp_path / name, "brief.yml", "a mapping")
