"""The brief and its record as PDF/UA-1, each a file of its own, and its picture, set by Typst.

The template makes a few lines of Typst that call the theme for each cell; all text reaches the
theme as JSON, so that no quote can inject markup.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from string import printable
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from claimbrief.errors import PageError
from claimbrief.render.anchors import BRIEF_PDF, PICTURE, RECORD_PDF
from claimbrief.render.cache import NOTHING_KEPT, Cache
from claimbrief.render.document import Document
from claimbrief.render.fonts import font_folders, read_codes, set_by
from claimbrief.render.frame import frame
from claimbrief.render.keys import digest, files_digest, installed, package_digest
from claimbrief.texts import Json, hrefs, walk_nodes

AS_PICTURE: Json = {"format": "png", "ppi": 80.0}
STANDARDS = ["1.7", "ua-1", "a-2a"]
_OF_PAGES = ("facets", "filters", "narrow", "versions")  # what pages alone have of a block
_ANCHORS = ("anchor", "block_id", "id")  # names under which a cell holds an anchor
_GIVEN = ("font-size", "font-weight", "text-anchor", "fill")  # by a group to what it holds
_SHIFTS = {"start": 0, "middle": 0.5, "end": 1}  # of its width, to the left
_TURN = re.compile(r"rotate\((-?[\d.]+)")
_WEIGHTS = {"normal": 400, "bold": 700}


def prepare(
    document: Document, templates: Path, kept: Cache = NOTHING_KEPT, file: str = BRIEF_PDF
) -> Callable[[], bytes]:
    """Return a function that has Typst set a file: a PDF, or the PICTURE of the first page.

    The PDF is that of front and brief, or that of the record. All that is Python's is done here, so
    that Typst can set one file while another is prepared. It is kept and set again only when its
    content, the theme or a version has changed. Raises PageError if a template is not as it was;
    that function does if Typst fails or warns.
    """
    if file == PICTURE:
        return _prepare(file, _front(document.brief), templates, kept, AS_PICTURE)
    own = document.record if file == RECORD_PDF else document.brief
    return _prepare(file, own, templates, kept)


def _front(brief: Document) -> Document:
    """Return what the first page shows and no more, so that other pages' words do not change it."""
    cells = brief.cells[: brief.about["front_cells"]]
    linked = {href.removeprefix("#") for it in cells for href in hrefs(it)}
    places = {name: it for name, it in brief.destinations.items() if name in linked}
    about = {**brief.about, "contents": []}
    return replace(brief, about=about, cells=cells, destinations=places, cited_in={})


def _prepare(
    name: str, own: Document, templates: Path, kept: Cache, output: Json | None = None
) -> Callable[[], bytes]:
    theme = files_digest(templates, (templates / "typst").glob("*"))
    content = [own.about, own.content_digest, own.cited_in, own.destinations]
    key = digest(name, *content, output, theme, package_digest(above=True), installed())
    if (found := kept.get("pdfs", key)) is not None:
        return lambda: found
    inputs = theme_inputs(json.dumps(typst_data(own), ensure_ascii=False))
    source = frame(own, templates / "typst", ".typ.j2", {}, kept).encode("utf-8")
    day = _noon(str(own.about["title"]["day"]))

    def typeset_and_keep() -> bytes:
        file = typeset(source, inputs, templates, day, output, kept)
        kept.put("pdfs", key, file)
        return file

    return typeset_and_keep


def theme_inputs(content: str) -> dict[str, str]:
    """Return what the theme is given: the brief, as JSON, and what its scripts are set by."""
    return {"brief": content, "scripts": json.dumps(set_by(content), ensure_ascii=False)}


def typeset(
    source: bytes,
    inputs: Mapping[str, str],
    templates: Path,
    day: datetime.datetime,
    output: Json | None = None,
    kept: Cache = NOTHING_KEPT,
) -> bytes:
    """Return what Typst makes of a source and `theme_inputs`, by default a PDF; fonts are kept."""
    import typst

    as_pdf = {"format": "pdf", "pdf_standards": list(STANDARDS), "timestamp": day}
    compiled: Any = typst.compile_with_warnings  # its stub wants paths and input of one type
    try:
        with font_folders(inputs["brief"], kept) as folders:
            document, warnings = compiled(
                source,
                root=str(templates / "typst"),
                sys_inputs=dict(inputs),
                ignore_system_fonts=True,
                font_paths=folders,
                **(output or as_pdf),
            )
    except typst.TypstError as error:
        hints = "; ".join(error.hints)
        raise PageError(f"Typst: {error.message}{f' ({hints})' if hints else ''}") from error
    if warnings:
        messages = "\n  ".join(dict.fromkeys(warning.message for warning in warnings))
        raise PageError(f"Typst warns:\n  {messages}")
    return bytes(document[0] if isinstance(document, list) else document)


def typst_data(document: Document) -> Json:
    """Return what the theme reads: the head and foot of a PDF and, in order, its cells.

    A link to what another PDF holds leads to that file.
    """
    cells = [it.get("block", it) for it in document.cells]
    cells = [with_texts_apart(it) if it.get("kind") == "figure" else it for it in cells]
    read = {**document.about, "cited_in": document.cited_in, "cells": cells}
    linked: Json = with_other_files(read, anchors_of(cells), document.destinations)
    return linked


def _noon(day: str) -> datetime.datetime:
    """Return the noon of the brief's day: the PDF must not hold the time of its build."""
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError as error:
        raise PageError(f"the title block's day is {day!r}; accepted: YYYY-MM-DD") from error
    return datetime.datetime.combine(date, datetime.time(12), tzinfo=datetime.UTC)


def anchors_of(cells: Sequence[Json]) -> set[str]:
    """Return the anchors in the cells of a PDF, as the theme labels them."""
    nodes = walk_nodes(list(cells), ("versions", "svg"))
    found = {str(node[name]) for node in nodes for name in _ANCHORS if node.get(name)}
    return {"top", "contents", "colophon"} | found


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


def with_texts_apart(block: Json) -> Json:
    """Return a chart's block without the texts in other scripts, which it lists as `texts`.

    What draws an SVG inside Typst places the letters of Devanagari wrongly, and finds no Arabic in
    a second font: the theme sets what the house's face cannot draw alone.
    """
    if not any(map(_is_of_other_script, set(block["svg"]))):
        return {**block, "texts": []}
    root = ElementTree.fromstring(f"<svg>{block['svg']}</svg>")
    texts = list(_taken_out(root, {}))
    svg = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    return {**block, "svg": svg, "texts": texts}


def _is_of_other_script(sign: str) -> bool:
    return ord(sign) not in read_codes() and unicodedata.category(sign)[0] in "LM"


def _taken_out(parent: Element, given: Mapping[str, str]) -> Iterator[Json]:
    for child in list(parent):
        own = {**given, **{name: child.attrib[name] for name in _GIVEN if name in child.attrib}}
        words = "".join(child.itertext())
        if child.tag != "text":
            yield from _taken_out(child, own)
        elif any(map(_is_of_other_script, words)):
            parent.remove(child)
            yield _text(child, own, words)


def _text(element: Element, look: Mapping[str, str], words: str) -> Json:
    weight = look.get("font-weight", "400")
    turn = _TURN.search(element.get("transform", ""))
    return {
        "text": words,
        "x": float(element.get("x", "0")),
        "y": float(element.get("y", "0")),
        "size": float(look["font-size"]),
        "weight": _WEIGHTS.get(weight) or int(weight),
        "fill": look.get("fill", "#000000"),
        "shift": _SHIFTS[look.get("text-anchor", "start")],
        "turn": float(turn[1]) if turn else 0,
    }
