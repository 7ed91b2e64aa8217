"""How much a table, a cell or a sentence shows of a long list: sizes in one place, and the cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimbrief.texts import Text, text
from claimbrief.wording import listed, number

if TYPE_CHECKING:  # a build that runs no chapter does not load pandas
    import pandas as pd


@dataclass(frozen=True)
class Limits:
    """How much is shown of each kind of list; of a longer list a note says how much."""

    rows: int = 300  # rows of a table
    columns: int = 16  # columns of a table of an analyst, besides its index
    lines: int = 300  # lines of a text that a cell prints
    line: int = 2_000  # letters of a line that a cell prints
    printed: int = 10_000_000  # letters that a chapter prints, or that an output has
    outputs: int = 300  # outputs of a cell
    picture: int = 5_000_000  # bytes of a picture
    short_rows: int = 250  # rows of a table whose rows take a line or two
    tall_rows: int = 150  # rows of a table whose rows are as tall as a paragraph
    marks: int = 500  # marks of a chart, drawn one by one
    cards: int = 1_200  # claims on the cards of statements: a page of some 700 kB
    days: int = 62  # days of the window that a page can be moved back to
    claims_by_days: int = 62_000  # claims times days: each day looks at the whole record anew
    links: int = 6  # links in a cell
    names: int = 12  # names or links in a sentence; of more, `first_names` and the number of others
    first_names: int = 6


LIMITS = Limits()


def days_at_most(claims: int) -> int:
    """Return how many days are computed of a record with this many claims: fewer of a large one."""
    return min(LIMITS.days, LIMITS.claims_by_days // max(claims, 1))


def truncate(
    rows: pd.DataFrame, limit: int = LIMITS.rows, keys: pd.Series | None = None
) -> pd.DataFrame:
    """Return the rows that a table shows: all, or of many those with the highest keys, in order.

    Without keys the first rows are shown.
    """
    if len(rows) <= limit:
        return rows
    if keys is None:
        return rows.iloc[:limit]
    return rows.loc[keys.sort_values(ascending=False, kind="stable").index[:limit]]


def truncation_note(
    total: int,
    rows: str,
    order: str,
    limit: int = LIMITS.rows,
    whole: str = "claims.csv, beside this brief",
) -> str:
    """Return what a table says of the rows that it leaves out; nothing where it shows all.

    `rows` names the rows, `order` says which of them come first, `whole` where all are.
    """
    if total <= limit:
        return ""
    return (
        f" Here are {number(limit)} of {number(total)} {rows}, {order}; the whole record is in "
        f"{whole}."
    )


def truncated(texts: Sequence[Text], limit: int = LIMITS.names) -> list[Text]:
    """Return the first of many texts that are listed, and as the last how many more there are."""
    if len(texts) <= limit:
        return list(texts)
    first = min(limit, LIMITS.first_names)
    return [*texts[:first], text(f"{number(len(texts) - first)} more")]


def name_list(names: Sequence[str], limit: int = LIMITS.names) -> str:
    """Return names as a list, the first of more than `limit` and how many more there are."""
    if len(names) <= limit:
        return listed(names)
    first = min(LIMITS.first_names, limit - 1)
    return listed([*names[:first], f"{number(len(names) - first)} more"])
