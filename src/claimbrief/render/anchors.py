"""The anchors of a brief: in which part and file each stands, what links there, what cites a card.

A brief has three depths: the front and the brief, which belong together, and the record. The page
keeps the record closed and packed, and the record is a PDF of its own. A link from one to the other
leads to a heading there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from claimbrief.errors import PageError
from claimbrief.render.join import Brief, Chapter
from claimbrief.render.markdown import plain_text
from claimbrief.texts import Json, hrefs, links_in, walk_nodes

RECORD = "record"
# The PDFs, that of front and brief and that of the record, and a picture of the front.
BRIEF_PDF, RECORD_PDF, PICTURE = "brief.pdf", "record.pdf", "brief.png"
# Ids of the page itself, as report/template/names.yml describes them.
IDS = [
    "top", "contents", "colophon", "record", "packed", "daybar", "to-day", "lookback", "panel",
    "tip",
]  # fmt: skip

# A passage that cites a card: its link and label, as the PDF prints them, and for the page the
# group that it is listed in ("Table", or "" for a passage without a number), its name in the group
# ("2") and the shorter of its links.
Citation = dict[str, str]


def in_record(chapter: Chapter) -> bool:
    """Return whether a chapter is of the record."""
    return chapter.part == RECORD


def destinations(chapters: Sequence[Chapter]) -> dict[str, str]:
    """Return the address in the PDFs of each anchor: the heading at or above it, in its file.

    What stands above all headings of its file has the address of the file alone.
    """
    found: dict[str, str] = {}
    for file, own in (
        (BRIEF_PDF, [chapter for chapter in chapters if not in_record(chapter)]),
        (RECORD_PDF, [chapter for chapter in chapters if in_record(chapter)]),
    ):
        heading = ""
        for anchor, _, is_heading in (it for chapter in own for it in anchors_in(chapter)):
            heading = anchor if is_heading else heading
            found[anchor] = f"{file}#nameddest={heading}" if heading else file
    return found


def anchors_in(chapter: Chapter) -> Iterator[tuple[str, str, bool]]:
    """Yield a chapter's anchors, each with where it stands and whether a heading is printed there.

    They are in order of reading, with those of footnotes at the end.
    """
    heads = [node for item in chapter.items for node in item.nodes if node["type"] == "heading"]
    is_printed = in_record(chapter) or (chapter.part == "brief" and not heads)
    yield chapter.anchor, f"the chapter {chapter.title!r}", is_printed
    for item in chapter.items:
        for node in (node for node in item.nodes if "id" in node):
            yield node["id"], item.where, node["type"] == "heading" and chapter.part != "front"
        block = item.block or {}
        for name in ("block_id", "label_anchor"):
            if name in block:
                yield str(block[name]), item.where, False
        for card in block.get("cards", ()):
            yield str(card["anchor"]), item.where, True
            claims = (claim for passage in passages_of(card) for claim in passage["claims"])
            yield from ((str(claim["anchor"]), item.where, False) for claim in claims)
    for note in chapter.notes:
        for stem in ("note", "noteref"):
            yield f"{stem}-{note['number']}", "a footnote", False


def passages_of(card: Json) -> list[Json]:
    """Return the passages of a card: the speaker's, then those of outlets."""
    return [*card.get("passages", ()), *card.get("of_outlets", ())]


def _cards(chapters: Sequence[Chapter]) -> Iterator[Json]:
    blocks = (item.block or {} for chapter in chapters for item in chapter.items)
    return (card for block in blocks for card in block.get("cards", ()))


def first_days(chapters: Sequence[Chapter]) -> dict[str, str]:
    """Return the first day on which each card and each claim on it holds, by anchor."""
    found: dict[str, str] = {}
    for card in _cards(chapters):
        found[card["anchor"]] = card["since"]
        for passage in passages_of(card):
            since = passage.get("since") or card["since"]
            found |= {claim["anchor"]: since for claim in passage["claims"]}
    return found


def resolve_links(brief: Brief) -> Brief:
    """Return the brief with `cited_in` filled, and no link to claims that the ledger leaves out.

    Raises PageError listing each anchor that occurs twice and each link without a target.
    """
    anchors = Counter(anchor for anchor, _ in _anchors(brief))
    if any(block.get("left_out") for block in brief.blocks()):
        for block in brief.blocks():
            _unlink_claims_without_card(block, anchors)
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
    cited_in = _cited_in(brief)
    citations = (citation["href"] for cited in cited_in.values() for citation in cited)
    linked = {href[1:] for href in (*citations, *(href for _, href in links))}
    return replace(brief, cited_in=cited_in, linked=frozenset(linked))


def _unlink_claims_without_card(block: Json, anchors: Collection[str]) -> None:
    """Unlink each run and mark that links to an anchor that the brief does not have.

    A ledger that leaves claims out says how many, not which. A Markdown link without a target is
    still an error. The chart still draws its marks.
    """
    for run in (node for node in walk_nodes(block) if "style" in node):
        if run.get("href", "").startswith("#") and run["href"][1:] not in anchors:
            run["href"] = ""
    for drawing in (block, block.get("narrow") or {}):
        marks = drawing.get("marks", [])
        for mark in (it for it in marks if it["href"][1:] not in anchors):
            mark["href"] = ""  # also for `Item.walked`, which was found before
        linked = [mark for mark in marks if mark["href"]]
        if len(linked) < len(marks):
            drawing["marks"], block["has_unlinked_marks"] = linked, True


def _anchors(brief: Brief) -> Iterator[tuple[str, str]]:
    yield from ((name, "the page itself") for name in IDS)
    yield str(brief.title["block_id"]), "the title block"
    for chapter in brief.chapters:
        yield from ((anchor, where) for anchor, where, _ in anchors_in(chapter))


def _links(brief: Brief) -> Iterator[tuple[str, str]]:
    yield from (("the title block", href) for href in hrefs(brief.title))
    for item in (item for chapter in brief.chapters for item in chapter.items):
        in_text = (node["href"] for node in walk_nodes(item.nodes) if node["type"] == "link")
        of_days = hrefs([it["versions"] for it in item.walked if "versions" in it])
        yield from ((item.where, href) for href in (*links_in(item.walked), *of_days, *in_text))


def _cited_in(brief: Brief) -> dict[str, list[Json]]:
    """Return for each card the citations of its claims, at most one a passage, as they are read."""
    card_of = {
        claim["anchor"]: card["anchor"]
        for card in _cards(brief.chapters)
        for passage in passages_of(card)
        for claim in passage["claims"]
    }
    cited: dict[str, dict[str, Json]] = {}
    for citation, href in (pair for chapter in brief.chapters for pair in _citations(chapter)):
        if card := card_of.get(href[1:]):
            cited.setdefault(card, {}).setdefault(citation["href"], dict(citation))
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
            cites = links_in(item.walked)
            yield from ((own, href) for href in cites if href.startswith("#"))
