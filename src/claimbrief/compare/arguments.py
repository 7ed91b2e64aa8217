"""What the words after `claimbrief diff` name: a dataset, a built brief, a day or a revision."""

from __future__ import annotations

import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from claimbrief.compare.files import NUMBERS, PAGE
from claimbrief.compare.snapshot import Snapshot, of_brief, of_view, published
from claimbrief.dates import parse_day
from claimbrief.descriptor import DESCRIPTOR
from claimbrief.errors import BriefError, DateError, ParameterError
from claimbrief.loading import load
from claimbrief.view import View, on_day
from claimbrief.wording import day

TABLES, REPORT = "data", "report"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def snapshots(old: str, new: str, root: Path, dataset: Path | None) -> tuple[Snapshot, Snapshot]:
    """Return what two names stand for; days are those of `dataset`, or else of the project's own.

    Raises:
        ParameterError: if a name stands for nothing that can be compared.
        BriefError: if what it stands for cannot be read, or its dataset does not pass the check.
    """
    views: dict[Path, View] = {}

    def view_of(folder: Path, name: str) -> View:
        if folder not in views:
            try:
                views[folder] = load(str(folder), basis="said")
            except BriefError as error:
                raise BriefError(f"{name}: {error}") from error
        return views[folder]

    found = [_snapshot(name, root, dataset or root / TABLES, view_of) for name in (old, new)]
    return found[0], found[1]


def _snapshot(
    name: str, root: Path, dataset: Path, view_of: Callable[[Path, str], View]
) -> Snapshot:
    folder = Path(name)
    if (folder / DESCRIPTOR).is_file():
        return _of_dataset(view_of(folder, name), name)
    if (folder / NUMBERS).is_file():
        return of_brief(folder, name)
    if _DAY.fullmatch(name):
        try:
            as_of = parse_day(name)
        except DateError as error:
            raise ParameterError(f"{name}: {error}") from None
        return of_view(on_day(view_of(dataset, str(dataset)), as_of), day(as_of))
    if not folder.exists() and (commit := _commit(name, root)):
        return _of_revision(name, commit, root, view_of)
    raise ParameterError(
        f"found {name!r}; accepted: a folder with {DESCRIPTOR} or {NUMBERS}, a day such as "
        "2024-10-18, or a git revision of this project"
    )


def _of_dataset(view: View, name: str) -> Snapshot:
    version = view.whole.descriptor.get("version", "")
    about = f"{view.whole.descriptor['name']} {version}".strip()
    return of_view(view, f"{name} ({about}, {day(view.at.as_of)})")


def _of_revision(
    name: str, commit: str, root: Path, view_of: Callable[[Path, str], View]
) -> Snapshot:
    """Return what a revision states: by its data, and as it has published it, if that is of them.

    What it has published are figures and sentences of the default edition, in report/.
    """
    with tempfile.TemporaryDirectory(prefix="claimbrief-") as scratch:
        folder = Path(scratch)
        wanted = (TABLES, f"{REPORT}/{NUMBERS}", f"{REPORT}/{PAGE}")
        there = [path for path in wanted if _git(root, "ls-tree", commit, "--", path)]
        if TABLES not in there:
            raise ParameterError(f"the revision {name} has no {TABLES}/ to compare")
        archive = _git(root, "archive", "--format=tar", commit, "--", *there)
        try:
            with tarfile.open(fileobj=BytesIO(archive)) as files:
                files.extractall(folder, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise BriefError(f"the revision {name} cannot be unpacked: {error}") from error
        snapshot = _of_dataset(view_of(folder / TABLES, name), name)
        if len(there) == len(wanted):
            digest, sentences, figures = published(folder / REPORT)
            if digest == snapshot.digest:
                return replace(snapshot, sentences=sentences, figures=figures)
        return snapshot


def _commit(name: str, root: Path) -> str:
    """Return the commit that a name stands for in the project's repository; "" if none."""
    if name.startswith("-"):
        return ""
    return _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()


def _git(root: Path, *arguments: str) -> bytes:
    """Return what git prints; nothing if it fails, or there is none."""
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True).stdout
    except OSError:
        return b""
