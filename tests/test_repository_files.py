"""Files for those who come to the repository: how to cite it, and what it promises."""

from __future__ import annotations

import json
import re
import tomllib

import yaml
from checking import REPO

KEYS = {"cff-version", "message", "title", "authors"}  # what version 1.2.0 of the format asks for


def test_the_citation_has_what_its_format_asks_for_and_the_versions_of_today() -> None:
    citation = yaml.load((REPO / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)
    (data,) = citation["references"]
    assert citation.keys() >= KEYS and data.keys() >= KEYS - {"cff-version", "message"} | {"type"}
    assert citation["cff-version"] == "1.2.0"
    assert all(author.keys() == {"name"} for author in [*citation["authors"], *data["authors"]])
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation["version"] == project["version"]
    assert project["license"] == f"{citation['license']} AND {data['license']}"
    package = json.loads((REPO / "data/datapackage.json").read_text(encoding="utf-8"))
    assert [data["title"], data["version"]] == [package["title"], package["version"]]
    readme = (REPO / "README.md").read_text(encoding="utf-8")
    assert f"dataset {package['name']} {package['version']}," in readme


def test_each_promise_of_security_names_tests_that_there_are() -> None:
    text = (REPO / "SECURITY.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (?!promise|---)(.*) \| (.*) \|$", text)
    assert len(rows) > 10
    for promise, tests in rows:
        files = re.findall(r"`(tests/[^`]*)`", tests)
        assert files and all((REPO / file).exists() for file in files), promise


def test_each_lie_that_is_listed_names_tests_that_there_are() -> None:
    named = re.findall(r"`(test_\w+)`", (REPO / "tests/MUTANTS.md").read_text(encoding="utf-8"))
    tests = "".join(path.read_text(encoding="utf-8") for path in (REPO / "tests").glob("test_*.py"))
    assert len(named) > 10
    assert [name for name in named if f"def {name}(" not in tests] == []
