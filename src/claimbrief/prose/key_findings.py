"""The key findings: a sentence or two on each, computed from `Findings`, with links to claims."""

from __future__ import annotations

from dataclasses import replace

from claimbrief.analysis.escalation import denial_register
from claimbrief.analysis.findings import Findings, QuestionVoices, findings
from claimbrief.blocks import Prose, Run, Text, joined, text
from claimbrief.dates import parse
from claimbrief.links import cited
from claimbrief.prose.record import amount
from claimbrief.view import View
from claimbrief.wording import between, capitalised, counted, dated, day, listed

# The stances that put a proposition forward, or its contrary; the others only speak of it.
PUT_FORWARD = ("affirms", "affirms_hedged", "holds_possible", "dismisses", "denies")


def key_findings(view: View) -> Prose:
    """Return the key findings, one sentence or two each, with links to their claims."""
    shown = findings(view)
    if not shown.claim_rows.most:
        nothing = f"By {day(view.at.as_of)} the record holds no statement on the question."
        return Prose("key-findings", (text(nothing),), is_list=True, numbers={"claims": 0})
    sentences = [
        _strongest(view, shown),
        *(_question(view, voices) for voices in shown.questions if _is_on_ladder(voices)),
        _denials(view, shown),
        _evidence(view, shown),
        _origins(shown),
        _not_heard(shown),
    ]
    return Prose(
        "key-findings",
        tuple(sentence for sentence in sentences if sentence),
        is_list=True,
        numbers=_numbers(shown),
    )


def _strongest(view: View, shown: Findings) -> Text:
    lead = Run("Strongest. ", style="strong")
    steps, firmness = view.whole.labels("rung"), view.whole.labels("commitment")
    words: Text
    if shown.highest_rung is None:
        words = text("Nobody asserts anything above the lowest step of the claim ladder.")
    else:
        parts: list[Text] = []
        for claim in shown.strongest:
            possibly = "" if claim.certainty == "certain" else "possibly "
            how = "" if claim.quote else ", in a paraphrase"
            firm = firmness[claim.commitment]
            said = f"{possibly}{claim.speaker}, {dated(claim.when)}, as {firm}{how}"
            parts.append((Run(said), *cited([claim.claim_id])))
        opening = (
            f"The highest step of the claim ladder that anybody asserts is {shown.highest_rung} of "
            f"{max(map(int, steps))}, “{steps[str(shown.highest_rung)]}”: "
        )
        words = (Run(opening), *joined(parts, "; "), Run("."))
    for rung, claim_ids in shown.rungs_only_in_glosses:
        words += (
            text(
                f" Step {rung}, “{steps[str(rung)]}”, is asserted by nobody quoted or "
                "reported, only by an outlet’s gloss"
            )
            + cited(claim_ids)
            + text(".")
        )
    return (lead, *words)


def _question(view: View, voices: QuestionVoices) -> Text:
    """Return who says what to a question; what is put forward is told, what is not is named."""
    stances = view.whole.labels("stance")
    label = view.whole.labels("question")[voices.question_id]
    parts: list[Text] = []
    for stance, claims in voices.by_stance:
        for speaker in dict.fromkeys(claim.speaker for claim in claims):
            said = [claim for claim in claims if claim.speaker == speaker]
            possibly = "" if any(claim.certainty == "certain" for claim in said) else "possibly "
            words = f"{possibly}{speaker} {stances[stance]}"
            if stance not in PUT_FORWARD:
                parts.append((Run(words), *cited([one.claim_id for one in said])))
                continue
            what = [
                (Run(one.proposition.rstrip("."), style="em"), *cited([one.claim_id]))
                for one in said
            ]
            parts.append((Run(f"{words}: "), *joined(what, ", ", " and ")))
    return (Run(f"{label} ", style="strong"), *_sentence(joined(parts, "; ")), Run("."))


def _denials(view: View, shown: Findings) -> Text:
    lead = Run("Denied? ", style="strong")
    if not shown.denials:
        return (lead, Run("The record holds no denial."))
    stances = view.whole.labels("stance")
    outside = denial_register(view).set_index("claim_id")["outside_date"]
    parts: list[Text] = []
    for said in shown.denials:
        possibly = "" if said.certainty == "certain" else "possibly "
        what = text(f"{possibly}{dated(said.when)}")
        if outside[said.claim_id]:
            what += text(f" (another source has {day(parse(outside[said.claim_id]).latest)})")
        what += text(f" {said.speaker} {stances[said.stance]}")
        if said.quote:
            what += text(": ", Run(said.quote, style="quote"))
        parts.append((*what, *cited([said.claim_id])))
    contrary = counted(shown.stating_contrary, "statement")
    tail = f" That it is not so is said in {contrary}." if shown.stating_contrary else ""
    tail = tail or " Nobody in the record said that it is not so."
    if shown.unstated_denials:
        tail += " What “it” is, only the outlet’s gloss says."
    return (lead, *_sentence(joined(parts, "; ")), Run("." + tail))


def _evidence(view: View, shown: Findings) -> Text:
    words: Text = text(Run("Shown? ", style="strong"))
    by = f"by {day(view.at.as_of)}"
    if shown.items.most:
        items = amount(shown.items, "item")
        names = listed([description for description, _, _ in shown.item_descriptions])
        public = amount(shown.items_public, "item")
        public = f"{public} of it" if shown.items_public.most else "none of it"
        words += text(
            f"{capitalised(items)} of a side’s own evidence had been named, {names}; {public} was "
            f"public {by}."
        )
    else:
        words += text(f"No evidence of a side’s own had been named {by}.")
    without = shown.assertions_without_item
    if without:
        noun = counted(len(without), "assertion")
        words += text(f" For {noun} no evidence is named") + cited(without) + text(".")
    return words


def _origins(shown: Findings) -> Text:
    lead = Run("How many origins? ", style="strong")
    if not shown.asserting_speakers.most:
        return (lead, Run("Nobody asserts anything above the lowest step."))
    is_one = shown.asserting_speakers.most == 1
    speakers = capitalised(amount(shown.asserting_speakers, "speaker"))
    noun = "origin" if shown.origins.high == 1 else "origins"
    stand = "stands" if shown.origins.high == 1 else "stand"
    origins = f"{between(shown.origins.low, shown.origins.high)} independent {noun}"
    assertion = f"{speakers} {'asserts' if is_one else 'assert'} something above the lowest step"
    sentence = f"{assertion}; behind {'this' if is_one else 'them'} {stand} {origins}."
    if shown.origins.unknown:
        noun = counted(shown.origins.unknown, "utterance")
        sentence += f" For {noun} the record does not tell the origin."
    return (lead, Run(sentence))


def _not_heard(shown: Findings) -> Text:
    if not shown.not_heard:
        return ()
    sentence = f"{listed(shown.not_heard)}. Silence is no denial."
    return text(Run("Not heard. ", style="strong"), sentence)


def _is_on_ladder(voices: QuestionVoices) -> bool:
    return any(said.rung for _, claims in voices.by_stance for said in claims)


def _sentence(words: Text) -> Text:
    """Return the text with its first letter a capital."""
    return (replace(words[0], text=capitalised(words[0].text)), *words[1:])


def _numbers(shown: Findings) -> dict[str, object]:
    return {
        "claims": shown.claim_rows.most,
        "utterances": [shown.utterances.certain, shown.utterances.most],
        "speakers": [shown.speakers.certain, shown.speakers.most],
        "asserting_speakers": [shown.asserting_speakers.certain, shown.asserting_speakers.most],
        "origins": [shown.origins.low, shown.origins.high],
        "highest_rung": shown.highest_rung,
        "denials": len(shown.denials),
        "stating_contrary": shown.stating_contrary,
        "items": [shown.items.certain, shown.items.most],
        "items_public": [shown.items_public.certain, shown.items_public.most],
        "assertions_without_item": len(shown.assertions_without_item),
        "rungs_only_in_glosses": [rung for rung, _ in shown.rungs_only_in_glosses],
        "not_heard": len(shown.not_heard),
    }
