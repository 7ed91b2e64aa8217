"""How positions moved: each side's path over time, where it turned, and how denials changed.

A side is the topmost body that a speaker belongs to: several speakers of one government are one
path. Only what is said of something that is or was so counts, or of what the words do not name;
what is foretold or in preparation does not, nor what rests on a paraphrase alone. A path is a
sequence of stances, not a scale: nothing here is added or averaged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from claimbrief.analysis.lasting import PARAPHRASE, SO, UNSTATED, WORDS, places, places_of_codes
from claimbrief.analysis.statements import each_statement, statements
from claimbrief.dates import When, order
from claimbrief.view import View

SAYS_SO, SAYS_LIKELY, DENIES, LEAVES_OPEN = "says_so", "says_likely", "denies", "leaves_open"
LIMITS = "limits"  # says that it is not so, or not yet, of a claim that is one's own side's
SAYS = (SAYS_SO, SAYS_LIKELY)
# A statement with several stances stands where it commits itself most.
POSITIONS = {
    "affirms": SAYS_SO,
    "affirms_hedged": SAYS_LIKELY,
    "denies": DENIES,
    "dismisses": DENIES,
}
FIRST = [SAYS_SO, SAYS_LIKELY, LIMITS, DENIES, LEAVES_OPEN]


def stance_paths(view: View) -> pd.DataFrame:
    """Return one row a step of a side's path: what the side said on one day, or in one range.

    Columns: side, when, speaker, certainty, position ("says_so", "says_likely", "limits", "denies"
    or "leaves_open": the one of that day that commits most), stance, stance_words, question_id,
    proposition, told, words, claim_id (of the claim that commits most), claim_ids (list: all of
    that day that count), is_turn (whether the position differs from that of the step before) and
    is_ordered (whether the dates tell that the step before was made before; true for a first step).
    By side, then by date.
    """
    return _paths(view, "side")


def question_paths(view: View) -> pd.DataFrame:
    """Return the steps of each side's path on each question: as `stance_paths`, by question too."""
    return _paths(view, "side", "question_id")


def _paths(view: View, *by: str) -> pd.DataFrame:
    steps = [step for path in paths(view, *by).values() for step in path]
    frame = pd.DataFrame(steps, columns=Step._fields)
    return frame.astype({"is_turn": bool, "is_ordered": bool})


class Step(NamedTuple):
    """A row of `stance_paths`."""

    side: str
    when: When
    speaker: str
    certainty: str
    position: str
    stance: str
    stance_words: str
    question_id: str
    proposition: str
    told: str
    words: str
    claim_id: str
    claim_ids: list[str]
    is_turn: bool
    is_ordered: bool


@lru_cache(maxsize=128)
def paths(view: View, *by: str) -> Mapping[tuple[str, ...], Sequence[Step]]:
    """Return the steps of each path, by what the paths are of: sides, or sides and questions."""
    placed = [(tuple(getattr(one, name) for name in by), one) for one in on_questions(view)]
    every: dict[tuple[tuple[str, ...], When], list[str]] = {}
    for key, claim in placed:
        every.setdefault((key, claim.when), []).append(claim.claim_id)
    first: dict[tuple[tuple[str, ...], When], Any] = {}
    questions = places_of_codes(view.whole, "question")
    for key, claim in sorted(placed, key=lambda one: _rank(one[1], questions)):
        first.setdefault((key, claim.when), claim)
    found: dict[tuple[str, ...], list[tuple[Any, list[str]]]] = {}
    for (key, when), claim in first.items():
        found.setdefault(key, []).append((claim, every[key, when]))
    orders = [
        places(view.whole)
        if name == "side"
        else {code: place for place, code in enumerate(view.whole.labels("question"))}
        for name in by
    ]
    keys = sorted(
        found, key=lambda key: [order[one] for order, one in zip(orders, key, strict=True)]
    )
    return {key: _steps(found[key]) for key in keys}


def _rank(claim: Any, questions: Mapping[str, int]) -> tuple[int, bool, int]:
    """Return what a day's first claim has least of: it commits most, in the speaker's words."""
    return FIRST.index(position(claim)), claim.rests_on != WORDS, questions[claim.question_id]


def _steps(days: list[tuple[Any, list[str]]]) -> list[Step]:
    """Return the steps of one path, of its days with the claim that commits most and all ids."""
    days = sorted(days, key=lambda day: (day[0].when.latest, day[0].when.earliest or date.min))
    steps: list[Step] = []
    for first, claim_ids in days:
        before = steps[-1] if steps else None
        steps.append(
            Step(
                side=first.side,
                when=first.when,
                speaker=first.speaker,
                certainty=first.certainty,
                position=position(first),
                stance=first.stance,
                stance_words=first.stance_words,
                question_id=first.question_id,
                proposition=first.proposition,
                told=first.told,
                words=first.words,
                claim_id=first.claim_id,
                claim_ids=claim_ids,
                is_turn=before is not None and before.position != position(first),
                is_ordered=before is None or order(before.when, first.when) == "before",
            )
        )
    return steps


def position(claim: Any) -> str:
    """Return the position that a claim takes: one of FIRST."""
    return LIMITS if claim.is_limit else POSITIONS.get(claim.stance, LEAVES_OPEN)


def on_questions(view: View) -> list[Any]:
    """Return the counted claims of something that is so, or that the words do not name."""
    return [
        claim
        for claim in each_statement(view)
        if claim.is_counted and claim.commitment != "NA" and claim.rests_on != PARAPHRASE
        if claim.content in (SO, UNSTATED)
    ]


def question_claims(view: View) -> pd.DataFrame:
    """Return the rows of `on_questions` as a frame: columns of `statements`, and `position`."""
    positions = {claim.claim_id: position(claim) for claim in on_questions(view)}
    frame = statements(view)
    kept = frame[frame["claim_id"].isin(positions)]
    return kept.assign(position=kept["claim_id"].map(positions))


def turns(view: View) -> pd.DataFrame:
    """Return one row a turn: a side that came to say so, or likely, after not saying so.

    Each question has its own path; a side that said so from the first has no turn on it, and one
    that denies or leaves open another part later does not turn back. Columns: side, question_id,
    from_position, to_position, from_claim (the last with the earlier position), from_since,
    from_until (bounds of the first and last step with it), from_speaker, to_claim, to_when,
    to_speaker, is_ordered. A turn whose order the dates do not tell is in the frame and marked.
    """
    return pd.DataFrame(each_turn(view), columns=Turned._fields)


class Turned(NamedTuple):
    """A row of `turns`."""

    side: str
    question_id: str
    from_position: str
    to_position: str
    from_claim: str
    from_since: When
    from_until: When
    from_speaker: str
    to_claim: str
    to_when: When
    to_speaker: str
    is_ordered: bool


def each_turn(view: View) -> list[Turned]:
    """Return the rows of `turns`, by side and question."""
    rows = []
    for (side, question), path in paths(view, "side", "question_id").items():
        since = path[0].when
        for earlier, step in pairwise(path):
            if step.is_turn and step.position in SAYS and path[0].position not in SAYS:
                rows.append(
                    Turned(
                        side,
                        question,
                        from_position=earlier.position,
                        to_position=step.position,
                        from_claim=earlier.claim_id,
                        from_since=since,
                        from_until=earlier.when,
                        from_speaker=earlier.speaker,
                        to_claim=step.claim_id,
                        to_when=step.when,
                        to_speaker=step.speaker,
                        is_ordered=step.is_ordered,
                    )
                )
            since = step.when if step.is_turn else since
    return rows


def answers(view: View) -> list[Any]:
    """Return the claims with a level of denial of sides that deny, dismiss or doubt something.

    Who only will not say is left out, and what bounds a claim that the side itself makes.
    """
    levelled = [claim for claim in on_questions(view) if claim.denial and not claim.is_limit]
    denying = {claim.side for claim in levelled if claim.is_denial or claim.stance == "questions"}
    return [claim for claim in levelled if claim.side in denying]


def denial_path(view: View) -> pd.DataFrame:
    """Return the rows of `answers` as a frame.

    Columns: side, claim_id, speaker, when, certainty, denial, stance, stance_words, proposition,
    told, words, quote; by date.
    """
    columns = [
        "side",
        "claim_id",
        "speaker",
        "when",
        "certainty",
        "denial",
        "stance",
        "stance_words",
        "proposition",
        "told",
        "words",
        "quote",
    ]
    rows = [tuple(getattr(claim, name) for name in columns) for claim in answers(view)]
    return pd.DataFrame(rows, columns=columns)
