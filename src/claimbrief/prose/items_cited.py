"""What was shown of what was cited as evidence: checked or not, of which kinds, and by how few."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.counts import Count, count_of
from claimbrief.analysis.evidence import NOT_KNOWN, NOTHING
from claimbrief.analysis.items_cited import kinds_never_shown
from claimbrief.blocks import Prose
from claimbrief.texts import text
from claimbrief.wording import capitalised, listed, number, possibly

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
    never = kinds_never_shown(register)
    statement_count = count_of(statements, "utterance_id")
    unsaid, unknown = (
        count_of(statements[statements["evidence"] == evidence], "utterance_id")
        for evidence in (NOTHING, NOT_KNOWN)
    )
    sentences = [
        *_shown(len(items), len(public), checked),
        *([_never(never)] if len(public) and never else []),
        *_without(statement_count, unsaid, unknown),
    ]
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


def _shown(cited: int, public: int, checked: int) -> list[str]:
    """Return whether what was shown is recorded as checked by an independent party."""
    if not cited:
        return ["Nobody has cited evidence that could be shown."]
    if not public:
        return ["The public could see nothing of what was cited."]
    if public == 1:
        return [f"The item shown is {'' if checked else 'not '}recorded as checked by an "
                "independent party."]  # fmt: skip
    which = "No item shown is" if not checked else f"{number(checked)} of the items shown "
    if checked:
        which += "is" if checked == 1 else "are"
    return [f"{capitalised(which)} recorded as checked by an independent party."]


def _never(kinds: list[str]) -> str:
    return f"Nobody has shown {listed([EXAMPLES[kind] for kind in kinds], ' or ')}."


def _without(statement_count: Count, unsaid: Count, unknown: Count) -> list[str]:
    """Return how many statements name no evidence, of those read in full and of those in part."""
    parts = []
    if unsaid.total:
        name = "names" if unsaid.total == 1 else "name"
        parts.append(f"{_amount(unsaid)} read in full {name} no evidence")
    if unknown.total:
        name = "names" if unknown.total == 1 else "name"
        none = "none" if unsaid.total else "no evidence"
        parts.append(f"{_amount(unknown)} read only in part {name} {none} in that part")
    if not parts:
        return []
    if statement_count.total == 1:
        how = "in full, names no evidence" if unsaid.total else "only in part, names none there"
        return [f"The only statement that something is so, or likely, read {how}."]
    statements = f"{_amount(statement_count)} statements"
    return [f"Of {statements} that something is so, or likely, {'; '.join(parts)}."]


def _amount(count: Count) -> str:
    return possibly(count.certain, count.possible)
