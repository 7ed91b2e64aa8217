"""Which rows of the record are in view by a day, from a viewpoint.

What a source leaves open another may settle: a day that a further source in view gives narrows a
range, and an origin that it names takes the place of an unknown origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

import numpy as np
import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, UNKNOWN, Dataset, each_row
from claimbrief.dates import (
    Certainty,
    When,
    certainty_by,
    common,
    edtf,
    no_later_than,
    parse,
)
from claimbrief.errors import ParameterError
from claimbrief.lookups import grouped, members_of, pairs
from claimbrief.viewpoint import Viewpoint

PROVENANCE = ("quoted_from", "derived_from", "briefed_by")  # relations that carry content
_RANKS: tuple[Certainty, ...] = ("no", "possible", "certain")
assert set(_RANKS) == set(get_args(Certainty))


@dataclass(frozen=True, eq=False)
class Base:
    """What the views of all days have in common.

    `statements` is the frame of `claimbrief.statements.statements`; `part` the dataset with what
    the viewpoint's sources carry only, and without the unknown parents that another source settles;
    `sources` its sources with the column `when`; `carriers` the sources that carry each utterance,
    each with its bounds (None: no day known), by utterance id.
    """

    statements: pd.DataFrame
    part: Dataset
    sources: pd.DataFrame
    carriers: Mapping[str, Mapping[str, When | None]]


def base_of(dataset: Dataset, every_statement: pd.DataFrame, at: Viewpoint) -> Base:
    """Return what the views of all days from a viewpoint have in common."""
    sources = _dated_sources(dataset, at.published)
    part = _of_sources(dataset, at.sources)
    part = replace(part, lineage=_settled(part.lineage))
    return Base(every_statement, part, sources, _carriers(part, sources))


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


def in_view(base: Base, at: Viewpoint) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the utterances and the claims in view, dated and with their certainty."""
    utterances = _utterances_in_view(base, at)
    return utterances, _claims_in_view(base.part.claims, utterances, base.sources, at.as_of)


def _utterances_in_view(base: Base, at: Viewpoint) -> pd.DataFrame:
    dataset, carriers = base.part, base.carriers
    kept = dataset.utterances[dataset.utterances["utterance_id"].isin(carriers)]
    if at.actors:
        wanted = members_of(dataset.actors, at.actors)
        spoken = dataset.speakers[dataset.speakers["actor_id"].isin(wanted)]
        kept = kept[kept["utterance_id"].isin(spoken["utterance_id"])]
    rows = [_dated(row, carriers[row.utterance_id], at) for row in each_row(kept)]
    columns = ["when", "certainty", "dated_by"]
    kept = kept.join(pd.DataFrame(rows, kept.index, columns, dtype="str"))
    known = [_if_known(text, at.as_of) for text in kept["outside_date"].tolist()]
    outside = pd.Series(known, kept.index, dtype="str").where(kept["dated_by"] == "", "")
    kept = kept.assign(outside_date=outside)
    return kept[kept["certainty"] != "no"]


def _dated(row: Any, carried: Mapping[str, When | None], at: Viewpoint) -> tuple[str, str, str]:
    """Return an utterance's date, its certainty by the day, and what further source dates it."""
    when, dated_by = parse(row.date), ""
    outside = row.outside_source_id
    if outside in carried and _had_appeared(carried[outside], at):
        narrowed = common(when, parse(row.outside_date))
        if narrowed is not None and narrowed != when:
            when, dated_by = narrowed, outside
    days = [day for day in carried.values() if day is not None]
    if days:
        when = no_later_than(when, min(day.latest for day in days))
    certainty = certainty_by(when, at.as_of)
    if at.basis == "reported":
        known = best(certainty_by(day, at.as_of) for day in days)
        if len(days) < len(carried):  # a source of no known day may have carried it by then
            known = best([known, "possible"])
        certainty = worst([certainty, known])
    return edtf(when), certainty if _is_within(when, at) else "no", dated_by


def _had_appeared(published: When | None, at: Viewpoint) -> bool:
    """Return whether a brief may use a source's day: no later knowledge where it is reported."""
    return at.basis == "said" or published is None or certainty_by(published, at.as_of) != "no"


def _if_known(outside_date: str, day: date) -> str:
    """Return an outside date, or "" where it is later than the brief's day."""
    return outside_date if outside_date and parse(outside_date).latest <= day else ""


def _is_within(when: When, at: Viewpoint) -> bool:
    """Return whether any day that a statement may be of lies in the window."""
    if when.days:
        return any(at.window_start <= day <= at.window_end for day in when.days)
    started = when.earliest is None or when.earliest <= at.window_end
    return started and when.latest >= at.window_start


def _claims_in_view(
    claims: pd.DataFrame, utterances: pd.DataFrame, sources: pd.DataFrame, day: date
) -> pd.DataFrame:
    said: dict[str, Certainty] = dict(pairs(utterances, "utterance_id", "certainty"))
    published = dict(pairs(sources, "source_id", "when"))
    kept = claims[claims["utterance_id"].isin(said)]
    certainty = [
        worst([said[row.utterance_id], certainty_by(parse(published[row.source_id]), day)])
        if row.rendering in OUTLET_VOICES
        else said[row.utterance_id]
        for row in each_row(kept[["utterance_id", "source_id", "rendering"]])
    ]
    kept = kept.assign(certainty=pd.Series(certainty, kept.index, dtype="str"))
    kept = kept[kept["certainty"] != "no"]
    rendered_in_view = (kept["renders"] == "") | kept["renders"].isin(kept["claim_id"])
    return kept[rendered_in_view]


def _duplicates(utterances: pd.DataFrame) -> pd.Series[str]:
    """Return, for each utterance, the utterance in view that it in all likelihood is, or "".

    What is only possible by the day does not stand for what is certain.
    """
    ranks = utterances.set_index("utterance_id")["certainty"].map(_RANKS.index)
    other = utterances["likely_same_as"]
    is_in_view = other.map(ranks) >= utterances["utterance_id"].map(ranks)
    return other.where(is_in_view, "")


def reduced(
    dataset: Dataset,
    sources: pd.DataFrame,
    utterances: pd.DataFrame,
    claims: pd.DataFrame,
    day: date,
) -> Dataset:
    """Return the dataset with the rows that hang on the utterances and claims in view."""
    utterances = utterances[utterances["utterance_id"].isin(claims["utterance_id"])]
    utterances = utterances.assign(duplicate_of=_duplicates(utterances))
    said = utterances["utterance_id"]
    links = dataset.claim_evidence[dataset.claim_evidence["claim_id"].isin(claims["claim_id"])]
    above = _ancestry(dataset.lineage, {*said, *links["evidence_id"]})
    items = {*links["evidence_id"], *above["parent"]}
    evidence = dataset.evidence[dataset.evidence["evidence_id"].isin(items)]
    status = dataset.evidence_status
    certainty = [certainty_by(parse(as_of), day) for as_of in status["as_of"]]
    status = status.assign(when=status["as_of"], certainty=certainty)
    is_known = status["evidence_id"].isin(evidence["evidence_id"]) & (status["certainty"] != "no")
    return replace(
        dataset,
        sources=sources,
        utterances=utterances,
        speakers=dataset.speakers[dataset.speakers["utterance_id"].isin(said)],
        claims=claims,
        propositions=dataset.propositions[
            dataset.propositions["proposition_id"].isin(claims["proposition_id"])
        ],
        evidence=evidence,
        evidence_status=status[is_known],
        claim_evidence=links,
        lineage=above,
        reports=dataset.reports[dataset.reports["utterance_id"].isin(said)],
        words=dataset.words[dataset.words["utterance_id"].isin(said)],
    )


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


def _ancestry(lineage: pd.DataFrame, children: set[str]) -> pd.DataFrame:
    """Return the rows of lineage at and above the children."""
    reached = set(children)
    while True:
        rows = lineage[lineage["child"].isin(reached)]
        parents = set(rows["parent"]) - reached
        if not parents:
            return rows
        reached |= parents


def best(values: Iterable[Certainty]) -> Certainty:
    """Return the firmest of several certainties; "no" for none."""
    return max(values, key=_RANKS.index, default="no")


def worst(values: Iterable[Certainty]) -> Certainty:
    """Return the weakest of several certainties; "no" for none."""
    return min(values, key=_RANKS.index, default="no")
