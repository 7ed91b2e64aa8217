"""The claims in view with all that the cards of their utterances say of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from claimbrief.analysis.counts import first_claims
from claimbrief.analysis.days import first_days
from claimbrief.analysis.record import sourcing
from claimbrief.analysis.voices import furthest_first
from claimbrief.dataset import UNKNOWN, each_row
from claimbrief.lookups import added_codings, grouped, lists_of, pairs
from claimbrief.view import View

UTTERANCE = ["venue", "channel", "date_words", "date_note", "outside_date"]
REPORT = ["source_id", "publisher", "url", "relation", "note"]
WORDS = ["text", "language", "source_id", "publisher", "url", "note"]
SOURCE = {"title": "source_title", "url": "source_url", "when": "source_when"}


def utterance_cards(view: View) -> pd.DataFrame:
    """Return one row per claim in view with all that its card says, in the order of `statements`.

    The claims of an utterance share a card and stand together. Columns: those of
    `View.statements`; of the utterance venue, channel, date_words, date_note, outside_date (EDTF,
    "" if none), outside_publisher, dated_by (the publisher whose day narrowed the bounds, else
    ""), duplicate_claim (the claim to cite of the utterance that it in all likelihood is, else
    ""), speakers (list of pairs: full name, role), parents (list: relation, name, claim to cite or
    "", basis), reports (list of sources: source_id, publisher, url, relation, note), other_words
    (list of wordings that are not followed: text, language if not the dataset's own, source_id,
    publisher, url, note) and grade (a code of `sourcing`); of the source source_title, source_url,
    source_when (EDTF), is_coded (whether its text was coded); passage (the words of the source in
    which the quote stands; "" without a quote), evidence (list: relation, kind, description), added
    (list: title and value of each filled column that only the package has), since (the first day,
    YYYY-MM-DD, by which the claim is, or may be, in view) and rank (0 for the claim that goes
    furthest of its side on its question, 1 for the next; see `furthest_first`).
    """
    claims, sources = view.statements, view.record.sources.set_index("source_id")
    of_source = sources[[*SOURCE]].rename(columns=SOURCE)
    of_source = of_source.assign(is_coded=sources["sha256"] != "")
    evidence = view.whole.evidence.set_index("evidence_id")
    items = view.record.claim_evidence.join(evidence, on="evidence_id")
    words = _printed_words(view)
    quoted = claims[["utterance_id", "source_id", "quote"]]
    passages = [_passage(claim, words) for claim in each_row(quoted)]
    ranked = furthest_first(view, claims)
    rank = ranked.groupby(["side", "question_id"], sort=False).cumcount()
    own = claims.assign(
        passage=pd.Series(passages, claims.index, dtype="str"),
        evidence=lists_of(
            claims["claim_id"], grouped(items, "claim_id", "relation", "kind", "description")
        ),
        added=lists_of(claims["claim_id"], added_codings(view.whole)),
        since=claims["claim_id"].map(first_days(view)),
        rank=rank,
    )
    return own.join(_utterances(view), on="utterance_id").join(of_source, on="source_id")


def _utterances(view: View) -> pd.DataFrame:
    record, names = view.record, dict(pairs(view.whole.actors, "actor_id", "name"))
    said = record.utterances.set_index("utterance_id")
    key = said.index.to_series()
    publisher_of = {"": "", **dict(pairs(view.whole.sources, "source_id", "publisher"))}
    first = dict(pairs(first_claims(view.whole, view.statements), "utterance_id", "claim_id"))
    speakers = record.speakers.assign(name=record.speakers["actor_id"].map(names))
    sources = record.sources.set_index("source_id")[["publisher", "url"]]
    reports = record.reports.join(sources, on="source_id")
    outside = said["outside_source_id"].map(publisher_of)
    return said[UTTERANCE].assign(
        outside_publisher=outside.where(said["outside_date"] != "", ""),
        dated_by=said["dated_by"].map(publisher_of),
        duplicate_claim=said["duplicate_of"].map(first).fillna(""),
        speakers=lists_of(key, grouped(speakers, "utterance_id", "name", "role")),
        parents=lists_of(key, _parents(view, first)),
        reports=lists_of(key, grouped(reports, "utterance_id", *REPORT)),
        other_words=lists_of(key, _printed_words(view, is_followed=False)),
        grade=key.map(dict(pairs(sourcing(view), "utterance_id", "grade"))),
    )


def _parents(view: View, first: Mapping[str, str]) -> dict[str, list[Any]]:
    """Return where each utterance comes from, by utterance id."""
    names = dict(pairs(view.whole.evidence, "evidence_id", "description"))
    names[UNKNOWN] = "an unknown source"
    found: dict[str, list[Any]] = {}
    for row in each_row(view.record.lineage):
        name, claim = names.get(row.parent, row.parent), first.get(row.parent, "")
        found.setdefault(row.child, []).append((row.relation, name, claim, row.basis))
    return found


def _printed_words(view: View, *, is_followed: bool | None = None) -> dict[str, list[Any]]:
    """Return the words that sources in view print of each utterance, in the order of WORDS.

    `is_followed` says of which: those by which the utterance is coded, or the others.
    """
    words = view.record.words[view.record.words["text"] != ""]
    if is_followed is not None:
        words = words[words["is_followed"].fillna(True).astype(bool) == is_followed]
    sources = view.record.sources.set_index("source_id")[["publisher", "url"]]
    own = view.whole.language
    language = words["language"].mask(words["language"] == own, "")
    printed = words.join(sources, on="source_id").assign(language=language)
    return grouped(printed, "utterance_id", *WORDS)


def _passage(claim: Any, words: Mapping[str, list[Any]]) -> str:
    """Return the words of a claim's source in which its quote stands; the quote if none are."""
    printed = (
        text
        for text, _, source_id, *_ in words.get(claim.utterance_id, ())
        if source_id == claim.source_id and claim.quote in text
    )
    return str(next(printed, claim.quote)) if claim.quote else ""
