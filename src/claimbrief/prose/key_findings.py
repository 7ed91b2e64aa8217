"""The key findings: a sentence or two on each, computed from `Findings`, with links to claims."""

from __future__ import annotations

from claimbrief.analysis.findings import Findings, PublicItem, Said, findings
from claimbrief.analysis.statements import first_claims, statements
from claimbrief.blocks import Prose, Run, Text, joined, text
from claimbrief.links import cited
from claimbrief.prose.positions import is_on_ladder, told_denials, told_question, told_turns
from claimbrief.prose.record import amount
from claimbrief.view import View
from claimbrief.wording import (
    between,
    capitalised,
    counted,
    dated,
    day,
    listed,
    number,
    short_dated,
)

FEW = 4  # so many are named one by one; more are counted


def key_findings(view: View) -> Prose:
    """Return the key findings, one sentence or two each, with links to their claims."""
    shown = findings(view)
    if not shown.claim_rows.most:
        nothing = f"By {day(view.at.as_of)} the record holds no statement on the question."
        return Prose("key-findings", (text(nothing),), is_list=True, numbers={"claims": 0})
    sentences = [
        _furthest(view, shown),
        *(told_question(view, shown, voices) for voices in shown.questions if is_on_ladder(voices)),
        told_denials(view, shown),
        told_turns(shown),
        _evidence(view, shown),
        _origins(view, shown),
        _not_heard(shown),
    ]
    return Prose(
        "key-findings",
        tuple(sentence for sentence in sentences if sentence),
        is_list=True,
        numbers=_numbers(shown),
    )


def _furthest(view: View, shown: Findings) -> Text:
    steps, firmness = view.whole.labels("rung"), view.whole.labels("commitment")
    words = text(Run("Furthest. ", style="strong"))
    if shown.highest_rung is None:
        return words + text("Nobody says that anything above step 0 is so, or likely.")
    step = f"step {shown.highest_rung}, “{steps[str(shown.highest_rung)]}”"
    words += text(f"The highest that anybody is quoted or reported as saying is {step}: ")
    parts = []
    for claim, is_again in _firsts(shown.strongest):
        how = "" if claim.quote else ", in a paraphrase"
        since = "first " if is_again else ""
        told = f"{claim.speaker}, {since}{dated(claim.when)}, as {firmness[claim.commitment]}{how}"
        parts.append((Run(_possibly(claim) + told), *cited([claim.claim_id])))
    words += joined(parts, "; ") + text(".")
    if shown.next_strongest:
        rung = shown.highest_rung - 1
        words += text(f" Step {rung}, “{steps[str(rung)]}”: ")
        below = [
            (
                Run(f"{_possibly(claim)}{claim.speaker}, {dated(claim.when)}, that "),
                Run(claim.told, style="em"),
                *cited([claim.claim_id]),
            )
            for claim, _ in _firsts(shown.next_strongest)[:FEW]
        ]
        words += joined(below, "; ") + text(".")
    for rung, claim_ids in shown.rungs_only_in_glosses:
        words += text(
            f" Step {rung}, “{steps[str(rung)]}”, is reached only in a gloss, an outlet’s own "
            "wording"
        )
        words += cited(claim_ids) + text(".")
    return words


def _firsts(claims: tuple[Said, ...]) -> list[tuple[Said, bool]]:
    """Return each speaker's first claim, with whether more follow."""
    speakers = [claim.speaker for claim in claims]
    return [
        (claims[speakers.index(speaker)], speakers.count(speaker) > 1)
        for speaker in dict.fromkeys(speakers)
    ]


def _possibly(claim: Said) -> str:
    return "" if claim.certainty == "certain" else "possibly "


def _evidence(view: View, shown: Findings) -> Text:
    words: Text = text(Run("Shown? ", style="strong"))
    today = f"By {day(view.at.as_of)}"
    if not shown.items.most:
        words += text(f"{today} nobody had named evidence that could be shown.")
    else:
        items = amount(shown.items, "item of evidence", "items of evidence")
        words += text(f"{today} {items} that could be shown had been named")
        if shown.items.most <= FEW:
            names = listed([one.rstrip(".") for one in shown.item_descriptions])
            words += text(f": {names}")
        words += text("; this record shows ")
        if shown.items_public.most:
            words += text(f"{amount(shown.items_public, 'item')} as public: ")
            words += joined([_public(view, item) for item in shown.public_items], "; ")
        else:
            words += text("none of it as public") + cited(shown.evidence_statements)
        words += text(".")
    if 0 < len(shown.assertions_without_item) <= 2 * FEW:
        words += text(" None is named for") + cited(shown.assertions_without_item) + text(".")
    elif shown.assertions_without_item:
        claims = counted(len(shown.assertions_without_item), "assertion")
        words += text(f" None is named for {claims}.")
    if shown.items_public.most and shown.kinds_not_public:
        words += text(f" Nothing of these kinds is public: {listed(shown.kinds_not_public)}.")
    return words


def _public(view: View, item: PublicItem) -> Text:
    """Return an item's kind with who made it public and since when, and the claim that did."""
    since = f", {short_dated(item.since)}" if item.since else ""
    possibly = "" if item.is_certain else "possibly "
    kind = view.whole.labels("evidence_kind")[item.kind]
    return (Run(f"{possibly}{kind} ({item.offered_by}{since})"), *cited(item.claim_ids[:1]))


def _origins(view: View, shown: Findings) -> Text:
    words = text(Run("How many origins? ", style="strong"))
    if not shown.asserting_speakers.most:
        return words + text("Nobody says that anything above step 0 is so, or likely.")
    is_one = shown.asserting_speakers.most == 1
    speakers = capitalised(amount(shown.asserting_speakers, "speaker"))
    sides = amount(shown.asserting_sides, "side")
    noun = "origin" if shown.origins.high == 1 else "origins"
    stand = "stands" if shown.origins.high == 1 else "stand"
    origins = f"{between(shown.origins.low, shown.origins.high)} independent {noun}"
    says = "says" if is_one else "say"
    heard = capitalised(amount(shown.utterances, "utterance"))
    words += text(f"{heard} by {amount(shown.speakers, 'speaker')} are in the record. ")
    words += text(f"{speakers}, of {sides}, {says} that something above step 0 is so, or likely; ")
    words += text(f"behind {'this' if is_one else 'them'} {stand} {origins}.")
    unknown = shown.origins.unknown
    if len(unknown) > FEW:
        made = amount(shown.asserting_utterances, "utterance")
        return words + text(
            f" Of the {made} in which they say so, {number(len(unknown))} rest at least in part "
            "on an origin that is not told."
        )
    if unknown:
        first = first_claims(statements(view))
        told = [
            (Run(str(first.loc[one, "speaker"])), *cited([str(first.loc[one, "claim_id"])]))
            for one in unknown
        ]
        words += text(" Not told is the origin of what was said by ")
        words += joined(told, ", ", " and ") + text(".")
    return words


def _not_heard(shown: Findings) -> Text:
    words: Text = ()
    if shown.not_heard:
        told = f"Of {listed(shown.expected)}: {listed(shown.not_heard)}. "
        words += text(Run("Not heard. ", style="strong"), told)
    if shown.unanswered:
        count = capitalised(counted(len(shown.unanswered), "statement"))
        spoke = "speaks" if len(shown.unanswered) == 1 else "speak"
        words += text(Run("Not answered. ", style="strong"), count) + cited(shown.unanswered)
        words += text(f" {spoke} on the matter and not to the point. ")
    return words + text("Silence is no denial.") if words else ()


def _numbers(shown: Findings) -> dict[str, object]:
    return {
        "claims": shown.claim_rows.most,
        "utterances": [shown.utterances.certain, shown.utterances.most],
        "speakers": [shown.speakers.certain, shown.speakers.most],
        "sides": [shown.sides.certain, shown.sides.most],
        "asserting_speakers": [shown.asserting_speakers.certain, shown.asserting_speakers.most],
        "asserting_sides": [shown.asserting_sides.certain, shown.asserting_sides.most],
        "origins": [shown.origins.low, shown.origins.high],
        "highest_rung": shown.highest_rung,
        "denials": len(shown.denials),
        "stating_contrary": shown.stating_contrary,
        "turns": len(shown.turns),
        "items": [shown.items.certain, shown.items.most],
        "items_public": [shown.items_public.certain, shown.items_public.most],
        "assertions_without_item": len(shown.assertions_without_item),
        "rungs_only_in_glosses": [rung for rung, _ in shown.rungs_only_in_glosses],
        "not_heard": len(shown.not_heard),
        "expected": len(shown.expected),
        "unanswered": len(shown.unanswered),
    }
