"""The claims of a generated package: what each utterance says, by the codebook's rules."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import package_words as words
from package_plan import Actors, Utterance, coded_source, source_id, weighed

SPAN = 100  # code points of the coded text that a claim takes
# stance: weight, then commitments, denials (by the codebook's rules, the usual ones first)
STANCES = {
    "affirms": (115, ("CT+", "CT+", "CT+", "NA", "PR+"), ("",)),
    "affirms_hedged": (14, ("PR+", "PR+", "PS+"), ("",)),
    "holds_possible": (9, ("PS+",), ("",)),
    "supposes": (17, ("Uu",), ("",)),
    "notes_reports": (5, ("Uu",), ("",)),
    "cannot_confirm": (13, ("Uu",), ("",)),
    "questions": (3, ("Uu",), ("D1",)),
    "not_yet": (4, ("CT−",), ("",)),
    "declines": (4, ("Uu",), ("D0", "D-1", "")),
    "dismisses": (9, ("CT−", "CT−", "PR−", "Uu", "PS−"), ("D2",)),
    "denies": (6, ("CT−", "CT−", "PR−"), ("D3", "D3", "D3", "D4")),
    "not_addressed": (4, ("Uu",), ("",)),
}
RENDERINGS = (("indirect", "mixed", "direct"), (104, 52, 36))
RESPONSES = (("A0", "A1", "A2", "A3", "A4", "A5"), (162, 20, 6, 6, 3, 1))
# Two sides deny most of it, the others seldom do.
DENIERS = [weight * {"affirms": 0.15, "denies": 9, "dismisses": 9}.get(stance, 1)
           for stance, (weight, *_) in STANCES.items()]  # fmt: skip
USUAL = [weight * {"denies": 0.4, "dismisses": 0.4}.get(stance, 1)
         for stance, (weight, *_) in STANCES.items()]  # fmt: skip


def claims_of(
    rng: Random,
    utterances: list[Utterance],
    items: list[tuple[str, int, str, str, str]],
    days: list[tuple[int, str]],
    actors: Actors,
    links: list[tuple[object, ...]],
    printed: list[tuple[object, ...]],
) -> Iterator[list[object]]:
    """Yield the claims; add to `links` the items that each names, to `printed` its words."""
    propositions = list(words.propositions())
    article, number, spans = coded_source(utterances), 0, 0
    sides = {
        actor: side
        for side, members in zip(actors.sides, actors.members, strict=True)
        for actor in members
    }
    deniers = (actors.sides[1], actors.sides[6])
    for place, utterance in enumerate(utterances):
        opening: list[object] = []
        side = sides.get(utterance.speakers[0], "")
        for turn in range(utterance.claims):
            number += 1
            if opening and turn == 1 and days[utterance.source][1] and rng.random() < 0.06:
                row = _in_outlets_words(rng, opening, number, side)
            else:
                source, is_denier = source_id(utterance.source, article), side in deniers
                row = _claim(rng, utterance, number, propositions, source, is_denier)
            if utterance.source == article:
                row[12:14] = [SPAN * (spans + 1), SPAN * (spans + 1) + 90]
                spans += 1
            elif row[10]:
                printed.append(_words_printed(row, number))
            opening = opening or row
            yield row
            links += _items_named(rng, row, items, place * len(items) // len(utterances))


def _words_printed(row: list[object], number: int) -> tuple[object, ...]:
    extent = "whole_page" if number % 3 else "excerpt"
    return f"w{number}", row[1], row[2], row[10], "en", "false", extent, "true", ""


def _items_named(
    rng: Random, row: list[object], items: list[tuple[str, int, str, str, str]], newest: int
) -> Iterator[tuple[object, ...]]:
    """Yield the item that a claim names, if it names any; `newest` is the place of the last."""
    if row[4] in ("affirms", "affirms_hedged") and rng.random() < 0.5:
        item, _, _, kind, _ = items[max(0, newest - int(12 * rng.random() ** 2))]
        yield row[0], item, "offers" if kind == "expert_reasoning" else "cites"
    elif row[4] == "denies" and rng.random() < 0.2:
        yield row[0], items[newest][0], "says_none"


def _claim(
    rng: Random,
    utterance: Utterance,
    number: int,
    propositions: list[tuple[str, str, str, str, str]],
    source: str,
    is_denier: bool,
) -> list[object]:
    """Return a claim in the speaker's own rendering, an outlet's statement, or a silence."""
    proposition, _, text, role, _ = rng.choice(propositions)
    stance, commitment, denial = _stance(rng, number, is_denier and role != "none")
    rendering = weighed(rng, RENDERINGS)
    if utterance.sort == "narrator":
        stance, commitment, denial, rendering = "meta", "NA", "", "narrator"
    elif utterance.sort == "withheld":
        stance, commitment, denial, rendering = "withholds", "Uu", "", "indirect"
    quote = rng.choice(words.QUOTES) if rendering in ("direct", "mixed") else ""
    has_people = role not in ("none", "unstated", "state")
    hedge = rng.choice(words.HEDGES) if stance == "affirms_hedged" else ""
    people = rng.choice(words.PEOPLE) if has_people else ""
    if rendering == "direct":
        quote = ", ".join(filter(None, (people, hedge, quote)))
    low, high = _figures(rng) if has_people and rng.random() < 0.25 else ("", "")
    return [
        f"c{number}", utterance.name, source, proposition, stance, commitment,
        hedge,
        rendering, "", "", quote, f"To put it shortly: {text}, as told in claim {number}.", "", "",
        people,
        rng.choice([*words.LOCATIONS]) if has_people and rng.random() < 0.6 else "",
        low, high, "about" if low == high == 100 else "", weighed(rng, RESPONSES), denial,
        f"Read as {stance.replace('_', ' ')}; another reading is possible."
        if rng.random() < 0.6 else "",
    ]  # fmt: skip


def _stance(rng: Random, number: int, is_denier: bool) -> tuple[str, str, str]:
    """Return a stance with a commitment and a level of denial that go with it.

    The first claims take each stance in turn, so that a small package has them all.
    """
    stances = [*STANCES]
    if number <= 3 * len(stances):
        stance = stances[number % len(stances)]
    else:
        stance = weighed(rng, (stances, DENIERS if is_denier else USUAL))
    _, commitments, denials = STANCES[stance]
    return stance, rng.choice(commitments), rng.choice(denials)


def _in_outlets_words(rng: Random, opening: list[object], number: int, side: str) -> list[object]:
    """Return a gloss or summary of an utterance's first claim, firmer now and then."""
    if opening[7] == "narrator":
        return [f"c{number}", *opening[1:11], f"{opening[11]} Here again.", *opening[12:]]
    row = list(opening)
    row[0], row[7], row[8] = f"c{number}", rng.choice(("gloss", "summary")), opening[0]
    row[9] = side if rng.random() < 0.7 else "officials"
    row[6], row[10] = "", ""
    if row[4] in ("affirms_hedged", "holds_possible") and rng.random() < 0.5:
        row[4:6] = "affirms", "CT+"
    row[-1] = "The words of the page for what it also gives in quotation."
    return row


def _figures(rng: Random) -> tuple[object, object]:
    """Return the ends of a figure: exact, at least, at most or between."""
    low = rng.choice((5, 12, 40, 100, 250, 600, 1500, 3000))
    return rng.choice(((low, low), (low, ""), ("", low), (low, low * 2)))
