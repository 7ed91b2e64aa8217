"""The days on which much changed: items became public, sides came to say so, a claim was denied."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from claimbrief.analysis.evidence import citations
from claimbrief.analysis.lineage import public_status
from claimbrief.analysis.positions import turns
from claimbrief.analysis.positions_by_day import NOT_SO, marks_by_date
from claimbrief.lookups import actor_order, sort_by_keys
from claimbrief.statements import DENYING, NOT_YET
from claimbrief.view import LEAVES_OPEN, SAYS_SO, View, bounds_of

PUBLISHED, TURNED, NOT_SO_YET, CONTRARY, FIRST_DENIAL = (
    "published", "turned", "not_yet", "not_so", "first_denial",
)  # fmt: skip
DAYS_APART = 3  # a day of turns is so many days at least from any other turning point
COLUMNS = ["kind", "first", "last", "question_id", "sides", "count", "speakers"]


def turning_points(view: View) -> pd.DataFrame:
    """Return one row a turning point, at most three, by date.

    These are the day on which most items of evidence became public; the last days in a row on which
    somebody said of the first question that it is not so, or not yet; the day on which most sides
    came from leaving a question open to saying so, at least DAYS_APART days from the others; where
    there are none of these, the day of the first denial. Of equal days the first counts. Only what
    is certain and of a known day of the window is a turning point. Columns: kind ("published",
    "not_yet", "not_so", "turned", "first_denial"), first and last (days, as datetimes),
    question_id ("" of "published" and of turns on several questions), sides (list of ids), count
    (of items, or of sides) and speakers (list: of those who say not so, or not yet; else empty).
    """
    marks = marks_by_date(view)
    known = _of_a_known_day(view, marks[marks["certainty"] == "certain"])
    points = [*_published(view), *_contradicted(view, known)]
    points += _turned(view, points)
    points = points or _first_denial(known)
    frame = pd.DataFrame(points, columns=COLUMNS)
    return frame.sort_values(["last", "first"], kind="stable").reset_index(drop=True)


def _of_a_known_day(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose bounds leave a single day of the window, up to the brief's day."""
    last = pd.Timestamp(min(view.at.as_of, view.at.window_end))
    is_inside = rows["latest"].between(pd.Timestamp(view.at.window_start), last)
    return rows[(rows["earliest"] == rows["latest"]) & is_inside]


def _point(kind: str, rows: pd.DataFrame, question_id: str = "") -> dict[str, Any]:
    """Return a turning point of the days and sides of these rows, without speakers."""
    days, sides = rows["latest"], rows["side"].unique().tolist()
    values = (kind, days.min(), days.max(), question_id, sides, len(sides), list[str]())
    return dict(zip(COLUMNS, values, strict=True))


def _published(view: View) -> list[dict[str, Any]]:
    """Return the day on which most items became public, with the sides that offered them."""
    status = public_status(view)
    public = status[status["certainty"] == "certain"].join(bounds_of(status["when"]))
    public = public.sort_values("latest", kind="stable").drop_duplicates("evidence_id")
    public = _of_a_known_day(view, public)
    if public.empty:
        return []
    counts = public.groupby("latest").size()
    items = public[public["latest"] == counts.idxmax()]
    links, side_of = citations(view), view.base.lookups.sides
    offers = links[links["relation"] == "offers"].drop_duplicates("evidence_id")
    holders = view.whole.evidence.set_index("evidence_id")["holder"].map(side_of)
    owners = pd.concat([holders, offers.set_index("evidence_id")["side"]])
    items = items.assign(side=items["evidence_id"].map(owners.groupby(level=0).last()))
    items = sort_by_keys(items, place=items["side"].map(actor_order(view.whole)))
    return [_point(PUBLISHED, items) | {"count": len(items)}]


def _contradicted(view: View, known: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the last days in a row on which sides said of the first question that it is not so."""
    first = next(iter(view.whole.labels("question")), "")
    contrary = known[(known["question_id"] == first) & (known["position"] == NOT_SO)]
    if contrary.empty:
        return []
    days = set(contrary["latest"])
    start = max(days)
    while start - timedelta(1) in days:
        start -= timedelta(1)
    last = contrary[contrary["latest"] >= start].sort_values("latest", kind="stable")
    kind = NOT_SO_YET if (last["stance"] == NOT_YET).all() else CONTRARY
    return [_point(kind, last, first) | {"speakers": last["speaker"].unique().tolist()}]


def _turned(view: View, points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the day on which most sides came from leaving a question open to saying so."""
    found = turns(view)
    is_gain = (found["from_position"] == LEAVES_OPEN) & (found["to_position"] == SAYS_SO)
    found = found[is_gain & found["is_ordered"].astype(bool)]
    found = found.drop_duplicates(["side", "question_id"])
    certain = set(view.statements.loc[view.statements["certainty"] == "certain", "claim_id"])
    found = found[found["to_claim"].isin(certain)].join(bounds_of(found["to_when"]))
    found = _of_a_known_day(view, found)
    apart = pd.Timedelta(days=DAYS_APART)
    for point in points:
        is_near = found["latest"].between(point["first"] - apart, point["last"] + apart, "neither")
        found = found[~is_near]
    if found.empty:
        return []
    counts = found.groupby("latest")["side"].nunique()
    those = found[found["latest"] == counts.idxmax()]
    questions = those["question_id"].unique()
    return [_point(TURNED, those, questions[0] if len(questions) == 1 else "")]


def _first_denial(known: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the day of the first denial of anything; that something is not so yet is none."""
    denials = known[known["stance"].isin(DENYING)]
    first = denials[denials["latest"] == denials["latest"].min()]
    return [] if first.empty else [_point(FIRST_DENIAL, first)]
