"""On what evidence: the items named, what each assertion rests on, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.evidence import BASES_NAMED, NOT_PUBLIC, PUBLIC_BY_THEN
from claimbrief.analysis.origins_by_side import BASES
from claimbrief.analysis.provenance import PUBLIC
from claimbrief.blocks import Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import truncate, truncation_note
from claimbrief.links import cite, cites, cites_by_day, claim_link, names_of, side_cell
from claimbrief.tables.parts import Cells, columns, filled, row_of
from claimbrief.texts import Run, Text, text
from claimbrief.wording import capitalised, counted, day, listed, none_or, number

NUMBERS = {PUBLIC_BY_THEN: "shown", NOT_PUBLIC: "not_shown"}  # published under these names
CLAIMS_NAMED = 3  # how many claims on an item are named
SPEAKERS_NAMED = 6  # how many speakers of a side are named in a cell
ROWS = 4  # how many rows the table has; the last is for all further sides
ASSERTIONS_BY_EVIDENCE_COLUMNS = {
    "Side": 1, "An item public by then": 1.3, "An item not public by then": 1.8,
    "Others’ words, reports or reasoning": 1.2, "Nothing named": 1.2,
    "Nothing in the part seen": 1.2,
}  # fmt: skip
ORIGINS_BY_SIDE_COLUMNS = {
    "Side": 1.9, "Statements": 1, "From evidence it claims": 2.6,
    "From another side’s word or evidence": 3.2, "Source partly or wholly unstated": 1.4,
}  # fmt: skip


def evidence_register(frame: pd.DataFrame, context: Context) -> Table:
    """Return the items that somebody points to, as public as they were on the brief's day."""
    claims = frame["claim_ids"].map(len)
    public_first = frame["publicity"].isin(PUBLIC) * (claims.sum() + 1) + claims
    rows = truncate(frame, keys=public_first)
    order = "those that are public first, then the most cited"
    kinds, dated = context.labels["evidence_kind"], context.short_dated
    cells: Cells = {
        "Item": (3.2, lambda item: text(capitalised(item.description), ".")),
        "Kind": (1.05, lambda item: kinds[item.kind]),
        "Held by": (1.8, _holder),
        "First named": (0.8, lambda item: dated(item.first_when) if item.first_when else "–"),
        "How public": (1.7, lambda item: _publicity(item, context)),
        "Named by": (1.35, lambda item: cites(item.claim_ids, context, CLAIMS_NAMED)),
    }
    return Table(
        block_id="table-evidence-register",
        caption=text("Claimed or shown?"),
        **filled(rows, cells, key="evidence_id"),
        note=text(
            f"How public each item was on {day(context.at.as_of)}, and since when."
            + truncation_note(len(frame), "items", order)
        ),
        source=context.source,
        numbers={"items": len(frame)},
    )


def _holder(item: Any) -> Text:
    is_offered = item.publicity in PUBLIC and item.offered_by
    return text(capitalised(item.holder), f"; shown by {item.offered_by}" if is_offered else "")


def _publicity(item: Any, context: Context) -> Text:
    """Return how public an item is, since when, where it can be found, and the caveat."""
    if not item.publicity:
        status = "not stated"
    else:
        possibly = "" if item.status_is_certain else "possibly "
        label = context.labels["publicity"][item.publicity]
        status = f"{possibly}{label} ({context.short_dated(item.status_when)})"
    parts = text(status)
    if item.locator:
        what = "a report of it" if item.is_report else "where to see it"
        parts += text(": ", Run(what, item.locator))
    return parts + (text(f"; {item.caveat}") if item.caveat else ())


def assertions_by_evidence(frame: pd.DataFrame, context: Context) -> Table:
    """Return, for each side, its assertions by what they point to."""
    sizes = frame.groupby("side", sort=False).size()
    sides = truncate(sizes.to_frame(), keys=sizes).index
    order = "those that say most first"
    return Table(
        block_id="table-assertions-by-evidence",
        caption=text("What each side’s statements point to"),
        columns=columns(ASSERTIONS_BY_EVIDENCE_COLUMNS),
        rows=tuple(_side(side, frame[frame["side"] == side], context) for side in sides),
        note=text(
            "Listed is what was said to be so, or likely; “by then” means by the day of the "
            "statement. “Nothing named” means that a text or page seen whole names no evidence, "
            "not that there is none; for the last column only a part was seen."
            + truncation_note(len(sizes), "sides", order)
        ),
        source=context.source,
        numbers={
            NUMBERS.get(basis, basis): int((frame["basis"] == basis).sum()) for basis in BASES_NAMED
        },
    )


def _side(side: str, claims: pd.DataFrame, context: Context) -> Row:
    uses = claims[["speaker", "when", "claim_id"]]
    cells = [
        cites_by_day(own.itertuples(index=False), context, SPEAKERS_NAMED) or "–"
        for own in (uses[claims["basis"] == basis] for basis in BASES_NAMED)
    ]
    return row_of(side_cell(side, context), *cells, key=side)


def ancestry(frame: pd.DataFrame, context: Context) -> Table:
    """Return where each utterance or item comes from, as far as the record says."""
    known = frame[~frame["is_unknown"]]
    links = known[~known["is_own_item"]]
    rows = truncate(links, keys=links["parent"].map(links["parent"].value_counts()))
    own, unknown = len(known) - len(links), len(frame) - len(known)
    relations = context.labels["lineage_relation"]
    cells: Cells = {
        "What": (1.8, lambda link: _named(link.child_name, link.child_claims)),
        "How": (1, lambda link: relations[link.relation]),
        "From": (2.7, lambda link: _named(link.parent_name, link.parent_claims)),
        "Content from it?": (0.8, lambda link: "yes" if link.is_provenance else "no"),
        "What shows it": (3.5, lambda link: link.basis),
    }
    return Table(
        block_id="table-ancestry",
        caption=text("Where it comes from"),
        **filled(rows, cells),
        note=text(
            "What a statement answers or comments on gives it no content and joins no origins."
            + _left_out(own, unknown)
            + truncation_note(len(links), "links", "those to what most rests on first")
        ),
        source=context.source,
        numbers={"links": len(known), "shown": len(links), "unknown": unknown},
    )


def _left_out(own: int, unknown: int) -> str:
    """Return how many links to a side's own item, and to no known parent, have no row."""
    parts = [f"{counted(own, 'link')} to an item of the side’s own"] if own else []
    parts += [f"{counted(unknown, 'link')} to a parent that is not stated"] if unknown else []
    are = "is" if own + unknown == 1 else "are"
    return f" Left out, and on the cards, {are} {listed(parts)}." if parts else ""


def _named(name: str, claim_ids: Sequence[str]) -> Text:
    """Return what is linked, which leads to the first of its claims."""
    return claim_link(name, claim_ids[0] if claim_ids else "")


def origins_by_side(frame: pd.DataFrame, context: Context) -> Table:
    """Return a row per side that says that something is so; of many sides the last row sums up."""
    named = len(frame) if len(frame) <= ROWS else ROWS - 1
    rows = [_origins_of_side(row, context) for row in each_row(frame.iloc[:named])]
    rest = frame.iloc[named:]
    if len(rest):
        rows.append(_rest(rest))
    sums = {name: int(frame[name].map(len).sum()) for name in ("claim_ids", *BASES)}
    return Table(
        block_id="table-origins-by-side",
        caption=text(_caption(sums)),
        subtitle=text("A statement can count in several columns."),
        columns=columns(
            ORIGINS_BY_SIDE_COLUMNS,
            right_aligned=("Statements", "Source partly or wholly unstated"),
        ),
        rows=tuple(rows),
        numbers={"sides": len(frame), "statements": sums.pop("claim_ids"), **sums},
    )


def _caption(sums: dict[str, int]) -> str:
    """Return how many statements go back to evidence of a side's own, another's, or neither."""
    total, own, others = sums["claim_ids"], sums["on_own_evidence"], sums["on_others"]
    if not total:
        return "Nobody says that anything is so"
    if total == 1:
        bases = ["evidence the side claims"] * own + ["another side’s word or evidence"] * others
        return f"The one statement goes back to {listed(bases) or 'no evidence'}"
    unstated = sums["not_stated"]
    leave = f"; {number(unstated)} {'leaves' if unstated == 1 else 'leave'} some source unstated"
    lead = f"Of {number(total)} statements, {none_or(own)} {'goes' if own < 2 else 'go'} back"
    what = f"to evidence the side claims, {none_or(others)} to another side’s"
    return f"{lead} {what}{leave if unstated else ''}"


def _origins_of_side(row: Any, context: Context) -> Row:
    """Return a side's row: how many statements, and of each sort how many, with one to read."""
    on_others = text(f"{len(row.on_others):,}, resting on {names_of(row.others, context)}")
    return row_of(
        side_cell(row.side, context),
        f"{len(row.claim_ids):,}",
        _some(row.on_own_evidence, context),
        on_others if row.on_others else text("–"),
        f"{len(row.not_stated):,}",
        key=row.side,
    )


def _some(claim_ids: list[str], context: Context) -> Text:
    """Return how many statements there are, and the first to read."""
    if not claim_ids:
        return text("–")
    if len(claim_ids) > 1:
        return text(Run(f"{len(claim_ids):,}", f"#{claim_ids[0]}"))
    return text("1: ") + cite(claim_ids[0], context, has_side=False)


def _rest(rest: pd.DataFrame) -> Row:
    total, *sums, unstated = (int(rest[name].map(len).sum()) for name in ("claim_ids", *BASES))
    cells = [f"{total:,}", *(f"{count:,}" if count else "–" for count in sums), f"{unstated:,}"]
    return row_of(capitalised(counted(len(rest), "more side")), *map(text, cells), key="rest")
