"""A release: sdist and wheel, the bill of materials, the citation."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import flit_core.buildapi
import pytest
from click.testing import CliRunner
from conftest import REPO
from jsonschema import Draft7Validator
from projects import built, project

import claimbrief
from claimbrief.cli import main
from claimbrief.commands.briefs import bill_of_materials

LOCK = (REPO / "requirements.lock").read_text(encoding="utf-8")
HASH = {"enum": ["SHA-256"]}, {"type": "string", "pattern": "^[0-9a-f]{64}$"}
TEXT = {"type": "string", "minLength": 1}
# What CycloneDX 1.6 requires of a document, its components and their hashes, and what we promise.
BILL = {
    "required": ["bomFormat", "specVersion", "version", "metadata", "components"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"const": "http://cyclonedx.org/schema/bom-1.6.schema.json"},
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.6"},
        "version": {"const": 1},
        "metadata": {"required": ["component"], "additionalProperties": {"required": ["type"]}},
        "components": {
            "uniqueItems": True,
            "items": {
                "required": ["type", "name", "version", "purl", "bom-ref", "hashes"],
                "properties": {
                    "type": {"const": "library"},
                    "name": TEXT,
                    "version": TEXT,
                    "purl": {"pattern": "^pkg:pypi/[a-z0-9.-]+@[^@ ]+$"},
                    "hashes": {
                        "minItems": 1,
                        "items": {
                            "required": ["alg", "content"],
                            "properties": dict(zip(("alg", "content"), HASH, strict=True)),
                        },
                    },
                },
            },
        },
    },
}


def test_the_bill_of_materials_has_every_package_of_the_lock_and_every_hash() -> None:
    done = CliRunner().invoke(main, ["bom"])
    assert done.exit_code == 0, done.output
    bill = json.loads(done.stdout)
    assert list(Draft7Validator(BILL).iter_errors(bill)) == []
    pins = re.findall(r"^([^\s=]+)==([^\s;]+)", LOCK, re.M)
    assert [(it["name"], it["version"]) for it in bill["components"]] == pins
    hashes = [it["content"] for package in bill["components"] for it in package["hashes"]]
    assert hashes == re.findall(r"sha256:(\w+)", LOCK)
    refs = [package["bom-ref"] for package in bill["components"]]
    assert len(set(refs)) == len(refs)


def test_the_bill_of_materials_says_where_alone_a_package_is_installed() -> None:
    lock = (
        "a_b==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "0" * 64 + " \\\n"
        "    --hash=sha256:" + "1" * 64 + "\na-b==2.0 \\\n    --hash=sha256:" + "2" * 64 + "\n"
    )
    first, second = json.loads(bill_of_materials(lock))["components"]
    assert first["purl"] == "pkg:pypi/a-b@1.0" and len(first["hashes"]) == 2
    assert [it["value"] for it in first["properties"]] == ["sys_platform == 'win32'"]
    assert second["purl"] == "pkg:pypi/a-b@2.0" and "properties" not in second


def test_without_a_lock_there_is_no_bill_of_materials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path)
    (tmp_path / "requirements.lock").unlink()
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["bom"])
    assert done.exit_code == 1 and not done.stdout
    assert done.stderr.startswith("claimbrief: requirements.lock cannot be read: ")


@pytest.fixture(scope="module", name="released")
def _released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist and the wheel, built as `make release` builds them."""
    folder = tmp_path_factory.mktemp("dist")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPO)
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        flit_core.buildapi.build_sdist(str(folder))
        flit_core.buildapi.build_wheel(str(folder))
    return folder


def test_a_release_of_the_same_sources_has_the_same_bytes(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(REPO)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    flit_core.buildapi.build_sdist(str(tmp_path))
    flit_core.buildapi.build_wheel(str(tmp_path))
    names = sorted(path.name for path in released.iterdir())
    version = claimbrief.__version__
    assert names == [f"claimbrief-{version}-py3-none-any.whl", f"claimbrief-{version}.tar.gz"]
    for name in names:
        assert (released / name).read_bytes() == (tmp_path / name).read_bytes(), name


def test_the_sdist_has_what_the_brief_is_built_from_and_no_text_of_a_source(
    released: Path,
) -> None:
    (path,) = released.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"requirements.lock", "Makefile", "LICENSE", "CITATION.cff", "data/datapackage.json"}
    wanted |= {"notebooks/brief.yml", "report/template/brief.css", "src/claimbrief/cli.py"}
    assert wanted <= names
    assert not {name for name in names if name.startswith(("data/archive", "report/brief"))}


def test_a_brief_built_from_the_wheel_has_the_same_bytes(released: Path, tmp_path: Path) -> None:
    (wheel,) = released.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    project(tmp_path / "project")
    code = (
        "import pathlib, sys, claimbrief, claimbrief.cli\n"
        "assert pathlib.Path(claimbrief.__file__).is_relative_to(sys.argv.pop(1))\n"
        "claimbrief.cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(installed), "build"],
        cwd=tmp_path / "project",
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    before, after = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.*")}
        for folder in (built(), tmp_path / "project" / "report")
    )
    assert before == after


def test_what_a_release_builds_is_kept_out_of_git() -> None:
    done = subprocess.run(["git", "check-ignore", "-q", "dist/any.whl"], cwd=REPO)
    assert done.returncode == 0
