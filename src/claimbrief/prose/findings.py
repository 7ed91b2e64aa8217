"""The findings of the front, at most four, and what all that is said rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from claimbrief.analysis.figures import of_last_day
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.positions import first_left_open, sides_with
from claimbrief.blocks import Prose
from claimbrief.context import Context
from claimbrief.earlier import prose_by_day
from claimbrief.prose.evidence import separate_sources
from claimbrief.prose.first_question import first_question
from claimbrief.prose.naming import certain, ranked_questions
from claimbrief.prose.other_questions import denials, dismissing, most_affirmed, next_affirmed
from claimbrief.texts import Text, text
from claimbrief.view import LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.wording import between, capitalised, number


def findings(by_day: Mapping[date, Findings], context: Context) -> Prose:
    """Return the findings, each a headline and a sentence or two, with links to their claims.

    `by_day` holds the findings of the brief's day, and of earlier days where the text is to have
    what they were (see `claimbrief.analysis.days.findings_by_day`).
    """
    paragraphs = {day: _paragraphs(found, context) for day, found in by_day.items()}
    numbers = _numbers(by_day[context.at.as_of], context)
    look = {"is_list": True, "look": "headlines"}
    return prose_by_day("findings", paragraphs, context, numbers=numbers, **look)


def _paragraphs(found: Findings, context: Context) -> dict[str, Text]:
    """Return the findings of a day by what each is of, in order; none is empty."""
    if certain(found.positions).empty and certain(found.answer.said).empty:
        return {}
    ranked = ranked_questions(found.positions, context, found.answer.question)
    paragraphs = {
        "first": first_question(found, context),
        "most": most_affirmed(found, ranked[0], context) if ranked else (),
        "next": next_affirmed(found, ranked[1:3], context),
        "denials": denials(found, context),
    }
    return {key: words for key, words in paragraphs.items() if words}


def _numbers(found: Findings, context: Context) -> dict[str, object]:
    ranked = ranked_questions(found.positions, context, found.answer.question)[:3]
    rows = certain(found.positions)
    by_question = {}
    for code in ranked:
        own = rows[rows["question_id"] == code]
        positions = (SAYS_SO, SAYS_LIKELY, LEAVES_OPEN)
        by_question[code] = {position: len(sides_with(position, own)) for position in positions}
    own = found.positions[found.positions["question_id"].isin(ranked[:1])]
    of_day = of_last_day(found.figures[found.figures["topic"].isin(ranked[:1])])
    dismissals = dismissing(found)
    return {
        "claims": found.claim_rows.total,
        "sides": by_question,
        "first_left_open": len(first_left_open(own)),
        "figures": [int(of_day["least"].min()), int(of_day["most"].max())] if len(of_day) else [],
        "say_not_so_or_not_yet": found.answer.denied_by["side"].nunique(),
        "dismissing_sides": dismissals["side"].nunique(),
        "dismissing_speakers": dismissals["speaker"].nunique(),
        "neither_confirmed_nor_denied": found.evasions["speaker"].nunique(),
    }


def support(by_day: Mapping[date, Findings], context: Context) -> Prose:
    """Return whether what is shown was checked, who says so, and on how many origins they rest.

    `by_day` holds the findings of the brief's day, and of earlier days where the text is to have
    what it was.
    """
    said = {day: [*_checked(found), *_rest(found)] for day, found in by_day.items()}
    paragraphs = {day: {"support": text(" ".join(own))} if own else {} for day, own in said.items()}
    found = by_day[context.at.as_of]
    speakers, public = found.asserting_speakers, found.items_public
    numbers = {
        "asserting_speakers": [speakers.certain, speakers.total],
        "asserting_sides": [found.asserting_sides.certain, found.asserting_sides.total],
        "origins": [found.origins.low, found.origins.high],
        "items_public": [public.certain, public.total],
        "items_checked": found.items_checked,
    }
    return prose_by_day("support", paragraphs, context, numbers=numbers)


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
    said = f"{between(speakers.certain, speakers.total)} speaker{'s' * (speakers.total != 1)}"
    return [f"Claims by {said} go back to {separate_sources(found.origins)}."]
