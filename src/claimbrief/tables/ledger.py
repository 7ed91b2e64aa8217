"""The ledger: the statements in view as cards, in order of date."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from claimbrief.blocks import LEDGER, Cards
from claimbrief.cards import Card, Filter
from claimbrief.context import Context
from claimbrief.limits import LIMITS
from claimbrief.lookups import rows_by
from claimbrief.tables.cards import card
from claimbrief.texts import Text, text
from claimbrief.wording import capitalised, number

# By what a reader can filter the cards, and the scheme of the codebook that labels the values.
FACETS = {"side": "Actor", "question": "Question", "stance": "Stance", "evidence": "Evidence named"}
SCHEMES = {"evidence": "evidence_kind"}
NONE_NAMED = "none"


def utterance_cards(frame: pd.DataFrame, context: Context) -> Cards:
    """Return the cards of the utterances in view.

    Of a record of more than LIMITS.cards claims those utterances have a card that go furthest of
    their side on a question, then the next; all are in the file beside the page.
    """
    groups = rows_by(frame[frame["utterance_id"].isin(_with_card(frame))], "utterance_id")
    cards = tuple(card(claims, context) for claims in groups.values())
    total = frame["utterance_id"].nunique()
    left_out = total - len(cards)
    numbers = {"claims": len(frame), "statements": total}
    return Cards(
        LEDGER,
        cards,
        tuple(_filter(name, cards, context) for name in FACETS),
        left_out,
        note=_note(len(cards), total) if left_out else (),
        numbers=numbers | ({"cards": len(cards)} if left_out else {}),
    )


def _with_card(frame: pd.DataFrame) -> list[str]:
    """Return the utterances that have a card, those that go furthest first."""
    ranks = frame.groupby("utterance_id", sort=False)["rank"].agg(["min", "size"])
    ranked = ranks.sort_values("min", kind="stable")
    return list(ranked.index[ranked["size"].cumsum() <= LIMITS.cards])


def _note(cards: int, total: int) -> Text:
    """Return what the ledger says where not every statement has a card."""
    return text(
        f"Here are the cards of {number(cards)} of {number(total)} statements: of each side on "
        "each question the statement that goes furthest, then the next. The filters and the search "
        "look through these and no others; a statement without a card is named without a link. All "
        f"{number(total)} are in claims.csv, beside this page."
    )


def _filter(name: str, cards: Sequence[Card], context: Context) -> Filter:
    """Return a filter with the values that the cards have, in the order of the record."""
    codes = context.names if name == "side" else context.labels[SCHEMES.get(name, name)]
    facets = [
        values
        for each in cards
        for values in (*each.facets, *(it for passage in each.of_outlets for it in passage.facets))
    ]
    used = {value for values in facets for value in values[name] or (NONE_NAMED,)}
    labels = {**codes, NONE_NAMED: "none named"}
    options = [(code, capitalised(label)) for code, label in labels.items() if code in used]
    return Filter(name, FACETS[name], tuple(options))
