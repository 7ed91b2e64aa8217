"""The executed chapters of a plan; those whose inputs have not changed are not run again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimbrief.blocks import MIME
from claimbrief.errors import ChapterError
from claimbrief.render.cache import Cache
from claimbrief.render.editions import CONTENTS
from claimbrief.render.keys import cells_of, chapter_key, has_content, shared_digest
from claimbrief.render.plan import Plan
from claimbrief.render.run import Folders, Say, run_chapters

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from claimbrief.render.kernels import Kernels

_KIND = "chapters"
CHANGED = "a file that the brief is made from changed meanwhile; nothing is written; build again"
HANDED_OVER = "handed"  # in the cache: files too large for a message, each named by its digest
_INJECTED = "injected-parameters"  # papermill's tag on the cell that it adds

Json = dict[str, Any]
Outputs = list[list[Json]]  # the outputs of each code cell, in order


def chapter_keys(plan: Plan) -> list[str]:
    """Return for each chapter of a plan the key of its outputs."""
    own = {*plan.contents.chapters, plan.contents.root / CONTENTS}
    shared = shared_digest(plan.contents.root, plan.folder(), own)
    return [chapter_key(chapter, plan.values, shared) for chapter in plan.contents.chapters]


def has_all_outputs(keys: Sequence[str], cache: Cache) -> bool:
    """Return whether the outputs of every chapter are in the cache."""
    return all(_cached(key, cache) is not None for key in keys)


def executed_chapters(
    plan: Plan, keys: Sequence[str], cache: Cache, kernels: Kernels, say: Say, handover: Path
) -> list[Json]:
    """Return each chapter's notebook with its outputs, run now where they are not in the cache.

    Files too large for a kernel's message are written into the folder `handover`. Raises
    ChapterError for a cell that fails, and if a file changed that the brief is made from.
    """
    chapters = plan.contents.chapters
    outputs = [_cached(key, cache) for key in keys]
    missing = [position for position, cached in enumerate(outputs) if cached is None]
    if len(missing) < len(chapters):
        say(f"  {len(chapters) - len(missing)} of {len(chapters)} chapters are as before")
    if missing:
        with tempfile.TemporaryDirectory(prefix="claimbrief-") as scratch:
            folders = Folders(Path(scratch), handover)
            to_run = [chapters[position] for position in missing]
            executed = run_chapters(to_run, plan.values, folders, say, kernels)
        if chapter_keys(plan) != list(keys):
            raise ChapterError(CHANGED)  # and nothing is cached of what was read in between
        for position, notebook in zip(missing, executed, strict=True):
            new = outputs[position] = _outputs(notebook)
            cache.put(_KIND, keys[position], json.dumps(new, ensure_ascii=False).encode())
    return [
        _with_outputs(chapter, cells or [])
        for chapter, cells in zip(chapters, outputs, strict=True)
    ]


def _cached(key: str, cache: Cache) -> Outputs | None:
    """Return the outputs of a chapter, if they and the files handed over are all there."""
    outputs = cache.get_json(_KIND, key)
    if not isinstance(outputs, list):
        return None
    blocks = [output.get("data", {}).get(MIME, {}) for cell in outputs for output in cell]
    digests = [block["handed_over"] for block in blocks if "handed_over" in block]
    handed = cache.folder(HANDED_OVER)
    is_whole = all(handed and has_content(handed / digest, digest) for digest in digests)
    return outputs if is_whole else None


def _outputs(executed: NotebookNode) -> Outputs:
    """Return the outputs of the notebook's own code cells; of a block only its JSON."""
    return [
        [block_alone(dict(output)) for output in cell["outputs"]]
        for cell in executed["cells"]
        if cell["cell_type"] == "code" and _INJECTED not in cell["metadata"].get("tags", [])
    ]


def block_alone(output: Json) -> Json:
    """Return a block's output with its JSON alone, read from the text that a kernel sent."""
    block = output.get("data", {}).get(MIME)
    return output if block is None else {**output, "data": {MIME: json.loads(block)}}


def _with_outputs(chapter: Path, outputs: Outputs) -> Json:
    metadata, cells = cells_of(chapter)
    remaining = iter(outputs)
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["outputs"] = next(remaining, [])
    return {"metadata": metadata, "cells": cells}
