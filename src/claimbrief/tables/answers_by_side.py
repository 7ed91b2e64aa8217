"""Who says what: a row a side, a column a question, and in a cell the answer and its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.answers_by_side import (
    CLAIMING,
    DENIED,
    DISMISSES,
    NOT_EXPECTED,
    NOT_SO,
    WOULD_NOT_SAY,
)
from claimbrief.analysis.positions import FORETOLD
from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION
from claimbrief.earlier import through_days
from claimbrief.links import cites
from claimbrief.lookups import rows_by
from claimbrief.statements import NOT_YET
from claimbrief.tables.positions import side_name
from claimbrief.texts import Run, Style, Text, claim_anchor, joined, text
from claimbrief.view import DENIES, LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.wording import between, capitalised, counted, number, short_dated, short_day

SIDES = 12  # so many sides have a row of their own; the others share the last
UNNAMED = 4  # so many denials that name nothing are cited
OTHERS = "others"  # the key of that row
NO_COLUMN = (CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION)
NOTHING = Run("–", style="small")
WORDS = {
    SAYS_SO: "says so",
    SAYS_LIKELY: "likely",
    NOT_YET: "not yet",
    NOT_SO: "not so",
    DENIES: "denied",
    DISMISSES: "dismissed",
    LEAVES_OPEN: "left open",
    WOULD_NOT_SAY: "would not say",
    FORETOLD: "expects it",
    NOT_EXPECTED: "does not expect it",
}
COUNTED = {  # of one side, and of several
    SAYS_SO: ("says so", "say so"),
    SAYS_LIKELY: ("calls it likely", "call it likely"),
    NOT_YET: ("says not yet", "say not yet"),
    NOT_SO: ("says not so", "say not so"),
    DENIES: ("denied it", "denied it"),
    DISMISSES: ("dismissed it", "dismissed it"),
    LEAVES_OPEN: ("left it open", "left it open"),
    WOULD_NOT_SAY: ("would not say", "would not say"),
    FORETOLD: ("expects it", "expect it"),
    NOT_EXPECTED: ("does not expect it", "do not expect it"),
}


def answers_by_side(frame: pd.DataFrame, context: Context) -> Table:
    """Return who says what: a row a side, a column a question, a cell an answer and its day.

    Of many sides the last row counts those that have none of their own. Which have one is the same
    on every day of the frame. The key of a row is the side's id, or OTHERS; that of a column the
    question's code, or "side".
    """
    last = frame
    if "as_of" in frame:
        last = frame[frame["as_of"] == context.at.as_of.isoformat()]
    return _matrix(frame.assign(is_named=frame["side"].isin(_named(last, context))), context)


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
    return [code for code in context.questions if code not in NO_COLUMN]


@through_days
def _matrix(frame: pd.DataFrame, context: Context) -> Table:
    """Return the table of a day; `is_named` says whether a side has a row of its own."""
    questions = _asked(context)
    cells = rows_by(frame[frame["is_named"]], "side", "question_id")
    rows = [
        Row(
            (
                text(Run(side_name(side, context), style="strong")),
                *(_cell(cells.get((side, code), []), context) for code in questions),
            ),
            key=side,
        )
        for side in frame.loc[frame["is_named"], "side"].unique()
    ]
    others = frame[~frame["is_named"]]
    if len(others):
        rows.append(_others(others, questions))
    answers = frame[frame["question_id"].isin(questions)]
    by_answer = _sides_by_answer(answers)
    return Table(
        block_id="table-answers-by-side",
        caption=text(_caption(by_answer, questions, context)),
        subtitle=text(
            "What each side said on each question at its furthest, with the first day of it; of "
            "“not yet” the last. A dash: the record holds no statement, which is no denial."
        ),
        columns=(
            Column("Side", share=1.15, key="side"),
            *(Column(context.short_questions[code], key=code) for code in questions),
        ),
        rows=tuple(rows) if by_answer else (),
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
        words = WORDS[answer.answer]
        possibly = "" if answer.certainty == "certain" else "possibly "
        when = short_dated(answer.when, context.at.year)
        href = f"#{claim_anchor(answer.claim_id)}"
        style: Style = "strong" if answer.answer == SAYS_SO else ""
        parts.append(text(Run(f"{possibly}{words}, {when}", href, style)))
    return joined(parts, "; ") or text(NOTHING)


def _others(others: pd.DataFrame, questions: Sequence[str]) -> Row:
    """Return the row of the sides that have none of their own: how many give which answer."""
    firsts = others.drop_duplicates(["side", "question_id"])
    counts = firsts.groupby(["question_id", "answer"])["side"].nunique().to_dict()
    cells = []
    for code in questions:
        parts = []
        for answer, (of_one, of_several) in COUNTED.items():
            count = counts.get((code, answer), 0)
            if count:
                parts.append(f"{number(count)} {of_one if count == 1 else of_several}")
        cells.append(text("; ".join(parts) or NOTHING))
    label = capitalised(counted(others["side"].nunique(), "other side"))
    return Row((text(Run(label, style="strong")), *cells), key=OTHERS)


SidesByAnswer = Mapping[tuple[str, str], tuple[int, int]]


def _sides_by_answer(answers: pd.DataFrame) -> SidesByAnswer:
    """Return how many sides certainly, and in all, give an answer, by question and answer."""
    found: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for (question_id, answer), own in rows_by(answers, "question_id", "answer").items():
        certain = {row.side for row in own if row.certainty == "certain"}
        found[question_id, answer] = (len(certain), len({row.side for row in own}))
    return found


def _caption(sides: SidesByAnswer, questions: Sequence[str], context: Context) -> str:
    """Return how many sides say so on the question with most of them, and on the title's."""
    if not sides:
        return "Who says what"
    title, *others = questions
    begin = f"By {short_day(context.at.as_of, context.at.year)}, "
    if not any(sides[code, SAYS_SO][1] for code in questions):
        return f"{begin}nobody says yes to any of the questions"
    widest = max(others, key=lambda code: sides[code, SAYS_SO][1], default=title)
    low, high = sides[widest, SAYS_SO]
    if not high or widest == title:
        return begin + _on_title(sides, title, context, is_alone=True)
    words = f"{_says(low, high, ' side')} {context.question_within(widest)}; "
    return begin + words + _on_title(sides, title, context)


def _on_title(sides: SidesByAnswer, title: str, context: Context, *, is_alone: bool = False) -> str:
    """Return how many sides say so on the title's question, and how many say not yet."""
    low, high = sides[title, SAYS_SO]
    noun = " side" if is_alone else ""
    short = context.question_within(title)
    words = f"{_says(low, high, noun)} {short}" if high else f"nobody says {short}"
    likely, not_yet = sides[title, SAYS_LIKELY], sides[title, NOT_YET]
    if not high and likely[1]:
        words += f", {_amount(*likely)} {'calls' if likely[1] == 1 else 'call'} it likely"
    return words + (f", {_says(*not_yet)} not yet" if not_yet[1] else "")


def _says(low: int, high: int, noun: str = "") -> str:
    """Return how many sides say something: "two say", "one side says"."""
    plural = "s" if noun and high > 1 else ""
    return f"{_amount(low, high)}{noun}{plural} {'says' if high == 1 else 'say'}"


def _amount(low: int, high: int) -> str:
    """Return a number of sides, of which `low` certainly belong to it by the day."""
    return f"at most {number(high)}" if low == 0 else between(low, high)


def _note(frame: pd.DataFrame, context: Context) -> Text:
    """Return in which order the sides stand, what some words mean, and denials of nothing named."""
    order = "Sides from whom a reader expects an answer come first, then those heard most often"
    if not frame["is_named"].all():
        first = context.short_questions[_asked(context)[0]]
        order = (
            "Rows go to sides from whom a reader expects an answer, then to those that deny "
            f"something or say yes to “{first}”, then to those heard most often"
        )
    words = text(
        f"{order}. A side is the state or body that a speaker speaks for. Left open: spoke of it "
        "without saying that it is so."
    )
    unnamed = frame.loc[frame["question_id"] == UNSTATED_QUESTION, "claim_id"].tolist()
    if not unnamed:
        return words
    words += text(" Not in the table, because the words do not name what they deny: ")
    return words + cites(unnamed, context, UNNAMED) + text(".")
