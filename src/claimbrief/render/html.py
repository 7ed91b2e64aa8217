"""The brief as one HTML file that needs no network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from claimbrief.block_html import block_html, turned
from claimbrief.errors import PageError
from claimbrief.render import packing
from claimbrief.render.cache import NOTHING_KEPT, Cache
from claimbrief.render.document import Document
from claimbrief.render.fonts import font_rules
from claimbrief.render.frame import frame, template_faults, template_text
from claimbrief.render.html_blocks import for_page, with_page_svg
from claimbrief.render.keys import digest, files_digest, installed, package_digest
from claimbrief.texts import Json

# Joined in this order they are the style sheet and the script of the page.
STYLE_SHEETS = ("brief.css", "controls.css", "media.css")
_SCRIPTS = "dom bzip2 unpack address days ledger cards tip contents tables start"
SCRIPTS = _SCRIPTS.split()
NARROW = "44rem"  # up to this width a table's rows become lists, as brief.css says

# What a browser would fetch, run or style by, against the page's own policy.
_FORBIDDEN_TAGS = {"script", "iframe", "object", "embed", "link", "base", "image", "form"}
_FORBIDDEN_ATTRIBUTES = {"style", "src", "srcset", "xlink:href", "background", "data"}


# What a frame has in the place of a cell and of the page's own parts: no text can look like these,
# as its angle brackets are escaped.
_CELL = re.compile(r"<!--cell (\d+)-->")
_SLOTS = {name: f"<!--{name}-->" for name in ("policy", "style", "script")}


def html_page(document: Document, templates: Path, kept: Cache = NOTHING_KEPT) -> str:
    """Return the page; the cache keeps its frame, blocks, fonts, checked text and packed record.

    Raises PageError for anything in a block that would ask something of a network or that the
    page's own policy would stop.
    """
    marks = {**_SLOTS, "record_begins": packing.BEGINS, "record_ends": packing.ENDS}
    resources = {name: Markup(mark) for name, mark in marks.items()}
    framed = frame(document, templates / "html", ".html.j2", resources, kept)
    _refuse_wrong_slots(framed, document.cells)
    framed, framed_record = packing.cut(framed)
    draw = _drawing(document, templates / "html", kept)
    record = _record(document, framed_record, draw, templates / "html", kept)
    page = _CELL.sub(draw, framed)
    without_script = page.replace(f'<script type="module">{_SLOTS["script"]}</script>', "", 1)
    own = _read_kept(_filled(without_script, dict.fromkeys(_SLOTS, "")), kept)
    _refuse_faults([own, record])
    sheets = _bare(templates / name for name in STYLE_SHEETS)
    # Without the spaces that a style sheet can do without.
    sheets = re.sub(r"\s*([{},;>]|(?<=\w):(?= ))\s*", r"\1", sheets).replace(";}", "}")
    rules = f"{sheets}\n{_column_rules(document)}"
    script = _bare(templates / "script" / f"{name}.js" for name in SCRIPTS).strip()
    # The labels that the rules write are in the text too, as the heads of columns.
    text = f"{own['text']}{record['text']}{script}-"
    fonts = font_rules(text, kept, has_code=own["has_code"] or record["has_code"])
    style = f"{fonts}\n{rules}".strip()
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    page = _filled(page, {"policy": str(escape(policy)), "style": style, "script": script})
    return packing.filled(_small(page), record["packed"], record["ids"], document.destinations)


def _refuse_wrong_slots(framed: str, cells: Sequence[Json]) -> None:
    """Raise PageError for a frame that lacks, or repeats, a place for something that it needs."""
    lacking = [name for name, slot in _SLOTS.items() if framed.count(slot) != 1]
    numbers = [str(number) for number, it in enumerate(cells) if "nodes" in it or "block" in it]
    if _CELL.findall(framed) != numbers:
        lacking.append("each cell, once and in order")
    if lacking:
        raise PageError(f"report/template/: index.html.j2 has no place for: {', '.join(lacking)}")


def _drawing(document: Document, templates: Path, kept: Cache) -> Callable[[re.Match[str]], str]:
    """Return a function that draws the text or block of a cell for its slot."""
    text_html = _text_drawing(templates)
    days, first = _days(document), document.first_days

    def drawn(slot: re.Match[str]) -> str:
        cell = document.cells[int(slot[1])]
        if "block" not in cell:
            return text_html(cell["nodes"], 0 if cell["is_front"] else 1)
        block = for_page(cell["block"], days, first)
        cited = document.cited_in if block["kind"] == "cards" else None
        versions = (package_digest(above=False), package_digest(above=True))
        key = digest("block", block, cited, *versions)

        def block_drawn() -> bytes:
            return block_html(with_page_svg(block, days), cited, is_page=True).encode("utf-8")

        return kept.get_or_make("blocks", key, block_drawn).decode("utf-8")

    return drawn


def _text_drawing(templates: Path) -> Callable[[Sequence[Json], int], str]:
    """Return a function that draws the nodes of a text, with headings some levels further down."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(templates), autoescape=True)
    environment.filters["turned"] = turned
    with template_faults():
        macros: Any = environment.get_template("nodes.html.j2").module

    def drawn(nodes: Sequence[Json], below: int) -> str:
        with template_faults():
            return str(macros.blocks(nodes, below))

    return drawn


def _days(document: Document) -> list[str]:
    return [
        row[0] for block in document.blocks() if block["kind"] == "days" for row in block["rows"]
    ]


def _record(
    document: Document,
    framed: str,
    draw: Callable[[re.Match[str]], str],
    templates: Path,
    kept: Cache,
) -> Json:
    """Return what `_read` finds in the record, and the record packed; "" if there is none."""
    content = [framed, document.record.content_digest, document.cited_in]
    content += [_days(document), document.first_days]
    versions = [package_digest(above=False), package_digest(above=True), installed()]
    theme = files_digest(templates, templates.glob("*"))

    def drawn_and_packed() -> bytes:
        record = _CELL.sub(draw, framed)
        packed = packing.packed(_small(record).strip()) if record else ""
        return _written({**_read(record, 0), "packed": packed})

    key = digest("record", *content, theme, *versions)
    found: Json = json.loads(kept.get_or_make("records", key, drawn_and_packed))
    return found


def _filled(drawn: str, parts: Mapping[str, str]) -> str:
    """Return the page with its own parts in their slots."""
    for name, part in parts.items():
        drawn = drawn.replace(f"<!--{name}-->", part, 1)
    return drawn


def _small(page: str) -> str:
    """Return the page without what HTML lets one leave out; style and script stay as they are."""
    from minify_html import minify

    return str(minify(page, keep_html_and_head_opening_tags=True)) + "\n"


def _bare(paths: Iterable[Path]) -> str:
    """Return style sheets or scripts, joined, without their comments and indents.

    A comment of a script is on lines of its own and begins with //.
    """
    sources = "".join(template_text(path) for path in paths)
    return re.sub(r"/\*[^*]*\*/\n?|^[ \t]*//.*\n|^[ \t]+|^\n", "", sources, flags=re.M)


def _digest(source: str) -> str:
    """Return what the policy calls a style or a script that it lets in."""
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _column_rules(document: Document) -> str:
    """Return how the cells of each column are aligned and, for a narrow page, their labels.

    The rules count the columns of the block that the cells are drawn from.
    """
    labels, sides = [], []
    for table in (it for it in document.blocks() if it["kind"] == "table"):
        selector, columns = f"#{table['block_id']}", table["columns"]
        labels += [
            f'{selector} td:nth-child({number}):before{{content:"{_css_text(column["label"])}"}}'
            for number, column in enumerate(columns[1:], 2)
        ]
        for align, stretch in groupby(enumerate(columns, 1), key=lambda it: it[1]["align"]):
            if align != "start":
                places = _columns([number for number, _ in stretch])
                sides.append(f"{selector} :is(td,th){places}{{text-align:{align}}}")
    return "\n".join([*sides, f"@media screen and (max-width:{NARROW}){{", *labels, "}"])


def _columns(numbers: list[int]) -> str:
    """Return the selector of columns that stand beside each other, by their numbers from 1."""
    first, last = numbers[0], numbers[-1]
    only = f":nth-child({first})"
    return only if first == last else f":nth-child(n+{first}):nth-child(-n+{last})"


def _css_text(words: str) -> str:
    """Return a text as it may stand in quotes in a style sheet inside a page."""
    return re.sub(r'["\\<\n\r\f]', lambda found: f"\\{ord(found[0]):x} ", words)


class _Reader(HTMLParser):
    """Collects the text and ids of a part of a page, and whatever the page's policy forbids.

    `styles` is how many style sheets the part may have.
    """

    def __init__(self, styles: int) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.ids: set[str] = set()
        self.faults: list[str] = []
        self._anchor = ""
        self._styles_left = styles

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id") in self.ids:
            self.faults.append(f"a second id={given['id']}")
        if given.get("id"):
            self._anchor = str(given["id"])
            self.ids.add(self._anchor)
        self._styles_left -= tag == "style"
        if tag in _FORBIDDEN_TAGS or (tag == "style" and self._styles_left < 0):
            self.faults.append(f"<{tag}> at #{self._anchor}")
        for name, value in given.items():
            is_local = (value or "").startswith("#") or tag == "a"
            if (tag, name) == ("img", "src") and (value or "").startswith("data:image/"):
                continue
            if name in _FORBIDDEN_ATTRIBUTES or (name == "href" and not is_local):
                self.faults.append(f"{name}= on <{tag}> at #{self._anchor}")
            elif "url(" in (value or "") and not re.search(r"url\(['\"]?#", value or ""):
                self.faults.append(f"{name}= with an address on <{tag}> at #{self._anchor}")

    def handle_data(self, words: str) -> None:
        self.text.append(words)


def _refuse_faults(parts: Sequence[Json]) -> None:
    """Raise PageError for what the page's policy forbids in its parts, and for an id in two."""
    counts = Counter(name for part in parts for name in part["ids"])
    faults = [fault for part in parts for fault in part["faults"]]
    faults += [f"a second id={name}" for name, count in counts.items() if count > 1]
    if faults:
        listed = "\n  ".join(dict.fromkeys(faults))
        raise PageError(
            "the page would hold what its policy forbids, or an id twice (write SVG with "
            "presentation attributes, ids that begin with the block's and no outside address):"
            f"\n  {listed}"
        )


def _read_kept(page: str, kept: Cache) -> Json:
    """Return what `_read` finds in the page around the record, which has one style sheet."""
    key = digest("text", page, package_digest(above=True))
    found: Json = json.loads(kept.get_or_make("texts", key, lambda: _written(_read(page, 1))))
    return found


def _read(part: str, styles: int) -> Json:
    """Return the text of a part of a page, its ids, and what its policy forbids in it."""
    reader = _Reader(styles)
    reader.feed(part)
    reader.close()
    return {
        "text": "".join(reader.text),
        "ids": sorted(reader.ids),
        "faults": reader.faults,
        "has_code": "<pre" in part,
    }


def _written(value: Json) -> bytes:
    return json.dumps(value).encode("utf-8")
