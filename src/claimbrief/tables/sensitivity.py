"""Sensitivity: what would change if an undated source had appeared on one of its days."""

from __future__ import annotations

from claimbrief.analysis.lasting import publishers
from claimbrief.analysis.sensitivity import (
    days_possible,
    days_tried,
    flips,
    flips_counted,
    sensitivity,
    undated_sources,
)
from claimbrief.analysis.statements import first_of_each
from claimbrief.blocks import Column, Row, Table, text
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.links import cited, source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, counted, day, listed, number, short_dated, short_day

MOST_FLIPS = 12  # so many flips are told one by one
MOST_NAMED = 12  # so many undated sources are named


def table_sensitivity(view: View) -> Table:
    """Return what the undated sources' possible days of publication would change."""
    frame = sensitivity(view)
    columns = [
        "range kept" if row.published is None else short_day(row.published)
        for row in each_row(frame)
    ]
    measures = {
        "Statements of no single day": [f"{row.undated:,}" for row in each_row(frame)],
        "Pairs of relevant statements whose order is known": [
            f"{row.ordered:,} of {row.pairs:,}" for row in each_row(frame)
        ],
        "Statements certainly made by the day": [f"{row.certain:,}" for row in each_row(frame)],
        "Statements possibly made by the day": [f"{row.possible:,}" for row in each_row(frame)],
        "Independent origins": [
            f"{row.origins_low:,} to {row.origins_high:,}" for row in each_row(frame)
        ],
    }
    rows = [Row((text(label), *map(text, values))) for label, values in measures.items()]
    return Table(
        block_id="table-sensitivity",
        caption=text("What would change if an undated source had appeared on one of its days"),
        columns=(Column("Measure", share=2), *(Column(one, "end") for one in columns)),
        rows=tuple(rows),
        note=text(
            f"{_undated(view)}As of {day(view.at.as_of)}. The column “range kept” is what this "
            "brief uses; a day moves only the sources that can have appeared on it."
            f"{_left_out(view)}"
        ),
        source=source_line(view),
        numbers={"days": len(frame) - 1, "flips": flips_counted(view)},
    )


def _undated(view: View) -> str:
    """Return who publishes the undated sources; many are counted."""
    ids = undated_sources(view)
    if not ids:
        return "Every source in use shows its day. "
    told = [publishers(view.whole)[one] for one in ids[:MOST_NAMED]]
    if len(ids) > MOST_NAMED:
        told.append(counted(len(ids) - MOST_NAMED, "more document"))
    return f"Of no single day: {listed(told)}. "


def _left_out(view: View) -> str:
    """Return how many days on which they may have appeared are not tried; nothing for none."""
    possible, tried = len(days_possible(view)), len(days_tried(view))
    if possible == tried:
        return ""
    some = "none is" if not tried else f"{number(tried)} {'is' if tried == 1 else 'are'}"
    return (
        f" Of the {counted(possible, 'day')} on which they may have appeared {some} tried: each "
        "asks for the whole record anew."
    )


def table_flips(view: View) -> Table:
    """Return each date and each order that a day of publication would settle."""
    said = first_of_each(view)
    rows = []
    for flip in each_row(flips(view, MOST_FLIPS, among=said)):
        first = said[flip.first]
        what = text(capitalised(first.speaker)) + cited([first.claim_id])
        if flip.second:
            second = said[flip.second]
            what += text(f", before or after {second.speaker}") + cited([second.claim_id])
        days = {one: flip.on[one] for one in sorted(flip.on)}
        told = "; ".join(f"{short_day(one)}: {_state(value)}" for one, value in days.items())
        rows.append(Row((what, text(_state(flip.kept)), text(told))))
    every = flips_counted(view, among=said)
    more = every - len(rows)
    note = f" {capitalised(number(more))} more of the same kind are left out." if more else ""
    return Table(
        block_id="table-flips",
        caption=text("Which dates and which orders a day of publication would settle"),
        columns=(
            Column("What", share=2.2),
            Column("With the range kept", share=1),
            Column("If the source appeared on", share=3),
        ),
        rows=tuple(rows),
        note=text("Dates first, then pairs." + note + _left_out(view)),
        source=source_line(view),
        numbers={"flips": every},
    )


def _state(value: str) -> str:
    """Return an order, or bounds in short words."""
    if value in ("before", "after"):
        return value
    return "order not known" if value == "undetermined" else short_dated(parse(value))
