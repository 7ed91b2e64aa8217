"""The real brief, built whole: the same bytes anywhere, nothing later than its day."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import nbformat
import pdfua
import pytest
from conftest import Changed
from nbclient import NotebookClient
from pypdf import PdfReader

from claimbrief.blocks import MIME

REPO = Path(__file__).parent.parent
REPORT = REPO / "report"
COMMAND = Path(sys.executable).parent / "claimbrief"
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "4711"}


def _build(
    *arguments: str, cwd: Path = REPO, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), "build", *arguments],
        cwd=cwd, env=os.environ | environment, capture_output=True, text=True, timeout=240,
    )  # fmt: skip


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the brief built again, in another folder, time zone, locale and order of hashes."""
    folder = tmp_path_factory.mktemp("another folder")
    done = _build("--output", str(folder), cwd=REPO / "notebooks", **ELSEWHERE)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", ["brief.html", "brief.pdf", "numbers.json"])
def test_the_committed_brief_is_the_one_that_the_code_builds_byte_for_byte(
    rebuilt: Path, name: str
) -> None:
    assert (rebuilt / name).read_bytes() == (REPORT / name).read_bytes()


def test_page_one_of_the_pdf_holds_the_findings_and_their_limits() -> None:
    page = re.sub(r"\s+", " ", PdfReader(REPORT / "brief.pdf").pages[0].extract_text())
    for words in (
        "Are North Korean troops fighting for Russia against Ukraine?",
        "What does the record show?",
        "How many origins? Two speakers",
        "one to three independent origins",
        "By 19 October 2024 this record shows none of it as public",
        "What does this record not hold?",
        "it does not tell who is right",
    ):
        assert words in page, words


def test_a_checker_of_pdf_ua_finds_nothing_wrong_with_the_committed_pdf() -> None:
    assert pdfua.validate(str(REPORT / "brief.pdf")).findings == ()


def test_every_claim_of_the_page_leads_to_a_card_and_every_card_back() -> None:
    page = (REPORT / "brief.html").read_text(encoding="utf-8")
    anchors = set(re.findall(r'id="(claim-[a-z0-9]+)"', page))
    assert len(anchors) == 31
    assert set(re.findall(r'href="#(claim-[a-z0-9]+)"', page)) == anchors
    assert page.count("Cited in") >= 31


def test_the_page_asks_nothing_of_any_network() -> None:
    page = (REPORT / "brief.html").read_text(encoding="utf-8")
    tags = r"<(?:script|link|img|iframe|object|embed)\b[^>]*\b(?:src|href)=.?http"
    assert not re.search(tags, page)
    assert not re.search(r"@import|url\((?!['\"]?(?:data:|#))", page)
    assert "default-src 'none'" in unescape(page)


def test_a_brief_as_of_an_earlier_day_has_nothing_later(tmp_path: Path) -> None:
    done = _build("--output", str(tmp_path / "early"), "--format", "html", "-p", "as_of=2024-10-10")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "early" / "brief.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'id="claim-([a-z0-9]+)"', page))
    assert shown == {"k1", "p2", "g1", "u1", "u2", "h1", "h2", "h3", "h4", "h5", "h6"}
    for later in ("de facto participant", "occupying military forces", "CNAS", "new American"):
        assert later not in page
    numbers = json.loads((tmp_path / "early" / "numbers.json").read_text(encoding="utf-8"))
    assert numbers["table-deflation"]["claim_rows"] == [1, 11]
    assert numbers["table-deflation"]["asserting_speakers"] == [1, 1]


def test_one_cell_of_one_table_moves_the_brief_and_its_numbers(
    real_data: Path, changed: Changed, tmp_path: Path
) -> None:
    folder = changed("claims", "k1", "stance", "holds_possible", of=real_data)
    folder = changed("claims", "k1", "commitment", "PS+", of=folder)
    out = tmp_path / "moved"
    done = _build("--output", str(out), "--format", "html", "-p", f"dataset={folder}")
    assert done.returncode == 0, done.stderr
    numbers = json.loads((out / "numbers.json").read_text(encoding="utf-8"))
    published = json.loads((REPORT / "numbers.json").read_text(encoding="utf-8"))
    assert published["table-deflation"]["asserting_speakers"] == [2, 2]
    assert numbers["table-deflation"]["asserting_speakers"] == [1, 1]
    page = (out / "brief.html").read_text(encoding="utf-8")
    assert "One speaker says" in page and "Kim Yong-hyun held it possible" in page
    assert str(folder) not in page and str(folder.parent) not in page


def test_a_dataset_with_a_problem_builds_nothing_and_loses_nothing(
    real_data: Path, changed: Changed, tmp_path: Path
) -> None:
    out = tmp_path / "kept"
    shutil.copytree(REPORT, out, ignore=shutil.ignore_patterns("template"))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    folder = changed("claims", "k1", "stance", "affirm", of=real_data)
    done = _build("--output", str(out), "-p", f"dataset={folder}")
    assert done.returncode == 1
    assert "claims" in done.stderr and "stance" in done.stderr and "affirms_hedged" in done.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_misspelt_parameter_is_refused_with_the_right_name(tmp_path: Path) -> None:
    done = _build("--output", str(tmp_path / "none"), "-p", "as_off=2024-10-10")
    assert done.returncode == 2
    assert "as_off" in done.stderr and "as_of" in done.stderr.replace("as_off", "")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("parameter", "accepted"),
    [
        ("as_of=yesterday", "2024-10-08"),
        ("basis=heard", "said, reported"),
        ("actors=ukrane", "ukraine"),
        ("sources=bbc", "aljazeera_2024_10"),
        ("published=2024-11-05", "[2024-10-16..2024-10-19]"),
        ("window_end=2024-09-01", "not after its end"),
    ],
)
def test_a_value_that_cannot_be_is_refused_before_anything_runs(
    tmp_path: Path, parameter: str, accepted: str
) -> None:
    done = _build("--output", str(tmp_path / "none"), "-p", parameter)
    assert done.returncode == 2
    assert parameter.split("=")[0] in done.stderr and accepted in done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "none").exists()


def test_another_question_of_another_field_builds_by_the_same_code(tmp_path: Path) -> None:
    window = ["-p", "window_start=2019-04-20", "-p", "window_end=2019-05-31"]
    done = _build(
        "--output", str(tmp_path / "orsa"), "-p", f"dataset={REPO / 'tests' / 'tiny'}",
        "-p", "as_of=2019-05-31", *window,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "orsa" / "brief.html").read_text(encoding="utf-8")
    assert "Is the new Orsa bridge unsafe?" in page
    assert not re.search("Korea|Russia|Ukraine", page)
    numbers = json.loads((tmp_path / "orsa" / "numbers.json").read_text(encoding="utf-8"))
    assert numbers["table-deflation"]["independent_origins"] == [1, 2]


@pytest.mark.parametrize("path", sorted((REPO / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_a_notebook_runs_alone_with_its_defaults(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": path.parent}}).execute()
    shown = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    assert shown and all(MIME in one["data"] and "text/html" in one["data"] for one in shown)
