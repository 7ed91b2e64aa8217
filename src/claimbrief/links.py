"""Links to claim cards, and the few texts that prose, tables and cards share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from claimbrief.blocks import Run, Text, claim_anchor, joined, text
from claimbrief.dataset import each_row
from claimbrief.steps import OTHER_FIGURES
from claimbrief.view import View
from claimbrief.wording import counted, listed, number

MANY = 6  # so many claims are linked one by one in a cell
FEW_OF_LARGE = 2  # so many claims are linked, and speakers named, in a cell of a large record
MOST_NAMED = 12  # so many claims, speakers or sides are all named one by one in a sentence
FIRST_NAMED = 6  # of more than that so many are, before the rest is counted
VERY_MANY = 60  # of more claims than this a sentence links the first alone


def claim_links(claim_ids: Sequence[str]) -> Text:
    """Return links to the cards of claims: "z1, z2"; nothing for none."""
    return joined([text(Run(one, f"#{claim_anchor(one)}")) for one in claim_ids])


def cited(claim_ids: Sequence[str]) -> Text:
    """Return links to the cards of claims as a citation: " [z1, z2]"; nothing for none."""
    return (Run(" ["), *claim_links(claim_ids), Run("]")) if claim_ids else ()


def few_links(view: View, claim_ids: Sequence[str], most: int = MANY) -> Text:
    """Return links to the first claims of a cell, and how many more there are.

    In a large record more than a few are a number alone: every claim that is linked has a card,
    and nobody reads the cards of all.
    """
    if not view.is_large:
        return _first_links(claim_ids, most)
    if len(claim_ids) > FEW_OF_LARGE:
        return text(counted(len(claim_ids), "claim"))
    return claim_links(claim_ids)


def few_cited(claim_ids: Sequence[str]) -> Text:
    """Return a citation of the first claims of a sentence, and how many more there are."""
    most = MOST_NAMED if len(claim_ids) <= MOST_NAMED else FIRST_NAMED
    if len(claim_ids) > VERY_MANY:
        most = 1
    return (Run(" ["), *_first_links(claim_ids, most), Run("]")) if claim_ids else ()


def _first_links(claim_ids: Sequence[str], most: int) -> Text:
    ids = list(claim_ids)
    if len(ids) <= most:
        return claim_links(ids)
    return claim_links(ids[:most]) + text(f" and {number(len(ids) - most)} more")


def most_named(view: View) -> int:
    """Return how many speakers a cell names one by one."""
    return FEW_OF_LARGE if view.is_large else MOST_NAMED


def most_told(view: View) -> int:
    """Return how many rows of sentences, each about a claim or a side, a table shows at most."""
    return MOST_TOLD_OF_LARGE if view.is_large else MOST_TOLD


def most_rows(view: View) -> int:
    """Return how many rows of a line or two, of what grows with the record, a table shows."""
    return MOST_ROWS_OF_LARGE if view.is_large else MOST_ROWS


def few_of(texts: Sequence[Text], most: int = MOST_NAMED) -> list[Text]:
    """Return the first of many texts that are listed, and as the last how many more there are."""
    if len(texts) <= most:
        return list(texts)
    first = min(most, FIRST_NAMED)
    return [*texts[:first], text(f"{number(len(texts) - first)} more")]


def few_names(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Return names as a list, the first of more than `most` and how many more there are."""
    if len(names) <= most:
        return listed(names)
    first = min(FIRST_NAMED, most - 1)
    return listed([*names[:first], f"{number(len(names) - first)} more"])


def quoted(words: str) -> Text:
    """Return a speaker's words in quotation marks; nothing for none."""
    return text(Run(words, style="quote")) if words else ()


def saying(label: str) -> tuple[str, str]:
    """Return the words before and after a proposition: "said that …" gives ("said that ", "")."""
    before, gap, after = label.partition("…")
    return (before, after) if gap else (f"{label}: ", "")


def figure_labels(view: View) -> dict[str, str]:
    """Return what a figure can be of, in the order in which it is shown, with its label."""
    return {**view.whole.labels("question"), **OTHER_FIGURES}


FEW = 3  # so many sources are named below a table or chart
MOST_TOLD, MOST_TOLD_OF_LARGE = 300, 30  # rows of sentences in a table (`most_told`)
MOST_ROWS, MOST_ROWS_OF_LARGE = 250, 100  # rows of a line or two (`most_rows`)
CODING = "Coding: this dataset."
Said = tuple[str, str, str]  # a proposition as told, the id of its claim ("" cites none), words


def said_text(label: str, said: Sequence[Said]) -> Text:
    """Return claims told by a stance's label: "said that it rains [a] and that it pours [b]".

    Where a claim's words alone can be told, because they name no content, they are quoted.
    """
    before, after = saying(label)
    again = " and that " if before.endswith("that ") else " and "
    told = [
        (Run(what, style="em"), *cited([one] if one else []))
        for what, one, words in said
        if not words
    ]
    parts: list[Text] = [(Run(before), *joined(told, again), *text(after))] if told else []
    parts += [
        (Run("said: "), *quoted(words), *cited([one] if one else []))
        for _, one, words in said
        if words
    ]
    return joined(parts, "; ")


def foremost(rows: pd.DataFrame, keys: pd.Series, most: int) -> pd.DataFrame:
    """Return the rows that a table shows: all, or of many those with the highest keys, in order."""
    if len(rows) <= most:
        return rows
    return rows.loc[keys.sort_values(ascending=False, kind="stable").index[:most]]


def rest_told(
    total: int, what: str, order: str, most: int, whole: str = "claims.csv, beside this page"
) -> str:
    """Return what a table says of the rows that it leaves out; nothing where it shows all.

    `what` names the rows, `order` tells which of them come first, `whole` where all are.
    """
    if total <= most:
        return ""
    return (
        f" Here are {number(most)} of {number(total)} {what}, {order}; the whole record is in "
        f"{whole}."
    )


@lru_cache(maxsize=64)
def source_line(view: View) -> Text:
    """Return the line below a table or chart that names the sources in view, with addresses.

    Many sources are counted; each stands in the table of sources, or, of very many, in the file.
    """
    record = view.record
    carried = {*record.claims["source_id"], *record.reports["source_id"]}
    used = record.sources[record.sources["source_id"].isin(carried)]
    if used.empty:
        return ()
    if len(used) > FEW:
        is_whole = len(used) <= most_rows(view)
        place = "the table of sources" if is_whole else "claims.csv, beside this page"
        return text(f"Source: {counted(len(used), 'document')}, each named in {place}. ", CODING)
    names = [
        text(Run(f"{source.publisher}, “{source.title}”", str(source.url)))
        for source in each_row(used)
    ]
    return (Run("Source: "), *joined(names, "; "), Run(f". {CODING}"))
