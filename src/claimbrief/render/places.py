"""Where things stand in a brief: anchors, the links to them, and who links to which card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from claimbrief.blocks import Json, hrefs
from claimbrief.errors import PageError
from claimbrief.render.join import Brief, Chapter, Item
from claimbrief.render.markdown import plain_text, walk_nodes

Place = dict[str, str]

# Anchors that the page itself needs.
_RESERVED = ("brief", "contents", "colophon", "daybar", "lookback", "panel", "tip")


def linked(brief: Brief) -> Brief:
    """Return the brief with `cited_in` filled, and claims that have no card cited in plain text.

    Raises PageError listing each anchor that stands twice and each link that leads nowhere.
    """
    anchors = Counter(anchor for anchor, _ in _anchors(brief))
    if any(block.get("left_out") for block in brief.blocks()):
        for block in brief.blocks():
            _make_plain(block, anchors)
    problems = [
        f"the anchor {anchor!r} stands {count} times: "
        + "; ".join(where for name, where in _anchors(brief) if name == anchor)
        for anchor, count in anchors.items()
        if count > 1
    ]
    for where, href in _links(brief):
        if href.startswith("#") and href[1:] not in anchors:
            problems.append(f"{where} links to {href}, which is nowhere in the brief")
        elif not href.startswith(("#", "https://", "http://", "mailto:")):
            problems.append(f"{where} links to {href!r}; accepted: #anchor or a whole address")
    if problems:
        raise PageError("\n  ".join(["links or anchors are wrong", *dict.fromkeys(problems)]))
    return replace(brief, cited_in=_cited_in(brief))


def _make_plain(value: object, anchors: Mapping[str, int]) -> None:
    """Take the link off each citation, a text that links to the card of its own name, of no card.

    The ledger leaves claims out and says so; any other link that leads nowhere stays wrong.
    """
    if isinstance(value, dict):
        href = value.get("href", "")
        if href and href == f"#{value.get('text')}" and href[1:] not in anchors:
            value["href"] = ""
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            _make_plain(inner, anchors)


def _anchors(brief: Brief) -> Iterator[tuple[str, str]]:
    yield from ((name, "the page itself") for name in _RESERVED)
    yield str(brief.title["block_id"]), "the title block"
    for chapter in brief.chapters:
        yield chapter.anchor, f"the chapter {chapter.title!r}"
        for note in chapter.notes:
            yield from ((f"{stem}-{note['number']}", "a footnote") for stem in ("note", "noteref"))
        for item in chapter.items:
            yield from ((node["id"], item.where) for node in item.nodes if "id" in node)
            if item.block is not None:
                yield str(item.block["block_id"]), item.where
                cards = item.block.get("cards", ())
                yield from ((str(card["anchor"]), item.where) for card in cards)


def _links(brief: Brief) -> Iterator[tuple[str, str]]:
    yield from (("the title block", href) for href in hrefs(brief.title))
    for chapter in brief.chapters:
        for item in chapter.items:
            yield from ((item.where, href) for href in _item_hrefs(item))


def _item_hrefs(item: Item) -> Iterator[str]:
    if item.block is not None:
        yield from hrefs(item.block)
    yield from (node["href"] for node in walk_nodes(item.nodes) if node["type"] == "link")


def _cited_in(brief: Brief) -> dict[str, list[Json]]:
    """Return for each card that is cited the places that cite it, in order of reading."""
    cards = {
        card["anchor"]
        for block in brief.blocks()
        if block["kind"] == "cards"
        for card in block["cards"]
    }
    cited: dict[str, list[Json]] = {}
    for chapter in brief.chapters:
        for place, href in _citations(chapter):
            places = cited.setdefault(href[1:], []) if href[1:] in cards else []
            if place["label"] not in [known["label"] for known in places]:
                places.append(dict(place))
    return cited


def _name(block: Json) -> str:
    """Return what to call sentences as a place: "Key findings" for the block key-findings."""
    return str(block["block_id"]).replace("-", " ").capitalize()


def _citations(chapter: Chapter) -> Iterator[tuple[Place, str]]:
    """Yield the place and the target of each link that is not on a card itself.

    A table, a figure or a block of sentences is a place of its own; a link of a text stands below
    its heading.
    """
    above = {"href": f"#{chapter.anchor}", "label": chapter.title}
    for item in chapter.items:
        for node in item.nodes:
            if node["type"] == "heading":
                above = {"href": f"#{node['id']}", "label": plain_text(node["children"])}
            inside = walk_nodes([node])
            yield from ((above, it["href"]) for it in inside if it["type"] == "link")
        block = item.block
        if block is not None and block["kind"] != "cards":
            anchor = f"#{block['block_id']}"
            place = {"href": anchor, "label": block["label"]} if "label" in block else above
            cites = hrefs(block, has_versions=False)
            own = place if "label" in block else {"href": anchor, "label": _name(block)}
            yield from ((own, href) for href in cites if href.startswith("#"))
