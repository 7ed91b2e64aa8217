"""How positions moved: each side's path over time, where it turned, and how denials changed.

A side is the topmost body that a speaker belongs to: several speakers of one government are one
path. Only content that stands on the ladder above its lowest step counts, or that the words do
not name; what is foretold or in preparation does not. A path is a sequence of stances, not a
scale: nothing here is added or averaged.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from claimbrief.analysis.statements import statements
from claimbrief.dataset import UNSTATED, each_row
from claimbrief.dates import edtf, order
from claimbrief.view import View

SAYS_SO, SAYS_LIKELY, DENIES, LEAVES_OPEN = "says_so", "says_likely", "denies", "leaves_open"
SAYS = (SAYS_SO, SAYS_LIKELY)
# A statement with several stances stands where it commits itself most.
POSITIONS = {
    "affirms": SAYS_SO,
    "affirms_hedged": SAYS_LIKELY,
    "denies": DENIES,
    "dismisses": DENIES,
}
FIRST = [SAYS_SO, SAYS_LIKELY, DENIES, LEAVES_OPEN]


def stance_paths(view: View) -> pd.DataFrame:
    """Return one row a step of a side's path: what the side said on one day, or in one range.

    Columns: side, when, speaker, certainty, position ("says_so", "says_likely", "denies" or
    "leaves_open": the one of that day that commits most), stance, rung, question_id, proposition,
    told, words, claim_id (of the claim that commits most), claim_ids (list: all of that day on the
    ladder), is_turn (whether the position differs from that of the step before) and is_ordered
    (whether the dates tell that the step before was made before; true for a first step). By side,
    then by date.
    """
    return _paths(view, ["side"])


def question_paths(view: View) -> pd.DataFrame:
    """Return the steps of each side's path on each question: as `stance_paths`, by question too."""
    return _paths(view, ["side", "question_id"])


def _paths(view: View, by: list[str]) -> pd.DataFrame:
    frame = ladder_claims(view)
    columns = (
        "side when speaker certainty position stance rung question_id proposition told words "
        "claim_id claim_ids is_turn is_ordered"
    )
    if frame.empty:
        return pd.DataFrame(columns=columns.split())
    frame = frame.assign(day=[edtf(when) for when in frame["when"]])
    keys = frame.assign(
        place=frame["position"].map(FIRST.index), lower=-frame["rung"].fillna(0).astype(int)
    )
    ranked = frame.loc[keys.sort_values(["place", "lower"], kind="stable").index]
    every = frame.groupby([*by, "day"])["claim_id"].agg(list).to_dict()
    steps = ranked.drop_duplicates([*by, "day"])
    shared = [every[pair] for pair in steps[[*by, "day"]].itertuples(index=False, name=None)]
    steps = steps.assign(claim_ids=pd.Series(shared, steps.index, dtype=object))
    actors = {actor: place for place, actor in enumerate(view.whole.actors["actor_id"])}
    questions = {code: place for place, code in enumerate(view.whole.labels("question"))}
    keys = pd.DataFrame(
        {
            "side": steps["side"].map(actors),
            "question_id": steps["question_id"].map(questions),
            "latest": [when.latest for when in steps["when"]],
            "earliest": [when.earliest or date.min for when in steps["when"]],
        },
        steps.index,
    )
    steps = steps.loc[keys.sort_values([*by, "latest", "earliest"], kind="stable").index]
    before = steps.groupby(by)[["position", "when"]].shift()
    is_first = before["position"].isna()
    ordered = [
        first or order(earlier, later) == "before"
        for first, earlier, later in zip(is_first, before["when"], steps["when"], strict=True)
    ]
    steps = steps.assign(
        is_turn=~is_first & (before["position"] != steps["position"]), is_ordered=ordered
    )
    return steps[columns.split()]


def ladder_claims(view: View) -> pd.DataFrame:
    """Return the counted claims whose content stands on the ladder, or is not named.

    Columns: those of `statements`, and `position`.
    """
    frame = statements(view).query("is_counted")
    above = (frame["rung"] > 0).fillna(False).astype(bool)
    is_unstated = frame["content_role"] == UNSTATED
    kept = frame[(above | is_unstated) & (frame["commitment"] != "NA")]
    return kept.assign(position=kept["stance"].map(POSITIONS).fillna(LEAVES_OPEN))


def turns(view: View) -> pd.DataFrame:
    """Return one row a turn: a side that came to say so, or likely, after not saying so.

    Each question has its own path; a side that said so from the first has no turn on it, and one
    that denies or leaves open another part later does not turn back. Columns: side, question_id,
    from_position, to_position, from_claim (the last with the earlier position), from_since,
    from_until (bounds of the first and last step with it), from_speaker, to_claim, to_when,
    to_speaker, is_ordered. A turn whose order the dates do not tell is in the frame and marked.
    """
    rows = []
    for (side, question), path in question_paths(view).groupby(["side", "question_id"], sort=False):
        earlier, since, began_elsewhere = None, None, False
        for step in each_row(path):
            if earlier is None:
                began_elsewhere = step.position not in SAYS
            elif step.is_turn and step.position in SAYS and began_elsewhere:
                rows.append(
                    {
                        "side": side,
                        "question_id": question,
                        "from_position": earlier.position,
                        "to_position": step.position,
                        "from_claim": earlier.claim_id,
                        "from_since": since,
                        "from_until": earlier.when,
                        "from_speaker": earlier.speaker,
                        "to_claim": step.claim_id,
                        "to_when": step.when,
                        "to_speaker": step.speaker,
                        "is_ordered": step.is_ordered,
                    }
                )
            since = step.when if step.is_turn or earlier is None else since
            earlier = step
    columns = (
        "side question_id from_position to_position from_claim from_since from_until from_speaker "
        "to_claim to_when to_speaker is_ordered"
    )
    return pd.DataFrame(rows, columns=columns.split())


def denial_path(view: View) -> pd.DataFrame:
    """Return one row a counted claim with a level of denial, by date.

    Columns: side, claim_id, speaker, when, certainty, denial, stance, proposition, told, rung,
    words, quote, is_asserting_side (whether the side also says something above the lowest step to
    be so, or likely).
    """
    frame = ladder_claims(view)
    asserting = set(frame.loc[frame["is_assertion"], "side"])
    denied = frame[frame["denial"] != ""]
    columns = "side claim_id speaker when certainty denial stance proposition told rung words quote"
    return denied[columns.split()].assign(is_asserting_side=denied["side"].isin(asserting))
