"""What had been said, or reported, by a day: the part of the record that one brief may use.

With `basis="said"` a statement counts from the day on which it was made; with `"reported"` only
from the day on which a source carried it, so that nobody is judged by later knowledge. A
statement whose bounds straddle the day is kept as possible, never as certain. An outlet's own
words (glosses, summaries, its narrator) are as old as their source in either case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import get_args

import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, Dataset
from claimbrief.dates import Certainty, When, certainty_by, edtf, no_later_than, parse, parse_day
from claimbrief.errors import DateError, ParameterError

BASES = ("said", "reported")
_RANKS: tuple[Certainty, ...] = ("no", "possible", "certain")
assert set(_RANKS) == set(get_args(Certainty))


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


@dataclass(frozen=True)
class View:
    """The part of a checked dataset that a brief may use.

    `record` is the dataset with only the rows in view. Its utterances have two columns more:
    `when` (bounds) and `certainty` ("certain" or "possible" by the day), and no outside date later
    than the day; its claims have
    `certainty`; its evidence_status has `when` and `certainty`; its sources have `when` (None
    where no day is shown). `whole` is the dataset unfiltered.
    """

    record: Dataset
    whole: Dataset
    at: Viewpoint


def viewpoint(
    *,
    as_of: str,
    basis: str,
    window_start: str,
    window_end: str,
    sources: Sequence[str] = (),
    actors: Sequence[str] = (),
    published: str = "",
) -> Viewpoint:
    """Return the viewpoint that a notebook's parameters name.

    Raises:
        ParameterError: if a value is not a day, not a known basis or out of order.
    """
    if basis not in BASES:
        raise ParameterError(_refusal("basis", basis, BASES))
    start, end = _day("window_start", window_start), _day("window_end", window_end)
    if start > end:
        raise ParameterError(
            f"window_start: found {window_start}, after window_end {window_end}; "
            "accepted: a window whose start is not after its end"
        )
    day = _day("published", published) if published else None
    return Viewpoint(_day("as_of", as_of), basis, start, end, tuple(sources), tuple(actors), day)


def view(dataset: Dataset, at: Viewpoint) -> View:
    """Return what a brief may use of a checked dataset, seen from a viewpoint.

    Raises:
        ParameterError: if the viewpoint names a source or actor that the dataset has not, or a
            day of publication on which no undated source can have appeared.
    """
    _refuse_unknown("sources", at.sources, dataset.claims["source_id"])
    _refuse_unknown("actors", at.actors, dataset.actors["actor_id"])
    sources = _dated_sources(dataset, at.published)
    part = _of_sources(dataset, at.sources)
    utterances = _utterances_in_view(part, sources, at)
    claims = _claims_in_view(part.claims, utterances, sources, at.as_of)
    utterances = utterances[utterances["utterance_id"].isin(claims["utterance_id"])]
    record = _reduced(part, sources, utterances, claims, at.as_of)
    return View(record, dataset, at)


def members_of(actors: pd.DataFrame, groups: Iterable[str]) -> set[str]:
    """Return the ids of the groups and of all actors who belong to one, however far below."""
    found = set(groups)
    while True:
        below = set(actors.loc[actors["member_of"].isin(found), "actor_id"]) - found
        if not below:
            return found
        found |= below


def _of_sources(dataset: Dataset, source_ids: Sequence[str]) -> Dataset:
    """Return the dataset with the claims and reports of the sources only; none named: all."""
    if not source_ids:
        return dataset
    claims, reports = dataset.claims, dataset.reports
    return replace(
        dataset,
        claims=claims[claims["source_id"].isin(source_ids)],
        reports=reports[reports["source_id"].isin(source_ids)],
    )


def _dated_sources(dataset: Dataset, published: date | None) -> pd.DataFrame:
    """Return the sources with their bounds; `published` settles the day of undated ones."""
    bounds = [parse(text) if text else None for text in dataset.sources["published"]]
    undated = [when for when in bounds if when is not None and not when.is_day]
    if published is not None:
        if not any(certainty_by(w, published) != "no" and published <= w.latest for w in undated):
            spans = ", ".join(edtf(when) for when in undated) or "no source is undated"
            raise ParameterError(
                f"published: found {published}; accepted: a day on which an undated source can "
                f"have appeared ({spans})"
            )
        fixed = When(published, published)
        bounds = [
            fixed
            if w in undated and certainty_by(w, published) != "no" and published <= w.latest
            else w
            for w in bounds
        ]
    return dataset.sources.assign(when=pd.Series(bounds, dataset.sources.index, dtype=object))


def _carriers(dataset: Dataset, sources: pd.DataFrame) -> pd.Series:
    """Return, for each utterance id, the bounds of the sources that carry it."""
    both = pd.concat([dataset.claims, dataset.reports])
    pairs = both[["utterance_id", "source_id"]].drop_duplicates()
    dated = pairs.merge(sources[["source_id", "when"]], on="source_id")
    return dated.groupby("utterance_id")["when"].agg(list)


def _utterances_in_view(dataset: Dataset, sources: pd.DataFrame, at: Viewpoint) -> pd.DataFrame:
    carriers = _carriers(dataset, sources)
    kept = dataset.utterances[dataset.utterances["utterance_id"].isin(carriers.index)]
    if at.actors:
        wanted = members_of(dataset.actors, at.actors)
        spoken = dataset.speakers[dataset.speakers["actor_id"].isin(wanted)]
        kept = kept[kept["utterance_id"].isin(spoken["utterance_id"])]
    whens, certainties = [], []
    for utterance_id, text in zip(kept["utterance_id"], kept["date"], strict=True):
        carried = [when for when in carriers[utterance_id] if when is not None]
        when = no_later_than(parse(text), min(when.latest for when in carried))
        said = certainty_by(when, at.as_of)
        known = best(certainty_by(when, at.as_of) for when in carried)
        certainty = said if at.basis == "said" else worst([said, known])
        whens.append(when)
        certainties.append(certainty if _is_within(when, at) else "no")
    kept = kept.assign(
        when=pd.Series(whens, kept.index, dtype=object),
        outside_date=[_if_known(text, at.as_of) for text in kept["outside_date"]],
        certainty=pd.Series(certainties, kept.index, dtype="str"),
    )
    return kept[kept["certainty"] != "no"]


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
    certainty = utterances.set_index("utterance_id")["certainty"]
    published = sources.set_index("source_id")["when"]
    kept = claims[claims["utterance_id"].isin(certainty.index)]
    values: list[Certainty] = []
    for utterance_id, source_id, rendering in zip(
        kept["utterance_id"], kept["source_id"], kept["rendering"], strict=True
    ):
        value: Certainty = certainty[utterance_id]
        if rendering in OUTLET_VOICES:
            value = worst([value, certainty_by(published[source_id], day)])
        values.append(value)
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
    )


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


def _day(name: str, value: str) -> date:
    try:
        return parse_day(value)
    except DateError as error:
        raise ParameterError(f"{name}: {error}") from None


def _refuse_unknown(name: str, values: Iterable[str], known: Iterable[str]) -> None:
    accepted = sorted(set(known))
    for value in values:
        if value not in accepted:
            raise ParameterError(_refusal(name, value, accepted))


def _refusal(name: str, value: str, accepted: Sequence[str]) -> str:
    near = get_close_matches(value, accepted, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"{name}: found {value!r}; accepted: {', '.join(accepted)}{hint}"
