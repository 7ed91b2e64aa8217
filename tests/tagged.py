"""A tagged PDF as a screen reader goes through it: its elements in order, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pypdf import PdfReader, Transformation
from pypdf.generic import ContentStream

# A piece of content is known by its page and its number there.
Piece = tuple[int, int]


def spaced(text: str) -> str:
    """Return the text with each run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Element:
    """One element of the structure tree; `marks` are its own pieces of content."""

    kind: str
    title: str
    alt: str
    scope: str
    identity: str
    headers: list[str]
    children: list[Element] = field(default_factory=list)
    marks: list[Piece] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Return the element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Tagged:
    """A PDF with its structure tree."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reader = PdfReader(path)
        self.root: Any = self.reader.trailer["/Root"]
        self.pages = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(self.reader.pages, 1)
            if page.indirect_reference
        }
        self.order: list[Piece] = []  # all pieces, in reading order
        top = Element("Root", "", "", "", "", [])
        self._read(self.root["/StructTreeRoot"]["/K"], top, 0)
        self.elements = list(top.walk())[1:]

    def of(self, *kinds: str) -> list[Element]:
        """Return the elements of some kinds, in reading order."""
        return [each for each in self.elements if each.kind in kinds]

    def within(self, holder: str, kind: str) -> list[Element]:
        """Return the elements of a kind that stand in one of another kind, in reading order."""
        held = (below for each in self.of(holder) for below in each.walk())
        return [each for each in held if each.kind == kind]

    def pieces(self, *kinds: str) -> set[Piece]:
        """Return the pieces that elements of some kinds hold, themselves or further below."""
        return {it for each in self.of(*kinds) for below in each.walk() for it in below.marks}

    @cached_property
    def places(self) -> dict[Piece, list[tuple[float, float]]]:
        """Return where each run of letters of a piece begins, from the left and from below."""
        found: dict[Piece, list[tuple[float, float]]] = {}
        for number, page in enumerate(self.reader.pages, 1):
            drawn = [Transformation()]
            at: tuple[float, float] = (0, 0)
            inside: list[int | None] = []
            for given, operator in ContentStream(page.get_contents(), self.reader).operations:
                if operator in (b"BDC", b"BMC"):
                    said = given[-1] if isinstance(given[-1], dict) else {}
                    inside.append(said.get("/MCID", inside[-1] if inside else None))
                elif operator == b"EMC":
                    inside.pop()
                elif operator == b"q":
                    drawn.append(drawn[-1])
                elif operator == b"Q":
                    drawn.pop()
                elif operator == b"cm":
                    drawn[-1] = Transformation(tuple(map(float, given))).transform(drawn[-1])
                elif operator == b"Tm":
                    at = (float(given[4]), float(given[5]))
                elif operator in (b"Tj", b"TJ") and inside and inside[-1] is not None:
                    x, y = drawn[-1].apply_on(at)
                    found.setdefault((number, inside[-1]), []).append((x, y))
        return found

    @cached_property
    def texts(self) -> list[str]:
        """Return the text of each page."""
        return [page.extract_text() for page in self.reader.pages]

    @cached_property
    def run(self) -> str:
        """Return the text of all pages without any space, which is set by place and not by word."""
        return re.sub(r"\s+", "", "".join(self.texts))

    def fonts(self) -> dict[str, Any]:
        """Return the descriptor of each font of the file by the font's name."""
        found = {}
        for number in range(1, int(self.reader.trailer["/Size"])):
            each: Any = self.reader.get_object(number)
            if isinstance(each, dict) and each.get("/Type") == "/Font":
                if "/DescendantFonts" in each:
                    each = each["/DescendantFonts"][0].get_object()
                found[str(each["/BaseFont"])] = each.get("/FontDescriptor")
        return found

    def bookmarks(self, entries: Any = None, level: int = 1) -> Iterator[tuple[int, str, int]]:
        """Return the level, title and page number of each bookmark; page 0 is none."""
        for entry in self.reader.outline if entries is None else entries:
            if isinstance(entry, list):
                yield from self.bookmarks(entry, level + 1)
            else:
                page = self.reader.get_destination_page_number(entry)
                yield level, spaced(entry.title), 0 if page is None else page + 1

    def _read(self, raw: Any, into: Element, page: int) -> None:
        each = raw.get_object()
        if isinstance(each, int):
            into.marks.append((page, each))
            self.order.append((page, each))
        elif isinstance(each, list):
            for part in each:
                self._read(part, into, page)
        elif each.get("/Type") != "/OBJR":
            if "/Pg" in each:
                page = self.pages[each.raw_get("/Pg").idnum]
            if "/MCID" in each:
                self._read(each["/MCID"], into, page)
            else:
                into.children.append(_element(each))
                self._read(each.get("/K", []), into.children[-1], page)


def links(reader: PdfReader) -> Iterator[Any]:
    """Return what can be clicked."""
    for page in reader.pages:
        for each in page.get("/Annots", ()):
            yield each.get_object()


def _element(each: Any) -> Element:
    attributes = each.get("/A", [])
    listed = attributes if isinstance(attributes, list) else [attributes]
    table = {}
    for given in listed:
        if given.get_object().get("/O") == "/Table":
            table.update(given.get_object())
    return Element(
        kind=str(each["/S"])[1:],
        title=spaced(str(each.get("/T", ""))),
        alt=spaced(str(each.get("/Alt", ""))),
        scope=str(table.get("/Scope", ""))[1:],
        identity=str(each.get("/ID", "")),
        headers=[str(it) for it in table.get("/Headers", [])],
    )
