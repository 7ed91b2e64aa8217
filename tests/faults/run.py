"""Makes trials of faults by kind and prints how many were made, met and not met.

    python tests/faults/run.py [--kind KIND]… [--trials N]

Every other module of this folder is imported, and enters its kinds (see registry.py). The status
is 1 if any trial fell. SEED makes the random moments the same again.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1] / "src")]
# Python that is started from here finds the same.
os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:3])
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"

from registry import TRIALS  # noqa: E402

LIMIT = 600  # seconds: of what takes some on a machine that is not busy
TRIED = 40  # of kinds that have as many as one likes


@contextmanager
def _limited() -> Iterator[None]:
    """Raise TimeoutError if a case hangs."""

    def end(number: int, frame: object) -> None:
        raise TimeoutError(f"it did not end in {LIMIT} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(LIMIT)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _falls(case: Callable[[], None]) -> str:
    """Return why a case fell; "" if it did not."""
    try:
        with _limited():
            case()
    except Exception as error:
        line = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({Path(line.filename).name}, line {line.lineno})"
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--kind", action="append", help="only this kind; may be repeated")
    parser.add_argument("--trials", type=int, default=TRIED, help="of kinds without an end")
    parser.add_argument("--seed", type=int, default=16)
    asked = parser.parse_args()
    for path in sorted(HERE.glob("*.py")):
        if path.stem not in ("run", "registry"):
            importlib.import_module(path.stem)
    if unknown := set(asked.kind or ()) - set(TRIALS):
        parser.error(f"no kind {', '.join(unknown)}; there are: {', '.join(TRIALS)}")
    width = max(map(len, TRIALS))
    rows, fallen = [], []
    for kind, functions in TRIALS.items():
        if asked.kind and kind not in asked.kind:
            continue
        random.seed(f"{asked.seed} {kind}")
        begun, names, fell = time.monotonic(), 0, 0
        for name, case in (it for function in functions for it in function(asked.trials)):
            names += 1
            if why := _falls(case):
                fell += 1
                fallen.append(f"{kind}: {name}: {why}")
                print(f"  fell  {fallen[-1]}", file=sys.stderr, flush=True)
        seconds = time.monotonic() - begun
        rows.append((kind, names, names - fell, fell, f"{seconds:.0f}"))
        print(
            f"  {kind}: {names} trials, {fell} fell, {seconds:.0f} s", file=sys.stderr, flush=True
        )
    total = [sum(int(row[at]) for row in rows) for at in range(1, 5)]
    for row in (("kind", "tried", "met", "fell", "seconds"), *rows, ("all", *total)):
        print(f"{row[0]:<{width}}" + "".join(f"  {cell:>7}" for cell in row[1:]))
    return int(bool(fallen))


if __name__ == "__main__":
    sys.exit(main())
