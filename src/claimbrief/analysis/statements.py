"""The claims in view with everything that the other frames need of them on one row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, UNSTATED, groups_of
from claimbrief.view import View

ASSERTIONS = ("affirms", "affirms_hedged")
DENIALS = ("dismisses", "denies")
OWN_INTELLIGENCE = "own_intelligence"
NO_SPEECH = ("withholds", "not_addressed")  # what a source reports as absent: no speech event


@dataclass(frozen=True)
class Count:
    """How many had happened by the brief's day: certainly, and possibly besides."""

    certain: int
    possible: int = 0

    @property
    def most(self) -> int:
        """The count with everything that is possible."""
        return self.certain + self.possible


def statements(view: View) -> pd.DataFrame:
    """Return one row a claim in view, ordered by date, utterance, voice and place in the text.

    Columns: those of claims, and `publisher`, `question_id`, `proposition`, `told` (the
    proposition with its hedge and what kind of evidence is named for it), `words` (the quote
    where it alone can be told, because it names no content; else ""), `content_role`, `rung`
    (Int64, missing where the content is not on the ladder), `when`, `speaker` (short names),
    `side` (the id of the top body that the first speaker belongs to), `is_outlet_voice`,
    `is_told_better` (another utterance in view is in all likelihood the same and says more),
    `is_counted` (a claim in a speaker's own rendering that is a speech event, and that no other
    utterance in view tells better), `is_assertion` (a counted claim that says or calls likely
    something above the lowest rung) and `is_denial`.
    """
    return _statements(view).copy()


@lru_cache(maxsize=64)
def _statements(view: View) -> pd.DataFrame:
    """Return the frame of `statements`, made once a view: most frames of a chapter start here."""
    record = view.record
    rungs = view.whole.vocabulary.query("scheme == 'content_role'").set_index("code")["order"]
    propositions = record.propositions.set_index("proposition_id")
    utterances = record.utterances.set_index("utterance_id")
    frame = record.claims.copy()
    for column, source in (("question_id",) * 2, ("proposition", "text"), ("content_role",) * 2):
        frame[column] = frame["proposition_id"].map(propositions[source])
    frame["rung"] = frame["content_role"].map(rungs).astype("Int64")
    frame["when"] = frame["utterance_id"].map(utterances["when"])
    frame["speaker"] = frame["utterance_id"].map(_speaker_names(view))
    frame["side"] = frame["utterance_id"].map(_sides(view))
    frame["told"] = _told(view, frame)
    frame["words"] = frame["quote"].where(frame["content_role"] == UNSTATED, "")
    frame["is_outlet_voice"] = frame["rendering"].isin(OUTLET_VOICES)
    frame["is_told_better"] = frame["utterance_id"].map(utterances["same_as"]) != ""
    is_speech = ~frame["is_outlet_voice"] & ~frame["stance"].isin(NO_SPEECH)
    frame["is_counted"] = is_speech & ~frame["is_told_better"]
    is_above_lowest = (frame["rung"] > 0).fillna(False).astype(bool)
    frame["is_assertion"] = frame["is_counted"] & is_above_lowest & frame["stance"].isin(ASSERTIONS)
    frame["is_denial"] = frame["is_counted"] & frame["stance"].isin(DENIALS)
    publishers = record.sources.set_index("source_id")["publisher"]
    frame["publisher"] = frame["source_id"].map(publishers)
    keys = frame.assign(latest=[when.latest for when in frame["when"]])
    order = ["latest", "utterance_id", "is_outlet_voice", "span_start", "claim_id"]
    return frame.loc[keys.sort_values(order).index]


def first_claims(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row an utterance of `statements`: the speaker's own claim that goes furthest.

    What is said to be so, or likely, goes before what is denied, and that before the rest.
    """
    is_other = ~frame["stance"].isin([*ASSERTIONS, *DENIALS])
    keys = frame.assign(
        step=-frame["rung"].fillna(0),
        kind=is_other.astype(int) * 2 + frame["is_denial"].astype(int),
        is_context=~((frame["rung"] != 0).fillna(True).astype(bool)),
    )
    ranked = keys.sort_values(["is_outlet_voice", "is_context", "kind", "step"], kind="stable")
    chosen = ranked.drop_duplicates("utterance_id").index
    return frame.loc[frame.index.isin(chosen)].set_index("utterance_id")


def counted(frame: pd.DataFrame, key: str) -> Count:
    """Return how many different values of `key` a frame with `certainty` has."""
    certain = set(frame.loc[frame["certainty"] == "certain", key])
    return Count(len(certain), len(set(frame[key]) - certain))


def spoken_by(view: View, utterance_ids: pd.Series) -> pd.DataFrame:
    """Return one row a speaker of the utterances: utterance_id, actor_id, certainty."""
    rows = view.record.speakers[view.record.speakers["utterance_id"].isin(utterance_ids)]
    said = view.record.utterances[["utterance_id", "certainty"]]
    return rows[["utterance_id", "actor_id"]].merge(said, on="utterance_id")


def _speaker_names(view: View) -> pd.Series:
    """Return the speakers' short names, by utterance id."""
    names = view.whole.actors.set_index("actor_id")["short_name"]
    rows = view.record.speakers.assign(name=view.record.speakers["actor_id"].map(names))
    return rows.groupby("utterance_id", sort=False)["name"].agg(", ".join)


def _sides(view: View) -> pd.Series:
    """Return the top body of the first speaker, by utterance id."""
    first = view.record.speakers.drop_duplicates("utterance_id").set_index("utterance_id")
    return first["actor_id"].map(lambda actor_id: groups_of(view.whole.actors, actor_id)[-1])


def _told(view: View, frame: pd.DataFrame) -> pd.Series:
    """Return each proposition with the hedge in the source's words and the evidence named."""
    kinds = view.whole.labels("evidence_kind")
    relations = view.whole.labels("claim_evidence_relation")
    links = view.record.claim_evidence.merge(view.record.evidence, on="evidence_id")
    sides = dict(zip(frame["claim_id"], frame["side"], strict=True))
    actors = view.whole.actors
    names = actors.set_index("actor_id")["short_name"]
    what = [
        f"intelligence of {names[holder]}"
        if kind == OWN_INTELLIGENCE and groups_of(actors, holder)[-1] != sides.get(claim_id)
        else kinds[kind]
        for claim_id, holder, kind in zip(
            links["claim_id"], links["holder"], links["kind"], strict=True
        )
    ]
    named = links["relation"].map(relations) + " " + pd.Series(what, links.index, dtype="str")
    by_claim = named.groupby(links["claim_id"]).agg(", ".join).to_dict()
    cites = [by_claim.get(claim_id, "") for claim_id in frame["claim_id"]]
    hedges = ("“" + frame["hedge_words"] + "”").where(frame["hedge_words"] != "", "")
    remarks = [", ".join(filter(None, pair)) for pair in zip(hedges, cites, strict=True)]
    added = [f" ({remark})" if remark else "" for remark in remarks]
    return frame["proposition"] + pd.Series(added, frame.index, dtype="str")
