"""Valid data packages of any size, for measuring: `python benchmarks/packages.py CLAIMS FOLDER`.

The proportions are about those of the October dataset, the words are invented
(`package_words`), the descriptor is `data/datapackage.json` under another name. One seed gives
the same bytes each time. Statements lie in October 2024, so that the notebooks' defaults fit.

What keeps a package valid: utterances are numbered in the order of their last possible day, so
whatever takes from or answers an earlier number is not before it; a source appears no earlier
than what it carries; an item of evidence is known from the day on which it is first named.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from math import sqrt
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))  # a folder of scripts, not a package
import package_words as words

DATA = Path(__file__).parent.parent / "data"
LAST = 31  # the last day of October
CODED = "s_coded"  # the one source whose text was coded with offsets
CODED_UTTERANCES = 9
SPAN = 100  # code points of the coded text that a claim takes
INVENTED = ("question", "content_role", "rung", "location")  # schemes that are not October's
CLAIMS_EACH = ((1, 2, 3, 4, 5, 7), (37, 35, 17, 6, 4, 1))  # claims of an utterance, weights

# stance: weight, then commitments, denials (by the codebook's rules, the usual ones first)
STANCES = {
    "affirms": (115, ("CT+", "CT+", "CT+", "NA", "PR+"), ("",)),
    "affirms_hedged": (14, ("PR+", "PR+", "PS+"), ("",)),
    "holds_possible": (9, ("PS+",), ("",)),
    "supposes": (17, ("Uu",), ("", "", "", "D-1")),
    "notes_reports": (5, ("Uu",), ("",)),
    "cannot_confirm": (13, ("Uu",), ("",)),
    "declines": (4, ("Uu",), ("D0", "D-1", "D1", "")),
    "dismisses": (9, ("CT−", "CT−", "PR−", "Uu", "PS−"), ("D2", "D2", "D1")),
    "denies": (6, ("CT−", "CT−", "PR−"), ("D3", "D3", "D3", "D4")),
    "not_addressed": (4, ("Uu",), ("",)),
}
RENDERINGS = (("indirect", "mixed", "direct"), (104, 52, 36))
RESPONSES = (("A0", "A1", "A2", "A3", "A4", "A5"), (162, 20, 6, 6, 3, 1))
SOURCE_KINDS = (
    ("news_report", "mirror", "primary_transcript", "mirror_of_primary", "primary_release",
     "broadcaster_interview"),
    (142, 5, 3, 3, 3, 1),
)  # fmt: skip
REPORTS = (("independent", "same_wire", "same_origin", "repeats", "translation"), (69, 11, 5, 2, 1))
PUBLICITY = (
    ("claimed_not_public", "described", "shared_with_partners", "public_argument", "published",
     "published_verified"),
    (12, 6, 1, 1, 4, 1),
)  # fmt: skip
# Two sides deny most of it, the others seldom do.
DENIERS = [weight * {"affirms": 0.15, "denies": 9, "dismisses": 9}.get(stance, 1)
           for stance, (weight, *_) in STANCES.items()]  # fmt: skip
USUAL = [weight * {"denies": 0.4, "dismisses": 0.4}.get(stance, 1)
         for stance, (weight, *_) in STANCES.items()]  # fmt: skip


@dataclass(frozen=True)
class Said:
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
    outside: int = -1  # the source whose day is told beside the date, if any
    same_as: str = ""


@dataclass(frozen=True)
class Actors:
    """Who can speak: rows of the table, the sides that are heard, the members of each side."""

    rows: list[tuple[object, ...]]
    sides: list[str]
    members: list[list[str]]
    names: dict[str, str]
    loners: list[str]  # people who belong to nobody, and anonymous collectives


def write_package(folder: Path, claims: int, seed: int = 1) -> None:
    """Write a package of so many claims into a folder, which is made if it is not there."""
    rng = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    n_sources = max(3, claims // 3)
    actors = _actors(rng, claims)
    said = _utterances(rng, claims, n_sources, actors)
    days = _days_of_publication(rng, said, n_sources)
    items = _items(rng, said, claims, actors)
    links: list[tuple[object, ...]] = []
    reports = list(_reports(rng, said, n_sources))
    write = partial(_write, folder)
    write("claims", _claims(rng, said, items, days, actors, links))
    coded = sum(one.claims for one in said if one.source == _coded_source(said))
    write("sources", _sources(rng, said, days, coded))
    write("actors", actors.rows)
    write("utterances", _utterance_rows(rng, said))
    write("speakers", _speakers(rng, said))
    write("propositions", _propositions())
    write("proposition_relations", _proposition_relations())
    write("evidence", ((name, holder, kind, told) for name, _, holder, kind, told in items))
    write("evidence_status", _status(rng, items, said))
    write("claim_evidence", links)
    write("lineage", _lineage(rng, said, links, items, reports))
    write("reports", reports)
    write("events", _events(said))
    write("vocabulary", _vocabulary())
    write("exclusions", _exclusions(coded))
    write("codings", ())
    _write_descriptor(folder, claims)


def _write(folder: Path, table: str, rows: Iterable[Sequence[object]]) -> None:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write_descriptor(folder: Path, claims: int) -> None:
    descriptor = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    descriptor |= {
        "name": f"garrow-wall-{claims}",
        "title": words.TITLE,
        "description": f"Invented statements on an invented question: {claims} claims.",
        "version": "1.0.0",
        "known_gaps": words.GAPS,
    }
    descriptor["licenses"][0]["title"] = "Creative Commons Attribution 4.0 (all of it is invented)"
    content = json.dumps(descriptor, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(content + "\n", encoding="utf-8")


def _actors(rng: Random, claims: int) -> Actors:
    """Return the actors: sides up to a bound, people as the square root of the claims."""
    n_sides = min(len(words.STATES) + len(words.ALLIANCES), 11 + int(sqrt(claims) / 2.3))
    tops = [(name, "state") for name in words.STATES]
    tops[4:4] = [(name, "alliance") for name in words.ALLIANCES]
    rows: list[tuple[object, ...]] = []
    members: list[list[str]] = []
    for number, (name, kind) in enumerate(tops[:n_sides]):
        top, country = _key(name), f"X{chr(65 + number // 26)}{chr(65 + number % 26)}"
        country = country if kind == "state" else ""
        rows.append((top, name, name, kind, country, "", _truth(number < 3)))
        bodies = words.BODIES[: 2 if number < 6 else 1] if kind == "state" else ()
        for body in bodies:
            told = f"{body} of {name}"
            rows.append((_key(told), told, told, "institution", country, top, "false"))
        members.append([top, *(_key(f"{body} of {name}") for body in bodies)])
    n_people = 15 + int(2.5 * sqrt(claims))
    for number in range(n_people):
        side = min(int(n_sides * rng.random() ** 1.7), n_sides - 1)
        above = members[side][min(1, len(members[side]) - 1)] if rng.random() < 0.3 else ""
        name = _person(number)
        above, country = above or members[side][0], f"X{chr(65 + side // 26)}{chr(65 + side % 26)}"
        rows.append(
            (f"p{number + 1}", name, name.split(maxsplit=1)[1], "person", country, above, "false")
        )
        members[side].append(f"p{number + 1}")
    loners = _loners(rows)
    names = {str(row[0]): str(row[1]) for row in rows}
    return Actors(rows, [_key(name) for name, _ in tops[:n_sides]], members, names, loners)


def _loners(rows: list[tuple[object, ...]]) -> list[str]:
    """Add those who belong to nobody, the outlets and those never heard; return who speaks."""
    for number in range(4):
        name = f"{words.GIVEN[number]} {words.FAMILY[-1 - number]}-{words.FAMILY[number]}"
        rows.append((f"expert{number + 1}", name, name.split()[1], "person", "XZA", "", "false"))
    rows.append(("officials", "officials, not named", "officials", "collective", "", "", "false"))
    rows.append(("guild", "Tidal Guild", "Tidal Guild", "group", "XZB", "", "false"))
    rows.append(("rowers", "Union of Rowers", "Rowers", "group", "XZB", "", "true"))
    rows.append(("pilots", "Pilots of the Bar", "Pilots", "group", "XZB", "", "true"))
    rows.extend((_key(name), name, name, "outlet", "XZC", "", "false") for name in words.OUTLETS)
    return ["expert1", "expert2", "expert3", "expert4", "officials", "guild"]


def _person(number: int) -> str:
    """Return a name of its own for each number."""
    given, family = words.GIVEN, words.FAMILY
    turn, place = divmod(number, len(given) * len(family))
    second = f"-{family[(place + turn) % len(family)]}{'' if turn < 24 else turn}" if turn else ""
    return f"{given[place % len(given)]} {family[place // len(given)]}{second}"


def _utterances(rng: Random, claims: int, n_sources: int, actors: Actors) -> list[Said]:
    """Return the utterances in the order of their last possible day, numbered from 1."""
    counts, total = [], 0
    while total < claims:
        count = min(_one(rng, CLAIMS_EACH), claims - total)
        counts.append(count)
        total += count
    days = sorted(min(LAST, 1 + int(LAST * rng.random() ** 0.7)) for _ in counts)
    said: list[Said] = []
    for number, (count, high) in enumerate(zip(counts, days, strict=True)):
        low, date, basis = _date(rng, high)
        source = number * n_sources // len(counts)
        sort = _one(rng, (("", "narrator", "withheld"), (985, 8, 7)))
        if number in (len(counts) // 3, len(counts) // 4):  # each sort is there in any package
            sort = "narrator" if number == len(counts) // 3 else "withheld"
        if sort == "narrator":
            speakers: tuple[str, ...] = (_key(words.OUTLETS[source % len(words.OUTLETS)]),)
        else:
            speakers = _speakers_of(rng, actors)
        one = Said(f"u{number + 1}", low, high, date, basis, source, speakers, sort, count)
        if sort == "narrator":
            one = replace(one, low=high, date=_day(high), basis="none_stated")
        if basis.endswith("+external") or (basis == "relative_phrase" and rng.random() < 0.5):
            one = replace(one, outside=min(source + 1 + int(3 * rng.random()), n_sources - 1))
        before = said[-1] if said else one
        is_same_day = before.low == before.high == one.low == one.high
        if is_same_day and not (before.same_as or before.sort or sort) and rng.random() < 0.012:
            one = replace(one, same_as=before.name)
        said.append(one)
    return _with_coded_source(said)


def _with_coded_source(said: list[Said]) -> list[Said]:
    """Let one source, that of the middle utterance, carry a run of utterances, as an article."""
    middle = len(said) // 2
    first = next(n for n, one in enumerate(said) if one.source == said[middle].source)
    source = said[middle].source
    return [
        replace(one, source=source, outside=one.outside if one.outside > source else -1)
        if first <= number < first + CODED_UTTERANCES
        and one.sort != "narrator"
        and not one.basis.endswith("+external")
        else one
        for number, one in enumerate(said)
    ]


def _coded_source(said: list[Said]) -> int:
    return said[len(said) // 2].source


def _date(rng: Random, high: int) -> tuple[int | None, str, str]:
    """Return the first possible day, the date as written and what it rests on."""
    chance = rng.random()
    if chance < 0.03:
        return None, f"[..{_day(high)}]", "tense_only"
    if chance < 0.11 and high > 1:
        low = max(1, high - 1 - int(6 * rng.random()))
        return low, f"[{_day(low)}..{_day(high)}]", "relative_phrase"
    if chance < 0.15 and high > 1:
        return high - 1, f"[{_day(high - 1)},{_day(high)}]", "relative_weekday"
    bases = ("researched", "relative_weekday+external", "explicit", "explicit_year_supplied")
    return high, _day(high), _one(rng, (bases, (80, 6, 7, 7)))


def _speakers_of(rng: Random, actors: Actors) -> tuple[str, ...]:
    if rng.random() < 0.06:
        return (rng.choice(actors.loners),)
    side = int(len(actors.sides) * rng.random() ** 1.6)
    first = rng.choice(actors.members[side])
    if rng.random() > 0.035:
        return (first,)
    others = (actors.members[(side + step) % len(actors.sides)][-1] for step in (1, 2))
    return (first, *others)[: 2 + (rng.random() < 0.5)]


def _days_of_publication(rng: Random, said: list[Said], n_sources: int) -> list[tuple[int, str]]:
    """Return each source's last possible day, and the date as written ("" where none is shown)."""
    latest = [0] * n_sources
    for one in said:
        latest[one.source] = max(latest[one.source], one.high)
    latest = list(accumulate(latest, max))
    narrates = {one.source for one in said if one.sort == "narrator"}
    coded, days = _coded_source(said), []
    for source, day in enumerate(latest):
        last = min(LAST, day + (rng.random() < 0.3))
        chance, written = rng.random(), _day(last)
        if source == coded:
            last = min(LAST, day + 3)
            written = f"[{_day(day)}..{_day(last)}]" if last > day else _day(day)
        elif chance < 0.3 and source not in narrates:
            written = ""
        elif chance < 0.33 and last > 1:
            written = f"[{_day(last - 1)},{_day(last)}]"
        days.append((last, written))
    return days


def _sources(
    rng: Random, said: list[Said], days: list[tuple[int, str]], coded: int
) -> Iterator[tuple[object, ...]]:
    narrates = {one.source for one in said if one.sort == "narrator"}
    article = _coded_source(said)
    for source, (_, written) in enumerate(days):
        outlet = words.OUTLETS[source % len(words.OUTLETS)]
        publisher = f"{rng.choice(words.PRESS)} {rng.choice(words.PRESS_NAMES)}"
        kind = _one(rng, SOURCE_KINDS)
        has_text = source == article
        yield (
            _source(source, article),
            f"Page {source + 1} on the wall of Garrow",
            outlet if source in narrates or has_text else publisher,
            "news_report" if source in narrates or has_text else kind,
            "" if has_text else f"https://press.example/{source % 97}/{source + 1}",
            _one(rng, (("", *words.WIRES), (63, 18, 12, 7))),
            written,
            "Day shown with the page." if written else "The page shows no day.",
            "0123456789abcdef" * 4 if has_text else "",
            SPAN * (coded + 4) if has_text else "",
            "Invented; all of it may be shipped.",
        )


def _utterance_rows(rng: Random, said: list[Said]) -> Iterator[tuple[object, ...]]:
    article = _coded_source(said)
    for one in said:
        kind = int(len(words.VENUES) * rng.random())
        venue, channel = words.VENUES[kind], words.CHANNELS[kind]
        if one.sort:
            told = {"narrator": ("The page itself", "article"), "withheld": ("Not stated",) * 2}
            venue, channel = told[one.sort]
            channel = "not_stated" if one.sort == "withheld" else channel
        basis = one.basis
        has_words = basis.startswith(("explicit", "relative"))
        has_outside = one.outside >= 0
        yield (
            one.name,
            venue,
            channel,
            one.date,
            f"day {one.high} of the month" if has_words else "",
            basis,
            "" if basis == "explicit" else "The day follows from the page and its words.",
            _day(one.high) if has_outside else "",
            _source(one.outside, article) if has_outside else "",
            _truth(rng.random() < 0.6),
            one.same_as,
        )


def _speakers(rng: Random, said: list[Said]) -> Iterator[tuple[object, ...]]:
    for one in said:
        for actor in dict.fromkeys(one.speakers):
            yield one.name, actor, "Outlet" if one.sort == "narrator" else rng.choice(words.TITLES)


def _items(
    rng: Random, said: list[Said], claims: int, actors: Actors
) -> list[tuple[str, int, str, str, str]]:
    """Return the items: id, the utterance that first names it, holder, kind and description."""
    n_items = max(12, claims // 20)
    items = []
    for number in range(n_items):
        first = number * len(said) // n_items
        holder = said[first].speakers[0]
        kind = rng.choice([*words.ITEMS, *["own_intelligence"] * 9])
        told = words.ITEMS[kind].format(actors.names[holder])
        items.append((f"e{number + 1}", first, holder, kind, told))
    return items


def _status(
    rng: Random, items: list[tuple[str, int, str, str, str]], said: list[Said]
) -> Iterator[tuple[object, ...]]:
    article = _coded_source(said)
    for number, (name, first, _, kind, _) in enumerate(items):
        one = said[first]
        publicity = _one(rng, PUBLICITY)
        publicity = "public_argument" if kind == "expert_reasoning" else publicity
        source = _source(one.source, article)
        yield _status_row(rng, name, _day(one.high), publicity, source, number)
        if publicity == "claimed_not_public" and one.high < LAST and rng.random() < 0.2:
            day = one.high + 1 + int((LAST - one.high) * rng.random())
            yield _status_row(rng, name, _day(day), "published", source, number)


def _status_row(
    rng: Random, name: str, day: str, publicity: str, source: str, number: int
) -> tuple[object, ...]:
    locator = f"https://items.example/{number + 1}" if publicity.startswith("published") else ""
    caveat = "not checked by others" if locator and rng.random() < 0.4 else ""
    return name, day, publicity, locator, source, "Named with the words; no more is told.", caveat


def _claims(
    rng: Random,
    said: list[Said],
    items: list[tuple[str, int, str, str, str]],
    days: list[tuple[int, str]],
    actors: Actors,
    links: list[tuple[object, ...]],
) -> Iterator[list[object]]:
    """Yield the claims, and add to `links` the items that each names."""
    propositions = list(_propositions())
    article, number, spans = _coded_source(said), 0, 0
    sides = {
        one: side
        for side, members in zip(actors.sides, actors.members, strict=True)
        for one in members
    }
    deniers = (actors.sides[1], actors.sides[6])
    for place, one in enumerate(said):
        opening: list[object] = []
        side = sides.get(one.speakers[0], "")
        for turn in range(one.claims):
            number += 1
            if opening and turn == 1 and days[one.source][1] and rng.random() < 0.06:
                row = _in_outlets_words(rng, opening, number, side)
            else:
                source, is_denier = _source(one.source, article), side in deniers
                row = _claim(rng, one, number, propositions, source, is_denier)
            if one.source == article:
                row[12:14] = [SPAN * (spans + 1), SPAN * (spans + 1) + 90]
                spans += 1
            opening = opening or row
            yield row
            if row[4] in ("affirms", "affirms_hedged") and rng.random() < 0.5:
                links.append((row[0], *_item_named(rng, items, place, len(said))))
            elif row[4] == "denies" and rng.random() < 0.2:
                links.append((row[0], items[place * len(items) // len(said)][0], "says_none"))


def _item_named(
    rng: Random, items: list[tuple[str, int, str, str, str]], place: int, n_said: int
) -> tuple[str, str]:
    newest = place * len(items) // n_said
    item = max(0, newest - int(12 * rng.random() ** 2))
    return items[item][0], "offers" if items[item][3] == "expert_reasoning" else "cites"


def _claim(
    rng: Random,
    one: Said,
    number: int,
    propositions: list[tuple[str, str, str, str]],
    source: str,
    is_denier: bool,
) -> list[object]:
    """Return a claim in the speaker's own rendering, an outlet's statement, or a silence."""
    proposition, _, text, role = rng.choice(propositions)
    stance, commitment, denial = _stance(rng, number, is_denier and role != "none")
    rendering = _one(rng, RENDERINGS)
    if one.sort == "narrator":
        stance, commitment, denial, rendering = "meta", "NA", "", "narrator"
    elif one.sort == "withheld":
        stance, commitment, denial, rendering = "withholds", "Uu", "", "indirect"
    quote = rng.choice(words.QUOTES) if rendering in ("direct", "mixed") else ""
    has_people = role not in ("none", "unstated", "state_participant")
    low, high = _figures(rng) if has_people and rng.random() < 0.25 else ("", "")
    return [
        f"c{number}", one.name, source, proposition, stance, commitment,
        rng.choice(words.HEDGES) if stance == "affirms_hedged" else "",
        rendering, "", "", quote, f"To put it shortly: {text}, as told in claim {number}.", "", "",
        rng.choice(words.PEOPLE) if has_people else "",
        rng.choice([*words.LOCATIONS]) if has_people and rng.random() < 0.6 else "",
        low, high, _one(rng, RESPONSES), denial,
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
        stance = _one(rng, (stances, DENIERS if is_denier else USUAL))
    _, commitments, denials = STANCES[stance]
    return stance, rng.choice(commitments), rng.choice(denials)


def _in_outlets_words(rng: Random, opening: list[object], number: int, side: str) -> list[object]:
    """Return a gloss or summary of an utterance's first claim, firmer now and then."""
    if opening[7] == "narrator":
        return [f"c{number}", *opening[1:]]
    row = list(opening)
    row[0], row[7], row[8] = f"c{number}", rng.choice(("gloss", "summary")), opening[0]
    row[9] = side if rng.random() < 0.7 else "officials"
    row[6], row[10] = "", ""
    if row[4] in ("affirms_hedged", "holds_possible") and rng.random() < 0.5:
        row[4:6] = "affirms", "CT+"
    row[20] = "The words of the page for what it also gives in quotation."
    return row


def _figures(rng: Random) -> tuple[object, object]:
    """Return the ends of a figure: exact, at least, at most or between."""
    low = rng.choice((5, 12, 40, 100, 250, 600, 1500, 3000))
    return rng.choice(((low, low), (low, ""), ("", low), (low, low * 2)))


def _reports(rng: Random, said: list[Said], n_sources: int) -> Iterator[tuple[object, ...]]:
    """Yield further sources: only later ones, which appeared no earlier than the words."""
    article = _coded_source(said)
    for one in said:
        if one.sort:
            continue
        further = {one.outside} - {-1, one.source}
        for _ in range(_one(rng, ((0, 1, 2, 3), (40, 33, 20, 7)))):
            further.add(one.source + 1 + int(6 * rng.random()))
        for source in sorted(further):
            if one.source < source < n_sources:
                relation = _one(rng, REPORTS)
                note = "with more of the words" if rng.random() < 0.2 else ""
                yield one.name, _source(source, article), relation, note


def _lineage(
    rng: Random,
    said: list[Said],
    links: list[tuple[object, ...]],
    items: list[tuple[str, int, str, str, str]],
    reports: list[tuple[object, ...]],
) -> Iterator[tuple[object, ...]]:
    """Yield where utterances and items come from: an item, an earlier utterance, or unknown."""
    article = _coded_source(said)
    last = accumulate(one.claims for one in said)
    of_claim = {f"c{number}": one.name for number, one in zip(last, said, strict=True)}
    named = {of_claim[claim]: item for claim, item, use in links
             if claim in of_claim and use != "says_none"}  # fmt: skip
    carried = {row[0]: row[1] for row in reports}
    for place, one in enumerate(said):
        source = _source(one.source, article)
        if one.sort:
            continue
        earlier = said[max(0, place - 1 - int(40 * rng.random()))].name if place else "unknown"
        taken, told = _taken_from(rng, named.get(one.name, ""), earlier)
        if taken:
            yield one.name, taken, *told, source
        if taken == "unknown" and one.name in carried and earlier != taken and rng.random() < 0.1:
            yield one.name, earlier, "derived_from", "The page says so.", carried[one.name]
        chance = rng.random()
        if chance < 0.3:
            parent = earlier if rng.random() < 0.4 else "unknown"
            yield one.name, parent, "comments_on", "It speaks about it.", source
        elif chance < 0.45 and place:
            yield one.name, earlier, "responds_to", "It answers it.", source
    yield from _lineage_of_items(rng, items, said)


def _taken_from(rng: Random, item: str, earlier: str) -> tuple[str, tuple[str, str]]:
    """Return what an utterance takes its content from, "" for nothing told, and how."""
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
    rng: Random, items: list[tuple[str, int, str, str, str]], said: list[Said]
) -> Iterator[tuple[object, ...]]:
    article = _coded_source(said)
    for number, (name, first, *_) in enumerate(items):
        if rng.random() < 0.3:
            parent = items[number - 1][0] if number and rng.random() < 0.15 else "unknown"
            told = "Where it comes from is told with it." if parent != "unknown" else "Not told."
            yield name, parent, "derived_from", told, _source(said[first].source, article)


def _propositions() -> Iterator[tuple[str, str, str, str]]:
    """Yield id, question, text and content role: as many as October's, whatever the size."""
    number = 0
    for group in words.GROUPS:
        for question, role, text in words.PROPOSITIONS:
            number += 1
            yield f"q{number}", question, text.format(group), role
    for question, role, text in words.OTHER_PROPOSITIONS:
        number += 1
        yield f"q{number}", question, text, role


def _proposition_relations() -> Iterator[tuple[object, ...]]:
    step = len(words.PROPOSITIONS)
    for group in range(len(words.GROUPS)):
        names = [f"q{group * step + place + 1}" for place in range(step)]
        yield names[0], "entails", names[7], "Who mends the wall is at it."
        yield names[3], "does_not_entail", names[0], "To be sent is not to mend."
        yield names[5], "weaker_than", names[7], "On the way is not there."
        yield names[4], "does_not_entail", names[7], "Garrow is larger than its wall."
        yield names[11], "motive_for", names[3], "Pay is a motive and shows nothing."
    yield "q63", "contradicts", "q64", "Both cannot be so."


def _events(said: list[Said]) -> Iterator[tuple[object, ...]]:
    article = _coded_source(said)
    for number, share in enumerate((0.1, 0.5, 0.8), 1):
        one = said[int(len(said) * share)]
        told = f"Breach {number} of the wall, as named in a statement"
        yield f"breach_{number}", _day(one.high), told, _source(one.source, article)


def _vocabulary() -> Iterator[tuple[object, ...]]:
    """Yield October's codes without their examples, and the invented question's own."""
    for place, (code, (label, told)) in enumerate(words.QUESTIONS.items(), 1):
        yield "question", code, label, told, place
    for code, (label, told, rung) in words.ROLES.items():
        yield "content_role", code, label, told, rung
    for rung, (label, told) in enumerate(words.RUNGS):
        yield "rung", rung, label, told, rung
    for place, (code, (label, told)) in enumerate(words.LOCATIONS.items()):
        yield "location", code, label, told, place
    with (DATA / "vocabulary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["scheme"] not in INVENTED:
                definition = row["definition"].partition(" Example")[0]
                yield row["scheme"], row["code"], row["label"], definition, row["order"]


def _exclusions(coded: int) -> Iterator[tuple[object, ...]]:
    yield CODED, 0, SPAN - 10, "headline"
    for place, reason in enumerate(("question", "background"), 1):
        start = SPAN * (coded + place)
        yield CODED, start, start + 90, reason


def _one(rng: Random, choice: tuple[Sequence, Sequence[float]]):  # type: ignore[type-arg,no-untyped-def]
    """Return one of the values, by their weights."""
    values, weights = choice
    return rng.choices(values, weights)[0]


def _key(name: str) -> str:
    return name.lower().replace(" ", "_")


def _day(day: int) -> str:
    return f"2024-10-{day:02}"


def _source(source: int, article: int) -> str:
    return CODED if source == article else f"s{source + 1}"


def _truth(value: bool) -> str:
    return "true" if value else "false"


if __name__ == "__main__":
    write_package(Path(sys.argv[2]), int(sys.argv[1]))
