"""The key findings: a sentence or two on each, computed from `Findings`, with links to claims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from claimbrief.analysis.findings import Findings
from claimbrief.analysis.positions import questions_to_come
from claimbrief.blocks import Prose
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.earlier import paragraph_versions
from claimbrief.limits import LIMITS, name_list, truncated
from claimbrief.links import citation, sentence, short_citation
from claimbrief.lookups import rows_by
from claimbrief.prose import answers, positions
from claimbrief.prose.record import amount
from claimbrief.statements import REPORT, SO
from claimbrief.texts import Run, Text, joined, text
from claimbrief.wording import (
    between,
    capitalised,
    counted,
    day,
    listed,
    number,
    period,
    short_dated,
)

NAMED = 4  # so many are named one by one; more are counted
ITEMS_NAMED = 2  # so many items that are public, and speakers who say neither, are named
SIDE = (
    "A side is the state or body that a speaker speaks for; who is not named, or speaks for none, "
    "is a side apart."
)


def key_findings(by_day: Mapping[date, Findings], context: Context) -> Prose:
    """Return the key findings, one sentence or two each, with links to their claims.

    `by_day` holds the findings of the brief's day, and of earlier days where the text is to have
    what they were (see `claimbrief.analysis.days.findings_by_day`).
    """
    paragraphs = {day: _paragraphs(findings, context, day) for day, findings in by_day.items()}
    findings = by_day[context.at.as_of]
    return Prose(
        "key-findings",
        tuple(paragraphs[context.at.as_of].values()),
        is_list=True,
        numbers=_numbers(findings),
        versions=paragraph_versions(paragraphs) if len(paragraphs) > 1 else (),
    )


def _paragraphs(findings: Findings, context: Context, as_of: date) -> dict[str, Text]:
    """Return the findings of a day by what each is of, in order; none is empty."""
    if not findings.claim_rows.total:
        return {"nothing": text(_nothing(findings.out_of_view, context, as_of))}
    spoken = findings.spoken
    asked = set(spoken.loc[spoken["content"] == SO, "question_id"]) | questions_to_come(spoken)
    paragraphs = {
        "said_by_nobody": _affirmed_by_nobody(findings),
        **{
            question_id: positions.question(findings, question_id, context)
            for question_id in context.questions
            if question_id in asked
        },
        "only_in_glosses": _only_in_glosses(findings, context),
        "limits": answers.limits(findings, context),
        "denials": answers.denials(findings, context),
        "turns": answers.turns(findings, context),
        "evidence": _evidence(findings, context),
        "origins": _origins(findings),
        "not_heard": _not_heard(findings, context),
    }
    return {key: words for key, words in paragraphs.items() if words}


def _nothing(claims: int, context: Context, as_of: date) -> str:
    """Return that no statement is in view, though the record may hold so many claims."""
    if not claims:
        return "The record holds no statement on the question."
    at = context.at
    subject = f"None of the {number(claims)} statements in the record was"
    if claims == 1:
        subject = "The only statement in the record was not"
    window = period(at.window_start, at.window_end)
    return f"{subject} {at.basis} by {day(as_of)} and within the window, {window}."


def _only_in_glosses(findings: Findings, context: Context) -> Text:
    """Return which questions only an outlet's own wording answers with yes."""
    parts = [
        text(f"“{context.questions[question_id]}”")
        + short_citation([claim.claim_id for claim in claims])
        for (question_id,), claims in rows_by(findings.only_in_glosses, "question_id").items()
    ]
    if not parts:
        return ()
    opening = "Only an outlet’s gloss or summary says yes to "
    lead = text(Run("Only in outlets’ words. ", style="strong"), opening)
    return lead + joined(parts, ", ", " and ") + text(".")


def _affirmed_by_nobody(findings: Findings) -> Text:
    """Return what is said not to be so, or not yet, on the first question and said by nobody."""
    claims = findings.said_by_nobody
    if claims.empty:
        return ()
    claims = claims.assign(is_reported=claims["rests_on"] == REPORT)
    parts = []
    for proposition in claims["proposition"].unique():
        words = text("that ", Run(proposition, style="em"))
        own = claims[claims["proposition"] == proposition]
        for (stance, is_reported), group in rows_by(own, "stance", "is_reported").items():
            speakers = name_list(list(dict.fromkeys(claim.speaker for claim in group)))
            verb = "denied" if stance == "denies" else "said is not yet so"
            words += text(f", which {speakers} {'reportedly ' if is_reported else ''}{verb}")
            words += short_citation([claim.claim_id for claim in group])
        parts.append(words)
    lead = text(Run("Said by nobody. ", style="strong"), "No speaker in this record says ")
    words = lead + joined(truncated(parts, LIMITS.first_names), "; ") + text(".")
    if findings.known_outside:
        words += text(f" Known outside this record: {' '.join(findings.known_outside)}")
    return words


def _evidence(findings: Findings, context: Context) -> Text:
    items, public = findings.items, findings.items_public
    words: Text = text(Run("Shown? ", style="strong"))
    if not items.total:
        words += text("Nobody has cited evidence that could be shown.")
    else:
        have = "has" if items.total == 1 else "have"
        words += text(f"{capitalised(amount(items, 'thing'))} {have} been cited as evidence")
        if items.total <= NAMED:
            names = listed([item.rstrip(".") for item in findings.item_descriptions])
            words += text(f": {names}")
        words += text("; this record shows ")
        if public.total:
            which = "it" if items.total == 1 else amount(public, "of them", "of them")
            words += text(f"{which} as public: ")
            named = [_public(item, context) for item in each_row(findings.public_items)]
            words += joined(truncated(named, ITEMS_NAMED), "; ")
        else:
            ids = findings.on_evidence["claim_id"].tolist()
            words += text("none of it as public") + short_citation(ids)
        words += text(".")
    if public.total and findings.kinds_not_public:
        kinds = findings.kinds_not_public
        these = "this kind" if len(kinds) == 1 else "these kinds"
        words += text(f" Nothing public is of {these}: {listed(kinds, ' or ')}.")
    return words + _without_evidence(findings)


def _without_evidence(findings: Findings) -> Text:
    """Return how many assertions name no evidence, and of how many this is not known."""
    words: Text = ()
    ids = findings.without_evidence["claim_id"].tolist()
    if 0 < len(ids) <= 2 * NAMED:
        words += text(" None is named for") + citation(ids) + text(".")
    elif ids:
        words += text(
            f" Of the claims that something is so, or likely, {number(len(ids))} name no evidence "
            "in a page seen whole."
        )
    if findings.evidence_not_known:
        claims = counted(findings.evidence_not_known, "such claim")
        words += text(f" Of {claims} only a part was seen; evidence may stand in the rest.")
    return words


def _public(item: Any, context: Context) -> Text:
    """Return an item's kind with who made it public and since when, and the claim that did."""
    since = f", {short_dated(item.status_when, context.at.year)}" if item.status_when else ""
    caveat = f"; {item.caveat}" if item.caveat else ""
    possibly = "" if item.status_is_certain else "possibly "
    kind = context.labels["evidence_kind"][item.kind]
    words = f"{possibly}{kind} ({item.offered_by or item.holder}{since}{caveat})"
    return (Run(words), *citation(item.claim_ids[:1]))


def _origins(findings: Findings) -> Text:
    words = text(Run("How many origins? ", style="strong"))
    asserting = findings.asserting_speakers
    foretelling = findings.foretelling_speakers
    if not asserting.total and not foretelling.total:
        return words + text("Nobody says that anything of this is so, likely or to come.")
    heard = capitalised(amount(findings.utterances, "utterance"))
    are = "is" if findings.utterances.total == 1 else "are"
    voices = f"{amount(findings.speakers, 'speaker')} of {amount(findings.sides, 'side')}"
    words += text(f"{heard} by {voices}", Run(SIDE, style="note"), f" {are} in the record. ")
    if not asserting.total:
        speakers = capitalised(amount(foretelling, "speaker"))
        sides = amount(findings.foretelling_sides, "side")
        say = "says" if foretelling.total == 1 else "say"
        words += text(f"{speakers}, of {sides}, {say} that something of this is to come, or is ")
        return words + text("likely to; nothing of it is said to have come already.")
    speakers = capitalised(amount(asserting, "speaker"))
    sides = amount(findings.asserting_sides, "side")
    says, rest = ("says", "this rests") if asserting.total == 1 else ("say", "they rest")
    words += text(f"{speakers}, of {sides}, {says} that something of this is so, or likely; ")
    words += text(f"{rest} on {_range(findings)}.")
    unknown = findings.of_unknown_origin
    if len(unknown) > NAMED:
        utterances = amount(findings.asserting_utterances, "utterance")
        return words + text(
            f" Of the {utterances} in which they say so, {number(len(unknown))} do not tell where "
            "all of it comes from."
        )
    if len(unknown):
        who = [(Run(row.speaker), *citation([row.claim_id])) for row in each_row(unknown)]
        words += text(" Not told is the origin of what was said by ")
        words += joined(who, ", ", " and ") + text(".")
    return words


def _range(findings: Findings) -> str:
    """Return how many independent origins there are, at least and at most."""
    low, high = findings.origins.low, findings.origins.high
    if low == high:
        return counted(low, "independent origin")
    return f"{between(low, high)} independent origins"


def _not_heard(findings: Findings, context: Context) -> Text:
    words: Text = ()
    expected = findings.silences
    not_heard = expected.loc[expected["heard_claim"] == "", "short_name"].tolist()
    if not_heard:
        of = f"Of {name_list(expected['short_name'].tolist())}: "
        of = of if len(not_heard) < len(expected) else ""
        words += text(Run("Not heard. ", style="strong"), f"{of}{name_list(not_heard)}. ")
    if len(findings.unanswered):
        who = [
            (
                Run(f"{row.speaker} ({short_dated(row.when, context.at.year)})"),
                *citation([row.claim_id]),
            )
            for row in each_row(findings.unanswered)
        ]
        words += text(Run("Not said either way. ", style="strong"))
        words += sentence(joined(truncated(who, ITEMS_NAMED), ", ", " and "))
        words += text(" spoke on the matter and not on whether it is so. ")
    return words + text("Silence is no denial.") if words else ()


def _numbers(findings: Findings) -> dict[str, object]:
    """Return the figures that the findings state, for numbers.json."""
    if not findings.claim_rows.total:
        return {"claims": 0}
    counts = {
        name: [getattr(findings, name).certain, getattr(findings, name).total]
        for name in ("utterances", "speakers", "sides", "asserting_speakers", "asserting_sides")
    }
    silences = findings.silences
    return {
        "claims": findings.claim_rows.total,
        **counts,
        "origins": [findings.origins.low, findings.origins.high],
        "said_by_nobody": len(findings.said_by_nobody),
        "denials": len(findings.denials),
        "denied_to_come": len(findings.denied_to_come),
        "limits": len(findings.limits),
        "stating_contrary": findings.stating_contrary,
        "turns": len(findings.turns),
        "items": [findings.items.certain, findings.items.total],
        "items_public": [findings.items_public.certain, findings.items_public.total],
        "assertions_without_item": len(findings.without_evidence),
        "item_not_known": findings.evidence_not_known,
        "only_in_glosses": findings.only_in_glosses["question_id"].unique().tolist(),
        "not_heard": int((silences["heard_claim"] == "").sum()),
        "expected": len(silences),
        "unanswered": len(findings.unanswered),
    }
