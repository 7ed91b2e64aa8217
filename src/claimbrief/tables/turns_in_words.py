"""Who moved, in their words: a row per side, with what it said before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.turns_in_words import CAME_TO_SAY_SO, SOFTENED, TOOK_BACK
from claimbrief.blocks import Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import truncate, truncation_note
from claimbrief.links import cite, quoted, sentence, side_cell
from claimbrief.lookups import rows_by
from claimbrief.tables.parts import columns, row_of
from claimbrief.texts import Run, Text, joined, text
from claimbrief.view import BOUNDS, DENIES, LEAVES_OPEN, SAYS_LIKELY
from claimbrief.wording import capitalised, counted, listed, number, possibly

TURNS = 3  # how many turns have a row
COLUMNS = {"Side": 1.3, "Before": 3.2, "After": 3.2}
OURS = "Words without quotation marks are ours."
AT_FIRST = {
    LEAVES_OPEN: "left it open",
    SAYS_LIKELY: "called it likely",
    BOUNDS: "said not yet",
    DENIES: "denied it",
}
DENIED = {"dismisses": "dismissed {}", "denies": "denied {}", "questions": "doubted {}"}
EVADED = {"D-1": "neither confirmed nor denied them", "D0": "would not comment on them"}


def turns_in_words(frame: pd.DataFrame, context: Context) -> Table:
    """Return who moved: a row per side that came to say so, or took it back, with its words.

    Who would not say and then denied again has not moved: the table of denials has the words.
    """
    turns = frame[frame["kind"] == CAME_TO_SAY_SO]
    softened = frame[(frame["kind"] == SOFTENED) & (frame["again_claim"] == "")]
    taken_back = frame[frame["kind"] == TOOK_BACK]
    chosen = pd.concat([_chosen(turns), taken_back[:TURNS]])
    has_ours = (chosen[["before_quote", "after_quote"]] == "").any(axis=None)
    left_out = len(turns) + len(taken_back) - len(chosen)
    of_all = ", counting all claims" if frame["question_id"].nunique() > 1 else ""
    more = f"The record has {counted(left_out, 'further change')}{of_all}."
    return Table(
        block_id="table-turns-in-words",
        caption=text(_caption(turns, taken_back, context)),
        subtitle=text(
            _subtitle(len(chosen), len(turns), len(taken_back)) + (f" {OURS}" if has_ours else "")
        ),
        columns=columns(COLUMNS),
        rows=tuple(
            _row(turn, context, has_question=chosen["question_id"].nunique() > 1)
            for turn in each_row(chosen)
        ),
        note=_note(more if left_out else "", softened, context),
        numbers={
            "turns": len(turns),
            "sides": turns["side"].nunique(),
            **{kind: int((frame["kind"] == kind).sum()) for kind in (TOOK_BACK, SOFTENED)},
        },
    )


def all_turns(frame: pd.DataFrame, context: Context) -> Table:
    """Return every change of the frame `analysis.turns_in_words`: a row per change, with its words.

    Who denied and later would not say stands in the note.
    """
    moves, softened = frame[frame["kind"] != SOFTENED], frame[frame["kind"] == SOFTENED]
    sides = moves["side"].nunique()
    who, it = counted(sides, "side") if sides else "no side", "they" if sides > 1 else "it"
    words = truncation_note(len(moves), "changes", "the first first").strip()
    return Table(
        block_id="table-all-turns",
        caption=text(capitalised(f"{who} changed what {it} said")),
        subtitle=text(f"What each said before and after, by claim. {OURS}"),
        columns=columns(COLUMNS),
        rows=tuple(_row(turn, context, has_question=True) for turn in each_row(truncate(moves))),
        note=_note(words, softened, context),
        source=context.source,
        numbers={"turns": len(moves), "sides": sides},
    )


def _chosen(turns: pd.DataFrame) -> pd.DataFrame:
    """Return the turns that have a row, by date: all, or of many those that tell most.

    First those on the question with most of them, of these one from each first position, and then
    those in quoted words.
    """
    if len(turns) <= TURNS:
        return turns
    on_question = turns.groupby("question_id")["side"].transform("size")
    quotes = (turns[["before_quote", "after_quote"]] != "").sum(axis=1)
    keys = turns[["question_id", "before_position"]].assign(often=-on_question, quotes=-quotes)
    keys = keys.sort_values(["often", "quotes"], kind="stable")
    keys["is_repeated"] = keys.duplicated(["question_id", "before_position"])
    ranked = keys.sort_values(["often", "is_repeated"], kind="stable").index
    return turns.loc[sorted(ranked[:TURNS])]


def _caption(turns: pd.DataFrame, taken_back: pd.DataFrame, context: Context) -> str:
    """Return what those that say so on a question said of it at first, where most moved.

    Where nobody came to say so, how many took it back.
    """
    if turns.empty and taken_back.empty:
        return "Who moved, in their words"
    rows = taken_back.drop_duplicates(["question_id", "side"]) if turns.empty else turns
    groups = rows_by(rows, "question_id").items()
    (question_id,), moves = max(groups, key=lambda group: len(group[1]))
    lead = f"{context.short_questions[question_id]}: "
    if turns.empty:
        who, it = counted(len(moves), "side"), "it" if len(moves) == 1 else "they"
        return f"{lead}{who} went back on what {it} had said"
    saying_so = moves[0].saying_so
    by_position = {how: [it for it in moves if it.before_position == how] for how in AT_FIRST}
    (first, own), *others = [(position, own) for position, own in by_position.items() if own]
    if not others:
        return f"{lead}{_of_sides(own, saying_so)} so first {AT_FIRST[first]}"
    words = [f"{_amount(own)} first {AT_FIRST[first]}"]
    words += [f"{_amount(own)} {AT_FIRST[position]}" for position, own in others]
    return f"{lead}of the {number(saying_so)} sides that say so, {listed(words)}"


def _subtitle(rows: int, turns: int, taken_back: int) -> str:
    """Return what a row has; of which moves, where only some have a row."""
    if taken_back:
        return "What each side said before and after."
    if rows < turns:
        return f"What {number(rows)} of them said before and after."
    return "What each side said before, and how it first said so."


def _of_sides(moves: Sequence[Any], total: int) -> str:
    """Return how many moved of all sides that say something: "both sides that say"."""
    if len(moves) < total:
        return f"{_amount(moves)} of the {number(total)} sides that say"
    may = "" if all(_is_certain(move) for move in moves) else "possibly "
    all_of = {1: "the only side that says", 2: "both sides that say"}
    return may + all_of.get(total, f"all {number(total)} sides that say")


def _amount(moves: Sequence[Any]) -> str:
    """Return how many moved: "six", "five or six"."""
    certain = sum(_is_certain(move) for move in moves)
    return possibly(certain, len(moves) - certain)


def _is_certain(move: Any) -> bool:
    return "possible" not in (move.before_certainty, move.after_certainty)


def _row(turn: Any, context: Context, *, has_question: bool) -> Row:
    side = side_cell(turn.side, context)
    if has_question:
        short = context.question_within(turn.question_id)
        side += text(Run(f": {short}", style="small"))
    cells = []
    for part in ("before", "after"):
        names = ("claim_id", "certainty", "quote", "paraphrase")
        claim_id, certainty, *words = (getattr(turn, f"{part}_{name}") for name in names)
        cited = cite(claim_id, context, has_side=False)
        may = text("" if certainty == "certain" else "possibly ")
        cells.append(sentence(may + cited) + text(": ") + (quoted(words[0]) or text(words[1])))
    return row_of(side, *cells)


def _note(words: str, softened: pd.DataFrame, context: Context) -> Text:
    """Return the words of a note, if any, and who denied and later would not say."""
    parts = [text(words)] if words else []
    parts += [sentence(_softened(move, context)) for move in each_row(softened)]
    return joined(parts, " ")


def _softened(move: Any, context: Context) -> Text:
    """Return who denied, who of the same side later would not say, and who denied again."""
    words = cite(move.before_claim_id, context)
    words += text(f" {DENIED[move.before_stance].format('the claims')}, ")
    words += text("" if move.again_claim else "and later ")
    words += cite(move.after_claim_id, context, has_side=False)
    words += text(f" {EVADED[move.after_denial]}")
    if move.again_claim:
        words += text(", and ") + cite(move.again_claim, context, has_side=False)
        words += text(f" {DENIED[move.again_stance].format('them')} again")
    return words + text(".")
