"""Valid data packages of any size, for measuring: `python benchmarks/packages.py CLAIMS FOLDER`.

The proportions are about those of the October dataset, the words are invented
(`package_words`), the descriptor is `data/datapackage.json` under another name. One seed gives
the same bytes each time. Statements lie in October 2024, so that the notebooks' defaults fit.

`package_plan` has who speaks and when; here the rows are written. An item of evidence is known
from the day on which it is first named, so that no claim rests on a later one.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))  # a folder of scripts, not a package
import package_words as words
from package_plan import (
    CODED,
    LAST,
    Actors,
    Said,
    actors_of,
    coded_source,
    day_of,
    days_of_publication,
    lineage_of,
    reports_of,
    source_id,
    truth,
    utterances_of,
    weighed,
)

DATA = Path(__file__).parent.parent / "data"
SPAN = 100  # code points of the coded text that a claim takes
INVENTED = ("question", "role", "location")  # schemes that are not October's
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
SOURCE_KINDS = (
    ("news_report", "mirror", "primary_transcript", "mirror_of_primary", "primary_release",
     "broadcaster_interview"),
    (142, 5, 3, 3, 3, 1),
)  # fmt: skip
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


def write_package(folder: Path, claims: int, seed: int = 1) -> None:
    """Write a package of so many claims into a folder, which is made if it is not there."""
    rng = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    n_sources = max(3, claims // 3)
    actors = actors_of(rng, claims)
    said = utterances_of(rng, claims, n_sources, actors)
    days = days_of_publication(rng, said, n_sources)
    items = _items(rng, said, claims, actors)
    links: list[tuple[object, ...]] = []
    printed: list[tuple[object, ...]] = []
    reports = list(reports_of(rng, said, n_sources))
    write = partial(_write, folder)
    write("claims", _claims(rng, said, items, days, actors, links, printed))
    write("words", printed)
    coded = sum(one.claims for one in said if one.source == coded_source(said))
    write("sources", _sources(rng, said, days, coded))
    write("actors", actors.rows)
    write("utterances", _utterance_rows(rng, said))
    write("speakers", _speakers(rng, said))
    write("propositions", words.propositions())
    write("proposition_relations", words.proposition_relations())
    write("evidence", ((name, holder, kind, told) for name, _, holder, kind, told in items))
    write("evidence_status", _status(rng, items, said))
    write("claim_evidence", links)
    write("lineage", lineage_of(rng, said, links, items, reports))
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


def _sources(
    rng: Random, said: list[Said], days: list[tuple[int, str]], coded: int
) -> Iterator[tuple[object, ...]]:
    narrates = {one.source for one in said if one.sort == "narrator"}
    article = coded_source(said)
    for source, (_, written) in enumerate(days):
        outlet = words.OUTLETS[source % len(words.OUTLETS)]
        publisher = f"{rng.choice(words.PRESS)} {rng.choice(words.PRESS_NAMES)}"
        kind = weighed(rng, SOURCE_KINDS)
        has_text = source == article
        yield (
            source_id(source, article),
            f"Page {source + 1} on the wall of Garrow",
            outlet if source in narrates or has_text else publisher,
            "news_report" if source in narrates or has_text else kind,
            "" if has_text else f"https://press.example/{source % 97}/{source + 1}",
            weighed(rng, (("", *words.WIRES), (63, 18, 12, 7))),
            written,
            "Day shown with the page." if written else "The page shows no day.",
            "0123456789abcdef" * 4 if has_text else "",
            SPAN * (coded + 4) if has_text else "",
            "Invented; all of it may be shipped.",
        )


def _utterance_rows(rng: Random, said: list[Said]) -> Iterator[tuple[object, ...]]:
    article = coded_source(said)
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
            day_of(one.high) if has_outside else "",
            source_id(one.outside, article) if has_outside else "",
            truth(rng.random() < 0.6),
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
    article = coded_source(said)
    for number, (name, first, _, kind, _) in enumerate(items):
        one = said[first]
        publicity = weighed(rng, PUBLICITY)
        publicity = "public_argument" if kind == "expert_reasoning" else publicity
        source = source_id(one.source, article)
        yield _status_row(rng, name, day_of(one.high), publicity, source, number)
        if publicity == "claimed_not_public" and one.high < LAST and rng.random() < 0.2:
            day = one.high + 1 + int((LAST - one.high) * rng.random())
            yield _status_row(rng, name, day_of(day), "published", source, number)


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
    printed: list[tuple[object, ...]],
) -> Iterator[list[object]]:
    """Yield the claims; add to `links` the items that each names, to `printed` its words."""
    propositions = list(words.propositions())
    article, number, spans = coded_source(said), 0, 0
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
                source, is_denier = source_id(one.source, article), side in deniers
                row = _claim(rng, one, number, propositions, source, is_denier)
            if one.source == article:
                row[12:14] = [SPAN * (spans + 1), SPAN * (spans + 1) + 90]
                spans += 1
            opening = opening or row
            yield row
            if row[10] and one.source != article:
                extent = "whole_page" if number % 3 else "excerpt"
                printed.append(
                    (f"w{number}", row[1], row[2], row[10], "en", "false", extent, "true", "")
                )
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
    propositions: list[tuple[str, str, str, str, str]],
    source: str,
    is_denier: bool,
) -> list[object]:
    """Return a claim in the speaker's own rendering, an outlet's statement, or a silence."""
    proposition, _, text, role, _ = rng.choice(propositions)
    stance, commitment, denial = _stance(rng, number, is_denier and role != "none")
    rendering = weighed(rng, RENDERINGS)
    if one.sort == "narrator":
        stance, commitment, denial, rendering = "meta", "NA", "", "narrator"
    elif one.sort == "withheld":
        stance, commitment, denial, rendering = "withholds", "Uu", "", "indirect"
    quote = rng.choice(words.QUOTES) if rendering in ("direct", "mixed") else ""
    has_people = role not in ("none", "unstated", "state")
    hedge = rng.choice(words.HEDGES) if stance == "affirms_hedged" else ""
    people = rng.choice(words.PEOPLE) if has_people else ""
    if rendering == "direct":
        quote = ", ".join(filter(None, (people, hedge, quote)))
    low, high = _figures(rng) if has_people and rng.random() < 0.25 else ("", "")
    return [
        f"c{number}", one.name, source, proposition, stance, commitment,
        hedge,
        rendering, "", "", quote, f"To put it shortly: {text}, as told in claim {number}.", "", "",
        people,
        rng.choice([*words.LOCATIONS]) if has_people and rng.random() < 0.6 else "",
        low, high, weighed(rng, RESPONSES), denial,
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


def _events(said: list[Said]) -> Iterator[tuple[object, ...]]:
    article = coded_source(said)
    for number, share in enumerate((0.1, 0.5, 0.8), 1):
        one = said[int(len(said) * share)]
        told = f"Breach {number} of the wall, as named in a statement"
        yield f"breach_{number}", day_of(one.high), told, source_id(one.source, article)


def _vocabulary() -> Iterator[tuple[object, ...]]:
    """Yield October's codes without their examples, and the invented question's own."""
    for place, (code, (label, told)) in enumerate(words.QUESTIONS.items(), 1):
        yield "question", code, label, told, place
    for place, (code, (label, told)) in enumerate(words.ROLES.items()):
        yield "role", code, label, told, place
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


if __name__ == "__main__":
    write_package(Path(sys.argv[2]), int(sys.argv[1]))
