"""What a cell shows: a title, prose, a table, a figure or claim cards, as one neutral record.

A block goes to two faces. JupyterLab gets the HTML that `block.html.j2` draws; the exporters get
the same content as plain JSON under the MIME type `MIME`, and draw it in their own way. Text
stays text until a face draws it, so that no quote can inject markup.

A text is a list of `Run`s. A run may link to `#anchor` inside the brief or to an address. The
anchor of a claim's card is `claim_anchor(claim_id)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, Literal

MIME = "application/vnd.claimbrief.block+json"

Style = Literal["", "strong", "em", "quote", "code", "small"]
Numbers = Mapping[str, object]
Json = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """A piece of text in one style; `href` makes it a link."""

    text: str
    href: str = ""
    style: Style = ""


Text = tuple[Run, ...]


@dataclass(frozen=True)
class Column:
    """A table's column: its label, how its cells stand and its share of the width."""

    label: str
    align: Literal["start", "end", "center"] = "start"
    share: float = 1.0


@dataclass(frozen=True)
class Row:
    """A table's row: a text for each column; `tone` is a class for the whole row."""

    cells: tuple[Text, ...]
    tone: str = ""


@dataclass(frozen=True)
class Mark:
    """A drawn mark that links: its box as fractions of the figure (origin top left)."""

    x: float
    y: float
    width: float
    height: float
    href: str
    label: str


@dataclass(frozen=True)
class Field:
    """A labelled text on a card."""

    label: str
    value: Text


@dataclass(frozen=True)
class Card:
    """One claim's card: what was said, by whom, when, and how it was coded."""

    anchor: str
    title: Text
    quote: Text
    fields: tuple[Field, ...]


class _Shown:
    """Draws a block in JupyterLab (HTML) and hands its neutral JSON to the exporters."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        block = neutral(self)  # type: ignore[arg-type]
        return {MIME: block, "text/html": block_html(block), "text/plain": block["block_id"]}


@dataclass(frozen=True)
class Prose(_Shown):
    """Computed sentences: paragraphs, or a list's items. `numbers` holds each figure stated."""

    block_id: str
    paragraphs: tuple[Text, ...]
    is_list: bool = False
    numbers: Numbers = field(default_factory=dict)
    kind: str = "prose"


@dataclass(frozen=True)
class Table(_Shown):
    """A table with a caption, a note on how to read it and the line that names its source.

    The first column holds row headers. A cell's text may link to claim cards.
    """

    block_id: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Text = ()
    source: Text = ()
    numbers: Numbers = field(default_factory=dict)
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
    """Claim cards, in the order in which they are read."""

    block_id: str
    cards: tuple[Card, ...]
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


Block = Title | Prose | Table | Figure | Cards


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
    """Return the anchor of a claim's card."""
    return f"claim-{claim_id}"


def neutral(block: Block) -> Json:
    """Return a block as plain JSON values: what the exporters read."""
    return asdict(block)


def hrefs(block: Json) -> Iterator[str]:
    """Yield every link of a neutral block, in order of reading."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, Mapping):
            if value.get("href"):
                yield str(value["href"])
            for inner in value.values():
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
    return str(template.render(block=block, cited_in=cited_in or {}))


@cache
def _environment() -> Any:
    """Return Jinja's environment for this package's template, with every value escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("claimbrief", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
