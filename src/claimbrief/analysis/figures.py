"""How many, according to whom, when: the figures that are claimed, by where the people are."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.statements import statements
from claimbrief.view import View

SENT, IN_ZONE, TO_COME, DENIED = "sent", "in_zone", "to_come", "denied"


def figures_claimed(view: View) -> pd.DataFrame:
    """Return one row a figure in a counted claim, in order of date.

    Columns: claim_id, speaker, side, when, certainty, low, high (people; one missing for "at
    least" or "at most"), place ("sent" where the claim stands on a step of people sent or present
    in the state, "in_zone" on a step in the war zone, "to_come" for what is foretold or in
    preparation, "denied" for a figure that the speaker rejects), location (code), personnel_term,
    stance, commitment, proposition, paraphrase.
    """
    frame = statements(view).query("is_counted")
    has_figure = frame["troops_low"].notna() | frame["troops_high"].notna()
    shown = frame[has_figure].assign(place=[_place(row) for _, row in frame[has_figure].iterrows()])
    shown = shown.rename(columns={"troops_low": "low", "troops_high": "high"})
    columns = (
        "claim_id speaker side when certainty low high place location personnel_term stance "
        "commitment proposition paraphrase"
    )
    return shown[columns.split()]


def _place(claim: pd.Series) -> str:
    """Return where the people of a figure are, as the claim's content has it."""
    if claim["is_denial"]:
        return DENIED
    if pd.isna(claim["rung"]):
        return TO_COME
    return IN_ZONE if claim["content_role"] in ("present_in_zone", "combat") else SENT
