"""What is wrong with the coding: stances, commitments, renderings, actors and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, Dataset, each_row, groups_above
from claimbrief.errors import Problem
from claimbrief.spans import texts

NOT_SO = ("CT−", "PR−", "PS−")
UNCOMMITTED = ("Uu", "NA")
COMMITMENTS = {
    "affirms": ("CT+", "PR+", "NA"),
    "affirms_hedged": ("PR+", "PS+"),
    "holds_possible": ("PS+",),
    "supposes": UNCOMMITTED,
    "notes_reports": UNCOMMITTED,
    "cannot_confirm": UNCOMMITTED,
    "questions": UNCOMMITTED,
    "not_yet": NOT_SO,
    "withholds": UNCOMMITTED,
    "declines": UNCOMMITTED,
    "not_addressed": UNCOMMITTED,
    "meta": UNCOMMITTED,
    "dismisses": (*NOT_SO, "Uu"),
    "denies": NOT_SO,
}
DENIALS = {
    "dismisses": ("D2",),
    "denies": ("D3", "D4"),
    "questions": ("D1",),
    "declines": ("", "D-1", "D0"),
}
NUMBER_WORDS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores?|"
    r"hundreds?|thousands?|millions?|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"battalions?|brigades?)\b",
    re.IGNORECASE,
)


def meaning_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with claims, their speakers and the actors, by rule of the codebook."""
    yield from _actor_problems(dataset)
    yield from _utterance_problems(dataset)
    claims = dataset.claims
    is_rendered = claims["claim_id"].isin(claims.loc[claims["renders"] != "", "renders"])
    by_id = {claim.claim_id: claim for claim in each_row(claims[is_rendered])}
    for claim in each_row(claims[["stance", "commitment", "denial"]]):
        yield from _code_problems(claim)
    for claim in each_row(claims[["utterance_id", "rendering", "renders", "quote"]]):
        yield from _rendering_problems(claim, by_id)
    for claim in each_row(claims.dropna(subset=["troops_low", "troops_high"], how="all")):
        yield from _figure_problems(claim)
    yield from _voice_problems(dataset)
    yield from _unread_figures(dataset)


def _code_problems(claim: Any) -> Iterator[Problem]:
    stance, commitment, denial = claim.stance, claim.commitment, claim.denial
    accepted = COMMITMENTS.get(stance, ())
    if accepted and commitment not in accepted:
        yield Problem(
            "claims",
            claim.Index,
            "commitment",
            f"{stance} with {commitment}",
            f"{stance} with {' or '.join(accepted)}",
            "read the words again and code both",
        )
    levels = DENIALS.get(stance, ("",))
    if denial not in levels:
        yield Problem(
            "claims",
            claim.Index,
            "denial",
            f"{stance} with {denial or 'no level'}",
            " or ".join(level or "no level" for level in levels),
            "code the level of the denial",
        )


def _rendering_problems(claim: Any, by_id: Mapping[str, Any]) -> Iterator[Problem]:
    rendering, renders = claim.rendering, claim.renders
    if rendering in ("gloss", "summary"):
        rendered = by_id.get(renders)
        if rendered is None or rendered.rendering in OUTLET_VOICES:
            yield Problem(
                "claims",
                claim.Index,
                "renders",
                f"{rendering} of {renders or 'nothing'}",
                "a claim in the speaker’s own rendering",
                "name the claim that it glosses or sums up",
            )
        elif rendered.utterance_id != claim.utterance_id:
            yield Problem(
                "claims",
                claim.Index,
                "utterance_id",
                claim.utterance_id,
                f"{rendered.utterance_id}, the utterance of {renders}",
                "mend one of the two",
            )
    elif renders:
        yield Problem(
            "claims",
            claim.Index,
            "renders",
            f"{rendering} that renders {renders}",
            "an empty cell",
            "empty the cell, or code gloss or summary",
        )
    if (rendering in ("direct", "mixed")) != bool(claim.quote):
        yield Problem(
            "claims",
            claim.Index,
            "quote",
            claim.quote or "an empty cell",
            "quoted words for direct and mixed, none for another rendering",
            "enter or remove the quote, or change the rendering",
        )


def _figure_problems(claim: Any) -> Iterator[Problem]:
    low, high = claim.troops_low, claim.troops_high
    ends = [end for end in (low, high) if not pd.isna(end)]
    if ends != sorted(ends) or ends[0] < 0:
        yield Problem(
            "claims",
            claim.Index,
            "troops_low",
            f"{low} to {high}",
            "the lower end first; one end alone for “at least” or “at most”",
            "enter the numbers in order",
        )
    if not claim.personnel_term:
        yield Problem(
            "claims",
            claim.Index,
            "troops_low",
            f"{low} to {high} of nobody",
            "a figure with the word for the people that it counts",
            "enter personnel_term",
        )


def _unread_figures(dataset: Dataset) -> Iterator[Problem]:
    """Yield the figures on claims whose span, where its text is there, states no number."""
    present = texts(dataset)
    figures = dataset.claims.dropna(subset=["troops_low", "troops_high"], how="all")
    rows = figures.dropna(subset=["span_start", "span_end"])
    for row, source_id, start, end in zip(
        rows.index, rows["source_id"], rows["span_start"], rows["span_end"], strict=True
    ):
        if source_id in present and not NUMBER_WORDS.search(present[source_id][start:end]):
            yield Problem(
                "claims",
                int(row),
                "troops_low",
                "a figure on a claim that states none",
                "a span that states the number",
                "empty the figure or mend the span",
            )


def _utterance_problems(dataset: Dataset) -> Iterator[Problem]:
    utterances = dataset.utterances["utterance_id"]
    for row, utterance_id in utterances[~utterances.isin(dataset.speakers["utterance_id"])].items():
        yield Problem(
            "utterances",
            int(str(row)),
            "utterance_id",
            f"{utterance_id} without a speaker",
            "a row in speakers",
            "add the speaker",
        )
    for row, utterance_id in utterances[~utterances.isin(dataset.claims["utterance_id"])].items():
        yield Problem(
            "utterances",
            int(str(row)),
            "utterance_id",
            f"{utterance_id} without a claim",
            "a row in claims",
            "code the claim or remove the utterance",
        )


def _actor_problems(dataset: Dataset) -> Iterator[Problem]:
    above = dict(zip(dataset.actors["actor_id"], dataset.actors["member_of"], strict=True))
    first: dict[str, Any] = {}
    for actor in each_row(dataset.actors):
        other = first.setdefault(actor.short_name.casefold(), actor)
        if other is not actor:
            yield Problem(
                "actors",
                actor.Index,
                "short_name",
                f"“{actor.short_name}”, the name of {other.actor_id}",
                "a name that no other actor has",
                "tell them apart, or make one actor of the two",
            )
        if actor.kind == "collective" and actor.country:
            yield Problem(
                "actors",
                actor.Index,
                "country",
                f"an anonymous collective of {actor.country}",
                "an empty cell",
                "remove the country: who they are is not known",
            )
        if actor.actor_id in groups_above(above, actor.member_of):
            yield Problem(
                "actors",
                actor.Index,
                "member_of",
                f"{actor.actor_id} within itself",
                "a chain that ends",
                "mend member_of",
            )


def _voice_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield words given to somebody who did not say them."""
    actors = {actor.actor_id: actor for actor in each_row(dataset.actors)}
    publishers = dict(zip(dataset.sources["source_id"], dataset.sources["publisher"], strict=True))
    above = {one: actor.member_of for one, actor in actors.items()}
    speakers = _speakers(dataset)
    claims = dataset.claims
    for claim in each_row(claims[claims["rendering"] == "narrator"]):
        spoken_by = speakers.get(claim.utterance_id, [])
        names = [actors[a].name for a in spoken_by if a in actors]
        if names != [publishers.get(claim.source_id)]:
            yield Problem(
                "claims",
                claim.Index,
                "rendering",
                f"narrator, spoken by {', '.join(names)}",
                f"narrator, spoken by {publishers.get(claim.source_id, 'the outlet')}",
                "give the sentence to the outlet or change the rendering",
            )
    for claim in each_row(claims[claims["attributed_to"] != ""]):
        named = actors.get(claim.attributed_to)
        if named is None or named.kind not in ("state", "alliance", "institution"):
            continue
        spoken_by = speakers.get(claim.utterance_id, [])
        if not any(named.actor_id in groups_above(above, one) for one in spoken_by):
            yield Problem(
                "claims",
                claim.Index,
                "attributed_to",
                named.actor_id,
                "a body that the speaker belongs to",
                "mend attributed_to or actors.member_of",
            )


def _speakers(dataset: Dataset) -> dict[str, list[str]]:
    """Return the speakers of each utterance, in the order of the table."""
    speakers: dict[str, list[str]] = {}
    for row in each_row(dataset.speakers):
        speakers.setdefault(row.utterance_id, []).append(row.actor_id)
    return speakers
