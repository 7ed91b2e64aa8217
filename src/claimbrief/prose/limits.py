"""What the record does not hold: in two lines for the front, and in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
WHAT_IT_TELLS = "This shows who said what, not who is right. "
SILENCE = "Silence is no denial."
KNOWN_GAPS = "known-gaps"  # the block that names them


def limits_of_record(record: Record) -> Prose:
    """Return in two lines what the record does not hold, for the front."""
    last = text(WHAT_IT_TELLS, SILENCE)
    if record.has_other_readings:
        readings = Run("Other readings", f"#{KNOWN_GAPS}")
        last = text(WHAT_IT_TELLS, readings, " could change the answer.")
    paragraphs = (text(_known_from(_tallies(record))), last)
    return Prose("limits-of-record", paragraphs, numbers=_numbers(record))


def _known_from(sums: Mapping[str, int]) -> str:
    """Return how much of the record is known at second hand only."""
    documents = sums["sources"]
    if documents < 2:
        return f"The record {'is one' if documents else 'holds no'} document."
    ways = [(sums["translated"], "in translation")]
    ways.append((sums["one_report"], "from one report, agency or interview"))
    found = [_in_full(sums["read_in_full"], documents), _known(sums["utterances"], ways)]
    return " ".join(filter(None, found)) or f"The record is {counted(documents, 'document')}."


def _in_full(count: int, total: int) -> str:
    """Return how many of all documents were read in full; nothing where all were."""
    if count == total:
        return ""
    if not count:
        none = "Neither" if total == BOTH else "None"
        return f"{none} of {number(total)} documents was read in full."
    return f"Of {number(total)} documents, {counted(count, 'was', 'were')} read in full."


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


def limits_in_full(record: Record) -> Prose:
    """Return what the record does not hold, in full."""
    sums, undated, said = _tallies(record), record.undated, len(record.utterances)
    before = [_documents_sentence(record.documents, sums)] if sums["sources"] else []
    before += [_undated_sentence(len(undated), said)] if undated else []
    after = _not_in_view(record)
    after += [_sourcing_sentence(sums)] if sums["sources"] > 1 and said else []
    after.append(_resting_sentence(record))
    after += ["Agreement with a second coder was not measured."] * (record.coders < 2)
    after.append("The record shows who said what; it does not show who is right.")
    gap = " " if before else ""
    limits = text(" ".join(before), _how_to_read(undated, record.at.year), gap + " ".join(after))
    return Prose("limits-in-full", (limits,), numbers=_numbers(record))


def _tallies(record: Record) -> dict[str, int]:
    """Return how many documents and statements there are, in all and of each sort."""
    documents, said = record.documents, record.utterances
    is_coded, is_whole = documents["is_coded"], documents["is_seen_whole"]
    return {
        "sources": len(documents),
        "utterances": len(said),
        "undated": len(record.undated),
        "coders": record.coders,
        "own_side": int(said["grade"].isin(OWN_SIDE).sum()),
        "one_report": int(said["grade"].isin(ONE_REPORT).sum()),
        "translated": int(said["is_translation"].sum()),
        "publishers": documents["publisher"].nunique(),
        "excerpts": int((~is_coded & ~is_whole).sum()),
        "read_in_full": int((is_coded | is_whole).sum()),
        "coded_in_full": int(is_coded.sum()),
        "seen_whole": int(is_whole.sum()),
    }


def _numbers(record: Record) -> dict[str, object]:
    """Return what is published, but not the sort of a single document."""
    of_all = ("sources", "utterances", "undated", "coders")
    several = len(record.documents) > 1
    sums = _tallies(record).items()
    numbers: dict[str, object] = {key: count for key, count in sums if several or key in of_all}
    if record.outside_window or record.later:
        numbers |= {"outside_window": record.outside_window, "later": record.later}
    return numbers | {
        "on_questions": sum(record.resting.values()),
        **{f"on_{kind}": count for kind, count in record.resting.items()},
        "quoted_in_part": record.quoted_in_part,
    }


def _documents_sentence(documents: pd.DataFrame, sums: Mapping[str, int]) -> str:
    total, coded, whole = (sums[name] for name in ("sources", "coded_in_full", "seen_whole"))
    if total == 1:
        opening = f"The record is one source ({documents['publisher'].iloc[0]})"
        when = documents["when"].iloc[0]
        if not when or parse(when).is_day:
            return f"{opening}."
        return f"{opening}, which shows no day; it appeared {dated(when)}."
    parts = [f"{number(coded)} coded in full"] if coded else []
    if whole:
        which = f"{number(whole)}{' of the others' if coded else ''}"
        which = "the other" if coded and total - coded == 1 else which
        parts.append(f"{which} seen as a whole page or statement")
    if sums["excerpts"] == 1:
        parts.append("one more in excerpts or as others report it")
    elif sums["excerpts"]:
        parts.append(f"{'the rest' if parts else 'all'} in excerpts or as others report them")
    return (
        f"The record is {counted(total, 'document')} of "
        f"{counted(sums['publishers'], 'publisher')}: {', '.join(parts)}."
    )


def _undated_sentence(undated: int, utterances: int) -> str:
    if utterances == 1:
        return "The only statement in it can be dated to no single day and is kept as a range."
    kept = "is kept as a range" if undated == 1 else "are kept as ranges"
    return (
        f"Of {counted(utterances, 'statement')} in it, {number(undated)} can be dated to no single "
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


def _sourcing_sentence(sums: Mapping[str, int]) -> str:
    own, single, translated = (sums[name] for name in ("own_side", "one_report", "translated"))
    have_own = f"{capitalised(number(own))} {'has' if own == 1 else 'have'}"
    have_own = have_own if own else "No statement has"
    from_one = f"{number(single)} {'has a single' if single == 1 else 'have one'} report"
    reach = "reaches" if translated < 2 else "reach"
    whose = {0: "", 1: ", whatever its source,"}.get(translated, ", whatever their source,")
    return (
        f"{have_own} a text of the speaker’s side or the interviewing "
        f"broadcaster among the sources{f', {from_one}, agency or interview' if single else ''}; "
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
            PARAPHRASE: "a paraphrase alone, used in no finding",
        }
        return f"The only claim on the questions rests on {on[kind]}."
    rest = "rests" if resting[WORDS] < 2 else "rest"
    of_these = f", {number(in_part)} of these with some words quoted" if in_part else ""
    unused = ", used in no finding" if resting[PARAPHRASE] else ""
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
