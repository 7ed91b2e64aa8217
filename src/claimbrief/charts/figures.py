"""Figures claimed: a row per number, by what it is of and by the side that gives it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from claimbrief.analysis.figures import NUMBER, Ends, Spread, figures_by_side, spread, without_parts
from claimbrief.blocks import Figure
from claimbrief.charts.canvas import WIDTH
from claimbrief.charts.count_grid import count_grid
from claimbrief.charts.figures_drawing import ROW, common_month, common_word, draw, layout, row_text
from claimbrief.context import Context
from claimbrief.dates import parse
from claimbrief.texts import text
from claimbrief.wording import between, capitalised, counted, day, described, figure, number, up_to

BLOCK = "chart-figures-claimed"
NARROW = 268.5  # points: 358 px
PAGE = 620.0  # points: the height that a printed page takes
# Where ranges start: 0, 1, 2, 5, 10, 20, 50, ...
RANGE_STARTS = [0, *(digit * 10**power for power in range(19) for digit in (1, 2, 5))]
IN_WORDS = 12  # how many people are written in words


def figures_claimed(frame: pd.DataFrame, context: Context) -> Figure:
    """Return the frame `figures_claimed` as a chart: a row per number that a side gives.

    It shows what is said to be so, or likely. Too many numbers for a page are counted by topic and
    range.
    """
    asserted, found = frame[frame["is_assertion"]], spread(frame)
    given = set(asserted["topic"])
    topics = [topic for topic in context.questions if topic in given]
    if found is not None:  # first what the caption tells of
        topics.sort(key=lambda topic: topic != found.topic)
    if len(asserted.drop_duplicates(NUMBER)) * ROW > PAGE:
        return _count_grid(asserted, found, topics, context)
    by_side = figures_by_side(frame)
    rows = layout(by_side, topics, WIDTH, found, context)
    if rows.height > PAGE:
        return _count_grid(asserted, found, topics, context)
    canvas, wide = draw(rows, BLOCK, context)
    narrow = draw(layout(by_side, topics, NARROW, found, context), f"{BLOCK}-narrow", context)[1]
    words = [row_text(number.row, context) for number in rows.numbers]
    return Figure(
        block_id=BLOCK,
        caption=text(_caption(found, context)),
        subtitle=text(_subtitle(by_side, found, context)),
        alt=_alt(by_side, topics, context),
        description=described(words, "; ") if words else "Nobody says how many.",
        **vars(wide),
        narrow=narrow if len(by_side) else None,
        note=text(_note(by_side, len(frame) - len(asserted), _parts(asserted))),
        numbers=_numbers(frame, by_side, found),
        is_empty=by_side.empty,
        drawn=canvas,
    )


def _caption(found: Spread | None, context: Context) -> str:
    """Return what the chart finds: how far apart the figures are on the question with the most."""
    if found is None:
        return "Nobody says how many"
    of = context.short_questions[found.topic]
    possibly = "" if found.is_certain else "possibly "
    if found.is_single:
        return f"{of}: the only figure is {possibly}{_in_words(found.lowest)} ({found.people})"
    when = f"{'on' if found.day else 'by'} {_day(found, context)}"
    low = _end(found.lowest, is_report=found.lowest_is_report)
    high = _end(found.highest, is_report=found.highest_is_report)
    return f"{of}: figures {when} ran {possibly}from {low} {up_to(high)}"


def _end(ends: Ends, *, is_report: bool) -> str:
    return f"{figure(*ends)}{' (reportedly)' if is_report else ''}"


def _day(found: Spread, context: Context) -> str:
    """Return the day of which the caption tells: that of the figures, or the brief's own."""
    value = parse(found.day).latest if found.day else context.at.as_of
    return context.month_day(value)


def _in_words(ends: Ends) -> str:
    """Return a figure in words, if it is so low that they are short."""
    low, high, qualifier = ends
    if low is None or high is None or qualifier or not 0 < high <= IN_WORDS:
        return figure(*ends)
    return between(low, high)


def _subtitle(by_side: pd.DataFrame, found: Spread | None, context: Context) -> str:
    """Return what is drawn, and what stands out in it."""
    month = common_month(by_side, context)
    first = f", each by its first day in {month}" if month else ""
    words = f"Figures stated as fact, or as likely{first}."
    if found is not None and found.day:
        day = _day(found, context)
        words += f" Bold: {context.short_questions[found.topic]}, on {day}."
    if by_side["is_report"].astype(bool).any():
        words += " Starred: only reported."
    people = common_word(by_side)
    if people and by_side["people"].nunique() > 1:
        words += f" {capitalised(people)}, unless stated otherwise."
    elif people:
        words += f" Of {people}."
    return words


def _parts(asserted: pd.DataFrame) -> int:
    """Return how many figures are, in all likelihood, parts of higher ones."""
    return len(asserted) - len(without_parts(asserted))


def _note(by_side: pd.DataFrame, left_out: int, parts: int) -> str:
    words = "These are claims, not counts."
    if len(by_side) > 1:
        words = "Claims, not counts: do not add them up."
    reasons = {
        "predicted, denied, passed on or called possible": left_out,
        "within a higher one": parts,
    }
    found = [f"{number(count)} {reason}" for reason, count in reasons.items() if count]
    if found:
        words += f" Not drawn: {', and '.join(found)}."
    return words


def _numbers(frame: pd.DataFrame, by_side: pd.DataFrame, found: Spread | None) -> dict[str, object]:
    numbers: dict[str, object] = {
        "figures": len(frame),
        "shown": len(by_side),
        "left_out": int((~frame["is_assertion"].astype(bool)).sum()),
        "parts": _parts(frame[frame["is_assertion"]]),
    }
    if found is not None:
        ends = {"lowest": list(found.lowest[:2]), "highest": list(found.highest[:2])}
        numbers |= {"topic": found.topic, "day": found.day, **ends}
    return numbers


def _alt(by_side: pd.DataFrame, topics: Sequence[str], context: Context) -> str:
    """Return what the chart is and finds: how many numbers each topic has, and their range."""
    lead = f"Rows of marks as of {day(context.at.as_of)}: {counted(len(by_side), 'number')}."
    parts = []
    for topic in topics:
        own = by_side[by_side["topic"] == topic]
        ends = own[["low", "high"]]
        span = figure(int(ends.min().min()), int(ends.max().max()))
        sides = counted(own["side"].nunique(), "side")
        parts.append(f"{context.short_questions[topic]}, {span}, given by {sides}")
    return lead + (f" {capitalised('; '.join(parts))}." if parts else "")


def _count_grid(
    frame: pd.DataFrame, found: Spread | None, topics: list[str], context: Context
) -> Figure:
    ends = frame["high"].fillna(frame["low"])
    starts = ends.map(lambda end: RANGE_STARTS[bisect_right(RANGE_STARTS, int(end)) - 1])
    cells = pd.DataFrame({"row": frame["topic"], "column": starts.map(str)})
    cells = cells.reset_index(drop=True).value_counts(sort=False).reset_index(name="count")
    rows = {topic: context.short_questions[topic] for topic in topics}
    ranges = [it for it in pairwise(RANGE_STARTS) if starts.min() <= it[0] <= starts.max()]
    columns = {str(start): f"{start:,} to {end:,}" for start, end in ranges}
    note = (
        f"There are {number(len(frame))} figures, too many for a row each. A cell counts the "
        "claims with a figure, or the higher end of a range, from the first number to just "
        "below the second; “at least” and “at most” count with the number that they name. "
        "These are claims, not counts: some may be of all the people, others of a part."
    )
    return Figure(
        caption=text(_caption(found, context)),
        subtitle=text("How many figures of each size were given, by what they are of"),
        alt=f"Grid of counts by topic and range: {counted(len(frame), 'figure')}.",
        **count_grid(BLOCK, cells, rows, columns, note),
        numbers={"figures": len(frame)},
    )
