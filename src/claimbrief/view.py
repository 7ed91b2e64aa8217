"""What had been said, or reported, by a day: the part of the record that one brief may use.

With `basis="said"` a statement counts from the day on which it was made; with `"reported"` only
from the day on which a source carried it, so that nobody is judged by later knowledge. A
statement whose bounds straddle the day is kept as possible, never as certain; so is a statement
that only sources of no known day carry, where the basis is `"reported"`. An outlet's own words
(glosses, summaries, its narrator) are as old as their source in either case.

What one source leaves open another may settle: a day that a further source in view gives narrows
a range, and an origin that it names takes the place of an unknown one. A brief that may use one
source alone keeps what that source leaves open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from claimbrief.base import NO_START, Base, base_if_published, base_of, bounds_of
from claimbrief.dataset import TABLES, Dataset
from claimbrief.in_view import reduced
from claimbrief.lookups import pairs
from claimbrief.statements import (
    CONTEXT,
    DENYING,
    NO_SPEECH,
    NOT_YET,
    PARAPHRASE,
    SO,
    UNSTATED,
    statements,
)
from claimbrief.viewpoint import Viewpoint, refuse_unknown, viewpoint

__all__ = [
    "NO_START", "View", "Viewpoint", "bounds_of", "if_published", "make_view", "on_day", "viewpoint"
]  # fmt: skip

SAYS_SO, SAYS_LIKELY, DENIES, LEAVES_OPEN = "says_so", "says_likely", "denies", "leaves_open"
BOUNDS = "limits"  # says that it is not so, or not yet, of a claim that is its own side's
POSITIONS = [SAYS_SO, SAYS_LIKELY, BOUNDS, DENIES, LEAVES_OPEN]  # the furthest first
_OF_SIDE = ["side", "proposition_id"]
POSITION_OF_STANCE = {
    "affirms": SAYS_SO,
    "affirms_hedged": SAYS_LIKELY,
    "denies": DENIES,
    "dismisses": DENIES,
}


@dataclass(frozen=True, eq=False)
class View:
    """The part of a checked dataset that a brief may use.

    `record` is the dataset with only the rows in view. A date in view stands as EDTF text in the
    column `when`. The utterances of the record have `when`, `earliest` and `latest` (its bounds as
    datetimes; no `earliest` where the start is open), `certainty` ("certain" or "possible" by the
    day), `dated_by` (the further source whose day narrowed the bounds, else "") and `duplicate_of`
    (an utterance in view that this one in all likelihood is, else ""), and no outside date that is
    later than the day; its claims have `certainty`; its evidence_status has `when` and `certainty`;
    its sources have `when` ("" where no day is known), `earliest` and `latest`.

    `statements` has one row per claim in view, ordered by last day, utterance, voice and place in
    the text. Its columns are those of `claimbrief.statements.statements`, and `certainty`, `when`,
    `earliest` and `latest` (those of its utterance), `is_duplicate` (another utterance in view is
    in all likelihood the same and says more), `is_counted` (a claim in a speaker's own rendering
    that is a speech event and no duplicate), `is_grounded` (a counted claim that rests on more than
    a paraphrase), `is_assertion` (a counted claim that says or calls likely that something is so on
    one of the questions), `is_denial` (a counted claim that denies or dismisses, of a side that had
    made no such claim itself) and `is_limit` (a counted claim that something is not so yet, or a
    denial by a side that had itself asserted or foretold something: it bounds what is claimed),
    `is_taken_back` (a claim after which its side has certainly denied or dismissed the same, or
    what follows from it), `is_partial` (a denial, or limit, of a proposition from which another one
    of its question follows: the rest may still be so) and `position` (one of POSITIONS, of a
    counted claim of what is so or of what the words do not name; else ""). Context, and what rests
    on a paraphrase alone, has none of the last six.

    `whole` is the dataset unfiltered, and `base` what all days have in common.
    """

    record: Dataset
    statements: pd.DataFrame
    whole: Dataset
    base: Base
    at: Viewpoint

    def __repr__(self) -> str:
        described, at = self.whole.descriptor, self.at
        rows = {key: (len(self.record.table(key)), len(self.whole.table(key))) for key in TABLES}
        tables = pd.DataFrame.from_dict(rows, "index", columns=["rows in view", "rows in all"])
        return (
            f"{described['name']} {described.get('version', '')}".rstrip()
            + f"\nas of {at.as_of}, basis: {at.basis}"
            + f"\nwindow: {at.window_start} to {at.window_end}\n\n{tables}"
        )


def make_view(dataset: Dataset, at: Viewpoint) -> View:
    """Return what a brief may use of a checked dataset, seen from a viewpoint.

    Raises:
        ParameterError: if the viewpoint names a source or actor that the dataset has not, or a
            day of publication on which no undated source can have appeared.
    """
    refuse_unknown("sources", at.sources, dataset.claims["source_id"])
    refuse_unknown("actors", at.actors, dataset.actors["actor_id"])
    return _view(dataset, base_of(dataset, statements(dataset), at), at)


def on_day(view: View, day: date) -> View:
    """Return what a brief of another day may use, from the same viewpoint otherwise."""
    return _view(view.whole, view.base, replace(view.at, as_of=day))


def if_published(view: View, day: date | None) -> View:
    """Return the view as if undated sources had appeared on a day; None: they keep their ranges."""
    at = replace(view.at, published=day)
    return _view(view.whole, base_if_published(view.base, view.whole, at), at)


def _view(dataset: Dataset, base: Base, at: Viewpoint) -> View:
    record = reduced(base, at)
    return View(record, _on_the_day(base, record), dataset, base, at)


def _on_the_day(base: Base, record: Dataset) -> pd.DataFrame:
    dated = _dated(base.statements["utterance_id"], record)
    frame = base.statements.loc[dated.index].assign(**dated)
    is_speech = ~frame["stance"].isin(NO_SPEECH) & ~frame["is_outlet_voice"]
    is_counted = is_speech & ~frame["is_duplicate"]
    is_grounded = is_counted & (frame["rests_on"] != PARAPHRASE)
    is_answer = is_grounded & (frame["content"] != CONTEXT)
    is_contrary = is_answer & frame["stance"].isin(DENYING)
    has_claimed = _sides_that_had_claimed(is_counted & frame["makes_claim"], frame)
    is_limit = (is_contrary & has_claimed) | (is_answer & (frame["stance"] == NOT_YET))
    is_placed = is_grounded & (frame["commitment"] != "NA") & frame["content"].isin([SO, UNSTATED])
    return frame.assign(
        is_counted=is_counted,
        is_grounded=is_grounded,
        is_assertion=is_grounded & frame["makes_claim"] & (frame["content"] == SO),
        is_denial=is_contrary & ~has_claimed,
        is_limit=is_limit,
        is_taken_back=_is_taken_back(
            frame.loc[is_grounded & frame["makes_claim"], [*_OF_SIDE, "latest"]],
            frame.loc[is_contrary & (frame["certainty"] == "certain"), [*_OF_SIDE, "earliest"]],
            base.lookups.entailments,
        ).reindex(frame.index, fill_value=False),
        is_partial=(is_contrary | is_limit) & frame["proposition_id"].isin(base.lookups.narrower),
        position=positions(frame["stance"], is_limit).where(is_placed, ""),
    )


def _dated(utterance_ids: pd.Series[str], record: Dataset) -> pd.DataFrame:
    """Return the claims in view with their certainty and the dates of their utterances, by date."""
    certainty, utterances = record.claims["certainty"], record.utterances
    dates = utterances[["when", "earliest", "latest"]]
    dates = dates.assign(is_duplicate=utterances["duplicate_of"] != "")
    dates = dates.set_index(utterances["utterance_id"])
    ids = utterance_ids[utterance_ids.index.isin(certainty.index)]
    found = certainty.reindex(ids.index).to_frame().join(dates.reindex(ids).set_axis(ids.index))
    return found.sort_values("latest", kind="stable")


def positions(stances: pd.Series[str], is_limit: pd.Series[bool]) -> pd.Series[str]:
    """Return the position that statements of these stances take, one of POSITIONS each."""
    found = stances.map(POSITION_OF_STANCE).fillna(LEAVES_OPEN)
    return found.mask(is_limit, BOUNDS).astype("str")


def _is_taken_back(
    claims: pd.DataFrame, contrary: pd.DataFrame, entailments: Mapping[str, set[str]]
) -> pd.Series[bool]:
    """Return whether the side of each claim later denied it, or what it entails."""
    denials = contrary.dropna(subset="earliest").groupby(_OF_SIDE)["earliest"].max().to_dict()
    propositions = list(pairs(claims, *_OF_SIDE))
    last = {
        (side, proposition): max(
            (denials[side, it] for it in entailments[proposition] if (side, it) in denials),
            default=pd.NaT,
        )
        for side, proposition in dict.fromkeys(propositions)
    }
    latest = claims["latest"]
    return latest < pd.Series([last[it] for it in propositions], claims.index, dtype=latest.dtype)


def _sides_that_had_claimed(makes_claim: pd.Series[bool], frame: pd.DataFrame) -> pd.Series[bool]:
    """Return whether the side of each statement may itself have made a claim by its last day."""
    claims = frame.loc[makes_claim, ["earliest", "side"]]
    started = claims["earliest"].fillna(NO_START).groupby(claims["side"]).min()
    return pd.to_datetime(frame["side"].map(started.to_dict())) <= frame["latest"]
