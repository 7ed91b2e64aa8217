"""How positions moved: each side's path over time, where it turned, and how denials changed.

A side is the topmost body that a speaker belongs to: several speakers of one government are one
path. Only what is said of something that is or was so counts, or of what the words do not name;
what is foretold or in preparation does not, nor what rests on a paraphrase alone. A path is a
sequence of stances, not a scale: nothing here is added or averaged.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from claimbrief.lookups import actor_order, code_order, sort_by_keys
from claimbrief.statements import WORDS
from claimbrief.view import NO_START, POSITIONS, SAYS_LIKELY, SAYS_SO, View

ASSERTING_POSITIONS = (SAYS_SO, SAYS_LIKELY)
STEP = [
    "side", "question_id", "when", "earliest", "latest", "speaker", "certainty", "position",
    "stance", "stance_label", "proposition", "claim_text", "bare_quote", "claim_id",
]  # fmt: skip


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
    return _steps(view, by)[[*STEP, "claim_ids", "is_turn", "is_ordered"]]


def _steps(view: View, by: Sequence[str]) -> pd.DataFrame:
    """Return the frame `stance_paths` with `from_position`, that of the step before ("": none)."""
    claims = view.statements[view.statements["position"] != ""]
    questions = code_order(view.whole, "question")
    places = {"side": actor_order(view.whole), "question_id": questions}
    date = [*by, "when"]
    ids = claims.groupby(date)["claim_id"].agg(list).rename("claim_ids")
    furthest = sort_by_keys(
        claims[STEP],
        **{name: claims[name].map(places[name]) for name in by},
        latest=claims["latest"],
        earliest=claims["earliest"].fillna(NO_START),
        when=claims["when"],
        position=claims["position"].map(POSITIONS.index),
        is_not_in_words=claims["rests_on"] != WORDS,
        question=claims["question_id"].map(questions),
    ).drop_duplicates(date)
    steps = furthest.join(ids, on=date).reset_index(drop=True)
    before = steps.groupby(list(by))[["position", "latest"]].shift()
    is_first = before["position"].isna()
    return steps.assign(
        from_position=before["position"].fillna(""),
        is_turn=~is_first & (before["position"] != steps["position"]),
        is_ordered=is_first | (before["latest"] < steps["earliest"]),
    )


def turns(view: View) -> pd.DataFrame:
    """Return one row a turn: a side that came to say so, or likely, after not saying so.

    Each question has its own path; a side that said so from the first has no turn on it, and a side
    that denies or leaves open another part later does not turn back. Columns: side, question_id,
    from_position, to_position, to_when (EDTF), to_claim, is_ordered. A turn whose order the dates
    do not tell is in the frame and marked.
    """
    path = ["side", "question_id"]
    steps = _steps(view, path)
    began = steps.groupby(path)["position"].transform("first")
    is_gain = steps["position"].isin(ASSERTING_POSITIONS) & ~began.isin(ASSERTING_POSITIONS)
    found = steps[steps["is_turn"] & is_gain].reset_index(drop=True)
    to = {"position": "to_position", "when": "to_when", "claim_id": "to_claim"}
    return found.rename(columns=to)[[*path, "from_position", *to.values(), "is_ordered"]]


def answers(view: View) -> pd.DataFrame:
    """Return the statements with a level of denial of sides that deny, dismiss or doubt something.

    By date. A side that only will not say is left out, and so is what bounds a claim that the side
    itself makes.
    """
    claims = view.statements
    is_levelled = (claims["position"] != "") & (claims["denial"] != "") & ~claims["is_limit"]
    is_denying = is_levelled & (claims["is_denial"] | (claims["stance"] == "questions"))
    return claims[is_levelled & claims["side"].isin(claims.loc[is_denying, "side"])]
