"""The answer to the question of the brief: two or three sentences, true on any day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from claimbrief.analysis.answers_by_side import Answer
from claimbrief.analysis.findings import Findings
from claimbrief.analysis.positions import sides_with
from claimbrief.blocks import Prose
from claimbrief.context import Context
from claimbrief.dataset import OFFICIAL, each_row
from claimbrief.earlier import prose_by_day
from claimbrief.links import cite, sentence
from claimbrief.prose.naming import (
    Reply,
    certain,
    listed_links,
    official_first,
    ranked_questions,
    reply_of,
    speaker_links,
    speakers_cited,
    who_say,
)
from claimbrief.prose.other_questions import dismissing, most_say
from claimbrief.prose.taken_back import went_back
from claimbrief.statements import NOT_YET, REPORT, reportedly
from claimbrief.texts import Run, Text, joined, text
from claimbrief.view import SAYS_SO
from claimbrief.wording import capitalised, clause, counted, day, number, period

DESCRIBED = ("person", "group", "institution")  # kinds of sides whose speakers are described
NAMED = 2  # how many are named; of more, the first, and the number of the others


def answer(by_day: Mapping[date, Findings], context: Context) -> Prose:
    """Return the answer to the question: who says so, who does not, and what most say.

    `by_day` holds the findings of the brief's day, and of earlier days where the text is to have
    what it was (see `claimbrief.analysis.days.findings_by_day`).
    """
    paragraphs = {day: _paragraphs(found, context, day) for day, found in by_day.items()}
    numbers = _numbers(by_day[context.at.as_of], context)
    return prose_by_day("answer", paragraphs, context, look="answer", numbers=numbers)


def _paragraphs(findings: Findings, context: Context, as_of: date) -> dict[str, Text]:
    """Return the sentences of a day by what each is of; none is empty."""
    if certain(findings.positions).empty and certain(findings.answer.said).empty:
        return {"first": _nothing_dated(findings, context, as_of)}
    reply = reply_of(findings)
    paragraphs = {
        "first": text(Run(_lead(findings, reply, context, as_of), style="strong"))
        + not_so(findings.answer, reply, context),
        "nearest": _nearest(findings.answer, reply, context),
        "most": most_say(findings, context),
    }
    return {key: words for key, words in paragraphs.items() if words}


def _nothing_dated(findings: Findings, context: Context, as_of: date) -> Text:
    """Return that the record holds nothing that was certainly said on the question by the day."""
    at = context.at
    lead = f"By {day(as_of)} the record holds no dated statement on the question."
    if at.basis != "said":
        lead = f"By {day(as_of)} no statement on the question had certainly been {at.basis}."
    words = text(Run(lead, style="strong"))
    older = findings.positions.drop_duplicates("utterance_id")
    if findings.out_of_view:
        window = period(at.window_start, at.window_end)
        return words + text(f" What it holds was {at.basis} later, or lies outside {window}.")
    if older.empty:
        return words
    may = f" {capitalised(counted(len(older), 'statement'))} may be older"
    if len(older) > NAMED:
        return words + text(f"{may}.")
    links = joined([cite(row.claim_id, context) for row in each_row(older)], ", ", " and ")
    return words + text(f"{may}: ") + links + text(".")


def _lead(findings: Findings, reply: Reply, context: Context, as_of: date) -> str:
    question = context.clauses[findings.answer.question]
    denied = clause(findings.answer.denied) or question
    if reply.case == "nobody":
        return f"Nobody in this record says that {denied}."
    if reply.case == "unquoted":
        return f"Nobody in this record is quoted as saying that {question}."
    if reply.case == "possibly":
        said = "said" if context.at.basis == "said" else f"been {context.at.basis} as saying"
        return f"Nobody is known to have {said} by {context.month_day(as_of)} that {denied}."
    who = "No government" if findings.positions["kind"].isin(OFFICIAL).any() else "Nobody"
    if reply.case == "no_government":
        return f"{who} in this record says that {denied}."
    if reply.case == "not_outright":
        return f"{who} in this record says outright that {question}."
    first, others = who_say(reply.so)
    if len(reply.so) == 1:
        return f"{capitalised(first)} in this record says that {question}."
    say = "says" if first.startswith("one ") else "say"
    also = f", and so {'does' if others == 'one other' else 'do'} {others}" if others else ""
    return f"{capitalised(first)} in this record {say} that {question}{also}."


def _nearest(found: Answer, reply: Reply, context: Context) -> Text:
    """Return who says so, or likely, or comes near to it; nothing where nobody does."""
    if reply.case == "nobody":
        if not found.by_outlets:
            return ()
        outlet = Run("a news outlet’s own words", f"#{found.by_outlets[0]}")
        return text("Only ", outlet, " say so.")
    if reply.case == "unquoted":
        first = next(each_row(found.not_counted))
        said = f" say that {clause(first.proposition)}."
        return text("A paraphrase alone has ") + cite(first.claim_id, context) + text(said)
    if reply.case == "possibly":
        how = "only" if context.at.basis == "said" else context.at.basis
        so = found.said[found.said["stance"] == "affirms"].drop_duplicates("side")
        other = found.said[~found.said["side"].isin(so["side"])].drop_duplicates("side")
        words = _claims(so, other, found.question, context)
        return text(f"Perhaps {how} later, ") + words + text(".")
    words = _claims(reply.so, reply.likely, found.question, context)
    is_all = len(reply.so) + len(reply.likely) <= NAMED and reply.case != "some"
    return (text("Only ") + words if is_all else sentence(words)) + text(".")


def _claims(so: pd.DataFrame, likely: pd.DataFrame, question: str, context: Context) -> Text:
    """Return what the first say, or call likely, and how many more do: one row per side."""
    rows = pd.concat([so, likely])
    parts: list[Text] = []
    before = ""
    for row in each_row(rows[:NAMED]):
        said, so_too = ("said", "so too") if row.stance == "affirms" else ("called it likely", "")
        said = f"{reportedly([row.rests_on])}{said}"
        content = so_too if row.proposition == before else f"that {clause(row.proposition)}"
        described = _described(row)
        has_side = context.abbreviations[row.side] not in described
        who = cite(row.claim_id, context, has_side=has_side) + text(described)
        parts.append(who + text(f" {f'{said} {content}'.rstrip()}"))
        before = row.proposition
    if len(rows) > NAMED:
        did = ["said so"] * (len(so) > NAMED)
        if len(rows) > max(len(so), NAMED):
            did.append(f"called “{context.short_questions[question]}” likely")
        parts.append(text(f"{number(len(rows) - NAMED)} more {' or '.join(did)}"))
    return joined(parts, "; ")


def _described(row: Any) -> str:
    """Return what the speaker is, in commas, where no government is behind the name."""
    role, _, _ = row.speaker_role.partition(";")  # behind it stands how the words reached us
    if row.kind not in DESCRIBED or not role:
        return ""
    return f", {role[0].lower() + role[1:] if role[1:2].islower() else role},"


def _numbers(findings: Findings, context: Context) -> dict[str, object]:
    reply, found = reply_of(findings), findings.answer
    ranked = ranked_questions(findings.positions, context, found.question)[:1]
    so = certain(sides_with(SAYS_SO, findings.positions))
    kinds = so.loc[so["question_id"].isin(ranked), "kind"]
    official = int(kinds.isin(OFFICIAL).sum())
    is_undated = certain(findings.positions).empty and certain(found.said).empty
    return {
        "case": reply.case,
        "say_so": len(reply.so),
        "call_it_likely": len(reply.likely),
        "say_not_so_or_not_yet": found.denied_by["speaker"].nunique(),
        "more_than_named": more_than_named(found),
        "most_affirmed": ranked,
        "governments_and_organisations": official,
        "others": len(kinds) - official,
        "dismissing_sides": dismissing(findings)["side"].nunique(),
        "may_be_older": findings.positions["utterance_id"].nunique() if is_undated else 0,
    }


def not_so(found: Answer, reply: Reply, context: Context) -> Text:
    """Return who says that it is not so, or not yet, and who took it back; or nothing.

    What they say so of is named by the sentence before, or else by this one.
    """
    is_named = reply.case in ("nobody", "possibly", "no_government")
    parts: list[Text] = []
    for yet, own in _contrary(found):
        if len(own):
            said = f"said that {'it' if parts else 'this'} was not{yet} so"
            if not is_named and not parts:
                said = f"said that it was not yet so that {clause(found.denied)}"
                said = said if yet else f"denied that {clause(found.denied)}"
            parts.append(_expecting(own, context) + text(f" {reportedly(own['rests_on'])}{said}"))
    words = text(" ") + sentence(joined(parts, "; ")) + text(".") if parts else ()
    return words + joined([text(" ", *it, ".") for it in went_back(found.taken_back, context)], "")


def _contrary(found: Answer) -> list[tuple[str, pd.DataFrame]]:
    """Return who says that it is not so yet, and who says that it is not so, officials first."""
    rows = official_first(found.denied_by)
    is_not_yet = rows["stance"] == NOT_YET
    return [(" yet", rows[is_not_yet]), ("", rows[~is_not_yet])]


def _expecting(rows: pd.DataFrame, context: Context) -> Text:
    """Return who says that it is not so; those who foresee it first, as such, then the others."""
    expecting, others_named, rest = _named(rows)
    is_report = rows["rests_on"] == REPORT
    # Where all are reports, the verb says it.
    reports = set() if is_report.all() else set(rows.loc[is_report, "claim_id"])
    links = speaker_links(others_named, context)
    others = [
        text("reportedly " if claim_id in reports else "") + link
        for claim_id, link in zip(others_named["claim_id"], links, strict=True)
    ]
    if len(rest):
        lead = "reportedly " if set(rest["claim_id"]) <= reports else ""
        others.append(text(f"{lead}{counted(len(rest), 'other')}"))
    if expecting.empty:
        return listed_links(others)
    foresee = "foresees" if len(expecting) == 1 else "foresee"
    words = speakers_cited(expecting, context) + text(f", who {foresee} it,")
    return words + text(" and ") * bool(others) + listed_links(others)


def _named(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return who is named as foreseeing it, who else is named, and who is only counted.

    Where somebody foresees it, of others a single one is named; else governments and organisations.
    """
    rows = rows.drop_duplicates("utterance_id")
    expecting = rows[rows["is_expected"]][:NAMED]
    others = rows[~rows.index.isin(expecting.index)]
    chosen = others if len(others) == 1 else others[:0]
    if expecting.empty:
        official = others[others["kind"].isin(OFFICIAL)]
        chosen = (official if len(official) else others)[:NAMED]
    return expecting, chosen, others[~others.index.isin(chosen.index)]


def more_than_named(found: Answer) -> list[int]:
    """Return how many say so that are not named: of those who say not yet, and of the others."""
    return [len(_named(rows)[2]) for _, rows in _contrary(found)]
