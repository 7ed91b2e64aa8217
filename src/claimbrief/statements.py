"""The statements: one row per claim with everything that tables, charts and sentences need of it.

What no day changes is computed here from the dataset; `claimbrief.view` adds what a day changes.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from claimbrief.dataset import (
    CONTEXT_QUESTION,
    EVIDENCE_STATE,
    OPTIONAL,
    OUTLET_VOICES,
    PHASE_TO_COME,
    RELAYED,
    TABLES,
    UNSTATED_QUESTION,
    Dataset,
    each_row,
)
from claimbrief.lookups import grouped, pairs, short_names, sides, speakers
from claimbrief.wording import listed

OWN_INTELLIGENCE = "own_intelligence"
# What a claim is of: something that is or was so, something to come, words that name no content,
# or context, which answers none of the questions.
SO, TO_COME, UNSTATED, CONTEXT = "so", "to_come", "unstated", "context"
# What a claim rests on: codes of the vocabulary's `rests_on`.
WORDS, REPORT, PARAPHRASE = "words", "report", "paraphrase"
STAR = "*"  # stands in a table or chart behind what rests on reports alone
ASSERTING = ("affirms", "affirms_hedged")
DENYING = ("dismisses", "denies")
NOT_YET = "not_yet"
HEDGED = ("PR+", "PS+", "PR−", "PS−")  # commitments that are less than certain
HEDGED_DENIAL = "denied, with a hedge, that …"
NO_SPEECH = ("withholds", "not_addressed")  # what a source reports as absent: no speech event


def reportedly(rests_on: Iterable[str]) -> str:
    """Return the word before a verb where all of these claims rest on reports; else ""."""
    return "reportedly " if all(it == REPORT for it in rests_on) else ""


def statements(dataset: Dataset) -> pd.DataFrame:
    """Return one row per claim of the dataset, by utterance, voice and place in the text.

    Columns: those of claims, and `publisher`, `question_id`, `proposition`, `role` and `phase`
    (codes of the proposition), `content` ("so", "to_come", "unstated" or "context": what the claim
    is of), `rests_on` ("words", "report" or "paraphrase"), `speaker` (short names), `side` (the id
    of the top body that the first speaker belongs to), `stance_label` (which says so where the
    claim is only reported), `claim_text` (the proposition with its hedge and the kind of evidence
    named for it), `bare_quote` (the quote where it names no content and so stands in the place of
    a proposition; else ""), `hedge` and `people` (the words coded, where they are in the dataset's
    language), `language` (of a quote that is in another
    language; else ""), `is_outlet_voice` and
    `makes_claim` (whether it says, or calls likely, something that is so or is to come).
    """
    frame = _with_propositions_and_speakers(dataset)
    frame["stance_label"] = _stance_labels(dataset, frame)
    languages = quote_languages(dataset)
    own_language = dataset.language
    frame["language"] = languages.mask(languages == own_language, "")
    is_foreign = frame["language"] != ""
    frame["hedge"] = frame["hedge_words"].mask(is_foreign, "")
    frame["people"] = frame["people_term"].mask(
        is_foreign | ~frame["people_term"].map(str.isascii),
        frame["role"].map(dataset.labels("role")),
    )
    frame["claim_text"] = _claim_texts(dataset, frame)
    frame["bare_quote"] = frame["quote"].where((frame["content"] == UNSTATED) & ~is_foreign, "")
    frame["is_outlet_voice"] = frame["rendering"].isin(OUTLET_VOICES)
    frame["publisher"] = frame["source_id"].map(
        dict(pairs(dataset.sources, "source_id", "publisher"))
    )
    frame["makes_claim"] = (
        (frame["commitment"] != "NA")
        & frame["content"].isin([SO, TO_COME])
        & frame["stance"].isin(ASSERTING)
    )
    return frame.sort_values(["utterance_id", "is_outlet_voice", "span_start", "claim_id"])


def _with_propositions_and_speakers(dataset: Dataset) -> pd.DataFrame:
    """Return the claims with what their propositions and utterances say of them."""
    frame = dataset.claims[[*TABLES["claims"].split(), *OPTIONAL["claims"].split()]]
    propositions = dataset.propositions.set_index("proposition_id")
    taken = {"question_id": "question_id", "proposition": "text", "role": "role", "phase": "phase"}
    for column, source in taken.items():
        frame[column] = frame["proposition_id"].map(propositions[source])
    frame["content"] = _content(frame)
    frame["rests_on"] = rests_on(dataset)
    names, voices, side_of = short_names(dataset), speakers(dataset), sides(dataset)
    frame["speaker"] = frame["utterance_id"].map(
        {key: listed([names[actor] for actor in actors]) for key, actors in voices.items()}
    )
    frame["side"] = frame["utterance_id"].map({key: side_of[who[0]] for key, who in voices.items()})
    return frame


def _content(frame: pd.DataFrame) -> pd.Series[str]:
    """Return what each claim is of, by its proposition's question and phase."""
    content = pd.Series(SO, frame.index, dtype="str")
    content[frame["phase"] == PHASE_TO_COME] = TO_COME
    content[frame["question_id"] == UNSTATED_QUESTION] = UNSTATED
    content[frame["question_id"].isin([CONTEXT_QUESTION, EVIDENCE_STATE])] = CONTEXT
    return content


def rests_on(dataset: Dataset) -> pd.Series[str]:
    """Return what each claim rests on, in the order of the claims (codes of `rests_on`).

    The speaker's words, if they carry the content by themselves (direct); a report, if a source in
    view carries it otherwise, its text coded or a page of it in view; else a paraphrase alone.
    """
    claims, words = dataset.claims, dataset.words
    pages = set(pairs(words[words["extent"] != RELAYED], "utterance_id", "source_id"))
    carried = [pair in pages for pair in pairs(claims, "utterance_id", "source_id")]
    has_page = pd.Series(carried, claims.index, dtype=bool)
    found = pd.Series(PARAPHRASE, claims.index, dtype="str")
    found[claims["source_id"].isin(dataset.coded_sources) | has_page] = REPORT
    found[(claims["rendering"] == "direct") & (claims["quote"] != "")] = WORDS
    return found


def _stance_labels(dataset: Dataset, frame: pd.DataFrame) -> pd.Series[str]:
    """Return the label of each claim's stance; if it is only reported, a label that says so."""
    is_reported = (frame["rests_on"] != WORDS) & ~frame["rendering"].isin(OUTLET_VOICES)
    labels = frame["stance"].map(dataset.labels("stance"))
    is_hedged = (frame["stance"] == "denies") & frame["commitment"].isin(HEDGED)
    labels = labels.mask(is_hedged, HEDGED_DENIAL)
    is_plural = frame["utterance_id"].isin(_utterances_of_several(dataset))
    found = [
        reported_label(label, is_plural=plural) if reported else label
        for label, reported, plural in zip(labels, is_reported, is_plural, strict=True)
    ]
    return pd.Series(found, frame.index, dtype="str")


def _utterances_of_several(dataset: Dataset) -> set[str]:
    """Return the utterances of several speakers, or of unnamed people who are not a single one."""
    unnamed = set(dataset.actors.loc[dataset.actors["kind"] == "collective", "actor_id"])
    names = short_names(dataset)
    return {
        key
        for key, actors in speakers(dataset).items()
        if len(actors) > 1
        or (actors[0] in unnamed and not names[actors[0]].lower().startswith(("a ", "an ")))
    }


def reported_label(label: str, *, is_plural: bool = False) -> str:
    """Return a stance's label for what is only reported: "is reported to have said that …"."""
    if label.startswith("said "):
        return f"{'are' if is_plural else 'is'} reported to have {label}"
    return label if label.startswith("is reported") else f"reportedly {label}"


def quote_languages(dataset: Dataset) -> pd.Series[str]:
    """Return the language in which each claim's quote stands, "" where no row of words says."""
    printed = grouped(dataset.words, "utterance_id", "source_id", "text", "language")
    columns = [dataset.claims[name].tolist() for name in ("utterance_id", "source_id", "quote")]
    found = [
        next((tongue for at, text, tongue in printed[key] if at == source and quote in text), "")
        if quote and key in printed
        else ""
        for key, source, quote in zip(*columns, strict=True)
    ]
    return pd.Series(found, dataset.claims.index, dtype="str")


def _claim_texts(dataset: Dataset, frame: pd.DataFrame) -> pd.Series[str]:
    """Return each proposition with the hedge in the source's words and the evidence named."""
    labels = dataset.labels("evidence_kind")
    relations = dataset.labels("claim_evidence_relation")
    names, side_of = short_names(dataset), sides(dataset)
    links = grouped(dataset.claim_evidence, "claim_id", "evidence_id", "relation")
    items = {item.evidence_id: item for item in each_row(dataset.evidence)}
    texts = []
    for claim in each_row(frame[["claim_id", "side", "proposition", "hedge"]]):
        remarks = [f"“{claim.hedge}”"] if claim.hedge else []
        for evidence_id, relation in links.get(claim.claim_id, ()):
            item = items[evidence_id]
            kind = labels[item.kind]
            if item.kind == OWN_INTELLIGENCE and side_of[item.holder] != claim.side:
                kind = f"intelligence of {names[item.holder]}"
            remarks.append(f"{relations[relation]} {kind}")
        words = f" ({', '.join(remarks)})" if remarks else ""
        texts.append(claim.proposition + words)
    return pd.Series(texts, frame.index, dtype="str")
