"""The key findings: a sentence or two on each, computed from `Findings`, with links to claims."""

from __future__ import annotations

from claimbrief.analysis.findings import Findings, PublicItem, findings
from claimbrief.analysis.standing import QuestionVoices, Said
from claimbrief.analysis.statements import first_of_each
from claimbrief.blocks import Prose, Run, Text, joined, text
from claimbrief.earlier import prose_by_day
from claimbrief.links import FIRST_NAMED, cited, few_cited, few_names, few_of
from claimbrief.prose.positions import (
    is_on_ladder,
    sentence,
    told_denials,
    told_question,
    told_turns,
)
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
SIDE = (
    "A side is the topmost body that a speaker belongs to, or a speaker who belongs to none. What "
    "a person says is still that person’s."
)


def key_findings(view: View) -> Prose:
    """Return the key findings, one sentence or two each, with links to their claims.

    With what they were on the earlier days of the window.
    """
    return prose_by_day(_key_findings, view)


def _key_findings(view: View) -> Prose:
    shown = findings(view)
    if not shown.claim_rows.most:
        nothing = f"By {day(view.at.as_of)} the record holds no statement on the question."
        return Prose("key-findings", (text(nothing),), is_list=True, numbers={"claims": 0})
    sentences = [
        _said_by_nobody(shown),
        _furthest(view, shown),
        *(
            told_question(view, shown, voices)
            for voices in shown.questions
            if is_on_ladder(voices) and not _is_told(shown, voices)
        ),
        told_denials(view, shown),
        told_turns(view, shown),
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


def _is_told(shown: Findings, voices: QuestionVoices) -> bool:
    """Return whether all that is said to a question, by whom, is told as the furthest already."""
    furthest = {claim.claim_id for claim in shown.strongest}
    claims = {one.claim_id for _, said in voices.by_stance for one in said}
    return len(furthest) > 1 and claims <= furthest


def _furthest(view: View, shown: Findings) -> Text:
    steps, firmness = view.whole.labels("rung"), view.whole.labels("commitment")
    words = text(Run("Furthest. ", style="strong"))
    if shown.highest_rung is None:
        return words + text("Nobody says that anything above step 0 is so, or likely.")
    words += text(f"The highest that anybody is reported to say is step {shown.highest_rung}")
    words += text(f", “{steps[str(shown.highest_rung)]}”", _steps(view), ": ")
    parts = []
    for claim, is_again in _firsts(shown.strongest):
        how = "" if claim.quote else ", in a paraphrase"
        since = "first " if is_again else ""
        told = f"{claim.speaker}, {since}{dated(claim.when)}, as {firmness[claim.commitment]}{how}"
        parts.append(
            (
                Run(f"{_possibly(claim)}{told}: that "),
                Run(claim.proposition, style="em"),
                *cited([claim.claim_id]),
            )
        )
    words += joined(few_of(parts), "; ") + text(".")
    for rung, claim_ids in shown.rungs_only_in_glosses:
        words += text(
            f" Step {rung}, “{steps[str(rung)]}”, is reached only in a gloss, an outlet’s own "
            "wording"
        )
        words += few_cited(claim_ids) + text(".")
    return words


def _steps(view: View) -> Run:
    """Return a footnote that names the steps of the ladder."""
    steps = "; ".join(f"{rung} {label}" for rung, label in view.whole.labels("rung").items())
    told = f"The steps order how much is said, not how likely it is: {steps}."
    return Run(told, style="note")


def _firsts(claims: tuple[Said, ...]) -> list[tuple[Said, bool]]:
    """Return each speaker's first claim, with whether more follow."""
    first: dict[str, tuple[Said, bool]] = {}
    for claim in claims:
        is_again = claim.speaker in first
        first[claim.speaker] = (first[claim.speaker][0] if is_again else claim, is_again)
    return list(first.values())


def _possibly(claim: Said) -> str:
    return "" if claim.certainty == "certain" else "possibly "


def _said_by_nobody(shown: Findings) -> Text:
    """Return what is denied and said by nobody, where the furthest of it stands."""
    if not shown.denied_only:
        return ()
    by_proposition: dict[str, list[Said]] = {}
    for one in shown.denied_only:
        by_proposition.setdefault(one.proposition, []).append(one)
    parts = []
    for proposition, said in by_proposition.items():
        speakers = list(dict.fromkeys(one.speaker for one in said))
        is_counted = len(by_proposition) > FEW and len(speakers) > FEW
        who = counted(len(speakers), "speaker") if is_counted else few_names(speakers)
        claim_ids = [one.claim_id for one in said]
        told = text("that ", Run(proposition, style="em"), f", which {who} denied")
        parts.append(told + (cited(claim_ids[:1]) if is_counted else few_cited(claim_ids)))
    lead = text(Run("Said by nobody. ", style="strong"), "No speaker in this record says ")
    return lead + joined(few_of(parts, FIRST_NAMED), "; ") + text(".")


def _evidence(view: View, shown: Findings) -> Text:
    words: Text = text(Run("Shown? ", style="strong"))
    if not shown.items.most:
        words += text("Nobody has cited evidence that could be shown.")
    else:
        things = capitalised(amount(shown.items, "thing"))
        words += text(
            f"{things} {'has' if shown.items.most == 1 else 'have'} been cited as evidence"
        )
        if shown.items.most <= FEW:
            names = listed([one.rstrip(".") for one in shown.item_descriptions])
            words += text(f": {names}")
        words += text("; this record shows ")
        if shown.items_public.most:
            words += text(f"{amount(shown.items_public, 'of them', 'of them')} as public: ")
            words += joined(few_of([_public(view, item) for item in shown.public_items]), "; ")
        else:
            words += text("none of it as public") + few_cited(shown.evidence_statements)
        words += text(".")
    if shown.items_public.most and shown.kinds_not_public:
        words += text(f" Not among them: {listed(shown.kinds_not_public)}.")
    if 0 < len(shown.assertions_without_item) <= 2 * FEW:
        words += text(" None is named for") + cited(shown.assertions_without_item) + text(".")
    elif shown.assertions_without_item:
        claims = capitalised(counted(len(shown.assertions_without_item), "claim"))
        said = counted(shown.without_item, "utterance")
        words += text(
            f" {claims} that something is so, or likely, made in {said}, name no evidence."
        )
    return words


def _public(view: View, item: PublicItem) -> Text:
    """Return an item's kind with who made it public and since when, and the claim that did."""
    since = f", {short_dated(item.since)}" if item.since else ""
    caveat = f"; {item.caveat}" if item.caveat else ""
    possibly = "" if item.is_certain else "possibly "
    kind = view.whole.labels("evidence_kind")[item.kind]
    told = f"{possibly}{kind} ({item.offered_by}{since}{caveat})"
    return (Run(told), *cited(item.claim_ids[:1]))


def _origins(view: View, shown: Findings) -> Text:
    words = text(Run("How many origins? ", style="strong"))
    if not shown.asserting_speakers.most:
        return words + text("Nobody says that anything above step 0 is so, or likely.")
    is_one = shown.asserting_speakers.most == 1
    speakers = capitalised(amount(shown.asserting_speakers, "speaker"))
    sides = amount(shown.asserting_sides, "side")
    says = "says" if is_one else "say"
    heard = capitalised(amount(shown.utterances, "utterance"))
    voices = f"{amount(shown.speakers, 'speaker')} of {amount(shown.sides, 'side')}"
    words += text(f"{heard} by {voices}", Run(SIDE, style="note"), " are in the record. ")
    words += text(f"{speakers}, of {sides}, {says} that something above step 0 is so, or likely; ")
    words += text(f"{'this rests' if is_one else 'they rest'} on {_range(shown)}.")
    unknown = shown.origins.unknown
    if len(unknown) > FEW:
        made = amount(shown.asserting_utterances, "utterance")
        return words + text(
            f" Of the {made} in which they say so, {number(len(unknown))} rest at least in part "
            "on an origin that is not told."
        )
    if unknown:
        first = first_of_each(view)
        told = [(Run(first[one].speaker), *cited([first[one].claim_id])) for one in unknown]
        words += text(" Not told is the origin of what was said by ")
        words += joined(told, ", ", " and ") + text(".")
    return words


def _range(shown: Findings) -> str:
    """Return how many independent origins there are, at least and at most."""
    low, high = shown.origins.low, shown.origins.high
    if low == high:
        return counted(low, "independent origin")
    return f"{between(low, high)} independent origins"


def _not_heard(shown: Findings) -> Text:
    words: Text = ()
    if shown.not_heard:
        told = f"Of {few_names(shown.expected)}: {few_names(shown.not_heard)}. "
        words += text(Run("Not heard. ", style="strong"), told)
    if shown.unanswered:
        who = [
            (Run(f"{one.speaker} ({short_dated(one.when)})"), *cited([one.claim_id]))
            for one in shown.unanswered
        ]
        words += text(Run("Not answered. ", style="strong")) + sentence(
            joined(few_of(who), ", ", " and ")
        )
        words += text(" spoke on the matter without answering. ")
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
