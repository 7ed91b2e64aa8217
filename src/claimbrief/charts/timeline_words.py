"""The claim timeline in words: each mark, the alt text and the description."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.escalation import (
    DENIALS,
    OPEN,
)
from claimbrief.analysis.findings import findings
from claimbrief.dataset import each_row
from claimbrief.links import said_text
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, listed


def told(view: View, row: Any) -> str:
    """Return a mark in words: who, when, what, how firmly, at which step."""
    stances, firmness = view.whole.labels("stance"), view.whole.labels("commitment")
    if row.ladder == DENIALS:
        step = f"denial {row.step}, {view.whole.labels('denial')[row.step]}"
    elif row.ladder == OPEN:
        step = "left open"
    elif row.step in view.whole.labels("rung"):
        step = f"step {row.step}, {view.whole.labels('rung')[row.step]}"
    else:
        step = view.whole.labels("content_role")[row.step]
    possibly = "" if row.certainty == "certain" else " (possibly)"
    said = "".join(
        run.text for run in said_text(stances[row.stance], [(row.proposition, "", row.words)])
    )
    who = f"{capitalised(row.speaker)}, {dated(row.when)}{possibly}"
    return f"{who}: {said} ({firmness[row.commitment]}; {step})"


def alt_text(view: View, frame: pd.DataFrame) -> str:
    """Return what the chart is and finds: the highest step asserted, by whom, and the denials."""
    at, shown = view.at, findings(view)
    window = f"{day(at.window_start)} to {day(at.window_end)}"
    marks = counted(len(frame), "mark")
    lead = f"Timeline of {marks} from {window} on two ladders, statements above denials."
    if shown.highest_rung is None:
        return f"{lead} Nobody says that anything above step 0 is so, or likely."
    who = listed([f"{one.speaker} {dated(one.when)}" for one in shown.strongest])
    tail = f" The highest step said to be so, or likely, is {shown.highest_rung}: {who}."
    denied = listed([f"{one.speaker} {dated(one.when)}" for one in shown.denials])
    return lead + tail + (f" Denials: {denied}." if denied else " No denials.")


def description(view: View, frame: pd.DataFrame) -> str:
    """Return every mark in words, in order of date."""
    if frame.empty:
        return "No statement in the window."
    return ". ".join(told(view, row) for row in each_row(frame)) + "."
