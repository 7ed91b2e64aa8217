"""What the front states, as one frozen record: no sentence of it goes beyond this."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from claimbrief.analysis.answers_by_side import Answer, answer
from claimbrief.analysis.counts import Count, count_of, speakers_of
from claimbrief.analysis.figures import figures_claimed, without_parts
from claimbrief.analysis.positions import positions_by_question
from claimbrief.analysis.provenance import (
    Origins,
    cited_items,
    origins_of_assertions,
    public_status,
    with_own_source,
)
from claimbrief.analysis.record import claims_at_all
from claimbrief.analysis.turns_in_words import denials_by_day
from claimbrief.statements import ASSERTING, HEDGED, SO, UNSTATED
from claimbrief.view import View

FIRM = ("CT+", "CT−")
COUNTS = [  # the counts of `Findings` that are steps of the deflation, in order
    "claim_rows", "own_renderings", "utterances", "speakers", "asserting_speakers",
    "asserting_sides", "speakers_with_own_source",
]  # fmt: skip
_USED = [
    "claim_id", "utterance_id", "speaker", "side", "stance", "denial", "content", "position",
    "certainty", "quote", "language", "rests_on", "question_id", "when", "earliest", "latest",
    "is_counted", "is_assertion", "is_denial",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Findings:
    """What the record in view shows; `Count` keeps certain and possible apart."""

    claim_rows: Count
    out_of_view: int  # where no claim is in view: how many claims the record holds
    own_renderings: Count  # claims quoted or reported as a speaker's
    utterances: Count
    speakers: Count
    asserting_speakers: Count
    asserting_sides: Count
    speakers_with_own_source: Count  # asserting speakers who name evidence of their side's own
    origins: Origins
    items_public: Count  # items that somebody points to and that the public could see
    items_checked: int  # of these, those that an independent party is recorded to have checked
    denials: Count  # utterances that deny or dismiss something, what is to come among it
    answer: Answer
    positions: pd.DataFrame  # see `positions_by_question`
    figures: pd.DataFrame  # rows of `without_parts` that are said, certain and of a single day
    dismissals: pd.DataFrame  # see `_dismissals`
    evasions: pd.DataFrame  # of the same sides: answers that neither confirm nor deny


def findings(view: View) -> Findings:
    """Return what the record in view shows."""
    claims = view.statements[_USED]
    own = claims[claims["is_counted"]]
    asserted = own[own["is_assertion"]]
    dismissals = _dismissals(view, own, asserted)
    is_evasion = (own["denial"] == "D-1") & own["side"].isin(dismissals["side"])
    status = view.record.evidence_status
    checked = status.loc[status["publicity"] == "published_verified", "evidence_id"]
    figures = figures_claimed(view)
    is_said = own["stance"].isin(ASSERTING) & (own["content"] == SO)
    is_said &= (own["certainty"] == "certain") & (own["earliest"] == own["latest"])
    sourced = asserted[asserted["claim_id"].isin(with_own_source(view, asserted))]
    return Findings(
        claim_rows=count_of(claims, "claim_id"),
        out_of_view=0 if len(claims) else claims_at_all(view),
        own_renderings=count_of(own, "claim_id"),
        utterances=count_of(own, "utterance_id"),
        speakers=speakers_of(view, own),
        asserting_speakers=speakers_of(view, asserted),
        asserting_sides=count_of(asserted, "side"),
        speakers_with_own_source=speakers_of(view, sourced),
        origins=origins_of_assertions(view),
        items_public=count_of(public_status(view), "evidence_id"),
        items_checked=len(set(checked) & cited_items(view)),
        denials=count_of(own[own["is_denial"]], "utterance_id"),
        answer=answer(view),
        positions=positions_by_question(view),
        figures=without_parts(figures[is_said[figures.index]]),
        dismissals=dismissals,
        evasions=own[is_evasion & (own["position"] != "")],
    )


def _dismissals(view: View, own: pd.DataFrame, asserted: pd.DataFrame) -> pd.DataFrame:
    """Return the claims by which sides deny or dismiss what others say, and say none of it.

    Rows of `View.statements`, by date; of sides that say of nothing that it is so, or likely. With
    `is_chosen`: whether its words stand for what the speaker denied that day (`denials_by_day`).
    """
    rows = own[own["is_denial"] & ~own["side"].isin(asserted["side"])]
    chosen: set[str] = set()
    if len(rows):
        chosen = {claim for claims in denials_by_day(view)["claim_ids"] for claim in claims}
    return rows.assign(is_chosen=rows["claim_id"].isin(chosen))


def deflation(findings: Findings) -> pd.DataFrame:
    """Return one row per step from claim rows down to evidence made public.

    Columns: step (a name), certain, possible (counts; for origins the least, and how many more
    there may be).
    """
    span = findings.origins
    steps = {name: getattr(findings, name) for name in COUNTS}
    steps["independent_origins"] = Count(span.low, span.high - span.low)
    steps["items_made_public"] = findings.items_public
    rows = [(step, count.certain, count.possible) for step, count in steps.items()]
    return pd.DataFrame(rows, columns=["step", "certain", "possible"])


def beyond_renderings(pairs: pd.DataFrame) -> dict[str, pd.Series[bool]]:
    """Return whether each gloss or summary goes beyond what it renders, by how it does.

    `pairs` is the frame of `quotes_beside_glosses`. A gloss is stronger if its question precedes
    the words' own, firmer if it drops a hedge.
    """
    is_named, has_content = (pairs[f"{it}_content"] != UNSTATED for it in ("gloss", "said"))
    return {
        "is_stronger": is_named & has_content & (pairs["gap"] > 0),
        "is_firmer": pairs["said_commitment"].isin(HEDGED) & pairs["gloss_commitment"].isin(FIRM),
        "alone_says_what": is_named & ~has_content,
    }
