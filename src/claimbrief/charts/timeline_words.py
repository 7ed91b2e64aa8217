"""The claim timeline in words: each mark, the alt text and the description."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.escalation import CLAIMS, DENIALS, LIMITS
from claimbrief.charts.timeline_layout import band_label, parts
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.links import plain, statement_text
from claimbrief.wording import capitalised, counted, dated, day, described

PREFIXES = {LIMITS: "by a side that says such things itself: "}


def mark_text(row: Any, context: Context) -> str:
    """Return a mark in words: who, when, what, how firmly, in which band."""
    firmness = context.labels["commitment"][row.commitment]
    band = f"{PREFIXES.get(row.part, '')}{band_label(row.part, row.band, context)}"
    possibly = "" if row.certainty == "certain" else " (possibly)"
    said = plain(statement_text(row.stance_label, [(row.proposition, "", row.bare_quote)]))
    return f"{capitalised(row.speaker)}, {dated(row.when)}{possibly}: {said} ({firmness}; {band})"


def alt_text(frame: pd.DataFrame, context: Context, kind: str) -> str:
    """Return what the chart is and finds: how many marks each band of claims has, and denials."""
    at = context.at
    lead = (
        f"{kind} of {counted(len(frame), 'mark')} from {day(at.window_start)} to "
        f"{day(at.window_end)}, rows of claims above rows of denials."
    )
    counts = frame.loc[frame["part"] == CLAIMS, "band"].value_counts()
    bands = [
        f"{band_label(CLAIMS, band, context)} {counted(int(counts[band]), 'mark')}"
        for band in parts(frame, context)[CLAIMS]
        if band in counts.index
    ]
    if not bands:
        return f"{lead} Nobody says that anything of this is so, likely or to come."
    limits, denials = (int((frame["part"] == part).sum()) for part in (LIMITS, DENIALS))
    return (
        f"{lead} Said to be so, or likely: {'; '.join(bands)}. "
        f"Not so, or not yet, by sides that say such things: {counted(limits, 'mark')}. "
        f"Denials and answers: {counted(denials, 'mark')}."
    )


def description(frame: pd.DataFrame, context: Context) -> str:
    """Return the marks in words, in order of date, as many as a description takes."""
    if frame.empty:
        return "No statement in the window."
    return described([mark_text(row, context) for row in each_row(frame)])
