"""`make bench`: measures builds beside what a plain script and plain papermill take.

    python benchmarks/bench.py [--quick]

Writes benchmarks/README.md. Every figure is of this machine and of this run; what is compared are
ratios of figures of one run.
"""

from __future__ import annotations

import csv
import itertools
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from measure import Measured, in_turns, peak_memory, reached, run, say
from packages import write_package

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CLAIMBRIEF, PAPERMILL, JUPYTER = (BIN / name for name in ("claimbrief", "papermill", "jupyter"))
DAYS = [f"2024-10-{day:02}" for day in range(1, 32)]
WORKERS = 2
MEGABYTE = 1_000_000
HEAD = """# What a build costs

`make bench` writes this page, all but its last part (`notes.md`). It measures whole commands, as a
person types them, on a copy of the project: `claimbrief build` and `batch`, beside a plain script
that runs the notebooks' code in one process, with one load (`plain_script.py`: no kernel, no page)
and beside papermill's and nbconvert's own commands for each chapter. What counts are ratios within
one run.
"""


@dataclass(frozen=True)
class Extent:
    """How much is measured: rounds, days of the plain route, and sizes with their rounds."""

    rounds: int
    plain_days: int
    sizes: dict[int, int]


WHOLE = Extent(rounds=2, plain_days=2, sizes={1_000: 2, 10_000: 2, 100_000: 1})
QUICK = Extent(rounds=1, plain_days=2, sizes={1_000: 1})


def copied_project(folder: Path) -> Path:
    """Return a copy of the project's own files, to be edited."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def plain_route(project: Path, output: Path, day: str) -> None:
    """Run each chapter by papermill's command and turn it to HTML by nbconvert's."""
    output.mkdir(parents=True, exist_ok=True)
    notebooks = project / "notebooks"
    for chapter in sorted(notebooks.glob("*.ipynb")):
        executed = output / chapter.name
        options = ["-p", "as_of", day, "--cwd", notebooks, "--no-progress-bar"]
        run(PAPERMILL, chapter, executed, *options, cwd=project)
        run(JUPYTER, "nbconvert", "--to", "html", executed, cwd=project)


def cold(project: Path, scratch: Path, extent: Extent) -> tuple[list[str], dict[str, Measured]]:
    """Measure a build of October from nothing; return the lines that tell it, and the figures."""

    def build(*options: str) -> None:
        run(CLAIMBRIEF, "build", "--fresh", "--output", scratch / "cold", *options, cwd=project)

    contenders = {
        "claimbrief, HTML": lambda: build("--format", "html"),
        "claimbrief, HTML and PDF": build,
        "claimbrief, HTML, cold kernels": lambda: build("--format", "html", "--cold"),
        "plain script (no page)": lambda: run(
            sys.executable, ROOT / "benchmarks" / "plain_script.py", project / "notebooks"
        ),
        "plain papermill and nbconvert, HTML": lambda: plain_route(
            project, scratch / "plain", DAYS[-1]
        ),
    }
    taken = in_turns(contenders, extent.rounds)
    html, script = taken["claimbrief, HTML"].median, taken["plain script (no page)"].median
    plain = taken["plain papermill and nbconvert, HTML"].median
    pdf = taken["claimbrief, HTML and PDF"].median
    lines = [
        "| October, from nothing | seconds | to the plain script |",
        "|---|---|---|",
        *(f"| {name} | {it} | {it.median / script:.2f} |" for name, it in taken.items()),
        "",
        *reached(
            ("HTML to the plain script", html / script, "at most", 2),
            ("HTML to plain papermill and nbconvert", html / plain, "at most", 0.25),
            ("HTML and PDF to HTML alone", pdf / html, "at most", 1.4),
        ),
    ]
    return lines, taken


def daily(project: Path, scratch: Path, extent: Extent) -> list[str]:
    """Measure a brief for each day of October beside the plain route, two processes each."""
    file = scratch / "daily.yml"
    file.write_text("formats: [html]\n", encoding="utf-8")

    def batch() -> None:
        options = ["--daily", "--fresh", "--workers", WORKERS, "--output", scratch / "daily"]
        run(CLAIMBRIEF, "batch", file, *options, cwd=project)

    def plain() -> None:
        with ThreadPoolExecutor(WORKERS) as pool:
            days = DAYS[:: len(DAYS) // extent.plain_days][: extent.plain_days]
            runs = [pool.submit(plain_route, project, scratch / "plain" / day, day) for day in days]
            for run_of_day in runs:
                run_of_day.result()

    taken = in_turns({"batch": batch, "plain": plain}, min(2, extent.rounds))
    ours, theirs = taken["batch"].median / len(DAYS), taken["plain"].median / extent.plain_days
    return [
        "| HTML for each day, two processes | measured | seconds a brief |",
        "|---|---|---|",
        f"| `claimbrief batch --daily --fresh`, 31 days | {taken['batch']} | {ours:.2f} |",
        f"| plain papermill and nbconvert, {extent.plain_days} of the days | {taken['plain']} | "
        f"{theirs:.2f} |",
        "",
        *reached(("throughput to the plain route's", theirs / ours, "at least", 10)),
    ]


def changes_of(project: Path) -> dict[str, Callable[[], object]]:
    """Return what can be edited in a project, each with what makes the next edit of it."""
    count = itertools.count(1)

    def edit_words(name: str) -> None:
        path = project / "notebooks" / name
        notebook = json.loads(path.read_text("utf-8"))
        notebook["cells"][0]["source"][-1] += f" Edited {next(count)} times."
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")

    def edit_template() -> None:
        with (project / "report" / "template" / "brief.css").open("a", encoding="utf-8") as file:
            file.write(f"q.edited-{next(count)} {{ quotes: none; }}\n")

    def edit_cell() -> None:
        path = project / "data" / "claims.csv"
        with path.open(encoding="utf-8", newline="") as file:
            head, first, *rest = csv.reader(file)
        first[head.index("paraphrase")] += f" Edited {next(count)} times."
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head, first, *rest])

    return {
        "nothing": lambda: None,
        "words of the brief": lambda: edit_words("2-brief.ipynb"),
        "words of the record": lambda: edit_words("3-voices.ipynb"),
        "the style sheet": edit_template,
        "a cell of claims.csv": edit_cell,
    }


def edits(project: Path, scratch: Path, extent: Extent) -> list[str]:
    """Measure what a build does after nothing, words, a template and a cell have changed."""
    changes = changes_of(project)

    def build(*options: str) -> None:
        run(CLAIMBRIEF, "build", "--output", scratch / "edited", *options, cwd=project)

    ways = {"HTML": ("--format", "html"), "HTML and PDF": ()}
    results: dict[str, dict[str, Measured]] = {}
    for way, options in ways.items():
        contenders = {
            name: lambda change=change, options=options: (change(), build(*options))
            for name, change in changes.items()
        }
        build(*options)
        results[way] = in_turns(contenders, extent.rounds)
    both, page = results["HTML and PDF"], results["HTML"]
    return [
        "| What was edited | HTML | HTML and PDF |",
        "|---|---|---|",
        *(f"| {name} | {page[name]} | {both[name]} |" for name in changes),
        "",
        *reached(
            ("seconds, unchanged", both["nothing"].median, "at most", 0.3),
            *(
                (f"seconds, {change}, {way}", results[way][change].median, "at most", 0.8)
                for change in ("words of the brief", "the style sheet")
                for way in ways
            ),
        ),
    ]


def sizes(project: Path, scratch: Path, extent: Extent) -> list[str]:
    """Measure the check and a build, cold, of packages of growing size."""
    lines = [
        "| Claims | check | build, HTML and PDF | peak memory | page | PDF | claims.csv |",
        "|---|---|---|---|---|---|---|",
    ]
    bars: list[tuple[str, float, str, float]] = []
    seconds: dict[int, float] = {}
    for claims, rounds in extent.sizes.items():
        folder, output = scratch / f"package-{claims}", scratch / f"brief-{claims}"
        write_package(folder, claims)

        def build(folder: Path = folder, output: Path = output) -> None:
            options = ["-p", f"dataset={folder}", "--output", output]
            run(CLAIMBRIEF, "build", "--fresh", *options, cwd=project)

        def check(folder: Path = folder) -> None:
            run(CLAIMBRIEF, "check", folder, cwd=project)

        contenders = {f"check {claims}": check, f"build {claims}": build}
        checked, built = in_turns(contenders, rounds).values()
        memory = peak_memory(build)
        weights = [
            (output / name).stat().st_size / MEGABYTE
            for name in ("brief.html", "brief.pdf", "claims.csv")
        ]
        files = " | ".join(f"{weight:.1f} MB" for weight in weights)
        peak = f"{memory / MEGABYTE:,.0f} MB"
        lines.append(f"| {claims:,} | {checked} | {built} | {peak} | {files} |")
        bars.append((f"MB, page of {claims:,} claims", weights[0], "at most", 5))
        seconds[claims] = built.median
        if claims == 10_000:
            bars.append(("seconds, build of 10,000 claims", built.median, "at most", 10))
            bars.append(("GB, its peak memory", memory / MEGABYTE / 1000, "at most", 1))
        if claims == 100_000:
            growth = built.median / seconds[10_000]
            bars.append(("times as long for 100,000 as for 10,000", growth, "at most", 10))
        shutil.rmtree(folder)
    return [*lines, "", *reached(*bars)]


def memory(project: Path, scratch: Path) -> list[str]:
    """Measure the most memory that the processes of a build hold together."""
    ways = {
        "claimbrief, HTML and PDF, warm kernels": ("build", "--fresh"),
        "claimbrief, HTML and PDF, cold kernels": ("build", "--fresh", "--cold"),
    }
    lines = ["| October, from nothing | peak memory of all processes |", "|---|---|"]
    for name, options in ways.items():
        say(f"  memory  {name}")
        command = (CLAIMBRIEF, *options, "--output", scratch / "peak")
        peak = peak_memory(lambda command=command: run(*command, cwd=project))
        lines.append(f"| {name} | {peak / MEGABYTE:,.0f} MB |")
    say("  memory  plain papermill and nbconvert")
    peak = peak_memory(lambda: plain_route(project, scratch / "peak-plain", DAYS[-1]))
    lines.append(
        f"| plain papermill and nbconvert, HTML, one at a time | {peak / MEGABYTE:,.0f} MB |"
    )
    return lines


def main(extent: Extent) -> None:
    """Measure all and write it down."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        scratch = Path(folder)
        project = copied_project(scratch / "project")
        parts = {
            "A cold build": cold(project, scratch, extent)[0],
            "Thirty-one daily editions": daily(project, scratch, extent),
            "What has not changed is not done again": edits(project, scratch, extent),
            "Peak memory": memory(project, scratch),
            "Size": sizes(project, scratch, extent),
        }
    text = HEAD
    cores = psutil.cpu_count(logical=True)
    text += (
        f"\nMeasured on {datetime.now(UTC):%d %B %Y}, {cores} cores, "
        f"{psutil.virtual_memory().total / 1e9:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}: medians of {extent.rounds} rounds (fewest and most "
        "seconds in brackets), after one that only warms up, contenders in turns; packages of "
        f"{max(extent.sizes):,} claims in {extent.sizes[max(extent.sizes)]}.\n"
    )
    for title, lines in parts.items():
        text += f"\n## {title}\n\n" + "\n".join(lines) + "\n"
    text += "\n" + (ROOT / "benchmarks" / "notes.md").read_text("utf-8")
    (ROOT / "benchmarks" / "README.md").write_text(text, encoding="utf-8")
    print("wrote benchmarks/README.md")


if __name__ == "__main__":
    main(QUICK if "--quick" in sys.argv else WHOLE)
