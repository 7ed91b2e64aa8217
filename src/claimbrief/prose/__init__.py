"""Computed sentences: every figure, name, date and direction comes from a frame or `Findings`.

Each sentence names its claims by links to their cards.
"""

from claimbrief.prose.answer import answer
from claimbrief.prose.evidence import items_cited, origins
from claimbrief.prose.findings import findings, support
from claimbrief.prose.limits import limits_in_full, limits_of_record
from claimbrief.prose.order import order_of_denials, outlet_and_speaker
from claimbrief.prose.record import (
    coder_agreement,
    coverage,
    known_gaps,
    known_gaps_in_full,
    method,
    title,
)
from claimbrief.prose.since_last_edition import since_last_edition

__all__ = [
    "answer", "coder_agreement", "coverage", "findings", "items_cited", "known_gaps",
    "known_gaps_in_full", "limits_in_full", "limits_of_record", "method", "order_of_denials",
    "origins", "outlet_and_speaker", "since_last_edition", "support", "title",
]  # fmt: skip
