"""What was cited as evidence: first what the public could see, then the rest by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.counts import Count, count_of
from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.limits import truncate, truncation_note
from claimbrief.links import cite, cites
from claimbrief.lookups import rows_by
from claimbrief.texts import Run, Text, text
from claimbrief.wording import (
    capitalised,
    counted,
    day,
    listed,
    month_day,
    none_or,
    number,
    possibly,
    short_dated,
)

SIDES = 5  # so many sides that showed nothing of what they cite have a row; the others share one
CITED = 2  # so many statements that cite what a side did not show are named
KINDS = {"own_intelligence": "intelligence", "not_specified": "kind of evidence not stated"}
NOT_SHOWN = text("not shown")
ON_A_DAY = 2  # the caption names the day on which so many things, or more, were shown


def items_cited(frame: pd.DataFrame, context: Context) -> Table:
    """Return a row for each item that the public could see, and one a side for all the others."""
    is_public = frame["is_public"].astype(bool)
    public, hidden = frame[is_public], frame[~is_public]
    by_side = rows_by(hidden, "side")
    return Table(
        block_id="table-items-cited",
        caption=text(_caption(frame, public, context)),
        subtitle=text(
            f"Each thing that the public could see by {day(context.at.as_of)}, then what each side "
            "only spoke of."
        ),
        columns=(
            Column("Side", share=1.2),
            Column("What", share=3.5),
            Column("Shown or cited by", share=2.6),
            Column("Reported by", share=1.6),
        ),
        rows=(
            *(_public_row(item, context) for item in each_row(truncate(public))),
            *_hidden_rows(by_side, context),
        ),
        note=text(
            "Each thing stands with the side that first put it forward or, failing that, the side "
            "that holds it; what outlets or unnamed people hold, with the side that first cited "
            "it. Reports and mere arguments are left out."
            + truncation_note(len(public), "things shown", "the earliest first")
        ),
        numbers={
            "cited": [count_of(frame, "evidence_id").certain, len(frame)],
            "shown": [_public_count(public).certain, len(public)],
            "shown_on_a_day": len(_day_of_most(public)),
        },
    )


def _public_count(public: pd.DataFrame) -> Count:
    certain = int(public["is_certainly_public"].astype(bool).sum())
    return Count(certain, len(public) - certain)


def _caption(frame: pd.DataFrame, public: pd.DataFrame, context: Context) -> str:
    """Return how many things were cited and shown, and on which day most of them."""
    if frame.empty:
        return "Nobody cites evidence that could be shown"
    cited, visible = count_of(frame, "evidence_id"), _public_count(public)
    if len(frame) == 1:
        verb = "was" if visible.certain else "was possibly" if visible.total else "was not"
        return f"The one thing cited {verb} shown"
    things = f"{counted(cited.certain, 'thing')} cited"
    if cited.possible:
        things += f", or possibly {number(cited.total)},"
    which = none_or(visible.certain)
    if visible.possible:
        more = f"possibly {number(visible.possible)}"
        which = f"{which}, and {more} more," if visible.certain else more
    were = "was" if visible.total < 2 else "were"
    return f"{capitalised(which)} of {things} {were} shown{_on_a_day(public, context)}"


def _on_a_day(public: pd.DataFrame, context: Context) -> str:
    """Return on which day most of the things were shown, if several were on one day."""
    days = _day_of_most(public)
    if len(days) < ON_A_DAY:
        return ""
    how_many = f"{'all' if len(days) == len(public) else number(len(days))} of them"
    return f", {how_many} on {month_day(parse(days[0]).latest, context.at.year)}"


def _day_of_most(public: pd.DataFrame) -> list[str]:
    """Return the day on which most things were shown, as often as things were shown on it."""
    days = [when for when in public["public_when"] if parse(when).is_day]
    largest = max(Counter(days).values(), default=0)
    first = next((when for when in days if days.count(when) == largest), "")
    return [when for when in days if when == first]


def _public_row(item: Any, context: Context) -> Row:
    """Return an item that the public could see: whose, what, who showed it and where it is."""
    kind = capitalised(context.labels["evidence_kind"][item.kind])
    possibly = "" if item.is_certainly_public else "possibly "
    words = text(possibly) + cite(item.claim_ids[0], context, has_side=False)
    if not item.offered_by:
        since = short_dated(item.public_when, context.at.year)
        words += text(f"; {possibly}public on {since}")
    caveat = text(f"; {item.caveat}") if item.caveat not in item.description else ()
    cells = (
        _name(item.side, context),
        text(Run(f"{kind}: ", style="strong"), item.description.rstrip(".")) + caveat,
        words,
        _place(item),
    )
    return Row(cells, key=item.evidence_id)


def _place(item: Any) -> Text:
    """Return who reported an item, or the item itself, with the address."""
    if not item.locator:
        return text("No address is known")
    return text(Run(item.publisher or "The item itself", item.locator))


def _hidden_rows(by_side: Mapping[Any, Sequence[Any]], context: Context) -> list[Row]:
    """Return a row a side for those that cite most, and one for all the others."""
    ranked = sorted(by_side.items(), key=lambda row: -len(row[1]))
    rows = [_hidden_row(side, items, context) for (side,), items in ranked[:SIDES]]
    others = ranked[SIDES:]
    if len(others) < 2:
        return [*rows, *(_hidden_row(side, items, context) for (side,), items in others)]
    names = listed([context.names[side] for (side,), _ in others])
    items = [item for _, own in others for item in own]
    label = text(Run(capitalised(counted(len(others), "more side")), style="strong"))
    words = text(f"{_things(items, context, f' of {names}')}")
    return [*rows, Row((label, words, _citing(items, context), NOT_SHOWN), key="others")]


def _hidden_row(side: str, items: Sequence[Any], context: Context) -> Row:
    """Return what a side cited and did not show: how many things, their kinds, who cited them."""
    cited = _citing(items, context, has_side=side not in context.colours)
    return Row(
        (_name(side, context), text(_things(items, context)), cited, NOT_SHOWN), key=f"side-{side}"
    )


def _things(items: Sequence[Any], context: Context, whose: str = "") -> str:
    """Return how many things there are, and of which kinds: "Two things: intelligence"."""
    labels = {**context.labels["evidence_kind"], **KINDS}
    kinds = Counter(labels[item.kind] for item in items)
    named = [
        kind if count == len(items) else f"{kind} ({number(count)})"
        for kind, count in kinds.most_common()
    ]
    certain = sum(item.certainty == "certain" for item in items)
    count = capitalised(possibly(certain, len(items) - certain))
    return f"{count} {'thing' if len(items) == 1 else 'things'}{whose}: {listed(named, ', ')}"


def _citing(items: Sequence[Any], context: Context, *, has_side: bool = True) -> Text:
    """Return the first statements that cite things, and how many more do."""
    claim_ids = list(dict.fromkeys(claim for item in items for claim in item.claim_ids))
    return cites(claim_ids, context, CITED, has_side=has_side)


def _name(side: str, context: Context) -> Text:
    name = capitalised(context.names[side].removeprefix("the "))
    return text(Run(name, style="strong"))
