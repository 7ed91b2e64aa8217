"""What does not depend on the day of a view, found once for the views of all days.

What a source leaves open another may settle: an origin that a further source names takes the place
of an unknown one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from claimbrief.dataset import UNKNOWN, Dataset
from claimbrief.dates import certainty_by, common, edtf, no_later_than, parse, readable
from claimbrief.errors import ParameterError
from claimbrief.lookups import Lookups, grouped, members_of, pairs
from claimbrief.viewpoint import Viewpoint

PROVENANCE = ("quoted_from", "derived_from", "briefed_by")  # relations that carry content
NO_START = pd.Timestamp(date.min)  # takes the place of an open start where dates are compared
PAGE = ["utterance_id", "source_id"]


@dataclass(frozen=True, eq=False)
class Base:
    """What does not depend on the day of a view.

    `statements` is the frame of `claimbrief.statements.statements`; `part` the dataset with what
    the viewpoint's sources carry only, and without the unknown parents that another source settles;
    `sources` its sources with the columns `when`, `earliest` and `latest` (see `bounds_of`);
    `spoken` the utterances of the part that have a carrier and one of the viewpoint's speakers,
    with their dates (see `_dated`); `parents` those of each utterance and item in the lineage, and
    `lookups` what else is found by id.
    """

    statements: pd.DataFrame
    part: Dataset
    sources: pd.DataFrame
    spoken: pd.DataFrame
    parents: Mapping[str, Sequence[str]]
    lookups: Lookups


def base_of(dataset: Dataset, every_statement: pd.DataFrame, at: Viewpoint) -> Base:
    """Return everything about a viewpoint that does not depend on its day."""
    part = _of_sources(dataset, at.sources)
    part = replace(part, lineage=_settled(part.lineage))
    sources = _dated_sources(dataset, at.published)
    spoken, parents = _spoken(part, sources, at), grouped(part.lineage, "child", "parent")
    return Base(every_statement, part, sources, spoken, parents, Lookups(dataset))


def base_if_published(base: Base, dataset: Dataset, at: Viewpoint) -> Base:
    """Return what the views have in common if only the viewpoint's day of publication differs."""
    sources = _dated_sources(dataset, at.published)
    return replace(base, sources=sources, spoken=_spoken(base.part, sources, at))


def _spoken(part: Dataset, sources: pd.DataFrame, at: Viewpoint) -> pd.DataFrame:
    carried = pd.concat([part.claims[PAGE], part.reports[PAGE]]).drop_duplicates()
    bounds = sources.set_index("source_id")[["earliest", "latest"]]
    carried = carried.join(bounds.fillna({"earliest": NO_START}), on="source_id")
    utterances = part.utterances
    is_spoken = utterances["utterance_id"].isin(carried["utterance_id"])
    if at.actors:
        wanted = members_of(part.actors, at.actors)
        by_them = part.speakers.loc[part.speakers["actor_id"].isin(wanted), "utterance_id"]
        is_spoken &= utterances["utterance_id"].isin(by_them)
    return _dated(utterances[is_spoken], carried, is_reported=at.basis == "reported")


def _dated(utterances: pd.DataFrame, carried: pd.DataFrame, *, is_reported: bool) -> pd.DataFrame:
    """Return the utterances with their dates, a row per date.

    Columns added: `when`, `earliest`, `latest`, `dated_by` (the further source that narrows the
    date, else ""), `since` and `until` (a brief may use this date from the first of these days on
    and before the second; missing: always), `possible_from` and `certain_from` (the days from which
    it may have been, and has certainly been, said or, if `is_reported`, carried; missing: never)
    and `outside_latest` (the last day of the outside date). `carried` has a row per utterance and a
    source that carries it, with the source's bounds.
    """
    beside = utterances.reset_index().merge(
        carried, left_on=["utterance_id", "outside_source_id"], right_on=PAGE
    )
    narrowed = [_narrowed(*dates) for dates in pairs(beside, "date", "outside_date")]
    beside = beside.assign(
        when=pd.Series(narrowed, dtype="str"),
        dated_by=beside["outside_source_id"],
        since=beside["earliest"] if is_reported else NO_START,
        until=pd.Series(pd.NaT, beside.index, dtype="datetime64[s]"),
    )
    beside = beside[beside["when"] != ""].set_index("row")
    alone = utterances.assign(when=utterances["date"], dated_by="", since=NO_START)
    alone["until"] = beside["since"].astype("datetime64[s]")
    alone = alone[~(alone["until"] == NO_START)]
    found = pd.concat([alone, beside[alone.columns]]).sort_index(kind="stable")
    reported = carried.groupby("utterance_id")[["earliest", "latest"]].min()
    reported = reported.reindex(found["utterance_id"]).set_axis(found.index)
    days = zip(found["when"].tolist(), reported["latest"].dt.date.tolist(), strict=True)
    found = found.assign(when=pd.Series([_cut(*pair) for pair in days], found.index, dtype="str"))
    bounds = bounds_of(found["when"])
    possible, certain = bounds["earliest"].fillna(NO_START), bounds["latest"]
    if is_reported:
        possible = possible.where(possible > reported["earliest"], reported["earliest"])
        certain = certain.where(certain > reported["latest"], reported["latest"])
    outside = bounds_of(found["outside_date"])["latest"]
    dates = {"possible_from": possible, "certain_from": certain, "outside_latest": outside}
    return found.assign(**bounds, **dates)


def _narrowed(text: str, outside: str) -> str:
    """Return the days that a date and an outside date leave; "" if no day is left or removed."""
    when = parse(text)
    left = common(when, parse(outside))
    return "" if left is None or left == when else edtf(left)


def _cut(text: str, last: date) -> str:
    """Return a date without the days after the last; missing: there is no last day."""
    when = parse(text)
    return text if pd.isna(last) or when.latest <= last else edtf(no_later_than(when, last))


def bounds_of(whens: pd.Series[str]) -> pd.DataFrame:
    """Return the bounds of dates in EDTF as datetimes, `earliest` and `latest`.

    The first is missing for an open start, both for no date or an unreadable one.
    """
    texts = whens.unique()
    parsed = [readable(when) for when in texts]
    bounds = {
        "earliest": [when and when.earliest for when in parsed],
        "latest": [when and when.latest for when in parsed],
    }
    found = pd.DataFrame(bounds, texts, dtype="datetime64[s]")
    return found.reindex(whens).set_axis(whens.index)


def _of_sources(dataset: Dataset, source_ids: Sequence[str]) -> Dataset:
    """Return the dataset with what the sources carry only; none named: all."""
    if not source_ids:
        return dataset
    tables = ("claims", "reports", "words", "lineage", "evidence_status", "events")
    frames = {name: dataset.table(name) for name in tables}
    carried: Any = {name: it[it["source_id"].isin(source_ids)] for name, it in frames.items()}
    return replace(dataset, **carried)


def _dated_sources(dataset: Dataset, published: date | None) -> pd.DataFrame:
    """Return the sources with their dates; `published` settles the day of undated ones."""
    whens = dataset.sources["published"]
    if published is not None:
        undated = [when for when in dict.fromkeys(whens) if when and not parse(when).is_day]
        settled = [
            when
            for when in undated
            if certainty_by(parse(when), published) != "no" and published <= parse(when).latest
        ]
        if not settled:
            spans = ", ".join(undated) or "no source is undated"
            raise ParameterError(
                f"published: found {published}; accepted: a day on which an undated source can "
                f"have appeared ({spans})"
            )
        whens = whens.mask(whens.isin(settled), published.isoformat())
    return dataset.sources.assign(when=whens, **bounds_of(whens))


def _settled(lineage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of lineage without the unknown parents that another source settles.

    It settles them where it names a parent of the same sort: a parent from which content comes, or
    a parent that is answered or commented on.
    """
    rows = lineage.assign(is_provenance=lineage["relation"].isin(PROVENANCE))
    is_unknown = rows["parent"] == UNKNOWN
    keys = ["child", "is_provenance"]
    beside = rows[is_unknown].reset_index().merge(rows[~is_unknown], on=keys)
    is_other = beside["source_id_x"] != beside["source_id_y"]
    return lineage[~lineage.index.isin(beside.loc[is_other, "row"])]
