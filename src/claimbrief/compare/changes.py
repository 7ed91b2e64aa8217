"""What differs between two snapshots, as frames, and in words as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import pandas as pd

from claimbrief.analysis.provenance import PUBLIC
from claimbrief.compare.snapshot import Snapshot
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS, name_list
from claimbrief.links import around_claim
from claimbrief.wording import bracketed, capitalised, counted, number, short_dated

# Columns of claims.csv that hold a code, each with its scheme; and columns that repeat others.
SCHEMES = {"question_id": "question", "people": "role", "stance": "stance", "phase": "phase"}
SCHEMES |= {"commitment": "commitment", "rests_on": "rests_on", "rendering": "rendering"}
SCHEMES |= {"response": "response", "denial": "denial", "location": "location"}
_REPEATED = {"claim_id", "card", "question", "proposition_id"}
_REPEATED |= {f"{name}_label" for name in SCHEMES}
LIKE = 0.25  # share of words that a sentence has in common with its replacement
_WORD = re.compile(r"\w+")
_DATES = re.compile(r", [^;]*")  # what follows an answer: the day of the claim that gives it


def changes(old: Snapshot, new: Snapshot) -> dict[str, pd.DataFrame]:
    """Return what differs between two snapshots, a frame for each kind of change.

    `added` and `removed` are rows of claims, with `is_known` (whether the other snapshot has the
    utterance). The other frames have `before` and `after`, "" where there is nothing: `cells` of
    claims (claim_id, column; codes by their labels), `answers` (side, question), `items`
    (description; how public by its label), `figures` (figure: its block and its name, of the blocks
    that both have) and `sentences`.
    """
    return {
        "sentences": _sentences(old.sentences, new.sentences),
        "figures": _figures(old, new),
        "answers": _answers(old, new),
        "items": _items(old, new),
        "added": _only_in(new.claims, old.claims),
        "removed": _only_in(old.claims, new.claims),
        "cells": _cells(old, new),
    }


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
    labelled = {
        "before": _labelled(before, old.labels).stack(),
        "after": _labelled(after, new.labels).stack(),
    }
    found: pd.DataFrame = pd.DataFrame(labelled, dtype="str")[(before != after).stack()]
    return found.rename_axis(["claim_id", "column"]).reset_index()


def _labelled(claims: pd.DataFrame, labels: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Return cells of claims, codes by their labels."""
    cells = claims.copy()
    for name in cells.columns.intersection([*SCHEMES]):
        cells[name] = cells[name].replace(labels.get(SCHEMES[name], {}))
    return cells


def _answers(old: Snapshot, new: Snapshot) -> pd.DataFrame:
    """Return the answers that differ in more than the day, for sides that both cover."""
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
    before_bare, after_bare = (
        found[name].str.replace(_DATES, "", regex=True) for name in ("before", "after")
    )
    return found[before_bare != after_bare].sort_values("side", kind="stable")


def _items(old: Snapshot, new: Snapshot) -> pd.DataFrame:
    """Return the items that became public, or no longer are, and those known to be otherwise."""
    frames = [it.items.add_suffix(end) for it, end in ((old, "_before"), (new, "_after"))]
    merged = frames[0].join(frames[1], how="outer").fillna("")
    before, after = merged["publicity_before"], merged["publicity_after"]
    is_in_both = merged.index.isin(old.items.index) & merged.index.isin(new.items.index)
    is_public = before.isin(PUBLIC) | after.isin(PUBLIC)
    found = merged[(before != after) & (is_in_both | is_public)]
    described = found["description_after"].replace("", pd.NA)
    columns = {
        "description": described.fillna(found["description_before"]),
        "before": found["publicity_before"].replace(old.labels.get("publicity", {})),
        "after": found["publicity_after"].replace(new.labels.get("publicity", {})),
    }
    return pd.DataFrame(columns, dtype="str")


def _figures(old: Snapshot, new: Snapshot) -> pd.DataFrame:
    """Return the figures that differ of the blocks that both have."""
    found = _differing(old.figures, new.figures, "block", "name")
    found = found[~found["block"].isin(_uncompared(old, new))].sort_values("block", kind="stable")
    return found.assign(figure=found["block"] + "." + found["name"])


def _uncompared(old: Snapshot, new: Snapshot) -> list[str]:
    """Return the blocks whose figures only one of two snapshots has."""
    return sorted({block for block, _ in old.figures} ^ {block for block, _ in new.figures})


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


Captioned = tuple[str, pd.DataFrame, str]  # a caption, rows of words, and what is left out
NOTHING = "–"
# Of each kind of change the caption of its table, and the columns that say what a row is of.
CAPTIONS = {
    "sentences": ("Sentences of the front", []),
    "figures": ("Figures", ["figure"]),
    "answers": ("Sides whose position moved", ["side", "question"]),
    "items": ("Evidence: how public it is", ["description"]),
    "added": ("Statements added", []),
    "removed": ("Statements removed", []),
    "cells": ("Claims changed in a cell", ["claim", "column"]),
}


def lead(found: Mapping[str, pd.DataFrame], old: Snapshot, new: Snapshot) -> list[str]:
    """Return how much changed, and what could not be compared."""
    if any(map(len, found.values())):
        added = found["added"]["utterance_id"][~found["added"]["is_known"]].nunique()
        counts = [
            f"{counted(added, 'statement')} and {counted(len(found['added']), 'claim')} added",
            f"{counted(len(found['removed']), 'claim')} removed",
            f"{counted(len(found['cells']), 'cell')} of claims in both changed",
            f"{counted(found['answers']['side'].nunique(), 'side')} moved",
            f"{counted(len(found['figures']), 'figure')} moved",
            f"{counted(len(found['sentences']), 'sentence')} of the front changed",
        ]
        sentences = [capitalised("; ".join(counts)) + "."]
    else:
        same = old.digest == new.digest
        of_data = "" if same else "; the datasets differ, but in nothing that these briefs state"
        sentences = [f"Nothing changed{of_data}."]
    if uncompared := _uncompared(old, new):
        names = name_list(uncompared)
        sentences.append(f"Not compared, as only one of the two has figures of it: {names}.")
        if old.is_whole != new.is_whole:
            sentences.append("To compare these too, build, and compare the folders of two briefs.")
    return sentences


def tables(found: Mapping[str, pd.DataFrame], old: Snapshot, new: Snapshot) -> Iterator[Captioned]:
    """Yield a table for each kind of change, where there is any.

    A row holds what it is of, what was before and what is after; or a statement and its claims.
    """
    claims = {**_names(old.claims), **_names(new.claims)}
    cells = found["cells"]
    columns = cells["column"].str.removesuffix("_id").str.replace("_", " ")
    frames = {
        **found,
        "added": _statements(found["added"], "added to a statement"),
        "removed": _statements(found["removed"], "of a statement kept"),
        "cells": cells.assign(claim=cells["claim_id"].map(claims), column=columns),
    }
    for name, (caption, keys) in CAPTIONS.items():
        frame = frames[name]
        if len(frame):
            names = ["statement", "claims"] if "statement" in frame else [*keys, "before", "after"]
            more = len(frame) - LIMITS.rows
            note = f"{capitalised(number(more))} more are left out here." if more > 0 else ""
            yield caption, frame[names][: LIMITS.rows].map(_one_line), note


def _names(claims: pd.DataFrame) -> dict[str, str]:
    """Return what each claim is called, by claim id: its speaker, day and id."""
    return {row.claim_id: f"{_who(row)}, {row.claim_id}" for row in each_row(claims)}


def _who(row: Any) -> str:
    first, last = row.day_earliest, row.day_latest
    when = last if first == last else f"[{first}..{last}]"
    return bracketed(row.speaker, short_dated(when, None)) if last else str(row.speaker)


def _statements(claims: pd.DataFrame, note: str) -> pd.DataFrame:
    """Return one row per utterance: who said it, when and where, and its claims in words.

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
    before, after = around_claim(row.stance_label)
    return f"{before}{row.proposition}{after}"


def _one_line(cell: object) -> str:
    """Return a cell in one line that a terminal takes for text: no control or direction signs."""
    return "".join(sign if sign.isprintable() else " " for sign in str(cell)) or NOTHING
