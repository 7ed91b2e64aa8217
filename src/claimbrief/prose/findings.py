"""The findings of the front, at most four, that on the first question first; what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from claimbrief.analysis.figures import of_last_day
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.positions import FORETOLD, LIKELY_TO_COME, first_left_open, sides_with
from claimbrief.blocks import Prose
from claimbrief.context import Context
from claimbrief.dataset import OFFICIAL, each_row
from claimbrief.earlier import prose_by_day
from claimbrief.links import sentence
from claimbrief.lookups import pairs
from claimbrief.prose.evidence import independent_sources
from claimbrief.prose.naming import (
    Reply,
    certain,
    finding,
    official_first,
    quotable,
    quotation,
    ranked_questions,
    reply_of,
    say,
    short_name,
    sides,
    verbs_of_denial,
)
from claimbrief.prose.other_questions import denials, dismissing, most_affirmed, next_affirmed
from claimbrief.prose.taken_back import no_longer_said
from claimbrief.statements import NOT_YET, REPORT, reportedly
from claimbrief.texts import Text, text
from claimbrief.view import DENIES, LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.wording import between, capitalised, listed, number

NAMED = 2  # how many of those who expect a thing, leave it open or deny it are named
SIDES_NAMED = 3  # how many sides are named in a headline; more are counted
WHO = {
    "nobody": "nobody says so",
    "unquoted": "nobody is quoted as saying so",
    "possibly": "nobody is known to say so",
    "no_government": "no government says so",
    "not_outright": "nobody says so outright",
}


def findings(by_day: Mapping[date, Findings], context: Context) -> Prose:
    """Return the findings, each a headline and a sentence or two, with links to their claims.

    `by_day` holds the findings of the brief's day, and of earlier days where the text is to have
    what they were (see `claimbrief.analysis.days.findings_by_day`).
    """
    paragraphs = {day: _paragraphs(found, context) for day, found in by_day.items()}
    numbers = _numbers(by_day[context.at.as_of], context)
    look = {"is_list": True, "look": "headlines"}
    return prose_by_day("findings", paragraphs, context, numbers=numbers, **look)


def _paragraphs(found: Findings, context: Context) -> dict[str, Text]:
    """Return the findings of a day by what each is of, in order; none is empty."""
    if certain(found.positions).empty and certain(found.answer.said).empty:
        return {}
    ranked = ranked_questions(found.positions, context, found.answer.question)
    paragraphs = {
        "first": first_question(found, context),
        "most": most_affirmed(found, ranked[0], context) if ranked else (),
        "next": next_affirmed(found, ranked[1:3], context),
        "back": no_longer_said(found, ranked, context),
        "denials": denials(found, context),
    }
    return {key: words for key, words in paragraphs.items() if words}


def _numbers(found: Findings, context: Context) -> dict[str, object]:
    ranked = ranked_questions(found.positions, context, found.answer.question)[:3]
    rows = certain(found.positions)
    by_question = {}
    for code in ranked:
        own = rows[rows["question_id"] == code]
        positions = (SAYS_SO, SAYS_LIKELY, LEAVES_OPEN)
        by_question[code] = {position: len(sides_with(position, own)) for position in positions}
    own = found.positions[found.positions["question_id"].isin(ranked[:1])]
    of_day = of_last_day(found.figures[found.figures["topic"].isin(ranked[:1])])
    dismissals = dismissing(found)
    return {
        "claims": found.claim_rows.total,
        "sides": by_question,
        "first_left_open": len(first_left_open(own)),
        "figures": [int(of_day["least"].min()), int(of_day["most"].max())] if len(of_day) else [],
        "say_not_so_or_not_yet": found.answer.denied_by["side"].nunique(),
        "dismissing_sides": dismissals["side"].nunique(),
        "dismissing_speakers": dismissals["speaker"].nunique(),
        "neither_confirmed_nor_denied": found.evasions["speaker"].nunique(),
    }


def support(by_day: Mapping[date, Findings], context: Context) -> Prose:
    """Return whether what is shown was checked, who says so, and on how many origins they rest.

    `by_day` holds the findings of the brief's day, and of earlier days where the text is to have
    what it was.
    """
    said = {day: [*_checked(found), *_rest(found)] for day, found in by_day.items()}
    paragraphs = {day: {"support": text(" ".join(own))} if own else {} for day, own in said.items()}
    found = by_day[context.at.as_of]
    speakers, public = found.asserting_speakers, found.items_public
    numbers = {
        "asserting_speakers": [speakers.certain, speakers.total],
        "asserting_sides": [found.asserting_sides.certain, found.asserting_sides.total],
        "origins": [found.origins.low, found.origins.high],
        "items_public": [public.certain, public.total],
        "items_checked": found.items_checked,
    }
    return prose_by_day("support", paragraphs, context, numbers=numbers)


def _checked(found: Findings) -> list[str]:
    """Return how many of the things shown are recorded as checked; nothing where none is shown."""
    checked = found.items_checked
    if checked:
        are = "is" if checked == 1 else "are"
        them = capitalised(number(checked))
        return [f"{them} of the things shown {are} recorded as independently checked."]
    return ["Nothing shown is recorded as independently checked."] * bool(found.items_public.total)


def _rest(found: Findings) -> list[str]:
    """Return how many speakers say so, and on how many origins; nothing where nobody does."""
    speakers = found.asserting_speakers
    if not speakers.total:
        return []
    said = f"{between(speakers.certain, speakers.total)} speaker{'s' * (speakers.total != 1)}"
    return [f"Claims by {said} go back to {independent_sources(found.origins)}."]


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
    """Return the sentences below the headline: a denial, who leaves it open, who foresees it.

    Where somebody says that it is not so, or not yet, only those who said that before are named as
    leaving it open. That it is not yet so is quoted where there is nothing else to add.
    """
    rows = certain(found.positions)
    rows = rows[rows["question_id"] == found.answer.question]
    quotes = quotable(denied)
    denying = quotes[quotes["stance"] != NOT_YET]
    body = [quotation(row, context) for row in each_row(denying[:1])]
    if reply.case == "some":
        said = f"{reportedly(reply.so['rests_on'])}said so"
        body += _did(reply.so, said, context, SIDES_NAMED, has_day=True)
    again = found.answer.left_open
    is_unconfirmed = (again["stance"] == "cannot_confirm").all()
    later = "later could not confirm it" if is_unconfirmed else "later left it open"
    body += _did(again, later, context, has_day=True)
    foretold, likely = (_official(sides_with(it, rows)) for it in (FORETOLD, LIKELY_TO_COME))
    body += _did(foretold, "foresees it" if len(foretold) == 1 else "foresee it", context)
    call = "calls" if len(likely) == 1 else "call"
    body += _did(likely, f"{call} it likely to come", context)
    foretold = pd.concat([foretold, likely])
    opened = sides_with(LEAVES_OPEN, rows)
    opened = official_first(opened[~opened["side"].isin(foretold["side"])])
    if denied.empty:
        body += _did(opened, "left it open", context)
    against = sides_with(DENIES, rows)
    against = official_first(against[~against["side"].isin(denied["side"])])
    how = found.dismissals[found.dismissals["side"].isin(against["side"])]
    how = how[how["question_id"] == found.answer.question]
    denied_it = f"{verbs_of_denial(how) or 'denied'} it"
    last = dict(pairs(sides_with(SAYS_SO, rows), "side", "latest"))
    is_before = against["latest"] < pd.to_datetime(against["side"].map(last))
    body += _did(against[~is_before], denied_it, context)
    body += _did(against[is_before], f"had {denied_it} before", context)
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


def _say_not_yet(rows: pd.DataFrame, context: Context) -> list[str]:
    """Return which governments and organisations say that it is not so, or not yet, and how many.

    Where none of them does, others are counted; nothing where nobody does. Where all say it of a
    part alone, so it is said.
    """
    if rows.empty:
        return []
    is_part = bool(rows["is_partial"].all())
    rows = rows if is_part else rows[~rows["is_partial"]]
    is_not_yet = rows["stance"] == NOT_YET
    own = rows[is_not_yet] if is_not_yet.any() else rows
    official = own.loc[own["kind"].isin(OFFICIAL), "side"].unique()
    is_report = (own["rests_on"] == REPORT).groupby(own["side"]).all()
    names = [
        f"{'reportedly ' if is_report[side] else ''}{short_name(side, context)}"
        for side in sorted(official, key=lambda side: bool(is_report[side]))
    ]
    count = own["side"].nunique()
    totals = {listed(names): len(names)} if 0 < len(names) <= SIDES_NAMED else {}
    totals[number(count)] = count
    if is_not_yet.any():
        return [f"{who} said not yet{' of a part' * is_part}" for who in totals]
    what = "a part" if is_part else "it"
    return [f"{who} {say(total)} that {what} is not so" for who, total in totals.items()]
