"""What the record is: its documents, its dated utterances, and how well each is sourced."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from claimbrief.analysis.counts import first_claims
from claimbrief.in_view import in_view
from claimbrief.lookups import WHOLE, grouped, pairs
from claimbrief.statements import CONTEXT, PARAPHRASE, REPORT, WORDS
from claimbrief.view import View, Viewpoint

PRIMARY = {"primary_transcript", "primary_release", "broadcaster_interview"}
PRIMARY_COPY = {"mirror_of_primary"}


@dataclass(frozen=True, eq=False)
class Record:
    """What the record is, for the head of the brief and its limits.

    `documents` has one row per source in view that carries an utterance: source_id, publisher, when
    (EDTF; "" where no day is known), has_claims, is_coded (its text was coded as a whole) and
    is_seen_whole (another text of which a whole statement or page was in view). `utterances` has
    one row per counted utterance, by date: utterance_id, when, earliest, latest, grade (of its
    sourcing), is_translation, is_possible (whether a claim of it may be later than the day).
    `resting` counts the counted claims on the questions by what they rest on, and `quoted_in_part`
    those on a report of which some words are quoted. `coders` is the number of people whose codings
    the dataset holds. `has_other_readings` says whether another reading of a claim in view could
    change the answer, as the descriptor notes. `outside_window` counts the claims that lie outside
    the window, and `later` those inside that had not been said, or reported, by the day.
    """

    at: Viewpoint
    documents: pd.DataFrame
    utterances: pd.DataFrame
    resting: Mapping[str, int]
    quoted_in_part: int
    coders: int
    has_other_readings: bool
    outside_window: int
    later: int

    @property
    def undated(self) -> list[str]:
        """The dates (EDTF) of the utterances of no single day."""
        said = self.utterances
        return said.loc[said["earliest"] != said["latest"], "when"].tolist()


def record(view: View) -> Record:
    """Return what the record in view is."""
    claims = view.statements
    on_questions = claims[claims["is_counted"] & (claims["content"] != CONTEXT)]
    kinds = on_questions["rests_on"]
    is_in_part = (kinds == REPORT) & (on_questions["quote"] != "")
    in_window = len(in_view(view.base, replace(view.at, as_of=date.max))[1])
    return Record(
        at=view.at,
        documents=_documents(view),
        utterances=_utterances(view),
        resting={kind: int((kinds == kind).sum()) for kind in (WORDS, REPORT, PARAPHRASE)},
        quoted_in_part=int(is_in_part.sum()),
        coders=view.whole.codings["coder"].nunique(),
        has_other_readings=bool(
            decisive_readings(view.whole.descriptor, set(claims["claim_id"]), view.at)
        ),
        outside_window=claims_at_all(view) - in_window,
        later=in_window - len(claims),
    )


def decisive_readings(
    descriptor: Mapping[str, object], claims: Container[str], at: Viewpoint
) -> list[str]:
    """Return the notes of the descriptor on readings of these claims that would change the answer.

    Of a part of the sources there are none.
    """
    noted: Any = descriptor.get("decisive_readings", [])
    return [] if at.sources else [it["note"] for it in noted if it["claim_id"] in claims]


def claims_at_all(view: View) -> int:
    """Return how many claims of its sources and actors a view of all days would hold."""
    at_all = replace(view.at, as_of=date.max, window_start=date.min, window_end=date.max)
    return len(in_view(view.base, at_all)[1])


def _documents(view: View) -> pd.DataFrame:
    record = view.record
    carried = {*record.claims["source_id"], *record.reports["source_id"]}
    used = record.sources[record.sources["source_id"].isin(carried)]
    whole = record.words.loc[record.words["extent"].isin(WHOLE), "source_id"]
    is_coded = used["sha256"] != ""
    return used[["source_id", "publisher", "when"]].assign(
        has_claims=used["source_id"].isin(record.claims["source_id"]),
        is_coded=is_coded,
        is_seen_whole=~is_coded & used["source_id"].isin(whole),
    )


def _utterances(view: View) -> pd.DataFrame:
    claims = view.statements[view.statements["is_counted"]]
    said = claims[["utterance_id", "when", "earliest", "latest"]].drop_duplicates("utterance_id")
    utterances = view.record.utterances.set_index("utterance_id")
    grades = sourcing(view).set_index("utterance_id")["grade"]
    is_translation = utterances["is_translation"].fillna(False).astype(bool)
    possible = set(claims.loc[claims["certainty"] == "possible", "utterance_id"])
    return said.assign(
        is_possible=said["utterance_id"].isin(possible),
        grade=said["utterance_id"].map(grades),
        is_translation=said["utterance_id"].map(is_translation),
    )


def sources(view: View) -> pd.DataFrame:
    """Return one row per document that statements in view, or their dates, come from.

    Columns: source_id, publisher, wire (the agency, "" if none), title, url, is_coded (whether its
    text was coded), when (EDTF date of publication, "" if not known), published_basis, claims (how
    many are coded from it), reports (how many utterances it reports whose claims are coded from
    another document).
    """
    record = view.record
    dating = record.utterances.loc[record.utterances["outside_date"] != "", "outside_source_id"]
    used = {*record.claims["source_id"], *record.reports["source_id"], *dating}
    documents = record.sources[record.sources["source_id"].isin(used)]
    key = documents["source_id"]
    columns = "source_id publisher wire title url when published_basis"
    reports = view.record.reports
    first = first_claims(view.whole, view.statements)["source_id"]
    is_beside = reports["utterance_id"].map(first) != reports["source_id"]
    return documents[columns.split()].assign(
        is_coded=documents["sha256"] != "",
        claims=key.map(record.claims["source_id"].value_counts()).fillna(0).astype(int),
        reports=key.map(reports[is_beside].groupby("source_id")["utterance_id"].nunique())
        .fillna(0)
        .astype(int),
    )


def sourcing(view: View) -> pd.DataFrame:
    """Return one row per utterance in view, by the sources in view.

    Columns: utterance_id, grade (a code of the vocabulary's `sourcing`), source_ids (list: the
    sources that its claims are coded from first, then further reports), is_counted (whether it has
    a counted claim), claim_id (of its counted claims the claim to cite, "" if it has none).
    """
    record = view.record
    kinds = dict(pairs(record.sources, "source_id", "kind"))
    columns = ["utterance_id", "source_id"]
    carried = pd.concat([record.claims[columns], record.reports[columns]]).drop_duplicates()
    source_ids = grouped(carried, *columns)
    relations = grouped(record.reports, "utterance_id", "relation")
    counted = first_claims(view.whole, view.statements[view.statements["is_counted"]])
    cited = dict(pairs(counted, "utterance_id", "claim_id"))
    rows = [
        (key, _grade({kinds[source] for source in carriers}, set(relations.get(key, ()))), carriers)
        for key in record.utterances["utterance_id"].tolist()
        for carriers in [source_ids[key]]
    ]
    frame = pd.DataFrame(rows, columns=["utterance_id", "grade", "source_ids"])
    return frame.assign(
        is_counted=frame["utterance_id"].isin(cited),
        claim_id=[cited.get(key, "") for key in frame["utterance_id"]],
    )


def _grade(kinds: set[str], relations: set[str]) -> str:
    """Return the grade: a text of the speaker's side first, then how many reports stand alone."""
    if kinds & PRIMARY:
        return "primary"
    if kinds & PRIMARY_COPY:
        return "primary_copy"
    if "independent" in relations:
        return "two_reports"
    for relation in ("same_wire", "same_origin"):
        if relation in relations:
            return relation
    return "one_report"
