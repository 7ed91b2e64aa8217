"""What no day changes: names, sides, links and the lasting part of each claim, once a dataset.

A brief looks at its dataset from many days, and most of what it needs is the same on all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, UNSTATED, Dataset, each_row

OWN_INTELLIGENCE = "own_intelligence"


def pairs(frame: pd.DataFrame, one: str, other: str) -> Iterator[tuple[Any, Any]]:
    """Return two columns of a frame row by row; as lists, which are quicker to walk."""
    return zip(frame[one].tolist(), frame[other].tolist(), strict=True)


@lru_cache(maxsize=8)
def tops(dataset: Dataset) -> Mapping[str, str]:
    """Return the topmost body that each actor belongs to, by actor id: its side."""
    above = dict(pairs(dataset.actors, "actor_id", "member_of"))
    return {actor: _chain(above, actor)[-1] for actor in above}


@lru_cache(maxsize=8)
def bodies(dataset: Dataset) -> Mapping[str, list[str]]:
    """Return each actor with every body that it belongs to, nearest first, by actor id."""
    above = dict(pairs(dataset.actors, "actor_id", "member_of"))
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
    return dict(pairs(dataset.actors, "actor_id", "short_name"))


@lru_cache(maxsize=8)
def speakers(dataset: Dataset) -> Mapping[str, list[str]]:
    """Return the ids of the actors who speak in each utterance, by utterance id."""
    return _grouped(dataset.speakers, "utterance_id", "actor_id")


@lru_cache(maxsize=8)
def publishers(dataset: Dataset) -> Mapping[str, str]:
    """Return who publishes each source, by source id."""
    return dict(pairs(dataset.sources, "source_id", "publisher"))


@lru_cache(maxsize=8)
def evidence_kinds(dataset: Dataset) -> Mapping[str, str]:
    """Return the kind (code) of each item of evidence, by item id."""
    return dict(pairs(dataset.evidence, "evidence_id", "kind"))


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
    return {actor: place for place, actor in enumerate(dataset.actors["actor_id"].tolist())}


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
    labels = dataset.labels("evidence_kind")
    relations = dataset.labels("claim_evidence_relation")
    names, links, sides = short_names(dataset), evidence_of_claims(dataset), tops(dataset)
    items = {one.evidence_id: (one.kind, one.holder) for one in each_row(dataset.evidence)}
    told = []
    columns = [frame[name].tolist() for name in ("claim_id", "side", "proposition", "hedge_words")]
    for claim_id, side, proposition, hedge in zip(*columns, strict=True):
        remarks = [f"“{hedge}”"] if hedge else []
        for evidence_id, relation in links.get(claim_id, ()):
            kind, holder = items[evidence_id]
            what = labels[kind]
            if kind == OWN_INTELLIGENCE and sides[holder] != side:
                what = f"intelligence of {names[holder]}"
            remarks.append(f"{relations[relation]} {what}")
        told.append(f"{proposition} ({', '.join(remarks)})" if remarks else proposition)
    return pd.Series(told, frame.index, dtype="str")


def _grouped(frame: pd.DataFrame, key: str, value: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs(frame, key, value):
        found.setdefault(one, []).append(other)
    return found
