"""The finding on denials: which sides dismiss or deny the claims, and in what words."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.context import Context
from claimbrief.dataset import UNSTATED_QUESTION, each_row
from claimbrief.links import sentence
from claimbrief.prose.naming import (
    certain,
    finding,
    quotable,
    quotation,
    short_name,
    sides,
    speakers_cited,
    verbs_of_denial,
)
from claimbrief.texts import Text, text
from claimbrief.wording import capitalised, listed, number

UNNAMED = "accusations without naming them"
QUOTED = 1  # so many dismissals are quoted
EVASIONS_NAMED = 2
SIDES_NAMED = 3  # so many sides are named in the headline; more are counted


def denials(found: Findings, context: Context) -> Text:
    """Return which sides dismiss or deny the claims, in what words, and who did neither.

    A claim of the first question is left to the finding on that.
    """
    named, unnamed = named_and_unnamed(found)
    if (named["question_id"] == found.answer.question).all():
        named = named[:0]
    rows = named if len(named) else unnamed
    if rows.empty:
        return ()
    body = _words(rows, context)
    if len(named) and len(unnamed):
        who = sentence(sides(unnamed, context, SIDES_NAMED, has_day=True))
        body.append(who + text(f" {verbs_of_denial(unnamed)} {UNNAMED}"))
    evaded = certain(found.evasions).drop_duplicates("speaker")
    if len(evaded):
        who = sentence(speakers_cited(evaded, context, EVASIONS_NAMED, has_side=False))
        body.append(who + text(" neither confirmed nor denied"))
    return finding(_heads(rows, context, is_named=len(named) > 0), body)


def named_and_unnamed(found: Findings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the dismissals whose words name a claim, and those of sides whose words never do."""
    rows = found.dismissals.sort_values("certainty", kind="stable")
    named = rows[rows["question_id"] != UNSTATED_QUESTION]
    return named, rows[~rows["side"].isin(named["side"])]


def dismissing(found: Findings) -> pd.DataFrame:
    """Return the dismissals whose words name a claim, or where none does, all others."""
    named, unnamed = named_and_unnamed(found)
    return named if len(named) else unnamed


def _words(rows: pd.DataFrame, context: Context) -> list[Text]:
    """Return the words of the first dismissals that can be quoted, or else who spoke."""
    quotes = quotable(rows[rows["is_chosen"]]).drop_duplicates("side")[:QUOTED]
    if len(quotes):
        return [sentence(quotation(row, context)) for row in each_row(quotes)]
    speakers = rows.drop_duplicates("speaker")
    who = text(f"{capitalised(number(len(speakers)))} speakers")
    if len(speakers) == 1:
        who = sentence(speakers_cited(speakers, context))
    return [who + text(f" {verbs_of_denial(rows)} them")]


def _heads(rows: pd.DataFrame, context: Context, *, is_named: bool) -> list[str]:
    """Return which sides dismiss or deny the claims, or accusations that their words do not name.

    It adds that none states the contrary, where that is so.
    """
    is_certain = (rows["certainty"] == "certain").groupby(rows["side"], sort=False).any()
    names = [
        f"{'' if sure else 'possibly '}{short_name(str(side), context)}"
        for side, sure in is_certain.items()
    ]
    verbs = {"dismisses": "dismiss", "denies": "deny"}
    done = [verb for stance, verb in verbs.items() if (rows["stance"] == stance).any()]
    if len(names) == 1:
        done = [{"dismiss": "dismisses", "deny": "denies"}[verb] for verb in done]
    contrary = ""
    if is_named and not (rows["stance"] == "denies").any():
        contrary = "; none states" if len(names) > 1 else " but does not state"
        contrary += " the contrary"
    claim = f"{' or '.join(done)} {'the claims' if is_named else UNNAMED}"
    many = f"Denials: {number(len(names))} sides {claim}"
    if len(names) > SIDES_NAMED:
        return [f"{many}{contrary}"]
    named = f"Denials: {listed(names)} {claim}"
    return [f"{named}{contrary}", named, many]
