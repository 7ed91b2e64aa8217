"""Who stands where, in sentences: each question, the denials and the turns."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from claimbrief.analysis.escalation import denial_register
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.paths import DENIES, LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.analysis.standing import FORETOLD, Position, QuestionVoices, Said, Turn
from claimbrief.analysis.statements import each_statement, is_above_lowest
from claimbrief.blocks import Run, Text, joined, text
from claimbrief.dataset import NO_RESPONSE, each_row
from claimbrief.dates import When, order
from claimbrief.links import FIRST_NAMED, MOST_NAMED, cited, few_cited, few_names, few_of, said_text
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, number, short_dated

DENIALS = ("D1", "D2", "D3", "D4")  # levels that deny or doubt; the others do neither
MOVED = {SAYS_SO: "so", SAYS_LIKELY: "likely", DENIES: "denied", LEAVES_OPEN: "open"}
LEVELS = ["D-1", "D0", *DENIALS]
MOST_MOVED = 6  # so many sides that moved on a question are told one by one
MOST_TURNS = 4  # so many turns of a side are
FEW_MOVED = 2  # so many sides of a question and turns of each where more than MOST_NAMED moved
FEW_DAYS = 8  # on so many days it is told how a side answered
FEW = 4  # so many speakers are told one by one; more by the side that they speak for
HEADS = {
    SAYS_SO: "Said to be so",
    SAYS_LIKELY: "Said to be likely",
    DENIES: "Denied, or dismissed",
    FORETOLD: "Foretold or prepared",
    LEAVES_OPEN: "Left open",
}


def is_on_ladder(voices: QuestionVoices) -> bool:
    """Return whether anybody says something above the lowest step to a question."""
    return any(is_above_lowest(claim) for _, claims in voices.by_stance for claim in claims)


def told_question(view: View, shown: Findings, voices: QuestionVoices) -> Text:
    """Return who says what to a question: each speaker, or each side where they are many."""
    label = view.whole.labels("question")[voices.question_id]
    few = voices.speakers <= FEW
    told = _by_speaker(view, voices) if few else _by_side(shown, voices)
    return (Run(f"{label} ", style="strong"), *sentence(told), Run("."))


def _by_speaker(view: View, voices: QuestionVoices) -> Text:
    stances, responses = view.whole.labels("stance"), view.whole.labels("response")
    parts: list[Text] = []
    last: tuple[str, str] = ("", "")
    for stance, claims in voices.by_stance:
        for speaker in dict.fromkeys(claim.speaker for claim in claims):
            said = [claim for claim in claims if claim.speaker == speaker]
            possibly = "" if any(claim.certainty == "certain" for claim in said) else "possibly "
            is_same = len(said) == 1 and (speaker, said[0].proposition) == last
            last = (speaker, said[-1].proposition)
            alike = {(one.told, one.words): one.claim_id for one in reversed(said)}
            said_so = [
                ("this is so" if is_same else told, claim_id, words)
                for (told, words), claim_id in reversed(alike.items())
            ]
            told = said_text(stances[stance], said_so[:MOST_NAMED])
            if len(said_so) > MOST_NAMED:
                told += text(f", and {counted(len(said_so) - MOST_NAMED, 'claim')} more")
            done = dict.fromkeys(one.response for one in said if one.response != NO_RESPONSE)
            also = "".join(f", and {responses[one]}" for one in done)
            parts.append((Run(f"{possibly}{speaker} "), *told, *text(also)))
    return joined(parts, "; ")


def _by_side(shown: Findings, voices: QuestionVoices) -> Text:
    """Return each position on a question with the sides that hold it, and since when.

    What those deny who say nothing to be so, and when, is told with the denials; what is denied and
    said by nobody is told by itself.
    """
    parts: list[Text] = []
    by_nobody = {claim.claim_id for claim in shown.denied_only}
    for position, group in groupby(voices.positions, key=lambda one: one.position):
        sides = [
            one for one in group if position != DENIES or not by_nobody.issuperset(one.claim_ids)
        ]
        if not sides:
            continue
        is_told = position in (SAYS_SO, SAYS_LIKELY, DENIES) and len(sides) <= FEW
        if position in (FORETOLD, LEAVES_OPEN):
            names = few_names([_possibly(one) + one.side for one in sides])
            parts.append(_head(position) + text(names))
            continue
        told = [
            text(_possibly(one) + one.side)
            if position == DENIES and one.side not in shown.asserting
            else _side(one, sides[:FEW], is_told=is_told)
            for one in sides
        ]
        parts.append(_head(position) + joined(few_of(told), "; " if is_told else ", "))
    return joined(parts, ". ")


def _head(position: str) -> Text:
    return text(Run(f"{HEADS[position]}:", style="strong"), " ")


def _side(one: Position, group: list[Position], *, is_told: bool) -> Text:
    """Return a side with the day of its first claim, and where asked for what it says.

    What several of a group say alike is told with the first of them.
    """
    lead = f"{_possibly(one)}{one.side} ({short_dated(one.first.when)}"
    alike = [other for other in group if other.first.proposition == one.first.proposition]
    told: Text = ()
    if is_told and one.first.words:
        told = text(": ", Run(one.first.words, style="quote"))
    elif is_told and alike[0] is one:
        told = text(": that ", Run(one.first.proposition, style="em"))
        told += text(f"; “{one.first.hedge}”") if one.first.hedge else ()
    elif is_told:
        told = text(": the same")
    return (Run(lead), *told, Run(")"), *cited([one.first.claim_id]))


def _possibly(one: Position) -> str:
    return "" if one.first.certainty == "certain" else "possibly "


def told_denials(view: View, shown: Findings) -> Text:
    """Return what is denied, by whom, and how each side's denials changed."""
    words = text(Run("Denied? ", style="strong"))
    if not shown.denials:
        return words + text("The record holds no denial.")
    denials = [one for one in shown.denials if one.side not in shown.asserting]
    if not any(one.denial in DENIALS for one in denials):
        return words + text("Only those who say something to be so deny another part of it.")
    if len(denials) <= FEW:
        return words + _each_denial(view, {one.claim_id for one in denials}) + _contrary(denials)
    told = []
    for side, group in _by(denials):
        if any(one.denial in DENIALS for one in group):  # to decline to comment is no denial
            told.append(text(f"{capitalised(side)}: ") + _answers(view, _by_day(group)))
    more = ""
    most = MOST_NAMED if len(told) <= MOST_NAMED else FIRST_NAMED
    if len(told) > most:
        more = f"{capitalised(number(len(told) - most))} more sides answered. "
    return words + joined(told[:most], ". ") + text(". ", more) + _contrary(denials)


def _answers(view: View, days: list[list[Said]]) -> Text:
    """Return how a side answered, day by day; the order is told only where the dates tell it."""
    levels, stances = view.whole.labels("denial"), view.whole.labels("stance")
    words: Text = ()
    for place, said in enumerate(days[:FEW_DAYS]):
        first = next((one for one in said if not one.words), said[0])
        if place:
            is_later = order(days[place - 1][0].when, first.when) == "before"
            words += text("; " if is_later else "; in no known order, ")
        words += text(f"{_possibly_said(first)}{first.speaker} ({short_dated(first.when)}) ")
        if first.stance in ("dismisses", "denies"):
            words += said_text(stances[first.stance], [(first.proposition, "", first.words)])
        else:
            words += text(levels[first.denial])
        words += few_cited([one.claim_id for one in said])
    if len(days) > FEW_DAYS:
        words += text(f"; and so on {counted(len(days) - FEW_DAYS, 'more day')}")
    return words


def _possibly_said(claim: Said) -> str:
    return "" if claim.certainty == "certain" else "possibly "


def _by_day(claims: list[Said]) -> list[list[Said]]:
    """Return the claims of each day that go furthest in denying, by day."""
    days: dict[When, list[Said]] = {}
    for one in claims:
        days.setdefault(one.when, []).append(one)
    found = []
    for said in days.values():
        furthest = max(LEVELS.index(one.denial) for one in said)
        found.append([one for one in said if LEVELS.index(one.denial) == furthest])
    return found


def _by(claims: list[Said]) -> list[tuple[str, list[Said]]]:
    """Return the claims by side, sides in order of their first claim."""
    sides: dict[str, list[Said]] = {}
    for claim in claims:
        sides.setdefault(claim.side, []).append(claim)
    return list(sides.items())


def _contrary(denials: list[Said]) -> Text:
    stating = sum(one.stance == "denies" for one in denials)
    if stating:
        return text(f"The contrary is stated in {counted(stating, 'statement')}.")
    if len(denials) == 1:
        return text("It does not state the contrary.")
    return text("None of these statements states the contrary.")


def _each_denial(view: View, claim_ids: set[str]) -> Text:
    stances, levels = view.whole.labels("stance"), view.whole.labels("denial")
    words: Text = ()
    for row in each_row(denial_register(view, claim_ids)):
        possibly = "" if row.certainty == "certain" else "possibly "
        when = f"{possibly}{dated(row.when)}"
        if row.outside_when is not None:
            when += f" ({row.outside_publisher}: {dated(row.outside_when).removeprefix('on ')})"
        quote = "" if row.is_content_stated else row.quote
        said = said_text(stances[row.stance], [(row.proposition, row.claim_id, quote)])
        words += sentence(text(f"{when} {row.speaker} ") + said) + text(". ")
        if row.glosses and not row.is_content_stated:
            words += text(
                f"The quoted words do not say what is meant; by {row.publisher}’s gloss, that "
            )
            told = [(Run(what, style="em"), *cited([one])) for what, one in row.glosses]
            words += joined(told, " and that ") + text(". ")
    for claim in _declined(view, claim_ids):
        words += sentence(text(f"{dated(claim.when)} {claim.speaker} {levels[claim.denial]}"))
        words += cited([claim.claim_id]) + text(". ")
    return words


def _declined(view: View, claim_ids: set[str]) -> list[Any]:
    """Return the claims with a level of denial that are no denials: declined, or did not deny."""
    said = each_statement(view)
    return [one for one in said if one.claim_id in claim_ids and not one.is_denial]


def told_turns(view: View, shown: Findings) -> Text:
    """Return which sides came to say so, or likely, on a question; from what, and when."""
    questions = view.whole.labels("question")
    by_question: dict[str, dict[str, list[Turn]]] = {}
    for one in shown.turns:
        by_question.setdefault(one.question_id, {}).setdefault(one.side, []).append(one)
    is_many = sum(map(len, by_question.values())) > MOST_NAMED
    most, most_turns = (FEW_MOVED, FEW_MOVED) if is_many else (MOST_MOVED, MOST_TURNS)
    parts = []
    for question, sides in by_question.items():
        alike: dict[tuple[object, ...], list[list[Turn]]] = {}
        for path in sides.values():
            days = tuple((turn.to_position, turn.to_when) for turn in path)
            key = (path[0].from_position, path[0].from_since, path[0].from_until, *days)
            alike.setdefault(key, []).append(path)
        lead = text(Run(questions[question].rstrip("?"), style="em"), ": ")
        told = [_path(same, most_turns) for same in alike.values()]
        parts.append(lead + joined(few_of(told, most), "; "))
    if not parts:
        return ()
    return text(Run("Who moved? ", style="strong")) + joined(parts, ". ") + text(".")


def _path(paths: list[list[Turn]], most: int) -> Text:
    """Return the sides that moved alike, from what to what, with so many turns at most."""
    first = paths[0][0]
    days = short_dated(first.from_since)
    if first.from_until != first.from_since:
        days = short_dated(When(first.from_since.earliest, first.from_until.latest))
    begin = f"{few_names([path[0].side for path in paths])} {MOVED[first.from_position]} ({days})"
    steps: list[Text] = [(Run(begin), *few_cited([path[0].from_claim for path in paths]))]
    for place, turn in enumerate(paths[0][:most]):
        words = f"{MOVED[turn.to_position]} ({short_dated(turn.to_when)})"
        steps.append((Run(words), *few_cited([path[place].to_claim for path in paths])))
    if len(paths[0]) > most:
        steps.append(text(counted(len(paths[0]) - most, "more turn")))
    return joined(steps, " → ")


def sentence(words: Text) -> Text:
    """Return the text with its first letter a capital."""
    return (replace(words[0], text=capitalised(words[0].text)), *words[1:])
