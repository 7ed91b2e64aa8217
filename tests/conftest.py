"""What the tests stand on: the tiny data package, copies of it with one cell changed, real data."""

from __future__ import annotations

import csv
import gc
import hashlib
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")

TESTS = Path(__file__).parent
REPO = TESTS.parent
PATIENCE = 120_000  # milliseconds: of what takes one on a machine that is not busy

Changed = Callable[..., Path]
patching: list[str] = []  # the test that runs, if it patches the code

# Files of tests that wait much, for kernels, a server or a batch, and those that compute longest.
WAITING = (
    "test_render_run", "test_render_kernels", "test_lab", "test_brief", "test_batch",
    "test_batch_cluster", "test_lighthouse", "test_release", "test_workflow",
)  # fmt: skip
LONGEST = (
    "test_accessibility", "test_browser", "test_browser_cards", "test_front", "test_sentences",
    "test_days", "test_add", "test_pdf", "test_browser_days", "test_properties", "test_diff",
    "test_prose_findings", "test_charts_positions_by_day", "test_brief_sizes",
)  # fmt: skip
BETWEEN = 8


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, and so many of them between two that wait.

    While one waits others then compute, and at the end no process is left with a long one. The
    tests of a file, and the other files, are left in order.
    """
    files = list(dict.fromkeys(item.path.stem for item in items))
    rest = [*LONGEST, *(it for it in files if it not in (*LONGEST, *WAITING))]
    order: list[str] = []
    for name in WAITING:
        order += [name, *rest[:BETWEEN]]
        del rest[:BETWEEN]
    places = {name: place for place, name in enumerate([*order, *rest])}
    items.sort(key=lambda item: places[item.path.stem])


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among what the modules of the tests load, then or later."""
    gc.disable()
    collected = yield
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()
    return collected


@pytest.fixture(autouse=True)
def _patching(request: pytest.FixtureRequest) -> Iterator[None]:
    if "monkeypatch" not in request.fixturenames:
        yield
        return
    patching.append(request.node.nodeid)
    yield
    patching.clear()


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Return a fresh copy of the tiny data package and its text (see tests/tiny/README.md)."""
    return shutil.copytree(TESTS / "tiny", tmp_path / "tiny")


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """Return a function that copies a data package, makes one change and returns the copy.

    `changed("claims", "a1", "stance", "denies")` changes one cell; the key is the first column's
    cell, or a tuple of the first columns' cells. `changed("claims.csv", raw=content)` puts bytes,
    or what a function makes of the file's bytes, in place of a file, and `raw=None` removes it.
    `of` names another package than the tiny one, for instance an earlier copy.
    """
    copies = count(1)

    def change(
        table: str,
        key: str | tuple[str, ...] = "",
        column: str = "",
        value: str = "",
        *,
        raw: bytes | Callable[[bytes], bytes] | None = None,
        of: Path = TESTS / "tiny",
    ) -> Path:
        folder = shutil.copytree(of, tmp_path / f"changed_{next(copies)}")
        if column:
            change_cell(folder / f"{table}.csv", key, column, value)
        elif raw is None:
            (folder / table).unlink()
        else:
            path = folder / table
            path.write_bytes(raw if isinstance(raw, bytes) else raw(path.read_bytes()))
        return folder

    return change


@pytest.fixture
def quoted(changed: Changed) -> Path:
    """Return a tiny package with a claim more, m3: the minister as the Bulletin quotes her.

    It is coded without offsets and stands in row 14 of claims.
    """
    row = (
        "m3,minister_radio,bulletin_2019_05_13,bridge_unsafe,affirms_hedged,PR+,very likely,direct,"
        ",,It is very likely that the bridge is unsafe,She calls the bridge very likely unsafe.,"
        ",,,,,,A0,,\n"
    )
    return changed("claims.csv", raw=lambda content: content + row.encode())


def change_cell(path: Path, key: str | tuple[str, ...], column: str, value: str) -> None:
    """Change one cell of a table, in the row with this key."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    keys = (key,) if isinstance(key, str) else key
    (row,) = (row for row in rows if tuple(row[: len(keys)]) == keys)
    row[header.index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of the real data package."""
    return REPO / "data"


@pytest.fixture(scope="session")
def archived(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the real data package that has the text of each coded source.

    The text is not in the repository. It is taken from data/archive, or else found by its digest
    in the folder `sources` that the project's machines share.
    """
    ignored = shutil.ignore_patterns("archive")
    folder = tmp_path_factory.mktemp("real") / "data"
    shutil.copytree(real_data, folder, ignore=ignored)
    (folder / "archive").mkdir()
    with (real_data / "sources.csv").open(encoding="utf-8", newline="") as file:
        coded = {row["source_id"]: row["sha256"] for row in csv.DictReader(file) if row["sha256"]}
    for source_id, digest in coded.items():
        text = _text(real_data / "archive" / f"{source_id}.txt", digest)
        if text is None:
            message = f"the text of {source_id} is neither in data/archive nor in ../shared/sources"
            # Others' texts are not published, so that a run in the open has none.
            if os.environ.get("CI") == "true" and "GITHUB_ACTIONS" not in os.environ:
                pytest.fail(message)
            pytest.skip(message)
        (folder / "archive" / f"{source_id}.txt").write_bytes(text)
    return folder


def _text(path: Path, digest: str) -> bytes | None:
    """Return the text whose sha256 is `digest`, from its place in the archive or the shared one."""
    if path.is_file():
        return path.read_bytes()
    for found in sorted((REPO.parent / "shared" / "sources").glob("*")):
        if found.is_file() and hashlib.sha256(found.read_bytes()).hexdigest() == digest:
            return found.read_bytes()
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium; without it skip, but fail where CI must have it."""
    path = shutil.which("chromium")
    if path is None:
        message = "no chromium on this machine: browser tests need Debian's package"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()
