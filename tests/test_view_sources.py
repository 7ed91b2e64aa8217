"""The view: what one source leaves open and another settles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimbrief.dataset import Dataset, read_dataset
from claimbrief.errors import ParameterError
from claimbrief.view import View, make_view, viewpoint

Changed = Callable[..., Path]
ALL_CLAIMS = ["a1", "m1", "m2", "b1", "b2", "i1", "w1", "p1", "e0", "e1", "e2", "n1"]
IN_ORDER = [
    "pell_letter",
    "authority_report",
    "minister_radio",
    "builder_denial",
    "towns_alarm",
    "port_silence",
    "doran_interview",
    "article_text",
]


@pytest.fixture
def dataset(tiny: Path) -> Dataset:
    """Return the tiny data package, read."""
    return read_dataset(tiny)


def view_of(dataset: Dataset, **parameters: Any) -> View:
    """Return the view with these parameters, the others wide open."""
    wide = {
        "as_of": "2019-05-31",
        "basis": "said",
        "window_start": "2019-04-01",
        "window_end": "2019-05-31",
    }
    return make_view(dataset, viewpoint(**{**wide, **parameters}))


def certainties(view: View) -> str:
    """Return a letter for each utterance, in order: C certain, P possible, - not in view."""
    letters = {"certain": "C", "possible": "P"}
    utterances = view.record.utterances.set_index("utterance_id")["certainty"].map(letters)
    return "".join(utterances.get(name, "-") for name in IN_ORDER)


def claims(view: View) -> list[str]:
    """Return the claims in view."""
    return list(view.record.claims["claim_id"])


def with_row(changed: Changed, table: str, row: str, **of: Path) -> Path:
    """Return a copy of the package with one more row in a table."""
    return changed(f"{table}.csv", raw=lambda content: content + row.encode() + b"\n", **of)


# What one source leaves open


@pytest.mark.parametrize(
    ("relation", "source", "is_kept"),
    [
        ("briefed_by", "ledger_bridge", False),  # the Bulletin names a parent of the same sort
        ("quoted_from", "gazette_2019_05_21", False),
        ("briefed_by", "bulletin_2019_05_13", True),  # the Bulletin itself leaves this one open
        ("comments_on", "ledger_bridge", True),  # of another sort: it carries no content
    ],
)
def test_an_unknown_parent_gives_way_to_one_that_another_source_names(
    changed: Changed, relation: str, source: str, is_kept: bool
) -> None:
    folder = with_row(changed, "lineage", f"minister_radio,unknown,{relation},x,{source}")
    rows = view_of(read_dataset(folder)).record.lineage
    parents = set(rows.loc[rows["child"] == "minister_radio", "parent"])
    assert parents == {"authority_report"} | ({"unknown"} if is_kept else set())


def test_an_unknown_parent_stays_where_the_source_that_names_one_may_not_be_used(
    changed: Changed,
) -> None:
    folder = with_row(changed, "lineage", "minister_radio,unknown,briefed_by,x,ledger_bridge")
    rows = view_of(read_dataset(folder), sources=["ledger_bridge"]).record.lineage
    assert list(rows.loc[rows["child"] == "minister_radio", "parent"]) == ["unknown"]


def dated(view: View, utterance: str) -> tuple[str, str, str]:
    """Return an utterance's bounds, the source that narrowed them and the day given beside them."""
    row = view.record.utterances.set_index("utterance_id").loc[utterance]
    return row["when"], row["dated_by"], row["outside_date"]


def test_only_a_source_that_carries_the_words_narrows_their_day(changed: Changed) -> None:
    span = "[2019-05-01..2019-05-19]"
    assert dated(view_of(read_dataset(changed("events", "storm", "label", "Storm"))),
                 "builder_denial") == (span, "", "2019-05-10")  # fmt: skip
    gazette = "gazette_2019_05_21"
    folder = with_row(changed, "reports", f"builder_denial,{gazette},independent,")
    dataset = read_dataset(folder)
    assert dated(view_of(dataset), "builder_denial") == ("2019-05-10", gazette, "")
    alone = view_of(dataset, sources=["ledger_bridge"])
    assert dated(alone, "builder_denial") == (span, "", "2019-05-10"), "it may not be used"


def test_a_claim_coded_from_the_outside_source_narrows_as_well(changed: Changed) -> None:
    folder = changed("claims", "b2", "source_id", "gazette_2019_05_21")
    assert dated(view_of(read_dataset(folder)), "builder_denial")[0] == "2019-05-10"


def test_a_day_that_is_known_is_not_moved_by_another_source(changed: Changed) -> None:
    folder = changed("utterances", "minister_radio", "outside_date", "[2019-05-11..2019-05-12]")
    assert dated(view_of(read_dataset(folder)), "minister_radio")[:2] == ("2019-05-12", "")


def test_an_outside_day_after_the_briefs_is_not_told(dataset: Dataset) -> None:
    assert dated(view_of(dataset, as_of="2019-05-09"), "builder_denial")[2] == ""
    assert dated(view_of(dataset, as_of="2019-05-10"), "builder_denial")[2] == "2019-05-10"


# Sources of no known day


@pytest.mark.parametrize(("as_of", "expected"), [("2019-05-12", "P"), ("2019-05-31", "P")])
def test_what_only_a_source_of_no_day_carries_is_reported_possibly_and_never_certainly(
    changed: Changed, as_of: str, expected: str
) -> None:
    folder = changed("claims", "i1", "source_id", "gazette_2019_05_21")
    folder = changed("sources", "gazette_2019_05_21", "published", "", of=folder)
    dataset = read_dataset(folder)
    assert certainties(view_of(dataset, as_of=as_of, basis="reported"))[0] == expected
    assert certainties(view_of(dataset, as_of=as_of, basis="said"))[0] == "C"


def test_a_source_of_no_day_may_have_reported_before_the_others(changed: Changed) -> None:
    folder = changed("sources", "bulletin_2019_05_13", "published", "")
    dataset = read_dataset(folder)
    for as_of, expected in (("2019-05-11", "-"), ("2019-05-12", "P"), ("2019-05-19", "C")):
        assert certainties(view_of(dataset, as_of=as_of, basis="reported"))[2] == expected, as_of


# The day of an undated source, named


def test_a_named_day_of_publication_settles_what_hung_on_the_article(dataset: Dataset) -> None:
    record = view_of(dataset, published="2019-05-15").record
    whens = record.utterances.set_index("utterance_id")["when"]
    assert whens["builder_denial"] == "[2019-05-01..2019-05-15]"
    assert whens["towns_alarm"] == "2019-05-11"
    assert whens["port_silence"] == "[..2019-05-15]"
    assert whens["article_text"] == "[2019-05-13..2019-05-15]"
    assert whens["minister_radio"] == "2019-05-12"
    assert certainties(view_of(dataset, published="2019-05-15", as_of="2019-05-15")) == "CCCCCCCC"


def test_before_the_named_day_only_the_bulletin_had_reported(dataset: Dataset) -> None:
    parameters = {"published": "2019-05-15", "as_of": "2019-05-14", "basis": "reported"}
    assert certainties(view_of(dataset, **parameters)) == "--C-----"
    assert claims(view_of(dataset, **parameters)) == ["m1"]


@pytest.mark.parametrize("day", ["2019-05-12", "2019-05-20"])
def test_a_day_on_which_the_article_cannot_have_appeared_is_refused(
    dataset: Dataset, day: str
) -> None:
    with pytest.raises(ParameterError) as refusal:
        view_of(dataset, published=day)
    assert f"found {day}" in str(refusal.value)
    assert "[2019-05-13..2019-05-19]" in str(refusal.value)


def test_a_day_of_publication_where_every_source_is_dated_is_refused(changed: Changed) -> None:
    folder = changed("sources", "ledger_bridge", "published", "2019-05-19")
    with pytest.raises(ParameterError, match="no source is undated"):
        view_of(read_dataset(folder), published="2019-05-19")


def test_a_dated_article_leaves_no_doubt_that_its_range_left(changed: Changed) -> None:
    dataset = read_dataset(changed("sources", "ledger_bridge", "published", "2019-05-15"))
    assert certainties(view_of(dataset, as_of="2019-05-14", basis="reported")) == "--C-----"
    assert certainties(view_of(dataset, as_of="2019-05-15", basis="reported")) == "CCCCCCCC"


def test_evidence_is_as_public_as_it_was_on_the_day(dataset: Dataset) -> None:
    def publicity(as_of: str) -> list[tuple[str, str]]:
        status = view_of(dataset, as_of=as_of).record.evidence_status
        return list(zip(status["publicity"], status["certainty"], strict=True))

    assert publicity("2019-05-12") == [
        ("claimed_not_public", "certain"),
        ("public_argument", "possible"),
    ]
    assert publicity("2019-05-20") == [
        ("claimed_not_public", "certain"),
        ("public_argument", "certain"),
    ]
    assert [p for p, _ in publicity("2019-05-21")] == [
        "claimed_not_public",
        "published",
        "public_argument",
    ]
