"""What is wrong with single cells: their characters, and codes that the vocabulary lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from claimbrief.dataset import TABLES, Dataset
from claimbrief.descriptor import DESCRIPTOR
from claimbrief.errors import INVISIBLE, Problem
from claimbrief.lookups import grouped
from claimbrief.spreadsheets import ERRORS
from claimbrief.validate.rows import nearest, problems

# The codes that rules and analysis name; the vocabulary must define them.
CODES_OF_RULES = {
    "question": "Q0 Q4 QU",
    "stance": "affirms affirms_hedged holds_possible supposes notes_reports questions "
    "cannot_confirm not_yet withholds declines dismisses denies not_addressed meta",
    "commitment": "CT+ PR+ PS+ Uu PS− PR− CT− NA",
    "rendering": "direct mixed indirect gloss summary narrator",
    "denial": "D-1 D0 D1 D2 D3 D4",
    "response": "A0 A1 A2 A3 A4 A5",
    "publicity": "none_offered claimed_not_public shared_with_partners described public_argument "
    "published published_verified",
    "lineage_relation": "quoted_from derived_from briefed_by responds_to comments_on",
    "actor_kind": "person institution state alliance outlet group collective",
    "phase": "so to_come",
    "claim_evidence_relation": "offers says_none speaks_of",
    "extent": "whole_statement whole_page excerpt relayed",
    "rests_on": "words report paraphrase",
    "report_relation": "independent same_wire same_origin",
    "source_kind": "primary_transcript primary_release broadcaster_interview mirror_of_primary",
    "sourcing": "primary primary_copy two_reports same_wire same_origin one_report",
}
# The columns whose codes the code reads, and the scheme that the descriptor must name for each.
SCHEMES = {
    "sources": {"kind": "source_kind"},
    "actors": {"kind": "actor_kind"},
    "utterances": {"channel": "channel", "date_basis": "date_basis"},
    "propositions": {"question_id": "question", "role": "role", "phase": "phase"},
    "proposition_relations": {"relation": "proposition_relation"},
    "claims": {
        name: name
        for name in ("stance", "commitment", "rendering", "location", "response", "denial")
    },
    "words": {"extent": "extent"},
    "evidence": {"kind": "evidence_kind"},
    "evidence_status": {"publicity": "publicity"},
    "claim_evidence": {"relation": "claim_evidence_relation"},
    "lineage": {"relation": "lineage_relation"},
    "reports": {"relation": "report_relation"},
    "exclusions": {"reason": "exclusion_reason"},
}
# Typed straight in a text where a typographic mark belongs; a sign of a spreadsheet's changes.
STRAIGHT = re.compile("[\"']")
BLANKS = re.compile(r"^\s|\s\Z|\xa0")
LOST = re.compile("\ufffd")  # what a program writes for a letter that it could not read
# What it writes for letters that its encoding lacks: inside a word, or for whole words.
LOST_AS_MARKS = re.compile(r"\w\?\w|\?{2,}\s+\?{2,}|\?{4,}")
# Letters in a row that no word of a script with blanks has, and that no line of a page takes.
WITHOUT_BLANKS = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
LONG_WORD = re.compile(rf"[^\W{WITHOUT_BLANKS}]{{81}}")
_PROSE = (
    "quote paraphrase hedge_words date_words date_note note basis caveat published_basis text "
    "description definition venue role title label people_term rights name short_name"
)
PROSE = _PROSE.split()
CHARACTERS = {
    "blanks": BLANKS,
    "invisible signs": INVISIBLE,
    "lost letters": LOST,
    "letters as question marks": LOST_AS_MARKS,
    "long words": LONG_WORD,
    "straight marks": STRAIGHT,
    "spreadsheet errors": ERRORS,
}
OF_PROSE = ("letters as question marks", "straight marks", "long words")


def character_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the cells with signs that no text has, by rule of `CHARACTERS`."""
    for name in TABLES:
        table = dataset.table(name)
        for column in table.columns[table.dtypes == "str"]:
            cells = table[column].unique().tolist()
            for rule, pattern in CHARACTERS.items():
                if rule in OF_PROSE and column not in PROSE:
                    continue
                if refused := [cell for cell in cells if pattern.search(cell)]:
                    rows = table[table[column].isin(refused)]
                    yield from problems(rule, rows, name, str(column))


ADDRESSES = {"sources": "url", "evidence_status": "locator"}


def address_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the cells that the page cannot use as the address of a link."""
    for name, column in ADDRESSES.items():
        table = dataset.table(name)
        refused = {
            cell for cell in table[column].unique().tolist() if cell and not _is_address(cell)
        }
        yield from problems("address", table[table[column].isin(refused)], name, column)


def _is_address(cell: str) -> bool:
    try:
        parts = urlsplit(cell)
        parts.port  # noqa: B018 (it is read, and refused, only when it is asked for)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", cell)


def code_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the codes that the vocabulary does not define."""
    defined = grouped(dataset.vocabulary, "scheme", "code")
    for scheme, codes in CODES_OF_RULES.items():
        for code in codes.split():
            if code not in defined.get(scheme, []):
                found, accepted = f"{scheme} without {code}", "every code of the rules"
                todo = "put the code back with its label and definition"
                yield Problem("vocabulary", 0, "code", found, accepted, todo)
    for resource in dataset.descriptor["resources"]:
        if resource["name"] in TABLES:
            yield from _column_code_problems(dataset, resource, defined)


def _column_code_problems(
    dataset: Dataset, resource: Mapping[str, Any], defined: Mapping[str, list[str]]
) -> Iterator[Problem]:
    name, table = resource["name"], dataset.table(resource["name"])
    for field in resource["schema"]["fields"]:
        scheme, column = field.get("vocabulary"), field["name"]
        needed = SCHEMES.get(name, {}).get(column)
        if needed and scheme != needed:
            found, accepted = f"the vocabulary {scheme or 'of none'}", f"the vocabulary {needed}"
            todo = "name the scheme of the column's codes in the descriptor"
            yield Problem(DESCRIPTOR, 0, f"{name}.{column}", found, accepted, todo)
        if not scheme or column not in table:
            continue
        codes = defined.get(scheme, [])
        if unknown := set(table[column].dropna()) - {"", *codes}:
            rows = table[table[column].isin(unknown)].assign(scheme=scheme)
            rows["codes"] = ", ".join(codes) or "none, for want of codes"
            rows["nearest"] = nearest(rows[column], codes)
            yield from problems("code", rows, name, column)
