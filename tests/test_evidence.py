"""Evidence: how public items are, and what assertions point to, worked by hand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Changed
from views import TINY, tiny_view

from claimbrief.analysis.evidence import (
    assertions_by_evidence,
    citations,
    evidence_register,
    publicity_by_day,
)
from claimbrief.lookups import pairs


@pytest.mark.parametrize(
    ("as_of", "publicity"), [("2019-05-12", "claimed_not_public"), ("2019-05-21", "published")]
)
def test_evidence_is_as_public_as_it_was_on_the_day(as_of: str, publicity: str) -> None:
    frame = evidence_register(tiny_view(as_of)).set_index("evidence_id")
    assert frame.loc["pier_photographs", "publicity"] == publicity
    assert bool(frame.loc["pier_photographs", "locator"]) == (publicity == "published")
    assert frame.loc["pier_photographs", "is_report"] == (publicity == "published")


def test_the_register_has_of_each_item_all_that_is_known_by_the_day() -> None:
    photographs, argument = evidence_register(tiny_view()).to_dict("records")
    assert photographs == {
        "evidence_id": "pier_photographs",
        "description": "Photographs of the crack, taken by the authority",
        "kind": "photo_or_video",
        "holder": "Roads Authority",
        "offered_by": "",
        "first_when": "2019-05-08",
        "claim_ids": ["a1"],
        "publicity": "published",
        "status_when": "2019-05-21",
        "locator": "https://gazette.example/2019/05/21/pier",
        "caveat": "",
        "basis": "Printed in the Gazette.",
        "status_is_certain": True,
        "is_report": True,
        "is_cited": True,
    }
    assert argument == {
        "evidence_id": "wind_argument",
        "description": "The argument that a bridge of this kind sways in high wind",
        "kind": "expert_reasoning",
        "holder": "Doran",
        "offered_by": "Doran",
        "first_when": "[..2019-05-19]",
        "claim_ids": ["e1"],
        "publicity": "public_argument",
        "status_when": "[..2019-05-19]",
        "locator": "",
        "caveat": "",
        "basis": "Given in the interview; there is no item to show.",
        "status_is_certain": True,
        "is_report": False,
        "is_cited": True,
    }


def test_an_item_of_which_there_is_no_claim_or_no_status_has_blanks(changed: Changed) -> None:
    def without_photographs(content: bytes) -> bytes:
        return b"".join(row for row in content.splitlines(True) if b"pier_" not in row)

    folder = changed("evidence_status.csv", raw=without_photographs)
    folder = changed("claim_evidence", "a1", "relation", "speaks_of", of=folder)
    photographs, _ = evidence_register(tiny_view(folder=folder)).to_dict("records")
    assert (photographs["publicity"], photographs["status_when"]) == ("", "")
    assert (photographs["first_when"], photographs["claim_ids"]) == ("2019-05-08", ["a1"])
    assert not photographs["is_cited"], "named, but not in support"
    assert not photographs["status_is_certain"] and not photographs["is_report"]
    folder = changed("claim_evidence.csv", raw=b"claim_id,evidence_id,relation\n")
    (unused,) = evidence_register(tiny_view(folder=folder)).to_dict("records")
    assert unused["evidence_id"] == "pier_photographs", "on which the authority’s words rest"
    columns = ("offered_by", "first_when", "claim_ids", "is_cited")
    assert [unused[name] for name in columns] == ["", "", [], False]


def test_each_claim_that_points_to_an_item_has_a_row(changed: Changed) -> None:
    columns = ["claim_id", "side", "when", "evidence_id", "kind", "holder", "relation"]
    columns += ["is_support", "is_item"]
    more = b"m1,wind_argument,says_none\n"
    folder = changed("claim_evidence.csv", raw=lambda content: content + more)
    assert citations(tiny_view(folder=folder))[columns].to_numpy().tolist() == [
        ["a1", "velland", "2019-05-08", "pier_photographs", "photo_or_video", "roads_authority",
         "cites", True, True],
        ["m1", "velland", "2019-05-12", "wind_argument", "expert_reasoning", "doran", "says_none",
         False, False],
        ["e1", "tarn_university", "[..2019-05-19]", "wind_argument", "expert_reasoning", "doran",
         "offers", True, False],
    ]  # fmt: skip


def bases(folder: Path = TINY) -> dict[str, str]:
    """Return what each assertion points to, by claim."""
    return dict(pairs(assertions_by_evidence(tiny_view(folder=folder)), "claim_id", "basis"))


def test_assertions_stand_by_side_with_what_they_point_to() -> None:
    frame = assertions_by_evidence(tiny_view())
    assert frame["side"].tolist() == ["velland", "velland", "pell"]
    assert bases() == {"a1": "not_public", "m1": "others", "i1": "nothing"}


def test_an_assertion_that_takes_nothing_from_others_and_names_nothing_rests_on_nothing(
    changed: Changed,
) -> None:
    assert bases(changed("lineage", "minister_radio", "relation", "responds_to"))["m1"] == "nothing"


def test_an_item_counts_as_public_only_if_it_was_on_the_day_of_the_statement(
    changed: Changed,
) -> None:
    key = ("pier_photographs", "2019-05-21")
    folder = changed("evidence_status", key, "as_of", "2019-05-09")
    assert bases(folder)["a1"] == "not_public", "a day too late"
    key = ("pier_photographs", "2019-05-08")
    folder = changed("evidence_status", key, "locator", "https://roads.example/pier")
    folder = changed("evidence_status", key, "publicity", "published", of=folder)
    assert bases(folder)["a1"] == "public"


@pytest.mark.parametrize(
    ("column", "value", "basis"),
    [
        ("evidence_id", "wind_argument", "others"),
        ("relation", "says_none", "nothing"),
        ("relation", "speaks_of", "nothing"),
    ],
)
def test_reasoning_is_no_item_and_to_say_that_there_is_none_names_nothing(
    changed: Changed, column: str, value: str, basis: str
) -> None:
    assert bases(changed("claim_evidence", "a1", column, value))["a1"] == basis


def publicity(folder: Path, **part: str) -> dict[str, tuple[int, int, int, int]]:
    """Return the four counts of each day on which one of them changed, by day."""
    frame = publicity_by_day(tiny_view(folder=folder, **part))
    counts = {row.day.date().isoformat(): tuple(row[2:]) for row in frame.itertuples()}
    days = list(counts)
    changes = [
        days[0],
        *(b for a, b in pairwise(days) if counts[a] != counts[b]),
    ]
    return {day: counts[day] for day in changes}


def test_items_named_and_items_shown_are_counted_by_the_end_of_each_day(tiny: Path) -> None:
    assert publicity(tiny) == {
        "2019-04-20": (0, 0, 0, 0),
        "2019-05-08": (1, 1, 0, 0),  # the argument about the wind is no item
        "2019-05-21": (1, 1, 1, 1),
    }


def test_an_item_named_on_an_unknown_day_is_possible_until_the_last(changed: Changed) -> None:
    folder = changed("claim_evidence", "a1", "claim_id", "b2")
    assert publicity(folder) == {
        "2019-04-20": (0, 0, 0, 0),
        "2019-05-01": (0, 1, 0, 0),
        "2019-05-19": (1, 1, 0, 0),
        "2019-05-21": (1, 1, 1, 1),
    }


def test_an_item_shown_on_an_unknown_day_is_possible_until_the_last(changed: Changed) -> None:
    key = ("pier_photographs", "2019-05-21")
    folder = changed("evidence_status", key, "as_of", "[2019-05-21..2019-05-23]")
    assert publicity(folder) == {
        "2019-04-20": (0, 0, 0, 0),
        "2019-05-08": (1, 1, 0, 0),
        "2019-05-21": (1, 1, 0, 1),
        "2019-05-23": (1, 1, 1, 1),
    }


def test_publicity_by_day_ends_with_the_window_or_the_briefs_day() -> None:
    early = publicity_by_day(tiny_view("2019-05-10"))["day"]
    assert (*early.dt.strftime("%Y-%m-%d").iloc[[0, -1]],) == ("2019-04-20", "2019-05-10")
    short = publicity_by_day(tiny_view(window_end="2019-05-09"))["day"]
    assert short.iloc[-1].date().isoformat() == "2019-05-09"
    assert publicity_by_day(tiny_view("2019-04-10")).empty
