"""The whole check: nothing wrong with a good package, every problem of a bad one at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimbrief.dataset import read_dataset
from claimbrief.errors import DatasetError, Problem
from claimbrief.validate import checked, find_problems

Changed = Callable[..., Path]
Spoil = Callable[[bytes], bytes]


def problems(folder: Path) -> list[Problem]:
    """Return everything that is wrong with a package."""
    return find_problems(read_dataset(folder))


def places(folder: Path) -> set[tuple[str, int, str]]:
    """Return where everything is that is wrong with a package."""
    return {(problem.where, problem.row, problem.column) for problem in problems(folder)}


def test_the_good_package_is_returned_as_it_is(tiny: Path) -> None:
    dataset = read_dataset(tiny)
    assert find_problems(dataset) == []
    assert checked(dataset) is dataset


@pytest.mark.parametrize(
    ("claim_id", "column", "cell", "accepted"),
    [
        ("a1", "span_start", "31.0", "a whole number"),
        ("a1", "span_end", "155,0", "a whole number"),
        ("i1", "figure_low", "three", "a whole number"),
        ("a1", "commitment", "", "a value"),
    ],
)
def test_of_a_cell_that_cannot_be_read_nothing_is_listed_that_follows_from_it(
    changed: Changed, claim_id: str, column: str, cell: str, accepted: str
) -> None:
    (problem,) = problems(changed("claims", claim_id, column, cell))
    assert (problem.column, problem.accepted) == (column, accepted)


@pytest.mark.parametrize(
    ("unread", "wrong", "column"),
    [
        (("i1", "figure_low", "three"), ("i1", "span_start", "9000"), "span_start"),
        (("a1", "span_start", "31.0"), ("b1", "span_end", "9000"), "span_end"),
        (("i1", "span_start", "x"), ("i1", "figure_high", "-5"), "figure_low"),
        (("a1", "span_start", "31.0"), ("a1", "commitment", "CT"), "commitment"),
    ],
)
def test_an_unread_number_hides_no_other_problem(
    changed: Changed, unread: tuple[str, str, str], wrong: tuple[str, str, str], column: str
) -> None:
    folder = changed("claims", *wrong, of=changed("claims", *unread))
    assert {unread[1], column} <= {problem.column for problem in problems(folder)}


def test_a_gap_in_the_coverage_is_listed_beside_a_figure_that_cannot_be_read(
    changed: Changed,
) -> None:
    folder = changed("claims", "i1", "figure_low", "three")
    path = folder / "exclusions.csv"
    header, _, *rest = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(header + "".join(rest), "utf-8")
    assert ("claims", 0, "span_start") in places(folder)


def test_a_dataset_that_has_failed_fails_again(changed: Changed) -> None:
    dataset = read_dataset(changed("actors", "engineers", "country", "XVL"))
    for _ in range(2):
        with pytest.raises(DatasetError):
            checked(dataset)


def test_a_file_changed_since_the_last_check_is_checked_as_it_is(tiny: Path) -> None:
    checked(read_dataset(tiny))
    path = tiny / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b"b2,builder", b"b2,nobody"))
    with pytest.raises(DatasetError):
        checked(read_dataset(tiny))


@pytest.mark.parametrize("text", [b"another text", b""])
def test_a_text_of_the_archive_changed_since_is_checked_as_it_is(tiny: Path, text: bytes) -> None:
    checked(read_dataset(tiny))
    (tiny / "archive" / "ledger_bridge.txt").write_bytes(text)
    with pytest.raises(DatasetError):
        checked(read_dataset(tiny))


def test_problems_of_every_kind_are_listed_at_once_in_the_order_of_the_tables(
    changed: Changed,
) -> None:
    folder = changed("claims", "b2", "stance", "no_such_code")  # a code
    folder = changed("claims", "a1", "commitment", "Uu", of=folder)  # a meaning
    folder = changed("utterances", "pell_letter", "date", "May", of=folder)  # a date
    folder = changed("claims", "i1", "quote", "Three", of=folder)  # a quote
    folder = changed("events", "storm", "source_id", "nobody", of=folder)  # a key
    folder = changed(
        "actors.csv", raw=lambda c: c.replace(b"\nnyra", b"\n\nnyra"), of=folder
    )  # rows
    found = problems(folder)
    assert [(p.where, p.row, p.column) for p in found] == [
        ("actors", 8, ""),
        ("claims", 2, "commitment"),
        ("claims", 6, "stance"),
        ("claims", 7, "quote"),
        ("events", 2, "source_id"),
        ("utterances", 2, "date"),
    ]


def test_a_bad_package_is_refused_with_every_problem_and_what_to_do(changed: Changed) -> None:
    folder = changed("claims", "b2", "quote", "There is no hole")
    folder = changed("actors", "engineers", "country", "XVL", of=folder)
    with pytest.raises(DatasetError) as refusal:
        checked(read_dataset(folder))
    assert len(refusal.value.problems) == 2
    assert refusal.value.exit_status == 1
    assert str(refusal.value) == (
        "2 problems in the dataset\n"
        "  actors.csv, row 13 (engineers), country: found an anonymous collective of XVL; "
        "accepted: an empty cell; to do: remove the country: who they are is not known\n"
        "  claims.csv, row 6 (b2), quote: found There is no hole; accepted: There is no crack in "
        "the east pier; to do: copy the words at the span"
    )


def test_each_problem_of_a_row_names_its_whole_key(changed: Changed) -> None:
    folder = changed("exclusions", ("ledger_bridge", "301"), "reason", "dull")
    folder = changed("claims", "e2", "span_start", "a", of=folder)  # from the reader
    folder = changed("claims", "i1", "claim_id", "", of=folder)
    found = {(p.where, p.row): p.key for p in problems(folder)}
    assert found["exclusions", 3] == "ledger_bridge, 301"
    assert found["claims", 12] == "e2"
    assert found["claims", 7] == ""


def test_one_problem_is_one_problem(changed: Changed) -> None:
    with pytest.raises(DatasetError, match="1 problem in the dataset\n"):
        checked(read_dataset(changed("actors", "engineers", "country", "XVL")))


def test_a_problem_is_listed_once(changed: Changed) -> None:
    found = problems(changed("sources", "ledger_bridge", "published", ""))
    assert len(found) == len(set(found)) == 1


def test_the_check_writes_nothing(changed: Changed) -> None:
    folder = changed("claims", "b2", "quote", "There is no hole")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    find_problems(read_dataset(folder))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


# The real data


def row_of(folder: Path, table: str, key: str) -> int:
    """Return the row of a key, as an editor counts it."""
    lines = (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(f"{key},"))


# Cells changed together: none of them spoils what another is checked by.
PLANTED = {
    "in rows of their own": [
        ("claims", "k1", "hedge_words", "likely to be", "hedge_words"),
        ("claims", "h1", "span_start", "1230", "quote"),
        ("claims", "u1", "stance", "affirms", "commitment"),
        ("claims", "u2", "stance", "denies", "denial"),
        ("claims", "h3", "commitment", "CT+", "commitment"),
        ("claims", "p1", "rendering", "direct", "rendering"),
        ("claims", "s1", "attributed_to", "russia", "attributed_to"),
        ("claims", "h0", "attributed_to", "united_states", "attributed_to"),
        ("claims", "n1", "utterance_id", "us_concern", "rendering"),
        ("claims", "z2", "proposition_id", "sent_to_fihgt", "proposition_id"),
        ("utterances", "peskov_fake_news", "date", "2024-10-32", "date"),
        ("utterances", "zelenskyy_sunday", "date", "2024-10-20", "date"),
        ("utterances", "flynn_event", "outside_source_id", "", "outside_source_id"),
        ("actors", "experts", "country", "GBR", "country"),
        ("actors", "zelenskyy", "member_of", "ukrain", "member_of"),
        ("evidence_status", "ukrainian_finding", "publicity", "published", "locator"),
        ("lineage", "zelenskyy_parliament", "parent", "ukrainian_findings", "parent"),
        ("exclusions", ("aljazeera_2024_10", "584"), "span_end", "9999", "span_end"),
        ("speakers", "flynn_event", "actor_id", "general_flynn", "actor_id"),
    ],
    "more of the same rows": [
        ("claims", "h0", "location", "mars", "location"),
        ("utterances", "peskov_fake_news", "date_words", "last month", "date_words"),
        ("actors", "experts", "kind", "experts", "kind"),
    ],
    "the text itself": [
        ("claims", "h0", "renders", "h4x", "renders"),
        ("utterances", "peskov_fake_news", "date_note", "", "date_note"),
        ("sources", "aljazeera_2024_10", "sha256", "0" * 64, "sha256"),
    ],
}


@pytest.mark.parametrize("together", PLANTED)
def test_changing_one_cell_of_the_real_data_names_that_cell(
    changed: Changed, archived: Path, together: str
) -> None:
    folder, due = archived, set()
    for table, key, column, value, named in PLANTED[together]:
        row = row_of(archived, table, key if isinstance(key, str) else ",".join(key))
        folder = changed(table, key, column, value, of=folder)
        due.add((table, row, named))
    assert len(due) == len(PLANTED[together])
    assert due <= places(folder)


def test_an_article_dated_before_what_it_reports_names_the_utterances(
    changed: Changed, archived: Path
) -> None:
    folder = changed("sources", "aljazeera_2024_10", "published", "2024-10-15", of=archived)
    for later in ("zelenskyy_parliament", "monitoring_team"):
        assert ("utterances", row_of(folder, "utterances", later), "date") in places(folder)


def test_later_evidence_under_an_earlier_claim_names_the_claims(
    changed: Changed, archived: Path
) -> None:
    key = ("ukrainian_finding", "[2024-10-16..2024-10-19]")
    folder = changed("evidence_status", key, "as_of", "2024-10-18", of=archived)
    for claim in ("z2", "z3"):
        row = row_of(folder, "claim_evidence", claim)
        assert ("claim_evidence", row, "evidence_id") in places(folder)
