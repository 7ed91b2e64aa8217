"""Many editions at once: what is ordered and reported, and that one failure costs one brief."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from projects import WARM, build_whole, project

from claimbrief.batch.orders import Batch, read_batch
from claimbrief.batch.run import Outcome, Terms, build_batch, summary
from claimbrief.errors import BriefError, ParameterError
from claimbrief.render import build
from claimbrief.render.editions import read_contents
from claimbrief.render.plan import planned

LIMIT = 600  # seconds: of what takes a second on a machine that is not busy


def _read(folder: Path, text: str, *, is_daily: bool = False, output: Path | None = None) -> Batch:
    contents = project(folder / "project")
    file = folder / "days.yml"
    file.write_text(text, encoding="utf-8")
    return read_batch(file, contents, is_daily=is_daily, output=output)


def _terms(folder: Path | None = None, formats: tuple[str, ...] = ("html",)) -> Terms:
    return Terms(formats, WARM, folder)


DAYS = "matrix:\n  as_of: [2031-05-09, 2031-05-20]\n"


def test_each_combination_of_the_matrix_is_a_brief_named_by_its_values(tmp_path: Path) -> None:
    batch = _read(
        tmp_path,
        "edition: early\noutput: here\nformats: [pdf, html]\nparameters: {least: 2}\n"
        "matrix:\n  as_of: [2031-05-09, 2031-05-20]\n  speakers: [[], [okafor, pier/east]]\n",
    )
    assert [order.name for order in batch.orders] == [
        "2031-05-09-none",
        "2031-05-09-okafor-pier-east",
        "2031-05-20-none",
        "2031-05-20-okafor-pier-east",
    ]
    last = batch.orders[-1].plan
    assert last.values["as_of"] == "2031-05-20"
    assert last.values["speakers"] == ["okafor", "pier/east"]
    assert last.values["least"] == 2
    assert last.changed == ("least", "as_of", "speakers")
    assert last.edition.name == "early"
    assert batch.output == tmp_path / "here"
    assert batch.formats == ("html", "pdf")


def test_a_folder_given_with_the_call_stands_over_the_files(tmp_path: Path) -> None:
    assert _read(tmp_path, DAYS, output=tmp_path / "there").output == tmp_path / "there"


def test_without_a_name_the_folder_is_called_as_the_file(tmp_path: Path) -> None:
    batch = _read(tmp_path, DAYS)
    assert batch.output == tmp_path / "days"
    assert batch.formats == ("html", "pdf")


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("matrix: {as_off: [a]}", "did you mean 'as_of'?"),
        ("matrix: {least: [few]}", "days.yml: least: found 'few'; accepted: a whole number"),
        ("matrix: {as_of: 2031-05-09}", "matrix, as_of: found '2031-05-09'; accepted: a list"),
        ("matrix: {as_of: []}", "matrix, as_of: found []; accepted: a list"),
        ("matrix: [as_of]", "matrix: found ['as_of']; accepted: a mapping"),
        ("matrx: {as_of: [a]}", "unknown key 'matrx'; did you mean 'matrix'?"),
        ("output: out", "no matrix; give one, or call with --daily"),
        ("- as_of", "days.yml: accepted: keys: edition, output"),
        ("matrix: {as_of: [a]", "days.yml: line 1: expected"),
        (f"edition: erly\n{DAYS}", "no edition is named 'erly'; did you mean 'early'?"),
        (f"formats: [docx]\n{DAYS}", "formats: found ['docx']; accepted: html, pdf"),
        (f"parameters: {{as_of: x}}\n{DAYS}", "as_of in parameters and in matrix"),
        ("matrix: {as_of: [a/b, a b]}", "two briefs would go into the folder a-b"),
        ("matrix: {as_of: [A, a]}", "two briefs would go into the folder a"),
        (
            f"matrix: {{least: {[*range(101)]}, as_of: {[f'a{n}' for n in range(10**4)]}}}",
            "matrix: found 1,010,000 combinations; accepted: 10,000",
        ),
    ],
)
def test_a_wrong_file_is_refused_before_anything_runs(
    tmp_path: Path, text: str, reported: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        _read(tmp_path, text)
    assert reported in str(caught.value)
    assert caught.value.exit_status == 2


def test_daily_needs_a_window_that_the_notebooks_declare(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="--daily needs a parameter window_start"):
        _read(tmp_path, "{}", is_daily=True)
    (tmp_path / "other").mkdir()
    with pytest.raises(ParameterError, match="as_of is what --daily sets"):
        _read(tmp_path / "other", DAYS, is_daily=True)


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a batch that was built once, and with what was kept of it."""
    folder = tmp_path_factory.mktemp("built")
    batch, said = _read(folder, DAYS), list[str]()
    terms = _terms(folder / "kept", ("html", "pdf"))
    outcomes = build_batch(batch, terms, said.append, workers=2)
    assert [(outcome.name, outcome.end) for outcome in outcomes] == [
        ("2031-05-09", "built"),
        ("2031-05-20", "built"),
    ]
    assert len(said) == 2 and said[-1].startswith("  2 of 2  2031-05-")
    return folder


def test_a_batch_gives_the_bytes_that_single_builds_give(tmp_path: Path, built: Path) -> None:
    contents = read_contents(built / "project")
    for name in ("2031-05-09", "2031-05-20"):
        build_whole(planned(contents, None, (f"as_of={name}",), tmp_path), tmp_path / name)
        for file in ("brief.html", "brief.pdf", "brief.png", "numbers.json"):
            single = (tmp_path / name / file).read_bytes()
            assert (built / "days" / name / file).read_bytes() == single, (name, file)


def test_a_brief_that_fails_or_has_no_room_is_listed_and_the_rest_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = "[2031-05-09, never, 2031-05-14, 2031-05-20]"
    batch = _read(tmp_path, f"formats: [html]\nmatrix:\n  as_of: {days}\n")
    (notebook, *_) = batch.orders[0].plan.contents.chapters
    _insert(notebook, "assert as_of != 'never', 'no such day'")
    swap_in = build.swap_in

    def full(files: object, folder: Path, check: object) -> None:
        if folder.name == "2031-05-14":
            raise OSError(28, "No space left on device")
        swap_in(files, folder, check)

    monkeypatch.setattr(build, "swap_in", full)
    outcomes = build_batch(batch, _terms(), lambda line: None, workers=1)
    assert [outcome.end for outcome in outcomes] == ["built", "failed", "failed", "built"]
    assert "1-question.ipynb, cell" in outcomes[1].failure
    assert "no such day" in outcomes[1].failure
    assert outcomes[2].failure.endswith("2031-05-14 cannot be written to: No space left on device")
    assert sorted(path.name for path in batch.output.iterdir()) == ["2031-05-09", "2031-05-20"]
    assert (batch.output / "2031-05-20" / "brief.html").is_file()


def _copied(built: Path, folder: Path) -> Batch:
    """Return the batch of a copy of this folder."""
    shutil.copytree(built, folder, dirs_exist_ok=True)
    contents = read_contents(folder / "project")
    return read_batch(folder / "days.yml", contents, is_daily=False, output=None)


def test_resuming_builds_only_what_is_not_there(tmp_path: Path, built: Path) -> None:
    batch = _copied(built, tmp_path)
    terms = _terms(tmp_path / "kept", batch.formats)
    gone, there = (batch.output / name / "brief.html" for name in ("2031-05-09", "2031-05-20"))
    before = gone.read_bytes()
    gone.write_bytes(b"half a bri")
    stamp = there.stat().st_mtime_ns
    said: list[str] = []
    outcomes = build_batch(batch, terms, said.append, is_resumed=True, workers=1)
    assert [outcome.end for outcome in outcomes] == ["built", "as before"]
    assert said[0] == "  1 of 2 briefs are there"
    assert gone.read_bytes() == before
    assert there.stat().st_mtime_ns == stamp


def test_a_batch_with_nothing_left_to_do_starts_no_process(tmp_path: Path, built: Path) -> None:
    batch = _copied(built, tmp_path)
    terms = _terms(tmp_path / "kept", batch.formats)
    outcomes = build_batch(batch, terms, lambda line: None, is_resumed=True, workers=0)
    assert [outcome.end for outcome in outcomes] == ["as before", "as before"]


def test_a_worker_that_is_killed_ends_the_batch_and_the_briefs_built_until_then_stay(
    tmp_path: Path,
) -> None:
    batch = _read(tmp_path, "formats: [html]\nmatrix:\n  as_of: [2031-05-09, never]\n")
    (notebook, *_) = batch.orders[0].plan.contents.chapters
    _insert(notebook, "if as_of == 'never': import os, time; time.sleep(3600)")
    output = batch.output

    def kill_workers(line: str) -> None:  # after the first brief
        for child in psutil.Process().children():
            if "spawn_main" in str(child.cmdline()):
                child.kill()

    with pytest.raises(BriefError, match="a worker process of the batch was killed") as caught:
        build_batch(batch, _terms(), kill_workers, workers=1)
    assert caught.value.exit_status == 1
    assert (output / "2031-05-09" / "brief.html").is_file()
    assert not (output / "never").exists()


def _insert(notebook: Path, line: str) -> None:
    """Put a line before the last code cell's own."""
    text = notebook.read_text(encoding="utf-8")
    at = text.rindex('"source": [') + len('"source": [')
    notebook.write_text(text[:at] + f'"{line}\\n",' + text[at:], encoding="utf-8")


@pytest.fixture
def short() -> Iterator[str]:
    """Return a folder whose path is short enough for sockets."""
    with tempfile.TemporaryDirectory() as folder:
        yield folder


KERNELS, WORKERS = "import main; main(", "spawn_main"  # in the command of one that has started


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@pytest.mark.parametrize(
    ("sent", "moment"),
    [
        (signal.SIGINT, KERNELS),
        (signal.SIGINT, WORKERS),
        (signal.SIGKILL, KERNELS),
        (signal.SIGKILL, WORKERS),
        (signal.SIGTERM, WORKERS),  # one handler makes an exit of it and of SIGHUP
        (signal.SIGHUP, KERNELS),
    ],
)
def test_a_batch_that_is_ended_leaves_no_process_and_no_brief_in_halves(
    tmp_path: Path, short: str, sent: int, moment: str
) -> None:
    batch = _read(tmp_path, f"formats: [html]\n{DAYS}")
    root = batch.orders[0].plan.contents.root
    code = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from claimbrief.cli import main\n"
        "if __name__ == '__main__':\n"
        "    main(['batch', '../days.yml', '--workers', '2'])\n"
    )
    (root / "call.py").write_text(code, encoding="utf-8")
    scratch = Path(short)
    env = {**os.environ, "USER": str(tmp_path), "TMPDIR": str(scratch)}
    process = subprocess.Popen(
        [sys.executable, "call.py"], cwd=root, env=env, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + LIMIT
    while not any(moment in line for line in _marked(str(tmp_path))):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.05)
    process.send_signal(sent)
    _, errors = process.communicate(timeout=LIMIT)
    assert process.returncode != 0
    while _marked(str(tmp_path)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _marked(str(tmp_path)) == []
    for folder in (tmp_path / "days").glob("*"):
        assert sorted(path.name for path in folder.iterdir()) == ["brief.html", "numbers.json"]
    if sent != signal.SIGKILL:
        assert list(scratch.iterdir()) == [], errors


def _marked(mark: str) -> list[str]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("USER") == mark and process.status() != "zombie":
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found


def test_the_summary_is_a_table_and_then_each_failure() -> None:
    outcomes = [
        Outcome("2031-05-09", "built", 3.25),
        Outcome("2031-05-20-okafor", "as before", 0.0),
        Outcome("never", "failed", 12.0, "1-question.ipynb, cell 4\n  no such day"),
    ]
    assert summary(outcomes) == [
        "brief              result     seconds",
        "2031-05-09         built          3.2",
        "2031-05-20-okafor  as before      0.0",
        "never              failed        12.0",
        "3 briefs: 1 as before, 1 built, 1 failed",
        "",
        "never failed:",
        "  1-question.ipynb, cell 4",
        "    no such day",
    ]
