"""Sentences on glosses and on what a denial can have answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimbrief.analysis.escalation import around_each_denial, denial_register, denials
from claimbrief.analysis.findings import beyond_renderings
from claimbrief.analysis.order import Around
from claimbrief.blocks import Prose, Run, Text, joined, text
from claimbrief.dataset import each_row
from claimbrief.links import cited, few_cited
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, number

FEW = 6  # so many assertions are linked one by one


def outlet_and_speaker(view: View) -> Prose:
    """Return in how many places a gloss or summary goes beyond what it renders."""
    beyond = beyond_renderings(view)
    verbs = {
        "stronger_glosses": "answer a question nearer to the first",
        "firmer_glosses": "drop a hedge",
        "content_only_in_glosses": "alone say what is meant",
    }
    kinds: list[Text] = [
        (Run(f"in {counted(len(beyond[kind]), 'place')} they {verb}"), *few_cited(beyond[kind]))
        for kind, verb in verbs.items()
        if beyond[kind]
    ]
    words = text("No gloss or summary in the record goes beyond what it renders.")
    if kinds:
        opening = Run("Glosses and summaries go beyond what they render: ")
        words = (opening, *joined(kinds, ", ", " and "), Run("."))
    numbers = {kind: len(beyond[kind]) for kind in verbs}
    return Prose("outlet-and-speaker", (words,), numbers=numbers)


def order_of_denials(view: View) -> Prose:
    """Return, for each denial, which assertions it can have answered."""
    denied, orders = denials(view), around_each_denial(view)
    if not denied:
        sentence = f"By {day(view.at.as_of)} the record holds no denial."
        return Prose("order-of-denials", (text(sentence),), numbers={"denials": 0})
    undetermined = sum(one.undetermined for one in orders)
    numbers = {"denials": len(denied), "undetermined": undetermined}
    if len(denied) > FEW:
        return Prose("order-of-denials", (_in_sum(denied, orders),), numbers=numbers)
    register = denial_register(view)
    paragraphs = []
    for row in each_row(register):
        parts: list[Text] = [
            text(f"{capitalised(row.speaker)} spoke {dated(row.when)}"),
            cited([row.claim_id]),
        ]
        for ids, words in (
            (row.before, "it came after"),
            (row.undetermined, "the order cannot be told for"),
            (row.after, "it came before"),
        ):
            if ids:
                noun = counted(len(ids), "assertion")
                parts += [text(f"; {words} {noun}"), cited(ids) if len(ids) <= FEW else ()]
        paragraphs.append((*joined(parts, ""), Run("."), *_if_outside(row)))
    return Prose("order-of-denials", tuple(paragraphs), numbers=numbers)


def _in_sum(denied: Sequence[Any], orders: Sequence[Around]) -> Text:
    """Return how many of many denials came after some assertion, and how many after none."""
    first = [claim.claim_id for claim, one in zip(denied, orders, strict=True) if not one.before]
    open_order = sum(one.undetermined > 0 for one in orders)
    words = text(
        f"Of {counted(len(denied), 'denial')}, {number(len(denied) - len(first))} came after at "
        "least one assertion"
    )
    if first:
        words += text(f"; {number(len(first))} came after none") + few_cited(first)
    return words + text(
        f". For {number(open_order)} there are also assertions whose order cannot be told, "
        "which may be of the same day. That a denial came after an assertion does not say that it "
        "answers it; the register of denials says what each denies."
    )


def _if_outside(row: Any) -> Text:
    """Return what would follow if the day that another source gives a denial were its day."""
    if row.outside_when is None:
        return ()
    parts = [
        (Run(f"it came {words}"), *(cited(ids) if len(ids) <= FEW else ()))
        for ids, words in ((row.if_before, "after"), (row.if_after, "before"))
        if ids
    ]
    if not parts:
        return ()
    lead = f" If it was said {dated(row.outside_when)}, as {row.outside_publisher} has it, "
    return (Run(lead), *joined(parts, " and "), Run("."))
