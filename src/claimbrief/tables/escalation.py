"""Denials and order: what exactly is denied, and what can be said to have come first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from claimbrief.analysis.escalation import denial_register, denials
from claimbrief.analysis.lasting import places_of_codes
from claimbrief.analysis.order import pairs_in_order, relevant_utterances
from claimbrief.analysis.paths import LEAVES_OPEN, paths
from claimbrief.analysis.statements import each_statement, first_of_each
from claimbrief.blocks import Column, Row, Run, Table, Text, joined, text
from claimbrief.dataset import each_row
from claimbrief.dates import order
from claimbrief.links import (
    cited,
    claim_links,
    foremost,
    most_told,
    quoted,
    rest_told,
    source_line,
)
from claimbrief.view import View
from claimbrief.wording import capitalised, day, number, short_dated

UNDETERMINED = "?"
FEW = 6  # so many claims are linked one by one in a cell
MOST_NAMED = 8  # so many columns have room for a name
MOST = 12  # so many utterances fit a matrix without a choice
MOST_SHOWN = 16  # so many of the chosen ones fit: a cell holds a word


def table_denial_register(view: View) -> Table:
    """Return the denials: the words, the level, what they deny and which assertions came when."""
    levels = view.whole.labels("denial")
    order = list(levels)
    every = pd.DataFrame(
        [(one.claim_id, order.index(one.denial)) for one in denials(view)], columns=["id", "level"]
    )
    shown = set(foremost(every, every["level"], most_told(view))["id"])
    rows = [_denial_row(claim, levels) for claim in each_row(denial_register(view, shown))]
    return Table(
        block_id="table-denial-register",
        caption=text("What exactly is denied, and which assertions can it answer?"),
        columns=(
            Column("Speaker", share=1.9),
            Column("Said", share=0.75),
            Column("Words", share=1.45),
            Column("Level", share=0.95),
            Column("Of what", share=1.85),
            Column("Assertions before it", share=0.95),
            Column("Order not known", share=0.95),
            Column("Assertions after it", share=0.95),
        ),
        rows=tuple(rows),
        note=text(
            "By sides that make no such claim themselves. Only an assertion before a denial can "
            "be what it answers; where the order is not "
            "known, none is drawn. Many assertions are given as a number."
            + rest_told(len(every), "denials", "those of the highest level", most_told(view))
        ),
        source=source_line(view),
        numbers={"denials": len(every)},
    )


def _denial_row(claim: Any, levels: Mapping[str, str]) -> Row:
    dated = short_dated(claim.when)
    if claim.outside_when is not None:
        dated += f" ({claim.outside_publisher}: {short_dated(claim.outside_when)})"
    denied = text("that ", Run(claim.proposition, style="em"))
    if not claim.is_content_stated:
        denied = text("not named in the quoted words")
    if claim.glosses and not claim.is_content_stated:
        denied += text(f"; by {claim.publisher}’s gloss, that ")
        told = [(Run(what, style="em"), *cited([one])) for what, one in claim.glosses]
        denied += joined(told, ", ", " and ")
    orders = (claim.before, claim.undetermined, claim.after)
    return Row(
        (
            text(Run(capitalised(claim.speaker), style="strong"), f", {claim.role}"),
            text(dated),
            (quoted(claim.quote) or text(claim.paraphrase)) + cited([claim.claim_id]),
            text(f"{claim.denial}: {levels[claim.denial]}"),
            denied,
            *(_few_or_count(ids) for ids in orders),
        )
    )


def _few_or_count(claim_ids: list[str]) -> Text:
    """Return links to the claims, or how many there are where a cell would not hold them."""
    if len(claim_ids) > FEW:
        return text(f"{len(claim_ids):,}")
    return claim_links(claim_ids) or text("none")


def table_utterance_order(view: View) -> Table:
    """Return the order matrix: was the row's utterance before or after the column's?

    Of more than a dozen utterances the matrix shows those with which a side took a position.
    """
    said, whens = first_of_each(view), relevant_utterances(view)
    ids, taken = _shown_in_order(view)
    names = {one: f"{capitalised(said[one].speaker)}, {short_dated(said[one].when)}" for one in ids}
    heads = {one: names[one] for one in ids}
    if len(ids) > MOST_NAMED:  # a head of many columns holds a number, not a name
        heads = {one: f"{place}" for place, one in enumerate(ids, 1)}
        names = {one: f"{heads[one]}  {names[one]}" for one in ids}
    shown = {"before": "before", "after": "after", "undetermined": UNDETERMINED}
    rows = [
        Row(
            (
                text(names[first]) + cited([taken.get(first, said[first].claim_id)]),
                *(
                    text("–" if first == second else shown[order(whens[first], whens[second])])
                    for second in ids
                ),
            )
        )
        for first in ids
    ]
    ordered, pairs = pairs_in_order(list(whens.values()))
    cut = " Shown are those with which a side first, or anew, says so, calls it likely or denies."
    if len(ids) < len(taken):
        cut += f" Of {number(len(taken))} here are the {number(len(ids))} on the first questions."
    return Table(
        block_id="table-utterance-order",
        caption=text("Was the statement in the row made before or after the one in the column?"),
        columns=(
            Column("Statement", share=max(1.8, 0.3 * len(ids))),
            *(Column(heads[one], "center") for one in ids),
        ),
        rows=tuple(rows),
        note=text(
            f"As of {day(view.at.as_of)}. “{UNDETERMINED}”: the dates do not tell the order."
            + (cut if taken else "")
        ),
        source=source_line(view),
        numbers={"pairs": pairs, "ordered": ordered, "shown": len(ids)},
    )


def _shown_in_order(view: View) -> tuple[list[str], dict[str, str]]:
    """Return the utterances of the order matrix by date, and of a cut one the claims that count."""
    ids = list(relevant_utterances(view))
    if len(ids) <= MOST:
        return ids if len(ids) > 1 else [], {}
    first_steps, utterances = [], {one.claim_id: one.utterance_id for one in each_statement(view)}
    for path in paths(view, "side").values():
        first_steps += [
            step
            for place, step in enumerate(path)
            if (place == 0 or step.is_turn) and step.position != LEAVES_OPEN
        ]
    claims = {utterances[step.claim_id]: step.claim_id for step in first_steps}
    questions = places_of_codes(view.whole, "question")
    places = {step.claim_id: questions[step.question_id] for step in first_steps}
    taken = [one for one in ids if one in claims]
    first = sorted(taken, key=lambda one: places[claims[one]])[:MOST_SHOWN]
    return [one for one in taken if one in set(first)], claims
