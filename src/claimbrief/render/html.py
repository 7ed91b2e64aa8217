"""The brief as one HTML file that asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from claimbrief.blocks import Json, block_html
from claimbrief.errors import PageError
from claimbrief.render.cache import Cache
from claimbrief.render.fonts import font_rules, refuse_missing_glyphs
from claimbrief.render.keys import digest, package_digest
from claimbrief.render.page import BriefExporter, Held, shown_blocks

if TYPE_CHECKING:
    from jinja2 import Environment
    from nbformat import NotebookNode

STYLE_SHEET, SCRIPT = "brief.css", "brief.js"
NARROW = "44rem"  # at most this wide, a table's rows become lists; the style sheet says how

# What a browser would fetch, run or style by, against the page's own policy.
_FORBIDDEN_TAGS = {"script", "iframe", "object", "embed", "link", "base", "image", "img", "form"}
_FORBIDDEN_ATTRIBUTES = {"style", "src", "srcset", "xlink:href", "background", "data"}

# A mark whose card says what its own words say.
_NAMED = re.compile(r'<a class="mark on-card" href="#([^"]+)"([^>]*)><title>[^<]*</title>')

# How a cell stands, which the style sheet says for its whole column.
_ALIGNED = re.compile(r'(<t[dh][^>]*) class="(?:end|center)"')


class HtmlExporter(BriefExporter):
    """Draws the joined notebook by `html/index.html.j2`."""

    template_name = "html"
    file_extension = ".html"
    output_mimetype = "text/html"

    def __init__(self, templates: Path, cache: Cache) -> None:
        self._cache = cache
        super().__init__(templates)

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.filters["block_html"] = self._block_html
        return environment

    def _block_html(self, held: Held, cited_in: Held) -> Markup:
        """Return a block's HTML, kept from an earlier page or drawn now."""
        block = held.value
        cited = cited_in.value if block["kind"] == "cards" else None
        key = digest("block", block, cited, package_digest(above=False), package_digest(above=True))
        drawn = self._cache.get_or_make("blocks", key, lambda: _drawn(block, cited))
        return Markup(drawn.decode("utf-8"))


def _drawn(block: Json, cited_in: Mapping[str, list[Json]] | None) -> bytes:
    """Return a block's HTML, with what stands in the page's own rules or cards left out."""
    drawn = block_html(block, cited_in)
    return _ALIGNED.sub(r"\1", _NAMED.sub(_named_by_card, drawn)).encode("utf-8")


def html_page(notebook: NotebookNode, templates: Path, cache: Cache | None = None) -> str:
    """Return the page of the joined notebook; what of it can serve again is kept in the cache.

    Raises PageError for a character that no font can draw, or for anything in a block that would
    ask something of a network or that the page's own policy would stop.
    """
    # No text of a notebook can look like these: its angle brackets are escaped.
    places = {name: Markup(f"<!--{name}-->") for name in ("policy", "style", "script")}
    kept = cache or Cache(None)
    drawn, _ = HtmlExporter(templates, kept).from_notebook_node(notebook, places)
    without_script = drawn.replace("<script><!--script--></script>", "", 1)
    bare = _filled(without_script, dict.fromkeys(places, ""))
    key = digest("text", bare, package_digest(above=True))
    text = kept.get_or_make("texts", key, lambda: _checked_text(bare).encode("utf-8")).decode()
    refuse_missing_glyphs(text)
    sheet = _bare((templates / STYLE_SHEET).read_text(encoding="utf-8"))
    script = _bare((templates / SCRIPT).read_text(encoding="utf-8")).strip()
    rules = f"{sheet}\n{_column_rules(notebook)}"
    used = text + _written_by(rules) + script
    fonts = font_rules(used, kept, has_code="<pre" in bare)
    style = f"{fonts}\n{rules}".strip()
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    page = _filled(drawn, {"policy": str(escape(policy)), "style": style, "script": script})
    return _small(_placed_days(page, notebook))


def _filled(drawn: str, own: Mapping[str, str]) -> str:
    """Return the page with its own parts, each in its place."""
    for name, part in own.items():
        drawn = drawn.replace(f"<!--{name}-->", part, 1)
    return drawn


def _placed_days(page: str, notebook: NotebookNode) -> str:
    """Return the page with each day that limits something as its place among the brief's days.

    Where the notebook has no days to show, nothing is limited.
    """
    days = [row[0] for block in _blocks(notebook, "days") for row in block["rows"]]

    def placed(limit: re.Match[str]) -> str:
        name, day = limit.groups()
        if not days:
            return ""
        place = bisect_left(days, day) if name == "since" else bisect_right(days, day) - 1
        return f' data-{name}="{place}"'

    return re.sub(r' data-(since|until)="(\d{4}-\d\d-\d\d)"', placed, page)


def _blocks(notebook: NotebookNode, kind: str) -> list[Json]:
    """Return the blocks of a kind, in order of reading."""
    return [block for block in shown_blocks(notebook) if block["kind"] == kind]


def _small(page: str) -> str:
    """Return the page without what HTML lets one leave out; style and script stay as they are."""
    from minify_html import minify

    return str(minify(page, keep_html_and_head_opening_tags=True)) + "\n"


def _bare(source: str) -> str:
    """Return a style sheet or a script without its comments and indents.

    A comment of a script stands on lines of its own and begins with //.
    """
    return re.sub(r"/\*[^*]*\*/\n?|^[ \t]*//.*\n|^[ \t]+|^\n", "", source, flags=re.M)


def _digest(source: str) -> str:
    """Return what the policy calls a style or a script that it lets in."""
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _column_rules(notebook: NotebookNode) -> str:
    """Return how each column stands, and its label before each cell where a page is narrow."""
    rules = [
        f"#{table['block_id']} td:nth-child({place}):before"
        f'{{content:"{_css_text(column["label"])}"}}'
        for table in _blocks(notebook, "table")
        for place, column in enumerate(table["columns"], 1)
        if place > 1
    ]
    sides = [
        f"#{table['block_id']} :is(td,th):nth-child(n+{first}):nth-child(-n+{last})"
        f"{{text-align:{align}}}"
        for table in _blocks(notebook, "table")
        for align, first, last in _stretches([column["align"] for column in table["columns"]])
        if align != "start"
    ]
    return "\n".join([*sides, f"@media screen and (max-width:{NARROW}){{", *rules, "}"])


def _stretches(values: list[str]) -> list[tuple[str, int, int]]:
    """Return each stretch of equal values with its first and last place, from 1."""
    found, first = [], 1
    for value, run in groupby(values):
        last = first + len(list(run)) - 1
        found.append((value, first, last))
        first = last + 1
    return found


def _css_text(words: str) -> str:
    """Return a text as it may stand in quotes in a style sheet inside a page."""
    return re.sub(r'["\\<\n\r\f]', lambda found: f"\\{ord(found[0]):x} ", words)


def _named_by_card(link: re.Match[str]) -> str:
    """Return the beginning of a mark's link, named by the head of the card that it opens."""
    return f'<a class="mark" href="#{link[1]}"{link[2]} aria-labelledby="{link[1]}-is">'


def _written_by(sheet: str) -> str:
    """Return the characters that the style sheet itself puts on the page."""
    return "".join(re.findall(r'content:\s*"([^"]*)"', sheet)) + "-"


class _Reader(HTMLParser):
    """Collects a page's text and whatever the page may not hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._ids: set[str] = set()
        self.faults: list[str] = []
        self._anchor = ""
        self._styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id") in self._ids:
            self.faults.append(f"a second id={given['id']}")
        self._anchor = given.get("id") or self._anchor
        self._ids.add(self._anchor)
        self._styles += tag == "style"
        if tag in _FORBIDDEN_TAGS or (tag == "style" and self._styles > 1):
            self.faults.append(f"<{tag}> at #{self._anchor}")
        for name, value in given.items():
            is_local = (value or "").startswith("#") or tag == "a"
            if name in _FORBIDDEN_ATTRIBUTES or (name == "href" and not is_local):
                self.faults.append(f"{name}= on <{tag}> at #{self._anchor}")
            elif "url(" in (value or "") and not re.search(r"url\(['\"]?#", value or ""):
                self.faults.append(f"{name}= with an address on <{tag}> at #{self._anchor}")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _checked_text(page: str) -> str:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if reader.faults:
        listed = "\n  ".join(dict.fromkeys(reader.faults))
        raise PageError(
            "the page would hold what its policy forbids, or an id twice (write SVG with "
            "presentation attributes, ids that begin with the block's and no outside address):"
            f"\n  {listed}"
        )
    return "".join(reader.text)
