"""What sides say beside the first question: what most say, who said so first, who dismisses it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.figures import of_last_day
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.positions import first_left_open, sides_with
from claimbrief.context import Context
from claimbrief.dataset import GOVERNMENT, NO_QUESTION, UNSTATED_QUESTION, each_row
from claimbrief.links import claim_link, sentence
from claimbrief.prose.naming import (
    certain,
    finding,
    quotable,
    quotation,
    ranked_questions,
    say,
    short_name,
    sides,
    speakers_cited,
    verbs_of_denial,
    who_say,
)
from claimbrief.prose.taken_back import went_back
from claimbrief.statements import REPORT, reportedly
from claimbrief.texts import Text, joined, text
from claimbrief.view import LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.wording import capitalised, figure, listed, number, up_to

FEW_NAMED = 1  # how many that call a thing likely, or leave it open, are named; more are counted
FEW_SAY_SO = 2  # where so many say so at most, those who call it likely are named
NAMED = 2  # how many who call it likely, or will not say, are named
FEW_SIDES = 2  # how many sides that say a thing are named rather than counted
UNNAMED = "unspecified accusations"
QUOTED = 1  # how many dismissals are quoted
SIDES_NAMED = 3  # how many sides are named in the headline; more are counted


def most_affirmed(found: Findings, question: str, context: Context) -> Text:
    """Return how many say what most sides say, who did first, who leaves it open, and figures.

    It names who calls it likely where few say so.
    """
    own = found.positions[found.positions["question_id"] == question]
    rows, moved = certain(own), len(first_left_open(own))
    so = sides_with(SAYS_SO, rows)
    words = f"{context.short_questions[question]}: {number(len(so))} {say(len(so))} so"
    after = [
        f"{words}; {number(moved)} had left it open before",
        f"{words}; {number(moved)} first left it open",
    ]
    if moved == len(so):
        after = [f"{words}{'; all' if moved > 1 else ', and'} had left it open before"]
    body = [_who_first([own], context)]
    likely, opened = (sides_with(it, rows) for it in (SAYS_LIKELY, LEAVES_OPEN))
    found_with = {"left it open": opened}
    if len(so) <= FEW_SAY_SO:
        found_with = {f"{reportedly(likely['rests_on'])}called it likely": likely, **found_with}
    others = [
        (sides(own, context) if len(own) <= FEW_NAMED else text(f"{number(len(own))} others"))
        + text(f" {verb}")
        for verb, own in found_with.items()
        if len(own)
    ]
    body += [sentence(joined(others))] if others else []
    body += went_back(rows[rows["is_taken_back"]], context)
    body += _figures(found.figures[found.figures["topic"] == question], context)
    return finding([*after, words] if moved else [words], body)


def _figures(figures: pd.DataFrame, context: Context) -> list[Text]:
    """Return the least and the most that was said on the last day with different figures."""
    of_day = of_last_day(figures)
    if of_day.empty:
        return []
    least = min(each_row(of_day), key=lambda row: row.least)
    greatest = max(each_row(of_day), key=lambda row: row.most)
    words = text(f"On {context.short_dated(least.when)} figures, perhaps partial, ran from ")
    words += text(_people(least, least.least))
    are_two = least.speaker != greatest.speaker
    words += _who_gives_it([least]) * are_two
    words += text(f" {up_to(_people(greatest, greatest.most))}")
    words += _who_gives_it([greatest] if are_two else [greatest, least])
    both = f", both {short_name(least.side, context)}"
    return [words + text(both * (are_two and least.side == greatest.side))]


def _people(row: Any, count: int) -> str:
    """Return a figure with what its speaker says of it: "at least 3,000"."""
    low, high = (None if pd.isna(end) else count for end in (row.low, row.high))
    return figure(low, high, row.qualifier)


def _who_gives_it(rows: Sequence[Any]) -> Text:
    """Return who gives a figure, and whether that is only reported: " (reportedly Kyslytsya)"."""
    lead = "reportedly " * any(row.rests_on == REPORT for row in rows)
    return text(f" ({lead}") + claim_link(rows[0].speaker, rows[0].claim_id) + text(")")


def next_affirmed(found: Findings, questions: Sequence[str], context: Context) -> Text:
    """Return how many say so on the next questions, and who was the first to say so on each."""
    heads: list[str] = []
    rows = [found.positions[found.positions["question_id"] == question] for question in questions]
    for question, own in zip(questions, rows, strict=True):
        lead = f"{context.short_questions[question]}: "
        count = len(sides_with(SAYS_SO, certain(own)))
        said = f"{lead}{number(count)}"
        heads.append(said if heads else f"{said} {say(count)} so")
    if not heads:
        return ()
    return finding([". ".join(heads), heads[0]], [_who_first(rows, context)])


def _who_first(questions: Sequence[pd.DataFrame], context: Context) -> Text:
    """Return who was the first to say so; for two questions, in their order.

    For a single question, also the first government, where somebody else was before it.
    `questions` holds each question's rows of `Findings.positions`.
    """
    parts: list[Text] = []
    named = ""
    for rows in questions:
        so = certain(_saying_so(rows))
        first = so.iloc[0]
        who = speakers_cited(so[:1], context, has_side=first["side"] != named)
        named = first["side"]
        others = () if is_first_alone(first, rows) else text(", perhaps with others,")
        if len(questions) == 1:
            said = f" {reportedly(so[:1]['rests_on'])}said so{' first' if len(so) > 1 else ''}"
            parts = [who + others + text(said), *_first_government(rows, context)]
            return sentence(joined(parts, "; "))
        is_report = bool(reportedly(so[:1]["rests_on"]))
        parts.append(who + others + text(" (reportedly)" * is_report))
    return text("First on each: ") + joined(parts, "; ")


def _first_government(rows: pd.DataFrame, context: Context) -> list[Text]:
    """Return which government was surely the first to say so, where somebody else was before it."""
    so, of_governments = certain(_saying_so(rows)), rows[rows["kind"] == GOVERNMENT]
    governments = certain(_saying_so(of_governments))
    if governments.empty or so["kind"].iloc[0] == GOVERNMENT:
        return []
    if not is_first_alone(governments.iloc[0], of_governments):
        return []
    first = governments[:1]
    words = text(f"the first government was {reportedly(first['rests_on'])}")
    return [words + sides(first, context, has_day=True)]


def is_first_alone(first: pd.Series[Any], rows: pd.DataFrame) -> bool:
    """Return whether no other side can have said so as early as the first that did."""
    so = _saying_so(rows)
    others = so[so["side"] != first["side"]]
    return not bool((others["since"] <= first["latest"]).any())


def _saying_so(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by which sides said so, what they took back later among them."""
    return rows[rows["position"] == SAYS_SO]


def most_say(findings: Findings, context: Context) -> Text:
    """Return what most sides say on another question, and who dismisses or denies such claims."""
    positions, first = findings.positions, findings.answer.question
    ranked = ranked_questions(positions, context, first)
    are_named = findings.dismissals["side"].isin(findings.answer.denied_by["side"]).all()
    has_against = bool(ranked) or not are_named  # else the first sentences name them
    if not ranked:
        likely = certain(positions[positions["position"] == SAYS_LIKELY])
        likely = likely[(likely["question_id"] != first) & ~likely["is_taken_back"]]
        if likely.empty:
            against = _dismissed(findings, context) if has_against else ()
            return sentence(against) + text(".") if against else ()
        question = likely["question_id"].iloc[0]
        own = likely[likely["question_id"] == question]
        words = speakers_cited(own, context, NAMED)
        words += text(f" {reportedly(own['rests_on'])}called it likely that ")
    else:
        question = ranked[0]
        own = certain(sides_with(SAYS_SO, positions[positions["question_id"] == question]))
        words = _who(own, context)
    words += text(context.clauses[question])
    against = _dismissed(findings, context, question) if has_against else ()
    return sentence(words) + (text("; ") + against if against else ()) + text(".")


def _who(own: pd.DataFrame, context: Context) -> Text:
    """Return who says so: named where they are few, else how many."""
    if len(own) <= FEW_SIDES:
        return speakers_cited(own, context) + text(f" {reportedly(own['rests_on'])}said that ")
    first, others = who_say(own)
    return text(f"{first}{f', and {others},' if others else ''} say that ")


def _dismissed(findings: Findings, context: Context, question: str = "") -> Text:
    """Return which sides dismissed or denied such claims; nothing where none did.

    Such claims are those on a question, if it is given and the words name what they deny.
    """
    rows = dismissing(findings)
    is_unnamed = (rows["question_id"] == UNSTATED_QUESTION).all()
    if question and not is_unnamed:
        rows = rows[rows["question_id"] == question]
    if rows.empty:
        return ()
    what = UNNAMED if is_unnamed else "such claims"
    return sides(rows, context, FEW_SIDES + 1) + text(f" {verbs_of_denial(rows)} {what}")


def denials(found: Findings, context: Context) -> Text:
    """Return which sides dismiss or deny the claims, in what words, and who did neither.

    A claim of the first question is left to the finding on that.
    """
    named, unnamed = named_and_unnamed(found)
    if (named["question_id"] == found.answer.question).all():
        named = named[:0]
    rows = named if len(named) else unnamed
    if rows.empty:
        return ()
    body = _words(rows, context)
    if len(named) and len(unnamed):
        who = sentence(sides(unnamed, context, SIDES_NAMED, has_day=True))
        opened = _left_open_by_all(unnamed["side"], found, context)
        body.append(who + text(f" {verbs_of_denial(unnamed)} {UNNAMED}{opened}"))
    evaded = certain(found.evasions).drop_duplicates("speaker")
    if len(evaded):
        who = sentence(speakers_cited(evaded, context, NAMED, has_side=False))
        body.append(who + text(" neither confirmed nor denied"))
    return finding(_heads(rows, context, is_named=len(named) > 0), body)


def _left_open_by_all(own: pd.Series[str], found: Findings, context: Context) -> str:
    """Return which claims all of these sides left open: " and left “Unsafe” open"."""
    asked = [code for code in context.questions if code not in NO_QUESTION]
    names = []
    for code in asked:
        rows = certain(found.positions[found.positions["question_id"] == code])
        if set(own) <= set(sides_with(LEAVES_OPEN, rows)["side"]):
            names.append(f"“{context.short_questions[code]}”")
    return f" and left {listed(names)} open" if names else ""


def named_and_unnamed(found: Findings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the dismissals whose words name a claim, and those of sides whose words never do."""
    rows = found.dismissals.sort_values("certainty", kind="stable")
    named = rows[rows["question_id"] != UNSTATED_QUESTION]
    return named, rows[~rows["side"].isin(named["side"])]


def dismissing(found: Findings) -> pd.DataFrame:
    """Return the dismissals whose words name a claim, or where none does, all others."""
    named, unnamed = named_and_unnamed(found)
    return named if len(named) else unnamed


def _words(rows: pd.DataFrame, context: Context) -> list[Text]:
    """Return the words of the first dismissals that can be quoted, or else who spoke."""
    quotes = quotable(rows[rows["is_chosen"]])[:QUOTED]
    if len(quotes):
        return [sentence(quotation(row, context)) for row in each_row(quotes)]
    speakers = rows.drop_duplicates("speaker")
    who = text(f"{capitalised(number(len(speakers)))} speakers")
    if len(speakers) == 1:
        who = sentence(speakers_cited(speakers, context))
    return [who + text(f" {verbs_of_denial(rows)} them")]


def _heads(rows: pd.DataFrame, context: Context, *, is_named: bool) -> list[str]:
    """Return which sides dismiss or deny the claims, or accusations that their words do not name.

    It adds that none states the contrary, where that is so.
    """
    is_certain = (rows["certainty"] == "certain").groupby(rows["side"], sort=False).any()
    names = [
        f"{'' if sure else 'possibly '}{short_name(str(side), context)}"
        for side, sure in is_certain.items()
    ]
    verbs = {"dismisses": "dismiss", "denies": "deny"}
    done = [verb for stance, verb in verbs.items() if (rows["stance"] == stance).any()]
    if len(names) == 1:
        done = [{"dismiss": "dismisses", "deny": "denies"}[verb] for verb in done]
    contrary = ""
    if is_named and not (rows["stance"] == "denies").any():
        contrary = "; none states" if len(names) > 1 else " but does not state"
        contrary += " the contrary"
    claim = f"{' or '.join(done)} {'the claims' if is_named else UNNAMED}"
    many = f"Denials: {number(len(names))} sides {claim}"
    if len(names) > SIDES_NAMED:
        return [f"{many}{contrary}"]
    named = f"Denials: {listed(names)} {claim}"
    return [f"{named}{contrary}", named, many]
