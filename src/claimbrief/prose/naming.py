"""How the sentences of the front name who says what, and which case of an answer holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Literal

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.captions import first_that_fits
from claimbrief.context import Context
from claimbrief.dataset import CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION, each_row
from claimbrief.links import cite, quoted
from claimbrief.lookups import pairs
from claimbrief.statements import WORDS
from claimbrief.texts import Run, Text, claim_anchor, joined, text
from claimbrief.view import SAYS_SO
from claimbrief.wording import bracketed, counted, number

GOVERNMENT, ORGANISATION = "state", "alliance"  # kinds of actor
OFFICIAL = (GOVERNMENT, ORGANISATION)
LONGEST_QUOTE = 20  # words
NO_QUESTION = (CONTEXT_QUESTION, EVIDENCE_STATE, UNSTATED_QUESTION)
Case = Literal["nobody", "unquoted", "possibly", "no_government", "not_outright", "some"]


def first_of_each(rows: pd.DataFrame, key: str) -> list[Any]:
    """Return the first row of each value of a column, as named tuples in order."""
    first: dict[str, Any] = {}
    for row in each_row(rows):
        first.setdefault(getattr(row, key), row)
    return list(first.values())


def certain(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of what was certainly said by the day."""
    return rows[rows["certainty"] == "certain"]


def listed_links(links: Sequence[Text], limit: int = 0) -> Text:
    """Return links as a list: "a, b and c"; of more than `limit` the first and how many more."""
    if limit and len(links) > limit:
        more = text(f"{number(len(links) - limit)} more")
        return joined([*links[:limit], more], ", ", " and ")
    return joined(list(links), ", ", " and ")


def speaker_links(rows: pd.DataFrame, context: Context, *, has_side: bool = True) -> list[Text]:
    """Return the claims of these rows as they are cited, an utterance once, each name its link."""
    return [
        text("possibly ") * (row.certainty != "certain")
        + cite(row.claim_id, context, has_side=has_side)
        for row in first_of_each(rows, "utterance_id")
    ]


def speakers_cited(
    rows: pd.DataFrame, context: Context, limit: int = 0, *, has_side: bool = True
) -> Text:
    """Return the claims of these rows as they are cited, as a list; the first of more."""
    return listed_links(speaker_links(rows, context, has_side=has_side), limit)


def side(row: Any, context: Context, *, has_day: bool = False) -> Text:
    """Return a side's name as the link to its claim: "the US", "the US (23 Oct)"."""
    words = short_name(row.side, context)
    if has_day:
        words = bracketed(words, context.short_dated(row.when))
    possibly = "" if row.certainty == "certain" else "possibly "
    return text(possibly, Run(words, f"#{claim_anchor(row.claim_id)}"))


def sides(rows: pd.DataFrame, context: Context, limit: int = 0, *, has_day: bool = False) -> Text:
    """Return the sides of these rows as links, each once; of more than `limit` the first."""
    links = [side(row, context, has_day=has_day) for row in first_of_each(rows, "side")]
    return listed_links(links, limit)


def short_name(actor: str, context: Context) -> str:
    """Return an actor's name in a sentence, abbreviated where it can be: "the US"."""
    name, short = context.names[actor], context.abbreviations[actor]
    if name == short:
        return name
    return f"the {short}" if name.startswith("the ") else short


def official_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with governments and organisations first, then what was said last."""
    last_first = sorted(enumerate(rows["latest"]), key=itemgetter(1), reverse=True)
    kinds = rows["kind"].tolist()
    places = [place for place, _ in last_first]
    return rows.iloc[sorted(places, key=lambda place: kinds[place] not in OFFICIAL)]


def who_say(rows: pd.DataFrame) -> tuple[str, str]:
    """Return how many sides say a thing, and how many others do: ("six governments", "two others").

    The others are those that are neither a government nor an organisation of states.
    """
    kinds = [row.kind for row in first_of_each(rows, "side")]
    governments, organisations = (kinds.count(kind) for kind in OFFICIAL)
    others = len(kinds) - governments - organisations
    if not governments and not organisations:
        return counted(others, "side"), ""
    if not organisations:
        first = counted(governments, "government")
    elif not governments:
        first = counted(organisations, "organisation")
    else:
        first = f"{number(governments + organisations)} governments and organisations"
    return first, counted(others, "other") if others else ""


def ranked_questions(positions: pd.DataFrame, context: Context, first: str) -> list[str]:
    """Return the questions by how many sides certainly say so: the most first.

    Of as many, those come first that have most sides in common with the first of all, and then the
    vocabulary's order counts. The first question of the vocabulary (`first`) is left out, and so is
    a question of which nobody says that it is so.
    """
    own: dict[str, set[str]] = {
        question: set()
        for question in context.questions
        if question != first and question not in NO_QUESTION
    }
    so = certain(positions[positions["position"] == SAYS_SO])
    for question, side_id in pairs(so, "question_id", "side"):
        if question in own:
            own[question].add(side_id)
    ranked = sorted((code for code in own if own[code]), key=lambda code: -len(own[code]))
    if not ranked:
        return []
    sides_of_first = own[ranked[0]]
    return sorted(ranked, key=lambda code: (-len(own[code]), -len(own[code] & sides_of_first)))


def verbs_of_denial(rows: pd.DataFrame) -> str:
    """Return what speakers did by these claims: "dismissed", "denied", or "dismissed or denied"."""
    verbs = {"dismisses": "dismissed", "denies": "denied"}
    return " or ".join(verb for stance, verb in verbs.items() if (rows["stance"] == stance).any())


def quotable(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with words of the speaker's own, in the brief's language and not too long."""
    rows = rows[(rows["quote"] != "") & (rows["language"] == "") & (rows["rests_on"] == WORDS)]
    is_short = [len(quote.split()) <= LONGEST_QUOTE for quote in rows["quote"]]
    return rows[pd.Series(is_short, rows.index, dtype=bool)]


def quotation(row: Any, context: Context) -> Text:
    """Return a speaker's words, with the speaker as their link: "Blinken (31 Oct): “Not yet”"."""
    possibly = "" if row.certainty == "certain" else "possibly "
    words = quoted(row.quote.rstrip("."))
    return text(possibly) + cite(row.claim_id, context) + text(": ") + words


def finding(heads: Sequence[str], sentences: Iterable[Text]) -> Text:
    """Return a finding: the first of the heads that is short enough, or the last; its sentences."""
    words: Text = (Run(first_that_fits(*heads), style="strong"),)
    for part in sentences:
        words += text(" ") + part + text(".")
    return words


@dataclass(frozen=True, eq=False)
class Reply:
    """Which of the cases of an answer holds: nobody, possibly somebody, no government, or so many.

    `so` are the claims by which sides certainly say so, and `likely` those by which others call it
    likely, one of a side.
    """

    case: Case
    so: pd.DataFrame
    likely: pd.DataFrame


def reply_of(findings: Findings) -> Reply:
    """Return which case of an answer holds by the day."""
    said = findings.answer.said
    sure = certain(said)
    so = sure[sure["stance"] == "affirms"].drop_duplicates("side")
    likely = sure[~sure["side"].isin(so["side"])].drop_duplicates("side")
    if said.empty:
        return Reply("nobody" if findings.answer.not_counted.empty else "unquoted", so, likely)
    if sure.empty:
        return Reply("possibly", so, likely)
    if so["kind"].isin(OFFICIAL).any():
        return Reply("some", so, likely)
    if likely["kind"].isin(OFFICIAL).any():
        return Reply("not_outright", so, likely)
    if findings.positions["kind"].isin(OFFICIAL).any():
        return Reply("no_government", so, likely)
    return Reply("some" if len(so) else "not_outright", so, likely)
