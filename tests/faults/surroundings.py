"""What a call finds around it: templates, streams, limits, folders, encodings, names."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from registry import Case, trial
from world import Ended, called, files_in, world

from claimbrief.console import FILES

CALL = "import sys; from claimbrief.cli import main; main(sys.argv[1:])"
TINY = Path(__file__).parents[1] / "tiny"
FAULTS: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "a link to itself": lambda path: (path.unlink(), path.symlink_to(path.name)),
    "no UTF-8": lambda path: path.write_bytes(random.randbytes(300) + b"\xff"),
    "emptied": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "an end without a beginning": lambda path: path.write_bytes(
        path.read_bytes() + b"{% endif }}]"
    ),
}


@cache
def _copy() -> Path:
    return world().renewed()


def _renewed() -> Path:
    """Return one copy of the project with its parts as they were, and the early brief."""
    folder = _copy()
    for part in ("notebooks", "report", ".cache"):
        shutil.rmtree(folder / part, ignore_errors=True)
        shutil.copytree(world().root / part, folder / part)
    lock = folder / "requirements.lock"
    if lock.is_dir():
        lock.rmdir()
    lock.unlink(missing_ok=True)
    shutil.copy(world().root / lock.name, lock)
    world().begin(folder / "out", "early")
    return folder


@trial("template")
def each_file_of_the_template(trials: int) -> Iterator[Case]:
    template = world().root / "report" / "template"
    files = [path.relative_to(template) for path in sorted(template.rglob("*")) if path.is_file()]
    for file in files:
        for name, spoil in FAULTS.items():

            def case(file: Path = file, spoil: Callable[[Path], object] = spoil) -> None:
                folder = _renewed()
                spoil(folder / "report" / "template" / file)
                done = called(folder, "build", "--output", "out")
                done.refuse_traceback()
                is_former = world().edition_in(folder / "out") == "early"
                assert is_former == bool(done.status), sorted(files_in(folder / "out"))

            yield f"{file} {name}", case


@trial("files of the project")
def each_file_of_the_project(trials: int) -> Iterator[Case]:
    names = ["requirements.lock", *(f"notebooks/{it.name}" for it in _notebooks())]
    for file in names:
        for name, spoil in FAULTS.items():

            def case(file: str = file, spoil: Callable[[Path], object] = spoil) -> None:
                folder = _renewed()
                spoil(folder / file)
                done = called(folder, "build", "--output", "out")
                done.refuse_traceback()
                is_former = world().edition_in(folder / "out") == "early"
                assert is_former == bool(done.status), sorted(files_in(folder / "out"))

            yield f"{file} {name}", case


def _notebooks() -> list[Path]:
    return [*sorted((world().root / "notebooks").glob("*.ipynb")), Path("brief.yml")]


def _in_process(
    folder: Path, command: str, env: Mapping[str, str], streams: str = "", ulimit: str = ""
) -> Ended:
    """Call the command in a Python of its own, as a shell does, with these streams and limits."""
    bare = {name: it for name, it in os.environ.items() if name != "PYTHONUNBUFFERED"}
    line = f'{ulimit} exec "{sys.executable}" -c "{CALL}" {command} {streams}'
    done = subprocess.run(
        line,
        shell=True,
        cwd=folder,
        env={**bare, **env},
        capture_output=True,
        executable="/bin/bash",
    )
    out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    return Ended(done.returncode, out, err)


BUILD = "build whole --output out"
STREAMS = [
    f"{closed} {full}"
    for closed in ("", "<&-", ">&-", "2>&-", "<&- >&- 2>&-", "<&- 2>&-", ">&- 2>&-")
    for full in ("", ">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full")
]


@trial("streams")
def closed_or_full(trials: int) -> Iterator[Case]:
    for streams in STREAMS:
        for command in (BUILD, f"{BUILD} --fresh --format html", "parameters", "bild", "--help"):

            def case(streams: str = streams, command: str = command) -> None:
                folder = _renewed()
                done = _in_process(folder, command, {}, streams)
                done.refuse_traceback() if "2>" not in streams else None
                assert "Traceback" not in done.err + done.out
                expected = {2} if command == "bild" else {0, 1} if "/dev/full" in streams else {0}
                assert done.status in expected, f"{done.status}: {done.err}"
                if command == BUILD:
                    assert world().edition_in(folder / "out") == "whole"

            yield f"{command} {streams}", case


@trial("limits")
def few_files(trials: int) -> Iterator[Case]:
    for number in (*range(3, 40, 4), 48, 64, 96, 100, FILES - 1, FILES, 200):
        for more in ((), ("--fresh",), ("--fresh", "--cold")):

            def case(number: int = number, more: tuple[str, ...] = more) -> None:
                folder = _renewed()
                limit = (number, number)
                done = called(
                    folder, "build", "--output", "out", *more,
                    before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limit),
                )  # fmt: skip
                done.refuse_traceback()
                assert bool(done.status) == (number < FILES), done.err
                edition = "early" if done.status else "whole"
                assert world().edition_in(folder / "out") == edition

            yield f"{number} open files {' '.join(more)}", case


ENCODINGS = [
    {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "utf-16"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LC_ALL": "nonsense"},
    {"LANG": "", "LC_ALL": ""}, {"PYTHONUTF8": "1"},
]  # fmt: skip
ODD = [
    "’日本",
    "%s {x}",
    "\\udc",
    "a\nb",
    " ",
    "-x",
    "\N{COMBINING ACUTE ACCENT}",
    "\udcff",
    "\x1b[31m",
]


@trial("encodings and names")
def encodings(trials: int) -> Iterator[Case]:
    for env in ENCODINGS:
        for command in (BUILD, "parameters", "check here", f"check '{TINY}'", "build ’日"):

            def case(env: Mapping[str, str] = env, command: str = command) -> None:
                folder = _renewed()
                done = _in_process(folder, command, env)
                assert "Traceback" not in done.err and done.status in (0, 1, 2), done.err
                if command == BUILD:
                    assert world().edition_in(folder / "out") == "whole", done.err

            yield f"{command} {env}", case


@trial("encodings and names")
def odd_names(trials: int) -> Iterator[Case]:
    for name in (*ODD, "x" * 255, "x" * 256, "y/" * 2500, "x/" * 120 + "x"):
        for place in ("project", "output", "TMPDIR", "check", "edition", "value"):

            def case(name: str = name, place: str = place) -> None:
                folder = _renewed()
                with tempfile.TemporaryDirectory(dir=folder.parent) as other:
                    _called_with(name, place, folder, Path(other))

            yield f"{place} {name[:20]!r}, of {len(name)} letters", case


def _called_with(name: str, place: str, folder: Path, other: Path) -> None:
    out, before = f"{other}/out", lambda: None
    if place in ("project", "TMPDIR"):
        try:
            (other / name).mkdir(parents=True)
        except OSError:
            return  # no such folder can be
    if place == "project":
        shutil.copytree(world().root, other / name / "it")
        folder = other / name / "it"
    given = {
        "project": ["build", "--output", out], "output": ["build", "--output", f"{other}/{name}"],
        "TMPDIR": ["build", "--output", out, "--fresh"], "check": ["check", f"{other}/{name}"],
        "edition": ["build", "--output", out, "--", name],
        "value": ["build", "--output", out, "-p", f"as_of={name}"],
    }[place]  # fmt: skip

    def scratch() -> None:
        if place == "TMPDIR":
            os.environ["TMPDIR"] = str(other / name)
            tempfile.tempdir = None

    # From another folder, for what a call prints is put beside it.
    done = called(other / "..", *given, before=lambda: (os.chdir(folder), scratch(), before()))
    assert "Traceback" not in done.err and done.status in (0, 1, 2), done.err
    if place in ("project", "TMPDIR") and done.status == 0:
        assert world().edition_in(Path(out)) == "whole"


@trial("encodings and names")
def folders_that_are_gone(trials: int) -> Iterator[Case]:
    commands = (["build"], ["parameters"], ["check"], ["tidy"], ["batch", "x.yml"], ["--version"])
    for command in commands:

        def case(command: list[str] = command) -> None:
            gone = Path(tempfile.mkdtemp(dir=world().root.parent))
            done = called(gone, *command, before=gone.rmdir)
            done.refuse_traceback()
            assert (done.status == 0) == (command == ["--version"]), done.err

        yield " ".join(command), case


@trial("links out of the dataset")
def links(trials: int) -> Iterator[Case]:
    places = ["", *(path.name for path in sorted(TINY.iterdir())), "archive/ledger_bridge.txt"]
    for place in places:
        for target in (
            "/etc",
            "/etc/passwd",
            "/dev/zero",
            "/",
            "..",
            "../..",
            "../nowhere",
            "gone/../../x",
        ):
            for how in ("check", "build"):

                def case(place: str = place, target: str = target, how: str = how) -> None:
                    with tempfile.TemporaryDirectory(dir=world().root.parent) as other:
                        _refuse_link(Path(other), place, target, how)

                yield f"{how}: {place or 'more'} to {target}", case


def _refuse_link(other: Path, place: str, target: str, how: str) -> None:
    root = other / "project"
    shutil.copytree(world().root / "notebooks", root / "notebooks")
    chapter = Path(__file__).parents[1] / "notebooks" / "declares-a-dataset.ipynb"
    for name in ("1-question.ipynb", "2-voices.ipynb", "3-ledger.ipynb"):
        shutil.copy(chapter, root / "notebooks" / name)
    shutil.copytree(TINY, root / "data")
    link = root / "data" / (place or "more")
    if link.is_dir():
        shutil.rmtree(link)
    link.unlink(missing_ok=True)
    link.symlink_to(target if "/" not in place or target.startswith("/") else f"../{target}")
    (root / "notebooks" / "brief.yml").write_text(
        (root / "notebooks" / "brief.yml")
        .read_text()
        .replace("as_of: '2031-05-09'", "dataset: ../data")
    )
    done = called(root, *(["check"] if how == "check" else ["build", "--output", "out"]))
    done.refuse_traceback()
    assert done.status == 1 and "leads out of the dataset" in done.err, done.err
