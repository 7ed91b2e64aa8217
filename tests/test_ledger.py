"""The ledger: every utterance in view as a card, or of many those that go furthest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Changed
from views import article_view, claims_of, context_of, ledger, plain, real_view, tiny_view

from claimbrief import analysis, tables
from claimbrief.limits import LIMITS
from claimbrief.view import View
from claimbrief.wording import number


@pytest.mark.parametrize("make", [tiny_view, article_view, real_view])
def test_every_claim_in_view_stands_once_on_the_card_of_its_utterance(make: object) -> None:
    view: View = make()  # type: ignore[operator]
    statements = view.statements
    cards = ledger(view).cards
    assert [card.anchor for card in cards] == [
        f"u-{key}" for key in dict.fromkeys(statements["utterance_id"])
    ]
    for card in cards:
        own = statements[statements["utterance_id"] == card.anchor.removeprefix("u-")]
        spoken = own[~own["is_outlet_voice"]]["claim_id"]
        passages = [claim.anchor for it in card.passages for claim in it.claims]
        assert sorted(passages) == sorted(spoken)
        assert sorted(claim.anchor for claim in claims_of(card)) == sorted(own["claim_id"])


def test_the_filters_offer_the_values_of_the_claims_with_their_labels() -> None:
    side, question, stance, evidence = ledger(tiny_view()).filters
    assert [(it.name, it.label) for it in (side, question, stance, evidence)] == [
        ("side", "Actor"), ("question", "Question"), ("stance", "Stance"),
        ("evidence", "Evidence named"),
    ]  # fmt: skip
    assert [code for code, _ in stance.options] == [
        code for code in context_of(tiny_view()).labels["stance"]
        if code in set(tiny_view().statements["stance"])
    ]  # fmt: skip
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


def test_a_claim_has_beside_it_what_is_known_of_its_utterance_and_its_source() -> None:
    frame = analysis.utterance_cards(tiny_view()).set_index("claim_id")
    minister = {
        "venue": "Public radio",
        "channel": "interview",
        "date_words": "on Sunday of last week",
        "date_note": "The Bulletin of Monday 13 May 2019 has the words on the day before.",
        "outside_date": "2019-05-12",
        "outside_publisher": "Evening Bulletin",
        "dated_by": "",
        "duplicate_claim": "",
        "speakers": [("Åsa Lindqvist", "Transport minister of Velland")],
        "parents": [
            ("derived_from", "authority_report", "a1", "She names the authority’s statement.")
        ],
        "reports": [
            ("bulletin_2019_05_13", "Evening Bulletin",
             "https://bulletin.example/2019/05/13/bridge", "independent", "")
        ],
        "other_words": [],
        "grade": "two_reports",
        "source_title": "Is the new Orsa bridge unsafe?",
        "source_url": "",
        "source_when": "[2019-05-13..2019-05-19]",
        "is_coded": True,
        "passage": "very likely … must be closed",
        "evidence": [],
        "added": [],
        "since": "2019-05-12",
    }  # fmt: skip
    assert {name: frame.loc["m1", name] for name in minister} == minister
    authority = {
        "date_note": "",
        "outside_date": "",
        "outside_publisher": "",
        "parents": [
            ("derived_from", "Photographs of the crack, taken by the authority", "",
             "The authority names its photographs.")
        ],
        "reports": [],
        "grade": "one_report",
        "passage": "",
        "evidence": [
            ("cites", "photo_or_video", "Photographs of the crack, taken by the authority")
        ],
        "since": "2019-05-08",
    }  # fmt: skip
    assert {name: frame.loc["a1", name] for name in authority} == authority
    assert frame.loc["i1", "parents"] == [
        ("derived_from", "an unknown source", "", "The letter does not say how he knows.")
    ]
    assert frame.loc["w1", "speakers"] == [("Town of Nyra", "Town"), ("Town of Tolm", "Town")]


def test_a_quote_stands_in_the_words_of_its_source(quoted: Path, changed: Changed) -> None:
    words = "It is very likely that the bridge is unsafe. It must be closed."
    frame = analysis.utterance_cards(tiny_view(folder=quoted)).set_index("claim_id")
    assert frame.loc["m3", "passage"] == words
    assert (frame.loc["m3", "is_coded"], frame.loc["m3", "source_when"]) == (False, "2019-05-13")
    assert frame.loc["m1", "passage"] == "very likely … must be closed", "another source’s words"
    other = (
        b"w_9,minister_radio,bulletin_2019_05_13,Es sei unsicher.,de,false,excerpt,false,Late.\n"
    )
    folder = changed("words.csv", raw=lambda content: content + other, of=quoted)
    frame = analysis.utterance_cards(tiny_view(folder=folder)).set_index("claim_id")
    assert frame.loc["m3", "other_words"] == [
        ("Es sei unsicher.", "de", "bulletin_2019_05_13", "Evening Bulletin",
         "https://bulletin.example/2019/05/13/bridge", "Late.")
    ]  # fmt: skip


def test_the_furthest_claim_of_each_side_on_each_question_ranks_first() -> None:
    frame = analysis.utterance_cards(tiny_view())
    assert dict(zip(frame["claim_id"], frame["rank"], strict=True)) == {
        "i1": 0, "a1": 0, "m1": 0, "m2": 1, "w1": 0, "n1": 0, "b2": 0, "b1": 1, "e1": 0, "e2": 1,
        "e0": 2, "p1": 0,
    }  # fmt: skip


def test_a_ledger_that_is_whole_says_nothing_of_it() -> None:
    whole = ledger(tiny_view())
    assert whole.left_out == 0 and whole.note == ()
    assert whole.block_id == "cards-of-statements"
    assert whole.numbers == {"claims": 12, "statements": 8}


def test_a_ledger_draws_a_part_of_its_frame_and_an_empty_one() -> None:
    view = tiny_view()
    frame, context = analysis.utterance_cards(view), context_of(view)
    (card,) = tables.utterance_cards(frame.query("claim_id == 'e2'"), context).cards
    assert [claim.anchor for claim in claims_of(card)] == ["e2"]
    assert plain(card.fields[0].value) == "Inès Doran, Engineer, Tarn University"
    assert tables.utterance_cards(frame.iloc[:0], context).cards == ()
    assert ledger(tiny_view("2019-05-12", basis="reported")).cards == ()


@pytest.mark.parametrize(
    ("claims", "kept"),
    [
        (12, 8),
        (11, 7),  # the port is the last of those that go as far as any
        (3, 2),  # pell (1 claim) and the authority (1); the minister has two
    ],
)
def test_of_many_claims_the_statements_that_go_furthest_have_a_card_and_are_whole(
    monkeypatch: pytest.MonkeyPatch, claims: int, kept: int
) -> None:
    monkeypatch.setattr(tables.ledger, "LIMITS", replace(LIMITS, cards=claims))
    block = ledger(tiny_view())
    in_order = ["pell_letter", "authority_report", "minister_radio"]
    assert len(block.cards) == kept
    assert [card.anchor.removeprefix("u-") for card in block.cards][:3] == in_order[:kept]
    whole = {card.anchor: card for card in ledger_of_all().cards}
    assert all(len(claims_of(card)) == len(claims_of(whole[card.anchor])) for card in block.cards)
    assert block.left_out == 8 - kept
    if block.left_out:
        assert block.numbers == {"claims": 12, "statements": 8, "cards": kept}
        assert plain(block.note) == (
            f"Here are the cards of {number(kept)} of eight statements: for each side and "
            "question the statement that goes furthest, then the next. The filters and the search "
            "cover only these; a statement without a card is named without a link. "
            "All eight are in claims.csv, beside this brief."
        )


def ledger_of_all() -> tables.ledger.Cards:
    view = tiny_view()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables.ledger, "LIMITS", LIMITS)
        return ledger(view)


def test_a_statement_that_goes_less_far_than_another_of_its_side_is_left_out_first() -> None:
    view = tiny_view()
    frame, context = analysis.utterance_cards(view), context_of(view)
    less = frame.assign(rank=frame["rank"].mask(frame["utterance_id"] == "pell_letter", 5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables.ledger, "LIMITS", replace(LIMITS, cards=11))
        block = tables.utterance_cards(less, context)
    assert {card.anchor for card in ledger(view).cards} - {card.anchor for card in block.cards} == {
        "u-pell_letter"
    }
