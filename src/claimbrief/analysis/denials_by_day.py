"""What is denied, day by day: who denied or dismissed what, and who said not yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from claimbrief.analysis.positions import answers
from claimbrief.analysis.turns_in_words import quote_to_print, unfit
from claimbrief.lookups import rows_by
from claimbrief.statements import HEDGED, NOT_YET, TO_COME, UNSTATED
from claimbrief.view import LIMITS, View

DENIAL, LIMIT = "denial", "limit"
DENIES, DISMISSES, DENIES_TO_COME, DOUBTS = "denies", "dismisses", "denies_to_come", "questions"
EVADES, DECLINES = "D-1", "D0"
# What a speaker did, that which denies most first.
KINDS = (DENIES, DISMISSES, DENIES_TO_COME, DOUBTS, NOT_YET, EVADES, DECLINES)
OF_FIRST = ["side", "speaker", "when", "certainty", "latest", "question_id"]
COLUMNS = ["group", *OF_FIRST, "unfit", "kinds", "is_hedged", "claim_ids", "question_ids"]
COLUMNS += ["propositions", "quotes", "paraphrases"]


def denials_by_day(view: View) -> pd.DataFrame:
    """Return one row a speaker and day: what was denied, and in which words.

    `group` is DENIAL, for sides that make no such claim themselves, with the days on which they
    doubted it or would not say; or LIMIT, for what a side that makes claims says is not so, or not
    yet: there a question and a kind have a row of their own. By group and date. Columns: group,
    side, speaker, when (EDTF), certainty, latest, unfit (how unfit to be quoted) and question_id
    (of the first claim), and lists of the same length with an item for each of KINDS that the
    speaker did: kinds, is_hedged (whether all claims of the kind have a hedge), and of the claim
    chosen for it claim_ids, question_ids, propositions, quotes ("" where it is not to be quoted)
    and paraphrases. Of several claims of a kind that one is chosen whose words name what is denied.
    """
    claims = view.statements
    is_answer = claims["is_denial"] | claims["claim_id"].isin(answers(view)["claim_id"])
    rows = [
        *_rows(DENIAL, claims[is_answer]),
        *_rows(LIMIT, claims[claims["position"] == LIMITS], "question_id", "kind"),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(group: str, claims: pd.DataFrame, *also_by: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each speaker and day (and what else), by date, with a claim for each kind."""
    kinds = claims.assign(kind=_kinds(claims))
    for said in rows_by(kinds, "speaker", "side", "when", *also_by).values():
        by_kind = {kind: [claim for claim in said if claim.kind == kind] for kind in KINDS}
        done = {kind: own for kind, own in by_kind.items() if own}
        first, *_ = cited = [min(own, key=_vagueness) for own in done.values()]
        yield {
            "group": group,
            **{name: getattr(first, name) for name in OF_FIRST},
            "unfit": unfit(first),
            "kinds": list(done),
            "is_hedged": [all(it.commitment in HEDGED for it in own) for own in done.values()],
            "claim_ids": [claim.claim_id for claim in cited],
            "question_ids": [claim.question_id for claim in cited],
            "propositions": [claim.proposition for claim in cited],
            "quotes": [quote_to_print(claim) for claim in cited],
            "paraphrases": [claim.paraphrase for claim in cited],
        }


def _vagueness(claim: Any) -> tuple[bool, bool, int]:
    """Return how little the words of a denial name what is denied, and how unfit they are."""
    return claim.content == UNSTATED, claim.content == TO_COME, unfit(claim)


def _kinds(claims: pd.DataFrame) -> pd.Series[str]:
    """Return what each claim does, one of KINDS."""
    is_to_come = (claims["stance"] == DENIES) & (claims["content"] == TO_COME)
    kinds = claims["stance"].mask(is_to_come, DENIES_TO_COME)
    return kinds.mask(claims["stance"] == "declines", claims["denial"])
