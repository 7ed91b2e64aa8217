"""Who asserts what: the matrix of voices, quotes beside glosses, and what follows from what."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.voices import (
    proposition_links,
    quotes_beside_glosses,
    responses,
    voices_by_question,
)
from claimbrief.blocks import Column, Row, Run, Table, Text, joined, text
from claimbrief.dataset import CONTEXT, NO_RESPONSE, each_row
from claimbrief.links import cited, quoted, rung_text, said_text, source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, day, listed, short_dated

NOT_HEARD = Run("not heard", style="small")


def table_voices_by_question(view: View) -> Table:
    """Return the matrix: a row a voice, a column a question, each stance with its proposition.

    Context is left to `table_context`: condemning ties or calling for weapons is no answer to
    the questions asked.
    """
    voices = voices_by_question(view)
    frame = voices[voices["question_id"] != CONTEXT]
    expected = view.whole.actors.loc[view.whole.actors["is_expected"].astype(bool), "actor_id"]
    shown = {*frame["actor_id"], *expected}
    every = {
        code: label for code, label in view.whole.labels("question").items() if code != CONTEXT
    }
    questions = {code: label for code, label in every.items() if code in set(frame["question_id"])}
    unheard = [label for code, label in every.items() if code not in questions]
    names = view.whole.actors.set_index("actor_id")["name"]
    rows = []
    for actor_id in [one for one in dict.fromkeys(voices["actor_id"]) if one in shown]:
        voice = frame[frame["actor_id"] == actor_id]
        is_own = (voice["rendering"] == "") & (voice["question_id"] != "")
        role = voice.loc[is_own, "role"].iloc[0] if is_own.any() else ""
        name = text(Run(names[actor_id], style="strong"))
        name += text(f", {role}") if role not in ("", "State", "Outlet") else ()
        cells = [_cell(view, voice[voice["question_id"] == code]) for code in questions]
        rows.append(Row((name, *cells), "" if is_own.any() else "silent"))
    own = frame[(frame["rendering"] == "") & (frame["question_id"] != "")]
    return Table(
        block_id="table-voices-by-question",
        caption=text("Who says what to which question"),
        columns=(
            Column("Voice", share=1.2),
            *(Column(label, share=1.6) for label in questions.values()),
        ),
        rows=tuple(rows),
        note=text(
            f"As of {day(view.at.as_of)}. A gloss or summary is an outlet’s own wording, not a "
            "statement. “Not heard” is not a denial. Context has a table of its own."
            + (f" Nobody is heard on: {listed(unheard)}." if unheard else "")
        ),
        source=source_line(view),
        numbers={"voices": int(own["actor_id"].nunique()), "rows": len(rows)},
    )


def table_context(view: View) -> Table:
    """Return what is said around the questions: weapons, ties, motives, measures, consequences."""
    frame = voices_by_question(view)
    frame = frame[frame["question_id"] == CONTEXT]
    voices = frame.groupby("actor_id", sort=False)
    rows = [
        Row((text(Run(said["name"].iloc[0], style="strong")), _cell(view, said)))
        for _, said in voices
    ]
    return Table(
        block_id="table-context",
        caption=text("What is said around the questions"),
        columns=(Column("Voice", share=1.2), Column("What is said", share=6)),
        rows=tuple(rows),
        note=text("Context only: it answers none of the questions."),
        source=source_line(view),
        numbers={"voices": len(rows)},
    )


def table_responses(view: View) -> Table:
    """Return what speakers do about what is said: concern, condemnation, calls, measures."""
    frame = responses(view)
    words, stances = view.whole.labels("response"), view.whole.labels("stance")
    rows = [
        Row(
            (
                text(capitalised(row.speaker)),
                text(words[row.response]),
                said_text(stances[row.stance], [(row.told, row.claim_id, row.words)]),
                text(short_dated(row.when)),
            )
        )
        for row in each_row(frame)
    ]
    return Table(
        block_id="table-responses",
        caption=text("What speakers do about it"),
        columns=(
            Column("Speaker", share=1.4),
            Column("What", share=1.3),
            Column("In what was said", share=3),
            Column("Said", share=0.8),
        ),
        rows=tuple(rows),
        note=text("A response holds for what is told beside it and for nothing else."),
        source=source_line(view),
        numbers={"responses": len(frame)},
    )


def table_quotes_beside_glosses(view: View) -> Table:
    """Return each gloss or summary beside the words that it renders, and what it adds."""
    frame = quotes_beside_glosses(view)
    rows = []
    for gloss in each_row(frame):
        named = "" if gloss.named == gloss.speaker else f" (named: {gloss.named})"
        change = text(f"{_change(view, gloss)} ", Run(gloss.note, style="small"))
        rows.append(
            Row(
                (
                    text(capitalised(gloss.speaker) + named),
                    _words(gloss) + cited([gloss.quote_id]),
                    text(gloss.glossed) + cited([gloss.gloss_id]),
                    change,
                )
            )
        )
    return Table(
        block_id="table-quotes-beside-glosses",
        caption=text("The speaker’s words beside the outlet’s"),
        columns=(
            Column("Speaker", share=1),
            Column("What was said", share=1.8),
            Column("The outlet’s gloss or summary, in our words", share=1.8),
            Column("What that changes", share=2.6),
        ),
        rows=tuple(rows),
        note=text("Steps are those of the claim ladder. A gloss or summary is never counted."),
        source=source_line(view),
        numbers={
            "glosses": len(frame),
            "higher": int((frame["gap"] > 0).fillna(False).sum()),
            "content_only_in_gloss": int((frame["said_rung"].isna()).sum()),
        },
    )


def table_proposition_links(view: View) -> Table:
    """Return what the propositions in view entail and do not entail."""
    frame = proposition_links(view)
    words = view.whole.labels("proposition_relation")
    rows = [
        Row(
            (
                text(capitalised(str(link.a_text)), "."),
                text(Run(words[str(link.relation)], style="strong")),
                text(capitalised(str(link.b_text)), "."),
                text(str(link.note)),
            )
        )
        for link in each_row(frame)
    ]
    return Table(
        block_id="table-proposition-links",
        caption=text("What one proposition says about another"),
        columns=(
            Column("If this is so", share=2),
            Column("it", share=1),
            Column("this", share=2),
            Column("because", share=2),
        ),
        rows=tuple(rows),
        note=text("As the coders judge it; the reasons stand beside each."),
        numbers={"relations": len(frame)},
    )


def _cell(view: View, voice: pd.DataFrame) -> Text:
    """Return a cell of the matrix: each stance with its propositions, a gloss named as one."""
    if voice.empty:
        return (NOT_HEARD,)
    stances, done = view.whole.labels("stance"), view.whole.labels("response")
    parts = []
    for row in each_row(voice):
        possibly = "" if row.is_certain else "possibly "
        named = f", of “{row.named}”" if row.named else ""
        lead = f"{row.publisher}’s {row.rendering}{named}: " if row.rendering else ""
        response = f", {done[row.response]}" if row.response != NO_RESPONSE else ""
        told = said_text(stances[row.stance], row.said)
        parts.append((*text(lead + possibly), *told, *text(response)))
    return joined(parts, "; ")


def _words(gloss: Any) -> Text:
    """Return the speaker's words; a paraphrase where there are none or only a part is quoted."""
    if gloss.said_rendering == "direct":
        return quoted(gloss.quote)
    part = (Run(", in the words "), *quoted(gloss.quote)) if gloss.quote else ()
    return (Run(f"(paraphrased) {gloss.said.rstrip('.')}"), *part, Run("."))


def _change(view: View, gloss: Any) -> str:
    """Return, in words, what an outlet's version changes: the step, the hedge."""
    said, shown = gloss.said_rung, gloss.gloss_rung
    changes = []
    if pd.isna(said) and not pd.isna(shown):
        changes.append(f"alone says what is meant: step {rung_text(view, shown)}")
    elif said != shown:
        gap = abs(int(shown - said))
        steps = counted(gap, "step")
        changes.append(
            f"{steps} {'higher' if shown > said else 'lower'}: from {rung_text(view, said)}, to "
            f"{rung_text(view, shown)}"
        )
    before, after = gloss.commitment, gloss.gloss_commitment
    if before != after:
        firmness = view.whole.labels("commitment")
        way = "firmer" if _strength(after) > _strength(before) else "less firm"
        changes.append(f"{way}: from “{firmness[before]}” to “{firmness[after]}”")
    return capitalised("; ".join(changes)) + "." if changes else "Same step, same firmness."


def _strength(commitment: str) -> int:
    """Return how firm a commitment is, whichever way it points: 3 certain to 0 none."""
    return {"CT": 3, "PR": 2, "PS": 1}.get(commitment[:2], 0)
