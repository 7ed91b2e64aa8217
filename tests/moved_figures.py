"""Say which published figure moved since a commit with no entry in report/CHANGES.md.

A figure is a value in a `numbers.json` under report/ that the commit has too, but for those of
`made_by`, which name functions and files; its name is the path to it, for instance
`answer.items.0`. An entry is a line added to report/CHANGES.md that has the name of the figure
between backticks, or of what it stands in: `answer` is enough for its block.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ENTRIES = "report/CHANGES.md"
MADE_BY = "made_by"  # a key of each block that holds no figure
LISTED = 30  # lines at most
LONG = 60  # letters of a value at most
ABSENT = object()


class CompareError(Exception):
    """Files or commits that cannot be compared."""


def main() -> None:
    """Compare the folder with the last commit that it shares with the branch named."""
    (branch,) = sys.argv[1:]
    try:
        missing = without_entry(Path.cwd(), branch)
    except CompareError as error:
        sys.exit(f"figures: {error}")
    if missing:
        sys.exit(_complaint(missing, branch))
    print(f"no published figure moved since {branch} without an entry in {ENTRIES}")


def without_entry(root: Path, branch: str) -> dict[str, str]:
    """Return each figure of the folder that moved with no entry, and what it was and is."""
    try:
        base = _git(root, "merge-base", "--", branch, "HEAD").strip()
    except subprocess.CalledProcessError as error:
        raise CompareError(
            f"{branch!r} is no branch or commit that shares its history with HEAD; "
            "to do: git fetch, or make figures BASE=BRANCH"
        ) from error
    diff = _git(root, "diff", "--unified=0", "--no-color", "--no-ext-diff", base, "--", ENTRIES)
    added = "\n".join(re.findall(r"(?m)^\+(?!\+\+ )(.*)", diff))
    entries = set(re.findall(r"`([^`\n]+)`", added))
    moved = _moved_since(root, base)
    return {place: values for name, place, values in moved if not _named(name, entries)}


def _moved_since(root: Path, base: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each figure that moved, its file and name, and what it was and is."""
    for path in _git(root, "ls-tree", "-r", "--name-only", base, "--", "report").splitlines():
        if Path(path).name == "numbers.json":
            before = _read(f"{path} of {base[:9]}", _git(root, "show", f"{base}:{path}"))
            file = root / path
            after = _read(path, file.read_text(encoding="utf-8") if file.is_file() else "{}")
            for name, was, is_now in _moved(before, after):
                yield name, f"{path}: {name}", f"was {_as_text(was)} and is {_as_text(is_now)}"


def _moved(before: Any, after: Any, name: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the path to each value that differs, and both values."""
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        before, after = dict(enumerate(before)), dict(enumerate(after))
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after} - {MADE_BY}):
            inner = f"{name}.{key}" if name else key
            yield from _moved(before.get(key, ABSENT), after.get(key, ABSENT), inner)
    elif before != after:
        yield name, before, after


def _as_text(value: Any) -> str:
    text = "absent" if value is ABSENT else json.dumps(value)
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _named(name: str, entries: set[str]) -> bool:
    """Return whether an entry names the figure or what it stands in."""
    parts = name.split(".")
    return any(".".join(parts[:end]) in entries for end in range(1, len(parts) + 1))


def _complaint(missing: dict[str, str], branch: str) -> str:
    rest = len(missing) - LISTED
    return "\n".join(
        [
            f"figures: {len(missing)} moved since {branch} with no entry in {ENTRIES}:",
            *[f"  {place} {values}" for place, values in [*missing.items()][:LISTED]],
            *([f"  and {rest} more"] if rest > 0 else []),
            "to do: say in added lines which moved and why, each with its name between backticks, "
            "`answer.items` for instance, or its block’s, `answer`",
        ]
    )


def _read(path: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise CompareError(f"{path} is no JSON: {error}; to do: make editions") from error


def _git(root: Path, *command: str) -> str:
    """Return what a git command prints."""
    done = subprocess.run(
        ["git", "-C", str(root), *command], check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


if __name__ == "__main__":
    main()
