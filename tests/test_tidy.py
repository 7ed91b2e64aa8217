"""`claimbrief tidy`: whatever a program has saved, back into the house form, or left and named."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from jupyter_server.services.contents.filemanager import FileContentsManager
from test_spreadsheets import OTHER, SAME, rows, written

from claimbrief.cli import main
from claimbrief.tidy import Tidied
from claimbrief.tidy.notebooks import METADATA, tidied_notebook
from claimbrief.tidy.saving import note_saved
from claimbrief.tidy.tables import tidied_table

REPO = Path(__file__).parent.parent
TINY = REPO / "tests" / "tiny"
TABLES = sorted((REPO / "data").glob("*.csv"))
NOTEBOOK = REPO / "notebooks" / "3-voices.ipynb"
Changed = Callable[..., Path]
Notebook = dict[str, Any]


def _tidy(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["tidy", *map(str, arguments)])


def _run_and_saved(content: bytes) -> bytes:
    """Return a notebook as JupyterLab saves it when all its cells have run."""
    notebook = json.loads(content)
    for count, cell in enumerate(notebook["cells"], 1):
        cell["metadata"] |= {"editable": True, "slideshow": {"slide_type": ""}, "scrolled": True}
        if cell["cell_type"] == "code":
            output = {"output_type": "stream", "name": "stdout", "text": ["a line\n"]}
            cell |= {"execution_count": count, "outputs": [output]}
    notebook["metadata"]["language_info"] |= {"version": "3.12.3", "file_extension": ".py"}
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _dumped(notebook: Notebook) -> bytes:
    return json.dumps(notebook).encode()


# Tables


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_the_projects_tables_are_in_the_house_form(path: Path) -> None:
    assert tidied_table(path.name, path.read_bytes()) == Tidied(path.read_bytes())


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("what", [*SAME, "semicolons", "tabs", "utf-16"])
def test_what_a_spreadsheet_program_saves_is_put_back_to_the_byte(path: Path, what: str) -> None:
    content = path.read_bytes()
    saved = (SAME | {name: save for name, (save, _) in OTHER.items()})[what](content)
    tidied = tidied_table(path.name, saved)
    assert tidied.content == content
    assert not tidied.problems
    assert bool(tidied.changes) is (saved != content)


def test_all_that_a_german_excel_does_at_once_is_undone_and_named() -> None:
    content = (TINY / "actors.csv").read_bytes()
    words = {"true": "WAHR", "false": "FALSCH"}
    cells = [[words.get(cell, cell) for cell in row] for row in rows(content)]
    saved = b"\xef\xbb\xbf" + written([*cells, [""] * len(cells[0])], ";", "\r\n")
    tidied = tidied_table("actors.csv", saved)
    assert tidied.content == content
    assert tidied.changes == (
        "no byte order mark",
        "commas for semicolons",
        "LF line ends",
        f"true or false in {len(cells) - 1} cells",
        "no blank rows at the end",
    )


def test_what_pandas_makes_of_a_table_is_undone_where_it_kept_the_code_na(tmp_path: Path) -> None:
    path, content = tmp_path / "claims.csv", (TINY / "claims.csv").read_bytes()
    path.write_bytes(content)
    frame = pd.read_csv(path, keep_default_na=False).astype({"span_start": "float"})
    frame.to_csv(path, index=False)
    tidied = tidied_table("claims.csv", path.read_bytes())
    assert tidied.content == content and ".0," in path.read_text("utf-8")
    assert tidied.changes == ("whole numbers in twelve cells",)


@pytest.mark.parametrize(
    ("cell", "tidied"),
    [("231.0", "231"), ("0.0", "0"), ("-5.0", "-5"), ("3.000", None), ("1.50", None), (".0", None),
     ("-0.0", None), ("1.0.0", None), ("1e3.0", None), ("three", None), ("", None)],
)  # fmt: skip
def test_a_whole_number_loses_its_point_and_nothing_else_is_guessed(
    cell: str, tidied: str | None
) -> None:
    content = f"figure_low,quote\n{cell},231.0\n".encode()
    kept = cell if tidied is None else tidied
    assert tidied_table("x.csv", content).content == f"figure_low,quote\n{kept},231.0\n".encode()


def test_rows_keep_their_order_and_a_blank_row_between_them_stays() -> None:
    content = b"event_id,label\r\nz,2\r\n\r\na,1\r\n"
    assert tidied_table("x.csv", content).content == b"event_id,label\nz,2\n\na,1\n"


def test_an_encoding_that_is_not_unicode_is_left_unless_it_is_named() -> None:
    text = "actor_id,name\na,plain\nb,Malmø and Ærø\nc,“Taube” – café\n"
    content = text.encode("cp1252")
    tidied = tidied_table("actors.csv", content)
    assert tidied.content == content and not tidied.changes
    (problem,) = tidied.problems
    assert "--encoding cp1252" in problem.todo
    named = tidied_table("actors.csv", content, "cp1252")
    assert named.content.decode() == text
    assert named.changes == ("cp1252 to UTF-8",)
    as_utf_8 = named.content
    assert tidied_table("actors.csv", as_utf_8, "cp1252").content == as_utf_8, "it was UTF-8"


@pytest.mark.parametrize(
    ("content", "row", "found"),
    [
        (b"a,b\n1,2\n1,2,3\n1\n", 3, "three cells, and one more such row"),
        (b"a;b\n1;2;3\n", 2, "three cells"),
        (b"a;b,c\n1;2,3\n", 1, "several signs that separate cells"),
        (b'a,b\n1,"2\n', 2, "unexpected end of data"),
        (b"a,b\n1,\x81\n", 0, "an encoding that cannot be known"),
        ("a,b\n1,東京\n".encode("shift-jis"), 0, "an encoding that cannot be known"),
    ],
)
def test_a_table_that_can_be_read_in_several_ways_is_left_and_named_in_a_message(
    content: bytes, row: int, found: str
) -> None:
    tidied = tidied_table("events.csv", content)
    assert tidied.content == content and not tidied.changes
    (problem,) = tidied.problems
    assert (problem.where, problem.row) == ("events.csv", row)
    assert problem.found.startswith(found)


def test_a_cell_that_a_spreadsheet_has_changed_is_left_and_named_and_the_rest_is_tidied() -> None:
    content = b"event_id,date,label,source_id\r\nstorm,12/10/2024,#N/A,bulletin\r\n"
    tidied = tidied_table("data/events.csv", content)
    assert tidied.content == content.replace(b"\r", b"")
    assert [(p.where, p.row, p.column, p.found) for p in tidied.problems] == [
        ("data/events.csv", 2, "date", "12/10/2024"),
        ("data/events.csv", 2, "label", "#N/A"),
    ]
    day_first = tidied_table("data/events.csv", content.replace(b"12/10/2024", b"12.10.2024"))
    assert "(nearest: 2024-10-12)" in day_first.problems[0].accepted


# Notebooks


@pytest.mark.parametrize("path", sorted(NOTEBOOK.parent.glob("*.ipynb")), ids=lambda p: p.stem)
def test_a_notebook_that_was_run_and_saved_is_put_back_to_the_byte(path: Path) -> None:
    stored = tidied_notebook(path.name, path.read_bytes()).content
    tidied = tidied_notebook(path.name, _run_and_saved(stored))
    assert tidied.content == stored
    n_code = sum(cell["cell_type"] == "code" for cell in json.loads(stored)["cells"])
    assert f"{n_code} cells" in tidied.changes[0] or n_code <= 12
    assert tidied.changes[-1] == "metadata of the notebook"


def test_an_own_cell_keeps_its_id_its_tags_and_its_picture() -> None:
    own = {"cell_type": "code", "id": "1f0c9a7e", "metadata": {"tags": ["own"]}, "source": "1\n2"}
    own |= {"outputs": [], "execution_count": 3}
    picture = {"a.png": {"image/png": "iVBORw0="}}
    drawn = {"cell_type": "markdown", "id": "x", "metadata": {}, "source": "![](attachment:a.png)"}
    notebook = {"cells": [own, drawn | {"attachments": picture}], "metadata": METADATA}
    tidied = tidied_notebook("x.ipynb", _dumped(notebook | {"nbformat": 4, "nbformat_minor": 5}))
    first, second = json.loads(tidied.content)["cells"]
    assert first == own | {"source": ["1\n", "2"], "execution_count": None}
    assert second["attachments"] == picture


def test_what_vs_code_and_colab_add_goes_and_colabs_ids_stay() -> None:
    cells = [
        {"cell_type": "code", "metadata": {"id": "hKq_3T", "colab": {}}, "source": [],
         "outputs": [], "execution_count": None},
        {"cell_type": "markdown", "metadata": {"vscode": {"languageId": "md"}}, "source": "Text"},
    ]  # fmt: skip
    metadata = {"kernelspec": {"display_name": ".venv (3.12.3)", "name": "python3"}, "colab": {}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 0}
    tidied = tidied_notebook("x.ipynb", _dumped(notebook))
    found = json.loads(tidied.content)
    assert [cell["id"] for cell in found["cells"]] == ["hKq_3T", "cell-2"]
    assert [cell["metadata"] for cell in found["cells"]] == [{}, {}]
    assert (found["metadata"], found["nbformat_minor"]) == (METADATA, 5)
    assert tidied_notebook("x.ipynb", tidied.content) == Tidied(tidied.content)


@pytest.mark.parametrize(
    ("content", "where", "found"),
    [
        (b"<<<<<<< HEAD\n{}\n", "x.ipynb", "no JSON (Expecting value)"),
        (b"\xff\xfe{\x00}\x00", "x.ipynb", "another encoding than UTF-8"),
        (b"[]", "x.ipynb", "no notebook"),
        (b'{"cells": [], "nbformat": 3}', "x.ipynb", "format 3"),
        (
            b'{"cells": [], "nbformat": 4, "metadata": {"language_info": {"name": "R"}}}',
            "x.ipynb",
            "a notebook in R",
        ),
        (
            b'{"cells": [], "nbformat": 4, "metadata": []}',
            "x.ipynb",
            "metadata that are no object",
        ),
        (
            b'{"cells": [], "nbformat": 4, "metadata": {"kernelspec": null}}',
            "x.ipynb",
            "metadata that are no object",
        ),
        (
            b'{"cells": [{"cell_type": "raw", "source": "", "metadata": null}], "nbformat": 4}',
            "x.ipynb, cell 1",
            "no cell of a known kind",
        ),
        (
            b'{"cells": [{"cell_type": "sql", "source": ""}], "nbformat": 4}',
            "x.ipynb, cell 1",
            "no cell of a known kind",
        ),
        (
            b'{"cells": [{"cell_type": "raw", "source": 1}], "nbformat": 4}',
            "x.ipynb, cell 1",
            "no cell of a known kind",
        ),
    ],
)
def test_what_is_no_notebook_is_left_and_named(content: bytes, where: str, found: str) -> None:
    tidied = tidied_notebook("x.ipynb", content)
    assert tidied.content == content and not tidied.changes
    assert [(problem.where, problem.found) for problem in tidied.problems] == [(where, found)]


# The command


def test_what_was_changed_is_named_and_written_and_nothing_else(tiny: Path) -> None:
    path = tiny / "claims.csv"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"\n", b"\r\n"))
    done = _tidy(tiny)
    assert (done.exit_code, done.stdout.splitlines()) == (
        0,
        [f"{os.path.relpath(path)}: LF line ends", "17 files read, 1 changed"],
    )
    assert path.read_bytes() == good
    done = _tidy(tiny)
    assert (done.exit_code, done.stdout) == (0, "17 files read, 0 changed\n")
    assert sorted(file.name for file in tiny.iterdir()) == sorted(
        file.name for file in TINY.iterdir()
    )


def test_what_cannot_be_read_ends_with_1_and_the_other_files_are_tidied(tiny: Path) -> None:
    (tiny / "claims.csv").write_bytes(b"a,b\n1,2,3\n")
    events = (tiny / "events.csv").read_bytes()
    (tiny / "events.csv").write_bytes(b"\xef\xbb\xbf" + events)
    done = _tidy(tiny)
    assert done.exit_code == 1
    assert "claims.csv, row 2: found three cells" in done.stderr
    assert (tiny / "claims.csv").read_bytes() == b"a,b\n1,2,3\n"
    assert (tiny / "events.csv").read_bytes() == events


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such-file.csv",), "does not exist"),
        (("Makefile",), "accepted: .ipynb, .csv, or a folder of them"),
        (("--encoding", "utf-9", "data"), "no encoding is named 'utf-9'"),
    ],
)
def test_wrong_usage_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(REPO)
    done = _tidy(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr


# Git


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a git checkout with a notebook, the filter that the Makefile sets up, and a command.

    The environment of the checkout runs the code that is tested.
    """
    folder = tmp_path / "checkout"
    (folder / "notebooks").mkdir(parents=True)
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(REPO / name, folder)
    (folder / "notebooks" / "a.ipynb").write_bytes(
        tidied_notebook("a", NOTEBOOK.read_bytes()).content
    )
    command = folder / ".venv" / "bin" / "claimbrief"
    command.parent.mkdir(parents=True)
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH="{REPO / "src"}" exec "{sys.executable}" '
        '-c "from claimbrief.cli import main; main()" "$@"\n'
    )
    command.chmod(0o755)
    _call(folder, "git", "init", "--quiet")
    _call(folder, "make", "--file", str(REPO / "Makefile"), "filter")
    _call(folder, "git", "add", ".")
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    _call(folder, "git", *author, "commit", "--quiet", "--message", "Begin")
    return folder


def _call(folder: Path, *command: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        command, cwd=folder, env=clean, capture_output=True, text=True, check=True
    ).stdout


def _run_and_save(folder: Path) -> bytes:
    """Save a notebook that was run, by an editor that knows nothing of git."""
    path = folder / "notebooks" / "a.ipynb"
    path.write_bytes(_run_and_saved(path.read_bytes()))
    return path.read_bytes()


def _save_in_lab(folder: Path, notebook: Notebook) -> None:
    """Save a notebook through JupyterLab's own manager of files, with the project's hook."""
    setting = REPO / ".jupyter" / "jupyter_server_config.json"
    hook = json.loads(setting.read_text())["FileContentsManager"]["post_save_hook"]
    manager = FileContentsManager(root_dir=str(folder), post_save_hook=hook)
    model = {"type": "notebook", "format": "json", "content": notebook}
    manager.save(model, "notebooks/a.ipynb")


def test_git_stays_clean_when_a_notebook_was_run_and_saved_in_jupyterlab(checkout: Path) -> None:
    path = checkout / "notebooks" / "a.ipynb"
    _save_in_lab(checkout, json.loads(_run_and_saved(path.read_bytes())))
    assert _call(checkout, "git", "status", "--porcelain") == ""
    assert b"a line" in path.read_bytes()  # outputs stay in the file


def test_git_stays_clean_when_another_editor_saved_it_and_it_was_added(checkout: Path) -> None:
    saved = _run_and_save(checkout)
    assert _call(checkout, "git", "diff") == ""
    _call(checkout, "git", "add", ".")
    assert _call(checkout, "git", "status", "--porcelain") == ""
    assert (checkout / "notebooks" / "a.ipynb").read_bytes() == saved


def test_an_edit_saved_in_jupyterlab_is_a_change_that_nobody_has_staged(checkout: Path) -> None:
    notebook = json.loads((checkout / "notebooks" / "a.ipynb").read_bytes())
    notebook["cells"][0]["source"] = ["# Another title"]
    _save_in_lab(checkout, notebook)
    assert _call(checkout, "git", "status", "--porcelain") == " M notebooks/a.ipynb\n"


def test_saving_outside_a_checkout_or_where_git_is_absent_goes_on(
    tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text("{}")
    note_saved({"type": "notebook"}, str(path))
    monkeypatch.setenv("PATH", "")
    note_saved({"type": "notebook"}, str(checkout / "notebooks" / "a.ipynb"))


def test_git_stores_an_own_cell_and_not_its_output(checkout: Path) -> None:
    path = checkout / "notebooks" / "a.ipynb"
    notebook = json.loads(_run_and_save(checkout))
    own = notebook["cells"][-1] | {"id": "1f0c9a7e", "source": ["1 + 1"]}
    path.write_bytes(_dumped(notebook | {"cells": [*notebook["cells"], own]}))
    assert _call(checkout, "git", "status", "--porcelain") == " M notebooks/a.ipynb\n"
    _call(checkout, "git", "add", ".")
    stored = json.loads(_call(checkout, "git", "show", ":notebooks/a.ipynb"))
    assert stored["cells"][-1]["id"] == "1f0c9a7e"
    assert not any(cell.get("outputs") for cell in stored["cells"])


def test_a_table_with_windows_line_ends_is_stored_with_lf(checkout: Path) -> None:
    (checkout / "data").mkdir()
    (checkout / "data" / "events.csv").write_bytes(b"a,b\r\n1,2\r\n")
    _call(checkout, "git", "add", ".")
    size = _call(checkout, "git", "cat-file", "-s", ":data/events.csv")
    assert int(size) == len(b"a,b\n1,2\n")


def test_without_the_environment_git_takes_a_notebook_as_it_is(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    _run_and_save(checkout)
    assert _call(checkout, "git", "status", "--porcelain") == " M notebooks/a.ipynb\n"


def test_outside_a_checkout_no_filter_is_set_up_and_nothing_fails(tmp_path: Path) -> None:
    _call(tmp_path, "make", "--file", str(REPO / "Makefile"), "filter")
    assert not (tmp_path / ".git").exists()
