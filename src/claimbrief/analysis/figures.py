"""How many, according to whom, when: the figures that are claimed, by where the people are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from claimbrief.dataset import PHASE_UNDER_WAY
from claimbrief.lookups import sort_by_keys
from claimbrief.statements import REPORT, TO_COME
from claimbrief.view import View

DENIED = "denied"
FIRMNESS = ("CT", "PR", "PS")  # of commitments that say so or call likely, the firmest first
NUMBER = ["topic", "side", "low", "high"]  # what makes figures of a side the same number


def figures_claimed(view: View) -> pd.DataFrame:
    """Return one row per figure in a counted claim, in order of date.

    Columns: claim_id, speaker, side, when, earliest, latest, certainty, low, high (people; one
    missing for "at least" or "at most"), qualifier (the speaker's "about" or "up to", or ""),
    rests_on, topic (the code of the question that the figure belongs to; "to_come" for what is
    foretold or in preparation, "denied" for a figure that the speaker says is not so), people (the
    word for them), commitment, phase, is_assertion (whether it is said to be so, or likely, on one
    of the questions).
    """
    claims = view.statements
    has_figure = claims["figure_low"].notna() | claims["figure_high"].notna()
    claims = claims[has_figure & claims["is_counted"]]
    topic = claims["question_id"].mask(claims["content"] == TO_COME, TO_COME)
    topic = topic.mask(claims["is_denial"] | claims["is_limit"], DENIED)
    names = {"figure_low": "low", "figure_high": "high", "figure_qualifier": "qualifier"}
    found = claims.assign(topic=topic).rename(columns=names)
    columns = (
        "claim_id speaker side when earliest latest certainty low high qualifier rests_on topic "
        "people commitment phase is_assertion"
    )
    return found[columns.split()]


def figures_by_side(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row per number that a side gives on a question, from the frame `figures_claimed`.

    Only what is said to be so, or likely, is taken, without the parts of higher numbers. A number
    that a side first calls likely and later gives as so has two rows; so has one that it gives
    exactly and with a word as "about". Columns: topic, side, low, high, qualifier (the speaker's
    "about" or "up to" when it was first given, or ""), people (the word for them then), commitment
    (the firmest with which it was given), is_on_the_way (whether it was only given for a movement
    that is under way), is_report (whether its speakers are only reported to have given it),
    speakers (list, each once), whens (EDTF) and claim_ids (lists of the same length, by date),
    is_certain (whether it had certainly been given by the day). By topic and side, each in order of
    first mention, and by date.
    """
    asserted = without_parts(figures[figures["is_assertion"]])
    is_plain = asserted["commitment"].str.startswith("CT").rename("is_plain")
    is_qualified = (asserted["qualifier"] != "").rename("is_qualified")
    same = [*(asserted[name] for name in NUMBER), is_qualified]
    plain_days = asserted["earliest"].where(is_plain).groupby(same, dropna=False)
    is_first = is_plain | ~(asserted["latest"] >= plain_days.transform("min"))
    groups = asserted[is_first].groupby([*NUMBER, is_qualified, is_plain], sort=False, dropna=False)
    found = groups.agg(
        qualifier=("qualifier", "first"),
        people=("people", "first"),
        commitment=("commitment", lambda codes: min(codes, key=lambda it: FIRMNESS.index(it[:2]))),
        is_on_the_way=("phase", lambda phases: (phases == PHASE_UNDER_WAY).all()),
        is_report=("rests_on", lambda grounds: (grounds == REPORT).all()),
        speakers=("speaker", lambda names: list(dict.fromkeys(names))),
        whens=("when", list),
        claim_ids=("claim_id", list),
        is_certain=("certainty", lambda certainties: (certainties == "certain").any()),
    ).reset_index()
    topic, side = (found.groupby(NUMBER[:keys], sort=False).ngroup() for keys in (1, 2))
    found = found.drop(columns=["is_plain", "is_qualified"])
    return sort_by_keys(found, topic=topic, side=side).reset_index(drop=True)


class Ends(NamedTuple):
    """A figure: its ends, None for one that it has not, and the speaker's "about" or "up to"."""

    low: int | None
    high: int | None
    qualifier: str = ""


@dataclass(frozen=True)
class Spread:
    """The lowest and the highest figure on a question: of a day, or of all days (`day` is "").

    `is_single` says that no other figure was given, and `people` is the word for those of the
    lowest. An end `is_report` where all who give it are only reported to.
    """

    topic: str
    day: str
    lowest: Ends
    highest: Ends
    people: str
    is_single: bool
    is_certain: bool
    lowest_is_report: bool
    highest_is_report: bool


def spread(figures: pd.DataFrame) -> Spread | None:
    """Return how far apart the figures are on the question with the most; None where none is given.

    In a tie it is the question with the highest figure. The figures are those of the last day on
    which two that differ were given, if there is any. Those said to be so, or likely, count, and
    only each speaker's highest on a day; those that may have been said after the brief's day count
    only if there are no others.
    """
    asserted = figures[figures["is_assertion"]]
    certain = asserted[asserted["certainty"] == "certain"]
    given = certain if len(certain) else asserted
    if given.empty:
        return None
    given = without_parts(given)
    by_topic = given.groupby("topic", sort=False)["most"].agg(["size", "max"])
    topic = by_topic.sort_values(["size", "max"], kind="stable").index[-1]
    given = given[given["topic"] == topic]
    of_day = of_last_day(given)
    own = of_day if len(of_day) else given
    lowest = own[own["least"] == own["least"].min()]
    highest = own[own["most"] == own["most"].max()]
    return Spread(
        topic=str(topic),
        day=of_day["when"].iloc[0] if len(of_day) else "",
        lowest=_ends(lowest),
        highest=_ends(highest),
        people=str(lowest["people"].iloc[0]),
        is_single=len(own[["low", "high"]].drop_duplicates()) == 1,
        is_certain=len(certain) > 0,
        lowest_is_report=bool((lowest["rests_on"] == REPORT).all()),
        highest_is_report=bool((highest["rests_on"] == REPORT).all()),
    )


def without_parts(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures without those that a speaker gave beside a higher one on the same day.

    They are of the same topic, and the lower one is in all likelihood a part of the higher. Columns
    added: least and most (people), the ends of each, or both times the only one.
    """
    low, high = figures["low"], figures["high"]
    given = figures.assign(least=low.fillna(high), most=high.fillna(low))
    of_day = given.groupby(["topic", "speaker", "when"])
    return given[given["most"] == of_day["most"].transform("max")]


def of_last_day(given: pd.DataFrame) -> pd.DataFrame:
    """Return, of rows of `without_parts`, those of the last day with two different figures."""
    known = given[given["earliest"] == given["latest"]]
    of_day = known.groupby("latest")
    differ = of_day["least"].transform("min") < of_day["most"].transform("max")
    found: pd.DataFrame = known[differ & (of_day["most"].transform("size") > 1)]
    return found[found["latest"].eq(found["latest"].max())]


def _ends(same: pd.DataFrame) -> Ends:
    """Return the ends of figures that share one: of a figure with both ends, if there is any."""
    exact = same.dropna(subset=["low", "high"])
    row = (exact if len(exact) else same).iloc[0]
    return ends_of(row["low"], row["high"], row["qualifier"])


def ends_of(low: Any, high: Any, qualifier: str) -> Ends:
    """Return the ends of a figure, of which one may be missing, and what qualifies it."""
    return Ends(None if pd.isna(low) else int(low), None if pd.isna(high) else int(high), qualifier)
