"""Computed sentences: every figure, name, date and direction comes from a frame or `Findings`.

Each sentence names its claims by links to their cards.
"""

from claimbrief.prose.key_findings import key_findings
from claimbrief.prose.order import order_of_denials, outlet_and_speaker
from claimbrief.prose.record import (
    coder_agreement,
    coverage_sentences,
    known_gaps,
    limits_of_record,
    title,
)

__all__ = [
    "coder_agreement",
    "coverage_sentences",
    "key_findings",
    "known_gaps",
    "limits_of_record",
    "order_of_denials",
    "outlet_and_speaker",
    "title",
]
