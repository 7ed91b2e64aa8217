"""Who says what: what each side answers to each question, and what is said to the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from claimbrief.analysis.positions import FORETOLD, LIKELY_TO_COME, contents_and_propositions
from claimbrief.dataset import UNSTATED_QUESTION
from claimbrief.lookups import (
    actor_kinds,
    actor_order,
    code_order,
    expected_actors,
    pairs,
    rows_by,
    sort_by_keys,
)
from claimbrief.statements import ASSERTING, CONTEXT, DENYING, NOT_YET, TO_COME, WORDS
from claimbrief.view import BOUNDS, DENIES, LEAVES_OPEN, SAYS_LIKELY, SAYS_SO, View, positions

NOT_SO, DISMISSES = "not_so", "dismisses"
WOULD_NOT_SAY, NOT_EXPECTED = "would_not_say", "not_expected"
# Of what may come, these answer nothing: left open, and a side that would not say.
OPEN_TO_COME, SILENT_TO_COME = "open_to_come", "silent_to_come"
# What a side answers to a question, the furthest first.
ANSWERS = (
    SAYS_SO, SAYS_LIKELY, NOT_YET, NOT_SO, DENIES, DISMISSES, LEAVES_OPEN, WOULD_NOT_SAY,
    FORETOLD, LIKELY_TO_COME, NOT_EXPECTED, OPEN_TO_COME, SILENT_TO_COME,
)  # fmt: skip
WITHOUT_DAY = (LEAVES_OPEN, WOULD_NOT_SAY, OPEN_TO_COME, SILENT_TO_COME)  # it goes on
CLAIMING = (SAYS_SO, SAYS_LIKELY)
BOUNDING = (NOT_YET, NOT_SO)
DENIED = (DENIES, DISMISSES)
EXPECTING = (FORETOLD, LIKELY_TO_COME)
CITED = ["question_id", "answer", "when", "certainty", "claim_id", "is_taken_back", "is_partial"]
CITED += ["rests_on"]
CLAIM = ["claim_id", "utterance_id", "speaker", "side", "stance", "proposition_id", "proposition"]
CLAIM += ["when", "latest", "certainty", "quote", "language", "rests_on", "is_grounded"]
_USED = [*CLAIM, "earliest", "position", "content", "question_id", "makes_claim"]
_USED += ["is_outlet_voice", "is_taken_back", "is_partial"]


def answers_by_side(view: View) -> pd.DataFrame:
    """Return one row per answer of a side to a question: by side, question and answer.

    A side's furthest answer to a question has a row, with the first claim that gives it (in the
    speaker's own words before a report of that day; see `_first`).
    There can be two more: what the side says is not so, or not yet, with the last such claim,
    unless it made a claim later; and what it foretells, if it claims nothing. Of words that name
    no content, only denials have a row; what may come, left open, has one only if alone. Columns:
    side, is_expected (whether a reader expects to hear the side), kind (of the side; code),
    utterances (how many it made on the questions), question_id, answer (of ANSWERS), and when
    (EDTF), certainty, claim_id, is_taken_back, is_partial and rests_on of the claim. Sides that are
    expected come first, then those that spoke most often. An expected side that did not speak has a
    row without a question.
    """
    claims = view.statements
    is_answer = (claims["content"] != CONTEXT) & (claims["commitment"] != "NA")
    claims = claims[claims["is_grounded"] & is_answer]
    claims = claims.assign(answer=answers_of(claims))
    is_named = claims["question_id"] != UNSTATED_QUESTION
    spoken = claims[is_named | claims["answer"].isin(DENIED)]
    rows = [
        {"side": side} | {name: getattr(claim, name) for name in CITED}
        for (side, _), said in rows_by(spoken, "side", "question_id").items()
        for claim in _furthest(said)
    ]
    top = set(view.base.lookups.sides.values())
    expected = [actor for actor in expected_actors(view.whole) if actor in top]
    heard = {row["side"] for row in rows}
    blank = dict.fromkeys(CITED, "") | {"is_taken_back": False, "is_partial": False}
    rows += [{"side": side} | blank for side in expected if side not in heard]
    found = pd.DataFrame(rows, columns=["side", *CITED])
    counts = spoken.groupby("side")["utterance_id"].nunique().to_dict()
    found.insert(1, "is_expected", found["side"].isin(expected))
    found.insert(2, "kind", found["side"].map(actor_kinds(view.whole)))
    found.insert(3, "utterances", [counts.get(side, 0) for side in found["side"]])
    return _in_order(view, found)


def answers_of(claims: pd.DataFrame) -> pd.Series[str]:
    """Return what each claim answers to its question, one of ANSWERS.

    `claims` are rows of `View.statements`, each with a position.
    """
    position, stance = claims["position"], claims["stance"]
    is_to_come = claims["content"] == TO_COME
    found = position.mask(is_to_come, OPEN_TO_COME)
    is_foretold = is_to_come & claims["makes_claim"]
    is_likely = positions(stance, claims["is_limit"]) == SAYS_LIKELY
    found = found.mask(is_foretold, FORETOLD).mask(is_foretold & is_likely, LIKELY_TO_COME)
    found = found.mask((position == DENIES) & (stance == DISMISSES), DISMISSES)
    found = found.mask(position == BOUNDS, NOT_SO)
    found = found.mask(is_to_come & stance.isin(DENYING), NOT_EXPECTED).mask(
        stance == NOT_YET, NOT_YET
    )
    silent = found.replace({LEAVES_OPEN: WOULD_NOT_SAY, OPEN_TO_COME: SILENT_TO_COME})
    return found.mask(stance == "declines", silent)


def _furthest(said: Sequence[Any]) -> list[Any]:
    """Return the claims that give a side's answer to a question, the furthest first.

    `said` are its claims on the question in order of date.
    """
    by_answer: dict[str, list[Any]] = {}
    for claim in (claim for claim in said if not claim.is_taken_back):
        by_answer.setdefault(claim.answer, []).append(claim)
    claims = [claim for claim in said if claim.answer in CLAIMING]
    standing = [claim for claim in claims if not claim.is_taken_back]
    chosen = []
    if claims and not standing:
        chosen.append(_first(sorted(claims, key=lambda claim: ANSWERS.index(claim.answer))))
    furthest = min(by_answer, key=ANSWERS.index, default="")
    if furthest and furthest not in BOUNDING:
        chosen.append(_first(by_answer[furthest]))
    bound = next((by_answer[answer][-1] for answer in BOUNDING if answer in by_answer), None)
    if bound is not None and not any(claim.earliest > bound.latest for claim in standing):
        chosen.append(bound)
    foretold = next((by_answer[answer] for answer in EXPECTING if answer in by_answer), [])
    if foretold and furthest not in (*CLAIMING, *EXPECTING):
        chosen.append(_first(foretold))
    return chosen


def _first(claims: Sequence[Any]) -> Any:
    """Return the first claim that had certainly been made, or the first.

    In the speaker's words before a report of the same date; of an answer without a day, any words.
    """
    certain = [claim for claim in claims if claim.certainty == "certain"] or claims
    first = certain[0]
    alike = [it for it in certain if it.when == first.when or it.answer in WITHOUT_DAY]
    return next((claim for claim in alike if claim.rests_on == WORDS), first)


def _in_order(view: View, found: pd.DataFrame) -> pd.DataFrame:
    places = {"": 0} | {answer: place for place, answer in enumerate(ANSWERS)}
    return sort_by_keys(
        found,
        is_not_expected=~found["is_expected"],
        utterances=-found["utterances"].where(~found["is_expected"], 0),
        side=found["side"].map(actor_order(view.whole)),
        question=found["question_id"].map({"": 0} | code_order(view.whole, "question")),
        answer=found["answer"].map(places),
    ).reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class Answer:
    """Who says yes to the first question, and who says that it is not so, or not yet.

    The frames have one row per claim, by date, of a date those in the speaker’s own words first.
    Columns: CLAIM, `kind` (of the side) and `speaker_role` (as the record describes the speaker; ""
    for several). A claim says yes that something of the question is so, or likely, or that what
    entails it is.
    """

    question: str  # its code; "" where the vocabulary has no question
    said: pd.DataFrame  # claims that say yes, and were not taken back
    taken_back: pd.DataFrame  # claims that said yes, of sides that took back all of them
    not_counted: pd.DataFrame  # claims that say yes and count nowhere: paraphrases, doubles
    denied: str  # what most speakers say is not so, or not yet; "" where nobody does
    denied_by: pd.DataFrame  # see `_denied`; but of a side that says yes later, nothing
    left_open: pd.DataFrame  # of each side in `denied_by` that later left it open, the last claim
    by_outlets: tuple[str, ...]  # claims of outlets alone that say yes where no speaker does


def answer(view: View) -> Answer:
    """Return what the record in view answers to the first question."""
    question = next(iter(view.whole.labels("question")), "")
    kinds = actor_kinds(view.whole)
    claims = view.statements
    contents, entailing = contents_and_propositions(view, question)
    is_near = (claims["question_id"] == question) | claims["proposition_id"].isin(entailing)
    claims = claims.loc[is_near, _USED]
    in_others_words = claims["rests_on"] != WORDS
    claims = sort_by_keys(claims, latest=claims["latest"], in_others_words=in_others_words)
    alone = view.record.speakers.drop_duplicates("utterance_id", keep=False)
    roles = claims["utterance_id"].map(dict(pairs(alone, "utterance_id", "role")))
    claims = claims.assign(
        kind=claims["side"].map(kinds).astype("str"), speaker_role=roles.astype("str").fillna("")
    )
    is_yes = claims["content"].isin(contents) & claims["proposition_id"].isin(entailing)
    said = claims[is_yes & claims["makes_claim"] & ~claims["is_outlet_voice"]]
    on_question = claims[claims["question_id"] == question]
    denied, denied_by = _denied(view, on_question, contents)
    is_by_outlet = is_yes & claims["is_outlet_voice"] & claims["stance"].isin(ASSERTING)
    last_yes = dict(pairs(said[said["is_grounded"]], "side", "latest"))
    taken_back, said = said[said["is_taken_back"]], said[~said["is_taken_back"]]
    grounded = said[said["is_grounded"]]
    stands = [last_yes.get(side, day) <= day for side, day in pairs(denied_by, "side", "latest")]
    denied_by = denied_by[pd.Series(stands, denied_by.index, dtype=bool)]
    return Answer(
        question=question,
        said=grounded,
        taken_back=taken_back[~taken_back["side"].isin(grounded["side"])],
        not_counted=said[~said["is_grounded"]],
        denied=denied,
        denied_by=denied_by,
        left_open=_left_open(on_question, denied_by),
        by_outlets=tuple(claims.loc[is_by_outlet, "claim_id"]) if said.empty else (),
    )


def _left_open(claims: pd.DataFrame, denied_by: pd.DataFrame) -> pd.DataFrame:
    """Return the last claims by which sides left open what they had said is not so, or not yet."""
    last = dict(pairs(denied_by.sort_values("latest", kind="stable"), "side", "latest"))
    is_open = (claims["position"] == LEAVES_OPEN) & (claims["certainty"] == "certain")
    is_open &= claims["is_grounded"]
    is_open &= claims["earliest"] > pd.to_datetime(claims["side"].map(last))
    return claims[is_open].drop_duplicates("side", keep="last")


def _denied(view: View, claims: pd.DataFrame, contents: list[str]) -> tuple[str, pd.DataFrame]:
    """Return what most speakers say is not so, or not yet, and their claims, one per speaker.

    Saying that a thing is not so says it of all that entails it. Only a speaker's last claim is
    kept; `is_expected`: the same utterance foretells something, without a hedge.
    """
    counted = claims[claims["is_grounded"]]
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
