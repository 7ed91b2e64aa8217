"""The claims in view with everything that the other frames need of them on one row."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from claimbrief.analysis.lasting import lasting_claims, pairs, speakers
from claimbrief.dataset import Dataset, each_row
from claimbrief.view import View

ASSERTIONS = ("affirms", "affirms_hedged")
DENIALS = ("dismisses", "denies")
NO_SPEECH = ("withholds", "not_addressed")  # what a source reports as absent: no speech event
CHANGING = ["certainty", "when", "is_told_better", "is_counted", "is_assertion", "is_denial"]


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
    where it alone can be told, because it names no content; else ""), `content_role`, `rung`
    (Int64, missing where the content is not on the ladder), `when`, `speaker` (short names),
    `side` (the id of the top body that the first speaker belongs to), `is_outlet_voice`,
    `is_told_better` (another utterance in view is in all likelihood the same and says more),
    `is_counted` (a claim in a speaker's own rendering that is a speech event, and that no other
    utterance in view tells better), `is_assertion` (a counted claim that says or calls likely
    something above the lowest rung) and `is_denial`.
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
    changing: list[tuple[Any, ...]] = []
    for place in order:
        claim = lasting[place]
        is_told_better = same_as[claim.utterance_id] != ""
        is_counted = (
            not claim.is_outlet_voice and claim.stance not in NO_SPEECH and not is_told_better
        )
        is_assertion = is_counted and is_above_lowest(claim) and claim.stance in ASSERTIONS
        is_denial = is_counted and claim.stance in DENIALS
        when = whens[claim.utterance_id]
        changing.append(
            (certainty[place], when, is_told_better, is_counted, is_assertion, is_denial)
        )
    return order, changing


def is_above_lowest(claim: Any) -> bool:
    """Return whether a claim's content stands on the ladder, above its lowest step."""
    return claim.rung is not pd.NA and claim.rung > 0


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


def first_claims(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row an utterance of `statements`: the speaker's own claim that goes furthest.

    What is said to be so, or likely, goes before what is denied, and that before the rest.
    """
    is_other = ~frame["stance"].isin([*ASSERTIONS, *DENIALS])
    keys = frame.assign(
        step=-frame["rung"].fillna(0),
        kind=is_other.astype(int) * 2 + frame["is_denial"].astype(int),
        is_context=~((frame["rung"] != 0).fillna(True).astype(bool)),
    )
    ranked = keys.sort_values(["is_outlet_voice", "is_context", "kind", "step"], kind="stable")
    chosen = ranked.drop_duplicates("utterance_id").index
    return frame.loc[frame.index.isin(chosen)].set_index("utterance_id")


@lru_cache(maxsize=64)
def first_of_each(view: View) -> Mapping[str, Any]:
    """Return the row of `first_claims` of each utterance in view, by utterance id."""
    ranked = sorted(each_statement(view), key=_rank)  # of equal ones the first stays first
    first: dict[str, Any] = {}
    for claim in ranked:
        first.setdefault(claim.utterance_id, claim)
    return first


def _rank(claim: Any) -> tuple[bool, bool, int, int]:
    step = 0 if claim.rung is pd.NA else claim.rung
    is_other = claim.stance not in ASSERTIONS and claim.stance not in DENIALS
    is_context = claim.rung is not pd.NA and step == 0
    return claim.is_outlet_voice, is_context, is_other * 2 + claim.is_denial, -step


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
