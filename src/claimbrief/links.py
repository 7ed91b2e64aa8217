"""Links to claim cards, and the few texts that sentences, tables and cards share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimbrief.context import Context
from claimbrief.limits import LIMITS
from claimbrief.texts import Run, Text, claim_anchor, joined, text
from claimbrief.wording import capitalised, number


def cite(claim_id: str, context: Context, *, has_side: bool = True) -> Text:
    """Return a link to a claim's card, in the words that cite it: "Blinken (US, 31 Oct)"."""
    cited = context.cited[claim_id]
    words = cited.full if has_side else cited.short
    return text(Run(words, f"#{claim_anchor(claim_id)}"))


def cites(
    claim_ids: Sequence[str], context: Context, limit: int = 0, *, has_side: bool = True
) -> Text:
    """Return links to claims, an utterance once: "Blinken (US, 31 Oct), Rutte (NATO, 28 Oct)".

    Of more than `limit` utterances (0: of any number) the first, and how many more there are.
    """
    first: dict[str, str] = {}
    for claim_id in claim_ids:
        first.setdefault(context.cited[claim_id].utterance_id, claim_id)
    chosen = list(first.values())
    links = [cite(claim_id, context, has_side=has_side) for claim_id in chosen[: limit or None]]
    if limit and len(chosen) > limit:
        return joined(links) + text(f" and {number(len(chosen) - limit)} more")
    return joined(links)


def claim_links(claim_ids: Sequence[str], limit: int = 0) -> Text:
    """Return links to the cards of claims: "z1, z2"; nothing for none.

    Of more than `limit` claims (0: of any number) the first, and how many more there are.
    """
    if limit and len(claim_ids) > limit:
        return claim_links(claim_ids[:limit]) + text(f" and {number(len(claim_ids) - limit)} more")
    return joined([text(Run(claim_id, f"#{claim_anchor(claim_id)}")) for claim_id in claim_ids])


def citation(claim_ids: Sequence[str], limit: int = 0) -> Text:
    """Return links to the cards of claims as a citation: " [z1, z2]"; nothing for none."""
    return (Run(" ["), *claim_links(claim_ids, limit), Run("]")) if claim_ids else ()


def short_citation(claim_ids: Sequence[str]) -> Text:
    """Return a citation of the first claims of a sentence, and how many more there are."""
    limit = LIMITS.names if len(claim_ids) <= LIMITS.names else LIMITS.first_names
    return citation(claim_ids, 1 if len(claim_ids) > LIMITS.many_links else limit)


def quoted(words: str, lang: str = "") -> Text:
    """Return a speaker's words in quotation marks, in another language if named; "" gives none."""
    return text(Run(words, style="quote", lang=lang)) if words else ()


def around_claim(label: str) -> tuple[str, str]:
    """Return the words before and after a proposition: "said that …" gives ("said that ", "")."""
    before, gap, after = label.partition("…")
    return (before, after) if gap else (f"{label}: ", "")


Claim = tuple[str, str, str]  # a proposition, the id of its claim ("" cites none), bare quote


def statement_text(label: str, claims: Sequence[Claim]) -> Text:
    """Return claims by a stance's label: "said that it rains [a] and that it pours [b]".

    A claim whose words name no content is quoted in the place of a proposition.
    """
    before, after = around_claim(label)
    again = " and that " if before.endswith("that ") else " and "
    named = [
        (Run(proposition, style="em"), *citation([claim_id] if claim_id else []))
        for proposition, claim_id, bare_quote in claims
        if not bare_quote
    ]
    parts: list[Text] = [(Run(before), *joined(named, again), *text(after))] if named else []
    parts += [
        (Run("said: "), *quoted(bare_quote), *citation([claim_id] if claim_id else []))
        for _, claim_id, bare_quote in claims
        if bare_quote
    ]
    return joined(parts, "; ")


def plain(words: Text) -> str:
    """Return a text without its styles and links."""
    return "".join(run.text for run in words)


def sentence(words: Text) -> Text:
    """Return the text with its first letter a capital."""
    return (replace(words[0], text=capitalised(words[0].text)), *words[1:])
