"""An analysis frame to a table block: caption, columns, links to cards, note and source line."""

from claimbrief.tables.answers_by_side import answers_by_side
from claimbrief.tables.denials_by_day import denials_by_day
from claimbrief.tables.escalation import denial_register, flips, sensitivity
from claimbrief.tables.evidence import (
    ancestry,
    assertions_by_evidence,
    evidence_register,
    origins_by_side,
)
from claimbrief.tables.items_cited import evidence_by_side, items_cited
from claimbrief.tables.ledger import utterance_cards
from claimbrief.tables.method import (
    agreement,
    codebook,
    coverage,
    dates,
    parameters,
    sources,
    sourcing,
)
from claimbrief.tables.positions import context, responses, sides_by_question, silences
from claimbrief.tables.question import days, deflation
from claimbrief.tables.turns_in_words import all_turns, turns_in_words
from claimbrief.tables.words import (
    outlet_beside_speaker,
    proposition_links,
    quotes_beside_glosses,
    wording_drift,
)

__all__ = [
    "agreement", "all_turns", "ancestry", "answers_by_side", "assertions_by_evidence", "codebook",
    "context", "coverage", "dates", "days", "deflation", "denial_register", "denials_by_day",
    "evidence_by_side", "evidence_register", "flips", "items_cited", "origins_by_side",
    "outlet_beside_speaker", "parameters", "proposition_links", "quotes_beside_glosses",
    "responses", "sensitivity", "sides_by_question", "silences", "sources", "sourcing",
    "turns_in_words", "utterance_cards", "wording_drift",
]  # fmt: skip
