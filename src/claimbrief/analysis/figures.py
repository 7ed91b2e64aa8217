"""How many, according to whom, when: the figures that are claimed, by where the people are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.lasting import FORETOLD
from claimbrief.analysis.statements import statements
from claimbrief.dataset import each_row
from claimbrief.view import View

TO_COME, DENIED = "to_come", "denied"


def figures_claimed(view: View) -> pd.DataFrame:
    """Return one row a figure in a counted claim, in order of date.

    Columns: claim_id, speaker, side, when, certainty, low, high (people; one missing for "at least"
    or "at most"), place (the code of the question that the figure belongs to; "to_come" for what is
    foretold or in preparation, "denied" for a figure that the speaker says is not so), location
    (code), people (the word for them), stance, commitment, proposition, paraphrase.
    """
    frame = statements(view).query("is_counted")
    has_figure = frame["troops_low"].notna() | frame["troops_high"].notna()
    shown = frame[has_figure].assign(place=[_place(row) for row in each_row(frame[has_figure])])
    shown = shown.rename(columns={"troops_low": "low", "troops_high": "high"})
    columns = (
        "claim_id speaker side when certainty low high place location people stance "
        "commitment proposition paraphrase"
    )
    return shown[columns.split()]


def _place(claim: Any) -> str:
    """Return what a figure is of: a question, what is to come, or what is said not to be so."""
    if claim.is_denial or claim.is_limit:
        return DENIED
    return TO_COME if claim.content == FORETOLD else str(claim.question_id)
