"""The brief's day moved through the window, since when each claim is in, and what is new since.

A page can show any of these days, and shows what is computed here and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pandas as pd

from claimbrief.analysis.evidence import items_cited
from claimbrief.analysis.findings import Findings, findings
from claimbrief.analysis.positions import positions_by_question
from claimbrief.analysis.provenance import PUBLIC
from claimbrief.dataset import NO_QUESTION
from claimbrief.in_view import first_in_view
from claimbrief.limits import days_at_most
from claimbrief.lookups import actor_kinds, pairs
from claimbrief.view import SAYS_SO, View, on_day

FEWEST_DAYS = 3  # fewer days than these are no walk through the window
STATEMENT, ITEM = "statement", "item"  # beside SAYS_SO: what a row is
COLUMNS = ["new", "of", "claim_id", "side", "kind", "certainty", "latest"]


def days_of(view: View) -> list[date]:
    """Return the days of the window up to the brief's day, which is the last of them.

    Of a long window, or a large record, there are fewer days, in equal strides; if there would be
    fewer than FEWEST_DAYS, the last day alone.
    """
    last = view.at.as_of
    days = days_at_most(len(view.whole.claims))
    if days < FEWEST_DAYS:
        return [last]
    span = max((last - view.at.window_start).days, 0)
    stride = math.ceil((span + 1) / days)
    return [last - timedelta(back) for back in range(span // stride * stride, -1, -stride)]


def views_by_day(view: View) -> dict[date, View]:
    """Return what a brief of each day may use, by day; the last is the view itself."""
    earlier = {day: on_day(view, day) for day in days_of(view)[:-1]}
    return earlier | {view.at.as_of: view}


def by_day(make: Callable[[View], pd.DataFrame], days: Mapping[date, View]) -> pd.DataFrame:
    """Return the frames that a function makes of the views of several days, as one.

    Columns: those of the function's frame, and `as_of` (YYYY-MM-DD). A table that can be moved
    through the days draws it.
    """
    frames = [make(day).assign(as_of=as_of.isoformat()) for as_of, day in days.items()]
    return pd.concat(frames, ignore_index=True)


def findings_by_day(views: Mapping[date, View]) -> dict[date, Findings]:
    """Return the findings of the views of several days, by day; the last is the brief's own."""
    return {day: findings(view) for day, view in views.items()}


def first_days(view: View) -> pd.Series[str]:
    """Return the first day (YYYY-MM-DD) by which each claim in view is, or may be, in, by claim id.

    A day of publication that the viewpoint assumes, or a source's day, counts as in any view.
    """
    days = days_of(view)
    places = first_in_view(view.base, view.at, days)
    return places.map(dict(enumerate(day.isoformat() for day in days))).astype("str")


def since_last_edition(view: View) -> pd.DataFrame:
    """Return one row per thing that is new since the day of the last edition, to the brief's day.

    New is what is certain by the brief's day and was not even possible by that of the last edition;
    without a last edition nothing is. Columns: new (STATEMENT; SAYS_SO: a side on a question; ITEM:
    an item of evidence, cited in support, that the public could not see before), of (the id of the
    utterance, the code of the question, or the code of the item's kind), claim_id (the claim to
    cite) with the claim's side, its kind (code), certainty and latest.
    """
    last = view.at.last_edition
    if last is None or last >= view.at.as_of:
        return pd.DataFrame(columns=COLUMNS)
    before = on_day(view, last)
    found = pd.concat([_statements(view, before), _sides(view, before), _items(view, before)])
    claims = view.statements.set_index("claim_id")[["side", "certainty", "latest"]]
    kinds = actor_kinds(view.whole)
    rows = found.join(claims, on="claim_id")
    return rows.assign(kind=rows["side"].map(kinds))[COLUMNS].reset_index(drop=True)


def _statements(view: View, before: View) -> pd.DataFrame:
    """Return the statements that are neither one in view before nor likely to be one."""
    rows = before.statements
    known = set(rows.loc[rows["is_counted"], "utterance_id"])
    likely_same = pairs(view.record.utterances, "utterance_id", "duplicate_of")
    known |= {same for utterance, same in likely_same if utterance in known}
    claims = view.statements
    claims = claims[claims["is_counted"] & (claims["certainty"] == "certain")]
    later = claims[~claims["utterance_id"].isin(known)].drop_duplicates("utterance_id")
    return later[["claim_id"]].assign(new=STATEMENT, of=later["utterance_id"])


def _sides(view: View, before: View) -> pd.DataFrame:
    """Return for each question the sides that say so and did not."""
    rows = positions_by_question(before)
    known = set(pairs(rows[rows["position"] == SAYS_SO], "question_id", "side"))
    rows = positions_by_question(view)
    rows = rows[(rows["position"] == SAYS_SO) & (rows["certainty"] == "certain")]
    rows = rows[~rows["question_id"].isin(NO_QUESTION)]
    is_new = [pair not in known for pair in pairs(rows, "question_id", "side")]
    rows = rows[pd.Series(is_new, rows.index, dtype=bool)]
    return rows[["claim_id"]].assign(new=SAYS_SO, of=rows["question_id"])


def _items(view: View, before: View) -> pd.DataFrame:
    """Return the items that the public could newly see, each with a claim that cites it."""
    states = before.record.evidence_status
    known = states.loc[states["publicity"].isin(PUBLIC), "evidence_id"]
    claims = view.statements
    certain = set(claims.loc[claims["certainty"] == "certain", "claim_id"])
    items = items_cited(view)
    items = items[items["is_certainly_public"] & ~items["evidence_id"].isin(known)]
    cited = [next(filter(certain.__contains__, ids), "") for ids in items["claim_ids"]]
    found = pd.DataFrame({"claim_id": cited, "new": ITEM, "of": items["kind"].tolist()})
    return found[found["claim_id"] != ""]
