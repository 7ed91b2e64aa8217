"""The command line: what it prints, where, and with which exit status."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from projects import project

from claimbrief import cli
from claimbrief.errors import DatasetError, Problem
from claimbrief.render.plan import day_note

TINY = Path(__file__).parent / "tiny"


def _call(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, list(arguments))


@pytest.fixture(name="here")
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_help_and_version_import_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from claimbrief.cli import main\n"
        "for option in ('--help', '--version'):\n"
        "    main([option], standalone_mode=False)\n"
        "heavy = {'pandas', 'papermill', 'nbconvert', 'typst', 'matplotlib', 'nbformat'}\n"
        "sys.exit(sorted(heavy & set(sys.modules)) or None)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "build" in done.stdout
    assert "claimbrief, version 0.1.0" in done.stdout


def test_parameters_lists_names_types_defaults_help_and_editions(here: Path) -> None:
    done = _call("parameters")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["as_of", "str", "'2031-05-20'"]
    assert lines[1].strip() == "the day of the brief: nothing later is shown"
    assert "  whole (default): All that was heard" in lines
    assert "  early: The first week (as_of = '2031-05-09')" in lines


def test_a_build_tells_its_progress_apart_from_what_it_wrote(here: Path) -> None:
    done = _call("build", "early", "--format", "html", "-p", "least=2")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "wrote report/early/brief.html",
        "wrote report/early/numbers.json",
    ]
    assert done.stderr.splitlines()[0] == "building early: The first week"
    assert len(done.stderr.splitlines()) == 4
    page = (here / "report" / "early" / "brief.html").read_text(encoding="utf-8")
    assert "Built with least = 2" in page


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("build", "erly"), "claimbrief: no edition is named 'erly'; did you mean 'early'?"),
        (("build", "least=2"), "no edition is named 'least=2'; to set a parameter: -p least=2"),
        (("build", "mine"), "to build that dataset: claimbrief build -p dataset=mine"),
        (("build", "../mine"), "no edition is named '../mine' (known: "),
        (("build", "-p", "as_off=2031-05-09"), "did you mean 'as_of'?"),
        (("build", "-p", "least=few"), "claimbrief: least: found 'few'"),
        (("build", "--format", "docx"), "'docx'"),
        (("bild",), "No such command 'bild'. Did you mean 'build'?"),
    ],
)
def test_wrong_usage_ends_with_2_and_runs_nothing(
    here: Path, arguments: tuple[str, ...], found: str
) -> None:
    (here / "mine").mkdir()
    (here / "mine" / "datapackage.json").touch()
    done = _call(*arguments)
    assert done.exit_code == 2
    assert found in done.stderr
    assert "Traceback" not in done.output
    assert not (here / "report" / "brief.html").exists()


def test_outside_a_project_a_call_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = _call("parameters")
    assert done.exit_code == 2
    assert done.stderr.startswith("claimbrief: no notebooks/brief.yml")


def test_a_failing_cell_ends_with_1_in_at_most_ten_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, ("a-cell-fails-at-length.ipynb",))
    monkeypatch.chdir(tmp_path)
    done = _call("build")
    assert done.exit_code == 1
    found = done.stderr[done.stderr.index("claimbrief:") :]
    assert len(found.splitlines()) <= 10
    assert "a-cell-fails-at-length.ipynb, cell 3, line 1, failed" in found
    assert not (tmp_path / "report" / "brief.html").exists()


def test_what_is_our_own_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Path:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "_contents", broken)
    assert isinstance(_call("parameters").exception, ZeroDivisionError)


def test_check_says_what_it_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimbrief.spans.coverage_lines", lambda dataset: ["12 spans verified"])
    done = _call("check", str(TINY))
    assert done.exit_code == 0
    first, rows, *rest = done.stdout.splitlines()
    assert [first, *rest] == ["no problems", "12 spans verified"]
    assert rows.startswith("rows: sources 3, actors 14, utterances 8, ")


def test_check_lists_every_problem_and_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem("claims.csv", 3, "quote", "'pear'", "the source's words", "copy them")

    def refusing(dataset: object) -> object:
        raise DatasetError([problem, problem])

    monkeypatch.setattr("claimbrief.dataset.read_dataset", lambda folder: folder)
    monkeypatch.setattr("claimbrief.validate.checked", refusing)
    done = _call("check", str(tmp_path))
    assert done.exit_code == 1
    assert done.stderr.splitlines()[0] == "claimbrief: 2 problems in the dataset"
    assert "claims.csv, row 3, quote: found 'pear'" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("way", [(), ("--cold",)], ids=["warm", "cold"])
def test_a_build_checks_the_dataset_that_it_names_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: tuple[str, ...]
) -> None:
    contents = project(tmp_path / "project", ("declares-a-dataset.ipynb",))
    shutil.copy(TINY.parents[1] / "notebooks" / "1-front.ipynb", contents.chapters[0])
    text = (TINY / "claims.csv").read_text(encoding="utf-8")
    shutil.copytree(TINY, contents.root / "data")
    (contents.root / "data" / "claims.csv").write_text(text.replace(",affirms,", ",afirms,", 1))
    (contents.root / "report" / "empty").mkdir()
    monkeypatch.chdir(contents.root / "report")
    done = _call("build", *way)
    assert done.exit_code == 1
    assert "1 problem in the dataset\n  claims.csv, row " in done.stderr
    assert "found afirms" in done.stderr
    done = _call("build", *way, "-p", "dataset=../dat")
    assert done.exit_code == 1
    assert "found no folder dat;" in done.stderr and "; did you mean 'data'?" in done.stderr
    done = _call("build", *way, "-p", "dataset=empty")
    assert done.exit_code == 1
    assert "datapackage.json: found no such file in empty" in done.stderr
    assert not (contents.root / "report" / "brief.html").exists()


def test_what_is_unchanged_is_told_and_fresh_builds_it_again(here: Path) -> None:
    assert _call("build", "--format", "html").exit_code == 0
    assert _call("build", "--format", "html").stdout == "unchanged: report\n"
    again = _call("build", "--format", "html", "--fresh")
    assert again.stdout.splitlines() == ["wrote report/brief.html", "wrote report/numbers.json"]


def test_a_cells_time_is_limited_where_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, ("runs-for-an-hour.ipynb",))
    monkeypatch.chdir(tmp_path)
    done = _call("build", "--time-limit", "1")
    assert done.exit_code == 1
    assert "runs-for-an-hour.ipynb, cell 3 ran longer than 1 s" in done.stderr
    assert not (tmp_path / "report" / "brief.html").exists()


def test_a_batch_builds_what_it_can_and_ends_with_1_if_any_failed(here: Path) -> None:
    file = here / "days.yml"
    file.write_text("matrix:\n  as_of: [2031-05-09, 2031-05-20]\nformats: [html]\n")
    done = _call("batch", str(file), "--workers", "1")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1] == "2 briefs: 2 built"
    assert (here / "days" / "2031-05-09" / "brief.html").is_file()
    file.write_text("matrix:\n  as_off: [2031-05-09]\n")
    done = _call("batch", str(file))
    assert done.exit_code == 2
    assert "did you mean 'as_of'?" in done.stderr


@pytest.mark.parametrize("closed", ["2>&-", "<&- >&- 2>&-"])
def test_a_build_does_without_standard_streams(here: Path, closed: str) -> None:
    call = "import sys; from claimbrief.cli import main; main(sys.argv[1:])"
    command = f'"{sys.executable}" -c "{call}" build --format html {closed}'
    # ipykernel does without the streams where it finds this variable of pytest's.
    env = {name: it for name, it in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    done = subprocess.run(command, shell=True, cwd=here, timeout=600, check=False, env=env)
    assert done.returncode == 0
    assert (here / "report" / "brief.html").is_file()


@pytest.mark.parametrize(
    ("as_of", "note"),
    [
        ("2031-05-01", ""),
        ("2031-05-31", ""),
        ("2031-04-30", "note: as_of 2031-04-30 lies before the window, 2031-05-01 to 2031-05-31"),
        ("2031-06-01", "note: as_of 2031-06-01 lies after the window, 2031-05-01 to 2031-05-31"),
    ],
)
def test_a_day_outside_the_window_is_noted(as_of: str, note: str) -> None:
    window = {"window_start": "2031-05-01", "window_end": "2031-05-31"}
    assert day_note({**window, "as_of": as_of}) == note
    assert day_note({"as_of": as_of}) == ""
