"""What the record is: the title, its limits, its coverage and how well coders agree."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.coverage import coders, coverage, raw_agreement
from claimbrief.analysis.escalation import uncovered_days
from claimbrief.analysis.findings import findings
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import Count, each_statement
from claimbrief.blocks import Field, Prose, Run, Title, text
from claimbrief.dataset import each_row
from claimbrief.dates import When
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, day, number, short_dated

RANGES = "are kept as ranges."
SHOWN_DIGEST = 12  # the first characters of a digest tell it apart on page one


def title(view: View) -> Title:
    """Return the head of the brief: the question, the day and what the record is."""
    at, dataset = view.at, view.whole
    shown = findings(view)
    carried = {*view.record.claims["source_id"], *view.record.reports["source_id"]}
    documents = f"{number(shown.sources)} of {counted(len(carried), 'document')}"
    if len(carried) == shown.sources:
        documents = counted(shown.sources, "document")
    record = f"{amount(shown.claim_rows, 'claim')} from {documents}"
    latest = max((when.latest for when in _own_dates(view) if when.is_day), default=None)
    facts = {
        "As of": f"what had been {at.basis} by {day(at.as_of)}",
        "Record": record,
        "Latest dated statement": day(latest) if latest else "none",
        "Dataset": f"{dataset.descriptor['name']} {dataset.descriptor.get('version', '')}".strip(),
        "Digest": dataset.digest[:SHOWN_DIGEST],
    }
    return Title(
        block_id="title",
        question=str(dataset.descriptor["title"]),
        subtitle="Who asserts what, on what evidence, since when",
        day=at.as_of.isoformat(),
        language=str(dataset.descriptor.get("language", "en")),
        facts=tuple(Field(label, text(value)) for label, value in facts.items()),
        numbers={"as_of": at.as_of.isoformat(), "claims": shown.claim_rows.most},
    )


def amount(count: Count, singular: str, plural: str = "") -> str:
    """Return a count with its noun: "two speakers", "two speakers and possibly one more"."""
    if not count.possible:
        return counted(count.certain, singular, plural)
    if not count.certain:
        return f"possibly {counted(count.possible, singular, plural)}"
    return f"{counted(count.certain, singular, plural)} and possibly {number(count.possible)} more"


def limits_of_record(view: View) -> Prose:
    """Return what the record does not hold, for page one."""
    record = view.record
    carried = {*record.claims["source_id"], *record.reports["source_id"]}
    used = record.sources[record.sources["source_id"].isin(carried)]
    own = _own_dates(view)
    undated = sum(not when.is_day for when in own)
    coded = coders(view.whole)
    sentences = [_record_sentence(used)] if len(used) else []
    if undated:
        sentences.append(
            f"Of {counted(len(own), 'utterance')} in it, {number(undated)} can be dated to no "
            f"single day and {RANGES}"
        )
    numbers = {"sources": len(used), "undated": undated, "coders": len(coded)}
    if len(used) > 1:
        numbers |= _sourced(view) | {
            "publishers": used["publisher"].nunique(),
            "coded_in_full": int((used["sha256"] != "").sum()),
            "from_excerpts": int((used["sha256"] == "").sum()),
        }
        sentences.append(
            f"For {number(numbers['own_side'])} a text of the speaker’s own side, a copy of it or "
            f"the interviewing broadcaster’s is among the sources; {number(numbers['one_report'])} "
            f"rest on one report, one agency or one interview; {number(numbers['translated'])} "
            "reach us in translation."
        )
    sentences += [
        "Agreement with an independent coder was not measured."
        if len(coded) < 2
        else f"{capitalised(counted(len(coded), 'coder'))} coded it.",
        "It tells who said what; it does not tell who is right. Codes open the words; steps order "
        "how much is said.",
    ]
    before, ranges, after = " ".join(sentences).partition(RANGES)
    note = _how_read([when for when in own if not when.is_day])
    limits = text(Run("Limits. ", style="strong"), f"{before}{ranges}", note, after)
    return Prose("limits-of-record", (limits,), is_list=True, numbers=numbers)


def _how_read(ranges: list[When]) -> Run:
    """Return a footnote that reads one of the dates of no single day, a span where there is one."""
    if not ranges:
        return Run("")
    shown = next((when for when in ranges if when.earliest and not when.days), ranges[0])
    told = f"“{short_dated(shown)}” means: {dated(shown)}. No day in it is taken for the right one."
    return Run(told, style="note")


def _sourced(view: View) -> dict[str, int]:
    """Return how many utterances come from a speaker's side, rest on one report, are translated."""
    own = {claim.utterance_id for claim in each_statement(view) if claim.is_counted}
    said = sourcing(view)
    said = said[said["utterance_id"].isin(own)]
    utterances = view.record.utterances
    translated = utterances.loc[utterances["is_translation"].fillna(False), "utterance_id"]
    return {
        "own_side": int(said["grade"].isin(["primary", "primary_copy"]).sum()),
        "one_report": int(said["grade"].isin(["one_report", "same_wire", "same_origin"]).sum()),
        "translated": int(said["utterance_id"].isin(translated).sum()),
    }


def coverage_sentences(view: View) -> Prose:
    """Return how much of the coded texts is accounted for, and what the window lacks."""
    frame = coverage(view.whole)
    total, claimed = int(frame["n_chars"].sum()), int(frame["claimed"].sum())
    excluded, days = int(frame["excluded"].sum()), len(uncovered_days(view))
    paragraphs = [
        text(
            f"Of {total:,} characters in {counted(len(frame), 'coded text')}, {claimed:,} lie in "
            f"the span of a claim and {excluded:,} are excluded with a reason; the rest is "
            "attribution and line ends. The check refuses a dataset in which a sentence is neither."
        )
    ]
    if days:
        paragraphs.append(
            text(
                f"{capitalised(counted(days, 'day'))} of the window came after the last day on "
                "which a source in view can have appeared: nothing could be recorded for them."
            )
        )
    numbers = {
        "characters": total,
        "claimed": claimed,
        "excluded": excluded,
        "uncovered_days": days,
    }
    return Prose("coverage", tuple(paragraphs), numbers=numbers)


def known_gaps(view: View) -> Prose:
    """Return what is known to be missing, as the dataset's descriptor tells it.

    The gaps are those of the record as a whole, so a brief from a part of its sources tells none.
    """
    gaps = view.whole.descriptor.get("known_gaps", [])
    told = [str(gap) for gap in gaps] if not view.at.sources else []
    if not told:
        nothing = "The dataset names no gap that is known, beyond its sources."
        return Prose("known-gaps", (text(nothing),), numbers={"gaps": 0})
    return Prose("known-gaps", tuple(text(gap) for gap in told), numbers={"gaps": len(told)})


def coder_agreement(view: View) -> Prose:
    """Return how well two coders agree, or that it was not measured."""
    agreement = raw_agreement(view.whole)
    coded = len(coders(view.whole))
    if agreement.empty:
        sentence = (
            "Not measured: the dataset holds no values of an independent second coder. The notes "
            "on each card say where another reading was possible."
        )
        return Prose("coder-agreement", (text(sentence),), numbers={"coders": coded})
    paragraphs = [
        text(
            f"{capitalised(str(row.variable))}: {counted(int(row.same), 'value')} the same of "
            f"{counted(int(row.n), 'value')} that {number(coded)} coders gave, raw agreement."
        )
        for row in each_row(agreement)
    ]
    return Prose("coder-agreement", tuple(paragraphs), is_list=True, numbers={"coders": coded})


def _own_dates(view: View) -> list[When]:
    """Return the dates of the counted utterances."""
    own = {one.utterance_id: one.when for one in each_statement(view) if one.is_counted}
    return list(own.values())


def _record_sentence(used: pd.DataFrame) -> str:
    publishers = sorted(set(used["publisher"]))
    whole = int((used["sha256"] != "").sum())
    if len(used) == 1:
        opening = f"The record is one source ({publishers[0]})"
        when = used["when"].iloc[0]
        if when is None or when.is_day:
            return f"{opening}."
        return f"{opening}, which shows no day; it appeared {dated(when)}."
    excerpts = len(used) - whole
    read = f"{number(whole)} coded in full, {number(excerpts)} known from excerpts and paraphrases"
    documents = counted(len(used), "document")
    return f"The record is {documents} of {counted(len(publishers), 'publisher')}: {read}."
