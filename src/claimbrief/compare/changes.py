"""What differs between two snapshots, as frames."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pandas as pd

from claimbrief.analysis.lineage import PUBLIC
from claimbrief.compare.snapshot import Snapshot

# Columns of claims.csv that hold a code, each with its scheme; and columns that repeat others.
SCHEMES = {"question_id": "question", "people": "role", "stance": "stance", "phase": "phase"}
SCHEMES |= {"commitment": "commitment", "rests_on": "rests_on", "rendering": "rendering"}
SCHEMES |= {"response": "response", "denial": "denial", "location": "location"}
_REPEATED = {"claim_id", "card", "question", "proposition_id"}
_REPEATED |= {f"{name}_label" for name in SCHEMES}
LIKE = 0.25  # of the words of two sentences, if one stands in the place of the other
_WORD = re.compile(r"\w+")
_DATES = re.compile(r", [^;]*")  # what follows an answer: the day of the claim that gives it


@dataclass(frozen=True, eq=False)
class Changes:
    """What differs between two snapshots.

    `added` and `removed` are rows of claims, with `is_known` (whether the other snapshot has the
    utterance). The other frames have `before` and `after`, "" where there is nothing: `cells` of
    claims (claim_id, column; codes by their labels), `answers` (side, question), `items`
    (description; how public by its label), `figures` (figure: its block and its name) and
    `sentences`. `uncompared` are the blocks whose figures only one of the two has.
    """

    added: pd.DataFrame
    removed: pd.DataFrame
    cells: pd.DataFrame
    answers: pd.DataFrame
    items: pd.DataFrame
    figures: pd.DataFrame
    sentences: pd.DataFrame
    uncompared: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        frames = (self.added, self.removed, self.cells, self.answers, self.items)
        return all(frame.empty for frame in (*frames, self.figures, self.sentences))


def changes(old: Snapshot, new: Snapshot) -> Changes:
    """Return what differs between two snapshots."""
    blocks = [{block for block, _ in snapshot.figures} for snapshot in (old, new)]
    return Changes(
        added=_only_in(new.claims, old.claims),
        removed=_only_in(old.claims, new.claims),
        cells=_cells(old, new),
        answers=_answers(old, new),
        items=_items(old, new),
        figures=_figures(old, new, blocks[0] & blocks[1]),
        sentences=_sentences(old.sentences, new.sentences),
        uncompared=tuple(sorted(blocks[0] ^ blocks[1])),
    )


def _only_in(claims: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    own = claims[~claims.index.isin(others.index)]
    return own.assign(is_known=own["utterance_id"].isin(others["utterance_id"]))


def _differing(
    before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str], *names: str
) -> pd.DataFrame:
    """Return the values that differ between two mappings by two keys, in order."""
    keys = [key for key in {**before, **after} if before.get(key, "") != after.get(key, "")]
    rows = [(*key, before.get(key, ""), after.get(key, "")) for key in keys]
    return pd.DataFrame(rows, columns=[*names, "before", "after"], dtype="str")


def _cells(old: Snapshot, new: Snapshot) -> pd.DataFrame:
    """Return the cells that differ of the claims that both have."""
    claims = new.claims.index.intersection(old.claims.index).tolist()
    columns = [str(name) for name in new.claims if name in old.claims and name not in _REPEATED]
    before, after = (it.claims.loc[claims, columns] for it in (old, new))
    rows, places = np.nonzero((before != after).to_numpy())
    differing = [(claims[row], columns[place]) for row, place in zip(rows, places, strict=True)]
    return _differing(
        {(claim, column): _cell(before, claim, column, old.labels) for claim, column in differing},
        {(claim, column): _cell(after, claim, column, new.labels) for claim, column in differing},
        "claim_id",
        "column",
    )


def _cell(
    claims: pd.DataFrame, claim: str, column: str, labels: Mapping[str, Mapping[str, str]]
) -> str:
    """Return a cell, a code by its label."""
    value = str(claims.at[claim, column])
    return labels.get(SCHEMES.get(column, ""), {}).get(value, value)


def _answers(old: Snapshot, new: Snapshot) -> pd.DataFrame:
    """Return the answers that differ in more than the day, of the sides that both tell of."""
    labels = new.labels.get("question", {})
    partial = [it.answers for it in (old, new) if not it.is_whole]
    before, after = (
        {
            (side, labels.get(code, code)): answer
            for side, answers in it.answers.items()
            if all(side in others for others in partial)
            for code, answer in answers.items()
        }
        for it in (old, new)
    )
    found = _differing(before, after, "side", "question")
    before_bare, after_bare = (found[name].map(_without_days) for name in ("before", "after"))
    return found[before_bare != after_bare].sort_values("side", kind="stable")


def _without_days(answers: str) -> str:
    return _DATES.sub("", answers)


def _items(old: Snapshot, new: Snapshot) -> pd.DataFrame:
    """Return the items that became public, or no longer are, and those known to be otherwise."""
    frames = [it.items.add_suffix(end) for it, end in ((old, "_before"), (new, "_after"))]
    merged = frames[0].join(frames[1], how="outer").fillna("")
    before, after = merged["publicity_before"], merged["publicity_after"]
    is_in_both = merged.index.isin(old.items.index) & merged.index.isin(new.items.index)
    is_public = before.isin(PUBLIC) | after.isin(PUBLIC)
    found = merged[(before != after) & (is_in_both | is_public)]
    described = found["description_after"].where(
        found["description_after"] != "", found["description_before"]
    )
    labels = [it.labels.get("publicity", {}) for it in (old, new)]
    columns = {
        "description": described,
        "before": found["publicity_before"].replace(labels[0]),
        "after": found["publicity_after"].replace(labels[1]),
    }
    return pd.DataFrame(columns, dtype="str")


def _figures(old: Snapshot, new: Snapshot, blocks: set[str]) -> pd.DataFrame:
    """Return the figures that differ of the blocks that both have."""
    before, after = (
        {key: figure for key, figure in it.figures.items() if key[0] in blocks} for it in (old, new)
    )
    found = _differing(before, after, "block", "name").sort_values("block", kind="stable")
    return found.assign(figure=found["block"] + "." + found["name"])


def _sentences(old: tuple[str, ...], new: tuple[str, ...]) -> pd.DataFrame:
    """Return the sentences that only one of two fronts has, each beside that which is most like it.

    A sentence that is like none stands alone.
    """
    rows = []
    left = {tuple(_WORD.findall(sentence)): sentence for sentence in new if sentence not in old}
    for sentence in old:
        if sentence not in new:
            close = get_close_matches(_WORD.findall(sentence), list(left), n=1, cutoff=LIKE)
            rows.append((sentence, left.pop(tuple(close[0])) if close else ""))
    rows += [("", sentence) for sentence in left.values()]
    return pd.DataFrame(rows, columns=["before", "after"], dtype="str")
