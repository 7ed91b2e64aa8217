"""The three depths of a document: the front and the brief, which belong together, and the record.

Page and PDFs hold them apart: the page keeps the record closed and packed, and the record is a PDF
of its own. A link from one to the other leads to a heading there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import printable
from typing import Any
from urllib.parse import quote

from claimbrief.render.contract import BRIEF_PDF, RECORD_PDF, note_anchors
from claimbrief.render.join import Chapter
from claimbrief.render.markdown import plain_text
from claimbrief.texts import Json, walk_nodes

RECORD = "record"
_OF_PAGES = ("facets", "filters", "narrow", "versions")  # what pages alone have of a block
_ANCHORS = ("anchor", "block_id", "id")  # names under which a cell holds an anchor


def in_record(chapter: Chapter) -> bool:
    """Return whether a chapter is of the record."""
    return chapter.part == RECORD


def destinations(chapters: Sequence[Chapter]) -> dict[str, str]:
    """Return the address in the PDFs of each anchor: the heading at or above it, in its file.

    What stands above all headings of its file has the address of the file alone.
    """
    found: dict[str, str] = {}
    for file, own in (
        (BRIEF_PDF, [chapter for chapter in chapters if not in_record(chapter)]),
        (RECORD_PDF, [chapter for chapter in chapters if in_record(chapter)]),
    ):
        heading = ""
        for anchor, _, is_heading in (it for chapter in own for it in anchors_in(chapter)):
            heading = anchor if is_heading else heading
            found[anchor] = f"{file}#nameddest={heading}" if heading else file
    return found


def anchors_in(chapter: Chapter) -> Iterator[tuple[str, str, bool]]:
    """Yield a chapter's anchors, each with where it stands and whether a heading is printed there.

    They are in order of reading, with those of footnotes at the end.
    """
    heads = [node for item in chapter.items for node in item.nodes if node["type"] == "heading"]
    is_printed = in_record(chapter) or (chapter.part == "brief" and not heads)
    yield chapter.anchor, f"the chapter {chapter.title!r}", is_printed
    for item in chapter.items:
        for node in (node for node in item.nodes if "id" in node):
            yield node["id"], item.where, node["type"] == "heading" and chapter.part != "front"
        block = item.block or {}
        for name in ("block_id", "label_anchor"):
            if name in block:
                yield str(block[name]), item.where, False
        for card in block.get("cards", ()):
            yield str(card["anchor"]), item.where, True
            claims = (claim for passage in passages_of(card) for claim in passage["claims"])
            yield from ((str(claim["anchor"]), item.where, False) for claim in claims)
    for note in chapter.notes:
        yield from ((anchor, "a footnote", False) for anchor in note_anchors(note["number"]))


def passages_of(card: Json) -> list[Json]:
    """Return the passages of a card: the speaker's, then those of outlets."""
    return [*card.get("passages", ()), *card.get("of_outlets", ())]


def first_days(chapters: Sequence[Chapter]) -> dict[str, str]:
    """Return the first day on which each card and each claim on it holds, by anchor."""
    found: dict[str, str] = {}
    blocks = [item.block for chapter in chapters for item in chapter.items if item.block]
    for card in (card for block in blocks for card in block.get("cards", ())):
        found[card["anchor"]] = card["since"]
        for passage in passages_of(card):
            since = passage.get("since") or card["since"]
            found |= {claim["anchor"]: since for claim in passage["claims"]}
    return found


def with_other_files(value: Any, own: set[str], elsewhere: Mapping[str, str]) -> Any:
    """Return a part of a document in which each link to an anchor of another file leads there.

    What no PDF prints is left out, and addresses are of ASCII signs, as a PDF needs.
    """
    if isinstance(value, dict):
        kept = {
            name: with_other_files(inner, own, elsewhere)
            for name, inner in value.items()
            if name not in _OF_PAGES
        }
        href = str(value.get("href", ""))
        if href.startswith("#") and href[1:] not in own:
            kept["href"] = elsewhere.get(href[1:], "")
        elif href and not href.startswith("#"):
            kept["href"] = quote(href, safe=printable)
        return kept
    if isinstance(value, (list, tuple)):
        return [with_other_files(inner, own, elsewhere) for inner in value]
    return value


def answer_in_words(chapters: Sequence[Chapter]) -> str:
    """Return the first paragraph of the front in plain words: what a preview of the page says."""
    for item in (item for chapter in chapters[:1] for item in chapter.items):
        if item.block is not None and item.block["kind"] == "prose":
            return "".join(run["text"] for run in item.block["paragraphs"][0])
        texts = [node for node in item.nodes if node["type"] == "paragraph"]
        if texts:
            return plain_text(texts[0]["children"])
    return ""


def anchors_of(cells: Sequence[Json]) -> set[str]:
    """Return the anchors in the cells of a PDF, as the theme labels them."""
    nodes = walk_nodes(list(cells), ("versions", "svg"))
    found = {str(node[name]) for node in nodes for name in _ANCHORS if node.get(name)}
    return {"top", "contents", "colophon"} | found
