"""One claim's card: its words, its speaker, its date with the reasoning, its coding, its source."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.blocks import Card, Field
from claimbrief.context import Context
from claimbrief.dataset import NO_PEOPLE, NO_RESPONSE, NO_SUPPORT, RESEARCHED
from claimbrief.links import claim_links, quoted, statement_text
from claimbrief.statements import TO_COME
from claimbrief.texts import Run, Text, claim_anchor, joined, text
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
NO_ROLE = ("State", "Outlet")  # roles that say no more than the name


def card(claim: Any, first_card: str, context: Context) -> Card:
    """Return the card of a claim, a row of `claimbrief.analysis.ledger.claim_cards`.

    `first_card` is the id of the first claim of its utterance that has a card: what the claims of
    the utterance share stands there, and the others refer to it.
    """
    fields = _fields(claim, claim.claim_id == first_card, context)
    if (
        claim.is_outlet_voice
    ):  # the speaker said none of it: speaker, place and date are the outlet's
        published = text(f"as old as the source: {dated(claim.source_when)}.")
        fields |= {"Speaker": text(claim.publisher), "Where": (), "Date": published}
    elif claim.claim_id != first_card:
        own = {label: value for label, value in fields.items() if label not in OF_UTTERANCE}
        fields = {"Utterance": text("as on ") + claim_links([first_card])} | own
    return Card(
        claim_anchor(claim.claim_id),
        _title(claim, context),
        quoted(claim.quote, claim.language) or text(f"Paraphrase: {claim.paraphrase}"),
        tuple(Field(label, value) for label, value in fields.items() if value),
        _facets(claim),
        claim.since,
    )


def _fields(claim: Any, is_first: bool, context: Context) -> dict[str, Text]:
    """Return what a card says, by label, in order; of an utterance, what its first card says."""
    grade = capitalised(context.labels["sourcing"][claim.grade])
    named = claim.attributed_to
    is_partly_quoted = bool(claim.quote) and (claim.rendering != "direct" or claim.language)
    is_own = not claim.is_outlet_voice
    return {
        "In our words": text(claim.paraphrase) if is_partly_quoted else (),
        "Speaker": _speakers(claim),
        "Named by the outlet": text(context.full_names[named]) if named else (),
        "Where": text(claim.venue),
        "Date": _date(claim),
        "Coding": _coding(claim, context),
        "Evidence named": _evidence(claim, context),
        "Comes from": _parents(claim, context) if is_own else (),
        "Renders": claim_links([claim.renders]) if claim.renders else (),
        "Why so coded": text(claim.note),
        "Source": _source(claim) + (text(f". {grade}") if is_first and is_own else ()),
        "Also reported by": _reports(claim, context) if is_own else (),
        "Also printed as": _other_words(claim) if is_own else (),
    }


def _facets(claim: Any) -> dict[str, tuple[str, ...]]:
    """Return the values by which a reader can filter a claim's card."""
    kinds = [kind for relation, kind, _ in claim.evidence if relation not in NO_SUPPORT]
    return {
        "side": (claim.side,),
        "question": (claim.question_id,),
        "stance": (claim.stance,),
        "evidence": tuple(dict.fromkeys(kinds)),
    }


def _title(claim: Any, context: Context) -> Text:
    """Return who said what; an outlet's gloss or summary is headed as the outlet's."""
    lead = f" {capitalised(claim.speaker)}, {dated(claim.when)}, "
    if claim.rendering == "narrator":
        lead = f" {claim.publisher}, in its own words, "
    elif claim.is_outlet_voice:
        named = context.full_names.get(claim.attributed_to, claim.speaker)
        lead = f" {claim.publisher}’s {claim.rendering}, naming {named}: "
    statement = statement_text(claim.stance_label, [(claim.proposition, "", claim.bare_quote)])
    return (Run(f"{claim.claim_id}{lead}"), *statement)


def _speakers(claim: Any) -> Text:
    names = [text(name if role in NO_ROLE else f"{name}, {role}") for name, role in claim.speakers]
    return joined(names, "; ")


def _date(claim: Any) -> Text:
    is_plain = claim.earliest == claim.latest and claim.date_basis == RESEARCHED
    words = "" if is_plain else capitalised(dated(claim.when))  # the title says the day
    words += " (possibly by the day of this brief)" if claim.certainty == "possible" else ""
    found = text(words)
    if claim.date_words:
        found += text(", from ", Run(claim.date_words, style="quote"))
    if claim.duplicate_claim:
        found += text("; in all likelihood the same as ") + claim_links([claim.duplicate_claim])
        found += text(", and not counted beside it")
    if claim.dated_by:
        found += text(f"; the day is {claim.dated_by}’s")
    elif claim.outside_date:
        found += text(f"; {claim.outside_publisher}: {dated(claim.outside_date)}")
    return found + text(f"{'. ' if found else ''}{claim.date_note}")


def _coding(claim: Any, context: Context) -> Text:
    labels = context.labels
    parts = [
        f"{labels['stance'][claim.stance]} ({claim.stance}), "
        f"{labels['commitment'][claim.commitment]} ({claim.commitment})",
        labels["rendering"][claim.rendering],
        f"question: {labels['question'][claim.question_id]}",
        *([f"people: {labels['role'][claim.role]}"] if claim.role != NO_PEOPLE else []),
        *([labels["phase"][claim.phase]] if claim.content == TO_COME else []),
        f"rests on {labels['rests_on'][claim.rests_on]}",
    ]
    if claim.response != NO_RESPONSE:
        parts.append(f"response: {labels['response'][claim.response]} ({claim.response})")
    if claim.denial:
        parts.append(f"denial: {labels['denial'][claim.denial]} ({claim.denial})")
    if claim.location:
        parts.append(f"place: {labels['location'][claim.location]}")
    ends = [None if pd.isna(end) else int(end) for end in (claim.figure_low, claim.figure_high)]
    if ends != [None, None]:
        parts.append(f"figure: {figure(*ends)}")
    parts += [f"{title}: {value}" for title, value in claim.added]
    return (*joined([text("; ".join(parts)), *_coded_words(claim)], "; "), Run("."))


def _coded_words(claim: Any) -> list[Text]:
    """Return the words that are coded as the hedge and as the word for the people."""
    coded = {"hedge": claim.hedge_words, "people": claim.people_term}
    return [
        text(f"{label}: ", Run(words, style="quote")) for label, words in coded.items() if words
    ]


def _evidence(claim: Any, context: Context) -> Text:
    relations = context.labels["claim_evidence_relation"]
    parts = [text(f"{relations[relation]} {item}") for relation, _, item in claim.evidence]
    return joined(parts, "; ")


def _parents(claim: Any, context: Context) -> Text:
    relations = context.labels["lineage_relation"]
    parts = []
    for relation, name, claim_id, basis in claim.parents:
        parent = claim_links([claim_id]) if claim_id else text(name)
        parts.append((Run(f"{relations[relation]} "), *parent, Run(f" ({basis})")))
    return joined(parts, "; ")


def _reports(claim: Any, context: Context) -> Text:
    """Return the further sources that carry the utterance, each with how it stands to the first."""
    relations = context.labels["report_relation"]
    parts = []
    for publisher, url, relation, note in claim.reports:
        remark = f"{relations[relation]}; {note}" if note else relations[relation]
        parts.append((Run(publisher, url), Run(f" ({remark})")))
    return joined(parts, "; ")


def _other_words(claim: Any) -> Text:
    """Return how other sources print the utterance, each with why it is not followed."""
    parts = [
        (*quoted(words, language), Run(" ("), Run(publisher, url), Run(f"; {note.rstrip('.')})"))
        for words, language, publisher, url, note in claim.other_words
    ]
    return joined(parts, "; ")


def _source(claim: Any) -> Text:
    span = ""
    if not pd.isna(claim.span_start):
        span = f", characters {int(claim.span_start)} to {int(claim.span_end)}"
    title = f", “{claim.source_title}”" if claim.is_coded else ""  # else of our making
    return text(Run(f"{claim.publisher}{title}", claim.source_url), span)
