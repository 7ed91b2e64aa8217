"""Who said so, or called it likely, and later went back on it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.links import cite, sentence
from claimbrief.prose.naming import certain, finding, short_name
from claimbrief.statements import reportedly
from claimbrief.texts import Text, text
from claimbrief.view import SAYS_LIKELY, SAYS_SO
from claimbrief.wording import capitalised, counted

SIDES_NAMED = 3  # how many sides are named; more are counted


def went_back(rows: pd.DataFrame, context: Context) -> list[Text]:
    """Return who said so, or called it likely, and took it back; rows of what was taken back.

    Of a side its firmest claim is cited; of many sides some.
    """
    verbs = {SAYS_SO: "said so", SAYS_LIKELY: "called it likely"}
    so, likely = (rows[rows["position"] == position] for position in verbs)
    own = list(each_row(pd.concat([so, likely]).drop_duplicates("side")))
    found = [
        sentence(cite(row.claim_id, context))
        + text(f" {reportedly([row.rests_on])}{verbs[row.position]} before")
        + text(f", and {short_name(row.side, context)} later went back on it")
        for row in own[:SIDES_NAMED]
    ]
    more = counted(len(own) - SIDES_NAMED, "more side")
    return found + [text(f"{capitalised(more)} did so too")] * (len(own) > SIDES_NAMED)


def no_longer_said(found: Findings, ranked: Sequence[str], context: Context) -> Text:
    """Return that nobody says so any more on a question on which somebody took it back.

    It is of the first such question beside the title's; `ranked` are those on which somebody does.
    """
    rows = certain(found.positions)
    is_named = rows["question_id"].isin([*ranked, found.answer.question])
    back = rows[rows["is_taken_back"] & ~is_named]
    said_so = back.loc[back["position"] == SAYS_SO, "question_id"]
    if said_so.empty:
        return ()
    question = said_so.iloc[0]
    head = f"{context.short_questions[question]}: nobody says so any more"
    return finding([head], went_back(back[back["question_id"] == question], context))
