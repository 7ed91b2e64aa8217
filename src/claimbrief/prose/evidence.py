"""What was shown of what was cited as evidence, and where what is said comes from."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from claimbrief.analysis.counts import Count, count_of
from claimbrief.analysis.evidence import NOT_KNOWN, NOTHING, kinds_never_public
from claimbrief.analysis.origins_by_side import AssertedOrigins
from claimbrief.analysis.provenance import ITEMS, PUBLIC, Origins
from claimbrief.blocks import Prose
from claimbrief.captions import in_words
from claimbrief.context import Context
from claimbrief.dataset import OFFICIAL
from claimbrief.links import names_of
from claimbrief.lookups import sort_by_keys
from claimbrief.prose.record import amount
from claimbrief.texts import text
from claimbrief.wording import between, capitalised, counted, listed, number

CHECKED = "published_verified"
EXAMPLES = {  # of each kind of evidence that could be shown
    "satellite_imagery": "a satellite image",
    "photo_or_video": "a photo or video",
    "intercept": "an intercepted message",
    "document": "a document",
    "prisoner_or_defector": "a prisoner or defector",
    "witness": "a witness",
    "official_record": "an official record",
}


def origins(found: AssertedOrigins, by_side: pd.DataFrame, context: Context) -> Prose:
    """Return who says that something is so, on how many independent origins, and who rests on whom.

    Takes the results of `analysis.origins` and `analysis.origins_by_side`.
    """
    unstated = int(by_side["not_stated"].map(len).sum())
    resting = by_side[by_side["others"].map(len) > 0]
    numbers: dict[str, object] = {
        "speakers": [found.speakers.certain, found.speakers.total],
        "sides": [found.sides.certain, found.sides.total],
        "statements": [found.statements.certain, found.statements.total],
        "origins": [found.independent.low, found.independent.high],
        "not_stated": unstated,
        "resting_on_others": len(resting),
        "circles": len(found.circles),
    }
    sentences = ["Nobody says that anything of this is so, or likely."]
    if found.statements.total:
        sentences = [
            _who(found),
            _independent(found.independent),
            *_resting(resting, set(by_side["side"]), context),
            *(
                f"{capitalised(listed([context.names[side] for side in circle]))} rest on each "
                "other’s word, in a circle."
                for circle in found.circles
            ),
        ]
    return Prose("origins", (text(" ".join(sentences)),), numbers=numbers)


def _who(found: AssertedOrigins) -> str:
    speakers = amount(found.speakers, "speaker")
    say = "says" if found.speakers.total == 1 else "say"
    statements = amount(found.statements, "statement")
    return (
        f"{capitalised(speakers)} of {amount(found.sides, 'side')} {say}, in {statements}, that "
        "something is so, or likely."
    )


def _independent(span: Origins) -> str:
    """Return how many independent sources lie behind it all, or between which bounds."""
    if span.high == 1:
        return f"The claims rest on {independent_sources(span)}."
    shared = "those of one side, or of sides that share one or spoke jointly, count as one"
    return f"The claims rest on {independent_sources(span)}: {shared}."


def independent_sources(span: Origins) -> str:
    """Return how many sources there are: "between two and 25 independent sources"."""
    is_wide = span.low > 0 and span.high - span.low > 1
    bounds = f"between {number(span.low)} and {number(span.high)}"
    count = bounds if is_wide else between(span.low, span.high)
    return f"{count} independent source{'' if span.high == 1 else 's'}"


def _resting(resting: pd.DataFrame, saying: set[str], context: Context) -> list[str]:
    """Return how many sides rest on another's word, and one that rests on the most used.

    A side that says so itself (`saying`) is named before unnamed people or media.
    """
    if resting.empty:
        return []
    if len(resting) == 1:
        (side,), (others,) = resting["side"], resting["others"]
        whose = names_of(others, context)
        return [f"{capitalised(context.names[side])} rests at least partly on {whose}."]
    resting = sort_by_keys(resting, is_other=~resting["kind"].isin(OFFICIAL))
    users = resting[["side", "others"]].explode("others").groupby("others", sort=False)["side"]
    order = list(context.names)

    def rank(other: str) -> tuple[bool, int, int]:
        return other not in saying, -len(users.get_group(other)), order.index(other)

    other = min(map(str, users.groups), key=rank)
    side = context.names[users.get_group(other).iloc[0]]
    lead = f"{capitalised(counted(len(resting), 'side'))} rest at least partly on others"
    return [f"{lead}: for example, {side} on {context.names[other]}."]


def items_cited(items: pd.DataFrame, register: pd.DataFrame, statements: pd.DataFrame) -> Prose:
    """Return whether what was shown was checked, what nobody has shown, and what has no source.

    Takes the frames `items_cited`, `evidence_register` and `statements_by_evidence`.
    """
    public = items[items["is_public"].astype(bool)]
    checked = int((public["publicity"] == CHECKED).sum())
    never = kinds_never_public(register)
    is_uncited = register["publicity"].isin(PUBLIC) & ~register["is_cited"].astype(bool)
    is_uncited &= register["kind"].isin(ITEMS)
    uncited = register.loc[is_uncited, "description"].tolist()
    statement_count = count_of(statements, "utterance_id")
    unsaid, unknown = (
        count_of(statements[statements["evidence"] == evidence], "utterance_id")
        for evidence in (NOTHING, NOT_KNOWN)
    )
    sentences = [_public_and_checked(len(items), len(public), checked)]
    sentences += _cited_by_nobody(uncited)
    if len(public) and never:
        examples = listed([EXAMPLES[kind] for kind in never], " or ")
        sentences.append(f"Nobody has shown {examples}.")
    sentences += _without(statement_count, unsaid, unknown)
    return Prose(
        "items-cited",
        (text(" ".join(sentences)),),
        numbers={
            "checked": checked,
            "never_shown": never,
            "shown_uncited": len(uncited),
            "statements": [statement_count.certain, statement_count.total],
            "without_evidence": [unsaid.certain, unsaid.total],
            "seen_in_part": [unknown.certain, unknown.total],
        },
    )


def _public_and_checked(cited: int, public: int, checked: int) -> str:
    """Return whether what was shown is recorded as checked by an independent party."""
    if not cited:
        return "Nobody has cited evidence that could be shown."
    if not public:
        return "The public could see nothing of what was cited."
    which = "no item shown is"
    if public == 1:
        which = f"the item shown is{'' if checked else ' not'}"
    elif checked:
        which = f"{number(checked)} of the items shown {'is' if checked == 1 else 'are'}"
    return f"{capitalised(which)} recorded as independently checked."


def _cited_by_nobody(things: Sequence[str]) -> list[str]:
    """Return what was shown and is cited by nobody; nothing where there is no such thing."""
    if not things:
        return []
    which = f"{capitalised(number(len(things)))} more, cited by nobody,"
    were = "was" if len(things) == 1 else "were"
    return [f"{which} {were} shown: {listed([it.rstrip('.') for it in things])}."]


def _without(statement_count: Count, unsaid: Count, unknown: Count) -> list[str]:
    """Return for how many statements no source is recorded, and how many of these pages are cut."""
    without = Count(unsaid.certain + unknown.certain, unsaid.possible + unknown.possible)
    if not without.total:
        return []
    in_part = ""
    if unknown.total:
        which = f"{in_words(unknown)} of these " if unsaid.total else ""
        in_part = f", {which}on {'a page' if unknown.total == 1 else 'pages'} read only in part"
    if statement_count.total == 1:
        alone = "The only statement that something is so, or likely,"
        return [f"{alone} has no source recorded{in_part}."]
    have = "has" if without.total == 1 else "have"
    statements = f"Of {in_words(statement_count)} statements that something is so, or likely,"
    return [f"{statements} {in_words(without)} {have} no source recorded{in_part}."]
