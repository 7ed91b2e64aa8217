"""An analysis frame to a table block: caption, columns, links to cards, note and source line."""

from claimbrief.tables.escalation import denial_register, utterance_order
from claimbrief.tables.evidence import ancestry, assertions_by_evidence, evidence_register
from claimbrief.tables.ledger import claim_cards
from claimbrief.tables.method import agreement, codebook, coverage, dates, parameters
from claimbrief.tables.paths import stance_paths
from claimbrief.tables.positions import context, responses, sides_by_question, silences
from claimbrief.tables.question import days, deflation
from claimbrief.tables.sensitivity import flips, sensitivity
from claimbrief.tables.sources import sources, sourcing
from claimbrief.tables.words import proposition_links, quotes_beside_glosses, wording_drift

__all__ = [
    "agreement",
    "ancestry",
    "assertions_by_evidence",
    "claim_cards",
    "codebook",
    "context",
    "coverage",
    "dates",
    "days",
    "deflation",
    "denial_register",
    "evidence_register",
    "flips",
    "parameters",
    "proposition_links",
    "quotes_beside_glosses",
    "responses",
    "sensitivity",
    "sides_by_question",
    "silences",
    "sources",
    "sourcing",
    "stance_paths",
    "utterance_order",
    "wording_drift",
]
