"""How statements climbed and how denials stood: a claim timeline and a denial register.

What is claimed stands by the question that it answers; denials have levels of their own. What the
makers of claims themselves say is not so, or not yet, is neither: nothing here adds or compares.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.lookups import grouped, lists_of, pairs
from claimbrief.statements import ASSERTING, CONTEXT, TO_COME, UNSTATED
from claimbrief.view import NO_START, View

# The parts of the timeline, from the top down.
CLAIMS, BOUNDS, OPEN, DENIALS = "claims", "limits", "open", "denials"


def claim_timeline(view: View) -> pd.DataFrame:
    """Return one row per mark: one utterance's stance in one band of one part of the chart.

    Counted claims of one utterance in the same band with the same stance and commitment share a
    mark. What is said to be so, or likely, stands in the part of claims, by its question or as what
    is to come; limits of what is claimed have a part of their own, by question; a denial by its
    level; what leaves its content open by its stance. Context is left out, and so is what rests on
    a paraphrase alone. Columns: part, band (a question, `to_come`, a stance or a level),
    utterance_id, stance, stance_label, commitment, side, speaker, when, earliest, latest,
    outside_date, certainty, claim_ids (list), proposition and bare_quote (of the first), is_first
    (whether no mark of the side in that band with that stance and commitment is earlier).
    """
    claims = view.statements
    claims = claims[claims["is_grounded"] & (claims["content"] != CONTEXT)]
    part, band = _place(claims)
    placed = claims.assign(
        part=part,
        band=band,
        outside_date=claims["utterance_id"].map(
            dict(pairs(view.record.utterances, "utterance_id", "outside_date"))
        ),
    )
    key = ["part", "band", "utterance_id", "stance", "commitment"]
    ids = placed.groupby(key, sort=False)["claim_id"].agg(list).rename("claim_ids")
    columns = [*key, "stance_label", "side", "speaker", "when", "earliest", "latest"]
    columns += ["outside_date", "certainty", "proposition", "bare_quote"]
    marks = placed.drop_duplicates(key)[columns].merge(ids.reset_index(), on=key)
    kind = ["part", "band", "side", "stance", "commitment"]
    return marks.assign(is_first=~marks.duplicated(kind))


def _place(claims: pd.DataFrame) -> tuple[pd.Series[str], pd.Series[str]]:
    """Return the part of the chart and the band in which each claim's mark stands."""
    is_limit, has_level = claims["is_limit"], claims["denial"] != ""
    is_open = ~claims["stance"].isin(ASSERTING)
    part = pd.Series(CLAIMS, claims.index, dtype="str")
    part = part.mask(is_open, OPEN).mask(has_level, DENIALS).mask(is_limit, BOUNDS)
    band = claims["question_id"].mask(claims["content"] == TO_COME, TO_COME)
    band = band.mask(is_open, claims["stance"]).mask(has_level, claims["denial"])
    return part, band.mask(is_limit, claims["question_id"])


def denial_register(view: View) -> pd.DataFrame:
    """Return one row per denial, with the assertions that it can answer or precede.

    Columns: those of `View.statements`, and `speaker_role`, `outside_when` (EDTF date that another
    source gives, "" if none by the day), `outside_publisher`, `glosses` and `gloss_ids` (lists of
    the same length: what the outlet says is denied, claim ids), `before`, `undetermined`, `after`
    (lists of the ids of the assertions made before the denial, in an order that cannot be told, and
    after it), and `if_before`, `if_after`: the same if the other source's day is the day.
    """
    claims = view.statements
    denials = claims[claims["is_denial"]]
    roles = view.record.speakers.drop_duplicates("utterance_id").set_index("utterance_id")["role"]
    said = view.record.utterances.set_index("utterance_id")
    outside = denials["utterance_id"].map(said["outside_date"])
    publishers = dict(pairs(view.whole.sources, "source_id", "publisher"))
    publisher = denials["utterance_id"].map(said["outside_source_id"]).map(publishers)
    key, glosses = denials["claim_id"], claims[claims["renders"].isin(denials["claim_id"])]
    answerable, order = _answerable(claims, denials), ["before", "undetermined", "after"]
    own, other = (
        pd.DataFrame(map(_around, answerable, whens), denials.index, order)
        for whens in (denials["when"], outside)
    )
    return denials.assign(
        speaker_role=denials["utterance_id"].map(roles),
        outside_when=outside.astype("str"),
        outside_publisher=publisher.where(outside != "", "").astype("str"),
        glosses=lists_of(key, grouped(glosses, "renders", "proposition")),
        gloss_ids=lists_of(key, grouped(glosses, "renders", "claim_id")),
        if_before=other["before"],
        if_after=other["after"],
    ).join(own)


def _answerable(claims: pd.DataFrame, denials: pd.DataFrame) -> list[pd.DataFrame]:
    """Return, for each denial, the assertions that it can answer, if they came before it.

    These are the counted claims that something is so, likely or to come, on the question of what is
    denied; on any question where the words do not name what is denied. What rests on a paraphrase
    alone is left out.
    """
    columns = ["claim_id", "question_id", "earliest", "latest"]
    asserted = claims.loc[claims["is_grounded"] & claims["makes_claim"], columns]
    on_question, none = dict(list(asserted.groupby("question_id"))), asserted.iloc[:0]
    return [
        asserted if denial.content == UNSTATED else on_question.get(denial.question_id, none)
        for denial in each_row(denials[["content", "question_id"]])
    ]


def _around(asserted: pd.DataFrame, when: str) -> tuple[list[str], list[str], list[str]]:
    """Return the ids of assertions before a date, in unknown order to it, and after it.

    Without a date, all three are empty.
    """
    if not when:
        return [], [], []
    bounds = parse(when)
    is_before = (asserted["latest"] < pd.Timestamp(bounds.earliest or NO_START)).to_numpy()
    is_after = (asserted["earliest"] > pd.Timestamp(bounds.latest)).to_numpy()
    ids = asserted["claim_id"].to_numpy()
    return (ids[is_before].tolist(), ids[~is_before & ~is_after].tolist(), ids[is_after].tolist())


def relevant_utterances(view: View) -> pd.DataFrame:
    """Return one row per utterance whose order matters, in order of date.

    It has a counted claim that is no context, or a denial. Columns: utterance_id, when, earliest,
    latest.
    """
    claims = view.statements
    is_relevant = claims["is_counted"] & ((claims["content"] != CONTEXT) | claims["is_denial"])
    columns = ["utterance_id", "when", "earliest", "latest"]
    return claims.loc[is_relevant, columns].drop_duplicates("utterance_id")


def pairs_in_order(utterances: pd.DataFrame) -> tuple[int, int]:
    """Return how many pairs of utterances are in a known order, and how many pairs there are.

    Pairs are counted from the sorted bounds and not walked: of n utterances there are n²/2.
    """
    latest = np.sort(utterances["latest"].to_numpy())
    earliest = utterances["earliest"].dropna().to_numpy()
    count = len(utterances)
    return int(np.searchsorted(latest, earliest).sum()), count * (count - 1) // 2


def uncovered_days(view: View) -> int:
    """Return how many of the last days of the window no source can have covered."""
    start, end = view.at.window_start, view.at.window_end
    after = (end - (covered_until(view) or date.min)).days
    return max(min(after, (end - start).days + 1), 0)


def covered_until(view: View) -> date | None:
    """Return the last day that a source can have covered; None where no source has a known day.

    A source covers the days up to the last on which it can have been published; the sources are
    those that the brief may use, whether or not they had appeared by its day.
    """
    whole, sources = view.whole, view.record.sources
    used = pd.concat([whole.claims["source_id"], whole.reports["source_id"]])
    is_used = sources["source_id"].isin(used)
    if view.at.sources:
        is_used &= sources["source_id"].isin(view.at.sources)
    last = sources.loc[is_used, "latest"].max()
    return last.date() if pd.notna(last) else None
