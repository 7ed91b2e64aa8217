"""The ledger: every claim in view as a card, or of many claims those that go furthest."""

from __future__ import annotations

import pandas as pd
import pytest
from views import (
    article_view,
    card_fields,
    card_links,
    ledger,
    plain,
    real_view,
    tiny_view,
)

from claimbrief import analysis, tables
from claimbrief.context import context_of
from claimbrief.limits import LIMITS
from claimbrief.view import View


@pytest.mark.parametrize("make", [tiny_view, article_view, real_view])
def test_every_claim_in_view_has_a_card_in_order_with_its_utterance_on_the_first(
    make: object,
) -> None:
    view: View = make()  # type: ignore[operator]
    cards = ledger(view).cards
    assert [card.anchor for card in cards] == view.statements["claim_id"].tolist()
    utterance_of = dict(
        zip(view.statements["claim_id"], view.statements["utterance_id"], strict=True)
    )
    first: dict[str, str] = {}
    for card in cards:
        held = set(card_fields(card))
        assert card.quote and {"Coding", "Source"} <= held
        dated = first.setdefault(utterance_of[card.anchor], card.anchor)
        if "Utterance" in held:
            assert {"Speaker", "Date"}.isdisjoint(held) and card_links(card, "Utterance") == [
                f"#{dated}"
            ]
        else:
            assert {"Speaker", "Date"} <= held


def test_the_filters_offer_the_values_of_the_cards_with_their_labels() -> None:
    side, question, stance, evidence = ledger(tiny_view()).filters
    assert [option for option, _ in side.options] == [
        "velland", "karst_works", "pell", "nyra", "port_of_orsa", "tarn_university",
        "northern_ledger",
    ]  # fmt: skip
    assert (side.label, side.options[1]) == ("Actor", ("karst_works", "Karst Works"))
    assert [label for _, label in question.options] == [
        "Unsafe?", "Cracked?", "Anybody hurt?", "State of the evidence",
    ]  # fmt: skip
    assert ("denies", "States the contrary") in stance.options
    assert evidence.options == (
        ("photo_or_video", "Photo or video"),
        ("expert_reasoning", "Expert reasoning"),
        ("none", "None named"),
    )


def test_the_furthest_claim_of_each_side_on_each_question_ranks_first() -> None:
    frame = analysis.claim_cards(tiny_view())
    assert dict(zip(frame["claim_id"], frame["rank"], strict=True)) == {
        "i1": 0, "a1": 0, "m1": 0, "m2": 1, "w1": 0, "n1": 0, "b2": 0, "b1": 1, "e1": 0, "e2": 1,
        "e0": 2, "p1": 0,
    }  # fmt: skip


def test_a_ledger_that_is_whole_says_nothing_of_it() -> None:
    whole = ledger(tiny_view())
    assert whole.left_out == 0 and whole.note == () and whole.numbers == {"claims": 12}


def test_a_ledger_draws_a_part_of_its_frame_and_an_empty_one() -> None:
    view = tiny_view()
    frame, context = analysis.claim_cards(view), context_of(view)
    part = tables.claim_cards(frame.query("claim_id == 'e2'"), context)
    assert [card.anchor for card in part.cards] == ["e2"]
    assert card_fields(part.cards[0])["Speaker"] == "Inès Doran, Engineer, Tarn University"
    assert tables.claim_cards(frame.iloc[:0], context).cards == ()
    assert ledger(tiny_view("2019-05-12", basis="reported")).cards == ()


def test_of_many_claims_the_furthest_of_each_side_on_each_question_have_a_card() -> None:
    view = real_view()
    frame = analysis.claim_cards(view)
    again = frame.assign(claim_id=frame["claim_id"] + "x", utterance_id=frame["utterance_id"] + "x")
    many = pd.concat([frame, again], ignore_index=True)
    block = tables.claim_cards(many, context_of(view))
    with_card = many["claim_id"].isin([card.anchor for card in block.cards])
    assert len(block.cards) == with_card.sum() == LIMITS.cards
    assert [card.anchor for card in block.cards] == many.loc[with_card, "claim_id"].tolist()
    assert many.loc[with_card, "rank"].max() <= many.loc[~with_card, "rank"].min()
    assert block.left_out == len(many) - LIMITS.cards
    assert block.numbers == {"claims": len(many), "cards": LIMITS.cards}
    assert plain(block.note).startswith(f"Here are the cards of 1,000 of {len(many):,} claims: ")
    assert plain(block.note).endswith(f"All {len(many):,} are in claims.csv, beside this page.")
    anchors = {f"#{card.anchor}" for card in block.cards}
    shared = [card for card in block.cards if "Utterance" in card_fields(card)]
    assert shared and all(set(card_links(card, "Utterance")) <= anchors for card in shared)
