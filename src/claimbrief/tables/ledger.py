"""The ledger: the claims in view as cards, in order of date and of place in the text."""

from __future__ import annotations

from collections.abc import Sequence

from claimbrief.analysis.statements import statements
from claimbrief.blocks import Card, Cards, Filter
from claimbrief.dataset import each_row
from claimbrief.tables.cards import card, index_for
from claimbrief.view import View
from claimbrief.wording import capitalised

# By what a reader can filter the cards, and the scheme of the codebook that labels the values.
FACETS = {
    "side": "Actor",
    "question": "Question",
    "stance": "Stance",
    "evidence": "Evidence named",
}
SCHEMES = {"evidence": "evidence_kind"}
NONE_NAMED = "none"


def claim_cards(view: View) -> Cards:
    """Return the cards of all claims in view."""
    frame = statements(view)
    index = index_for(view, frame)
    cards = tuple(card(index, claim) for claim in each_row(frame))
    filters = tuple(_filter(view, cards, name) for name in FACETS)
    return Cards("cards-of-claims", cards, filters, numbers={"claims": len(cards)})


def _filter(view: View, cards: Sequence[Card], name: str) -> Filter:
    """Return a filter with the values that the cards have, in the order of the record."""
    names = view.whole.actors.set_index("actor_id")["short_name"].to_dict()
    codes = names if name == "side" else view.whole.labels(SCHEMES.get(name, name))
    labels = {str(code): str(label) for code, label in codes.items()} | {NONE_NAMED: "none named"}
    used = {value for card in cards for value in card.facets[name] or (NONE_NAMED,)}
    options = [(code, capitalised(label)) for code, label in labels.items() if code in used]
    return Filter(name, FACETS[name], tuple(options))
