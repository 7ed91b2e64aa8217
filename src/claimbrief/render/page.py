"""What every page adds to the joined chapters, and the notebook that nbconvert exports.

nbconvert converts notebooks, so the brief becomes a notebook: a Markdown cell for each text with
its tree as metadata, a code cell for each block with the block as its output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError, TemplateNotFound
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode, from_dict

from claimbrief.blocks import MIME
from claimbrief.errors import PageError
from claimbrief.render.anchors import BRIEF_PDF, RECORD, RECORD_PDF, destinations, first_days
from claimbrief.render.join import Brief, Chapter
from claimbrief.render.markdown import plain_text
from claimbrief.texts import Json

WORDS_A_MINUTE = 200  # that somebody reads who reads with care

_PUT_BACK = "put it back as it came with the project"
_from_dict: Any = from_dict  # it has no types


@dataclass(frozen=True, eq=False)
class Shared:
    """A value of the notebook that is not copied, as nbconvert copies a notebook twice."""

    value: Any

    def __deepcopy__(self, memo: object) -> Shared:
        return self


@dataclass(frozen=True)
class Colophon:
    """How a brief was built: its edition, the value of each parameter, digest and version."""

    edition: str
    label: str
    changed: Mapping[str, str]
    parameters: Mapping[str, str]
    lock: str
    version: str


def joined_notebook(brief: Brief, colophon: Colophon) -> NotebookNode:
    """Return the brief as one notebook."""
    first_of_record = next((it for it in brief.chapters if it.part == RECORD), None)
    ledger = next(filter(_has_cards, brief.chapters), brief.chapters[-1])
    names_day = bool(brief.title.get("when"))  # as the head does already
    changed = {
        name: value
        for name, value in colophon.changed.items()
        if not (names_day and name == "as_of")
    }
    brief_metadata = {
        "title": brief.title,
        "minutes": minutes_to_read(brief.chapters),
        "description": answer_in_words(brief.chapters),
        "has_record": first_of_record is not None,
        "destinations": Shared(destinations(brief.chapters)),
        "linked": Shared(sorted(brief.linked)),
        "first_days": Shared(first_days(brief.chapters)),
        "contents": [_contents(chapter) for chapter in brief.chapters],
        "ledger": ledger.anchor,
        "cited_in": Shared(brief.cited_in),
        "colophon": {**vars(colophon), "changed": changed},
    }
    cells = [
        cell
        for number, chapter in enumerate(brief.chapters)
        for cell in _cells(chapter, is_second=number == 1, begins=chapter is first_of_record)
    ]
    numbered = [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells, 1)]
    version = {"nbformat": 4, "nbformat_minor": 5}
    notebook: NotebookNode = _from_dict(
        {**version, "metadata": {"brief": brief_metadata}, "cells": numbered}
    )
    return notebook


def minutes_to_read(chapters: Sequence[Chapter]) -> int:
    """Return how many minutes it takes to read the sentences and tables of the front."""
    front = (item for chapter in chapters if chapter.part == "front" for item in chapter.items)
    words = sum(len(words_of(item.block or item.nodes).split()) for item in front)
    return max(1, round(words / WORDS_A_MINUTE))


def words_of(value: Any) -> str:
    """Return the words of a text or of a neutral block: what is read of it, without charts."""
    if isinstance(value, Mapping):
        own = value.get("text")
        if isinstance(own, str):
            return own
        is_other = ("versions", "columns", "note", "source")
        return " ".join(words_of(it) for name, it in value.items() if name not in is_other)
    if isinstance(value, list | tuple):
        gap = "" if value and isinstance(value[0], Mapping) and "text" in value[0] else " "
        return gap.join(words_of(inner) for inner in value)
    return ""


def _has_cards(chapter: Chapter) -> bool:
    return any(item.block and item.block["kind"] == "cards" for item in chapter.items)


def _contents(chapter: Chapter) -> Json:
    heads = [
        {"anchor": node["id"], "nodes": node["children"]}
        for item in chapter.items
        for node in item.nodes
        if node["type"] == "heading" and node["level"] == 2
    ]
    head = {"part": chapter.part, "anchor": chapter.anchor, "title": chapter.title}
    return {**head, "heads": heads}


def _cells(chapter: Chapter, *, is_second: bool, begins: bool) -> Iterator[Json]:
    """Yield the cells of a chapter; `is_second` and `begins` tell the page what opens here."""
    head = {
        "part": chapter.part,
        "anchor": chapter.anchor,
        "title": chapter.title,
        "has_cards": _has_cards(chapter),
        "has_sections": bool(_contents(chapter)["heads"]),
        "is_second": is_second,
        "begins_record": begins,
    }
    yield _text({"chapter": head}, f"# {chapter.title}")
    for item in chapter.items:
        if item.block is None:
            yield _text({"nodes": item.nodes, "is_front": chapter.part == "front"})
        else:
            output = {
                "output_type": "display_data",
                "metadata": {},
                "data": {MIME: Shared({**item.block, "part": chapter.part})},
            }
            cell: Json = {"cell_type": "code", "metadata": {}, "source": ""}
            yield {**cell, "execution_count": None, "outputs": [output]}
    if chapter.notes:
        yield _text({"notes": list(chapter.notes)})


def _text(metadata: Json, source: str = "") -> Json:
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def of_file(notebook: NotebookNode, file: str) -> NotebookNode:
    """Return the cells of a joined notebook that one PDF holds: front and brief, or the record.

    `front_cells` counts those of the front.
    """
    cells: list[NotebookNode] = []
    front, part = 0, ""
    for cell in notebook["cells"]:
        part = cell["metadata"].get("chapter", {}).get("part", part)
        if (part == RECORD) == (file == RECORD_PDF):
            cells.append(cell)
            front += part == "front"
    brief = notebook["metadata"]["brief"]
    contents = [it for it in brief["contents"] if (it["part"] == RECORD) == (file == RECORD_PDF)]
    has_record = brief["has_record"]
    own = {**brief, "contents": contents, "front_cells": front, "file": file}
    del own["first_days"], own["linked"]  # of the page alone
    addresses = brief["destinations"].value.items()
    linked = set(brief["linked"].value)
    own["destinations"] = Shared({name: it for name, it in addresses if name in linked})
    own["other_file"] = (BRIEF_PDF if file == RECORD_PDF else RECORD_PDF) if has_record else ""
    chosen: NotebookNode = _from_dict({**notebook, "metadata": {"brief": own}, "cells": cells})
    return chosen


def blocks_of(notebook: NotebookNode) -> list[Json]:
    """Return the blocks of a joined notebook, in order of reading."""
    return [
        cell["outputs"][0]["data"][MIME].value
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def written_text(notebook: NotebookNode) -> str:
    """Return all that a joined notebook's brief shows, and more, in one text."""
    cells = [cell["metadata"] for cell in notebook["cells"]]
    parts = [notebook["metadata"]["brief"], cells, blocks_of(notebook)]
    return json.dumps(parts, ensure_ascii=False, default=lambda shared: shared.value)


class BriefExporter(TemplateExporter):
    """An exporter with the templates of this project and of nbconvert, and none of the user's."""

    def get_prefix_root_dirs(self) -> list[str]:
        """Return where nbconvert's own templates are: in this environment alone."""
        return [str(Path(sys.prefix) / "share" / "jupyter")]

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        return environment


def drawn(
    notebook: NotebookNode,
    templates: Path,
    suffix: str,
    filters: Mapping[str, object],
    resources: Json,
) -> str:
    """Return what the template of a folder, index and `suffix`, makes of a notebook.

    Raises PageError if a template is not as it was.
    """
    try:
        exporter: Any = BriefExporter(  # type: ignore[no-untyped-call]
            extra_template_basedirs=[str(templates.parent)],
            template_name=templates.name,
            template_extension=suffix,
            filters=filters,
            default_preprocessors=[],  # one changes cells, and costs a check of the whole notebook
        )
        assert exporter.template
    except Exception as error:  # nbconvert and Jinja each raise errors of their own
        raise PageError(_template_fault(error)) from error
    try:
        written, _ = exporter.from_notebook_node(notebook, resources)
    except (TemplateError, UnicodeDecodeError) as error:
        raise PageError(_template_fault(error)) from error
    return str(written)


def _template_fault(error: Exception) -> str:
    name = getattr(error, "name", None) or getattr(error, "filename", None)
    line = getattr(error, "lineno", None)
    place = f" {name}{f', line {line}' if line else ''}" if name else ""
    is_absent = isinstance(error, TemplateNotFound)
    cause = "no such file" if is_absent else " ".join(str(error).split()) or type(error).__name__
    return f"report/template/: a template{place} cannot be used: {cause}; {_PUT_BACK}"


def template_text(path: Path) -> str:
    """Return the text of a file of the template folder; PageError if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", None) or "it is not in UTF-8"
        raise PageError(f"report/template/: {path.name}: {cause}; {_PUT_BACK}") from error


def answer_in_words(chapters: Sequence[Chapter]) -> str:
    """Return the first paragraph of the front in plain words: what a preview of the page says."""
    for item in (item for chapter in chapters[:1] for item in chapter.items):
        if item.block is not None and item.block["kind"] == "prose":
            return "".join(run["text"] for run in item.block["paragraphs"][0])
        texts = [node for node in item.nodes if node["type"] == "paragraph"]
        if texts:
            return plain_text(texts[0]["children"])
    return ""
