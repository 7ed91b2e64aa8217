"""The anchors of a brief, the links to them, and which passages cite which card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from claimbrief.errors import PageError
from claimbrief.render.contract import IDS
from claimbrief.render.join import Brief, Chapter
from claimbrief.render.markdown import plain_text
from claimbrief.render.parts import anchors_in, passages_of
from claimbrief.texts import Json, hrefs, walk_nodes

# A passage that cites a card: its link and label, as the PDF prints them, and for the page the
# group that it is listed in ("Table", or "" for a passage without a number), its name in the group
# ("2") and the shorter of its links.
Citation = dict[str, str]


def resolve_links(brief: Brief) -> Brief:
    """Return the brief with `cited_in` filled, and no link to claims that the ledger leaves out.

    Raises PageError listing each anchor that occurs twice and each link without a target.
    """
    anchors = Counter(anchor for anchor, _ in _anchors(brief))
    if any(block.get("left_out") for block in brief.blocks()):
        for block in brief.blocks():
            _unlink_claims_without_card(block, anchors)
            _unlink_marks_without_card(block, anchors)
    problems = [
        f"the anchor {anchor!r} stands {count} times: "
        + "; ".join(where for name, where in _anchors(brief) if name == anchor)
        for anchor, count in anchors.items()
        if count > 1
    ]
    links = list(_links(brief))
    for where, href in links:
        if href.startswith("#") and href[1:] not in anchors:
            problems.append(f"{where} links to {href}, which is nowhere in the brief")
        elif not href.startswith(("#", "https://", "http://", "mailto:")):
            problems.append(f"{where} links to {href!r}; accepted: #anchor or a whole address")
    if problems:
        raise PageError("\n  ".join(["links or anchors are wrong", *dict.fromkeys(problems)]))
    cited_in = _cited_in(brief, _cards_of_claims(brief))
    citations = (citation["href"] for cited in cited_in.values() for citation in cited)
    linked = {href[1:] for href in (*citations, *(href for _, href in links))}
    return replace(brief, cited_in=cited_in, linked=frozenset(linked))


def _unlink_claims_without_card(block: Json, anchors: Collection[str]) -> None:
    """Make each run plain text that links to an anchor which the brief does not have.

    A ledger that leaves claims out says how many, not which. A Markdown link without a target stays
    an error.
    """
    for run in (node for node in walk_nodes(block) if "style" in node):
        if run.get("href", "").startswith("#") and run["href"][1:] not in anchors:
            run["href"] = ""


def _unlink_marks_without_card(block: Json, anchors: Collection[str]) -> None:
    """Remove the links of marks whose card the brief does not have; the chart draws them still."""
    if block["kind"] == "figure":
        linked = [mark for mark in block["marks"] if mark["href"][1:] in anchors]
        block["has_unlinked_marks"] = len(linked) < len(block["marks"])
        block["marks"] = linked
        if narrow := block.get("narrow"):
            narrow["marks"] = [mark for mark in narrow["marks"] if mark["href"][1:] in anchors]


def _anchors(brief: Brief) -> Iterator[tuple[str, str]]:
    yield from ((name, "the page itself") for name in IDS)
    yield str(brief.title["block_id"]), "the title block"
    for chapter in brief.chapters:
        yield from ((anchor, where) for anchor, where, _ in anchors_in(chapter))


def _cards_of_claims(brief: Brief) -> dict[str, Json]:
    """Return the card on which each claim stands, by the claim's anchor."""
    cards = (card for block in brief.blocks() for card in block.get("cards", ()))
    passages = ((passage, card) for card in cards for passage in passages_of(card))
    return {claim["anchor"]: card for passage, card in passages for claim in passage["claims"]}


def _links(brief: Brief) -> Iterator[tuple[str, str]]:
    yield from (("the title block", href) for href in hrefs(brief.title))
    for item in (item for chapter in brief.chapters for item in chapter.items):
        in_text = (node["href"] for node in walk_nodes(item.nodes) if node["type"] == "link")
        yield from ((item.where, href) for href in (*hrefs(item.block or {}), *in_text))


def _cited_in(brief: Brief, cards: Mapping[str, Json]) -> dict[str, list[Json]]:
    """Return for each card the citations of its claims, at most one a passage, as they are read."""
    cited: dict[str, dict[str, Json]] = {}
    for chapter in brief.chapters:
        for citation, href in _citations(chapter):
            if card := cards.get(href[1:]):
                cited.setdefault(card["anchor"], {}).setdefault(citation["href"], dict(citation))
    return {card: list(by_href.values()) for card, by_href in cited.items()}


def _passage(href: str, label: str) -> Citation:
    return {"href": href, "label": label, "group": "", "name": label, "short_href": href}


def _block_passage(block: Json) -> Citation:
    """Return a block as a passage; sentences are called by their id ("Key findings")."""
    href = f"#{block['block_id']}"
    if "label" not in block:
        return _passage(href, str(block["block_id"]).replace("-", " ").capitalize())
    numbered = {"group": block["label_group"], "name": str(block["number"])}
    return {**_passage(href, block["label"]), **numbered, "short_href": f"#{block['label_anchor']}"}


def _citations(chapter: Chapter) -> Iterator[tuple[Citation, str]]:
    """Yield the passage and the target of each link that is not on a card itself.

    A table, a figure or a block of sentences is a passage of its own; a link of a text belongs to
    the heading above it.
    """
    above = _passage(f"#{chapter.anchor}", chapter.title)
    for item in chapter.items:
        for node in item.nodes:
            if node["type"] == "heading":
                above = _passage(f"#{node['id']}", plain_text(node["children"]))
            inside = walk_nodes([node])
            yield from ((above, link["href"]) for link in inside if link["type"] == "link")
        if item.block is not None and item.block["kind"] != "cards":
            own = _block_passage(item.block)
            cites = hrefs(item.block, has_versions=False)
            yield from ((own, href) for href in cites if href.startswith("#"))
