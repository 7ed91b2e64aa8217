"""Blocks as the page needs them: days as positions, and marks named by the cards beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from claimbrief.errors import PageError
from claimbrief.render.contract import card_head
from claimbrief.texts import Json


def for_page(block: Json, days: Sequence[str]) -> Json:
    """Return a block whose limits (`since`, `until`) are positions among the days of the brief.

    Without days a block has no limits: it is that of the last day.
    """
    if block["kind"] == "prose":
        return {**block, "versions": [_versions(pieces, days) for pieces in _kept(block, days)]}
    if block["kind"] == "table":
        return {**block, "rows": [_row(row, days) for row in block["rows"]]}
    if block["kind"] == "cards":
        return {**block, "cards": [_limited(card, days) for card in block["cards"]]}
    return block


def _kept(texts: Json, days: Sequence[str]) -> Iterable[list[Json]]:
    """Return the versions of a block or a row; without days the texts themselves are enough."""
    return texts["versions"] if days else ()


def _row(row: Json, days: Sequence[str]) -> Json:
    versions = [_versions(pieces, days) for pieces in _kept(row, days)]
    return {**_limited(row, days), "versions": versions}


def _versions(pieces: Iterable[Json], days: Sequence[str]) -> list[Json]:
    return [_limited(piece, days) for piece in pieces]


def _limited(limited: Json, days: Sequence[str]) -> Json:
    """Return a row, a card or a version with its limits as positions; "" is no limit."""
    limits = {name: limited[name] for name in ("since", "until") if name in limited}
    return {**limited, **{name: _position(name, day, days) for name, day in limits.items()}}


def _position(limit: str, day: str, days: Sequence[str]) -> str:
    """Return the position of the first day since, or the last day until, a day."""
    if not day or not days:
        return ""
    return str(bisect_left(days, day) if limit == "since" else bisect_right(days, day) - 1)


def with_page_svg(block: Json, days: Sequence[str]) -> Json:
    """Return a block whose chart, if it has any, is drawn for a page that has the cards.

    The limits become positions among the days, a mark whose words are the head of its card is named
    by that head, and a link without a mark of the block becomes a group. Raises PageError for a
    chart that is not well-formed XML.
    """
    if block["kind"] != "figure":
        return block
    try:
        root = ElementTree.fromstring(f"<svg>{block['svg']}</svg>")
    except ElementTree.ParseError as error:
        raise PageError(f"the chart {block['block_id']!r} is not well-formed: {error}") from error
    opened = {mark["href"] for mark in block["marks"]}
    for element in root.iter():
        if element.tag == "a" and element.get("href") not in opened:
            _unlink(element)
        if "on-card" in element.get("class", "").split():
            _name_by_card(element)
        for limit in ("since", "until"):
            if day := element.attrib.pop(f"data-{limit}", ""):
                _limit(element, limit, _position(limit, day, days))
    written = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    return {**block, "svg": (root.text or "") + written}


def _unlink(mark: ElementTree.Element) -> None:
    mark.tag = "g"
    del mark.attrib["href"], mark.attrib["class"]


def _name_by_card(mark: ElementTree.Element) -> None:
    mark.set("class", "mark")
    mark.set("aria-labelledby", card_head(mark.get("href", "").removeprefix("#")))
    title = mark.find("title")
    if title is not None:
        mark.remove(title)


def _limit(element: ElementTree.Element, limit: str, position: str) -> None:
    if position:
        element.set(f"data-{limit}", position)
