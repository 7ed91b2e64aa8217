"""What page one states, as one frozen record: no sentence of the brief goes beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from claimbrief.analysis.evidence import NOTHING, bases_by_side, items_named
from claimbrief.analysis.lasting import evidence_of_claims, short_names
from claimbrief.analysis.lineage import (
    ITEMS,
    PUBLIC,
    Origins,
    items_made_public,
    origins_of_assertions,
)
from claimbrief.analysis.paths import on_ladder
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
    Count,
    each_statement,
    is_above_lowest,
    speakers_among,
    tallied,
)
from claimbrief.analysis.voices import glosses, heard_of_expected
from claimbrief.dataset import EVIDENCE_STATE
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
    strongest: tuple[Said, ...]  # assertions on the highest rung that anybody asserted
    highest_rung: int | None
    questions: tuple[QuestionVoices, ...]
    denials: tuple[Said, ...]  # every claim with a level of denial, by side and date
    asserting: frozenset[str]  # sides that say something above the lowest step to be so, or likely
    denied_only: tuple[Said, ...]  # denials of what nobody says: those on the highest step
    stating_contrary: int  # denials that state the contrary
    turns: tuple[Turn, ...]
    items: Count  # items that somebody points to and that could be shown
    items_public: Count
    item_descriptions: tuple[str, ...]
    public_items: tuple[PublicItem, ...]
    kinds_not_public: tuple[str, ...]  # kinds of evidence of which no item is public
    assertions_without_item: tuple[str, ...]  # that point to nothing, nor to what others said
    without_item: int  # utterances in which they are
    stronger_glosses: tuple[str, ...]  # glosses that stand on a higher rung than the words
    firmer_glosses: tuple[str, ...]  # glosses that drop a hedge
    content_only_in_glosses: tuple[str, ...]
    rungs_only_in_glosses: tuple[tuple[int, tuple[str, ...]], ...]  # asserted by no speaker
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
    highest = max((claim.rung for claim in asserted), default=None)
    names = short_names(view.whole)
    expected, beyond = heard_of_expected(view), beyond_renderings(view)
    denials = [claim for claim in on_ladder(view) if claim.denial]
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
        strongest=told_claims(view, [one for one in asserted if one.rung == highest]),
        highest_rung=highest,
        questions=questions_and_voices(
            view, [one for one in said if one.is_counted or _is_withheld(one)]
        ),
        denials=told_claims(view, denials),
        asserting=frozenset(names[claim.side] for claim in asserted),
        denied_only=told_claims(view, _denied_only(own)),
        stating_contrary=sum(claim.stance == "denies" for claim in denials),
        turns=ordered_turns(view),
        items_public=items_made_public(view),
        rungs_only_in_glosses=_rungs_only_in_glosses(said),
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


def _denied_only(own: Sequence[Any]) -> list[Any]:
    """Return the claims that deny what nobody in view says, of the highest step that there is."""
    said = {claim.proposition_id for claim in own if claim.is_assertion}
    only = [
        claim
        for claim in own
        if claim.stance == "denies" and claim.rung is not pd.NA and claim.proposition_id not in said
    ]
    highest = max((claim.rung for claim in only), default=None)
    return [claim for claim in only if claim.rung == highest]


def _rungs_only_in_glosses(said: Sequence[Any]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return each rung that only an outlet's words assert, with the claims that do."""
    spoken = {claim.rung for claim in said if claim.is_assertion}
    only: dict[int, list[str]] = {}
    for claim in said:
        is_gloss = claim.rendering in ("gloss", "summary") and claim.stance in ASSERTIONS
        if is_gloss and is_above_lowest(claim) and claim.rung not in spoken:
            only.setdefault(claim.rung, []).append(claim.claim_id)
    return tuple((rung, tuple(only[rung])) for rung in sorted(only))


def _items(view: View) -> dict[str, Any]:
    links = evidence_of_claims(view.whole)
    certainty = {claim.claim_id: claim.certainty for claim in each_statement(view)}
    could_be_shown = [item for item in items_named(view) if item.kind in ITEMS]
    shown = [item for item in could_be_shown if item.publicity in PUBLIC]
    ids = {item.evidence_id for item in could_be_shown}
    used = [
        (item, certain)
        for claim_id, certain in certainty.items()
        for item, relation in links.get(claim_id, ())
        if relation != "says_none" and item in ids
    ]
    cited = {item for item, _ in used}
    is_public = {item.kind for item in shown} | {"own_intelligence", "not_specified"}
    nothing = [claim for claim, basis in bases_by_side(view) if basis == NOTHING]
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
    }


def beyond_renderings(view: View) -> dict[str, tuple[str, ...]]:
    """Return the glosses and summaries that go beyond what they render, as `Findings` has them."""
    stronger, firmer, alone = [], [], []
    for gloss, said in glosses(view):
        if said.rung is pd.NA and gloss.rung is not pd.NA:
            alone.append(gloss.claim_id)
        elif said.rung is not pd.NA and gloss.rung is not pd.NA and gloss.rung > said.rung:
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
