"""Which claims of a large record are shown one by one: those that go furthest, of every side."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, islice

import pandas as pd

from claimbrief.analysis.paths import FIRST, LEAVES_OPEN, POSITIONS
from claimbrief.analysis.statements import statements
from claimbrief.dataset import UNSTATED
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

    In a speaker's own rendering before an outlet's; on the ladder before what is foretold; said
    to be so, likely, denied, left open; then by stance and commitment in the vocabulary's order,
    the highest step, and in the order of the rows, which is that of dates.
    """
    places = {
        scheme: {code: place for place, code in enumerate(view.whole.labels(scheme))}
        for scheme in ("stance", "commitment")
    }
    keys = pd.DataFrame(
        {
            "is_not_counted": ~frame["is_counted"],
            "is_expected": frame["rung"].isna() & (frame["content_role"] != UNSTATED),
            "position": frame["stance"].map(POSITIONS).fillna(LEAVES_OPEN).map(FIRST.index),
            "stance": frame["stance"].map(places["stance"]),
            "commitment": frame["commitment"].map(places["commitment"]),
            "lower": -frame["rung"].fillna(0).astype(int),
        },
        frame.index,
    )
    return frame.loc[keys.sort_values(list(keys.columns), kind="stable").index]
