"""Who moved, in their words: a row a side, with what it said before and after."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.turns_in_words import CAME_TO_SAY_SO, SOFTENED, TOOK_BACK
from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.links import cite, quoted, sentence
from claimbrief.lookups import rows_by
from claimbrief.tables.positions import side_name
from claimbrief.texts import Run, Text, joined, text
from claimbrief.view import DENIES, LEAVES_OPEN, LIMITS, SAYS_LIKELY
from claimbrief.wording import capitalised, counted, number

TURNS = 7  # so many turns have a row
AT_FIRST = {
    LEAVES_OPEN: "left it open",
    SAYS_LIKELY: "called it likely",
    LIMITS: "said not yet",
    DENIES: "denied it",
}
DENIED = {
    "dismisses": "called the claims false",
    "denies": "denied the claims",
    "questions": "doubted the claims",
}
EVADED = {"D-1": "neither confirmed nor denied them", "D0": "would not comment on them"}


def turns_in_words(frame: pd.DataFrame, context: Context) -> Table:
    """Return who moved: a row a side that came to say so, with its words before and after."""
    turns = frame[frame["kind"] == CAME_TO_SAY_SO]
    chosen = _chosen(turns)
    return Table(
        block_id="table-turns-in-words",
        caption=text(_caption(turns, context)),
        subtitle=text(
            "What a side said before, and what it said when it first said so. Words without "
            "quotation marks are ours, of what is in another language or reported."
        ),
        columns=(
            Column("Side", share=1.3),
            Column("Before", share=3.2),
            Column("After", share=3.2),
        ),
        rows=tuple(
            _row(turn, context, has_question=chosen["question_id"].nunique() > 1)
            for turn in each_row(chosen)
        ),
        note=_note(frame, len(turns) - len(chosen), context),
        numbers={
            "turns": len(turns),
            "sides": turns["side"].nunique(),
            **{kind: int((frame["kind"] == kind).sum()) for kind in (TOOK_BACK, SOFTENED)},
        },
    )


def _chosen(turns: pd.DataFrame) -> pd.DataFrame:
    """Return the turns that have a row: on the question with most, then those in quoted words."""
    if len(turns) <= TURNS:
        return turns
    on_question = turns.groupby("question_id")["side"].transform("size")
    quotes = (turns[["before_quote", "after_quote"]] != "").sum(axis=1)
    keys = pd.DataFrame({"on_question": -on_question, "quotes": -quotes})
    ranked = keys.sort_values(["on_question", "quotes"], kind="stable").index
    return turns.loc[sorted(ranked[:TURNS])]


def _caption(turns: pd.DataFrame, context: Context) -> str:
    """Return how many of those that say so on a question did not at first, where they are most."""
    if turns.empty:
        return "Who moved, in their words"
    groups = rows_by(turns, "question_id", "before_position")
    (question_id, position), moved = max(groups.items(), key=lambda group: len(group[1]))
    short = context.question_within(question_id)
    count, saying_so = len(moved), moved[0].saying_so
    of = f"{number(count)} of the {number(saying_so)} sides that say"
    if count == saying_so:
        all_of = {1: "the only side that says", 2: "both sides that say"}
        of = all_of.get(count, f"all {number(count)} sides that say")
    if any("possible" in (turn.before_certainty, turn.after_certainty) for turn in moved):
        of = f"possibly {of}"
    return capitalised(f"{of} {short} first {AT_FIRST[position]}")


def _row(turn: Any, context: Context, *, has_question: bool) -> Row:
    side = text(Run(side_name(turn.side, context), style="strong"))
    if has_question:
        short = context.question_within(turn.question_id)
        side += text(Run(f": {short}", style="small"))
    before, after = (
        _words(
            getattr(turn, f"{part}_claim_id"),
            getattr(turn, f"{part}_certainty"),
            quoted(getattr(turn, f"{part}_quote")) or text(getattr(turn, f"{part}_paraphrase")),
            context,
        )
        for part in ("before", "after")
    )
    return Row((side, before, after))


def _words(claim_id: str, certainty: str, words: Text, context: Context) -> Text:
    possibly = "" if certainty == "certain" else "possibly "
    cited = text(possibly) + cite(claim_id, context, has_side=False)
    return sentence(cited) + text(": ") + words


def _note(frame: pd.DataFrame, left_out: int, context: Context) -> Text:
    """Return how many turns have no row, and who moved the other way."""
    parts: list[Text] = []
    if left_out:
        are = "is" if left_out == 1 else "are"
        parts.append(text(f"{capitalised(counted(left_out, 'more such move'))} {are} not here."))
    for move in each_row(frame[frame["kind"] == TOOK_BACK]):
        asked = context.short_questions[move.question_id]
        words = cite(move.before_claim_id, context) + text(f" said yes to “{asked}”, and ")
        parts.append(words + cite(move.after_claim_id, context) + text(" denied the same."))
    parts += [_softened(move, context) for move in each_row(frame[frame["kind"] == SOFTENED])]
    return joined([sentence(part) for part in parts], " ")


def _softened(move: Any, context: Context) -> Text:
    """Return who denied, who later would not say, and who denied again."""
    words = cite(move.before_claim_id, context) + text(f" {DENIED[move.before_stance]}")
    words += text(", and later " if not move.again_claim else ", later ")
    words += cite(move.after_claim_id, context) + text(f" {EVADED[move.after_denial]}")
    if move.again_claim:
        words += text(", and then ") + cite(move.again_claim, context)
        words += text(f" {DENIED[move.again_stance]} again")
    return words + text(".")
