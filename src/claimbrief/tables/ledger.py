"""The ledger: the statements in view as cards, in order of date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from claimbrief.blocks import LEDGER, Cards
from claimbrief.cards import Card, Claim, Facets, Field, Filter, Passage
from claimbrief.context import Context
from claimbrief.dataset import NO_SUPPORT
from claimbrief.limits import LIMITS
from claimbrief.links import cite, in_our_words, quoted, statement_text, with_links
from claimbrief.lookups import rows_by
from claimbrief.tables.coding import coding, sentence_of, usual_codes, usual_coding
from claimbrief.texts import Run, Text, card_anchor, joined, text
from claimbrief.wording import capitalised, counted, dated, number

# By what a reader can filter the cards, and the scheme of the codebook that labels the values.
FACETS = {"side": "Actor", "question": "Question", "stance": "Stance", "evidence": "Evidence named"}
SCHEMES = {"evidence": "evidence_kind"}
NONE_NAMED = "none"
NO_ROLE = ("State", "Outlet")  # roles that say no more than the name
NOT_STATED = "not_stated"  # a channel
INDEPENDENT = "independent"  # the relation of a report that needs no saying


def utterance_cards(frame: pd.DataFrame, context: Context) -> Cards:
    """Return the cards of the utterances in view.

    Of a record of more than LIMITS.cards claims those utterances have a card that go furthest of
    their side on a question, then the next; all are in the file beside the page.
    """
    groups = rows_by(frame[frame["utterance_id"].isin(_with_card(frame))], "utterance_id")
    cards = tuple(card(claims, context) for claims in groups.values())
    total = frame["utterance_id"].nunique()
    left_out = total - len(cards)
    numbers = {"claims": len(frame), "statements": total}
    return Cards(
        LEDGER,
        cards,
        tuple(_filter(name, cards, context) for name in FACETS),
        left_out,
        note=_note(len(cards), total) if left_out else (),
        numbers=numbers | ({"cards": len(cards)} if left_out else {}),
    )


def _with_card(frame: pd.DataFrame) -> list[str]:
    """Return the utterances that have a card, those that go furthest first."""
    ranks = frame.groupby("utterance_id", sort=False)["rank"].agg(["min", "size"])
    ranked = ranks.sort_values("min", kind="stable")
    return list(ranked.index[ranked["size"].cumsum() <= LIMITS.cards])


def _note(cards: int, total: int) -> Text:
    """Return what the ledger says where not every statement has a card."""
    return text(
        f"Here are the cards of {number(cards)} of {number(total)} statements: for each side "
        "and question the statement that goes furthest, then the next. The filters and the search "
        "cover only these; a statement without a card is named without a link. All "
        f"{number(total)} are in claims.csv, beside this brief."
    )


def _filter(name: str, cards: Sequence[Card], context: Context) -> Filter:
    codes = context.names if name == "side" else context.labels[SCHEMES.get(name, name)]
    facets = [
        values
        for each in cards
        for values in (*each.facets, *(it for passage in each.of_outlets for it in passage.facets))
    ]
    used = {value for values in facets for value in values[name] or (NONE_NAMED,)}
    labels = {**codes, NONE_NAMED: "none named"}
    options = [(code, capitalised(label)) for code, label in labels.items() if code in used]
    return Filter(name, FACETS[name], tuple(options))


def card(claims: Sequence[Any], context: Context) -> Card:
    """Return the card of an utterance: rows of `claimbrief.analysis.ledger.utterance_cards`.

    What an outlet says in its own words stands apart from what the speaker said.
    """
    own = [claim for claim in claims if not claim.is_outlet_voice]
    of_outlets = [claim for claim in claims if claim.is_outlet_voice]
    usual = usual_codes(claims)
    grade = context.labels["sourcing"][claims[0].grade] if own else ""
    return Card(
        anchor=card_anchor(claims[0].utterance_id),
        title=_title((own or of_outlets)[0], context),
        passages=_passages(own, usual, context),
        others=_other_words(claims, context),
        of_outlets=_passages(of_outlets, usual, context),
        fields=_fields(claims, context) if own else (),
        coding=usual_coding(usual, grade, context),
        facets=_facets(own),
        since=min(claim.since for claim in claims),
    )


def _title(claim: Any, context: Context) -> Text:
    """Return who spoke, when and where; nothing but an outlet's own words is headed as its own."""
    when = dated(claim.source_when if claim.is_outlet_voice else claim.when)
    day = when.removeprefix("on ") if when.removeprefix("on ")[0].isdigit() else when
    if claim.is_outlet_voice:
        own_words = Run("in its own words", style="small")
        return text(f"{capitalised(claim.publisher)}, {day}: ", own_words)
    not_stated = context.labels["channel"].get(NOT_STATED)
    is_stated = claim.channel != NOT_STATED or claim.venue.lower() != not_stated
    where = text(": ", Run(claim.venue, style="small")) if is_stated else ()
    return text(f"{capitalised(claim.speaker)}, {day}") + where


def _passages(
    claims: Sequence[Any], usual: Mapping[str, str], context: Context
) -> tuple[Passage, ...]:
    """Return the words in which claims are read, each once, in order; each source is linked once.

    Of a claim without a quotation the words are ours.
    """
    groups: dict[tuple[str, str, bool], list[Any]] = {}
    for claim in claims:
        is_quoted = bool(claim.passage)
        words = claim.passage or claim.paraphrase
        groups.setdefault((claim.source_id, words, is_quoted), []).append(claim)
    linked: set[str] = set()
    passages = []
    for (source_id, words, is_quoted), own in groups.items():
        first = own[0]
        said = quoted(words, first.language) if is_quoted else text(f"In our words: {words}")
        title = f", “{first.source_title}”" if first.is_coded else ""
        source = Run(first.publisher)
        if source_id not in linked:
            source = Run(f"{first.publisher}{title}", first.source_url)
        linked.add(source_id)
        passages.append(
            Passage(
                said + text(" (", source, ")"),
                tuple(_claim(claim, usual, context) for claim in own),
                facets=_facets(own) if first.is_outlet_voice else (),
                since=min(claim.since for claim in own) if first.is_outlet_voice else "",
            )
        )
    return tuple(passages)


def _claim(claim: Any, usual: Mapping[str, str], context: Context) -> Claim:
    """Return a claim as what its speaker, or the outlet, said; words that are ours follow."""
    lead = ""
    if claim.rendering == "narrator":
        lead = f"{capitalised(claim.publisher)}, in its own words, "
    elif claim.is_outlet_voice:
        named = context.full_names.get(claim.attributed_to, claim.speaker)
        lead = f"{capitalised(claim.publisher)}’s {claim.rendering}, naming {named}: "
    said = statement_text(claim.stance_label, claim.proposition, claim.bare_quote)
    return Claim(
        claim.claim_id,
        text(lead) + said + text(_in_our_words(claim)),
        coding(claim, usual, context),
    )


def _in_our_words(claim: Any) -> str:
    """Return a paraphrase beside words of another language or quoted in part, if it adds any."""
    words = claim.paraphrase.rstrip(".")
    is_whole = claim.rendering == "direct" and not claim.language
    if not claim.quote or is_whole or words.lower() == claim.proposition.lower():
        return ""
    return in_our_words(words)


def _facets(claims: Iterable[Any]) -> tuple[Facets, ...]:
    """Return the values by which a reader can filter claims, each set of values once."""
    found: list[Facets] = []
    for claim in claims:
        kinds = [kind for relation, kind, _ in claim.evidence if relation not in NO_SUPPORT]
        values = {
            "side": (claim.side,),
            "question": (claim.question_id,),
            "stance": (claim.stance,),
            "evidence": tuple(dict.fromkeys(kinds)),
        }
        if values not in found:
            found.append(values)
    return tuple(found)


def _other_words(claims: Sequence[Any], context: Context) -> tuple[Text, ...]:
    """Return the words as other sources print them, a source a text, with why no claim is theirs.

    A reason that holds for several quotations in a row stands after the last.
    """
    linked = {claim.source_id for claim in claims}
    by_source: dict[str, list[Any]] = {}
    for row in claims[0].other_words:
        by_source.setdefault(row[2], []).append(row)
    found = []
    for source_id, rows in by_source.items():
        publisher, url = rows[0][3:5]
        parts: Text = ()
        for place, (words, language, *_, note) in enumerate(rows):
            is_last = place == len(rows) - 1 or rows[place + 1][-1] != note
            parts += text(" ") + quoted(words, language)
            if note and is_last:
                parts += text(" (") + with_links(note.rstrip("."), context) + text(")")
        prints = text("As ", Run(publisher, url), " prints it:")
        if source_id in linked:
            prints = text(f"{publisher} also prints:")
        found.append(prints + parts)
    more = len(found) - LIMITS.links
    if more > 0:
        verb = "prints" if more == 1 else "print"
        words = f"{capitalised(counted(more, 'more source'))} {verb} other words."
        found[LIMITS.links :] = [text(words)]
    return tuple(found)


def _fields(claims: Sequence[Any], context: Context) -> tuple[Field, ...]:
    """Return what a card says of the speaker, the date and the sources, by label, in order."""
    claim = claims[0]
    names = [text(name if role in NO_ROLE else f"{name}, {role}") for name, role in claim.speakers]
    fields = {
        "Who": joined(names, "; "),
        "When": _date(claim, context),
        "Relation to others": _parents(claim, context),
        "Also reported by": _reports(claims, context),
    }
    return tuple(Field(label, value) for label, value in fields.items() if value)


def _date(claim: Any, context: Context) -> Text:
    """Return how the day of an utterance is known; the title says the day."""
    parts: list[Text] = []
    if claim.certainty == "possible":
        parts.append(text("possibly by the day of this brief"))
    if claim.date_words:
        parts.append(text("from ", Run(claim.date_words, style="quote")))
    if claim.duplicate_claim:
        same = cite(claim.duplicate_claim, context)
        not_counted = text(", and not counted beside it")
        parts.append(text("in all likelihood the same as ") + same + not_counted)
    if claim.dated_by:
        parts.append(text(f"the day is {claim.dated_by}’s"))
    elif claim.outside_date:
        parts.append(text(f"{claim.outside_publisher}: {dated(claim.outside_date)}"))
    note = with_links(claim.date_note, context)
    return sentence_of(parts) + text(" " if parts and note else "") + note


def _parents(claim: Any, context: Context) -> Text:
    relations = context.labels["lineage_relation"]
    parts = []
    for relation, name, claim_id, basis in claim.parents:
        parent = cite(claim_id, context) if claim_id else text(name)
        parts.append(text(f"{relations[relation]} ") + parent + text(f" ({basis.rstrip('.')})"))
    return joined(parts, "; ")


def _reports(claims: Sequence[Any], context: Context) -> Text:
    """Return the further sources that carry the utterance: the independent, then the others.

    A source that the card links above is named alone.
    """
    own = {claim.source_id for claim in claims}
    linked = {row[2] for row in claims[0].other_words}
    groups: dict[str, list[Text]] = {"": []}
    for source_id, publisher, url, relation, note in claims[0].reports:
        if source_id not in own:
            labels = [context.labels["report_relation"][relation]] * (relation != INDEPENDENT)
            remark = ", ".join([*labels, note] if note else labels)
            name = text(Run(publisher, "" if source_id in linked else url))
            groups.setdefault(remark, []).append(name)
    parts = [text(f"{how}: " if how else "") + joined(own) for how, own in groups.items() if own]
    return joined(parts, "; ")
