"""What page one states, as one frozen record: no sentence of the brief goes beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from claimbrief.analysis.evidence import NOTHING, assertions_by_evidence, evidence_register
from claimbrief.analysis.lineage import (
    ITEMS,
    PUBLIC,
    Origins,
    items_made_public,
    origins_of_assertions,
)
from claimbrief.analysis.paths import denial_path
from claimbrief.analysis.standing import (
    QuestionVoices,
    Said,
    Turn,
    ordered_turns,
    questions_and_voices,
    told_claims,
)
from claimbrief.analysis.statements import ASSERTIONS, Count, counted, spoken_by, statements
from claimbrief.analysis.voices import quotes_beside_glosses, silences
from claimbrief.dataset import EVIDENCE_STATE, each_row
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
    frame = statements(view)
    own = frame[frame["is_counted"]]
    asserted = frame[frame["is_assertion"]]
    highest = int(asserted["rung"].max()) if len(asserted) else None
    names = view.whole.actors.set_index("actor_id")["short_name"]
    expected = silences(view)
    denied = denial_path(view)
    return Findings(
        claim_rows=counted(frame, "claim_id"),
        utterances=counted(own, "utterance_id"),
        speakers=counted(spoken_by(view, own["utterance_id"]), "actor_id"),
        sides=counted(own, "side"),
        sources=frame["source_id"].nunique(),
        asserting_speakers=counted(spoken_by(view, asserted["utterance_id"]), "actor_id"),
        asserting_sides=counted(asserted, "side"),
        asserting_utterances=counted(asserted, "utterance_id"),
        origins=origins_of_assertions(view),
        strongest=told_claims(
            view, asserted[asserted["rung"] == highest] if highest else asserted[:0]
        ),
        highest_rung=highest,
        questions=questions_and_voices(view, frame[frame["is_counted"] | _is_withheld(frame)]),
        denials=told_claims(view, frame[frame["claim_id"].isin(denied["claim_id"])]),
        asserting=frozenset(names[side] for side in asserted["side"].unique()),
        denied_only=told_claims(view, _denied_only(frame)),
        stating_contrary=int((denied["stance"] == "denies").sum()),
        turns=ordered_turns(view),
        items_public=items_made_public(view),
        rungs_only_in_glosses=_rungs_only_in_glosses(frame),
        not_heard=tuple(names[expected.loc[expected["heard_claim"] == "", "actor_id"]]),
        expected=tuple(names[expected["actor_id"]]),
        unanswered=told_claims(view, frame[frame["stance"] == "not_addressed"]),
        evidence_statements=tuple(frame.loc[frame["question_id"] == EVIDENCE_STATE, "claim_id"]),
        **_items(view, asserted),
        **_glosses(quotes_beside_glosses(view)),
    )


def _denied_only(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that deny what nobody in view says, of the highest step that there is."""
    said = set(frame.loc[frame["is_assertion"], "proposition_id"])
    denied = frame[frame["is_denial"] & (frame["stance"] == "denies") & frame["rung"].notna()]
    only = denied[~denied["proposition_id"].isin(said)]
    return only[only["rung"] == only["rung"].max()] if len(only) else only


def _rungs_only_in_glosses(frame: pd.DataFrame) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return each rung that only an outlet's words assert, with the claims that do."""
    is_gloss = frame["rendering"].isin(["gloss", "summary"]) & frame["stance"].isin(ASSERTIONS)
    glossed = frame[is_gloss & (frame["rung"] > 0).fillna(False).astype(bool)]
    spoken = set(frame.loc[frame["is_assertion"], "rung"])
    only = glossed[~glossed["rung"].isin(spoken)]
    return tuple(
        (rung, tuple(only.loc[only["rung"] == rung, "claim_id"]))
        for rung in sorted(map(int, only["rung"].unique()))
    )


def _items(view: View, asserted: pd.DataFrame) -> dict[str, Any]:
    record = view.record
    register = evidence_register(view)
    could_be_shown = register[register["kind"].isin(ITEMS)]
    named = record.claim_evidence[record.claim_evidence["relation"] != "says_none"]
    links = named[named["evidence_id"].isin(could_be_shown["evidence_id"])]
    used = links.merge(record.claims[["claim_id", "certainty"]], on="claim_id")
    shown = could_be_shown[could_be_shown["publicity"].isin(PUBLIC)]
    kinds = view.whole.labels("evidence_kind")
    nothing = [one for ids in assertions_by_evidence(view)[NOTHING] for one in ids]
    return {
        "items": counted(used, "evidence_id"),
        "item_descriptions": tuple(
            could_be_shown.loc[
                could_be_shown["evidence_id"].isin(used["evidence_id"]), "description"
            ]
        ),
        "public_items": tuple(
            PublicItem(
                item.kind,
                item.offered_by or item.holder,
                item.status_when,
                item.caveat,
                bool(item.status_is_certain),
                tuple(item.claim_ids),
            )
            for item in each_row(shown)
        ),
        "kinds_not_public": tuple(
            label
            for code, label in kinds.items()
            if code in ITEMS
            and code not in set(shown["kind"]) | {"own_intelligence", "not_specified"}
        ),
        "assertions_without_item": tuple(nothing),
        "without_item": asserted.loc[asserted["claim_id"].isin(nothing), "utterance_id"].nunique(),
    }


def _glosses(glosses: pd.DataFrame) -> dict[str, Any]:
    is_firmer = glosses["commitment"].isin(HEDGED) & glosses["gloss_commitment"].isin(FIRM)
    is_stronger = (glosses["gap"] > 0).fillna(False).astype(bool)
    is_unstated = glosses["said_rung"].isna() & glosses["gloss_rung"].notna()
    return {
        "stronger_glosses": tuple(glosses.loc[is_stronger, "gloss_id"]),
        "firmer_glosses": tuple(glosses.loc[is_firmer, "gloss_id"]),
        "content_only_in_glosses": tuple(glosses.loc[is_unstated, "gloss_id"]),
    }


def _is_withheld(frame: pd.DataFrame) -> pd.Series:
    """Return which claims a source reports as not made, where nothing in view tells more."""
    return (frame["stance"] == "withholds") & ~frame["is_told_better"]
