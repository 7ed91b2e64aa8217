"""From where a brief looks: its day, its basis, its window, and what of the record it may use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from claimbrief.dates import parse_day
from claimbrief.errors import LISTED, DateError, ParameterError

BASES = ("said", "reported")


@dataclass(frozen=True)
class Viewpoint:
    """From which day, on which basis and over which part of the record a brief looks."""

    as_of: date
    basis: str
    window_start: date
    window_end: date
    sources: tuple[str, ...] = ()  # none named: all
    actors: tuple[str, ...] = ()  # none named: all; a state stands for those who belong to it
    published: date | None = None
    last_edition: date | None = None  # what is said later is new

    @property
    def year(self) -> int | None:
        """The year of every day of the window, which needs no saying; None where it spans more."""
        first, last = self.window_start.year, self.window_end.year
        return first if first == last else None


def viewpoint(
    *,
    as_of: str,
    basis: str,
    window_start: str,
    window_end: str,
    sources: Sequence[str] = (),
    actors: Sequence[str] = (),
    published: str = "",
    last_edition: str = "",
) -> Viewpoint:
    """Return the viewpoint that a notebook's parameters name.

    Raises ParameterError if a value is not a day, not a known basis or out of order.
    """
    if basis not in BASES:
        raise ParameterError(refusal("basis", basis, BASES))
    start, end = _day("window_start", window_start), _day("window_end", window_end)
    if start > end:
        raise ParameterError(
            f"window_start: found {window_start}, after window_end {window_end}; "
            "accepted: a window whose start is not after its end"
        )
    day = _day("published", published) if published else None
    brief_day = _day("as_of", as_of)
    last = _day("last_edition", last_edition) if last_edition else None
    if last and last >= brief_day:
        raise ParameterError(
            f"last_edition: found {last}, not before the brief's day (as_of), {as_of}; accepted: "
            "an earlier day; give the day of the edition before this, or leave it empty"
        )
    return Viewpoint(brief_day, basis, start, end, tuple(sources), tuple(actors), day, last)


def _day(name: str, value: str) -> date:
    try:
        return parse_day(value)
    except DateError as error:
        raise ParameterError(f"{name}: {error}") from None


def refuse_unknown(name: str, values: Sequence[str], known: Iterable[str]) -> None:
    """Raise ParameterError for the first value that is not known."""
    if not values:
        return
    accepted = sorted(set(known))
    for value in values:
        if value not in accepted:
            raise ParameterError(refusal(name, value, accepted))


def refusal(name: str, value: str, accepted: Sequence[str]) -> str:
    """Return the words that refuse a value: what was found, what is accepted, what is near."""
    near = get_close_matches(value, accepted, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    listed = ", ".join(accepted[:LISTED])
    if len(accepted) > LISTED:
        listed += f" and {len(accepted) - LISTED} more"
    return f"{name}: found {value!r}; accepted: {listed}{hint}"
