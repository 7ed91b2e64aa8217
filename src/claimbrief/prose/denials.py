"""The finding on denials: which sides dismiss or deny the claims, and in what words."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.links import sentence
from claimbrief.prose.naming import (
    certain,
    finding,
    headline,
    quotable,
    quotation,
    short_name,
    speakers_cited,
    verbs_of_denial,
)
from claimbrief.texts import Run, Text, text
from claimbrief.wording import capitalised, listed, number

QUOTED = 1  # so many dismissals are quoted
EVASIONS_NAMED = 2
SIDES_NAMED = 3  # so many sides are named in the headline; more are counted


def denials(found: Findings, context: Context) -> Text:
    """Return which sides dismiss or deny the claims, in what words, and who did neither.

    Nothing if all of them are of the first question, whose finding names them.
    """
    rows = found.dismissals.sort_values("certainty", kind="stable")
    if rows.empty or (rows["question_id"] == found.answer.question).all():
        return ()
    quotes = _quoted(rows)
    body = [sentence(quotation(row, context)) for row in each_row(quotes)]
    others = others_than_quoted(rows)
    if quotes.empty and len(others) == 1:
        who = sentence(speakers_cited(others, context))
        body.append(who + text(f" {verbs_of_denial(rows)} them"))
    elif len(others):
        count = capitalised(number(len(others)))
        did = f" speakers {verbs_of_denial(rows)} them" if quotes.empty else " more did likewise"
        body.append(text(f"{count}{did}"))
    evaded = certain(found.evasions).drop_duplicates("speaker")
    if len(evaded):
        who = sentence(speakers_cited(evaded, context, EVASIONS_NAMED, has_side=False))
        body.append(who + text(" neither confirmed nor denied"))
    return finding(_headline(rows, context), body)


def _quoted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the dismissals whose words are quoted, one of a side."""
    return quotable(rows).drop_duplicates("side")[:QUOTED]


def others_than_quoted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a dismissal of each speaker who is not quoted."""
    return rows[~rows["speaker"].isin(_quoted(rows)["speaker"])].drop_duplicates("speaker")


def _headline(rows: pd.DataFrame, context: Context) -> Run:
    is_certain = (rows["certainty"] == "certain").groupby(rows["side"], sort=False).any()
    names = [
        f"{'' if sure else 'possibly '}{short_name(str(side), context)}"
        for side, sure in is_certain.items()
    ]
    is_denied = (rows["stance"] == "denies").any()
    verbs = {"dismisses": "dismiss", "denies": "deny"}
    done = [verb for stance, verb in verbs.items() if (rows["stance"] == stance).any()]
    if len(names) == 1:
        done = [{"dismiss": "dismisses", "deny": "denies"}[verb] for verb in done]
    contrary = (
        "; none states the contrary" if len(names) > 1 else " but does not state the contrary"
    )
    claim = f"{' or '.join(done)} the claims"
    many = f"Denials: {number(len(names))} sides {claim}"
    if len(names) > SIDES_NAMED:
        return headline([many if is_denied else f"{many}{contrary}"])
    named = f"Denials: {listed(names)} {claim}"
    return headline([named if is_denied else f"{named}{contrary}", named, many])
