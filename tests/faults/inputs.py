"""What is read: cells, bytes, descriptors, YAML files and notebooks, edited and hostile."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from registry import Case, trial
from world import Ended, called, files_in, world

from claimbrief.dataset import TABLES

TINY = Path(__file__).parents[1] / "tiny"
CELLS = {
    "nothing": "", "blanks": "  ", "a long word": "x" * 5000, "a long text": "word " * 20_000,
    "an escape": "\x1b[2J\x07", "a mark of direction": "\u202eabc", "half a tag": "<script>alert",
    "mathematics": r"$\frac{$ 100 % #", "a formula": "=cmd|' /C calc'!A0", "an error": "#REF!",
    "a number": "-1e309", "a long number": "9" * 400, "a path": "../../etc/passwd",
    "a day that is none": "2024-02-30", "a row more": "a\nb,c", "another script": "김정은 شمال कोर",
}  # fmt: skip
VALUES: list[Any] = [
    None, True, 0, -1, 1e308, "", "\0", "x" * 9999, [], {}, [[]], [None] * 50, {"name": None},
    "(a+)+$", "\\", "../x", "http://127.0.0.1:9/x", "\ud800".encode("utf-8", "replace").decode(),
]  # fmt: skip
YAML = [
    "a: &a [*a]", "a: &a [x, x]\nb: [*a, *a]", "[" * 3000, "{a: " * 3000, "a: " + "9" * 9999, "\0",
    "a: !!python/object:os.system x", "- 1", "", "a: 1\n---\nb: 2", "%YAML 9\n---\na: 1",
    'a: "\\e"',
    "chapters: 3", "chapters: [x.ipynb]", "chapters: []", "chapters: [[1]]", "editions: {whole: 1}",
    "default: nowhere", "editions: {}", "editions: {'../x': {label: x, parameters: {}}}",
    "chapters: [../../x.ipynb]", "editions: {whole: {label: 1, parameters: []}}",
]  # fmt: skip
BATCHES = [
    "matrix: {as_of: []}", "matrix: []", "matrix: {nobody: [1]}", "matrix: {as_of: [x]}",
    "matrix: {as_of: 3}", "formats: [doc]", "output: ../../../proc/x", "edition: nobody",
    "matrix: {as_of: &a [2031-05-09], share: *a}", "parameters: {as_of: 99999-01-01}",
    "matrix: {least: [" + ", ".join(map(str, range(3000))) + "], share: ["
    + ", ".join(f"0.{it}" for it in range(3000)) + "]}",
]  # fmt: skip
SOURCES = {
    "no Python": "def (", "a magic": "%matplotlib notebook\n%nothing", "a command": "!kill -9 $$",
    "a raised error": "raise SystemExit(3)", "an exit": "import os; os._exit(0)",
    "closed streams": "import os; os.close(1); os.close(2)", "a long line": "print('x' * 10**6)",
    "many lines": "for it in range(10**6): print(it)", "a killed kernel":
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "an interrupt": "raise KeyboardInterrupt",
    "no end": "while True: pass", "deep recursion": "f = lambda: f()\nf()",
    "a fork": "import os\nif not os.fork(): os._exit(1)",
    "an escape": "raise ValueError('\\x1b[2J')",
    "another file": "open('../requirements.lock').read()",
}  # fmt: skip


@cache
def _copy() -> Path:
    return world().renewed()


def _project() -> Path:
    """Return one copy of the project with its parts as they were, the early brief and data."""
    folder = _copy()
    for part in ("data", "notebooks", "report", ".cache"):
        shutil.rmtree(folder / part, ignore_errors=True)
        shutil.copytree(TINY if part == "data" else world().root / part, folder / part)
    world().begin(folder / "out", "early")
    return folder


def _refuse_loss(folder: Path, done: Ended) -> None:
    """Fail unless a build ended well, or with an error and the former brief as it was."""
    done.refuse_traceback()
    assert not {*done.err, *done.out} & {"\x1b", "\x07"}, done.err
    if done.status:
        assert world().edition_in(folder / "out") == "early", sorted(files_in(folder / "out"))


def _refuse_data(folder: Path) -> None:
    for command in ("check", "tidy"):
        done = called(folder, command, "data")
        assert "Traceback" not in done.err and done.status in (0, 1), done.err
        assert not {*done.err, *done.out} & {"\x1b", "\x07"}, done.err
        assert len(done.err) < 200_000, f"{len(done.err)} letters"
        assert not done.status or done.err.startswith("claimbrief: "), done.err


@trial("hostile cells")
def each_column(trials: int) -> Iterator[Case]:
    for name, columns in TABLES.items():
        for place, column in enumerate(columns.split()):
            for what in random.sample(list(CELLS), 3):

                def case(name: str = name, place: int = place, what: str = what) -> None:
                    folder = _project()
                    path = folder / "data" / f"{name}.csv"
                    with path.open(encoding="utf-8", newline="") as file:
                        rows = list(csv.reader(file))
                    random.choice(rows[1:])[place] = CELLS[what]
                    with path.open("w", encoding="utf-8", newline="") as file:
                        csv.writer(file, lineterminator="\n").writerows(rows)
                    _refuse_data(folder)

                yield f"{name}.{column}: {what}", case


@trial("mutated bytes")
def of_a_dataset(trials: int) -> Iterator[Case]:
    files = [path.relative_to(TINY) for path in sorted(TINY.rglob("*.*")) if path.is_file()]
    for number in range(3 * trials):
        file = random.choice(files)

        def case(file: Path = file) -> None:
            folder = _project()
            _mutate(folder / "data" / file)
            _refuse_data(folder)

        yield f"{number}, {file}", case


@trial("mutated bytes")
def of_a_project(trials: int) -> Iterator[Case]:
    for number in range(trials // 2):

        def case() -> None:
            folder = _project()
            files = [*(folder / "notebooks").iterdir(), *(folder / "report").rglob("*.*")]
            _mutate(random.choice([path for path in files if path.is_file()]))
            _refuse_loss(folder, called(folder, "build", "--output", "out"))

        yield f"{number}", case


def _mutate(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(random.choice([1, 1, 3, 30])):
        at = random.randrange(len(content) + 1)
        content[at : at + random.choice([0, 1, 1, 20])] = random.randbytes(random.choice([0, 1, 5]))
    path.write_bytes(content)


@trial("descriptors")
def each_kind_of_value(trials: int) -> Iterator[Case]:
    for number in range(3 * trials):

        def case() -> None:
            folder = _project()
            path = folder / "data" / "datapackage.json"
            descriptor = json.loads(path.read_text(encoding="utf-8"))
            holder, key = random.choice(list(_places(descriptor)))
            holder[key] = random.choice(VALUES)
            path.write_text(json.dumps(descriptor), encoding="utf-8")
            _refuse_data(folder)

        yield f"{number}", case


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield where a value may be put in a value read from JSON."""
    for key in value if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], (dict, list)):
            yield from _places(value[key])


@trial("YAML")
def hostile_yaml(trials: int) -> Iterator[Case]:
    own = (world().root / "notebooks" / "brief.yml").read_text(encoding="utf-8")
    for name, texts in (("notebooks/brief.yml", YAML), ("days.yml", [*YAML, *BATCHES])):
        for text in texts:

            def case(name: str = name, text: str = text) -> None:
                folder = _project()
                is_more = ":" in text and name != "days.yml"
                (folder / name).write_text(f"{own}\n{text}" if is_more else text, encoding="utf-8")
                command = ["batch", name] if name == "days.yml" else ["build", "--output", "out"]
                done = called(folder, *command)
                assert done.status in (1, 2), done.out
                _refuse_loss(folder, done)

            yield f"{name}: {text[:30]!r}", case


@trial("notebooks")
def hostile_cells(trials: int) -> Iterator[Case]:
    for what, source in SOURCES.items():
        for more in ((), ("--cold",)):

            def case(source: str = source, more: tuple[str, ...] = more) -> None:
                folder = _project()
                path = folder / "notebooks" / "2-voices.ipynb"
                notebook = json.loads(path.read_text(encoding="utf-8"))
                cell = {"cell_type": "code", "id": "hostile", "metadata": {}, "outputs": []}
                notebook["cells"].append(cell | {"execution_count": None, "source": source})
                path.write_text(json.dumps(notebook), encoding="utf-8")
                limit = ("--time-limit", "20")
                done = called(folder, "build", "--output", "out", *limit, *more)
                _refuse_loss(folder, done)
                assert not done.status or "2-voices.ipynb, cell " in done.err, done.err

            yield f"{what} {' '.join(more)}", case


@trial("notebooks")
def each_kind_of_value_in_a_notebook(trials: int) -> Iterator[Case]:
    for number in range(trials):

        def case() -> None:
            folder = _project()
            path = folder / "notebooks" / "3-ledger.ipynb"
            notebook = json.loads(path.read_text(encoding="utf-8"))
            holder, key = random.choice(list(_places(notebook)))
            holder[key] = random.choice(VALUES)
            path.write_text(json.dumps(notebook), encoding="utf-8")
            _refuse_loss(folder, called(folder, "build", "--output", "out"))

        yield f"{number}", case
