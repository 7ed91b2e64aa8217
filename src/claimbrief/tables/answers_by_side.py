"""Who says what: a row per side, a column per question, and in a cell the answer and its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.answers_by_side import (
    BOUNDING,
    CLAIMING,
    DENIED,
    DISMISSES,
    NOT_EXPECTED,
    NOT_SO,
    OPEN_TO_COME,
    SILENT_TO_COME,
    WITHOUT_DAY,
    WOULD_NOT_SAY,
)
from claimbrief.analysis.positions import FORETOLD, LIKELY_TO_COME
from claimbrief.blocks import Column, Table
from claimbrief.context import Context
from claimbrief.dataset import NO_QUESTION, OFFICIAL, UNSTATED_QUESTION, each_row
from claimbrief.earlier import through_days
from claimbrief.limits import truncated
from claimbrief.links import cite, claim_link, may, sentence, side_cell
from claimbrief.lookups import rows_by, sort_by_keys
from claimbrief.statements import NOT_YET, REPORT, STAR
from claimbrief.tables.parts import of_last_day, row_of
from claimbrief.texts import Run, Text, joined, text
from claimbrief.view import DENIES, LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.wording import between, counted, listed

SIDES = 9  # how many sides have a row
OFFICIAL_NAMED = 15  # how many governments and organisations without a row are named
UNNAMED = 4  # how many denials of what the words do not name are cited
NOTHING = Run("–", style="small")
WORDS = {
    SAYS_SO: "yes",
    SAYS_LIKELY: "likely",
    NOT_YET: "not yet",
    NOT_SO: "not so",
    DENIES: "denied",
    DISMISSES: "dismissed",
    LEAVES_OPEN: "left open",
    WOULD_NOT_SAY: "would not say",
    FORETOLD: "to come",
    LIKELY_TO_COME: "likely to come",
    NOT_EXPECTED: "not to come",
    OPEN_TO_COME: "left open",
    SILENT_TO_COME: "would not say",
}
UNSPECIFIED = {DISMISSES: "dismissed", DENIES: "denied"}
COUNTED = {  # of one side, and of several
    SAYS_LIKELY: ("calls it likely", "call it likely"),
    NOT_YET: ("said not yet", "said not yet"),
}


def answers_by_side(frame: pd.DataFrame, context: Context) -> Table:
    """Return who says what: a row per side, a column per question, in a cell an answer and its day.

    Of many sides some have a row, the same on every day of the frame, and the note counts the
    others. The key of a row is the side's id; that of a column the question's code, or "side".
    """
    named = _named(of_last_day(frame, context), context)
    places = {side: place for place, side in enumerate(named)}
    frame = sort_by_keys(frame, place=frame["side"].map(places).fillna(len(places)))
    return _matrix(frame.assign(is_named=frame["side"].isin(places)), context)


def _named(frame: pd.DataFrame, context: Context) -> list[str]:
    """Return the sides that have a row, in order.

    Of many, these are the sides that a reader expects to hear, those that say yes to the title's
    question and those that deny something; then those heard most often. None is left out alone.
    """
    sides = frame["side"].unique().tolist()
    if len(sides) <= SIDES + 1:
        return sides
    title, *_ = _asked(context)
    says_yes = (frame["question_id"] == title) & frame["answer"].isin(CLAIMING)
    is_telling = frame["is_expected"] | says_yes | frame["answer"].isin(DENIED)
    first = set(frame.loc[is_telling, "side"])
    return sorted(sides, key=lambda side: side not in first)[:SIDES]


def _asked(context: Context) -> list[str]:
    """Return the questions that have a column, the title's first."""
    return [code for code in context.questions if code not in NO_QUESTION]


@through_days
def _matrix(frame: pd.DataFrame, context: Context) -> Table:
    """Return the table of a day; `is_named` says whether a side has a row of its own."""
    questions = _asked(context)
    cells = rows_by(frame[frame["is_named"]], "side", "question_id")
    rows = [
        row_of(
            side_cell(side, context),
            *(_cell(cells.get((side, code), []), context) for code in questions),
            key=side,
        )
        for side in frame.loc[frame["is_named"], "side"].unique()
    ]
    answers = frame[frame["question_id"].isin(questions)]
    by_answer = _sides_by_answer(answers)
    return Table(
        block_id="table-answers-by-side",
        caption=text(_caption(by_answer, questions, context)),
        subtitle=text(_subtitle(answers[answers["is_named"]])),
        columns=(
            Column("Side", share=1.15, key="side"),
            *(Column(context.short_questions[code], key=code) for code in questions),
        ),
        rows=tuple(rows) if len(answers) else (),
        note=_note(frame, context),
        numbers={
            "sides": answers["side"].nunique(),
            "say_so": {code: by_answer[code, SAYS_SO][1] for code in questions},
            "not_yet": {code: by_answer[code, NOT_YET][1] for code in questions},
        },
    )


def _cell(answers: Sequence[Any], context: Context) -> Text:
    """Return a side's answers to a question, each a link to the claim that gives it."""
    parts = []
    for answer in answers:
        says_so = answer.answer == SAYS_SO and not answer.is_taken_back
        words = answer_words(answer, context)
        parts.append(claim_link(words, answer.claim_id, "strong" if says_so else ""))
    return joined(parts, "; ") or text(NOTHING)


def answer_words(answer: Any, context: Context) -> str:
    """Return an answer, a row of the frame, in the words of its cell: "possibly yes, 12 May"."""
    day = "" if answer.answer in WITHOUT_DAY else f", {context.short_dated(answer.when)}"
    back = " (taken back)" if answer.is_taken_back else ""
    part = "in part " if answer.is_partial else ""
    star = STAR if answer.rests_on == REPORT else ""
    return f"{may(answer)}{part}{WORDS[answer.answer]}{day}{back}{star}"


SidesByAnswer = Mapping[tuple[str, str], tuple[int, int]]


def _sides_by_answer(answers: pd.DataFrame) -> SidesByAnswer:
    """Return how many sides certainly, and in all, give an answer, by question and answer.

    What a side has taken back is no answer of it any more, and to deny a part is not to deny it.
    """
    found: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    is_none = answers["is_taken_back"].astype(bool) | answers["is_partial"].astype(bool)
    answers = answers[~is_none]
    for (question_id, answer), own in rows_by(answers, "question_id", "answer").items():
        certain = {row.side for row in own if row.certainty == "certain"}
        found[question_id, answer] = (len(certain), len({row.side for row in own}))
    return found


def _caption(sides: SidesByAnswer, questions: Sequence[str], context: Context) -> str:
    """Return how many sides say so on the question with most of them, and on the title's."""
    if not sides:
        return "Who says what"
    title, *_ = questions
    if not any(sides[code, SAYS_SO][1] for code in questions):
        as_of = context.short_day(context.at.as_of)
        return f"By {as_of}, nobody says yes to any of the questions"
    widest = _widest(sides, questions)
    low, high = sides[widest, SAYS_SO]
    say = "sides say" if high > 1 else "side says"
    words = f"{context.short_questions[widest]}: {between(low, high)} {say} so"
    if widest == title:
        return words + _short_of_yes(sides, title)
    low, high = sides[title, SAYS_SO]
    does = f"{between(low, high) if high else 'nobody'} {'do' if high > 1 else 'does'}"
    return f"{words}. {context.short_questions[title]}: {does}{_short_of_yes(sides, title)}"


def _widest(sides: SidesByAnswer, questions: Sequence[str]) -> str:
    """Return the question to which most sides say yes: the title's only if none else has any."""
    title, *others = questions
    widest = max(others, key=lambda code: sides[code, SAYS_SO][1], default=title)
    return widest if sides[widest, SAYS_SO][1] else title


def _short_of_yes(sides: SidesByAnswer, title: str) -> str:
    """Return how many sides call it likely, where none says so, and how many say not yet."""
    answers = [NOT_YET] if sides[title, SAYS_SO][1] else [SAYS_LIKELY, NOT_YET]
    words = ""
    for answer in answers:
        low, high = sides[title, answer]
        if high:
            words += f", {between(low, high)} {COUNTED[answer][high > 1]}"
    return words


def _subtitle(answers: pd.DataFrame) -> str:
    """Return what a cell is, and which of its days is not the first."""
    bounds = [f"“{WORDS[answer]}”" for answer in BOUNDING if (answers["answer"] == answer).any()]
    last = f" (for {listed(bounds)}, its last)" if bounds else ""
    starred = " Starred: only reported." if (answers["rests_on"] == REPORT).any() else ""
    return (
        "Each side’s strongest position on each claim, and its first "
        f"day{last}.{starred} A dash: no position found; none is inferred from another column."
    )


def _note(frame: pd.DataFrame, context: Context) -> Text:
    """Return which sides have a row, what the answers mean, and who denies what else."""
    questions = _asked(context)
    answers = frame[frame["question_id"].isin(questions)]
    named = answers[answers["is_named"]]
    parts = [_without_row(frame, context)] if len(answers) else []
    if named["answer"].isin([LEAVES_OPEN, OPEN_TO_COME]).any():
        parts.append("“Left open” (no day): spoke of it without saying so.")
    both = [own for own in rows_by(named, "side", "question_id").values() if len(own) > 1]
    if any({SAYS_SO, NOT_YET} <= {it.answer for it in own if not it.is_partial} for own in both):
        parts.append("Sides can say yes to one claim, “not yet” to another.")
    parts = list(filter(None, parts))
    return joined(
        [text(" ".join(parts))] * bool(parts) + unnamed_denials(frame, answers, context), " "
    )


def _without_row(frame: pd.DataFrame, context: Context) -> str:
    """Return how many sides have no row, and who of them say yes, or not yet."""
    others = frame[~frame["is_named"]]
    if others.empty:
        return ""
    title, *_ = questions = _asked(context)
    words = f"The record has {counted(others['side'].nunique(), 'more side')}."
    widest = _widest(_sides_by_answer(frame), questions)
    also = {"yes": (widest, SAYS_SO), "“not yet”": (title, NOT_YET)}
    for answer, (question, code) in also.items():
        own = others[(others["question_id"] == question) & (others["answer"] == code)]
        own = own[~own["is_taken_back"].astype(bool) & ~own["is_partial"].astype(bool)]
        if len(own):
            words += f" “{context.short_questions[question]}”, also {answer}: {_who(own, context)}."
    return words


def _who(rows: pd.DataFrame, context: Context) -> str:
    """Return the governments and organisations of these rows by name, and how many others.

    There is one row a side. Of many governments, or where there is none, all are counted.
    """
    is_named = rows["kind"].isin(OFFICIAL)
    is_named &= is_named.sum() <= OFFICIAL_NAMED
    named = [f"{may(row)}{context.abbreviations[row.side]}" for row in each_row(rows[is_named])]
    rest = rows[~is_named]
    count = between(int((rest["certainty"] == "certain").sum()), len(rest))
    others = f"{count} other{'s' * (len(rest) != 1)}" if named else count
    return listed([*named, *([others] * bool(len(rest)))])


def unnamed_denials(frame: pd.DataFrame, answers: pd.DataFrame, context: Context) -> list[Text]:
    """Return who denies what the words do not name, in a statement that is in no cell.

    `answers` are the rows of the frame that the cells are made of.
    """
    in_cells = answers.loc[answers["answer"].isin(DENIED), "claim_id"]
    in_table = {context.cited[claim_id].utterance_id for claim_id in in_cells}
    denials = [
        row
        for row in each_row(frame[frame["question_id"] == UNSTATED_QUESTION])
        if context.cited[row.claim_id].utterance_id not in in_table
    ]
    parts = []
    for answer, did in UNSPECIFIED.items():
        links = [
            text(may(row)) + cite(row.claim_id, context) for row in denials if row.answer == answer
        ]
        if links:
            who = sentence(joined(truncated(links, UNNAMED), ", ", " and "))
            parts.append(who + text(f" {did} unspecified accusations."))
    return parts
