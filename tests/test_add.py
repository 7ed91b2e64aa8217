"""`claimbrief add`: a statement into all its tables, or nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from claimbrief.adding.statement import read_rows
from claimbrief.adding.tables import add_rows
from claimbrief.cli import main
from claimbrief.descriptor import read_descriptor
from claimbrief.errors import DatasetError

# The builder's denial, once more: invented for the test.
STATEMENT = """
source_id: gazette_2019_05_21
utterances:
  utterance_id: rill_20may
  venue: Remarks to the Gazette
  channel: press_remarks
  date: 2019-05-20
  date_basis: adjacency
  date_note: The page of Tuesday 21 May has “on Monday”.
  is_translation: false
speakers: {actor_id: rill, role: "Spokesman, Karst Works"}
words:
  words_id: w_rill_1
  text: The pier has no crack. Look for yourself.
  language: en
  is_translation: false
  extent: excerpt
  is_followed: true
claims:
  - claim_id: r1
    proposition_id: pier_cracked
    stance: denies
    commitment: CT−
    rendering: direct
    quote: The pier has no crack
    paraphrase: The pier is whole.
    response: A0
    denial: D3
  - claim_id: r2
    proposition_id: no_photograph
    stance: affirms
    commitment: NA
    rendering: direct
    quote: Look for yourself
    paraphrase: Anybody may look at it.
    response: A3
"""

MORE = """
claims:
  claim_id: m4
  utterance_id: minister_radio
  source_id: ledger_bridge
  proposition_id: bridge_unsafe
  stance: affirms
  commitment: NA
  rendering: indirect
  paraphrase: It should be shut.
  span_start: 156
  span_end: 300
  response: A3
"""


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.*")}


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _add(folder: Path, statement: str, *options: str) -> Result:
    path = folder.parent / "statement.yml"
    path.write_text(statement, encoding="utf-8")
    arguments = ["add", "--dataset", str(folder), "--from", str(path), *options]
    return CliRunner().invoke(main, arguments)


def _changed(old: str, new: str) -> str:
    assert old in STATEMENT
    return STATEMENT.replace(old, new)


def test_a_statement_goes_into_every_table_that_it_touches(tiny: Path) -> None:
    before = _files(tiny)
    done = _add(tiny, STATEMENT)
    assert done.exit_code == 0, done.output
    assert 'speakers.csv, row 11: rill_20may,rill,"Spokesman, Karst Works"' in done.stdout
    after = _files(tiny)
    touched = {"utterances.csv", "speakers.csv", "words.csv", "claims.csv"}
    assert {name for name in after if after[name] != before.get(name)} == touched
    for name in touched:
        lines = after[name].splitlines(keepends=True)
        assert [line for line in lines if line in before[name].splitlines(keepends=True)] == (
            before[name].splitlines(keepends=True)
        )
    assert [row["source_id"] for row in _rows(tiny, "claims")[-2:]] == ["gazette_2019_05_21"] * 2
    assert CliRunner().invoke(main, ["check", str(tiny)]).exit_code == 0


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: (
            b",".join(b'"%s"' % name for name in text.split(b"\n")[0].split(b","))
            + text[text.index(b"\n") :]
        ),
        lambda text: text + b"," * text.split(b"\n")[0].count(b",") + b"\n\n",
        lambda text: text.replace(b"\n", b"\r\n"),
    ],
    ids=["byte order mark", "header in marks", "blank rows at the end", "other line ends"],
)
def test_what_a_spreadsheet_does_to_a_file_does_not_keep_a_statement_out(
    tiny: Path, saved: Callable[[bytes], bytes]
) -> None:
    for table in ("utterances", "speakers", "words", "claims"):
        path = tiny / f"{table}.csv"
        path.write_bytes(saved(path.read_bytes()))
    assert CliRunner().invoke(main, ["check", str(tiny)]).exit_code == 0
    done = _add(tiny, STATEMENT)
    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(main, ["check", str(tiny)]).exit_code == 0
    assert [row["claim_id"] for row in _rows(tiny, "claims")][-2:] == ["r1", "r2"]


def test_rows_stand_where_the_order_of_their_table_wants_them(tiny: Path) -> None:
    _add(tiny, STATEMENT)
    later = _add(tiny, MORE)
    assert later.exit_code == 0, later.output
    claims = [row["claim_id"] for row in _rows(tiny, "claims")]
    assert claims[claims.index("m2") + 1] == "m4"
    assert claims[-2:] == ["r1", "r2"]
    early = STATEMENT.replace("rill_20may", "rill_2may").replace("2019-05-20", "2019-05-02")
    for old, new in (("w_rill_1", "w_rill_0"), ("r1", "r3"), ("r2", "r4")):
        early = early.replace(old, new)
    assert _add(tiny, early).exit_code == 0
    ids = [row["utterance_id"] for row in _rows(tiny, "utterances")]
    assert ids[:2] == ["pell_letter", "rill_2may"]
    assert _rows(tiny, "words")[0]["words_id"] == "w_rill_0"


def test_a_dry_run_prints_the_rows_and_writes_nothing(tiny: Path) -> None:
    before = _files(tiny)
    done = _add(tiny, STATEMENT, "--dry-run")
    assert done.exit_code == 0
    assert "claims.csv, row 14: r1,rill_20may,gazette_2019_05_21,pier_cracked,denies" in done.stdout
    assert done.stdout.endswith("nothing was written (--dry-run)\n")
    assert _files(tiny) == before


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("", "accepted: tables with rows: sources, actors"),
        ("claims:", "found no rows; accepted: rows of sources"),
        ("claims: 5", "claims, 1: found 5; accepted: columns with their cells"),
        ("claims: [", "statement.yml: line "),
        ("claims:\n  note: so: it", "statement.yml: line 2: mapping values are not allowed here"),
        (_changed("claims:", "claim:"), "unknown table 'claim'; did you mean 'claims'?"),
        (_changed("channel:", "chanel:"), "unknown column 'chanel'; did you mean 'channel'?"),
        (_changed("denial: D3", "denial: no"), "found False; accepted: text"),
        (_changed("denies", "denys"), "row 14 (r1), stance: found denys"),
        (_changed("denies", "denys"), "(nearest: denies)"),
        (_changed("actor_id: rill", "actor_id: ril"), "mend the key (nearest: rill)"),
        (_changed("2019-05-20", "earlier this month"), "date: found earlier this month"),
        (_changed("2019-05-20", "2019-06-17"), "a day no later than gazette_2019_05_21"),
        (_changed("r1", "m1"), "(m1), claim_id: found the same key as in row 3"),
        (_changed("quote: The", "quote: A"), "quote: found A pier has no crack; accepted: words"),
        (_changed("yourself.\n", '"yourself".\n'), "accepted: typographic marks"),
        (_changed("    response: A3\n", ""), "response: found an empty cell; accepted: a value"),
        (_changed("Look for", "|\n   Look\n   for"), "found"),
    ],
)
def test_a_wrong_statement_is_refused_and_nothing_is_written(
    tiny: Path, statement: str, said: str
) -> None:
    before = _files(tiny)
    done = _add(tiny, statement)
    assert done.exit_code == 1, done.output
    assert said in done.stderr
    assert "Traceback" not in done.output and str(tiny.parent) not in done.stderr
    assert _files(tiny) == before


def test_into_a_dataset_with_a_problem_nothing_is_added(tiny: Path) -> None:
    path = tiny / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b"dismisses", b"dismiss"))
    before = _files(tiny)
    assert _add(tiny, STATEMENT).exit_code == 1
    assert _files(tiny) == before


def test_what_is_written_meanwhile_is_kept(tiny: Path) -> None:
    rows = {"speakers": [{"utterance_id": "pell_letter", "actor_id": "doran", "role": "Friend"}]}
    add_rows(tiny, rows)
    with pytest.raises(DatasetError, match="the same key as in row 3"):
        add_rows(tiny, rows)
    assert len(_rows(tiny, "speakers")) == 10


def test_the_template_has_every_field_and_empty_it_is_no_statement(tiny: Path) -> None:
    done = CliRunner().invoke(main, ["add", "--dataset", str(tiny), "--template"])
    form = yaml.safe_load(done.stdout)
    assert list(form["claims"][0]) == list(_rows(tiny, "claims")[0])
    assert "required. The stance of the speaker" in done.stdout
    assert "found no rows" in _add(tiny, done.stdout).stderr


# What is typed at the terminal: an answer a line; the tests below change some.
ANSWERS = {
    "utterance": "rill_20may/Remarks/press_remarks/2019-05-20//adjacency/Monday.///false/",
    "speakers": "y/rill/Spokesman/n",
    "words": "y/w_rill_1/gazette_2019_05_21/The pier has no crack./en/false/excerpt/true//n",
    "claims": "y/r1//pier_cracked/denies/CT−//direct///The pier has no crack/The pier is whole."
    "///////A0/D3//n",
    "rest": "n/n/n/n",
}


def _typed(folder: Path, **answers: str) -> Result:
    typed = "/".join(part for part in {**ANSWERS, **answers}.values() if part) + "/"
    arguments = ["add", "--dataset", str(folder)]
    return CliRunner().invoke(main, arguments, input=typed.replace("/", "\n"))


WRONG = {  # before which right answer of ANSWERS, and what is said
    "Rill 20 May": ("utterance", "rill_20may", "small letters a to z, digits"),
    "presremarks": ("utterance", "press_remarks", "(nearest: press_remarks)"),
    "earlier this month": ("utterance", "2019-05-20", "accepted: a day such as 2024-10-08"),
    "ril/n": ("speakers", "moe", "ril is not in actors.csv (nearest: rill"),
    "?page": ("words", "excerpt", "  whole_page  the whole page"),
    "m1": ("claims", "r1", "found the same key as in row 3"),
    "denys": ("claims", "denies", "(nearest: denies)"),
    "CT+": ("claims", "CT−", "accepted: denies with CT−"),
    "No crack": ("claims", "The pier has no crack", "accepted: words of row w_"),
}


def test_several_claims_and_a_new_speaker_are_asked_for_and_again_where_an_answer_is_wrong(
    tiny: Path,
) -> None:
    first = ANSWERS["claims"].removesuffix("n")
    second = first + ANSWERS["claims"].replace("r1", "r2").replace("is whole", "has no crack")
    new = "y/moe/y/Moe/Moe/person/XVL/karst_works/false/Boss/n"
    answers = {**ANSWERS, "claims": second, "speakers": new}
    for wrong, (part, right, _) in WRONG.items():
        assert right in answers[part]
        answers[part] = answers[part].replace(right, f"{wrong}/{right}", 1)
    done = _typed(tiny, **answers)
    assert done.exit_code == 0, done.output
    for wrong, (_, _, said) in WRONG.items():
        assert said in done.output, wrong
    claims = _rows(tiny, "claims")[-2:]
    assert [(row["claim_id"], row["source_id"]) for row in claims] == [
        ("r1", "gazette_2019_05_21"),
        ("r2", "gazette_2019_05_21"),
    ]
    assert claims[0]["quote"] == "The pier has no crack"
    assert _rows(tiny, "actors")[-1]["name"] == "Moe"


def test_where_asking_ends_early_the_answers_come_back_as_a_file(tiny: Path) -> None:
    before = _files(tiny)
    done = _typed(tiny, words=ANSWERS["words"].partition("/false")[0], claims="", rest="")
    assert done.exit_code == 1
    assert _files(tiny) == before
    kept = yaml.safe_load(done.stdout.partition("--from:\n")[2].replace("Aborted!", ""))
    assert kept["words"] == [
        {
            "words_id": "w_rill_1",
            "utterance_id": "rill_20may",
            "source_id": "gazette_2019_05_21",
            "text": "The pier has no crack.",
            "language": "en",
        }
    ]
    rest = yaml.safe_load(STATEMENT)
    kept["words"][0] = rest["words"] | kept["words"][0]
    kept["claims"] = [rest["claims"][0] | {"source_id": rest["source_id"]}]
    done = _add(tiny, yaml.safe_dump(kept, allow_unicode=True))
    assert done.exit_code == 0, done.output


def test_what_ends_the_asking_by_an_error_costs_no_answer(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> list[str]:
        raise KeyError("stance")

    monkeypatch.setattr("claimbrief.adding.questions.cell_problems", broken)
    done = _typed(tiny)
    assert isinstance(done.exception, KeyError)
    kept = yaml.safe_load(done.stdout.partition("--from:\n")[2])
    assert kept["utterances"][0]["utterance_id"] == "rill_20may"


def test_a_row_added_to_the_real_data_keeps_all_others_as_they_are(
    archived: Path, tmp_path: Path
) -> None:
    row = {"utterance_id": "peskov_31oct", "actor_id": "budanov", "role": "Invented"}
    ((table, number, line),) = add_rows(archived, {"speakers": [row]}, is_written=False)
    assert (table, line) == ("speakers", "peskov_31oct,budanov,Invented")
    lines = (archived / "speakers.csv").read_text(encoding="utf-8").splitlines()
    assert lines[number - 2].startswith("peskov_31oct,")


def test_the_statement_in_contributing_is_that_of_the_tables(
    real_data: Path, tmp_path: Path
) -> None:
    text = (real_data.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    path = tmp_path / "statement.yml"
    path.write_text(text.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    rows = read_rows(path, read_descriptor(real_data)[0])
    assert set(rows) == {"utterances", "speakers", "words", "claims", "lineage"}
    for table, new in rows.items():
        columns = list(_rows(real_data, table)[0])
        whole = [{column: row.get(column, "") for column in columns} for row in new]
        assert all(row in _rows(real_data, table) for row in whole), table
