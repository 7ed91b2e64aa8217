"""What the record in view answers to the first question of the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from claimbrief.analysis.positions import contents_and_propositions
from claimbrief.lookups import actor_kinds, pairs
from claimbrief.statements import ASSERTING, NOT_YET, PARAPHRASE, TO_COME
from claimbrief.view import LEAVES_OPEN, View

CITED = ["claim_id", "utterance_id", "speaker", "side", "stance", "proposition_id", "proposition"]
CITED += ["when", "latest", "certainty", "quote", "language", "rests_on", "is_counted"]
_USED = [*CITED, "earliest", "position", "content", "question_id", "makes_claim"]
_USED += ["is_outlet_voice"]


@dataclass(frozen=True, eq=False)
class Answer:
    """Who says yes to the first question, and who says that it is not so, or not yet.

    The frames have one row a claim, by date, with the columns CITED, `kind` (of the side) and
    `speaker_role` (as the record describes the speaker; "" for several). A claim says yes that
    something of the question is so, or likely, or that what entails it is.
    """

    question: str  # its code; "" where the vocabulary has no question
    said: pd.DataFrame  # claims that say yes
    not_counted: pd.DataFrame  # claims that say yes and count nowhere: paraphrases, doubles
    denied: str  # what most speakers say is not so, or not yet; "" where nobody does
    denied_by: pd.DataFrame  # see `_denied`; but of a side that says yes later, nothing
    left_open: pd.DataFrame  # of each side in `denied_by` that later left it open, the last claim
    by_outlets: tuple[str, ...]  # claims of outlets alone that say yes where no speaker does
    known_outside: tuple[str, ...]  # who is known to say so, outside the record


def answer(view: View) -> Answer:
    """Return what the record in view answers to the first question."""
    question = next(iter(view.whole.labels("question")), "")
    kinds = actor_kinds(view.whole)
    claims = view.statements
    contents, entailing = contents_and_propositions(view, question)
    is_near = (claims["question_id"] == question) | claims["proposition_id"].isin(entailing)
    claims = claims.loc[is_near, _USED]
    alone = view.record.speakers.drop_duplicates("utterance_id", keep=False)
    roles = claims["utterance_id"].map(dict(pairs(alone, "utterance_id", "role")))
    claims = claims.assign(
        kind=claims["side"].map(kinds).astype("str"), speaker_role=roles.astype("str").fillna("")
    )
    is_yes = claims["content"].isin(contents) & claims["proposition_id"].isin(entailing)
    said = claims[is_yes & claims["makes_claim"] & ~claims["is_outlet_voice"]]
    is_grounded = said["is_counted"] & (said["rests_on"] != PARAPHRASE)
    on_question = claims[claims["question_id"] == question]
    denied, denied_by = _denied(view, on_question, contents)
    is_by_outlet = is_yes & claims["is_outlet_voice"] & claims["stance"].isin(ASSERTING)
    nobody = said.empty
    noted = view.whole.descriptor.get("known_outside", [])
    known = [str(item["note"]) for item in noted if item["proposition_id"] in entailing]
    last_yes = dict(pairs(said[is_grounded], "side", "latest"))
    stands = [last_yes.get(side, day) <= day for side, day in pairs(denied_by, "side", "latest")]
    denied_by = denied_by[pd.Series(stands, denied_by.index, dtype=bool)]
    # the last claims by which sides left open what they had said is not so, or not yet
    last = dict(pairs(denied_by.sort_values("latest", kind="stable"), "side", "latest"))
    is_open = (on_question["position"] == LEAVES_OPEN) & (on_question["certainty"] == "certain")
    is_open &= on_question["is_counted"] & (on_question["rests_on"] != PARAPHRASE)
    is_open &= on_question["earliest"] > pd.to_datetime(on_question["side"].map(last))
    return Answer(
        question=question,
        said=said[is_grounded],
        not_counted=said[~is_grounded],
        denied=denied,
        denied_by=denied_by,
        left_open=on_question[is_open].drop_duplicates("side", keep="last"),
        by_outlets=tuple(claims.loc[is_by_outlet, "claim_id"]) if nobody else (),
        known_outside=tuple(known) if nobody else (),
    )


def _denied(view: View, claims: pd.DataFrame, contents: list[str]) -> tuple[str, pd.DataFrame]:
    """Return what most speakers say is not so, or not yet, and their claims, one of a speaker.

    Who says that a thing is not so says it of all that entails it. A speaker's last claim stands
    for all; `is_expected`: the same utterance foretells something, without a hedge.
    """
    counted = claims[claims["is_counted"] & (claims["rests_on"] != PARAPHRASE)]
    is_contrary = counted["stance"].isin(["denies", NOT_YET]) & counted["content"].isin(contents)
    contrary = counted[is_contrary]
    speakers = contrary.groupby("proposition_id", sort=False)["speaker"].nunique()
    denied = str(speakers.idxmax()) if len(speakers) else ""
    follows = view.base.lookups.entailments.get(denied, set())
    found = contrary[contrary["proposition_id"].isin(follows)]
    found = found.drop_duplicates("speaker", keep="last")
    is_foretold = counted["makes_claim"] & (counted["content"] == TO_COME)
    is_foretold &= counted["stance"] == "affirms"
    foretelling = counted.loc[is_foretold, "utterance_id"]
    texts = dict(pairs(contrary, "proposition_id", "proposition"))
    return texts.get(denied, ""), found.assign(
        is_expected=found["utterance_id"].isin(foretelling) & (found["stance"] == NOT_YET)
    )
