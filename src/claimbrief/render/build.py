"""One edition of the brief, from its notebooks to the files that are published.

`planned` refuses whatever is wrong with the call; `build` runs, joins, exports and, at the very
end, swaps the files in. The same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import claimbrief
from claimbrief.errors import PageError
from claimbrief.render.editions import Contents, Edition
from claimbrief.render.parameters import (
    FOLDER,
    declared_parameters,
    merged_values,
    parse_overrides,
)
from claimbrief.render.run import Say, run_chapters
from claimbrief.render.swap import refuse_unwritable, swap_in

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from claimbrief.render.page import Colophon

FORMATS = ("html", "pdf")
NUMBERS = "numbers.json"
LOCK = "requirements.lock"


@dataclass(frozen=True)
class Plan:
    """What is to be built: an edition, the value of each parameter, and how the page writes them.

    `changed` names the parameters that the command line set over the edition's own values.
    """

    contents: Contents
    edition: Edition
    values: Mapping[str, object]
    written: Mapping[str, str]
    changed: tuple[str, ...]

    @property
    def output(self) -> Path:
        """The folder that this edition is written to unless another is asked for."""
        report = self.contents.root / "report"
        is_default = self.edition.name == self.contents.default
        return report if is_default else report / self.edition.name

    def folder(self, name: str = FOLDER) -> Path | None:
        """The folder that a parameter names, as the notebooks see it; None if there is none."""
        value = self.values.get(name)
        return (self.contents.notebooks / str(value)).resolve() if value else None


def planned(contents: Contents, name: str | None, overrides: Sequence[str], here: Path) -> Plan:
    """Return the plan for an edition (None: the default one) with `name=value` overrides.

    A folder given as an override is relative to `here`. Raises ParameterError.
    """
    edition = contents.edition(name)
    declared = declared_parameters(contents)
    changed = parse_overrides(declared, overrides)
    values = merged_values(declared, edition.parameters, changed)
    written = {key: _written(value) for key, value in values.items()}
    if FOLDER in changed:
        values[FOLDER] = str((here / str(changed[FOLDER])).resolve())
        written[FOLDER] = Path(str(values[FOLDER])).name
    return Plan(contents, edition, values, written, tuple(changed))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text or "not set"


def build(
    plan: Plan, output: Path, formats: Sequence[str] = FORMATS, say: Say = lambda line: None
) -> list[Path]:
    """Write the brief's files, those of its file blocks and numbers.json; return their paths.

    Raises ChapterError or PageError, and then leaves the folder as it was.
    """
    from claimbrief.render.files import files_beside, without_content
    from claimbrief.render.join import join_chapters
    from claimbrief.render.page import joined_notebook
    from claimbrief.render.places import linked

    refuse_unwritable(output)
    lock = _lock_digest(plan.contents.root)
    chapters = plan.contents.chapters
    with tempfile.TemporaryDirectory(prefix="claimbrief-") as scratch:
        executed = run_chapters(chapters, plan.values, Path(scratch), say)
    names = [chapter.name for chapter in chapters]
    brief = linked(join_chapters(list(zip(names, executed, strict=True))))
    beside = files_beside(brief, [*(f"brief.{kind}" for kind in FORMATS), NUMBERS])
    notebook = joined_notebook(without_content(brief), _colophon(plan, lock))
    files = _exported(notebook, plan.contents.root / "report" / "template", formats) | beside
    numbers = {block["block_id"]: block["numbers"] for block in brief.blocks() if block["numbers"]}
    files[NUMBERS] = _json(numbers)
    swap_in(files, output)
    _tell_stale(output, formats, say)
    return [output / name for name in files]


def _exported(notebook: NotebookNode, templates: Path, formats: Sequence[str]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    if "html" in formats:
        from claimbrief.render.html import html_page

        files["brief.html"] = html_page(notebook, templates).encode("utf-8")
    if "pdf" in formats:
        from claimbrief.render.pdf import pdf_file

        files["brief.pdf"] = pdf_file(notebook, templates)
    return files


def _colophon(plan: Plan, lock: str) -> Colophon:
    from claimbrief.render.page import Colophon

    return Colophon(
        edition=plan.edition.name,
        label=plan.edition.label,
        changed={name: plan.written[name] for name in plan.changed},
        parameters=plan.written,
        lock=lock,
        version=claimbrief.__version__,
    )


def _lock_digest(root: Path) -> str:
    try:
        return hashlib.sha256((root / LOCK).read_bytes()).hexdigest()
    except OSError as error:
        raise PageError(f"{LOCK} cannot be read; the brief states its digest") from error


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)}\n".encode()


def _tell_stale(output: Path, formats: Sequence[str], say: Say) -> None:
    for kind in FORMATS:
        if kind not in formats and (output / f"brief.{kind}").exists():
            say(f"note: brief.{kind} in this folder is from an earlier build")
