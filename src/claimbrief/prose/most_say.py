"""What most sides say on another question, and who dismisses it."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.context import Context
from claimbrief.dataset import UNSTATED_QUESTION
from claimbrief.links import sentence
from claimbrief.prose.denials import UNNAMED, dismissing
from claimbrief.prose.naming import (
    certain,
    ranked_questions,
    sides,
    speakers_cited,
    verbs_of_denial,
    who_say,
)
from claimbrief.texts import Text, text
from claimbrief.view import SAYS_LIKELY, SAYS_SO

NAMED = 2  # so many who call it likely are named
FEW_NAMED = 2  # so many sides that say a thing are named rather than counted


def most_say(findings: Findings, context: Context) -> Text:
    """Return what most sides say on another question, and who dismisses or denies such claims."""
    positions, first = findings.positions, findings.answer.question
    ranked = ranked_questions(positions, context, first)
    against = _dismissed(findings, context)
    if findings.dismissals["side"].isin(findings.answer.denied_by["side"]).all() and not ranked:
        against = ()  # the first sentences name them
    if not ranked:
        likely = certain(positions[positions["position"] == SAYS_LIKELY])
        likely = likely[(likely["question_id"] != first)]
        if likely.empty:
            return sentence(against) + text(".") if against else ()
        question = likely["question_id"].iloc[0]
        own = likely[likely["question_id"] == question]
        words = speakers_cited(own, context, NAMED) + text(" called it likely that ")
    else:
        question = ranked[0]
        own = positions[(positions["question_id"] == question) & (positions["position"] == SAYS_SO)]
        own = certain(own)
        words = _who(own, context)
    words += text(context.clauses[question])
    return sentence(words) + (text("; ") + against if against else ()) + text(".")


def _who(own: pd.DataFrame, context: Context) -> Text:
    """Return who says so: named where they are few, else how many."""
    if len(own) <= FEW_NAMED:
        return speakers_cited(own, context) + text(" said that ")
    first, others = who_say(own)
    return text(f"{first}{f', and {others},' if others else ''} say that ")


def _dismissed(findings: Findings, context: Context) -> Text:
    """Return which sides dismissed or denied such claims; nothing where none did."""
    rows = dismissing(findings)
    if rows.empty:
        return ()
    is_named = (rows["question_id"] != UNSTATED_QUESTION).any()
    what = "such claims" if is_named else UNNAMED
    return sides(rows, context, FEW_NAMED + 1) + text(f" {verbs_of_denial(rows)} {what}")
