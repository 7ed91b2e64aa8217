"""One claim's card: its words, its speaker, its date with the reasoning, its coding, its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from claimbrief.analysis.days import since
from claimbrief.analysis.lasting import pairs
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import first_claims, statements
from claimbrief.blocks import Card, Field, Run, Text, claim_anchor, joined, text
from claimbrief.dataset import NO_RESPONSE, NO_SUPPORT, RESEARCHED, TO_COME, UNKNOWN, each_row
from claimbrief.dates import parse
from claimbrief.links import claim_links, quoted, said_text
from claimbrief.view import View
from claimbrief.wording import capitalised, dated, figure

# What all cards of an utterance share: it stands on the first of them.
OF_UTTERANCE = (
    "Speaker",
    "Where",
    "Date",
    "Comes from",
    "Also reported by",
    "Also printed as",
)
SCHEMES = [
    "stance",
    "commitment",
    "rendering",
    "role",
    "phase",
    "rests_on",
    "question",
    "response",
    "denial",
    "location",
    "sourcing",
    "claim_evidence_relation",
    "lineage_relation",
    "report_relation",
]

Rows = Mapping[str, list[Any]]


@dataclass(frozen=True)
class Index:
    """What cards are made from, by id: a row, or the rows, of the record for each.

    `first` is an utterance's claim that goes furthest, `dated_on` that whose card tells what all
    its claims share, `grades` how well it is sourced, `since` a claim's first day, `labels` the
    label of each code by scheme, `items` descriptions and `kinds` codes of evidence.
    """

    view: View
    utterances: Mapping[str, Any]
    sources: Mapping[str, Any]
    speakers: Rows
    evidence: Rows
    parents: Rows
    reports: Rows
    other_words: Rows
    first: Mapping[str, str]
    dated_on: Mapping[str, str]
    grades: Mapping[str, str]
    since: Mapping[str, str]
    names: Mapping[str, str]
    items: Mapping[str, str]
    kinds: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]


def index_for(view: View, shown: pd.DataFrame) -> Index:
    """Return what the cards of some rows of `statements` are made from."""
    record = view.record
    said, claims = set(shown["utterance_id"]), set(shown["claim_id"])
    utterances = record.utterances[record.utterances["utterance_id"].isin(said)]
    evidence = view.whole.evidence
    return Index(
        view=view,
        utterances={row.utterance_id: row for row in each_row(utterances)},
        sources={row.source_id: row for row in each_row(record.sources)},
        speakers=_rows(record.speakers, "utterance_id", said),
        evidence=_rows(record.claim_evidence, "claim_id", claims),
        parents=_rows(record.lineage, "child", said),
        reports=_rows(record.reports, "utterance_id", said),
        other_words=_rows(_not_followed(record.words), "utterance_id", said),
        first=_by(first_claims(view, statements(view)).reset_index(), "utterance_id", "claim_id"),
        dated_on=_by(shown.drop_duplicates("utterance_id"), "utterance_id", "claim_id"),
        grades=_by(sourcing(view), "utterance_id", "grade"),
        since=since(view),
        names=_by(view.whole.actors, "actor_id", "name"),
        items=_by(evidence, "evidence_id", "description"),
        kinds=_by(evidence, "evidence_id", "kind"),
        labels={scheme: view.whole.labels(scheme) for scheme in SCHEMES},
    )


def _by(frame: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    return dict(pairs(frame, key, value))


def _rows(frame: pd.DataFrame, key: str, wanted: Iterable[str]) -> Rows:
    """Return the rows of a frame for each key that is wanted and has any."""
    found: dict[str, list[Any]] = {}
    for row in each_row(frame[frame[key].isin(wanted)]):
        found.setdefault(getattr(row, key), []).append(row)
    return found


def card(index: Index, claim: Any) -> Card:
    """Return a claim's card; what is of its utterance stands on the first card of it."""
    is_first = claim.claim_id == index.dated_on[claim.utterance_id]
    shown = tuple(
        Field(label, value) for label, value in _fields(index, claim, is_first).items() if value
    )
    return Card(
        claim_anchor(claim.claim_id),
        _title(index, claim),
        quoted(claim.quote) or text(f"Paraphrase: {claim.paraphrase}"),
        shown,
        _facets(index, claim),
        index.since[claim.claim_id],
    )


def _fields(index: Index, claim: Any, is_first: bool) -> dict[str, Text]:
    """Return what a card tells, by label, in order."""
    utterance = index.utterances[claim.utterance_id]
    grade = capitalised(index.labels["sourcing"][index.grades[claim.utterance_id]])
    named = claim.attributed_to
    is_partly_quoted = bool(claim.quote) and (claim.rendering != "direct" or claim.is_foreign)
    is_own = not claim.is_outlet_voice
    fields = {
        "In our words": text(claim.paraphrase) if is_partly_quoted else (),
        "Speaker": _speakers(index, claim.utterance_id),
        "Named by the outlet": text(index.names[named]) if named else (),
        "Where": text(utterance.venue),
        "Date": _date(index, utterance, claim),
        "Coding": _coding(index, claim),
        "Evidence named": _evidence(index, claim.claim_id),
        "Comes from": _parents(index, claim.utterance_id) if is_own else (),
        "Renders": claim_links([claim.renders]) if claim.renders else (),
        "Why so coded": text(claim.note),
        "Source": _source(index, claim) + (text(f". {grade}") if is_first and is_own else ()),
        "Also reported by": _reports(index, claim) if is_own else (),
        "Also printed as": _other_words(index, claim.utterance_id) if is_own else (),
    }
    if not is_own:  # the speaker said none of it: speaker, place and date are the outlet's
        published = text(f"as old as the source: {dated(index.sources[claim.source_id].when)}.")
        return fields | {"Speaker": text(claim.publisher), "Where": (), "Date": published}
    if is_first:
        return fields
    own = {label: value for label, value in fields.items() if label not in OF_UTTERANCE}
    return {"Utterance": text("as on ") + claim_links([index.dated_on[claim.utterance_id]])} | own


def _facets(index: Index, claim: Any) -> dict[str, tuple[str, ...]]:
    """Return the values by which a reader can filter a claim's card."""
    links = index.evidence.get(claim.claim_id, [])
    kinds = [index.kinds[row.evidence_id] for row in links if row.relation not in NO_SUPPORT]
    return {
        "side": (claim.side,),
        "question": (claim.question_id,),
        "stance": (claim.stance,),
        "evidence": tuple(dict.fromkeys(kinds)),
    }


def _title(index: Index, claim: Any) -> Text:
    """Return who said what; an outlet's gloss or summary is headed as the outlet's."""
    when = index.utterances[claim.utterance_id].when
    said = [(claim.proposition, "", claim.words)]
    lead = f" {capitalised(claim.speaker)}, {dated(when)}, "
    if claim.rendering == "narrator":
        lead = f" {claim.publisher}, in its own words, "
    elif claim.is_outlet_voice:
        named = index.names[claim.attributed_to] if claim.attributed_to else claim.speaker
        lead = f" {claim.publisher}’s {claim.rendering}, naming {named}: "
    return (Run(f"{claim.claim_id}{lead}"), *said_text(claim.stance_words, said))


def _speakers(index: Index, utterance_id: str) -> Text:
    parts = [
        text(
            index.names[row.actor_id]
            + (f", {row.role}" if row.role not in ("State", "Outlet") else "")
        )
        for row in index.speakers[utterance_id]
    ]
    return joined(parts, "; ")


def _date(index: Index, utterance: Any, claim: Any) -> Text:
    is_plain = utterance.when.is_day and utterance.date_basis == RESEARCHED
    words = "" if is_plain else capitalised(dated(utterance.when))  # the head tells the day
    words += " (possibly by the day of this brief)" if claim.certainty == "possible" else ""
    said: Text = ()
    if utterance.date_words:
        said = text(", from ", Run(utterance.date_words, style="quote"))
    other = ""
    if utterance.outside_date:
        publisher = index.sources[utterance.outside_source_id].publisher
        other = f"; {publisher}: {dated(parse(utterance.outside_date))}"
    if utterance.dated_by:
        other = f"; the day is {index.sources[utterance.dated_by].publisher}’s"
    if utterance.same_as:
        said += text("; in all likelihood the same as ")
        said += claim_links([index.first[utterance.same_as]]) + text(", and not counted beside it")
    found = text(words) + said + text(other)
    return found + text(f"{'. ' if found else ''}{utterance.date_note}")


def _coding(index: Index, claim: Any) -> Text:
    labels = index.labels
    parts = [
        f"{claim.stance}, {labels['commitment'][claim.commitment]} ({claim.commitment})",
        labels["rendering"][claim.rendering],
        f"question: {labels['question'][claim.question_id]}",
        f"people: {labels['role'][claim.role]}",
        *([labels["phase"][TO_COME]] if claim.content == TO_COME else []),
        f"rests on {labels['rests_on'][claim.rests_on]}",
    ]
    if claim.response != NO_RESPONSE:
        parts.append(f"response: {labels['response'][claim.response]} ({claim.response})")
    if claim.denial:
        parts.append(f"denial: {labels['denial'][claim.denial]} ({claim.denial})")
    if claim.location:
        parts.append(f"place: {labels['location'][claim.location]}")
    ends = [None if pd.isna(end) else int(end) for end in (claim.troops_low, claim.troops_high)]
    if ends != [None, None]:
        parts.append(f"figure: {figure(*ends)}")
    words = joined([text("; ".join(parts)), *_words(claim)], "; ")
    return (*words, Run("."))


def _words(claim: Any) -> list[Text]:
    """Return the words that are coded as the hedge and as the word for the people."""
    coded = {"hedge": claim.hedge_words, "people": claim.personnel_term}
    return [
        text(f"{label}: ", Run(words, style="quote")) for label, words in coded.items() if words
    ]


def _evidence(index: Index, claim_id: str) -> Text:
    relations = index.labels["claim_evidence_relation"]
    parts = [
        text(f"{relations[row.relation]} {index.items[row.evidence_id]}")
        for row in index.evidence.get(claim_id, [])
    ]
    return joined(parts, "; ")


def _parents(index: Index, utterance_id: str) -> Text:
    relations = index.labels["lineage_relation"]
    parts = []
    for row in index.parents.get(utterance_id, []):
        if row.parent in index.first:
            target = claim_links([index.first[row.parent]])
        else:
            is_unknown = row.parent == UNKNOWN
            named = index.items.get(row.parent, row.parent)
            target = text("an unknown origin" if is_unknown else named)
        parts.append((Run(f"{relations[row.relation]} "), *target, Run(f" ({row.basis})")))
    return joined(parts, "; ")


def _reports(index: Index, claim: Any) -> Text:
    """Return the further sources that carry the utterance, each with how it stands to the first."""
    relations = index.labels["report_relation"]
    parts = []
    for row in index.reports.get(claim.utterance_id, []):
        if row.source_id != claim.source_id:
            source = index.sources[row.source_id]
            note = f"; {row.note}" if row.note else ""
            told = Run(f" ({relations[row.relation]}{note})")
            parts.append((Run(source.publisher, source.url), told))
    return joined(parts, "; ")


def _not_followed(words: pd.DataFrame) -> pd.DataFrame:
    return words[~words["is_followed"].fillna(True).astype(bool) & (words["text"] != "")]


def _other_words(index: Index, utterance_id: str) -> Text:
    """Return how other sources print the utterance, each with why it is not followed."""
    parts = []
    for row in index.other_words.get(utterance_id, []):
        source = index.sources[row.source_id]
        printed = (*quoted(row.text), Run(" ("), Run(source.publisher, source.url))
        parts.append((*printed, Run(f"; {row.note.rstrip('.')})")))
    return joined(parts, "; ")


def _source(index: Index, claim: Any) -> Text:
    source = index.sources[claim.source_id]
    place = ""
    if not pd.isna(claim.span_start):
        place = f", characters {int(claim.span_start)} to {int(claim.span_end)}"
    title = f", “{source.title}”" if source.sha256 else ""  # else of our making
    return text(Run(f"{source.publisher}{title}", source.url), place)
