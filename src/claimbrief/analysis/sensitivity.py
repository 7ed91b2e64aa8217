"""What would change if a source that shows no day had appeared on another day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

import pandas as pd

from claimbrief.analysis.lasting import pairs
from claimbrief.analysis.lineage import origins_of_assertions
from claimbrief.analysis.order import pairs_in_order, relevant_utterances
from claimbrief.analysis.statements import each_statement, tallied
from claimbrief.dates import When, edtf, order
from claimbrief.view import View, view

MOST_DAYS = 14  # days of publication that are tried; a longer range is tried at its two ends
MOST_TRIED = 31  # days that are tried of all undated sources together
MOST_CLAIMS_TRIED = 20_000  # claims times days that are tried: of many claims fewer days

Flip = tuple[str, str, str, dict[date, str]]
Bounds = tuple[When | None, ...]  # of one utterance: with the range kept, and on each day tried


def undated_sources(seen: View) -> list[str]:
    """Return the sources in use of which only a range of days of publication is known."""
    return list(_undated(seen))


@lru_cache(maxsize=4)
def _undated(seen: View) -> Mapping[str, When]:
    """Return the bounds of the sources in use of which only a range is known, by source id."""
    used = {*seen.record.claims["source_id"].tolist(), *seen.record.reports["source_id"].tolist()}
    return {
        source_id: when
        for source_id, when in pairs(_with_ranges(seen).record.sources, "source_id", "when")
        if source_id in used and when is not None and not when.is_day
    }


def days_possible(seen: View) -> list[date]:
    """Return the days on which the undated sources in use may have appeared."""
    days: set[date] = set()
    for when in _undated(seen).values():
        if when.days:
            days |= set(when.days)
        elif when.earliest is not None:
            length = (when.latest - when.earliest).days
            step = 1 if length < MOST_DAYS else length
            days |= {when.earliest + timedelta(n) for n in range(0, length + 1, step)}
    return sorted(days)


def days_tried(seen: View) -> list[date]:
    """Return those of `days_possible` that are tried: all, or of many some with both ends.

    On each day the whole record is looked at anew, so of many claims fewer days are tried, and of
    very many none.
    """
    days = days_possible(seen)
    most = min(MOST_TRIED, MOST_CLAIMS_TRIED // max(len(seen.whole.claims), 1))
    if len(days) <= most:
        return days
    if most < 2:
        return []
    return [days[place * (len(days) - 1) // (most - 1)] for place in range(most)]


def sensitivity(seen: View) -> pd.DataFrame:
    """Return one row a day that is tried for the undated sources, and one for the range.

    Columns: published (a day; None for the range kept as a range), undated (counted utterances of
    no single day), ordered and pairs (pairs of utterances whose order is known, and all), certain
    and possible (counted utterances by the brief's day), origins_low, origins_high.
    """
    rows = []
    views: list[tuple[date | None, View]] = [(None, _with_ranges(seen)), *_tried(seen).items()]
    for day, tried in views:
        own = [claim for claim in each_statement(tried) if claim.is_counted]
        whens = {claim.utterance_id: claim.when for claim in own}
        many = tallied((claim.utterance_id, claim.certainty) for claim in own)
        ordered, pairs = pairs_in_order(list(relevant_utterances(tried).values()))
        range_of = origins_of_assertions(tried)
        rows.append(
            {
                "published": day,
                "undated": sum(not when.is_day for when in whens.values()),
                "ordered": ordered,
                "pairs": pairs,
                "certain": many.certain,
                "possible": many.possible,
                "origins_low": range_of.low,
                "origins_high": range_of.high,
            }
        )
    columns = "published undated ordered pairs certain possible origins_low origins_high"
    return pd.DataFrame(rows, columns=columns.split())


def flips(seen: View, most: int | None = None, among: Container[str] | None = None) -> pd.DataFrame:
    """Return one row an utterance or a pair that a day of publication would settle.

    Utterances first, then pairs; `most` cuts off what follows, `among` names the utterances asked
    for (none given: all). Columns: first, second ("" for an utterance alone), kept (what the range
    leaves: bounds, or an order), on (dict: what it is for each day tried, where it differs).
    """
    rows = list(islice(_flips(seen, among), most))
    return pd.DataFrame(rows, columns=["first", "second", "kept", "on"])


def flips_counted(seen: View, among: Container[str] | None = None) -> int:
    """Return how many rows `flips` has, without walking the pairs one by one."""
    alone = sum(1 for _ in _flips_alone(seen, among))
    alike = Counter(
        bounds for one, bounds in _bounds(seen).items() if among is None or one in among
    )
    partners = _partners(seen)
    pairs = sum(alike[one] * alike[other] for one in alike for other in partners.get(one, ()))
    return alone + pairs // 2


def _flips(seen: View, among: Container[str] | None) -> Iterator[Flip]:
    """Yield the rows of `flips`."""
    yield from _flips_alone(seen, among)
    days, bounds = list(_tried(seen)), _bounds(seen)
    partners = _partners(seen)
    said = [one for one in bounds if among is None or one in among]
    for first in said:
        others = partners.get(bounds[first], set())
        for second in said if others else ():
            if first < second and bounds[second] in others:
                kept, *on = _orders(bounds[first], bounds[second])
                settled = {
                    day: one for day, one in zip(days, on, strict=True) if one not in ("", kept)
                }
                yield first, second, kept, settled


def _flips_alone(seen: View, among: Container[str] | None) -> Iterator[Flip]:
    """Yield the utterances whose bounds a day would settle."""
    tried = {day: _whens(one) for day, one in _tried(seen).items()}
    for one, kept in _whens(_with_ranges(seen)).items():
        if among is None or one in among:
            on = {day: found[one] for day, found in tried.items() if found.get(one, kept) != kept}
            if on:
                yield one, "", edtf(kept), {day: edtf(when) for day, when in on.items()}


@lru_cache(maxsize=2)
def _partners(seen: View) -> Mapping[Bounds, set[Bounds]]:
    """Return, for bounds that utterances have, those in an order to them that a day would settle.

    Utterances of the same bounds are asked once; where no day moves either, none can be settled.
    """
    kinds = set(_bounds(seen).values())
    found: dict[Bounds, set[Bounds]] = {}
    for moved in kinds:
        if len(set(moved)) == 1:
            continue
        for other in kinds:
            kept, *on = _orders(moved, other)
            if any(one not in ("", kept) for one in on):
                found.setdefault(moved, set()).add(other)
                found.setdefault(other, set()).add(moved)
    return found


def _orders(first: Bounds, second: Bounds) -> list[str]:
    """Return the order of two utterances with the range kept and on each day tried; "" if gone."""
    return [
        order(one, other) if one is not None and other is not None else ""
        for one, other in zip(first, second, strict=True)
    ]


def _bounds(seen: View) -> dict[str, Bounds]:
    """Return the bounds of each utterance whose order matters, kept and on each day tried."""
    kept = relevant_utterances(_with_ranges(seen))
    tried = [relevant_utterances(one) for one in _tried(seen).values()]
    return {one: (when, *(found.get(one) for found in tried)) for one, when in kept.items()}


def _whens(seen: View) -> Mapping[str, When]:
    said = seen.record.utterances
    return dict(pairs(said, "utterance_id", "when"))


@lru_cache(maxsize=4)
def _with_ranges(seen: View) -> View:
    """Return the view with the undated sources' ranges kept as ranges."""
    if seen.at.published is None:
        return seen
    return view(seen.whole, replace(seen.at, published=None))


@lru_cache(maxsize=2)
def _tried(seen: View) -> Mapping[date, View]:
    """Return the view of each day that is tried, as if the undated sources had appeared on it."""
    return {day: view(seen.whole, replace(seen.at, published=day)) for day in days_tried(seen)}
