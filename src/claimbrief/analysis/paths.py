"""How positions moved: each side's path over time, where it turned, and how denials changed.

A side is the topmost body that a speaker belongs to: several speakers of one government are one
path. Only what is said of something that is or was so counts, or of what the words do not name;
what is foretold or in preparation does not, nor what rests on a paraphrase alone. A path is a
sequence of stances, not a scale: nothing here is added or averaged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from claimbrief.dataset import each_row
from claimbrief.lookups import actor_order, code_order
from claimbrief.statements import WORDS
from claimbrief.view import NO_START, POSITIONS, SAYS_LIKELY, SAYS_SO, View

ASSERTING_POSITIONS = (SAYS_SO, SAYS_LIKELY)
STEP = [
    "side",
    "question_id",
    "when",
    "earliest",
    "latest",
    "speaker",
    "certainty",
    "position",
    "stance",
    "stance_label",
    "proposition",
    "claim_text",
    "bare_quote",
    "claim_id",
]


def stance_paths(view: View, by: Sequence[str] = ("side",)) -> pd.DataFrame:
    """Return one row a step of a path: what was said on one day, or in one range of days.

    `by` says whose path: a side's, or with "question_id" a side's on each question. Columns: STEP,
    of the claim of that day that commits its speaker the furthest (side, question_id, when,
    earliest, latest, speaker, certainty, position: "says_so", "says_likely", "limits", "denies" or
    "leaves_open", stance, stance_label, proposition, claim_text, bare_quote and claim_id),
    `claim_ids` (list: all of that day that count), `is_turn` (whether the position differs from
    that of the step before) and `is_ordered` (whether the dates tell that the step before was made
    before; true for a first step). By side, question and date.
    """
    rows = [
        {**{name: getattr(first, name) for name in STEP}, "claim_ids": ids, **change}
        for first, ids, change in _steps(view, by)
    ]
    frame = pd.DataFrame(rows, columns=[*STEP, "claim_ids", "is_turn", "is_ordered"])
    return frame.astype({"is_turn": bool, "is_ordered": bool})


def _steps(view: View, by: Sequence[str]) -> Iterator[tuple[Any, list[str], dict[str, bool]]]:
    """Yield each step: the claim that commits its speaker the furthest, all ids, what changed."""
    claims = view.statements
    sides, questions = actor_order(view.whole), code_order(view.whole, "question")
    places = {"side": sides, "question_id": questions}

    def path_and_date(claim: Any) -> tuple[Any, ...]:
        path = tuple(places[name][getattr(claim, name)] for name in by)
        start = NO_START if pd.isna(claim.earliest) else claim.earliest
        return path, claim.latest, start, claim.when

    def rank(claim: Any) -> tuple[int, bool, int]:
        place = POSITIONS.index(claim.position)
        return place, claim.rests_on != WORDS, questions[claim.question_id]

    placed = each_row(claims.loc[claims["position"] != "", [*STEP, "rests_on"]])
    before, path_before = None, None
    for key, group in groupby(sorted(placed, key=path_and_date), key=path_and_date):
        day = list(group)
        first = min(day, key=rank)
        if key[0] != path_before:
            before, path_before = None, key[0]
        change = {
            "is_turn": before is not None and before.position != first.position,
            "is_ordered": before is None or bool(before.latest < first.earliest),
        }
        yield first, [claim.claim_id for claim in day], change
        before = first


def turns(view: View) -> pd.DataFrame:
    """Return one row a turn: a side that came to say so, or likely, after not saying so.

    Each question has its own path; a side that said so from the first has no turn on it, and a side
    that denies or leaves open another part later does not turn back. Columns: side, question_id,
    from_position, to_position, to_when (EDTF), to_claim, is_ordered. A turn whose order the dates
    do not tell is in the frame and marked.
    """
    rows = []
    began, before = "", None
    for step, _, change in _steps(view, ["side", "question_id"]):
        if before is None or (step.side, step.question_id) != (before.side, before.question_id):
            began, before = step.position, None
        is_gain = step.position in ASSERTING_POSITIONS and began not in ASSERTING_POSITIONS
        if before is not None and change["is_turn"] and is_gain:
            rows.append(
                {
                    "side": step.side,
                    "question_id": step.question_id,
                    "from_position": before.position,
                    "to_position": step.position,
                    "to_when": step.when,
                    "to_claim": step.claim_id,
                    "is_ordered": change["is_ordered"],
                }
            )
        before = step
    columns = "side question_id from_position to_position to_when to_claim is_ordered"
    return pd.DataFrame(rows, columns=columns.split())


def answers(view: View) -> pd.DataFrame:
    """Return the statements with a level of denial of sides that deny, dismiss or doubt something.

    By date. A side that only will not say is left out, and so is what bounds a claim that the side
    itself makes.
    """
    claims = view.statements
    is_levelled = (claims["position"] != "") & (claims["denial"] != "") & ~claims["is_limit"]
    is_denying = is_levelled & (claims["is_denial"] | (claims["stance"] == "questions"))
    return claims[is_levelled & claims["side"].isin(claims.loc[is_denying, "side"])]
