"""What page one states, as one frozen record: no sentence of the brief goes beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from claimbrief.analysis.evidence import NOT_KNOWN, NOTHING, bases_by_side, items_named
from claimbrief.analysis.lasting import (
    SO,
    UNSTATED,
    entailments,
    places_of_codes,
    short_names,
    support_of_claims,
)
from claimbrief.analysis.lineage import (
    ITEMS,
    PUBLIC,
    Origins,
    items_made_public,
    origins_of_assertions,
)
from claimbrief.analysis.paths import answers, on_questions
from claimbrief.analysis.standing import (
    QuestionVoices,
    Said,
    Turn,
    ordered_turns,
    questions_and_voices,
    told_claims,
)
from claimbrief.analysis.statements import (
    ASSERTIONS,
    NOT_YET,
    Count,
    each_statement,
    is_on_question,
    makes_claim,
    speakers_among,
    tallied,
)
from claimbrief.analysis.voices import glosses, heard_of_expected
from claimbrief.dataset import EVIDENCE_STATE, TO_COME
from claimbrief.dates import When
from claimbrief.view import View

HEDGED, FIRM = ("PR+", "PS+", "PR−", "PS−"), ("CT+", "CT−")


@dataclass(frozen=True)
class PublicItem:
    """An item of evidence that the record shows as public, and since when."""

    kind: str
    offered_by: str
    since: When | None
    caveat: str
    is_certain: bool
    claim_ids: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """What the record in view shows, counted; `Count` keeps certain and possible apart."""

    claim_rows: Count
    utterances: Count
    speakers: Count
    sides: Count
    sources: int
    asserting_speakers: Count
    asserting_sides: Count
    asserting_utterances: Count
    origins: Origins
    questions: tuple[QuestionVoices, ...]
    denials: tuple[Said, ...]  # answers of sides that deny, dismiss or doubt something
    limits: tuple[Said, ...]  # what a side that makes claims itself says is not so, or not yet
    said_by_nobody: tuple[
        Said, ...
    ]  # on the first question: claims that what nobody says is not so
    known_outside: tuple[str, ...]  # who is known to say it, outside the record
    first_question: str  # the code of the question that comes first in the vocabulary
    is_said: bool  # whether anybody says to that question, or says what entails it, that it is so
    stating_contrary: int  # denials that state the contrary
    contrary_to_come: tuple[Said, ...]  # claims of the same sides that something will not be so
    turns: tuple[Turn, ...]
    items: Count  # items that somebody points to and that could be shown
    items_public: Count
    item_descriptions: tuple[str, ...]
    public_items: tuple[PublicItem, ...]
    kinds_not_public: tuple[str, ...]  # kinds of evidence of which no item is public
    assertions_without_item: tuple[str, ...]  # that point to nothing, nor to what others said
    without_item: int  # utterances in which they are
    item_not_known: int  # assertions of which too little was in view to know
    stronger_glosses: tuple[str, ...]  # glosses that answer a question before the words' one
    firmer_glosses: tuple[str, ...]  # glosses that drop a hedge
    content_only_in_glosses: tuple[str, ...]
    only_in_glosses: tuple[tuple[str, tuple[str, ...]], ...]  # questions that no speaker affirms
    not_heard: tuple[str, ...]
    expected: tuple[str, ...]  # actors that a reader expects to hear
    unanswered: tuple[Said, ...]  # of those who were heard but did not speak to the point
    evidence_statements: tuple[str, ...]  # claims about the state of the evidence


@lru_cache(maxsize=64)
def findings(view: View) -> Findings:
    """Return what the record in view shows, worked out once a view."""
    said = each_statement(view)
    own = [claim for claim in said if claim.is_counted]
    asserted = [claim for claim in own if claim.is_assertion]
    names = short_names(view.whole)
    expected, beyond = heard_of_expected(view), beyond_renderings(view)
    placed = on_questions(view)
    denials = answers(view)
    first = next(iter(view.whole.labels("question")), "")
    by_nobody = _said_by_nobody(view, said, first)
    return Findings(
        claim_rows=tallied((one.claim_id, one.certainty) for one in said),
        utterances=tallied((one.utterance_id, one.certainty) for one in own),
        speakers=speakers_among(view, own),
        sides=tallied((one.side, one.certainty) for one in own),
        sources=len({claim.source_id for claim in said}),
        asserting_speakers=speakers_among(view, asserted),
        asserting_sides=tallied((one.side, one.certainty) for one in asserted),
        asserting_utterances=tallied((one.utterance_id, one.certainty) for one in asserted),
        origins=origins_of_assertions(view),
        questions=questions_and_voices(
            view, [one for one in said if one.is_counted or _is_withheld(one)]
        ),
        denials=told_claims(view, denials),
        limits=told_claims(view, [claim for claim in placed if claim.is_limit]),
        said_by_nobody=told_claims(view, by_nobody),
        known_outside=_known_outside(view, {claim.proposition_id for claim in by_nobody}),
        first_question=first,
        is_said=not _propositions_of(view, first).isdisjoint(_entailed_by_what_is_said(view, said)),
        stating_contrary=sum(claim.stance == "denies" for claim in denials),
        contrary_to_come=told_claims(view, _contrary_to_come(own, {one.side for one in denials})),
        turns=ordered_turns(view),
        items_public=items_made_public(view),
        only_in_glosses=_only_in_glosses(view, said),
        not_heard=tuple(names[one.actor_id] for one in expected if not one.said),
        expected=tuple(names[one.actor_id] for one in expected),
        unanswered=told_claims(view, [one for one in said if one.stance == "not_addressed"]),
        evidence_statements=tuple(
            claim.claim_id for claim in said if claim.question_id == EVIDENCE_STATE
        ),
        **_items(view),
        stronger_glosses=beyond["stronger_glosses"],
        firmer_glosses=beyond["firmer_glosses"],
        content_only_in_glosses=beyond["content_only_in_glosses"],
    )


def _propositions_of(view: View, question: str) -> set[str]:
    """Return the propositions of a question that are of what is or was so."""
    propositions = view.whole.propositions
    is_own = (propositions["question_id"] == question) & (propositions["phase"] != TO_COME)
    return set(propositions.loc[is_own, "proposition_id"])


def _entailed_by_what_is_said(view: View, said: Sequence[Any]) -> set[str]:
    """Return the propositions that somebody in view says to be so or likely, with all they entail.

    What is only reported, or rests on a paraphrase alone, is said as well: to find that nobody says
    a thing is to find it nowhere.
    """
    entailed = entailments(view.whole)
    return {
        one
        for claim in said
        if not claim.is_outlet_voice and makes_claim(claim) and claim.content == SO
        for one in entailed[claim.proposition_id]
    }


def _said_by_nobody(view: View, said: Sequence[Any], question: str) -> list[Any]:
    """Return the claims that something of the question is not so, if nobody in view says so."""
    if not _propositions_of(view, question).isdisjoint(_entailed_by_what_is_said(view, said)):
        return []
    return [
        claim
        for claim in said
        if claim.is_counted and claim.question_id == question and claim.content == SO
        if claim.stance in ("denies", NOT_YET)
    ]


def _known_outside(view: View, propositions: set[str]) -> tuple[str, ...]:
    """Return who, by the descriptor, is known to say such a thing outside the record."""
    entailed = entailments(view.whole)
    return tuple(
        str(known["note"])
        for known in view.whole.descriptor.get("known_outside", [])
        if not propositions.isdisjoint(entailed.get(known["proposition_id"], ()))
    )


def _only_in_glosses(view: View, said: Sequence[Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each question that only an outlet's words answer with yes, with the claims that do."""
    spoken = {claim.question_id for claim in said if claim.is_assertion}
    only: dict[str, list[str]] = {}
    for claim in said:
        is_gloss = claim.rendering in ("gloss", "summary") and claim.stance in ASSERTIONS
        if is_gloss and is_on_question(claim) and claim.question_id not in spoken:
            only.setdefault(claim.question_id, []).append(claim.claim_id)
    order = places_of_codes(view.whole, "question")
    return tuple((code, tuple(only[code])) for code in sorted(only, key=lambda one: order[one]))


def _contrary_to_come(own: Sequence[Any], sides: set[str]) -> list[Any]:
    """Return what these sides say will not come to be so."""
    return [
        claim
        for claim in own
        if claim.stance == "denies" and claim.content == TO_COME and claim.side in sides
    ]


def _items(view: View) -> dict[str, Any]:
    links = support_of_claims(view.whole)
    certainty = {claim.claim_id: claim.certainty for claim in each_statement(view)}
    could_be_shown = [item for item in items_named(view) if item.kind in ITEMS]
    shown = [item for item in could_be_shown if item.publicity in PUBLIC]
    ids = {item.evidence_id for item in could_be_shown}
    used = [
        (item, certain)
        for claim_id, certain in certainty.items()
        for item in links.get(claim_id, ())
        if item in ids
    ]
    cited = {item for item, _ in used}
    is_public = {item.kind for item in shown} | {"own_intelligence", "not_specified"}
    bases = bases_by_side(view)
    nothing = [claim for claim, basis in bases if basis == NOTHING]
    return {
        "items": tallied(used),
        "item_descriptions": tuple(
            item.description for item in could_be_shown if item.evidence_id in cited
        ),
        "public_items": tuple(
            PublicItem(
                item.kind,
                item.offered_by or item.holder,
                item.status_when,
                item.caveat,
                item.status_is_certain,
                tuple(item.claim_ids),
            )
            for item in shown
        ),
        "kinds_not_public": tuple(
            label
            for code, label in view.whole.labels("evidence_kind").items()
            if code in ITEMS and code not in is_public
        ),
        "assertions_without_item": tuple(claim.claim_id for claim in nothing),
        "without_item": len({claim.utterance_id for claim in nothing}),
        "item_not_known": sum(basis == NOT_KNOWN for _, basis in bases),
    }


def beyond_renderings(view: View) -> dict[str, tuple[str, ...]]:
    """Return the glosses and summaries that go beyond what they render, as `Findings` has them."""
    order = places_of_codes(view.whole, "question")
    stronger, firmer, alone = [], [], []
    for gloss, said in glosses(view):
        if said.content == UNSTATED and gloss.content != UNSTATED:
            alone.append(gloss.claim_id)
        elif UNSTATED not in (said.content, gloss.content) and (
            order[gloss.question_id] < order[said.question_id]
        ):
            stronger.append(gloss.claim_id)
        if said.commitment in HEDGED and gloss.commitment in FIRM:
            firmer.append(gloss.claim_id)
    return {
        "stronger_glosses": tuple(stronger),
        "firmer_glosses": tuple(firmer),
        "content_only_in_glosses": tuple(alone),
    }


def _is_withheld(claim: Any) -> bool:
    """Return whether a source reports a claim as not made, and nothing in view tells more."""
    return claim.stance == "withholds" and not claim.is_told_better
