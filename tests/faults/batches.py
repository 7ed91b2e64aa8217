"""Batches of which a process is killed at some moment: a worker, a fork server, a kernel."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress

import psutil  # type: ignore[import-untyped]
from registry import Case, trial
from world import called, ended, files_in, started, world

DAYS = ("2031-05-09", "2031-05-12", "2031-05-14", "2031-05-20")
FILE = f"formats: [html]\noutput: days\nmatrix: {{as_of: [{', '.join(DAYS)}]}}\n"
LONGEST = 12  # seconds: of a batch on a machine that is not busy


@trial("workers killed")
def a_process_below_a_batch(trials: int) -> Iterator[Case]:
    for number in range(trials // 2):

        def case() -> None:
            folder = world().renewed()
            (folder / "days.yml").write_text(FILE, encoding="utf-8")
            process = started(folder, "batch", "days.yml", "--workers", "2", "--fresh")
            time.sleep(random.uniform(0, LONGEST) * random.random())
            _kill_below(process)
            done = ended(folder, process)
            done.refuse_traceback()
            assert "Traceback" not in done.out, done.out
            for day in DAYS:
                files = set(files_in(folder / "days" / day))
                assert files in (set(), {"brief.html", "numbers.json"}), files
            again = called(folder, "batch", "days.yml", "--workers", "2", "--resume")
            assert again.status == 0, again.err
            assert again.out.splitlines()[-1].startswith("4 briefs: "), again.out
            shutil.rmtree(folder)

        yield f"{number}", case


def _kill_below(process: int) -> None:
    """Kill a process that a batch, or what it started, has started; not what tracks resources."""
    with suppress(psutil.NoSuchProcess):
        below = psutil.Process(process).children(recursive=True)
        doomed = [it for it in below if "resource_tracker" not in " ".join(it.cmdline())]
        if doomed:
            os.kill(random.choice(doomed).pid, 9)
