"""Disks that are full, and folders and files that may not be read or written."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import stat
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from registry import Case, trial
from world import OWN, Ended, called, files_in, world

# Of Linux: to drop what root may do, and what lets root pass by the modes of files.
CAPBSET_DROP, DAC_OVERRIDE, DAC_READ_SEARCH, CAPABILITIES_3 = 24, 1, 2, 0x20080522
LARGEST = 200_000  # bytes: more than the largest file of the brief


def _refuse_change(folder: Path, done: Ended, former: dict[str, bytes]) -> None:
    """Fail unless a brief was built right, or refused in a line and all is as it was."""
    done.refuse_traceback()
    there = files_in(folder / "out")
    if done.status == 0:
        assert world().edition_in(folder / "out") == "whole", sorted(there)
    else:
        assert there == former, f"{sorted(there)} after: {done.err}"


@trial("full disk")
def no_file_larger(trials: int) -> Iterator[Case]:
    """A limit of a file's size stops a write in its middle, as a full disk does."""
    for number in range(trials):
        limit = int(random.uniform(0, 1) ** 3 * LARGEST)
        is_kept = random.random() < 0.7  # else the chapters run again, with kernels

        def case(limit: int = limit, is_kept: bool = is_kept) -> None:
            folder = world().renewed()
            if random.random() < 0.7:
                world().begin(folder / "out", "early")
            former = files_in(folder / "out")
            if not is_kept:
                shutil.rmtree(folder / ".cache")
            size = (limit, limit)
            done = called(
                folder, "build", "--output", "out",
                before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, size),
            )  # fmt: skip
            err = done.err
            if len(err.encode()) >= limit and "\nclaimbrief: " not in err:
                err += "\nclaimbrief: cut short"  # for it is printed into such a file
            if done.status in (0, 1):
                _refuse_change(folder, Ended(done.status, done.out, err), former)
            shutil.rmtree(folder)

        yield f"{number}, files of {limit} bytes{'' if is_kept else ', nothing kept'}", case


@trial("full disk")
def small_disks(trials: int) -> Iterator[Case]:
    """A file system of a few kB, if we may mount one, for the output, the cache or TMPDIR."""
    if os.geteuid() or not shutil.which("mount"):
        return
    for number in range(trials // 2):
        size = random.choice([16, 32, 64, 128, 256, 512])
        what = random.choice(["out", ".cache", "scratch"])

        def case(size: int = size, what: str = what) -> None:
            folder = world().renewed()
            mounted = folder / what
            shutil.rmtree(mounted, ignore_errors=True)
            mounted.mkdir()
            how = ["-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(mounted)]
            if subprocess.run(["mount", *how], capture_output=True).returncode:
                return
            try:
                before: Callable[[], object] = lambda: None  # noqa: E731
                if what == "scratch":
                    before = lambda: os.environ.update(TMPDIR=str(mounted))  # noqa: E731
                done = called(folder, "build", "--output", "out", before=before)
                _refuse_change(folder, done, {})
            finally:
                subprocess.run(["umount", "-l", str(mounted)], check=True)
                shutil.rmtree(folder)

        yield f"{number}, {what} on {size} kB", case


def _as_others() -> None:
    """Let the modes of files hold for root too, in this process and in those that it starts."""
    if not os.geteuid():
        libc = ctypes.CDLL(None, use_errno=True)
        for power in (DAC_OVERRIDE, DAC_READ_SEARCH):
            libc.prctl(CAPBSET_DROP, power, 0, 0, 0)
        libc.capset(struct.pack("Ii", CAPABILITIES_3, 0), bytes(24))


@trial("read-only")
def no_leave(trials: int) -> Iterator[Case]:
    """Each file and folder of a project in turn may not be read or not be written.

    At first none, so that what is refused later is refused for that alone.
    """
    root = world().root
    inside = [path.relative_to(root) for path in sorted(root.rglob("*"))]
    places = [it for it in inside if ".cache" not in it.parts or len(it.parts) < 3]
    for place in (Path(), *places, Path("out"), *(Path("out", name) for name in OWN)):
        for mode in (0o000, 0o444, 0o555) if place.parts else (0o755,):

            def case(place: Path = place, mode: int = mode) -> None:
                folder = world().renewed()
                world().begin(folder / "out", "early")
                former = files_in(folder / "out")
                (folder / place).chmod(mode)
                done = called(folder, "build", "--output", "out", before=_as_others)
                (folder / place).chmod(0o755 if (folder / place).is_dir() else 0o644)
                _refuse_change(folder, done, former)
                assert place.parts or done.status == 0, done.err
                shutil.rmtree(folder)

            yield f"{place} {stat.filemode(mode)[1:]}", case
