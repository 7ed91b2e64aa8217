"""The findings on what most sides say: who said so first, how many moved, how many people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.analysis.positions import first_left_open, sides_with
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.links import sentence
from claimbrief.prose.first_question import say
from claimbrief.prose.naming import (
    GOVERNMENT,
    OFFICIAL,
    certain,
    finding,
    headline,
    official_first,
    side,
    sides,
)
from claimbrief.texts import Run, Text, claim_anchor, joined, text
from claimbrief.view import LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.wording import number, short_dated

FIRST_NAMED = 3  # so many of the sides that say so first are named
NEXT_NAMED = 1  # so many of each of the next two questions
FEW_NAMED = 1  # so many that call a thing likely, or leave it open, are named; more are counted


def most_affirmed(found: Findings, question: str, context: Context) -> Text:
    """Return who says what most sides say, since when, how many left it open first, how many.

    It names who calls it likely where few say so.
    """
    own = found.positions[found.positions["question_id"] == question]
    rows, moved = certain(own), len(first_left_open(own))
    so = sides_with(SAYS_SO, rows)
    words = f"{context.short_questions[question]}: {number(len(so))} {say(len(so))} so"
    after = [
        f"{words}, {number(moved)} of them after first leaving it open",
        f"{words}, {number(moved)} first left it open",
    ]
    if moved == len(so):
        after = [f"{words}, {'all ' if moved > 1 else ''}after first leaving it open"]
    body = [_by_date(so, context, FIRST_NAMED) + text(" said so")]
    verbs = {SAYS_LIKELY: "called it likely", LEAVES_OPEN: "left it open"}
    if len(so) > FIRST_NAMED:
        del verbs[SAYS_LIKELY]
    found_with = {verb: sides_with(position, rows) for position, verb in verbs.items()}
    others = [
        _few(official_first(own), context) + text(f" {verb}")
        for verb, own in found_with.items()
        if len(own)
    ]
    body += [sentence(joined(others))] if others else []
    body += _figures(found.figures[found.figures["question_id"] == question], context)
    return finding(headline([*after, words] if moved else [words]), body)


def _few(rows: pd.DataFrame, context: Context) -> Text:
    """Return the sides of these rows where they are few, else how many there are."""
    return sides(rows, context) if len(rows) <= FEW_NAMED else text(number(len(rows)))


def _by_date(so: pd.DataFrame, context: Context, limit: int) -> Text:
    """Return who said so, by date: governments named, where there are any, all others counted."""
    named = first_named(so, limit)
    days = groupby(each_row(named), key=attrgetter("when"))
    parts = [_on_day(list(rows), context) for _, rows in days]
    more = len(so) - len(named)
    if more:
        parts.append(text(f"{number(more)} more"))
    return sentence(joined(parts, ", ", " and "))


def first_named(so: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return the first governments of these rows, or else organisations, or else any, to name."""
    governments, official = so[so["kind"] == GOVERNMENT], so[so["kind"].isin(OFFICIAL)]
    return next((rows for rows in (governments, official) if len(rows)), so)[:limit]


def _on_day(rows: Sequence[Any], context: Context) -> Text:
    """Return the sides of one day as links, the day with the last of them."""
    links = [side(row, context, has_day=row is rows[-1]) for row in rows]
    return joined(links, ", ", " and ")


def least_and_most_said(figures: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the figures with the least and the most of the last day with different figures.

    `figures` are rows of `Findings.figures`; the two have also `least` and `most` (people). There
    are none if no day has two figures that differ.
    """
    days: dict[str, list[dict[str, Any]]] = {}
    for row in each_row(figures):
        low, high = (None if pd.isna(bound) else int(bound) for bound in (row.low, row.high))
        of_row = {"least": high if low is None else low, "most": low if high is None else high}
        days.setdefault(row.when, []).append({**row._asdict(), "low": low, "high": high, **of_row})
    for day in reversed(days.values()):
        ends = [min(day, key=itemgetter("least")), max(day, key=itemgetter("most"))]
        if len(day) > 1 and ends[0]["least"] != ends[1]["most"]:
            return ends
    return []


def _figures(figures: pd.DataFrame, context: Context) -> list[Text]:
    """Return the least and the most that was said on the last day with different figures."""
    ends = least_and_most_said(figures)
    if not ends:
        return []
    least, greatest = ends
    words = text(f"On {short_dated(least['when'], context.at.year)} figures for some or all ran ")
    words += text(f"from {_people(least, 'least')}")
    if least["speaker"] != greatest["speaker"]:
        words += text(" (", _speaker(least), ")")
    words += text(f" to {_people(greatest, 'most')} (", _speaker(greatest))
    return [words + text(")")]


def _people(row: Mapping[str, Any], end: str) -> str:
    """Return a figure with what its speaker says of it: "at least 3,000"."""
    bound = "at most " if row["low"] is None else "at least " if row["high"] is None else ""
    return f"{bound}{row[end]:,}"


def _speaker(row: Mapping[str, Any]) -> Run:
    return Run(row["speaker"], f"#{claim_anchor(row['claim_id'])}")


def next_affirmed(found: Findings, questions: Sequence[str], context: Context) -> Text:
    """Return who says what to the next questions, each in a few words."""
    heads: list[str] = []
    body = []
    rows = certain(found.positions)
    for question in questions:
        so = sides_with(SAYS_SO, rows[rows["question_id"] == question])
        lead = f"{context.short_questions[question]}: "
        count = number(len(so))
        heads.append(f"{lead}{count}" if heads else f"{lead}{count} {say(len(so))} so")
        label = text(lead) if len(questions) > 1 else ()
        ending = text(" said so") if len(questions) == 1 else ()
        body.append(label + _by_date(so, context, NEXT_NAMED) + ending)
    return finding(headline([". ".join(heads), heads[0]]), body) if heads else ()
