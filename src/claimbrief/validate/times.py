"""What is wrong with dates: their form, their reasoning, and their order."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, Dataset
from claimbrief.dates import parse
from claimbrief.errors import DateError, Problem
from claimbrief.validate.rows import bounds, dates_by_id, dates_of, problems

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
    are_apart = _are_apart(bounds(utterances["date"]), bounds(utterances["outside_date"]))
    is_external = utterances["date_basis"].str.endswith("+external")
    yield from problems("date within outside date", utterances[is_external & are_apart])
    yield from _publication_problems(dataset)
    yield from _same_problems(utterances)


def _form_problems(table: pd.DataFrame, name: str, column: str) -> Iterator[Problem]:
    accepted = {}
    for text in table[column].unique().tolist():
        try:
            if text:
                parse(text)
        except DateError as error:
            accepted[text] = str(error).partition("; accepted: ")[2]
    rows = table.assign(accepted=table[column].map(accepted))
    yield from problems("form of date", rows[table[column].isin(accepted)], name, column)


def _are_apart(first: pd.DataFrame, second: pd.DataFrame) -> pd.Series[bool]:
    """Return whether two dates, row by row, have no day in common; False if one is missing."""
    return (first["latest"] < second["earliest"]) | (second["latest"] < first["earliest"])


def _same_problems(utterances: pd.DataFrame) -> Iterator[Problem]:
    """Yield the utterances that cannot be the speech event that they are likely to be."""
    said = dates_by_id(utterances, "utterance_id", "date")
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
    dates = dates_by_id(sources, "source_id", "published")
    page = ["utterance_id", "source_id"]
    pages = pd.concat([claims[page], dataset.reports[page]]).drop_duplicates()
    carried = utterances.reset_index().merge(pages, on="utterance_id").set_index("row")
    yield from problems("date by publication", _late(carried, "date", dates))
    outside = utterances.assign(source_id=utterances["outside_source_id"])
    yield from problems("outside date by publication", _late(outside, "outside_date", dates))


def _late(rows: pd.DataFrame, column: str, dates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose date is later than its `source_id` was published, on `published`."""
    rows = rows.assign(published=rows["source_id"].map(dates["text"]))
    return rows[dates_of(rows["source_id"], dates["latest"]) < bounds(rows[column])["earliest"]]
