"""`claimbrief new`: a dataset for another question, valid as it is written."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path

import flit_core.buildapi
import frictionless
import pytest
from click.testing import CliRunner, Result
from conftest import REPO
from phrases import front
from views import context_of

from claimbrief.cli import main
from claimbrief.dataset import TABLES, read_dataset
from claimbrief.loading import load
from claimbrief.validate import find_problems

EXAMPLE = REPO / "src" / "claimbrief" / "example"


def _new(folder: Path, question: str = "Is the mill closed?", *more: str) -> Result:
    more = more or ("--window", "2030-12-16", "2031-01-15")
    return CliRunner().invoke(main, ["new", str(folder), "--question", question, *more])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_written_passes_the_check_and_the_standard(tmp_path: Path) -> None:
    done = _new(tmp_path / "mill")
    assert done.exit_code == 0, done.output
    assert f"then run claimbrief check {tmp_path / 'mill'}\n" in done.stdout
    assert find_problems(read_dataset(tmp_path / "mill")) == []
    assert frictionless.Package(str(tmp_path / "mill" / "datapackage.json")).validate().valid


def test_the_question_the_name_and_the_window_are_the_callers(tmp_path: Path) -> None:
    question = "Is the \"old\" mill, by the river's \\ bend, 'closed'?"
    assert (
        _new(tmp_path / "Old Mill", question, "--window", "2030-12-16", "2031-01-15").exit_code == 0
    )
    dataset = read_dataset(tmp_path / "Old Mill")
    title = "Is the “old” mill, by the river’s \\ bend, ‘closed’?"
    assert dataset.descriptor["title"] == dataset.labels("question")["Q1"] == title
    assert dataset.descriptor["name"] == "old-mill"
    assert dataset.descriptor["window"] == {"start": "2030-12-16", "end": "2031-01-15"}
    assert set(dataset.utterances["date"]) == {"2030-12-16"}, "the example is in the window"
    readme = (tmp_path / "Old Mill" / "README.md").read_text(encoding="utf-8")
    assert readme.startswith(f"# {title}\n")
    assert "It is 2030-12-16 to" in readme and "2030-01" not in readme


def test_of_many_rows_of_the_example_the_first_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _new(tmp_path / "mill").exit_code == 0
    monkeypatch.setattr("claimbrief.commands.reading.LISTED", 1)
    note = CliRunner().invoke(main, ["check", str(tmp_path / "mill")]).stdout.splitlines()[-1]
    assert note.startswith("note: to be replaced") and "claims.csv (rows 2 …)" in note


def test_no_placeholder_stands_in_a_sentence_of_the_brief(tmp_path: Path) -> None:
    assert _new(tmp_path / "mill").exit_code == 0
    view = load(str(tmp_path / "mill"), basis="said")
    assert context_of(view).clauses["Q1"] == "the answer to “Is the mill closed?” is yes"
    words = " ".join(front(view))
    assert "is yes" in words and "to be replaced" not in words


@pytest.mark.parametrize(
    "window", [("2030-01-31", "2030-02-10"), ("2029-12-01", "2030-01-01"), ("2030-01-05",) * 2]
)
def test_a_window_near_the_examples_own_is_written_as_it_was_given(
    tmp_path: Path, window: tuple[str, str]
) -> None:
    assert _new(tmp_path / "mill", "2030-01-01: so?", "--window", *window).exit_code == 0
    about = read_dataset(tmp_path / "mill").descriptor
    assert about["window"] == {"start": window[0], "end": window[1]}
    assert about["title"] == "2030-01-01: so?"


def test_what_is_written_is_in_the_house_form_and_its_folder_is_named_for_a_shell(
    tmp_path: Path,
) -> None:
    done = _new(tmp_path / "old mill", "Is it, by now, closed?")
    assert f"claimbrief check '{tmp_path / 'old mill'}'\n" in done.stdout
    _new(tmp_path / "mill", "Is it closed?")
    for folder in ("mill", "old mill"):
        tidied = CliRunner().invoke(main, ["tidy", str(tmp_path / folder)])
        assert tidied.stdout.endswith(" 0 changed\n"), tidied.output


def test_the_check_notes_what_is_left_of_the_example(tmp_path: Path) -> None:
    _new(tmp_path / "mill")
    done = CliRunner().invoke(main, ["check", str(tmp_path / "mill")])
    assert done.exit_code == 0
    (note,) = [line for line in done.stdout.splitlines() if line.startswith("note: ")]
    assert "codings.csv (row 2)" in note and "actors.csv (row" in note
    assert "events.csv (row 2)" in note and note.endswith("datapackage.json (known_gaps)")
    done = CliRunner().invoke(main, ["check", str(REPO / "data")])
    assert done.exit_code == 0 and "note: " not in done.stdout


def test_every_table_has_an_example_that_says_that_it_is_invented(tmp_path: Path) -> None:
    _new(tmp_path / "mill")
    for name in TABLES:
        rows = _rows(tmp_path / "mill" / f"{name}.csv")
        assert rows, name
        if name not in ("vocabulary", "exclusions", "codings"):
            assert all(re.search("example|invented", " ".join(row.values()), re.I) for row in rows)
    notes = [row["note"] for row in _rows(tmp_path / "mill" / "claims.csv")]
    assert all(note.startswith("EXAMPLE, invented, to be replaced") for note in notes)


def test_the_example_can_be_deleted_as_the_readme_says(tmp_path: Path) -> None:
    _new(tmp_path / "mill")
    for name in set(TABLES) - {"vocabulary"}:
        path = tmp_path / "mill" / f"{name}.csv"
        header = path.read_text(encoding="utf-8").splitlines()[0]
        path.write_text(f"{header}\n", encoding="utf-8")
    (tmp_path / "mill" / "archive" / "example_report.txt").unlink()
    assert find_problems(read_dataset(tmp_path / "mill")) == []


@pytest.mark.parametrize(
    ("name", "question", "more", "message"),
    [
        ("full", "So?", (), "full holds files; accepted: a folder that is new or empty"),
        ("file", "So?", (), "file is a file; accepted: a folder that is new or empty"),
        ("mill", "  ", (), "--question: found no words; accepted: a question"),
        ("mill", "Is it\x07 so?", (), "--question: found a sign that cannot be seen, '\\x07'"),
        ("…", "So?", (), "accepted: a folder whose name has a letter a to z or a digit"),
        ("mill", "So?", ("--window", "2030-02-30", "2030-03-01"), "--window: found '2030-02-30'"),
        ("mill", "So?", ("--window", "2030-03-02", "2030-03-01"), "accepted: the first day first"),
        ("file/mill", "So?", (), "cannot be written to"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str, question: str, more: tuple[str, ...], message: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept").write_text("kept", encoding="utf-8")
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = _new(tmp_path / name, question, *more)
    assert done.exit_code == 2
    assert message in done.stderr and "Traceback" not in done.output
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "mill").mkdir()
    assert _new(tmp_path / "mill").exit_code == 0
    assert (tmp_path / "mill" / "datapackage.json").is_file()


def test_the_tables_are_described_as_those_of_the_projects_own_dataset() -> None:
    shipped, own = (
        json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        for folder in (EXAMPLE, REPO / "data")
    )
    assert shipped == own


def test_the_wheel_brings_the_example_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(REPO)
    wheel = flit_core.buildapi.build_wheel(str(tmp_path))
    names = set(zipfile.ZipFile(tmp_path / wheel).namelist())
    for path in EXAMPLE.rglob("*.*"):
        assert path.relative_to(REPO / "src").as_posix() in names, path
