"""The check of bytes, cells and codes: each clause by one change to the tiny package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimbrief.dataset import read_dataset
from claimbrief.errors import DatasetError, Problem
from claimbrief.validate.cells import CODES_OF_RULES, character_problems, code_problems

Changed = Callable[..., Path]


def problems(folder: Path) -> list[Problem]:
    """Return what is wrong with a package's bytes, cells and codes."""
    dataset = read_dataset(folder)
    return [*dataset.reading_problems, *character_problems(dataset), *code_problems(dataset)]


def place(problem: Problem) -> tuple[str, int, str]:
    """Return the table, row and column of a problem."""
    return problem.where, problem.row, problem.column


def test_the_good_package_has_no_such_problem(tiny: Path) -> None:
    assert problems(tiny) == []


@pytest.mark.parametrize("cell", [" Nyra", "Nyra ", "Nyra\u2003", "New\xa0Nyra"])
def test_blanks_at_the_ends_and_hard_blanks_are_refused(changed: Changed, cell: str) -> None:
    (problem,) = problems(changed("actors", "nyra", "short_name", cell))
    assert place(problem) == ("actors", 8, "short_name")
    assert problem.found == repr(cell)


def test_a_trailing_blank_in_a_number_is_refused(changed: Changed) -> None:
    (problem,) = problems(changed("claims", "i1", "figure_low", "3 "))
    assert (place(problem), problem.found) == (("claims", 7, "figure_low"), "'3 '")


INVISIBLE = {
    "line break": "\n",
    "tab": "\t",
    "control": "\x85",
    "byte order mark": "\ufeff",
    "escape": "\x1b",
    "soft hyphen": "\xad",
    "blank of no width": "\u200b",
    "word joiner": "\u2060",
    "override of direction": "\u202e",
    "isolate of direction": "\u2067",
    "mark of direction": "\u200f",
    "separator of lines": "\u2028",
    "sign of private use": "\ue000",
    "tag": "\U000e0041",
}


@pytest.mark.parametrize("sign", INVISIBLE)
def test_a_cell_with_an_invisible_sign_is_refused(changed: Changed, sign: str) -> None:
    (problem,) = problems(changed("claims", "a1", "paraphrase", f"a{INVISIBLE[sign]}b"))
    assert place(problem) == ("claims", 2, "paraphrase")
    assert problem.accepted.startswith("one line of text, without controls")
    assert INVISIBLE[sign] not in str(problem)


@pytest.mark.parametrize(
    ("text", "is_lost"),
    [
        ("Zelenskyy?s words", True), ("?????", True), ("??? ?? ??????", True),
        ("Who said so?", False), ("Really?? Yes", False), ("“No?” he asked", False),
    ],
)  # fmt: skip
def test_letters_saved_as_question_marks_are_refused_in_words_alone(
    changed: Changed, text: str, is_lost: bool
) -> None:
    found = problems(changed("claims", "a1", "paraphrase", text))
    assert [problem.column for problem in found] == ["paraphrase"] * is_lost
    assert all("retype what stands there as ?" in str(problem) for problem in found)


def test_a_cell_with_a_lost_letter_is_refused(changed: Changed) -> None:
    (problem,) = problems(changed("claims", "a1", "paraphrase", "a\ufffdb"))
    assert problem.accepted == "the letters as the page has them"


@pytest.mark.parametrize("words", ["क्‍ष", "می‌خواهم", "👩‍🚒", "북한군", "朝鮮の兵士" * 20])
def test_joiners_of_letters_and_scripts_without_blanks_are_no_fault(
    changed: Changed, words: str
) -> None:
    assert problems(changed("claims", "a1", "paraphrase", words)) == []


def test_a_sign_of_code_0_is_one_problem_of_its_file(changed: Changed) -> None:
    folder = changed("claims.csv", raw=lambda content: content.replace(b"denies", b"de\0nies", 1))
    with pytest.raises(DatasetError) as refused:
        read_dataset(folder)
    (problem,) = refused.value.problems
    assert problem.where == "claims.csv" and "code 0" in problem.found


@pytest.mark.parametrize(
    ("table", "key", "column", "row"),
    [
        ("claims", "e1", "quote", 11),
        ("claims", "e1", "hedge_words", 11),
        ("claims", "e1", "paraphrase", 11),
        ("utterances", "minister_radio", "date_words", 4),
        ("propositions", "bridge_unsafe", "text", 2),
        ("evidence", "pier_photographs", "description", 2),
        ("sources", "ledger_bridge", "title", 2),
    ],
)
@pytest.mark.parametrize("cell", ["We can't exclude", 'the "bridge"'])
def test_straightened_quotes_are_refused(
    changed: Changed, table: str, key: str, column: str, row: int, cell: str
) -> None:
    (problem,) = problems(changed(table, key, column, cell))
    assert place(problem) == (table, row, column)
    assert problem.accepted == "typographic marks: “ ” ‘ ’"


@pytest.mark.parametrize("cell", ["31.0", "3.1E1", "NaN", "1,143", "٣١", "9" * 20])
def test_a_whole_number_written_otherwise_is_refused(changed: Changed, cell: str) -> None:
    (problem,) = problems(changed("claims", "a1", "span_start", cell))
    assert place(problem) == ("claims", 2, "span_start")
    assert (problem.found, problem.accepted) == (cell, "a whole number")


@pytest.mark.parametrize("cell", ["WAHR", "T", "1", "yes"])
def test_a_truth_value_in_another_word_is_refused(changed: Changed, cell: str) -> None:
    (problem,) = problems(changed("actors", "velland", "is_expected", cell))
    assert place(problem) == ("actors", 2, "is_expected")
    assert (problem.found, problem.accepted) == (cell, "true or false")


@pytest.mark.parametrize(
    ("table", "key", "column", "row"),
    [
        ("sources", "ledger_bridge", "kind", 2),
        ("actors", "velland", "kind", 2),
        ("utterances", "pell_letter", "channel", 2),
        ("utterances", "pell_letter", "date_basis", 2),
        ("propositions", "bridge_unsafe", "question_id", 2),
        ("propositions", "bridge_unsafe", "role", 2),
        ("propositions", "bridge_unsafe", "phase", 2),
        ("words", "w_minister_1", "extent", 2),
        ("proposition_relations", "deck_fails", "relation", 2),
        ("claims", "a1", "stance", 2),
        ("claims", "a1", "commitment", 2),
        ("claims", "a1", "rendering", 2),
        ("claims", "a1", "location", 2),
        ("claims", "a1", "response", 2),
        ("claims", "b2", "denial", 6),
        ("evidence", "pier_photographs", "kind", 2),
        ("evidence_status", "pier_photographs", "publicity", 0),
        ("claim_evidence", "a1", "relation", 2),
        ("lineage", "authority_report", "relation", 2),
        ("reports", "minister_radio", "relation", 2),
        ("exclusions", ("ledger_bridge", "0"), "reason", 2),
    ],
)
def test_an_unknown_code_is_refused_with_the_codes_that_there_are(
    changed: Changed, tiny: Path, table: str, key: str, column: str, row: int
) -> None:
    key = ("pier_photographs", "2019-05-08") if table == "evidence_status" else key
    (problem,) = problems(changed(table, key, column, "no_such_code"))
    assert place(problem) == (table, row or 2, column)
    assert problem.found == "no_such_code"
    good = read_dataset(tiny).table(table)
    assert set(filter(None, good[column])) <= set(problem.accepted.split(", "))


@pytest.mark.parametrize(("code", "column"), [("CT-", "commitment"), ("CT +", "commitment")])
def test_a_code_with_a_hyphen_for_its_minus_is_refused(
    changed: Changed, code: str, column: str
) -> None:
    (problem,) = problems(changed("claims", "b2", column, code))
    assert place(problem) == ("claims", 6, column)
    assert "CT−" in problem.accepted


def test_a_code_of_the_rules_that_the_vocabulary_lacks_is_refused(changed: Changed) -> None:
    folder = changed("vocabulary", ("stance", "denies"), "code", "rejects")
    assert [(place(p), p.found) for p in problems(folder)] == [
        (("vocabulary", 0, "code"), "stance without denies"),
        (("claims", 6, "stance"), "denies"),
    ]


@pytest.mark.parametrize("scheme", CODES_OF_RULES)
def test_the_vocabulary_must_define_every_code_that_the_rules_speak_of(
    changed: Changed, scheme: str
) -> None:
    code = CODES_OF_RULES[scheme].split()[0]
    found = problems(changed("vocabulary", (scheme, code), "scheme", "other"))
    assert f"{scheme} without {code}" in [problem.found for problem in found]


def test_a_vocabulary_that_is_gone_leaves_no_code_accepted(changed: Changed) -> None:
    found = problems(changed("vocabulary.csv", raw=b"scheme,code,label,definition,order\n"))
    assert "none, for want of codes" in {problem.accepted for problem in found}


def test_a_column_of_codes_whose_vocabulary_the_descriptor_drops_is_refused(
    changed: Changed,
) -> None:
    folder = changed(
        "datapackage.json", raw=lambda c: c.replace(b'"vocabulary": "stance"', b'"vocab": "stance"')
    )
    found = [p for p in code_problems(read_dataset(folder)) if p.column == "claims.stance"]
    assert [(p.where, p.accepted) for p in found] == [("datapackage.json", "the vocabulary stance")]
