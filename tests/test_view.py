"""The view: what had been said, or reported, by a day; the answers are in tests/tiny/README.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from claimbrief.dataset import Dataset, read_dataset
from claimbrief.dates import edtf
from claimbrief.errors import ParameterError
from claimbrief.view import View, best, members_of, view, viewpoint, worst

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


def seen(dataset: Dataset, **parameters: Any) -> View:
    """Return the view with these parameters, the others wide open."""
    wide = {
        "as_of": "2019-05-31",
        "basis": "said",
        "window_start": "2019-04-01",
        "window_end": "2019-05-31",
    }
    return view(dataset, viewpoint(**{**wide, **parameters}))


def certainties(seen: View) -> str:
    """Return a letter for each utterance, in order: C certain, P possible, - not in view."""
    letters = {"certain": "C", "possible": "P"}
    utterances = seen.record.utterances.set_index("utterance_id")["certainty"].map(letters)
    return "".join(utterances.get(name, "-") for name in IN_ORDER)


def claims(seen: View) -> list[str]:
    """Return the claims in view."""
    return list(seen.record.claims["claim_id"])


@pytest.mark.parametrize(
    ("as_of", "basis", "expected"),
    [
        ("2019-04-27", "said", "-----PP-"),
        ("2019-05-12", "said", "CCCPPPP-"),
        ("2019-05-12", "reported", "--------"),
        ("2019-05-13", "reported", "PPCPPPPP"),
        ("2019-05-14", "said", "CCCPPPPP"),
        ("2019-05-14", "reported", "PPCPPPPP"),
        ("2019-05-18", "said", "CCCPCPPP"),
        ("2019-05-19", "said", "CCCCCCCC"),
        ("2019-05-19", "reported", "CCCCCCCC"),
    ],
)
def test_what_was_known_by_a_day_and_how_surely(
    dataset: Dataset, as_of: str, basis: str, expected: str
) -> None:
    assert certainties(seen(dataset, as_of=as_of, basis=basis)) == expected


@pytest.mark.parametrize(
    ("as_of", "basis", "expected"),
    [
        ("2019-05-12", "said", ["a1", "m1", "b2", "i1", "w1", "p1", "e1", "e2"]),
        ("2019-05-12", "reported", []),
        ("2019-05-14", "said", ALL_CLAIMS),
        ("2019-05-14", "reported", ALL_CLAIMS),
    ],
)
def test_the_outlets_own_words_are_as_old_as_the_article(
    dataset: Dataset, as_of: str, basis: str, expected: list[str]
) -> None:
    assert claims(seen(dataset, as_of=as_of, basis=basis)) == expected


def test_an_outlets_summary_of_certain_words_is_only_possible_before_the_article(
    dataset: Dataset,
) -> None:
    certainty = seen(dataset, as_of="2019-05-14").record.claims.set_index("claim_id")["certainty"]
    assert certainty["m1"] == "certain"
    assert certainty["m2"] == "possible"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2019-04-28", "2019-04-28", "C----CC-"),
        ("2019-05-08", "2019-05-08", "-C-C-CC-"),
        ("2019-05-12", "2019-05-17", "--CC-CCC"),  # neither Saturday is in it
        ("2019-05-18", "2019-05-18", "---CCCCC"),
        ("2019-05-20", "2019-05-31", "--------"),
    ],
)
def test_a_window_keeps_what_may_have_been_said_in_it(
    dataset: Dataset, start: str, end: str, expected: str
) -> None:
    assert certainties(seen(dataset, window_start=start, window_end=end)) == expected


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        (["velland"], ["a1", "m1", "m2"]),
        (["karst_works"], ["b1", "b2"]),
        (["lindqvist"], ["m1", "m2"]),
        (["tolm"], ["w1"]),
        (["velland", "pell"], ["a1", "m1", "m2", "i1"]),
        (["engineers"], []),
        (["drivers_union"], []),
    ],
)
def test_a_body_stands_for_those_who_belong_to_it(
    dataset: Dataset, actors: list[str], expected: list[str]
) -> None:
    assert claims(seen(dataset, actors=actors)) == expected


def test_only_the_named_sources_are_read(changed: Changed) -> None:
    dataset = read_dataset(changed("claims", "w1", "source_id", "bulletin_2019_05_13"))
    assert claims(seen(dataset, sources=["bulletin_2019_05_13"])) == ["w1"]
    assert "w1" not in claims(seen(dataset, sources=["ledger_bridge"]))
    assert len(claims(seen(dataset))) == 12


def with_row(changed: Changed, table: str, row: str, **of: Path) -> Path:
    """Return a copy of the package with one more row in a table."""
    return changed(f"{table}.csv", raw=lambda content: content + row.encode() + b"\n", **of)


def test_what_other_sources_tell_of_origins_evidence_and_events_is_left_out(
    changed: Changed,
) -> None:
    folder = with_row(changed, "events", "opening,2019-05-13,Opening,bulletin_2019_05_13")
    dataset = read_dataset(folder)
    alone = seen(dataset, sources=["ledger_bridge"]).record
    assert "minister_radio" not in set(alone.lineage["child"]), "the Bulletin tells that"
    assert alone.reports.empty
    assert list(alone.evidence_status["publicity"]) == ["claimed_not_public", "public_argument"]
    assert list(alone.events["event_id"]) == ["storm"]
    every = seen(dataset).record
    assert "minister_radio" in set(every.lineage["child"])
    assert list(every.reports["utterance_id"]) == ["minister_radio"]
    assert list(every.evidence_status["publicity"])[1] == "published"
    assert list(every.events["event_id"]) == ["storm", "opening"]


def test_a_source_that_may_not_be_used_reports_nothing(dataset: Dataset) -> None:
    parameters = {"as_of": "2019-05-13", "basis": "reported"}
    assert certainties(seen(dataset, **parameters))[2] == "C"
    assert certainties(seen(dataset, sources=["ledger_bridge"], **parameters))[2] == "P"


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
    rows = seen(read_dataset(folder)).record.lineage
    parents = set(rows.loc[rows["child"] == "minister_radio", "parent"])
    assert parents == {"authority_report"} | ({"unknown"} if is_kept else set())


def test_an_unknown_parent_stays_where_the_source_that_names_one_may_not_be_used(
    changed: Changed,
) -> None:
    folder = with_row(changed, "lineage", "minister_radio,unknown,briefed_by,x,ledger_bridge")
    rows = seen(read_dataset(folder), sources=["ledger_bridge"]).record.lineage
    assert list(rows.loc[rows["child"] == "minister_radio", "parent"]) == ["unknown"]


def dated(seen: View, utterance: str) -> tuple[str, str, str]:
    """Return an utterance's bounds, the source that narrowed them and the day told beside them."""
    row = seen.record.utterances.set_index("utterance_id").loc[utterance]
    return edtf(row["when"]), row["dated_by"], row["outside_date"]


def test_only_a_source_that_carries_the_words_narrows_their_day(changed: Changed) -> None:
    span = "[2019-05-01..2019-05-19]"
    assert dated(seen(read_dataset(changed("events", "storm", "label", "Storm"))),
                 "builder_denial") == (span, "", "2019-05-10")  # fmt: skip
    gazette = "gazette_2019_05_21"
    folder = with_row(changed, "reports", f"builder_denial,{gazette},independent,")
    dataset = read_dataset(folder)
    assert dated(seen(dataset), "builder_denial") == ("2019-05-10", gazette, "")
    alone = seen(dataset, sources=["ledger_bridge"])
    assert dated(alone, "builder_denial") == (span, "", "2019-05-10"), "it may not be used"


def test_a_claim_coded_from_the_outside_source_narrows_as_well(changed: Changed) -> None:
    folder = changed("claims", "b2", "source_id", "gazette_2019_05_21")
    assert dated(seen(read_dataset(folder)), "builder_denial")[0] == "2019-05-10"


def test_a_day_that_is_known_is_not_moved_by_another_source(changed: Changed) -> None:
    folder = changed("utterances", "minister_radio", "outside_date", "[2019-05-11..2019-05-12]")
    assert dated(seen(read_dataset(folder)), "minister_radio")[:2] == ("2019-05-12", "")


def test_an_outside_day_after_the_briefs_is_not_told(dataset: Dataset) -> None:
    assert dated(seen(dataset, as_of="2019-05-09"), "builder_denial")[2] == ""
    assert dated(seen(dataset, as_of="2019-05-10"), "builder_denial")[2] == "2019-05-10"


# Sources of no known day


@pytest.mark.parametrize(("as_of", "expected"), [("2019-05-12", "P"), ("2019-05-31", "P")])
def test_what_only_a_source_of_no_day_carries_is_reported_possibly_and_never_certainly(
    changed: Changed, as_of: str, expected: str
) -> None:
    folder = changed("claims", "i1", "source_id", "gazette_2019_05_21")
    folder = changed("sources", "gazette_2019_05_21", "published", "", of=folder)
    dataset = read_dataset(folder)
    assert certainties(seen(dataset, as_of=as_of, basis="reported"))[0] == expected
    assert certainties(seen(dataset, as_of=as_of, basis="said"))[0] == "C"


def test_a_source_of_no_day_may_have_reported_before_the_others(changed: Changed) -> None:
    folder = changed("sources", "bulletin_2019_05_13", "published", "")
    dataset = read_dataset(folder)
    for as_of, expected in (("2019-05-11", "-"), ("2019-05-12", "P"), ("2019-05-19", "C")):
        assert certainties(seen(dataset, as_of=as_of, basis="reported"))[2] == expected, as_of


# One speech event, told twice


def same(seen: View) -> dict[str, str]:
    """Return which utterance in view is told better by which."""
    frame = seen.record.utterances
    told = frame[frame["same_as"] != ""]
    return dict(zip(told["utterance_id"], told["same_as"], strict=True))


def test_an_utterance_is_another_only_where_the_other_is_in_view(changed: Changed) -> None:
    dataset = read_dataset(
        changed("utterances", "doran_interview", "likely_same_as", "towns_alarm")
    )
    assert same(seen(dataset)) == {"doran_interview": "towns_alarm"}
    assert same(seen(dataset, actors=["doran"])) == {}
    assert same(seen(dataset, as_of="2019-05-10")) == {}, "the towns cannot have spoken by then"
    assert len(claims(seen(dataset))) == 12, "its claims stay in the record"


def test_both_speakers_of_one_utterance_stay_with_it(dataset: Dataset) -> None:
    record = seen(dataset, actors=["tolm"]).record
    assert list(record.speakers["actor_id"]) == ["nyra", "tolm"]


def test_members_are_found_however_far_below(dataset: Dataset) -> None:
    assert members_of(dataset.actors, ["velland"]) == {"velland", "roads_authority", "lindqvist"}
    looped = dataset.actors.assign(
        member_of=dataset.actors["member_of"].where(
            dataset.actors["actor_id"] != "velland", "lindqvist"
        )
    )
    assert members_of(looped, ["velland"]) == {"velland", "roads_authority", "lindqvist"}


def test_a_named_day_of_publication_settles_what_hung_on_the_article(dataset: Dataset) -> None:
    record = seen(dataset, published="2019-05-15").record
    whens = record.utterances.set_index("utterance_id")["when"].map(edtf)
    assert whens["builder_denial"] == "[2019-05-01..2019-05-15]"
    assert whens["towns_alarm"] == "2019-05-11"
    assert whens["port_silence"] == "[..2019-05-15]"
    assert whens["article_text"] == "[2019-05-13..2019-05-15]"
    assert whens["minister_radio"] == "2019-05-12"
    assert certainties(seen(dataset, published="2019-05-15", as_of="2019-05-15")) == "CCCCCCCC"


def test_before_the_named_day_only_the_bulletin_had_reported(dataset: Dataset) -> None:
    parameters = {"published": "2019-05-15", "as_of": "2019-05-14", "basis": "reported"}
    assert certainties(seen(dataset, **parameters)) == "--C-----"
    assert claims(seen(dataset, **parameters)) == ["m1"]


@pytest.mark.parametrize("day", ["2019-05-12", "2019-05-20"])
def test_a_day_on_which_the_article_cannot_have_appeared_is_refused(
    dataset: Dataset, day: str
) -> None:
    with pytest.raises(ParameterError) as refusal:
        seen(dataset, published=day)
    assert f"found {day}" in str(refusal.value)
    assert "[2019-05-13..2019-05-19]" in str(refusal.value)


def test_a_day_of_publication_where_every_source_is_dated_is_refused(changed: Changed) -> None:
    folder = changed("sources", "ledger_bridge", "published", "2019-05-19")
    with pytest.raises(ParameterError, match="no source is undated"):
        seen(read_dataset(folder), published="2019-05-19")


def test_a_dated_article_leaves_no_doubt_that_its_range_left(changed: Changed) -> None:
    dataset = read_dataset(changed("sources", "ledger_bridge", "published", "2019-05-15"))
    assert certainties(seen(dataset, as_of="2019-05-14", basis="reported")) == "--C-----"
    assert certainties(seen(dataset, as_of="2019-05-15", basis="reported")) == "CCCCCCCC"


def test_evidence_is_as_public_as_it_was_on_the_day(dataset: Dataset) -> None:
    def publicity(as_of: str) -> list[tuple[str, str]]:
        status = seen(dataset, as_of=as_of).record.evidence_status
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


def test_what_hangs_on_claims_out_of_view_is_out_of_view(dataset: Dataset) -> None:
    record = seen(dataset, actors=["rill"]).record
    assert list(record.utterances["utterance_id"]) == ["builder_denial"]
    assert list(record.propositions["proposition_id"]) == ["pier_cracked"]
    assert record.claim_evidence.empty
    assert record.reports.empty


def test_the_lineage_in_view_runs_up_to_its_roots(dataset: Dataset) -> None:
    record = seen(dataset, actors=["lindqvist"]).record
    assert list(record.lineage["child"]) == ["authority_report", "minister_radio"]
    assert list(record.evidence["evidence_id"]) == ["pier_photographs"]


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"as_of": "2019-05-12"},
        {"as_of": "2019-05-14", "basis": "reported", "published": "2019-05-15"},
        {"actors": ["velland"], "sources": ["ledger_bridge"]},
    ],
)
def test_a_view_never_changes_the_dataset(dataset: Dataset, parameters: dict[str, Any]) -> None:
    before = {name: dataset.table(name).copy(deep=True) for name in tables(dataset)}
    whole = seen(dataset, **parameters).whole
    assert whole is dataset
    for name, frame in before.items():
        pd.testing.assert_frame_equal(dataset.table(name), frame)


def tables(dataset: Dataset) -> list[str]:
    """Return the names of the dataset's frames."""
    names = [field.name for field in fields(dataset)]
    return [name for name in names if isinstance(getattr(dataset, name), pd.DataFrame)]


def test_the_same_view_twice_is_the_same(dataset: Dataset) -> None:
    first, second = seen(dataset, as_of="2019-05-14"), seen(dataset, as_of="2019-05-14")
    for name in tables(dataset):
        pd.testing.assert_frame_equal(first.record.table(name), second.record.table(name))


def test_an_empty_view_has_every_table_with_its_columns(dataset: Dataset) -> None:
    record = seen(dataset, as_of="2019-05-12", basis="reported").record
    assert record.claims.empty
    assert record.lineage.empty
    assert "certainty" in record.claims
    assert {"when", "certainty"} <= set(record.utterances)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"as_of": "14 May"}, "as_of: found '14 May'; accepted: a day written as"),
        ({"as_of": "2019-02-30"}, "as_of: found '2019-02-30'"),
        ({"as_of": ""}, "as_of: found ''"),
        ({"window_start": "[..2019-05-01]"}, "window_start: found"),
        ({"window_end": "2019-05"}, "window_end: found '2019-05'"),
        ({"published": "yesterday"}, "published: found 'yesterday'"),
        ({"basis": "repotred"}, "accepted: said, reported; did you mean reported?"),
        ({"window_start": "2019-06-01"}, "after window_end 2019-05-31"),
        ({"actors": ["vellland"]}, "did you mean velland?"),
        ({"sources": ["ledger"]}, "accepted: ledger_bridge"),
        ({"sources": ["bulletin_2019_05_13"]}, "sources: found 'bulletin_2019_05_13'"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_refused_by_name(
    dataset: Dataset, parameters: dict[str, Any], told: str
) -> None:
    with pytest.raises(ParameterError) as refusal:
        seen(dataset, **parameters)
    assert told in str(refusal.value)


def test_the_firmest_and_the_weakest_of_none_is_no() -> None:
    assert best([]) == worst([]) == "no"
    assert best(["no", "certain", "possible"]) == "certain"
    assert worst(["certain", "possible"]) == "possible"


def test_the_same_dataset_from_the_same_viewpoint_is_the_same_view(dataset: Dataset) -> None:
    assert seen(dataset) is seen(dataset)
    assert seen(dataset) is not seen(dataset, as_of="2019-05-30")


def test_a_changed_dataset_is_viewed_anew(tiny: Path, changed: Changed) -> None:
    first, second = (
        seen(read_dataset(folder)) for folder in (tiny, changed("claims", "a1", "note", "x"))
    )
    assert first is not second
    assert second.record.claims.at[2, "note"] == "x"
