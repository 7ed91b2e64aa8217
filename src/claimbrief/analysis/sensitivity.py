"""What would change if a source that shows no day had appeared on another day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import numpy as np
import pandas as pd

from claimbrief.analysis.counts import count_of, first_claims
from claimbrief.analysis.escalation import pairs_in_order, relevant_utterances
from claimbrief.analysis.provenance import origins_of_assertions
from claimbrief.dates import parse
from claimbrief.limits import days_at_most
from claimbrief.lookups import pairs
from claimbrief.view import View, if_published

LONG_RANGE = 14  # days of publication that are tried; a longer range is tried at its two ends


def undated_sources(view: View) -> pd.DataFrame:
    """Return one row per source in use of which only a range of days of publication is known.

    Columns: source_id, publisher, when (EDTF).
    """
    view = _with_ranges(view)
    used = {*view.record.claims["source_id"], *view.record.reports["source_id"]}
    sources = view.record.sources
    dated = sources.loc[sources["source_id"].isin(used) & (sources["when"] != "")]
    is_range = [not parse(when).is_day for when in dated["when"]]
    return dated.loc[is_range, ["source_id", "publisher", "when"]]


def days_to_try(view: View) -> list[date]:
    """Return the days on which the undated sources in use may have appeared.

    A range of over LONG_RANGE days gives its two ends; a large record gives fewer days, with both
    ends.
    """
    days: set[date] = set()
    for bounds in map(parse, undated_sources(view)["when"]):
        if bounds.days:
            days |= set(bounds.days)
        elif bounds.earliest is not None:
            length = (bounds.latest - bounds.earliest).days
            step = 1 if length < LONG_RANGE else length
            days |= {bounds.earliest + timedelta(n) for n in range(0, length + 1, step)}
    found = sorted(days)
    limit = days_at_most(len(view.whole.claims))
    if len(found) <= limit:
        return found
    places = [place * (len(found) - 1) // max(limit - 1, 1) for place in range(limit)]
    return [found[place] for place in places]


def views_by_publication(view: View) -> dict[str, View]:
    """Return the view with the range kept (""), and on each day that is tried (YYYY-MM-DD)."""
    tried = {day.isoformat(): if_published(view, day) for day in days_to_try(view)}
    return {"": _with_ranges(view), **tried}


def _with_ranges(view: View) -> View:
    """Return the view with the undated sources' ranges kept as ranges."""
    return view if view.at.published is None else if_published(view, None)


def sensitivity(view: View, views: Mapping[str, View]) -> pd.DataFrame:
    """Return one row per day that is tried for the undated sources, and before them the range.

    `views` are those of `views_by_publication`.
    Columns: published (YYYY-MM-DD; "" for the range kept as a range), undated (counted utterances
    of no single day), ordered and pairs (pairs of utterances whose order is known, and all),
    certain and possible (counted utterances by the brief's day), origins_low, origins_high. The
    frame's `attrs` hold `undated_sources` (their publishers) and `flips` (how many rows `flips`
    has).
    """
    rows = []
    for published, tried in views.items():
        own = tried.statements[tried.statements["is_counted"]]
        said = own.drop_duplicates("utterance_id")
        many = count_of(own, "utterance_id")
        ordered, all_pairs = pairs_in_order(relevant_utterances(tried))
        span = origins_of_assertions(tried)
        rows.append(
            {
                "published": published,
                "undated": int((said["earliest"] != said["latest"]).sum()),
                "ordered": ordered,
                "pairs": all_pairs,
                "certain": many.certain,
                "possible": many.possible,
                "origins_low": span.low,
                "origins_high": span.high,
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs = {
        "undated_sources": undated_sources(view)["publisher"].tolist(),
        "flips": len(_flips(view, views)),
    }
    return frame


def flips(view: View, views: Mapping[str, View]) -> pd.DataFrame:
    """Return one row per utterance, or pair of them, that a day of publication would settle.

    `views` are those of `views_by_publication`. Utterances first, then pairs, by date. Columns:
    first, second (utterance ids in view; "" for an utterance alone), kept (what the range leaves:
    EDTF, or an order), on (dict: what it is for each day tried, where it differs), first_speaker,
    first_claim, second_speaker, second_claim (the claims to cite).
    """
    frame = pd.DataFrame(_flips(view, views), columns=["first", "second", "kept", "on"])
    cited = first_claims(view.whole, view.statements)
    for name in ("first", "second"):
        for column, value in (("speaker", "speaker"), ("claim", "claim_id")):
            found = frame[name].map(cited[value]).fillna("")
            frame[f"{name}_{column}"] = found.astype("str")
    return frame


Flip = tuple[str, str, str, dict[str, str]]  # first, second, kept, on: see `flips`
OPPOSITES = {"before": "after", "after": "before", "undetermined": "undetermined", "": ""}


def _flips(view: View, views: Mapping[str, View]) -> list[Flip]:
    """Return the utterances in view that a day would settle, then the pairs."""
    in_view = set(view.statements["utterance_id"])
    rows = [*_flips_of_dates(views), *_flips_of_orders(views)]
    return [row for row in rows if row[0] in in_view and row[1] in in_view | {""}]


def _flips_of_dates(views: Mapping[str, View]) -> Iterator[Flip]:
    """Yield the utterances whose date a day would settle."""
    whens = {
        day: dict(pairs(view.record.utterances, "utterance_id", "when"))
        for day, view in views.items()
    }
    for utterance_id, kept in whens.pop("").items():
        on = {day: found[utterance_id] for day, found in whens.items() if utterance_id in found}
        on = {day: when for day, when in on.items() if when != kept}
        if on:
            yield utterance_id, "", kept, on


def _flips_of_orders(views: Mapping[str, View]) -> Iterator[Flip]:
    """Yield the pairs of relevant utterances whose order a day would settle, by date."""
    frames = [relevant_utterances(view).set_index("utterance_id") for view in views.values()]
    kept = frames[0].index
    dates = pd.DataFrame({n: frame["when"].reindex(kept) for n, frame in enumerate(frames)})
    earliest, latest = (
        np.column_stack([frame[bound].reindex(kept) for frame in frames])
        for bound in ("earliest", "latest")
    )
    found: dict[tuple[int, int], list[str]] = {}  # the order of each pair on each day
    for moved in np.flatnonzero(dates.fillna("").nunique(axis=1) > 1).tolist():
        is_before, is_after = latest[moved] < earliest, latest < earliest[moved]
        orders = np.select([is_before, is_after], ["before", "after"], "undetermined")
        orders[np.isnat(latest) | np.isnat(latest[moved])] = ""  # one of the two is not in view
        is_settled = ((orders != "") & (orders != orders[:, :1])).any(axis=1)
        for other in np.flatnonzero(is_settled).tolist():
            own = orders[other].tolist()
            if kept[moved] < kept[other]:
                found[moved, other] = own
            else:
                found[other, moved] = [OPPOSITES[order] for order in own]
    for (first, second), (before, *after) in sorted(found.items()):
        days = zip(list(views)[1:], after, strict=True)
        on = {day: order for day, order in days if order not in ("", before)}
        yield kept[first], kept[second], before, on
