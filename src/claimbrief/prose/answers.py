"""Denials, limits and turns, in sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.dates import order, parse
from claimbrief.limits import LIMITS, name_list, truncated
from claimbrief.links import around_claim, citation, sentence, short_citation, statement_text
from claimbrief.lookups import rows_by
from claimbrief.statements import DENYING, HEDGED, NOT_YET, UNSTATED, WORDS
from claimbrief.texts import Run, Text, joined, text
from claimbrief.view import DENIES, LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.view import LIMITS as BOUNDS
from claimbrief.wording import capitalised, counted, dated, number, short_dated

LEVELS = ["D-1", "D0", "D1", "D2", "D3", "D4"]
DENYING_LEVELS = LEVELS[2:]  # levels that deny or doubt; the others do neither
MOVED = {
    SAYS_SO: "so",
    SAYS_LIKELY: "likely",
    BOUNDS: "not yet",
    DENIES: "denied",
    LEAVES_OPEN: "open",
}
DAYS_NAMED = 8  # so many days on which a side answered are named
LIMITS_NAMED = 2  # so many statements of what is not so are named, with all who make them
SIDES_MOVED = 6  # so many sides that moved on a question are named
TURNS_NAMED = 4  # so many turns of a side are named
TURNS_IN_ALL = 6  # of more turns of all sides, only SHORT sides and turns are named
SHORT = 2


def denials(findings: Findings, context: Context) -> Text:
    """Return what is denied by sides that make no claim themselves, and how each side's changed."""
    lead = text(Run("Denied? ", style="strong"))
    claims = findings.denials
    is_denying = claims["denial"].isin(DENYING_LEVELS)
    if not is_denying.any() and len(findings.denied_to_come):
        return lead + _to_come(findings, context)
    if not is_denying.any():
        return lead + text(f"No denial had been {context.at.basis} by the brief’s day.")
    if findings.denial_register is not None:
        return (
            lead
            + _each_denial(findings, findings.denial_register, context)
            + _contrary(findings, context)
        )
    sides = [  # to decline to comment is no denial
        text(f"{capitalised(context.names[side])}: ") + _by_day(answers, context)
        for (side,), answers in rows_by(claims[is_denying], "side").items()
    ]
    limit = LIMITS.names if len(sides) <= LIMITS.names else LIMITS.first_names
    more = ""
    if len(sides) > limit:
        more = f"{capitalised(counted(len(sides) - limit, 'more side'))} answered. "
    return lead + joined(sides[:limit], ". ") + text(". ", more) + _contrary(findings, context)


def _each_denial(findings: Findings, register: pd.DataFrame, context: Context) -> Text:
    """Return a sentence for each denial, then for each answer that is no denial."""
    claims = findings.denials
    words: Text = ()
    for row in each_row(register[register["claim_id"].isin(claims["claim_id"])]):
        words += _denial(row)
    levels = context.labels["denial"]
    for row in each_row(claims[~claims["is_denial"]]):
        words += sentence(text(f"{dated(row.when)} {row.speaker} {levels[row.denial]}"))
        words += citation([row.claim_id]) + text(". ")
    return words


def _denial(row: Any) -> Text:
    when = f"{_possibly(row)}{dated(row.when)}"
    if row.outside_when:
        when += f" ({row.outside_publisher}: {dated(row.outside_when).removeprefix('on ')})"
    is_stated = row.content != UNSTATED
    claim = (row.proposition, row.claim_id, "" if is_stated else row.quote)
    words = text(f"{when} {row.speaker} ") + statement_text(row.stance_label, [claim])
    words = sentence(words) + text(". ")
    if not row.glosses or is_stated:
        return words
    glosses = [
        (Run(proposition, style="em"), *citation([claim_id]))
        for proposition, claim_id in zip(row.glosses, row.gloss_ids, strict=True)
    ]
    opening = f"The quoted words do not say what is meant; by {row.publisher}’s gloss, that "
    return words + text(opening) + joined(glosses, " and that ") + text(". ")


def _by_day(answers: list[Any], context: Context) -> Text:
    """Return how a side answered, day by day; the order stands where the dates give it."""
    days: dict[tuple[str, str], list[Any]] = {}
    for answer in answers:
        days.setdefault((answer.when, answer.speaker), []).append(answer)
    levels = context.labels["denial"]
    words: Text = ()
    before = ""
    for (when, speaker), group in list(days.items())[:DAYS_NAMED]:
        furthest = max(LEVELS.index(answer.denial) for answer in group)
        group = [answer for answer in group if answer.denial == LEVELS[furthest]]
        first = next((answer for answer in group if not answer.bare_quote), group[0])
        if before:
            is_clear = before == when or order(parse(before), parse(when)) == "before"
            words += text("; " if is_clear else "; in no known order, ")
        words += text(f"{_possibly(first)}{speaker} ({short_dated(when, context.at.year)}) ")
        if first.stance in DENYING:
            words += _dismissals(group)
        else:
            ids = [answer.claim_id for answer in group]
            words += text(levels[first.denial]) + short_citation(ids)
        before = when
    if len(days) > DAYS_NAMED:
        words += text(f"; and so on {counted(len(days) - DAYS_NAMED, 'more day')}")
    return words


def _dismissals(group: list[Any]) -> Text:
    """Return what is denied or dismissed, each with its hedge; first what rests on words.

    Of claims of one content the first is given, with links to all of them.
    """
    alike: dict[tuple[str, str], list[Any]] = {}
    for answer in sorted(group, key=lambda answer: answer.rests_on != WORDS):
        alike.setdefault((answer.stance_label, answer.proposition), []).append(answer)
    bare = [claims for claims in alike.values() if claims[0].bare_quote]
    named = [claims for claims in alike.values() if not claims[0].bare_quote]
    bare_ids = [answer.claim_id for claims in bare for answer in claims] if named else []
    by_label: dict[str, list[Text]] = {}
    for claims in named or bare:
        first = claims[0]
        quote = first.bare_quote
        content = Run(quote, style="quote") if quote else Run(first.proposition, style="em")
        hedge = text(f" (“{first.hedge}”)") if first.hedge else ()
        ids = [answer.claim_id for answer in claims] + bare_ids
        words = (content, *hedge, *short_citation(ids))
        by_label.setdefault("said: …" if quote else first.stance_label, []).append(words)
    parts = []
    for label, contents in by_label.items():
        before, after = around_claim(label)
        again = " and that " if before.endswith("that ") else " and "
        parts.append(text(before) + joined(contents, again) + text(after))
    return joined(parts, " and ")


def _contrary(findings: Findings, context: Context) -> Text:
    """Return how many denials state the contrary, and what that is to come is denied."""
    if findings.stating_contrary:
        words = text(_stated(findings))
    elif len(findings.denials) == 1:
        words = text("It does not state the contrary.")
    else:
        words = text("None of these statements states the contrary of what is said to be so.")
    if findings.denied_to_come.empty:
        return words
    return words + text(" ") + _to_come(findings, context)


def _to_come(findings: Findings, context: Context) -> Text:
    """Return who denied or dismissed what is to come."""
    who = [
        text(f"{_possibly(row)}{row.speaker} ({short_dated(row.when, context.at.year)}) ")
        + statement_text(row.stance_label, [(row.proposition, row.claim_id, "")])
        for row in each_row(findings.denied_to_come)
    ]
    return text("Of what is to come, ") + joined(truncated(who), "; ") + text(".")


def _stated(findings: Findings) -> str:
    """Return how many denials state the contrary, and how many of them with a hedge."""
    denials = findings.denials[findings.denials["stance"] == "denies"]
    count, hedged = len(denials), int(denials["commitment"].isin(HEDGED).sum())
    if len(findings.denials) == 1:
        return "It states the contrary, with a hedge." if hedged else "It states the contrary."
    state = "states" if count == 1 else "state"
    of = "of these statements"
    words = f"{capitalised(number(count))} {of} {state} the contrary of what is said to be so"
    if not hedged:
        return f"{words}."
    if hedged == count:
        return f"{words}, {'each ' if hedged > 1 else ''}with a hedge."
    return f"{words}, {number(hedged)} of them with a hedge."


def limits(findings: Findings, context: Context) -> Text:
    """Return what is said not to be so, or not yet, without being denied as such, and by whom.

    What more speakers say stands first.
    """
    claims = findings.limits
    if claims.empty:
        return ()
    is_not_yet = claims["stance"] == NOT_YET
    parts = []
    for head, rows in (("Not yet so: ", claims[is_not_yet]), ("Not so: ", claims[~is_not_yet])):
        alike = rows_by(rows, "proposition", "bare_quote").values()
        said = [_limit(group, context) for group in sorted(alike, key=len, reverse=True)]
        if said:
            parts.append(text(head) + joined(truncated(said, LIMITS_NAMED), "; "))
    are = (
        "This is a limit and no denial. "
        if len(claims) == 1
        else "These are limits and no denials. "
    )
    lead = text(Run("Not so, or not yet? ", style="strong"), are)
    return lead + joined(parts, ". ") + text(".")


def _limit(group: list[Any], context: Context) -> Text:
    """Return what is said not to be so, and by whom."""
    quote = group[0].bare_quote
    content = Run(quote, style="quote") if quote else Run(group[0].proposition, style="em")
    who = []
    for claim in group:
        how = "" if claim.rests_on == WORDS else ", as reported"
        hedge = f"; “{claim.hedge}”" if claim.hedge else ""
        when = short_dated(claim.when, context.at.year)
        lead = f"{_possibly(claim)}{claim.speaker} ({when}{how}{hedge})"
        who.append((Run(lead), *citation([claim.claim_id])))
    return text("that " if not quote else "", content, ": ") + joined(who, ", ")


def _possibly(claim: Any) -> str:
    return "" if claim.certainty == "certain" else "possibly "


def turns(findings: Findings, context: Context) -> Text:
    """Return which sides came to say so, or likely, on a question; from what, and when."""
    rows = findings.turns
    if rows.empty:
        return ()
    is_many = len(rows) > TURNS_IN_ALL
    most_sides, most_turns = (SHORT, SHORT) if is_many else (SIDES_MOVED, TURNS_NAMED)
    parts = []
    for question_id in rows["question_id"].unique():
        paths: dict[tuple[object, ...], list[list[Any]]] = {}
        own = rows[rows["question_id"] == question_id]
        for path in rows_by(own, "side").values():
            first = path[0]
            days = tuple((turn.to_position, turn.to_when) for turn in path)
            key = (first.from_position, first.from_since, first.from_until, *days)
            paths.setdefault(key, []).append(path)
        lead = text(Run(context.questions[question_id].rstrip("?"), style="em"), ": ")
        moved = [_path(same, most_turns, context) for same in paths.values()]
        parts.append(lead + joined(truncated(moved, most_sides), "; "))
    return text(Run("Who moved? ", style="strong")) + joined(parts, ". ") + text(".")


def _path(paths: list[list[Any]], limit: int, context: Context) -> Text:
    """Return the sides that moved alike, from what to what, with so many turns at most."""
    first = paths[0][0]
    names = name_list([context.names[path[0].side] for path in paths])
    days = short_dated(first.from_since, context.at.year)
    if first.from_until != first.from_since:
        days += f" to {short_dated(first.from_until, context.at.year)}"
    begin = f"{names} {MOVED[first.from_position]} ({days})"
    steps: list[Text] = [(Run(begin), *short_citation([path[0].from_claim for path in paths]))]
    before = [first.from_position, *(turn.to_position for turn in paths[0])]
    moved = [  # not those by which a side came back to the position named before
        (step, turn) for step, turn in enumerate(paths[0]) if turn.to_position != before[step]
    ]
    for step, turn in moved[:limit]:
        words = f"{MOVED[turn.to_position]} ({short_dated(turn.to_when, context.at.year)})"
        steps.append((Run(words), *short_citation([path[step].to_claim for path in paths])))
    if len(moved) > limit:
        steps.append(text(counted(len(moved) - limit, "more turn")))
    return joined(steps, " → ")
