"""The gate of pull requests: a published figure that moves has its entry in report/CHANGES.md."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from checking import REPO
from moved_figures import CompareError, without_entry

FIGURES = {"answer": {"items": [38, 38], "case": "nobody"}, "days": {"Claims": ["0", "7"]}}
Commit = Callable[..., None]


def _git(root: Path, *command: str) -> None:
    # No setting of the person who runs the tests.
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(
        ["git", *command], cwd=root, check=True, capture_output=True, env=os.environ | alone
    )


@pytest.fixture
def commit(tmp_path: Path) -> Commit:
    """Return a function that commits files on the branch `pull` of a repository, beside `main`.

    `article` and `numbers` are figures, `entry` is a line more of report/CHANGES.md.
    """
    (tmp_path / "report/article").mkdir(parents=True)
    (tmp_path / "report/CHANGES.md").write_text("# Moved\n\nOnce `answer.case` moved.\n")
    shutil.copy(REPO / "Makefile", tmp_path)
    (tmp_path / "tests").mkdir()
    shutil.copy(REPO / "tests/moved_figures.py", tmp_path / "tests")

    def change(numbers: Any = None, article: Any = None, entry: str = "") -> None:
        for folder, figures in (("report", numbers), ("report/article", article)):
            if figures is not None:
                (tmp_path / folder / "numbers.json").write_text(json.dumps(figures))
        with (tmp_path / "report/CHANGES.md").open("a") as file:
            file.write(entry)
        _git(tmp_path, "add", "--all")
        author = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        _git(tmp_path, *author, "commit", "--allow-empty", "--message", "Change")

    _git(tmp_path, "init", "--initial-branch", "main")
    change(FIGURES, FIGURES)
    _git(tmp_path, "switch", "--create", "pull")
    return change


def _moved(**answer: Any) -> dict[str, Any]:
    """Return the figures with some of the answer's changed."""
    return FIGURES | {"answer": FIGURES["answer"] | answer}


def _made(root: Path) -> subprocess.CompletedProcess[str]:
    """Return how the make target ends, as a pull request runs it."""
    command = ["make", "--silent", "figures", "BASE=main"]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8")


def test_a_pull_request_that_moves_a_figure_without_an_entry_fails_with_its_name(
    commit: Commit, tmp_path: Path
) -> None:
    commit(_moved(items=[38, 39]))
    done = _made(tmp_path)
    assert done.returncode != 0
    assert "report/numbers.json: answer.items.1 was 38 and is 39" in done.stderr
    assert "answer.items.0" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["answer.items.1", "answer.items", "answer"])
def test_a_pull_request_that_names_the_figure_or_its_block_passes(
    commit: Commit, tmp_path: Path, name: str
) -> None:
    commit(_moved(items=[38, 39]))
    commit(entry=f"\nAn item more (`{name}`): a photograph.\n")
    assert _made(tmp_path).returncode == 0


@pytest.mark.parametrize(
    "entry", ["The answer moved.", "`answer.case`", "`answer.item`", "`items`"]
)
def test_an_entry_that_names_something_else_is_none(
    commit: Commit, tmp_path: Path, entry: str
) -> None:
    commit(_moved(items=[38, 39]), entry=f"\n{entry}\n")
    assert [*without_entry(tmp_path, "main")] == ["report/numbers.json: answer.items.1"]


def test_an_entry_of_an_earlier_change_does_not_count(commit: Commit, tmp_path: Path) -> None:
    commit(_moved(case="somebody"))
    assert [*without_entry(tmp_path, "main")] == ["report/numbers.json: answer.case"]


def test_a_figure_that_goes_or_comes_has_moved_and_so_has_that_of_another_edition(
    commit: Commit, tmp_path: Path
) -> None:
    commit({"answer": FIGURES["answer"], "method": 3}, _moved(items=[0]))
    assert without_entry(tmp_path, "main") == {
        "report/numbers.json: days": 'was {"Claims": ["0", "7"]} and is absent',
        "report/numbers.json: method": "was absent and is 3",
        "report/article/numbers.json: answer.items": "was [38, 38] and is [0]",
    }


def test_a_function_that_goes_to_another_file_moves_no_figure(
    commit: Commit, tmp_path: Path
) -> None:
    commit(_moved(made_by={"prose.answer": "prose/answer.py"}))
    assert without_entry(tmp_path, "main") == {}


def test_what_main_has_done_since_is_not_put_down_to_a_branch(
    commit: Commit, tmp_path: Path
) -> None:
    _git(tmp_path, "switch", "main")
    commit(_moved(items=[40, 40]), entry="\n`answer`\n")
    _git(tmp_path, "switch", "pull")
    assert without_entry(tmp_path, "main") == {}


def test_an_unknown_branch_and_a_broken_file_are_told_in_a_line(
    commit: Commit, tmp_path: Path
) -> None:
    for branch in ("nowhere", "--all", ""):
        with pytest.raises(CompareError, match="make figures BASE=BRANCH"):
            without_entry(tmp_path, branch)
    (tmp_path / "report/numbers.json").write_text("{")
    done = _made(tmp_path)
    assert done.returncode != 0
    assert "report/numbers.json is no JSON" in done.stderr
    assert "Traceback" not in done.stderr
