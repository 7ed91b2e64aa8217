"""Sensitivity: what would change if an undated source had appeared on one of its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from claimbrief.blocks import Column, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS
from claimbrief.links import claim_link
from claimbrief.tables.parts import columns, row_of
from claimbrief.texts import text
from claimbrief.wording import capitalised, counted, day, figure, listed, number

FLIPS = 12  # the rows of the table of flips


def sensitivity(frame: pd.DataFrame, context: Context) -> Table:
    """Return what the undated sources' possible days of publication would change."""
    rows = list(each_row(frame))
    columns = [_published(row.published, context) for row in rows]
    measures = {
        "Statements of no single day": [f"{row.undated:,}" for row in rows],
        "Pairs of relevant statements whose order is known": [
            f"{row.ordered:,} of {row.pairs:,}" for row in rows
        ],
        "Statements certainly made by the day": [f"{row.certain:,}" for row in rows],
        "Statements possibly made by the day": [f"{row.possible:,}" for row in rows],
        "Independent origins": [figure(row.origins_low, row.origins_high) for row in rows],
    }
    return Table(
        block_id="table-sensitivity",
        caption=text("What would change if an undated source had appeared on one of its days"),
        columns=(Column("Measure", share=2), *(Column(label, "end") for label in columns)),
        rows=tuple(row_of(label, *map(text, values)) for label, values in measures.items()),
        note=text(
            f"{_undated(frame.attrs['undated_sources'])}As of {day(context.at.as_of)}. The column "
            "“range kept” is what this brief uses; a day moves only the sources that can have "
            "appeared on it."
        ),
        source=context.source,
        numbers={"days": int((frame["published"] != "").sum()), "flips": frame.attrs["flips"]},
    )


def _published(published: str, context: Context) -> str:
    return context.short_day(date.fromisoformat(published)) if published else "range kept"


def _undated(publishers: Sequence[str]) -> str:
    """Return who publishes the undated sources; many are counted."""
    if not publishers:
        return "Every source in use shows its day. "
    named = list(publishers[: LIMITS.names])
    if len(publishers) > LIMITS.names:
        named.append(counted(len(publishers) - LIMITS.names, "more document"))
    return f"Of no single day: {listed(named)}. "


def flips(frame: pd.DataFrame, context: Context) -> Table:
    """Return each date and each order that a day of publication would settle."""
    rows = []
    for flip in each_row(frame.iloc[:FLIPS]):
        cell = claim_link(capitalised(flip.first_speaker), flip.first_claim)
        if flip.second:
            cell += text(", before or after ") + claim_link(flip.second_speaker, flip.second_claim)
        on = [
            f"{_published(day, context)}: {_state(value, context)}"
            for day, value in sorted(flip.on.items())
        ]
        rows.append(row_of(cell, _state(flip.kept, context), "; ".join(on)))
    more = len(frame) - len(rows)
    are = "is" if more == 1 else "are"
    note = f" {capitalised(number(more))} more of the same kind {are} left out." if more else ""
    return Table(
        block_id="table-flips",
        caption=text("Which dates and which orders a day of publication would settle"),
        columns=columns({"What": 2.2, "With the range kept": 1, "If the source appeared on": 3}),
        rows=tuple(rows),
        note=text("Dates first, then pairs." + note),
        source=context.source,
        numbers={"flips": len(frame)},
    )


def _state(value: str, context: Context) -> str:
    """Return an order, or a date in EDTF in short words."""
    if value in ("before", "after"):
        return value
    return "order not known" if value == "undetermined" else context.short_dated(value)
