"""How the record was made and is counted, and how to cite the brief."""

from __future__ import annotations

from dataclasses import replace

from claimbrief.analysis.record import Record
from claimbrief.blocks import Prose
from claimbrief.context import Context
from claimbrief.links import plain
from claimbrief.prose.record import DIGEST_LENGTH
from claimbrief.texts import Run, Text, text
from claimbrief.wording import counted, day, number, period


def method(record: Record, context: Context) -> Prose:
    """Return, in short paragraphs, how this was done and how to cite it."""
    paragraphs = {
        "How it was made": text(_made(record)),
        "What is counted": text(WHAT_IS_COUNTED),
        "Days": text(_days(record)),
        "Source": _source(context),
        "To cite": text(_cite(context)),
    }
    said = record.utterances
    return Prose(
        "method",
        tuple(_paragraph(head, words) for head, words in paragraphs.items() if plain(words)),
        look="headlines",
        numbers={
            "documents": len(record.documents),
            "statements": len(said),
            "undated": int((said["earliest"] != said["latest"]).sum()),
        },
    )


def _paragraph(head: str, words: Text) -> Text:
    return text(Run(f"{head}. ", style="strong"), *words)


def _source(context: Context) -> Text:
    """Return what stands below a table or chart of the record, without its first word."""
    if not context.source:
        return ()
    first, *others = context.source
    return (replace(first, text=first.text.removeprefix("Source: ")), *others)


def _made(record: Record) -> str:
    """Return from which days the statements are, what a claim is, and who coded it."""
    at = record.at
    last = max(at.window_start, min(at.window_end, at.as_of))
    if record.documents.empty:
        return "No document in view holds a statement."
    coders = "No second coder has checked it independently."
    if record.coders > 1:
        coders = f"How far {counted(record.coders, 'coder')} agree stands in the record."
    return (
        f"Each statement from {period(at.window_start, last)} was taken apart into claims: who "
        f"says what, how firmly, in which words. {coders}"
    )


WHAT_IS_COUNTED = (
    "A position is the strongest that a side took on a question: it says so, calls it likely, says "
    "not yet or not so, denies or dismisses it, leaves it open, or expects it. A side is the state "
    "or body that a speaker belongs to, or else the speaker. We count what speakers said, not how "
    "news outlets summed it up."
)


def _days(record: Record) -> str:
    """Return how many statements have a range of days, and when one counts as the earlier."""
    said = record.utterances
    undated = int((said["earliest"] != said["latest"]).sum())
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
    return (
        f"{which} can be dated only to a range. A statement counts as earlier than another only "
        f"if it certainly is.{possibly}"
    )


def _cite(context: Context) -> str:
    """Return how to cite the brief: title, day, dataset, version and digest."""
    about = context.descriptor
    part = " (a part of its sources)" if context.at.sources else ""
    version = f", version {about['version']}" if about.get("version") else ""
    return (
        f"“{about['title']}” {context.at.basis.capitalize()} by {day(context.at.as_of)}{part}. "
        f"Dataset {about['name']}{version}, digest {context.digest[:DIGEST_LENGTH]}…"
    )
