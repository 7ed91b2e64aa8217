"""What is wrong with the coding: stances, commitments, renderings, actors and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, Dataset, groups_of
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
    "withholds": UNCOMMITTED,
    "declines": UNCOMMITTED,
    "not_addressed": UNCOMMITTED,
    "meta": UNCOMMITTED,
    "dismisses": (*NOT_SO, "Uu"),
    "denies": NOT_SO,
}
DENIALS = {"dismisses": ("D1", "D2"), "denies": ("D3", "D4"), "declines": ("", "D-1", "D0", "D1")}
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
    by_id = {claim["claim_id"]: claim for _, claim in dataset.claims.iterrows()}
    for row, claim in dataset.claims.iterrows():
        number = int(str(row))
        yield from _code_problems(claim, number)
        yield from _rendering_problems(claim, number, by_id)
        yield from _figure_problems(claim, number)
    yield from _voice_problems(dataset)
    yield from _unread_figures(dataset)


def _code_problems(claim: pd.Series[Any], row: int) -> Iterator[Problem]:
    stance, commitment, denial = claim["stance"], claim["commitment"], claim["denial"]
    accepted = COMMITMENTS.get(stance, ())
    if accepted and commitment not in accepted:
        yield Problem(
            "claims",
            row,
            "commitment",
            f"{stance} with {commitment}",
            f"{stance} with {' or '.join(accepted)}",
            "read the words again and code both",
        )
    levels = DENIALS.get(stance, ("", "D-1"))
    if denial not in levels:
        yield Problem(
            "claims",
            row,
            "denial",
            f"{stance} with {denial or 'no level'}",
            " or ".join(level or "no level" for level in levels),
            "code the level of the denial",
        )


def _rendering_problems(
    claim: pd.Series[Any], row: int, by_id: Mapping[str, pd.Series[Any]]
) -> Iterator[Problem]:
    rendering, renders = claim["rendering"], claim["renders"]
    if rendering in ("gloss", "summary"):
        rendered = by_id.get(renders)
        if rendered is None or rendered["rendering"] in OUTLET_VOICES:
            yield Problem(
                "claims",
                row,
                "renders",
                f"{rendering} of {renders or 'nothing'}",
                "a claim in the speaker’s own rendering",
                "name the claim that it glosses or sums up",
            )
        elif rendered["utterance_id"] != claim["utterance_id"]:
            yield Problem(
                "claims",
                row,
                "utterance_id",
                claim["utterance_id"],
                f"{rendered['utterance_id']}, the utterance of {renders}",
                "mend one of the two",
            )
    elif renders:
        yield Problem(
            "claims",
            row,
            "renders",
            f"{rendering} that renders {renders}",
            "an empty cell",
            "empty the cell, or code gloss or summary",
        )
    if (rendering in ("direct", "mixed")) != bool(claim["quote"]):
        yield Problem(
            "claims",
            row,
            "quote",
            claim["quote"] or "an empty cell",
            "quoted words for direct and mixed, none for another rendering",
            "enter or remove the quote, or change the rendering",
        )


def _figure_problems(claim: pd.Series[Any], row: int) -> Iterator[Problem]:
    low, high = claim["troops_low"], claim["troops_high"]
    if pd.isna(low) and pd.isna(high):
        return
    ends = [end for end in (low, high) if not pd.isna(end)]
    if ends != sorted(ends) or ends[0] < 0:
        yield Problem(
            "claims",
            row,
            "troops_low",
            f"{low} to {high}",
            "the lower end first; one end alone for “at least” or “at most”",
            "enter the numbers in order",
        )
    if not claim["personnel_term"]:
        yield Problem(
            "claims",
            row,
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
    spoken, claimed = set(dataset.speakers["utterance_id"]), set(dataset.claims["utterance_id"])
    for row, utterance_id in dataset.utterances["utterance_id"].items():
        if utterance_id not in spoken:
            yield Problem(
                "utterances",
                int(str(row)),
                "utterance_id",
                f"{utterance_id} without a speaker",
                "a row in speakers",
                "add the speaker",
            )
        if utterance_id not in claimed:
            yield Problem(
                "utterances",
                int(str(row)),
                "utterance_id",
                f"{utterance_id} without a claim",
                "a row in claims",
                "code the claim or remove the utterance",
            )


def _actor_problems(dataset: Dataset) -> Iterator[Problem]:
    for row, actor in dataset.actors.iterrows():
        if actor["kind"] == "collective" and actor["country"]:
            yield Problem(
                "actors",
                int(str(row)),
                "country",
                f"an anonymous collective of {actor['country']}",
                "an empty cell",
                "remove the country: who they are is not known",
            )
        if actor["actor_id"] in groups_of(dataset.actors, actor["member_of"]):
            yield Problem(
                "actors",
                int(str(row)),
                "member_of",
                f"{actor['actor_id']} within itself",
                "a chain that ends",
                "mend member_of",
            )


def _voice_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield words given to somebody who did not say them."""
    actors = {actor["actor_id"]: actor for _, actor in dataset.actors.iterrows()}
    publishers = dict(zip(dataset.sources["source_id"], dataset.sources["publisher"], strict=True))
    speakers = dataset.speakers.groupby("utterance_id")["actor_id"].agg(list).to_dict()
    for row, claim in dataset.claims.iterrows():
        spoken_by = speakers.get(claim["utterance_id"], [])
        if claim["rendering"] == "narrator":
            names = [actors[a]["name"] for a in spoken_by if a in actors]
            if names != [publishers.get(claim["source_id"])]:
                yield Problem(
                    "claims",
                    int(str(row)),
                    "rendering",
                    f"narrator, spoken by {', '.join(names)}",
                    f"narrator, spoken by {publishers.get(claim['source_id'], 'the outlet')}",
                    "give the sentence to the outlet or change the rendering",
                )
        named = actors.get(claim["attributed_to"])
        if named is not None and named["kind"] in ("state", "alliance", "institution"):
            groups = set(spoken_by)
            for speaker in spoken_by:
                groups |= set(groups_of(dataset.actors, speaker))
            if named["actor_id"] not in groups:
                yield Problem(
                    "claims",
                    int(str(row)),
                    "attributed_to",
                    named["actor_id"],
                    "a body that the speaker belongs to",
                    "mend attributed_to or actors.member_of",
                )
