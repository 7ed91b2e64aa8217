"""What a command meets in the process that it is called in: streams, signals, limits, folders."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from projects import project

from claimbrief import cli, console

CALL = "import sys; from claimbrief.cli import main; main(sys.argv[1:])"


def _call(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, list(arguments))


@pytest.fixture(name="here")
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project(tmp_path, ("1-question.ipynb",))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _refused(done: Result) -> str:
    """Return the one line that a command that failed has printed."""
    assert done.exit_code == 1, done.output
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("claimbrief: ")
    return line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("arguments", ["parameters", "--help"])
@pytest.mark.parametrize("buffered", ["", "1"])
def test_output_that_cannot_be_written_is_reported_in_a_line(
    here: Path, arguments: str, buffered: str
) -> None:
    env = {**os.environ, "PYTHONUNBUFFERED": buffered}
    with open("/dev/full", "w") as full:  # noqa: PTH123
        argv = [sys.executable, "-c", CALL, arguments]
        done = subprocess.run(argv, stdout=full, stderr=subprocess.PIPE, text=True, env=env)
        assert done.returncode == 1
        assert done.stderr.startswith("claimbrief: standard output, or files in the folder that")
        assert done.stderr.endswith(": No space left on device; free some space\n")
        assert len(done.stderr.splitlines()) == 1
        silent = subprocess.run(argv, stdout=full, stderr=full, env=env)
        assert silent.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize(
    ("arguments", "full", "status"),
    [
        (["--version"], "2", 0),
        (["check", "nowhere"], "2", 1),
        (["check", "nowhere"], "12", 1),
        (["buidl"], "2", 2),
        (["parameters", "--no-such"], "12", 2),
        (["--no-such"], "2", 2),
    ],
)
def test_errors_that_cannot_be_written_change_no_exit_status(
    tmp_path: Path, arguments: list[str], full: str, status: int
) -> None:
    argv = [sys.executable, "-c", CALL, *arguments]
    env = {name: it for name, it in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with open("/dev/full", "w") as nowhere:  # noqa: PTH123
        stdout = nowhere if "1" in full else subprocess.DEVNULL
        done = subprocess.run(argv, cwd=tmp_path, env=env, stdout=stdout, stderr=nowhere)
    assert done.returncode == status


def test_progress_that_cannot_be_printed_stops_no_build(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("click.echo", full)
    console.say("building whole")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_text_that_a_stream_cannot_encode_is_printed_in_escapes(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    with console.any_text():
        print("’日\udcff")
    stream.flush()
    text = "’日" if encoding == "utf-8" else r"\u2019\u65e5"
    assert written.getvalue().decode(encoding) == text + "\\udcff\n"
    assert stream.errors == "strict"


@pytest.mark.parametrize(
    ("number", "filename", "line"),
    [
        (errno.ENOSPC, "/x/a", "claimbrief: /x/a: No space left on device; free some space"),
        (errno.EIO, "/x/a", "claimbrief: /x/a: Input/output error"),
        (errno.EMFILE, None, "Too many open files; let it open more files: ulimit -n 1024"),
    ],
)
def test_what_a_disk_refuses_is_reported_in_a_line(
    monkeypatch: pytest.MonkeyPatch, number: int, filename: str | None, line: str
) -> None:
    def refused() -> Path:
        raise OSError(number, os.strerror(number), filename)

    monkeypatch.setattr(cli, "_contents", refused)
    assert line in _refused(_call("parameters"))


def test_a_working_folder_that_is_gone_is_reported_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for arguments in (("build",), ("parameters",), ("check",), ("batch", "days.yml")):
        assert "the working folder is gone" in _refused(_call(*arguments))


def test_a_path_that_is_too_long_is_reported_in_a_line(here: Path) -> None:
    assert "File name too long; name a shorter path" in _refused(_call("check", "x" * 300))
    assert "File name too long" in _call("build", "--output", "x" * 300).stderr
    assert "File name too long" in _call("batch", "x" * 300 + ".yml").stderr


@pytest.mark.parametrize("command", [("build",), ("batch", "days.yml")])
def test_a_build_is_refused_where_few_files_may_be_open(
    here: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    (here / "days.yml").write_text("matrix: {as_of: [2031-05-09]}\n", encoding="utf-8")
    monkeypatch.setattr("resource.getrlimit", lambda which: (64, 64))
    line = _refused(_call(*command))
    assert "only 64 files may be open at a time here; accepted: 128 or more" in line


@pytest.mark.skipif(sys.platform != "linux", reason="other disks take no such name")
def test_a_folder_whose_name_is_not_in_utf8_is_refused_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / os.fsdecode(b"\xff")
    project(other, ("1-question.ipynb",))
    project(tmp_path / "sound", ("1-question.ipynb",))
    monkeypatch.chdir(other)
    assert "a folder whose name is not in UTF-8; accepted: UTF-8" in _refused(_call("build"))
    monkeypatch.chdir(tmp_path / "sound")
    done = _call("build", "-p", "as_of=\udcff")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "as_of: found '\\udcff'; accepted: text in UTF-8" in done.stderr
    monkeypatch.setattr(tempfile, "tempdir", str(other))
    assert "a folder whose name is not in UTF-8; accepted: UTF-8" in _refused(_call("build"))


def _handlers() -> list[object]:
    return [signal.getsignal(number) for number in (1, 2, 3, 15, 17)]


@pytest.mark.parametrize("end", [lambda: None, lambda: os.kill(os.getpid(), signal.SIGTERM)])
def test_a_command_leaves_no_handler_of_signals_behind(
    here: Path, monkeypatch: pytest.MonkeyPatch, end: Callable[[], None]
) -> None:
    def during(*_: object, **__: object) -> list[Path]:
        end()
        return []

    monkeypatch.setattr("claimbrief.render.build.build", during)
    before = _handlers()
    assert _call("build", "--cold").exit_code in (0, 128 + signal.SIGTERM)
    assert _handlers() == before


def test_a_signal_that_the_caller_ignores_stays_so_during_a_build() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with console.signals_as_exits():
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_build_may_be_called_in_another_thread(here: Path) -> None:
    codes: list[int] = []
    argv = ("build", "--cold", "--format", "html")
    thread = threading.Thread(target=lambda: codes.append(_call(*argv).exit_code))
    thread.start()
    thread.join()
    assert codes == [1]  # the chapter alone has a link to nowhere, and so no traceback
