"""Which rows of the record are in view by a day, from a viewpoint.

What a source leaves open another may settle: a day that a further source in view gives narrows a
range.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pandas as pd

from claimbrief.base import Base
from claimbrief.dataset import OUTLET_VOICES, Dataset, each_row
from claimbrief.dates import (
    Certainty,
    When,
    certainty_by,
    common,
    edtf,
    no_later_than,
    parse,
)
from claimbrief.lookups import grouped, pairs
from claimbrief.viewpoint import Viewpoint

_RANKS: tuple[Certainty, ...] = ("no", "possible", "certain")
assert set(_RANKS) == set(get_args(Certainty))


def in_view(base: Base, at: Viewpoint) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the utterances and the claims in view, dated and with their certainty."""
    utterances = _utterances_in_view(base, at)
    return utterances, _claims_in_view(base.part.claims, utterances, base.sources, at.as_of)


def certainty_of_claims(base: Base, at: Viewpoint) -> dict[str, Certainty]:
    """Return the certainty of each claim in view, by claim id."""
    dates = _dates_in_view(base, at)
    said = {utterance_id: certainty for utterance_id, (_, certainty, _) in dates.items()}
    return _certainty_of_claims(base.part.claims, said, base.sources, at.as_of)


def _dates_in_view(base: Base, at: Viewpoint) -> dict[str, tuple[str, Certainty, str]]:
    """Return what `_dated` does of each utterance in view, by utterance id."""
    columns = ["utterance_id", "date", "outside_date", "outside_source_id"]
    dates = {
        row.utterance_id: _dated(row, base.carriers[row.utterance_id], at)
        for row in each_row(base.spoken[columns])
    }
    return {key: dated for key, dated in dates.items() if dated[1] != "no"}


def _utterances_in_view(base: Base, at: Viewpoint) -> pd.DataFrame:
    dates = _dates_in_view(base, at)
    kept = base.spoken[base.spoken["utterance_id"].isin(dates)]
    columns = zip(*dates.values(), strict=True) if dates else ((), (), ())
    when, certainty, dated_by = (pd.Series(list(it), kept.index, dtype="str") for it in columns)
    known = [_if_known(text, at.as_of) for text in kept["outside_date"].tolist()]
    outside = pd.Series(known, kept.index, dtype="str").where(dated_by == "", "")
    return kept.assign(outside_date=outside, when=when, certainty=certainty, dated_by=dated_by)


def _dated(
    row: Any, carried: Mapping[str, When | None], at: Viewpoint
) -> tuple[str, Certainty, str]:
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
    certainty = _certainty_of_claims(claims, said, sources, day)
    kept = claims[claims["claim_id"].isin(certainty)]
    return kept.assign(certainty=pd.Series(list(certainty.values()), kept.index, dtype="str"))


def _certainty_of_claims(
    claims: pd.DataFrame, said: Mapping[str, Certainty], sources: pd.DataFrame, day: date
) -> dict[str, Certainty]:
    """Return the certainty of each claim in view, in order; `said` has that of each utterance.

    An outlet's own words are as old as their source, and out of view with the claim they render.
    """
    published = dict(pairs(sources, "source_id", "when"))
    found: dict[str, tuple[Certainty, str]] = {}
    columns = ["claim_id", "utterance_id", "source_id", "rendering", "renders"]
    for claim_id, utterance_id, source_id, rendering, renders in zip(
        *(claims[name].tolist() for name in columns), strict=True
    ):
        certainty = said.get(utterance_id, "no")
        if certainty != "no" and rendering in OUTLET_VOICES:
            certainty = worst([certainty, certainty_by(parse(published[source_id]), day)])
        if certainty != "no":
            found[claim_id] = certainty, renders
    return {
        claim_id: certainty
        for claim_id, (certainty, renders) in found.items()
        if not renders or renders in found
    }


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
        evidence_status=_status_by(dataset.evidence_status, evidence["evidence_id"], day),
        claim_evidence=links,
        lineage=above,
        reports=dataset.reports[dataset.reports["utterance_id"].isin(said)],
        words=dataset.words[dataset.words["utterance_id"].isin(said)],
    )


def _status_by(status: pd.DataFrame, items: pd.Series[str], day: date) -> pd.DataFrame:
    """Return the rows of evidence_status of these items known by a day, with their certainty."""
    known = [certainty_by(parse(as_of), day) for as_of in status["as_of"].tolist()]
    certainty = pd.Series(known, status.index, dtype="str")
    kept = status[status["evidence_id"].isin(items) & (certainty != "no")]
    return kept.assign(when=kept["as_of"], certainty=certainty[kept.index])


def _ancestry(lineage: pd.DataFrame, children: set[str]) -> pd.DataFrame:
    """Return the rows of lineage at and above the children."""
    parents = grouped(lineage, "child", "parent")
    reached, waiting = set(children), list(children)
    while waiting:
        above = [parent for parent in parents.get(waiting.pop(), ()) if parent not in reached]
        reached.update(above)
        waiting += above
    return lineage[lineage["child"].isin(reached)]


def best(values: Iterable[Certainty]) -> Certainty:
    """Return the firmest of several certainties; "no" for none."""
    return max(values, key=_RANKS.index, default="no")


def worst(values: Iterable[Certainty]) -> Certainty:
    """Return the weakest of several certainties; "no" for none."""
    return min(values, key=_RANKS.index, default="no")
