"""What a generated package is planned from: who can speak, what was said when, by which source.

Utterances are numbered in the order of their last possible day, so whatever takes from or answers
an earlier number is not before it; a source appears no earlier than what it carries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import sqrt
from random import Random
from typing import Any

import package_words as words

LAST = 31  # the last day of October
CODED = "s_coded"  # the one source whose text was coded with offsets
CODED_UTTERANCES = 9
REPORTS = (("independent", "same_wire", "same_origin", "repeats", "translation"), (69, 11, 5, 2, 1))
CLAIMS_EACH = ((1, 2, 3, 4, 5, 7), (37, 35, 17, 6, 4, 1))  # claims of an utterance, weights


@dataclass(frozen=True)
class Utterance:
    """An utterance as planned, before its claims: what other rows hang on."""

    name: str
    low: int | None  # first day of October that it can be of; None: open
    high: int  # last day
    date: str
    basis: str
    source: int
    speakers: tuple[str, ...]
    sort: str = ""  # "narrator", "withheld" or "" for a statement
    claims: int = 1
    outside: int = -1  # the source whose day the date rests on too, if any
    same_as: str = ""


Utterances = list[Utterance]


@dataclass(frozen=True)
class Actors:
    """Who can speak: rows of the table, the sides that are heard, the members of each side."""

    rows: list[tuple[object, ...]]
    sides: list[str]
    members: list[list[str]]
    names: dict[str, str]
    loners: list[str]  # people who belong to nobody, and anonymous collectives


def actors_of(rng: Random, claims: int) -> Actors:
    """Return the actors: sides up to a bound, people as the square root of the claims."""
    n_sides = min(len(words.STATES) + len(words.ALLIANCES), 11 + int(sqrt(claims) / 2.3))
    tops = [(name, "state") for name in words.STATES]
    tops[4:4] = [(name, "alliance") for name in words.ALLIANCES]
    rows: list[tuple[object, ...]] = []
    members: list[list[str]] = []
    for number, (name, kind) in enumerate(tops[:n_sides]):
        top, country = key(name), f"X{chr(65 + number // 26)}{chr(65 + number % 26)}"
        country = country if kind == "state" else ""
        rows.append((top, name, name, kind, country, "", truth(number < 3)))
        bodies = words.BODIES[: 2 if number < 6 else 1] if kind == "state" else ()
        for body in bodies:
            whole = f"{body} of {name}"
            rows.append((key(whole), whole, whole, "institution", country, top, "false"))
        members.append([top, *(key(f"{body} of {name}") for body in bodies)])
    n_people = 15 + int(2.5 * sqrt(claims))
    for number in range(n_people):
        side = min(int(n_sides * rng.random() ** 1.7), n_sides - 1)
        above = members[side][min(1, len(members[side]) - 1)] if rng.random() < 0.3 else ""
        name = words.person(number)
        above, country = above or members[side][0], f"X{chr(65 + side // 26)}{chr(65 + side % 26)}"
        short = f"{name[0]}. {name.split(maxsplit=1)[1]}"  # given names differ in their first sign
        rows.append((f"p{number + 1}", name, short, "person", country, above, "false"))
        members[side].append(f"p{number + 1}")
    loners = _loners(rows)
    names = {str(row[0]): str(row[1]) for row in rows}
    return Actors(rows, [key(name) for name, _ in tops[:n_sides]], members, names, loners)


def _loners(rows: list[tuple[object, ...]]) -> list[str]:
    """Add those who belong to nobody, the outlets and those never heard; return who speaks."""
    for number in range(4):
        name = f"{words.GIVEN[number]} {words.FAMILY[-1 - number]}-{words.FAMILY[number]}"
        rows.append((f"expert{number + 1}", name, name.split()[1], "person", "XZA", "", "false"))
    rows.append(("officials", "officials, not named", "officials", "collective", "", "", "false"))
    rows.append(("guild", "Tidal Guild", "Tidal Guild", "group", "XZB", "", "false"))
    rows.append(("rowers", "Union of Rowers", "Rowers", "group", "XZB", "", "true"))
    rows.append(("pilots", "Pilots of the Bar", "Pilots", "group", "XZB", "", "true"))
    rows.extend((key(name), name, name, "outlet", "XZC", "", "false") for name in words.OUTLETS)
    return ["expert1", "expert2", "expert3", "expert4", "officials", "guild"]


def utterances_of(rng: Random, claims: int, n_sources: int, actors: Actors) -> Utterances:
    """Return the utterances in the order of their last possible day, numbered from 1."""
    counts, total = [], 0
    while total < claims:
        count = min(weighed(rng, CLAIMS_EACH), claims - total)
        counts.append(count)
        total += count
    days = sorted(min(LAST, 1 + int(LAST * rng.random() ** 0.7)) for _ in counts)
    utterances: Utterances = []
    for number, (count, high) in enumerate(zip(counts, days, strict=True)):
        low, date, basis = _date(rng, high)
        source = number * n_sources // len(counts)
        sort = weighed(rng, (("", "narrator", "withheld"), (985, 8, 7)))
        if number in (len(counts) // 3, len(counts) // 4):  # each sort is there in any package
            sort = "narrator" if number == len(counts) // 3 else "withheld"
        if sort == "narrator":
            speakers: tuple[str, ...] = (key(words.OUTLETS[source % len(words.OUTLETS)]),)
        else:
            speakers = _speakers_of(rng, actors)
        utterance = Utterance(
            f"u{number + 1}", low, high, date, basis, source, speakers, sort, count
        )
        if sort == "narrator":
            utterance = replace(utterance, low=high, date=day_of(high), basis="none_stated")
        if basis.endswith("+external") or (basis == "relative_phrase" and rng.random() < 0.5):
            utterance = replace(
                utterance, outside=min(source + 1 + int(3 * rng.random()), n_sources - 1)
            )
        before = utterances[-1] if utterances else utterance
        is_same_day = before.low == before.high == utterance.low == utterance.high
        if is_same_day and not (before.same_as or before.sort or sort) and rng.random() < 0.012:
            utterance = replace(utterance, same_as=before.name)
        utterances.append(utterance)
    return _with_coded_source(utterances)


def _with_coded_source(utterances: Utterances) -> Utterances:
    """Let one source, that of the middle utterance, carry a run of utterances, as an article."""
    middle = len(utterances) // 2
    source = utterances[middle].source
    first = next(place for place, it in enumerate(utterances) if it.source == source)
    run = range(first, first + CODED_UTTERANCES)
    return [
        replace(it, source=source, outside=it.outside if it.outside > source else -1)
        if place in run and it.sort != "narrator" and not it.basis.endswith("+external")
        else it
        for place, it in enumerate(utterances)
    ]


def coded_source(utterances: Utterances) -> int:
    """Return the source whose text was coded: the one that carries the middle utterance."""
    return utterances[len(utterances) // 2].source


def _date(rng: Random, high: int) -> tuple[int | None, str, str]:
    """Return the first possible day, the date as written and what it rests on."""
    chance = rng.random()
    if chance < 0.03:
        return None, f"[..{day_of(high)}]", "tense_only"
    if chance < 0.11 and high > 1:
        low = max(1, high - 1 - int(6 * rng.random()))
        return low, f"[{day_of(low)}..{day_of(high)}]", "relative_phrase"
    if chance < 0.15 and high > 1:
        return high - 1, f"[{day_of(high - 1)},{day_of(high)}]", "relative_weekday"
    bases = ("researched", "relative_weekday+external", "explicit", "explicit_year_supplied")
    return high, day_of(high), weighed(rng, (bases, (80, 6, 7, 7)))


def _speakers_of(rng: Random, actors: Actors) -> tuple[str, ...]:
    if rng.random() < 0.06:
        return (rng.choice(actors.loners),)
    side = int(len(actors.sides) * rng.random() ** 1.6)
    first = rng.choice(actors.members[side])
    if rng.random() > 0.035:
        return (first,)
    others = (actors.members[(side + step) % len(actors.sides)][-1] for step in (1, 2))
    return (first, *others)[: 2 + (rng.random() < 0.5)]


def days_of_publication(rng: Random, utterances: Utterances, count: int) -> list[tuple[int, str]]:
    """Return each source's last possible day, and the date as written ("" where none is shown)."""
    latest = [0] * count
    for utterance in utterances:
        latest[utterance.source] = max(latest[utterance.source], utterance.high)
    latest = list(accumulate(latest, max))
    narrates = {it.source for it in utterances if it.sort == "narrator"}
    coded, days = coded_source(utterances), []
    for source, day in enumerate(latest):
        last = min(LAST, day + (rng.random() < 0.3))
        chance, written = rng.random(), day_of(last)
        if source == coded:
            last = min(LAST, day + 3)
            written = f"[{day_of(day)}..{day_of(last)}]" if last > day else day_of(day)
        elif chance < 0.3 and source not in narrates:
            written = ""
        elif chance < 0.33 and last > 1:
            written = f"[{day_of(last - 1)},{day_of(last)}]"
        days.append((last, written))
    return days


def reports_of(rng: Random, utterances: Utterances, n_sources: int) -> Iterator[tuple[object, ...]]:
    """Yield further sources: only later ones, which appeared no earlier than the words."""
    article = coded_source(utterances)
    for utterance in utterances:
        if utterance.sort:
            continue
        further = {utterance.outside} - {-1, utterance.source}
        for _ in range(weighed(rng, ((0, 1, 2, 3), (40, 33, 20, 7)))):
            further.add(utterance.source + 1 + int(6 * rng.random()))
        for source in sorted(further):
            if utterance.source < source < n_sources:
                relation = weighed(rng, REPORTS)
                note = "with more of the words" if rng.random() < 0.2 else ""
                yield utterance.name, source_id(source, article), relation, note


def lineage_of(
    rng: Random,
    utterances: Utterances,
    links: list[tuple[object, ...]],
    items: list[tuple[str, int, str, str, str]],
    reports: list[tuple[object, ...]],
) -> Iterator[tuple[object, ...]]:
    """Yield where utterances and items come from: an item, an earlier utterance, or unknown."""
    article = coded_source(utterances)
    last = accumulate(it.claims for it in utterances)
    of_claim = {f"c{number}": it.name for number, it in zip(last, utterances, strict=True)}
    named = {of_claim[claim]: item for claim, item, use in links
             if claim in of_claim and use != "says_none"}  # fmt: skip
    carried = {row[0]: row[1] for row in reports}
    for place, utterance in enumerate(utterances):
        name, source = utterance.name, source_id(utterance.source, article)
        if utterance.sort:
            continue
        before = max(0, place - 1 - int(40 * rng.random())) if place else 0
        earlier = utterances[before].name if place else "unknown"
        taken, how = _taken_from(rng, named.get(name, ""), earlier)
        if taken:
            yield name, taken, *how, source
        if taken == "unknown" and name in carried and earlier != taken and rng.random() < 0.1:
            yield name, earlier, "derived_from", "The page says so.", carried[name]
        chance = rng.random()
        if chance < 0.3:
            parent = earlier if rng.random() < 0.4 else "unknown"
            yield name, parent, "comments_on", "It speaks about it.", source
        elif chance < 0.45 and place:
            yield name, earlier, "responds_to", "It answers it.", source
    yield from _lineage_of_items(rng, items, utterances)


def _taken_from(rng: Random, item: str, earlier: str) -> tuple[str, tuple[str, str]]:
    """Return what an utterance takes its content from, "" where no origin is given, and how."""
    chance = rng.random()
    if item:
        return item, ("derived_from", "The page says so.")
    if chance < 0.4 or earlier == "unknown":
        return "unknown", ("derived_from", "The page names no origin.")
    if chance < 0.55:
        return earlier, ("derived_from", "The page says so.")
    if chance < 0.58:
        return earlier, (rng.choice(("briefed_by", "quoted_from")), "The page says so.")
    return "", ("", "")


def _lineage_of_items(
    rng: Random, items: list[tuple[str, int, str, str, str]], utterances: Utterances
) -> Iterator[tuple[object, ...]]:
    article = coded_source(utterances)
    for number, (name, first, *_) in enumerate(items):
        if rng.random() < 0.3:
            parent = items[number - 1][0] if number and rng.random() < 0.15 else "unknown"
            basis = "Its origin is given with it." if parent != "unknown" else "Not given."
            yield name, parent, "derived_from", basis, source_id(utterances[first].source, article)


def weighed(rng: Random, choice: tuple[Sequence[Any], Sequence[float]]) -> Any:
    """Return one of the values, by their weights."""
    values, weights = choice
    return rng.choices(values, weights)[0]


def key(name: str) -> str:
    """Return an id made of a name."""
    return name.lower().replace(" ", "_")


def day_of(day: int) -> str:
    """Return a day of October as it is written."""
    return f"2024-10-{day:02}"


def source_id(source: int, article: int) -> str:
    """Return the id of a source; `article` is the number of the one that was coded."""
    return CODED if source == article else f"s{source + 1}"


def truth(value: bool) -> str:
    """Return a truth value as it is written."""
    return "true" if value else "false"
