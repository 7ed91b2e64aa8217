"""The view: what had been said, or reported, by a day; the answers are in tests/tiny/README.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from claimbrief.analysis.days import first_days
from claimbrief.dataset import Dataset, read_dataset
from claimbrief.errors import ParameterError
from claimbrief.lookups import members_of
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
    assert certainties(view_of(dataset, as_of=as_of, basis=basis)) == expected


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
    assert claims(view_of(dataset, as_of=as_of, basis=basis)) == expected


def test_an_outlets_summary_of_certain_words_is_only_possible_before_the_article(
    dataset: Dataset,
) -> None:
    certainty = view_of(dataset, as_of="2019-05-14").record.claims.set_index("claim_id")[
        "certainty"
    ]
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
    assert certainties(view_of(dataset, window_start=start, window_end=end)) == expected


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
    assert claims(view_of(dataset, actors=actors)) == expected


def test_only_the_named_sources_are_read(changed: Changed) -> None:
    dataset = read_dataset(changed("claims", "w1", "source_id", "bulletin_2019_05_13"))
    assert claims(view_of(dataset, sources=["bulletin_2019_05_13"])) == ["w1"]
    assert "w1" not in claims(view_of(dataset, sources=["ledger_bridge"]))
    assert len(claims(view_of(dataset))) == 12


def with_row(changed: Changed, table: str, row: str, **of: Path) -> Path:
    """Return a copy of the package with one more row in a table."""
    return changed(f"{table}.csv", raw=lambda content: content + row.encode() + b"\n", **of)


def test_what_other_sources_tell_of_origins_evidence_and_events_is_left_out(
    changed: Changed,
) -> None:
    folder = with_row(changed, "events", "opening,2019-05-13,Opening,bulletin_2019_05_13")
    dataset = read_dataset(folder)
    alone = view_of(dataset, sources=["ledger_bridge"]).record
    assert "minister_radio" not in set(alone.lineage["child"]), "the Bulletin tells that"
    assert alone.reports.empty
    assert list(alone.evidence_status["publicity"]) == ["claimed_not_public", "public_argument"]
    assert list(alone.events["event_id"]) == ["storm"]
    every = view_of(dataset).record
    assert "minister_radio" in set(every.lineage["child"])
    assert list(every.reports["utterance_id"]) == ["minister_radio"]
    assert list(every.evidence_status["publicity"])[1] == "published"
    assert list(every.events["event_id"]) == ["storm", "opening"]


def test_a_source_that_may_not_be_used_reports_nothing(dataset: Dataset) -> None:
    parameters = {"as_of": "2019-05-13", "basis": "reported"}
    assert certainties(view_of(dataset, **parameters))[2] == "C"
    assert certainties(view_of(dataset, sources=["ledger_bridge"], **parameters))[2] == "P"


# One speech event, printed twice


def duplicates(view: View) -> dict[str, str]:
    """Return which utterance in view is a duplicate of which."""
    frame = view.record.utterances
    rows = frame[frame["duplicate_of"] != ""]
    return dict(zip(rows["utterance_id"], rows["duplicate_of"], strict=True))


def test_an_utterance_is_another_only_where_the_other_is_in_view(changed: Changed) -> None:
    dataset = read_dataset(
        changed("utterances", "doran_interview", "likely_same_as", "towns_alarm")
    )
    assert duplicates(view_of(dataset)) == {"doran_interview": "towns_alarm"}
    assert duplicates(view_of(dataset, actors=["doran"])) == {}
    assert duplicates(view_of(dataset, as_of="2019-05-10")) == {}, (
        "the towns cannot have spoken by then"
    )
    assert len(claims(view_of(dataset))) == 12, "its claims stay in the record"


def test_both_speakers_of_one_utterance_stay_with_it(dataset: Dataset) -> None:
    record = view_of(dataset, actors=["tolm"]).record
    assert list(record.speakers["actor_id"]) == ["nyra", "tolm"]


def test_members_are_found_however_far_below(dataset: Dataset) -> None:
    assert members_of(dataset.actors, ["velland"]) == {"velland", "roads_authority", "lindqvist"}
    looped = dataset.actors.assign(
        member_of=dataset.actors["member_of"].where(
            dataset.actors["actor_id"] != "velland", "lindqvist"
        )
    )
    assert members_of(looped, ["velland"]) == {"velland", "roads_authority", "lindqvist"}


def test_what_hangs_on_claims_out_of_view_is_out_of_view(dataset: Dataset) -> None:
    record = view_of(dataset, actors=["rill"]).record
    assert list(record.utterances["utterance_id"]) == ["builder_denial"]
    assert list(record.propositions["proposition_id"]) == ["pier_cracked"]
    assert record.claim_evidence.empty
    assert record.reports.empty


def test_the_lineage_in_view_runs_up_to_its_roots(dataset: Dataset) -> None:
    record = view_of(dataset, actors=["lindqvist"]).record
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
    whole = view_of(dataset, **parameters).whole
    assert whole is dataset
    for name, frame in before.items():
        pd.testing.assert_frame_equal(dataset.table(name), frame)


def tables(dataset: Dataset) -> list[str]:
    """Return the names of the dataset's frames."""
    names = [field.name for field in fields(dataset)]
    return [name for name in names if isinstance(getattr(dataset, name), pd.DataFrame)]


def test_the_same_view_twice_is_the_same(dataset: Dataset) -> None:
    first, second = view_of(dataset, as_of="2019-05-14"), view_of(dataset, as_of="2019-05-14")
    for name in tables(dataset):
        pd.testing.assert_frame_equal(first.record.table(name), second.record.table(name))


def test_an_empty_view_has_every_table_with_its_columns(dataset: Dataset) -> None:
    record = view_of(dataset, as_of="2019-05-12", basis="reported").record
    assert record.claims.empty
    assert record.lineage.empty
    assert "certainty" in record.claims
    assert {"when", "certainty"} <= set(record.utterances)


@pytest.mark.parametrize(
    ("parameters", "refusal_text"),
    [
        ({"as_of": "14 May"}, "as_of: found '14 May'; accepted: a day written as"),
        ({"as_of": "2019-02-30"}, "as_of: found '2019-02-30'"),
        ({"as_of": ""}, "as_of: found ''"),
        ({"window_start": "[..2019-05-01]"}, "window_start: found"),
        ({"window_end": "2019-05"}, "window_end: found '2019-05'"),
        ({"published": "yesterday"}, "published: found 'yesterday'"),
        ({"last_edition": "last week"}, "last_edition: found 'last week'; accepted: a day written"),
        ({"last_edition": "2019-05"}, "last_edition: found '2019-05'"),
        (
            {"last_edition": "2019-05-31"},
            "last_edition: found 2019-05-31, not before the brief's day (as_of), 2019-05-31; "
            "accepted: an earlier day; give the day of the edition before this, or leave it empty",
        ),
        ({"as_of": "2019-05-12", "last_edition": "2019-05-13"}, "found 2019-05-13, not before"),
        ({"basis": "repotred"}, "accepted: said, reported; did you mean reported?"),
        ({"window_start": "2019-06-01"}, "after window_end 2019-05-31"),
        ({"actors": ["vellland"]}, "did you mean velland?"),
        ({"sources": ["ledger"]}, "accepted: ledger_bridge"),
        ({"sources": ["bulletin_2019_05_13"]}, "sources: found 'bulletin_2019_05_13'"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_refused_by_name(
    dataset: Dataset, parameters: dict[str, Any], refusal_text: str
) -> None:
    with pytest.raises(ParameterError) as refusal:
        view_of(dataset, **parameters)
    assert refusal_text in str(refusal.value)


def test_an_outlets_own_words_are_out_of_view_with_the_claim_that_they_render(
    changed: Changed,
) -> None:
    view = view_of(read_dataset(changed("claims", "m2", "renders", "no_such_claim")))
    every_other = [claim_id for claim_id in ALL_CLAIMS if claim_id != "m2"]
    assert (
        set(view.statements["claim_id"]) == set(every_other) == set(view.record.claims["claim_id"])
    )
    assert set(first_days(view).index) == set(every_other)
