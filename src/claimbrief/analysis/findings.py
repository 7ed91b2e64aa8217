"""What page one states, as one frozen record: no sentence of the brief goes beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from claimbrief.analysis.counts import Count, count_of, first_claims, speakers_of
from claimbrief.analysis.escalation import denial_register
from claimbrief.analysis.evidence import (
    NOT_KNOWN,
    NOTHING,
    assertions_by_evidence,
    evidence_register,
)
from claimbrief.analysis.lineage import (
    ITEMS,
    PUBLIC,
    Origins,
    items_made_public,
    origins_of_assertions,
    with_own_source,
)
from claimbrief.analysis.paths import answers, turns
from claimbrief.analysis.positions import positions_by_question, questions_to_come
from claimbrief.analysis.record import claims_at_all
from claimbrief.analysis.voices import silences
from claimbrief.dataset import EVIDENCE_STATE, NO_SUPPORT, PHASE_TO_COME
from claimbrief.lookups import code_order, entailments, pairs
from claimbrief.statements import ASSERTING, HEDGED, NOT_YET, SO, TO_COME, UNSTATED
from claimbrief.view import View

SPELLED_OUT = 4  # so many denials have a sentence each
FIRM = ("CT+", "CT−")


@dataclass(frozen=True, eq=False)
class Findings:
    """What the record in view shows; `Count` keeps certain and possible apart.

    Frames without a note have rows of `View.statements`, by date.
    """

    claim_rows: Count
    out_of_view: int  # where no claim is in view: how many claims the record holds
    own_renderings: Count  # claims quoted or reported as a speaker's
    utterances: Count
    speakers: Count
    sides: Count
    asserting_speakers: Count
    asserting_sides: Count
    foretelling_speakers: Count  # who say that something is to come
    foretelling_sides: Count
    asserting_utterances: Count
    speakers_with_own_source: Count  # asserting speakers who name evidence of their side's own
    origins: Origins
    of_unknown_origin: pd.DataFrame  # the claims to cite of the utterances in `origins.unknown`
    spoken: pd.DataFrame  # counted claims, and what a source reports as withheld
    positions: pd.DataFrame  # see `positions_by_question`
    denials: pd.DataFrame  # answers of sides that deny, dismiss or doubt something
    denial_register: pd.DataFrame | None  # see `denial_register`; None of more than SPELLED_OUT
    limits: pd.DataFrame  # what a side that makes claims itself says is not so, or not yet
    said_by_nobody: pd.DataFrame  # on the first question: claims that what nobody says is not so
    known_outside: tuple[str, ...]  # who is known to say it, outside the record
    first_question: str  # the code of the question that comes first in the vocabulary
    is_said: bool  # see `_is_affirmed`
    denied_to_come: pd.DataFrame  # denials of what is to come; not among `denials`
    turns: pd.DataFrame  # see `turns`; those whose order the dates tell
    items: Count  # items that somebody points to and that could be shown
    items_public: Count
    item_descriptions: tuple[str, ...]
    public_items: pd.DataFrame  # see `evidence_register`
    kinds_not_public: tuple[str, ...]  # kinds (codes) of evidence of which no item is public
    without_evidence: pd.DataFrame  # assertions that point to nothing, nor to what others said
    evidence_not_known: int  # assertions of which too little was in view to know
    only_in_glosses: pd.DataFrame  # outlets' claims on questions that no speaker affirms
    silences: pd.DataFrame  # see `silences`
    unanswered: pd.DataFrame  # of those who were heard but did not speak to the point
    on_evidence: pd.DataFrame  # claims about the state of the evidence

    @property
    def denials_in_all(self) -> int:
        """How many denials and answers there are, with those of what is to come."""
        return len(self.denials) + len(self.denied_to_come)

    @property
    def stating_contrary(self) -> int:
        """How many denials state the contrary of what is said to be so."""
        return int((self.denials["stance"] == "denies").sum())


def findings(view: View) -> Findings:
    """Return what the record in view shows."""
    claims = view.statements
    own = claims[claims["is_counted"]]
    denials, every_turn = answers(view), turns(view)
    first = next(iter(view.whole.labels("question")), "")
    is_said = _is_affirmed(view, first)
    by_nobody = _contrary_to(own, first) if not is_said else own.iloc[:0]
    is_withheld = (claims["stance"] == "withholds") & ~claims["is_duplicate"]
    return Findings(
        **_counts(view),
        **_evidence(view),
        spoken=claims[claims["is_counted"] | is_withheld],
        positions=positions_by_question(view),
        denials=denials,
        denial_register=denial_register(view) if len(denials) <= SPELLED_OUT else None,
        limits=claims[claims["is_limit"] & (claims["position"] != "")],
        said_by_nobody=by_nobody,
        known_outside=_known_outside(view, set(by_nobody["proposition_id"])),
        first_question=first,
        is_said=is_said,
        denied_to_come=own[own["is_denial"] & (own["content"] == TO_COME)],
        turns=every_turn[every_turn["is_ordered"].astype(bool)],
        only_in_glosses=_only_in_glosses(view),
        silences=silences(view),
        unanswered=claims[claims["stance"] == "not_addressed"],
    )


def _counts(view: View) -> dict[str, Any]:
    """Return how many claims, utterances, speakers, sides and origins there are."""
    claims = view.statements
    own = claims[claims["is_counted"]]
    asserted = own[own["is_assertion"]]
    foretold = own[own["makes_claim"] & (own["content"] == TO_COME)]
    sourced = asserted[asserted["claim_id"].isin(with_own_source(view, asserted))]
    origins = origins_of_assertions(view)
    unknown = claims[claims["utterance_id"].isin(origins.unknown)]
    return {
        "claim_rows": count_of(claims, "claim_id"),
        "out_of_view": 0 if len(claims) else claims_at_all(view),
        "own_renderings": count_of(own, "claim_id"),
        "utterances": count_of(own, "utterance_id"),
        "speakers": speakers_of(view, own),
        "sides": count_of(own, "side"),
        "asserting_speakers": speakers_of(view, asserted),
        "asserting_sides": count_of(asserted, "side"),
        "foretelling_speakers": speakers_of(view, foretold),
        "foretelling_sides": count_of(foretold, "side"),
        "asserting_utterances": count_of(asserted, "utterance_id"),
        "speakers_with_own_source": speakers_of(view, sourced),
        "origins": origins,
        "of_unknown_origin": first_claims(view.whole, unknown).reindex(list(origins.unknown)),
    }


def _evidence(view: View) -> dict[str, Any]:
    """Return the evidence that is named, the part of it that is public, and what names none."""
    claims = view.statements
    register, bases = evidence_register(view), assertions_by_evidence(view)
    items = _items_cited(view, register)
    is_public = register["kind"].isin(ITEMS) & register["publicity"].isin(PUBLIC)
    public = register[is_public & register["is_cited"]]
    return {
        "items": count_of(items, "evidence_id"),
        "items_public": items_made_public(view),
        "item_descriptions": tuple(items["description"].unique()),
        "public_items": public,
        "kinds_not_public": _kinds_not_public(view, set(register.loc[is_public, "kind"])),
        "without_evidence": bases[bases["basis"] == NOTHING],
        "evidence_not_known": int((bases["basis"] == NOT_KNOWN).sum()),
        "on_evidence": claims[claims["question_id"] == EVIDENCE_STATE],
    }


def deflation(findings: Findings) -> pd.DataFrame:
    """Return one row a step from claim rows down to evidence made public.

    Columns: step (a name), certain, possible (counts; for origins the least, and how many more
    there may be).
    """
    span = findings.origins
    steps = {
        "claim_rows": findings.claim_rows,
        "own_renderings": findings.own_renderings,
        "utterances": findings.utterances,
        "speakers": findings.speakers,
        "asserting_speakers": findings.asserting_speakers,
        "asserting_sides": findings.asserting_sides,
        "speakers_with_own_source": findings.speakers_with_own_source,
        "independent_origins": Count(span.low, span.high - span.low),
        "items_made_public": findings.items_public,
    }
    rows = [(step, count.certain, count.possible) for step, count in steps.items()]
    return pd.DataFrame(rows, columns=["step", "certain", "possible"])


def _is_affirmed(view: View, question: str) -> bool:
    """Return whether somebody in view says, or says what entails, that something of it is so.

    What is only reported, or rests on a paraphrase alone, is said as well: to find that nobody says
    a thing is to find it nowhere. Where all that is said on the question is of what is to come, to
    say that it is to come is to say so.
    """
    propositions, claims = view.whole.propositions, view.statements
    contents = [SO, TO_COME] if question in questions_to_come(claims) else [SO]
    is_own = propositions["question_id"] == question
    if TO_COME not in contents:
        is_own &= propositions["phase"] != PHASE_TO_COME
    wanted = set(propositions.loc[is_own, "proposition_id"])
    is_made = ~claims["is_outlet_voice"] & claims["makes_claim"]
    is_made &= claims["content"].isin(contents)
    entailed = entailments(view.whole)
    said = set(claims.loc[is_made, "proposition_id"])
    return any(not wanted.isdisjoint(entailed[proposition]) for proposition in said)


def _contrary_to(own: pd.DataFrame, question: str) -> pd.DataFrame:
    """Return the claims that something of the question is not so, or not yet."""
    is_contrary = own["stance"].isin(["denies", NOT_YET]) & (own["content"] == SO)
    return own[is_contrary & (own["question_id"] == question)]


def _known_outside(view: View, propositions: set[str]) -> tuple[str, ...]:
    """Return who, by the descriptor, is known to say such a thing outside the record."""
    known = view.whole.descriptor.get("known_outside", [])
    entailed = entailments(view.whole) if known and propositions else {}
    return tuple(
        str(item["note"])
        for item in known
        if not propositions.isdisjoint(entailed.get(item["proposition_id"], ()))
    )


def _only_in_glosses(view: View) -> pd.DataFrame:
    """Return the glosses that say yes to a question to which no speaker does, by question."""
    claims = view.statements
    glosses = claims[claims["rendering"].isin(["gloss", "summary"])]
    spoken = claims.loc[claims["is_assertion"], "question_id"]
    is_yes = glosses["stance"].isin(ASSERTING) & (glosses["content"] == SO)
    found = glosses[is_yes & ~glosses["question_id"].isin(spoken)]
    order = found["question_id"].map(code_order(view.whole, "question"))
    return found.loc[order.sort_values(kind="stable").index]


def _items_cited(view: View, register: pd.DataFrame) -> pd.DataFrame:
    """Return one row a claim that points in support to an item that could be shown.

    Columns: evidence_id, description, certainty (of the claim); in the order of the register.
    """
    items = register[register["kind"].isin(ITEMS)].set_index("evidence_id")
    links = view.record.claim_evidence
    is_support = ~links["relation"].isin(NO_SUPPORT) & links["evidence_id"].isin(items.index)
    links = links[is_support]
    certainty = dict(pairs(view.statements, "claim_id", "certainty"))
    order = {key: number for number, key in enumerate(items.index)}
    return links.assign(
        description=links["evidence_id"].map(items["description"]),
        certainty=links["claim_id"].map(certainty),
    ).loc[links["evidence_id"].map(order).sort_values(kind="stable").index]


def _kinds_not_public(view: View, public: set[str]) -> tuple[str, ...]:
    other = {"own_intelligence", "not_specified"}  # never public as such
    return tuple(
        label
        for code, label in view.whole.labels("evidence_kind").items()
        if code in ITEMS and code not in public | other
    )


def beyond_renderings(pairs: pd.DataFrame) -> dict[str, list[str]]:
    """Return the glosses and summaries that go beyond what they render, by how they do.

    `pairs` is the frame of `quotes_beside_glosses`. "stronger_glosses" answer a question before the
    words' own, "firmer_glosses" drop a hedge, "content_only_in_glosses" alone say what is meant.
    """
    is_named = pairs["gloss_content"] != UNSTATED
    is_firmer = pairs["said_commitment"].isin(HEDGED) & pairs["gloss_commitment"].isin(FIRM)
    found = {
        "stronger_glosses": is_named & (pairs["said_content"] != UNSTATED) & (pairs["gap"] > 0),
        "firmer_glosses": is_firmer,
        "content_only_in_glosses": is_named & (pairs["said_content"] == UNSTATED),
    }
    return {how: pairs.loc[is_so, "gloss_id"].tolist() for how, is_so in found.items()}
