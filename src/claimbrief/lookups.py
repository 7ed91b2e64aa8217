"""What the tables say of actors, utterances and evidence, as mappings by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from claimbrief.dataset import (
    NO_SUPPORT,
    OPTIONAL,
    OUTLET_VOICES,
    TABLES,
    Dataset,
    each_row,
    groups_above,
)

WHOLE = ("whole_statement", "whole_page")  # extents that leave nothing of a page out of view


class Lookups:
    """What no day changes of actors, utterances and evidence, found once for the views of all days.

    Each is what the function of its name returns; `evidence_kinds` are the kinds (codes) by item.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.sides = sides(dataset)
        self.speakers = speakers(dataset)
        self.evidence_kinds = dict(pairs(dataset.evidence, "evidence_id", "kind"))
        self.support_of_claims = support_of_claims(dataset)
        self.sides_of_nodes = sides_of_nodes(dataset)
        self.entailments = entailments(dataset)
        self.narrower = narrower(dataset, self.entailments)


def pairs(frame: pd.DataFrame, key: str, value: str) -> Iterator[tuple[Any, Any]]:
    """Return two columns of a frame row by row."""
    return zip(frame[key].tolist(), frame[value].tolist(), strict=True)


def grouped(frame: pd.DataFrame, key: str, *values: str) -> dict[str, list[Any]]:
    """Return the values of each key, in the order of the rows; of several columns as tuples."""
    found: dict[str, list[Any]] = {}
    columns = [frame[name].tolist() for name in values]
    items = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
    for name, item in zip(frame[key].tolist(), items, strict=True):
        found.setdefault(name, []).append(item)
    return found


def lists_of(keys: pd.Series[str], found: Mapping[Any, list[Any]]) -> pd.Series[Any]:
    """Return the list of each key; an empty one for a key without."""
    return pd.Series([found.get(key, []) for key in keys], keys.index, dtype=object)


def sort_by_keys(frame: pd.DataFrame, **keys: Any) -> pd.DataFrame:
    """Return the rows of a frame sorted by several keys; ties keep their order."""
    return frame.loc[pd.DataFrame(keys, frame.index).sort_values(list(keys), kind="stable").index]


def rows_by(frame: pd.DataFrame, *keys: str) -> dict[tuple[Any, ...], list[Any]]:
    """Return the rows of a frame as named tuples by the values of these columns, in order."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for row in each_row(frame):
        found.setdefault(tuple(getattr(row, key) for key in keys), []).append(row)
    return found


def added_columns(dataset: Dataset) -> pd.DataFrame:
    """Return the columns of claims that only this package has, by claim id, as they are written."""
    claims = dataset.claims.set_index("claim_id", drop=False)
    return claims.drop(columns=[*TABLES["claims"].split(), *OPTIONAL["claims"].split()])


def added_codings(dataset: Dataset) -> dict[str, list[tuple[str, str]]]:
    """Return what each claim has in the columns that only this package has, by claim id.

    Each value, a code by its label, stands with the column's title (its name, if it has none).
    """
    resources = {resource["name"]: resource for resource in dataset.descriptor["resources"]}
    fields = {field["name"]: field for field in resources["claims"]["schema"]["fields"]}
    found: dict[str, list[tuple[str, str]]] = {}
    for name, cells in added_columns(dataset).items():
        field = fields[str(name)]
        labels = dataset.labels(field.get("vocabulary", ""))
        for claim_id, cell in cells[cells != ""].items():
            value = (str(field.get("title", name)), labels.get(cell, str(cell)))
            found.setdefault(str(claim_id), []).append(value)
    return found


def bodies(dataset: Dataset) -> dict[str, list[str]]:
    """Return each actor with every body that it belongs to, nearest first, by actor id."""
    above = dict(pairs(dataset.actors, "actor_id", "member_of"))
    return {actor: groups_above(above, actor) for actor in above}


def sides(dataset: Dataset) -> dict[str, str]:
    """Return the topmost body that each actor belongs to, by actor id: its side."""
    return {actor: chain[-1] for actor, chain in bodies(dataset).items()}


def short_names(dataset: Dataset) -> dict[str, str]:
    """Return the short name of each actor, by actor id, in the order of the table."""
    return dict(pairs(dataset.actors, "actor_id", "short_name"))


def abbreviations(dataset: Dataset) -> dict[str, str]:
    """Return how each actor is called in brackets, by actor id: "US", or its short name."""
    actors = dataset.actors
    names = actors["abbr"].where(actors["abbr"] != "", actors["short_name"])
    return dict(zip(actors["actor_id"], names, strict=True))


def actor_kinds(dataset: Dataset) -> dict[str, str]:
    """Return the kind (code) of each actor, by actor id."""
    return dict(pairs(dataset.actors, "actor_id", "kind"))


def expected_actors(dataset: Dataset) -> list[str]:
    """Return the ids of the actors whom a reader expects to hear, in the order of the table."""
    actors = dataset.actors
    return actors.loc[actors["is_expected"].fillna(False).astype(bool), "actor_id"].tolist()


def actor_order(dataset: Dataset) -> dict[str, int]:
    """Return the place of each actor in its table: the order in which sides are shown."""
    return {actor: place for place, actor in enumerate(dataset.actors["actor_id"].tolist())}


def code_order(dataset: Dataset, scheme: str) -> dict[str, int]:
    """Return the place of each code of a scheme in the vocabulary's order."""
    return {code: place for place, code in enumerate(dataset.labels(scheme))}


def speakers(dataset: Dataset) -> dict[str, list[str]]:
    """Return the ids of the actors who speak in each utterance, by utterance id."""
    return grouped(dataset.speakers, "utterance_id", "actor_id")


def sides_of_nodes(dataset: Dataset) -> dict[str, list[str]]:
    """Return the sides that each utterance or item belongs to, by its id; none of the unnamed."""
    unnamed = set(dataset.actors.loc[dataset.actors["kind"] == "collective", "actor_id"])
    holders = {item: [holder] for item, holder in pairs(dataset.evidence, "evidence_id", "holder")}
    side_of = sides(dataset)
    return {
        node: [side_of[actor] for actor in actors if actor not in unnamed]
        for node, actors in (speakers(dataset) | holders).items()
    }


def support_of_claims(dataset: Dataset) -> dict[str, list[str]]:
    """Return the items that each claim points to in support, by claim id.

    An outlet's own words are never counted, so what they alone point to supports no claim.
    """
    claims, links = dataset.claims, dataset.claim_evidence
    of_outlets = claims.loc[claims["rendering"].isin(OUTLET_VOICES), "claim_id"]
    is_support = ~links["relation"].isin(NO_SUPPORT) & ~links["claim_id"].isin(of_outlets)
    return grouped(links[is_support], "claim_id", "evidence_id")


def whole_utterances(dataset: Dataset) -> set[str]:
    """Return the utterances of which a whole statement or page was in view, by id.

    For others it is not known what else was said, so their silence means nothing.
    """
    words, claims = dataset.words, dataset.claims
    return {
        *words.loc[words["extent"].isin(WHOLE), "utterance_id"],
        *claims.loc[claims["source_id"].isin(dataset.coded_sources), "utterance_id"],
    }


def entailments(dataset: Dataset) -> Mapping[str, set[str]]:
    """Return, by id, all propositions that each one entails, itself included."""
    links = dataset.proposition_relations
    below = grouped(links[links["relation"] == "entails"], "a", "b")
    return {key: reachable(below, [key]) for key in dataset.propositions["proposition_id"]}


def narrower(dataset: Dataset, entailments: Mapping[str, set[str]]) -> set[str]:
    """Return the propositions from which another one of the same question follows, by id."""
    questions = dict(pairs(dataset.propositions, "proposition_id", "question_id"))
    return {
        key
        for key, follows in entailments.items()
        if any(questions[it] == questions[key] for it in follows - {key})
    }


def members_of(actors: pd.DataFrame, groups: Iterable[str]) -> set[str]:
    """Return the ids of the groups and of all actors who belong to them, however far below."""
    return reachable(grouped(actors, "member_of", "actor_id"), groups)


def reachable(next_of: Mapping[Any, Iterable[Any]], start: Iterable[Any]) -> set[Any]:
    """Return all nodes that can be reached from `start`, with `start` itself."""
    found, waiting = set(), list(start)
    while waiting:
        if (node := waiting.pop()) not in found:
            found.add(node)
            waiting += next_of.get(node, ())
    return found
