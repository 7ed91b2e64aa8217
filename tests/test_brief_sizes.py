"""Briefs of generated packages: what grows with the record is cut, and the page says so."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from cut import blocks_of
from views import chart, real_view

from claimbrief import charts, tables
from claimbrief.limits import LIMITS
from claimbrief.render.anchors import resolve_links
from claimbrief.render.join import Brief, Chapter, Item

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from packages import write_package

REPORT = Path(__file__).parent.parent / "report"
CLAIM = re.compile(r"c\d+")
LONGEST = 32_767 // 2  # of a PDF's string, in which a sign may take two bytes


def test_of_more_claims_than_the_ledger_holds_each_link_leads_to_one_on_a_card_or_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables.ledger, "LIMITS", replace(LIMITS, cards=200))
    write_package(tmp_path, 240)
    blocks = list(blocks_of(real_view(folder=tmp_path)))
    (ledger,) = (block for block in blocks if block["kind"] == "cards")
    cards = {anchor for anchor in _values(ledger, "anchor") if CLAIM.fullmatch(anchor)}
    assert 180 < len(cards) <= 200
    assert _cited(blocks) - cards, "chapters cite claims that have no card"
    (title,) = (block for block in blocks if block["kind"] == "title")
    items = tuple(Item("a cell", block=block) for block in blocks if block is not title)
    brief = Brief(title, (Chapter("record", "all", "All", items),))
    assert _cited(resolve_links(brief).blocks()) <= cards
    note = "".join(run["text"] for run in ledger["note"])
    assert re.search(r"Here are the cards of [\w,]+ of [\w,]+ statements: ", note)


def _values(value: object, key: str) -> Iterator[str]:
    """Yield every text under a key, however deep in a block."""
    if isinstance(value, dict):
        yield from (it for name, it in value.items() if name == key and isinstance(it, str))
        value = list(value.values())
    if isinstance(value, list):
        yield from (found for inner in value for found in _values(inner, key))


def _cited(blocks: Iterable[object]) -> set[str]:
    """Return the claims to which the links of blocks lead."""
    links = {href[1:] for block in blocks for href in _values(block, "href")}
    return {anchor for anchor in links if CLAIM.fullmatch(anchor)}


@pytest.mark.parametrize("claims", [250, 350, 400, 1000])
def test_what_stands_in_the_pdf_for_a_chart_does_not_grow_with_the_record(
    tmp_path: Path, claims: int
) -> None:
    write_package(tmp_path, claims)
    view = real_view(folder=tmp_path)
    for name in charts.__all__:
        block = chart(name, view)
        assert 40 < len(f"{block.alt} {block.description}") < LONGEST, name


@pytest.mark.parametrize("name", ["brief.pdf", "record.pdf"])
def test_no_string_of_the_pdf_is_too_long(name: str) -> None:
    with pymupdf.open(REPORT / name) as document:
        drawings = [document.xref_get_key(at, "Alt") for at in range(1, document.xref_length())]
    lengths = [len(words) for kind, words in drawings if kind == "string"]
    assert 100 < max(lengths) < LONGEST
