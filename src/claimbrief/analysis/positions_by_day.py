"""What each side said on each question, day by day; who holds which position; when much changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from claimbrief.analysis.answers_by_side import DISMISSES, NOT_SO
from claimbrief.analysis.days import first_days
from claimbrief.analysis.evidence import citations
from claimbrief.analysis.positions import (
    contents_and_propositions,
    placed,
    positions_by_question,
    questions_to_come,
    ranked_by_sides,
    turns,
)
from claimbrief.analysis.provenance import public_status
from claimbrief.dataset import NO_QUESTION, OFFICIAL
from claimbrief.lookups import (
    actor_kinds,
    actor_order,
    code_order,
    expected_actors,
    grouped,
    sort_by_keys,
)
from claimbrief.statements import ASSERTING, DENYING, NOT_YET, WORDS
from claimbrief.view import (
    BOUNDS,
    DENIES,
    LEAVES_OPEN,
    NO_START,
    SAYS_LIKELY,
    SAYS_SO,
    View,
    bounds_of,
)

DRAWN = (SAYS_SO, SAYS_LIKELY, NOT_SO, DISMISSES, LEAVES_OPEN)  # the furthest first
CONTRARY = (NOT_SO, DISMISSES)
MARK = "question_id side when earliest latest certainty position stance claim_id "
MARK += "speaker stance_label proposition bare_quote is_taken_back is_partial"
PUBLISHED, TURNED, NOT_SO_YET, SAID_NOT_SO, FIRST_DENIAL = (
    "published", "turned", "not_yet", "not_so", "first_denial",
)  # fmt: skip
DAYS_APART = 3  # a day of turns is so many days at least from any other turning point
POINT = ["kind", "first", "last", "question_id", "sides", "count", "speakers"]


def positions_by_day(view: View) -> pd.DataFrame:
    """Return one row per mark: a side's position on a question on one day, or in one range of days.

    Columns: question_id, side, when, earliest, latest, certainty, position ("says_so";
    "says_likely"; "not_so": that it, or a part of it, is not so, or not yet; "dismisses";
    "leaves_open"), stance, claim_id, speaker, stance_label, proposition, bare_quote, is_taken_back
    (whether the side later took it back), is_partial (whether it denies a part alone), is_first
    (whether it is the side's first with this position on the question), since (the first day,
    YYYY-MM-DD, by which the claim is, or may be, in view), is_expected, kind (of the side; code)
    and utterances (how many the side made that count). What is foretold is left out, but on a
    question of what is to come alone. Of a day the claim that commits its speaker the furthest
    counts, and beside it what the side says is not so. By question, side and date.
    """
    marks = marks_by_date(view)
    counted = view.statements[view.statements["is_counted"]]
    heard = counted.groupby("side")["utterance_id"].nunique()
    return marks.assign(
        since=marks["claim_id"].map(first_days(view)).astype("str"),
        is_expected=marks["side"].isin(expected_actors(view.whole)),
        kind=marks["side"].map(actor_kinds(view.whole)).astype("str"),
        utterances=marks["side"].map(heard).astype("int64"),
    )


def marks_by_date(view: View) -> pd.DataFrame:
    """Return the rows of `positions_by_day` with the columns up to `is_first`."""
    claims = placed(view)
    is_dismissal = (claims["position"] == DENIES) & (claims["stance"] == "dismisses")
    position = claims["position"].mask(is_dismissal, DISMISSES).replace([DENIES, BOUNDS], NOT_SO)
    has_row = position.isin(DRAWN) & ~claims["question_id"].isin(NO_QUESTION)
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
    """Return one row per position that a side holds on a question, from `positions_by_day`.

    A side holds no position that it has taken back. To say so rules out calling it likely; any
    other position rules out leaving it open. Columns: those of `positions_by_day`, of its
    first mark with the position, and `certainty` ("certain" if any of these marks is).
    """
    marks = marks[~marks["is_taken_back"]]
    position = ["question_id", "side", "position"]
    is_certain = (marks["certainty"] == "certain").groupby([marks[name] for name in position])
    certainty = is_certain.transform("any").map({True: "certain", False: "possible"})
    taken = marks.assign(certainty=certainty).drop_duplicates(position)
    path = taken["question_id"] + " " + taken["side"]
    says_so = set(path[taken["position"] == SAYS_SO])
    says_more = set(path[taken["position"] != LEAVES_OPEN])
    is_less = (taken["position"] == SAYS_LIKELY) & path.isin(says_so)
    is_less |= (taken["position"] == LEAVES_OPEN) & path.isin(says_more)
    return taken[~is_less]


def position_tallies(view: View) -> pd.DataFrame:
    """Return one row per question on which somebody takes a position, in the order of the chart.

    Questions on which most sides say so come first, then those with most of these sides in common
    with the first, then as in the vocabulary; its first question is the last. Columns: question_id,
    is_title (whether it is that question), is_to_come (whether it is of what is to come alone),
    says_so, says_likely, not_so, dismisses and leaves_open (how many sides certainly hold the
    position), says_so_possible, says_likely_possible, not_so_possible, dismisses_possible and
    leaves_open_possible (how many possibly do besides) and `said_by`: who says so, counting what is
    only reported, rests on a paraphrase, or entails it ("nobody"; "others": no government or
    organisation of states, though some take a position on some question; "anybody": the same where
    none does; "governments_likely": one of these calls it likely, and none says so; "governments").
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
    is_made &= ~claims["is_taken_back"]
    said = claims[is_made & claims["proposition_id"].isin(propositions)]
    kinds = actor_kinds(view.whole)
    of_governments = said[said["side"].map(kinds).isin(OFFICIAL)]
    if of_governments.empty:
        are_heard = positions_by_question(view)["kind"].isin(OFFICIAL).any()
        return "nobody" if said.empty else "others" if are_heard else "anybody"
    is_firm = (of_governments["stance"] == ASSERTING[0]).any()
    return "governments" if is_firm else "governments_likely"


def turning_points(view: View) -> pd.DataFrame:
    """Return one row per turning point, at most three, by date.

    These are the day on which most items of evidence became public; the last days in a row on which
    somebody said of the first question that it is not so, or not yet; the day on which most sides
    came from leaving a question open to saying so, at least DAYS_APART days from the others; where
    there are none of these, the day of the first denial. In a tie the earliest day counts. Only
    what is certain and of a known day of the window is a turning point. Columns: kind ("published",
    "not_yet", "not_so", "turned", "first_denial"), first and last (days, as datetimes),
    question_id ("" of "published" and of turns on several questions), sides (list of ids), count
    (of items, or of sides) and speakers (list: of those who say not so, or not yet; else empty).
    """
    marks = marks_by_date(view)
    known = _of_a_known_day(view, marks[marks["certainty"] == "certain"])
    points = [*_published(view), *_contradicted(view, known)]
    points += _turned(view, points)
    points = points or _first_denial(known)
    frame = pd.DataFrame(points, columns=POINT)
    return frame.sort_values(["last", "first"], kind="stable").reset_index(drop=True)


def _of_a_known_day(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose bounds leave a single day of the window, up to the brief's day."""
    last = pd.Timestamp(min(view.at.as_of, view.at.window_end))
    is_inside = rows["latest"].between(pd.Timestamp(view.at.window_start), last)
    return rows[(rows["earliest"] == rows["latest"]) & is_inside]


def _point(kind: str, rows: pd.DataFrame, question_id: str = "") -> dict[str, Any]:
    """Return a turning point of the days and sides of these rows, without speakers."""
    days, sides = rows["latest"], rows["side"].unique().tolist()
    values = (kind, days.min(), days.max(), question_id, sides, len(sides), list[str]())
    return dict(zip(POINT, values, strict=True))


def _published(view: View) -> list[dict[str, Any]]:
    """Return the day on which most items became public, with the sides that offered them."""
    status = public_status(view)
    public = status[status["certainty"] == "certain"].join(bounds_of(status["when"]))
    public = public.sort_values("latest", kind="stable").drop_duplicates("evidence_id")
    public = _of_a_known_day(view, public)
    if public.empty:
        return []
    counts = public.groupby("latest").size()
    items = public[public["latest"] == counts.idxmax()]
    links, side_of = citations(view), view.base.lookups.sides
    offers = links[links["relation"] == "offers"].drop_duplicates("evidence_id")
    holders = view.whole.evidence.set_index("evidence_id")["holder"].map(side_of)
    owners = pd.concat([holders, offers.set_index("evidence_id")["side"]])
    items = items.assign(side=items["evidence_id"].map(owners.groupby(level=0).last()))
    items = sort_by_keys(items, place=items["side"].map(actor_order(view.whole)))
    return [_point(PUBLISHED, items) | {"count": len(items)}]


def _contradicted(view: View, known: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the last days in a row on which sides said of the first question that it is not so."""
    first = next(iter(view.whole.labels("question")), "")
    contrary = known[(known["question_id"] == first) & (known["position"] == NOT_SO)]
    contrary = contrary[~contrary["is_partial"]]
    if contrary.empty:
        return []
    days = set(contrary["latest"])
    start = max(days)
    while start - timedelta(1) in days:
        start -= timedelta(1)
    last = contrary[contrary["latest"] >= start].sort_values("latest", kind="stable")
    kind = NOT_SO_YET if (last["stance"] == NOT_YET).all() else SAID_NOT_SO
    return [_point(kind, last, first) | {"speakers": last["speaker"].unique().tolist()}]


def _turned(view: View, points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the day on which most sides came from leaving a question open to saying so."""
    found = turns(view)
    is_gain = (found["from_position"] == LEAVES_OPEN) & (found["position"] == SAYS_SO)
    found = found[is_gain & found["is_ordered"].astype(bool)]
    found = found.drop_duplicates(["side", "question_id"])
    found = _of_a_known_day(view, found[found["certainty"] == "certain"])
    apart = pd.Timedelta(days=DAYS_APART)
    for point in points:
        is_near = found["latest"].between(point["first"] - apart, point["last"] + apart, "neither")
        found = found[~is_near]
    if found.empty:
        return []
    counts = found.groupby("latest")["side"].nunique()
    those = found[found["latest"] == counts.idxmax()]
    questions = those["question_id"].unique()
    return [_point(TURNED, those, questions[0] if len(questions) == 1 else "")]


def _first_denial(known: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the day of the first denial of anything; that something is not so yet is none."""
    denials = known[known["stance"].isin(DENYING)]
    first = denials[denials["latest"] == denials["latest"].min()]
    return [] if first.empty else [_point(FIRST_DENIAL, first)]
