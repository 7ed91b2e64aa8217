"""What the record is: the title, its limits, its coverage and how well coders agree."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.agreement import NOT_MEASURED, agreement, coders
from claimbrief.analysis.coverage import coverage
from claimbrief.analysis.escalation import uncovered_days
from claimbrief.analysis.findings import findings
from claimbrief.analysis.lasting import AROUND, PARAPHRASE, REPORT, WHOLE, WORDS
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.statements import Count, each_statement
from claimbrief.blocks import Field, Prose, Run, Title, text
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
    words, excerpts = record.words, used.loc[used["sha256"] == "", "source_id"]
    seen_whole = len(set(words.loc[words["extent"].isin(WHOLE), "source_id"]) & set(excerpts))
    own = _own_dates(view)
    undated = sum(not when.is_day for when in own)
    coded = coders(view.whole)
    sentences = [_record_sentence(used, seen_whole)] if len(used) else []
    if undated:
        sentences.append(
            f"Of {counted(len(own), 'utterance')} in it, {number(undated)} can be dated to no "
            f"single day and {RANGES}"
        )
    numbers = {
        "sources": len(used),
        "utterances": len(own),
        "undated": undated,
        "coders": len(coded),
    }
    if len(used) > 1:
        numbers |= _sourced(view) | {
            "publishers": used["publisher"].nunique(),
            "coded_in_full": int((used["sha256"] != "").sum()),
            "seen_whole": seen_whole,
        }
        sentences.append(
            f"For {number(numbers['own_side'])} a text of the speaker’s side or the interviewing "
            f"broadcaster’s is among the sources, for {number(numbers['one_report'])} one report, "
            f"agency or interview; {number(numbers['translated'])}, whatever their source, reach "
            "us in translation."
        )
    numbers |= _resting(view)
    on_paraphrase = "none on a paraphrase alone"
    if numbers["on_paraphrase"]:
        on_paraphrase = (
            f"{number(numbers['on_paraphrase'])} on a paraphrase alone, told in no finding"
        )
    sentences += [
        f"Of {counted(numbers['on_questions'], 'claim')} on the questions, "
        f"{number(numbers['on_words'])} rest on the speaker’s own words, "
        f"{number(numbers['on_report'])} on a source’s report of them, "
        f"{number(numbers['quoted_in_part'])} of these with some words quoted, and "
        f"{on_paraphrase}.",
        *(["Agreement with a second coder was not measured."] if len(coded) < 2 else []),
        "It tells who said what; it does not tell who is right. Codes open the words.",
    ]
    before, ranges, after = " ".join(sentences).partition(RANGES)
    note = _how_read([when for when in own if not when.is_day])
    limits = text(Run("Limits. ", style="strong"), f"{before}{ranges}", note, after)
    return Prose("limits-of-record", (limits,), is_list=True, numbers=numbers)


def _resting(view: View) -> dict[str, int]:
    """Return how many counted claims on the questions rest on what."""
    claims = [
        claim for claim in each_statement(view) if claim.is_counted and claim.content != AROUND
    ]
    kinds = [claim.rests_on for claim in claims]
    counts = {f"on_{kind}": kinds.count(kind) for kind in (WORDS, REPORT, PARAPHRASE)}
    in_part = sum(claim.rests_on == REPORT and claim.quote != "" for claim in claims)
    return {"on_questions": len(claims), **counts, "quoted_in_part": in_part}


def _how_read(ranges: list[When]) -> Run:
    """Return a footnote that reads one of the dates of no single day, a span where there is one."""
    if not ranges:
        return Run("")
    shown = next((when for when in ranges if when.earliest and not when.days), ranges[0])
    told = f"“{short_dated(shown)}” means: {dated(shown)}. On which day is not known."
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
    """Return how far the agreement of two coders carries, or that it was not measured."""
    frame = agreement(view.whole, view.at.sources)
    coded = len(coders(view.whole))
    numbers: dict[str, object] = {"coders": coded}
    if frame.empty:
        told = f"{NOT_MEASURED} The notes on each card say where another reading was possible."
        return Prose("coder-agreement", (text(told),), numbers=numbers)
    measured = frame.dropna(subset="alpha").sort_values("alpha", kind="stable")
    least = (measured if len(measured) else frame)["variable"].iloc[0]
    units = int(frame["n"].max())
    sentence = (
        f"{capitalised(counted(coded, 'coder'))} coded {counted(units, 'claim')} apart from each "
        "other. The table gives, for each variable, the share to which both gave the same value, "
        "and Krippendorff’s alpha, which takes away what chance would give (1 is full agreement, 0 "
        f"is chance). They agree least on {str(least).replace('_', ' ')}."
    )
    note = str(view.whole.descriptor.get("codings_note", ""))
    paragraphs = [text(sentence), *([text(note)] if note else [])]
    return Prose("coder-agreement", tuple(paragraphs), numbers=numbers | {"units": units})


def _own_dates(view: View) -> list[When]:
    """Return the dates of the counted utterances."""
    own = {one.utterance_id: one.when for one in each_statement(view) if one.is_counted}
    return list(own.values())


def _record_sentence(used: pd.DataFrame, seen_whole: int) -> str:
    publishers = sorted(set(used["publisher"]))
    coded = int((used["sha256"] != "").sum())
    if len(used) == 1:
        opening = f"The record is one source ({publishers[0]})"
        when = used["when"].iloc[0]
        if when is None or when.is_day:
            return f"{opening}."
        return f"{opening}, which shows no day; it appeared {dated(when)}."
    read = (
        f"{number(coded)} coded in full, {number(seen_whole)} of the others seen as a whole page "
        "or statement, the rest in excerpts"
    )
    documents = counted(len(used), "document")
    return f"The record is {documents} of {counted(len(publishers), 'publisher')}: {read}."
