"""Valid data packages of any size, for measuring: `python benchmarks/packages.py CLAIMS FOLDER`.

The proportions are about those of the October dataset, the words are invented
(`package_words`), the descriptor is `data/datapackage.json` under another name. One seed gives
the same bytes each time. Statements lie in October 2024, so that the notebooks' defaults fit.

`package_plan` has who speaks and when, `package_claims` what; here the rows are written. An item of
evidence is known from the day on which it is first named, so that no claim rests on a later one.
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
from package_claims import SPAN, claims_of
from package_plan import (
    CODED,
    LAST,
    Actors,
    Utterance,
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
INVENTED = ("question", "role", "location")  # schemes that are not October's
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


def write_package(folder: Path, claims: int, seed: int = 1) -> None:
    """Write a package of so many claims into a folder, which is made if it is not there."""
    rng = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    n_sources = max(3, claims // 3)
    actors = actors_of(rng, claims)
    utterances = utterances_of(rng, claims, n_sources, actors)
    days = days_of_publication(rng, utterances, n_sources)
    items = _items(rng, utterances, claims, actors)
    links: list[tuple[object, ...]] = []
    printed: list[tuple[object, ...]] = []
    reports = list(reports_of(rng, utterances, n_sources))
    write = partial(_write, folder)
    write("claims", claims_of(rng, utterances, items, days, actors, links, printed))
    write("words", printed)
    coded = sum(it.claims for it in utterances if it.source == coded_source(utterances))
    write("sources", _sources(rng, utterances, days, coded))
    write("actors", actors.rows)
    write("utterances", _utterance_rows(rng, utterances))
    write("speakers", _speakers(rng, utterances))
    write("propositions", words.propositions())
    write("proposition_relations", words.proposition_relations())
    write("evidence", ((name, holder, kind, what) for name, _, holder, kind, what in items))
    write("evidence_status", _status(rng, items, utterances))
    write("claim_evidence", links)
    write("lineage", lineage_of(rng, utterances, links, items, reports))
    write("reports", reports)
    write("events", _events(utterances))
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
        # The last columns of some tables may be empty, and are: nothing is invented for them.
        writer.writerows([*row, *[""] * (len(header) - len(row))] for row in rows)


def _write_descriptor(folder: Path, claims: int) -> None:
    descriptor = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    descriptor |= {
        "name": f"garrow-wall-{claims}",
        "title": words.TITLE,
        "description": f"Invented statements on an invented question: {claims} claims.",
        "version": "1.0.0",
        "known_gaps": words.GAPS,
        "decisive_readings": [],
    }
    descriptor["licenses"][0]["title"] = "Creative Commons Attribution 4.0 (all of it is invented)"
    content = json.dumps(descriptor, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(content + "\n", encoding="utf-8")


def _sources(
    rng: Random, utterances: list[Utterance], days: list[tuple[int, str]], coded: int
) -> Iterator[tuple[object, ...]]:
    narrates = {it.source for it in utterances if it.sort == "narrator"}
    article = coded_source(utterances)
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


def _utterance_rows(rng: Random, utterances: list[Utterance]) -> Iterator[tuple[object, ...]]:
    article = coded_source(utterances)
    for utterance in utterances:
        kind = int(len(words.VENUES) * rng.random())
        venue, channel = words.VENUES[kind], words.CHANNELS[kind]
        if utterance.sort:
            places = {"narrator": ("The page itself", "article"), "withheld": ("Not stated",) * 2}
            venue, channel = places[utterance.sort]
            channel = "not_stated" if utterance.sort == "withheld" else channel
        basis = utterance.basis
        has_words = basis.startswith(("explicit", "relative"))
        has_outside = utterance.outside >= 0
        yield (
            utterance.name,
            venue,
            channel,
            utterance.date,
            f"day {utterance.high} of the month" if has_words else "",
            basis,
            "" if basis == "explicit" else "The day follows from the page and its words.",
            day_of(utterance.high) if has_outside else "",
            source_id(utterance.outside, article) if has_outside else "",
            truth(rng.random() < 0.6),
            utterance.same_as,
        )


def _speakers(rng: Random, utterances: list[Utterance]) -> Iterator[tuple[object, ...]]:
    for utterance in utterances:
        for actor in dict.fromkeys(utterance.speakers):
            title = "Outlet" if utterance.sort == "narrator" else rng.choice(words.TITLES)
            yield utterance.name, actor, title


def _items(
    rng: Random, utterances: list[Utterance], claims: int, actors: Actors
) -> list[tuple[str, int, str, str, str]]:
    """Return the items: id, the utterance that first names it, holder, kind and description."""
    n_items = max(12, claims // 20)
    items = []
    for number in range(n_items):
        first = number * len(utterances) // n_items
        holder = utterances[first].speakers[0]
        kind = rng.choice([*words.ITEMS, *["own_intelligence"] * 9])
        description = words.ITEMS[kind].format(actors.names[holder])
        items.append((f"e{number + 1}", first, holder, kind, description))
    return items


def _status(
    rng: Random, items: list[tuple[str, int, str, str, str]], utterances: list[Utterance]
) -> Iterator[tuple[object, ...]]:
    article = coded_source(utterances)
    for number, (name, first, _, kind, _) in enumerate(items):
        utterance = utterances[first]
        publicity = weighed(rng, PUBLICITY)
        publicity = "public_argument" if kind == "expert_reasoning" else publicity
        source = source_id(utterance.source, article)
        yield _status_row(rng, name, day_of(utterance.high), publicity, source, number)
        if publicity == "claimed_not_public" and utterance.high < LAST and rng.random() < 0.2:
            day = utterance.high + 1 + int((LAST - utterance.high) * rng.random())
            yield _status_row(rng, name, day_of(day), "published", source, number)


def _status_row(
    rng: Random, name: str, day: str, publicity: str, source: str, number: int
) -> tuple[object, ...]:
    locator = f"https://items.example/{number + 1}" if publicity.startswith("published") else ""
    caveat = "not checked by others" if locator and rng.random() < 0.4 else ""
    return (
        name,
        day,
        publicity,
        locator,
        source,
        "Named with the words, no more.",
        caveat,
    )


def _events(utterances: list[Utterance]) -> Iterator[tuple[object, ...]]:
    article = coded_source(utterances)
    for number, share in enumerate((0.1, 0.5, 0.8), 1):
        utterance = utterances[int(len(utterances) * share)]
        what = f"Breach {number} of the wall, as named in a statement"
        yield f"breach_{number}", day_of(utterance.high), what, source_id(utterance.source, article)


def _vocabulary() -> Iterator[tuple[object, ...]]:
    """Yield October's codes without their examples, and the invented question's own."""
    for place, (code, (label, definition)) in enumerate(words.QUESTIONS.items(), 1):
        yield "question", code, label, definition, place
    for place, (code, (label, definition)) in enumerate(words.ROLES.items()):
        yield "role", code, label, definition, place
    for place, (code, (label, definition)) in enumerate(words.LOCATIONS.items()):
        yield "location", code, label, definition, place
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
