"""What the chapters of a plan show; those whose code and inputs have not changed are not run again.

Of each chapter two things are kept: the outputs of its cells, and what these are on a page.
Its words are read anew each time.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claimbrief.blocks import MIME
from claimbrief.errors import ChapterError
from claimbrief.render.cache import Cache
from claimbrief.render.editions import CONTENTS
from claimbrief.render.items import Item, code_parts, items_of
from claimbrief.render.keys import (
    authored,
    cells_of,
    chapter_key,
    digest,
    has_content,
    installed,
    package_digest,
    shared_digest,
)
from claimbrief.render.notebook import INJECTED
from claimbrief.render.plan import Plan
from claimbrief.render.run import Folders, Say, run_chapters
from claimbrief.texts import Json

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from claimbrief.render.kernels import Kernels

_OUTPUTS, _PARTS = "chapters", "parts"  # kinds of what the cache keeps
CHANGED = "a file that the brief is made from changed meanwhile; nothing is written; build again"
HANDED_OVER = "handed"  # in the cache: files that stand beside the page, named by their digests

Outputs = list[list[Json]]  # the outputs of each code cell, in order


def chapter_keys(plan: Plan) -> list[str]:
    """Return for each chapter of a plan the key of its outputs."""
    own = {*plan.contents.chapters, plan.contents.root / CONTENTS}
    shared = shared_digest(plan.contents.root, plan.folder(), own)
    return [chapter_key(chapter, plan.values, shared) for chapter in plan.contents.chapters]


def has_all_outputs(keys: Sequence[str], cache: Cache) -> bool:
    """Return whether the outputs of every chapter are in the cache."""
    return all(cache.get(_OUTPUTS, key) is not None for key in keys)


def chapter_items(
    plan: Plan, keys: Sequence[str], cache: Cache, kernels: Kernels, say: Say, handover: Path
) -> list[list[Item]]:
    """Return what each chapter shows, which is run now if its outputs are not in the cache.

    Files that stand beside the page are written into the folder `handover`. Raises ChapterError for
    a cell that fails or cannot be drawn, and if a file changed that the brief is made from.
    """
    chapters = plan.contents.chapters
    read = [cells_of(chapter) for chapter in chapters]
    parts_keys = [_parts_key(*it) for it in zip(keys, (cells for _, cells in read), strict=True)]
    found = [_kept_parts(key, cache) for key in parts_keys]
    changed = [place for place, kept in enumerate(found) if kept is None]
    outputs = _outputs_of(plan, changed, keys, cache, kernels, say, handover)
    for place in changed:
        notes: list[str] = []
        notebook = _with_outputs(*read[place], outputs[place])
        parts = code_parts(chapters[place].name, notebook, notes.append)
        found[place] = {"parts": list(parts.items()), "notes": notes}
        cache.put(_PARTS, parts_keys[place], _written(found[place]))
    for note in (note for kept in found if kept for note in kept["notes"]):
        say(note)
    return [
        items_of(chapter.name, cells, dict(kept["parts"]))
        for chapter, (_, cells), kept in zip(chapters, read, found, strict=True)
        if kept
    ]


def _outputs_of(
    plan: Plan,
    places: Sequence[int],
    keys: Sequence[str],
    cache: Cache,
    kernels: Kernels,
    say: Say,
    handover: Path,
) -> dict[int, Outputs]:
    """Return the outputs of the chapters at these places, run now where none are kept."""
    chapters = plan.contents.chapters
    kept = {place: _kept_outputs(keys[place], cache) for place in places}
    missing = [place for place, outputs in kept.items() if outputs is None]
    if len(missing) < len(chapters):
        say(f"  {len(chapters) - len(missing)} of {len(chapters)} chapters are as before")
    if missing:
        with tempfile.TemporaryDirectory(prefix="claimbrief-") as scratch:
            folders = Folders(Path(scratch), handover)
            to_run = [chapters[place] for place in missing]
            executed = run_chapters(to_run, plan.values, folders, say, kernels)
        if chapter_keys(plan) != list(keys):
            raise ChapterError(CHANGED)  # and nothing is kept of what was read in between
        for place, notebook in zip(missing, executed, strict=True):
            outputs = kept[place] = _outputs(notebook)
            cache.put(_OUTPUTS, keys[place], _written(outputs))
    return {place: outputs or [] for place, outputs in kept.items()}


def _parts_key(key: str, cells: Sequence[Json]) -> str:
    """Return the key of what the code cells of a chapter show: of its outputs and these cells."""
    code = [
        (number, authored(cell))
        for number, cell in enumerate(cells, 1)
        if cell["cell_type"] == "code"
    ]
    return digest(_PARTS, key, code, package_digest(above=True), installed())


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _kept_parts(key: str, cache: Cache) -> Json | None:
    """Return what a chapter's code cells show, if that and the files handed over are all there."""
    kept: Json | None = cache.get_json(_PARTS, key)
    parts = (part for _, own in kept["parts"] for part in own) if kept else ()
    return kept if _are_handed_over((it.get("block") or {} for it in parts), cache) else None


def _kept_outputs(key: str, cache: Cache) -> Outputs | None:
    """Return the outputs of a chapter, if they and the files handed over are all there."""
    outputs: Outputs | None = cache.get_json(_OUTPUTS, key)
    blocks = (output.get("data", {}).get(MIME, {}) for cell in outputs or () for output in cell)
    return outputs if _are_handed_over(blocks, cache) else None


def _are_handed_over(blocks: Iterable[Json], cache: Cache) -> bool:
    """Return whether the files of these blocks are in the cache."""
    folder = cache.folder(HANDED_OVER)
    digests = [str(block.get("sha256")) for block in blocks if block.get("kind") == "file"]
    return all(folder and has_content(folder / digest, digest) for digest in digests)


def _outputs(executed: NotebookNode) -> Outputs:
    """Return the outputs of the notebook's own code cells."""
    return [
        cell["outputs"]
        for cell in executed["cells"]
        if cell["cell_type"] == "code" and INJECTED not in cell["metadata"].get("tags", [])
    ]


def _with_outputs(metadata: Json, cells: Sequence[Json], outputs: Outputs) -> Json:
    """Return a chapter as its run left it: the cells of its file with these outputs."""
    remaining = iter(outputs)
    executed = [
        {**cell, "outputs": next(remaining, [])} if cell["cell_type"] == "code" else cell
        for cell in cells
    ]
    return {"metadata": metadata, "cells": executed}
