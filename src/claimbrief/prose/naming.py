"""How the sentences of the front name who says what, and which case of an answer holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from claimbrief.analysis.findings import Findings
from claimbrief.analysis.positions import ranked_by_sides, sides_with
from claimbrief.captions import first_that_fits
from claimbrief.context import Context
from claimbrief.dataset import NO_QUESTION, OFFICIAL, each_row
from claimbrief.limits import truncated
from claimbrief.links import cite, claim_link, may, quoted
from claimbrief.lookups import grouped, sort_by_keys
from claimbrief.statements import WORDS
from claimbrief.texts import Run, Text, joined, text
from claimbrief.view import SAYS_SO
from claimbrief.wording import bracketed, counted, number

LONGEST_QUOTE = 20  # words
Case = Literal["nobody", "unquoted", "possibly", "no_government", "not_outright", "some"]


def certain(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of what was certainly said by the day."""
    return rows[rows["certainty"] == "certain"]


def listed_links(links: Sequence[Text], limit: int = 0) -> Text:
    """Return links as a list: "a, b and c"; of more than `limit` the first and how many more."""
    return joined(truncated(links, limit or len(links)), ", ", " and ")


def speaker_links(rows: pd.DataFrame, context: Context, *, has_side: bool = True) -> list[Text]:
    """Return the claims of these rows as they are cited, an utterance once, each name its link."""
    return [
        text(may(row)) + cite(row.claim_id, context, has_side=has_side)
        for row in each_row(rows.drop_duplicates("utterance_id"))
    ]


def speakers_cited(
    rows: pd.DataFrame, context: Context, limit: int = 0, *, has_side: bool = True
) -> Text:
    """Return the claims of these rows as they are cited, as a list; the first of more."""
    return listed_links(speaker_links(rows, context, has_side=has_side), limit)


def sides(rows: pd.DataFrame, context: Context, limit: int = 0, *, has_day: bool = False) -> Text:
    """Return the sides of these rows, each once, as links to its claim; of more than `limit` some.

    Each is called by its name, or with its day: "the US", "the US (23 Oct)".
    """
    links = []
    for row in each_row(rows.drop_duplicates("side")):
        words = short_name(row.side, context)
        if has_day:
            words = bracketed(words, context.short_dated(row.when))
        links.append(text(may(row)) + claim_link(words, row.claim_id))
    return listed_links(links, limit)


def short_name(actor: str, context: Context) -> str:
    """Return an actor's name in a sentence, abbreviated where it can be: "the US"."""
    name, short = context.names[actor], context.abbreviations[actor]
    if name == short:
        return name
    return f"the {short}" if name.startswith("the ") else short


def official_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with governments and organisations first, then what was said last."""
    last_first = rows.sort_values("latest", ascending=False, kind="stable")
    return sort_by_keys(last_first, is_other=~last_first["kind"].isin(OFFICIAL))


def who_say(rows: pd.DataFrame) -> tuple[str, str]:
    """Return how many sides say a thing, and how many others do: ("six governments", "two others").

    The others are those that are neither a government nor an organisation of states.
    """
    kinds = rows.drop_duplicates("side")["kind"]
    governments, organisations = (int((kinds == kind).sum()) for kind in OFFICIAL)
    others = len(kinds) - governments - organisations
    if not governments and not organisations:
        return counted(others, "side"), ""
    if not organisations:
        first = counted(governments, "government")
    elif not governments:
        first = counted(organisations, "international organisation")
    else:
        first = f"{number(governments + organisations)} governments and international organisations"
    return first, counted(others, "other") if others else ""


def ranked_questions(positions: pd.DataFrame, context: Context, first: str) -> list[str]:
    """Return the questions by how many sides certainly say so (see `ranked_by_sides`).

    The first question of the vocabulary (`first`) is left out, and so is a question of which nobody
    says that it is so.
    """
    so = grouped(certain(sides_with(SAYS_SO, positions)), "question_id", "side")
    questions = [code for code in context.questions if code not in (first, *NO_QUESTION)]
    return ranked_by_sides({code: set(so[code]) for code in questions if code in so})


def say(count: int) -> str:
    """Return the verb for this many who say something."""
    return "says" if count == 1 else "say"


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
    who = text(may(row)) + cite(row.claim_id, context)
    return who + text(": ") + quoted(row.quote.rstrip("."))


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
