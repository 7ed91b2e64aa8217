"""The finding on the first question: who says so, who says not yet, who foresees it."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.analysis.positions import FORETOLD, LIKELY_TO_COME, sides_with
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.links import sentence
from claimbrief.prose.naming import (
    OFFICIAL,
    Reply,
    certain,
    finding,
    official_first,
    quotable,
    quotation,
    reply_of,
    short_name,
    sides,
    verbs_of_denial,
)
from claimbrief.statements import NOT_YET
from claimbrief.texts import Text, text
from claimbrief.view import DENIES, LEAVES_OPEN
from claimbrief.wording import listed, number

NAMED = 2  # so many of those who expect a thing, leave it open or deny it are named
SIDES_NAMED = 3  # so many sides are named in a headline; more are counted
WHO = {
    "nobody": "nobody says so",
    "unquoted": "nobody is quoted as saying so",
    "possibly": "nobody is known to say so",
    "no_government": "no government says so",
    "not_outright": "nobody says so outright",
}


def first_question(found: Findings, context: Context) -> Text:
    """Return who says yes to the first question, who says not yet, and what others make of it."""
    reply, denied = reply_of(found), official_first(certain(found.answer.denied_by))
    body = _body(found, reply, denied, context)
    if not body:
        return ()
    who = WHO.get(reply.case) or f"{number(len(reply.so))} {say(len(reply.so))} so"
    if reply.case == "not_outright" and len(reply.so):
        who = "no government says so outright"
    who = f"{context.short_questions[found.answer.question]}: {who}"
    against = [f"{who}; {words}" for words in _say_not_yet(denied, context)]
    return finding([*against, who], body)


def _body(found: Findings, reply: Reply, denied: pd.DataFrame, context: Context) -> list[Text]:
    """Return the sentences below the headline: a denial, who foresees it, who leaves it open.

    Of who leaves it open, where somebody says that it is not so, or not yet, only those are named
    who said that before. That it is not yet so is quoted where there is nothing else to add.
    """
    rows = certain(found.positions)
    rows = rows[rows["question_id"] == found.answer.question]
    quotes = quotable(denied)
    denying = quotes[quotes["stance"] != NOT_YET]
    body = [quotation(row, context) for row in each_row(denying[:1])]
    if reply.case == "some":
        body += _did(reply.so, "said so", context, SIDES_NAMED, has_day=True)
    foretold, likely = (_official(sides_with(it, rows)) for it in (FORETOLD, LIKELY_TO_COME))
    body += _did(foretold, "foresees it" if len(foretold) == 1 else "foresee it", context)
    call = "calls" if len(likely) == 1 else "call"
    body += _did(likely, f"{call} it likely to come", context)
    foretold = pd.concat([foretold, likely])
    opened = sides_with(LEAVES_OPEN, rows)
    opened = official_first(opened[~opened["side"].isin(foretold["side"])])
    if denied.empty:
        body += _did(opened, "left it open", context)
    again = found.answer.left_open
    is_unconfirmed = (again["stance"] == "cannot_confirm").all()
    later = "later could not confirm it" if is_unconfirmed else "later left it open"
    body += _did(again, later, context, has_day=True)
    against = sides_with(DENIES, rows)
    against = official_first(against[~against["side"].isin(denied["side"])])
    how = found.dismissals[found.dismissals["side"].isin(against["side"])]
    how = how[how["question_id"] == found.answer.question]
    body += _did(against, f"{verbs_of_denial(how) or 'denied'} it", context)
    return body or [quotation(row, context) for row in each_row(quotes[:1])]


def _did(
    rows: pd.DataFrame, did: str, context: Context, limit: int = NAMED, *, has_day: bool = False
) -> list[Text]:
    """Return which sides did something; nothing where none did."""
    who = sides(rows, context, limit, has_day=has_day)
    return [sentence(who) + text(f" {did}")] if who else []


def _official(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of governments and organisations, where there are any; else all."""
    official = rows[rows["kind"].isin(OFFICIAL)]
    return official_first(official if len(official) else rows)


def say(count: int) -> str:
    """Return the verb of so many who say a thing."""
    return "says" if count == 1 else "say"


def _say_not_yet(rows: pd.DataFrame, context: Context) -> list[str]:
    """Return which governments and organisations say that it is not so, or not yet, and how many.

    Where none of them does, others are counted; nothing where nobody does.
    """
    if rows.empty:
        return []
    is_not_yet = rows["stance"] == NOT_YET
    own = rows[is_not_yet] if is_not_yet.any() else rows
    what = "not yet" if is_not_yet.any() else "that it is not so"
    official = own.loc[own["kind"].isin(OFFICIAL), "side"].unique()
    names = [short_name(side, context) for side in official]
    count = own["side"].nunique()
    counts = [f"{number(count)} {say(count)} {what}"]
    is_few = 0 < len(names) <= SIDES_NAMED
    return [f"{listed(names)} {say(len(names))} {what}", *counts] if is_few else counts
