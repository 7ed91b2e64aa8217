"""How statements climbed and how denials stood: a claim timeline, a denial register, an order.

What is claimed is told by the question that it answers; denials have levels of their own. What the
makers of claims themselves say is not so, or not yet, is neither: nothing here adds or compares.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import timedelta
from typing import Any

import pandas as pd

from claimbrief.analysis.lasting import (
    AROUND,
    FORETOLD,
    PARAPHRASE,
    UNSTATED,
    pairs,
    publishers,
)
from claimbrief.analysis.order import Around, Sorted, around, relevant_utterances
from claimbrief.analysis.statements import ASSERTIONS, each_statement
from claimbrief.dates import When, order, parse
from claimbrief.view import View

CLAIMS, LIMITS, OPEN, DENIALS = "claims", "limits", "open", "denials"
# The columns of the register of denials: as statements have them, and added.
KEPT = ["claim_id", "speaker", "when", "certainty", "denial", "stance", "stance_words"]
KEPT += ["commitment", "quote"]
KEPT += ["paraphrase", "proposition", "publisher"]
ADDED = ["role", "outside_when", "outside_publisher", "is_content_stated", "glosses"]
ADDED += ["before", "undetermined", "after", "if_before", "if_after"]


def claim_timeline(view: View) -> pd.DataFrame:
    """Return one row a mark: one utterance's stance in one row of one part of the chart.

    Counted claims of one utterance in the same row with the same stance and commitment share a
    mark. One that says or calls likely stands in the part of claims, by its question or as what is
    to come; one that bounds what is claimed in a part of its own, by its question; a denial by its
    level; what leaves its content open by its stance. Context is left out, and so is what rests on
    a paraphrase alone. Columns: ladder (the part), step (the row: a question, `to_come`, a stance
    or a level), utterance_id, side, speaker, stance, stance_words, commitment, when, outside_date,
    certainty, claim_ids (list), proposition and words (of the first), is_first (whether no mark of
    the side on that step with that stance and commitment is earlier).
    """
    said = view.record.utterances
    outside = dict(pairs(said, "utterance_id", "outside_date"))
    marks: dict[tuple[str, ...], list[Any]] = {}
    for claim in each_statement(view):
        is_drawn = claim.content != AROUND and claim.rests_on != PARAPHRASE
        if claim.is_counted and is_drawn:
            ladder, step = _place(claim)
            key = (ladder, step, claim.utterance_id, claim.stance, claim.commitment)
            marks.setdefault(key, []).append(claim)
    rows, kinds = [], set()
    for (ladder, step, utterance_id, stance, commitment), claims in marks.items():
        first = claims[0]
        kind = (ladder, step, first.side, stance, commitment)
        rows.append(
            (
                *(ladder, step, utterance_id, stance, first.stance_words, commitment),
                *(first.side, first.speaker, first.when, outside[utterance_id], first.certainty),
                [claim.claim_id for claim in claims],
                *(first.proposition, first.words, kind not in kinds),
            )
        )
        kinds.add(kind)
    columns = (
        "ladder step utterance_id stance stance_words commitment side speaker when outside_date "
        "certainty "
        "claim_ids proposition words is_first"
    )
    return pd.DataFrame(rows, columns=columns.split())


def _place(claim: Any) -> tuple[str, str]:
    """Return the part of the chart and the row in which a claim's mark stands."""
    if claim.is_limit:
        return LIMITS, claim.question_id
    if claim.denial:
        return DENIALS, claim.denial
    if claim.stance not in ASSERTIONS:
        return OPEN, claim.stance
    return CLAIMS, FORETOLD if claim.content == FORETOLD else claim.question_id


def denials(view: View) -> list[Any]:
    """Return the denials, as rows of `statements`."""
    return [claim for claim in each_statement(view) if claim.is_denial]


def around_each_denial(view: View) -> list[Around]:
    """Return for each of `denials` how many assertions were before it, undetermined and after."""
    asserted = Sorted([claim.when for claim in each_statement(view) if claim.is_assertion])
    return [asserted.around(claim.when) for claim in denials(view)]


def denial_register(view: View, shown: Container[str] | None = None) -> pd.DataFrame:
    """Return one row a denial, with the assertions that it may come after.

    `shown` are the ids of the denials that are asked for; none given: all. Columns: claim_id,
    speaker, role, when, certainty, outside_when (bounds that another source gives, None if none by
    the day), outside_publisher, denial, stance, stance_words, commitment, quote, paraphrase,
    proposition, is_content_stated, publisher, glosses (list of pairs: what the outlet says is
    denied, claim id); `before`, `undetermined`, `after`: ids of the assertions made before the
    denial, in an order that cannot be told, and after it; and `if_before`, `if_after`: the same if
    the other source's day is the day.
    """
    said = each_statement(view)
    asserted = [claim for claim in said if claim.is_assertion]
    roles: dict[str, str] = {}
    spoken = view.record.speakers
    for one, role in pairs(spoken, "utterance_id", "role"):
        roles.setdefault(one, role)
    outside = _outside(view)
    glosses: dict[str, list[tuple[str, str]]] = {}
    for claim in said:
        glosses.setdefault(claim.renders, []).append((claim.proposition, claim.claim_id))
    rows = []
    for claim in denials(view):
        if shown is not None and claim.claim_id not in shown:
            continue
        row = {name: getattr(claim, name) for name in KEPT}
        when, publisher = outside.get(claim.utterance_id, (None, ""))
        row |= {
            "role": roles[claim.utterance_id],
            "outside_when": when,
            "outside_publisher": publisher,
            "is_content_stated": claim.content != UNSTATED,
            "glosses": glosses.get(claim.claim_id, []),
        }
        row["before"], row["undetermined"], row["after"] = around(asserted, claim.when)
        if when is not None:
            row["if_before"], _, row["if_after"] = around(asserted, when)
        rows.append(row)
    return pd.DataFrame(rows, columns=[*KEPT, *ADDED])


def _outside(view: View) -> dict[str, tuple[When, str]]:
    """Return the bounds that another source gives an utterance, and who publishes that source."""
    said, published_by = view.record.utterances, publishers(view.whole)
    columns = [
        said[name].tolist() for name in ("utterance_id", "outside_date", "outside_source_id")
    ]
    return {
        one: (parse(day), published_by[source_id])
        for one, day, source_id in zip(*columns, strict=True)
        if day
    }


def utterance_order(view: View) -> pd.DataFrame:
    """Return one row a pair of `relevant_utterances`: was the first before the second?

    Columns: first, second (utterance ids), order ("before", "after" or "undetermined").
    """
    whens = relevant_utterances(view)
    rows = [
        (first, second, order(whens[first], whens[second]))
        for first in whens
        for second in whens
        if first != second
    ]
    return pd.DataFrame(rows, columns=["first", "second", "order"])


def uncovered_days(view: View) -> pd.DataFrame:
    """Return one row a day of the window that no source can have covered: day.

    A source covers the days up to the last on which it can have been published; the sources are
    those that the brief may use, whether or not they had appeared by its day.
    """
    used = {*view.whole.claims["source_id"], *view.whole.reports["source_id"]}
    used &= set(view.at.sources) or used
    sources = view.record.sources[view.record.sources["source_id"].isin(used)]
    last = max((when.latest for when in sources["when"] if when is not None), default=None)
    start, end = view.at.window_start, view.at.window_end
    days = [start + timedelta(offset) for offset in range((end - start).days + 1)]
    return pd.DataFrame({"day": [day for day in days if last is None or day > last]}, dtype=object)
