"""Which claims of a large record are shown one by one: those that go furthest, of every side."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, islice

import pandas as pd

from claimbrief.analysis.lasting import FORETOLD
from claimbrief.analysis.paths import FIRST, LEAVES_OPEN, LIMITS, POSITIONS
from claimbrief.analysis.statements import statements
from claimbrief.view import LARGE, View

FEWEST = 500  # so many claims at least are shown one by one; October has 198


@lru_cache(maxsize=8)
def foremost_claims(view: View, cited: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the ids of the claims that have a card of their own: all, or the foremost of many.

    Those are all the claims among `cited`, and as far as there are fewer than `FEWEST` of each
    side on each question the claim that goes furthest, then the next; of equal rank the earliest.
    """
    frame = statements(view)
    if len(frame) <= LARGE:
        return frozenset(frame["claim_id"].tolist())
    in_view = set(frame["claim_id"].tolist())
    first = dict.fromkeys(claim_id for claim_id in cited if claim_id in in_view)
    if len(first) >= FEWEST:
        return frozenset(first)
    ranked = furthest_first(view, frame)
    rank = ranked.groupby(["side", "question_id"], sort=False).cumcount()
    chosen = rank.loc[frame.index].sort_values(kind="stable").index
    order = dict.fromkeys(chain(first, frame.loc[chosen, "claim_id"]))
    return frozenset(islice(order, FEWEST))


def furthest_first(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `statements`, those that commit their speaker most before the others.

    In a speaker's own rendering before an outlet's; what is so before what is foretold; said
    to be so, likely, not so, left open; then by stance and commitment in the vocabulary's order,
    its question in that order, and in the order of the rows, which is that of dates.
    """
    places = {
        scheme: {code: place for place, code in enumerate(view.whole.labels(scheme))}
        for scheme in ("stance", "commitment", "question")
    }
    keys = pd.DataFrame(
        {
            "is_not_counted": ~frame["is_counted"],
            "is_expected": frame["content"] == FORETOLD,
            "position": _positions(frame).map(FIRST.index),
            "stance": frame["stance"].map(places["stance"]),
            "commitment": frame["commitment"].map(places["commitment"]),
            "question": frame["question_id"].map(places["question"]),
        },
        frame.index,
    )
    return frame.loc[keys.sort_values(list(keys.columns), kind="stable").index]


def _positions(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the position that each claim takes, as `claimbrief.analysis.paths.position` does."""
    return frame["stance"].map(POSITIONS).fillna(LEAVES_OPEN).mask(frame["is_limit"], LIMITS)
