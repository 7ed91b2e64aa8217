"""What the record is and how it was made: title, gaps, coverage, agreement, method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

import pandas as pd

from claimbrief.analysis.counts import Count
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.method import NOT_MEASURED
from claimbrief.analysis.record import Record, decisive_readings
from claimbrief.blocks import Prose, Title
from claimbrief.cards import Field
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.prose.limits import KNOWN_GAPS
from claimbrief.texts import Run, Text, plain, text
from claimbrief.wording import capitalised, counted, day, listed, none_or, number, period

DECIMALS = 2  # of the alpha of two coders
DIGEST_LENGTH = 12  # the first characters of a digest tell it apart on page one
GAPS_WORDS = 90  # how many words of what is known to be missing stand in the brief
NO_GAP = "The dataset names no gap that is known, beyond its sources."
WHAT_IS_COUNTED = (
    "A side’s position on a question is the strongest that it took, from saying so to leaving it "
    "open. A side is the first-named speaker’s state or organisation, or else the speaker alone. "
    "Unnamed speakers are separate sides unless they speak for a state. We count what speakers "
    "said or reportedly said, not what outlets make of it."
)


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
        subtitle="Who says so, and what they have shown",
        day=as_of.isoformat(),
        language=str(about.get("language", "en")),
        facts=tuple(Field(label, text(value)) for label, value in facts.items()),
        when=_until(context),
        dataset=str(about["name"]),
        numbers={"as_of": as_of.isoformat(), "claims": findings.claim_rows.total},
    )


def _until(context: Context) -> str:
    """Return until which day statements, or reports of them, are in view.

    What was said after the window is out of view also where the brief's day is later.
    """
    at = context.at
    if at.basis == "reported":
        return f"Reports until {day(at.as_of)}"
    return f"Statements until {day(min(at.as_of, at.window_end))}"


def amount(count: Count, singular: str) -> str:
    """Return a count with its noun: "two speakers", "two speakers and possibly one more"."""
    if not count.possible:
        return counted(count.certain, singular)
    if not count.certain:
        return f"possibly {counted(count.possible, singular)}"
    return f"{counted(count.certain, singular)} and possibly {number(count.possible)} more"


def coverage(covered: pd.DataFrame, uncovered: int) -> Prose:
    """Return how much of the coded texts is accounted for, and what the window lacks.

    Takes the results of `analysis.coverage` and `analysis.uncovered_days`.
    """
    sums = covered[["n_chars", "claimed", "excluded"]].sum()
    total, claimed, excluded = (int(count) for count in sums)
    paragraphs = [text("No source in view has a coded text.")]
    if len(covered):
        paragraphs[0] = text(
            f"Of {total:,} characters in {counted(len(covered), 'coded text')}, {claimed:,} lie "
            f"in the span of a claim and {excluded:,} are excluded with a reason; the rest is "
            "attribution and line ends. The check refuses a dataset in which a sentence is neither."
        )
    if uncovered:
        last = counted(uncovered, "day") if uncovered > 1 else "day"
        paragraphs.append(
            text(
                f"No source in view can have appeared on the last {last} of the window, or later: "
                f"nothing could be recorded for {'it' if uncovered == 1 else 'them'}."
            )
        )
    numbers = {
        "characters": total,
        "claimed": claimed,
        "excluded": excluded,
        "uncovered_days": uncovered,
    }
    return Prose("coverage", tuple(paragraphs), numbers=numbers)


def known_gaps(context: Context) -> Prose:
    """Return the first things that are known to be missing, and how many more the record tells."""
    readings, gaps = _readings(context), _gaps(context)
    first = [*readings[:1], *gaps]
    words = accumulate(len(gap.split()) for gap in first)
    named = [gap for gap, count in zip(first, words, strict=True) if count <= GAPS_WORDS]
    named = named or first[:1]
    unnamed = {"more reading": len(readings[1:]), "more gap": len(first) - len(named)}
    more = [counted(count, what) for what, count in unnamed.items() if count]
    if more:
        named[-1] += f" The record names {listed(more)}."
    return Prose(KNOWN_GAPS, _paragraphs(named), numbers={"gaps": len(readings) + len(gaps)})


def known_gaps_in_full(context: Context) -> Prose:
    """Return what is known to be missing, as the dataset's descriptor says."""
    gaps = [*_readings(context), *_gaps(context)]
    return Prose("known-gaps-in-full", _paragraphs(gaps), numbers={"gaps": len(gaps)})


def _gaps(context: Context) -> list[str]:
    """Return the gaps of the record as a whole; a part of its sources has none that are known."""
    gaps: Any = context.descriptor.get("known_gaps", [])
    return [] if context.at.sources else list(gaps)


def _readings(context: Context) -> list[str]:
    """Return the readings that decide the answer, each where its claim is in view."""
    return decisive_readings(context.descriptor, context.cited, context.at)


def _paragraphs(gaps: Sequence[str]) -> tuple[Text, ...]:
    return tuple(map(text, gaps or [NO_GAP]))


def coder_agreement(agreement: pd.DataFrame, record: Record, context: Context) -> Prose:
    """Return how far the agreement of two coders carries, or that it was not measured."""
    numbers: dict[str, object] = {"coders": record.coders}
    if agreement.empty:
        words = f"{NOT_MEASURED} The notes on each card say where another reading was possible."
        return Prose("coder-agreement", (text(words),), numbers=numbers)
    units = int(agreement["n"].max())
    sentence = (
        f"{capitalised(counted(record.coders, 'coder'))} coded {counted(units, 'claim')} apart "
        "from each other. The table gives, for each variable, the share to which both gave the "
        "same value, and Krippendorff’s alpha, which takes away what chance would give (1 is full "
        f"agreement, 0 is chance). They agree least on {_least(agreement)}."
    )
    note = str(context.descriptor.get("codings_note", ""))
    paragraphs = [text(sentence), *([text(note)] if note else [])]
    return Prose("coder-agreement", tuple(paragraphs), numbers=numbers | {"units": units})


def _least(agreement: pd.DataFrame) -> str:
    """Return on which variable coders agree least, with the alpha: "evidence (alpha 0.59)"."""
    measured = agreement.dropna(subset="alpha").sort_values("alpha", kind="stable")
    least = next(each_row(measured if len(measured) else agreement))
    alpha = "" if pd.isna(least.alpha) else f" (alpha {least.alpha:.{DECIMALS}f})"
    return f"{least.variable.replace('_', ' ')}{alpha}"


def method(record: Record, agreement: pd.DataFrame, context: Context) -> Prose:
    """Return, in short paragraphs, how this was done and how to cite it."""
    paragraphs = {
        "How it was made": text(_made(record, agreement)),
        "What is counted": text(WHAT_IS_COUNTED),
        "Days": text(_days(record)),
        "Source": _source(context),
        "To cite": text(_cite(context)),
    }
    said = record.utterances
    return Prose(
        "method",
        tuple(
            text(Run(head, style="strong"), " ", *words)
            for head, words in paragraphs.items()
            if plain(words)
        ),
        look="headlines",
        numbers={
            "documents": len(record.documents),
            "statements": len(said),
            "undated": len(record.undated),
        },
    )


def _source(context: Context) -> Text:
    """Return what stands below a table or chart of the record, without its first word."""
    if not context.source:
        return ()
    first, *others = context.source
    words = first.text.removeprefix("Source: ")
    return (replace(first, text=words[:1].upper() + words[1:]), *others)


def _made(record: Record, agreement: pd.DataFrame) -> str:
    """Return from which days the statements are, what a claim is, and who coded it."""
    at = record.at
    last = max(at.window_start, min(at.window_end, at.as_of))
    if record.documents.empty:
        return "No document in view holds a statement."
    coders = "No second coder has checked it independently."
    if len(agreement):
        coders = (
            f"{capitalised(counted(record.coders, 'coder'))} agree least on {_least(agreement)}."
        )
    return (
        f"Each statement found, from {period(at.window_start, last)}, was split into "
        f"claims. {coders}"
    )


def _days(record: Record) -> str:
    """Return how many statements have a range of days, and when one counts as the earlier."""
    said = record.utterances
    undated = len(record.undated)
    if said.empty:
        return ""
    possibly = ""
    if said["is_possible"].any():
        possibly = f" “Possibly” marks what may have come only after {day(record.at.as_of)}."
    if not undated:
        return f"Every statement can be dated to a single day.{possibly}"
    total = len(said)
    which = f"{number(undated)} of {counted(total, 'statement')}".capitalize()
    if undated == total:
        which = "The only statement" if total == 1 else f"All {counted(total, 'statement')}"
    start = pd.Timestamp(record.at.window_start)
    older = int((said["earliest"].isna() | (said["earliest"] < start)).sum())
    all_of_them = {1: "it", 2: "both"}.get(undated, "all")
    who = all_of_them if older == undated else number(older)
    may = f"; {who} may predate {day(start)}" if older else ""
    return f"{which} can be dated only to a range{may}.{possibly}"


def _cite(context: Context) -> str:
    about = context.descriptor
    part = " (a part of its sources)" if context.at.sources else ""
    version = f", version {about['version']}" if about.get("version") else ""
    return (
        f"“{about['title']}” {_until(context)}{part}. "
        f"Dataset {about['name']}{version}, digest {context.digest[:DIGEST_LENGTH]}…"
    )
