"""The generator of packages that are measured: valid, the same each time, with all there is."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from claimbrief.dataset import TABLES, Dataset, read_dataset
from claimbrief.validate import find_problems

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from packages import write_package


@cache
def _generated(claims: int) -> Dataset:
    folder = Path(mkdtemp(prefix="package-"))
    write_package(folder, claims)
    return read_dataset(folder)


@pytest.mark.parametrize("claims", [30, 198, 1000])
def test_a_generated_package_passes_the_check(claims: int) -> None:
    assert find_problems(_generated(claims)) == []


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        write_package(tmp_path / name, 200, seed)
    it, again, other = (
        [(tmp_path / name / f"{table}.csv").read_bytes() for table in TABLES]
        for name in ("one", "again", "other")
    )
    assert it == again
    assert it != other


@pytest.mark.parametrize("claims", [198, 1000])
def test_it_has_as_many_claims_as_asked_for_and_other_rows_in_proportion(claims: int) -> None:
    made = _generated(claims)
    assert len(made.claims) == claims
    assert 0.35 < len(made.utterances) / claims < 0.6
    assert 0.3 < len(made.sources) / claims < 0.4
    assert 0.4 < len(made.lineage) / claims < 0.8


def test_actors_grow_as_the_square_root_of_the_claims_and_sides_up_to_a_bound() -> None:
    fewer, more = _generated(1000), _generated(16_000)
    people = [int((made.actors["kind"] == "person").sum()) for made in (fewer, more)]
    assert 3 < people[1] / people[0] < 4.2
    assert (more.actors["kind"].isin(["state", "alliance"])).sum() <= 30
    assert len(more.propositions) == len(fewer.propositions)


NOT_MADE = {"whole_statement", "relayed", "speaks_of"}  # codes that no invented row needs


@pytest.mark.parametrize(
    ("table", "column", "scheme"),
    [
        ("claims", "stance", "stance"),
        ("claims", "rendering", "rendering"),
        ("claims", "commitment", "commitment"),
        ("claims", "denial", "denial"),
        ("claims", "response", "response"),
        ("propositions", "role", "role"),
        ("propositions", "phase", "phase"),
        ("words", "extent", "extent"),
        ("reports", "relation", "report_relation"),
        ("lineage", "relation", "lineage_relation"),
        ("claim_evidence", "relation", "claim_evidence_relation"),
    ],
)
def test_every_code_of_a_scheme_occurs(table: str, column: str, scheme: str) -> None:
    made = _generated(1000)
    used = set(made.table(table)[column]) - {""}
    assert used == set(made.labels(scheme)) - NOT_MADE


def test_it_has_ranges_open_starts_days_of_other_sources_and_undated_pages() -> None:
    made = _generated(1000)
    for beginning in ("[..", "[2024-10-", "2024-10-"):
        assert made.utterances["date"].str.startswith(beginning).any()
    assert made.utterances["date"].str.contains(",", regex=False).any()
    assert (made.utterances["outside_date"] != "").any()
    assert (made.utterances["likely_same_as"] != "").any()
    assert (made.sources["published"] == "").any()
    assert made.claims["figure_low"].notna().any()
    assert made.claims["span_start"].notna().any()


def test_it_holds_no_word_of_the_real_question() -> None:
    real = {"korea", "russia", "ukrain", "kursk", "moscow", "zelensk", "kyiv"}
    made = _generated(198)
    for table in TABLES:
        text = (made.folder / f"{table}.csv").read_text(encoding="utf-8").lower()
        assert not {word for word in real if word in text}, table
