"""What page one states, as one frozen record: no sentence of the brief goes beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from claimbrief.analysis.escalation import denial_register
from claimbrief.analysis.lineage import (
    OWN_SOURCES,
    Origins,
    items_made_public,
    origins_of_assertions,
)
from claimbrief.analysis.statements import ASSERTIONS, Count, counted, spoken_by, statements
from claimbrief.analysis.voices import not_heard, quotes_beside_glosses
from claimbrief.dataset import EVIDENCE_STATE, each_row
from claimbrief.dates import When
from claimbrief.view import View

HEDGED, FIRM = ("PR+", "PS+", "PR−", "PS−"), ("CT+", "CT−")


@dataclass(frozen=True)
class Said:
    """One claim as a finding needs it."""

    claim_id: str
    speaker: str
    when: When
    certainty: str
    stance: str
    commitment: str
    proposition: str
    told: str  # the proposition with its hedge and the kind of evidence named
    words: str  # the quote where it names no content and alone can be told
    response: str
    rung: int | None
    quote: str


@dataclass(frozen=True)
class QuestionVoices:
    """Who says what to one question, in the speakers' own renderings.

    `by_stance` holds, for each stance in the vocabulary's order, the claims with it.
    """

    question_id: str
    by_stance: tuple[tuple[str, tuple[Said, ...]], ...]


@dataclass(frozen=True)
class Findings:
    """What the record in view shows, counted; `Count` keeps certain and possible apart."""

    claim_rows: Count
    utterances: Count
    speakers: Count
    sources: int
    asserting_speakers: Count
    origins: Origins
    strongest: tuple[Said, ...]  # assertions on the highest rung that anybody asserted
    highest_rung: int | None
    questions: tuple[QuestionVoices, ...]
    denials: tuple[Said, ...]
    stating_contrary: int  # denials that state the contrary
    items: Count  # items that somebody points to as held by their own side
    items_public: Count
    item_descriptions: tuple[str, ...]
    assertions_without_item: tuple[str, ...]
    stronger_glosses: tuple[str, ...]  # glosses that stand on a higher rung than the words
    firmer_glosses: tuple[str, ...]  # glosses that drop a hedge
    content_only_in_glosses: tuple[str, ...]
    rungs_only_in_glosses: tuple[tuple[int, tuple[str, ...]], ...]  # asserted by no speaker
    not_heard: tuple[str, ...]
    expected: tuple[str, ...]  # actors that a reader expects to hear
    evidence_statements: tuple[str, ...]  # claims about the state of the evidence


def findings(view: View) -> Findings:
    """Return what the record in view shows."""
    frame = statements(view)
    own = frame[frame["is_counted"]]
    asserted = frame[frame["is_assertion"]]
    highest = int(asserted["rung"].max()) if len(asserted) else None
    denied = denial_register(view)
    glosses = quotes_beside_glosses(view)
    names = view.whole.actors.set_index("actor_id")["short_name"]
    return Findings(
        claim_rows=counted(frame, "claim_id"),
        utterances=counted(own, "utterance_id"),
        speakers=counted(spoken_by(view, own["utterance_id"]), "actor_id"),
        sources=frame["source_id"].nunique(),
        asserting_speakers=counted(spoken_by(view, asserted["utterance_id"]), "actor_id"),
        origins=origins_of_assertions(view),
        strongest=_said(asserted[asserted["rung"] == highest] if highest else asserted[:0]),
        highest_rung=highest,
        questions=_questions(view, frame[~frame["is_outlet_voice"]]),
        denials=_said(frame[frame["is_denial"]]),
        stating_contrary=int((denied["stance"] == "denies").sum()),
        items_public=items_made_public(view),
        rungs_only_in_glosses=_rungs_only_in_glosses(frame),
        not_heard=tuple(names[not_heard(view)]),
        expected=tuple(names[view.whole.actors.set_index("actor_id")["is_expected"].astype(bool)]),
        evidence_statements=tuple(frame.loc[frame["question_id"] == EVIDENCE_STATE, "claim_id"]),
        **_items(view, asserted),
        **_glosses(glosses),
    )


def _said(frame: pd.DataFrame) -> tuple[Said, ...]:
    return tuple(
        Said(
            row.claim_id,
            row.speaker,
            row.when,
            row.certainty,
            row.stance,
            row.commitment,
            row.proposition,
            row.told,
            row.words,
            row.response,
            None if pd.isna(row.rung) else int(row.rung),
            row.quote,
        )
        for row in each_row(frame)
    )


def _questions(view: View, own: pd.DataFrame) -> tuple[QuestionVoices, ...]:
    stances = view.whole.labels("stance")
    found = []
    for question_id in view.whole.labels("question"):
        asked = own[own["question_id"] == question_id]
        by_stance = tuple(
            (stance, _said(asked[asked["stance"] == stance]))
            for stance in stances
            if (asked["stance"] == stance).any()
        )
        found.append(QuestionVoices(question_id, by_stance))
    return tuple(found)


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
    held = record.evidence[record.evidence["kind"].isin(OWN_SOURCES)]
    named = record.claim_evidence[record.claim_evidence["relation"] != "says_none"]
    links = named[named["evidence_id"].isin(held["evidence_id"])]
    used = links.merge(record.claims[["claim_id", "certainty"]], on="claim_id")
    shown = held[held["evidence_id"].isin(used["evidence_id"])]
    return {
        "items": counted(used, "evidence_id"),
        "item_descriptions": tuple(shown["description"]),
        "assertions_without_item": tuple(
            asserted.loc[~asserted["claim_id"].isin(named["claim_id"]), "claim_id"]
        ),
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
