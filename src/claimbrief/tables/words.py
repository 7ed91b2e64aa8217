"""Whose words: the speaker’s beside the outlet’s, the words for the people, what follows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import pandas as pd

from claimbrief.blocks import Table
from claimbrief.context import Context
from claimbrief.dataset import UNSTATED_QUESTION
from claimbrief.limits import LIMITS, name_list, truncate, truncation_note
from claimbrief.links import cite, cites, cites_by_day, claim_link, quoted, sentence, with_links
from claimbrief.lookups import rows_by
from claimbrief.statements import CONTEXT
from claimbrief.tables.parts import Cell, Cells, filled
from claimbrief.texts import Run, Text, joined, text
from claimbrief.wording import capitalised, clause, counted, number

USES = 4  # the speakers of a word that a cell names, and the uses of each
STRENGTHS = {"CT": 3, "PR": 2, "PS": 1}  # of a commitment, whichever way it points
ROWS = 2  # how many cases have a row


def quotes_beside_glosses(frame: pd.DataFrame, context: Context) -> Table:
    """Return each gloss or summary beside the words that it renders, and what it adds."""
    cells: Cells = {
        "Speaker": (1.1, _speaker),
        "What was said": (2.7, _words),
        "The outlet’s gloss or summary, in our words": (1.9, _outlet),
        "What that changes": (4.3, lambda gloss: _change(gloss, context)),
    }
    return Table(
        block_id="table-quotes-beside-glosses",
        caption=text("The speaker’s words beside the outlet’s"),
        **filled(truncate(frame, LIMITS.rows, frame["gap"]), cells),
        note=text(
            "A gloss or summary is never counted as a speaker’s statement."
            + truncation_note(len(frame), "such pairs", "those that add most first")
        ),
        source=context.source,
        numbers={
            "glosses": len(frame),
            "higher": int((frame["gap"] > 0).sum()),
            "content_only_in_gloss": int((frame["said_question"] == UNSTATED_QUESTION).sum()),
        },
    )


def _speaker(gloss: Any) -> Text:
    named = "" if gloss.named == gloss.speaker else f" (named: {gloss.named})"
    return claim_link(capitalised(gloss.speaker), gloss.said_id) + text(named)


def _outlet(gloss: Any) -> Text:
    return claim_link(gloss.publisher, gloss.gloss_id) + text(f": {gloss.gloss_paraphrase}")


def _words(gloss: Any) -> Text:
    """Return the speaker's words; a paraphrase where there are none or only a part is quoted."""
    if gloss.said_rendering == "direct":
        return quoted(gloss.said_quote)
    part = (Run(", in the words "), *quoted(gloss.said_quote)) if gloss.said_quote else ()
    return (Run(f"(paraphrased) {gloss.said_paraphrase.rstrip('.')}"), *part, Run("."))


def _change(gloss: Any, context: Context) -> Text:
    """Return what an outlet's version changes (the question, the hedge), and the coder's note."""
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
        way = "the contrary" if {before[-1], after[-1]} == {"+", "−"} else way
        changes.append(f"{way}: from “{labels[before]}” to “{labels[after]}”")
    words = "; ".join(changes) or "same question, same firmness"
    return text(f"{capitalised(words)}. ") + with_links(gloss.note, context)


def _strength(commitment: str) -> int:
    return STRENGTHS.get(commitment[:2], 0)


def wording_drift(frame: pd.DataFrame, context: Context) -> Table:
    """Return the words for the people: who uses them, quoted or in a paraphrase, from first use."""
    uses = rows_by(frame, "term", "use")
    by_speakers = (frame["use"] != "outlet").groupby(frame["term"], sort=False).sum()
    words = by_speakers.reset_index()
    said = partial(_uses, context=context)
    cells: Cells = {
        "Word": (2.3, lambda row: Run(row.term, style="strong")),
        "In quoted words": (2.5, lambda row: said(uses.get((row.term, "quoted"), []))),
        "In a paraphrase": (3.9, lambda row: said(uses.get((row.term, "paraphrased"), []))),
        "Elsewhere": (1.3, lambda row: _apart(frame[frame["term"] == row.term], context)),
    }
    return Table(
        block_id="table-wording-drift",
        caption=text("The words for the people, in order of first use"),
        **filled(truncate(words, LIMITS.rows, words["use"]).sort_index(), cells),
        note=text(
            "A word in a paraphrase may be the outlet’s or ours and not the speaker’s."
            + truncation_note(len(words), "words", "those used most")
        ),
        source=context.source,
        numbers={"words": len(words)},
    )


def _apart(uses: pd.DataFrame, context: Context) -> Cell:
    """Return where a word stands besides: in an outlet's own wording, in headlines."""
    outlets = uses.loc[uses["use"] == "outlet", "claim_id"].tolist()
    apart: list[Text] = []
    if outlets:
        apart.append(text("an outlet’s own wording: ") + cites(outlets, context, LIMITS.links))
    if headlines := uses["headlines"].iloc[0]:
        apart.append(text(f"the headline of {name_list(headlines)}"))
    return joined(apart, "; ") or "–"


def _uses(uses: Iterable[Any], context: Context) -> Text:
    """Return who used a word and when, with links, each speaker once; many are counted."""
    said = [(use.speaker, use.when, use.claim_id) for use in uses]
    return cites_by_day(said, context, USES, USES) or text("–")


def proposition_links(frame: pd.DataFrame, context: Context) -> Table:
    """Return what the propositions in view entail and do not entail."""
    labels = context.labels["proposition_relation"]
    cells: Cells = {
        "If this is so": (3.4, lambda link: text(capitalised(link.a_text), ".")),
        "it": (1.1, lambda link: Run(labels[link.relation], style="strong")),
        "this": (2.6, lambda link: text(capitalised(link.b_text), ".")),
        "because": (2.9, lambda link: link.note),
    }
    order, whole = "the first of the dataset", "the dataset’s table proposition_relations"
    return Table(
        block_id="table-proposition-links",
        caption=text("What one proposition says about another"),
        **filled(truncate(frame), cells),
        note=text(
            "As the coders judge it; the reasons stand beside each."
            + truncation_note(len(frame), "relations", order, whole=whole)
        ),
        numbers={"relations": len(frame)},
    )


def outlet_beside_speaker(frame: pd.DataFrame, context: Context) -> Table:
    """Return a row for each case in which an outlet goes beyond a speaker's words.

    Of more than `ROWS` cases the plainest have one.
    """
    cells: Cells = {
        "Speaker": (1.5, lambda case: _cited(case, context)),
        "The speaker’s words": (3, _own_words),
        "The outlet’s version, in our words": (2.6, _outlet),
        "What it changes": (2.4, lambda case: " ".join(_added(case, context))),
    }
    ways = ("is_stronger", "is_firmer", "alone_says_what")
    return Table(
        block_id="table-outlet-beside-speaker",
        caption=text(_caption(len(frame))),
        subtitle=text(_subtitle(len(frame)) + _translations(frame.iloc[:ROWS])),
        **filled(frame.iloc[:ROWS], cells, key="gloss_id"),
        numbers={"beyond": len(frame), **{how: int(frame[how].sum()) for how in ways}},
    )


def _caption(cases: int) -> str:
    where = f"In at least {counted(cases, 'case')} an" if cases else "No"
    return f"{where} outlet’s words go further than the speaker’s"


def _subtitle(cases: int) -> str:
    rest = cases - ROWS
    if rest <= 0:
        return "Speaker and outlet side by side."
    return f"{capitalised(number(ROWS))} of them; the record has {number(rest)} more."


def _translations(cases: pd.DataFrame) -> str:
    """Return whose the translations are, where words are quoted in one: they differ by page."""
    is_translated = cases["is_translation"] & (cases["said_quote"] != "")
    return " Translations are the outlets’." if is_translated.any() else ""


def _cited(case: Any, context: Context) -> Text:
    is_own_name = context.names[case.side].removeprefix("the ") in case.speaker
    return sentence(cite(case.said_id, context, has_side=not is_own_name))


def _own_words(case: Any) -> Text:
    said = quoted(case.said_quote, case.said_language)
    if case.said_rendering == "direct":
        return said
    return text(case.said_paraphrase) + (text(" In the words: ") + said if said else ())


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
