"""Whose words: the speaker's beside the outlet's, the words for the people, what follows."""

from __future__ import annotations

from typing import Any

from claimbrief.analysis.voices import proposition_links, quotes_beside_glosses, wording_drift
from claimbrief.blocks import Column, Row, Run, Table, Text, joined, text
from claimbrief.dataset import UNSTATED_QUESTION, each_row
from claimbrief.dates import When
from claimbrief.links import (
    MOST_NAMED,
    cited,
    few_links,
    few_names,
    foremost,
    most_told,
    quoted,
    rest_told,
    source_line,
)
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, short_dated

FEW = 4  # so many speakers of a word, and uses of one, are told one by one


def table_quotes_beside_glosses(view: View) -> Table:
    """Return each gloss or summary beside the words that it renders, and what it adds."""
    frame = quotes_beside_glosses(view)
    adds = frame["gap"]
    rows = []
    for gloss in each_row(foremost(frame, adds, most_told(view))):
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
            Column("Speaker", share=1.1),
            Column("What was said", share=2.7),
            Column("The outlet’s gloss or summary, in our words", share=1.9),
            Column("What that changes", share=4.3),
        ),
        rows=tuple(rows),
        note=text(
            "A gloss or summary is never counted."
            + rest_told(len(frame), "such pairs", "those that add most first", most_told(view))
        ),
        source=source_line(view),
        numbers={
            "glosses": len(frame),
            "higher": int((frame["gap"] > 0).sum()),
            "content_only_in_gloss": int((frame["said_question"] == UNSTATED_QUESTION).sum()),
        },
    )


def table_wording_drift(view: View) -> Table:
    """Return the words for the people: who uses them, quoted or in a paraphrase, from first use."""
    frame = wording_drift(view)
    uses = frame["quoted"].map(len) + frame["paraphrased"].map(len)
    rows = []
    for word in each_row(foremost(frame, uses, most_told(view)).sort_index()):
        apart: list[Text] = []
        if word.outlets:
            apart.append(
                text("an outlet’s own wording ") + few_links(view, word.outlets, MOST_NAMED)
            )
        if word.headlines:
            apart.append(text(f"the headline of {few_names(word.headlines)}"))
        rows.append(
            Row(
                (
                    text(Run(str(word.term), style="strong")),
                    _uses(word.quoted),
                    _uses(word.paraphrased),
                    joined(apart, "; ") or text("–"),
                )
            )
        )
    return Table(
        block_id="table-wording-drift",
        caption=text("The words for the people, in order of first use"),
        columns=(
            Column("Word", share=2.3),
            Column("In quoted words", share=2.5),
            Column("In a paraphrase", share=3.9),
            Column("Apart", share=1.3),
        ),
        rows=tuple(rows),
        note=text(
            "A word in a paraphrase may be the outlet’s or ours and not the speaker’s. Most words "
            "reach us in translation."
            + rest_told(len(frame), "words", "those used most", most_told(view))
        ),
        source=source_line(view),
        numbers={"words": len(frame)},
    )


def _uses(cites: list[Any]) -> Text:
    """Return who used a word and when, with links; those of one speaker together, many counted."""
    by_speaker: dict[str, list[tuple[When, str]]] = {}
    for who, when, one in cites:
        by_speaker.setdefault(who, []).append((when, one))
    told = []
    for speaker, own in list(by_speaker.items())[:FEW]:
        days = ", ".join(dict.fromkeys(short_dated(when) for when, _ in own[:FEW]))
        told.append((Run(f"{capitalised(speaker)} {days}"), *cited([one for _, one in own[:FEW]])))
    more = len(by_speaker) - len(told)
    if more:
        told.append(text(counted(more, "more speaker")))
    return joined(told, "; ") or text("–")


def table_proposition_links(view: View) -> Table:
    """Return what the propositions in view entail and do not entail."""
    frame = proposition_links(view)
    words = view.whole.labels("proposition_relation")
    shown = frame.iloc[: most_told(view)]
    rows = [
        Row(
            (
                text(capitalised(str(link.a_text)), "."),
                text(Run(words[str(link.relation)], style="strong")),
                text(capitalised(str(link.b_text)), "."),
                text(str(link.note)),
            )
        )
        for link in each_row(shown)
    ]
    return Table(
        block_id="table-proposition-links",
        caption=text("What one proposition says about another"),
        columns=(
            Column("If this is so", share=3.4),
            Column("it", share=1.1),
            Column("this", share=2.6),
            Column("because", share=2.9),
        ),
        rows=tuple(rows),
        note=text(
            "As the coders judge it; the reasons stand beside each."
            + rest_told(
                len(frame),
                "relations",
                "the first of the dataset",
                most_told(view),
                "the dataset’s table proposition_relations",
            )
        ),
        numbers={"relations": len(frame)},
    )


def _words(gloss: Any) -> Text:
    """Return the speaker's words; a paraphrase where there are none or only a part is quoted."""
    if gloss.said_rendering == "direct":
        return quoted(gloss.quote)
    part = (Run(", in the words "), *quoted(gloss.quote)) if gloss.quote else ()
    return (Run(f"(paraphrased) {gloss.said.rstrip('.')}"), *part, Run("."))


def _change(view: View, gloss: Any) -> str:
    """Return, in words, what an outlet's version changes: the question, the hedge."""
    questions = view.whole.labels("question")
    said, glossed = (questions[one] for one in (gloss.said_question, gloss.gloss_question))
    changes = []
    if gloss.said_question == UNSTATED_QUESTION != gloss.gloss_question:
        changes.append(f"alone says what is meant: “{glossed}”")
    elif said != glossed:
        changes.append(f"another question: “{glossed}” for “{said}”")
    before, after = gloss.commitment, gloss.gloss_commitment
    if before != after:
        firmness = view.whole.labels("commitment")
        way = "firmer" if _strength(after) > _strength(before) else "less firm"
        changes.append(f"{way}: from “{firmness[before]}” to “{firmness[after]}”")
    return capitalised("; ".join(changes)) + "." if changes else "Same question, same firmness."


def _strength(commitment: str) -> int:
    """Return how firm a commitment is, whichever way it points: 3 certain to 0 none."""
    return {"CT": 3, "PR": 2, "PS": 1}.get(commitment[:2], 0)
