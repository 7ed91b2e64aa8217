"""The claim timeline in words: each mark, the alt text and the description."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.escalation import CLAIMS, DENIALS, LIMITS
from claimbrief.charts.timeline_layout import ladders, row_name
from claimbrief.dataset import each_row
from claimbrief.links import said_text
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, described, listed

PARTS = {LIMITS: "a limit set by a side that makes such claims: ", DENIALS: "denial "}


def told(view: View, row: Any) -> str:
    """Return a mark in words: who, when, what, how firmly, in which row."""
    firmness = view.whole.labels("commitment")
    where = f"{PARTS.get(row.ladder, '')}{row_name(view, row.ladder, row.step)}"
    possibly = "" if row.certainty == "certain" else " (possibly)"
    said = "".join(
        run.text for run in said_text(row.stance_words, [(row.proposition, "", row.words)])
    )
    who = f"{capitalised(row.speaker)}, {dated(row.when)}{possibly}"
    return f"{who}: {said} ({firmness[row.commitment]}; {where})"


def alt_text(view: View, frame: pd.DataFrame) -> str:
    """Return what the chart is and finds: how many marks each row of claims has, and denials."""
    at = view.at
    window = f"{day(at.window_start)} to {day(at.window_end)}"
    marks = counted(len(frame), "mark")
    lead = f"Timeline of {marks} from {window}, rows of claims above rows of denials."
    counts = frame.groupby(["ladder", "step"]).size()
    told_rows = [
        f"{row_name(view, CLAIMS, step)} {counted(int(counts[CLAIMS, step]), 'mark')}"
        for ladder, steps in ladders(view, frame)
        for step in steps
        if ladder == CLAIMS and (CLAIMS, step) in counts.index
    ]
    if not told_rows:
        return f"{lead} Nobody says that anything of this is so, or likely."
    limits, denied = (int((frame["ladder"] == part).sum()) for part in (LIMITS, DENIALS))
    return (
        f"{lead} Said to be so, or likely: {listed(told_rows, last='; ')}. "
        f"Not so, or not yet (limits, no denials): {counted(limits, 'mark')}. "
        f"Denials and answers: {counted(denied, 'mark')}."
    )


def description(view: View, frame: pd.DataFrame) -> str:
    """Return the marks in words, in order of date, as many as a description takes."""
    if frame.empty:
        return "No statement in the window."
    return described([told(view, row) for row in each_row(frame)])
