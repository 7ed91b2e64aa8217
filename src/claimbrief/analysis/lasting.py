"""What no day changes: names, sides, links and the lasting part of each claim, once a dataset.

A brief looks at its dataset from many days, and most of what it needs is the same on all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, UNSTATED, Dataset, each_row

OWN_INTELLIGENCE = "own_intelligence"


@lru_cache(maxsize=8)
def tops(dataset: Dataset) -> Mapping[str, str]:
    """Return the topmost body that each actor belongs to, by actor id: its side."""
    above = dict(zip(dataset.actors["actor_id"], dataset.actors["member_of"], strict=True))
    return {actor: _chain(above, actor)[-1] for actor in above}


@lru_cache(maxsize=8)
def bodies(dataset: Dataset) -> Mapping[str, list[str]]:
    """Return each actor with every body that it belongs to, nearest first, by actor id."""
    above = dict(zip(dataset.actors["actor_id"], dataset.actors["member_of"], strict=True))
    return {actor: _chain(above, actor) for actor in above}


def _chain(above: Mapping[str, str], actor: str) -> list[str]:
    chain: list[str] = []
    while actor and actor not in chain:
        chain.append(actor)
        actor = above.get(actor, "")
    return chain


@lru_cache(maxsize=8)
def short_names(dataset: Dataset) -> Mapping[str, str]:
    """Return the short name of each actor, by actor id."""
    return dict(zip(dataset.actors["actor_id"], dataset.actors["short_name"], strict=True))


@lru_cache(maxsize=8)
def speakers(dataset: Dataset) -> Mapping[str, list[str]]:
    """Return the ids of the actors who speak in each utterance, by utterance id."""
    return _grouped(dataset.speakers, "utterance_id", "actor_id")


@lru_cache(maxsize=8)
def publishers(dataset: Dataset) -> Mapping[str, str]:
    """Return who publishes each source, by source id."""
    return dict(zip(dataset.sources["source_id"], dataset.sources["publisher"], strict=True))


@lru_cache(maxsize=8)
def evidence_kinds(dataset: Dataset) -> Mapping[str, str]:
    """Return the kind (code) of each item of evidence, by item id."""
    return dict(zip(dataset.evidence["evidence_id"], dataset.evidence["kind"], strict=True))


@lru_cache(maxsize=8)
def evidence_of_claims(dataset: Dataset) -> Mapping[str, list[tuple[str, str]]]:
    """Return what each claim points to, by claim id: pairs of an item's id and the relation."""
    links: dict[str, list[tuple[str, str]]] = {}
    for link in each_row(dataset.claim_evidence):
        links.setdefault(link.claim_id, []).append((link.evidence_id, link.relation))
    return links


@lru_cache(maxsize=8)
def places(dataset: Dataset) -> Mapping[str, int]:
    """Return the place of each actor in its table: the order in which sides are shown."""
    return {actor: place for place, actor in enumerate(dataset.actors["actor_id"])}


@lru_cache(maxsize=8)
def lasting_claims(dataset: Dataset) -> pd.DataFrame:
    """Return one row a claim of the dataset with all of `statements` that no day changes.

    By utterance, voice and place in the text: the order of what was said on one day.
    """
    propositions = dataset.propositions.set_index("proposition_id")
    roles = dataset.vocabulary[dataset.vocabulary["scheme"] == "content_role"]
    rungs = roles.set_index("code")["order"]
    names, heard = short_names(dataset), speakers(dataset)
    spoken = {one: ", ".join(names[actor] for actor in actors) for one, actors in heard.items()}
    sides = {one: tops(dataset)[actors[0]] for one, actors in heard.items()}
    frame = dataset.claims.copy(deep=False)
    for column, source in (("question_id",) * 2, ("proposition", "text"), ("content_role",) * 2):
        frame[column] = frame["proposition_id"].map(propositions[source])
    frame["rung"] = frame["content_role"].map(rungs).astype("Int64")
    frame["speaker"] = frame["utterance_id"].map(spoken)
    frame["side"] = frame["utterance_id"].map(sides)
    frame["told"] = _told(dataset, frame)
    frame["words"] = frame["quote"].where(frame["content_role"] == UNSTATED, "")
    frame["is_outlet_voice"] = frame["rendering"].isin(OUTLET_VOICES)
    frame["publisher"] = frame["source_id"].map(publishers(dataset))
    return frame.sort_values(["utterance_id", "is_outlet_voice", "span_start", "claim_id"])


def _told(dataset: Dataset, frame: pd.DataFrame) -> pd.Series[Any]:
    """Return each proposition with the hedge in the source's words and the evidence named."""
    kinds = dataset.labels("evidence_kind")
    relations = dataset.labels("claim_evidence_relation")
    names, links = short_names(dataset), evidence_of_claims(dataset)
    items = dataset.evidence.set_index("evidence_id")["holder"].to_dict()
    told = []
    for claim_id, side, proposition, hedge in zip(
        frame["claim_id"], frame["side"], frame["proposition"], frame["hedge_words"], strict=True
    ):
        remarks = [f"“{hedge}”"] if hedge else []
        for evidence_id, relation in links.get(claim_id, ()):
            holder, what = items[evidence_id], kinds[evidence_kinds(dataset)[evidence_id]]
            is_own = evidence_kinds(dataset)[evidence_id] == OWN_INTELLIGENCE
            if is_own and tops(dataset)[holder] != side:
                what = f"intelligence of {names[holder]}"
            remarks.append(f"{relations[relation]} {what}")
        told.append(f"{proposition} ({', '.join(remarks)})" if remarks else proposition)
    return pd.Series(told, frame.index, dtype="str")


def _grouped(frame: pd.DataFrame, key: str, value: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in zip(frame[key].tolist(), frame[value].tolist(), strict=True):
        found.setdefault(one, []).append(other)
    return found
