"""The deflation table: from claim rows down to evidence that the public can see."""

from __future__ import annotations

from claimbrief.analysis.lineage import deflation
from claimbrief.blocks import Column, Row, Table, text
from claimbrief.dataset import each_row
from claimbrief.links import source_line
from claimbrief.steps import STEPS
from claimbrief.view import View
from claimbrief.wording import day


def table_deflation(view: View) -> Table:
    """Return the deflation table: a row a step, its count and why it is lower than the last."""
    rows = []
    numbers: dict[str, object] = {}
    for step in each_row(deflation(view)):
        label, reason = STEPS[str(step.step)]
        low, high = int(step.certain), int(step.certain) + int(step.possible)
        shown = f"{low}" if low == high else f"{low}–{high}"
        rows.append(Row((text(label), text(shown), text(reason))))
        numbers[str(step.step)] = [low, high]
    return Table(
        block_id="table-deflation",
        caption=text("Is it one story told many times?"),
        columns=(
            Column("What is counted", share=2.2),
            Column("Count", "end", 0.6),
            Column("Why it falls", share=3.2),
        ),
        rows=tuple(rows),
        note=text(
            f"As of {day(view.at.as_of)}. Counts, not shares. A range runs from what is certain by "
            "that day to what is possible; for origins, from the fewest to the most."
        ),
        source=source_line(view),
        numbers=numbers,
    )
