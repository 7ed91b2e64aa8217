"""Running chapters: what a failing cell tells, and that no kernel outlives a build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest
from projects import NOTEBOOKS, WARM, executed

from claimbrief.errors import ChapterError
from claimbrief.render.run import Folders, run_chapters

LIMIT = 600  # seconds: of what takes a second on a machine that is not busy
VALUES = {"as_of": "2031-05-20"}


def _run(scratch: Path, *names: str, **how: Any) -> list[str]:
    said: list[str] = []
    folders = Folders(scratch, scratch)
    notebooks = [NOTEBOOKS / name for name in names]
    run_chapters(notebooks, VALUES, folders, said.append, replace(WARM, **how))
    return said


MOMENTS = ("k1.json", "begun")  # the file by which a build's kernel starts, or is in a cell
WAYS = pytest.mark.parametrize("is_cold", [False, True], ids=["warm", "cold"])


@pytest.fixture(autouse=True)
def _leaves_no_process() -> Iterator[None]:
    executed("1-question.ipynb")  # starts the fork server that the tests share
    before = _children()
    yield
    _, alive = psutil.wait_procs(_children() - before, timeout=LIMIT)
    assert alive == []


def _children() -> set[psutil.Process]:
    """Return the processes below this one but a browser's, which comes and goes by itself."""
    found = set()
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if process.name() not in {"chromium", "node"}:
                found.add(process)
    return found


def _marked(mark: str) -> list[psutil.Process]:
    """Return the processes whose environment, or that of whoever forked them, has a mark."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("USER") == mark:
                found.append(process)
    return found


def test_a_line_is_said_for_each_chapter_that_ends(tmp_path: Path) -> None:
    said = _run(tmp_path, "3-ledger.ipynb", "2-voices.ipynb")
    assert [line.split()[:3] for line in said] == [["1", "of", "2"], ["2", "of", "2"]]
    assert {line.split()[3] for line in said} == {"3-ledger.ipynb", "2-voices.ipynb"}


def test_the_parameters_reach_the_chapter() -> None:
    injected = [cell for cell in executed("1-question.ipynb").cells if "as_of = " in cell.source]
    assert 'as_of = "2031-05-20"' in injected[-1].source


@WAYS
def test_a_failing_cell_is_reported_by_notebook_cell_line_and_cause(
    tmp_path: Path, is_cold: bool
) -> None:
    with pytest.raises(ChapterError) as caught:
        _run(tmp_path, "a-cell-fails.ipynb", is_cold=is_cold)
    lines = str(caught.value).splitlines()
    assert lines == [
        "a-cell-fails.ipynb, cell 4, line 3, failed; nothing was written",
        "  the cell begins: pier = {}",
        "  KeyError: 'east'",
        "  to see it whole, run a-cell-fails.ipynb in JupyterLab",
    ]
    assert caught.value.exit_status == 1


def test_a_long_cause_is_reported_in_at_most_ten_lines(tmp_path: Path) -> None:
    with pytest.raises(ChapterError) as caught:
        _run(tmp_path, "a-cell-fails-at-length.ipynb")
    lines = str(caught.value).splitlines()
    assert len(lines) <= 10
    assert max(map(len, lines)) < 250
    assert "… and 35 more lines" in str(caught.value)


@WAYS
def test_a_failing_chapter_stops_the_others_and_leaves_no_kernel(
    tmp_path: Path, is_cold: bool
) -> None:
    with pytest.raises(ChapterError, match="a-cell-fails"):
        names = ("runs-for-an-hour.ipynb", "a-cell-fails.ipynb", "3-ledger.ipynb")
        _run(tmp_path, *names, is_cold=is_cold)


@WAYS
def test_a_kernel_that_dies_is_reported_by_its_notebook(tmp_path: Path, is_cold: bool) -> None:
    with pytest.raises(ChapterError, match=r"a-kernel-dies\.ipynb, cell 3: its kernel ended"):
        _run(tmp_path, "a-kernel-dies.ipynb", is_cold=is_cold)


@WAYS
def test_a_cell_that_runs_longer_than_it_may_ends_the_build(tmp_path: Path, is_cold: bool) -> None:
    with pytest.raises(ChapterError, match=r"runs-for-an-hour\.ipynb, cell \d ran longer than 2 s"):
        _run(tmp_path, "runs-for-an-hour.ipynb", is_cold=is_cold, time_limit=2)


def test_a_chapter_has_nothing_of_the_chapter_before_in_it(tmp_path: Path) -> None:
    said = _run(tmp_path, *["leaves-a-trace.ipynb"] * 3, side_by_side=1)
    assert len(said) == 3
    with pytest.raises(ChapterError, match="a trace of another chapter"):
        _run(tmp_path, "leaves-a-trace-and-finds-it.ipynb")


BUILD = (
    "import signal, sys, tempfile\n"
    "from pathlib import Path\n"
    "from claimbrief.console import signals_as_exits\n"
    "from claimbrief.render.kernels import Kernels\n"
    "from claimbrief.render.run import Folders, run_chapters\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a parent may ignore it
    "with signals_as_exits(), tempfile.TemporaryDirectory(dir=sys.argv[1]) as folder:\n"
    "    kernels = Kernels(is_cold=sys.argv[3] == 'True')\n"
    "    folders = Folders(Path(folder), Path(folder))\n"
    "    run_chapters([Path(sys.argv[2])], {'as_of': 'x'}, folders, print, kernels)\n"
)


def _begun(scratch: Path, is_cold: bool, moment: str = "begun") -> subprocess.Popen[str]:
    """Return a build in a process of its own, as its kernel starts or in the middle of a cell."""
    slow = NOTEBOOKS / "runs-for-an-hour.ipynb"
    argv = [sys.executable, "-c", BUILD, str(scratch), str(slow), str(is_cold)]
    env = {**os.environ, "USER": str(scratch)}
    process = subprocess.Popen(argv, stderr=subprocess.PIPE, text=True, env=env)
    deadline = time.monotonic() + LIMIT
    while not any(scratch.glob(f"*/{moment}")):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.1)
    return process


def _wait_until_gone(mark: str) -> None:
    deadline = time.monotonic() + LIMIT
    while _marked(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _marked(mark) == []


# One handler makes an exit of SIGTERM and of SIGHUP, which ends a build as SIGINT does.
INTERRUPTS = [(signal.SIGINT, is_cold, it) for is_cold in (False, True) for it in MOMENTS]
INTERRUPTS += [(signal.SIGTERM, False, "k1.json"), (signal.SIGHUP, True, "begun")]


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@pytest.mark.parametrize(("sent", "is_cold", "moment"), INTERRUPTS)
def test_an_interrupt_leaves_no_kernel_and_no_scratch(
    tmp_path: Path, sent: int, is_cold: bool, moment: str
) -> None:
    process = _begun(tmp_path, is_cold, moment)
    process.send_signal(sent)
    _, errors = process.communicate(timeout=LIMIT)
    assert process.returncode != 0
    assert "Kernel died" not in errors
    assert list(tmp_path.iterdir()) == []
    _wait_until_gone(str(tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@WAYS
@pytest.mark.parametrize("moment", MOMENTS, ids=["start", "cell"])
def test_a_build_that_is_killed_leaves_no_kernel_and_no_server(
    tmp_path: Path, is_cold: bool, moment: str
) -> None:
    process = _begun(tmp_path, is_cold, moment)
    if moment == "begun":  # the build and its kernel; the fork server and the resource tracker
        assert len(_marked(str(tmp_path))) == (2 if is_cold else 4)
    process.kill()
    process.communicate(timeout=LIMIT)
    _wait_until_gone(str(tmp_path))


@pytest.mark.skipif(sys.platform != "linux", reason="the system ends a server's kernels there")
def test_a_fork_server_that_is_killed_takes_its_kernels_along_and_the_build_reports_it(
    tmp_path: Path,
) -> None:
    process = _begun(tmp_path, is_cold=False)
    (server,) = [
        it
        for it in _marked(str(tmp_path))
        if "forkserver import" in str(it.cmdline()) and it.ppid() == process.pid
    ]
    server.kill()
    _, errors = process.communicate(timeout=LIMIT)
    assert "runs-for-an-hour.ipynb, cell 3: its kernel ended" in errors
    _wait_until_gone(str(tmp_path))


def test_chapters_that_never_began_do_not_keep_a_failed_build_waiting(tmp_path: Path) -> None:
    waiting = ["1-question.ipynb", "2-voices.ipynb", "3-ledger.ipynb", "prints.ipynb"]
    failed: list[ChapterError] = []

    def build() -> None:
        try:
            _run(tmp_path, "a-cell-fails.ipynb", "runs-for-an-hour.ipynb", *waiting)
        except ChapterError as error:
            failed.append(error)

    thread = threading.Thread(target=build, daemon=True)
    thread.start()
    thread.join(timeout=LIMIT)
    assert not thread.is_alive()
    assert "a-cell-fails" in str(failed[0])
