"""What JupyterLab's server does after it has saved a notebook (see .jupyter/ of the project).

Git treats a file of another size as changed before it runs the filter that strips outputs. A
notebook that was only run is therefore added to git's index again, if its content is the same:
this stages nothing, and `git status` stays clean.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path


def note_saved(model: Mapping[str, object], os_path: str, **_: object) -> None:
    """Enter a saved notebook into git's index if git would store the content that it has there."""
    path = Path(os_path)
    if model["type"] != "notebook":
        return
    stored = _git(path.parent, "rev-parse", "--verify", f":./{path.name}")
    if stored and stored == _git(path.parent, "hash-object", "--", path.name):
        _git(path.parent, "add", "--", path.name)


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints; "" if it fails, as outside a checkout, or is absent."""
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
