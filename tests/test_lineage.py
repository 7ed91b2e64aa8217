"""Origins and the graph of what rests on what, worked by hand in tests/tiny/README.md."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import Changed
from views import TINY, context_of, tiny_view

from claimbrief import charts
from claimbrief.analysis.origins_by_side import lineage
from claimbrief.analysis.provenance import (
    Origins,
    origins,
    origins_of_assertions,
    parents,
)
from claimbrief.dataset import read_dataset
from claimbrief.validate import find_problems

ASSERTING = ["authority_report", "minister_radio", "pell_letter"]


def origins_in(folder: Path, utterances: list[str]) -> Origins:
    return origins(tiny_view(folder=folder), utterances)


def links(folder: Path, **part: object) -> list[tuple[str, str, bool]]:
    """Return the links of a package: child, parent, whether on a circle."""
    _, edges = lineage(tiny_view(folder=folder, **part))
    return list(edges.itertuples(index=False, name=None))


def on_circles(folder: Path) -> object:
    view = tiny_view(folder=folder)
    return charts.lineage(*lineage(view), context_of(view)).numbers["on_circles"]


# Origins


def test_two_utterances_joined_by_a_path_have_one_origin() -> None:
    view = tiny_view()
    assert origins(view, ["authority_report", "minister_radio"]) == Origins(1, 1)


def test_an_unknown_parent_makes_the_origins_a_range() -> None:
    view = tiny_view()
    assert origins(view, ["authority_report", "pell_letter"]) == Origins(1, 2, ("pell_letter",))
    assert origins_of_assertions(view) == Origins(1, 2, ("pell_letter",))


def test_unknown_parents_alone_are_one_origin_or_as_many_as_there_are(changed: Changed) -> None:
    folder = changed("lineage", ("authority_report", "pier_photographs"), "parent", "unknown")
    folder = changed("claim_evidence", ("a1",), "relation", "says_none", of=folder)
    view = tiny_view(folder=folder)
    assert origins(view, ["authority_report", "pell_letter"]) == Origins(
        1, 2, ("authority_report", "pell_letter")
    )


def test_answering_or_commenting_joins_no_origins() -> None:
    view = tiny_view()
    joined = origins(view, ["authority_report", "builder_denial"])
    assert joined == Origins(1, 2, ("builder_denial",))


def test_an_utterance_without_recorded_provenance_counts_as_of_unknown_origin() -> None:
    assert origins(tiny_view(), ["towns_alarm"]) == Origins(1, 1, ("towns_alarm",))


def test_no_utterances_have_no_origins() -> None:
    assert origins(tiny_view(), []) == Origins(0, 0)


def test_what_one_side_says_and_holds_is_never_two_origins(changed: Changed) -> None:
    parted = changed("lineage", "minister_radio", "parent", "wind_argument")
    pair = ["authority_report", "minister_radio"]
    assert origins_in(parted, pair) == Origins(1, 1)
    folder = changed("actors", "lindqvist", "member_of", "", of=parted)
    folder = changed("claims", "m2", "attributed_to", "", of=folder)
    assert origins_in(folder, pair) == Origins(2, 2), "no longer of one side"


def test_two_sides_with_items_of_their_own_are_two_origins(changed: Changed) -> None:
    folder = changed("lineage", "pell_letter", "parent", "wind_argument")
    assert origins_in(folder, ASSERTING) == Origins(2, 2)
    folder = changed("evidence", "wind_argument", "holder", "velland", of=folder)
    assert origins_in(folder, ASSERTING) == Origins(1, 1), "who holds the item joins the two"


def test_a_side_that_also_rests_on_something_unknown_adds_one_at_most(changed: Changed) -> None:
    folder = changed("lineage", "minister_radio", "parent", "unknown")
    assert origins_in(folder, ["authority_report", "minister_radio"]) == Origins(
        1, 2, ("minister_radio",)
    )
    folder = changed("actors", "pell", "member_of", "velland", of=folder)
    assert origins_in(folder, ASSERTING) == Origins(1, 2, ("minister_radio", "pell_letter")), (
        "two of unknown origin in one family add no more than one"
    )


def test_unknown_origins_of_two_sides_add_one_each(changed: Changed) -> None:
    folder = changed("lineage", "minister_radio", "parent", "unknown")
    assert origins_in(folder, ASSERTING) == Origins(1, 3, ("minister_radio", "pell_letter"))


def test_one_side_of_unknown_origin_throughout_is_one(changed: Changed) -> None:
    folder = changed("lineage", "minister_radio", "parent", "unknown")
    assert origins_in(folder, ["minister_radio"]) == Origins(1, 1, ("minister_radio",))


@pytest.mark.parametrize(
    ("speaker", "expected"), [("engineers", Origins(2, 2)), ("pell", Origins(1, 1))]
)
def test_people_whom_nobody_names_have_no_side(
    changed: Changed, speaker: str, expected: Origins
) -> None:
    folder = changed("lineage", "pell_letter", "parent", "wind_argument")
    folder = changed("claims", "m2", "attributed_to", "", of=folder)
    folder = changed("speakers", "minister_radio", "actor_id", speaker, of=folder)
    folder = changed("speakers", "pell_letter", "actor_id", speaker, of=folder)
    assert origins_in(folder, ["minister_radio", "pell_letter"]) == expected


def test_a_joint_statement_joins_the_sides_that_make_it(changed: Changed) -> None:
    pair = ["towns_alarm", "authority_report"]
    assert origins_in(TINY, pair).high == 2
    folder = changed("speakers", ("towns_alarm", "tolm"), "actor_id", "velland")
    assert origins_in(folder, pair) == Origins(1, 2, ("towns_alarm",))
    folder = changed("lineage", "towns_alarm", "relation", "derived_from", of=folder)
    folder = changed("lineage", "towns_alarm", "parent", "wind_argument", of=folder)
    assert origins_in(folder, pair) == Origins(1, 1)


def test_the_least_counts_what_is_certain_and_the_most_what_is_possible(changed: Changed) -> None:
    folder = changed("lineage", "pell_letter", "parent", "wind_argument")
    folder = changed("utterances", "pell_letter", "date", "[2019-04-28..2019-05-13]", of=folder)
    assert origins_of_assertions(tiny_view("2019-05-12", folder=folder)) == Origins(1, 2)
    assert origins_of_assertions(tiny_view("2019-05-13", folder=folder)) == Origins(2, 2)


def test_a_duplicate_adds_no_origin(changed: Changed) -> None:
    folder = changed("utterances", "pell_letter", "likely_same_as", "doran_interview")
    assert origins_of_assertions(tiny_view(folder=folder)) == Origins(1, 1)


# Parents


def test_parents_are_marked_as_unknown_as_own_items_and_what_carries_content() -> None:
    frame = parents(tiny_view()).drop(columns=["basis", "source_id"]).reset_index(drop=True)
    expected = pd.DataFrame(
        [
            ("authority_report", "pier_photographs", "derived_from", True, False, True),
            ("minister_radio", "authority_report", "derived_from", True, False, False),
            ("pell_letter", "unknown", "derived_from", True, True, False),
            ("builder_denial", "authority_report", "responds_to", False, False, False),
            ("towns_alarm", "unknown", "comments_on", False, True, False),
        ],
        columns=["child", "parent", "relation", "is_provenance", "is_unknown", "is_own_item"],
    )
    pd.testing.assert_frame_equal(frame, expected)


def test_an_item_that_another_side_holds_is_not_the_speakers_own(changed: Changed) -> None:
    folder = changed("evidence", "pier_photographs", "holder", "karst_works")
    frame = parents(tiny_view(folder=folder)).set_index("child")
    assert not frame.loc["authority_report", "is_own_item"]


def test_an_item_that_unnamed_people_hold_is_nobodys_own(changed: Changed) -> None:
    folder = changed("evidence", "pier_photographs", "holder", "engineers")
    folder = changed("speakers", "authority_report", "actor_id", "engineers", of=folder)
    frame = parents(tiny_view(folder=folder)).set_index("child")
    assert not frame.loc["authority_report", "is_own_item"]


# The graph


def test_the_graph_holds_what_stands_behind_the_assertions() -> None:
    nodes, edges = lineage(tiny_view())
    rows = [
        (row.node, row.is_item, row.side, row.when, row.claim_id, row.is_public,
         row.is_unknown, row.depth)
        for row in nodes.itertuples()
    ]  # fmt: skip
    assert rows == [
        ("authority_report", False, "velland", "2019-05-08", "a1", False, False, 1),
        ("pier_photographs", True, "velland", "2019-05-08", "a1", True, False, 0),
        ("minister_radio", False, "velland", "2019-05-12", "m1", False, False, 0),
        ("pell_letter", False, "pell", "2019-04-28", "i1", False, True, 0),
    ]
    assert list(edges.itertuples(index=False, name=None)) == [
        ("authority_report", "pier_photographs", False),
        ("minister_radio", "authority_report", False),
    ]


def test_a_node_has_its_name_its_day_and_since_when_it_is_in_view() -> None:
    nodes, _ = lineage(tiny_view())
    photographs = "Photographs of the crack, taken by the authority"
    assert nodes[["name", "certainty", "since", "day"]].astype("str").to_numpy().tolist() == [
        ["Roads Authority", "certain", "2019-05-08", "2019-05-08"],
        [photographs, "", "2019-05-08", "2019-05-08"],
        ["Lindqvist", "certain", "2019-05-12", "2019-05-12"],
        ["Pell", "certain", "2019-04-28", "2019-04-28"],
    ]


def test_an_item_is_dated_by_the_first_claim_that_names_it_or_else_by_its_status(
    changed: Changed,
) -> None:
    def item(folder: Path) -> tuple[str, str]:
        nodes, _ = lineage(tiny_view(folder=folder))
        ((when, claim_id),) = nodes.loc[nodes["is_item"], ["when", "claim_id"]].to_numpy().tolist()
        return when, claim_id

    twice = b"m1,pier_photographs,cites\n"
    folder = changed("claim_evidence.csv", raw=lambda content: content + twice)
    assert item(folder) == ("2019-05-08", "a1")
    unnamed = changed("claim_evidence.csv", raw=b"claim_id,evidence_id,relation\n")
    assert item(unnamed) == ("2019-05-08", ""), "the first day of its status"
    blank = changed(
        "evidence_status.csv", raw=lambda content: content.splitlines(True)[0], of=unnamed
    )
    assert item(blank) == ("[..2019-05-31]", "")


def test_an_item_is_public_in_the_graph_only_from_its_day() -> None:
    nodes, _ = lineage(tiny_view("2019-05-20"))
    assert not nodes["is_public"].any()


def test_a_path_through_another_side_and_back_is_a_circle(changed: Changed) -> None:
    folder = changed("speakers", "authority_report", "actor_id", "pell")
    assert links(folder) == [
        ("authority_report", "pier_photographs", True),
        ("minister_radio", "authority_report", True),
    ]
    assert on_circles(folder) == 2


def test_a_path_to_another_side_and_no_further_is_no_circle(changed: Changed) -> None:
    folder = changed("speakers", "authority_report", "actor_id", "pell")
    folder = changed("evidence", "pier_photographs", "holder", "pell", of=folder)
    assert [is_circle for *_, is_circle in links(folder)] == [False, False]
    assert on_circles(folder) == 0


@pytest.mark.parametrize("part", [{"actors": ["lindqvist"]}, {"window_start": "2019-05-10"}])
def test_a_parent_that_is_out_of_view_leaves_no_gap_in_the_graph(part: dict[str, object]) -> None:
    assert ("minister_radio", "authority_report", False) in links(TINY, **part)


def test_an_item_that_rests_on_the_utterance_that_cites_it_is_refused(changed: Changed) -> None:
    folder = changed("lineage", "authority_report", "child", "pier_photographs")
    folder = changed("lineage", "pier_photographs", "parent", "authority_report", of=folder)
    (problem,) = find_problems(read_dataset(folder))
    assert (problem.where, problem.column) == ("lineage", "parent")
    assert set(problem.found.split(" → ")) == {"pier_photographs", "authority_report"}


def test_nothing_asserted_is_an_empty_graph() -> None:
    nodes, edges = lineage(tiny_view(actors=["doran"]))
    assert nodes.empty and edges.empty
    assert {"node", "depth"} <= set(nodes) and "is_circle" in edges
