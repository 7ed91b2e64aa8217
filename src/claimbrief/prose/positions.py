"""Where each side stands on each question, in sentences."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.analysis.positions import FORETOLD, UNDER_WAY
from claimbrief.context import Context
from claimbrief.dataset import NO_RESPONSE, each_row
from claimbrief.limits import LIMITS, name_list, truncated
from claimbrief.links import citation, sentence, statement_text
from claimbrief.lookups import rows_by
from claimbrief.statements import WORDS
from claimbrief.texts import Run, Text, joined, text
from claimbrief.view import DENIES, LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.view import LIMITS as BOUNDS
from claimbrief.wording import counted, short_dated

NOBODY = "Nobody in this record says so, or calls it likely. "
SIDES_DATED = 5  # so many sides that say so are named with the day of their first claim
SIDES_NAMED = 4  # so many are named that leave a question open, foretell or deny
SPEAKERS_NAMED = 4  # so many speakers are named one by one; more by the side that they speak for
HEADS = {
    SAYS_SO: "Said to be so",
    SAYS_LIKELY: "Said to be likely",
    UNDER_WAY: "Said to be under way",
    BOUNDS: "Not so, or not yet",
    DENIES: "Denied, or dismissed",
    FORETOLD: "Foretold or prepared",
    LEAVES_OPEN: "Left open",
}


def question(findings: Findings, question_id: str, context: Context) -> Text:
    """Return who says what to a question: each speaker, or each side where they are many."""
    claims = findings.spoken[findings.spoken["question_id"] == question_id]
    positions = findings.positions[findings.positions["question_id"] == question_id]
    is_short = claims["speaker"].nunique() <= SPEAKERS_NAMED or positions.empty
    expected = set(findings.silences["actor_id"])
    answer = _by_speaker(claims, context) if is_short else _by_side(positions, expected, context)
    lead: Text = (Run(f"{context.questions[question_id]} ", style="strong"),)
    if question_id == findings.first_question and not findings.is_said:
        lead += text(NOBODY)
    return (*lead, *sentence(answer), Run("."))


def _by_speaker(claims: pd.DataFrame, context: Context) -> Text:
    """Return the claims by stance and speaker, those of one speaker and stance together."""
    stances = list(context.labels["stance"])
    parts: list[Text] = []
    last = ("", "")
    groups = rows_by(claims, "stance", "speaker", "stance_label")
    for (_, speaker, _), group in sorted(
        groups.items(), key=lambda item: stances.index(item[0][0])
    ):
        is_same = len(group) == 1 and (speaker, group[0].proposition) == last
        last = (speaker, group[-1].proposition)
        parts.append(text(f"{_possibly(group)}{speaker} ") + _statements(group, is_same, context))
    return joined(parts, "; ")


def _statements(group: list[Any], is_same: bool, context: Context) -> Text:
    """Return what a speaker says with one stance, and what he does about it."""
    first = {(claim.claim_text, claim.bare_quote): claim.claim_id for claim in reversed(group)}
    claims = [
        ("this is so" if is_same else claim_text, claim_id, bare_quote)
        for (claim_text, bare_quote), claim_id in reversed(first.items())
    ]
    words = statement_text(group[0].stance_label, claims[: LIMITS.names])
    if len(claims) > LIMITS.names:
        words += text(f", and {counted(len(claims) - LIMITS.names, 'claim')} more")
    responses = dict.fromkeys(claim.response for claim in group if claim.response != NO_RESPONSE)
    labels = context.labels["response"]
    return words + text("".join(f", and {labels[response]}" for response in responses))


def _possibly(claims: list[Any]) -> str:
    return "" if any(claim.certainty == "certain" for claim in claims) else "possibly "


def _by_side(positions: pd.DataFrame, expected: set[str], context: Context) -> Text:
    """Return each position on a question with the sides that hold it, and since when.

    Of sides that have no day here those come first whom a reader expects to hear. What is denied,
    and what is said not to be so yet, has a paragraph of its own.
    """
    parts: list[Text] = []
    for position, group in groupby(each_row(positions), key=lambda row: row.position):
        sides = list(group)
        head = text(Run(f"{HEADS[position]}:", style="strong"), " ")
        if position in (SAYS_SO, SAYS_LIKELY, UNDER_WAY):
            is_full = len(sides) <= SPEAKERS_NAMED
            dated = [_side(row, sides if is_full else [], context) for row in sides]
            parts.append(head + joined(truncated(dated, SIDES_DATED), "; " if is_full else ", "))
        else:
            sides.sort(key=lambda row: row.side not in expected)
            names = [_possibly([row]) + context.names[row.side] for row in sides]
            parts.append(head + text(name_list(names, SIDES_NAMED)))
    return joined(parts, ". ")


def _side(row: Any, group: list[Any], context: Context) -> Text:
    """Return a side with the day of its first claim, and what it says if it is of a group.

    What several of the group say alike stands with the first of them.
    """
    how = "" if row.rests_on == WORDS else ", as reported"
    when = short_dated(row.when, context.at.year)
    lead = f"{_possibly([row])}{context.names[row.side]} ({when}{how}"
    words: Text = ()
    if group and row.bare_quote:
        words = text(": ", Run(row.bare_quote, style="quote"))
    elif group and row is next(other for other in group if other.proposition == row.proposition):
        words = text(": that ", Run(row.proposition, style="em"))
        words += text(f"; “{row.hedge}”") if row.hedge else ()
    elif group:
        words = text(": the same")
    earlier: Text = ()
    if row.reported_claim:
        earlier = text(f"; as reported, {short_dated(row.reported_when, context.at.year)}")
        earlier += citation([row.reported_claim])
    return (Run(lead), *words, *earlier, Run(")"), *citation([row.claim_id]))
