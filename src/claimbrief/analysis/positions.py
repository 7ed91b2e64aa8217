"""Where each side stands on each question, since when, and how it moved.

A side is the topmost body that a speaker belongs to: several speakers of one government are one
path. Of a path only what is said of something that is or was so counts, or of what the words do not
name; what is foretold or in preparation does not, nor what rests on a paraphrase alone. A path is a
sequence of stances, not a scale: nothing here is added or averaged.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from claimbrief.dataset import PHASE_TO_COME, Dataset
from claimbrief.lookups import actor_kinds, actor_order, code_order, pairs, sort_by_keys
from claimbrief.statements import SO, TO_COME, WORDS
from claimbrief.view import LEAVES_OPEN, NO_START, POSITIONS, SAYS_LIKELY, SAYS_SO, View, positions

# Beside the positions of a path: what a side says is to come, or calls likely to come.
FORETOLD, LIKELY_TO_COME = "foretold", "likely_to_come"
CITED = [
    "question_id", "position", "side", "claim_id", "utterance_id", "speaker", "when", "earliest",
    "latest", "certainty",
]  # fmt: skip
COLUMNS = [*CITED, "kind", "since", "rests_on", "is_taken_back"]
USED = [
    *CITED, "content", "makes_claim", "rests_on", "commitment", "stance", "is_limit",
    "stance_label", "proposition", "bare_quote", "is_taken_back", "is_partial",
]  # fmt: skip
ASSERTING_POSITIONS = (SAYS_SO, SAYS_LIKELY)
STEP = [
    "side", "question_id", "when", "earliest", "latest", "speaker", "certainty", "position",
    "stance", "stance_label", "proposition", "claim_text", "bare_quote", "claim_id",
]  # fmt: skip


def positions_by_question(view: View) -> pd.DataFrame:
    """Return one row per position of a side on a question: the first claim with it.

    A claim not taken back comes before one that was, one certainly made by the day before one that
    may be later, and on one date the speaker’s own words before others.
    Columns: CITED, of that claim (position: one of those of a path, FORETOLD or LIKELY_TO_COME);
    `kind` of the side (code); `since`, the first day on which any claim of the side with this
    position can have been made; rests_on of that claim; and `is_taken_back`, whether the side has
    taken back all of them. By question, position and date.
    """
    claims, of_side = _claims(view), ["question_id", "position", "side"]
    groups = claims.groupby(of_side, sort=False)
    started = claims["earliest"].fillna(NO_START).groupby([claims[name] for name in of_side])
    claims = claims.assign(place=groups.ngroup(), since=started.transform("min"))
    ranked = sort_by_keys(
        claims,
        is_taken_back=claims["is_taken_back"],
        certainty=claims["certainty"],
        latest=claims["latest"],
        in_others_words=claims["rests_on"] != WORDS,
    )
    first = ranked.drop_duplicates(of_side)
    order = first["question_id"].map(code_order(view.whole, "question"))
    first = first.assign(kind=first["side"].map(actor_kinds(view.whole)), order=order)
    ranked = first.sort_values(["order", "position", "latest", "place"], ignore_index=True)
    return ranked[COLUMNS]


def questions_to_come(dataset: Dataset) -> set[str]:
    """Return the questions that are only of what is to come, as are all their propositions."""
    propositions = dataset.propositions
    is_to_come = propositions["phase"] == PHASE_TO_COME
    return set(propositions["question_id"]) - set(propositions.loc[~is_to_come, "question_id"])


def contents_and_propositions(view: View, question: str) -> tuple[list[str], set[str]]:
    """Return the contents and the propositions of claims that say yes to a question.

    The propositions are its own and all that entail one of them. On a question only of what is to
    come, to say that it is to come is to say so; on others what is to come says nothing.
    """
    propositions = view.whole.propositions
    own = propositions[propositions["question_id"] == question]
    contents = [SO, TO_COME]
    if question not in questions_to_come(view.whole):
        own, contents = own[own["phase"] != PHASE_TO_COME], [SO]
    wanted = set(own["proposition_id"])
    entailed = view.base.lookups.entailments
    return contents, {key for key, follows in entailed.items() if follows & wanted}


def sides_with(position: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a position, by date; LEAVES_OPEN: of sides with no other position.

    What a side has taken back is no position of it any more. Who says so is not among those who
    call it likely, and the same holds of forecasts. `rows` are rows of `positions_by_question` of
    one question.
    """
    rows = rows[~rows["is_taken_back"]]
    found = rows[rows["position"] == position]
    if position == LEAVES_OPEN:
        has_more = rows.loc[~rows["position"].isin([LEAVES_OPEN, FORETOLD, LIKELY_TO_COME]), "side"]
        return found[~found["side"].isin(has_more)]
    if firmer := {SAYS_LIKELY: SAYS_SO, LIKELY_TO_COME: FORETOLD}.get(position):
        return found[~found["side"].isin(rows.loc[rows["position"] == firmer, "side"])]
    return found


def ranked_by_sides(sides: Mapping[str, set[str]]) -> list[str]:
    """Return questions by how many sides say so on them, the most first.

    In a tie, those that share most sides with the first question come first; then the order of
    `sides` counts.
    """
    ranked = sorted(sides, key=lambda code: -len(sides[code]))
    of_first = sides[ranked[0]] if ranked else set()
    return sorted(ranked, key=lambda code: (-len(sides[code]), -len(sides[code] & of_first)))


def first_left_open(rows: pd.DataFrame) -> list[str]:
    """Return the sides that say so on a question and had certainly left it open before.

    They had left it open before anything by which they say so, or call it likely, can have been
    said. `rows` are rows of `positions_by_question` of one question.
    """
    certain = rows[(rows["certainty"] == "certain") & ~rows["is_taken_back"]]
    opened = dict(pairs(certain[certain["position"] == LEAVES_OPEN], "side", "latest"))
    says = rows[rows["position"].isin([SAYS_SO, SAYS_LIKELY])].groupby("side")["since"].min()
    so = certain.loc[certain["position"] == SAYS_SO, "side"]
    return [side for side in so if side in opened and opened[side] < says[side]]


def _claims(view: View) -> pd.DataFrame:
    """Return the claims that take a position on a question, and those that foretell."""
    claims = placed(view)
    is_foretold = claims["makes_claim"] & (claims["content"] == TO_COME)
    is_foretold &= ~claims["question_id"].isin(questions_to_come(view.whole))
    is_likely = positions(claims["stance"], claims["is_limit"]) == SAYS_LIKELY
    position = claims["position"].mask(is_foretold, FORETOLD)
    position = position.mask(is_foretold & is_likely, LIKELY_TO_COME)
    return claims[[*CITED, "rests_on", "is_taken_back"]].assign(position=position)[position != ""]


def placed(view: View) -> pd.DataFrame:
    """Return the counted claims that rest on more than a paraphrase, with their `position`.

    On a question of what is to come alone, what denies or leaves that open takes a position too.
    """
    claims = view.statements
    claims = claims.loc[claims["is_grounded"], USED]
    is_answer = claims["question_id"].isin(questions_to_come(view.whole))
    is_answer &= claims["commitment"] != "NA"
    position = positions(claims["stance"], claims["is_limit"])
    return claims.assign(position=claims["position"].mask(is_answer, position))


def stance_paths(view: View) -> pd.DataFrame:
    """Return one row per step of a path: what was said on one day, or in one range of days.

    Columns: STEP, of the claim of that day that commits its speaker the furthest (side,
    question_id, when, earliest, latest, speaker, certainty, position: "says_so", "says_likely",
    "limits", "denies" or "leaves_open", stance, stance_label, proposition, claim_text, bare_quote
    and claim_id), `claim_ids` (list: all of that day that count), `is_turn` (whether the position
    differs from that of the step before) and `is_ordered` (whether the dates tell that the step
    before was made before; true for a first step). By side and date.
    """
    return _steps(view, ["side"])[[*STEP, "claim_ids", "is_turn", "is_ordered"]]


def _steps(view: View, by: list[str]) -> pd.DataFrame:
    """Return the frame `stance_paths` with `from_position`, that of the step before ("": none).

    `by` says whose path: a side's, or with "question_id" a side's on each question.
    """
    claims = view.statements[view.statements["position"] != ""]
    questions = code_order(view.whole, "question")
    places = {"side": actor_order(view.whole), "question_id": questions}
    date = [*by, "when"]
    ids = claims.groupby(date)["claim_id"].agg(list).rename("claim_ids")
    furthest = sort_by_keys(
        claims[STEP],
        **{name: claims[name].map(places[name]) for name in by},
        latest=claims["latest"],
        earliest=claims["earliest"].fillna(NO_START),
        when=claims["when"],
        position=claims["position"].map(POSITIONS.index),
        is_not_in_words=claims["rests_on"] != WORDS,
        question=claims["question_id"].map(questions),
    ).drop_duplicates(date)
    steps = furthest.join(ids, on=date).reset_index(drop=True)
    before = steps.groupby(by)[["position", "latest"]].shift()
    is_first = before["position"].isna()
    return steps.assign(
        from_position=before["position"].fillna(""),
        is_turn=~is_first & (before["position"] != steps["position"]),
        is_ordered=is_first | (before["latest"] < steps["earliest"]),
    )


def turns(view: View) -> pd.DataFrame:
    """Return one row per turn: a side that came to say so, or likely, after not saying so.

    Each question has its own path; a side that said so from the first has no turn on it, and a side
    that denies or leaves open another part later does not turn back. Columns: those of
    `stance_paths`, and from_position. A turn whose order the dates do not tell is in the frame and
    marked.
    """
    path = ["side", "question_id"]
    steps = _steps(view, path)
    began = steps.groupby(path)["position"].transform("first")
    is_gain = steps["position"].isin(ASSERTING_POSITIONS) & ~began.isin(ASSERTING_POSITIONS)
    return steps[steps["is_turn"] & is_gain]


def denying_statements(view: View) -> pd.DataFrame:
    """Return the statements with a level of denial of sides that deny, dismiss or doubt something.

    By date. A side that only will not say is left out, and so is what bounds a claim that the side
    itself makes.
    """
    claims = view.statements
    is_levelled = (claims["position"] != "") & (claims["denial"] != "") & ~claims["is_limit"]
    is_denying = is_levelled & (claims["is_denial"] | (claims["stance"] == "questions"))
    return claims[is_levelled & claims["side"].isin(claims.loc[is_denying, "side"])]
