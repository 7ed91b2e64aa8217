"""Denials and what each can answer; what undated sources leave open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from claimbrief.analysis.counts import Count, count_of
from claimbrief.blocks import Column, Table
from claimbrief.captions import by_the_day, in_words
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS, truncate, truncation_note
from claimbrief.links import cites, claim_link, in_our_words, quoted
from claimbrief.statements import DENYING, UNSTATED
from claimbrief.tables.parts import Cells, columns, filled, row_of
from claimbrief.texts import Run, Text, joined, text
from claimbrief.wording import capitalised, counted, day, figure, listed, number

NAMED_CLAIMS = 4  # how many claims are named in a narrow cell; more are counted
FLIPS = 12  # the rows of the table of flips


def denial_register(frame: pd.DataFrame, context: Context) -> Table:
    """Return the denials: the words, the level, what they deny and which assertions came when."""
    level = frame["denial"].map(list(context.labels["denial"]).index)
    highest = truncate(frame, LIMITS.rows, level)
    links = partial(_links_or_count, context=context)
    cells: Cells = {
        "Speaker": (1.55, _speaker),
        "Said": (0.65, lambda row: _dated(row, context)),
        "Words": (2.75, _words),
        "Kind": (0.85, lambda row: context.labels["denial"][row.denial]),
        "Of what": (1.6, _denied),
        "Said before it": (0.8, lambda row: links(row.before)),
        "Order not known": (0.8, lambda row: links(row.undetermined)),
        "Said after it": (0.75, lambda row: links(row.after)),
    }
    return Table(
        block_id="table-denial-register",
        caption=text(_caption(frame, context)),
        subtitle=text("What exactly was denied, and what had been said before"),
        **filled(frame[frame.index.isin(highest.index)], cells),
        note=text(
            "Denials by sides that say nothing of this themselves. The last three columns have "
            "the claims that something is so, likely or to come, on the same question, or on "
            "any question if the denial does not name what it denies. A denial can only answer "
            "what was said before it. Many claims are given as a number."
            + truncation_note(len(frame), "denials", "those of the highest level")
        ),
        source=context.source,
        numbers={"denials": len(frame), **_by_stance(frame)},
    )


def _caption(frame: pd.DataFrame, context: Context) -> str:
    """Return how many statements dismissed what others said, and how many stated the contrary."""
    dismissed, denied = (Count(low, high - low) for low, high in _by_stance(frame).values())
    if dismissed.total:
        also = in_words(denied) if denied.total else "none"
        either = frame[frame["stance"].isin(DENYING)]["utterance_id"].nunique()
        both = dismissed.total + denied.total - either
        did_both = f"; {number(both)} of these did both" if both else ""
        words = f"{_statements(dismissed)} dismissed what others said; {also} denied it{did_both}"
        return capitalised(words)
    if denied.total:
        return capitalised(f"{_statements(denied)} denied what others said")
    words = f"{by_the_day(context)} nobody had denied or dismissed what only others said"
    return capitalised(words)


def _statements(count: Count) -> str:
    return f"{in_words(count)} {'statement' if count.total == 1 else 'statements'}"


def _by_stance(frame: pd.DataFrame) -> dict[str, list[int]]:
    """Return how many statements dismissed something, and how many denied it, at least and most."""
    counts = {
        name: count_of(frame[frame["stance"] == stance], "utterance_id")
        for name, stance in (("dismissed", "dismisses"), ("denied", "denies"))
    }
    return {name: [count.certain, count.total] for name, count in counts.items()}


def _speaker(claim: Any) -> Text:
    link = claim_link(capitalised(claim.speaker), claim.claim_id, "strong")
    return link + text(f", {claim.speaker_role}")


def _words(claim: Any) -> Text:
    """Return a denial's words; where they are in another language, or none are quoted, ours."""
    if not claim.quote:
        return text(f"In our words: {claim.paraphrase}")
    ours = in_our_words(claim.paraphrase) if claim.language else ""
    return quoted(claim.quote, claim.language) + text(ours)


def _dated(claim: Any, context: Context) -> str:
    dated = context.short_dated(claim.when)
    if not claim.outside_when:
        return dated
    return f"{dated} ({claim.outside_publisher}: {context.short_dated(claim.outside_when)})"


def _denied(claim: Any) -> Text:
    """Return what is denied; where the words do not name it, what the outlet's glosses say."""
    if claim.content != UNSTATED:
        return text("that ", Run(claim.proposition, style="em"))
    denied = text("not named in the quoted words")
    if claim.glosses:
        glosses = [
            claim_link(proposition, claim_id, "em")
            for proposition, claim_id in zip(claim.glosses, claim.gloss_ids, strict=True)
        ]
        denied += text(f"; by {claim.publisher}’s gloss, that ") + joined(glosses, ", ", " and ")
    return denied


def _links_or_count(claim_ids: list[str], context: Context) -> Text:
    """Return links to the claims, or how many there are where a cell would not hold them."""
    if len(claim_ids) > NAMED_CLAIMS:
        return text(f"{len(claim_ids):,}")
    return cites(claim_ids, context, has_side=False) or text("none")


def sensitivity(frame: pd.DataFrame, context: Context) -> Table:
    """Return what the undated sources' possible days of publication would change.

    A measure that is the same on every day stands in the note.
    """
    rows = list(each_row(frame))
    columns = [_published(row.published, context) for row in rows]
    measures = {
        "Statements of no single day": [f"{row.undated:,}" for row in rows],
        "Pairs of relevant statements whose order is known": [
            f"{row.ordered:,} of {row.pairs:,}" for row in rows
        ],
        "Statements certainly made by the day": [f"{row.certain:,}" for row in rows],
        "Statements possibly made by the day": [f"{row.possible:,}" for row in rows],
        "Independent sources": [figure(row.origins_low, row.origins_high) for row in rows],
    }
    moving = {label: values for label, values in measures.items() if len(set(values)) != 1}
    fixed = [
        f"{label.lower()} ({values[0]})"
        for label, values in measures.items()
        if len(set(values)) == 1
    ]
    same = f" The same on each day: {listed(fixed)}." if fixed else ""
    return Table(
        block_id="table-sensitivity",
        caption=text("What would change if an undated source had appeared on one of its days"),
        columns=(Column("Measure", share=2), *(Column(label, "end") for label in columns)),
        rows=tuple(row_of(label, *map(text, values)) for label, values in moving.items()),
        note=text(
            f"{_undated(frame.attrs['undated_sources'])}As of {day(context.at.as_of)}. The column "
            "“range kept” is what this brief uses; a day moves only the sources that can have "
            f"appeared on it.{same}"
        ),
        source=context.source,
        numbers={"days": int((frame["published"] != "").sum()), "flips": frame.attrs["flips"]},
    )


def _published(published: str, context: Context) -> str:
    return context.short_day(date.fromisoformat(published)) if published else "range kept"


def _undated(publishers: Sequence[str]) -> str:
    """Return who publishes the undated sources; many are counted."""
    if not publishers:
        return "Every source in use shows its day. "
    named = list(publishers[: LIMITS.names])
    if len(publishers) > LIMITS.names:
        named.append(counted(len(publishers) - LIMITS.names, "more document"))
    return f"Of no single day: {listed(named)}. "


def flips(frame: pd.DataFrame, context: Context) -> Table:
    """Return each date and each order that a day of publication would settle."""
    rows = []
    for flip in each_row(frame.iloc[:FLIPS]):
        cell = claim_link(capitalised(flip.first_speaker), flip.first_claim)
        if flip.second:
            cell += text(", before or after ") + claim_link(flip.second_speaker, flip.second_claim)
        on = [
            f"{_published(day, context)}: {_state(value, context)}"
            for day, value in sorted(flip.on.items())
        ]
        rows.append(row_of(cell, _state(flip.kept, context), "; ".join(on)))
    more = len(frame) - len(rows)
    are = capitalised(counted(more, "more of the same kind is", "more of the same kind are"))
    return Table(
        block_id="table-flips",
        caption=text("Which dates and which orders a day of publication would settle"),
        columns=columns({"What": 2.2, "With the range kept": 1, "If the source appeared on": 3}),
        rows=tuple(rows),
        note=text("Dates first, then pairs." + (f" {are} left out." if more else "")),
        source=context.source,
        numbers={"flips": len(frame)},
    )


def _state(value: str, context: Context) -> str:
    """Return an order, or a date in EDTF in short words."""
    if value in ("before", "after"):
        return value
    return "order not known" if value == "undetermined" else context.short_dated(value)
