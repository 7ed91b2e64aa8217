"""What each side cited as evidence: a filled square is a thing that the public could see."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.earlier import through_days
from claimbrief.tables.positions import side_name
from claimbrief.texts import Text, text
from claimbrief.wording import capitalised, counted, none_or, possibly

NAMED = 4  # so many sides of which something was shown have a row; the others are summed up
FEWEST = 2  # so many sides have a row even if nothing of theirs was shown
MANY = 30  # of more things than this the squares are counted, not drawn
GROUP = 5  # so many squares stand together
PUBLIC, HIDDEN = "■", "□"
REST, NOTHING = "rest", "nothing"  # keys of the rows of more sides, and of those that cite nothing


def evidence_by_side(frame: pd.DataFrame, context: Context) -> Table:
    """Return what each side cites as evidence, and how much of it the public could see.

    A frame of several days (see `claimbrief.analysis.days.by_day`) has a row for the sides that are
    named on the last of them. The key of a row is the side's id.
    """
    last = frame
    if "as_of" in frame:
        last = frame[frame["as_of"] == context.at.as_of.isoformat()]
    count = min(max(int((last["public"] > 0).sum()), FEWEST), NAMED)
    named = last.loc[last["items"].map(len).astype(int) > 0, "side"][:count]
    has_items = frame["items"].map(len).astype(int) > 0
    keys = frame["side"].where(frame["side"].isin(named), REST)
    return _table(frame.assign(row=keys.where(has_items | (keys != REST), NOTHING)), context)


@through_days
def _table(frame: pd.DataFrame, context: Context) -> Table:
    items = frame["items"].map(len).astype(int)
    cited, public = int(items.sum()), int(frame["public"].sum())
    perhaps_cited, perhaps_public = (
        int(frame[name].sum()) for name in ("possible", "public_possible")
    )
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
        subtitle=text(f"{PUBLIC} public, {HIDDEN} only spoken of"),
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
    """Return the row of a side, or of several."""
    cited, public = int(rows["items"].map(len).sum()), int(rows["public"].sum())
    name = side_name(key, context) if key in context.names else _more(key, len(rows))
    if not cited:
        return Row(
            (text(name), (), text("cite nothing" if len(rows) > 1 else "cites nothing")), key=key
        )
    squares = _in_groups(PUBLIC * public + HIDDEN * (cited - public))
    if cited > MANY:
        squares = " ".join(
            f"{count} × {square}"
            for count, square in ((public, PUBLIC), (cited - public, HIDDEN))
            if count
        )
    return Row((text(name), text(squares), _words(rows, cited, public, context)), key=key)


def _in_groups(squares: str) -> str:
    """Return squares in groups, which are easy to count and can stand on several lines."""
    return " ".join(squares[at : at + GROUP] for at in range(0, len(squares), GROUP))


def _more(key: str, count: int) -> str:
    """Return what a row of several sides is called."""
    return capitalised(counted(count, "other side" if key == REST else "more side"))


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
