"""Denials and order: what exactly is denied, and what can be said to have come first."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS, truncate, truncation_note
from claimbrief.links import citation, claim_links, quoted
from claimbrief.statements import UNSTATED
from claimbrief.texts import Run, Text, joined, text
from claimbrief.wording import capitalised, day, number, short_dated

UNDETERMINED = "?"
ORDERS = {"before": "before", "after": "after", "undetermined": UNDETERMINED, "": "–"}
NAMED_COLUMNS = 8  # the columns whose heads have room for a name


def denial_register(frame: pd.DataFrame, context: Context) -> Table:
    """Return the denials: the words, the level, what they deny and which assertions came when."""
    level = frame["denial"].map(list(context.labels["denial"]).index)
    highest = truncate(frame, LIMITS.rows, level)
    rows = [
        _denial_row(claim, context) for claim in each_row(frame[frame.index.isin(highest.index)])
    ]
    return Table(
        block_id="table-denial-register",
        caption=text("What exactly is denied, and which assertions can it answer?"),
        columns=(
            Column("Speaker", share=1.9),
            Column("Said", share=0.75),
            Column("Words", share=1.45),
            Column("Level", share=0.95),
            Column("Of what", share=1.85),
            Column("Assertions before it", share=0.95),
            Column("Order not known", share=0.95),
            Column("Assertions after it", share=0.95),
        ),
        rows=tuple(rows),
        note=text(
            "By sides that make no such claim themselves. An assertion is here a claim that "
            "something is so, likely or to come, on the question of what is denied; on any "
            "question where the words do not name it. Only an assertion before a denial can "
            "be what it answers; where the order is not "
            "known, none is drawn. Many assertions are given as a number."
            + truncation_note(len(frame), "denials", "those of the highest level")
        ),
        source=context.source,
        numbers={"denials": len(frame)},
    )


def _denial_row(claim: Any, context: Context) -> Row:
    dated = short_dated(claim.when, context.at.year)
    if claim.outside_when:
        dated += f" ({claim.outside_publisher}: {short_dated(claim.outside_when, context.at.year)})"
    return Row(
        (
            text(Run(capitalised(claim.speaker), style="strong"), f", {claim.speaker_role}"),
            text(dated),
            (quoted(claim.quote, claim.language) or text(claim.paraphrase))
            + citation([claim.claim_id]),
            text(f"{claim.denial}: {context.labels['denial'][claim.denial]}"),
            _denied(claim),
            *map(_links_or_count, (claim.before, claim.undetermined, claim.after)),
        )
    )


def _denied(claim: Any) -> Text:
    """Return what is denied; where the words do not name it, what the outlet's glosses say."""
    if claim.content != UNSTATED:
        return text("that ", Run(claim.proposition, style="em"))
    denied = text("not named in the quoted words")
    if claim.glosses:
        glosses = [
            (Run(proposition, style="em"), *citation([claim_id]))
            for proposition, claim_id in zip(claim.glosses, claim.gloss_ids, strict=True)
        ]
        denied += text(f"; by {claim.publisher}’s gloss, that ") + joined(glosses, ", ", " and ")
    return denied


def _links_or_count(claim_ids: list[str]) -> Text:
    """Return links to the claims, or how many there are where a cell would not hold them."""
    if len(claim_ids) > LIMITS.links:
        return text(f"{len(claim_ids):,}")
    return claim_links(claim_ids) or text("none")


def utterance_order(frame: pd.DataFrame, context: Context) -> Table:
    """Return the order matrix: was the row's utterance made before or after the column's?

    A pair that a part of the frame lacks has an empty cell.
    """
    rows = frame.drop_duplicates("first")
    columns = frame.drop_duplicates("second")
    utterances = list(dict.fromkeys([*columns["second"], *rows["first"]]))
    numbers = {key: f"{place}" for place, key in enumerate(utterances, 1)}
    is_numbered = len(columns) > NAMED_COLUMNS
    orders = {(pair.first, pair.second): ORDERS[pair.order] for pair in each_row(frame)}
    names = [_name(row.second_speaker, row.second_when, context) for row in each_row(columns)]
    heads = [numbers[key] for key in columns["second"]] if is_numbered else names
    drawn = []
    for row in each_row(rows):
        name = _name(row.first_speaker, row.first_when, context)
        label = text(f"{numbers[row.first]}  {name}" if is_numbered else name)
        cells = [text(orders.get((row.first, second), "")) for second in columns["second"]]
        drawn.append(Row((label + citation([row.first_claim]), *cells)))
    return Table(
        block_id="table-utterance-order",
        caption=text("Was the statement in the row made before or after the one in the column?"),
        columns=(
            Column("Statement", share=max(1.8, 0.3 * len(columns))),
            *(Column(head, "center") for head in heads),
        ),
        rows=tuple(drawn),
        note=text(
            f"As of {day(context.at.as_of)}. “{UNDETERMINED}”: the dates do not tell the order."
            + _choice(len(utterances), frame.attrs["candidates"])
        ),
        source=context.source,
        numbers={
            "pairs": frame.attrs["pairs"],
            "ordered": frame.attrs["ordered"],
            "shown": len(rows),
        },
    )


def _name(speaker: str, when: str, context: Context) -> str:
    return f"{capitalised(speaker)}, {short_dated(when, context.at.year)}"


def _choice(count: int, candidates: int) -> str:
    """Return which utterances the matrix holds; nothing where it holds all that matter."""
    if not candidates:
        return ""
    note = " Shown are those with which a side first, or anew, says so, calls it likely or denies."
    if count < candidates:
        note += f" Of {number(candidates)} here are the {number(count)} on the first questions."
    return note
