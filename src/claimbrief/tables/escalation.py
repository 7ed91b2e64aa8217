"""Denials: what exactly is denied, and which assertions each can answer."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.counts import Count, count_of
from claimbrief.blocks import Row, Table
from claimbrief.captions import by_the_day, in_words
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS, truncate, truncation_note
from claimbrief.links import cites, claim_link, quoted
from claimbrief.statements import UNSTATED
from claimbrief.tables.parts import columns, row_of
from claimbrief.texts import Run, Text, joined, text
from claimbrief.wording import capitalised

NAMED_CLAIMS = 4  # so many claims are named in a narrow cell; more are counted
DENIAL_REGISTER_COLUMNS = {
    "Speaker": 1.55, "Said": 0.65, "Words": 2.75, "Kind": 0.85, "Of what": 1.6,
    "Said before it": 0.8, "Order not known": 0.8, "Said after it": 0.75,
}  # fmt: skip


def denial_register(frame: pd.DataFrame, context: Context) -> Table:
    """Return the denials: the words, the level, what they deny and which assertions came when."""
    level = frame["denial"].map(list(context.labels["denial"]).index)
    highest = truncate(frame, LIMITS.rows, level)
    rows = [_denial_row(it, context) for it in each_row(frame[frame.index.isin(highest.index)])]
    return Table(
        block_id="table-denial-register",
        caption=text(_caption(frame, context)),
        subtitle=text("What exactly was denied, and what had been said before"),
        columns=columns(DENIAL_REGISTER_COLUMNS),
        rows=tuple(rows),
        note=text(
            "Denials by sides that say nothing of this themselves. The last three columns have "
            "the statements that something is so, likely or to come, on the same question; on any "
            "question where the denial does not name what it is of. A denial can only answer what "
            "was said before it. Many statements are given as a number."
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
        return capitalised(f"{_statements(dismissed)} dismissed it; {also} said that it is not so")
    if denied.total:
        return capitalised(f"{_statements(denied)} said that it is not so")
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


def _denial_row(claim: Any, context: Context) -> Row:
    dated = context.short_dated(claim.when)
    if claim.outside_when:
        dated += f" ({claim.outside_publisher}: {context.short_dated(claim.outside_when)})"
    return row_of(
        claim_link(capitalised(claim.speaker), claim.claim_id, "strong")
        + text(f", {claim.speaker_role}"),
        dated,
        quoted(claim.quote, claim.language) or text(claim.paraphrase),
        context.labels["denial"][claim.denial],
        _denied(claim),
        *(
            _links_or_count(claim_ids, context)
            for claim_ids in (claim.before, claim.undetermined, claim.after)
        ),
    )


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
