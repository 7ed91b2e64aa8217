"""What is new since the last edition, for the front: a few lines, where that day is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from claimbrief.analysis.days import ITEM, STATEMENT
from claimbrief.blocks import Prose
from claimbrief.context import Context
from claimbrief.earlier import prose_by_day
from claimbrief.prose.naming import official_first, say, sides
from claimbrief.texts import Run, Text, joined, plain, text
from claimbrief.view import SAYS_SO
from claimbrief.wording import capitalised, counted

LONGEST = 45  # words
NAMED = 3  # how many sides are named on a question at most
KINDS_NAMED = 2  # how many kinds of evidence are named at most
_News = tuple[Text, dict[str, int]]  # words, and the figures in them that no row count gives


def since_last_edition(frame: pd.DataFrame, context: Context) -> Prose | None:
    """Return what is new since the last edition; None where the brief names no such day.

    Of a frame of several days (see `claimbrief.analysis.days.by_day`) the text has what it was on
    each of them: nothing on those that are not after the last edition.
    """
    last, as_of = context.at.last_edition, context.at.as_of
    if last is None:
        return None
    days = context.days if "as_of" in frame else (as_of,)
    of_days = frame.assign(as_of=frame.get("as_of", as_of.isoformat()))
    later = [day for day in days if day > last]
    news = {day: _news(of_days[of_days["as_of"] == f"{day}"], last, context) for day in later}
    paragraphs = {day: {"since": news[day][0]} if day in news else {} for day in days}
    rows = of_days[of_days["as_of"] == as_of.isoformat()]
    numbers = {
        "last_edition": last.isoformat(),
        "statements": int((rows["new"] == STATEMENT).sum()),
        "sides": rows.loc[rows["new"] == SAYS_SO, "side"].nunique(),
        "sides_by_question": _ranked(rows[rows["new"] == SAYS_SO], context),
        "items": int((rows["new"] == ITEM).sum()),
        "not_named": news[as_of][1],
    }
    return prose_by_day("since-last-edition", paragraphs, context, numbers=numbers)


def _news(rows: pd.DataFrame, last: date, context: Context) -> _News:
    """Return what is new on a day, with as many names as there is room for."""
    lead = Run(f"Since the last edition ({context.month_day(last)})", style="strong")
    if rows.empty:
        none = "no statement, no side that newly says so, no evidence newly shown"
        return text(lead, f" nothing new is known: {none}."), {}
    first = _statements(int((rows["new"] == STATEMENT).sum()), context)
    items, more_items = _items(rows[rows["new"] == ITEM], context)
    news: _News = (), {}
    for who, more in _who_says_so(rows[rows["new"] == SAYS_SO], context):
        words = text(lead, f" {first}. ") + who + text(". ") + items + text(".")
        news = words, more | more_items
        if len(plain(words).split()) <= LONGEST:
            break
    return news


def _statements(count: int, context: Context) -> str:
    """Return how many statements were made, or reported."""
    verb = "made" if context.at.basis == "said" else context.at.basis
    if not count:
        return f"no statement is known to have been {verb}"
    return f"{counted(count, 'statement')} {'was' if count == 1 else 'were'} {verb}"


def _ranked(rows: pd.DataFrame, context: Context) -> dict[str, int]:
    """Return how many sides newly say so, by question (code).

    The first question of the vocabulary comes first, then the one with the most sides.
    """
    first = next(iter(context.questions))
    counts = {code: int((rows["of"] == code).sum()) for code in context.questions}
    ranked = sorted(counts, key=lambda code: (code != first, -counts[code]))
    return {code: counts[code] for code in ranked if counts[code]}


def _who_says_so(rows: pd.DataFrame, context: Context) -> Iterator[_News]:
    """Yield who newly says so on which question: in most words first, in the end the count."""
    if rows.empty:
        yield text("No further side is known to say so"), {}
        return
    ranked = list(_ranked(rows, context))
    for limit in range(NAMED, 0, -1):
        yield _on_questions(rows, ranked, limit, context)
    for count in range(len(ranked) - 1, 0, -1):
        words, more = _on_questions(rows, ranked[:count], 1, context)
        further = len(ranked) - count
        rest = rows.loc[~rows["of"].isin(ranked[:count]), "side"].nunique()
        words += text(f"; {counted(further, 'further question')}: by {counted(rest, 'side')}")
        yield words, more | {"questions": further, "sides_on_these": rest}
    count = rows["side"].nunique()
    yield text(f"{capitalised(counted(count, 'side'))} newly {say(count)} so"), {}


def _on_questions(rows: pd.DataFrame, codes: list[str], limit: int, context: Context) -> _News:
    """Return the sides that newly say so on each of these questions; of more than a limit some."""
    parts: list[Text] = []
    more = {}
    for code in codes:
        own = official_first(rows[rows["of"] == code])
        short = context.question_within(code) if parts else context.short_questions[code]
        said = "by" if parts else "newly said by"
        parts.append(text(f"{short}: {said} ") + sides(own, context, limit))
        if len(own) > limit:
            more[code] = len(own) - limit
    return joined(parts, "; "), more


def _items(rows: pd.DataFrame, context: Context) -> _News:
    """Return how many items of evidence were shown, of which kinds, and who cites them."""
    if rows.empty:
        return text("No further evidence is known to have been shown"), {}
    kinds = [context.labels["evidence_kind"][kind] for kind in rows["of"].unique()]
    of_kinds = f" ({', '.join(kinds)})" if len(kinds) <= KINDS_NAMED else ""
    things = f"Newly shown: {counted(len(rows), 'thing')}{of_kinds}, cited by "
    others = rows["side"].nunique() - 1
    return text(things) + sides(rows, context, 1), {"citing_sides": others} if others else {}
