"""Running chapters: what a failing cell tells, and that no kernel outlives a build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from projects import NOTEBOOKS, executed

from claimbrief.errors import ChapterError
from claimbrief.render.run import run_chapters

VALUES = {"as_of": "2031-05-20"}


def _run(scratch: Path, *names: str) -> list[str]:
    said: list[str] = []
    run_chapters([NOTEBOOKS / name for name in names], VALUES, scratch, said.append)
    return said


def _kernels(scratch: Path) -> list[str]:
    lines = [" ".join(it.info["cmdline"] or ()) for it in psutil.process_iter(["cmdline"])]
    return [line for line in lines if str(scratch) in line]


def test_a_line_is_said_for_each_chapter_that_ends(tmp_path: Path) -> None:
    said = _run(tmp_path, "3-ledger.ipynb", "2-voices.ipynb")
    assert [line.split()[:3] for line in said] == [["1", "of", "2"], ["2", "of", "2"]]
    assert {line.split()[3] for line in said} == {"3-ledger.ipynb", "2-voices.ipynb"}
    assert _kernels(tmp_path) == []


def test_the_parameters_reach_the_chapter() -> None:
    injected = [cell for cell in executed("1-question.ipynb").cells if "as_of = " in cell.source]
    assert 'as_of = "2031-05-20"' in injected[-1].source


def test_a_failing_cell_is_told_by_notebook_cell_line_and_cause(tmp_path: Path) -> None:
    with pytest.raises(ChapterError) as caught:
        _run(tmp_path, "a-cell-fails.ipynb")
    lines = str(caught.value).splitlines()
    assert lines == [
        "a-cell-fails.ipynb, cell 4, line 3, failed; nothing was written",
        "  the cell begins: pier = {}",
        "  KeyError: 'east'",
        "  to see it whole, run a-cell-fails.ipynb in JupyterLab",
    ]
    assert caught.value.exit_status == 1


def test_a_long_cause_is_told_in_at_most_ten_lines(tmp_path: Path) -> None:
    with pytest.raises(ChapterError) as caught:
        _run(tmp_path, "a-cell-fails-at-length.ipynb")
    lines = str(caught.value).splitlines()
    assert len(lines) <= 10
    assert max(map(len, lines)) < 250
    assert "… and 35 more lines" in str(caught.value)


def test_a_failing_chapter_stops_the_others_and_leaves_no_kernel(tmp_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(ChapterError, match="a-cell-fails"):
        _run(tmp_path, "runs-for-a-minute.ipynb", "a-cell-fails.ipynb", "3-ledger.ipynb")
    assert time.monotonic() - begun < 20
    assert _kernels(tmp_path) == []


def test_a_kernel_that_dies_is_told_by_its_notebook(tmp_path: Path) -> None:
    with pytest.raises(ChapterError, match=r"a-kernel-dies\.ipynb: its kernel ended"):
        _run(tmp_path, "a-kernel-dies.ipynb")


@pytest.mark.skipif(os.name == "nt", reason="signals are told otherwise there")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_no_kernel_and_no_scratch(tmp_path: Path, sent: int) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    code = (
        "import signal, sys, tempfile\n"
        "from pathlib import Path\n"
        "from claimbrief.cli import _end\n"
        "from claimbrief.render.run import run_chapters\n"
        "signal.signal(signal.SIGTERM, _end)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a parent may ignore it
        "with tempfile.TemporaryDirectory(dir=sys.argv[1]) as folder:\n"
        "    run_chapters([Path(sys.argv[2])], {'as_of': 'x'}, Path(folder), print)\n"
    )
    slow = NOTEBOOKS / "runs-for-a-minute.ipynb"
    argv = [sys.executable, "-c", code, str(scratch), str(slow)]
    process = subprocess.Popen(argv, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 20
    while not list(scratch.glob("*/k1.json")) and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    process.send_signal(sent)
    _, told = process.communicate(timeout=20)
    assert process.returncode != 0
    assert "Kernel died" not in told
    assert list(scratch.iterdir()) == []
    assert [line for line in _kernels(scratch) if "ipykernel" in line] == []


def test_chapters_that_never_began_do_not_keep_a_failed_build_waiting(tmp_path: Path) -> None:
    waiting = ["1-question.ipynb", "2-voices.ipynb", "3-ledger.ipynb", "prints.ipynb"]
    failed: list[ChapterError] = []

    def build() -> None:
        try:
            _run(tmp_path, "a-cell-fails.ipynb", "runs-for-a-minute.ipynb", *waiting)
        except ChapterError as error:
            failed.append(error)

    thread = threading.Thread(target=build, daemon=True)
    thread.start()
    thread.join(timeout=40)
    assert not thread.is_alive()
    assert "a-cell-fails" in str(failed[0])
