"""The checkers from npm, and what a test does on a machine that has none."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

REPO = Path(__file__).parent.parent
MODULES = REPO / "tests" / "checkers" / "node_modules"
PAGES = {"october": REPO / "report" / "brief.html", "article": REPO / "report/article/brief.html"}
# The PDFs that every test of PDFs looks at: October's record has the form of the article's.
PDFS = {
    "october brief": REPO / "report" / "brief.pdf",
    "article brief": REPO / "report" / "article" / "brief.pdf",
    "article record": REPO / "report" / "article" / "record.pdf",
}
ALL_PDFS = {**PDFS, "october record": REPO / "report" / "record.pdf"}

AXE = "axe-core/axe.min.js"
HTMLCS = "@pa11y/html_codesniffer/build/HTMLCS.js"
VNU = "vnu-jar/build/dist/vnu.jar"


def lacking(message: str) -> NoReturn:
    """Skip the test, but fail it where CI must have what is lacking."""
    pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)


def checker(name: str) -> Path:
    """Return the path of a checker's file."""
    path = MODULES / name
    if not path.is_file():
        lacking(f"no {name.split('/build')[0]} on this machine: `make checkers` gets it from npm")
    return path


@cache
def script(name: str) -> str:
    """Return the source of a checker that runs in the page."""
    return checker(name).read_text(encoding="utf-8")


def java() -> str:
    """Return the path of a Java runtime."""
    path = shutil.which("java")
    if path is None:
        lacking("no java on this machine: the checker of HTML needs default-jre-headless")
    return path
