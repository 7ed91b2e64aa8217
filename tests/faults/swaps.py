"""Builds that are ended: at each step of the swap and at any moment, and several at once."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from registry import Case, trial
from world import EDITIONS, Ended, called, ended, files_in, killed_after, started, world

# What a swap changes a disk by; all of pathlib's and shutil's ends here.
STEPS = ("replace", "link", "unlink", "rmdir", "mkdir")
SENT = {"SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP, "SIGINT": signal.SIGINT}


def _sends_at(step: int, sent: int, *, is_done: bool) -> Callable[[], None]:
    """Return what makes a call send itself a signal at a step on its output folder."""

    def before() -> None:
        steps = count(1)
        for name in STEPS:
            of_system: Callable[..., None] = getattr(os, name)

            def counted(
                *given: Any, of_system: Callable[..., None] = of_system, **more: Any
            ) -> None:
                is_ours = "out" in os.fspath(given[0]) or "dir_fd" in more
                at = next(steps) if is_ours else 0
                if at == step and not is_done:
                    os.kill(os.getpid(), sent)
                of_system(*given, **more)
                if at == step and is_done:
                    os.kill(os.getpid(), sent)

            setattr(os, name, counted)

    return before


def _refuse_loss(out: Path) -> None:
    """Fail if a file of a brief is neither the former nor the next."""
    there = files_in(out)
    for name in world().right["whole"]:
        assert there.get(name) in [files[name] for files in world().right.values()], name


def _refuse_halves(folder: Path, done: Ended, edition: str) -> None:
    """Fail unless the folder holds an edition whole now, and the next build's after that."""
    _refuse_loss(folder / "out")
    if done.status >= 0:
        assert world().edition_in(folder / "out"), f"in halves: {sorted(files_in(folder / 'out'))}"
        assert "Traceback" not in done.err, done.err
    again = called(folder, "build", edition, "--output", "out")
    again.refuse_traceback()
    assert again.status == 0, again.err
    assert world().edition_in(folder / "out") == edition


@trial("killed at a step of the swap")
def at_each_step(trials: int) -> Iterator[Case]:
    for sent in (signal.SIGKILL, *SENT.values()):
        for is_done in (False, True):
            for step in count(1):
                reached: list[bool] = []

                def case(
                    step: int = step, sent: int = sent, is_done: bool = is_done,
                    reached: list[bool] = reached,
                ) -> None:  # fmt: skip
                    folder = _trial_folder()
                    world().begin(folder / "out", "early")
                    before = _sends_at(step, sent, is_done=is_done)
                    done = called(folder, "build", "whole", "--output", "out", before=before)
                    reached.append(done.status != 0)
                    _refuse_halves(folder, done, random.choice(EDITIONS))

                when = "after" if is_done else "before"
                yield f"{signal.Signals(sent).name} {when} step {step}", case
                if not any(reached):
                    break


@cache
def _trial_folder() -> Path:
    return world().renewed()


@cache
def _duration() -> float:
    folder = _trial_folder()
    shutil.rmtree(folder / "out", ignore_errors=True)
    begun = time.monotonic()
    called(folder, "build", "whole", "--output", "out")
    return time.monotonic() - begun


@trial("killed at a moment")
def at_any_moment(trials: int) -> Iterator[Case]:
    for number in range(trials):
        sent = random.choice([signal.SIGKILL, signal.SIGKILL, *SENT.values()])

        def case(sent: int = sent) -> None:
            folder = _trial_folder()
            world().begin(folder / "out", "early")
            argv = ("build", "whole", "--output", "out", *random.choice([(), ("--fresh",)]))
            done = killed_after(folder, random.uniform(0, 1.2 * _duration()), sent, *argv)
            _refuse_halves(folder, done, random.choice(EDITIONS))

        yield f"{number}, {signal.Signals(sent).name}", case


@trial("several builds at once")
def at_once(trials: int) -> Iterator[Case]:
    for number in range(trials // 2):

        def case() -> None:
            folder = _trial_folder()
            if random.random() < 0.5:
                world().begin(folder / "out", random.choice(EDITIONS))
            else:
                shutil.rmtree(folder / "out", ignore_errors=True)
            some = []
            for _ in range(random.choice([2, 3])):
                formats = random.choice([(), (), ("--format", "html")])
                argv = ("build", random.choice(EDITIONS), "--output", "out", *formats)
                some.append(started(folder, *argv))
                time.sleep(random.uniform(0, 0.2))
            for done in [ended(folder, process) for process in some]:
                done.refuse_traceback()
                assert done.status == 0 or "another build wrote" in done.err, done.err
            called(folder, "build", "early", "--output", "out").refuse_traceback()
            assert world().edition_in(folder / "out") == "early"

        yield f"{number}", case
