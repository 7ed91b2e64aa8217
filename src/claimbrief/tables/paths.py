"""How each side's position moved: the table of stance paths."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS
from claimbrief.links import statement_text
from claimbrief.steps import POSITIONS
from claimbrief.tables.positions import side_name
from claimbrief.texts import Run, text
from claimbrief.wording import capitalised, counted, number, short_dated


def stance_paths(frame: pd.DataFrame, context: Context) -> Table:
    """Return how each side's position moved: a row a stretch of days with one position."""
    stretches = _stretches(frame)
    count, sides = len(stretches), frame["side"].nunique()
    moved = stretches.loc[stretches["side"].duplicated(), "side"].nunique()
    left_out = ""
    if count > LIMITS.rows:
        stretches = _first_and_last(stretches)
        left_out = (
            f" Of {number(count)} such stretches of {counted(sides, 'side')} here are the "
            f"first and the last of each of the {number(stretches['side'].nunique())} heard on "
            "the most days; the whole record is in claims.csv, beside this page."
        )
    return Table(
        block_id="table-stance-paths",
        caption=text("Each side’s position, from its first statement to its last"),
        columns=(
            Column("Side", share=1.4),
            Column("Days", share=1.35),
            Column("Position", share=1.25),
            Column("First statement with it", share=5.3),
            Column("Days heard", "end", 0.7),
        ),
        rows=tuple(_row(stretch, context) for stretch in each_row(stretches)),
        note=text(
            "Counted are the days, or ranges of days, on which the side spoke; each stands where "
            "the statement that commits most stands. “?” after the days: the dates do not tell "
            "whether this came after the row above. What is foretold or in preparation is left out."
            + left_out
        ),
        source=context.source,
        numbers={"sides": sides, "moved": moved},
    )


def _stretches(steps: pd.DataFrame) -> pd.DataFrame:
    """Return one row a stretch of steps with one position: its first step, `until` and `days`.

    `until` is the date of its last step (EDTF), `days` the number of its steps.
    """
    kind = steps[["side", "position"]]
    stretch = (kind != kind.shift()).any(axis=1).cumsum()
    is_first, is_last = ~stretch.duplicated(), ~stretch.duplicated(keep="last")
    return steps[is_first].assign(
        until=steps.loc[is_last, "when"].tolist(), days=stretch.value_counts(sort=False).tolist()
    )


def _first_and_last(stretches: pd.DataFrame) -> pd.DataFrame:
    """Return the first and the last stretch of the sides that are heard on the most days."""
    days = stretches.groupby("side", sort=False)["days"].sum()
    sides = days.sort_values(ascending=False, kind="stable").index[: LIMITS.tall_rows]
    own = stretches[stretches["side"].isin(sides)]
    return own[~own["side"].duplicated() | ~own["side"].duplicated(keep="last")]


def _row(stretch: Any, context: Context) -> Row:
    days = short_dated(stretch.when, context.at.year)
    if stretch.days > 1:
        days += f" to {short_dated(stretch.until, context.at.year)}"
    if not stretch.is_ordered:
        days += " ?"
    said = statement_text(
        stretch.stance_label, [(stretch.claim_text, stretch.claim_id, stretch.bare_quote)]
    )
    return Row(
        (
            text(Run(side_name(stretch.side, context), style="strong")),
            text(days),
            text(POSITIONS[stretch.position]),
            text(f"{capitalised(stretch.speaker)} ") + said,
            text(f"{stretch.days:,}"),
        )
    )
