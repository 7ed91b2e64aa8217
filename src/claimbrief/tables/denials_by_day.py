"""What is denied: a row a speaker and day, with the words, what they deny and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.denials_by_day import (
    DECLINES,
    DENIAL,
    DENIES,
    DENIES_TO_COME,
    DISMISSES,
    DOUBTS,
    EVADES,
    LIMIT,
)
from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context
from claimbrief.dataset import UNSTATED_QUESTION, each_row
from claimbrief.limits import name_list
from claimbrief.links import cites, quoted, sentence
from claimbrief.statements import NOT_YET
from claimbrief.texts import Text, joined, text
from claimbrief.wording import capitalised, counted

DENIALS = 10  # so many denials have a row
SIDES_NAMED = 4
DID = {
    DENIES: "said that it is not so",
    DISMISSES: "called it false",
    DENIES_TO_COME: "said that it will not be so",
    DOUBTS: "doubted it",
    NOT_YET: "said not yet",
    EVADES: "neither confirmed nor denied",
    DECLINES: "would not comment",
}
IN_A_SENTENCE = (DENIES, DENIES_TO_COME, NOT_YET)  # what the words then say themselves


def denials_by_day(frame: pd.DataFrame, context: Context) -> Table:
    """Return what is denied: a row a speaker and day, denials first and then limits."""
    denials, limits = (frame[frame["group"] == group] for group in (DENIAL, LIMIT))
    chosen = pd.concat([_chosen(denials), limits[limits["is_telling"]]])
    return Table(
        block_id="table-denials-by-day",
        caption=text(_caption(denials, limits, context)),
        subtitle=text(_subtitle(denials, limits)),
        columns=(
            Column("Who and when", share=2.2),
            Column("What they did", share=2.1),
            Column("In which words", share=4.4),
            Column("Of what", share=2.0),
        ),
        rows=tuple(_row(row, context) for row in each_row(chosen)),
        note=_note(denials, limits, chosen),
        numbers={
            "denials": len(denials),
            "limits": len(limits),
            "sides_dismissing": len(_sides(denials, DISMISSES, context)),
            "sides_denying": len(_sides(denials, DENIES, context)),
        },
    )


def _chosen(denials: pd.DataFrame) -> pd.DataFrame:
    """Return the denials that have a row: all, or of many those that deny most, by day."""
    if len(denials) <= DENIALS:
        return denials
    place = denials["kinds"].map(lambda kinds: list(DID).index(kinds[0]))
    return denials.loc[sorted(place.sort_values(kind="stable").index[:DENIALS])]


def _row(row: Any, context: Context) -> Row:
    """Return the row of a speaker's day: the words of what denies, or of the first answer."""
    denying = [kind for kind in row.kinds if kind in (DENIES, DISMISSES)]
    count = max(len(denying), 1)
    did = [
        f"{DID[kind]}{', with a hedge' if is_hedged and kind == DENIES else ''}"
        for kind, is_hedged in zip(row.kinds, row.is_hedged, strict=True)
    ]
    words = [
        quoted(quote) or text(paraphrase)
        for quote, paraphrase in zip(row.quotes[:count], row.paraphrases[:count], strict=True)
    ]
    of = dict.fromkeys(_of_what(row, place, context) for place in range(count))
    possibly = "" if row.certainty == "certain" else "possibly "
    return Row(
        (
            sentence(text(possibly) + cites(row.claim_ids[:count], context)),
            text("; ".join(did)),
            joined(words, " "),
            text("; ".join(of)),
        ),
        "limit" if row.group == LIMIT else "",
    )


def _of_what(row: Any, place: int, context: Context) -> str:
    """Return what is denied: the question, or the proposition where a quote does not say it."""
    question_id = row.question_ids[place]
    if question_id == UNSTATED_QUESTION:
        return "not named in the words"
    if row.quotes[place] and row.kinds[place] not in IN_A_SENTENCE:
        return str(row.propositions[place])
    return context.question_within(question_id)


def _subtitle(denials: pd.DataFrame, limits: pd.DataFrame) -> str:
    """Return what the rows are."""
    ours = "Words without quotation marks are ours, of what is in another language or reported."
    if denials.empty or limits.empty:
        return ours
    return (
        "By day: the sides that make no such claim themselves; then, tinted, what sides that do "
        f"make claims say is not so yet. {ours}"
    )


def _caption(denials: pd.DataFrame, limits: pd.DataFrame, context: Context) -> str:
    """Return who calls the claims false, and who says that it is not so."""
    dismissing, denying, doubting, expecting_nothing = (
        _sides(denials, kind, context) for kind in (DISMISSES, DENIES, DOUBTS, DENIES_TO_COME)
    )
    hedge = _hedge(denials)
    if dismissing and set(dismissing) == set(denying):
        words = f"{_say(dismissing, 'call')} the claims false and "
        words += f"{'say' if len(denying) > 1 else 'says'} that it is not so{hedge}"
    elif dismissing:
        nobody = "; none says" if len(dismissing) > 1 else ", but does not say"
        said = f"; {'only ' * (len(denying) == 1)}{_say(denying, 'say')}" if denying else nobody
        words = f"{_say(dismissing, 'call')} the claims false{said} that it is not so{hedge}"
    elif denying:
        words = f"{_say(denying, 'say')} that it is not so{hedge}"
    elif doubting:
        words = f"{_say(doubting, 'doubt')} the claims; nobody denies them"
    elif expecting_nothing:
        words = f"{_say(expecting_nothing, 'say')} that it will not be so"
    elif len(limits):
        sides = limits["side"].nunique()
        words = f"nobody denies the claims; {counted(sides, 'side')} "
        words += f"{'says' if sides == 1 else 'say'} not so, or not yet"
    else:
        words = "what is denied"
    return capitalised(words)


def _sides(denials: pd.DataFrame, kind: str, context: Context) -> list[str]:
    """Return the names of the sides that did something, those that did it first before others."""
    certain: dict[str, bool] = {}
    for row in each_row(denials):
        if kind in row.kinds:
            certain[row.side] = certain.get(row.side, False) or row.certainty == "certain"
    return [
        f"{'' if is_certain else 'possibly '}{context.names[side]}"
        for side, is_certain in certain.items()
    ]


def _say(sides: Sequence[str], verb: str) -> str:
    """Return the sides with a verb: "Velland and Pell call"."""
    return f"{name_list(sides, SIDES_NAMED)} {verb}{'s' if len(sides) == 1 else ''}"


def _hedge(denials: pd.DataFrame) -> str:
    """Return that what is said not to be so has a hedge, if it always has."""
    is_hedged = [
        hedged
        for row in each_row(denials)
        for kind, hedged in zip(row.kinds, row.is_hedged, strict=True)
        if kind == DENIES
    ]
    if not is_hedged or not all(is_hedged):
        return ""
    return ", with a hedge" if len(is_hedged) == 1 else ", each time with a hedge"


def _note(denials: pd.DataFrame, limits: pd.DataFrame, chosen: pd.DataFrame) -> Text:
    """Return how many denials and limits have no row."""
    parts = []
    for rows, noun in ((denials, "denial"), (limits, "statement of what is not so yet")):
        left_out = len(rows) - int(chosen.index.isin(rows.index).sum())
        if left_out:
            plural = noun.replace("denial", "denials").replace("statement", "statements")
            are = "is" if left_out == 1 else "are"
            parts.append(f"{counted(left_out, f'more {noun}', f'more {plural}')} {are} not here")
    words = "Silence is no denial, and to neither confirm nor deny is none."
    return text(words + "".join(f" {capitalised(part)}." for part in parts))
