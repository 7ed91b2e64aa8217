"""What a cell shows: a title, prose, a table, a figure, cards or a file, as one record.

A block goes to two faces. A notebook gets the HTML that `claimbrief.block_html` draws; the
exporters get the same content as plain JSON under the MIME type `MIME`, and draw it in their own
way. Text stays text until a face draws it, so that no quote can inject markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from claimbrief import handover
from claimbrief.block_html import lab_html, plain_text
from claimbrief.cards import Card, Field, Filter
from claimbrief.errors import PageError
from claimbrief.texts import Json, Text, Version

if TYPE_CHECKING:
    import matplotlib.figure

MIME = "application/vnd.claimbrief.block+json"
LEDGER = "cards-of-statements"  # the block that holds the cards

Numbers = Mapping[str, object]


@dataclass(frozen=True)
class Column:
    """A table's column: its label, how its cells stand and its share of the width.

    `key` says which column it is on every day of a table that changes by day.
    """

    label: str
    align: Literal["start", "end", "center"] = "start"
    share: float = 1.0
    key: str = ""


@dataclass(frozen=True)
class Row:
    """A table's row: a text for each column; `tone` is a class for the whole row.

    `key` says which row it is on every day of a table that changes by day. A page moved back shows
    for each column which of its versions stands on the day (none: the text never changed), and the
    row only from the day `since`.
    """

    cells: tuple[Text, ...]
    tone: str = ""
    since: str = ""
    versions: tuple[tuple[Version, ...], ...] = ()
    key: str = ""


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
class _Displayed:
    """Draws a block in JupyterLab (HTML) and hands its neutral JSON to the exporters.

    A build draws each block itself, when it knows where it is cited, and is given the JSON alone:
    as one text, which kernel, messages and papermill pass on without a look at what is in it.
    """

    block_id: str
    numbers: Numbers = field(default_factory=dict, kw_only=True)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        if handover.folder is not None:  # a build runs this notebook
            return {MIME: _json(self)}  # type: ignore[arg-type]
        block = neutral(self)  # type: ignore[arg-type]
        html = lab_html(block, getattr(self, "drawn", None))
        return {MIME: block, "text/html": html, "text/plain": plain_text(block)}


@dataclass(frozen=True)
class Prose(_Displayed):
    """Computed sentences: paragraphs, or a list's items. `numbers` holds each figure stated.

    A page moved back shows `versions`, each a paragraph through the days, in place of paragraphs.
    `look` is a class for the whole: "answer" is the box below the question, and in "headlines"
    each paragraph begins with a headline, its runs in the style "strong", on a line of its own.
    """

    paragraphs: tuple[Text, ...]
    is_list: bool = False
    look: Literal["", "answer", "headlines"] = ""
    versions: tuple[tuple[Version, ...], ...] = ()
    kind: str = "prose"


@dataclass(frozen=True)
class Table(_Displayed):
    """A table with a caption, a note on how to read it and the line that names its source.

    The caption states what the table finds, and `subtitle` says what its rows and cells are.
    The first column holds row headers; texts may link to cards. On paper a table of short rows may
    run in several columns of the page, `abreast`.
    """

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Text = ()
    source: Text = ()
    subtitle: Text = ()
    abreast: int = 1
    kind: str = "table"

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row.cells) != len(self.columns):
                raise PageError(
                    f"{self.block_id}, row {number}: found cells: {len(row.cells)}; accepted: "
                    f"{len(self.columns)}, a cell for each Column; to do: add or remove cells"
                )


@dataclass(frozen=True)
class Drawing:
    """A chart drawn once more for a narrow page: as in `Figure`, of the same frame."""

    svg: str
    width: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Figure(_Displayed):
    """A chart as SVG, with alt text from the frame that it draws, and the marks that link.

    The caption states what the chart finds, and `subtitle` says what is drawn. `narrow` is the
    chart for a page of 358 px; without it the chart scrolls sideways there. `alt` says in a
    sentence or two what the chart is and finds; `description` tells its content in full for those
    who do not see it. Width and height are in points. `drawn`, the matplotlib figure behind `svg`,
    is no part of the neutral block. Page and PDF leave out what `is_empty`.
    """

    caption: Text
    alt: str
    description: str
    svg: str  # what goes inside an <svg> of this width and height; its ids start with `id_stem`
    width: float
    height: float
    marks: tuple[Mark, ...]
    note: Text = ()
    source: Text = ()
    subtitle: Text = ()
    narrow: Drawing | None = None
    is_empty: bool = False
    kind: str = "figure"
    drawn: matplotlib.figure.Figure | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Picture(_Displayed):
    """A picture or a formula that a cell shows by itself.

    `source` is its content as a data: address, in which nothing can run or ask for anything; `svg`
    is that of an SVG once more, for paper. In points. A formula has no number and no caption.
    """

    caption: Text
    alt: str
    source: str
    svg: str
    width: float
    height: float
    note: Text = ()
    is_numbered: bool = True
    kind: str = "picture"


@dataclass(frozen=True)
class Cards(_Displayed):
    """Cards of statements, in the order in which they are read.

    `left_out` counts the statements that have no card here, and `note` tells which those are: a
    reference to one of them is plain text.
    """

    cards: tuple[Card, ...]
    filters: tuple[Filter, ...] = ()
    left_out: int = 0
    note: Text = ()
    kind: str = "cards"


@dataclass(frozen=True)
class Title(_Displayed):
    """The head of the brief: its question, a line beside it, the day it tells of and its facts.

    `when` says in words what the day means: "Statements until 31 May 2019".
    The document's title and date are taken from it; `day` is written YYYY-MM-DD. `facts` are the
    dataset's name, version, digest and the like; `dataset` is its name alone.
    """

    question: str
    subtitle: str
    day: str
    language: str
    facts: tuple[Field, ...]
    when: str = ""
    dataset: str = ""
    kind: str = "title"


@dataclass(frozen=True)
class Days(_Displayed):
    """The days of the window with what had been said by the end of each, in figures.

    `rows` holds for each day (YYYY-MM-DD; the last is the brief's own) its words and a figure, as
    written, for each label. `figure_keys` name the figures for the page's script and style.
    """

    caption: Text
    labels: tuple[str, ...]
    figure_keys: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    note: Text = ()
    kind: str = "days"


@dataclass(frozen=True)
class Download(_Displayed):
    """A file beside the page. `download` makes it: the digest is that of the content.

    The neutral block is without `content`, which a build is handed apart (`claimbrief.handover`).
    `rows` counts what the file is of; `facts` are its size and digest as both faces print them.
    """

    file_name: str
    media_type: str
    content: bytes
    description: Text
    rows: int
    size: int  # bytes
    sha256: str
    facts: Text
    kind: str = "file"


Block = Title | Prose | Table | Figure | Picture | Cards | Days | Download


def id_stem(block_id: str) -> str:
    """Return what the ids in a block's chart start with: two letters of each word of its id."""
    return "".join(word[:2] for word in block_id.split("-"))


def neutral(block: Block) -> Json:
    """Return a block as plain JSON values: what the exporters read."""
    found: Json = json.loads(_json(block))
    return found


def _json(block: Block) -> str:
    values = {name: value for name, value in vars(block).items() if name != "drawn"}
    if isinstance(block, Download):
        del values["content"]
        handover.hand_over(block.content, block.sha256)
    return json.dumps(values, ensure_ascii=False, default=_fields)


def _fields(record: Any) -> Json:
    """Return the fields of a record; the language of a text in the brief's own is left out."""
    return {name: value for name, value in vars(record).items() if name != "lang" or value}
