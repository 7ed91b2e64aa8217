"""How a claim was coded, in plain words: what its card holds folded away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claimbrief.analysis.figures import ends_of
from claimbrief.context import Context
from claimbrief.dataset import NO_RESPONSE
from claimbrief.links import cite, sentence, with_links
from claimbrief.texts import Run, Text, joined, text
from claimbrief.wording import figure

# What each claim has a code of, and the label under which it stands.
ALWAYS = {"commitment": "commitment: ", "rests_on": "rests on "}


def usual_codes(claims: Sequence[Any]) -> dict[str, str]:
    """Return the code of each variable of ALWAYS that most claims of a card have; of one, none."""
    if len(claims) == 1:
        return {}
    found = {name: [getattr(claim, name) for claim in claims] for name in ALWAYS}
    return {name: max(codes, key=codes.count) for name, codes in found.items()}


def usual_coding(usual: Mapping[str, str], grade: str, context: Context) -> Text:
    """Return how well an utterance is sourced, and what is coded alike for most of its claims."""
    alike = [text(f"{ALWAYS[name]}{context.labels[name][code]}") for name, code in usual.items()]
    if alike:
        alike[0] = text("unless said otherwise, ") + alike[0]
    sourced = sentence_of([text(f"sourcing: {grade}")] if grade else [])
    return sourced + text(" " if sourced and alike else "") + sentence_of(alike)


def coding(claim: Any, usual: Mapping[str, str], context: Context) -> Text:
    """Return a claim's id, how it was coded where it is not as usual on its card, and why so."""
    own = {name: getattr(claim, name) for name in ALWAYS}
    unusual = {name: code for name, code in own.items() if usual.get(name) != code}
    parts = [text(f"{ALWAYS[name]}{context.labels[name][code]}") for name, code in unusual.items()]
    parts += _parts(claim, context)
    words = sentence_of(parts) + text(" " if parts and claim.note else "")
    words += with_links(claim.note, context, by_name=False)
    return text(f"{claim.claim_id}{': ' if words else ''}") + words


def sentence_of(parts: Sequence[Text]) -> Text:
    """Return parts as a sentence; nothing for none."""
    if not parts:
        return ()
    end = "" if parts[-1][-1].text.endswith("?") else "."
    return sentence((*joined(parts, "; "), *text(end)))


def _parts(claim: Any, context: Context) -> list[Text]:
    """Return what is coded of a claim but not of all, and what its sentence does not say.

    The proposition says where and of whom it is; what else is coded is in the file of claims.
    """
    labels = context.labels
    words = {
        "figure": _figure(claim),
        "response": labels["response"][claim.response] if claim.response != NO_RESPONSE else "",
        "denial": labels["denial"][claim.denial] if claim.denial else "",
        **dict(claim.added),
    }
    parts = [text(f"{label}: {value}") for label, value in words.items() if value]
    if claim.hedge_words:
        parts.append(text("hedge: ", Run(claim.hedge_words, style="quote")))
    relations = labels["claim_evidence_relation"]
    parts += [text(f"{relations[how]} {item.rstrip('.')}") for how, _, item in claim.evidence]
    if claim.renders:
        parts.append(text("renders ") + cite(claim.renders, context))
    return parts


def _figure(claim: Any) -> str:
    ends = ends_of(claim.figure_low, claim.figure_high, claim.figure_qualifier)
    return "" if ends.low is None and ends.high is None else figure(*ends)
