"""How statements climbed and how denials stood: a claim timeline, a denial register, an order.

The claim ladder orders what would be the case if a proposition were so, not how probable it is.
It and the ladder of denials are two scales; nothing here adds or compares them.
"""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from claimbrief.analysis.statements import ASSERTIONS, statements
from claimbrief.dataset import UNSTATED, each_row
from claimbrief.dates import When, order, parse
from claimbrief.view import View

CLAIMS, OPEN, DENIALS = "claims", "open", "denials"


def claim_timeline(view: View) -> pd.DataFrame:
    """Return one row a mark: one utterance's stance at one step of one ladder.

    Counted claims of one utterance on the same step with the same stance and commitment share a
    mark. A claim with a level of denial stands on the ladder of denials, one that says or calls
    likely on the ladder of claims; one that leaves its content open stands on neither ladder but
    by its stance. What says nothing of people, the lowest step, is context and left out. Columns:
    ladder, step (rung, stance or level; for what is said and stands on no rung its content role),
    utterance_id, side, speaker, stance, commitment, when, outside_date, certainty, claim_ids
    (list), proposition and words (of the first), is_first (whether no mark of the side on that
    step with that stance and commitment is earlier).
    """
    frame = statements(view).query("is_counted")
    frame = frame[(frame["rung"] != 0).fillna(True).astype(bool) | (frame["denial"] != "")]
    is_denial = frame["denial"] != ""
    is_said = frame["stance"].isin(ASSERTIONS)
    rungs = frame["rung"].astype("str").where(frame["rung"].notna(), frame["content_role"])
    ladders = pd.Series(OPEN, frame.index).where(~is_said, CLAIMS).where(~is_denial, DENIALS)
    frame = frame.assign(
        ladder=ladders,
        step=frame["denial"].where(is_denial, rungs.where(is_said, frame["stance"])),
        outside_date=frame["utterance_id"].map(
            view.record.utterances.set_index("utterance_id")["outside_date"]
        ),
    )
    keys = ["ladder", "step", "utterance_id", "stance", "commitment"]
    marks = (
        frame.groupby(keys, sort=False)
        .agg(
            side=("side", "first"),
            speaker=("speaker", "first"),
            when=("when", "first"),
            outside_date=("outside_date", "first"),
            certainty=("certainty", "first"),
            claim_ids=("claim_id", list),
            proposition=("proposition", "first"),
            words=("words", "first"),
        )
        .reset_index()
    )
    kind = ["ladder", "step", "side", "stance", "commitment"]
    return marks.assign(is_first=~marks.duplicated(kind))


def denial_register(view: View) -> pd.DataFrame:
    """Return one row a denial, with the assertions that it may come after.

    Columns: claim_id, speaker, role, when, certainty, outside_when (bounds that another source
    gives, None if none by the day), outside_publisher, denial, stance, commitment, quote,
    paraphrase, proposition, is_content_stated, publisher, glosses (list of pairs: what the outlet
    says is denied, claim id); `before`, `undetermined`, `after`: ids of the assertions made
    before the denial, in an order that cannot be told, and after it; and `if_before`, `if_after`:
    the same if the other source's day is the day.
    """
    frame = statements(view)
    asserted = frame[frame["is_assertion"]]
    roles = view.record.speakers.drop_duplicates("utterance_id").set_index("utterance_id")["role"]
    rows = []
    for claim in each_row(frame[frame["is_denial"]]):
        glosses = frame[frame["renders"] == claim.claim_id]
        kept = [
            "claim_id",
            "speaker",
            "when",
            "certainty",
            "denial",
            "stance",
            "commitment",
            "quote",
            "paraphrase",
        ]
        row = {name: getattr(claim, name) for name in [*kept, "proposition", "publisher"]}
        row |= _outside(view, claim.utterance_id)
        row |= {
            "role": roles[claim.utterance_id],
            "is_content_stated": claim.content_role != UNSTATED,
            "glosses": list(zip(glosses["proposition"], glosses["claim_id"], strict=True)),
        }
        row |= _placed(asserted, claim.when, "")
        if row["outside_when"] is not None:
            row |= _placed(asserted, row["outside_when"], "if_")
        rows.append(row)
    columns = (
        "claim_id speaker role when certainty outside_when outside_publisher denial stance "
        "commitment quote paraphrase proposition is_content_stated publisher glosses before "
        "undetermined after if_before if_after"
    )
    return pd.DataFrame(rows, columns=columns.split())


def _placed(asserted: pd.DataFrame, when: When, prefix: str) -> dict[str, list[str]]:
    """Return the ids of the assertions before a day, after it, and in no order that can be told."""
    orders = [order(said, when) for said in asserted["when"]]
    return {
        f"{prefix}{place}": list(asserted.loc[[one == place for one in orders], "claim_id"])
        for place in ("before", "undetermined", "after")
    }


def _outside(view: View, utterance_id: str) -> dict[str, object]:
    """Return the bounds that another source gives an utterance, and who publishes that source."""
    utterance = view.record.utterances.set_index("utterance_id").loc[utterance_id]
    if not utterance["outside_date"]:
        return {"outside_when": None, "outside_publisher": ""}
    publishers = view.whole.sources.set_index("source_id")["publisher"]
    publisher = publishers[utterance["outside_source_id"]]
    return {"outside_when": parse(utterance["outside_date"]), "outside_publisher": publisher}


def utterance_order(view: View) -> pd.DataFrame:
    """Return one row a pair of utterances: was the first before the second?

    The utterances are those with a counted claim above the lowest rung, with content that is not
    on the ladder, or with a denial. Columns: first, second (utterance ids), order ("before",
    "after" or "undetermined").
    """
    frame = statements(view).query("is_counted")
    is_relevant = frame["rung"].isna() | (frame["rung"] > 0).fillna(False) | frame["is_denial"]
    said = frame[is_relevant].drop_duplicates("utterance_id")
    whens = dict(zip(said["utterance_id"], said["when"], strict=True))
    rows = [
        (first, second, order(whens[first], whens[second]))
        for first in whens
        for second in whens
        if first != second
    ]
    return pd.DataFrame(rows, columns=["first", "second", "order"])


def uncovered_days(view: View) -> pd.DataFrame:
    """Return one row a day of the window that no source can have covered: day.

    A source covers the days up to the last on which it can have been published; the sources are
    those that the brief may use, whether or not they had appeared by its day.
    """
    used = {*view.whole.claims["source_id"], *view.whole.reports["source_id"]}
    used &= set(view.at.sources) or used
    sources = view.record.sources[view.record.sources["source_id"].isin(used)]
    last = max((when.latest for when in sources["when"] if when is not None), default=None)
    start, end = view.at.window_start, view.at.window_end
    days = [start + timedelta(offset) for offset in range((end - start).days + 1)]
    return pd.DataFrame({"day": [day for day in days if last is None or day > last]}, dtype=object)
