"""Who stands where, in sentences: each question, the denials and the turns."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from claimbrief.analysis.escalation import denial_register
from claimbrief.analysis.findings import Findings, Position, QuestionVoices, Said, Turn
from claimbrief.analysis.paths import DENIES, LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.blocks import Run, Text, joined, text
from claimbrief.dataset import NO_RESPONSE, each_row
from claimbrief.dates import order
from claimbrief.links import cited, said_text
from claimbrief.steps import POSITIONS
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, dated, listed, short_dated

DENIALS = ("D1", "D2", "D3", "D4")  # levels that deny or doubt; the others do neither
LEVELS = ["D-1", "D0", *DENIALS]
FEW = 4  # so many speakers are told one by one; more by the side that they speak for
TOLD = {"says_so": "said", "says_likely": "called likely", "denies": "denied or dismissed"}
HEADS = {
    "says_so": "Said to be so by ",
    "says_likely": "Said to be likely by ",
    "denies": "Denied or dismissed by ",
    "leaves_open": "Left open by ",
}


def is_on_ladder(voices: QuestionVoices) -> bool:
    """Return whether anybody says something above the lowest step to a question."""
    return any(said.rung for _, claims in voices.by_stance for said in claims)


def told_question(view: View, shown: Findings, voices: QuestionVoices) -> Text:
    """Return who says what to a question: each speaker, or each side where they are many."""
    label = view.whole.labels("question")[voices.question_id]
    if voices.speakers <= FEW:
        told = _by_speaker(view, voices)
    else:
        told = _by_side(view, voices, shown.asserting)
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
            said_so = [
                ("this is so" if is_same else one.told, one.claim_id, one.words) for one in said
            ]
            told = said_text(stances[stance], said_so)
            done = dict.fromkeys(one.response for one in said if one.response != NO_RESPONSE)
            also = "".join(f", and {responses[one]}" for one in done)
            parts.append((Run(f"{possibly}{speaker} "), *told, *text(also)))
    return joined(parts, "; ")


def _by_side(view: View, voices: QuestionVoices, asserting: frozenset[str]) -> Text:
    """Return each position on a question with the sides that hold it, and since when.

    What a side denies that elsewhere says so is told with the denials.
    """
    parts: list[Text] = []
    for position, group in groupby(voices.positions, key=lambda one: one.position):
        sides = [one for one in group if position != DENIES or one.side not in asserting]
        if sides:
            parts.append(_position(position, sides))
    return joined(parts, ". ")


def _position(position: str, sides: list[Position]) -> Text:
    """Return a position: the sides alone where they are many, else with what each says.

    How many leave it open is told as a number; the matrix names them.
    """
    same = {one.first.proposition for one in sides}
    head = HEADS[position]
    if position == LEAVES_OPEN:
        return text(f"{head}{counted(len(sides), 'side')}")
    if len(same) == 1 and len(sides) > 1:
        return text("That ", Run(same.pop(), style="em"), f" is {TOLD[position]} by ") + joined(
            [_side(one) for one in sides], ", ", " and "
        )
    if position == SAYS_SO and len(sides) > FEW:
        head = head.replace(" by ", ", in one form or another, by ")
    is_told = position in (SAYS_SO, SAYS_LIKELY) and len(sides) <= FEW
    told = [_side(one, is_told=is_told) for one in sides]
    return text(head) + (joined(told, "; ") if is_told else joined(told, ", ", " and "))


def _side(one: Position, *, is_told: bool = False) -> Text:
    """Return a side with the day of its first claim, and where asked for what it says."""
    possibly = "" if one.first.certainty == "certain" else "possibly "
    lead = f"{possibly}{one.side} ({short_dated(one.first.when)}"
    told: Text = ()
    if is_told and one.first.words:
        told = text(": ", Run(one.first.words, style="quote"))
    elif is_told:
        told = text(": that ", Run(one.first.proposition, style="em"))
        told += text(f"; “{one.first.hedge}”") if one.first.hedge else ()
    return (Run(lead), *told, Run(")"), *cited([one.first.claim_id]))


def told_denials(view: View, shown: Findings) -> Text:
    """Return what is denied, by whom, and how each side's denials changed."""
    words = text(Run("Denied? ", style="strong"))
    if not shown.denials:
        return words + text("The record holds no denial.")
    if len(shown.denials) <= FEW:
        return words + _each_denial(view) + _contrary(shown)
    levels = view.whole.labels("denial")
    told = []
    for side, group in _by([one for one in shown.denials if one.side not in shown.asserting]):
        if any(one.denial in DENIALS for one in group):  # to decline to comment is no denial
            told.append(text(f"{capitalised(side)} ") + _levels(levels, _by_day(group)))
    words += joined(told, ". ") + text(". " if told else "")
    return words + _own_denials(shown) + _contrary(shown)


def _levels(labels: dict[str, str], days: list[list[Said]]) -> Text:
    """Return a side's levels of denial, day by day; “then” only where the dates tell the order."""
    words: Text = ()
    for place, said in enumerate(days):
        if place:
            is_later = order(days[place - 1][0].when, said[0].when) == "before"
            words += text(", then " if is_later else " and, in no known order, ")
        words += text(f"{labels[said[0].denial]} ({short_dated(said[0].when)})")
        words += cited([one.claim_id for one in said])
    return words


def _by_day(claims: list[Said]) -> list[list[Said]]:
    """Return the claims of each day that go furthest in denying, by day."""
    days = dict.fromkeys(one.when for one in claims)
    found = []
    for when in days:
        said = [one for one in claims if one.when == when]
        furthest = max(LEVELS.index(one.denial) for one in said)
        found.append([one for one in said if LEVELS.index(one.denial) == furthest])
    return found


def _own_denials(shown: Findings) -> Text:
    """Return what sides deny that say something else to be so: the furthest, and how many more."""
    own = [one for one in shown.denials if one.side in shown.asserting and one.rung]
    if not own:
        return ()
    highest = max(one.rung or 0 for one in own)
    furthest = [one for one in own if one.rung == highest]
    parts = []
    for proposition in dict.fromkeys(one.proposition for one in furthest):
        said = [one for one in furthest if one.proposition == proposition]
        who = joined(
            [
                (Run(f"{one.speaker} ({short_dated(one.when)})"), *cited([one.claim_id]))
                for one in said
            ],
            ", ",
            " and ",
        )
        verb = "denies" if len(said) == 1 else "deny"
        parts.append(who + text(f" {verb} that ", Run(proposition, style="em")))
    words = text("Of the sides that say something to be so, ") + joined(parts, "; ")
    rest = [one.claim_id for one in own if one not in furthest]
    if rest:
        words += text(f"; {counted(len(rest), 'further denial')} of theirs") + cited(rest)
    return words + text(". ")


def _by(claims: list[Said]) -> list[tuple[str, list[Said]]]:
    """Return the claims by side, sides in order of their first claim."""
    sides = dict.fromkeys(claim.side for claim in claims)
    return [(side, [one for one in claims if one.side == side]) for side in sides]


def _contrary(shown: Findings) -> Text:
    if not shown.stating_contrary:
        return text("Nobody in the record states the contrary.")
    accused = [
        one for one in shown.denials if one.stance == "denies" and one.side not in shown.asserting
    ]
    if not accused:
        return text("Nobody whom the statements accuse states the contrary.")
    return text(f"The contrary is stated in {counted(shown.stating_contrary, 'statement')}.")


def _each_denial(view: View) -> Text:
    stances = view.whole.labels("stance")
    words: Text = ()
    for row in each_row(denial_register(view)):
        possibly = "" if row.certainty == "certain" else "possibly "
        when = f"{possibly}{dated(row.when)}"
        if row.outside_when is not None:
            when += f" ({row.outside_publisher}: {dated(row.outside_when).removeprefix('on ')})"
        said = said_text(stances[row.stance], [(row.proposition, row.claim_id, row.quote)])
        words += sentence(text(f"{when} {row.speaker} ") + said) + text(". ")
        if row.glosses and not row.is_content_stated:
            words += text(
                f"The quoted words do not say what is meant; by {row.publisher}’s gloss, that "
            )
            told = [(Run(what, style="em"), *cited([one])) for what, one in row.glosses]
            words += joined(told, " and that ") + text(". ")
    return words


def told_turns(shown: Findings) -> Text:
    """Return which sides left a position for another, from what to what and when."""
    if not shown.turns:
        return ()
    words = text(Run("Who moved? ", style="strong"))
    denying = {one.side for one in shown.denials if one.denial in DENIALS} - shown.asserting
    paths: dict[tuple[object, ...], list[list[Turn]]] = {}
    for side in dict.fromkeys(turn.side for turn in shown.turns if turn.side not in denying):
        path = [turn for turn in shown.turns if turn.side == side]
        days = tuple((turn.from_when, turn.to_position, turn.to_when) for turn in path)
        paths.setdefault((path[0].from_position, *days), []).append(path)
    told = [_path(same) for same in paths.values()]
    return words + joined(told, ". ") + text(".") if told else ()


def _path(paths: list[list[Turn]]) -> Text:
    """Return the sides that moved alike, from what to what."""
    first = paths[0][0]
    sides = listed([path[0].side for path in paths])
    begin = f"{capitalised(sides)}: {POSITIONS[first.from_position]}"
    until = f" (until {short_dated(first.from_when)})"
    steps: list[Text] = [(Run(begin + until), *cited([path[0].from_claim for path in paths]))]
    for place, turn in enumerate(paths[0]):
        words = f"{POSITIONS[turn.to_position]} ({short_dated(turn.to_when)})"
        steps.append((Run(words), *cited([path[place].to_claim for path in paths])))
    return joined(steps, " → ")


def sentence(words: Text) -> Text:
    """Return the text with its first letter a capital."""
    return (replace(words[0], text=capitalised(words[0].text)), *words[1:])
