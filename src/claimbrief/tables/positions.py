"""Who stands where: the matrix of sides and questions, the paths of sides, who was not heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimbrief.analysis.lasting import short_names
from claimbrief.analysis.paths import Step, paths
from claimbrief.analysis.statements import DENIALS, NOT_YET
from claimbrief.analysis.voices import (
    context,
    heard_of_expected,
    responses,
    said_by_side_and_question,
    silences,
)
from claimbrief.blocks import Column, Row, Run, Table, Text, joined, text
from claimbrief.dataset import CONTEXT, NO_RESPONSE, UNSTATED_QUESTION, each_row
from claimbrief.dates import When
from claimbrief.earlier import table_by_day
from claimbrief.links import (
    cited,
    few_links,
    few_of,
    foremost,
    most_named,
    most_told,
    rest_told,
    said_text,
    source_line,
)
from claimbrief.steps import POSITIONS
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, day, listed, number, short_dated

SHARE_OF_NAMES = 0.9
CONTRARY = (*DENIALS, NOT_YET)
LETTERS = 110  # so many letters of a name, which are bold, fill a printed line
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
    many = Counter(side for (side, _), claims in said.items() for _ in claims)
    every_side = [one for one in names if one in heard or one in expected]
    most = most_told(view) // 2  # as its rows are tall
    chosen = set(sorted(every_side, key=lambda one: (one not in expected, -many[one]))[:most])
    sides = [one for one in every_side if one in chosen]
    every = {
        code: label for code, label in view.whole.labels("question").items() if code != CONTEXT
    }
    spoken_to = {question for _, question in said}
    questions = {code: label for code, label in every.items() if _has_column(said, code)}
    unheard = [label for code, label in every.items() if code not in spoken_to]
    called = {side: capitalised(names[side].removeprefix("the ")) for side in sides}
    rows = [
        Row(
            (
                text(Run(called[side], style="strong")),
                *(_cell(view, said.get((side, code), [])) for code in questions),
            ),
            "" if side in heard else "silent",
        )
        for side in sides
    ]
    shares = [1 + sum((side, code) in said for side in sides) / len(sides) for code in questions]
    return Table(
        block_id="table-sides-by-question",
        caption=text("Who says what to which question"),
        columns=(
            Column("Side", share=_share_of_names(called.values(), sum(shares))),
            *(
                Column(label, share=share)
                for label, share in zip(questions.values(), shares, strict=True)
            ),
        ),
        rows=tuple(rows),
        note=text(
            "A cell tells the stance that commits most, by whom and when; behind “also” stands "
            "what else the side says to the question; what it says is not so, or not yet, stands "
            "apart. A side is the topmost body that a speaker belongs to; a "
            "person’s words are a person’s. “Not heard” is not a denial."
            + (f" Nobody is heard on: {listed(unheard)}." if unheard else "")
            + rest_told(len(every_side), "sides", "those expected and those that say most", most)
        ),
        source=source_line(view),
        numbers={"sides": len(heard), "rows": len(every_side)},
    )


def _share_of_names(names: Iterable[str], others: float) -> float:
    """Return the share of a column that holds the longest word of these names in one line."""
    longest = max((len(word) for name in names for word in name.split()), default=0)
    return max(SHARE_OF_NAMES, others * longest / max(LETTERS - longest, 1))


def _has_column(said: Mapping[tuple[str, str], object], question: str) -> bool:
    """Return whether a question has a column: it is spoken to, and not in words alone.

    Words that name no content have a column only for a side that is heard on nothing else.
    """
    asked = {side for side, code in said if code == question}
    if question != UNSTATED_QUESTION:
        return bool(asked)
    return not asked <= {side for side, code in said if code != question}


def _cell(view: View, said: Sequence[Any]) -> Text:
    """Return who says what most firmly, and links to what else the side says."""
    if not said:
        return (NOT_HEARD,)
    first, *others = said
    done = view.whole.labels("response")
    possibly = "" if any(one.certainty == "certain" for one in said) else "possibly "
    words = text(f"{possibly}{capitalised(first.speaker)}, {short_dated(first.when)}, ")
    words += said_text(first.stance_words, [(first.told, first.claim_id, first.words)])
    if first.response != NO_RESPONSE:
        words += text(f", {done[first.response]}")
    not_so = [one.claim_id for one in others if one.stance in CONTRARY]
    also = [one.claim_id for one in others if one.stance not in CONTRARY]
    if also:
        words += text("; also ") + few_links(view, also, len(also))
    if not_so:
        words += text("; said not to be so, or not yet: ") + few_links(view, not_so, len(not_so))
    return words


def table_context(view: View) -> Table:
    """Return what is said around the questions: weapons, ties, motives, measures, consequences."""
    stances = view.whole.labels("stance")
    frame = context(view)
    shown = foremost(frame, frame["speakers"].map(len), most_told(view))
    rows = [
        Row(
            (
                joined(
                    few_of(
                        [(Run(capitalised(who)), *cited([one])) for who, one in said.speakers],
                        most_named(view),
                    ),
                    "; ",
                ),
                said_text(stances[said.stance], [(said.proposition, "", "")]),
            )
        )
        for said in each_row(shown)
    ]
    return Table(
        block_id="table-context",
        caption=text("What is said around the questions"),
        columns=(Column("Speaker", share=2.9), Column("What is said", share=7.1)),
        rows=tuple(rows),
        note=text(
            "Context only: it answers none of the questions."
            + rest_told(
                len(frame), "such statements", "those that most make first", most_told(view)
            )
        ),
        source=source_line(view),
        numbers={"statements": len(frame)},
    )


def table_responses(view: View) -> Table:
    """Return what speakers do about what is said: concern, condemnation, calls, measures."""
    frame = responses(view)
    words, stances = view.whole.labels("response"), view.whole.labels("stance")
    shown = foremost(frame, frame["speakers"].map(len), most_told(view))
    rows = []
    above = ""
    for row in each_row(shown.sort_index()):
        speakers = [
            (Run(f"{capitalised(who)}, {short_dated(when)}"), *cited([one]))
            for who, when, one in row.speakers
        ]
        rows.append(
            Row(
                (
                    text(words[row.response] if row.response != above else ""),
                    said_text(stances[row.stance], [(row.proposition, "", "")]),
                    joined(few_of(speakers, most_named(view)), "; "),
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
        note=text(
            "A response holds for what is told beside it and for nothing else."
            + rest_told(len(frame), "such rows", "those with the most speakers", most_told(view))
        ),
        source=source_line(view),
        numbers={"responses": int(frame["speakers"].map(len).sum())},
    )


def table_silences(view: View) -> Table:
    """Return the actors whom a reader expects to hear, and whether they were heard."""
    frame = silences(view)
    rows = []
    for actor in each_row(foremost(frame, frame["utterances"], most_told(view))):
        heard: Text = (NOT_HEARD,)
        if isinstance(actor.heard_when, When):
            heard = text(short_dated(actor.heard_when)) + cited([actor.heard_claim])
        rows.append(
            Row(
                (
                    text(Run(str(actor.name), style="strong")),
                    heard,
                    text(f"{actor.utterances:,}"),
                    text(f"{actor.speakers:,}"),
                    few_links(view, actor.unanswered) or text("–"),
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
            + rest_told(len(frame), "actors", "those heard most first", most_told(view))
        ),
        source=source_line(view),
        numbers={"expected": len(frame), "not_heard": silent},
    )


def table_stance_paths(view: View) -> Table:
    """Return how each side's position moved: a row a stretch of days with one position."""
    sides = {side: path for (side,), path in paths(view, "side").items()}
    names = short_names(view.whole)
    moved = [side for side, path in sides.items() if any(step.is_turn for step in path)]
    stretches = {side: _stretches(path) for side, path in sides.items()}
    total = sum(map(len, stretches.values()))
    left_out = ""
    if total > most_told(view):
        stretches = _ends_of_most_heard(sides, stretches, most_told(view) // 2)
        left_out = (
            f" Of {number(total)} such stretches of {counted(len(sides), 'side')} here are the "
            f"first and the last of each of the {number(len(stretches))} heard on the most days; "
            "the whole record is in claims.csv, beside this page."
        )
    rows = [
        _stretch(capitalised(names[side].removeprefix("the ")), stretch)
        for side, path in stretches.items()
        for stretch in path
    ]
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
            + left_out
        ),
        source=source_line(view),
        numbers={"sides": len(sides), "moved": len(moved)},
    )


def _ends_of_most_heard(
    sides: Mapping[str, Sequence[Step]], stretches: Mapping[str, list[list[Step]]], most: int
) -> dict[str, list[list[Step]]]:
    """Return the first and the last stretch of the `most` sides that are heard on the most days."""
    ranked = sorted(sides, key=lambda side: -len(sides[side]))
    chosen = set(ranked[:most])
    return {
        side: path if len(path) < 2 else [path[0], path[-1]]
        for side, path in stretches.items()
        if side in chosen
    }


def _stretches(path: Sequence[Step]) -> list[list[Step]]:
    """Return the steps of a side's path, those in a row with one position together."""
    found: list[list[Step]] = []
    for step in path:
        if step.is_turn or not found:
            found.append([])
        found[-1].append(step)
    return found


def _stretch(name: str, stretch: Sequence[Step]) -> Row:
    first, last = stretch[0], stretch[-1]
    days = short_dated(first.when)
    if len(stretch) > 1:
        days += f" to {short_dated(last.when)}"
    if not first.is_ordered:
        days += " ?"
    said = said_text(first.stance_words, [(first.told, first.claim_id, first.words)])
    return Row(
        (
            text(Run(name, style="strong")),
            text(days),
            text(POSITIONS[first.position]),
            text(f"{capitalised(first.speaker)} ") + said,
            text(f"{len(stretch):,}"),
        )
    )
