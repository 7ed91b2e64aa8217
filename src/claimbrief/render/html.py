"""The brief as one HTML file that asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from claimbrief.blocks import block_html
from claimbrief.errors import PageError
from claimbrief.render.fonts import font_rules, refuse_missing_glyphs
from claimbrief.render.page import BriefExporter

if TYPE_CHECKING:
    from jinja2 import Environment
    from nbformat import NotebookNode

STYLE_SHEET = "brief.css"

# What a browser would fetch, run or style by, against the page's own policy.
_FORBIDDEN_TAGS = {"script", "iframe", "object", "embed", "link", "base", "image", "img", "form"}
_FORBIDDEN_ATTRIBUTES = {"style", "src", "srcset", "xlink:href", "background", "data"}


class HtmlExporter(BriefExporter):
    """Draws the joined notebook by `html/index.html.j2`."""

    template_name = "html"
    file_extension = ".html"
    output_mimetype = "text/html"

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.filters["block_html"] = lambda block, cited_in: Markup(
            block_html(block, cited_in)
        )
        return environment


def html_page(notebook: NotebookNode, templates: Path) -> str:
    """Return the page of the joined notebook.

    Raises PageError for a character that no font can draw, or for anything in a block that would
    ask something of a network or that the page's own policy would stop.
    """
    exporter = HtmlExporter(templates)
    bare, _ = exporter.from_notebook_node(notebook, {"style": "", "policy": ""})
    text = _checked_text(bare)
    refuse_missing_glyphs(text)
    sheet = (templates / STYLE_SHEET).read_text(encoding="utf-8")
    style = f"\n{font_rules(text + _written_by(sheet))}\n{sheet}"
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    page, _ = exporter.from_notebook_node(notebook, {"style": Markup(style), "policy": policy})
    return str(page)


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
