"""Plant faults in the code, a fault at a time, and list those that no test finds.

mutmut makes the faults ([tool.mutmut] in pyproject.toml) and switches between them. Its own record
of which test runs what credits a fixture of a module to the first test that asks for it, so here a
fault is put before every test of each file that runs the function. See tests/MUTANTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest
from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import (
    copy_also_copy_files,
    copy_src_dir,
    setup_source_paths,
    walk_mutatable_files,
)
from mutmut.utils.format_utils import mangled_name_from_mutant_name

COVERING = Path("covering.json")  # in mutants/: for each file of tests its seconds and functions
PATIENCE = 10  # a fault may make its tests take so many times as long, and a minute

Covered = tuple[float, list[str], float]  # seconds, functions, when the file was changed


def main() -> None:
    """Plant the faults asked for and print which survive, room by room."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("of", nargs="*", default=["*"], help="names of faults, with * for any")
    parser.add_argument("--sample", type=int, help="so many faults of each room, drawn by the seed")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    faults = _drawn(_prepared(), asked.of, asked.sample, asked.seed)
    os.chdir("mutants")
    _load_all()
    covering = _covering()
    count: dict[str, list[int]] = {}
    for fault in faults:
        is_found = _is_found(fault, covering)
        count.setdefault(_room(fault), []).append(is_found)
        print("found   " if is_found else "SURVIVES", fault, flush=True)
    for room, found in sorted(count.items()):
        print(f"{room}: {sum(found)} of {len(found)} found")


def _prepared() -> list[str]:
    """Write the code with every fault in it, beside a copy of the tests, and return all faults."""
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(1)
    faults: list[str] = []
    for path in sorted(walk_mutatable_files()):
        data = SourceFileMutationData(path=path)
        data.load()
        faults += data.exit_code_by_key
    return faults


def _room(fault: str) -> str:
    return fault.split(".")[1]


def _drawn(faults: list[str], of: list[str], sample: int | None, seed: int) -> list[str]:
    """Return the faults of these names, or so many drawn from each room."""
    wanted = [fault for fault in faults if any(fnmatch(fault, name) for name in of)]
    rooms = sorted({_room(fault) for fault in wanted})
    draw = random.Random(seed)
    drawn = []
    for room in rooms:
        inside = [fault for fault in wanted if _room(fault) == room]
        drawn += draw.sample(inside, min(sample or len(inside), len(inside)))
    return drawn


def _load_all() -> None:
    """Import the tests and read both packages, so that no fault waits for it."""
    set_mutant_under_test("")
    pytest.main(["--collect-only", "-qq", *_files()])
    views = sys.modules["views"]
    views.tiny_view(), views.real_view()


def _files() -> list[str]:
    return [str(file) for pattern in _selection() for file in sorted(Path().glob(pattern))]


def _selection() -> list[str]:
    return config().pytest_add_cli_args_test_selection


def _covering() -> dict[str, Covered]:
    """Return for each file of tests how long it takes and which functions it runs."""
    known = json.loads(COVERING.read_text()) if COVERING.exists() else {}
    for file in _files():
        if file not in known or Path(file).stat().st_mtime > known[file][2]:
            known[file] = _covered(file)
            COVERING.write_text(json.dumps(known))
    return known


def _covered(file: str) -> Covered:
    written, start = Path("covered.json"), time.monotonic()

    def run() -> int:
        failed = _run_tests("stats", [file])
        written.write_text(json.dumps(sorted(state()._stats)))
        return failed

    if _forked(run, 600):
        sys.exit(f"{file} fails without a fault; see mutants/output.txt")
    changed = Path(file).stat().st_mtime
    return time.monotonic() - start, json.loads(written.read_text()), changed


def _is_found(fault: str, covering: dict[str, Covered]) -> bool:
    """Return whether a test fails, or does not end, with this fault planted."""
    function = mangled_name_from_mutant_name(fault)
    files = sorted((took, file) for file, (took, run, _) in covering.items() if function in run)
    patience = 60 + PATIENCE * sum(took for took, _ in files)
    return bool(files) and _forked(lambda: _run_tests(fault, [f for _, f in files]), patience) != 0


def _run_tests(fault: str, files: list[str]) -> int:
    set_mutant_under_test(fault)
    quick = ["-x", "-q", "-p", "no:cacheprovider", *config().pytest_add_cli_args]
    failed = int(pytest.main([*quick, *files]))
    return 0 if failed == pytest.ExitCode.NO_TESTS_COLLECTED else failed


def _forked(run: Callable[[], int], patience: float) -> int:
    """Return what a function returns in a process of its own; 1 where it has to be ended."""
    process = os.fork()
    if not process:
        signal.alarm(int(patience))
        with Path("output.txt").open("w") as output:
            os.dup2(output.fileno(), 1), os.dup2(output.fileno(), 2)
            os._exit(run())
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main()
