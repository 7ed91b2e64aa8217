"""Whose words: the speaker’s beside the outlet’s, the words for the people, what follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from claimbrief.blocks import Row, Table
from claimbrief.context import Context
from claimbrief.dataset import UNSTATED_QUESTION, each_row
from claimbrief.limits import LIMITS, name_list, truncate, truncation_note
from claimbrief.links import cite, cites, cites_by_day, claim_link, quoted, sentence, with_links
from claimbrief.statements import CONTEXT
from claimbrief.tables.parts import columns, row_of
from claimbrief.texts import Run, Text, claim_anchor, joined, text
from claimbrief.wording import capitalised, clause, number

USES = 4  # the speakers of a word that a cell names, and the uses of each
STRENGTHS = {"CT": 3, "PR": 2, "PS": 1}  # of a commitment, whichever way it points
ROWS = 2  # so many cases have a row
QUOTES_BESIDE_GLOSSES_COLUMNS = {
    "Speaker": 1.1, "What was said": 2.7, "The outlet’s gloss or summary, in our words": 1.9,
    "What that changes": 4.3,
}  # fmt: skip
OUTLET_BESIDE_SPEAKER_COLUMNS = {
    "Speaker": 1.5, "The speaker’s words": 3, "The outlet’s version, in our words": 2.6,
    "What it adds": 2.4,
}  # fmt: skip


def quotes_beside_glosses(frame: pd.DataFrame, context: Context) -> Table:
    """Return each gloss or summary beside the words that it renders, and what it adds."""
    rows = []
    for gloss in each_row(truncate(frame, LIMITS.rows, frame["gap"])):
        named = "" if gloss.named == gloss.speaker else f" (named: {gloss.named})"
        rows.append(
            row_of(
                claim_link(capitalised(gloss.speaker), gloss.said_id) + text(named),
                _words(gloss),
                claim_link(gloss.publisher, gloss.gloss_id) + text(f": {gloss.gloss_paraphrase}"),
                text(f"{_change(gloss, context)} ") + with_links(gloss.note, context),
            )
        )
    return Table(
        block_id="table-quotes-beside-glosses",
        caption=text("The speaker’s words beside the outlet’s"),
        columns=columns(QUOTES_BESIDE_GLOSSES_COLUMNS),
        rows=tuple(rows),
        note=text(
            "A gloss or summary is never counted."
            + truncation_note(len(frame), "such pairs", "those that add most first")
        ),
        source=context.source,
        numbers={
            "glosses": len(frame),
            "higher": int((frame["gap"] > 0).sum()),
            "content_only_in_gloss": int((frame["said_question"] == UNSTATED_QUESTION).sum()),
        },
    )


def _words(gloss: Any) -> Text:
    """Return the speaker's words; a paraphrase where there are none or only a part is quoted."""
    if gloss.said_rendering == "direct":
        return quoted(gloss.said_quote)
    part = (Run(", in the words "), *quoted(gloss.said_quote)) if gloss.said_quote else ()
    return (Run(f"(paraphrased) {gloss.said_paraphrase.rstrip('.')}"), *part, Run("."))


def _change(gloss: Any, context: Context) -> str:
    """Return, in words, what an outlet's version changes: the question, the hedge."""
    said, glossed = (context.questions[it] for it in (gloss.said_question, gloss.gloss_question))
    changes = []
    if gloss.said_question == UNSTATED_QUESTION != gloss.gloss_question:
        changes.append(f"alone says what is meant: “{glossed}”")
    elif said != glossed:
        changes.append(f"another question: “{glossed}” for “{said}”")
    before, after = gloss.said_commitment, gloss.gloss_commitment
    if before != after:
        labels = context.labels["commitment"]
        way = "firmer" if _strength(after) > _strength(before) else "less firm"
        changes.append(f"{way}: from “{labels[before]}” to “{labels[after]}”")
    return capitalised("; ".join(changes)) + "." if changes else "Same question, same firmness."


def _strength(commitment: str) -> int:
    return STRENGTHS.get(commitment[:2], 0)


def wording_drift(frame: pd.DataFrame, context: Context) -> Table:
    """Return the words for the people: who uses them, quoted or in a paraphrase, from first use."""
    uses: dict[str, list[Any]] = {term: [] for term in frame["term"]}
    for use in each_row(frame):
        uses[use.term].append(use)
    words = pd.DataFrame({"term": list(uses)})
    by_speakers = [sum(use.use != "outlet" for use in own) for own in uses.values()]
    kept = truncate(words, LIMITS.rows, pd.Series(by_speakers, words.index)).sort_index()
    return Table(
        block_id="table-wording-drift",
        caption=text("The words for the people, in order of first use"),
        columns=columns(
            {"Word": 2.3, "In quoted words": 2.5, "In a paraphrase": 3.9, "Apart": 1.3}
        ),
        rows=tuple(_word_row(term, uses[term], context) for term in kept["term"]),
        note=text(
            "A word in a paraphrase may be the outlet’s or ours and not the speaker’s. Most words "
            "reach us in translation." + truncation_note(len(words), "words", "those used most")
        ),
        source=context.source,
        numbers={"words": len(words)},
    )


def _word_row(term: str, uses: list[Any], context: Context) -> Row:
    outlets = [use.claim_id for use in uses if use.use == "outlet"]
    headlines = uses[0].headlines
    apart: list[Text] = []
    if outlets:
        apart.append(text("an outlet’s own wording: ") + cites(outlets, context, LIMITS.links))
    if headlines:
        apart.append(text(f"the headline of {name_list(headlines)}"))
    return row_of(
        Run(term, style="strong"),
        _uses([use for use in uses if use.use == "quoted"], context),
        _uses([use for use in uses if use.use == "paraphrased"], context),
        joined(apart, "; ") or text("–"),
    )


def _uses(uses: Iterable[Any], context: Context) -> Text:
    """Return who used a word and when, with links, each speaker once; many are counted."""
    said = [(use.speaker, use.when, use.claim_id) for use in uses]
    return cites_by_day(said, context, USES, USES) or text("–")


def proposition_links(frame: pd.DataFrame, context: Context) -> Table:
    """Return what the propositions in view entail and do not entail."""
    labels = context.labels["proposition_relation"]
    rows = [
        row_of(
            text(capitalised(link.a_text), "."),
            Run(labels[link.relation], style="strong"),
            text(capitalised(link.b_text), "."),
            link.note,
        )
        for link in each_row(truncate(frame))
    ]
    return Table(
        block_id="table-proposition-links",
        caption=text("What one proposition says about another"),
        columns=columns({"If this is so": 3.4, "it": 1.1, "this": 2.6, "because": 2.9}),
        rows=tuple(rows),
        note=text(
            "As the coders judge it; the reasons stand beside each."
            + truncation_note(
                len(frame),
                "relations",
                "the first of the dataset",
                whole="the dataset’s table proposition_relations",
            )
        ),
        numbers={"relations": len(frame)},
    )


def outlet_beside_speaker(frame: pd.DataFrame, context: Context) -> Table:
    """Return a row for each case in which an outlet goes beyond a speaker's words.

    Of more than `ROWS` cases the plainest have one.
    """
    return Table(
        block_id="table-outlet-beside-speaker",
        caption=text(_caption(len(frame))),
        subtitle=text(_subtitle(len(frame))),
        columns=columns(OUTLET_BESIDE_SPEAKER_COLUMNS),
        rows=tuple(_row(case, context) for case in each_row(frame.iloc[:ROWS])),
        numbers={
            "beyond": len(frame),
            **{
                name: int(frame[name].sum())
                for name in ("is_stronger", "is_firmer", "alone_says_what")
            },
        },
    )


def _caption(cases: int) -> str:
    if cases == 0:
        return "No outlet’s words go further than the speaker’s"
    if cases == 1:
        return "In one case an outlet’s words go further than the speaker’s"
    return f"In {number(cases)} cases an outlet’s words go further than the speaker’s"


def _subtitle(cases: int) -> str:
    rest = cases - ROWS
    if rest <= 0:
        return "Speaker and outlet side by side."
    are = "is" if rest == 1 else "are"
    return f"{capitalised(number(ROWS))} of them; {number(rest)} more {are} in the record."


def _row(case: Any, context: Context) -> Row:
    said = quoted(case.said_quote, case.said_language)
    if case.said_rendering != "direct":
        said = text(case.said_paraphrase) + (text(" In the words: ") + said if said else ())
    is_named = context.names[case.side].removeprefix("the ") in case.speaker
    outlet = Run(case.publisher, f"#{claim_anchor(case.gloss_id)}")
    return row_of(
        sentence(cite(case.said_id, context, has_side=not is_named)),
        said,
        text(outlet, f": {case.gloss_paraphrase}"),
        " ".join(_added(case, context)),
        key=case.gloss_id,
    )


def _added(case: Any, context: Context) -> list[str]:
    """Return in sentences what an outlet added: what is meant, an answer, or firmness."""
    sentences = []
    if case.alone_says_what:
        sentences.append("What the words are about.")
    elif case.said_content == CONTEXT or case.said_question != case.gloss_question:
        sentences.append(_answer(case, context))
    if case.is_firmer:
        hedge = f"“{case.said_hedge}”" if case.said_hedge else "a hedge"
        sentences.append(f"It leaves out {hedge}.")
    return sentences


def _answer(case: Any, context: Context) -> str:
    """Return what an outlet makes of words that answer another question, or none."""
    claim = clause(case.gloss_proposition)
    if case.gloss_stance == "denies":
        return f"A denial that {claim}."
    if case.gloss_stance == "dismisses":
        return f"A dismissal of the claim that {claim}."
    return f"An answer on “{context.short_questions[case.gloss_question]}”."
