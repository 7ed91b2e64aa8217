"""The key findings: a sentence or two on each, computed from `Findings`, with links to claims."""

from __future__ import annotations

from dataclasses import replace

from claimbrief.analysis.escalation import denial_register
from claimbrief.analysis.findings import Findings, QuestionVoices, findings
from claimbrief.analysis.statements import first_claims, statements
from claimbrief.blocks import Prose, Run, Text, joined, text
from claimbrief.dataset import NO_RESPONSE, each_row
from claimbrief.links import cited, said_text
from claimbrief.prose.record import amount
from claimbrief.view import View
from claimbrief.wording import between, capitalised, counted, dated, day, listed


def key_findings(view: View) -> Prose:
    """Return the key findings, one sentence or two each, with links to their claims."""
    shown = findings(view)
    if not shown.claim_rows.most:
        nothing = f"By {day(view.at.as_of)} the record holds no statement on the question."
        return Prose("key-findings", (text(nothing),), is_list=True, numbers={"claims": 0})
    sentences = [
        _furthest(view, shown),
        *(_question(view, voices) for voices in shown.questions if _is_on_ladder(voices)),
        _denials(view, shown),
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
    parts: list[Text] = []
    for claim in shown.strongest:
        possibly = "" if claim.certainty == "certain" else "possibly "
        how = "" if claim.quote else ", in a paraphrase"
        said = (
            f"{possibly}{claim.speaker}, {dated(claim.when)}, as {firmness[claim.commitment]}{how}"
        )
        parts.append((Run(said), *cited([claim.claim_id])))
    step = f"step {shown.highest_rung}, “{steps[str(shown.highest_rung)]}”"
    words += text(f"The highest that anybody is quoted or reported as saying is {step}: ")
    words += joined(parts, "; ") + text(".")
    for rung, claim_ids in shown.rungs_only_in_glosses:
        words += text(
            f" Step {rung}, “{steps[str(rung)]}”, is reached only in a gloss, an outlet’s own "
            "wording"
        )
        words += cited(claim_ids) + text(".")
    return words


def _question(view: View, voices: QuestionVoices) -> Text:
    """Return who says what to a question, each proposition told with the speaker's stance."""
    stances, responses = view.whole.labels("stance"), view.whole.labels("response")
    label = view.whole.labels("question")[voices.question_id]
    parts: list[Text] = []
    last: tuple[str, str] = ("", "")
    for stance, claims in voices.by_stance:
        for speaker in dict.fromkeys(claim.speaker for claim in claims):
            said = [claim for claim in claims if claim.speaker == speaker]
            possibly = "" if any(claim.certainty == "certain" for claim in said) else "possibly "
            is_same = len(said) == 1 and (speaker, said[0].proposition) == last
            last = (speaker, said[-1].proposition)
            said_so = [
                ("this is so" if is_same else one.told, one.claim_id, one.words) for one in said
            ]
            told = said_text(stances[stance], said_so)
            done = dict.fromkeys(one.response for one in said if one.response != NO_RESPONSE)
            also = "".join(f", and {responses[one]}" for one in done)
            parts.append((Run(f"{possibly}{speaker} "), *told, *text(also)))
    return (Run(f"{label} ", style="strong"), *_sentence(joined(parts, "; ")), Run("."))


def _denials(view: View, shown: Findings) -> Text:
    words = text(Run("Denied? ", style="strong"))
    register = denial_register(view)
    if register.empty:
        return words + text("The record holds no denial.")
    stances = view.whole.labels("stance")
    for row in each_row(register):
        possibly = "" if row.certainty == "certain" else "possibly "
        when = f"{possibly}{dated(row.when)}"
        if row.outside_when is not None:
            when += f" ({row.outside_publisher}: {dated(row.outside_when).removeprefix('on ')})"
        said = said_text(stances[row.stance], [(row.proposition, row.claim_id, row.quote)])
        words += _sentence(text(f"{when} {row.speaker} ") + said) + text(". ")
        if row.glosses and not row.is_content_stated:
            words += text(
                f"The quoted words do not say what is meant; by {row.publisher}’s gloss, that "
            )
            told = [(Run(what, style="em"), *cited([one])) for what, one in row.glosses]
            words += joined(told, " and that ") + text(". ")
    contrary = counted(shown.stating_contrary, "statement")
    if shown.stating_contrary:
        return words + text(f"The contrary is stated in {contrary}.")
    return words + text("Nobody in the record states the contrary.")


def _evidence(view: View, shown: Findings) -> Text:
    words: Text = text(Run("Shown? ", style="strong"))
    if shown.items.most:
        items = capitalised(amount(shown.items, "item"))
        names = listed([description.rstrip(".") for description in shown.item_descriptions])
        public = "none of it as public"
        if shown.items_public.most:
            public = f"{amount(shown.items_public, 'item')} as public"
        words += text(f"{items} of a side’s own evidence had been named: {names}. ")
        words += text(f"By {day(view.at.as_of)} this record shows {public}")
        words += cited(shown.evidence_statements) + text(".")
    else:
        words += text(f"No evidence of a side’s own had been named by {day(view.at.as_of)}.")
    if shown.assertions_without_item:
        words += text(" None is named for") + cited(shown.assertions_without_item) + text(".")
    return words


def _origins(view: View, shown: Findings) -> Text:
    words = text(Run("How many origins? ", style="strong"))
    if not shown.asserting_speakers.most:
        return words + text("Nobody says that anything above step 0 is so, or likely.")
    is_one = shown.asserting_speakers.most == 1
    speakers = capitalised(amount(shown.asserting_speakers, "speaker"))
    noun = "origin" if shown.origins.high == 1 else "origins"
    stand = "stands" if shown.origins.high == 1 else "stand"
    origins = f"{between(shown.origins.low, shown.origins.high)} independent {noun}"
    says = "says" if is_one else "say"
    words += text(f"{speakers} {says} that something above step 0 is so, or likely; ")
    words += text(f"behind {'this' if is_one else 'them'} {stand} {origins}.")
    if shown.origins.unknown:
        first = first_claims(statements(view))
        told = [
            (Run(str(first.loc[one, "speaker"])), *cited([str(first.loc[one, "claim_id"])]))
            for one in shown.origins.unknown
        ]
        words += text(" Not told is the origin of what was said by ")
        words += joined(told, ", ", " and ") + text(".")
    return words


def _not_heard(shown: Findings) -> Text:
    if not shown.not_heard:
        return ()
    sentence = f"Of {listed(shown.expected)}: {listed(shown.not_heard)}. Silence is no denial."
    return text(Run("Not heard. ", style="strong"), sentence)


def _is_on_ladder(voices: QuestionVoices) -> bool:
    """Return whether anybody says something above the lowest step to a question."""
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
        "expected": len(shown.expected),
    }
