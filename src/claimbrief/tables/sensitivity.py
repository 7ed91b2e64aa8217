"""Sensitivity: what would change if an undated source had appeared on one of its days."""

from __future__ import annotations

from claimbrief.analysis.sensitivity import flips, sensitivity, undated_sources
from claimbrief.analysis.statements import first_claims, statements
from claimbrief.blocks import Column, Row, Table, text
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.links import cited, source_line
from claimbrief.view import View
from claimbrief.wording import capitalised, day, listed, number, short_dated, short_day

MOST_FLIPS = 12  # so many flips are told one by one


def table_sensitivity(view: View) -> Table:
    """Return what the undated sources' possible days of publication would change."""
    frame = sensitivity(view)
    columns = [
        "range kept" if row.published is None else short_day(row.published)
        for row in each_row(frame)
    ]
    measures = {
        "Statements of no single day": [f"{row.undated}" for row in each_row(frame)],
        "Pairs of relevant statements whose order is known": [
            f"{row.ordered} of {row.pairs}" for row in each_row(frame)
        ],
        "Statements certainly made by the day": [f"{row.certain}" for row in each_row(frame)],
        "Statements possibly made by the day": [f"{row.possible}" for row in each_row(frame)],
        "Independent origins": [
            f"{row.origins_low} to {row.origins_high}" for row in each_row(frame)
        ],
    }
    rows = [Row((text(label), *map(text, values))) for label, values in measures.items()]
    titles = view.whole.sources.set_index("source_id")["publisher"]
    ids = undated_sources(view)
    publishers = listed([str(titles[one]) for one in ids])
    note = f"Of no single day: {publishers}. " if ids else "Every source in use shows its day. "
    return Table(
        block_id="table-sensitivity",
        caption=text("What would change if an undated source had appeared on one of its days"),
        columns=(Column("Measure", share=2), *(Column(one, "end") for one in columns)),
        rows=tuple(rows),
        note=text(
            f"{note}As of {day(view.at.as_of)}. The column “range kept” is what this brief uses; "
            "a day moves only the sources that can have appeared on it."
        ),
        source=source_line(view),
        numbers={"days": len(frame) - 1, "flips": len(flips(view))},
    )


def table_flips(view: View) -> Table:
    """Return each date and each order that a day of publication would settle."""
    frame = flips(view)
    said = first_claims(statements(view))
    shown = frame[frame["first"].isin(said.index) & frame["second"].isin([*said.index, ""])]
    shown = shown.sort_values("second", key=lambda ids: ids != "", kind="stable")
    rows = []
    for flip in each_row(shown.iloc[:MOST_FLIPS]):
        first = said.loc[flip.first]
        what = text(capitalised(first["speaker"])) + cited([str(first["claim_id"])])
        if flip.second:
            second = said.loc[flip.second]
            what += text(f", before or after {second['speaker']}")
            what += cited([str(second["claim_id"])])
        days = {one: flip.on[one] for one in sorted(flip.on)}
        told = "; ".join(f"{short_day(one)}: {_state(value)}" for one, value in days.items())
        rows.append(Row((what, text(_state(flip.kept)), text(told))))
    more = len(shown) - len(rows)
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
        note=text("Dates first, then pairs." + note),
        source=source_line(view),
        numbers={"flips": len(shown)},
    )


def _state(value: str) -> str:
    """Return an order, or bounds in short words."""
    if value in ("before", "after"):
        return value
    return "order not known" if value == "undetermined" else short_dated(parse(value))
