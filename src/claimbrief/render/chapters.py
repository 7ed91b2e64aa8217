"""The chapters of a plan as executed: those that nothing has changed for are not run again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimbrief.blocks import MIME, hrefs
from claimbrief.errors import ChapterError
from claimbrief.handover import write_cited
from claimbrief.render.cache import Cache
from claimbrief.render.editions import CONTENTS
from claimbrief.render.keys import cells_of, chapter_key, content_digest, digest, read_by_chapters
from claimbrief.render.plan import Plan
from claimbrief.render.run import Room, Say, run_chapters

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from claimbrief.render.kernels import Kernels

_KIND = "chapters"
CHANGED = (
    "a file that the brief is made from was changed meanwhile; nothing is written; build again"
)
HANDED = "handed"  # files that were too large for a message, each named by its digest
_INJECTED = "injected-parameters"  # papermill's tag on the cell that it adds

Json = dict[str, Any]
Shown = list[list[Json]]  # the outputs of each code cell, in order


def chapter_keys(plan: Plan) -> list[str]:
    """Return for each chapter of a plan the key of what it shows."""
    own = {*plan.contents.chapters, plan.contents.root / CONTENTS}
    read = read_by_chapters(plan.contents.root, plan.folder(), own)
    return [chapter_key(chapter, plan.values, read) for chapter in plan.contents.chapters]


def missing_chapters(keys: Sequence[str], cache: Cache) -> list[int]:
    """Return the places of the chapters that have to be run."""
    return [place for place, key in enumerate(keys) if _kept(key, cache) is None]


def executed_chapters(
    plan: Plan, keys: Sequence[str], cache: Cache, kernels: Kernels, say: Say, handover: Path
) -> list[Json]:
    """Return each chapter's notebook with what its cells show, run now where it is not kept.

    What is too large for a kernel's message it lays into the folder `handover`. A chapter whose
    cards leave some out is run once more, told what the chapters cite. Raises ChapterError for a
    cell that fails.
    """
    chapters = plan.contents.chapters
    runner = _Runner(plan, keys, cache, kernels, say, handover)
    shown = runner.shown(dict(zip(chapters, keys, strict=True)), ())
    wanting = [place for place, outputs in enumerate(shown) if _leaves_cards_out(outputs)]
    if wanting:
        cited = _cited(shown)
        again = {chapters[place]: digest(keys[place], cited) for place in wanting}
        for place, outputs in zip(wanting, runner.shown(again, cited), strict=True):
            shown[place] = outputs
    kernels.release(plan)
    return [
        _with_outputs(chapter, outputs) for chapter, outputs in zip(chapters, shown, strict=True)
    ]


@dataclass(frozen=True)
class _Runner:
    """Runs chapters of a plan that are not kept."""

    plan: Plan
    keys: Sequence[str]
    cache: Cache
    kernels: Kernels
    say: Say
    handover: Path

    def shown(self, keys: Mapping[Path, str], cited: Sequence[str]) -> list[Shown]:
        """Return what each chapter shows under its key, run now where it is not kept."""
        kept = {chapter: _kept(key, self.cache) for chapter, key in keys.items()}
        to_run = [chapter for chapter, outputs in kept.items() if outputs is None]
        if len(to_run) < len(keys) and not cited:
            self.say(f"  {len(keys) - len(to_run)} of {len(keys)} chapters are as before")
        made = self._run(to_run, cited)
        if to_run and chapter_keys(self.plan) != list(self.keys):
            raise ChapterError(CHANGED)  # and nothing is kept of what was read in between
        for chapter, outputs in zip(to_run, made, strict=True):
            kept[chapter] = outputs
            self.cache.put(_KIND, keys[chapter], json.dumps(outputs, ensure_ascii=False).encode())
        return [outputs or [] for outputs in kept.values()]

    def _run(self, chapters: Sequence[Path], cited: Sequence[str]) -> list[Shown]:
        if not chapters:
            return []
        with tempfile.TemporaryDirectory(prefix="claimbrief-") as scratch:
            room = Room(Path(scratch), self.handover)
            if cited:
                write_cited(cited, room.cited)
            executed = run_chapters(chapters, self.plan.values, room, self.say, self.kernels)
        return [_shown(notebook) for notebook in executed]


def _blocks(shown: Shown) -> Iterator[Json]:
    for output in (output for cell in shown for output in cell):
        if MIME in output.get("data", {}):
            yield output["data"][MIME]


def _leaves_cards_out(shown: Shown) -> bool:
    return any(block.get("left_out") and block["kind"] == "cards" for block in _blocks(shown))


def _cited(shown: Sequence[Shown]) -> list[str]:
    """Return what chapters link to inside the brief but from their cards, in order of reading."""
    blocks = [block for outputs in shown for block in _blocks(outputs) if block["kind"] != "cards"]
    links = dict.fromkeys(href for block in blocks for href in hrefs(block))
    return [href[1:] for href in links if href.startswith("#")]


def _kept(key: str, cache: Cache) -> Shown | None:
    """Return what a chapter showed, if all of it is still there."""
    shown: Any = json.loads(cache.get(_KIND, key) or b"null")
    if not isinstance(shown, list):
        return None
    digests = [block["handed_over"] for block in _blocks(shown) if "handed_over" in block]
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
