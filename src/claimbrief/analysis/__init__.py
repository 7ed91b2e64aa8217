"""Pure functions from a view to small frames; each frame's rows and columns are in its docstring.

The table or chart that draws a frame has the frame's name.
"""

from claimbrief.analysis.answers_by_side import answers_by_side
from claimbrief.analysis.days import (
    by_day,
    findings_by_day,
    first_days,
    since_last_edition,
    views_by_day,
)
from claimbrief.analysis.escalation import claim_timeline, denial_register, uncovered_days
from claimbrief.analysis.evidence import (
    assertions_by_evidence,
    evidence_by_side,
    evidence_register,
    items_cited,
    publicity_by_day,
    statements_by_evidence,
)
from claimbrief.analysis.figures import figures_claimed
from claimbrief.analysis.findings import deflation, findings
from claimbrief.analysis.ledger import utterance_cards
from claimbrief.analysis.method import agreement, codebook, coverage, dates
from claimbrief.analysis.origins_by_side import lineage, origins, origins_by_side
from claimbrief.analysis.positions import stance_paths
from claimbrief.analysis.positions_by_day import position_tallies, positions_by_day, turning_points
from claimbrief.analysis.provenance import ancestry
from claimbrief.analysis.record import record, sources, sourcing
from claimbrief.analysis.sensitivity import flips, sensitivity, views_by_publication
from claimbrief.analysis.turns_in_words import denials_by_day, turns_in_words
from claimbrief.analysis.voices import (
    context,
    outlet_beside_speaker,
    proposition_links,
    quotes_beside_glosses,
    responses,
    sides_by_question,
    silences,
    wording_drift,
)

__all__ = [
    "agreement", "ancestry", "answers_by_side", "assertions_by_evidence", "by_day",
    "claim_timeline", "codebook", "context", "coverage", "dates", "deflation", "denial_register",
    "denials_by_day", "evidence_by_side", "evidence_register", "figures_claimed", "findings",
    "findings_by_day", "first_days", "flips", "items_cited", "lineage", "origins",
    "origins_by_side", "outlet_beside_speaker", "position_tallies", "positions_by_day",
    "proposition_links", "publicity_by_day", "quotes_beside_glosses", "record", "responses",
    "sensitivity", "sides_by_question", "silences", "since_last_edition", "sources", "sourcing",
    "stance_paths", "statements_by_evidence", "turning_points", "turns_in_words",
    "uncovered_days", "utterance_cards", "views_by_day", "views_by_publication", "wording_drift",
]  # fmt: skip
