"""Who stands where: the matrix of sides and questions, the paths of sides, who was not heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from claimbrief.blocks import Column, Table
from claimbrief.context import Context
from claimbrief.dataset import CONTEXT_QUESTION, NO_RESPONSE, UNSTATED_QUESTION
from claimbrief.earlier import through_days
from claimbrief.limits import LIMITS, truncate, truncated, truncation_note
from claimbrief.links import cites, claim_link, side_name, statement_text
from claimbrief.lookups import rows_by
from claimbrief.tables.answers_by_side import WORDS, unnamed_denials
from claimbrief.tables.parts import Cell, Cells, filled, row_of
from claimbrief.texts import Run, Text, joined, text
from claimbrief.wording import capitalised, day, listed

SHARE_OF_NAMES = 0.9
ALSO_NAMED = 3  # how many further statements of a side on a question are named
LETTERS = 110  # the letters of a bold name that fill a printed line
NOT_HEARD = Run("not heard", style="small")
TAKEN_BACK = " (taken back)"
IN_ORDER = [f"{words}{end}" for end in ("", TAKEN_BACK) for words in WORDS.values()]


@through_days
def sides_by_question(frame: pd.DataFrame, context: Context) -> Table:
    """Return the matrix: a row per side, a column per question; in a cell the furthest claim first.

    The key of a row is the side's id, that of a column the question's code, or "side".
    """
    cells = rows_by(frame[frame["question_id"] != ""], "side", "question_id")
    vocal = _most_vocal(frame)
    sides = [side for side in context.names if side in vocal]
    labels = {code: label for code, label in context.questions.items() if code != CONTEXT_QUESTION}
    questions = [code for code in labels if _has_column(cells, code)]
    asked = {question for _, question in cells}
    unnamed = _unnamed(frame, questions, context)
    unheard = [label for code, label in labels.items() if code not in asked]
    heard = {side for side, _ in cells}
    names = {side: side_name(side, context) for side in sides}
    shares = {
        code: 1 + sum((side, code) in cells for side in sides) / len(sides) for code in questions
    }
    return Table(
        block_id="table-sides-by-question",
        caption=text("Who says what to which question"),
        columns=(
            Column("Side", share=_share_of_names(names.values(), sum(shares.values())), key="side"),
            *(Column(labels[code], share=share, key=code) for code, share in shares.items()),
        ),
        rows=tuple(
            row_of(
                Run(names[side], style="strong"),
                *(_cell(cells.get((side, code), []), context) for code in questions),
                tone="" if side in heard else "silent",
                key=side,
            )
            for side in sides
        ),
        note=joined([_matrix_note(unheard, frame["side"].nunique()), *unnamed], " "),
        source=context.source,
        numbers={"sides": len(heard), "rows": frame["side"].nunique()},
    )


def _matrix_note(unheard: Sequence[str], total: int) -> Text:
    """Return how to read the matrix, which questions have no column and how many sides no row."""
    order = "those expected and those that say most"
    return text(
        "A cell begins with the stance that commits most on what is already so, by whom and when; "
        "after “also” come others of the side who answer alike, then those who answer otherwise: "
        "“left open” means speaking of it without saying so, “to come” foretelling it. A side is "
        "the topmost body that a speaker belongs to; a person’s words are a person’s. “Not heard” "
        "is not a denial."
        + (f" Nobody is heard on: {listed(unheard)}." if unheard else "")
        + truncation_note(total, "sides", order, LIMITS.tall_rows)
    )


def _unnamed(frame: pd.DataFrame, questions: Sequence[str], context: Context) -> list[Text]:
    """Return who denies what no column names, an utterance once."""
    apart = frame[frame["question_id"] == UNSTATED_QUESTION]
    utterances = [context.cited[claim_id].utterance_id for claim_id in apart["claim_id"]]
    once = apart[~pd.Index(utterances).duplicated()]
    return unnamed_denials(once, frame[frame["question_id"].isin(questions)], context)


def _most_vocal(frame: pd.DataFrame) -> set[str]:
    """Return the sides that have a row: all, or of many those expected and those that say most."""
    by_side = frame.assign(claims=frame["question_id"] != "").groupby("side", sort=False)
    keys = by_side.agg({"is_expected": "any", "claims": "sum"})
    ranked = keys.sort_values(["is_expected", "claims"], ascending=False, kind="stable")
    return set(ranked.index[: LIMITS.tall_rows])


def _share_of_names(names: Iterable[str], others: float) -> float:
    """Return the share of a column that holds the longest word of these names in one line."""
    longest = max((len(word) for name in names for word in name.split()), default=0)
    return max(SHARE_OF_NAMES, others * longest / max(LETTERS - longest, 1))


def _has_column(cells: Iterable[tuple[str, str]], question: str) -> bool:
    """Return whether a question has a column: a side speaks to it, and not in words alone.

    Words that name no content have a column only for a side that is heard on nothing else.
    """
    asked = {side for side, code in cells if code == question}
    if question != UNSTATED_QUESTION:
        return bool(asked)
    return not asked <= {side for side, code in cells if code != question}


def _cell(claims: Sequence[Any], context: Context) -> Text:
    """Return the claim that commits its speaker the furthest, and links to the side's others."""
    if not claims:
        return (NOT_HEARD,)
    first, *others = claims
    possibly = "" if any(claim.certainty == "certain" for claim in claims) else "possibly "
    who = f"{capitalised(first.speaker)}, {context.short_dated(first.when)}"
    words = text(possibly) + claim_link(who, first.claim_id) + text(", ")
    words += statement_text(first.stance_label, first.claim_text, first.bare_quote)
    if first.response != NO_RESPONSE:
        words += text(f", {context.labels['response'][first.response]}")
    own, *more = (_answer(claim) for claim in claims)
    for answer in dict.fromkeys([own, *sorted(more, key=IN_ORDER.index)]):
        claim_ids = [claim.claim_id for claim in others if _answer(claim) == answer]
        if claim_ids:
            words += text("; also " if answer == own else f"; {answer}: ")
            words += cites(claim_ids, context, ALSO_NAMED, has_side=False)
    return words


def _answer(claim: Any) -> str:
    return f"{WORDS[claim.answer]}{TAKEN_BACK if claim.is_taken_back else ''}"


def context(frame: pd.DataFrame, context: Context) -> Table:
    """Return what is said around the questions, and answers none of them."""
    stances = context.labels["stance"]
    cells: Cells = {
        "Speaker": (2.9, lambda row: _links(row.speakers, row.claim_ids)),
        "What is said": (7.1, lambda row: statement_text(stances[row.stance], row.proposition)),
    }
    return Table(
        block_id="table-context",
        caption=text("What is said around the questions"),
        **filled(truncate(frame, LIMITS.rows, frame["speakers"].map(len)), cells),
        note=text(
            "Context only: it answers none of the questions."
            + truncation_note(len(frame), "such statements", "those that most make first")
        ),
        source=context.source,
        numbers={"statements": len(frame)},
    )


def _links(words: Sequence[str], claim_ids: Sequence[str]) -> Text:
    """Return words of who spoke, each a link to a claim; of many some."""
    links = [claim_link(capitalised(it), to) for it, to in zip(words, claim_ids, strict=True)]
    return joined(truncated(links), "; ")


def responses(frame: pd.DataFrame, context: Context) -> Table:
    """Return what speakers do about what is said: concern, condemnation, calls, measures."""
    labels, stances = context.labels["response"], context.labels["stance"]
    count = frame["speakers"].map(len).astype(int)
    rows = truncate(frame, LIMITS.rows, count).sort_index()
    is_repeated = rows["response"] == rows["response"].shift()
    rows = rows.assign(response=rows["response"].map(labels).mask(is_repeated, ""))
    cells: Cells = {
        "What": (1.5, lambda row: row.response),
        "In what was said": (5.1, lambda row: statement_text(stances[row.stance], row.proposition)),
        "Who and when": (3.3, lambda row: _links(_dated(row, context), row.claim_ids)),
    }
    return Table(
        block_id="table-responses",
        caption=text("What speakers do about it"),
        **filled(rows, cells),
        note=text(
            "A response holds for what stands beside it and for nothing else."
            + truncation_note(len(frame), "such rows", "those with the most speakers")
        ),
        source=context.source,
        numbers={"responses": int(count.sum())},
    )


def _dated(row: Any, context: Context) -> list[str]:
    said = zip(row.speakers, row.whens, strict=True)
    return [f"{speaker}, {context.short_dated(when)}" for speaker, when in said]


def silences(frame: pd.DataFrame, context: Context) -> Table:
    """Return the actors whom a reader expects to hear, and whether they were heard."""
    tones = frame["heard_claim"].map(lambda claim_id: "" if claim_id else "silent")
    rows = truncate(frame.assign(tone=tones), LIMITS.rows, frame["utterances"])
    cells: Cells = {
        "Expected": (1.4, lambda actor: Run(actor.name, style="strong")),
        "First heard": (1.2, lambda actor: _first_heard(actor, context)),
        "Statements": (0.8, lambda actor: f"{actor.utterances:,}"),
        "Speakers": (0.8, lambda actor: f"{actor.speakers:,}"),
        "Reported not to address it": (1.4, lambda actor: _unanswered(actor, context)),
    }
    return Table(
        block_id="table-silences",
        caption=text("Whom a reader expects to hear, and who was heard"),
        **filled(rows, cells, ("Statements", "Speakers")),
        note=text(
            f"As of {day(context.at.as_of)}. Heard on the questions, by itself or by a member. "
            "Silence is no denial, and “not heard” means not in this record."
            + truncation_note(len(frame), "actors", "those heard most first")
        ),
        source=context.source,
        numbers={"expected": len(frame), "not_heard": int((frame["heard_claim"] == "").sum())},
    )


def _first_heard(actor: Any, context: Context) -> Cell:
    heard = actor.heard_when
    return claim_link(context.short_dated(heard), actor.heard_claim) if heard else NOT_HEARD


def _unanswered(actor: Any, context: Context) -> Cell:
    return cites(actor.unanswered, context, LIMITS.links, has_side=False) or "–"
