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
import re
import signal
import sys
import time
from fnmatch import fnmatch
from itertools import accumulate, zip_longest
from pathlib import Path
from typing import NamedTuple

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

COVERING, RUN = Path("covering.json"), Path("run.json")  # in mutants/
ENOUGH = 150  # seconds of tests: a fault that no test finds in these is counted as surviving
PATIENCE = 10  # a fault may make its tests take so many times as long, and a minute

Tests = dict[str, list[pytest.Item]]
TESTS = config().pytest_add_cli_args_test_selection


class Covered(NamedTuple):
    """What a file of tests costs and runs, and when it was changed."""

    seconds: float
    functions: list[str]
    changed: float


def main() -> None:
    """Plant the faults asked for and print which survive, room by room."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("of", nargs="*", default=["*"], help="names of faults, with * for any")
    parser.add_argument("--sample", type=int, help="so many faults of each room, drawn by the seed")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    faults = _drawn(_prepared(), asked.of, asked.sample, asked.seed)
    os.chdir("mutants")
    set_mutant_under_test("")
    files = [str(file) for name in TESTS for file in sorted(Path().glob(name))]
    quick = ["-q", "-p", "no:cacheprovider", *config().pytest_add_cli_args, *files]
    sys.exit(pytest.main(quick, plugins=[Faults(faults)]))


class Faults:
    """The tests are collected once; for each fault a process of its own then runs them."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Put each fault before the tests that run its function."""
        tests: Tests = {}
        for item in session.items:
            tests.setdefault(item.path.name, []).append(item)
        covering = _covering(tests)
        found: dict[str, list[bool]] = {}
        for fault in self.faults:
            function = mangled_name_from_mutant_name(fault)
            names = [name for name, known in covering.items() if function in known.functions]
            names.sort(key=lambda name: (-_shared(name, fault), covering[name].seconds))
            spent = accumulate(covering[name].seconds for name in names)
            names = [name for name, seconds in zip(names, spent, strict=True) if seconds < ENOUGH]
            patience = 60 + PATIENCE * sum(covering[name].seconds for name in names)
            items = [item for name in names for item in tests[name]]
            is_found = _fails(fault, items, patience)
            found.setdefault(_room(fault), []).append(is_found)
            print("\nfound   " if is_found else "\nSURVIVES", fault, flush=True)
        for room, each in sorted(found.items()):
            print(f"{room}: {sum(each)} of {len(each)} found")
        return True


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
    draw.shuffle(drawn)  # so that a run that is stopped has tried some of each room
    return drawn


def _covering(tests: Tests) -> dict[str, Covered]:
    """Return for each file of tests how long it takes and which functions it runs."""
    known = json.loads(COVERING.read_text()) if COVERING.exists() else {}
    for name, items in tests.items():
        changed = items[0].path.stat().st_mtime
        if name not in known or known[name][2] != changed:
            start = time.monotonic()
            if _fails("stats", items, 600):
                sys.exit(f"{name} fails without a fault; see mutants/output.txt")
            known[name] = [time.monotonic() - start, json.loads(RUN.read_text()), changed]
            COVERING.write_text(json.dumps(known))
    return {name: Covered(*known[name]) for name in tests}


def _shared(name: str, fault: str) -> int:
    """Return how many words a file of tests and the module of a fault share in their names."""
    module = fault.rpartition(".")[0].removeprefix("claimbrief.")
    words = [{part.rstrip("s") for part in re.split(r"[._]", it)} for it in (name, module)]
    return len(set.intersection(*words))


def _fails(fault: str, items: list[pytest.Item], patience: float) -> bool:
    """Return whether a test fails, or does not end, with this fault planted."""
    process = os.fork()
    if not process:
        signal.alarm(int(patience))
        with Path("output.txt").open("w") as output:
            os.dup2(output.fileno(), 1), os.dup2(output.fileno(), 2)
            failed = _run(fault, items)
            sys.stdout.flush()
            os._exit(failed)
    _, status = os.waitpid(process, 0)
    return status != 0


def _run(fault: str, items: list[pytest.Item]) -> int:
    """Run the tests up to the first that fails; write which functions they ran."""
    set_mutant_under_test(fault)
    for item, after in zip_longest(items, items[1:]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if item.session.testsfailed:
            return 1
    if fault == "stats":
        RUN.write_text(json.dumps(sorted(state()._stats)))
    return 0


if __name__ == "__main__":
    main()
