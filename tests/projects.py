"""Small projects made of the fixture notebooks, and one whole brief built once for all tests."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import nbformat
import yaml
from nbformat import NotebookNode

from claimbrief.render.build import build, planned
from claimbrief.render.editions import Contents, read_contents
from claimbrief.render.run import run_chapters

TESTS = Path(__file__).parent
NOTEBOOKS = TESTS / "notebooks"
TEMPLATE = TESTS.parent / "report" / "template"

WHOLE = ("1-question.ipynb", "2-voices.ipynb", "3-ledger.ipynb")
EDITIONS: Mapping[str, object] = {
    "whole": {"label": "All that was heard", "parameters": {}},
    "early": {"label": "The first week", "parameters": {"as_of": "2031-05-09"}},
}


def project(
    folder: Path,
    chapters: Sequence[str] = WHOLE,
    editions: Mapping[str, object] = EDITIONS,
    default: str = "whole",
) -> Contents:
    """Return the contents of a new project in the folder, of these fixture notebooks."""
    notebooks = folder / "notebooks"
    notebooks.mkdir(parents=True)
    for name in (*chapters, "bridge.py"):
        shutil.copy(NOTEBOOKS / name, notebooks)
    written = {"chapters": list(chapters), "default": default, "editions": dict(editions)}
    (notebooks / "brief.yml").write_text(yaml.safe_dump(written), encoding="utf-8")
    shutil.copytree(TEMPLATE, folder / "report" / "template")
    (folder / "requirements.lock").write_text("nothing==1\n", encoding="utf-8")
    return read_contents(folder)


@cache
def executed(name: str) -> NotebookNode:
    """Return a fixture notebook as executed with its defaults; a failing cell raises."""
    with tempfile.TemporaryDirectory() as scratch:
        values = {"as_of": "2031-05-20"}
        return run_chapters([NOTEBOOKS / name], values, Path(scratch), lambda line: None)[0]


def fixture_cells(name: str) -> NotebookNode:
    """Return a fixture notebook that needs no run: its cells show nothing."""
    notebook: NotebookNode = nbformat.read(NOTEBOOKS / name, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


@cache
def built() -> Path:
    """Return the folder of the whole fixture brief, built once."""
    folder = Path(tempfile.mkdtemp(prefix="fixture-brief-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    plan = planned(project(folder / "project"), None, (), folder)
    build(plan, folder / "out")
    return folder / "out"
