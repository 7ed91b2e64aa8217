"""What had been said, or reported, by a day: the part of the record that one brief may use.

With `basis="said"` a statement counts from the day on which it was made; with `"reported"` only
from the day on which a source carried it, so that nobody is judged by later knowledge. A
statement whose bounds straddle the day is kept as possible, never as certain; so is one that only
sources of no known day carry, where the basis is `"reported"`. An outlet's own words (glosses,
summaries, its narrator) are as old as their source in either case.

What one source leaves open another may settle: a day that a further source in view gives narrows
a range, and an origin that it names takes the place of an unknown one. A brief that may use one
source alone keeps what that source leaves open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
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
from claimbrief.viewpoint import Viewpoint, refuse_unknown, viewpoint

__all__ = ["View", "Viewpoint", "best", "members_of", "view", "viewpoint", "worst"]

LARGE = 1_000  # claims; of a record with more, tables and the ledger show a part
PROVENANCE = ("quoted_from", "derived_from", "briefed_by")  # relations that carry content
_RANKS: tuple[Certainty, ...] = ("no", "possible", "certain")
assert set(_RANKS) == set(get_args(Certainty))


@dataclass(frozen=True, eq=False)
class View:
    """The part of a checked dataset that a brief may use.

    `record` is the dataset with only the rows in view. Its utterances have four columns more:
    `when` (bounds), `certainty` ("certain" or "possible" by the day), `dated_by` (the further
    source whose day narrowed the bounds, else "") and `same_as` (an utterance in view that this
    one in all likelihood is, else ""), and no outside date that is later than the day; its claims
    have `certainty`; its evidence_status has `when` and `certainty`; its sources have `when` (None
    where no day is shown). `whole` is the dataset unfiltered.
    """

    record: Dataset
    whole: Dataset
    at: Viewpoint

    @property
    def is_large(self) -> bool:
        """Whether the dataset is too large to show each claim: the same for each day of it."""
        return len(self.whole.claims) > LARGE


@lru_cache(maxsize=128)  # each day of a window, and each day tried for the undated sources
def view(dataset: Dataset, at: Viewpoint) -> View:
    """Return what a brief may use of a checked dataset, seen from a viewpoint.

    The same dataset from the same viewpoint gives the same view, so that what is worked out from
    a view once need not be worked out again.

    Raises:
        ParameterError: if the viewpoint names a source or actor that the dataset has not, or a
            day of publication on which no undated source can have appeared.
    """
    refuse_unknown("sources", at.sources, dataset.claims["source_id"])
    refuse_unknown("actors", at.actors, dataset.actors["actor_id"])
    sources = _dated_sources(dataset, at.published)
    part = _of_sources(dataset, at.sources)
    utterances = _utterances_in_view(part, sources, at)
    claims = _claims_in_view(part.claims, utterances, sources, at.as_of)
    utterances = utterances[utterances["utterance_id"].isin(claims["utterance_id"])]
    same_as = pd.Series(_told_better(utterances), utterances.index, dtype="str")
    record = _reduced(part, sources, utterances.assign(same_as=same_as), claims, at.as_of)
    return View(record, dataset, at)


def _told_better(utterances: pd.DataFrame) -> list[str]:
    """Return, for each utterance, the one in view that it in all likelihood is, or "".

    What is only possible by the day does not stand for what is certain.
    """
    ids = utterances["utterance_id"].tolist()
    rank = dict(zip(ids, map(_RANKS.index, utterances["certainty"]), strict=True))
    return [
        same if same and rank.get(same, -1) >= rank[one] else ""
        for one, same in zip(ids, utterances["likely_same_as"].tolist(), strict=True)
    ]


def members_of(actors: pd.DataFrame, groups: Iterable[str]) -> set[str]:
    """Return the ids of the groups and of all actors who belong to one, however far below."""
    found = set(groups)
    while True:
        below = set(actors.loc[actors["member_of"].isin(found), "actor_id"]) - found
        if not below:
            return found
        found |= below


def _of_sources(dataset: Dataset, source_ids: Sequence[str]) -> Dataset:
    """Return the dataset with what the sources carry only; none named: all."""
    if not source_ids:
        return dataset

    def told(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["source_id"].isin(source_ids)]

    return replace(
        dataset,
        claims=told(dataset.claims),
        reports=told(dataset.reports),
        words=told(dataset.words),
        lineage=told(dataset.lineage),
        evidence_status=told(dataset.evidence_status),
        events=told(dataset.events),
    )


def _dated_sources(dataset: Dataset, published: date | None) -> pd.DataFrame:
    """Return the sources with their bounds; `published` settles the day of undated ones."""
    bounds = [parse(text) if text else None for text in dataset.sources["published"].tolist()]
    if published is not None:
        undated = dict.fromkeys(when for when in bounds if when is not None and not when.is_day)
        settled = {
            when: When(published, published)
            for when in undated
            if certainty_by(when, published) != "no" and published <= when.latest
        }
        if not settled:
            spans = ", ".join(map(edtf, undated)) or "no source is undated"
            raise ParameterError(
                f"published: found {published}; accepted: a day on which an undated source can "
                f"have appeared ({spans})"
            )
        bounds = [when and settled.get(when, when) for when in bounds]
    return dataset.sources.assign(when=pd.Series(bounds, dataset.sources.index, dtype=object))


def _carriers(dataset: Dataset, sources: pd.DataFrame) -> dict[str, dict[str, When | None]]:
    """Return the sources that carry each utterance, each with its bounds, by utterance id."""
    whens = dict(zip(sources["source_id"], sources["when"], strict=True))
    carriers: dict[str, dict[str, When | None]] = {}
    for table in (dataset.claims, dataset.reports):
        for _, utterance_id, source_id in each_row(table[["utterance_id", "source_id"]]):
            carriers.setdefault(utterance_id, {})[source_id] = whens[source_id]
    return carriers


def _utterances_in_view(dataset: Dataset, sources: pd.DataFrame, at: Viewpoint) -> pd.DataFrame:
    carriers = _carriers(dataset, sources)
    kept = dataset.utterances[dataset.utterances["utterance_id"].isin(carriers)]
    if at.actors:
        wanted = members_of(dataset.actors, at.actors)
        spoken = dataset.speakers[dataset.speakers["actor_id"].isin(wanted)]
        kept = kept[kept["utterance_id"].isin(spoken["utterance_id"])]
    rows = [_seen(row, carriers[row.utterance_id], at) for row in each_row(kept)]
    seen = pd.DataFrame(rows, kept.index, ["when", "certainty", "dated_by"], dtype=object)
    known = [_if_known(text, at.as_of) for text in kept["outside_date"].tolist()]
    kept = kept.assign(
        when=seen["when"],
        certainty=seen["certainty"].astype("str"),
        dated_by=seen["dated_by"].astype("str"),
        outside_date=pd.Series(known, kept.index, dtype="str"),
    )
    settled = kept["dated_by"] != ""
    kept["outside_date"] = kept["outside_date"].where(~settled, "")
    return kept[kept["certainty"] != "no"]


def _seen(row: Any, carried: dict[str, When | None], at: Viewpoint) -> tuple[When, str, str]:
    """Return an utterance's bounds, its certainty by the day, and what further source dates it."""
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
    return when, certainty if _is_within(when, at) else "no", dated_by


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
    said: dict[str, Certainty] = dict(
        zip(utterances["utterance_id"], utterances["certainty"], strict=True)
    )
    published = dict(zip(sources["source_id"], sources["when"], strict=True))
    kept = claims[claims["utterance_id"].isin(said)]
    values = [said[utterance_id] for utterance_id in kept["utterance_id"].tolist()]
    own_words = np.flatnonzero(kept["rendering"].isin(OUTLET_VOICES))
    for place, source_id in zip(own_words, kept["source_id"].iloc[own_words], strict=True):
        values[place] = worst([values[place], certainty_by(published[source_id], day)])
    kept = kept.assign(certainty=pd.Series(values, kept.index, dtype="str"))
    kept = kept[kept["certainty"] != "no"]
    rendered_in_view = (kept["renders"] == "") | kept["renders"].isin(kept["claim_id"])
    return kept[rendered_in_view]


def _reduced(
    dataset: Dataset,
    sources: pd.DataFrame,
    utterances: pd.DataFrame,
    claims: pd.DataFrame,
    day: date,
) -> Dataset:
    """Return the dataset with the rows that hang on the utterances and claims in view."""
    said = set(utterances["utterance_id"])
    links = dataset.claim_evidence[dataset.claim_evidence["claim_id"].isin(claims["claim_id"])]
    above = _ancestry(dataset.lineage, said | set(links["evidence_id"]))
    items = set(links["evidence_id"]) | set(above["parent"])
    evidence = dataset.evidence[dataset.evidence["evidence_id"].isin(items)]
    status = dataset.evidence_status
    whens = pd.Series([parse(text) for text in status["as_of"]], status.index, dtype=object)
    status = status.assign(when=whens, certainty=[certainty_by(when, day) for when in whens])
    is_shown = status["evidence_id"].isin(evidence["evidence_id"]) & (status["certainty"] != "no")
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
        evidence_status=status[is_shown],
        claim_evidence=links,
        lineage=above,
        reports=dataset.reports[dataset.reports["utterance_id"].isin(said)],
        words=dataset.words[dataset.words["utterance_id"].isin(said)],
    )


def _ancestry(lineage: pd.DataFrame, children: set[str]) -> pd.DataFrame:
    """Return the rows of lineage at and above the children.

    An unknown parent gives way where another source names a parent of the same sort: one from
    which content comes, or one that is answered or commented on.
    """
    told: dict[tuple[str, bool], set[str]] = {}
    for row in each_row(lineage[lineage["parent"] != UNKNOWN]):
        told.setdefault((row.child, row.relation in PROVENANCE), set()).add(row.source_id)
    settled = [
        row.parent == UNKNOWN
        and bool(told.get((row.child, row.relation in PROVENANCE), set()) - {row.source_id})
        for row in each_row(lineage)
    ]
    lineage = lineage[~np.array(settled, dtype=bool)]
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
