"""What each side's statements rest on: its own evidence, another's word, or nothing stated."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.origins_by_side import BASES
from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.links import cite, names_of
from claimbrief.texts import Run, Text, text
from claimbrief.wording import capitalised, counted, listed, none_or, number

ROWS = 4  # so many rows the table has; the last is for all further sides


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
        subtitle=text("A statement can count in several columns."),
        columns=(
            Column("Side", share=1.9),
            Column("Statements", "end", 1),
            Column("On evidence it says it has", share=2.6),
            Column("On another side’s word or evidence", share=3.2),
            Column("Source partly or wholly unstated", "end", 1.4),
        ),
        rows=tuple(rows),
        numbers={"sides": len(frame), "statements": sums.pop("claim_ids"), **sums},
    )


def _caption(sums: dict[str, int]) -> str:
    """Return how many statements rest on a side's own evidence, on another's, or on neither."""
    total, own, others = sums["claim_ids"], sums["on_own_evidence"], sums["on_others"]
    if not total:
        return "Nobody says that anything is so"
    if total == 1:
        bases = ["the side’s own evidence"] * own + ["another’s"] * others
        return f"The one statement rests on {listed(bases) or 'no evidence that it names'}"
    unstated = sums["not_stated"]
    leave = f"; {number(unstated)} {'leaves' if unstated == 1 else 'leave'} a source unstated"
    lead = f"Of {number(total)} statements, {none_or(own)} {'rests' if own < 2 else 'rest'}"
    on = f"on the side’s own evidence, {none_or(others)} on another’s"
    return f"{lead} {on}{leave if unstated else ''}"


def _side(row: Any, context: Context) -> Row:
    """Return a side's row: how many statements, and of each sort how many, with one to read."""
    on_others = text(f"{len(row.on_others):,}: {names_of(row.others, context)}")
    cells = (
        text(Run(capitalised(context.names[row.side].removeprefix("the ")), style="strong")),
        text(f"{len(row.claim_ids):,}"),
        _some(row.on_own_evidence, context),
        on_others if row.on_others else text("–"),
        text(f"{len(row.not_stated):,}"),
    )
    return Row(cells, key=row.side)


def _some(claim_ids: list[str], context: Context) -> Text:
    """Return how many statements there are, and the first to read."""
    if not claim_ids:
        return text("–")
    first = ", such as " if len(claim_ids) > 1 else ": "
    return text(f"{len(claim_ids):,}{first}") + cite(claim_ids[0], context, has_side=False)


def _rest(rest: pd.DataFrame) -> Row:
    """Return the row that sums up all further sides."""
    total, *sums, unstated = (int(rest[name].map(len).sum()) for name in ("claim_ids", *BASES))
    cells = [f"{total:,}", *(f"{count:,}" if count else "–" for count in sums), f"{unstated:,}"]
    return Row((text(capitalised(counted(len(rest), "more side"))), *map(text, cells)), key="rest")
