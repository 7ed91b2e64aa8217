"""The words of the chart of figures: who gave a number, when, and of how many people."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.context import Context
from claimbrief.dates import parse
from claimbrief.wording import MONTHS, capitalised, dated, figure, number, short_dated


def common_word(by_side: pd.DataFrame) -> str:
    """Return the word for the people that stands with most numbers, if it does with several."""
    counts = by_side["people"].value_counts(sort=False)
    return str(counts.idxmax()) if counts.max() > 1 else ""


def common_month(by_side: pd.DataFrame, context: Context) -> str:
    """Return the month in which all of several numbers were first given, if it is of the year."""
    days = [parse(whens[0]) for whens in by_side["whens"]]
    ends_of_days = [end for when in days for end in (when.earliest, when.latest)]
    months = {(end.year, end.month) if end else None for end in ends_of_days}
    if len(days) < 2 or len(months) > 1:
        return ""
    year, month = months.pop() or (None, 0)
    return MONTHS[month - 1] if year == context.at.year else ""


def number_text(row: Any, people: str = "") -> str:
    """Return a number with the word for the people, unless that is `people`: "at least 40"."""
    hedge = "" if row.is_certain else "possibly "
    likely = "likely " if row.commitment[:2] == "PR" else ""
    word = "" if row.people == people else f" {row.people}"
    way = " on the way" if row.is_on_the_way else ""
    return f"{hedge}{likely}{figure(*ends(row))}{word}{way}"


def day_text(row: Any, month: str, context: Context) -> str:
    """Return the day on which a side first gave a number, without a month that all share."""
    first = short_dated(row.whens[0], context.at.year)
    return first.removesuffix(f" {month[:3]}") if month else first


def side_text(side: str, context: Context) -> str:
    """Return the name of a side at the head of its rows."""
    return capitalised(context.names[side].removeprefix("the "))


def speaker_text(row: Any, context: Context) -> str:
    """Return who first gave a number; nothing for the side itself."""
    first = row.speakers[0]
    return "" if first == context.names[row.side] else capitalised(first)


def row_text(row: Any, context: Context) -> str:
    """Return a number in words: who, when, how many, of what."""
    again = ", and again later" if len(set(row.whens)) > 1 else ""
    more = len(row.speakers) - 1
    others = f", and {number(more)} more" if more else ""
    who = f"{capitalised(row.speakers[0])}, {dated(row.whens[0])}{again}{others}"
    return f"{who}: {number_text(row)}, {context.short_questions[row.topic]}"


def ends(row: Any) -> tuple[int | None, int | None]:
    """Return the lower and the higher end of a figure; None for an end that it has not."""
    low, high = (None if pd.isna(end) else int(end) for end in (row.low, row.high))
    return low, high
