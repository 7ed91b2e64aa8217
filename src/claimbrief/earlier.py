"""What a block showed on the earlier days of a window, so that a page can be moved back.

The block of each day is made by the function that makes the last one: nothing is worked out anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby

from claimbrief.analysis.days import views_by_day
from claimbrief.blocks import Prose, Row, Run, Style, Table, Text, Version
from claimbrief.view import View

WORD = re.compile(r"\s+|\S+\s*")
_Key = tuple[str, tuple[str, Style]]  # a word, and its link and style


@lru_cache(maxsize=64)
def table_by_day(make: Callable[[View], Table], seen: View) -> Table:
    """Return the table of a view, each row with the versions of its cells on earlier days.

    Rows are told apart by their first cell and columns by their label; a row that the last day
    does not have is left out, and a column that an earlier day did not have was empty.
    """
    tables = {day: make(one) for day, one in views_by_day(seen).items()}
    last = tables[seen.at.as_of]
    cells = {day: _cells(table) for day, table in tables.items()}
    return replace(last, rows=tuple(_row(row, last, cells) for row in last.rows))


@lru_cache(maxsize=64)
def prose_by_day(make: Callable[[View], Prose], seen: View) -> Prose:
    """Return the sentences of a view, each with its versions on earlier days.

    A paragraph is told apart by its first words: those in bold, or else its place.
    """
    proses = {day: make(one) for day, one in views_by_day(seen).items()}
    keyed = {day: _paragraphs(prose) for day, prose in proses.items()}
    order: list[str] = []
    for paragraphs in reversed(keyed.values()):
        _merge(order, list(paragraphs))
    slots = [_versions({day: one.get(key) for day, one in keyed.items()}) for key in order]
    return replace(proses[seen.at.as_of], versions=tuple(slots) if len(proses) > 1 else ())


def _merge(order: list[str], keys: Sequence[str]) -> None:
    """Put the keys that an order does not have into it, each after the one that it follows."""
    for place, key in enumerate(keys):
        if key not in order:
            order.insert(order.index(keys[place - 1]) + 1 if place else 0, key)


def _paragraphs(prose: Prose) -> dict[str, Text]:
    """Return the paragraphs by what tells each apart."""
    return {
        paragraph[0].text if paragraph[0].style == "strong" else str(place): paragraph
        for place, paragraph in enumerate(prose.paragraphs)
        if paragraph
    }


def _cells(table: Table) -> dict[str, dict[str, Text]]:
    """Return the cells of a table by row and by the column's label."""
    labels = [column.label for column in table.columns]
    return {_key(row): dict(zip(labels, row.cells, strict=True)) for row in table.rows}


def _key(row: Row) -> str:
    return "".join(run.text for run in row.cells[0])


def _row(row: Row, table: Table, cells: Mapping[date, dict[str, dict[str, Text]]]) -> Row:
    key = _key(row)
    days = [day for day, rows in cells.items() if key in rows]
    versions = []
    for column in table.columns:
        told = {day: rows[key].get(column.label, ()) for day, rows in cells.items() if key in rows}
        found = _versions(told)
        versions.append(found if any(one.since or one.until for one in found) else ())
    since = days[0].isoformat() if days[0] != next(iter(cells)) else ""
    return replace(row, since=since, versions=tuple(versions) if any(versions) else ())


def _versions(told: Mapping[date, Text | None]) -> tuple[Version, ...]:
    """Return what was told through the days: words that stand, and in between words of some days.

    On a day that tells nothing (None) no word stands.
    """
    days = list(told)
    kept: list[_Word] = []
    now: list[_Word] = []
    for place, words in enumerate(told.values()):
        now = _aligned(kept, now, _words(words or ()), place)
    found = []
    for (first, last), run in groupby(kept, key=lambda word: (word.first, word.last)):
        since = days[first].isoformat() if first else ""
        until = "" if last == len(days) - 1 else days[last].isoformat()
        found.append(Version(since, until, _joined(run)))
    return tuple(found)


@dataclass(eq=False)
class _Word:
    """A word of a text with the first and the last day, as places among the days, that tell it.

    `run` is the style and link that it has in common with the words beside it.
    """

    text: str
    run: tuple[str, Style]
    first: int
    last: int


def _words(text: Text) -> list[_Key]:
    """Return a text cut into words, each with the space after it; a footnote stays whole."""
    return [
        (word, (run.href, run.style))
        for run in text
        for word in ([run.text] if run.style == "note" else WORD.findall(run.text))
    ]


def _aligned(kept: list[_Word], before: list[_Word], words: list[_Key], place: int) -> list[_Word]:
    """Put a day's words among all that are kept, those that stay once; return the day's."""
    now: list[_Word] = []
    told = [(word.text, word.run) for word in before]
    if told == words:  # as on most days
        for word in before:
            word.last = place
        return before
    matcher = SequenceMatcher(None, told, words, autojunk=False)
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
    """Return words as runs again, those of one style and link together."""
    return tuple(
        Run("".join(word.text for word in same), *run)
        for run, same in groupby(words, key=lambda word: word.run)
    )
