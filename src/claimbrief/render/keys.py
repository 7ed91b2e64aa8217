"""What each part of a build is made from, as a digest: the same key, the same result.

A chapter reads its code, its parameters, the dataset that they name, the files that lie beside the
notebooks, the style of the charts, the package's modules up to the notebooks, and the installed
versions. Its text is no part of that: a chapter is not run again if only its words were edited.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import claimbrief
from claimbrief.errors import PageError
from claimbrief.render.notebook import read_notebook

LOCK = "requirements.lock"
# What no chapter imports: it knows notebooks as files, or built briefs.
_ABOVE_NOTEBOOKS = (
    "render", "batch", "adding", "commands", "compare", "example", "tidy", "cli.py", "console.py"
)  # fmt: skip
_STYLES = "*.mplstyle"  # of the template folder, the part that charts read


def digest(*parts: object) -> str:
    """Return the SHA-256 of values that JSON can write, kept apart and in order."""
    written = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def files_digest(folder: Path, paths: Iterable[Path]) -> str:
    """Return the digest of files by their names in the folder and their content."""
    named = sorted((path.relative_to(folder).as_posix(), path) for path in paths if path.is_file())
    try:
        return digest([(name, content_digest(path)) for name, path in named])
    except OSError as error:
        raise PageError(f"{error.filename} cannot be read: {error.strerror}") from error


def content_digest(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def has_content(path: Path, digest: str) -> bool:
    """Return whether a path is a file that can be read and its content has this digest."""
    try:
        return path.is_file() and content_digest(path) == digest
    except OSError:
        return False


def lock_digest(root: Path) -> str:
    """Return the digest of the lock file, which the brief states; PageError without one."""
    try:
        if (root / LOCK).is_file():
            return content_digest(root / LOCK)
    except OSError:
        pass
    raise PageError(f"{LOCK} cannot be read; the brief states its digest")


def cells_of(chapter: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a notebook's metadata and its cells, each source as one text; ChapterError if none."""
    notebook = read_notebook(chapter)
    return notebook["metadata"], notebook["cells"]


def authored(cell: Mapping[str, Any]) -> list[Any]:
    """Return what the author of a cell decides: kind, id, source and tags, not what a run left."""
    return [cell["cell_type"], cell.get("id"), cell["source"], cell["metadata"].get("tags", [])]


def chapter_key(chapter: Path, values: Mapping[str, object], shared: str) -> str:
    """Return the key of a chapter's outputs; `shared` is the digest of what all chapters read."""
    metadata, cells = cells_of(chapter)
    code = [
        (cell["source"], cell["metadata"].get("tags", []))
        for cell in cells
        if cell["cell_type"] == "code"
    ]
    return digest("chapter", chapter.name, metadata.get("kernelspec"), code, dict(values), shared)


def shared_digest(root: Path, dataset: Path | None, own: Collection[Path] = ()) -> str:
    """Return the digest of what every chapter reads besides its own cells and parameters.

    `own` are the files beside the notebooks that the build reads itself. A module that is imported
    from elsewhere than the package, that folder and what is installed is not seen.
    """
    notebooks, templates = root / "notebooks", root / "report" / "template"
    beside = [path for path in files_in(notebooks) if path not in own]
    tables = [] if dataset is None else files_in(dataset)
    return digest(
        files_digest(notebooks, beside),
        files_digest(dataset or root, tables),
        files_digest(templates, templates.glob(_STYLES)),
        package_digest(above=False),
        lock_digest(root),
        installed(),
    )


def files_in(folder: Path) -> list[Path]:
    """Return the files in a folder, however deep, through links to folders too; none is hidden."""
    found: list[Path] = []
    been: set[Path] = set()
    for here, inner, names in os.walk(folder, followlinks=True):
        inner[:] = [name for name in inner if not name.startswith((".", "__pycache__"))]
        if (real := Path(here).resolve()) in been:
            inner.clear()
            continue
        been.add(real)
        found += [Path(here) / name for name in names if not name.startswith(".")]
    return found


@cache
def package_digest(*, above: bool) -> str:
    """Return the digest of the package's source: the rooms above the notebooks, or all others."""
    package = Path(claimbrief.__file__).parent
    return files_digest(
        package,
        (
            path
            for path in package.rglob("*")
            if "__pycache__" not in path.parts
            and (path.relative_to(package).parts[0] in _ABOVE_NOTEBOOKS) == above
        ),
    )


@cache
def installed() -> str:
    """Return the digest of this Python and of the distributions installed for it."""
    found: set[str] = set()
    for name in ("purelib", "platlib"):
        found |= {path.name for path in Path(sysconfig.get_path(name)).glob("*.dist-info")}
    return digest(sys.version, sys.platform, sorted(found))
