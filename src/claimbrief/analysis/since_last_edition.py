"""What is new since the last edition of a brief: statements, sides that say so, evidence shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from claimbrief.analysis.items_cited import items_cited
from claimbrief.analysis.lineage import PUBLIC
from claimbrief.analysis.positions import positions_by_question
from claimbrief.dataset import CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION, each_row
from claimbrief.lookups import pairs
from claimbrief.view import SAYS_SO, View, on_day

STATEMENT, ITEM = "statement", "item"  # beside SAYS_SO: what a row is
NO_QUESTION = (CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION)
COLUMNS = ["new", "of", "claim_id", "side", "kind", "certainty", "latest"]
Rows = Iterator[tuple[str, str, Any]]  # what is new, of what, and the claim to cite


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
    kinds = dict(pairs(view.whole.actors, "actor_id", "kind"))
    found = [*_statements(view, before), *_sides(view, before), *_items(view, before)]
    rows = [
        (new, of, claim.claim_id, claim.side, kinds[claim.side], claim.certainty, claim.latest)
        for new, of, claim in found
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _statements(view: View, before: View) -> Rows:
    """Yield the statements that are no more likely to be one that was in view before."""
    rows = before.statements
    known = set(rows.loc[rows["is_counted"], "utterance_id"])
    likely_same = pairs(view.record.utterances, "utterance_id", "duplicate_of")
    known |= {same for utterance, same in likely_same if utterance in known}
    claims = view.statements
    claims = claims[claims["is_counted"] & (claims["certainty"] == "certain")]
    later = claims[~claims["utterance_id"].isin(known)].drop_duplicates("utterance_id")
    for claim in each_row(later[["claim_id", "utterance_id", "side", "certainty", "latest"]]):
        yield STATEMENT, claim.utterance_id, claim


def _sides(view: View, before: View) -> Rows:
    """Yield for each question the sides that say so and did not."""
    rows = positions_by_question(before)
    known = set(pairs(rows[rows["position"] == SAYS_SO], "question_id", "side"))
    rows = positions_by_question(view)
    rows = rows[(rows["position"] == SAYS_SO) & (rows["certainty"] == "certain")]
    for row in each_row(rows[~rows["question_id"].isin(NO_QUESTION)]):
        if (row.question_id, row.side) not in known:
            yield SAYS_SO, row.question_id, row


def _items(view: View, before: View) -> Rows:
    """Yield the items that the public could see and could not, each with a claim that cites it."""
    states = before.record.evidence_status
    known = set(states.loc[states["publicity"].isin(PUBLIC), "evidence_id"])
    claims = view.statements[["claim_id", "side", "certainty", "latest"]]
    certain = {it.claim_id: it for it in each_row(claims[claims["certainty"] == "certain"])}
    for item in each_row(items_cited(view)):
        cited = [certain[claim_id] for claim_id in item.claim_ids if claim_id in certain]
        if item.is_certainly_public and item.evidence_id not in known and cited:
            yield ITEM, item.kind, cited[0]
