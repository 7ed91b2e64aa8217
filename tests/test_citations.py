"""No block of a brief shows the id of a claim but at the foot of a card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from phrases import glosses, order
from views import VIEWS, chart, claims_of, frame_of, ledger, table

from claimbrief import charts, tables
from claimbrief.blocks import Block, neutral
from claimbrief.view import View

WITHOUT_FRAME = ("days", "parameters", "utterance_cards")
SILENT = {  # what of a block no reader sees
    "anchor", "block_id", "facets", "filters", "href", "key", "numbers", "since", "until",
}  # fmt: skip


def visible(value: object) -> Iterator[str]:
    """Yield each text of a block that a reader sees, but for how claims on cards were coded."""
    if isinstance(value, dict):
        is_claim = {"anchor", "words", "coding"} <= set(value)
        for name, inner in value.items():
            if name == "svg":
                yield from ElementTree.fromstring(f"<svg>{inner}</svg>").itertext()
            elif name not in SILENT and not (is_claim and name == "coding"):
                yield from visible(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from visible(inner)
    elif isinstance(value, str):
        yield value


def visible_ids(block: Block, view: View) -> set[str]:
    """Return the ids of claims among the words that a reader sees."""
    ids = {claim for claim in view.whole.claims["claim_id"] if re.search(r"\d", claim)}
    return ids & {word for text in visible(neutral(block)) for word in re.findall(r"\w+", text)}


@pytest.fixture(params=VIEWS, scope="module")
def view(request: pytest.FixtureRequest) -> View:
    return VIEWS[request.param]()


def test_no_table_shows_the_id_of_a_claim(view: View) -> None:
    names = set(tables.__all__) - set(WITHOUT_FRAME)
    found = {name: visible_ids(table(name, view), view) for name in names}
    assert found == {key: set() for key in names}


def test_no_chart_shows_the_id_of_a_claim_nor_does_what_is_said_of_its_marks(view: View) -> None:
    found = {name: visible_ids(chart(name, view), view) for name in charts.__all__}
    assert found == {key: set() for key in charts.__all__}


def test_no_sentence_on_glosses_and_denials_shows_the_id_of_a_claim(view: View) -> None:
    found = [visible_ids(write(view), view) for write in (glosses, order)]
    assert found == [set(), set()]


def test_a_card_shows_the_ids_of_its_claims_at_its_foot_alone(view: View) -> None:
    block = ledger(view)
    found = visible_ids(block, view)
    assert found == set()
    at_foot = {claim.coding[0].text for card in block.cards for claim in claims_of(card)}
    assert {words.partition(":")[0] for words in at_foot} == set(view.record.claims["claim_id"])


def test_an_id_in_a_cell_would_be_seen() -> None:
    view = VIEWS["tiny, all certain"]()
    frame = frame_of("silences", view)
    assert visible_ids(table("silences", view, frame.assign(name="m1")), view) == {"m1"}
