"""The ledger: every claim in view as a card, in order of date and of place in the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.days import since
from claimbrief.analysis.lineage import ancestry
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import first_claims, statements
from claimbrief.blocks import Card, Cards, Field, Filter, Run, Text, claim_anchor, joined, text
from claimbrief.dataset import NO_RESPONSE, RESEARCHED, each_row
from claimbrief.dates import parse
from claimbrief.links import claim_links, quoted, rung_text, said_text
from claimbrief.view import View
from claimbrief.wording import capitalised, dated, figure

# What all cards of an utterance share: it stands on the first of them.
OF_UTTERANCE = (
    "Speaker",
    "Where",
    "Date",
    "Comes from",
    "Also reported by",
)

# By what a reader can filter the cards, and the scheme of the codebook that labels the values.
FACETS = {
    "side": "Actor",
    "question": "Question",
    "stance": "Stance",
    "evidence": "Evidence named",
}
SCHEMES = {"evidence": "evidence_kind"}
NONE_NAMED = "none"


def claim_cards(view: View) -> Cards:
    """Return the cards of all claims in view."""
    frame = statements(view)
    dated_on = frame.groupby("utterance_id", sort=False)["claim_id"].first()
    labels = view.whole.labels("sourcing")
    grades = sourcing(view).set_index("utterance_id")["grade"].map(labels)
    cards = tuple(
        _card(view, claim, dated_on[claim.utterance_id], capitalised(grades[claim.utterance_id]))
        for claim in each_row(frame)
    )
    filters = tuple(_filter(view, cards, name) for name in FACETS)
    return Cards("cards-of-claims", cards, filters, numbers={"claims": len(cards)})


def _facets(view: View, claim: Any) -> dict[str, tuple[str, ...]]:
    """Return the values by which a reader can filter a claim's card."""
    links = view.record.claim_evidence.query("claim_id == @claim.claim_id")
    kinds = view.record.evidence.set_index("evidence_id")["kind"]
    named = links.loc[links["relation"] != "says_none", "evidence_id"]
    return {
        "side": (claim.side,),
        "question": (claim.question_id,),
        "stance": (claim.stance,),
        "evidence": tuple(dict.fromkeys(kinds[list(named)])),
    }


def _filter(view: View, cards: Sequence[Card], name: str) -> Filter:
    """Return a filter with the values that the cards have, in the order of the record."""
    names = view.whole.actors.set_index("actor_id")["short_name"].to_dict()
    codes = names if name == "side" else view.whole.labels(SCHEMES.get(name, name))
    labels = {str(code): str(label) for code, label in codes.items()} | {NONE_NAMED: "none named"}
    used = {value for card in cards for value in card.facets[name] or (NONE_NAMED,)}
    options = [(code, capitalised(label)) for code, label in labels.items() if code in used]
    return Filter(name, FACETS[name], tuple(options))


def _card(view: View, claim: Any, dated_on: str, grade: str) -> Card:
    """Return a claim's card; what is of its utterance stands on the card `dated_on`."""
    utterance = view.record.utterances.set_index("utterance_id").loc[claim.utterance_id]
    words = quoted(claim.quote) or text(f"Paraphrase: {claim.paraphrase}")
    is_first = claim.claim_id == dated_on
    fields = {
        "In our words": text(claim.paraphrase) if _is_partly_quoted(claim) else (),
        "Speaker": _speakers(view, claim.utterance_id),
        "Named by the outlet": text(_name(view, claim.attributed_to))
        if claim.attributed_to
        else (),
        "Where": text(utterance["venue"]),
        "Date": _date(view, utterance, claim),
        "Coding": _coding(view, claim),
        "Evidence named": _evidence(view, claim.claim_id),
        "Comes from": () if claim.is_outlet_voice else _parents(view, claim.utterance_id),
        "Renders": claim_links([claim.renders]) if claim.renders else (),
        "Why so coded": text(claim.note),
        "Source": _source(view, claim)
        + (text(f". {grade}") if is_first and not claim.is_outlet_voice else ()),
        "Also reported by": () if claim.is_outlet_voice else _reports(view, claim),
    }
    if not is_first and not claim.is_outlet_voice:
        fields = {"Utterance": text("as on ") + claim_links([dated_on])} | {
            name: value for name, value in fields.items() if name not in OF_UTTERANCE
        }
    if (
        claim.is_outlet_voice
    ):  # the speaker said none of it: speaker, place and date are the outlet's
        fields |= {"Speaker": text(claim.publisher), "Where": (), "Date": _published(view, claim)}
    shown = tuple(Field(label, value) for label, value in fields.items() if value)
    return Card(
        claim_anchor(claim.claim_id),
        _title(view, claim, utterance),
        words,
        shown,
        _facets(view, claim),
        since(view)[claim.claim_id],
    )


def _title(view: View, claim: Any, utterance: Any) -> Text:
    """Return who said what; an outlet's gloss or summary is headed as the outlet's."""
    told = said_text(
        view.whole.labels("stance")[claim.stance], [(claim.proposition, "", claim.words)]
    )
    lead = f" {capitalised(claim.speaker)}, {dated(utterance['when'])}, "
    if claim.rendering == "narrator":
        lead = f" {claim.publisher}, in its own words, "
    elif claim.is_outlet_voice:
        named = _name(view, claim.attributed_to) if claim.attributed_to else claim.speaker
        lead = f" {claim.publisher}’s {claim.rendering}, naming {named}: "
    return (Run(f"{claim.claim_id}{lead}"), *told)


def _published(view: View, claim: Any) -> Text:
    source = view.record.sources.set_index("source_id").loc[claim.source_id]
    return text(f"as old as the source: {dated(source['when'])}.")


def _speakers(view: View, utterance_id: str) -> Text:
    rows = view.record.speakers[view.record.speakers["utterance_id"] == utterance_id]
    parts = [
        text(
            _name(view, row.actor_id)
            + (f", {row.role}" if row.role not in ("State", "Outlet") else "")
        )
        for row in each_row(rows)
    ]
    return joined(parts, "; ")


def _name(view: View, actor_id: Any) -> str:
    names = view.whole.actors.set_index("actor_id")["name"]
    return str(names[actor_id])


def _is_partly_quoted(claim: Any) -> bool:
    return bool(claim.quote) and claim.rendering != "direct"


def _date(view: View, utterance: Any, claim: Any) -> Text:
    is_plain = utterance["when"].is_day and utterance["date_basis"] == RESEARCHED
    words = "" if is_plain else capitalised(dated(utterance["when"]))  # the head tells the day
    words += " (possibly by the day of this brief)" if claim.certainty == "possible" else ""
    said: Text = ()
    if utterance["date_words"]:
        said = text(", from ", Run(utterance["date_words"], style="quote"))
    other = ""
    if utterance["outside_date"]:
        publishers = view.whole.sources.set_index("source_id")["publisher"]
        publisher = publishers[utterance["outside_source_id"]]
        other = f"; {publisher}: {dated(parse(utterance['outside_date']))}"
    if utterance["dated_by"]:
        publishers = view.whole.sources.set_index("source_id")["publisher"]
        other = f"; the day is {publishers[utterance['dated_by']]}’s"
    if utterance["same_as"]:
        same = first_claims(statements(view))["claim_id"][utterance["same_as"]]
        said += text("; in all likelihood the same as ") + claim_links([same])
        said += text(", and not counted beside it")
    found = text(words) + said + text(other)
    return found + text(f"{'. ' if found else ''}{utterance['date_note']}")


def _coding(view: View, claim: Any) -> Text:
    parts = [
        f"{claim.stance}, {view.whole.labels('commitment')[claim.commitment]} ({claim.commitment})",
        view.whole.labels("rendering")[claim.rendering],
        f"step {rung_text(view, claim.rung)}"
        if _is_on_ladder(claim)
        else f"not on the ladder: {view.whole.labels('question')[claim.question_id]}",
    ]
    if claim.response != NO_RESPONSE:
        parts.append(
            f"response: {view.whole.labels('response')[claim.response]} ({claim.response})"
        )
    if claim.denial:
        parts.append(f"denial: {view.whole.labels('denial')[claim.denial]} ({claim.denial})")
    if claim.location:
        parts.append(f"place: {view.whole.labels('location')[claim.location]}")
    ends = [None if pd.isna(end) else int(end) for end in (claim.troops_low, claim.troops_high)]
    if ends != [None, None]:
        parts.append(f"figure: {figure(*ends)}")
    words = joined([text("; ".join(parts)), *_words(claim)], "; ")
    return (*words, Run("."))


def _is_on_ladder(claim: Any) -> bool:
    return not pd.isna(claim.rung) and claim.commitment != "NA"


def _words(claim: Any) -> list[Text]:
    """Return the words that are coded as the hedge and as the word for the people."""
    coded = {"hedge": claim.hedge_words, "people": claim.personnel_term}
    return [
        text(f"{label}: ", Run(words, style="quote")) for label, words in coded.items() if words
    ]


def _evidence(view: View, claim_id: str) -> Text:
    links = view.record.claim_evidence[view.record.claim_evidence["claim_id"] == claim_id]
    items = view.record.evidence.set_index("evidence_id")["description"]
    relations = view.whole.labels("claim_evidence_relation")
    parts = [
        text(f"{relations[str(row.relation)]} {items[row.evidence_id]}") for row in each_row(links)
    ]
    return joined(parts, "; ")


def _parents(view: View, utterance_id: str) -> Text:
    rows = ancestry(view).query("child == @utterance_id")
    relations = view.whole.labels("lineage_relation")
    names = view.whole.evidence.set_index("evidence_id")["description"].to_dict()
    spoken = first_claims(statements(view))
    parts = []
    for row in each_row(rows):
        parent = str(row.parent)
        if parent in spoken.index:
            target = claim_links([str(spoken.loc[parent, "claim_id"])])
        else:
            target = text("an unknown origin" if row.is_unknown else names.get(parent, parent))
        parts.append((Run(f"{relations[str(row.relation)]} "), *target, Run(f" ({row.basis})")))
    return joined(parts, "; ")


def _reports(view: View, claim: Any) -> Text:
    """Return the further sources that carry the utterance, each with how it stands to the first."""
    rows = view.record.reports[view.record.reports["utterance_id"] == claim.utterance_id]
    sources = view.record.sources.set_index("source_id")
    relations = view.whole.labels("report_relation")
    parts = []
    for row in each_row(rows[rows["source_id"] != claim.source_id]):
        source = sources.loc[row.source_id]
        note = f"; {row.note}" if row.note else ""
        parts.append(
            (
                Run(source["publisher"], source["url"]),
                Run(f" ({relations[str(row.relation)]}{note})"),
            )
        )
    return joined(parts, "; ")


def _source(view: View, claim: Any) -> Text:
    source = view.record.sources.set_index("source_id").loc[claim.source_id]
    place = ""
    if not pd.isna(claim.span_start):
        place = f", characters {int(claim.span_start)} to {int(claim.span_end)}"
    title = f", “{source['title']}”" if source["sha256"] else ""  # else of our making
    return text(Run(f"{source['publisher']}{title}", source["url"]), place)
