"""The positions by day in words: title, tallies, turning points, marks and descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.positions_by_day import DISMISSES, DRAWN, NOT_SO, positions_taken
from claimbrief.analysis.turning_points import (
    CONTRADICTED,
    FIRST_DENIAL,
    NOT_SO_YET,
    PUBLISHED,
    TURNED,
)
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.dates import When, edtf
from claimbrief.links import plain, statement_text
from claimbrief.statements import NOT_YET
from claimbrief.view import LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.wording import (
    capitalised,
    counted,
    day,
    described,
    listed,
    number,
    short_dated,
)

TITLE_WORDS = 14  # so many words at most
SIDES_NAMED = 2  # so many sides of a turning point have their names; of more, the first
ARTICLES = ("the ", "an ", "a ")
NO_TITLE = "What each side said on each claim, by day"
SUBTITLE = (
    "What each side said on each claim, by day. Large mark: its first statement with that position"
)
LATER_MARKS = "; small: a later one."
KEY = {
    SAYS_SO: "said so",
    SAYS_LIKELY: "called it likely",
    LEAVES_OPEN: "left it open",
    DISMISSES: "dismissed it as false",
    NOT_SO: "said that it, or part of it, is not so (yet)",
}


def side_label(side: str, context: Context) -> str:
    """Return how a side is called at its track: "US", "Unnamed engineers"."""
    name = context.abbreviations[side]
    article = next((article for article in ARTICLES if name.lower().startswith(article)), "")
    return capitalised(name[len(article) :])


def title(questions: pd.DataFrame, context: Context) -> str:
    """Return what the chart finds: how many say so, of the first question and of one more.

    The title question comes last. Of the other questions the next one whose words fit is named.
    """
    counts = [
        (row.is_title, _count_words(row, context.question_within(row.question_id)))
        for row in each_row(questions)
    ]
    first, *more = [words for is_title, words in counts if words and not is_title] or [""]
    last = next((words for is_title, words in counts if is_title), "")
    for second in (*more, ""):
        words = ", ".join(filter(None, [first, second, last]))
        if len(words.split()) <= TITLE_WORDS:
            break
    return capitalised(words) or NO_TITLE


def _count_words(row: Any, short: str) -> str:
    """Return how many sides say so on a question: "two say cracked"; "" if that is not to be said.

    Of the title question also that nobody says so, or no government.
    """
    says_so = _number_say(row.says_so, row.says_so_possible, short)
    if not row.is_title:
        return says_so
    if row.said_by == "nobody":
        return f"nobody says {short}"
    if row.said_by == "others":
        return f"no government says {short}"
    return says_so or _number_say(row.says_likely, row.says_likely_possible, f"likely {short}")


def _number_say(certain: int, possible: int, short: str) -> str:
    if certain:
        return f"{number(certain)} {'says' if certain == 1 else 'say'} {short}"
    says = "says" if possible == 1 else "say"
    return f"possibly {number(possible)} {says} {short}" if possible else ""


def tally(taken: Sequence[Any]) -> list[tuple[str, str]]:
    """Return the positions on a question, each with how many sides hold it: "20 say so".

    `taken` are rows of `positions_taken`. What some sides only possibly hold is marked.
    """
    found = []
    for position in DRAWN:
        rows = [row for row in taken if row.position == position]
        if rows:
            possible = sum(row.certainty != "certain" for row in rows)
            are_all = possible == len(rows)
            words = f"{len(rows)} {'possibly ' if are_all else ''}{_verb(position, rows)}"
            some = f" ({possible} possibly)" if possible and not are_all else ""
            found.append((position, words + some))
    return found


def _verb(position: str, rows: Sequence[Any]) -> str:
    """Return what sides do with a claim, as it is written after their number."""
    is_single = len(rows) == 1
    say, call = ("says", "calls") if is_single else ("say", "call")
    if position == NOT_SO:
        are_yet = [row.stance == NOT_YET for row in rows]
        what = "not yet" if all(are_yet) else "not so or not yet" if any(are_yet) else "not so"
        return f"{say} {what}"
    if position == SAYS_LIKELY:
        return f"{call} it likely"
    if position == SAYS_SO:
        return f"{say} so"
    if position == DISMISSES:
        return "dismisses it" if is_single else "dismiss it"
    return "leaves it open" if is_single else "leave it open"


def rest_words(taken: Sequence[Any]) -> str:
    """Return how many sides have no track, and how many of these say so; "" for none."""
    more = len({row.side for row in taken})
    if not more:
        return ""
    found = tally(taken)
    if len(found) == 1:
        return "and " + found[0][1].replace(" ", " more ", 1)
    return f"and {more} more ({found[0][1]})"


def point_words(point: Any, context: Context) -> tuple[str, str]:
    """Return the days of a turning point and what happened: "18 May", "Velland shows one item"."""
    first, last = point.first.date(), point.last.date()
    days = short_dated(edtf(When(first, last)), context.at.year)
    names = [side_label(side, context) for side in point.sides]
    if len(names) > SIDES_NAMED:
        names = [names[0], f"{number(len(names) - 1)} more"]
    sides, is_single = listed(names), len(point.sides) == 1
    short = context.question_within(point.question_id)
    words = {
        PUBLISHED: f"{sides} {'shows' if is_single else 'show'} {counted(point.count, 'item')}",
        TURNED: f"{sides} {'comes' if is_single else 'come'} to say so",
        NOT_SO_YET: f"{sides} {'says' if is_single else 'say'} not yet {short}",
        CONTRADICTED: f"{sides} {'says' if is_single else 'say'} not {short}",
        FIRST_DENIAL: f"first denial, by {sides}",
    }[point.kind]
    return days, words


def mark_words(row: Any, context: Context) -> str:
    """Return a mark in words: "Blinken (US, 31 Oct) said that it is not yet so that …"."""
    who = capitalised(context.cited[row.claim_id].full)
    possibly = "" if row.certainty == "certain" else ", possibly,"
    said = plain(statement_text(row.stance_label, [(row.proposition, "", row.bare_quote)]))
    return f"{who}{possibly} {said.rstrip('.')}."


def alt_text(marks: pd.DataFrame, questions: pd.DataFrame, context: Context) -> str:
    """Return what the chart is and finds: how many sides hold each position on each question."""
    sides = counted(marks["side"].nunique(), "side")
    on = counted(len(questions), "claim")
    lead = f"Rows of marks by day, as of {day(context.at.as_of)}: what {sides} said on {on}."
    taken = positions_taken(marks)
    found = [
        f"{context.short_questions[code]}: "
        + (", ".join(words for _, words in tally(_on(taken, code))) or "no statement")
        for code in questions["question_id"]
    ]
    return f"{lead} {'; '.join(found)}." if found else lead


def _on(taken: pd.DataFrame, question: str) -> list[Any]:
    return list(each_row(taken[taken["question_id"] == question]))


def description(
    marks: pd.DataFrame, questions: pd.DataFrame, points: pd.DataFrame, context: Context
) -> str:
    """Return each side's path on each question in words, and the turning points."""
    if marks.empty:
        return "No statement in the window."
    parts = []
    for code in questions["question_id"]:
        for side, path in marks[marks["question_id"] == code].groupby("side", sort=False):
            label = f"{context.short_questions[code]}, {side_label(str(side), context)}"
            parts.append(f"{label}: {', '.join(_step(row, context) for row in each_row(path))}")
    turning = [": ".join(point_words(point, context)) for point in each_row(points)]
    return described([*parts, *turning])


def _step(row: Any, context: Context) -> str:
    possibly = "" if row.certainty == "certain" else "possibly "
    not_so = f"said that it is not {'yet ' if row.stance == NOT_YET else ''}so"
    words = {**KEY, NOT_SO: not_so}[row.position]
    return f"{short_dated(row.when, context.at.year)} {possibly}{words}"
