"""How many, according to whom, when: the figures that are claimed, by where the people are."""

from __future__ import annotations

import pandas as pd

from claimbrief.statements import TO_COME
from claimbrief.view import View

DENIED = "denied"


def figures_claimed(view: View) -> pd.DataFrame:
    """Return one row a figure in a counted claim, in order of date.

    Columns: claim_id, speaker, side, when, earliest, latest, certainty, low, high (people; one
    missing for "at least" or "at most"), topic (the code of the question that the figure belongs
    to; "to_come" for what is foretold or in preparation, "denied" for a figure that the speaker
    says is not so), location (code), people (the word for them), stance, commitment, proposition,
    paraphrase.
    """
    claims = view.statements[view.statements["is_counted"]]
    claims = claims[claims["figure_low"].notna() | claims["figure_high"].notna()]
    topic = claims["question_id"].mask(claims["content"] == TO_COME, TO_COME)
    topic = topic.mask(claims["is_denial"] | claims["is_limit"], DENIED)
    found = claims.assign(topic=topic, low=claims["figure_low"], high=claims["figure_high"])
    columns = (
        "claim_id speaker side when earliest latest certainty low high topic location people "
        "stance commitment proposition paraphrase"
    )
    return found[columns.split()]
