"""The claims in view with all that their cards say of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from claimbrief.analysis.counts import first_claims
from claimbrief.analysis.days import first_days
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.voices import furthest_first
from claimbrief.dataset import UNKNOWN, each_row
from claimbrief.lookups import added_codings, pairs, publishers
from claimbrief.view import View

UTTERANCE = ["venue", "date_words", "date_basis", "date_note", "outside_date"]
SOURCE = {"title": "source_title", "url": "source_url", "when": "source_when"}


def claim_cards(view: View) -> pd.DataFrame:
    """Return one row a claim in view with all that its card says, in the order of `statements`.

    Columns: those of `View.statements`; of the utterance venue, date_words, date_basis, date_note,
    outside_date (EDTF, "" if none), outside_publisher, dated_by (the publisher whose day narrowed
    the bounds, else ""), duplicate_claim (the claim to cite of the utterance that it in all
    likelihood is, else ""), speakers (list of pairs: full name, role), parents (list: relation,
    name, claim to cite or "", basis), other_words (list of wordings that are not followed: text,
    language if not the dataset's own, publisher, url, note) and grade (a code of `sourcing`);
    of the source source_title, source_url, source_when (EDTF), is_coded (whether its text was
    coded); evidence (list: relation, kind, description), reports (list of further sources:
    publisher, url, relation, note), added (list: title and value of each filled column that only
    the package has), since (the first day, YYYY-MM-DD, by which the claim is, or
    may be, in view) and rank (0 for the claim that goes furthest of its side on its question, 1
    for the next; see `furthest_first`).
    """
    claims = view.statements
    ranked = furthest_first(view, claims)
    rank = ranked.groupby(["side", "question_id"], sort=False).cumcount()
    found = claims.join(_utterances(view), on="utterance_id").join(_sources(view), on="source_id")
    return found.assign(
        evidence=_lists(claims["claim_id"], _evidence(view)),
        reports=_further_reports(view),
        added=_lists(claims["claim_id"], added_codings(view.whole)),
        since=claims["claim_id"].map(first_days(view)),
        rank=rank,
    )


def _utterances(view: View) -> pd.DataFrame:
    """Return what a card says of each utterance, by utterance id."""
    record, names = view.record, dict(pairs(view.whole.actors, "actor_id", "name"))
    said = record.utterances.set_index("utterance_id")
    key = said.index.to_series()
    publisher_of = {"": "", **publishers(view.whole)}
    first = dict(pairs(first_claims(view.whole, view.statements), "utterance_id", "claim_id"))
    speakers = record.speakers.assign(name=record.speakers["actor_id"].map(names))
    outside = said["outside_source_id"].map(publisher_of)
    return said[UTTERANCE].assign(
        outside_publisher=outside.where(said["outside_date"] != "", ""),
        dated_by=said["dated_by"].map(publisher_of),
        duplicate_claim=said["duplicate_of"].map(first).fillna(""),
        speakers=_lists(key, _rows(speakers, "utterance_id", ["name", "role"])),
        parents=_lists(key, _parents(view, first)),
        other_words=_lists(key, _other_words(view)),
        grade=key.map(dict(pairs(sourcing(view), "utterance_id", "grade"))),
    )


def _sources(view: View) -> pd.DataFrame:
    sources = view.record.sources.set_index("source_id")
    return sources[[*SOURCE]].rename(columns=SOURCE).assign(is_coded=sources["sha256"] != "")


def _evidence(view: View) -> dict[str, list[Any]]:
    """Return the items that each claim names, by claim id."""
    items = view.whole.evidence.set_index("evidence_id")
    links = view.record.claim_evidence.join(items, on="evidence_id")
    return _rows(links, "claim_id", ["relation", "kind", "description"])


def _parents(view: View, first: Mapping[str, str]) -> dict[str, list[Any]]:
    """Return where each utterance comes from, by utterance id."""
    names = dict(pairs(view.whole.evidence, "evidence_id", "description"))
    names[UNKNOWN] = "an unknown origin"
    found: dict[str, list[Any]] = {}
    for row in each_row(view.record.lineage):
        name, claim = names.get(row.parent, row.parent), first.get(row.parent, "")
        found.setdefault(row.child, []).append((row.relation, name, claim, row.basis))
    return found


def _other_words(view: View) -> dict[str, list[Any]]:
    """Return how other sources print each utterance, where they are not followed."""
    words = view.record.words
    is_other = ~words["is_followed"].fillna(True).astype(bool) & (words["text"] != "")
    sources = view.record.sources.set_index("source_id")[["publisher", "url"]]
    other = words[is_other].join(sources, on="source_id")
    own = view.whole.descriptor.get("language", "en")
    other = other.assign(language=other["language"].mask(other["language"] == own, ""))
    return _rows(other, "utterance_id", ["text", "language", "publisher", "url", "note"])


def _further_reports(view: View) -> pd.Series[Any]:
    """Return for each claim the sources that report its utterance, but for its own source."""
    sources = view.record.sources.set_index("source_id")[["publisher", "url"]]
    reports = view.record.reports.join(sources, on="source_id")
    columns = ["source_id", "publisher", "url", "relation", "note"]
    by_utterance = _rows(reports, "utterance_id", columns)
    further = [
        [report[1:] for report in by_utterance.get(utterance_id, ()) if report[0] != own]
        for utterance_id, own in pairs(view.statements, "utterance_id", "source_id")
    ]
    return pd.Series(further, view.statements.index, dtype=object)


def _rows(frame: pd.DataFrame, key: str, columns: list[str]) -> dict[str, list[Any]]:
    """Return columns of a frame as a list of tuples for each key."""
    found: dict[str, list[Any]] = {}
    cells = [frame[column].tolist() for column in (key, *columns)]
    for name, *values in zip(*cells, strict=True):
        found.setdefault(name, []).append(tuple(values))
    return found


def _lists(keys: pd.Series[str], found: Mapping[str, list[Any]]) -> pd.Series[Any]:
    """Return the list of each key; an empty one for a key without."""
    return pd.Series([found.get(key, []) for key in keys], keys.index, dtype=object)
