"""Counting: how many different things there are, certainly and possibly; which claim is cited."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from claimbrief.dataset import Dataset
from claimbrief.lookups import code_order, sort_by_keys
from claimbrief.statements import ASSERTING, CONTEXT, DENYING, NOT_YET
from claimbrief.view import View


@dataclass(frozen=True)
class Count:
    """How many had happened by the brief's day: certainly, and how many more possibly."""

    certain: int
    possible: int = 0

    @property
    def total(self) -> int:
        """The count with everything that is possible."""
        return self.certain + self.possible


def count_of(rows: pd.DataFrame, key: str) -> Count:
    """Return how many different values of `key` there are in rows that have `certainty`."""
    certain = rows.loc[rows["certainty"] == "certain", key].nunique()
    return Count(certain, rows[key].nunique() - certain)


def speakers_of(view: View, claims: pd.DataFrame) -> Count:
    """Return how many speak in the utterances of these statements."""
    utterances, voices = view.record.utterances, view.record.speakers
    certainty = utterances["certainty"].set_axis(utterances["utterance_id"])
    voices = voices[voices["utterance_id"].isin(claims["utterance_id"])]
    return count_of(voices.assign(certainty=voices["utterance_id"].map(certainty)), "actor_id")


def first_claims(dataset: Dataset, claims: pd.DataFrame) -> pd.DataFrame:
    """Return for each utterance in rows of `statements` the one claim to cite, by utterance id.

    The speaker's own; what is said to be so, or likely, before what is said not to be so, and that
    before the rest; then the question that comes first in the vocabulary. In the order of `claims`.
    """
    is_contrary = claims["stance"].isin([*DENYING, NOT_YET])
    is_other = ~claims["stance"].isin(ASSERTING) & ~is_contrary
    ranked = sort_by_keys(
        claims,
        is_outlet_voice=claims["is_outlet_voice"],
        is_context=claims["content"] == CONTEXT,
        kind=is_other * 2 + is_contrary,
        question=claims["question_id"].map(code_order(dataset, "question")),
    )
    chosen = ranked.drop_duplicates("utterance_id").index
    return claims[claims.index.isin(chosen)].set_index("utterance_id", drop=False)
