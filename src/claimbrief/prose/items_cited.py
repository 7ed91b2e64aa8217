"""What was shown of what was cited as evidence: checked or not, of which kinds, and by how few."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.counts import Count, count_of
from claimbrief.analysis.evidence import NOT_KNOWN, NOTHING
from claimbrief.analysis.items_cited import kinds_never_public
from claimbrief.blocks import Prose
from claimbrief.captions import in_words
from claimbrief.texts import text
from claimbrief.wording import capitalised, listed, number

CHECKED = "published_verified"
EXAMPLES = {  # of each kind of evidence that could be shown
    "satellite_imagery": "a satellite image",
    "photo_or_video": "a photo or video",
    "intercept": "an intercepted message",
    "document": "a document",
    "prisoner_or_defector": "a prisoner or defector",
    "witness": "a witness",
    "official_record": "an official record",
}


def items_cited(items: pd.DataFrame, register: pd.DataFrame, statements: pd.DataFrame) -> Prose:
    """Return whether what was shown was checked, what nobody has shown, and what names no evidence.

    Takes the frames `items_cited`, `evidence_register` and `statements_by_evidence`.
    """
    public = items[items["is_public"].astype(bool)]
    checked = int((public["publicity"] == CHECKED).sum())
    never = kinds_never_public(register)
    statement_count = count_of(statements, "utterance_id")
    unsaid, unknown = (
        count_of(statements[statements["evidence"] == evidence], "utterance_id")
        for evidence in (NOTHING, NOT_KNOWN)
    )
    sentences = [_checked(len(items), len(public), checked)]
    if len(public) and never:
        examples = listed([EXAMPLES[kind] for kind in never], " or ")
        sentences.append(f"Nobody has shown {examples}.")
    sentences += _without(statement_count, unsaid, unknown)
    return Prose(
        "what-was-shown",
        (text(" ".join(sentences)),),
        numbers={
            "checked": checked,
            "never_shown": never,
            "statements": [statement_count.certain, statement_count.total],
            "without_evidence": [unsaid.certain, unsaid.total],
            "seen_in_part": [unknown.certain, unknown.total],
        },
    )


def _checked(cited: int, public: int, checked: int) -> str:
    """Return whether what was shown is recorded as checked by an independent party."""
    if not cited:
        return "Nobody has cited evidence that could be shown."
    if not public:
        return "The public could see nothing of what was cited."
    which = "no item shown is"
    if public == 1:
        which = f"the item shown is{'' if checked else ' not'}"
    elif checked:
        which = f"{number(checked)} of the items shown {'is' if checked == 1 else 'are'}"
    return f"{capitalised(which)} recorded as checked by an independent party."


def _without(statement_count: Count, unsaid: Count, unknown: Count) -> list[str]:
    """Return how many statements name no evidence, and how many of these were read in part only."""
    without = Count(unsaid.certain + unknown.certain, unsaid.possible + unknown.possible)
    if not without.total:
        return []
    in_part = ""
    if unknown.total:
        which = "" if unsaid.total else "it " if unknown.total == 1 else "they "
        which = which or f"{in_words(unknown)} of these "
        in_part = f", but {which}{'was' if unknown.total == 1 else 'were'} read only in part"
    if statement_count.total == 1:
        return [f"The only statement that something is so, or likely, names no evidence{in_part}."]
    name = "names" if without.total == 1 else "name"
    statements = f"Of {in_words(statement_count)} statements that something is so, or likely,"
    return [f"{statements} {in_words(without)} {name} no evidence{in_part}."]
