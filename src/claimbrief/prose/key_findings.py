"""The key findings: a sentence or two on each, computed from `Findings`, with links to claims."""

from __future__ import annotations

from claimbrief.analysis.findings import Findings, PublicItem, findings
from claimbrief.analysis.lasting import REPORT
from claimbrief.analysis.standing import Said
from claimbrief.analysis.statements import first_of_each
from claimbrief.blocks import Prose, Run, Text, joined, text
from claimbrief.earlier import prose_by_day
from claimbrief.links import FIRST_NAMED, cited, few_cited, few_names, few_of
from claimbrief.prose.positions import (
    is_spoken_to,
    sentence,
    told_denials,
    told_limits,
    told_question,
    told_turns,
)
from claimbrief.prose.record import amount
from claimbrief.view import View
from claimbrief.wording import (
    between,
    capitalised,
    counted,
    day,
    listed,
    number,
    short_dated,
)

FEW = 4  # so many are named one by one; more are counted
SIDE = (
    "A side is the state or body that a speaker speaks for; who is not named, or speaks for none, "
    "is a side apart."
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
        *(told_question(view, shown, voices) for voices in shown.questions if is_spoken_to(voices)),
        _only_in_glosses(view, shown),
        told_limits(shown),
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


def _only_in_glosses(view: View, shown: Findings) -> Text:
    """Return which questions only an outlet's own wording answers with yes."""
    labels = view.whole.labels("question")
    parts = [
        text(f"“{labels[question]}”") + few_cited(claim_ids)
        for question, claim_ids in shown.only_in_glosses
    ]
    if not parts:
        return ()
    lead = text(Run("Only in outlets’ words. ", style="strong"))
    return (
        lead
        + text("Only an outlet’s gloss or summary says yes to ")
        + joined(parts, ", ", " and ")
        + text(".")
    )


def _said_by_nobody(shown: Findings) -> Text:
    """Return what is said not to be so, or not yet, on the first question and said by nobody."""
    if not shown.said_by_nobody:
        return ()
    by_proposition: dict[str, dict[tuple[str, bool], list[Said]]] = {}
    for one in shown.said_by_nobody:
        alike = by_proposition.setdefault(one.proposition, {})
        alike.setdefault((one.stance, one.rests_on == REPORT), []).append(one)
    parts = []
    for proposition, by_stance in by_proposition.items():
        told: Text = text("that ", Run(proposition, style="em"))
        for (stance, is_reported), said in by_stance.items():
            speakers = few_names(list(dict.fromkeys(one.speaker for one in said)))
            verb = "denied" if stance == "denies" else "said is not yet so"
            verb = f"reportedly {verb}" if is_reported else verb
            told += text(f", which {speakers} {verb}")
            told += few_cited([one.claim_id for one in said])
        parts.append(told)
    lead = text(Run("Said by nobody. ", style="strong"), "No speaker in this record says ")
    words = lead + joined(few_of(parts, FIRST_NAMED), "; ") + text(".")
    if shown.known_outside:
        words += text(f" Known outside this record: {' '.join(shown.known_outside)}")
    return words


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
            words += joined(few_of([_public(view, item) for item in shown.public_items], FEW), "; ")
        else:
            words += text("none of it as public") + few_cited(shown.evidence_statements)
        words += text(".")
    if shown.items_public.most and shown.kinds_not_public:
        words += text(f" Nothing public is of these kinds: {listed(shown.kinds_not_public)}.")
    if 0 < len(shown.assertions_without_item) <= 2 * FEW:
        words += text(" None is named for") + cited(shown.assertions_without_item) + text(".")
    elif shown.assertions_without_item:
        claims = number(len(shown.assertions_without_item))
        words += text(
            f" Of the claims that something is so, or likely, {claims} name no evidence in a page "
            "seen whole."
        )
    if shown.item_not_known:
        claims = counted(shown.item_not_known, "such claim")
        words += text(f" Of {claims} only a part was seen; evidence may stand in the rest.")
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
        return words + text("Nobody says that anything of this is so, or likely.")
    is_one = shown.asserting_speakers.most == 1
    speakers = capitalised(amount(shown.asserting_speakers, "speaker"))
    sides = amount(shown.asserting_sides, "side")
    says = "says" if is_one else "say"
    heard = capitalised(amount(shown.utterances, "utterance"))
    voices = f"{amount(shown.speakers, 'speaker')} of {amount(shown.sides, 'side')}"
    words += text(f"{heard} by {voices}", Run(SIDE, style="note"), " are in the record. ")
    words += text(f"{speakers}, of {sides}, {says} that something of this is so, or likely; ")
    words += text(f"{'this rests' if is_one else 'they rest'} on {_range(shown)}.")
    unknown = shown.origins.unknown
    if len(unknown) > FEW:
        made = amount(shown.asserting_utterances, "utterance")
        return words + text(
            f" Of the {made} in which they say so, {number(len(unknown))} do not tell where all "
            "of it comes from."
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
        who = [(Run(one.speaker), *cited([one.claim_id])) for one in shown.unanswered]
        words += text(Run("Not said either way. ", style="strong")) + sentence(
            joined(few_of(who), ", ", " and ")
        )
        words += text(" spoke on the matter and not on whether it is so. ")
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
        "said_by_nobody": len(shown.said_by_nobody),
        "denials": len(shown.denials),
        "limits": len(shown.limits),
        "stating_contrary": shown.stating_contrary,
        "turns": len(shown.turns),
        "items": [shown.items.certain, shown.items.most],
        "items_public": [shown.items_public.certain, shown.items_public.most],
        "assertions_without_item": len(shown.assertions_without_item),
        "item_not_known": shown.item_not_known,
        "only_in_glosses": [question for question, _ in shown.only_in_glosses],
        "not_heard": len(shown.not_heard),
        "expected": len(shown.expected),
        "unanswered": len(shown.unanswered),
    }
