"""What statements rest on, by side: evidence of its own, another's word, or nothing stated."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import Changed
from views import cells, context_of, plain, real_view, sentences, tiny_view

from claimbrief import prose, tables
from claimbrief.analysis.origins_by_side import LISTS, origins, origins_by_side
from claimbrief.analysis.provenance import Origins
from claimbrief.blocks import Table
from claimbrief.links import names_of
from claimbrief.tables.evidence import ROWS
from claimbrief.view import View


def rows(view: View) -> dict[str, dict[str, Any]]:
    """Return the rows of the frame by side."""
    return origins_by_side(view).set_index("side").to_dict("index")


def said(view: View) -> str:
    block = prose.origins(origins(view), origins_by_side(view), context_of(view))
    (words,) = sentences(block)
    return words


def drawn(*sides: dict[str, object]) -> Table:
    """Return the table of sides written by hand: each with one statement that tells nothing."""
    blank: dict[str, object] = {name: [] for name in LISTS}
    frame = pd.DataFrame(
        [blank | {"claim_ids": ["i1"]} | side for side in sides], columns=["side", *LISTS]
    )
    return tables.origins_by_side(frame, context_of(tiny_view()))


def resting_on(changed: Changed, child: str, parent: str, of: Path | None = None) -> Path:
    """Return a package in which an utterance rests on something besides what it rests on."""
    row = f"{child},{parent},derived_from,Invented.,ledger_bridge\n".encode()
    more = {"of": of} if of else {}
    return changed("lineage.csv", raw=lambda content: content + row, **more)


def test_velland_rests_on_its_own_photographs_and_pell_does_not_tell() -> None:
    assert rows(tiny_view()) == {
        "velland": {
            "kind": "state", "claim_ids": ["a1", "m1"], "on_own_evidence": ["a1", "m1"],
            "on_others": [], "others": [], "not_stated": [],
        },
        "pell": {
            "kind": "person", "claim_ids": ["i1"], "on_own_evidence": [], "on_others": [],
            "others": [], "not_stated": ["i1"],
        },
    }  # fmt: skip


def test_a_statement_that_names_the_kind_of_its_evidence_is_cited_before_others() -> None:
    by_side = rows(real_view())["south_korea"]
    assert by_side["claim_ids"][0] == "k1", "of “circumstances”, which Kim Yong-hyun did not name"
    first, *others = by_side["on_own_evidence"]
    assert first == "o22c" and "k1" in others


def test_what_rests_on_another_side_s_word_is_not_followed_further(changed: Changed) -> None:
    folder = resting_on(changed, "minister_radio", "pell_letter")
    velland = rows(tiny_view(folder=folder))["velland"]
    assert velland["on_others"] == ["m1"] and velland["others"] == ["pell"]
    assert velland["not_stated"] == [], "that Pell does not tell is Pell’s"


def test_an_item_that_another_side_holds_is_another_s_evidence(changed: Changed) -> None:
    folder = changed("evidence", "pier_photographs", "holder", "pell")
    velland = rows(tiny_view(folder=folder))["velland"]
    assert velland["on_own_evidence"] == []
    assert velland["on_others"] == ["a1", "m1"] and velland["others"] == ["pell"]


@pytest.mark.parametrize(
    ("holder", "basis"), [("engineers", "on_own_evidence"), ("tolm", "on_others")]
)
def test_unnamed_speakers_rest_on_an_item_of_their_own(
    changed: Changed, holder: str, basis: str
) -> None:
    folder = changed("evidence", "pier_photographs", "holder", holder)
    folder = changed(
        "speakers", ("authority_report", "roads_authority"), "actor_id", "engineers", of=folder
    )
    assert rows(tiny_view(folder=folder))["engineers"][basis] == ["a1"]


def test_an_argument_is_no_evidence_of_its_own(changed: Changed) -> None:
    folder = changed("evidence", "pier_photographs", "kind", "expert_reasoning")
    assert rows(tiny_view(folder=folder))["velland"]["on_own_evidence"] == []


def test_a_side_that_says_nothing_to_be_so_has_no_row() -> None:
    assert origins_by_side(tiny_view("2019-04-27", actors=["karst_works"])).empty
    assert "karst_works" not in rows(tiny_view())


def test_the_side_with_the_most_statements_comes_first() -> None:
    assert origins_by_side(tiny_view())["side"].tolist() == ["velland", "pell"]


# The sentences


def test_three_speakers_rest_on_one_or_two_sources() -> None:
    assert said(tiny_view()) == (
        "Three speakers of two sides say, in three statements, that something is so, or likely. "
        "The claims rest on one or two independent sources: those of one side, or of sides that "
        "share one or spoke jointly, count as one."
    )


def test_one_side_that_rests_on_another_is_named(changed: Changed) -> None:
    folder = resting_on(changed, "minister_radio", "pell_letter")
    assert said(tiny_view(folder=folder)).endswith("Velland rests at least partly on Pell.")


def test_a_circle_is_told(changed: Changed) -> None:
    folder = changed("speakers", "authority_report", "actor_id", "pell")
    words = said(tiny_view(folder=folder))
    assert "Two sides rest at least partly on others: for example, Pell on Velland. " in words
    assert words.endswith("Velland and Pell rest on each other’s word, in a circle.")
    assert origins(tiny_view(folder=folder)).circles == (("velland", "pell"),)
    assert origins(tiny_view()).circles == ()


def test_the_number_of_sources_is_given_plainly_where_it_is_known() -> None:
    found, frame = origins(tiny_view()), origins_by_side(tiny_view())
    shared = ": those of one side, or of sides that share one or spoke jointly, count as one."
    for low, high, words in (
        (0, 1, " The claims rest on at most one independent source."),
        (0, 3, f" The claims rest on at most three independent sources{shared}"),
        (1, 1, " The claims rest on one independent source."),
        (3, 3, f" The claims rest on three independent sources{shared}"),
        (2, 25, f" The claims rest on between two and 25 independent sources{shared}"),
    ):
        known = replace(found, independent=Origins(low, high))
        (reported,) = sentences(prose.origins(known, frame, context_of(tiny_view())))
        assert reported.endswith(words)


def test_of_many_who_rest_on_others_one_is_named_that_rests_on_whom_most_rest_on() -> None:
    others = {
        "tolm": ["nyra", "port_of_orsa"],
        "velland": ["pell", "nyra"],  # the example though Tolm comes first: a government
        "pell": ["karst_works"],
        "nyra": [],
    }
    kinds = {"velland": "state", "tolm": "institution", "pell": "person", "nyra": "state"}
    blank: dict[str, object] = {name: ["i1"] for name in LISTS}
    frame = pd.DataFrame(
        [
            blank | {"side": side, "kind": kinds[side], "others": names}
            for side, names in others.items()
        ],
        columns=["side", "kind", *LISTS],
    )
    block = prose.origins(origins(tiny_view()), frame, context_of(tiny_view()))
    assert block.numbers == {
        "speakers": [3, 3], "sides": [2, 2], "statements": [3, 3], "origins": [1, 2],
        "not_stated": 4, "resting_on_others": 3, "circles": 0,
    }  # fmt: skip
    (reported,) = sentences(block)
    assert reported.endswith(
        "Three sides rest at least partly on others: for example, Velland on Nyra."
    )
    without = prose.origins(origins(tiny_view()), frame[:3], context_of(tiny_view()))
    assert sentences(without)[0].endswith(" Velland on Pell."), "Nyra, as media, say nothing"


def test_what_is_only_possible_is_said_to_be(changed: Changed) -> None:
    folder = changed("claims", "b2", "stance", "affirms")
    folder = changed("claims", "b2", "commitment", "CT+", of=folder)
    folder = changed("claims", "b2", "denial", "", of=folder)
    words = said(tiny_view("2019-05-12", folder=folder))
    assert words.startswith(
        "Three speakers and possibly one more of two sides and possibly one more say, in three "
        "statements and possibly one more, that"
    )


def test_where_nobody_says_so_that_is_said() -> None:
    view = tiny_view("2019-04-27", actors=["karst_works"])
    assert said(view) == "Nobody says that anything of this is so, or likely."


# The table


def test_a_cell_counts_and_cites_the_first_statement() -> None:
    view = tiny_view()
    block = tables.origins_by_side(origins_by_side(view), context_of(view))
    assert cells(block) == [
        ["Velland", "2", "2", "–", "0"],
        ["Pell", "1", "–", "–", "1"],
    ]
    assert [run.href for run in block.rows[0].cells[2] if run.href] == ["#a1"]
    assert block.columns[-1].label == "Source partly or wholly unstated"
    assert plain(block.subtitle) == "A statement can count in several columns."
    assert block.numbers == {
        "sides": 2, "statements": 3, "on_own_evidence": 2, "on_others": 0, "not_stated": 1,
    }  # fmt: skip


def test_a_cell_names_on_whom_a_side_rests() -> None:
    block = drawn({"side": "velland", "on_others": ["m1"], "others": ["pell", "nyra"]})
    assert cells(block)[0][3] == "1, resting on Pell and Nyra"


def test_a_name_in_which_another_stands_comes_last_so_that_what_follows_is_not_of_it() -> None:
    block = drawn({"side": "velland", "on_others": ["m1"], "others": ["port_of_orsa", "pell"]})
    assert cells(block)[0][3] == "1, resting on Pell and Port of Orsa"


def test_a_name_of_somebody_unnamed_comes_after_names_that_it_must_not_be_read_with() -> None:
    others = ["engineers", "port_of_orsa", "pell"]
    context = context_of(tiny_view())
    renamed = replace(context, names={**context.names, "engineers": "unnamed engineers"})
    assert names_of(others, renamed) == "Pell, unnamed engineers and Port of Orsa"


def test_of_many_sides_the_last_row_sums_up_all_further_ones() -> None:
    as_many = drawn(*[{"side": "pell"}] * ROWS)
    assert len(as_many.rows) == ROWS
    assert cells(as_many)[-1][0] == "Pell"
    many = drawn(*[{"side": "pell", "not_stated": ["i1"]}] * (ROWS + 2))
    assert len(many.rows) == ROWS
    assert cells(many)[-1] == ["Three more sides", "3", "–", "–", "3"]


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        ([], "Nobody says that anything is so"),
        ([{}], "The one statement goes back to no evidence"),
        ([{"on_own_evidence": ["i1"]}],
         "The one statement goes back to evidence the side claims"),
        ([{}, {}],
         "Of two statements, none goes back to evidence the side claims, none to another side’s"),
        ([{"claim_ids": ["i1", "m1"], "on_own_evidence": ["i1", "m1"]},
          {"on_others": ["i1"], "not_stated": ["i1"]}],
         "Of three statements, two go back to evidence the side claims, one to another side’s; "
         "one leaves some source unstated"),
        ([{"not_stated": ["i1"]}] * 2,
         "Of two statements, none goes back to evidence the side claims, none to another side’s; "
         "two leave some source unstated"),
    ],
)  # fmt: skip
def test_the_caption_counts_statements_by_what_they_rest_on(
    sides: list[dict[str, object]], words: str
) -> None:
    assert plain(drawn(*({"side": "pell"} | side for side in sides)).caption) == words


def test_the_row_of_all_further_sides_adds_up_what_they_rest_on() -> None:
    rest: list[dict[str, object]] = [
        {"side": "pell", "claim_ids": ["i1", "m1"], "on_own_evidence": ["i1"], "on_others": ["m1"]},
        {"side": "nyra", "claim_ids": ["w1"], "on_own_evidence": ["w1"], "not_stated": ["w1"]},
    ]
    block = drawn(*[{"side": "velland"}] * (ROWS - 1), *rest)
    assert cells(block)[-1] == ["Two more sides", "3", "2", "1", "1"]
    assert [row.key for row in block.rows] == ["velland"] * (ROWS - 1) + ["rest"]
    assert block.numbers == {
        "sides": ROWS + 1, "statements": ROWS + 2, "on_own_evidence": 2, "on_others": 1,
        "not_stated": 1,
    }  # fmt: skip


def test_a_single_statement_on_evidence_is_named_behind_a_colon_and_counts_have_commas() -> None:
    many = ["a1"] * 1200
    block = drawn({
        "side": "velland", "claim_ids": many, "on_own_evidence": ["a1"], "not_stated": many,
        "on_others": many, "others": ["pell"],
    })  # fmt: skip
    assert cells(block)[0] == [
        "Velland", "1,200", "1: Roads Authority (8 May)", "1,200, resting on Pell", "1,200",
    ]  # fmt: skip
    single = drawn({"side": "pell", "on_own_evidence": ["i1"], "on_others": ["i1"]})
    assert plain(single.caption) == (
        "The one statement goes back to evidence the side claims and another side’s word or "
        "evidence"
    )
    assert plain(drawn({"side": "pell", "on_others": ["i1"]}).caption) == (
        "The one statement goes back to another side’s word or evidence"
    )
