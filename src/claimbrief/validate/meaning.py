"""What is wrong with the coding: stances, commitments, renderings, actors and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from claimbrief.dataset import OUTLET_VOICES, Dataset, groups_above
from claimbrief.errors import Problem
from claimbrief.lookups import bodies, grouped, pairs
from claimbrief.spans import texts
from claimbrief.validate.rows import problems, repeated, where

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
NO_LEVEL = ("",)
DENIALS = {  # of a stance that is not here: no level
    "dismisses": ("D2",),
    "denies": ("D3", "D4"),
    "questions": ("D1",),
    "declines": ("", "D-1", "D0"),
}
BODIES = ("state", "alliance", "institution")  # kinds of actors for whom their members speak
NUMBER_WORDS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores?|"
    r"hundreds?|thousands?|millions?|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"battalions?|brigades?)\b",
    re.IGNORECASE,
)


def meaning_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with claims, their speakers and the actors, by rule of the codebook."""
    yield from _actor_problems(dataset.actors)
    yield from _stance_problems(dataset)
    yield from _rendering_problems(dataset.claims)
    yield from _figure_problems(dataset)
    yield from _narrator_problems(dataset)
    yield from _attribution_problems(dataset)
    other_cells = [*dataset.claims.columns.drop("claim_id")]
    yield from problems("same claim", repeated(dataset.claims, other_cells))


def _stance_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield stances with a commitment or a denial that they do not bear; only known codes count."""
    stances = dataset.labels("stance")
    denials = {stance: DENIALS.get(stance, NO_LEVEL) for stance in stances}
    for column, borne in {"commitment": COMMITMENTS, "denial": denials}.items():
        claims = dataset.claims[dataset.claims["stance"].isin(borne.keys() & stances.keys())]
        none = [""] * (column == "denial")  # an empty commitment is a problem of its own
        claims = claims[claims[column].isin([*none, *dataset.labels(column)])]
        accepted = claims["stance"].map(lambda stance: borne[stance])  # noqa: B023 (called at once)
        is_wrong = (it not in codes for it, codes in zip(claims[column], accepted, strict=True))
        in_words = accepted.map(lambda codes: " or ".join(code or "no level" for code in codes))
        claims = claims.assign(level=claims["denial"].replace("", "no level"), accepted=in_words)
        yield from problems(f"{column} of stance", where(claims, is_wrong))


def _rendering_problems(claims: pd.DataFrame) -> Iterator[Problem]:
    rendered = claims.drop_duplicates("claim_id").set_index("claim_id")
    rendering, renders = claims["rendering"], claims["renders"]
    claims = claims.assign(
        rendered=renders.replace("", "nothing"),
        rendered_utterance=renders.map(rendered["utterance_id"]),
    )
    rendered_rendering = renders.map(rendered["rendering"])
    is_of_speaker = rendered_rendering.notna() & ~rendered_rendering.isin(OUTLET_VOICES)
    is_outlets = rendering.isin(["gloss", "summary"])
    is_other = claims["rendered_utterance"] != claims["utterance_id"]
    yield from problems("rendered claim", claims[is_outlets & ~is_of_speaker])
    yield from problems("rendered utterance", claims[is_outlets & is_of_speaker & is_other])


def _figure_problems(dataset: Dataset) -> Iterator[Problem]:
    figures = dataset.claims.dropna(subset=["figure_low", "figure_high"], how="all")
    present = texts(dataset)
    spans = figures[figures["source_id"].isin(present)].dropna(subset=["span_start", "span_end"])
    columns = (spans[name].tolist() for name in ("source_id", "span_start", "span_end"))
    words = (present[source][start:end] for source, start, end in zip(*columns, strict=True))
    unstated = where(spans, (not NUMBER_WORDS.search(text) for text in words))
    yield from problems("figure in span", unstated)


def _actor_problems(actors: pd.DataFrame) -> Iterator[Problem]:
    name = actors["short_name"].str.casefold()
    first = actors.set_index(name)["actor_id"]
    actors = actors.assign(first=name.map(first[~first.index.duplicated()]))
    yield from problems("name of actor", actors[name.duplicated()])
    above = dict(pairs(actors, "actor_id", "member_of"))
    members = pairs(actors, "actor_id", "member_of")
    is_circular = (actor in groups_above(above, body) for actor, body in members)
    yield from problems("circle of bodies", where(actors, is_circular))


def _narrator_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the narrator's sentences that are spoken by somebody other than the publisher."""
    names = dict(pairs(dataset.actors, "actor_id", "name"))
    speakers = dataset.speakers[dataset.speakers["actor_id"].isin(names)]
    speakers = speakers.assign(name=speakers["actor_id"].map(names))
    spoken_by = grouped(speakers, "utterance_id", "name")
    claims = dataset.claims[dataset.claims["rendering"] == "narrator"]
    published_by = dict(pairs(dataset.sources, "source_id", "publisher"))
    publisher = [published_by.get(source, "the outlet") for source in claims["source_id"]]
    voices = [spoken_by.get(utterance, []) for utterance in claims["utterance_id"]]
    claims = claims.assign(names=[", ".join(voice) for voice in voices], publisher=publisher)
    is_wrong = (voice != [name] for voice, name in zip(voices, publisher, strict=True))
    yield from problems("narrator", where(claims, is_wrong))


def _attribution_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the claims attributed to a body to which no speaker of theirs belongs."""
    above = bodies(dataset)
    spoken_for = {
        (utterance, body)
        for utterance, actor in pairs(dataset.speakers, "utterance_id", "actor_id")
        for body in above.get(actor, ())
    }
    actors, claims = dataset.actors, dataset.claims
    names = actors.loc[actors["kind"].isin(BODIES), "actor_id"]
    claims = claims[claims["attributed_to"].isin(names) & (claims["attributed_to"] != "")]
    attributions = pairs(claims, "utterance_id", "attributed_to")
    yield from problems(
        "attributed body", where(claims, (p not in spoken_for for p in attributions))
    )
