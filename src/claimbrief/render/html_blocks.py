"""Blocks as the page needs them: days as positions, and marks named by the cards beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from claimbrief.blocks import id_stem
from claimbrief.errors import PageError
from claimbrief.render.anchors import RECORD
from claimbrief.texts import Json


def for_page(block: Json, days: Sequence[str], first_days: Mapping[str, str]) -> Json:
    """Return a block whose limits (`since`, `until`) are positions among the days of the brief.

    Without days a block has no limits: it is that of the last day. A mark without a day of its own
    holds from that of the claim which it opens (`first_days`, by anchor); a chart with such marks
    `moves`.
    """
    match block["kind"]:
        case "figure":
            is_dated = [bool(mark["since"]) for mark in block["marks"]]
            marks = [
                {**it, "since": it["since"] or first_days.get(it["href"].removeprefix("#"), "")}
                for it in block["marks"]
            ]
            return {**block, "marks": marks, "moves": not all(is_dated)}
        case "prose":
            return {**block, "versions": _versions(block, days)}
        case "table":
            rows = [{**_limited(it, days), "versions": _versions(it, days)} for it in block["rows"]]
            return {**block, "rows": rows}
        case "cards":
            return {**block, "cards": [_card(card, days) for card in block["cards"]]}
    return block


def _card(card: Json, days: Sequence[str]) -> Json:
    """Return a card with its limit; words of outlets have their own, where they are later."""
    limited = _limited(card, days)
    of_outlets = [_limited(passage, days) for passage in card["of_outlets"]]
    for passage in of_outlets:
        if passage["since"] == limited["since"]:
            passage["since"] = ""
    return {**limited, "of_outlets": of_outlets}


def _versions(texts: Json, days: Sequence[str]) -> list[list[Json]]:
    """Return the versions of a block or a row; without days the texts themselves are enough."""
    return [[_limited(it, days) for it in pieces] for pieces in texts["versions"]] if days else []


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

    The limits become positions among the days, a link without a mark of the block becomes a group,
    and a mark loses its words if the card beside it has them. Likewise in a narrow drawing.
    Raises PageError for a chart that is not well-formed XML.
    """
    if block["kind"] != "figure":
        return block
    drawn = {**block, "svg": _page_svg(block, block, days)}
    if block.get("narrow"):
        drawn["svg"], words = _with_named_titles(block["block_id"], drawn["svg"])
        since = {mark["href"]: mark["since"] for mark in block["marks"]}
        marks = [{**it, "since": since.get(it["href"], "")} for it in block["narrow"]["marks"]]
        narrow = {**block["narrow"], "marks": marks}
        drawn["narrow"] = {**narrow, "svg": _page_svg(block, narrow, days, words)}
    return drawn


def _with_named_titles(block_id: str, svg: str) -> tuple[str, dict[str, str]]:
    """Return a drawing with an id on the words of each mark, and the ids by the words."""
    root = ElementTree.fromstring(f"<svg>{svg}</svg>")
    found: dict[str, str] = {}
    ids = [element.get("id", "") for element in root.iter()]
    is_renamed = any(it.startswith(f"{block_id}-") for it in ids)  # by `_name_apart`
    stem = block_id if is_renamed else id_stem(block_id)
    for title in (title for mark in root.iter("a") for title in mark.iter("title")):
        words = title.text or ""
        if words not in found:
            found[words] = f"{stem}-w{len(found)}"
            title.set("id", found[words])
    return "".join(ElementTree.tostring(child, encoding="unicode") for child in root), found


def _page_svg(
    block: Json, drawing: Json, days: Sequence[str], named: Mapping[str, str] | None = None
) -> str:
    """Return the SVG of a block's drawing as the page has it.

    A mark with words that stand in another drawing of the block (`named`, their ids) refers there.
    """
    try:
        root = ElementTree.fromstring(f"<svg>{drawing['svg']}</svg>")
    except ElementTree.ParseError as error:
        raise PageError(f"the chart {block['block_id']!r} is not well-formed: {error}") from error
    opened = {mark["href"]: mark for mark in drawing["marks"]}
    _name_apart(root, block["block_id"] if drawing is block else f"{block['block_id']}-narrow")
    for element in root.iter():
        mark = opened.get(element.get("href", ""), {})
        if element.tag == "a" and not mark:
            element.tag = "g"
            del element.attrib["href"], element.attrib["class"]
        elif element.tag == "a" and mark["since"]:
            element.attrib.setdefault("data-since", mark["since"])
        is_on_card = "on-card" in element.get("class", "").split()
        if is_on_card:
            element.set("class", "mark")
        words_id = (named or {}).get(element.findtext("title", "")) if element.tag == "a" else None
        if words_id:
            element.set("aria-labelledby", words_id)
        is_named = words_id or (is_on_card and block["part"] == RECORD)  # there the script names it
        if is_named and (title := element.find("title")) is not None:
            element.remove(title)
        for limit in ("since", "until"):
            day = element.attrib.pop(f"data-{limit}", "")
            if position := _position(limit, day, days):
                element.set(f"data-{limit}", position)
    written = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    return (root.text or "") + written


def _name_apart(root: ElementTree.Element, name: str) -> None:
    """Give the shapes of a chart ids that begin with its name, if they begin with another's.

    A chart of a part of its frame can stand on the page beside the chart of the whole.
    """
    ids = [element.get("id", "") for element in root.iter()]
    for old in (it for it in ids if it and not it.startswith(f"{id_stem(name)}-")):
        new = f"{name}-{old.rpartition('-')[2]}"
        forms = {old: new, f"#{old}": f"#{new}", f"url(#{old})": f"url(#{new})"}
        for element in root.iter():
            element.attrib.update({key: forms.get(it, it) for key, it in element.attrib.items()})
