"""The deflation table: from claim rows down to evidence that the public can see."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from claimbrief.analysis.days import views_by_day
from claimbrief.analysis.findings import Findings, findings
from claimbrief.analysis.lineage import deflation
from claimbrief.analysis.statements import Count
from claimbrief.blocks import Column, Days, Row, Table, text
from claimbrief.dataset import each_row
from claimbrief.earlier import table_by_day
from claimbrief.links import source_line
from claimbrief.steps import STEPS
from claimbrief.view import View
from claimbrief.wording import day


def table_deflation(view: View) -> Table:
    """Return the deflation table: a row a step, its count and why it is lower than the last.

    With the counts of the earlier days of the window.
    """
    return table_by_day(_deflation, view)


def table_days(view: View) -> Days:
    """Return the days of the window with what had been said by the end of each, in figures."""
    shown = {one: findings(seen) for one, seen in views_by_day(view).items()}
    figures = {label: [figure(one) for one in shown.values()] for label, figure in FIGURES.items()}
    rows = tuple(
        (one.isoformat(), day(one), tuple(column[place] for column in figures.values()))
        for place, one in enumerate(shown)
    )
    return Days(
        block_id="days",
        caption=text("What had been said, day by day"),
        labels=tuple(figures),
        rows=rows,
        note=text(
            "Each row counts what had been said, or may have been, by the end of the day. A range "
            "runs from what is certain to what is possible; for origins, from the fewest to the "
            "most."
        ),
        numbers=figures,
    )


def _range(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _count(count: Count) -> str:
    return _range(count.certain, count.most)


FIGURES: Mapping[str, Callable[[Findings], str]] = {
    "Claims": lambda shown: _count(shown.claim_rows),
    "Utterances": lambda shown: _count(shown.utterances),
    "Speakers": lambda shown: _count(shown.speakers),
    "Speakers who say so, or likely": lambda shown: _count(shown.asserting_speakers),
    "Sides that they speak for": lambda shown: _count(shown.asserting_sides),
    "Independent origins": lambda shown: _range(shown.origins.low, shown.origins.high),
    "Evidence shown as public": lambda shown: _count(shown.items_public),
    "Denials": lambda shown: f"{len(shown.denials):,}",
}


def _deflation(view: View) -> Table:
    rows = []
    numbers: dict[str, object] = {}
    for step in each_row(deflation(view)):
        label, reason = STEPS[str(step.step)]
        low, high = int(step.certain), int(step.certain) + int(step.possible)
        rows.append(Row((text(label), text(_range(low, high)), text(reason))))
        numbers[str(step.step)] = [low, high]
    return Table(
        block_id="table-deflation",
        caption=text("Is it one story told many times?"),
        columns=(
            Column("What is counted", share=2.4),
            Column("Count", "end", 0.5),
            Column("Why it falls", share=3.2),
        ),
        rows=tuple(rows),
        note=text(
            "Counts, not shares. A range runs from what is certain by "
            "that day to what is possible; for origins, from the fewest to the most."
        ),
        source=source_line(view),
        numbers=numbers,
    )
