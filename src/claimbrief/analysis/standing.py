"""Who stands where: each claim as a finding needs it, each side on each question, each turn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from claimbrief.analysis.paths import (
    DENIES,
    LEAVES_OPEN,
    SAYS_LIKELY,
    SAYS_SO,
    ladder_claims,
    turns,
)
from claimbrief.analysis.statements import ASSERTIONS, statements
from claimbrief.dataset import UNSTATED, each_row
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

    `by_stance` holds, for each stance in the vocabulary's order, the claims with it; `positions`
    how far each side goes with what stands on the ladder; `speakers` how many speak to it.
    """

    question_id: str
    by_stance: tuple[tuple[str, tuple[Said, ...]], ...]
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


def told_claims(view: View, frame: pd.DataFrame) -> tuple[Said, ...]:
    """Return rows of `statements` as findings need them."""
    said = _said(view)
    return tuple(said[claim_id] for claim_id in frame["claim_id"])


@lru_cache(maxsize=64)
def _said(view: View) -> dict[str, Said]:
    """Return every claim in view as findings need it, by id."""
    names = view.whole.actors.set_index("actor_id")["short_name"].to_dict()
    return {
        row.claim_id: Said(
            row.claim_id,
            row.speaker,
            str(names[row.side]),
            row.when,
            row.certainty,
            row.stance,
            row.commitment,
            row.denial,
            row.proposition,
            row.told,
            row.words,
            row.response,
            None if pd.isna(row.rung) else int(row.rung),
            row.quote,
            row.hedge_words,
        )
        for row in each_row(statements(view))
    }


def questions_and_voices(view: View, own: pd.DataFrame) -> tuple[QuestionVoices, ...]:
    """Return who says what to each question, in the vocabulary's order."""
    stances = view.whole.labels("stance")
    placed = ladder_claims(view)
    found = []
    for question_id in view.whole.labels("question"):
        asked = own[own["question_id"] == question_id]
        by_stance = tuple(
            (stance, told_claims(view, asked[asked["stance"] == stance]))
            for stance in stances
            if (asked["stance"] == stance).any()
        )
        positions = _positions(view, asked, placed[placed["question_id"] == question_id])
        found.append(QuestionVoices(question_id, by_stance, positions, asked["speaker"].nunique()))
    return tuple(found)


def _positions(view: View, own: pd.DataFrame, placed: pd.DataFrame) -> tuple[Position, ...]:
    """Return where each side stands on a question, by position and then by date.

    Told is the first of a side's claims that go furthest on the ladder. A side that says so may
    call more likely, deny a part and foretell more; it leaves open only what it does not say,
    deny or foretell.
    """
    names = view.whole.actors.set_index("actor_id")["short_name"]
    is_foretold = own["rung"].isna() & (own["content_role"] != UNSTATED)
    foretold = own[is_foretold & own["is_counted"] & own["stance"].isin(ASSERTIONS)]
    groups = [
        (SAYS_SO, placed[placed["position"] == SAYS_SO]),
        (SAYS_LIKELY, placed[placed["position"] == SAYS_LIKELY]),
        (DENIES, placed[placed["position"] == DENIES]),
        (FORETOLD, foretold),
        (LEAVES_OPEN, placed[placed["position"] == LEAVES_OPEN]),
    ]
    found: list[Position] = []
    for position, claims in groups:
        here: list[Position] = []
        for side, said in claims.groupby("side", sort=False):
            name = str(names[side])
            furthest = said.sort_values("rung", ascending=False, kind="stable")
            first = told_claims(view, furthest.iloc[:1])[0]
            taken = {one.position: one.first.rung or 0 for one in found if one.side == name}
            if position == SAYS_LIKELY and taken.get(SAYS_SO, -1) >= (first.rung or 0):
                continue
            if position == LEAVES_OPEN and taken:
                continue
            here.append(Position(name, position, first, tuple(said["claim_id"])))
        found += sorted(here, key=lambda one: one.first.when.latest)
    return tuple(found)


def ordered_turns(view: View) -> tuple[Turn, ...]:
    """Return the turns whose order the dates tell."""
    names = view.whole.actors.set_index("actor_id")["short_name"]
    frame = turns(view)
    return tuple(
        Turn(
            str(names[row.side]),
            row.question_id,
            row.from_position,
            row.from_since,
            row.from_until,
            row.from_claim,
            row.to_position,
            row.to_when,
            row.to_claim,
            row.to_speaker,
        )
        for row in each_row(frame[frame["is_ordered"].astype(bool)])
    )
