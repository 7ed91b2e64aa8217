"""What each side said on each question, day by day, and how many sides hold each position."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.days import first_days
from claimbrief.analysis.positions import (
    contents_and_propositions,
    placed,
    questions_to_come,
    ranked_by_sides,
)
from claimbrief.dataset import CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION
from claimbrief.lookups import (
    actor_kinds,
    actor_order,
    code_order,
    expected_actors,
    grouped,
    sort_by_keys,
)
from claimbrief.statements import ASSERTING, WORDS
from claimbrief.view import DENIES, LEAVES_OPEN, NO_START, SAYS_LIKELY, SAYS_SO, View
from claimbrief.view import LIMITS as BOUNDS

NOT_SO, DISMISSES = "not_so", "dismisses"
DRAWN = (SAYS_SO, SAYS_LIKELY, NOT_SO, DISMISSES, LEAVES_OPEN)  # the furthest first
CONTRARY = (NOT_SO, DISMISSES)
NO_ROW = (CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION)
GOVERNMENTS = ("state", "alliance")  # kinds of actors
MARK = "question_id side when earliest latest certainty position stance claim_id "
MARK += "speaker stance_label proposition bare_quote"


def positions_by_day(view: View) -> pd.DataFrame:
    """Return one row a mark: a side's position on a question on one day, or in one range of days.

    Columns: question_id, side, when, earliest, latest, certainty, position ("says_so";
    "says_likely"; "not_so": that it, or a part of it, is not so, or not yet; "dismisses";
    "leaves_open"), stance, claim_id, speaker, stance_label, proposition,
    bare_quote, is_first (whether it is the side's first with this position on the question), since
    (the first day, YYYY-MM-DD, by which the claim is, or may be, in view), kind (of the side's
    actor), is_expected and utterances (how many the side made that count). What is foretold is left
    out, but on a question of what is to come alone. Of a day the claim that commits its speaker the
    furthest counts, and beside it what the side says is not so. By question, side and date.
    """
    marks = marks_by_date(view)
    actors = view.whole.actors.set_index("actor_id")
    counted = view.statements[view.statements["is_counted"]]
    heard = counted.groupby("side")["utterance_id"].nunique()
    return marks.assign(
        since=marks["claim_id"].map(first_days(view)).astype("str"),
        kind=marks["side"].map(actors["kind"]),
        is_expected=marks["side"].isin(expected_actors(view.whole)),
        utterances=marks["side"].map(heard).astype("int64"),
    )


def marks_by_date(view: View) -> pd.DataFrame:
    """Return the rows of `positions_by_day` with the columns up to `is_first`."""
    claims = placed(view)
    is_dismissal = (claims["position"] == DENIES) & (claims["stance"] == "dismisses")
    position = claims["position"].mask(is_dismissal, DISMISSES).replace([DENIES, BOUNDS], NOT_SO)
    has_row = position.isin(DRAWN) & ~claims["question_id"].isin(NO_ROW)
    claims = claims.assign(position=position)[has_row]
    is_contrary = claims["position"].isin(CONTRARY)
    ranked = sort_by_keys(
        claims.assign(is_contrary=is_contrary),
        question=claims["question_id"].map(code_order(view.whole, "question")),
        side=claims["side"].map(actor_order(view.whole)),
        latest=claims["latest"],
        earliest=claims["earliest"].fillna(NO_START),
        when=claims["when"],
        position=claims["position"].map(DRAWN.index),
        is_not_in_words=claims["rests_on"] != WORDS,
    )
    date = ["question_id", "side", "when"]
    furthest = ranked.drop_duplicates([*date, "is_contrary"])
    is_contradicted = furthest.duplicated(date, keep=False)
    is_drawn = ~is_contradicted | (furthest["position"] != LEAVES_OPEN)
    marks = furthest.loc[is_drawn, MARK.split()].reset_index(drop=True)
    return marks.assign(is_first=~marks.duplicated(["question_id", "side", "position"]))


def positions_taken(marks: pd.DataFrame) -> pd.DataFrame:
    """Return one row a position that a side holds on a question, from `positions_by_day`.

    A side that says so calls nothing likely besides, and leaves open only what it says nothing else
    of. Columns: those of `positions_by_day`, of its first mark with the position, and `certainty`
    ("certain" if any of these marks is).
    """
    is_certain = marks["certainty"] == "certain"
    keys = [marks[name] for name in ("question_id", "side", "position")]
    taken = marks[marks["is_first"]].assign(
        certainty=is_certain.groupby(keys)
        .transform("any")
        .map({True: "certain", False: "possible"})
    )
    path = taken["question_id"] + " " + taken["side"]
    says_so = set(path[taken["position"] == SAYS_SO])
    says_more = set(path[taken["position"] != LEAVES_OPEN])
    is_less = (taken["position"] == SAYS_LIKELY) & path.isin(says_so)
    is_less |= (taken["position"] == LEAVES_OPEN) & path.isin(says_more)
    return taken[~is_less]


def position_tallies(view: View) -> pd.DataFrame:
    """Return one row a question on which somebody takes a position, in the order of the chart.

    Questions on which most sides say so come first, then those with most of these sides in common
    with the first, then as in the vocabulary; its first question is the last. Columns: question_id,
    is_title (whether it is that question), is_to_come (whether it is of what is to come alone),
    says_so, says_likely, not_so, dismisses and leaves_open (how many sides certainly hold the
    position), says_so_possible, says_likely_possible, not_so_possible, dismisses_possible and
    leaves_open_possible (how many possibly do besides) and `said_by`: who says so, counting what is
    only reported, rests on a paraphrase, or entails it ("nobody"; "others": no government or
    organisation of states; "governments_likely": one of these calls it likely, and none says so;
    "governments").
    """
    marks = marks_by_date(view)
    taken = positions_taken(marks)
    title = next(iter(view.whole.labels("question")), "")
    heard = [code for code in view.whole.labels("question") if code in set(marks["question_id"])]
    if title and not marks.empty and title not in heard:
        heard.insert(0, title)
    so = grouped(taken[taken["position"] == SAYS_SO], "question_id", "side")
    others = {code: set(so.get(code, ())) for code in heard if code != title}
    questions = [*ranked_by_sides(others), *[title] * (title in heard)]
    names = [name for position in DRAWN for name in (position, f"{position}_possible")]
    kinds = taken["position"].mask(taken["certainty"] != "certain", taken["position"] + "_possible")
    counts = pd.crosstab(taken["question_id"], kinds).reindex(questions, fill_value=0)
    found = counts.reindex(columns=names, fill_value=0).reset_index()
    found.insert(1, "is_title", found["question_id"] == title)
    found.insert(2, "is_to_come", found["question_id"].isin(questions_to_come(view.whole)))
    return found.assign(said_by=[_affirmed_by(view, code) for code in questions])


def _affirmed_by(view: View, question: str) -> str:
    """Return who says, or says what entails, that something of a question is so, or likely.

    What is only reported, or rests on a paraphrase alone, counts as well; an outlet's own words do
    not.
    """
    contents, propositions = contents_and_propositions(view, question)
    claims = view.statements
    is_made = ~claims["is_outlet_voice"] & claims["makes_claim"] & claims["content"].isin(contents)
    said = claims[is_made & claims["proposition_id"].isin(propositions)]
    kinds = actor_kinds(view.whole)
    of_governments = said[said["side"].map(kinds).isin(GOVERNMENTS)]
    if of_governments.empty:
        return "nobody" if said.empty else "others"
    is_firm = (of_governments["stance"] == ASSERTING[0]).any()
    return "governments" if is_firm else "governments_likely"
