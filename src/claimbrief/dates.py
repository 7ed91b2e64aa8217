"""The subset of EDTF (ISO 8601-2:2019) that a statement's date may be written in.

    2024-10-08                    a day
    [2024-10-01..2024-10-16]      one day somewhere in a range
    [2024-10-16,2024-10-23]       one of these days
    [..2024-10-22]                on or before

Nothing else: `a/b` would mean that a statement lasted from a to b, and `?`, `~`, `X` and an
open end leave no bounds to compute with. A range is never shortened to its middle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from claimbrief.errors import DateError

Certainty = Literal["certain", "possible", "no"]

ACCEPTED = (
    "a day such as 2024-10-08, a range such as [2024-10-01..2024-10-16] or [..2024-10-22], or days "
    "such as [2024-10-16,2024-10-23]"
)
_DAY_FIRST = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", re.ASCII)
_DAY = r"\d{4}-\d{2}-\d{2}"
_RANGE = re.compile(rf"\[({_DAY})?\.\.({_DAY})\]")
_CHOICE = re.compile(rf"\[({_DAY}(?:,{_DAY})+)\]")


@dataclass(frozen=True)
class When:
    """A day that is known to lie within bounds.

    `earliest` is None where the start is open. `days` holds the candidates where the date is
    one of several named days, and is empty otherwise.
    """

    earliest: date | None
    latest: date
    days: tuple[date, ...] = ()

    @property
    def is_day(self) -> bool:
        """Whether the bounds leave a single day."""
        return self.earliest == self.latest


def parse_day(text: str) -> date:
    """Return one calendar day written as YYYY-MM-DD.

    Raises DateError if the text is anything else, or no day of the calendar.
    """
    if not re.fullmatch(_DAY, text, re.ASCII):
        raise DateError(f"found {text!r}; accepted: a day written as 2024-10-08")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DateError(f"found {text!r}; accepted: a day of the calendar ({error})") from None


@lru_cache(maxsize=4096)  # a large table says the same few days again and again
def parse(text: str) -> When:
    """Return the bounds of a date in the subset of EDTF above.

    Raises DateError if the text is outside the subset or its bounds are out of order.
    """
    if match := _RANGE.fullmatch(text):
        start, end = match.groups()
        earliest, latest = (parse_day(start) if start else None), parse_day(end)
        if earliest is not None and earliest >= latest:
            raise DateError(f"found {text!r}; accepted: a range whose start is before its end")
        return When(earliest, latest)
    if match := _CHOICE.fullmatch(text):
        days = tuple(parse_day(day) for day in match[1].split(","))
        if list(days) != sorted(set(days)):
            raise DateError(f"found {text!r}; accepted: each day once, in order")
        return When(days[0], days[-1], days)
    if not re.fullmatch(_DAY, text, re.ASCII):
        raise DateError(f"found {text!r}; accepted: {ACCEPTED}{_nearest(text)}")
    day = parse_day(text)
    return When(day, day)


def _nearest(text: str) -> str:
    """Return, for a message, the day of a date written like 31.10.2024; "" for any other text.

    In 10/11/2024 either number may be the month, so it gives "".
    """
    if not (match := _DAY_FIRST.fullmatch(text)):
        return ""
    try:
        day = date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return ""
    return f" (nearest: {day.isoformat()})"


def readable(text: str) -> When | None:
    """Return the bounds of a date; None if there is none, or none that can be read."""
    try:
        return parse(text)
    except DateError:
        return None


def accepted_for(text: str) -> str:
    """Return what is accepted in place of a text that is no date; "" for a date."""
    try:
        parse(text)
    except DateError as error:
        return str(error).partition("; accepted: ")[2]
    return ""


def certainty_by(when: When, day: date) -> Certainty:
    """Return whether it had happened by the end of `day`: certainly, possibly or not."""
    if when.latest <= day:
        return "certain"
    if when.earliest is None or when.earliest <= day:
        return "possible"
    return "no"


def no_later_than(when: When, latest: date) -> When:
    """Return the bounds cut off after `latest`; unchanged where that would leave no day."""
    return common(when, When(None, latest)) or when


def common(first: When, second: When) -> When | None:
    """Return the days that both bounds leave; None where they leave none."""
    starts = [when.earliest for when in (first, second) if when.earliest is not None]
    earliest, latest = max(starts, default=None), min(first.latest, second.latest)
    if earliest is not None and earliest > latest:
        return None
    if not first.days and not second.days:
        return When(earliest, latest)
    days = tuple(
        day
        for day in first.days or second.days
        if (earliest is None or earliest <= day) and day <= latest
        if not (first.days and second.days) or day in second.days
    )
    return When(days[0], days[-1], days if len(days) > 1 else ()) if days else None


def edtf(when: When) -> str:
    """Return the bounds as they are written in a table; `parse` reads them back."""
    if when.days:
        return f"[{','.join(day.isoformat() for day in when.days)}]"
    if when.is_day:
        return when.latest.isoformat()
    start = when.earliest.isoformat() if when.earliest else ""
    return f"[{start}..{when.latest.isoformat()}]"
