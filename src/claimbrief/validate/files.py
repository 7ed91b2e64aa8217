"""What is wrong with the files themselves: bytes, cells and codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from claimbrief.dataset import BOOLEANS, DESCRIPTOR, TABLES, Dataset, table_bytes, table_path
from claimbrief.errors import Problem

# The codes that the rules and the analysis speak of by name; the vocabulary must define them.
SPOKEN_OF = {
    "question": "Q0 Q4 QU",
    "stance": "affirms affirms_hedged holds_possible supposes notes_reports questions "
    "cannot_confirm "
    "not_yet withholds declines dismisses denies not_addressed meta",
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
CODED = {
    "sources": {"kind": "source_kind"},
    "actors": {"kind": "actor_kind"},
    "utterances": {"channel": "channel", "date_basis": "date_basis"},
    "propositions": {"question_id": "question", "role": "role", "phase": "phase"},
    "proposition_relations": {"relation": "proposition_relation"},
    "claims": {
        "stance": "stance",
        "commitment": "commitment",
        "rendering": "rendering",
        "location": "location",
        "response": "response",
        "denial": "denial",
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
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff\ufffd]")  # line breaks, tabs, lost characters
PROSE = {
    "quote",
    "paraphrase",
    "hedge_words",
    "date_words",
    "date_note",
    "note",
    "basis",
    "caveat",
    "published_basis",
    "text",
    "description",
    "definition",
    "venue",
    "role",
    "title",
    "label",
    "personnel_term",
    "rights",
    "name",
    "short_name",
}


def file_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield what is wrong with the bytes of the tables, and with cells by their characters."""
    for name in TABLES:
        if name not in dataset.regular:
            yield from _byte_problems(dataset, name)
        table = dataset.table(name)
        for column in table.columns[table.dtypes == "str"]:
            if not _is_clean(column, table[column]):
                for row, cell in table[column].items():
                    yield from _character_problems(name, int(str(row)), str(column), cell)
    for misfit in dataset.misfits:
        yield from _character_problems(misfit.table, misfit.row, misfit.column, misfit.cell)
        yield Problem(
            misfit.table,
            misfit.row,
            misfit.column,
            misfit.cell,
            "true or false" if misfit.column in BOOLEANS else "a whole number",
            "write it so; a spreadsheet may have changed it",
        )


def _byte_problems(dataset: Dataset, name: str) -> Iterator[Problem]:
    content = table_bytes(dataset.folder, dataset.descriptor, name)
    file = table_path(dataset.folder, dataset.descriptor, name).name
    if content.startswith(b"\xef\xbb\xbf"):
        yield Problem(file, 1, "", "a byte order mark", "UTF-8 without one", "save without BOM")
    if b"\r" in content:
        row = content[: content.index(b"\r")].count(b"\n") + 1
        yield Problem(file, row, "", "CR line ends", "LF line ends", "save with LF line ends")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        yield Problem(file, row, "", "bytes that are not UTF-8", "UTF-8", "save as UTF-8")


def _is_clean(column: str, cells: pd.Series[str]) -> bool:
    """Return whether no cell of a column can have a problem by its characters."""
    different = cells.unique().tolist()
    joined = "".join(different)
    return not (
        CONTROL.search(joined)
        or "\xa0" in joined
        or (column in PROSE and STRAIGHT.search(joined))
        or different != [*map(str.strip, different)]
    )


def _character_problems(name: str, row: int, column: str, cell: str) -> Iterator[Problem]:
    if cell != cell.strip() or "\xa0" in cell:
        accepted = "no blanks at either end, no hard blanks"
        yield Problem(name, row, column, repr(cell), accepted, "remove the blanks")
    if CONTROL.search(cell):
        accepted = "one line of text, no control characters"
        yield Problem(name, row, column, repr(cell), accepted, "remove or retype them")
    if column in PROSE and STRAIGHT.search(cell):
        accepted, todo = "typographic marks: “ ” ‘ ’", "put the marks back as in the source"
        yield Problem(name, row, column, repr(cell), accepted, todo)


def code_problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield the codes that the vocabulary does not define."""
    vocabulary = dataset.vocabulary
    for scheme, codes in SPOKEN_OF.items():
        defined = set(vocabulary.loc[vocabulary["scheme"] == scheme, "code"])
        for code in codes.split():
            if code not in defined:
                yield Problem(
                    "vocabulary",
                    0,
                    "code",
                    f"{scheme} without {code}",
                    "every code of the rules",
                    "put the code back with its label and definition",
                )
    for resource in dataset.descriptor["resources"]:
        if resource["name"] in TABLES:
            yield from _column_code_problems(dataset, resource)


def _column_code_problems(dataset: Dataset, resource: Mapping[str, Any]) -> Iterator[Problem]:
    vocabulary, table = dataset.vocabulary, dataset.table(resource["name"])
    for field in resource["schema"]["fields"]:
        scheme, column = field.get("vocabulary"), field["name"]
        needed = CODED.get(resource["name"], {}).get(column)
        if needed and scheme != needed:
            yield Problem(
                DESCRIPTOR,
                0,
                f"{resource['name']}.{column}",
                f"the vocabulary {scheme or 'of none'}",
                f"the vocabulary {needed}",
                "name the scheme of the column's codes in the descriptor",
            )
        if not scheme or column not in table:
            continue
        codes = list(vocabulary.loc[vocabulary["scheme"] == scheme, "code"])
        is_unknown = table[column].notna() & ~table[column].isin([*codes, ""])
        for row, code in table.loc[is_unknown, column].items():
            yield Problem(
                resource["name"],
                int(str(row)),
                column,
                str(code),
                ", ".join(codes) or "none, for want of codes",
                f"use a code of {scheme}, or define this one in vocabulary.csv",
            )
