"""How many, according to whom, when: the figures that are claimed, by where the people are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.statements import statements
from claimbrief.dataset import each_row
from claimbrief.view import View

SENT, MOVING, IN_ZONE = "sent", "moving", "in_zone"
TO_COME, DENIED = "to_come", "denied"


def figures_claimed(view: View) -> pd.DataFrame:
    """Return one row a figure in a counted claim, in order of date.

    Columns: claim_id, speaker, side, when, certainty, low, high (people; one missing for "at
    least" or "at most"), place ("sent" where the claim stands on a step of people sent or present
    in the state, "moving" for people on the way to the war zone, "in_zone" for people in it,
    "to_come" for what is foretold or in preparation, "denied" for a figure that the speaker
    rejects), location (code), personnel_term, stance, commitment, proposition, paraphrase.
    """
    frame = statements(view).query("is_counted")
    has_figure = frame["troops_low"].notna() | frame["troops_high"].notna()
    shown = frame[has_figure].assign(place=[_place(row) for row in each_row(frame[has_figure])])
    shown = shown.rename(columns={"troops_low": "low", "troops_high": "high"})
    columns = (
        "claim_id speaker side when certainty low high place location personnel_term stance "
        "commitment proposition paraphrase"
    )
    return shown[columns.split()]


def _place(claim: Any) -> str:
    """Return where the people of a figure are, as the claim's content has it."""
    if claim.is_denial:
        return DENIED
    if claim.rung is pd.NA:
        return TO_COME
    places = {"present_in_zone": IN_ZONE, "combat": IN_ZONE, "moving": MOVING}
    return places.get(claim.content_role, SENT)
