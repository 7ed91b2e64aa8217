"""The brief as one HTML file that needs no network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path

from markupsafe import Markup, escape
from nbformat import NotebookNode

from claimbrief.block_html import block_html, turned
from claimbrief.errors import PageError
from claimbrief.render import packing
from claimbrief.render.cache import NOTHING_KEPT, Cache
from claimbrief.render.fonts import font_rules
from claimbrief.render.html_blocks import for_page, with_page_svg
from claimbrief.render.keys import digest, installed, package_digest
from claimbrief.render.page import Shared, blocks_of, drawn, template_text
from claimbrief.texts import Json

# Joined in this order they are the style sheet and the script of the page.
STYLE_SHEETS = ("brief.css", "controls.css", "media.css")
_SCRIPTS = "dom unpack address days ledger cards tip contents tables start"
SCRIPTS = _SCRIPTS.split()
NARROW = "44rem"  # up to this width a table's rows become lists, as brief.css says

# What a browser would fetch, run or style by, against the page's own policy.
_FORBIDDEN_TAGS = {"script", "iframe", "object", "embed", "link", "base", "image", "form"}
_FORBIDDEN_ATTRIBUTES = {"style", "src", "srcset", "xlink:href", "background", "data"}


def _block_html(
    kept: Cache, days: Sequence[str], first: Mapping[str, str], shared: Shared, cited_in: Shared
) -> Markup:
    """Return a block's HTML, kept from an earlier page or drawn now."""
    block = for_page(shared.value, days, first)
    cited = cited_in.value if block["kind"] == "cards" else None
    key = digest("block", block, cited, package_digest(above=False), package_digest(above=True))

    def drawn() -> bytes:
        return block_html(with_page_svg(block, days), cited, is_page=True).encode("utf-8")

    return Markup(kept.get_or_make("blocks", key, drawn).decode("utf-8"))


def html_page(notebook: NotebookNode, templates: Path, kept: Cache = NOTHING_KEPT) -> str:
    """Return the page of the joined notebook; the cache keeps blocks, fonts and the checked text.

    Raises PageError for anything in a block that would ask something of a network or that the
    page's own policy would stop.
    """
    # No text of a notebook can look like these: its angle brackets are escaped.
    slots = {name: Markup(f"<!--{name}-->") for name in ("policy", "style", "script")}
    ends = {"record_begins": Markup(packing.BEGINS), "record_ends": Markup(packing.ENDS)}
    days = [row[0] for block in _blocks(notebook, "days") for row in block["rows"]]
    first = notebook.metadata["brief"]["first_days"].value
    filters = {"block_html": partial(_block_html, kept, days, first), "turned": turned}
    page = drawn(notebook, templates / "html", ".html.j2", filters, {**slots, **ends})
    if lacking := [name for name, slot in slots.items() if page.count(slot) != 1]:
        raise PageError(f"report/template/: index.html.j2 has no place for: {', '.join(lacking)}")
    without_script = page.replace('<script type="module"><!--script--></script>', "", 1)
    bare = _filled(without_script, dict.fromkeys(slots, ""))
    text = _checked_text(bare, kept)
    sheets = _bare(templates / name for name in STYLE_SHEETS)
    # Without the spaces that a style sheet can do without.
    sheets = re.sub(r"\s*([{},;>]|(?<=\w):(?= ))\s*", r"\1", sheets).replace(";}", "}")
    rules = f"{sheets}\n{_column_rules(notebook)}"
    script = _bare(templates / "script" / f"{name}.js" for name in SCRIPTS).strip()
    # The labels that the rules write are in the text too, as the heads of columns.
    fonts = font_rules(f"{text}{script}-", kept, has_code="<pre" in bare)
    style = f"{fonts}\n{rules}".strip()
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    page, record = packing.cut(page)
    page = _filled(page, {"policy": str(escape(policy)), "style": style, "script": script})
    record = _small(record).strip()
    key = digest("record", record, package_digest(above=True), installed())
    zipped = kept.get_or_make("records", key, lambda: packing.zipped(record))
    destinations = notebook.metadata["brief"]["destinations"].value
    return packing.filled(_small(page), record, zipped, destinations)


def _filled(drawn: str, parts: Mapping[str, str]) -> str:
    """Return the page with its own parts in their slots."""
    for name, part in parts.items():
        drawn = drawn.replace(f"<!--{name}-->", part, 1)
    return drawn


def _blocks(notebook: NotebookNode, kind: str) -> list[Json]:
    """Return the blocks of a kind, in order of reading."""
    return [block for block in blocks_of(notebook) if block["kind"] == kind]


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


def _column_rules(notebook: NotebookNode) -> str:
    """Return how the cells of each column are aligned and, for a narrow page, their labels.

    The rules count the columns of the block that the cells are drawn from.
    """
    labels, sides = [], []
    for table in _blocks(notebook, "table"):
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


def _checked_text(page: str, kept: Cache) -> str:
    """Return the text of a page; its record, which seldom changes, is read for itself."""
    read = []
    for styles, part in zip((1, 0), packing.cut(page), strict=True):
        key = digest("text", part, styles, package_digest(above=True))
        read.append(json.loads(kept.get_or_make("texts", key, partial(_read, part, styles))))
    twice = sorted(set(read[0]["ids"]) & set(read[1]["ids"]))
    faults = [*read[0]["faults"], *read[1]["faults"], *(f"a second id={it}" for it in twice)]
    if faults:
        listed = "\n  ".join(dict.fromkeys(faults))
        raise PageError(
            "the page would hold what its policy forbids, or an id twice (write SVG with "
            "presentation attributes, ids that begin with the block's and no outside address):"
            f"\n  {listed}"
        )
    return "".join(it["text"] for it in read)


def _read(part: str, styles: int) -> bytes:
    """Return as JSON the text of a part of a page, its ids, and what its policy forbids in it."""
    reader = _Reader(styles)
    reader.feed(part)
    reader.close()
    found = {"text": "".join(reader.text), "ids": sorted(reader.ids), "faults": reader.faults}
    return json.dumps(found).encode("utf-8")
