"""Who asserts what: the matrix of voices, quotes beside glosses, and what follows from what."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.voices import (
    proposition_links,
    quotes_beside_glosses,
    voices_by_question,
)
from claimbrief.blocks import Column, Row, Run, Style, Table, Text, joined, text
from claimbrief.dataset import each_row
from claimbrief.links import cited, claim_links, quoted, rung_text, source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, day, listed

NOT_HEARD = Run("not heard", style="small")


def table_voices_by_question(view: View) -> Table:
    """Return the matrix: a row a speaker, a column a question, each stance in words."""
    frame = voices_by_question(view)
    every = view.whole.labels("question")
    questions = {code: label for code, label in every.items() if code in set(frame["question_id"])}
    unheard = [label for code, label in every.items() if code not in questions]
    rows = []
    for actor_id in dict.fromkeys(frame["actor_id"]):
        voice = frame[frame["actor_id"] == actor_id]
        role = voice["role"].iloc[0]
        name = text(Run(voice["name"].iloc[0], style="strong"))
        name += text(f", {role}") if role and role not in ("State", "Outlet") else ()
        cells = [_cell(view, voice[voice["question_id"] == code]) for code in questions]
        rows.append(Row((name, *cells), "silent" if not role else ""))
    heard = frame[frame["question_id"] != ""]
    return Table(
        block_id="table-voices-by-question",
        caption=text("Who says what to which question"),
        columns=(
            Column("Speaker", share=1.5),
            *(Column(label, share=1.2) for label in questions.values()),
        ),
        rows=tuple(rows),
        note=text(
            f"As of {day(view.at.as_of)}. In italics: an outlet’s gloss or summary, not "
            "a statement of the speaker’s. “Not heard” is not a denial. Letters with digits "
            "lead to the words."
            + (f" No speaker is heard on: {listed(unheard)}." if unheard else "")
        ),
        source=source_line(view),
        numbers={
            "speakers": int(heard["actor_id"].nunique()),
            "not_heard": int((frame["question_id"] == "").sum()),
        },
    )


def table_quotes_beside_glosses(view: View) -> Table:
    """Return each gloss or summary beside the words that it renders, and what it adds."""
    frame = quotes_beside_glosses(view)
    rows = []
    for gloss in each_row(frame):
        said = _words(gloss)
        named = "" if gloss.named == gloss.speaker else f" (named: {gloss.named})"
        rows.append(
            Row(
                (
                    text(f"{gloss.speaker}{named}"),
                    said + cited([str(gloss.quote_id)]),
                    text(str(gloss.glossed)) + cited([str(gloss.gloss_id)]),
                    text(_gap(view, gloss)),
                )
            )
        )
    return Table(
        block_id="table-quotes-beside-glosses",
        caption=text("The speaker’s words beside the outlet’s"),
        columns=(
            Column("Speaker", share=1.2),
            Column("The words", share=2.2),
            Column("The outlet’s version, in our words", share=2.2),
            Column("What the outlet’s version changes", share=2),
        ),
        rows=tuple(rows),
        note=text("Steps are those of the claim ladder. An outlet’s version is never counted."),
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
                text(str(link.a_text)),
                text(Run(words[str(link.relation)], style="strong")),
                text(str(link.b_text)),
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
        note=text("Set down by the coders before counting, so that no claim is stretched."),
        numbers={"relations": len(frame)},
    )


def _cell(view: View, voice: pd.DataFrame) -> Text:
    """Return a cell of the matrix: each stance in words, a gloss in italics."""
    if voice.empty:
        return (NOT_HEARD,)
    stances, responses = view.whole.labels("stance"), view.whole.labels("response")
    parts = []
    for row in each_row(voice):
        possibly = "" if row.is_certain else "possibly "
        response = f", {responses[str(row.response)]}" if row.response != "A0" else ""
        words = f"{possibly}{stances[str(row.stance)]}{response}"
        style: Style = "em" if row.is_outlet_voice else ""
        by_outlet = "outlet’s gloss: " if row.is_outlet_voice else ""
        parts.append(
            (Run(by_outlet + words, style=style), Run(" "), *claim_links(list(row.claim_ids)))
        )
    return joined(parts, "; ")


def _words(gloss: Any) -> Text:
    """Return the speaker's words; a paraphrase where there are none or only a part is quoted."""
    if gloss.said_rendering == "direct":
        return quoted(gloss.quote)
    part = (Run(", in the words "), *quoted(gloss.quote)) if gloss.quote else ()
    return (Run(f"(paraphrased) {gloss.said.rstrip('.')}"), *part, Run("."))


def _gap(view: View, gloss: Any) -> str:
    """Return, in words, what an outlet's version changes: the step, the hedge."""
    said, shown = gloss.said_rung, gloss.gloss_rung
    changes = []
    if pd.isna(said) and not pd.isna(shown):
        changes.append(f"alone says what is meant: step {rung_text(view, shown)}")
    elif said != shown:
        way = "up" if shown > said else "down"
        changes.append(
            f"{way} {abs(int(shown - said))} on the ladder: from step {rung_text(view, said)}, to "
            f"step {rung_text(view, shown)}"
        )
    before, after = gloss.commitment, gloss.gloss_commitment
    if before != after:
        firmness = view.whole.labels("commitment")
        way = "firmer" if _strength(after) > _strength(before) else "less firm"
        changes.append(f"{way}: from “{firmness[before]}” to “{firmness[after]}”")
    return capitalised("; ".join(changes)) + "." if changes else "Nothing on these scales."


def _strength(commitment: str) -> int:
    """Return how firm a commitment is, whichever way it points: 3 certain to 0 none."""
    return {"CT": 3, "PR": 2, "PS": 1}.get(commitment[:2], 0)
