"""What the record does not hold: in two lines for the front, and in full."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from claimbrief.analysis.record import Record
from claimbrief.blocks import Prose
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

OWN_SIDE = ("primary", "primary_copy")  # grades of sourcing
BOTH = 2
ONE_REPORT = ("one_report", "same_wire", "same_origin")


def limits_of_record(record: Record) -> Prose:
    """Return in two lines what the record does not hold, for the front."""
    paragraphs = (text(_known_from(record)), text(WHAT_IT_TELLS))
    return Prose("limits-of-record", paragraphs, numbers=_numbers_of_limits(record))


WHAT_IT_TELLS = "This tells who said what, not who is right. A gap is no denial."


def _known_from(record: Record) -> str:
    """Return how much of the record is known at second hand only."""
    documents, said = record.documents, record.utterances
    if documents.empty:
        return "The record holds no document."
    if len(documents) == 1:
        return "The record is one document."
    single = int(said["grade"].isin(ONE_REPORT).sum())
    translated = int(said["is_translation"].sum())
    ways = [(translated, "in translation"), (single, "from a single report, agency or interview")]
    found = [_not_in_full(_excerpts(documents), len(documents)), _known(len(said), ways)]
    if not any(found):
        return f"The record is {counted(len(documents), 'document')}."
    return " ".join(filter(None, found))


def _not_in_full(count: int, total: int) -> str:
    """Return how many of all documents were not read in full; nothing where all were."""
    if not count:
        return ""
    if count == total:
        none = "Neither" if total == BOTH else "None"
        return f"{none} of {number(total)} documents was read in full."
    were = "was" if count == 1 else "were"
    return f"Of {number(total)} documents, {number(count)} {were} not read in full."


def _known(total: int, ways: Sequence[tuple[int, str]]) -> str:
    """Return how many statements are known in which way; nothing where none is known in any."""
    ways = [(count, how) for count, how in ways if count]
    if not ways:
        return ""
    if total == 1:
        return f"The only statement is known {' and '.join(how for _, how in ways)}."
    parts: list[str] = []
    for count, how in ways:
        which = number(count) if count < total else "both" if total == BOTH else "all"
        known = "" if parts else f" {'is' if count == 1 else 'are'} known"
        parts.append(f"{which}{known} {how}")
    return f"Of {number(total)} statements, {' and '.join(parts)}."


def _excerpts(documents: pd.DataFrame) -> int:
    """Return how many documents are known from excerpts, or as others report them."""
    return int((~documents["is_coded"] & ~documents["is_seen_whole"]).sum())


def limits_in_full(record: Record) -> Prose:
    """Return what the record does not hold, in full."""
    documents, said = record.documents, record.utterances
    undated = record.undated
    before = [_documents_sentence(documents)] if len(documents) else []
    before += [_undated_sentence(len(undated), len(said))] if undated else []
    after = _not_in_view(record)
    after += [_sourcing_sentence(said)] if len(documents) > 1 and len(said) else []
    after += [
        _resting_sentence(record),
        *(["Agreement with a second coder was not measured."] if record.coders < 2 else []),
        "It tells who said what; it does not tell who is right.",
    ]
    gap = " " if before else ""
    limits = text(" ".join(before), _how_to_read(undated, record.at.year), gap + " ".join(after))
    return Prose("limits-in-full", (limits,), numbers=_numbers_of_limits(record))


def _numbers_of_limits(record: Record) -> dict[str, object]:
    documents, said = record.documents, record.utterances
    numbers: dict[str, object] = {
        "sources": len(documents),
        "utterances": len(said),
        "undated": len(record.undated),
        "coders": record.coders,
    }
    if len(documents) > 1:
        numbers |= {
            "own_side": int(said["grade"].isin(OWN_SIDE).sum()),
            "one_report": int(said["grade"].isin(ONE_REPORT).sum()),
            "translated": int(said["is_translation"].sum()),
            "publishers": documents["publisher"].nunique(),
            "excerpts": _excerpts(documents),
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
