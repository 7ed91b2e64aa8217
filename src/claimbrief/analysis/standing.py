"""Who stands where: each claim as a finding needs it, each side on each question, each turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from claimbrief.analysis.lasting import FORETOLD as TO_COME
from claimbrief.analysis.lasting import WORDS, short_names
from claimbrief.analysis.paths import (
    DENIES,
    LEAVES_OPEN,
    LIMITS,
    SAYS_LIKELY,
    SAYS_SO,
    each_turn,
    on_questions,
    position,
)
from claimbrief.analysis.statements import makes_claim
from claimbrief.dates import When
from claimbrief.view import View

FORETOLD, UNDER_WAY = "foretold", "under_way"


@dataclass(frozen=True)
class Said:
    """One claim as a finding needs it."""

    claim_id: str
    speaker: str
    side: str
    when: When
    certainty: str
    stance: str
    stance_words: str
    rests_on: str
    commitment: str
    denial: str
    proposition: str
    told: str  # the proposition with its hedge and the kind of evidence named
    words: str  # the quote where it names no content and alone can be told
    response: str
    quote: str
    hedge: str


@dataclass(frozen=True)
class Position:
    """A position of a side on one question, with the first of its claims in the speaker's words.

    Positions are those of a path, and two more: "under_way", what the side says has begun and not
    ended, and "foretold", what it foretells.
    """

    side: str
    position: str
    first: Said
    reported: tuple[Said, ...]  # an earlier claim of the side that is only reported, if any
    claim_ids: tuple[str, ...]  # all claims of the side on the question with this position


@dataclass(frozen=True)
class QuestionVoices:
    """Who says what to one question, in the speakers' own renderings.

    `by_stance` holds, for each stance in the vocabulary's order, the claims with it, as rows of
    `statements`; `positions` where each side stands on it; `speakers` how many speak to it.
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
        claim.stance_words,
        claim.rests_on,
        claim.commitment,
        claim.denial,
        claim.proposition,
        claim.told,
        claim.words,
        claim.response,
        claim.quote,
        claim.hedge,
    )


def questions_and_voices(view: View, own: Iterable[Any]) -> tuple[QuestionVoices, ...]:
    """Return who says what to each question, in the vocabulary's order, of these statements."""
    asked: dict[str, list[Any]] = {}
    for claim in own:
        asked.setdefault(claim.question_id, []).append(claim)
    placed: dict[str, list[Any]] = {}
    for claim in on_questions(view):
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

    Cited is the first of a side's claims in the speaker's words, and beside it an earlier one
    that is only reported; where none is in the speaker's words, the first. A side that says so
    may bound or foretell more; it calls likely, or under way, only what it does not say, and
    leaves open only what it does not say, bound, deny or foretell.
    """
    groups: dict[str, dict[str, list[Any]]] = {
        one: {} for one in (SAYS_SO, SAYS_LIKELY, UNDER_WAY, LIMITS, DENIES, FORETOLD, LEAVES_OPEN)
    }
    for claim in placed:
        is_under_way = claim.phase == UNDER_WAY and position(claim) in (SAYS_SO, SAYS_LIKELY)
        name = UNDER_WAY if is_under_way else position(claim)
        groups[name].setdefault(claim.side, []).append(claim)
    for claim in own:
        if claim.content == TO_COME and claim.is_counted and makes_claim(claim):
            groups[FORETOLD].setdefault(claim.side, []).append(claim)
    found: list[Position] = []
    taken: dict[str, set[str]] = {}  # by side: the positions found so far
    for name, sides in groups.items():
        here = []
        for side, said in sides.items():
            before = taken.setdefault(side, set())
            is_weaker = name in (SAYS_LIKELY, UNDER_WAY) and SAYS_SO in before
            if is_weaker or (name == LEAVES_OPEN and before):
                continue
            before.add(name)
            first = min(said, key=lambda claim: (claim.rests_on != WORDS, claim.when.latest))
            reported = min(said, key=lambda claim: claim.when.latest)
            earlier = [reported] if reported.when.latest < first.when.latest else []
            told, *before_it = told_claims(view, [first, *earlier])
            ids = tuple(claim.claim_id for claim in said)
            here.append(Position(told.side, name, told, tuple(before_it), ids))
        found += sorted(here, key=lambda one: (*one.reported, one.first)[0].when.latest)
    return tuple(found)


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
