"""Briefs of generated packages: what grows with the record is cut, and the page says so."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from views import chart, claims_of, ledger, plain, real_view

from claimbrief import charts
from claimbrief.limits import LIMITS

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from packages import write_package

LONGEST = 32_767 // 2  # of a PDF's string, in which a sign may take two bytes


def test_of_more_claims_than_the_ledger_holds_those_that_go_furthest_have_a_card(
    tmp_path: Path,
) -> None:
    write_package(tmp_path, LIMITS.cards + 200)
    view = real_view(folder=tmp_path)
    block = ledger(view)
    cards = [claim.anchor for card in block.cards for claim in claims_of(card)]
    assert LIMITS.cards - 20 < len(cards) <= LIMITS.cards
    assert len(set(cards)) == len(cards)
    assert re.search(r"Here are the cards of [\w,]+ of [\w,]+ statements: ", plain(block.note))


@pytest.mark.parametrize("claims", [250, 1000])
def test_what_stands_in_the_pdf_for_a_chart_does_not_grow_with_the_record(
    tmp_path: Path, claims: int
) -> None:
    write_package(tmp_path, claims)
    view = real_view(folder=tmp_path)
    for name in charts.__all__:
        block = chart(name, view)
        assert 40 < len(f"{block.alt} {block.description}") < LONGEST, name
