"""Whether what is shown was checked, and on how many origins all that is said rests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from claimbrief.analysis.counts import Count
from claimbrief.analysis.findings import Findings
from claimbrief.blocks import Prose
from claimbrief.context import Context
from claimbrief.earlier import paragraph_versions
from claimbrief.texts import Text, text
from claimbrief.wording import between, capitalised, number


def support(by_day: Mapping[date, Findings], context: Context) -> Prose:
    """Return whether what is shown was checked, who says so, and on how many origins they rest.

    `by_day` holds the findings of the brief's day, and of earlier days where the text is to have
    what it was.
    """
    paragraphs = {day: _paragraphs(found) for day, found in by_day.items()}
    found = by_day[context.at.as_of]
    speakers, public = found.asserting_speakers, found.items_public
    return Prose(
        "support",
        tuple(paragraphs[context.at.as_of].values()),
        numbers={
            "asserting_speakers": [speakers.certain, speakers.total],
            "asserting_sides": [found.asserting_sides.certain, found.asserting_sides.total],
            "origins": [found.origins.low, found.origins.high],
            "items_public": [public.certain, public.total],
            "items_checked": found.items_checked,
        },
        versions=paragraph_versions(paragraphs) if len(paragraphs) > 1 else (),
    )


def _paragraphs(found: Findings) -> dict[str, Text]:
    parts = [*_checked(found), *_rest(found)]
    return {"support": text(" ".join(parts))} if parts else {}


def _checked(found: Findings) -> list[str]:
    """Return how many of the things shown are recorded as checked; nothing where none is shown."""
    checked = found.items_checked
    if checked:
        are = "is" if checked == 1 else "are"
        them = capitalised(number(checked))
        return [f"{them} of the things shown {are} recorded as independently checked."]
    return ["Nothing shown is recorded as independently checked."] * bool(found.items_public.total)


def _rest(found: Findings) -> list[str]:
    """Return how many speakers say so, and on how many origins; nothing where nobody does."""
    speakers = found.asserting_speakers
    if not speakers.total:
        return []
    low, high = found.origins.low, found.origins.high
    sources = f"{between(low, high)} separate source{'' if high == 1 else 's'}"
    return [f"Claims by {_range(speakers, 'speaker')} go back to {sources}."]


def _range(count: Count, noun: str) -> str:
    """Return how many there are, surely and with those that are possible: "six or seven sides"."""
    return f"{between(count.certain, count.total)} {noun if count.total == 1 else noun + 's'}"
