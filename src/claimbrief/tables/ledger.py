"""The ledger: claims in view as cards, in order of date and of place in the text.

Of many claims those that the brief cites and the foremost have a card
(`claimbrief.analysis.foremost`); all are in the file that lies beside the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimbrief.analysis.foremost import FEWEST, foremost_claims
from claimbrief.analysis.statements import statements
from claimbrief.blocks import LEDGER, Card, Cards, Filter, Text, text
from claimbrief.dataset import each_row
from claimbrief.handover import cited
from claimbrief.tables.cards import card, index_for
from claimbrief.view import LARGE, View
from claimbrief.wording import capitalised, number

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
    """Return the cards of the claims in view, or of many claims those cited and the foremost.

    Of many there are none where a build is still to say which are cited.
    """
    frame, cites = statements(view), cited()
    if cites is None and len(frame) > LARGE:
        return Cards(LEDGER, (), left_out=len(frame))
    shown = frame[frame["claim_id"].isin(foremost_claims(view, cites or ()))]
    index = index_for(view, shown)
    cards = tuple(card(index, claim) for claim in each_row(shown))
    filters = tuple(_filter(view, cards, name) for name in FACETS)
    left_out = len(frame) - len(cards)
    return Cards(
        LEDGER,
        cards,
        filters,
        left_out,
        note=_left_out_told(len(cards), len(frame)) if left_out else (),
        numbers={"claims": len(frame)} | ({"cards": len(cards)} if left_out else {}),
    )


def _left_out_told(shown: int, claims: int) -> Text:
    """Return what the ledger says where not every claim has a card."""
    filled = ""
    if shown <= FEWEST:
        filled = (
            f" and, until there are {number(FEWEST)}, of each side on each question the claim that "
            "goes furthest, then the next"
        )
    return text(
        f"Here are the cards of {number(shown)} of {number(claims)} claims: those that this brief "
        f"cites{filled}. The filters and the search look through these and no others; a "
        "claim that only a card refers to may have none, and is then named by its id alone. All "
        f"{number(claims)} are in claims.csv, beside this page."
    )


def _filter(view: View, cards: Sequence[Card], name: str) -> Filter:
    """Return a filter with the values that the cards have, in the order of the record."""
    names = view.whole.actors.set_index("actor_id")["short_name"].to_dict()
    codes = names if name == "side" else view.whole.labels(SCHEMES.get(name, name))
    labels = {str(code): str(label) for code, label in codes.items()} | {NONE_NAMED: "none named"}
    used = {value for card in cards for value in card.facets[name] or (NONE_NAMED,)}
    options = [(code, capitalised(label)) for code, label in labels.items() if code in used]
    return Filter(name, FACETS[name], tuple(options))
