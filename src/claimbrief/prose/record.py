"""What the record is: the title, its limits, its coverage and how well coders agree."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.agreement import NOT_MEASURED
from claimbrief.analysis.counts import Count
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.record import Record
from claimbrief.blocks import Field, Prose, Title
from claimbrief.context import Context
from claimbrief.dates import parse
from claimbrief.statements import PARAPHRASE, REPORT, WORDS
from claimbrief.texts import Run, text
from claimbrief.wording import (
    capitalised,
    counted,
    dated,
    day,
    none_or,
    number,
    period,
    short_dated,
)

DIGEST_LENGTH = 12  # the first characters of a digest tell it apart on page one
OWN_SIDE = ("primary", "primary_copy")  # grades of sourcing
ONE_REPORT = ("one_report", "same_wire", "same_origin")


def title(findings: Findings, record: Record, context: Context) -> Title:
    """Return the head of the brief: the question, the day and what the record is."""
    as_of, about = context.at.as_of, context.descriptor
    with_claims, documents = int(record.documents["has_claims"].sum()), len(record.documents)
    sources = f"{none_or(with_claims)} of {counted(documents, 'document')}"
    if documents == with_claims:
        sources = counted(documents, "document")
    said = record.utterances
    latest = said.loc[said["earliest"] == said["latest"], "latest"].max()
    facts = {
        "As of": f"what had been {context.at.basis} by {day(as_of)}",
        "Record": f"{amount(findings.claim_rows, 'claim')} from {sources}",
        "Latest dated statement": "none" if pd.isna(latest) else day(latest),
        "Dataset": f"{about['name']} {about.get('version', '')}".strip(),
        "Digest": context.digest[:DIGEST_LENGTH],
    }
    return Title(
        block_id="title",
        question=str(about["title"]),
        subtitle="Who asserts what, on what evidence, since when",
        day=as_of.isoformat(),
        language=str(about.get("language", "en")),
        facts=tuple(Field(label, text(value)) for label, value in facts.items()),
        numbers={"as_of": as_of.isoformat(), "claims": findings.claim_rows.total},
    )


def amount(count: Count, singular: str, plural: str = "") -> str:
    """Return a count with its noun: "two speakers", "two speakers and possibly one more"."""
    if not count.possible:
        return counted(count.certain, singular, plural)
    if not count.certain:
        return f"possibly {counted(count.possible, singular, plural)}"
    return f"{counted(count.certain, singular, plural)} and possibly {number(count.possible)} more"


def limits_of_record(record: Record) -> Prose:
    """Return what the record does not hold, for page one."""
    documents, said = record.documents, record.utterances
    undated = said.loc[said["earliest"] != said["latest"], "when"].tolist()
    before = [_documents_sentence(documents)] if len(documents) else []
    before += [_undated_sentence(len(undated), len(said))] if undated else []
    after = _not_in_view(record)
    after += [_sourcing_sentence(said)] if len(documents) > 1 and len(said) else []
    after += [
        _resting_sentence(record),
        *(["Agreement with a second coder was not measured."] if record.coders < 2 else []),
        "It tells who said what; it does not tell who is right. Codes open the words.",
    ]
    gap = " " if before else ""
    limits = text(
        Run("Limits. ", style="strong"),
        " ".join(before),
        _how_to_read(undated, record.at.year),
        gap + " ".join(after),
    )
    numbers = _numbers_of_limits(record, len(undated))
    return Prose("limits-of-record", (limits,), is_list=True, numbers=numbers)


def _numbers_of_limits(record: Record, undated: int) -> dict[str, object]:
    documents, said = record.documents, record.utterances
    numbers: dict[str, object] = {
        "sources": len(documents),
        "utterances": len(said),
        "undated": undated,
        "coders": record.coders,
    }
    if len(documents) > 1:
        numbers |= {
            "own_side": int(said["grade"].isin(OWN_SIDE).sum()),
            "one_report": int(said["grade"].isin(ONE_REPORT).sum()),
            "translated": int(said["is_translation"].sum()),
            "publishers": documents["publisher"].nunique(),
            "coded_in_full": int(documents["is_coded"].sum()),
            "seen_whole": int(documents["is_seen_whole"].sum()),
        }
    if record.outside_window or record.later:
        numbers |= {"outside_window": record.outside_window, "later": record.later}
    return numbers | {
        "on_questions": sum(record.resting.values()),
        **{f"on_{kind}": count for kind, count in record.resting.items()},
        "quoted_in_part": record.quoted_in_part,
    }


def _documents_sentence(documents: pd.DataFrame) -> str:
    publishers = documents["publisher"]
    if len(documents) == 1:
        opening = f"The record is one source ({publishers.iloc[0]})"
        when = documents["when"].iloc[0]
        if not when or parse(when).is_day:
            return f"{opening}."
        return f"{opening}, which shows no day; it appeared {dated(when)}."
    coded, whole = (int(documents[name].sum()) for name in ("is_coded", "is_seen_whole"))
    parts = [f"{number(coded)} coded in full"] if coded else []
    if whole:
        which = f"{number(whole)}{' of the others' if coded else ''}"
        which = "the other" if coded and len(documents) - coded == 1 else which
        parts.append(f"{which} seen as a whole page or statement")
    if coded + whole < len(documents):
        is_single = len(documents) - coded - whole == 1
        rest = ("one more" if is_single else "the rest") if parts else "all"
        parts.append(f"{rest} in excerpts or as others report {'it' if is_single else 'them'}")
    return (
        f"The record is {counted(len(documents), 'document')} of "
        f"{counted(publishers.nunique(), 'publisher')}: {', '.join(parts)}."
    )


def _undated_sentence(undated: int, utterances: int) -> str:
    if utterances == 1:
        return "The only utterance in it can be dated to no single day and is kept as a range."
    kept = "is kept as a range" if undated == 1 else "are kept as ranges"
    return (
        f"Of {counted(utterances, 'utterance')} in it, {number(undated)} can be dated to no single "
        f"day and {kept}."
    )


def _not_in_view(record: Record) -> list[str]:
    """Return how many statements lie outside the window, and how many are later than the day."""
    at, parts = record.at, []
    outside, later = record.outside_window, record.later
    if outside:
        verb, window = "lies" if outside == 1 else "lie", period(at.window_start, at.window_end)
        parts.append(f"{counted(outside, 'further statement')} {verb} outside the window, {window}")
    if later:
        subject = number(later) if parts else counted(later, "further statement")
        verb = "was" if later == 1 else "were"
        parts.append(f"{subject} {verb} {at.basis} only after {day(at.as_of)}")
    return [f"{capitalised('; '.join(parts))}: not in this brief."] if parts else []


def _sourcing_sentence(said: pd.DataFrame) -> str:
    grades = said["grade"]
    own, single = (int(grades.isin(kind).sum()) for kind in (OWN_SIDE, ONE_REPORT))
    translated = int(said["is_translation"].sum())
    from_one = f"for {number(single)} {'a single' if single == 1 else 'one'} report"
    reach = "reaches" if translated < 2 else "reach"
    whose = {0: "", 1: ", whatever its source,"}.get(translated, ", whatever their source,")
    return (
        f"For {none_or(own)} a text of the speaker’s side or the interviewing broadcaster’s is "
        f"among the sources{f', {from_one}, agency or interview' if single else ''}; "
        f"{none_or(translated)}{whose} {reach} us in translation."
    )


def _resting_sentence(record: Record) -> str:
    total, resting, in_part = sum(record.resting.values()), record.resting, record.quoted_in_part
    if total == 0:
        return "No claim in this record is on the questions."
    if total == 1:
        (kind,) = (kind for kind, count in resting.items() if count)
        some = ", with some words quoted" if in_part else ""
        on = {
            WORDS: "the speaker’s own words",
            REPORT: f"a source’s report of the speaker’s words{some}",
            PARAPHRASE: "a paraphrase alone, told in no finding",
        }
        return f"The only claim on the questions rests on {on[kind]}."
    rest = "rests" if resting[WORDS] < 2 else "rest"
    of_these = f", {number(in_part)} of these with some words quoted" if in_part else ""
    unused = ", told in no finding" if resting[PARAPHRASE] else ""
    return (
        f"Of {counted(total, 'claim')} on the questions, {none_or(resting[WORDS])} {rest} on the "
        f"speaker’s own words, {none_or(resting[REPORT])} on a source’s report of them{of_these}, "
        f"and {none_or(resting[PARAPHRASE])} on a paraphrase alone{unused}."
    )


def _how_to_read(ranges: list[str], year: int | None) -> Run:
    """Return a footnote that reads a date of no single day, a span where there is one."""
    if not ranges:
        return Run("")
    spans = [when for when in ranges if parse(when).earliest and not parse(when).days]
    when = (spans or ranges)[0]
    words = f"“{short_dated(when, year)}” means: {dated(when)}. On which day is not known."
    return Run(words, style="note")


def coverage_sentences(coverage: pd.DataFrame, uncovered: pd.DataFrame) -> Prose:
    """Return how much of the coded texts is accounted for, and what the window lacks.

    `coverage` and `uncovered` are the frames of `coverage` and `uncovered_days`.
    """
    total, claimed, excluded = (
        int(coverage[name].sum()) for name in ("n_chars", "claimed", "excluded")
    )
    paragraphs = [text("No source in view has a coded text.")]
    if len(coverage):
        paragraphs[0] = text(
            f"Of {total:,} characters in {counted(len(coverage), 'coded text')}, {claimed:,} lie "
            f"in the span of a claim and {excluded:,} are excluded with a reason; the rest is "
            "attribution and line ends. The check refuses a dataset in which a sentence is neither."
        )
    if len(uncovered):
        last = counted(len(uncovered), "day") if len(uncovered) > 1 else "day"
        paragraphs.append(
            text(
                f"No source in view can have appeared on the last {last} of the window, or later: "
                f"nothing could be recorded for {'it' if len(uncovered) == 1 else 'them'}."
            )
        )
    numbers = {
        "characters": total,
        "claimed": claimed,
        "excluded": excluded,
        "uncovered_days": len(uncovered),
    }
    return Prose("coverage", tuple(paragraphs), numbers=numbers)


def known_gaps(context: Context) -> Prose:
    """Return what is known to be missing, as the dataset's descriptor says.

    The gaps are those of the record as a whole, so a brief from a part of its sources names none.
    """
    listed = context.descriptor.get("known_gaps", [])
    gaps = [str(gap) for gap in listed] if not context.at.sources else []  # type: ignore[attr-defined]
    if not gaps:
        nothing = "The dataset names no gap that is known, beyond its sources."
        return Prose("known-gaps", (text(nothing),), numbers={"gaps": 0})
    return Prose("known-gaps", tuple(map(text, gaps)), numbers={"gaps": len(gaps)})


def coder_agreement(agreement: pd.DataFrame, record: Record, context: Context) -> Prose:
    """Return how far the agreement of two coders carries, or that it was not measured."""
    numbers: dict[str, object] = {"coders": record.coders}
    if agreement.empty:
        words = f"{NOT_MEASURED} The notes on each card say where another reading was possible."
        return Prose("coder-agreement", (text(words),), numbers=numbers)
    measured = agreement.dropna(subset="alpha").sort_values("alpha", kind="stable")
    least = (measured if len(measured) else agreement)["variable"].iloc[0]
    units = int(agreement["n"].max())
    sentence = (
        f"{capitalised(counted(record.coders, 'coder'))} coded {counted(units, 'claim')} apart "
        "from each other. The table gives, for each variable, the share to which both gave the "
        "same value, and Krippendorff’s alpha, which takes away what chance would give (1 is full "
        f"agreement, 0 is chance). They agree least on {str(least).replace('_', ' ')}."
    )
    note = str(context.descriptor.get("codings_note", ""))
    paragraphs = [text(sentence), *([text(note)] if note else [])]
    return Prose("coder-agreement", tuple(paragraphs), numbers=numbers | {"units": units})
