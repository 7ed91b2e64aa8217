"""What is wrong in time: dates and their reasoning, evidence, and what came from what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx
import pandas as pd

from claimbrief.dataset import UNKNOWN, Dataset
from claimbrief.dates import When, edtf, order, parse
from claimbrief.errors import DateError, Problem

EXTERNAL = "+external"
WITH_WORDS = ("explicit", "relative_weekday", "relative_phrase")
NEEDS_BASIS = ("claimed_not_public", "shared_with_partners", "described")
NEEDS_LOCATOR = ("published", "published_verified")


def time_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with dates, with evidence in time and with lineage."""
    for table, column in (
        ("utterances", "date"),
        ("utterances", "outside_date"),
        ("sources", "published"),
        ("evidence_status", "as_of"),
        ("events", "date"),
    ):
        yield from _date_problems(dataset, table, column)
    for row, utterance in dataset.utterances.iterrows():
        yield from _reasoning_problems(utterance, int(str(row)))
    yield from _source_problems(dataset)
    yield from _status_problems(dataset)
    yield from _leakage_problems(dataset)
    yield from _lineage_problems(dataset)


def _bounds(text: str) -> When | None:
    """Return the bounds of a date; None where there is none or it is refused elsewhere."""
    try:
        return parse(text) if text else None
    except DateError:
        return None


def _by_id(table: pd.DataFrame, key: str, column: str) -> dict[str, When]:
    pairs = zip(table[key], table[column].map(_bounds), strict=True)
    return {str(name): when for name, when in pairs if isinstance(when, When)}


def _date_problems(dataset: Dataset, table: str, column: str) -> Iterator[Problem]:
    for row, text in dataset.table(table)[column].items():
        try:
            if text:
                parse(text)
        except DateError as error:
            _, _, accepted = str(error).partition("; accepted: ")
            yield Problem(
                table, int(str(row)), column, str(text), accepted, "write the date in this form"
            )


def _reasoning_problems(utterance: pd.Series[Any], row: int) -> Iterator[Problem]:
    basis, note = utterance["date_basis"], utterance["date_note"]
    plain = basis.removesuffix(EXTERNAL)
    if plain != "explicit" and not note:
        yield Problem(
            "utterances",
            row,
            "date_note",
            f"{basis} with no reasoning",
            "how the date was found",
            "write down the reasoning from the words to the date",
        )
    if plain.startswith(WITH_WORDS) and not utterance["date_words"]:
        yield Problem(
            "utterances",
            row,
            "date_words",
            f"{basis} with no words",
            "the source’s words of time",
            "copy the words from the source",
        )
    has_date, has_source = bool(utterance["outside_date"]), bool(utterance["outside_source_id"])
    if (basis.endswith(EXTERNAL) or has_date) and not has_source:
        yield Problem(
            "utterances",
            row,
            "outside_source_id",
            "an outside date with no source for it",
            "the source that gives the day",
            "name the source, or code the date without it",
        )
    if (basis.endswith(EXTERNAL) or has_source) and not has_date:
        yield Problem(
            "utterances",
            row,
            "outside_date",
            "an outside source with no date",
            "the day that it gives",
            "enter the day that the outside source gives",
        )
    date, outside = _bounds(utterance["date"]), _bounds(utterance["outside_date"])
    if basis.endswith(EXTERNAL) and date and outside and order(date, outside) != "undetermined":
        yield Problem(
            "utterances",
            row,
            "date",
            utterance["date"],
            f"a date within {edtf(outside)}",
            "mend the date or the outside date",
        )


def _source_problems(dataset: Dataset) -> Iterator[Problem]:
    published = _by_id(dataset.sources, "source_id", "published")
    said = _by_id(dataset.utterances, "utterance_id", "date")
    rows = {u: int(str(row)) for row, u in dataset.utterances["utterance_id"].items()}
    undated = dataset.sources.loc[dataset.sources["published"] == "", "source_id"]
    pairs = pd.concat([dataset.claims, dataset.reports])[["utterance_id", "source_id"]]
    for utterance_id, source_id in pairs.drop_duplicates().itertuples(index=False):
        if source_id not in published:
            if len(row := undated.index[undated == source_id]):
                yield Problem(
                    "sources",
                    int(row[0]),
                    "published",
                    "no day for a source that carries statements",
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
    for row, date, source_id in zip(
        dataset.utterances.index,
        dataset.utterances["outside_date"],
        dataset.utterances["outside_source_id"],
        strict=True,
    ):
        when = _bounds(date)
        if when and source_id in published and order(published[source_id], when) == "before":
            yield Problem(
                "utterances",
                int(row),
                "outside_date",
                date,
                f"a day no later than {source_id}, published {edtf(published[source_id])}",
                "mend the outside date or the source",
            )


def _status_problems(dataset: Dataset) -> Iterator[Problem]:
    for row, status in dataset.evidence_status.iterrows():
        publicity = status["publicity"]
        if publicity in NEEDS_BASIS and not status["basis"]:
            yield Problem(
                "evidence_status",
                int(str(row)),
                "basis",
                f"{publicity} with no basis",
                "what shows that it is so",
                "write down the basis",
            )
        if publicity in NEEDS_LOCATOR and not status["locator"]:
            yield Problem(
                "evidence_status",
                int(str(row)),
                "locator",
                f"{publicity} with no locator",
                "where the public can see it",
                "enter the locator, or another publicity",
            )


def _leakage_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield claims that are said to rest on an item known only from later days."""
    status = dataset.evidence_status
    first: dict[str, list[When]] = {}
    for evidence_id, text in zip(status["evidence_id"], status["as_of"], strict=True):
        if (when := _bounds(text)) is not None:
            first.setdefault(evidence_id, []).append(when)
    said = _by_id(dataset.utterances, "utterance_id", "date")
    of_claim = dict(zip(dataset.claims["claim_id"], dataset.claims["utterance_id"], strict=True))
    for row, link in dataset.claim_evidence.iterrows():
        when = said.get(of_claim.get(link["claim_id"], ""))
        known = first.get(link["evidence_id"], [])
        if when is None or link["relation"] == "says_none":
            continue
        if not known:
            yield Problem(
                "claim_evidence",
                int(str(row)),
                "evidence_id",
                f"{link['evidence_id']}, of no day",
                "an item with a row in evidence_status",
                "say how public the item was, and when",
            )
        elif all(order(when, day) == "before" for day in known):
            yield Problem(
                "claim_evidence",
                int(str(row)),
                "evidence_id",
                f"{link['evidence_id']}, first known on {edtf(known[0])}",
                f"an item known when the claim was made ({edtf(when)})",
                "mend evidence_status, or do not rest the claim on it",
            )


def _lineage_problems(dataset: Dataset) -> Iterator[Problem]:
    said = _by_id(dataset.utterances, "utterance_id", "date")
    known = {*dataset.utterances["utterance_id"], *dataset.evidence["evidence_id"]}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row, link in dataset.lineage.iterrows():
        number, child, parent = int(str(row)), link["child"], link["parent"]
        for column, name in (("child", child), ("parent", parent)):
            if name not in known and not (column == "parent" and name == UNKNOWN):
                yield Problem(
                    "lineage",
                    number,
                    column,
                    name,
                    "an utterance or an item of evidence"
                    + (", or unknown" if column == "parent" else ""),
                    "mend the key or add its row",
                )
        if parent != UNKNOWN:
            graph.add_edge(child, parent, row=number)
        if child in said and parent in said and order(said[child], said[parent]) == "before":
            yield Problem(
                "lineage",
                number,
                "child",
                f"{child} ({edtf(said[child])}) {link['relation']} {parent} ({edtf(said[parent])})",
                "a child that is not before its parent",
                "mend the dates or the lineage",
            )
    for cycle in nx.simple_cycles(graph):
        row = graph.edges[cycle[0], cycle[1 % len(cycle)]]["row"]
        yield Problem(
            "lineage",
            row,
            "parent",
            " → ".join([*cycle, cycle[0]]),
            "lineage that runs one way",
            "break the circle",
        )
