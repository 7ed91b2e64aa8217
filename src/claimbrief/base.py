"""What the views of all days from a viewpoint have in common, found once.

What a source leaves open another may settle: an origin that a further source names takes the place
of an unknown one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from claimbrief.dataset import UNKNOWN, Dataset, each_row
from claimbrief.dates import When, certainty_by, parse
from claimbrief.errors import ParameterError
from claimbrief.lookups import Lookups, grouped, lookups_of, members_of
from claimbrief.viewpoint import Viewpoint

PROVENANCE = ("quoted_from", "derived_from", "briefed_by")  # relations that carry content


@dataclass(frozen=True, eq=False)
class Base:
    """What the views of all days have in common.

    `statements` is the frame of `claimbrief.statements.statements`; `part` the dataset with what
    the viewpoint's sources carry only, and without the unknown parents that another source settles;
    `sources` its sources with the column `when`; `carriers` the sources that carry each utterance,
    each with its bounds (None: no day known), by utterance id; `spoken` the utterances of the part
    that have a carrier and one of the viewpoint's speakers; `lookups` what is found by id.
    """

    statements: pd.DataFrame
    part: Dataset
    sources: pd.DataFrame
    carriers: Mapping[str, Mapping[str, When | None]]
    spoken: pd.DataFrame
    lookups: Lookups


def base_of(dataset: Dataset, every_statement: pd.DataFrame, at: Viewpoint) -> Base:
    """Return what the views of all days from a viewpoint have in common."""
    part = _of_sources(dataset, at.sources)
    part = replace(part, lineage=_settled(part.lineage))
    lookups = lookups_of(dataset)
    return _base(every_statement, part, _dated_sources(dataset, at.published), lookups, at)


def base_if_published(base: Base, dataset: Dataset, at: Viewpoint) -> Base:
    """Return what the views have in common if only the viewpoint's day of publication differs."""
    sources = _dated_sources(dataset, at.published)
    return _base(base.statements, base.part, sources, base.lookups, at)


def _base(
    every_statement: pd.DataFrame,
    part: Dataset,
    sources: pd.DataFrame,
    lookups: Lookups,
    at: Viewpoint,
) -> Base:
    carriers = _carriers(part, sources)
    utterances = part.utterances
    is_spoken = utterances["utterance_id"].isin(carriers)
    if at.actors:
        wanted = members_of(part.actors, at.actors)
        by_them = part.speakers.loc[part.speakers["actor_id"].isin(wanted), "utterance_id"]
        is_spoken &= utterances["utterance_id"].isin(by_them)
    return Base(every_statement, part, sources, carriers, utterances[is_spoken], lookups)


def _of_sources(dataset: Dataset, source_ids: Sequence[str]) -> Dataset:
    """Return the dataset with what the sources carry only; none named: all."""
    if not source_ids:
        return dataset

    def carried(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["source_id"].isin(source_ids)]

    return replace(
        dataset,
        claims=carried(dataset.claims),
        reports=carried(dataset.reports),
        words=carried(dataset.words),
        lineage=carried(dataset.lineage),
        evidence_status=carried(dataset.evidence_status),
        events=carried(dataset.events),
    )


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
    return dataset.sources.assign(when=whens)


def _carriers(dataset: Dataset, sources: pd.DataFrame) -> dict[str, dict[str, When | None]]:
    """Return the sources that carry each utterance, each with its bounds, by utterance id."""
    whens = {
        source_id: parse(when) if when else None
        for source_id, when in zip(sources["source_id"], sources["when"], strict=True)
    }
    columns = ["utterance_id", "source_id"]
    carried = pd.concat([dataset.claims[columns], dataset.reports[columns]]).drop_duplicates()
    return {
        utterance_id: {source_id: whens[source_id] for source_id in source_ids}
        for utterance_id, source_ids in grouped(carried, *columns).items()
    }


def _settled(lineage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of lineage without the unknown parents that another source settles.

    It settles them where it names a parent of the same sort: a parent from which content comes, or
    a parent that is answered or commented on.
    """
    named: dict[tuple[str, bool], set[str]] = {}
    for row in each_row(lineage[lineage["parent"] != UNKNOWN]):
        named.setdefault((row.child, row.relation in PROVENANCE), set()).add(row.source_id)
    is_settled = [
        row.parent == UNKNOWN
        and bool(named.get((row.child, row.relation in PROVENANCE), set()) - {row.source_id})
        for row in each_row(lineage)
    ]
    return lineage[~np.array(is_settled, dtype=bool)]
