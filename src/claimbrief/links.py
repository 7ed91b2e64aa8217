"""Links to claim cards, and the few texts that sentences, tables and cards share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from claimbrief.context import Context
from claimbrief.limits import name_list
from claimbrief.texts import Run, Style, Text, joined, plain, text
from claimbrief.wording import capitalised, counted, number


def claim_link(words: str, claim_id: str, style: Style = "") -> Text:
    """Return words that lead to a claim; without an id the words alone."""
    return text(Run(words, f"#{claim_id}" if claim_id else "", style))


def cite(claim_id: str, context: Context, *, has_side: bool = True) -> Text:
    """Return a link to a claim's card, in the words that cite it: "Blinken (US, 31 Oct)"."""
    cited = context.cited[claim_id]
    return claim_link(cited.full if has_side else cited.short, claim_id)


def cites(
    claim_ids: Sequence[str],
    context: Context,
    limit: int = 0,
    *,
    has_side: bool = True,
    last: str | None = None,
) -> Text:
    """Return links to claims, an utterance once: "Blinken (US, 31 Oct), Rutte (NATO, 28 Oct)".

    Utterances beyond `limit` (0: no limit) are only counted; `last` separates the last where all
    are named.
    """
    first: dict[str, str] = {}
    for claim_id in claim_ids:
        first.setdefault(context.cited[claim_id].utterance_id, claim_id)
    chosen = list(first.values())
    links = [cite(claim_id, context, has_side=has_side) for claim_id in chosen[: limit or None]]
    if limit and len(chosen) > limit:
        return joined(links) + text(f" and {number(len(chosen) - limit)} more")
    return joined(links, last=last)


def cites_by_day(
    uses: Iterable[tuple[str, str, str]], context: Context, limit: int = 0, days: int = 0
) -> Text:
    """Return speakers with the days on which they spoke: "Blinken 30 Oct, 31 Oct; Rutte 28 Oct".

    `uses` are a speaker, a date (EDTF) and a claim, to which the day leads; a day is named once.
    Speakers beyond `limit` (0: no limit) are only counted; a speaker's days beyond `days` are left
    out.
    """
    by_speaker: dict[str, dict[str, str]] = {}
    for speaker, when, claim_id in uses:
        words = context.short_dated(when)
        by_speaker.setdefault(speaker, {}).setdefault(words, claim_id)
    parts = []
    for speaker, said in list(by_speaker.items())[: limit or None]:
        links = [claim_link(words, claim_id) for words, claim_id in said.items()]
        parts.append(text(f"{capitalised(speaker)} ") + joined(links[: days or None]))
    if limit and len(by_speaker) > limit:
        parts.append(text(counted(len(by_speaker) - limit, "more speaker")))
    return joined(parts, "; ")


def may(row: Any) -> str:
    """Return "possibly " for a row that is only possible by the day; "" for a certain one."""
    return "" if row.certainty == "certain" else "possibly "


def names_of(actors: Sequence[str], context: Context) -> str:
    """Return the names of actors as a list; of more than three the first and how many more.

    Names with words that could be read of the next come last: "the port, unnamed media and
    friends of the town".
    """
    names = [context.names[actor] for actor in actors]
    return name_list(sorted(names, key=lambda name: (" of " in name, "unnamed" in name)), 3)


def side_name(side: str, context: Context) -> str:
    """Return a side's short name as a label: a capital first, no article."""
    return capitalised(capitalised(context.names[side]).removeprefix("The "))


def side_cell(side: str, context: Context) -> Text:
    """Return a side's name at the head of a row."""
    return text(Run(side_name(side, context), style="strong"))


def with_links(note: str, context: Context, *, by_name: bool = True) -> Text:
    """Return a coder's note in which each claim in view that it names by its id is a link.

    The link is the name of who said it and when, or else the id as it stands.
    """
    found: Text = ()
    for part in re.split(r"\b(?=\w*\d)(?=\w*[A-Za-z])(\w+)\b", note):
        if part not in context.cited:
            found += text(part)
        else:
            found += cite(part, context) if by_name else claim_link(part, part)
    return found


def quoted(words: str, lang: str = "") -> Text:
    """Return a speaker's words in quotation marks, in another language if named; "" gives none."""
    return text(Run(words, style="quote", lang=lang)) if words else ()


def in_our_words(paraphrase: str) -> str:
    """Return a paraphrase as it stands behind a speaker's words, or behind what was said."""
    return f" (in our words: {paraphrase.rstrip('.')})"


def around_claim(label: str) -> tuple[str, str]:
    """Return the words before and after a proposition: "said that …" gives ("said that ", "")."""
    before, gap, after = label.partition("…")
    return (before, after) if gap else (f"{label}: ", "")


def statement_text(label: str, proposition: str, bare_quote: str = "") -> Text:
    """Return what is said by a stance's label: "said that it rains".

    Words that name no content (`bare_quote`) are quoted in the place of a proposition.
    """
    if bare_quote:
        return (Run("said: "), Run(bare_quote, style="quote"))
    before, after = around_claim(label)
    return (Run(before), Run(proposition, style="em"), *text(after))


def claim_in_words(claim: Any) -> str:
    """Return what a row of the frame of statements says, without styles."""
    return plain(statement_text(claim.stance_label, claim.proposition, claim.bare_quote))


def sentence(words: Text) -> Text:
    """Return the text with its first letter a capital."""
    return (replace(words[0], text=capitalised(words[0].text)), *words[1:])
