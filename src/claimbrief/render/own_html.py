"""HTML that a cell shows as nodes and tables: text that both faces draw, and nothing that runs.

pandas shows frames and Stylers as HTML, so their tables come this way too. A tag that is not here
is refused, as a page or the PDF would lose it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from claimbrief.blocks import Column, Row, Table
from claimbrief.errors import ChapterError
from claimbrief.limits import LIMITS
from claimbrief.render.markdown import Node
from claimbrief.texts import Run, Text, plain, text
from claimbrief.wording import listed, number

if TYPE_CHECKING:
    from bs4.element import PageElement, Tag

_STYLED = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "s": "strike", "del": "strike"}
_PLAIN = {"span", "small", "abbr"}
_INLINE = {*_STYLED, *_PLAIN, "a", "code", "br"}
_BLOCKS = {"p", "div", "h2", "h3", "ul", "ol", "blockquote", "pre", "hr", "table", "style"}
_PARTS = {"li", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup", "col"}
_NUMBER = re.compile(r"[-+−]?[$€£¥]?[-+−]?\d[\d.,\u00a0\u202f ]*(e[-+]?\d+)?\s?%?", re.I)
_NO_VALUE = {"", "nan", "<na>", "none", "inf", "-inf", "–", "—"}
_WIDEST, _NARROWEST = 36, 4  # characters of a column, as far as its share of the width goes
_GAP = 2  # characters that stand for the room between two columns
_WIDTH = 1000  # columns that a table may have
_DEEPEST = 60  # tags that may stand inside each other
_NUMBERS = {"start", "colspan", "rowspan", "data-rows", "data-columns"}


def html_parts(source: str, where: str) -> list[list[Node] | Table]:
    """Return the parts of HTML in order: trees of nodes, and tables without an id.

    Raises ChapterError, which begins with `where`, for what is neither text nor table.
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(source, "html.parser")
    for tag in soup.find_all(True):
        _refuse_tag(tag, where)
    parts: list[list[Node] | Table] = []
    for part in _flow(soup):
        if not isinstance(part, dict):
            parts.append(table_of(part, where))
        elif parts and isinstance(parts[-1], list):
            parts[-1].append(part)
        else:
            parts.append([part])
    return parts


def _refuse_tag(tag: Tag, where: str) -> None:
    """Refuse a tag that is neither of text nor of a table, or that no page could lay out."""
    if tag.name not in _INLINE | _BLOCKS | _PARTS:
        raise _refused(f"<{tag.name}>", where)
    if handler := next((name for name in tag.attrs if name.startswith("on")), None):
        raise _refused(f"{handler}= on <{tag.name}>", where)
    if sum(1 for _ in islice(tag.parents, _DEEPEST)) == _DEEPEST:
        raise _refused(f"more than {_DEEPEST} tags inside each other", where)
    for name in _NUMBERS & set(tag.attrs):
        if not re.fullmatch(r"\d{1,9}", str(tag[name])):
            raise _refused(f"{name}={str(tag[name])[:60]!r}", where)
    if tag.name == "table" and tag.find_parent(["table", "li", "blockquote"]):
        raise _refused("a table inside a table, a list or a quote", where)


def has_look(source: str) -> bool:
    """Return whether HTML has a style of its own, which a brief does not take over."""
    rules = re.findall(r"<style[^>]*>(.*?)</style>", source, re.S | re.I)
    inline = re.findall(r'\sstyle="(?!text-align:[^;"]*;?")', source)
    return bool(inline) or any(rule.strip() for rule in rules)


def _refused(found: str, where: str) -> ChapterError:
    return ChapterError(
        f"{where} shows HTML with {found}; accepted: text, lists, links and tables; show a "
        "picture by Image(…), or tag the cell remove-output"
    )


def _flow(tag: Tag) -> Iterator[Node | Tag]:
    """Yield what stands in a tag: nodes, and the tag of each table."""
    from bs4.element import NavigableString, Tag

    inline: list[Node] = []
    for child in tag.children:
        if isinstance(child, Tag) and child.name in _BLOCKS:
            yield from _paragraph(inline)
            inline = []
            yield from _block(child)
        elif isinstance(child, Tag) or type(child) is NavigableString:  # no comment
            inline += _inline(child)
    yield from _paragraph(inline)


def _paragraph(inline: Sequence[Node]) -> Iterator[Node]:
    if any(node.get("text", "x").strip() for node in inline):
        yield {"type": "paragraph", "children": list(inline)}


def _block(tag: Tag) -> Iterator[Node | Tag]:
    if tag.name in ("h2", "h3"):
        children = [node for child in tag.children for node in _inline(child)]
        yield {"type": "heading", "level": int(tag.name[1]), "children": children}
    elif tag.name in ("ul", "ol"):
        items = [_inner(item) for item in tag.find_all("li", recursive=False)]
        start = int(str(tag.get("start", "1")))
        yield {"type": "list", "is_ordered": tag.name == "ol", "start": start, "items": items}
    elif tag.name == "blockquote":
        yield {"type": "quote", "children": _inner(tag)}
    elif tag.name == "pre":
        yield {"type": "code_block", "text": tag.get_text().strip("\n")}
    elif tag.name == "hr":
        yield {"type": "rule"}
    elif tag.name == "table":
        yield tag
    elif tag.name != "style":
        yield from _flow(tag)


def _inner(tag: Tag) -> list[Node]:
    return [part for part in _flow(tag) if isinstance(part, dict)]


def _inline(child: PageElement) -> list[Node]:
    from bs4.element import Tag

    if not isinstance(child, Tag):
        return [{"type": "text", "text": re.sub(r"\s+", " ", str(child))}]
    children = [node for inner in child.children for node in _inline(inner)]
    if child.name in _STYLED:
        return [{"type": _STYLED[child.name], "children": children}]
    if child.name == "a" and child.get("href"):
        return [{"type": "link", "href": str(child["href"]), "children": children}]
    if child.name == "code":
        return [{"type": "code", "text": child.get_text()}]
    return [{"type": "break"}] if child.name == "br" else children


def table_of(tag: Tag, where: str) -> Table:
    """Return a table of HTML, cut to the limits, with a note on how much of it that is.

    A frame that is cut already says how many rows and columns it has.
    """
    rows = tag.find_all("tr")
    head = [row for row in rows if row.find_parent("thead")]
    rest = [row for row in rows if not row.find_parent("thead")]
    if not head and rest and not rest[0].find("td"):
        head, rest = rest[:1], rest[1:]
    headers = len(rest[0].find_all("th", recursive=False)) if rest else 0
    body = _grid(rest[: LIMITS.rows], where)
    labels = [_label(cells) for cells in zip(*_grid(head[: LIMITS.rows], where), strict=True)]
    width = max([len(labels), *map(len, body)], default=0)
    labels += [""] * (width - len(labels))
    cut = min(width, headers + LIMITS.columns)
    cells = [(*row, *[()] * (width - len(row)))[:cut] for row in body]
    columns = [_column(labels[at], [row[at] for row in cells], at) for at in range(cut)]
    total = {name: int(str(tag.get(f"data-{name}", "0"))) for name in ("rows", "columns")}
    note = _cut_note(
        (len(cells), max(len(rest), total["rows"]), "rows"),
        (cut - headers, max(width - headers, total["columns"]), "columns"),
    )
    caption = tag.find("caption")
    words = text(" ".join(caption.get_text(" ").split()) if caption else "")
    return Table("", words, tuple(columns), tuple(Row(row) for row in cells), note)


def _cut_note(*counted: tuple[int, int, str]) -> Text:
    cuts = [
        f"the first {number(part)} of {number(whole)} {name}"
        for part, whole, name in counted
        if part < whole
    ]
    return text(f"Here are {listed(cuts)}.") if cuts else ()


def _grid(rows: Sequence[Tag], where: str) -> list[list[Text]]:
    """Return the text of each place of a table; a cell stands in each place that it spans."""
    places: dict[tuple[int, int], Text] = {}
    for down, row in enumerate(rows):
        across = 0
        for cell in row.find_all(["th", "td"], recursive=False):
            while (down, across) in places:
                across += 1
            wide = max(int(str(cell.get("colspan", "1"))), 1)
            tall = min(max(int(str(cell.get("rowspan", "1"))), 1), len(rows) - down)
            if across + wide > _WIDTH:
                raise _refused(f"a table of more than {number(_WIDTH)} columns", where)
            content = _cell_text(cell)
            for at in range(wide * tall):
                places[down + at // wide, across + at % wide] = content
            across += wide
    width = max((across + 1 for _, across in places), default=0)
    return [[places.get((down, at), ()) for at in range(width)] for down in range(len(rows))]


def _cell_text(cell: Tag) -> Text:
    runs = []
    for string in cell.strings:
        link = string.find_parent("a")
        href = str(link.get("href", "")) if link else ""
        runs.append(Run(re.sub(r"\s+", " ", string), href))
    return text(*runs) if plain(tuple(runs)).strip() else ()


def _label(heads: Sequence[Text]) -> str:
    """Return the head of a column that has a head on each of several levels."""
    return ", ".join(dict.fromkeys(words for head in heads if (words := plain(head).strip())))


def _column(label: str, cells: Sequence[Text], position: int) -> Column:
    """Return a column: numbers stand at its end; row headers, and all else, at its start."""
    written = [plain(cell).strip() for cell in cells]
    is_numeric = any(written) and all(
        _NUMBER.fullmatch(words) or words.lower() in _NO_VALUE for words in written
    )
    longest = max(map(len, [*written, *label.split()]), default=0)
    share = float(min(max(longest, _NARROWEST), _WIDEST) + _GAP)
    return Column(label, "end" if is_numeric and position else "start", share)
