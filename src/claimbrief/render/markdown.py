"""Markdown cells to a small neutral tree that both faces draw.

Block nodes: heading (level, id, children), paragraph, list (is_ordered, start, items), quote,
code_block (text), rule, table (aligns, head, rows). Inline nodes: text, em, strong, strike, code,
link (href, children), break. Whatever else Markdown can hold is refused, since the page or the PDF
would drop it.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

from claimbrief.errors import ChapterError
from claimbrief.texts import walk_nodes

Node = dict[str, Any]

_INSTEAD = {
    "block_html": "raw HTML; write Markdown, or show a block",
    "inline_html": "raw HTML; write Markdown, or show a block",
    "image": "an image; save it as a file and show it in a code cell by Image('name.png')",
    "block_math": "mathematics; write it in words or as code",
    "inline_math": "mathematics; write it in words or as code",
}
_INLINE = {"emphasis": "em", "strong": "strong", "strikethrough": "strike"}
_MARKS = (
    ('"', "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
    ("'", "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"),
)
_OPENING = "(" + "".join(opening for _, opening, _ in _MARKS)
_CLOSING = ")" + "".join(closing for _, _, closing in _MARKS)
_ALIGN = {"left": "start", "right": "end", "center": "center", None: "start"}


def markdown_nodes(source: str, where: str) -> list[Node]:
    """Return the tree of a Markdown cell; headings have no id yet.

    Raises ChapterError, which begins with `where`, for anything that cannot be drawn in both faces.
    """
    tokens, _ = _parser().parse(source)
    return _blocks(tokens, where)


def plain_text(nodes: list[Node]) -> str:
    """Return the text of a tree without its markup."""
    parts = (" " if node["type"] == "break" else node.get("text", "") for node in walk_nodes(nodes))
    return "".join(parts).strip()


def slug(text: str) -> str:
    """Return the text as an anchor: lower case words with hyphens between them."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"


@cache
def _parser() -> Any:
    import mistune

    # Math is parsed in order to be refused: mistune would else pass its dollars on as text.
    return mistune.create_markdown(renderer="ast", plugins=["table", "strikethrough", "math"])


def _blocks(tokens: list[Node], where: str) -> list[Node]:
    return [_block(token, where) for token in tokens if token["type"] != "blank_line"]


def _block(token: Node, where: str) -> Node:
    kind = token["type"]
    if kind == "heading":
        level = token["attrs"]["level"]
        if level > 3:
            raise ChapterError(f"{where} has a heading of level {level}; use #, ## or ###")
        return {"type": "heading", "level": level, "children": _inlines(token["children"], where)}
    if kind in ("paragraph", "block_text"):
        return {"type": "paragraph", "children": _inlines(token["children"], where)}
    if kind == "list":
        items = [_blocks(item["children"], where) for item in token["children"]]
        attrs = token["attrs"]
        is_ordered, start = attrs["ordered"], attrs.get("start", 1)
        return {"type": "list", "is_ordered": is_ordered, "start": start, "items": items}
    if kind == "block_quote":
        return {"type": "quote", "children": _blocks(token["children"], where)}
    if kind == "block_code":
        return {"type": "code_block", "text": token["raw"].rstrip("\n")}
    if kind == "thematic_break":
        return {"type": "rule"}
    if kind == "table":
        return _table(token, where)
    raise _refused(kind, where)


def _table(token: Node, where: str) -> Node:
    head, *body = token["children"]
    rows = body[0]["children"] if body else []
    return {
        "type": "table",
        "aligns": [_ALIGN[cell["attrs"]["align"]] for cell in head["children"]],
        "head": [_inlines(cell["children"], where) for cell in head["children"]],
        "rows": [[_inlines(cell["children"], where) for cell in row["children"]] for row in rows],
    }


def _inlines(tokens: list[Node], where: str) -> list[Node]:
    return [_inline(token, where) for token in tokens]


def _inline(token: Node, where: str) -> Node:
    kind = token["type"]
    if kind == "text":
        if note := re.search(r"\[\^[^\]\s]+\]", token["raw"]):
            raise ChapterError(f"{where} has a footnote {note[0]}; put it into the text")
        return {"type": "text", "text": _curled(html.unescape(token["raw"]))}
    if kind in _INLINE:
        return {"type": _INLINE[kind], "children": _inlines(token["children"], where)}
    if kind == "codespan":
        return {"type": "code", "text": html.unescape(token["raw"])}
    if kind == "link":
        href = token["attrs"]["url"]
        return {"type": "link", "href": href, "children": _inlines(token["children"], where)}
    if kind == "softbreak":
        return {"type": "text", "text": " "}
    if kind == "linebreak":
        return {"type": "break"}
    raise _refused(kind, where)


def _curled(text: str) -> str:
    """Return the text with typographic quotation marks and apostrophes.

    Only a notebook's own text is set so; the words of a block are left as they are.
    """
    for straight, opening, closing in _MARKS:
        text = re.sub(rf"(?<![\w.,;:!?…{_CLOSING}]){straight}(?=[\w…{_OPENING}])", opening, text)
        text = text.replace(straight, closing)
    return text


def _refused(kind: str, where: str) -> ChapterError:
    return ChapterError(f"{where} has {_INSTEAD.get(kind, f'{kind}, which cannot be drawn')}")
