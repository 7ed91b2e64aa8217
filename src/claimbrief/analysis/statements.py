"""The claims in view with everything that the other frames need of them on one row."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

import pandas as pd

from claimbrief.analysis.lasting import (
    AROUND,
    FORETOLD,
    PARAPHRASE,
    SO,
    lasting_claims,
    pairs,
    places_of_codes,
    speakers,
)
from claimbrief.dataset import Dataset, each_row
from claimbrief.dates import When
from claimbrief.view import View

ASSERTIONS = ("affirms", "affirms_hedged")
DENIALS = ("dismisses", "denies")
NOT_YET = "not_yet"
NO_SPEECH = ("withholds", "not_addressed")  # what a source reports as absent: no speech event
CHANGING = ["certainty", "when", "is_told_better", "is_counted", "is_assertion", "is_denial"]
CHANGING += ["is_limit"]


@dataclass(frozen=True)
class Count:
    """How many had happened by the brief's day: certainly, and possibly besides."""

    certain: int
    possible: int = 0

    @property
    def most(self) -> int:
        """The count with everything that is possible."""
        return self.certain + self.possible


def statements(view: View) -> pd.DataFrame:
    """Return one row a claim in view, ordered by date, utterance, voice and place in the text.

    Columns: those of claims, and `publisher`, `question_id`, `proposition`, `told` (the
    proposition with its hedge and what kind of evidence is named for it), `words` (the quote
    where it alone can be told, because it names no content; else ""), `role` (code), `content`
    ("so", "to_come", "unstated" or "context": what the claim is of), `rests_on` ("words", "report"
    or "paraphrase"), `hedge` and `people` (the
    words coded, where they are in the dataset's language), `is_foreign` (whether the quote is in
    another), `stance_words` (the stance's label, which says so where it is only reported),
    `when`, `speaker` (short names), `side` (the id of the top body that the first speaker belongs
    to), `is_outlet_voice`, `is_told_better` (another utterance in view is in all likelihood the
    same and says more), `is_counted` (a claim in a speaker's own rendering that is a speech event,
    and that no other utterance in view tells better), `is_assertion` (a counted claim that says or
    calls likely that something is so on one of the questions), `is_denial` (a counted claim that
    denies or dismisses, of a side that had made no such claim itself) and `is_limit` (a counted
    claim that something is not so yet, or a denial by a side that had itself asserted or foretold
    something: it bounds what is claimed). Context, and what rests on a paraphrase alone, is none of
    the last three.
    """
    return _statements(view).copy(deep=False)


@lru_cache(maxsize=64)
def _statements(view: View) -> pd.DataFrame:
    """Return the frame of `statements`, made once a view: most frames of a chapter start here."""
    order, changing = _of_the_day(view)
    frame = lasting_claims(view.whole).take(order)
    types = {"certainty": "str", "when": "object"}
    for place, name in enumerate(CHANGING):
        values = [day[place] for day in changing]
        frame[name] = pd.Series(values, frame.index, dtype=types.get(name, "bool"))
    return frame


@lru_cache(maxsize=64)
def each_statement(view: View) -> tuple[Any, ...]:
    """Return the rows of `statements` as named tuples: for what is counted day after day."""
    lasting = _each_lasting_claim(view.whole)
    record = _statement(view.whole)
    order, changing = _of_the_day(view)
    return tuple(
        record._make(lasting[place] + day) for place, day in zip(order, changing, strict=True)
    )


@lru_cache(maxsize=64)
def _of_the_day(view: View) -> tuple[list[int], list[tuple[Any, ...]]]:
    """Return which of the lasting claims are in view, in order, each with what the day changes."""
    lasting = _each_lasting_claim(view.whole)
    said = view.record.utterances
    whens = dict(pairs(said, "utterance_id", "when"))
    same_as = dict(pairs(said, "utterance_id", "same_as"))
    claims = view.record.claims
    places = _places(view.whole)
    certainty = {
        places[claim_id]: value for claim_id, value in pairs(claims, "claim_id", "certainty")
    }
    by_place = sorted(certainty)  # then by date alone: a sort keeps the order of what is equal
    order = sorted(by_place, key=lambda place: whens[lasting[place].utterance_id].latest)
    counted_ones = [
        not lasting[place].is_outlet_voice
        and lasting[place].stance not in NO_SPEECH
        and same_as[lasting[place].utterance_id] == ""
        for place in order
    ]
    made = _first_made(
        [
            lasting[place]
            for place, is_counted in zip(order, counted_ones, strict=True)
            if is_counted
        ],
        whens,
    )
    changing: list[tuple[Any, ...]] = []
    for place, is_counted in zip(order, counted_ones, strict=True):
        claim = lasting[place]
        when = whens[claim.utterance_id]
        is_grounded = is_counted and claim.rests_on != PARAPHRASE
        is_contrary = is_grounded and claim.stance in DENIALS and claim.content != AROUND
        has_made = claim.side in made and made[claim.side] <= when.latest
        changing.append(
            (
                certainty[place],
                when,
                same_as[claim.utterance_id] != "",
                is_counted,
                is_grounded and makes_claim(claim) and claim.content == SO,
                is_contrary and not has_made,
                (is_contrary and has_made)
                or (is_grounded and claim.stance == NOT_YET and claim.content != AROUND),
            )
        )
    return order, changing


def makes_claim(claim: Any) -> bool:
    """Return whether a claim says, or calls likely, something that is so or is to come."""
    is_factual = claim.commitment != "NA" and claim.content in (SO, FORETOLD)
    return is_factual and claim.stance in ASSERTIONS


def _first_made(claims: Iterable[Any], whens: Mapping[str, When]) -> dict[str, date]:
    """Return the first day on which each side may itself have said that something is or will be."""
    first: dict[str, date] = {}
    for claim in claims:
        if makes_claim(claim):
            day = whens[claim.utterance_id].earliest or date.min
            first[claim.side] = min(first.get(claim.side, day), day)
    return first


def is_on_question(claim: Any) -> bool:
    """Return whether a claim is of something that is or was so: no context, nothing to come."""
    return bool(claim.content == SO)


@lru_cache(maxsize=8)
def _each_lasting_claim(dataset: Dataset) -> list[Any]:
    """Return the rows of `lasting_claims` as named tuples, in its order."""
    return list(each_row(lasting_claims(dataset)))


@lru_cache(maxsize=8)
def _places(dataset: Dataset) -> Mapping[str, int]:
    """Return the place of each claim among the lasting ones, by claim id."""
    ids = lasting_claims(dataset)["claim_id"].tolist()
    return {claim_id: place for place, claim_id in enumerate(ids)}


@lru_cache(maxsize=8)
def _statement(dataset: Dataset) -> Any:
    """Return the named tuple of a row of `statements`, made once a dataset."""
    return namedtuple("Statement", ["Index", *lasting_claims(dataset).columns, *CHANGING])


def first_claims(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row an utterance of rows of `statements`: the claim that it is cited by.

    The speaker's own; what is said to be so, or likely, before what is said not to be so, and that
    before the rest; then the question that comes first in the vocabulary.
    """
    places_of_questions = places_of_codes(view.whole, "question")
    is_other = ~frame["stance"].isin([*ASSERTIONS, *DENIALS, NOT_YET])
    keys = frame.assign(
        kind=is_other.astype(int) * 2 + frame["stance"].isin([*DENIALS, NOT_YET]).astype(int),
        is_context=frame["content"] == AROUND,
        question=frame["question_id"].map(places_of_questions),
    )
    ranked = keys.sort_values(["is_outlet_voice", "is_context", "kind", "question"], kind="stable")
    chosen = ranked.drop_duplicates("utterance_id").index
    return frame.loc[frame.index.isin(chosen)].set_index("utterance_id")


@lru_cache(maxsize=64)
def first_of_each(view: View) -> Mapping[str, Any]:
    """Return the row of `first_claims` of each utterance in view, by utterance id."""
    questions = places_of_codes(view.whole, "question")
    ranked = sorted(each_statement(view), key=partial(_rank, questions))  # of equals the first
    first: dict[str, Any] = {}
    for claim in ranked:
        first.setdefault(claim.utterance_id, claim)
    return first


def _rank(questions: Mapping[str, int], claim: Any) -> tuple[bool, bool, int, int]:
    is_contrary = claim.stance in (*DENIALS, NOT_YET)
    is_other = claim.stance not in ASSERTIONS and not is_contrary
    kind = is_other * 2 + is_contrary
    return claim.is_outlet_voice, claim.content == AROUND, kind, questions[claim.question_id]


def counted(frame: pd.DataFrame, key: str) -> Count:
    """Return how many different values of `key` a frame with `certainty` has."""
    return tallied(pairs(frame, key, "certainty"))


def tallied(found: Iterable[tuple[str, str]]) -> Count:
    """Return how many different things there are, of pairs of a thing and its certainty."""
    found = list(found)
    every = {one for one, _ in found}
    certain = {one for one, certainty in found if certainty == "certain"}
    return Count(len(certain), len(every - certain))


def speakers_among(view: View, claims: Sequence[Any]) -> Count:
    """Return how many speak in the utterances of these statements."""
    heard = speakers(view.whole)
    certainty = _certainty(view)
    said = {claim.utterance_id for claim in claims}
    return tallied((actor, certainty[one]) for one in said for actor in heard[one])


@lru_cache(maxsize=64)
def _certainty(view: View) -> Mapping[str, str]:
    said = view.record.utterances
    return dict(pairs(said, "utterance_id", "certainty"))
