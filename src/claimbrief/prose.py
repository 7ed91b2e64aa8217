"""Computed sentences: the title, the key findings and what limits them.

Every figure, name, date and direction comes from a frame or from `Findings`; each sentence names
its claims by links to their cards.
"""

from __future__ import annotations

from dataclasses import replace

from claimbrief.analysis.coverage import coders, coverage, raw_agreement
from claimbrief.analysis.escalation import denial_register, uncovered_days
from claimbrief.analysis.findings import Findings, QuestionVoices, findings
from claimbrief.analysis.statements import Count, statements
from claimbrief.blocks import Field, Prose, Run, Text, Title, joined, text
from claimbrief.dataset import each_row
from claimbrief.dates import When, parse
from claimbrief.links import cited
from claimbrief.view import View
from claimbrief.wording import between, capitalised, counted, dated, day, listed, number

# The stances that put a proposition forward, or its contrary; the others only speak of it.
PUT_FORWARD = ("affirms", "affirms_hedged", "holds_possible", "dismisses", "denies")
SHOWN_DIGEST = 12  # the first characters of a digest tell it apart on page one


def amount(count: Count, singular: str, plural: str = "") -> str:
    """Return a count with its noun: "two speakers", "two speakers and possibly one more"."""
    if not count.possible:
        return counted(count.certain, singular, plural)
    if not count.certain:
        return f"possibly {counted(count.possible, singular, plural)}"
    return f"{counted(count.certain, singular, plural)} and possibly {number(count.possible)} more"


def title(view: View) -> Title:
    """Return the head of the brief: the question, the day and what the record is."""
    at, dataset = view.at, view.whole
    shown = findings(view)
    basis = {"said": "what had been said by then", "reported": "what had been reported by then"}
    facts = {
        "As of": f"{day(at.as_of)}: {basis[at.basis]}",
        "Record": f"{amount(shown.claim_rows, 'claim')} from {counted(shown.sources, 'source')}",
        "Dataset": f"{dataset.descriptor['name']} {dataset.descriptor.get('version', '')}".strip(),
        "Digest": dataset.digest[:SHOWN_DIGEST],
    }
    return Title(
        block_id="title",
        question=str(dataset.descriptor["title"]),
        subtitle="Who asserts what, on what evidence, since when",
        day=at.as_of.isoformat(),
        language=str(dataset.descriptor.get("language", "en")),
        facts=tuple(Field(label, text(value)) for label, value in facts.items()),
        numbers={"as_of": at.as_of.isoformat(), "claims": shown.claim_rows.most},
    )


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


def limits_of_record(view: View) -> Prose:
    """Return what the record does not hold, for page one."""
    record = view.record
    used = record.sources[record.sources["source_id"].isin(record.claims["source_id"])]
    own = statements(view).query("is_counted").drop_duplicates("utterance_id")
    undated = sum(not when.is_day for when in own["when"])
    coded = coders(view.whole)
    sentences = []
    if len(used):
        publishers = listed(sorted(set(used["publisher"])))
        sentences.append(_record_sentence(len(used), publishers, list(used["when"])))
    if undated:
        sentences.append(
            f"Of {counted(len(own), 'utterance')} in it, {number(undated)} can be dated to no "
            "single day and are kept as ranges."
        )
    sentences += [
        "Agreement between coders was not measured."
        if len(coded) < 2
        else f"{capitalised(counted(len(coded), 'coder'))} coded it.",
        "It tells who said what; it does not tell who is right.",
    ]
    return Prose(
        "limits-of-record",
        (text(" ".join(sentences)),),
        numbers={"sources": len(used), "undated": undated, "coders": len(coded)},
    )


def outlet_and_speaker(view: View) -> Prose:
    """Return in how many places a gloss or summary goes beyond what it renders."""
    shown = findings(view)
    kinds: list[Text] = []
    for ids, verb in (
        (shown.stronger_glosses, "stand higher on the ladder"),
        (shown.firmer_glosses, "drop a hedge"),
        (shown.content_only_in_glosses, "alone say what is meant"),
    ):
        if ids:
            places = counted(len(ids), "place")
            kinds.append((Run(f"in {places} they {verb}"), *cited(ids)))
    words = text("No gloss or summary in the record goes beyond what it renders.")
    if kinds:
        opening = Run("Glosses and summaries go beyond what they render: ")
        words = (opening, *joined(kinds, ", ", " and "), Run("."))
    numbers = {
        "stronger_glosses": len(shown.stronger_glosses),
        "firmer_glosses": len(shown.firmer_glosses),
        "content_only_in_glosses": len(shown.content_only_in_glosses),
    }
    return Prose("outlet-and-speaker", (words,), numbers=numbers)


def order_of_denials(view: View) -> Prose:
    """Return, for each denial, which assertions it can have answered."""
    register = denial_register(view)
    if register.empty:
        sentence = f"By {day(view.at.as_of)} the record holds no denial."
        return Prose("order-of-denials", (text(sentence),), numbers={"denials": 0})
    paragraphs = []
    for row in each_row(register):
        parts: list[Text] = [text(f"{row.speaker} spoke {dated(row.when)}"), cited([row.claim_id])]
        for ids, words in (
            (row.before, "it came after"),
            (row.undetermined, "the order cannot be told for"),
            (row.after, "it came before"),
        ):
            if ids:
                noun = counted(len(ids), "assertion")
                parts += [text(f"; {words} {noun}"), cited(ids)]
        paragraphs.append((*joined(parts, ""), Run(".")))
    numbers = {"denials": len(register), "undetermined": int(sum(map(len, register.undetermined)))}
    return Prose("order-of-denials", tuple(paragraphs), numbers=numbers)


def coverage_sentences(view: View) -> Prose:
    """Return how much of the coded texts is accounted for, and what the window lacks."""
    frame = coverage(view.whole)
    total, claimed = int(frame["n_chars"].sum()), int(frame["claimed"].sum())
    excluded, days = int(frame["excluded"].sum()), len(uncovered_days(view))
    paragraphs = [
        text(
            f"Of {total:,} characters in {counted(len(frame), 'coded text')}, {claimed:,} lie in "
            f"the span of a claim and {excluded:,} are excluded with a reason; the rest is "
            "attribution and line ends. The check refuses a dataset in which a sentence is neither."
        )
    ]
    if days:
        paragraphs.append(
            text(
                f"{capitalised(counted(days, 'day'))} of the window came after the last day on "
                "which a source in view can have appeared: nothing could be recorded for them."
            )
        )
    numbers = {
        "characters": total,
        "claimed": claimed,
        "excluded": excluded,
        "uncovered_days": days,
    }
    return Prose("coverage", tuple(paragraphs), numbers=numbers)


def coder_agreement(view: View) -> Prose:
    """Return how well two coders agree, or that it was not measured."""
    agreement = raw_agreement(view.whole)
    coded = len(coders(view.whole))
    if agreement.empty:
        sentence = (
            "Not measured: the dataset holds no values of a second coder. The notes on each card "
            "say where another reading was possible."
        )
        return Prose("coder-agreement", (text(sentence),), numbers={"coders": coded})
    paragraphs = [
        text(
            f"{capitalised(str(row.variable))}: {counted(int(row.same), 'value')} the same of "
            f"{counted(int(row.n), 'value')} that {number(coded)} coders gave, raw agreement."
        )
        for row in each_row(agreement)
    ]
    return Prose("coder-agreement", tuple(paragraphs), is_list=True, numbers={"coders": coded})


def _record_sentence(count: int, publishers: str, whens: list[When]) -> str:
    undated = [when for when in whens if not when.is_day]
    opening = f"The record is {counted(count, 'source')} ({publishers})"
    if not undated:
        return f"{opening}."
    if count == 1:
        return f"{opening}, which shows no day; it appeared {dated(undated[0])}."
    return f"{opening}, of which {number(len(undated))} cannot be dated to a day."


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
                f" Step {rung}, “{steps[str(rung)]}”, is asserted by nobody quoted or reported, only "
                "by an outlet’s gloss"
            )
            + cited(claim_ids)
            + text(".")
        )
    return (lead, *words)


def _sentence(words: Text) -> Text:
    """Return the text with its first letter a capital."""
    return (replace(words[0], text=capitalised(words[0].text)), *words[1:])


def _is_on_ladder(voices: QuestionVoices) -> bool:
    return any(said.rung for _, claims in voices.by_stance for said in claims)


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
    origins = between(shown.origins.low, shown.origins.high)
    sentence = (
        f"{speakers} {'asserts' if is_one else 'assert'} something above the lowest step; behind {'this' if is_one else 'them'} "
        f"{'stands' if shown.origins.high == 1 else 'stand'} {origins} independent "
        f"{'origin' if shown.origins.high == 1 else 'origins'}."
    )
    if shown.origins.unknown:
        noun = counted(shown.origins.unknown, "utterance")
        sentence += f" For {noun} the record does not tell the origin."
    return (lead, Run(sentence))


def _not_heard(shown: Findings) -> Text:
    if not shown.not_heard:
        return ()
    sentence = f"{listed(shown.not_heard)}. Silence is no denial."
    return text(Run("Not heard. ", style="strong"), sentence)


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
