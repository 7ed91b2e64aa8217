"""The chapters of a plan as executed: those that nothing has changed for are not run again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimbrief.blocks import MIME
from claimbrief.render.cache import Cache
from claimbrief.render.keys import cells_of, chapter_key, content_digest, read_by_chapters
from claimbrief.render.plan import Plan
from claimbrief.render.run import Room, Say, run_chapters

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from claimbrief.render.kernels import Kernels

_KIND = "chapters"
HANDED = "handed"  # files that were too large for a message, each named by its digest
_INJECTED = "injected-parameters"  # papermill's tag on the cell that it adds

Json = dict[str, Any]
Shown = list[list[Json]]  # the outputs of each code cell, in order


def chapter_keys(plan: Plan) -> list[str]:
    """Return for each chapter of a plan the key of what it shows."""
    read = read_by_chapters(plan.contents.root, plan.folder())
    return [chapter_key(chapter, plan.values, read) for chapter in plan.contents.chapters]


def missing_chapters(keys: Sequence[str], cache: Cache) -> list[int]:
    """Return the places of the chapters that have to be run."""
    return [place for place, key in enumerate(keys) if _kept(key, cache) is None]


def executed_chapters(
    plan: Plan, keys: Sequence[str], cache: Cache, kernels: Kernels, say: Say, handover: Path
) -> list[Json]:
    """Return each chapter's notebook with what its cells show, run now where it is not kept.

    What is too large for a kernel's message it lays into the folder `handover`. Raises ChapterError
    for a cell that fails.
    """
    chapters = plan.contents.chapters
    shown = [_kept(key, cache) for key in keys]
    to_run = [place for place, kept in enumerate(shown) if kept is None]
    if len(to_run) < len(chapters):
        say(f"  {len(chapters) - len(to_run)} of {len(chapters)} chapters are as before")
    if to_run:
        names = [chapters[place] for place in to_run]
        with tempfile.TemporaryDirectory(prefix="claimbrief-") as scratch:
            room = Room(Path(scratch), handover)
            executed = run_chapters(names, plan.values, room, say, kernels)
        for place, notebook in zip(to_run, executed, strict=True):
            shown[place] = _shown(notebook)
            cache.put(_KIND, keys[place], json.dumps(shown[place], ensure_ascii=False).encode())
    return [
        _with_outputs(chapter, outputs or [])
        for chapter, outputs in zip(chapters, shown, strict=True)
    ]


def _kept(key: str, cache: Cache) -> Shown | None:
    """Return what a chapter showed, if all of it is still there."""
    content = cache.get(_KIND, key)
    if content is None:
        return None
    shown: Shown = json.loads(content)
    blocks = [output.get("data", {}).get(MIME, {}) for cell in shown for output in cell]
    digests = [block["handed_over"] for block in blocks if "handed_over" in block]
    return shown if all(_is_whole(cache.folder(HANDED), digest) for digest in digests) else None


def _is_whole(folder: Path | None, digest: str) -> bool:
    try:
        return folder is not None and content_digest(folder / digest) == digest
    except OSError:
        return False


def _shown(executed: NotebookNode) -> Shown:
    """Return what the notebook's own code cells show, without the face that JupyterLab draws."""
    return [
        [_without_html(dict(output)) for output in cell["outputs"]]
        for cell in executed["cells"]
        if cell["cell_type"] == "code" and _INJECTED not in cell["metadata"].get("tags", [])
    ]


def _without_html(output: Json) -> Json:
    if MIME not in output.get("data", {}):
        return output
    return {**output, "data": {MIME: output["data"][MIME]}}


def _with_outputs(chapter: Path, shown: Shown) -> Json:
    metadata, cells = cells_of(chapter)
    outputs = iter(shown)
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["outputs"] = next(outputs, [])
    return {"metadata": metadata, "cells": cells}
