"""The deflation table, from claim rows down to public evidence, and the table of days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from claimbrief.analysis.counts import Count
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.provenance import Origins
from claimbrief.blocks import Column, Days, Table
from claimbrief.captions import first_that_fits
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.earlier import through_days
from claimbrief.tables.parts import row_of
from claimbrief.texts import text
from claimbrief.wording import between, day, possibly

# Each step of the deflation in words, with why its count is lower than the last.
STEPS = {
    "claim_rows": (
        "Claims in the record",
        "One stance on one proposition, as one source gives it.",
    ),
    "own_renderings": (
        "Claims quoted or reported as a speaker’s",
        "Left out: glosses, summaries, an outlet’s own sentences, what is reported as not said.",
    ),
    "utterances": (
        "Statements",
        "One carries several claims; what may have been several is counted once.",
    ),
    "speakers": ("Speakers", "Some are heard more than once; some speak together."),
    "asserting_speakers": (
        "Speakers who say that it is so, or likely",
        "Of something that is or was so on one of the questions.",
    ),
    "asserting_sides": (
        "Sides that they speak for",
        "A side is the topmost body that a speaker belongs to.",
    ),
    "speakers_with_own_source": (
        "Speakers who name evidence of their side’s own",
        "The others name none, or reports by others, or reasoning.",
    ),
    "independent_origins": (
        "Independent sources behind these",
        "A range where the record does not tell what a speaker rested on.",
    ),
    "items_made_public": (
        "Items cited as evidence that this record shows as public",
        "To be named is not to be shown.",
    ),
}
# The figures of a day: the key that the page knows each by, its label, its name in `Findings`.
FIGURES = {
    "claims": ("Claims", "claim_rows"),
    "utterances": ("Statements", "utterances"),
    "speakers": ("Speakers", "speakers"),
    "asserting_speakers": ("Speakers who say so, or likely", "asserting_speakers"),
    "asserting_sides": ("Sides that they speak for", "asserting_sides"),
    "origins": ("Independent sources", "origins"),
    "items_public": ("Things shown as evidence", "items_public"),
    "denials": ("Denials", "denials"),
}


@through_days
def deflation(frame: pd.DataFrame, context: Context) -> Table:
    """Return the deflation table: a row per step, its count and why it is lower than the last.

    The key of a row is the step.
    """
    rows = []
    numbers: dict[str, list[int]] = {}
    for step in each_row(frame):
        label, reason = STEPS[step.step]
        low, high = step.certain, step.certain + step.possible
        rows.append(row_of(label, _range(low, high), reason, key=step.step))
        numbers[step.step] = [low, high]
    return Table(
        block_id="table-deflation",
        caption=text(_caption(numbers)),
        subtitle=text("From the rows of the record down to what the public could see"),
        columns=(
            Column("What is counted", share=2.4, key="step"),
            Column("Count", "end", 0.5, key="count"),
            Column("Why it falls", share=3.2, key="reason"),
        ),
        rows=tuple(rows),
        note=text(
            "A range runs from what is certain by that day to what is possible; for sources, from "
            "the fewest to the most."
        ),
        source=context.source,
        numbers=numbers,
    )


def _caption(numbers: Mapping[str, list[int]]) -> str:
    """Return how many speakers say so, and how many sources may stand behind them."""
    if not {"asserting_speakers", "independent_origins"} <= set(numbers):
        return "How much stands behind what was said"
    (low, high), origins = numbers["asserting_speakers"], between(*numbers["independent_origins"])
    if not high:
        return "Nobody had said that anything of this is so"
    speakers = "speaker" if high == 1 else "speakers"
    who = f"{possibly(low, high - low)} {speakers}"
    s = "s" if high == 1 else ""
    noun = "source" if origins == "one" else "sources"
    return first_that_fits(
        f"{who} say{s} something is so, or likely, resting on {origins} {noun}",
        f"{who} assert{s} something, resting on {origins} {noun}",
    )


def days(findings_by_day: Mapping[date, Findings], context: Context) -> Days:
    """Return the days of the window with what had been said by the end of each, in figures."""
    figures = {
        label: [written(getattr(findings, name)) for findings in findings_by_day.values()]
        for label, name in FIGURES.values()
    }
    rows = tuple(
        (value.isoformat(), day(value), figures_of_day)
        for value, figures_of_day in zip(
            findings_by_day, zip(*figures.values(), strict=True), strict=True
        )
    )
    return Days(
        block_id="days",
        caption=text("What had been said, day by day"),
        labels=tuple(figures),
        figure_keys=tuple(FIGURES),
        rows=rows,
        note=text(
            "Each row counts what had been said, or may have been, by the end of the day. A range "
            "runs from what is certain to what is possible; for sources, from the fewest to the "
            "most."
        ),
        numbers=figures,
    )


def _range(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def written(figure: Count | Origins) -> str:
    """Return a figure of a day as it is written, a range where it has one."""
    if isinstance(figure, Origins):
        return _range(figure.low, figure.high)
    return _range(figure.certain, figure.total)
