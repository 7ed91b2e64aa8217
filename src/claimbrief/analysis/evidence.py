"""On what evidence: the items that are pointed to, and what each assertion rests on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from claimbrief.analysis.lasting import (
    evidence_kinds,
    evidence_of_claims,
    places,
    short_names,
    support_of_claims,
    whole_utterances,
)
from claimbrief.analysis.lineage import ITEMS, PUBLIC, of_others
from claimbrief.analysis.statements import each_statement
from claimbrief.dataset import each_row
from claimbrief.dates import When, certainty_by
from claimbrief.view import View

SHOWN, NOT_SHOWN, OTHERS, NOTHING = "shown", "not_shown", "others", "nothing"
NOT_KNOWN = "not_known"
BASES_NAMED = (SHOWN, NOT_SHOWN, OTHERS, NOTHING, NOT_KNOWN)


def evidence_register(view: View) -> pd.DataFrame:
    """Return one row an item in view, as public as it was on the brief's day.

    Columns: evidence_id, description, kind, holder (short name), offered_by (the speaker who first
    offered it, "" if nobody did), first_when (bounds of the first
    utterance that points to it, missing if none in view), claim_ids (list), publicity (code; ""
    where no status is known by the day), status_when, status_is_certain, locator, caveat, basis.
    """
    return pd.DataFrame(items_named(view), columns=Item._fields)


class Item(NamedTuple):
    """A row of the register of evidence: an item, who points to it and how public it is."""

    evidence_id: str
    description: str
    kind: str
    holder: str
    offered_by: str
    first_when: When | None
    claim_ids: list[str]
    publicity: str
    status_when: When | None
    status_is_certain: bool
    locator: str
    caveat: str
    basis: str


@lru_cache(maxsize=64)
def items_named(view: View) -> tuple[Item, ...]:
    """Return the rows of `evidence_register`."""
    links = evidence_of_claims(view.whole)
    used: dict[str, list[Any]] = {}
    offered: dict[str, str] = {}
    for claim in each_statement(view):
        for item, relation in dict.fromkeys(links.get(claim.claim_id, ())):
            if not used.get(item) or used[item][-1] is not claim:
                used.setdefault(item, []).append(claim)
            if relation == "offers":
                offered.setdefault(item, claim.speaker)
    latest: dict[str, Any] = {}
    for row in each_row(view.record.evidence_status):
        if row.evidence_id not in latest or row.when.latest > latest[row.evidence_id].when.latest:
            latest[row.evidence_id] = row
    names = short_names(view.whole)
    found = []
    for item in each_row(view.record.evidence):
        said, status = used.get(item.evidence_id, []), latest.get(item.evidence_id)
        found.append(
            Item(
                item.evidence_id,
                item.description,
                item.kind,
                names[item.holder],
                offered.get(item.evidence_id, ""),
                said[0].when if said else None,
                [claim.claim_id for claim in said],
                status.publicity if status else "",
                status.when if status else None,
                status is not None and status.certainty == "certain",
                status.locator if status else "",
                status.caveat if status else "",
                status.basis if status else "",
            )
        )
    return tuple(found)


def assertions_by_evidence(view: View) -> pd.DataFrame:
    """Return one row a side that says something to be so, or likely, by what it pointed to.

    Columns: side, speakers (list), shown, not_shown, others, nothing, not_known (lists of claim
    ids: claims that point to an item that was public by the day on which they were made; to an item
    that was not; only to reports, to reasoning or to what others had said; to nothing, in a text or
    on a page that was in view as a whole; to nothing in the part of it that was).
    """
    rows = []
    for side, group in groupby(bases_by_side(view), key=lambda one: one[0].side):
        said = list(group)
        named = [
            [claim.claim_id for claim, basis in said if basis == wanted] for wanted in BASES_NAMED
        ]
        rows.append((side, list(dict.fromkeys(claim.speaker for claim, _ in said)), *named))
    return pd.DataFrame(rows, columns=["side", "speakers", *BASES_NAMED])


@lru_cache(maxsize=64)
def bases_by_side(view: View) -> tuple[tuple[Any, str], ...]:
    """Return each assertion, as a row of `statements`, with what it points to: one of BASES_NAMED.

    By side, then by date. It is the best of its items by the day on which it was made; one that
    points to none rests on others where what they said stands behind its utterance.
    """
    kinds, support = evidence_kinds(view.whole), support_of_claims(view.whole)
    whole = whole_utterances(view.whole)
    public: dict[str, list[When]] = {}
    for row in each_row(view.record.evidence_status):
        if row.publicity in PUBLIC:
            public.setdefault(row.evidence_id, []).append(row.when)
    taken = of_others(view)
    found = []
    for claim in each_statement(view):
        if not claim.is_assertion:
            continue
        items = support.get(claim.claim_id, [])
        held = [item for item in items if kinds[item] in ITEMS]
        since = [when for item in held for when in public.get(item, ())]
        if any(certainty_by(when, claim.when.latest) != "no" for when in since):
            found.append((claim, SHOWN))
        elif held:
            found.append((claim, NOT_SHOWN))
        else:
            rests = items or claim.utterance_id in taken
            is_whole = claim.utterance_id in whole
            found.append((claim, OTHERS if rests else NOTHING if is_whole else NOT_KNOWN))
    order = places(view.whole)
    return tuple(sorted(found, key=lambda one: order[one[0].side]))


def publicity_by_day(view: View) -> pd.DataFrame:
    """Return one row a day of the window up to the brief's day, with the items known by its end.

    Columns: day, named_certain, named_most (items that a statement had pointed to, not counting
    reports by others and reasoning; certainly, and with those that are possible), public_certain,
    public_most (of the same sort, those that the public could see).
    """
    kinds, support = evidence_kinds(view.whole), support_of_claims(view.whole)
    named = {
        (item, claim.when)
        for claim in each_statement(view)
        for item in support.get(claim.claim_id, ())
        if kinds[item] in ITEMS
    }
    public = {
        (row.evidence_id, row.when)
        for row in each_row(view.record.evidence_status)
        if row.publicity in PUBLIC and kinds[row.evidence_id] in ITEMS
    }
    last = min(view.at.window_end, view.at.as_of)
    days = [
        view.at.window_start + timedelta(offset)
        for offset in range((last - view.at.window_start).days + 1)
    ]
    counts = zip(_known_by(days, named), _known_by(days, public), strict=True)
    rows = [(day, *said, *shown) for day, (said, shown) in zip(days, counts, strict=True)]
    columns = "day named_certain named_most public_certain public_most"
    return pd.DataFrame(rows, columns=columns.split())


def _known_by(days: list[date], found: Iterable[tuple[str, When]]) -> list[tuple[int, int]]:
    """Return for each day how many items were known by its end: certainly, and with the possible.

    An item is certainly known from the first of the last days of its bounds, and possibly from the
    first of their first days.
    """
    certain: dict[str, date] = {}
    possible: dict[str, date] = {}
    for item, when in found:
        certain[item] = min(certain.get(item, when.latest), when.latest)
        earliest = when.earliest or date.min
        possible[item] = min(possible.get(item, earliest), earliest)
    surely, perhaps = sorted(certain.values()), sorted(possible.values())
    return [(bisect_right(surely, day), bisect_right(perhaps, day)) for day in days]
