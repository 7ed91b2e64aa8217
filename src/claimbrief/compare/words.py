"""What differs between two snapshots, in words: a table for each kind of change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from claimbrief.blocks import Column, Row, Table
from claimbrief.compare.changes import Changes
from claimbrief.compare.snapshot import Snapshot
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS, name_list
from claimbrief.texts import Text, text
from claimbrief.wording import bracketed, capitalised, counted, number, short_dated

NOTHING = "–"


def title(old: Snapshot, new: Snapshot) -> str:
    """Return what is compared."""
    return f"What changed from {old.name} to {new.name}"


def lead(found: Changes, old: Snapshot, new: Snapshot) -> list[str]:
    """Return how much changed, and what could not be compared."""
    if found.is_empty:
        same = old.digest == new.digest
        of_data = "" if same else "; the datasets differ, but in nothing that these briefs state"
        sentences = [f"Nothing changed{of_data}."]
    else:
        counts = [
            counted(found.added["utterance_id"][~found.added["is_known"]].nunique(), "statement")
            + f" and {counted(len(found.added), 'claim')} added",
            f"{counted(len(found.removed), 'claim')} removed",
            f"{counted(len(found.cells), 'cell')} of claims in both changed",
            f"{counted(found.answers['side'].nunique(), 'side')} moved",
            f"{counted(len(found.figures), 'figure')} moved",
            f"{counted(len(found.sentences), 'sentence')} of the front changed",
        ]
        sentences = [capitalised("; ".join(counts)) + "."]
    if found.uncompared:
        names = name_list(found.uncompared)
        sentences.append(f"Not compared, as only one of the two has figures of it: {names}.")
    return sentences


def blocks(found: Changes, old: Snapshot, new: Snapshot) -> Iterator[Table]:
    """Yield a table for each kind of change, where there is any."""
    claims = {**_names(old.claims), **_names(new.claims)}
    cells = found.cells.assign(claim=found.cells["claim_id"].map(claims))
    cells["column"] = cells["column"].str.removesuffix("_id").str.replace("_", " ")
    frames = {
        "sentences": ("Sentences of the front", [], found.sentences),
        "figures": ("Figures", ["figure"], found.figures),
        "answers": ("Sides whose position moved", ["side", "question"], found.answers),
        "items": ("Evidence: how public it is", ["description"], found.items),
        "added": ("Statements added", [], _statements(found.added, "added to a statement")),
        "removed": ("Statements removed", [], _statements(found.removed, "of a statement kept")),
        "cells": ("Claims changed in a cell", ["claim", "column"], cells),
    }
    for name, (caption, keys, frame) in frames.items():
        if not frame.empty:
            yield _table(name, caption, keys, frame)


def _table(name: str, caption: str, keys: list[str], frame: pd.DataFrame) -> Table:
    names = ["statement", "claims"] if "statement" in frame else [*keys, "before", "after"]
    others = len(frame) - LIMITS.rows
    return Table(
        block_id=f"changed-{name}",
        caption=text(caption),
        columns=tuple(Column(capitalised(name), share=2) for name in names),
        rows=tuple(
            Row(tuple(text(str(getattr(row, name)) or NOTHING) for name in names))
            for row in each_row(frame[: LIMITS.rows])
        ),
        note=text(f"{capitalised(number(others))} more are left out here.") if others > 0 else (),
    )


def _names(claims: pd.DataFrame) -> dict[str, str]:
    """Return what each claim is called, by claim id: its speaker, day and id."""
    return {row.claim_id: f"{_who(row)}, {row.claim_id}" for row in each_row(claims)}


def _who(row: Any) -> str:
    first, last = row.day_earliest, row.day_latest
    when = last if first == last else f"[{first}..{last}]"
    return bracketed(row.speaker, short_dated(when, None)) if last else str(row.speaker)


def _statements(claims: pd.DataFrame, note: str) -> pd.DataFrame:
    """Return one row an utterance: who said it, when and where, and its claims in words.

    `note` follows where the other snapshot has the utterance too.
    """
    rows = []
    for _, own in claims.groupby("utterance_id", sort=False):
        first = next(each_row(own.sort_values("side", key=lambda side: side == "", kind="stable")))
        words = [_claim(row) for row in each_row(own[: LIMITS.links])]
        if len(own) > LIMITS.links:
            words.append(f"{number(len(own) - LIMITS.links)} more")
        place = f", {first.venue}" if first.venue else ""
        known = f" ({note})" if first.is_known else ""
        rows.append((f"{_who(first)}{place}{known}", "; ".join(words)))
    return pd.DataFrame(rows, columns=["statement", "claims"])


def _claim(row: Any) -> str:
    """Return a claim in words: "said that the bridge is unsafe"."""
    if row.stance_label.endswith("…"):
        return f"{row.stance_label.removesuffix('…').rstrip()} {row.proposition}"
    return f"{row.stance_label}: {row.proposition}"


def words_of(cell: Text) -> str:
    """Return a cell in one line that a terminal takes for text: no control or direction signs."""
    words = "".join(run.text for run in cell)
    return "".join(sign if sign.isprintable() else " " for sign in words)
