"""Sentences on glosses and on what a denial can have answered."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.escalation import denial_register
from claimbrief.analysis.findings import findings
from claimbrief.blocks import Prose, Run, Text, joined, text
from claimbrief.dataset import each_row
from claimbrief.links import cited
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, number

FEW = 6  # so many assertions are linked one by one


def outlet_and_speaker(view: View) -> Prose:
    """Return in how many places a gloss or summary goes beyond what it renders."""
    shown = findings(view)
    kinds: list[Text] = []
    for ids, verb in (
        (shown.stronger_glosses, "stand higher on the ladder"),
        (shown.firmer_glosses, "drop a hedge"),
        (shown.content_only_in_glosses, "alone say what is meant"),
    ):
        if ids:
            places = counted(len(ids), "place")
            kinds.append((Run(f"in {places} they {verb}"), *cited(ids)))
    words = text("No gloss or summary in the record goes beyond what it renders.")
    if kinds:
        opening = Run("Glosses and summaries go beyond what they render: ")
        words = (opening, *joined(kinds, ", ", " and "), Run("."))
    numbers = {
        "stronger_glosses": len(shown.stronger_glosses),
        "firmer_glosses": len(shown.firmer_glosses),
        "content_only_in_glosses": len(shown.content_only_in_glosses),
    }
    return Prose("outlet-and-speaker", (words,), numbers=numbers)


def order_of_denials(view: View) -> Prose:
    """Return, for each denial, which assertions it can have answered."""
    register = denial_register(view)
    if register.empty:
        sentence = f"By {day(view.at.as_of)} the record holds no denial."
        return Prose("order-of-denials", (text(sentence),), numbers={"denials": 0})
    numbers = {"denials": len(register), "undetermined": int(sum(map(len, register.undetermined)))}
    if len(register) > FEW:
        return Prose("order-of-denials", (_in_sum(register),), numbers=numbers)
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


def _in_sum(register: pd.DataFrame) -> Text:
    """Return how many of many denials came after some assertion, and how many after none."""
    after = register[register["before"].map(len) > 0]
    open_order = register[register["undetermined"].map(len) > 0]
    first = register[register["before"].map(len) == 0]
    words = text(
        f"Of {counted(len(register), 'denial')}, {number(len(after))} came after at least one "
        "assertion"
    )
    if len(first):
        words += text(f"; {number(len(first))} came after none") + cited(list(first["claim_id"]))
    return words + text(
        f". For {number(len(open_order))} there are also assertions whose order cannot be told, "
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
