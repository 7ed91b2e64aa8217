"""The HTML of a neutral block, for the page and for a notebook, and its plain text.

JupyterLab, VS Code and nbviewer show the same HTML, without a script or a style sheet. It is of the
notebook's own day. A chart is an image there, since JupyterLab takes the links inside an SVG for
links of its own and fails on them; its text is drawn as outlines, since an image finds no fonts but
those of the machine.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from claimbrief.texts import Json, pieces_by_direction, walk_nodes
from claimbrief.wording import counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PIXELS = 96 / 72  # CSS pixels to the point
ELSEWHERE = "Claim {}: its card is in the ledger"


def block_html(
    block: Json, cited_in: Mapping[str, Sequence[Json]] | None = None, *, is_page: bool = False
) -> str:
    """Return the HTML of a neutral block.

    `cited_in` maps a card's anchor to the citations of the card, as `claimbrief.render.anchors`
    makes them; the page fills it, a notebook leaves it out. A page has a style sheet of its own
    (`is_page`); in a notebook each cell has its style, and a chart is an image (`lab_html`).
    """
    template = _environment().get_template("block.html.j2")
    grouped = {anchor: _by_group(citations) for anchor, citations in (cited_in or {}).items()}
    return str(template.render(block=block, cited_in=grouped, is_page=is_page))


def _by_group(citations: Sequence[Json]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return citations as (group, [(href, name)]): all tables together, each by its number."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for citation in citations:
        link = (citation["short_href"], citation["name"])
        groups.setdefault(citation["group"], []).append(link)
    return sorted(groups.items(), key=lambda group: group[0] != "")


def turns(words: str) -> bool:
    """Return whether any words run from right to left."""
    return len(pieces_by_direction(words)) > 1


def turned(words: str) -> str:
    """Return words, in HTML in which those from right to left turn nothing around them."""
    pieces = pieces_by_direction(words)
    if len(pieces) == 1:
        return words
    tags = ("{}", "<bdi>{}</bdi>")
    return Markup("").join(
        Markup(tags[number % 2]).format(piece) for number, piece in enumerate(pieces)
    )


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
    environment.filters |= {"turned": turned, "turns": turns}
    return environment


def lab_html(block: Json, drawn: Figure | None = None) -> str:
    """Return the HTML of a neutral block for a notebook; `drawn` is the figure of a chart.

    A link to a claim that the block does not hold is no link there, and its tooltip names
    the claim.
    """
    from matplotlib.colors import to_hex

    on_cards = walk_nodes(block.get("cards", ()))
    claims = {node["anchor"] for node in on_cards if "anchor" in node and "words" in node}
    face: Json = _on_own_day(block, claims)
    if block["kind"] == "figure":
        paper = to_hex(drawn.get_facecolor()) if drawn else "white"
        svg = b64encode((_outlined(drawn) if drawn else _bare(block)).encode()).decode("ascii")
        picture = f"data:image/svg+xml;base64,{svg}"
        face |= {"picture": picture, "areas": _areas(block), "paper": paper}
    return block_html(face)


def _on_own_day(value: Any, claims: set[str]) -> Any:
    """Return a part of a block without other days, filters and links that lead nowhere."""
    if isinstance(value, list | tuple):
        return [_on_own_day(inner, claims) for inner in value]
    if not isinstance(value, Mapping):
        return value
    kept = {name: _on_own_day(inner, claims) for name, inner in value.items()}
    kept |= {name: () for name in ("versions", "filters") if name in value}
    href = str(value.get("href", ""))
    if href.startswith("#") and href[1:] not in claims:
        kept |= {"href": "", "title": ELSEWHERE.format(href[1:])}
    return kept


def _outlined(drawn: Figure) -> str:
    """Return a figure as SVG on its own ground, the same each time."""
    import matplotlib as mpl
    from matplotlib.text import Text

    from claimbrief.faces import SANS, codes_of, source_face
    from claimbrief.house import every_family, page_style

    buffer, codes = StringIO(), codes_of(source_face(SANS))
    for text in drawn.findobj(Text):
        if not codes.issuperset(map(ord, text.get_text())):
            text.set_fontfamily(every_family())
    with page_style(), mpl.rc_context({"svg.fonttype": "path"}):
        drawn.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def _bare(block: Json) -> str:
    """Return the SVG of a block that has no figure."""
    size = f'viewBox="0 0 {block["width"]} {block["height"]}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{block["svg"]}</svg>'


def _areas(block: Json) -> list[Json]:
    """Return the box of each mark of a chart, in CSS pixels, and its words."""
    sides = (block["width"] * PIXELS, block["height"] * PIXELS) * 2
    areas = []
    for mark in block["marks"]:
        x, y = mark["x"], mark["y"]
        edges = zip((x, y, x + mark["width"], y + mark["height"]), sides, strict=True)
        coords = ",".join(str(round(edge * side)) for edge, side in edges)
        areas.append({"coords": coords, "label": mark["label"]})
    return areas


def plain_text(block: Json) -> str:
    """Return what a block is, in plain text; of sentences, the sentences."""
    match block["kind"]:
        case "title":
            lines = [block["question"], block["subtitle"]]
        case "prose":
            lines = [_words(paragraph) for paragraph in block["paragraphs"]]
        case "table":
            rows, columns = len(block["rows"]), len(block["columns"])
            size = f"{counted(rows, 'row')}, {counted(columns, 'column')}"
            lines = [f"Table: {_words(block['caption'])}; {size}"]
        case "figure":
            lines = [f"Figure: {block['alt']}"]
        case "cards":
            lines = [f"Cards: {counted(len(block['cards']), 'statement')}"]
        case "days":
            lines = [f"Table: {_words(block['caption'])}; {counted(len(block['rows']), 'day')}"]
        case _:
            lines = [f"File: {block['file_name']}; {_words(block['facts'])}"]
    return "\n\n".join(lines) or str(block["block_id"])


def _words(text: list[Json]) -> str:
    """Return a text in plain words: a quotation has its marks, a footnote its brackets."""
    around = {"quote": "“{}”", "note": " ({})"}
    return "".join(around.get(run["style"], "{}").format(run["text"]) for run in text)
