"""The chapters in a real JupyterLab: run, looked at, changed and saved as an analyst does it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import nbformat
import pytest
import views
from lab import SIZE, Lab, copy_project, opened_lab
from phrases import findings
from playwright.sync_api import Browser
from views import frame_of, sentences, table

from claimbrief.block_html import plain_text
from claimbrief.blocks import Block, neutral

REPO = Path(__file__).parent.parent
CHAPTERS = sorted(path.stem for path in (REPO / "notebooks").glob("*.ipynb"))
EARLIER = "2024-10-20"
# A chapter looks at each day of the window anew: half of October's has most of its statements.
START = "2024-10-18"
real_view = partial(views.real_view, window_start=START)

# The charts of the open notebook: whether each is drawn, and how much of it is on the screen.
CHARTS = """() => {
  const panel = jupyterapp.shell.currentWidget.node;
  return [...panel.querySelectorAll("img[usemap]")].map(it => {
    const areas = [...it.closest("figure").querySelectorAll("area")];
    it.scrollIntoView({block: "center"});
    const [box, room] = [it, it.closest(".scroll")].map(one => one.getBoundingClientRect());
    const pointed = areas.map(one => {
      const [left, top, right, bottom] = one.coords.split(",").map(Number);
      return document.elementFromPoint(box.x + (left + right) / 2, box.y + (top + bottom) / 2);
    }).filter(found => found?.closest(".jp-OutputArea"));
    return {
      name: it.closest("figure").id, drawn: it.complete && it.naturalWidth > 0,
      overhang: Math.round(box.right - room.right), width: Math.round(box.width),
      areas: areas.length, titled: areas.filter(one => one.title).length,
      looked: pointed.length, pointed: pointed.filter(one => one.title).length,
    };
  });
}"""
PINK = ", ".join(f".jp-OutputArea-output[data-mime-type$='{kind}']" for kind in ("stderr", "error"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project in a git repository of its own, with the project’s filter."""
    folder = copy_project(tmp_path_factory.mktemp("lab") / "project")
    descriptor = folder / "data" / "datapackage.json"
    whole = descriptor.read_text(encoding="utf-8")
    assert whole.count('"start": "2024-10-01"') == 1
    descriptor.write_text(whole.replace("2024-10-01", START), encoding="utf-8")
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(REPO / name, folder)
    author = ["-c", "user.name=Analyst", "-c", "user.email=analyst@example.org"]
    for command in (
        ["git", "init", "--quiet"],
        ["make", "--silent", "filter", f"VENV={sys.prefix}"],
        ["git", "add", "."],
        ["git", *author, "commit", "--quiet", "--message", "The project"],
    ):
        subprocess.run(command, cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def lab(browser: Browser, project: Path) -> Iterator[Lab]:
    with opened_lab(browser, project, project.parent / "scratch") as lab:
        yield lab


@pytest.fixture(scope="module")
def ran(lab: Lab) -> Callable[[str], dict[str, Any]]:
    """Return a function that runs a chapter once, as it is, and returns what it shows.

    Chapters share a kernel, whose start takes long; a build gives each a kernel of its own.
    """

    kernel: dict[str, str] = {}

    @cache
    def run(chapter: str) -> dict[str, Any]:
        lab.errors.clear()
        lab.open(f"notebooks/{chapter}.ipynb", **({"kernel": kernel} if kernel else {}))
        kernel.update(lab.kernel())
        cells = lab.run_all()
        met_before = {
            "cells": {cell["id"]: cell for cell in cells},
            "charts": lab.page.evaluate(CHARTS),
            "pink": lab.page.locator(PINK).count(),
            "errors": list(lab.errors),
        }
        lab.save()
        lab.close(is_kernel_kept=True)
        return met_before

    return run


def bare(words: str) -> str:
    """Return words without spaces, footnotes' numbers apart, and the marks that CSS draws."""
    return re.sub(r"[\s“”]", "", words)


def said(cells: dict[str, Any], block: Block) -> str:
    """Return what a notebook shows of a block, in plain text."""
    bundles = [output["data"] for cell in cells.values() for output in cell["outputs"]]
    (text,) = (
        bundle["text/plain"]
        for bundle in bundles
        if block.block_id in "".join(bundle.get("text/html", ""))
        and "application/vnd.claimbrief.block+json" in bundle
    )
    return "".join(text)


def test_the_project_opens_on_its_notebooks_and_asks_nothing(lab: Lab) -> None:
    assert lab.page.locator(".jp-DirListing-itemText", has_text="1-front").count() == 1
    assert lab.page.locator(".Toastify__toast, .jp-Dialog").count() == 0


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_cell_of_a_chapter_runs_and_shows_what_it_should(
    ran: Callable[[str], dict[str, Any]], chapter: str
) -> None:
    met_before = ran(chapter)
    assert met_before["errors"] == []
    assert met_before["pink"] == 0
    for cell in met_before["cells"].values():
        assert [it["output_type"] for it in cell["outputs"]] in ([], ["execute_result"]), cell["id"]
        assert not cell["outputs"] or cell["words"].strip(), cell["id"]


@pytest.mark.parametrize("chapter", ["1-front", "2-brief", "4-evidence", "5-escalation"])
def test_every_chart_is_drawn_whole_and_its_marks_can_be_pointed_at(
    ran: Callable[[str], dict[str, Any]], chapter: str
) -> None:
    charts = ran(chapter)["charts"]
    assert charts
    for chart in charts:
        assert chart["drawn"], chart
        assert chart["width"] > 500 and chart["overhang"] <= 0, chart
        assert chart["titled"] == chart["areas"] and chart["pointed"] == chart["looked"], chart
        assert chart["looked"] >= chart["areas"] / 2, chart


def test_the_words_are_those_of_the_brief_on_its_day(
    ran: Callable[[str], dict[str, Any]],
) -> None:
    view = real_view()
    block = findings(view)
    cells = ran("1-front")["cells"]
    assert said(cells, block) == plain_text(neutral(block))
    (cell,) = (cell for cell in cells.values() if sentences(block)[0][:50] in cell["words"])
    first, *_, last = (bare(words) for words in sentences(block))
    assert bare(cell["words"]).startswith(first) and bare(cell["words"]).endswith(last)


def test_the_cells_of_a_table_are_those_of_the_brief_on_its_day(
    ran: Callable[[str], dict[str, Any]],
) -> None:
    view = real_view()
    block = table("deflation", view, frame_of("deflation", view))
    cells = ran("4-evidence")["cells"]
    assert said(cells, block) == plain_text(neutral(block))
    (cell,) = (cell for cell in cells.values() if bare("Why it falls") in bare(cell["words"]))
    words = "".join(run.text for row in block.rows for text in row.cells for run in text)
    assert bare(words) in bare(cell["words"])


def test_another_day_in_the_parameters_is_followed_at_once(lab: Lab) -> None:
    lab.open("notebooks/4-evidence.ipynb")
    notebook = nbformat.read(REPO / "notebooks" / "4-evidence.ipynb", as_version=4)
    (cell,) = (cell for cell in notebook.cells if cell.id == "parameters")
    lab.type_into(cell.id, re.sub(r'(as_of: str = ")[^"]*', rf"\g<1>{EARLIER}", cell.source))
    cells = {cell["id"]: cell for cell in lab.run_all()}
    lab.close()
    earlier, last = real_view(EARLIER), real_view()
    for name in ("evidence_register", "ancestry"):
        block = table(name, earlier)
        assert said(cells, block) == plain_text(neutral(block))
        assert said(cells, block) != plain_text(neutral(table(name, last)))


def test_git_has_nothing_to_say_of_chapters_that_were_run_and_saved(
    ran: Callable[[str], dict[str, Any]], project: Path
) -> None:
    for chapter in CHAPTERS:
        ran(chapter)
        saved = json.loads((project / "notebooks" / f"{chapter}.ipynb").read_text(encoding="utf-8"))
        assert any(cell.get("outputs") for cell in saved["cells"]), chapter
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=project, capture_output=True, text=True, check=True
    )
    assert status.stdout == ""


def test_the_tables_open_in_a_grid(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 700, "height": 400})  # a canvas of a screen draws slowly
    lab.open("data/claims.csv")
    rows = "jupyterapp.shell.currentWidget.content._grid?.dataModel?.rowCount('body')"
    count = len(real_view().whole.claims)
    lab.page.wait_for_function(f"{rows} === {count}", polling=100)  # it reads them piece by piece
    assert lab.page.locator(".lm-DataGrid canvas").first.is_visible()
    lab.close()
    lab.page.set_viewport_size(SIZE)


def test_a_wrong_code_in_a_table_is_named_where_a_chapter_is_run(lab: Lab, project: Path) -> None:
    path = project / "data" / "claims.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(",affirms,", ",affirmz,", 1), encoding="utf-8")
    lab.open("notebooks/7-ledger.ipynb")
    visible = [words for cell in lab.run_all() if (words := cell["words"])]
    lab.close()
    path.write_text(whole, encoding="utf-8")
    assert len(visible) == 1, "nothing runs after the cell that fails"
    assert re.search(r"^DatasetError: 1 problem in the dataset", visible[0])
    assert re.search(
        r"claims.csv, row \d+ \(\w+\), stance: found affirmz; accepted: affirms, ", visible[0]
    )
    assert "Traceback" not in visible[0]
