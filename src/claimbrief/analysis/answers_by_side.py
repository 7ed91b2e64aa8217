"""Who says what: what each side answers to each question, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.positions import FORETOLD, LIKELY_TO_COME
from claimbrief.dataset import UNSTATED_QUESTION
from claimbrief.lookups import actor_order, code_order, expected_actors, rows_by, sort_by_keys
from claimbrief.statements import CONTEXT, DENYING, NOT_YET, PARAPHRASE, TO_COME
from claimbrief.view import DENIES, LEAVES_OPEN, SAYS_LIKELY, SAYS_SO, View, positions
from claimbrief.view import LIMITS as BOUNDS

NOT_SO, DISMISSES = "not_so", "dismisses"
WOULD_NOT_SAY, NOT_EXPECTED, OPEN_TO_COME = "would_not_say", "not_expected", "open_to_come"
# What a side answers to a question, the furthest first.
ANSWERS = (
    SAYS_SO, SAYS_LIKELY, NOT_YET, NOT_SO, DENIES, DISMISSES, LEAVES_OPEN, WOULD_NOT_SAY,
    FORETOLD, LIKELY_TO_COME, NOT_EXPECTED,
)  # fmt: skip
CLAIMING = (SAYS_SO, SAYS_LIKELY)
BOUNDING = (NOT_YET, NOT_SO)
DENIED = (DENIES, DISMISSES)
EXPECTING = (FORETOLD, LIKELY_TO_COME)
CITED = ["question_id", "answer", "when", "certainty", "claim_id"]


def answers_by_side(view: View) -> pd.DataFrame:
    """Return one row an answer of a side to a question: by side, question and answer.

    Of a side's answers to a question the furthest has a row, with the first claim that gives it.
    Two more can stand beside it: what the side says is not so, or not yet, with the last such
    claim, unless it made a claim later; and what it foretells, if it claims nothing. Of words that
    name no content only denials have a row. Columns: side, is_expected (whether a reader expects
    to hear the side), statements (how many utterances the side made on the questions), question_id,
    answer (of ANSWERS), and when (EDTF), certainty and claim_id of the claim. Sides that are
    expected come first, then those that spoke most often. An expected side that did not speak has
    a row without a question.
    """
    claims = view.statements
    is_answer = claims["is_counted"] & (claims["rests_on"] != PARAPHRASE)
    is_answer &= (claims["content"] != CONTEXT) & (claims["commitment"] != "NA")
    claims = claims[is_answer]
    claims = claims.assign(answer=_answers(claims))
    claims = claims[claims["answer"] != OPEN_TO_COME]  # what may come, left open, answers nothing
    is_named = claims["question_id"] != UNSTATED_QUESTION
    spoken = claims[is_named | claims["answer"].isin(DENIED)]
    rows = [
        {"side": side} | {name: getattr(claim, name) for name in CITED}
        for (side, _), said in rows_by(spoken, "side", "question_id").items()
        for claim in _furthest(said)
    ]
    top = set(view.base.lookups.sides.values())
    expected = [actor for actor in expected_actors(view.whole) if actor in top]
    heard = {row["side"] for row in rows}
    blank = dict.fromkeys(CITED, "")
    rows += [{"side": side} | blank for side in expected if side not in heard]
    found = pd.DataFrame(rows, columns=["side", *CITED])
    counts = spoken.groupby("side")["utterance_id"].nunique().to_dict()
    found.insert(1, "is_expected", found["side"].isin(expected))
    found.insert(2, "statements", [counts.get(side, 0) for side in found["side"]])
    return _in_order(view, found)


def _answers(claims: pd.DataFrame) -> pd.Series[str]:
    """Return what each claim answers to its question, one of ANSWERS."""
    position, stance = claims["position"], claims["stance"]
    is_to_come = claims["content"] == TO_COME
    found = position.mask(is_to_come, OPEN_TO_COME)
    found = found.mask(is_to_come & stance.isin(DENYING), NOT_EXPECTED)
    is_foretold = is_to_come & claims["makes_claim"]
    is_likely = positions(stance, claims["is_limit"]) == SAYS_LIKELY
    found = found.mask(is_foretold, FORETOLD).mask(is_foretold & is_likely, LIKELY_TO_COME)
    found = found.mask((position == DENIES) & (stance == DISMISSES), DISMISSES)
    found = found.mask(position == BOUNDS, NOT_SO).mask(stance == NOT_YET, NOT_YET)
    is_open = found == LEAVES_OPEN
    is_spoken = is_open & (stance != "declines")
    has_spoken = is_spoken.groupby([claims["side"], claims["question_id"]]).transform("any")
    return found.mask(is_open & ~has_spoken, WOULD_NOT_SAY)


def _furthest(said: Sequence[Any]) -> list[Any]:
    """Return the claims that give a side's answer to a question, the furthest first.

    `said` are its claims on the question in order of date.
    """
    by_answer: dict[str, list[Any]] = {}
    for claim in said:
        by_answer.setdefault(claim.answer, []).append(claim)
    furthest = min(by_answer, key=ANSWERS.index)
    chosen = [] if furthest in BOUNDING else [_first(by_answer[furthest])]
    bound = next((by_answer[answer][-1] for answer in BOUNDING if answer in by_answer), None)
    claims = [claim for claim in said if claim.answer in CLAIMING]
    if bound is not None and not any(claim.earliest > bound.latest for claim in claims):
        chosen.append(bound)
    foretold = next((by_answer[answer] for answer in EXPECTING if answer in by_answer), [])
    if foretold and furthest not in (*CLAIMING, *EXPECTING):
        chosen.append(_first(foretold))
    return chosen


def _first(claims: Sequence[Any]) -> Any:
    """Return the first claim that had certainly been made, or the first."""
    return next((claim for claim in claims if claim.certainty == "certain"), claims[0])


def _in_order(view: View, found: pd.DataFrame) -> pd.DataFrame:
    places = {"": 0} | {answer: place for place, answer in enumerate(ANSWERS)}
    return sort_by_keys(
        found,
        is_not_expected=~found["is_expected"],
        statements=-found["statements"].where(~found["is_expected"], 0),
        side=found["side"].map(actor_order(view.whole)),
        question=found["question_id"].map({"": 0} | code_order(view.whole, "question")),
        answer=found["answer"].map(places),
    ).reset_index(drop=True)
