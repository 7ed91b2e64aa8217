"""The ledger: claims in view as cards, in order of date and of place in the text."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from claimbrief.blocks import LEDGER, Card, Cards, Filter
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS, truncate
from claimbrief.lookups import pairs
from claimbrief.tables.cards import card
from claimbrief.texts import Text, text
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


def claim_cards(frame: pd.DataFrame, context: Context) -> Cards:
    """Return the cards of the claims in view.

    Of more than LIMITS.cards claims, of each side on each question the claim that goes furthest has
    a card, then the next; all are in the file beside the page.
    """
    ranked = truncate(frame, LIMITS.cards, -frame["rank"])
    rows = frame[frame.index.isin(ranked.index)]
    first = dict(pairs(rows.drop_duplicates("utterance_id"), "utterance_id", "claim_id"))
    cards = tuple(card(claim, first[claim.utterance_id], context) for claim in each_row(rows))
    left_out = len(frame) - len(cards)
    return Cards(
        LEDGER,
        cards,
        tuple(_filter(name, cards, context) for name in FACETS),
        left_out,
        note=_note(len(cards), len(frame)) if left_out else (),
        numbers={"claims": len(frame)} | ({"cards": len(cards)} if left_out else {}),
    )


def _note(cards: int, claims: int) -> Text:
    """Return what the ledger says where not every claim has a card."""
    return text(
        f"Here are the cards of {number(cards)} of {number(claims)} claims: of each side on each "
        "question the claim that goes furthest, then the next. The filters and the search look "
        "through these and no others; a claim without a card is named by its id alone. All "
        f"{number(claims)} are in claims.csv, beside this page."
    )


def _filter(name: str, cards: Sequence[Card], context: Context) -> Filter:
    """Return a filter with the values that the cards have, in the order of the record."""
    codes = context.names if name == "side" else context.labels[SCHEMES.get(name, name)]
    used = {value for card in cards for value in card.facets[name] or (NONE_NAMED,)}
    labels = {**codes, NONE_NAMED: "none named"}
    options = [(code, capitalised(label)) for code, label in labels.items() if code in used]
    return Filter(name, FACETS[name], tuple(options))
