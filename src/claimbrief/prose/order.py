"""Sentences on glosses and on what a denial can have answered."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.findings import beyond_renderings
from claimbrief.blocks import Prose
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS
from claimbrief.links import cites, claim_link
from claimbrief.statements import UNSTATED
from claimbrief.texts import Run, Text, joined, text
from claimbrief.wording import capitalised, counted, dated, day, none_or, number


def outlet_and_speaker(pairs: pd.DataFrame, context: Context) -> Prose:
    """Return in how many places a gloss or summary goes beyond what it renders.

    `pairs` is the frame of `quotes_beside_glosses`.
    """
    verbs = {
        "stronger_glosses": "make a claim nearer to the question of the title",
        "firmer_glosses": "drop a hedge",
        "content_only_in_glosses": "alone say what is meant",
    }
    ids = (pairs.loc[is_so, "gloss_id"].tolist() for is_so in beyond_renderings(pairs).values())
    beyond = dict(zip(verbs, ids, strict=True))
    kinds: list[Text] = [
        text(f"in {counted(len(beyond[how]), 'place')} they {verb} – ")
        + cites(beyond[how], context, LIMITS.first_names)
        for how, verb in verbs.items()
        if beyond[how]
    ]
    words = text("No gloss or summary in the record goes beyond what it renders.")
    if kinds:
        opening = Run("Glosses and summaries go beyond what they render: ")
        words = (opening, *joined(kinds, "; "), Run("."))
    numbers = {how: len(beyond[how]) for how in verbs}
    return Prose("outlet-and-speaker", (words,), numbers=numbers)


def order_of_denials(register: pd.DataFrame, context: Context) -> Prose:
    """Return, for each denial of the register, which assertions it can have answered."""
    if register.empty:
        sentence = f"No denial had been {context.at.basis} by {day(context.at.as_of)}."
        return Prose("order-of-denials", (text(sentence),), numbers={"denials": 0})
    undetermined = int(register["undetermined"].map(len).sum())
    paragraphs = (
        (_in_sum(register, context),)
        if len(register) > LIMITS.links
        else tuple(_denial(row, context) for row in each_row(register))
    )
    numbers = {"denials": len(register), "undetermined": undetermined}
    return Prose("order-of-denials", paragraphs, numbers=numbers)


def _denial(row: Any, context: Context) -> Text:
    """Return which assertions a denial came after and before, and where the order is not known."""
    words = claim_link(capitalised(row.speaker), row.claim_id) + text(f" spoke {dated(row.when)}")
    on = "" if row.content == UNSTATED else " on the same question"
    around = [(ids, how) for ids, how in ((row.before, "after"), (row.after, "before")) if ids]
    parts = [text(f"{how} {number(len(ids))}") + _of(ids, context) for ids, how in around]
    if around:
        ids, how = around[0]
        parts[0] = text(f"{how} {counted(len(ids), 'assertion')}{on}") + _of(ids, context)
        words += text(", ") + joined(parts, ", and ")
    if row.undetermined:
        many = counted(len(row.undetermined), "assertion")
        words += text(f"; the order cannot be told for {many}{on}") + _of(row.undetermined, context)
    elif not parts:
        words += text(f"; there is no assertion{on}")
    return (*words, Run("."), *_if_outside(row, context))


def _of(claim_ids: list[str], context: Context) -> Text:
    """Return whose a few assertions are; nothing of many."""
    if len(claim_ids) > LIMITS.links:
        return ()
    that = "that" if len(claim_ids) == 1 else "those"
    return text(f", {that} of ") + cites(claim_ids, context, last=" and ")


def _few(claim_ids: list[str], context: Context) -> Text:
    """Return whose a few assertions are; many are counted."""
    if len(claim_ids) > LIMITS.links:
        return text(f"{number(len(claim_ids))} of them")
    return cites(claim_ids, context, last=" and ")


def _in_sum(register: pd.DataFrame, context: Context) -> Text:
    """Return how many of many denials came after some assertion, and how many after none."""
    first = register.loc[register["before"].map(len) == 0, "claim_id"].tolist()
    is_open = int((register["undetermined"].map(len) > 0).sum())
    denials = counted(len(register), "denying claim")
    after = f"{none_or(len(register) - len(first))} of {denials}" if first else f"all {denials}"
    words = text(
        f"{capitalised(after)} came after "
        "at least one assertion on the question of what they deny (on any, if the words name none)"
    )
    if first:
        words += text(f"; {number(len(first))} came after none, ")
        words += text("that of " if len(first) == 1 else "those of ")
        words += cites(first, context, LIMITS.first_names, last=" and ")
    open_order = (
        f" For {number(is_open)} there are also assertions whose order cannot be told, which may "
        "be of the same day."
    )
    return words + text(
        f".{open_order if is_open else ''} A denial that came after an assertion need not answer "
        "it; the register of denials says what each denies."
    )


def _if_outside(row: Any, context: Context) -> Text:
    """Return what would follow if the day that another source gives a denial were its day."""
    parts = [
        text(f"{relation} ") + _few(ids, context)
        for ids, relation in ((row.if_before, "after"), (row.if_after, "before"))
        if ids
    ]
    if not row.outside_when or not parts:
        return ()
    day = dated(row.outside_when)
    lead = f" If the words were spoken {day}, as {row.outside_publisher} says, they came "
    return (Run(lead), *joined(parts, " and "), Run("."))
