"""What a cell shows: a title, prose, a table, a figure, claim cards or a file, as one record.

A block goes to two faces. JupyterLab gets the HTML that `block.html.j2` draws; the exporters get
the same content as plain JSON under the MIME type `MIME`, and draw it in their own way. Text
stays text until a face draws it, so that no quote can inject markup.

A text is a list of `Run`s. A run may link to `#anchor` inside the brief or to an address. The
anchor of a claim's card is `claim_anchor(claim_id)`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, Literal

from claimbrief.handover import carried, is_build

MIME = "application/vnd.claimbrief.block+json"
LEDGER = "cards-of-claims"  # the block that holds the cards

Style = Literal["", "strong", "em", "quote", "code", "small", "note"]
Numbers = Mapping[str, object]
Json = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """A piece of text in one style; `href` makes it a link.

    In the style "note" the text is a footnote's, and its number stands here.
    """

    text: str
    href: str = ""
    style: Style = ""


Text = tuple[Run, ...]


@dataclass(frozen=True)
class Version:
    """A piece of a text that stands on some days of the brief: from one to another, both included.

    Days are written YYYY-MM-DD; "" is the first or the last day of the window. The pieces that
    stand on a day are, in order, the text of that day.
    """

    since: str
    until: str
    text: Text


@dataclass(frozen=True)
class Column:
    """A table's column: its label, how its cells stand and its share of the width."""

    label: str
    align: Literal["start", "end", "center"] = "start"
    share: float = 1.0


@dataclass(frozen=True)
class Row:
    """A table's row: a text for each column; `tone` is a class for the whole row.

    A page whose day can be moved back shows, for each column, what of its versions stands on the
    day in place of the text (none: it never changed), and the row only from the day `since`.
    """

    cells: tuple[Text, ...]
    tone: str = ""
    since: str = ""
    versions: tuple[tuple[Version, ...], ...] = ()


@dataclass(frozen=True)
class Mark:
    """A drawn mark that links: its box as fractions of the figure (origin top left).

    `since` is the first day (YYYY-MM-DD) by which what it shows had, or may have, been said; ""
    is that of the card which it opens. `is_on_card`: the head of that card says what `label` says.
    """

    x: float
    y: float
    width: float
    height: float
    href: str
    label: str
    since: str = ""
    is_on_card: bool = False


@dataclass(frozen=True)
class Field:
    """A labelled text on a card."""

    label: str
    value: Text


@dataclass(frozen=True)
class Card:
    """One claim's card: what was said, by whom, when, and how it was coded.

    `facets` are the values by which a reader can filter, by filter and in the order of filters;
    `since` is the first day (YYYY-MM-DD) by which the claim had, or may have, been made.
    """

    anchor: str
    title: Text
    quote: Text
    fields: tuple[Field, ...]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""


@dataclass(frozen=True)
class Filter:
    """A way to filter cards: the name of a facet, its label, and each value with its label."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


class _Shown:
    """Draws a block in JupyterLab (HTML) and hands its neutral JSON to the exporters.

    A build draws each block itself, when it knows where it is cited, and is given the JSON alone.
    """

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        block = neutral(self)  # type: ignore[arg-type]
        face = {} if is_build() else {"text/html": block_html(block)}
        return {MIME: block, **face, "text/plain": block["block_id"]}


@dataclass(frozen=True)
class Prose(_Shown):
    """Computed sentences: paragraphs, or a list's items. `numbers` holds each figure stated.

    A page whose day can be moved back shows what of `versions`, each a paragraph through the days,
    stands on the day, in place of the paragraphs (none: they never changed).
    """

    block_id: str
    paragraphs: tuple[Text, ...]
    is_list: bool = False
    numbers: Numbers = field(default_factory=dict)
    versions: tuple[tuple[Version, ...], ...] = ()
    kind: str = "prose"


@dataclass(frozen=True)
class Table(_Shown):
    """A table with a caption, a note on how to read it and the line that names its source.

    The first column holds row headers. A cell's text may link to claim cards. On paper a table of
    short rows may run in several columns of the page, `abreast`.
    """

    block_id: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Text = ()
    source: Text = ()
    numbers: Numbers = field(default_factory=dict)
    abreast: int = 1
    kind: str = "table"


@dataclass(frozen=True)
class Figure(_Shown):
    """A chart as SVG, with alt text from the frame that it draws, and the marks that link.

    `alt` says in a sentence or two what the chart is and finds; `description` tells its content
    in full for those who do not see it. Width and height are in points.
    """

    block_id: str
    caption: Text
    alt: str
    description: str
    svg: str  # what goes inside an <svg> of this width and height; its ids start with block_id
    width: float
    height: float
    marks: tuple[Mark, ...]
    note: Text = ()
    source: Text = ()
    numbers: Numbers = field(default_factory=dict)
    kind: str = "figure"


@dataclass(frozen=True)
class Cards(_Shown):
    """Claim cards, in the order in which they are read.

    `left_out` counts the claims that have no card here, and `note` tells which those are: a
    reference to one of them is its id in plain text.
    """

    block_id: str
    cards: tuple[Card, ...]
    filters: tuple[Filter, ...] = ()
    left_out: int = 0
    note: Text = ()
    numbers: Numbers = field(default_factory=dict)
    kind: str = "cards"


@dataclass(frozen=True)
class Title(_Shown):
    """The head of the brief: its question, a line below it, the day it tells of and its facts.

    The exporters set it above all chapters and take the document's title and date from it;
    `day` is written YYYY-MM-DD. `facts` are the dataset's name, version, digest and the like.
    """

    block_id: str
    question: str
    subtitle: str
    day: str
    language: str
    facts: tuple[Field, ...]
    numbers: Numbers = field(default_factory=dict)
    kind: str = "title"


@dataclass(frozen=True)
class Days(_Shown):
    """The days of the window with what had been said by the end of each, in figures.

    A page offers them as its days; `rows` holds for each day (YYYY-MM-DD) its words and a figure,
    as written, for each label. The last day is the brief's own.
    """

    block_id: str
    caption: Text
    labels: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    note: Text = ()
    numbers: Numbers = field(default_factory=dict)
    kind: str = "days"


@dataclass(frozen=True)
class Download(_Shown):
    """A file beside the page. `download` makes it: the digest is that of the content.

    The build writes `content` into the folder and takes it out of the block; in the neutral block
    stands what `claimbrief.handover.carried` says of it. `rows` counts what the file is of;
    `facts` are its size and digest as both faces print them.
    """

    block_id: str
    file_name: str
    media_type: str
    content: bytes
    description: Text
    rows: int
    size: int  # bytes
    sha256: str
    facts: Text
    numbers: Numbers = field(default_factory=dict)
    kind: str = "file"


Block = Title | Prose | Table | Figure | Cards | Days | Download


def download(
    block_id: str,
    file_name: str,
    media_type: str,
    content: str | bytes,
    description: Text,
    rows: int,
) -> Download:
    """Return a file's block with the size in bytes and the SHA-256 of its content (text: UTF-8)."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    sha256, size = hashlib.sha256(raw).hexdigest(), len(raw)
    facts = text(f"{size:,} bytes, SHA-256 ", Run(sha256, style="code"))
    numbers = {"rows": rows, "bytes": size}
    return Download(
        block_id,
        file_name,
        media_type,
        raw,
        description,
        rows,
        size,
        sha256,
        facts,
        numbers,
    )


def text(*parts: str | Run) -> Text:
    """Return the parts as one text; a plain string becomes an unstyled run, an empty one none."""
    runs = (part if isinstance(part, Run) else Run(part) for part in parts)
    return tuple(run for run in runs if run.text)


def joined(texts: Sequence[Text], separator: str = ", ", last: str | None = None) -> Text:
    """Return the texts as one, with a separator between them (`last` before the final one)."""
    runs: list[Run] = []
    for position, part in enumerate(texts):
        if position:
            is_final = last is not None and position == len(texts) - 1
            runs.append(Run(str(last) if is_final else separator))
        runs.extend(part)
    return tuple(runs)


def claim_anchor(claim_id: str) -> str:
    """Return the anchor of a claim's card: its id, so that an address is short to write and say."""
    return claim_id


def neutral(block: Block) -> Json:
    """Return a block as plain JSON values: what the exporters read."""
    values = asdict(block)
    if isinstance(block, Download):
        del values["content"]
        values |= carried(block.content, block.sha256)
    return values


def hrefs(block: Json, *, has_versions: bool = True) -> Iterator[str]:
    """Yield every link of a neutral block, in order of reading; those of versions on request."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, Mapping):
            if value.get("href"):
                yield str(value["href"])
            for name, inner in value.items():
                if has_versions or name != "versions":
                    yield from walk(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                yield from walk(inner)

    return walk(block)


def block_html(block: Json, cited_in: Mapping[str, Sequence[Json]] | None = None) -> str:
    """Return the HTML of a neutral block.

    `cited_in` maps a card's anchor to the places that cite it ({"href", "label"}); the page
    fills it, JupyterLab leaves it out.
    """
    template = _environment().get_template("block.html.j2")
    grouped = {anchor: _by_kind(places) for anchor, places in (cited_in or {}).items()}
    return str(template.render(block=block, cited_in=grouped))


def _by_kind(places: Sequence[Json]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return places as (kind, [(href, name)]): all tables together, each by its number.

    A table or figure is linked by the short anchor of its label.
    """
    kinds: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        numbered = re.fullmatch(r"(Table|Figure) (\d+)", place["label"])
        kind, name = numbered.groups() if numbered else ("", place["label"])
        href = f"#{label_anchor(place['label'])}" if numbered else place["href"]
        kinds.setdefault(kind, []).append((href, name))
    return sorted(kinds.items(), key=lambda kind: kind[0] != "")


def label_anchor(label: str) -> str:
    """Return the anchor of a table's or figure's label: "t-2" for "Table 2"."""
    kind, _, number = label.partition(" ")
    return f"{kind[:1].lower()}-{number}"


@cache
def _environment() -> Any:
    """Return Jinja's environment for this package's template, with every value escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("claimbrief", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["label_anchor"] = label_anchor
    return environment
