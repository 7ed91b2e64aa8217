"""What is new since the last edition of a brief: statements, sides that say so, evidence shown."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.items_cited import items_cited
from claimbrief.analysis.lineage import PUBLIC
from claimbrief.analysis.positions import positions_by_question
from claimbrief.dataset import CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION
from claimbrief.lookups import actor_kinds, pairs
from claimbrief.view import SAYS_SO, View, on_day

STATEMENT, ITEM = "statement", "item"  # beside SAYS_SO: what a row is
NO_QUESTION = (CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION)
COLUMNS = ["new", "of", "claim_id", "side", "kind", "certainty", "latest"]


def since_last_edition(view: View) -> pd.DataFrame:
    """Return one row a thing that is new since the day of the last edition, to the brief's day.

    New is what is certain by the brief's day and was not even possible by that of the last edition;
    without a last edition nothing is. Columns: new (STATEMENT; SAYS_SO: a side on a question; ITEM:
    an item of evidence, cited in support, that the public could not see before), of (the id of the
    utterance, the code of the question, or the code of the item's kind), claim_id (the claim to
    cite) with the claim's side, its kind (code), certainty and latest.
    """
    last = view.at.last_edition
    if last is None or last >= view.at.as_of:
        return pd.DataFrame(columns=COLUMNS)
    before = on_day(view, last)
    found = pd.concat([_statements(view, before), _sides(view, before), _items(view, before)])
    claims = view.statements.set_index("claim_id")[["side", "certainty", "latest"]]
    kinds = actor_kinds(view.whole)
    rows = found.join(claims, on="claim_id")
    return rows.assign(kind=rows["side"].map(kinds))[COLUMNS].reset_index(drop=True)


def _statements(view: View, before: View) -> pd.DataFrame:
    """Return the statements that are no more likely to be one that was in view before."""
    rows = before.statements
    known = set(rows.loc[rows["is_counted"], "utterance_id"])
    likely_same = pairs(view.record.utterances, "utterance_id", "duplicate_of")
    known |= {same for utterance, same in likely_same if utterance in known}
    claims = view.statements
    claims = claims[claims["is_counted"] & (claims["certainty"] == "certain")]
    later = claims[~claims["utterance_id"].isin(known)].drop_duplicates("utterance_id")
    return later[["claim_id"]].assign(new=STATEMENT, of=later["utterance_id"])


def _sides(view: View, before: View) -> pd.DataFrame:
    """Return for each question the sides that say so and did not."""
    rows = positions_by_question(before)
    known = set(pairs(rows[rows["position"] == SAYS_SO], "question_id", "side"))
    rows = positions_by_question(view)
    rows = rows[(rows["position"] == SAYS_SO) & (rows["certainty"] == "certain")]
    rows = rows[~rows["question_id"].isin(NO_QUESTION)]
    is_new = [pair not in known for pair in pairs(rows, "question_id", "side")]
    rows = rows[pd.Series(is_new, rows.index, dtype=bool)]
    return rows[["claim_id"]].assign(new=SAYS_SO, of=rows["question_id"])


def _items(view: View, before: View) -> pd.DataFrame:
    """Return the items that the public could see and could not, each with a claim that cites it."""
    states = before.record.evidence_status
    known = states.loc[states["publicity"].isin(PUBLIC), "evidence_id"]
    claims = view.statements
    certain = set(claims.loc[claims["certainty"] == "certain", "claim_id"])
    items = items_cited(view)
    items = items[items["is_certainly_public"] & ~items["evidence_id"].isin(known)]
    cited = [next(filter(certain.__contains__, ids), "") for ids in items["claim_ids"]]
    found = pd.DataFrame({"claim_id": cited, "new": ITEM, "of": items["kind"].tolist()})
    return found[found["claim_id"] != ""]
