"""An analysis frame to a table block: caption, columns, links to cards, note and source line."""

from claimbrief.tables.escalation import table_denial_register, table_utterance_order
from claimbrief.tables.evidence import (
    table_ancestry,
    table_assertions_and_evidence,
    table_evidence_register,
)
from claimbrief.tables.ledger import claim_cards
from claimbrief.tables.method import (
    table_codebook,
    table_coverage,
    table_dates,
    table_parameters,
    table_sources,
)
from claimbrief.tables.question import table_deflation
from claimbrief.tables.voices import (
    table_context,
    table_proposition_links,
    table_quotes_beside_glosses,
    table_responses,
    table_voices_by_question,
)

__all__ = [
    "claim_cards",
    "table_ancestry",
    "table_assertions_and_evidence",
    "table_codebook",
    "table_context",
    "table_coverage",
    "table_dates",
    "table_deflation",
    "table_denial_register",
    "table_evidence_register",
    "table_parameters",
    "table_proposition_links",
    "table_quotes_beside_glosses",
    "table_responses",
    "table_sources",
    "table_utterance_order",
    "table_voices_by_question",
]
