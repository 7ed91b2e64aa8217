"""The speaker's words beside an outlet's that go beyond them, and what the outlet added."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.links import cite, quoted
from claimbrief.statements import CONTEXT
from claimbrief.texts import Run, claim_anchor, text
from claimbrief.wording import capitalised, clause, number

ROWS = 2  # so many cases have a row


def outlet_beside_speaker(frame: pd.DataFrame, context: Context) -> Table:
    """Return a row for each case in which an outlet goes beyond a speaker's words.

    Of more than `ROWS` cases the plainest have one.
    """
    return Table(
        block_id="table-outlet-beside-speaker",
        caption=text(_caption(len(frame))),
        subtitle=text(_subtitle(len(frame))),
        columns=(
            Column("Speaker", share=1.5),
            Column("The speaker’s words", share=3),
            Column("The outlet’s version, in our words", share=2.6),
            Column("What it adds", share=2.4),
        ),
        rows=tuple(_row(case, context) for case in each_row(frame.iloc[:ROWS])),
        numbers={
            "beyond": len(frame),
            **{
                name: int(frame[name].sum())
                for name in ("is_stronger", "is_firmer", "alone_says_what")
            },
        },
    )


def _caption(cases: int) -> str:
    if cases == 0:
        return "No outlet’s words go further than the speaker’s"
    if cases == 1:
        return "In one case an outlet’s words go further than the speaker’s"
    return f"In {number(cases)} cases an outlet’s words go further than the speaker’s"


def _subtitle(cases: int) -> str:
    rest = cases - ROWS
    if rest <= 0:
        return "Speaker and outlet side by side."
    are = "is" if rest == 1 else "are"
    return f"{capitalised(number(ROWS))} of them; {number(rest)} more {are} in the record."


def _row(case: Any, context: Context) -> Row:
    said = quoted(case.said_quote, case.said_language)
    if case.said_rendering != "direct":
        said = text(case.said_paraphrase) + (text(" In the words: ") + said if said else ())
    outlet = Run(case.publisher, f"#{claim_anchor(case.gloss_id)}")
    cells = (
        cite(case.said_id, context, has_side=not _names_side(case, context)),
        said,
        text(outlet, f": {case.gloss_paraphrase}"),
        text(" ".join(_added(case, context))),
    )
    return Row(cells, key=case.gloss_id)


def _added(case: Any, context: Context) -> list[str]:
    """Return in sentences what an outlet added: what is meant, an answer, or firmness."""
    sentences = []
    if case.alone_says_what:
        sentences.append("What the words are about.")
    elif case.said_content == CONTEXT or case.said_question != case.gloss_question:
        sentences.append(_answer(case, context))
    if case.is_firmer:
        hedge = f"“{case.said_hedge}”" if case.said_hedge else "a hedge"
        sentences.append(f"It leaves out {hedge}.")
    return sentences


def _answer(case: Any, context: Context) -> str:
    """Return what an outlet makes of words that answer another question, or none."""
    claim = clause(case.gloss_proposition)
    if case.gloss_stance == "denies":
        return f"A denial that {claim}."
    if case.gloss_stance == "dismisses":
        return f"A dismissal of the claim that {claim}."
    return f"An answer on “{context.short_questions[case.gloss_question]}”."


def _names_side(case: Any, context: Context) -> bool:
    """Return whether a speaker is called by the side: by its own name or an adjective."""
    return context.names[case.side].removeprefix("the ") in case.speaker
