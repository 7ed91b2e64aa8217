"""Where it comes from: how many say so, on how many sources, and who rests on whose word."""

from __future__ import annotations

import pandas as pd

from claimbrief.analysis.lineage import Origins
from claimbrief.analysis.origins_by_side import AssertedOrigins
from claimbrief.blocks import Prose
from claimbrief.context import Context
from claimbrief.links import names_of
from claimbrief.prose.record import amount
from claimbrief.texts import text
from claimbrief.wording import between, capitalised, counted, listed, number


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
            *_resting(resting, context),
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
    """Return how many separate sources lie behind it all, or between which bounds."""
    if span.high == 1:
        return "Behind this lies one separate source."
    return f"Behind this lie {separate_sources(span)}, each side counted once."


def separate_sources(span: Origins) -> str:
    """Return how many sources there are: "between two and 25 separate sources"."""
    count = between(span.low, span.high)
    if span.high - span.low > 1:
        count = f"between {number(span.low)} and {number(span.high)}"
    return f"{count} separate source{'' if span.high == 1 else 's'}"


def _resting(resting: pd.DataFrame, context: Context) -> list[str]:
    """Return how many sides rest on another's word, and one that rests on the most used."""
    if resting.empty:
        return []
    if len(resting) == 1:
        (side,), (others,) = resting["side"], resting["others"]
        whose = names_of(others, context)
        return [f"{capitalised(context.names[side])} rests at least partly on {whose}."]
    users = resting[["side", "others"]].explode("others").groupby("others", sort=False)["side"]
    order = list(context.names)
    other = min(users.groups, key=lambda who: (-len(users.get_group(who)), order.index(str(who))))
    side = context.names[users.get_group(other).iloc[0]]
    lead = f"{capitalised(counted(len(resting), 'side'))} rest at least partly on others"
    return [f"{lead}: for example, {side} on {context.names[str(other)]}."]
