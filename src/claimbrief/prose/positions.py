"""Who stands where, in sentences: each question, the denials and the turns."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from claimbrief.analysis.escalation import denial_register
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.lasting import WORDS
from claimbrief.analysis.paths import DENIES, LEAVES_OPEN, LIMITS, SAYS_LIKELY, SAYS_SO
from claimbrief.analysis.standing import FORETOLD, UNDER_WAY, Position, QuestionVoices, Said, Turn
from claimbrief.analysis.statements import NOT_YET, each_statement, is_on_question
from claimbrief.blocks import Run, Text, joined, text
from claimbrief.dataset import NO_RESPONSE, each_row
from claimbrief.dates import When, order
from claimbrief.links import FIRST_NAMED, MOST_NAMED, cited, few_cited, few_names, few_of, said_text
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, number, short_dated

DENIALS = ("D1", "D2", "D3", "D4")  # levels that deny or doubt; the others do neither
MOVED = {
    SAYS_SO: "so",
    SAYS_LIKELY: "likely",
    LIMITS: "not yet",
    DENIES: "denied",
    LEAVES_OPEN: "open",
}
LEVELS = ["D-1", "D0", *DENIALS]
MOST_MOVED = 6  # so many sides that moved on a question are told one by one
MOST_TURNS = 4  # so many turns of a side are
MOST_MOVES = 6  # so many turns of all sides are told one by one
FEW_MOVED = 2  # of more, so many sides of a question and so many turns of each
MOST_LIMITS = 3  # so many statements of what is not so are told, with all who make them
FEW_DAYS = 8  # on so many days it is told how a side answered
NOBODY = "Nobody in this record says so, or calls it likely. "
MOST_SIDES = 5  # so many sides that say so are named with the day of their first claim
FEW_SIDES = 4  # so many are named that leave a question open, foretell or deny
FEW = 4  # so many speakers are told one by one; more by the side that they speak for
HEADS = {
    SAYS_SO: "Said to be so",
    SAYS_LIKELY: "Said to be likely",
    UNDER_WAY: "Said to be under way",
    LIMITS: "Not so, or not yet",
    DENIES: "Denied, or dismissed",
    FORETOLD: "Foretold or prepared",
    LEAVES_OPEN: "Left open",
}


def is_spoken_to(voices: QuestionVoices) -> bool:
    """Return whether anybody speaks to whether something of a question is so."""
    return any(is_on_question(claim) for _, claims in voices.by_stance for claim in claims)


def told_question(view: View, shown: Findings, voices: QuestionVoices) -> Text:
    """Return who says what to a question: each speaker, or each side where they are many."""
    label = view.whole.labels("question")[voices.question_id]
    few = voices.speakers <= FEW
    told = _by_speaker(view, voices) if few else _by_side(voices)
    lead: Text = (Run(f"{label} ", style="strong"),)
    if voices.question_id == shown.first_question and not shown.is_said:
        lead += text(NOBODY)
    return (*lead, *sentence(told), Run("."))


def _by_speaker(view: View, voices: QuestionVoices) -> Text:
    responses = view.whole.labels("response")
    parts: list[Text] = []
    last: tuple[str, str] = ("", "")
    for _, claims in voices.by_stance:
        alike_said: dict[tuple[str, str], list[Any]] = {}
        for claim in claims:
            alike_said.setdefault((claim.speaker, claim.stance_words), []).append(claim)
        for (speaker, _), said in alike_said.items():
            possibly = "" if any(claim.certainty == "certain" for claim in said) else "possibly "
            is_same = len(said) == 1 and (speaker, said[0].proposition) == last
            last = (speaker, said[-1].proposition)
            alike = {(one.told, one.words): one.claim_id for one in reversed(said)}
            said_so = [
                ("this is so" if is_same else told, claim_id, words)
                for (told, words), claim_id in reversed(alike.items())
            ]
            told = said_text(said[0].stance_words, said_so[:MOST_NAMED])
            if len(said_so) > MOST_NAMED:
                told += text(f", and {counted(len(said_so) - MOST_NAMED, 'claim')} more")
            done = dict.fromkeys(one.response for one in said if one.response != NO_RESPONSE)
            also = "".join(f", and {responses[one]}" for one in done)
            parts.append((Run(f"{possibly}{speaker} "), *told, *text(also)))
    return joined(parts, "; ")


def _by_side(voices: QuestionVoices) -> Text:
    """Return each position on a question with the sides that hold it, and since when.

    What is denied, and what is said not to be so yet, is told by itself.
    """
    parts: list[Text] = []
    for position, group in groupby(voices.positions, key=lambda one: one.position):
        sides = list(group)
        if position in (SAYS_SO, SAYS_LIKELY, UNDER_WAY):
            is_told = len(sides) <= FEW
            told = [_side(one, sides[:FEW], is_told=is_told) for one in sides]
            parts.append(
                _head(position) + joined(few_of(told, MOST_SIDES), "; " if is_told else ", ")
            )
        else:
            names = few_names([_possibly(one) + one.side for one in sides], FEW_SIDES)
            parts.append(_head(position) + text(names))
    return joined(parts, ". ")


def _head(position: str) -> Text:
    return text(Run(f"{HEADS[position]}:", style="strong"), " ")


def _side(one: Position, group: list[Position], *, is_told: bool) -> Text:
    """Return a side with the day of its first claim, and where asked for what it says.

    What several of a group say alike is told with the first of them.
    """
    how = "" if one.first.rests_on == WORDS else ", as reported"
    since = f"{short_dated(one.first.when)}{how}"
    earlier: Text = ()
    for said in one.reported:
        earlier += text(f"; as reported, {short_dated(said.when)}") + cited([said.claim_id])
    lead = f"{_possibly(one)}{one.side} ({since}"
    alike = [other for other in group if other.first.proposition == one.first.proposition]
    told: Text = ()
    if is_told and one.first.words:
        told = text(": ", Run(one.first.words, style="quote"))
    elif is_told and alike[0] is one:
        told = text(": that ", Run(one.first.proposition, style="em"))
        told += text(f"; “{one.first.hedge}”") if one.first.hedge else ()
    elif is_told:
        told = text(": the same")
    return (Run(lead), *told, *earlier, Run(")"), *cited([one.first.claim_id]))


def _possibly(one: Position) -> str:
    return "" if one.first.certainty == "certain" else "possibly "


def told_denials(view: View, shown: Findings) -> Text:
    """Return what is denied by sides that make no claim themselves, and how each side's changed."""
    words = text(Run("Denied? ", style="strong"))
    denials = list(shown.denials)
    if not any(one.denial in DENIALS for one in denials):
        return words + text("The record holds no denial.")
    if len(denials) <= FEW:
        return words + _each_denial(view, {one.claim_id for one in denials}) + _contrary(shown)
    told = [  # to decline to comment is no denial
        text(f"{capitalised(side)}: ") + _answers(view, _by_day(group))
        for side, group in _by([one for one in denials if one.denial in DENIALS])
    ]
    more = ""
    most = MOST_NAMED if len(told) <= MOST_NAMED else FIRST_NAMED
    if len(told) > most:
        more = f"{capitalised(number(len(told) - most))} more sides answered. "
    return words + joined(told[:most], ". ") + text(". ", more) + _contrary(shown)


def told_limits(shown: Findings) -> Text:
    """Return what is said not to be so, or not yet, without being denied as such, and by whom.

    What more speakers say stands first.
    """
    if not shown.limits:
        return ()
    parts = []
    for head, is_not_yet in (("Not yet so: ", True), ("Not so: ", False)):
        alike: dict[tuple[str, str], list[Said]] = {}
        for one in shown.limits:
            if (one.stance == NOT_YET) == is_not_yet:
                alike.setdefault((one.proposition, one.words), []).append(one)
        said = [_limit(claims) for claims in sorted(alike.values(), key=len, reverse=True)]
        if said:
            parts.append(text(head) + joined(few_of(said, MOST_LIMITS), "; "))
    lead = text(Run("Not so, or not yet? ", style="strong"), "These are limits and no denials. ")
    return lead + joined(parts, ". ") + text(".")


def _limit(claims: list[Said]) -> Text:
    """Return what is said not to be so by one or several, and by whom."""
    what = (
        Run(claims[0].words, style="quote")
        if claims[0].words
        else Run(claims[0].proposition, style="em")
    )
    told = []
    for one in claims:
        how = "" if one.rests_on == WORDS else ", as reported"
        hedge = f"; “{one.hedge}”" if one.hedge else ""
        lead = f"{_possibly_said(one)}{one.speaker} ({short_dated(one.when)}{how}{hedge})"
        told.append((Run(lead), *cited([one.claim_id])))
    return text("that " if not claims[0].words else "", what, ": ") + joined(told, ", ")


def _answers(view: View, days: list[list[Said]]) -> Text:
    """Return how a side answered, day by day; the order is told only where the dates tell it."""
    levels = view.whole.labels("denial")
    words: Text = ()
    for place, said in enumerate(days[:FEW_DAYS]):
        first = next((one for one in said if not one.words), said[0])
        if place:
            earlier = days[place - 1][0].when
            is_clear = earlier == first.when or order(earlier, first.when) == "before"
            words += text("; " if is_clear else "; in no known order, ")
        words += text(f"{_possibly_said(first)}{first.speaker} ({short_dated(first.when)}) ")
        if first.stance in ("dismisses", "denies"):
            words += _dismissed(said)
        else:
            words += text(levels[first.denial]) + few_cited([one.claim_id for one in said])
    if len(days) > FEW_DAYS:
        words += text(f"; and so on {counted(len(days) - FEW_DAYS, 'more day')}")
    return words


def _dismissed(said: list[Said]) -> Text:
    """Return what is denied or dismissed, each with its hedge; first what rests on words.

    Of claims of one content the first is told, with links to all of them.
    """
    alike: dict[tuple[str, str], list[Said]] = {}
    for one in sorted(said, key=lambda one: one.rests_on != WORDS):
        alike.setdefault((one.stance_words, one.proposition), []).append(one)
    without = [claims for claims in alike.values() if claims[0].words]
    named = [claims for claims in alike.values() if not claims[0].words]
    cited_too = [one.claim_id for claims in without for one in claims] if named else []
    parts = []
    for claims in named or without:
        first = claims[0]
        hedge = text(f" (“{first.hedge}”)") if first.hedge else ()
        told = said_text(first.stance_words, [(first.proposition, "", first.words)]) + hedge
        parts.append(told + few_cited([one.claim_id for one in claims] + cited_too))
    return joined(parts, " and ")


def _possibly_said(claim: Said) -> str:
    return "" if claim.certainty == "certain" else "possibly "


def _by_day(claims: list[Said]) -> list[list[Said]]:
    """Return the claims of each speaker and day that go furthest in denying, by day."""
    days: dict[tuple[When, str], list[Said]] = {}
    for one in claims:
        days.setdefault((one.when, one.speaker), []).append(one)
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


def _contrary(shown: Findings) -> Text:
    """Return how many denials state the contrary of what is so, and who does of what is to come."""
    stating = shown.stating_contrary
    if stating:
        words = text(f"The contrary is stated in {counted(stating, 'statement')}.")
    elif len(shown.denials) == 1:
        words = text("It does not state the contrary.")
    else:
        words = text("None of these statements states the contrary of what is said to be so.")
    if not shown.contrary_to_come:
        return words
    told = [
        (Run(f"{one.speaker} ({short_dated(one.when)})"), *cited([one.claim_id]))
        for one in shown.contrary_to_come
    ]
    return words + text(" Of what is to come, ") + joined(few_of(told), " and ") + text(" did.")


def _each_denial(view: View, claim_ids: set[str]) -> Text:
    levels = view.whole.labels("denial")
    words: Text = ()
    for row in each_row(denial_register(view, claim_ids)):
        possibly = "" if row.certainty == "certain" else "possibly "
        when = f"{possibly}{dated(row.when)}"
        if row.outside_when is not None:
            when += f" ({row.outside_publisher}: {dated(row.outside_when).removeprefix('on ')})"
        quote = "" if row.is_content_stated else row.quote
        said = said_text(row.stance_words, [(row.proposition, row.claim_id, quote)])
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
    is_many = sum(map(len, by_question.values())) > MOST_MOVES
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
    before = [first.from_position, *(turn.to_position for turn in paths[0])]
    moved = [  # not those by which a side came back to the position told before
        (place, turn) for place, turn in enumerate(paths[0]) if turn.to_position != before[place]
    ]
    for place, turn in moved[:most]:
        words = f"{MOVED[turn.to_position]} ({short_dated(turn.to_when)})"
        steps.append((Run(words), *few_cited([path[place].to_claim for path in paths])))
    if len(moved) > most:
        steps.append(text(counted(len(moved) - most, "more turn")))
    return joined(steps, " → ")


def sentence(words: Text) -> Text:
    """Return the text with its first letter a capital."""
    return (replace(words[0], text=capitalised(words[0].text)), *words[1:])
