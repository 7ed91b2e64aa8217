"""Which rows of the record are in view by a day, from a viewpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from claimbrief.base import NO_START, Base
from claimbrief.dataset import OUTLET_VOICES, Dataset
from claimbrief.dates import certainty_by, parse
from claimbrief.lookups import reachable
from claimbrief.viewpoint import Viewpoint

NO_END = pd.Timestamp(date.max)  # takes the place of an open end
RANKS = {1: "possible", 2: "certain"}  # of what is in view by a day
_OF_ALL_DAYS = ["since", "until", "possible_from", "certain_from", "outside_latest"]


def in_view(base: Base, at: Viewpoint) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the utterances and the claims in view, dated and with their certainty."""
    utterances = _utterances_in_view(base, at)
    return utterances, _claims_in_view(base, utterances, pd.Timestamp(at.as_of))


def _utterances_in_view(base: Base, at: Viewpoint) -> pd.DataFrame:
    spoken, day = base.spoken, pd.Timestamp(at.as_of)
    is_used = (spoken["since"] <= day) & ~(spoken["until"] <= day)
    found = spoken[is_used & (spoken["possible_from"] <= day)]
    found = found[_is_within(found, at)]
    rank = (found["certain_from"] <= day) + 1
    is_known = (found["outside_latest"] <= day) & (found["dated_by"] == "")
    return found.drop(columns=_OF_ALL_DAYS).assign(
        outside_date=found["outside_date"].where(is_known, ""),
        certainty=rank.map(RANKS).astype("str"),
    )


def _is_within(dated: pd.DataFrame, at: Viewpoint) -> pd.Series[bool]:
    """Return whether each date overlaps the window."""
    start, end = at.window_start, at.window_end
    is_before = dated["latest"] < pd.Timestamp(start)
    is_within = ~is_before & ~(dated["earliest"] > pd.Timestamp(end))
    for when in dated.loc[dated["when"].str.contains(",", regex=False), "when"].unique():
        if not any(start <= day <= end for day in parse(when).days):
            is_within &= dated["when"] != when
    return is_within


def _claims_in_view(base: Base, utterances: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the claims in view with their certainty.

    An outlet's own words are as old as their source, and out of view with the claim they render.
    """
    claims, sources = base.part.claims, base.sources
    said = (utterances["certainty"] == "certain") + 1
    rank = claims["utterance_id"].map(said.set_axis(utterances["utterance_id"]))
    rank = rank.fillna(0).astype(int)
    published = (~(sources["earliest"] > day)).astype(int) + (sources["latest"] <= day)
    of_outlets = claims.loc[claims["rendering"].isin(OUTLET_VOICES), "source_id"]
    of_outlets = of_outlets.map(published.set_axis(sources["source_id"]))
    rank[of_outlets.index] = rank[of_outlets.index].clip(upper=of_outlets)
    is_said, rendered = rank > 0, claims["renders"]
    is_kept = is_said & ((rendered == "") | rendered.isin(claims.loc[is_said, "claim_id"]))
    return claims[is_kept].assign(certainty=rank[is_kept].map(RANKS).astype("str"))


def first_in_view(base: Base, at: Viewpoint, days: Sequence[date]) -> pd.Series[int]:
    """Return the place of the first of these days by which each claim is in view, by claim id."""
    spoken, claims, sources = base.spoken, base.part.claims, base.sources
    spoken, dates = spoken[_is_within(spoken, at)], pd.DatetimeIndex(list(days))
    start = spoken[["possible_from", "since"]].max(axis=1)
    first, end = dates.searchsorted(start), dates.searchsorted(spoken["until"].fillna(NO_END))
    said = pd.Series(first, spoken["utterance_id"])[first < end].groupby(level=0).min()
    place = claims["utterance_id"].map(said)
    appeared = dates.searchsorted(sources["earliest"].fillna(NO_START))
    published = claims["source_id"].map(pd.Series(appeared, sources["source_id"]))
    is_later = claims["rendering"].isin(OUTLET_VOICES) & (published > place)
    place = place.mask(is_later, published).set_axis(claims["claim_id"])
    rendered = claims["renders"].map(place).set_axis(place.index)
    is_before = (claims["renders"] != "").set_axis(place.index) & ~(rendered <= place)
    place = place.mask(is_before, rendered)
    return place[place < len(days)].astype(int)


def _duplicates(utterances: pd.DataFrame) -> pd.Series[str]:
    """Return, for each utterance, the one in view that is in all likelihood the same, or "".

    What is only possible by the day does not replace what is certain.
    """
    is_certain = (utterances["certainty"] == "certain").astype(float)
    other = utterances["likely_same_as"]
    is_other_certain = other.map(is_certain.set_axis(utterances["utterance_id"]))
    return other.where(is_other_certain >= is_certain, "")


def reduced(base: Base, at: Viewpoint) -> Dataset:
    """Return the part of the dataset that is in view: what hangs on utterances and claims in it."""
    utterances, claims = in_view(base, at)
    dataset = base.part
    utterances = utterances[utterances["utterance_id"].isin(claims["utterance_id"])]
    utterances = utterances.assign(duplicate_of=_duplicates(utterances))
    said = utterances["utterance_id"]
    links = dataset.claim_evidence[dataset.claim_evidence["claim_id"].isin(claims["claim_id"])]
    reached = reachable(base.parents, [*said.tolist(), *links["evidence_id"].tolist()])
    above = dataset.lineage[dataset.lineage["child"].isin(reached)]
    items = pd.concat([links["evidence_id"], above["parent"]])
    evidence = dataset.evidence[dataset.evidence["evidence_id"].isin(items)]
    return replace(
        dataset,
        sources=base.sources,
        utterances=utterances,
        speakers=dataset.speakers[dataset.speakers["utterance_id"].isin(said)],
        claims=claims,
        propositions=dataset.propositions[
            dataset.propositions["proposition_id"].isin(claims["proposition_id"])
        ],
        evidence=evidence,
        evidence_status=_status_by(dataset.evidence_status, evidence["evidence_id"], at.as_of),
        claim_evidence=links,
        lineage=above,
        reports=dataset.reports[dataset.reports["utterance_id"].isin(said)],
        words=dataset.words[dataset.words["utterance_id"].isin(said)],
    )


def _status_by(status: pd.DataFrame, items: pd.Series[str], day: date) -> pd.DataFrame:
    """Return the rows of evidence_status of these items known by a day, with their certainty."""
    status = status[status["evidence_id"].isin(items)]
    known = [certainty_by(parse(as_of), day) for as_of in status["as_of"].tolist()]
    certainty = pd.Series(known, status.index, dtype="str")
    found = status.assign(when=status["as_of"], certainty=certainty)
    return found[found["certainty"] != "no"]
