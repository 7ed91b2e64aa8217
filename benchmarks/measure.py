"""How things are measured: whole commands, warmed up, in turns; median and spread.

The manner is pyperf's: no run alone decides, and contenders take turns, so that what else the
machine does falls on all of them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import psutil  # type: ignore[import-untyped]

STEP = 0.05  # seconds between two looks at memory


@dataclass(frozen=True)
class Measured:
    """The seconds that each round took, without the first one."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        low, high = min(self.seconds), max(self.seconds)
        return f"{self.median:.2f} s ({low:.2f} to {high:.2f})"


def say(line: str) -> None:
    """Print how far it is."""
    print(line, file=sys.stderr, flush=True)


def in_turns(contenders: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Measured]:
    """Call each contender once a round, one after the other; the first round only warms up."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, call in contenders.items():
            begun = time.perf_counter()
            call()
            seconds = time.perf_counter() - begun
            say(f"  {'warm-up' if number == 0 else f'round {number}'}  {name}  {seconds:.2f} s")
            if number:
                taken[name].append(seconds)
    return {name: Measured(tuple(seconds)) for name, seconds in taken.items()}


def peak_memory(call: Callable[[], object]) -> int:
    """Return the most bytes that the processes started by a call held at a time.

    A page that several processes share is counted once (proportional set size).
    """
    peak = 0
    is_over = threading.Event()

    def look() -> None:
        nonlocal peak
        while not is_over.wait(STEP):
            peak = max(peak, sum(_memory(it) for it in psutil.Process().children(recursive=True)))

    watch = threading.Thread(target=look)
    watch.start()
    try:
        call()
    finally:
        is_over.set()
        watch.join()
    return peak


def _memory(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        memory = process.memory_full_info()
        return int(getattr(memory, "pss", memory.rss))
    return 0


def run(*command: object, cwd: object = None) -> None:
    """Run a command to its end, silently; print its output if it fails."""
    argv = [str(part) for part in command]
    done = subprocess.run(argv, cwd=str(cwd) if cwd else None, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(argv)} failed:\n{done.stdout}{done.stderr}")


def reached(*bars: tuple[str, float, str, float]) -> list[str]:
    """Return a table of what was to be reached and what was."""
    lines = ["| To reach | bar | measured | |", "|---|---|---|---|"]
    for name, found, side, bar in bars:
        is_reached = found <= bar if side == "at most" else found >= bar
        verdict = "reached" if is_reached else "not reached"
        lines.append(f"| {name} | {side} {bar:g} | {found:.2f} | {verdict} |")
    return lines
