"""What no day changes: names, sides, links and the lasting part of each claim, once a dataset.

A brief looks at its dataset from many days, and most of what it needs is the same on all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from claimbrief.dataset import (
    CONTEXT,
    EVIDENCE_STATE,
    NO_SUPPORT,
    OUTLET_VOICES,
    RELAYED,
    TO_COME,
    UNSTATED_QUESTION,
    Dataset,
    each_row,
)

OWN_INTELLIGENCE = "own_intelligence"
# What a claim is of: something that is or was so, something to come, words that name no content,
# or context, which answers none of the questions.
SO, FORETOLD, UNSTATED, AROUND = "so", "to_come", "unstated", "context"
# What a claim rests on: codes of the vocabulary's `rests_on`.
WHOLE = ("whole_statement", "whole_page")  # extents that leave nothing of a page out of view
WORDS, REPORT, PARAPHRASE = "words", "report", "paraphrase"


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
def support_of_claims(dataset: Dataset) -> Mapping[str, list[str]]:
    """Return the items that each claim points to in support, by claim id."""
    return {
        claim_id: [item for item, relation in links if relation not in NO_SUPPORT]
        for claim_id, links in evidence_of_claims(dataset).items()
    }


@lru_cache(maxsize=8)
def whole_utterances(dataset: Dataset) -> frozenset[str]:
    """Return the utterances of which a whole statement or page was in view, by id.

    Of others it is not known what else was said, so that no silence of theirs means anything.
    """
    words, sources = dataset.words, dataset.sources
    coded = set(sources.loc[sources["sha256"] != "", "source_id"])
    claims = dataset.claims
    return frozenset(
        words.loc[words["extent"].isin(WHOLE), "utterance_id"].tolist()
        + claims.loc[claims["source_id"].isin(coded), "utterance_id"].tolist()
    )


@lru_cache(maxsize=8)
def places(dataset: Dataset) -> Mapping[str, int]:
    """Return the place of each actor in its table: the order in which sides are shown."""
    return {actor: place for place, actor in enumerate(dataset.actors["actor_id"].tolist())}


@lru_cache(maxsize=32)
def places_of_codes(dataset: Dataset, scheme: str) -> Mapping[str, int]:
    """Return the place of each code of a scheme in the vocabulary's order."""
    return {code: place for place, code in enumerate(dataset.labels(scheme))}


@lru_cache(maxsize=8)
def lasting_claims(dataset: Dataset) -> pd.DataFrame:
    """Return one row a claim of the dataset with all of `statements` that no day changes.

    By utterance, voice and place in the text: the order of what was said on one day.
    """
    propositions = dataset.propositions.set_index("proposition_id")
    names, heard = short_names(dataset), speakers(dataset)
    spoken = {one: ", ".join(names[actor] for actor in actors) for one, actors in heard.items()}
    sides = {one: tops(dataset)[actors[0]] for one, actors in heard.items()}
    frame = dataset.claims.copy(deep=False)
    taken = {"question_id": "question_id", "proposition": "text", "role": "role", "phase": "phase"}
    for column, source in taken.items():
        frame[column] = frame["proposition_id"].map(propositions[source])
    frame["content"] = _content(frame["question_id"], frame["phase"])
    frame["rests_on"] = rests_on(dataset)
    frame["speaker"] = frame["utterance_id"].map(spoken)
    frame["side"] = frame["utterance_id"].map(sides)
    frame["stance_words"] = _stance_words(dataset, frame)
    is_foreign = _are_foreign(dataset)
    frame["hedge"] = frame["hedge_words"].mask(is_foreign, "")
    frame["people"] = frame["personnel_term"].mask(
        is_foreign | ~frame["personnel_term"].map(str.isascii),
        frame["role"].map(dataset.labels("role")),
    )
    frame["told"] = _told(dataset, frame)
    frame["words"] = frame["quote"].where((frame["content"] == UNSTATED) & ~is_foreign, "")
    frame["is_foreign"] = is_foreign
    frame["is_outlet_voice"] = frame["rendering"].isin(OUTLET_VOICES)
    frame["publisher"] = frame["source_id"].map(publishers(dataset))
    return frame.sort_values(["utterance_id", "is_outlet_voice", "span_start", "claim_id"])


def _content(questions: pd.Series[str], phases: pd.Series[str]) -> pd.Series[str]:
    """Return what each claim is of, by its proposition's question and phase."""
    content = pd.Series(SO, questions.index, dtype="str")
    content[phases == TO_COME] = FORETOLD
    content[questions == UNSTATED_QUESTION] = UNSTATED
    content[questions.isin([CONTEXT, EVIDENCE_STATE])] = AROUND
    return content


def rests_on(dataset: Dataset) -> pd.Series[str]:
    """Return what each claim rests on, in the order of the claims (codes of `rests_on`).

    The speaker's words, if they carry the content by themselves (direct); a report, if a source in
    view carries it otherwise, its text coded or a page of it in view; else a paraphrase alone.
    """
    claims, words, sources = dataset.claims, dataset.words, dataset.sources
    in_view = words[words["extent"] != RELAYED]
    pages = set(zip(in_view["utterance_id"], in_view["source_id"], strict=True))
    coded = set(sources.loc[sources["sha256"] != "", "source_id"])
    is_in_view = claims["source_id"].isin(coded) | pd.Series(
        [pair in pages for pair in pairs(claims, "utterance_id", "source_id")],
        claims.index,
        dtype=bool,
    )
    found = pd.Series(PARAPHRASE, claims.index, dtype="str")
    found[is_in_view] = REPORT
    found[(claims["rendering"] == "direct") & (claims["quote"] != "")] = WORDS
    return found


def _stance_words(dataset: Dataset, frame: pd.DataFrame) -> pd.Series[str]:
    """Return the label of each claim's stance; of what is reported, a label that says so."""
    labels = frame["stance"].map(dataset.labels("stance"))
    is_reported = (frame["rests_on"] != WORDS) & ~frame["rendering"].isin(OUTLET_VOICES)
    unnamed = set(dataset.actors.loc[dataset.actors["kind"] == "collective", "actor_id"])
    many = {
        one
        for one, actors in speakers(dataset).items()
        if len(actors) > 1 or (actors[0] in unnamed and not _is_singular(dataset, actors[0]))
    }
    words = [
        reported(label, is_plural=one in many) if told else label
        for label, told, one in zip(labels, is_reported, frame["utterance_id"], strict=True)
    ]
    return pd.Series(words, frame.index, dtype="str")


def _is_singular(dataset: Dataset, actor: str) -> bool:
    """Return whether an unnamed speaker is one alone: "an unnamed official"."""
    return short_names(dataset)[actor].lower().startswith(("a ", "an "))


def reported(label: str, *, is_plural: bool = False) -> str:
    """Return a stance's label for what is only reported: "is reported to have said that …"."""
    if label.startswith("said "):
        return f"{'are' if is_plural else 'is'} reported to have {label}"
    return label if label.startswith("is reported") else f"reportedly {label}"


def quote_languages(dataset: Dataset) -> pd.Series[str]:
    """Return the language in which each claim's quote stands, "" where none is told."""
    printed: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in each_row(dataset.words):
        printed.setdefault((row.utterance_id, row.source_id), []).append((row.text, row.language))
    columns = [dataset.claims[name].tolist() for name in ("utterance_id", "source_id", "quote")]
    found = [
        next((spoken for text, spoken in printed.get((one, source), ()) if quote in text), "")
        if quote
        else ""
        for one, source, quote in zip(*columns, strict=True)
    ]
    return pd.Series(found, dataset.claims.index, dtype="str")


def _are_foreign(dataset: Dataset) -> pd.Series[bool]:
    """Return whether each claim's quote stands in another language than the dataset's own."""
    spoken = quote_languages(dataset)
    return (spoken != "") & (spoken != str(dataset.descriptor.get("language", "en")))


@lru_cache(maxsize=8)
def entailments(dataset: Dataset) -> Mapping[str, frozenset[str]]:
    """Return for each proposition all that are so if it is so, itself among them, by id."""
    links = dataset.proposition_relations
    below = _grouped(links[links["relation"] == "entails"], "a", "b")
    found = {}
    for proposition in dataset.propositions["proposition_id"].tolist():
        reached, waiting = {proposition}, [proposition]
        while waiting:
            new = [one for one in below.get(waiting.pop(), ()) if one not in reached]
            reached.update(new)
            waiting += new
        found[proposition] = frozenset(reached)
    return found


def _told(dataset: Dataset, frame: pd.DataFrame) -> pd.Series[Any]:
    """Return each proposition with the hedge in the source's words and the evidence named."""
    labels = dataset.labels("evidence_kind")
    relations = dataset.labels("claim_evidence_relation")
    names, links, sides = short_names(dataset), evidence_of_claims(dataset), tops(dataset)
    items = {one.evidence_id: (one.kind, one.holder) for one in each_row(dataset.evidence)}
    told = []
    columns = [frame[name].tolist() for name in ("claim_id", "side", "proposition", "hedge")]
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
