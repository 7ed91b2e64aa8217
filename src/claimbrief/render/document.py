"""All that a page and its PDFs are made from: the joined chapters with what every page adds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from claimbrief.render.anchors import (
    BRIEF_PDF,
    RECORD,
    RECORD_PDF,
    Citation,
    destinations,
    first_days,
)
from claimbrief.render.join import Brief, Chapter
from claimbrief.render.markdown import plain_text
from claimbrief.texts import Json

WORDS_A_MINUTE = 200  # read by a careful reader


@dataclass(frozen=True)
class Colophon:
    """How a brief was built: its edition, the value of each parameter, digest and version."""

    edition: str
    label: str
    changed: Mapping[str, str]
    parameters: Mapping[str, str]
    lock: str
    version: str


@dataclass(frozen=True, eq=False)
class Document:
    """All that a page or a PDF is made from.

    `about` is what stands around the cells: title, contents and colophon. A cell has one of: a
    chapter's head (`chapter`), a text (`nodes`), a block (`block`), footnotes (`notes`). `cited_in`
    are the citations of each card, `destinations` the address in the PDFs of each anchor, `linked`
    the anchors that something links to and `first_days` the first day of each claim (see
    `claimbrief.render.anchors`).
    """

    about: Json
    cells: Sequence[Json]
    cited_in: Mapping[str, Sequence[Citation]]
    destinations: Mapping[str, str]
    linked: frozenset[str]
    first_days: Mapping[str, str]

    @cached_property
    def brief(self) -> Document:
        """What the PDF of front and brief holds; `front_cells` counts the cells of the front."""
        return self._of_file(BRIEF_PDF)

    @cached_property
    def record(self) -> Document:
        """What the PDF of the record holds."""
        return self._of_file(RECORD_PDF)

    @cached_property
    def written(self) -> str:
        """The cells as JSON: all that they show, with the names and ids beside it."""
        return json.dumps(self.cells, ensure_ascii=False)

    @cached_property
    def content_digest(self) -> str:
        """The digest of all that the cells show."""
        return hashlib.sha256(self.written.encode("utf-8", "surrogatepass")).hexdigest()

    def all_written(self) -> str:
        """Return all that page and PDFs show, and more, as texts of JSON."""
        about = json.dumps(self.about, ensure_ascii=False)
        return f"{about}{self.brief.written}{self.record.written}"

    def blocks(self) -> list[Json]:
        """Return the blocks, in order of reading."""
        return [cell["block"] for cell in self.cells if "block" in cell]

    def _of_file(self, file: str) -> Document:
        is_of_record = file == RECORD_PDF
        cells, front, part = [], 0, ""
        for cell in self.cells:
            part = cell.get("chapter", {}).get("part", part)
            if (part == RECORD) == is_of_record:
                cells.append(cell)
                front += part == "front"
        about, other = self.about, BRIEF_PDF if is_of_record else RECORD_PDF
        contents = [it for it in about["contents"] if (it["part"] == RECORD) == is_of_record]
        own = {"contents": contents, "front_cells": front, "file": file}
        own["other_file"] = other if about["has_record"] else ""
        addresses = self.destinations.items()
        linked = {name: it for name, it in addresses if name in self.linked}
        return replace(self, about={**about, **own}, cells=cells, destinations=linked)


def document_of(brief: Brief, colophon: Colophon) -> Document:
    """Return the joined chapters with what every page adds to them."""
    first_of_record = next((it for it in brief.chapters if it.part == RECORD), None)
    ledger = next(filter(_has_cards, brief.chapters), brief.chapters[-1])
    names_day = bool(brief.title.get("when"))  # as the head does already
    changed = {
        name: value
        for name, value in colophon.changed.items()
        if not (names_day and name == "as_of")
    }
    about = {
        "title": brief.title,
        "minutes": minutes_to_read(brief.chapters),
        "description": answer_in_words(brief.chapters),
        "has_record": first_of_record is not None,
        "contents": [_contents(chapter) for chapter in brief.chapters],
        "ledger": ledger.anchor,
        "colophon": {**vars(colophon), "changed": changed},
    }
    cells = [
        cell
        for number, chapter in enumerate(brief.chapters)
        for cell in _cells(chapter, is_second=number == 1, begins=chapter is first_of_record)
    ]
    return Document(
        about,
        cells,
        brief.cited_in,
        destinations(brief.chapters),
        brief.linked,
        first_days(brief.chapters),
    )


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
    yield {"chapter": head}
    for item in chapter.items:
        if item.block is None:
            yield {"nodes": item.nodes, "is_front": chapter.part == "front"}
        else:
            yield {"block": {**item.block, "part": chapter.part}}
    if chapter.notes:
        yield {"notes": list(chapter.notes)}


def answer_in_words(chapters: Sequence[Chapter]) -> str:
    """Return the first paragraph of the front in plain words: what a preview of the page says."""
    for item in (item for chapter in chapters[:1] for item in chapter.items):
        if item.block is not None and item.block["kind"] == "prose":
            return "".join(run["text"] for run in item.block["paragraphs"][0])
        texts = [node for node in item.nodes if node["type"] == "paragraph"]
        if texts:
            return plain_text(texts[0]["children"])
    return ""
