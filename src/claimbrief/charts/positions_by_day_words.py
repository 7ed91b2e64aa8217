"""The positions by day in words: title, tallies, turning points, marks and descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.answers_by_side import DISMISSES, NOT_SO
from claimbrief.analysis.positions_by_day import (
    DRAWN,
    FIRST_DENIAL,
    NOT_SO_YET,
    PUBLISHED,
    SAID_NOT_SO,
    TURNED,
    positions_taken,
)
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.dates import When, edtf
from claimbrief.links import claim_in_words, may
from claimbrief.lookups import rows_by
from claimbrief.statements import NOT_YET
from claimbrief.view import LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.wording import capitalised, counted, day, described, listed, number, without_article

TITLE_WORDS = 14  # how many words at most
NAMED = 2  # how many sides or speakers of a turning point are named; of more, the first
NO_TITLE = "What each side said on each claim, by day"
NO_STATEMENT = "no statement"
KEY = {
    SAYS_SO: "said so",
    SAYS_LIKELY: "called it likely",
    LEAVES_OPEN: "left it open",
    DISMISSES: "dismissed it",
    NOT_SO: "said not so, not yet or not all",
}
VERBS = {  # of one side, and of several
    SAYS_SO: ("says so", "say so"),
    SAYS_LIKELY: ("calls it likely", "call it likely"),
    LEAVES_OPEN: ("leaves it open", "leave it open"),
    DISMISSES: ("dismisses it", "dismiss it"),
}


def side_label(side: str, context: Context) -> str:
    """Return a side's name at its track: "US", "Unnamed engineers"."""
    return capitalised(without_article(context.abbreviations[side]))


def title(questions: pd.DataFrame, context: Context) -> str:
    """Return what the chart finds: how many say so, on the first question and on one more.

    The title question comes last. Of the other questions the next one whose words fit is named.
    """
    counts = [
        (row.is_title, context.short_questions[row.question_id], _count_words(row))
        for row in each_row(questions)
    ]
    first, *more = [it[1:] for it in counts if it[2] and not it[0]] or [("", "")]
    last = next((it[1:] for it in counts if it[0]), ("", ""))
    for second in (*more, ("", "")):
        words = _in_short([found for found in (first, second, last) if found[1]])
        if len(words.split()) <= TITLE_WORDS:
            break
    return capitalised(words) or NO_TITLE


def subtitle(marks: pd.DataFrame, questions: pd.DataFrame, *, are_first: bool) -> str:
    """Return what is drawn, and that sides hold two positions, where some do."""
    what = "Statements by day"
    if not questions["is_to_come"].any():
        what += ", without forecasts"
    parts = [f"{what}; {'mark' if are_first else 'large mark'}: a side’s first with that position"]
    taken = positions_taken(marks)
    twice = taken.loc[taken.duplicated(["question_id", "side"]), "side"].nunique()
    if twice:
        parts.append(f"{'One side counts' if twice == 1 else 'Some sides count'} twice")
    return f"{'. '.join(parts)}."


def _in_short(counts: Sequence[tuple[str, str]]) -> str:
    """Return counts as a title: "Cracked: two say so. Unsafe: one"; the verb once."""
    parts = [f"{short}: {words}" for short, words in counts]
    verbs = (" say so", " says so")
    for at in range(1, len(parts)):
        for verb in verbs:
            if parts[0].endswith(verbs):
                parts[at] = parts[at].removesuffix(verb)
    return ". ".join(parts)


def _count_words(row: Any) -> str:
    """Return how many sides say so on a question: "two say so"; "" if that is not to be said.

    For the title question also "nobody says so", or "no government".
    """
    says_so = _number_do(row.says_so, row.says_so_possible, "say so")
    if not row.is_title:
        return says_so
    if row.said_by == "nobody":
        return "nobody says so"
    if row.said_by == "others":
        return "no government says so"
    return says_so or _number_do(row.says_likely, row.says_likely_possible, "call it likely")


def _number_do(certain: int, possible: int, verb: str) -> str:
    """Return how many sides do something: "two say so", "possibly one says so"; "" for none."""
    count = certain or possible
    first, _, rest = verb.partition(" ")
    words = f"{number(count)} {first}{'s' if count == 1 else ''} {rest}"
    return "" if not count else words if certain else f"possibly {words}"


def tally(taken: Sequence[Any]) -> list[tuple[str, str]]:
    """Return the positions on a question, each with how many sides hold it: "20 say so".

    `taken` are rows of `positions_taken`. What some sides only possibly hold is marked.
    """
    found = []
    for position in DRAWN:
        rows = [row for row in taken if row.position == position]
        if rows:
            possible = sum(row.certainty != "certain" for row in rows)
            sure = [row for row in rows if row.certainty == "certain"]
            counted_rows = sure or rows
            words = f"{len(counted_rows)} {_verb(position, counted_rows)}"
            words = words if sure else f"possibly {words}"
            more = f" (possibly {possible} more)" if possible and sure else ""
            found.append((position, words + more))
    return found


def _verb(position: str, rows: Sequence[Any]) -> str:
    """Return what sides do with a claim, as it is written after their number."""
    are_several = len(rows) > 1
    if position != NOT_SO:
        return VERBS[position][are_several]
    are_yet = [row.stance == NOT_YET for row in rows]
    what = "not yet" if all(are_yet) else "not so or not yet" if any(are_yet) else "not so"
    return f"{'say' if are_several else 'says'} {what}"


def lead_of(taken: Sequence[Any], said_by: str = "") -> str:
    """Return how many say so, as it is written in a row; that there is no statement.

    Of the title question `said_by` (see `position_tallies`) tells whether a government is of them.
    """
    if not taken:
        return NO_STATEMENT
    words = next((words for position, words in tally(taken) if position == SAYS_SO), "")
    return f"{words}, no government" if words and said_by == "others" else words


def point_words(point: Any, context: Context) -> tuple[str, str]:
    """Return the days of a turning point and what happened: "18 May", "Velland shows one item"."""
    first, last = point.first.date(), point.last.date()
    days = context.short_dated(edtf(When(first, last)))
    sides = _few([side_label(side, context) for side in point.sides])
    speakers = capitalised(_few(point.speakers))
    short = context.short_questions.get(point.question_id, "")
    words = {
        PUBLISHED: f"{sides} showed {counted(point.count, 'thing')}",
        TURNED: f"{sides} came to say so",
        NOT_SO_YET: f"{speakers} on “{short}”: not yet",
        SAID_NOT_SO: f"{speakers} on “{short}”: not so",
        FIRST_DENIAL: f"{sides} first dismissed or denied a claim",
    }[point.kind]
    return days, words


def _few(names: Sequence[str]) -> str:
    """Return two names, or of more the first and how many others there are."""
    if len(names) > NAMED:
        names = [names[0], f"{number(len(names) - 1)} more"]
    return listed(names)


def mark_words(row: Any, context: Context) -> str:
    """Return a mark in words: "Blinken (US, 31 Oct) said that it is not yet so that …"."""
    who = capitalised(context.cited[row.claim_id].full)
    possibly = "" if row.certainty == "certain" else ", possibly,"
    return f"{who}{possibly} {claim_in_words(row).rstrip('.')}."


def alt_text(marks: pd.DataFrame, questions: pd.DataFrame, context: Context) -> str:
    """Return what the chart is and finds: how many sides hold each position on each question."""
    sides = counted(marks["side"].nunique(), "side")
    on = counted(len(questions), "claim")
    lead = f"Rows of marks by day, as of {day(context.at.as_of)}: what {sides} said on {on}."
    taken = rows_by(positions_taken(marks), "question_id")
    found = [
        f"{context.short_questions[code]}: "
        + (", ".join(words for _, words in tally(taken.get((code,), []))) or NO_STATEMENT)
        for code in questions["question_id"]
    ]
    return f"{lead} {'; '.join(found)}." if found else lead


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
    not_so = f"said that it is not {'yet ' if row.stance == NOT_YET else ''}so"
    words = {**KEY, NOT_SO: not_so}[row.position]
    return f"{context.short_dated(row.when)} {may(row)}{words}"
