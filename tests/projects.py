"""Small projects made of the fixture notebooks, and one whole brief built once for all tests."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat import NotebookNode

from claimbrief.render.build import FORMATS, build, work_for
from claimbrief.render.cache import Cache
from claimbrief.render.editions import Contents, read_contents
from claimbrief.render.items import code_parts, items_of
from claimbrief.render.join import Brief, join_chapters
from claimbrief.render.kernels import Kernels
from claimbrief.render.plan import Plan, planned
from claimbrief.render.run import Folders, Say, run_chapters

TESTS = Path(__file__).parent
NOTEBOOKS = TESTS / "notebooks"
TEMPLATE = TESTS.parent / "report" / "template"

# All tests of a process share its fork server.
WARM = Kernels(preload="claimbrief.preload")

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
        notebooks = [NOTEBOOKS / name]
        folders = Folders(Path(scratch), Path(scratch))
        return run_chapters(notebooks, values, folders, lambda line: None, WARM)[0]


def fixture_cells(name: str) -> NotebookNode:
    """Return a fixture notebook that needs no run: its cells show nothing."""
    notebook: NotebookNode = nbformat.read(NOTEBOOKS / name, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def joined(
    executed: Sequence[tuple[str, Mapping[str, Any]]],
    say: Say = lambda line: None,
    record: int | None = None,
) -> Brief:
    """Return the brief that executed notebooks make, each with its file's name."""
    shows = [
        (name, items_of(name, it["cells"], code_parts(name, it, say))) for name, it in executed
    ]
    return join_chapters(shows, record)


@cache
def built() -> Path:
    """Return the folder of the whole fixture brief, built once."""
    folder = Path(tempfile.mkdtemp(prefix="fixture-brief-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    plan = planned(project(folder / "project"), None, (), folder)
    build_whole(plan, folder / "out")
    return folder / "out"


def build_whole(
    plan: Plan,
    output: Path,
    formats: Sequence[str] = FORMATS,
    say: Say = lambda line: None,
    cache: Cache | None = None,
    *,
    is_cold: bool = False,
) -> list[Path]:
    """Build a plan as the command does; without a cache nothing is kept."""
    kernels = Kernels(is_cold=True) if is_cold else WARM
    return build(work_for(plan, output, formats), cache or Cache(None), kernels, say)
