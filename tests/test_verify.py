"""`claimbrief verify`: a published brief is built again from what it states, and compared."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from conftest import REPO, Changed
from projects import build_whole, project
from reading import changed_record

from claimbrief.cli import main
from claimbrief.compare import rebuild
from claimbrief.compare.files import record_in
from claimbrief.dataset import read_dataset
from claimbrief.errors import BriefError
from claimbrief.render.build import Work
from claimbrief.render.keys import LOCK
from claimbrief.render.plan import planned

ARTICLE = REPO / "report" / "article"


def _verify(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


@pytest.fixture(name="published", scope="module")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small project with a brief of it."""
    folder = tmp_path_factory.mktemp("published")
    overrides = ("least=2", "as_of=2031-05-12", "is_draft=true")
    plan = planned(project(folder), "early", overrides, folder)
    build_whole(plan, folder / "report" / "early", ["html"])
    return folder


@pytest.fixture(name="here")
def _here(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a copy of that project, which is the working folder."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_brief_that_is_built_the_same_again_is_the_same(here: Path) -> None:
    before = sorted(here.rglob("*"))
    done = _verify("report/early")
    assert done.exit_code == 0, done.output
    assert done.stdout == "same: brief.html, numbers.json\n"
    assert sorted(here.rglob("*")) == before


def test_a_block_that_is_not_what_the_project_builds_is_named(here: Path) -> None:
    notebook = here / "notebooks" / "bridge.py"
    words = notebook.read_text(encoding="utf-8")
    changed = words.replace('"moved_pier": 2', '"moved_pier": 3').replace(
        "it did not say", "it said"
    )
    notebook.write_text(changed, encoding="utf-8")
    done = _verify("report/early")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "brief.html differs: findings",
        "numbers.json differs: findings.moved_pier",
    ]


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        (LOCK, "nothing==1", "nothing==2", f"{LOCK}: stated "),
        (LOCK, "nothing==1", "click==0.1", f"click: {LOCK} has 0.1, installed is "),
        ("report/early/brief.html", "<dd>0.1.0", "<dd>0.0.9", "claimbrief: stated 0.0.9, here "),
        ("report/early/brief.html", "<dd>0.5", "<dd>0.7", "share: stated 0.7, here 0.5"),
        ("notebooks/brief.yml", "as_of: '2031-05-09'", "share: 0.8", "share: stated 0.5, here 0.8"),
    ],
)
def test_a_brief_of_other_ground_is_refused_before_anything_is_built(
    here: Path, name: str, before: str, after: str, message: str
) -> None:
    _replace(here / name, before, after)
    done = _verify("report/early")
    assert done.exit_code == 1 and not done.stdout
    head, *faults = done.stderr.splitlines()
    assert head.startswith("claimbrief: the brief was built from something else than what is here")
    assert [fault for fault in faults if fault.startswith(f"  {message}")], faults


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("brief.html", "Edition", "Version", "no colophon says how it was built"),
        ("brief.html", "early: ", "erly: ", "no edition is named 'erly'; did you mean 'early'?"),
        ("brief.html", "<dt>least", "<dt>lest", "lest: stated 2, here nothing"),
        ("numbers.json", "{", "[", "numbers.json cannot be read: "),
        ("numbers.json", None, "", "numbers.json cannot be read: No such file"),
        ("brief.html", None, "", "brief.html cannot be read: No such file"),
    ],
)
def test_a_folder_that_does_not_say_how_it_was_built_is_refused(
    here: Path, name: str, before: str | None, after: str, message: str
) -> None:
    path = here / "report" / "early" / name
    if before is None:
        path.unlink()
    else:
        _replace(path, before, after)
    done = _verify("report/early")
    assert done.exit_code in (1, 2) and message in done.stderr, done.output
    assert len(done.stderr.splitlines()) <= 3


def _replace(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def _in_record(folder: Path) -> None:
    page = (folder / "brief.html").read_text(encoding="utf-8")
    changed = changed_record(page, lambda html: html.replace("dismiss", "admit", 1))
    (folder / "brief.html").write_text(changed, encoding="utf-8")


CHANGES: list[tuple[Callable[[Path], object], str]] = [
    (
        lambda folder: _replace(folder / "brief.html", "Nobody in this", "Nobody at all in this"),
        "brief.html differs: answer",
    ),
    (_in_record, "brief.html differs: table-denial-register"),
    (
        lambda folder: _replace(
            folder / "numbers.json", '"dismissing_sides": 1', '"dismissing_sides": 2'
        ),
        "numbers.json differs: answer.dismissing_sides, findings.dismissing_sides",
    ),
    (
        lambda folder: _replace(folder / "claims.csv", "de facto takes part", "takes part"),
        "claims.csv differs: z1",
    ),
    (
        lambda folder: _replace(folder / "claims.jsonld", "de facto takes part", "takes part"),
        "claims.jsonld differs: #z1",
    ),
    (lambda folder: (folder / "record.pdf").unlink(), "record.pdf differs: the file is missing"),
    (lambda folder: (folder / "brief.pdf").write_bytes(b"%PDF"), "brief.pdf differs"),
]


@pytest.mark.parametrize(("change", "message"), CHANGES, ids=[message for _, message in CHANGES])
def test_what_was_changed_in_a_published_file_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], object],
    message: str,
) -> None:
    def as_committed(work: Work, *_: object) -> list[Path]:
        shutil.copytree(ARTICLE, work.output)
        return list(work.output.iterdir())

    monkeypatch.setattr(rebuild, "build", as_committed)
    monkeypatch.setattr(rebuild, "check_plan", lambda plan, kernels: kernels)
    folder = shutil.copytree(ARTICLE, tmp_path / "published")
    assert _verify(folder).exit_code == 0
    change(folder)
    done = _verify(folder)
    assert done.exit_code == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith(message), line


@pytest.mark.parametrize(("installed", "is_other"), [("4.004", False), ("4.40", True)])
def test_a_version_is_the_locks_however_many_zeros_its_package_writes(
    monkeypatch: pytest.MonkeyPatch, installed: str, is_other: bool
) -> None:
    monkeypatch.setattr(rebuild.metadata, "version", lambda name: installed)
    assert bool(rebuild.other_versions("serif==4.4\n")) == is_other


@pytest.mark.parametrize("sent", ["SIGTERM", "SIGHUP"])
def test_a_verification_that_is_ended_leaves_no_scratch_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: str
) -> None:
    number = getattr(signal, sent)

    def ended(work: Work, *_: object) -> list[Path]:
        assert list(tmp_path.iterdir()), "the folder that it is built into"
        os.kill(os.getpid(), number)
        return []

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(rebuild, "build", ended)
    monkeypatch.setattr(rebuild, "check_plan", lambda plan, kernels: kernels)
    before = signal.signal(number, lambda *_: None)
    try:
        assert _verify(ARTICLE).exit_code == 128 + number
    finally:
        signal.signal(number, before)
    assert not list(tmp_path.iterdir())


def test_a_brief_of_another_dataset_is_refused_by_its_digest(changed: Changed) -> None:
    folder = changed("claims", "m1", "note", "another")
    done = _verify(ARTICLE, "--dataset", folder)
    assert done.exit_code == 1
    stated = read_dataset(REPO / "data").digest
    assert f"\n  the dataset: stated {stated[:8]}" in done.stderr
    done = _verify(ARTICLE, "--dataset", "nowhere")
    assert done.exit_code == 2 and "which is not in this project" in done.stderr


@pytest.mark.parametrize("damage", [slice(30, 70), slice(400, 440), slice(-90, -50)])
def test_a_record_that_cannot_be_unpacked_is_named(tmp_path: Path, damage: slice) -> None:
    page = tmp_path / "brief.html"
    whole = (ARTICLE / "brief.html").read_text(encoding="utf-8")
    before, _, rest = whole.partition("<template id=packed")
    packed, _, after = rest.partition("</template>")
    signs = packed[damage]
    broken = packed.replace(signs, "!" * len(signs))
    page.write_text(f"{before}<template id=packed{broken}</template>{after}", encoding="utf-8")
    with pytest.raises(BriefError, match=r"brief\.html cannot be read: its record cannot be unpac"):
        record_in(BeautifulSoup(page.read_text(encoding="utf-8"), "lxml"), page)
