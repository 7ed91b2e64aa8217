"""Pure functions from a view to small frames; each frame's rows and columns are in its docstring.

The table or chart that draws a frame has the frame's name.
"""

from claimbrief.analysis.agreement import agreement
from claimbrief.analysis.coverage import coverage
from claimbrief.analysis.days import by_day, findings_by_day, first_days, views_by_day
from claimbrief.analysis.escalation import (
    claim_timeline,
    denial_register,
    uncovered_days,
    utterance_order,
)
from claimbrief.analysis.evidence import (
    assertions_by_evidence,
    evidence_register,
    publicity_by_day,
)
from claimbrief.analysis.figures import figures_claimed
from claimbrief.analysis.findings import deflation, findings
from claimbrief.analysis.ledger import claim_cards
from claimbrief.analysis.lineage import ancestry
from claimbrief.analysis.lineage_graph import lineage
from claimbrief.analysis.method import codebook, dates
from claimbrief.analysis.paths import stance_paths
from claimbrief.analysis.record import record
from claimbrief.analysis.sensitivity import flips, sensitivity, views_by_publication
from claimbrief.analysis.sources import sources
from claimbrief.analysis.sourcing import sourcing
from claimbrief.analysis.voices import (
    context,
    proposition_links,
    quotes_beside_glosses,
    responses,
    sides_by_question,
    silences,
    wording_drift,
)

__all__ = [
    "agreement",
    "ancestry",
    "assertions_by_evidence",
    "by_day",
    "claim_cards",
    "claim_timeline",
    "codebook",
    "context",
    "coverage",
    "dates",
    "deflation",
    "denial_register",
    "evidence_register",
    "figures_claimed",
    "findings",
    "findings_by_day",
    "first_days",
    "flips",
    "lineage",
    "proposition_links",
    "publicity_by_day",
    "quotes_beside_glosses",
    "record",
    "responses",
    "sensitivity",
    "sides_by_question",
    "silences",
    "sources",
    "sourcing",
    "stance_paths",
    "uncovered_days",
    "utterance_order",
    "views_by_day",
    "views_by_publication",
    "wording_drift",
]
