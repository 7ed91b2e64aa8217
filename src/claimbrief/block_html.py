"""The HTML of a neutral block, for a notebook and for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from claimbrief.texts import Json, pieces_by_direction


def block_html(
    block: Json, cited_in: Mapping[str, Sequence[Json]] | None = None, *, is_page: bool = False
) -> str:
    """Return the HTML of a neutral block.

    `cited_in` maps a card's anchor to the citations of the card, as `claimbrief.render.anchors`
    makes them; the page fills it, a notebook leaves it out. A page has a style sheet of its own
    (`is_page`); in a notebook each cell has its style, and a chart is an image
    (`claimbrief.lab.lab_html`).
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
