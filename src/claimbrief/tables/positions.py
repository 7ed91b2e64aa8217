"""Who stands where: the matrix of sides and questions, the paths of sides, who was not heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.lasting import short_names
from claimbrief.analysis.paths import stance_paths
from claimbrief.analysis.statements import DENIALS
from claimbrief.analysis.voices import (
    context,
    heard_of_expected,
    responses,
    said_by_side_and_question,
    silences,
)
from claimbrief.blocks import Column, Row, Run, Table, Text, joined, text
from claimbrief.dataset import CONTEXT, NO_RESPONSE, UNSTATED, each_row
from claimbrief.dates import When
from claimbrief.earlier import table_by_day
from claimbrief.links import cited, claim_links, few_links, said_text, source_line
from claimbrief.steps import POSITIONS
from claimbrief.view import View
from claimbrief.wording import capitalised, day, listed, short_dated

NOT_HEARD = Run("not heard", style="small")


def table_sides_by_question(view: View) -> Table:
    """Return the matrix: a row a side, a column a question, the stance that commits most first.

    With what each cell told on the earlier days of the window.
    """
    return table_by_day(_sides_by_question, view)


def _sides_by_question(view: View) -> Table:
    said = said_by_side_and_question(view)
    heard = {side for side, _ in said}
    expected = {one.actor_id for one in heard_of_expected(view)}
    names = short_names(view.whole)
    sides = [one for one in names if one in heard or one in expected]
    every = {
        code: label for code, label in view.whole.labels("question").items() if code != CONTEXT
    }
    spoken_to = {question for _, question in said}
    questions = {code: label for code, label in every.items() if _has_column(view, said, code)}
    unheard = [label for code, label in every.items() if code not in spoken_to]
    rows = [
        Row(
            (
                text(Run(capitalised(names[side].removeprefix("the ")), style="strong")),
                *(_cell(view, said.get((side, code), [])) for code in questions),
            ),
            "" if side in heard else "silent",
        )
        for side in sides
    ]
    return Table(
        block_id="table-sides-by-question",
        caption=text("Who says what to which question"),
        columns=(
            Column("Side", share=0.9),
            *(
                Column(label, share=1 + sum((side, code) in said for side in sides) / len(sides))
                for code, label in questions.items()
            ),
        ),
        rows=tuple(rows),
        note=text(
            "A cell tells the stance that commits most, by whom and when; behind “also” stands "
            "what else the side says to the question, and denials of other things stand apart. A "
            "side is the topmost body that a speaker belongs to; a "
            "person’s words are a person’s. “Not heard” is not a denial."
            + (f" Nobody is heard on: {listed(unheard)}." if unheard else "")
        ),
        source=source_line(view),
        numbers={"sides": len(heard), "rows": len(rows)},
    )


def _has_column(view: View, said: Mapping[tuple[str, str], object], question: str) -> bool:
    """Return whether a question has a column: it is spoken to, and not in words alone.

    Words that name no content have a column only for a side that is heard on nothing else.
    """
    asked = {side for side, code in said if code == question}
    told = view.record.propositions
    roles = set(told.loc[told["question_id"] == question, "content_role"]) if asked else set()
    if roles != {UNSTATED}:
        return bool(asked)
    return not asked <= {side for side, code in said if code != question}


def _cell(view: View, said: Sequence[Any]) -> Text:
    """Return who says what most firmly, and links to what else the side says."""
    if not said:
        return (NOT_HEARD,)
    first, *others = said
    stances, done = view.whole.labels("stance"), view.whole.labels("response")
    possibly = "" if any(one.certainty == "certain" for one in said) else "possibly "
    words = text(f"{possibly}{capitalised(first.speaker)}, {short_dated(first.when)}, ")
    words += said_text(stances[first.stance], [(first.told, first.claim_id, first.words)])
    if first.response != NO_RESPONSE:
        words += text(f", {done[first.response]}")
    denied = [one.claim_id for one in others if one.stance in DENIALS]
    also = [one.claim_id for one in others if one.stance not in DENIALS]
    if also:
        words += text("; also ") + few_links(also)
    if denied:
        words += text("; denials: ") + few_links(denied)
    return words


def table_context(view: View) -> Table:
    """Return what is said around the questions: weapons, ties, motives, measures, consequences."""
    stances = view.whole.labels("stance")
    rows = [
        Row(
            (
                joined(
                    [(Run(capitalised(who)), *cited([one])) for who, one in said.speakers], "; "
                ),
                said_text(stances[said.stance], [(said.proposition, "", "")]),
            )
        )
        for said in each_row(context(view))
    ]
    return Table(
        block_id="table-context",
        caption=text("What is said around the questions"),
        columns=(Column("Speaker", share=2.9), Column("What is said", share=7.1)),
        rows=tuple(rows),
        note=text("Context only: it answers none of the questions."),
        source=source_line(view),
        numbers={"statements": len(rows)},
    )


def table_responses(view: View) -> Table:
    """Return what speakers do about what is said: concern, condemnation, calls, measures."""
    frame = responses(view)
    words, stances = view.whole.labels("response"), view.whole.labels("stance")
    rows = []
    above = ""
    for row in each_row(frame):
        speakers = [
            (Run(f"{capitalised(who)}, {short_dated(when)}"), *cited([one]))
            for who, when, one in row.speakers
        ]
        rows.append(
            Row(
                (
                    text(words[row.response] if row.response != above else ""),
                    said_text(stances[row.stance], [(row.proposition, "", "")]),
                    joined(speakers, "; "),
                )
            )
        )
        above = row.response
    return Table(
        block_id="table-responses",
        caption=text("What speakers do about it"),
        columns=(
            Column("What", share=1.5),
            Column("In what was said", share=5.1),
            Column("Who and when", share=3.3),
        ),
        rows=tuple(rows),
        note=text("A response holds for what is told beside it and for nothing else."),
        source=source_line(view),
        numbers={"responses": int(frame["speakers"].map(len).sum())},
    )


def table_silences(view: View) -> Table:
    """Return the actors whom a reader expects to hear, and whether they were heard."""
    frame = silences(view)
    rows = []
    for actor in each_row(frame):
        heard: Text = (NOT_HEARD,)
        if isinstance(actor.heard_when, When):
            heard = text(short_dated(actor.heard_when)) + cited([actor.heard_claim])
        rows.append(
            Row(
                (
                    text(Run(str(actor.name), style="strong")),
                    heard,
                    text(f"{actor.utterances}"),
                    text(f"{actor.speakers}"),
                    claim_links(actor.unanswered) or text("–"),
                ),
                "" if actor.heard_claim else "silent",
            )
        )
    silent = int((frame["heard_claim"] == "").sum())
    return Table(
        block_id="table-silences",
        caption=text("Whom a reader expects to hear, and who was heard"),
        columns=(
            Column("Expected", share=1.4),
            Column("First heard", share=1.2),
            Column("Utterances", "end", 0.8),
            Column("Speakers", "end", 0.8),
            Column("Heard, but not on the point", share=1.4),
        ),
        rows=tuple(rows),
        note=text(
            f"As of {day(view.at.as_of)}. Heard on the questions, by itself or by a member. "
            "Silence is no denial, and “not heard” means not in this record."
        ),
        source=source_line(view),
        numbers={"expected": len(frame), "not_heard": silent},
    )


def table_stance_paths(view: View) -> Table:
    """Return how each side's position moved: a row a stretch of days with one position."""
    steps = stance_paths(view)
    names = view.whole.actors.set_index("actor_id")["short_name"]
    rows = []
    for side, path in steps.groupby("side", sort=False):
        stretches = path["is_turn"].cumsum()
        for _, stretch in path.groupby(stretches, sort=False):
            name = capitalised(str(names[side]).removeprefix("the "))
            rows.append(_stretch(view, name, stretch))
    moved = steps.groupby("side")["is_turn"].any()
    return Table(
        block_id="table-stance-paths",
        caption=text("Each side’s position, from its first statement to its last"),
        columns=(
            Column("Side", share=1.4),
            Column("Days", share=1.35),
            Column("Position", share=1.25),
            Column("First statement with it", share=5.3),
            Column("Days heard", "end", 0.7),
        ),
        rows=tuple(rows),
        note=text(
            "Counted are the days, or ranges of days, on which the side spoke; each stands where "
            "the statement that commits most stands. “?” after the days: the dates do not tell "
            "whether this came after the row above. What is foretold or in preparation is left out."
        ),
        source=source_line(view),
        numbers={"sides": int(steps["side"].nunique()), "moved": int(moved.sum())},
    )


def _stretch(view: View, name: str, stretch: pd.DataFrame) -> Row:
    first, last = stretch.iloc[0], stretch.iloc[-1]
    days = short_dated(first["when"])
    if len(stretch) > 1:
        days += f" to {short_dated(last['when'])}"
    if not first["is_ordered"]:
        days += " ?"
    stances = view.whole.labels("stance")
    said = said_text(stances[first["stance"]], [(first["told"], first["claim_id"], first["words"])])
    return Row(
        (
            text(Run(name, style="strong")),
            text(days),
            text(POSITIONS[first["position"]]),
            text(f"{capitalised(first['speaker'])} ") + said,
            text(f"{len(stretch)}"),
        )
    )
