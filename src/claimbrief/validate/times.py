"""What is wrong with dates, their form and order, and with what came from what, circles too."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

import pandas as pd

from claimbrief.base import NO_START, bounds_of
from claimbrief.dataset import NO_SUPPORT, OUTLET_VOICES, UNKNOWN, Dataset
from claimbrief.dates import accepted_for
from claimbrief.errors import Problem
from claimbrief.lookups import grouped, pairs
from claimbrief.validate.rows import problems

DATES = {
    "utterances": ("date", "outside_date"),
    "sources": ("published",),
    "evidence_status": ("as_of",),
    "events": ("date",),
}


def time_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with dates: their form, their reasoning and their order."""
    for table, columns in DATES.items():
        for column in columns:
            yield from _form_problems(dataset.table(table), table, column)
    utterances = dataset.utterances
    are_apart = _are_apart(bounds_of(utterances["date"]), bounds_of(utterances["outside_date"]))
    is_external = utterances["date_basis"].str.endswith("+external")
    yield from problems("date within outside date", utterances[is_external & are_apart])
    yield from _publication_problems(dataset)
    yield from _same_problems(utterances)


def _dates_by_id(table: pd.DataFrame, key: str, column: str) -> pd.DataFrame:
    """Return the readable dates in a column, by key: `text`, `earliest` and `latest`.

    Of several rows with one key the first stands.
    """
    dates = bounds_of(table[column]).assign(text=table[column]).set_index(table[key])
    dates = dates[dates["latest"].notna()]
    return dates[~dates.index.duplicated()]


def _dates_of(keys: pd.Series[str], dates: pd.Series[Any]) -> pd.Series[Any]:
    """Return for each key, row by row, its entry in a column of dates by key; missing if none."""
    return dates.reindex(keys.to_numpy()).set_axis(keys.index)


def _form_problems(table: pd.DataFrame, name: str, column: str) -> Iterator[Problem]:
    texts = table[column].unique().tolist()
    accepted = {text: words for text in texts if text and (words := accepted_for(text))}
    if accepted:
        rows = table.assign(accepted=table[column].map(accepted))
        yield from problems("form of date", rows[table[column].isin(accepted)], name, column)


def _are_apart(first: pd.DataFrame, second: pd.DataFrame) -> pd.Series[bool]:
    """Return whether two dates, row by row, have no day in common; False if one is missing."""
    return (first["latest"] < second["earliest"]) | (second["latest"] < first["earliest"])


def _same_problems(utterances: pd.DataFrame) -> Iterator[Problem]:
    """Yield the utterances that cannot be the speech event that they are likely to be."""
    said = _dates_by_id(utterances, "utterance_id", "date")
    ids, same = utterances["utterance_id"], utterances["likely_same_as"]
    has_same_itself = same.isin(ids[same != ""])
    first, second = (said.reindex(key).set_axis(utterances.index) for key in (ids, same))
    is_wrong = (same == ids) | has_same_itself | _are_apart(first, second)
    rows = utterances.assign(day=(" (" + second["text"] + ")").fillna(""))
    yield from problems("same event", rows[(same != "") & is_wrong])


def _publication_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the dates later than the source that carries them, and sources that need a day."""
    sources, utterances, claims = dataset.sources, dataset.utterances, dataset.claims
    own_words = claims.loc[claims["rendering"].isin(OUTLET_VOICES), "source_id"]
    needs_day = sources["source_id"].isin(own_words)
    yield from problems("day of own words", sources[(sources["published"] == "") & needs_day])
    dates = _dates_by_id(sources, "source_id", "published")
    page = ["utterance_id", "source_id"]
    pages = pd.concat([claims[page], dataset.reports[page]]).drop_duplicates()
    carried = utterances.reset_index().merge(pages, on="utterance_id").set_index("row")
    yield from problems("date by publication", _late(carried, "date", dates))
    outside = utterances.assign(source_id=utterances["outside_source_id"])
    yield from problems("outside date by publication", _late(outside, "outside_date", dates))


def _late(rows: pd.DataFrame, column: str, dates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose date is later than its `source_id` was published, on `published`."""
    rows = rows.assign(published=rows["source_id"].map(dates["text"]))
    return rows[_dates_of(rows["source_id"], dates["latest"]) < bounds_of(rows[column])["earliest"]]


def provenance_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with when evidence was known, and with what came from what."""
    yield from _evidence_problems(dataset)
    yield from _lineage_problems(dataset)
    yield from _cycle_problems(dataset)


def _first_known(dataset: Dataset) -> pd.DataFrame:
    """Return the day from which an item of evidence may be known, by its id.

    `earliest` is of all its dates, `text` is the date that its first row gives.
    """
    status = dataset.evidence_status
    dates = bounds_of(status["as_of"]).fillna({"earliest": NO_START})  # of an open start
    dates = dates.assign(text=status["as_of"], item=status["evidence_id"])
    dates = dates[dates["latest"].notna()]
    return dates.groupby("item").agg({"earliest": "min", "text": "first"})


def _supporting(dataset: Dataset) -> pd.DataFrame:
    """Return the rows of claim_evidence that give support, with their `utterance_id`."""
    links = dataset.claim_evidence[~dataset.claim_evidence["relation"].isin(NO_SUPPORT)]
    utterance_of = dict(pairs(dataset.claims, "claim_id", "utterance_id"))
    return links.assign(utterance_id=links["claim_id"].map(utterance_of))


def _evidence_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the claims that rest on an item of no day, or on one known only from later days."""
    known = _first_known(dataset)
    said = _dates_by_id(dataset.utterances, "utterance_id", "date")
    links = _supporting(dataset)
    links = links[links["utterance_id"].isin(said.index)]
    links = links.assign(
        said=links["utterance_id"].map(said["text"]), known=links["evidence_id"].map(known["text"])
    )
    yield from problems("day of evidence", links[links["known"].isna()])
    earliest = _dates_of(links["evidence_id"], known["earliest"])
    is_before = _dates_of(links["utterance_id"], said["latest"]) < earliest
    yield from problems("evidence by claim", links[is_before])


def _lineage_problems(dataset: Dataset) -> Iterator[Problem]:
    lineage = dataset.lineage
    said = _dates_by_id(dataset.utterances, "utterance_id", "date")
    known = _first_known(dataset)
    parents = pd.concat([said[["earliest", "text"]], known[~known.index.isin(said.index)]])
    child, parent = lineage["child"], lineage["parent"]
    dates = {"child_date": child.map(said["text"]), "parent_date": parent.map(parents["text"])}
    is_before = _dates_of(child, said["latest"]) < _dates_of(parent, parents["earliest"])
    yield from problems("child after parent", lineage.assign(**dates)[is_before])


def _cycle_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the circles of lineage and of evidence used, breaking each, until none is left."""
    lineage = dataset.lineage[dataset.lineage["parent"] != UNKNOWN]
    rows = dict(zip(pairs(lineage, "child", "parent"), lineage.index.tolist(), strict=True))
    used = _supporting(dataset).dropna(subset="utterance_id")
    used = used[["utterance_id", "evidence_id"]].set_axis(["child", "parent"], axis=1)
    above = grouped(pd.concat([lineage[["child", "parent"]], used]), "child", "parent")
    while True:
        try:
            TopologicalSorter(above).prepare()
            return
        except CycleError as error:
            circle = error.args[1][::-1]  # each before what it comes from
        row = min(rows[link] for link in pairwise(circle) if link in rows)
        yield from problems(
            "circle of lineage", pd.DataFrame({"circle": " → ".join(circle)}, [row])
        )
        above = {child: parents for child, parents in above.items() if child not in circle}
