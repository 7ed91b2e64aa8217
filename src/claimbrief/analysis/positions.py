"""Where each side stands on each question, and since when."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

import pandas as pd

from claimbrief.analysis.paths import ASSERTING_POSITIONS
from claimbrief.dataset import each_row
from claimbrief.statements import PARAPHRASE, SO, TO_COME, WORDS
from claimbrief.view import DENIES, LEAVES_OPEN, LIMITS, SAYS_LIKELY, SAYS_SO, View, positions

# Positions are those of a path, and two more: what a side says has begun and not ended, and what it
# foretells.
UNDER_WAY, FORETOLD = "under_way", "foretold"
ON_QUESTION = (SAYS_SO, SAYS_LIKELY, UNDER_WAY, LIMITS, DENIES, FORETOLD, LEAVES_OPEN)
CITED = [
    "question_id",
    "position",
    "side",
    "claim_id",
    "speaker",
    "when",
    "latest",
    "certainty",
    "rests_on",
    "proposition",
    "bare_quote",
    "hedge",
]
COLUMNS = [*CITED, "since", "reported_claim", "reported_when", "claim_ids"]


def positions_by_question(view: View) -> pd.DataFrame:
    """Return one row a position of a side on a question: by question, position and date.

    Cited is the first of a side's claims in the speaker's words, and beside it an earlier claim
    that is only reported; where none is in the speaker's words, the first. A side that says so
    may bound or foretell more; it calls likely, or under way, only what it does not say, and
    leaves open only what it does not say, bound or deny. Columns: CITED, of the claim
    that is cited; `since` (the last day of the earliest claim); `reported_claim` and
    `reported_when` (EDTF; "" where no earlier claim is only reported); `claim_ids` (list: all
    claims of the side on the question with this position).
    """
    claims = _claims(view)
    said: dict[tuple[str, str], dict[str, list[Any]]] = {}
    for claim in each_row(claims):
        sides = said.setdefault((claim.question_id, claim.position), {})
        sides.setdefault(claim.side, []).append(claim)
    rows: list[dict[str, Any]] = []
    for question_id in view.whole.labels("question"):
        taken: set[tuple[str, str]] = set()  # the sides with their positions so far
        for position in ON_QUESTION:
            here = {
                side: own
                for side, own in said.get((question_id, position), {}).items()
                if not _has_more(taken, side, position)
            }
            taken |= {(side, position) for side in here}
            rows += sorted(map(_position, here.values()), key=itemgetter("since"))
    return pd.DataFrame(rows, columns=COLUMNS)


def questions_to_come(claims: pd.DataFrame) -> set[str]:
    """Return the questions on which all that is said is of what is to come."""
    said = claims[claims["is_counted"]]
    to_come, so = (set(said.loc[said["content"] == of, "question_id"]) for of in (TO_COME, SO))
    return to_come - so


def _has_more(taken: set[tuple[str, str]], side: str, position: str) -> bool:
    """Return whether a side holds a position on the question that leaves no room for this one."""
    if position == LEAVES_OPEN:
        return any((side, other) in taken for other in ON_QUESTION if other != FORETOLD)
    return position in (SAYS_LIKELY, UNDER_WAY) and (side, SAYS_SO) in taken


def _position(said: list[Any]) -> dict[str, Any]:
    """Return the row of a side's claims with one position on a question."""
    first = min(said, key=lambda claim: (claim.rests_on != WORDS, claim.latest))
    earliest = min(said, key=lambda claim: claim.latest)
    is_earlier = earliest.latest < first.latest
    return {name: getattr(first, name) for name in CITED} | {
        "since": earliest.latest,
        "reported_claim": earliest.claim_id if is_earlier else "",
        "reported_when": earliest.when if is_earlier else "",
        "claim_ids": [claim.claim_id for claim in said],
    }


def _claims(view: View) -> pd.DataFrame:
    """Return the claims that take a position on a question, and those that foretell.

    On a question of what is to come alone, what denies or leaves that open takes a position too.
    """
    claims = view.statements
    is_answer = claims["is_counted"] & (claims["rests_on"] != PARAPHRASE)
    is_answer &= claims["question_id"].isin(questions_to_come(claims))
    is_answer &= claims["commitment"] != "NA"
    answers = positions(claims["stance"], claims["is_limit"])
    claims = claims.assign(position=claims["position"].mask(is_answer, answers))
    is_placed = claims["position"] != ""
    is_under_way = (claims["phase"] == UNDER_WAY) & claims["position"].isin(ASSERTING_POSITIONS)
    is_foretold = claims["is_counted"] & claims["makes_claim"] & (claims["content"] == TO_COME)
    position = claims["position"].mask(is_under_way, UNDER_WAY).mask(is_foretold, FORETOLD)
    return claims[CITED].assign(position=position)[is_placed | is_foretold]
