"""What each side's statements rest on: its own evidence, another's word, or nothing stated."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.origins_by_side import BASES
from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.links import cites, names_of
from claimbrief.texts import Run, Text, text
from claimbrief.wording import capitalised, counted, listed, none_or, number

ROWS = 7  # so many rows the table has; the last is for all further sides
CITED = 1  # so many statements are cited in a cell


def origins_by_side(frame: pd.DataFrame, context: Context) -> Table:
    """Return a row a side that says that something is so; of many sides the last row sums up."""
    named = len(frame) if len(frame) <= ROWS else ROWS - 1
    rows = [_side(row, context) for row in each_row(frame.iloc[:named])]
    rest = frame.iloc[named:]
    if len(rest):
        rows.append(_rest(rest))
    sums = {name: int(frame[name].map(len).sum()) for name in ("claim_ids", *BASES)}
    return Table(
        block_id="table-origins-by-side",
        caption=text(_caption(sums)),
        subtitle=text(
            "The statements in which each side says that something is so, or likely, and what they "
            "rest on."
        ),
        columns=(
            Column("Side", share=1.9),
            Column("Statements", "end", 1),
            Column("On evidence of its own", share=2.4),
            Column("On another side’s word or evidence", share=3.2),
            Column("Source partly or wholly unstated", "end", 1.4),
        ),
        rows=tuple(rows),
        note=text(
            "A statement that rests on several things counts in each column: it may name one "
            "source and leave another unstated. Evidence of a side’s own is what it says it has, "
            "shown or not."
        ),
        numbers={"sides": len(frame), "statements": sums.pop("claim_ids"), **sums},
    )


def _caption(sums: dict[str, int]) -> str:
    """Return how many statements rest on a side's own evidence, and how many on another's word."""
    total, own, others = sums["claim_ids"], sums["on_own_evidence"], sums["on_others"]
    if not total:
        return "Nobody says that anything is so"
    if total == 1:
        on = ["evidence of the side’s own"] * own + ["another side’s"] * others
        return f"The one statement rests on {listed(on) or 'no evidence that it names'}"
    rest = "rests" if own < 2 else "rest"
    lead = f"{capitalised(none_or(own))} of {number(total)} statements {rest}"
    return f"{lead} on evidence of the side’s own, {none_or(others)} on another side’s"


def _side(row: Any, context: Context) -> Row:
    """Return a side's row: how many statements, and of each sort how many, with one to read."""
    others = names_of(row.others, context)
    whose = text(f" ({others})") if others else ()
    cells = (
        text(Run(capitalised(context.names[row.side].removeprefix("the ")), style="strong")),
        text(f"{len(row.claim_ids):,}"),
        _some(row.on_own_evidence, context),
        _some(row.on_others, context, whose),
        text(f"{len(row.not_stated):,}"),
    )
    return Row(cells, key=row.side)


def _some(claim_ids: list[str], context: Context, whose: Text = ()) -> Text:
    """Return how many statements there are, whose word they rest on, and the first to read."""
    if not claim_ids:
        return text("–")
    count = text(f"{len(claim_ids):,}") + whose
    first = text(", such as ") if len(claim_ids) > 1 else text(": ")
    return count + first + cites(claim_ids[:CITED], context, has_side=False)


def _rest(rest: pd.DataFrame) -> Row:
    """Return the row that sums up all further sides."""
    sums = [f"{rest[name].map(len).sum():,}" for name in ("claim_ids", *BASES)]
    name = counted(len(rest), "more side")
    return Row((text(capitalised(name)), *map(text, sums)), key="rest")
