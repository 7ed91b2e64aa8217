"""A second question, invented, whose window spans two years: written as an analyst would write it.

Neither Lake Marrow nor the country of Tolland exists. `write_second` calls `claimbrief new` and
puts these rows in the place of the example, so each header is that of the package that is shipped.
A row here has the cells that are filled.

What the brief has to say, worked by hand: eight statements, of which b2 lies outside the window.
Tolland leaves open whether the water is unsafe on 31 December 2030 and says so on 3 January 2031.
Marrow Dairy, which makes no such claim, denies it on 22 December 2030 and dismisses it on 9 January
2031. The Water Board speaks on a day from 29 December 2030 to 2 January 2031, so its order to the
minister's first words is not known. Of three actors who are expected, the Lake Guard is not heard.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from click.testing import CliRunner

from claimbrief.cli import main

TITLE = "Is the water of Lake Marrow unsafe to drink?"
WINDOW = ("2030-12-16", "2031-01-15")
BASIS = "Invented: the day shown with the page."
RIGHTS = "Invented for the tests."
Rows = Sequence[Mapping[str, str]]


def _source(
    source_id: str, publisher: str, published: str, kind: str = "news_report"
) -> dict[str, str]:
    title = f"An invented page of {publisher}"
    url = f"https://{source_id.replace('_', '-')}.example/"
    day = {"published": published, "published_basis": BASIS, "rights": RIGHTS}
    return {
        "source_id": source_id,
        "title": title,
        "publisher": publisher,
        "kind": kind,
        "url": url,
        **day,
    }


def _actor(
    actor_id: str, name: str, kind: str, body: str = "", expected: str = "false"
) -> dict[str, str]:
    names = {"actor_id": actor_id, "name": name, "short_name": name}
    return {**names, "kind": kind, "country": "XTO", "member_of": body, "is_expected": expected}


def _utterance(
    utterance_id: str, day: str, words: str = "", basis: str = "explicit"
) -> dict[str, str]:
    note = "" if basis == "explicit" else "The page says so and gives no day."
    when = {"date": day, "date_words": words or day, "date_basis": basis, "date_note": note}
    place = {"venue": "An invented occasion", "channel": "press_remarks", "is_translation": "false"}
    return {"utterance_id": utterance_id, **place, **when}


# claim, utterance, source, proposition, stance, commitment, hedge, denial, the speaker's words
SAID = (
    ("r1", "residents_letter", "courier_1", "water_unsafe", "affirms_hedged", "PR+", "probably", "",
     "The water is probably unsafe"),
    ("d1", "dairy_reply", "courier_2", "water_unsafe", "denies", "CT−", "", "D3",
     "The water is safe to drink"),
    ("b1", "board_finding", "board_page", "bacteria_found", "affirms", "CT+", "", "",
     "We found bacteria in the lake"),
    ("m1", "minister_question", "herald_1", "water_unsafe", "declines", "Uu", "", "D0",
     "No comment until the tests are in"),
    ("m2", "minister_answer", "herald_2", "water_unsafe", "affirms", "CT+", "", "",
     "The water is unsafe"),
    ("d2", "dairy_rumour", "courier_3", "water_unsafe", "dismisses", "CT−", "", "D2",
     "This is a rumour"),
    ("k1", "kanto_interview", "herald_3", "bacteria_found", "holds_possible", "PS+", "may", "",
     "There may be bacteria in cold water as well"),
    ("b2", "board_all_clear", "board_page_2", "water_unsafe", "denies", "CT−", "", "D3",
     "The water is safe again"),
)  # fmt: skip
ROLES = {
    "verrin": "Minister of Water",
    "water_board": "The authority itself",
    "residents": "People who live at the lake",
    "dairy": "The company itself",
    "kanto": "Chemist",
}
CLAIM = ("claim_id", "utterance_id", "source_id", "proposition_id", "stance", "commitment")
CLAIM += ("hedge_words", "denial", "quote")
CLAIMS = [
    {**dict(zip(CLAIM, row, strict=True)), "rendering": "direct", "response": "A0",
     "paraphrase": "Invented; see the quote."}
    for row in SAID
]  # fmt: skip

TABLES: Mapping[str, Rows] = {
    "sources": [
        _source("courier_1", "Marrow Courier", "2030-12-19"),
        _source("courier_2", "Marrow Courier", "2030-12-22"),
        _source("board_page", "Water Board of Tolland", "2031-01-02", "primary_release"),
        _source("herald_1", "Tolland Herald", "2030-12-31"),
        _source("herald_2", "Tolland Herald", "2031-01-03"),
        _source("courier_3", "Marrow Courier", "2031-01-09"),
        _source("herald_3", "Tolland Herald", "2031-01-12"),
        _source("board_page_2", "Water Board of Tolland", "2031-02-02", "primary_release"),
    ],
    "actors": [
        _actor("tolland", "Tolland", "state", expected="true"),
        _actor("verrin", "Ada Verrin", "person", "tolland"),
        _actor("water_board", "Water Board", "institution"),
        _actor("residents", "Lakeside Residents", "group"),
        _actor("dairy", "Marrow Dairy", "institution", expected="true"),
        _actor("kanto", "Ilse Kanto", "person"),
        _actor("guard", "Lake Guard", "group", expected="true"),
    ],
    "utterances": [
        _utterance("residents_letter", "2030-12-18"),
        _utterance("dairy_reply", "2030-12-22"),
        _utterance("board_finding", "[2030-12-29..2031-01-02]", "these days", "relative_phrase"),
        _utterance("minister_question", "2030-12-31"),
        _utterance("minister_answer", "2031-01-03"),
        _utterance("dairy_rumour", "2031-01-09"),
        _utterance("kanto_interview", "2031-01-12"),
        _utterance("board_all_clear", "2031-02-02"),
    ],
    "speakers": [
        {"utterance_id": utterance_id, "actor_id": actor_id, "role": ROLES[actor_id]}
        for utterance_id, actor_id in (
            ("residents_letter", "residents"),
            ("dairy_reply", "dairy"),
            ("board_finding", "water_board"),
            ("minister_question", "verrin"),
            ("minister_answer", "verrin"),
            ("dairy_rumour", "dairy"),
            ("kanto_interview", "kanto"),
            ("board_all_clear", "water_board"),
        )
    ],
    "propositions": [
        {"proposition_id": "water_unsafe", "question_id": "Q1", "role": "none", "phase": "so",
         "text": "the water of Lake Marrow is unsafe to drink"},
        {"proposition_id": "bacteria_found", "question_id": "Q2", "role": "none", "phase": "so",
         "text": "there are bacteria in Lake Marrow"},
    ],
    "proposition_relations": [],
    "claims": CLAIMS,
    "words": [
        {"words_id": f"w_{claim['claim_id']}", "utterance_id": claim["utterance_id"],
         "source_id": claim["source_id"], "text": f"{claim['quote']}.", "language": "en",
         "is_translation": "false", "extent": "whole_page", "is_followed": "true"}
        for claim in CLAIMS
    ],
    "evidence": [
        {"evidence_id": "laboratory_report", "holder": "water_board", "kind": "document",
         "description": "the report of a laboratory"},
    ],
    "evidence_status": [
        {"evidence_id": "laboratory_report", "as_of": "2030-12-29",
         "publicity": "claimed_not_public", "source_id": "board_page", "basis": "Named there."},
        {"evidence_id": "laboratory_report", "as_of": "2031-01-05", "publicity": "published",
         "locator": "https://board.example/report", "source_id": "herald_3", "basis": "Shown."},
    ],
    "claim_evidence": [
        {"claim_id": "b1", "evidence_id": "laboratory_report", "relation": "offers"},
    ],
    "lineage": [
        {"child": "board_finding", "parent": "laboratory_report", "relation": "derived_from",
         "basis": "The board names the report.", "source_id": "board_page"},
        {"child": "minister_answer", "parent": "board_finding", "relation": "derived_from",
         "basis": "She names the board.", "source_id": "herald_2"},
    ],
    "reports": [],
    "events": [
        {"event_id": "ice", "date": "2030-12-27", "label": "Ice on the lake",
         "source_id": "board_page"},
    ],
    "exclusions": [],
    "codings": [],
}  # fmt: skip
QUESTIONS = {
    "Q1": {
        "label": "Unsafe to drink?",
        "definition": "Whether the water of Lake Marrow is unsafe to drink.",
        "short": "Unsafe to drink",
        "clause": "the water of Lake Marrow is unsafe to drink",
    },
    "Q2": {
        "label": "Bacteria in the lake?",
        "definition": "What lives in Lake Marrow, bacteria apart from all else.",
        "short": "Bacteria in the lake",
        "clause": "there are bacteria in Lake Marrow",
    },
}


def write_second(folder: Path) -> Path:
    """Return a folder that `claimbrief new` wrote, with these rows for those of the example."""
    called = CliRunner().invoke(
        main, ["new", str(folder), "--question", TITLE, "--window", *WINDOW]
    )
    assert called.exit_code == 0, called.output
    (folder / "archive" / "example_report.txt").unlink()
    for name, rows in TABLES.items():
        _write(folder / f"{name}.csv", rows)
    with (folder / "vocabulary.csv").open(encoding="utf-8", newline="") as file:
        codes = list(csv.DictReader(file))
    for row in codes:
        if row["scheme"] == "question":
            row.update(QUESTIONS.get(row["code"], {}))
    _write(folder / "vocabulary.csv", codes)
    return folder


def _write(path: Path, rows: Rows) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
