"""What was cited as evidence: thing by thing, and side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import pandas as pd

from claimbrief.analysis.counts import Count, count_of
from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.earlier import through_days
from claimbrief.limits import truncate, truncation_note
from claimbrief.links import cite, cites, sentence, side_cell, side_name
from claimbrief.tables.parts import columns, of_last_day, row_of
from claimbrief.texts import Run, Text, text
from claimbrief.wording import capitalised, counted, listed, none_or, number, possibly

NAMED = 2  # how many kinds of evidence are named of what was not shown
KINDS = {"own_intelligence": "intelligence", "not_specified": "kind of evidence not stated"}
ON_A_DAY = 2  # the caption names the day on which so many things, or more, were shown
SIDES_NAMED = 4  # how many sides of which something was shown have a row; the others are summed up
FEWEST = 2  # how many sides have a row even if nothing of theirs was shown
MANY = 30  # of more things than this the squares are counted, not drawn
GROUP = 8  # how many squares stand together: a line of the column on paper
PUBLIC, HIDDEN = "■", "□"
NO_ADDRESS = "No address is known"
NOTHING_REPORTED = "–"
REST, NOTHING = "rest", "nothing"  # keys of the rows of more sides, and of those without own items


def items_cited(frame: pd.DataFrame, context: Context) -> Table:
    """Return a row for each item that the public could see, and one for all the others."""
    is_public = frame["is_public"].astype(bool)
    public, hidden = frame[is_public], frame[~is_public]
    return Table(
        block_id="table-items-cited",
        caption=text(_caption(frame, public, context)),
        subtitle=text(
            "" if len(public) and len(hidden) else "What was cited as evidence, and by whom."
        ),
        columns=columns({"Side": 1.2, "What": 3.5, "Shown or cited by": 2.6, "Reported by": 1.6}),
        rows=(
            *(_public_row(item, context) for item in each_row(truncate(public))),
            *([_hidden_row(hidden, context)] if len(hidden) else []),
        ),
        note=text(truncation_note(len(public), "things shown", "the earliest first").strip()),
        numbers={
            "cited": [count_of(frame, "evidence_id").certain, len(frame)],
            "shown": [_public_count(public).certain, len(public)],
            "shown_on_a_day": _day_of_most(public)[1],
        },
    )


def _public_count(public: pd.DataFrame) -> Count:
    is_certain = public["is_certainly_public"].astype(bool) & (public["certainty"] == "certain")
    certain = int(is_certain.sum())
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
    day, count = _day_of_most(public)
    if count < ON_A_DAY:
        return ""
    how_many = f"{'all' if count == len(public) else number(count)} of them"
    return f", {how_many} on {context.month_day(parse(day).latest)}"


def _day_of_most(public: pd.DataFrame) -> tuple[str, int]:
    """Return the day (EDTF) on which most things were shown, and how many were."""
    days = Counter(when for when in public["public_when"] if parse(when).is_day)
    return max(days.items(), key=itemgetter(1), default=("", 0))


def _public_row(item: Any, context: Context) -> Row:
    """Return an item that the public could see: whose, what, who showed it and where it is."""
    possibly = "" if item.is_certainly_public else "possibly "
    words = text(possibly) + cite(item.claim_ids[0], context, has_side=False)
    if not item.offered_by:
        since = context.short_dated(item.public_when)
        words += text(f"; {possibly}public on {since}")
    caveat = text(f"; {item.caveat}") if item.caveat not in item.description else ()
    return row_of(
        side_cell(item.side, context),
        text(capitalised(item.description.rstrip("."))) + caveat,
        sentence(words),
        Run(item.publisher or "The item itself" if item.locator else NO_ADDRESS, item.locator),
        key=item.evidence_id,
    )


def _hidden_row(hidden: pd.DataFrame, context: Context) -> Row:
    """Return what was not shown: whose, how many things, of which kinds, and who cites them."""
    items = list(each_row(hidden))
    sides = {item.side for item in items}
    label = text(Run(capitalised(counted(len(sides), "side")), style="strong"))
    if len(sides) == 1:
        label = side_cell(items[0].side, context)
    things = f"{capitalised(_count(items))} {'thing' if len(items) == 1 else 'things'}"
    what = f"{things} not known to be shown: {_kinds(items, context)}"
    claim_ids = [claim for item in items for claim in item.claim_ids]
    more = len({context.cited[claim_id].utterance_id for claim_id in claim_ids}) - 1
    cited = cites(claim_ids, context, 1, has_side=len(sides) > 1)
    cited += text(f" statement{'s' * (more > 1)}") * bool(more)
    return row_of(label, what, cited, NOTHING_REPORTED, key="not-shown")


def _count(items: Sequence[Any]) -> str:
    certain = sum(item.certainty == "certain" for item in items)
    return possibly(certain, len(items) - certain)


def _kinds(items: Sequence[Any], context: Context) -> str:
    """Return of which kinds things are, the most frequent first: "intelligence (two), …"."""
    labels = {**context.labels["evidence_kind"], **KINDS}
    kinds = Counter(labels[item.kind] for item in items).most_common()
    if len(kinds) == 1:
        return kinds[0][0]
    rest = kinds[NAMED:]
    if len(rest) > 1:
        kinds = [*kinds[:NAMED], ("other kinds", sum(count for _, count in rest))]
    return listed([f"{kind} ({number(count)})" for kind, count in kinds], ", ")


def evidence_by_side(frame: pd.DataFrame, context: Context) -> Table:
    """Return what each side cites as evidence, and how much of it the public could see.

    A frame of several days (see `claimbrief.analysis.days.by_day`) has a row for the sides that are
    named on the last of them. The key of a row is the side's id.
    """
    last = of_last_day(frame, context)
    count = min(max(int((last["public"] > 0).sum()), FEWEST), SIDES_NAMED)
    named = last.loc[last["items"].map(len).astype(int) > 0, "side"][:count]
    has_items = frame["items"].map(len).astype(int) > 0
    keys = frame["side"].where(frame["side"].isin(named), REST)
    return _table(frame.assign(row=keys.where(has_items | (keys != REST), NOTHING)), context)


@through_days
def _table(frame: pd.DataFrame, context: Context) -> Table:
    items = frame["items"].map(len).astype(int)
    sums = frame[["public", "possible", "public_possible"]].sum()
    cited, (public, perhaps_cited, perhaps_public) = int(items.sum()), map(int, sums)
    rows = [
        _row(key, frame[frame["row"] == key], context)
        for key in (*frame.loc[~frame["row"].isin([REST, NOTHING]), "row"], REST, NOTHING)
        if cited and (frame["row"] == key).any()
    ]
    things = f"{possibly(cited - perhaps_cited, perhaps_cited)} thing{'' if cited == 1 else 's'}"
    return Table(
        block_id="table-evidence-by-side",
        caption=text(
            f"{capitalised(things)} cited as evidence, {_public(public, perhaps_public)} shown"
        ),
        columns=(
            Column("Side", share=1.1, key="side"),
            Column("Things cited", share=1.5, key="things"),
            Column("Shown", share=1.6, key="shown"),
        ),
        rows=tuple(rows),
        subtitle=text(f"{PUBLIC} shown, {HIDDEN} not"),
        numbers={
            "cited": [cited - perhaps_cited, cited],
            "shown": [public, public + perhaps_public],
            "checked": int(frame["checked"].sum()),
            "sides_citing": int((items > 0).sum()),
            "sides_citing_nothing": int((items == 0).sum()),
            "by_side": {row.side: [row.public, len(row.items)] for row in each_row(frame)},
        },
    )


def _row(key: str, rows: pd.DataFrame, context: Context) -> Row:
    cited, public = int(rows["items"].map(len).sum()), int(rows["public"].sum())
    name = capitalised(counted(len(rows), "other side" if key == REST else "more side"))
    name = side_name(key, context) if key in context.names else name
    if not cited:
        words = "none of their own" if len(rows) > 1 else "none of its own"
        return row_of(name, words, (), key=key)
    squares = PUBLIC * public + HIDDEN * (cited - public)
    groups = [squares[at : at + GROUP] for at in range(0, cited, GROUP)]
    if cited > MANY:
        counts = {PUBLIC: public, HIDDEN: cited - public}
        groups = [f"{count} × {square}" for square, count in counts.items() if count]
    squares = " ".join(groups)
    return row_of(name, squares, _words(rows, cited, public, context), key=key)


def _words(rows: pd.DataFrame, cited: int, public: int, context: Context) -> Text:
    """Return how many of the things cited were shown, and their kinds: "two of five: document"."""
    perhaps, perhaps_cited = (int(rows[name].sum()) for name in ("public_possible", "possible"))
    words = f"{_public(public, perhaps)} of {possibly(cited - perhaps_cited, perhaps_cited)}"
    if cited == 1:
        words = "shown" if public else "possibly shown" if perhaps else "not shown"
    kinds: dict[str, Any] = dict.fromkeys(code for codes in rows["kinds"] for code in codes)
    labels = context.labels["evidence_kind"]
    named = ", ".join(labels[code] for code in kinds)
    return text(words + (f": {named}" if named else ""))


def _public(public: int, perhaps: int) -> str:
    """Return how many things the public could see: "none", "two", "two or three"."""
    return possibly(public, perhaps) if perhaps else none_or(public)
