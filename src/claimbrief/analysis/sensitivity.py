"""What would change if a source that shows no day had appeared on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from claimbrief.analysis.escalation import utterance_order
from claimbrief.analysis.lineage import origins_of_assertions
from claimbrief.analysis.statements import counted, statements
from claimbrief.dataset import each_row
from claimbrief.dates import edtf
from claimbrief.view import View, view

MOST_DAYS = 14  # days of publication that are tried; a longer range is tried at its two ends


def undated_sources(seen: View) -> list[str]:
    """Return the sources in use of which only a range of days of publication is known."""
    used = {*seen.record.claims["source_id"], *seen.record.reports["source_id"]}
    return [
        str(source.source_id)
        for source in each_row(view(seen.whole, replace(seen.at, published=None)).record.sources)
        if source.source_id in used and source.when is not None and not source.when.is_day
    ]


def sensitivity(seen: View) -> pd.DataFrame:
    """Return one row a day on which the undated sources may have appeared, and one for the range.

    Columns: published (a day; None for the range kept as a range), undated (counted utterances of
    no single day), ordered and pairs (pairs of utterances whose order is known, and all), certain
    and possible (counted utterances by the brief's day), origins_low, origins_high.
    """
    rows = []
    for day in (None, *_days(seen)):
        tried = view(seen.whole, replace(seen.at, published=day))
        own = statements(tried).query("is_counted").drop_duplicates("utterance_id")
        known, many = utterance_order(tried), counted(own, "utterance_id")
        range_of = origins_of_assertions(tried)
        rows.append(
            {
                "published": day,
                "undated": sum(not when.is_day for when in own["when"]),
                "ordered": int((known["order"] != "undetermined").sum()) // 2,
                "pairs": len(known) // 2,
                "certain": many.certain,
                "possible": many.possible,
                "origins_low": range_of.low,
                "origins_high": range_of.high,
            }
        )
    columns = "published undated ordered pairs certain possible origins_low origins_high"
    return pd.DataFrame(rows, columns=columns.split())


def flips(seen: View) -> pd.DataFrame:
    """Return one row an utterance or a pair that a day of publication would settle.

    Columns: first, second ("" for an utterance alone), kept (what the range leaves: bounds, or an
    order), on (dict: what it is for each day tried, where it differs).
    """
    base = _state(view(seen.whole, replace(seen.at, published=None)))
    tried = {day: _state(view(seen.whole, replace(seen.at, published=day))) for day in _days(seen)}
    rows = []
    for key, kept in base.items():
        on = {day: state[key] for day, state in tried.items() if state.get(key, kept) != kept}
        if on:
            rows.append((*key, kept, on))
    return pd.DataFrame(rows, columns=["first", "second", "kept", "on"])


def _state(seen: View) -> dict[tuple[str, str], str]:
    """Return the bounds of each utterance and the order of each pair, once, by their ids."""
    said = seen.record.utterances
    state = {
        (row.utterance_id, ""): edtf(row.when) for row in each_row(said[["utterance_id", "when"]])
    }
    for pair in each_row(utterance_order(seen)):
        if pair.first < pair.second:
            state[pair.first, pair.second] = pair.order
    return state


def _days(seen: View) -> list[date]:
    """Return the days on which the undated sources in use may have appeared."""
    open_view = view(seen.whole, replace(seen.at, published=None))
    sources = open_view.record.sources.set_index("source_id")["when"]
    days: set[date] = set()
    for source_id in undated_sources(seen):
        when = sources[source_id]
        if when.days:
            days |= set(when.days)
        elif when.earliest is not None:
            length = (when.latest - when.earliest).days
            step = 1 if length < MOST_DAYS else length
            days |= {when.earliest + timedelta(n) for n in range(0, length + 1, step)}
    return sorted(days)
