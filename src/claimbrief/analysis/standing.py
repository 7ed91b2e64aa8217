"""Who stands where: each claim as a finding needs it, each side on each question, each turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from claimbrief.analysis.lasting import short_names
from claimbrief.analysis.paths import (
    DENIES,
    LEAVES_OPEN,
    SAYS_LIKELY,
    SAYS_SO,
    each_turn,
    on_ladder,
    position,
)
from claimbrief.analysis.statements import ASSERTIONS
from claimbrief.dataset import UNSTATED
from claimbrief.dates import When
from claimbrief.view import View

FORETOLD = "foretold"


@dataclass(frozen=True)
class Said:
    """One claim as a finding needs it."""

    claim_id: str
    speaker: str
    side: str
    when: When
    certainty: str
    stance: str
    commitment: str
    denial: str
    proposition: str
    told: str  # the proposition with its hedge and the kind of evidence named
    words: str  # the quote where it names no content and alone can be told
    response: str
    rung: int | None
    quote: str
    hedge: str


@dataclass(frozen=True)
class Position:
    """A position of a side on one question, with the first of its claims that go furthest.

    Positions are those of a path, and "foretold": what the side only foretells.
    """

    side: str
    position: str
    first: Said
    claim_ids: tuple[str, ...]  # all claims of the side on the question with this position


@dataclass(frozen=True)
class QuestionVoices:
    """Who says what to one question, in the speakers' own renderings.

    `by_stance` holds, for each stance in the vocabulary's order, the claims with it, as rows of
    `statements`; `positions` how far each side goes with what stands on the ladder; `speakers` how
    many speak to it.
    """

    question_id: str
    by_stance: tuple[tuple[str, tuple[Any, ...]], ...]
    positions: tuple[Position, ...]
    speakers: int


@dataclass(frozen=True)
class Turn:
    """A side that left one position on a question for another, its order told by the dates."""

    side: str
    question_id: str
    from_position: str
    from_since: When
    from_until: When
    from_claim: str
    to_position: str
    to_when: When
    to_claim: str
    to_speaker: str


def told_claims(view: View, claims: Iterable[Any]) -> tuple[Said, ...]:
    """Return rows of `statements` as findings need them."""
    names = short_names(view.whole)
    return tuple(_said(claim, names[claim.side]) for claim in claims)


def _said(claim: Any, side: str) -> Said:
    return Said(
        claim.claim_id,
        claim.speaker,
        side,
        claim.when,
        claim.certainty,
        claim.stance,
        claim.commitment,
        claim.denial,
        claim.proposition,
        claim.told,
        claim.words,
        claim.response,
        None if claim.rung is pd.NA else claim.rung,
        claim.quote,
        claim.hedge_words,
    )


def questions_and_voices(view: View, own: Iterable[Any]) -> tuple[QuestionVoices, ...]:
    """Return who says what to each question, in the vocabulary's order, of these statements."""
    asked: dict[str, list[Any]] = {}
    for claim in own:
        asked.setdefault(claim.question_id, []).append(claim)
    placed: dict[str, list[Any]] = {}
    for claim in on_ladder(view):
        placed.setdefault(claim.question_id, []).append(claim)
    found = []
    for question_id in view.whole.labels("question"):
        claims = asked.get(question_id, [])
        positions = _positions(view, claims, placed.get(question_id, []))
        speakers = len({claim.speaker for claim in claims})
        by_stance = _by_stance(view, claims)
        found.append(QuestionVoices(question_id, by_stance, positions, speakers))
    return tuple(found)


def _by_stance(view: View, claims: list[Any]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Return the claims by stance, in the vocabulary's order."""
    by_stance: dict[str, list[Any]] = {}
    for claim in claims:
        by_stance.setdefault(claim.stance, []).append(claim)
    order = view.whole.labels("stance")
    return tuple((stance, tuple(by_stance[stance])) for stance in order if stance in by_stance)


def _positions(view: View, own: list[Any], placed: list[Any]) -> tuple[Position, ...]:
    """Return where each side stands on a question, by position and then by date.

    Told is the first of a side's claims that go furthest on the ladder. A side that says so may
    call more likely, deny a part and foretell more; it leaves open only what it does not say,
    deny or foretell.
    """
    groups: dict[str, dict[str, list[Any]]] = {
        one: {} for one in (SAYS_SO, SAYS_LIKELY, DENIES, FORETOLD, LEAVES_OPEN)
    }
    for claim in placed:
        groups[position(claim)].setdefault(claim.side, []).append(claim)
    for claim in own:
        is_foretold = claim.rung is pd.NA and claim.content_role != UNSTATED
        if is_foretold and claim.is_counted and claim.stance in ASSERTIONS:
            groups[FORETOLD].setdefault(claim.side, []).append(claim)
    found: list[Position] = []
    taken: dict[str, dict[str, int]] = {}  # by side: the step of each position found so far
    for name, sides in groups.items():
        here = []
        for side, said in sides.items():
            first = max(said, key=_step)  # of equal ones the first
            before = taken.setdefault(side, {})
            step = max(_step(first), 0)
            if name == SAYS_LIKELY and before.get(SAYS_SO, -1) >= step:
                continue
            if name == LEAVES_OPEN and before:
                continue
            before[name] = step
            (told,) = told_claims(view, [first])
            here.append(Position(told.side, name, told, tuple(claim.claim_id for claim in said)))
        found += sorted(here, key=lambda one: one.first.when.latest)
    return tuple(found)


def _step(claim: Any) -> int:
    """Return the step of the ladder, below all where the content stands on none."""
    return -1 if claim.rung is pd.NA else int(claim.rung)


def ordered_turns(view: View) -> tuple[Turn, ...]:
    """Return the turns whose order the dates tell."""
    names = short_names(view.whole)
    return tuple(
        Turn(
            names[one.side],
            one.question_id,
            one.from_position,
            one.from_since,
            one.from_until,
            one.from_claim,
            one.to_position,
            one.to_when,
            one.to_claim,
            one.to_speaker,
        )
        for one in each_turn(view)
        if one.is_ordered
    )
