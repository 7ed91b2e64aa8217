"""Which case of an answer holds by the day: nobody says so, no government does, or so many do."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.prose.naming import OFFICIAL, certain

NOBODY, UNQUOTED, POSSIBLY = "nobody", "unquoted", "possibly"
NO_GOVERNMENT, NOT_OUTRIGHT, SOME = "no_government", "not_outright", "some"


@dataclass(frozen=True, eq=False)
class Reply:
    """Which of the cases of an answer holds: nobody, possibly somebody, no government, or so many.

    `so` are the claims by which sides certainly say so, and `likely` those by which others call it
    likely, one of a side.
    """

    case: str
    so: pd.DataFrame
    likely: pd.DataFrame


def reply_of(findings: Findings) -> Reply:
    """Return which case of an answer holds by the day."""
    said = findings.answer.said
    sure = certain(said)
    so = sure[sure["stance"] == "affirms"].drop_duplicates("side")
    likely = sure[~sure["side"].isin(so["side"])].drop_duplicates("side")
    if said.empty:
        return Reply(NOBODY if findings.answer.not_counted.empty else UNQUOTED, so, likely)
    if sure.empty:
        return Reply(POSSIBLY, so, likely)
    if so["kind"].isin(OFFICIAL).any():
        return Reply(SOME, so, likely)
    if likely["kind"].isin(OFFICIAL).any():
        return Reply(NOT_OUTRIGHT, so, likely)
    if findings.positions["kind"].isin(OFFICIAL).any():
        return Reply(NO_GOVERNMENT, so, likely)
    return Reply(SOME if len(so) else NOT_OUTRIGHT, so, likely)
