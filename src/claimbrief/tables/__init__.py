"""An analysis frame to a table block: caption, columns, links to cards, note and source line."""

from claimbrief.tables.escalation import table_denial_register, table_utterance_order
from claimbrief.tables.evidence import (
    table_ancestry,
    table_assertions_by_evidence,
    table_evidence_register,
)
from claimbrief.tables.ledger import claim_cards
from claimbrief.tables.method import (
    table_codebook,
    table_coder_agreement,
    table_coverage,
    table_dates,
    table_parameters,
)
from claimbrief.tables.positions import (
    table_context,
    table_responses,
    table_sides_by_question,
    table_silences,
    table_stance_paths,
)
from claimbrief.tables.question import table_days, table_deflation
from claimbrief.tables.sensitivity import table_flips, table_sensitivity
from claimbrief.tables.sources import table_sources, table_sourcing
from claimbrief.tables.words import (
    table_proposition_links,
    table_quotes_beside_glosses,
    table_wording_drift,
)

__all__ = [
    "claim_cards",
    "table_ancestry",
    "table_assertions_by_evidence",
    "table_codebook",
    "table_coder_agreement",
    "table_context",
    "table_coverage",
    "table_dates",
    "table_days",
    "table_deflation",
    "table_denial_register",
    "table_evidence_register",
    "table_flips",
    "table_parameters",
    "table_proposition_links",
    "table_quotes_beside_glosses",
    "table_responses",
    "table_sensitivity",
    "table_sides_by_question",
    "table_silences",
    "table_sources",
    "table_sourcing",
    "table_stance_paths",
    "table_utterance_order",
    "table_wording_drift",
]
