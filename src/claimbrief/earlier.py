"""What a block showed on the earlier days of a window, so that a page can be moved back.

The block of each day is made by the function that makes the last day's: nothing is computed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import wraps
from itertools import groupby
from typing import Any

import pandas as pd

from claimbrief.blocks import Prose, Row, Table
from claimbrief.context import Context
from claimbrief.texts import Run, Style, Text, Version

WORD = re.compile(r"\s+|\S+\s*")
_Look = tuple[str, Style, str]  # link, style and language
_Key = tuple[str, _Look]  # a word and its look
Paragraphs = Mapping[date, Mapping[str, Text]]  # of each day, by key, in order
MakeTable = Callable[[pd.DataFrame, Context], Table]


def through_days(make: MakeTable) -> MakeTable:
    """Return a function that makes the same table from a frame of one day or of several days.

    Several days stand in the frame's column `as_of` (see `claimbrief.analysis.days.by_day`): then
    each cell of the last day's table has its versions on the earlier days. Rows and columns are
    told apart by their keys; a row that the last day does not have is left out, and a column that
    an earlier day did not have was empty.
    """

    @wraps(make)
    def table(frame: pd.DataFrame, context: Context) -> Table:
        if "as_of" not in frame:
            return make(frame, context)
        tables = {}
        for day in context.days:
            rows = frame[frame["as_of"] == day.isoformat()].drop(columns="as_of")
            tables[day] = make(rows, replace(context, at=replace(context.at, as_of=day)))
        last = tables[context.at.as_of]
        cells = {day: _cells(table) for day, table in tables.items()}
        return replace(last, rows=tuple(_row(row, last, cells) for row in last.rows))

    return table


def _cells(table: Table) -> dict[str, dict[str, Text]]:
    keys = [column.key for column in table.columns]
    return {row.key: dict(zip(keys, row.cells, strict=True)) for row in table.rows}


def _row(row: Row, table: Table, cells: Mapping[date, dict[str, dict[str, Text]]]) -> Row:
    days = [day for day, rows in cells.items() if row.key in rows]
    versions = []
    for column in table.columns:
        found = versions_of({day: cells[day][row.key].get(column.key, ()) for day in days})
        versions.append(found if any(version.since or version.until for version in found) else ())
    since = days[0].isoformat() if days[0] != next(iter(cells)) else ""
    return replace(row, since=since, versions=tuple(versions) if any(versions) else ())


def paragraph_versions(by_day: Paragraphs) -> tuple[tuple[Version, ...], ...]:
    """Return the paragraphs of a text through the days, each with its versions."""
    order: list[str] = []
    for paragraphs in reversed(list(by_day.values())):
        _merge(order, list(paragraphs))
    return tuple(versions_of({day: own.get(key) for day, own in by_day.items()}) for key in order)


def prose_by_day(block_id: str, by_day: Paragraphs, context: Context, **fields: Any) -> Prose:
    """Return prose of the brief's day, with what it was on the other days if there are any."""
    versions = paragraph_versions(by_day) if len(by_day) > 1 else ()
    paragraphs = tuple(by_day[context.at.as_of].values())
    return Prose(block_id, paragraphs, versions=versions, **fields)


def _merge(order: list[str], keys: Sequence[str]) -> None:
    """Insert the keys that an order lacks, each after the key that comes before it."""
    for place, key in enumerate(keys):
        if key not in order:
            order.insert(order.index(keys[place - 1]) + 1 if place else 0, key)


def versions_of(texts: Mapping[date, Text | None]) -> tuple[Version, ...]:
    """Return a text over the days: words of every day and, between them, words of some days.

    A day without a text (None) has no words.
    """
    days = list(texts)
    kept: list[_Word] = []
    now: list[_Word] = []
    for place, words in enumerate(texts.values()):
        now = _aligned(kept, now, _words(words or ()), place)
    found = []
    for (first, last), run in groupby(kept, key=lambda word: (word.first, word.last)):
        since = days[first].isoformat() if first else ""
        until = "" if last == len(days) - 1 else days[last].isoformat()
        found.append(Version(since, until, _joined(run)))
    return tuple(found)


@dataclass(eq=False)
class _Word:
    """A word of a text with the first and the last day, as places among the days, that have it.

    `run` is the link, style and language that it has in common with the words beside it.
    """

    text: str
    run: _Look
    first: int
    last: int


def _words(text: Text) -> list[_Key]:
    """Return a text cut into words, each with the space after it; a footnote stays whole."""
    return [
        (word, (run.href, run.style, run.lang)) for run in text for word in WORD.findall(run.text)
    ]


def _aligned(kept: list[_Word], before: list[_Word], words: list[_Key], place: int) -> list[_Word]:
    """Merge a day's words into all words kept, unchanged ones once; return the day's."""
    now: list[_Word] = []
    earlier = [(word.text, word.run) for word in before]
    if earlier == words:  # as on most days
        for word in before:
            word.last = place
        return before
    matcher = SequenceMatcher(None, earlier, words, autojunk=False)
    for step, start, end, new, new_end in matcher.get_opcodes():
        if step == "equal":
            for word in before[start:end]:
                word.last = place
            now += before[start:end]
            continue
        after = kept.index(before[start]) if start < len(before) else _end(kept, before)
        added = [_Word(*word, place, place) for word in words[new:new_end]]
        kept[after:after] = added
        now += added
    return now


def _end(kept: list[_Word], before: list[_Word]) -> int:
    """Return the place after the last word of the day before; of a day without words, the end."""
    return kept.index(before[-1]) + 1 if before else len(kept)


def _joined(words: Iterable[_Word]) -> Text:
    """Return words as runs again, those of the same look together."""
    return tuple(
        Run("".join(word.text for word in same), *run)
        for run, same in groupby(words, key=lambda word: word.run)
    )
