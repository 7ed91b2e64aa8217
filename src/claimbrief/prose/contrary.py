"""Who says in answer to the first question that it is not so, or not yet."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.answer import Answer
from claimbrief.context import Context
from claimbrief.links import sentence
from claimbrief.prose.naming import (
    OFFICIAL,
    listed_links,
    official_first,
    speaker_links,
    speakers_cited,
)
from claimbrief.prose.reply import NO_GOVERNMENT, NOBODY, POSSIBLY, Reply
from claimbrief.statements import NOT_YET
from claimbrief.texts import Text, joined, text
from claimbrief.wording import clause, number

NAMED = 2  # so many are named; of more, this many and how many others there are


def not_so(found: Answer, reply: Reply, context: Context) -> Text:
    """Return who says that it is not so, or not yet; nothing where nobody does.

    What they say so of is named by the sentence before, or else by this one.
    """
    is_named = reply.case in (NOBODY, POSSIBLY, NO_GOVERNMENT)
    parts: list[Text] = []
    for yet, own in _contrary(found):
        if len(own):
            said = f" said that {'it' if parts else 'this'} was not{yet} so"
            if not is_named and not parts:
                said = f" said that it was not yet so that {clause(found.denied)}"
                said = said if yet else f" denied that {clause(found.denied)}"
            parts.append(_expecting(own, context) + text(said))
    return text(" ") + sentence(joined(parts, "; ")) + text(".") if parts else ()


def _contrary(found: Answer) -> list[tuple[str, pd.DataFrame]]:
    """Return who says that it is not so yet, and who says that it is not so, officials first."""
    rows = official_first(found.denied_by)
    is_not_yet = rows["stance"] == NOT_YET
    return [(" yet", rows[is_not_yet]), ("", rows[~is_not_yet])]


def _expecting(rows: pd.DataFrame, context: Context) -> Text:
    """Return who says that it is not so; those who expect it first, as such, then the others."""
    expecting, others_named, more = _named(rows)
    others = speaker_links(others_named, context)
    if more:
        others.append(text(f"{number(more)} other speaker{'' if more == 1 else 's'}"))
    if expecting.empty:
        return listed_links(others)
    expect = "expects" if len(expecting) == 1 else "expect"
    words = speakers_cited(expecting, context) + text(f", who {expect} it,")
    return words + text(" and ") * bool(others) + listed_links(others)


def _named(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Return who is named as expecting it, who else is named, and how many more there are.

    Where somebody expects it, of others a single one is named; else governments and organisations.
    """
    rows = rows.drop_duplicates("utterance_id")
    expecting = rows[rows["is_expected"]][:NAMED]
    others = rows[~rows.index.isin(expecting.index)]
    chosen = others if len(others) == 1 else others[:0]
    if expecting.empty:
        official = others[others["kind"].isin(OFFICIAL)]
        chosen = (official if len(official) else others)[:NAMED]
    return expecting, chosen, len(others) - len(chosen)


def more_than_named(found: Answer) -> list[int]:
    """Return how many say so that are not named: of those who say not yet, and of the others."""
    return [_named(rows)[2] for _, rows in _contrary(found)]
