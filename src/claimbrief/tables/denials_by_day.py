"""What is denied: a row per speaker and day, with the words, what they deny and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from claimbrief.analysis.turns_in_words import (
    DECLINES,
    DENIAL,
    DENIES,
    DENIES_TO_COME,
    DISMISSES,
    DOUBTS,
    EVADES,
    LIMIT,
    SUPPOSES,
)
from claimbrief.blocks import Row, Table
from claimbrief.context import Context
from claimbrief.dataset import UNSTATED_QUESTION, each_row
from claimbrief.limits import name_list, truncated
from claimbrief.links import cite, cites, may, quoted, sentence
from claimbrief.lookups import sort_by_keys
from claimbrief.statements import NOT_YET, REPORT, reportedly
from claimbrief.tables.parts import columns, row_of
from claimbrief.tables.turns_in_words import OURS
from claimbrief.texts import joined, text
from claimbrief.wording import capitalised, counted, listed

DENIALS, ANSWERS = 3, 2  # how many denials, and other answers of those who deny, have a row
QUESTIONS = 1  # on how many questions what is not so yet has a row
SIDES_NAMED = 4
DID = {
    DENIES: "denied it",
    DISMISSES: "dismissed it",
    DENIES_TO_COME: "denied that it will be so",
    DOUBTS: "doubted it",
    NOT_YET: "said not yet",
    EVADES: "neither confirmed nor denied",
    SUPPOSES: "left it open",
    DECLINES: "would not say",
}
DENYING = (DENIES, DISMISSES, DENIES_TO_COME)
AGAINST = (*DENYING, DOUBTS)
# Of these the question is named, of others the proposition beside a quote, which may not name it.
OF_A_QUESTION = (DENIES, DENIES_TO_COME, NOT_YET, EVADES, SUPPOSES, DECLINES)


def denials_by_day(frame: pd.DataFrame, context: Context) -> Table:
    """Return what is denied: a row per speaker and day, then per question what is not so yet.

    Of many denials, those that deny most have a row, doubts last: those that name a claim come
    first, then one per speaker, then each side's first, in its own words before a report. Other
    answers of the same sides are ranked likewise. The first question has a row for what is not so,
    or not yet: each side's last statement, in the words of one.
    """
    denials, limits = (frame[frame["group"] == group] for group in (DENIAL, LIMIT))
    chosen, groups = _chosen(denials), _limits(limits, context)
    cited = _cited(chosen, groups, context)
    return Table(
        block_id="table-denials-by-day",
        caption=text(_caption(denials, limits, context)),
        subtitle=text(_subtitle(chosen, groups)),
        columns=columns({"Who and when": 2.8, "What they did": 1.9, "Words": 4.2, "Claim": 1.8}),
        rows=(
            *(_row(row, context) for row in each_row(chosen)),
            *(_limit_row(group, context) for group in groups),
        ),
        note=text(_note(denials, limits, cited)),
        numbers={
            "denials": int(_is_denying(denials).sum()),
            "other_answers": int((~_is_denying(denials)).sum()),
            "limits": len(limits),
            "sides_dismissing": len(_sides(denials, DISMISSES, context)),
            "sides_denying": len(_sides(denials, DENIES, context)),
        },
    )


def _chosen(denials: pd.DataFrame) -> pd.DataFrame:
    """Return the denials, and the other answers of those sides, that have a row, by date."""
    kind = denials["kinds"].str[0]
    is_against, is_denying = kind.isin(AGAINST), _is_denying(denials)
    own = denials.assign(is_against=is_against, is_report=denials["rests_on"] == REPORT)
    own = own.sort_values("is_report", kind="stable")
    ranked = sort_by_keys(
        denials,
        denies_nothing=~denials["side"].isin(denials.loc[is_denying, "side"]),
        is_unnamed=denials["question_ids"].str[0] == UNSTATED_QUESTION,
        is_doubt=kind == DOUBTS,
        is_repeated=own.duplicated(["speaker", "is_against"]),
        before=own.groupby(["side", "is_against"]).cumcount(),
        kind=kind.map(list(DID).index),
    )
    against, others = (ranked[is_against[ranked.index] == wanted] for wanted in (True, False))
    return pd.concat([against[:DENIALS], others[:ANSWERS]]).sort_index()


def _cited(chosen: pd.DataFrame, groups: Sequence[pd.DataFrame], context: Context) -> set[str]:
    """Return the utterances that the rows cite, by id."""
    claim_ids = [row.claim_ids[0] for group in groups for row in each_row(group)]
    for row in each_row(chosen):
        claim_ids += row.claim_ids[: _claims_quoted(row)]
    return {context.cited[claim_id].utterance_id for claim_id in claim_ids}


def _is_denying(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["kinds"].map(lambda kinds: kinds[0] in DENYING).astype(bool)


def _limits(limits: pd.DataFrame, context: Context) -> list[pd.DataFrame]:
    """Return what is not so yet, or not so, of the first questions: each side's last statement."""
    questions = list(context.questions)
    kinds = limits["kinds"].str[0]
    keys = [limits["question_id"].map(questions.index), kinds != NOT_YET, kinds]
    return [own.drop_duplicates("side", keep="last") for _, own in limits.groupby(keys)][:QUESTIONS]


def _row(row: Any, context: Context) -> Row:
    """Return the row of a speaker's day: the words of what denies, or of the first answer."""
    count = _claims_quoted(row)
    did = [
        f"{DID[kind]}{', with a hedge' if is_hedged and kind in DENYING else ''}"
        for kind, is_hedged in zip(row.kinds[:count], row.is_hedged, strict=False)
    ]
    words = [
        quoted(quote) or text(paraphrase)
        for quote, paraphrase in zip(row.quotes[:count], row.paraphrases[:count], strict=True)
    ]
    of = dict.fromkeys(_of_what(row, place, context) for place in range(count))
    return row_of(
        sentence(text(may(row)) + cites(row.claim_ids[:count], context)),
        reportedly([row.rests_on]) + "; ".join(did),
        joined(words, " "),
        "; ".join(of),
    )


def _limit_row(group: pd.DataFrame, context: Context) -> Row:
    """Return the row of those who say of a question that it is not so yet, in one's words."""
    links = [text(may(row)) + cite(row.claim_ids[0], context) for row in each_row(group)]
    fittest = min(each_row(group), key=lambda row: (row.unfit, -row.latest.timestamp()))
    speaker = text(f"{capitalised(fittest.speaker)}: ") * (len(group) > 1)
    return row_of(
        sentence(joined(truncated(links), ", ", " and ")),
        reportedly(group["rests_on"]) + DID[fittest.kinds[0]] + _how(group),
        speaker + (quoted(fittest.quotes[0]) or text(fittest.paraphrases[0])),
        _of_what(fittest, 0, context),
        tone="limit",
    )


def _how(group: pd.DataFrame) -> str:
    """Return who says with a hedge that it is not so yet, and who is only reported to say so."""
    parts = []
    hedged = group[group["is_hedged"].map(lambda kinds: kinds[0])]
    if len(hedged):
        of = "" if len(hedged) == len(group) else f"{name_list(hedged['speaker'].tolist())} "
        parts.append(f"{of}with a hedge")
    in_words = group[group["rests_on"] != REPORT]
    if 0 < len(in_words) < len(group):
        own = name_list(in_words["speaker"].tolist())
        parts.append(f"only {own} in quoted words")
    return f" ({'; '.join(parts)})" if parts else ""


def _claims_quoted(row: Any) -> int:
    """Return how many claims of a row give its words: those that deny what is so, or the first."""
    return max(sum(kind in (DENIES, DISMISSES) for kind in row.kinds), 1)


def _of_what(row: Any, place: int, context: Context) -> str:
    """Return what is denied: the question, or the proposition where that says more."""
    question_id, kind = row.question_ids[place], row.kinds[place]
    if question_id == UNSTATED_QUESTION:
        return "unspecified accusations"
    is_part = row.group == LIMIT and kind != NOT_YET  # a claim of others, not the question
    if is_part or (row.quotes[place] and kind not in OF_A_QUESTION):
        return str(row.propositions[place])
    return context.question_within(question_id)


def _subtitle(chosen: pd.DataFrame, groups: Sequence[pd.DataFrame]) -> str:
    """Return what the rows are, and whose words stand without quotation marks."""
    others = "" if _is_denying(chosen).all() else ", and what else those sides answered"
    parts = [f"denials by day{others}"] if len(chosen) else []
    parts += ["tinted: “not yet” or “not so” from sides that make claims themselves"] * bool(groups)
    quotes = [quote for row in each_row(chosen) for quote in row.quotes[: _claims_quoted(row)]]
    quotes += ["".join(own["quotes"].str[0]) for own in groups]  # one of them, if any, is printed
    rows = capitalised("; ".join(parts))
    return f"{rows}.{'' if all(quotes) else f' {OURS}'}" if rows else ""


def _caption(denials: pd.DataFrame, limits: pd.DataFrame, context: Context) -> str:
    """Return who dismisses the claims, and who denies them."""
    dismissing, denying, doubting, expecting_nothing = (
        _sides(denials, kind, context) for kind in (DISMISSES, DENIES, DOUBTS, DENIES_TO_COME)
    )
    if dismissing:
        words = f"{_do(dismissing, 'dismiss', 'dismisses')} the claims"
        words += _who_denies(dismissing, denying) + _hedge(denials)
    elif denying:
        words = f"{_do(denying, 'deny', 'denies')} the claims{_hedge(denials)}"
    elif doubting:
        words = f"{_do(doubting, 'doubt', 'doubts')} the claims; nobody denies them"
    elif expecting_nothing:
        say = _do(expecting_nothing, "say", "says")
        words = f"{say} that what is expected will not be so"
    elif unnamed := _without_naming(denials, context):
        words = unnamed
    elif len(limits):
        sides = limits["side"].nunique()
        words = f"nobody denies the claims; {counted(sides, 'side')} "
        words += f"{'says' if sides == 1 else 'say'} not so, or not yet"
    else:
        words = "what is denied"
    return capitalised(words)


def _who_denies(dismissing: Mapping[str, str], denying: Mapping[str, str]) -> str:
    """Return which of the sides that dismiss the claims, or which others, deny them."""
    if not denying:
        return "; nobody denies them outright"
    if set(denying) == set(dismissing):
        return f" and {'denies' if len(denying) == 1 else 'deny'} them"
    also = "also " if set(denying) <= set(dismissing) else ""
    return f"; {_do(denying, f'{also}deny', f'{also}denies')} them"


def _without_naming(denials: pd.DataFrame, context: Context) -> str:
    """Return who dismisses, or denies, accusations that the words do not name."""
    dismissing, denying = (
        _sides(denials, kind, context, is_named=False) for kind in (DISMISSES, DENIES)
    )
    if dismissing:
        return f"{_do(dismissing, 'dismiss', 'dismisses')} unspecified accusations"
    return f"{_do(denying, 'deny', 'denies')} unspecified accusations" if denying else ""


def _sides(
    denials: pd.DataFrame, kind: str, context: Context, *, is_named: bool = True
) -> dict[str, str]:
    """Return the names of the sides that did something, by id, the earliest first.

    `is_named` says whether their words name what they deny.
    """
    certain: dict[str, bool] = {}
    for row in each_row(denials):
        named = dict(zip(row.kinds, row.question_ids, strict=True))
        if kind in named and (named[kind] != UNSTATED_QUESTION) == is_named:
            certain[row.side] = certain.get(row.side, False) or row.certainty == "certain"
    return {
        side: f"{'' if is_certain else 'possibly '}{context.names[side]}"
        for side, is_certain in certain.items()
    }


def _do(sides: Mapping[str, str], several: str, single: str) -> str:
    """Return the sides with a verb: "Velland and Pell call"."""
    return f"{name_list([*sides.values()], SIDES_NAMED)} {single if len(sides) == 1 else several}"


def _hedge(denials: pd.DataFrame) -> str:
    """Return that what is denied has a hedge, if it always has."""
    is_hedged = [
        hedged
        for row in each_row(denials)
        for kind, of, hedged in zip(row.kinds, row.question_ids, row.is_hedged, strict=True)
        if kind == DENIES and of != UNSTATED_QUESTION
    ]
    return ", with a hedge" if is_hedged and all(is_hedged) else ""


def _note(denials: pd.DataFrame, limits: pd.DataFrame, cited: set[str]) -> str:
    """Return how many further utterances deny, or limit, than those that the rows cite."""
    further = _utterances(denials, DENYING) - cited
    bounding = {
        "“not yet”" if kind == NOT_YET else "“not so”": _utterances(limits, [kind]) - cited
        for kind in limits["kinds"].str[0].unique()
    }
    said = sorted((words for words, ids in bounding.items() if ids), reverse=True)
    further_limit, limiting = f"further {' or '.join(said)}", set().union(*bounding.values())
    found = [counted(len(further), "further denial")] if further else []
    found += [counted(len(limiting), further_limit, further_limit)] if limiting else []
    more = f" The record has {listed(found)}." if found else ""
    return f"Neither silence nor “no comment” is a denial.{more}"


def _utterances(rows: pd.DataFrame, kinds: Sequence[str]) -> set[str]:
    """Return the utterances in which speakers did something of these kinds, by id."""
    by_kind = rows[["kinds", "utterance_ids"]].explode(["kinds", "utterance_ids"])
    return set(by_kind.loc[by_kind["kinds"].isin(kinds), "utterance_ids"].explode())
