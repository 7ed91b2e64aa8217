"""What is wrong with dates: their form, their reasoning, and their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, Dataset, each_row
from claimbrief.dates import When, edtf, order, parse
from claimbrief.errors import DateError, Problem

EXTERNAL = "+external"
WITH_WORDS = ("explicit", "relative_weekday", "relative_phrase")


def time_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with dates: their form, their reasoning and their order."""
    for table, column in (
        ("utterances", "date"),
        ("utterances", "outside_date"),
        ("sources", "published"),
        ("evidence_status", "as_of"),
        ("events", "date"),
    ):
        yield from _date_problems(dataset, table, column)
    for utterance in each_row(dataset.utterances):
        yield from _reasoning_problems(utterance)
    yield from _source_problems(dataset)
    yield from _same_problems(dataset)


def bounds(text: str) -> When | None:
    """Return the bounds of a date; None where there is none or it is refused elsewhere."""
    try:
        return parse(text) if text else None
    except DateError:
        return None


def bounds_by_id(table: pd.DataFrame, key: str, column: str) -> dict[str, When]:
    """Return the bounds of the dates in a column, by key, where they can be read."""
    whens = {text: bounds(text) for text in table[column].unique()}
    pairs = zip(table[key].tolist(), map(whens.get, table[column].tolist()), strict=True)
    return {name: when for name, when in pairs if when is not None}


def _date_problems(dataset: Dataset, table: str, column: str) -> Iterator[Problem]:
    texts = dataset.table(table)[column]
    refused = {}
    for text in texts.unique():
        try:
            if text:
                parse(text)
        except DateError as error:
            refused[text] = str(error).partition("; accepted: ")[2]
    for row, text in texts[texts.isin(refused)].items():
        accepted, todo = refused[text], "write the date in this form"
        yield Problem(table, int(str(row)), column, text, accepted, todo)


def _reasoning_problems(utterance: Any) -> Iterator[Problem]:
    basis, note = utterance.date_basis, utterance.date_note
    plain = basis.removesuffix(EXTERNAL)
    if plain != "explicit" and not note:
        yield Problem(
            "utterances",
            utterance.Index,
            "date_note",
            f"{basis} with no reasoning",
            "how the date was found",
            "write down the reasoning from the words to the date",
        )
    if plain.startswith(WITH_WORDS) and not utterance.date_words:
        yield Problem(
            "utterances",
            utterance.Index,
            "date_words",
            f"{basis} with no words",
            "the source’s words of time",
            "copy the words from the source",
        )
    yield from _outside_problems(utterance)


def _outside_problems(utterance: Any) -> Iterator[Problem]:
    basis = utterance.date_basis
    has_date, has_source = bool(utterance.outside_date), bool(utterance.outside_source_id)
    if (basis.endswith(EXTERNAL) or has_date) and not has_source:
        yield Problem(
            "utterances",
            utterance.Index,
            "outside_source_id",
            "an outside date with no source for it",
            "the source that gives the day",
            "name the source, or code the date without it",
        )
    if (basis.endswith(EXTERNAL) or has_source) and not has_date:
        yield Problem(
            "utterances",
            utterance.Index,
            "outside_date",
            "an outside source with no date",
            "the day that it gives",
            "enter the day that the outside source gives",
        )
    date, outside = bounds(utterance.date), bounds(utterance.outside_date)
    if basis.endswith(EXTERNAL) and date and outside and order(date, outside) != "undetermined":
        yield Problem(
            "utterances",
            utterance.Index,
            "date",
            utterance.date,
            f"a date within {edtf(outside)}",
            "mend the date or the outside date",
        )


def _same_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield utterances that are said to be another one which cannot be the same speech event."""
    said = bounds_by_id(dataset.utterances, "utterance_id", "date")
    same_as = dict(
        zip(dataset.utterances["utterance_id"], dataset.utterances["likely_same_as"], strict=True)
    )
    for row, (utterance_id, same) in zip(dataset.utterances.index, same_as.items(), strict=False):
        is_known = same in said and utterance_id in said
        is_apart = is_known and order(said[utterance_id], said[same]) != "undetermined"
        if same and (same == utterance_id or same_as.get(same) or is_apart):
            yield Problem(
                "utterances",
                int(row),
                "likely_same_as",
                f"{same} ({edtf(said[same])})" if same in said else str(same),
                "another utterance that may be of the same day and is not itself told better",
                "mend the dates, or leave the cell empty",
            )


def _source_problems(dataset: Dataset) -> Iterator[Problem]:
    published = bounds_by_id(dataset.sources, "source_id", "published")
    said = bounds_by_id(dataset.utterances, "utterance_id", "date")
    rows = {u: int(str(row)) for row, u in dataset.utterances["utterance_id"].items()}
    is_undated = dataset.sources["published"] == ""
    undated = dataset.sources.loc[is_undated, "source_id"].drop_duplicates()
    row_of = dict(zip(undated, undated.index.tolist(), strict=True))
    own_words = set(
        dataset.claims.loc[dataset.claims["rendering"].isin(OUTLET_VOICES), "source_id"]
    )
    columns = ["utterance_id", "source_id"]
    pairs = pd.concat([dataset.claims[columns], dataset.reports[columns]]).drop_duplicates()
    for utterance_id, source_id in zip(*(pairs[name].tolist() for name in columns), strict=True):
        if source_id not in published:
            if source_id in row_of and source_id in own_words:
                yield Problem(
                    "sources",
                    row_of[source_id],
                    "published",
                    "no day for a source whose own words are coded",
                    "a day or its bounds",
                    "enter the day, or a range with its reasoning",
                )
        elif utterance_id in said and order(published[source_id], said[utterance_id]) == "before":
            yield Problem(
                "utterances",
                rows[utterance_id],
                "date",
                edtf(said[utterance_id]),
                f"a day no later than {source_id}, published {edtf(published[source_id])}",
                "mend the date or the day of publication",
            )
    outside = dataset.utterances[dataset.utterances["outside_date"] != ""]
    for row, date, source_id in zip(
        outside.index, outside["outside_date"], outside["outside_source_id"], strict=True
    ):
        when = bounds(date)
        if when and source_id in published and order(published[source_id], when) == "before":
            yield Problem(
                "utterances",
                int(row),
                "outside_date",
                date,
                f"a day no later than {source_id}, published {edtf(published[source_id])}",
                "mend the outside date or the source",
            )
