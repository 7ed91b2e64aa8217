"""In their own words: who moved, with what a side said before and after, and what is denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from claimbrief.analysis.positions import denying_statements
from claimbrief.in_view import NO_END
from claimbrief.lookups import rows_by
from claimbrief.statements import DENYING, HEDGED, NOT_YET, TO_COME, UNSTATED, WORDS
from claimbrief.view import BOUNDS, NO_START, POSITIONS, SAYS_LIKELY, SAYS_SO, View

LONGEST_QUOTE = 35  # words; a longer quote stands only where there is no shorter one
CAME_TO_SAY_SO, TOOK_BACK, SOFTENED = "came_to_say_so", "took_back", "softened"
# How openly a claim leaves something open, the most openly first.
OPENLY = ("cannot_confirm", "holds_possible", "questions", "declines", "notes_reports", "supposes")
NO_DENIAL = ("D-1", "D0")  # levels of answers that deny nothing
CITED = ["claim_id", "position", "stance", "denial", "when", "certainty", "quote", "paraphrase"]
DENIAL, LIMIT = "denial", "limit"
DENIES, DISMISSES, DENIES_TO_COME, DOUBTS = "denies", "dismisses", "denies_to_come", "questions"
EVADES, SUPPOSES, DECLINES = "D-1", "supposes", "D0"
# What a speaker did: what denies most comes first; of what denies nothing, what says most.
KINDS = (DENIES, DISMISSES, DENIES_TO_COME, DOUBTS, NOT_YET, EVADES, SUPPOSES, DECLINES)
OF_FIRST = ["side", "speaker", "when", "certainty", "latest", "rests_on", "question_id"]
DENIAL_COLUMNS = ["group", *OF_FIRST, "unfit", "kinds", "is_hedged", "claim_ids", "question_ids"]
DENIAL_COLUMNS += ["propositions", "quotes", "paraphrases", "utterance_ids"]


def turns_in_words(view: View) -> pd.DataFrame:
    """Return one row per move of a side: a claim before it and a claim after it.

    `kind` tells which: CAME_TO_SAY_SO, a side that first left a question open, called it likely or
    denied it, and later said so; TOOK_BACK, a side that said so, or called it likely, and later
    denied or dismissed the same; SOFTENED, a side without such a claim that denied or dismissed
    one that its words name, and on a later day would not say. Only moves in a known order are
    here. By kind and date. Columns: kind, side, question_id; of the claim before the move
    before_claim_id, before_position, before_stance, before_denial, before_when (EDTF),
    before_certainty, before_quote ("" where the quote does not carry the claim by itself or is in
    another language) and before_paraphrase; of the claim after it after_claim_id, after_position,
    after_stance, after_denial, after_when, after_certainty, after_quote and after_paraphrase;
    saying_so (how many sides say so on the question; 0 for another kind), and again_claim and
    again_stance (of what softened, the first denial after that; else "").
    """
    rows = [*_came_to_say_so(view), *_took_back(view), *_softened(view)]
    cited = [f"{part}_{name}" for part in ("before", "after") for name in CITED]
    columns = ["kind", "side", "question_id", *cited, "saying_so", "again_claim", "again_stance"]
    return pd.DataFrame(rows, columns=columns)


def _came_to_say_so(view: View) -> Iterator[dict[str, Any]]:
    """Yield the moves of sides that did not say so on a question at first, by date."""
    claims = view.statements[view.statements["position"] != ""]
    is_so = (claims["position"] == SAYS_SO) & ~claims["is_taken_back"]
    saying_so = claims[is_so].groupby("question_id")["side"].nunique().to_dict()
    moves = []
    for own in rows_by(claims, "side", "question_id").values():
        so = [claim for claim in own if claim.position == SAYS_SO and not claim.is_taken_back]
        start = min((_start(claim) for claim in so), default=NO_START)
        before = [claim for claim in own if claim.latest < start]
        if before and so:
            first = [claim for claim in so if claim.when == so[0].when]
            moves.append((_before(before), min(first, key=unfit)))
    for before, after in sorted(moves, key=lambda move: move[1].latest):
        count = saying_so[after.question_id]
        yield _move(CAME_TO_SAY_SO, before, after) | {"saying_so": count}


def _start(claim: Any) -> pd.Timestamp:
    """Return the first day on which a claim can have been made."""
    return NO_START if pd.isna(claim.earliest) else claim.earliest


def _before(claims: Sequence[Any]) -> Any:
    """Return the claim to quote from before a side said so, with its first position.

    Of those fit to print, the most openly worded; in a tie, the last; on one day, the shortest.
    """
    days = groupby(claims, key=lambda claim: claim.when)
    position = min((claim.position for claim in next(days)[1]), key=POSITIONS.index)
    own = [claim for claim in claims if claim.position == position]

    def rank(claim: Any) -> tuple[int, int, float, int]:
        openly = OPENLY.index(claim.stance) if claim.stance in OPENLY else len(OPENLY)
        return unfit(claim), openly, -claim.latest.timestamp(), len(claim.quote)

    return min(own, key=rank)


def unfit(claim: Any) -> int:
    """Return how unfit a claim is to be quoted: 0 or 1 (too long) has a quote to print."""
    if claim.rests_on != WORDS:
        return 3
    if claim.language:
        return 2
    return int(len(claim.quote.split()) > LONGEST_QUOTE)


def quote_to_print(claim: Any) -> str:
    """Return the quote of a claim that it carries by itself, in the dataset's language; else ""."""
    return str(claim.quote) if unfit(claim) <= 1 else ""


def _move(kind: str, before: Any, after: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": kind, "side": after.side, "question_id": after.question_id}
    for part, claim in (("before", before), ("after", after)):
        row |= {f"{part}_{name}": getattr(claim, name) for name in CITED}
        row[f"{part}_quote"] = quote_to_print(claim)
    return row | {"saying_so": 0, "again_claim": "", "again_stance": ""}


def _took_back(view: View) -> Iterator[dict[str, Any]]:
    """Yield the moves of sides that took back what they had said, each denial once."""
    claims, follows = view.statements, view.base.lookups.entailments
    sides = claims.loc[claims["is_taken_back"] & (claims["position"] != ""), "side"]
    for own in rows_by(claims[claims["side"].isin(sides)], "side").values():
        denying = [claim for claim in own if claim.is_denial or claim.is_limit]
        contrary = [it for it in denying if it.stance in DENYING and it.certainty == "certain"]
        moves: dict[str, dict[str, Any]] = {}
        taken_back = [claim for claim in own if claim.is_taken_back and claim.position]
        for before in sorted(taken_back, key=lambda claim: POSITIONS.index(claim.position)):
            entailed = follows[before.proposition_id]
            same = (claim for claim in contrary if claim.proposition_id in entailed)
            after = next(claim for claim in same if before.latest < _start(claim))
            moves.setdefault(after.claim_id, _move(TOOK_BACK, before, after))
        yield from moves.values()


def _softened(view: View) -> Iterator[dict[str, Any]]:
    """Yield the moves of sides that denied, or doubted, and on a later day only would not say.

    Who says so, or calls it likely, on that day or before it, did not leave it there.
    """
    claims = view.statements
    asserting = claims[claims["position"].isin([SAYS_SO, SAYS_LIKELY])]
    first_said = asserting.groupby("side")["earliest"].min().to_dict()
    for own in rows_by(denying_statements(view), "side").values():
        denials = [it for it in own if it.denial not in NO_DENIAL and it.content != UNSTATED]
        days = [list(day) for _, day in groupby(own, key=lambda claim: claim.when)]
        for day in days if denials else ():
            is_later = denials[0].latest < min(map(_start, day))
            is_later &= not first_said.get(day[0].side, NO_END) <= day[0].latest
            if is_later and all(claim.denial in NO_DENIAL for claim in day):
                after = [claim for claim in denials if _start(claim) > day[0].latest]
                move = _move(SOFTENED, denials[0], min(day, key=unfit))
                if after:
                    move |= {"again_claim": after[0].claim_id, "again_stance": after[0].stance}
                yield move
                break


def denials_by_day(view: View) -> pd.DataFrame:
    """Return one row per speaker and day: what was denied, and in which words.

    `group` is DENIAL, for sides that make no such claim themselves, with the days on which they
    doubted it, spoke of it with an “if” or would not say; or LIMIT, for what a side that makes
    claims says is not so, or not yet: there a question and a kind have a row of their own. By group
    and date. Columns: group, side, speaker, when (EDTF), certainty, latest, rests_on, unfit (how
    unfit to be quoted) and question_id (of the first claim), and lists of the same length with an
    item for each of KINDS that the speaker did: kinds, is_hedged (whether all claims of the kind
    have a hedge), and of the claim chosen for it claim_ids, question_ids, propositions, quotes (""
    where it is not to be quoted) and paraphrases; and utterance_ids (a list of all utterances in
    which the speaker did it). Of several claims of a kind that one is chosen whose words name what
    is denied.
    """
    claims = view.statements
    is_answer = claims["is_denial"] | claims["claim_id"].isin(denying_statements(view)["claim_id"])
    is_supposed = (claims["stance"] == SUPPOSES) & (claims["position"] != "")
    is_answer |= is_supposed & claims["side"].isin(claims.loc[is_answer, "side"])
    rows = [
        *_rows(DENIAL, claims[is_answer]),
        *_rows(LIMIT, claims[claims["position"] == BOUNDS], "question_id", "kind"),
    ]
    return pd.DataFrame(rows, columns=DENIAL_COLUMNS)


def _rows(group: str, claims: pd.DataFrame, *also_by: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each speaker and day (and what else), by date, with a claim for each kind."""
    kinds = claims.assign(kind=_kinds(claims))
    for said in rows_by(kinds, "speaker", "side", "when", *also_by).values():
        by_kind = {kind: [claim for claim in said if claim.kind == kind] for kind in KINDS}
        done = {kind: own for kind, own in by_kind.items() if own}
        first, *_ = cited = [min(own, key=_vagueness) for own in done.values()]
        yield {
            "group": group,
            **{name: getattr(first, name) for name in OF_FIRST},
            "unfit": unfit(first),
            "kinds": list(done),
            "is_hedged": [all(it.commitment in HEDGED for it in own) for own in done.values()],
            "claim_ids": [claim.claim_id for claim in cited],
            "question_ids": [claim.question_id for claim in cited],
            "propositions": [claim.proposition for claim in cited],
            "quotes": [quote_to_print(claim) for claim in cited],
            "paraphrases": [claim.paraphrase for claim in cited],
            "utterance_ids": [
                list(dict.fromkeys(claim.utterance_id for claim in own)) for own in done.values()
            ],
        }


def _vagueness(claim: Any) -> tuple[bool, bool, int]:
    """Return how little the words of a denial name what is denied, and how unfit they are."""
    return claim.content == UNSTATED, claim.content == TO_COME, unfit(claim)


def _kinds(claims: pd.DataFrame) -> pd.Series[str]:
    """Return what each claim does, one of KINDS."""
    is_to_come = (claims["stance"] == DENIES) & (claims["content"] == TO_COME)
    kinds = claims["stance"].mask(is_to_come, DENIES_TO_COME)
    return kinds.mask(claims["stance"] == "declines", claims["denial"])
