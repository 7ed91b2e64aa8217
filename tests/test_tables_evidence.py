"""The tables of the chapter on evidence, cell by cell, as tests/tiny/README.md works them out."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from conftest import Changed
from views import context_of, plain, real_view, table, tiny_view
from views import marked_cells as cells

from claimbrief import analysis, tables
from claimbrief.limits import LIMITS
from claimbrief.tables import evidence

NAMES = ("evidence_register", "assertions_by_evidence", "ancestry")
PHOTOGRAPHS = "Photographs of the crack, taken by the authority."
WIND = "The argument that a bridge of this kind sways in high wind."
MINISTER = [
    "Lindqvist, 12 May<m1>",
    "derived from",
    "Roads Authority, 8 May<a1>",
    "yes",
    "She names the authority’s statement.",
]
DENIAL = [
    "Rill, 1–19 May<b2>",
    "responds to",
    "Roads Authority, 8 May<a1>",
    "no",
    "He speaks of the same pier.",
]


# The register of evidence


def test_an_item_stands_beside_who_holds_it_when_it_was_named_and_how_public_it_is() -> None:
    block = table("evidence_register", tiny_view())
    assert [column.label for column in block.columns] == [
        "Item", "Kind", "Held by", "First named", "How public", "Named by",
    ]  # fmt: skip
    assert cells(block) == [
        [
            PHOTOGRAPHS, "photo or video", "Roads Authority", "8 May",
            "published (21 May): a report of it",
            "Roads Authority (Velland, 8 May)<a1>",
        ],
        [
            WIND, "expert reasoning", "Doran", "by 19 May", "public argument (by 19 May)",
            "Doran (Tarn, by 19 May)<e1>",
        ],
    ]  # fmt: skip
    linked = [run.href for row in block.rows for cell in row.cells for run in cell if run.href]
    assert linked == [
        "https://gazette.example/2019/05/21/pier",
        "#a1",
        "#e1",
    ]
    assert block.numbers == {"items": 2}
    assert plain(block.note) == "How public each item was on 31 May 2019, and since when."


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2019-05-08", "claimed, not public (8 May)"),
        ("2019-05-20", "claimed, not public (8 May)"),
        ("2019-05-21", "published (21 May): a report of it"),
    ],
)
def test_an_item_is_public_from_its_day_of_publication_and_not_before(
    day: str, status: str
) -> None:
    assert cells(table("evidence_register", tiny_view(day)))[0][4] == status


def test_a_status_that_only_may_hold_by_the_day_is_called_possible(changed: Changed) -> None:
    of_days = ("pier_photographs", "2019-05-21")
    folder = changed("evidence_status", of_days, "as_of", "[2019-05-20..2019-05-22]")
    row, _ = cells(table("evidence_register", tiny_view("2019-05-21", folder=folder)))
    assert row[4] == "possibly published (20–22 May): a report of it"


def test_who_offered_an_item_is_named_only_where_it_can_be_seen(changed: Changed) -> None:
    folder = changed("claim_evidence", "a1", "relation", "offers")
    photographs, wind = cells(table("evidence_register", tiny_view(folder=folder)))
    assert photographs[2] == "Roads Authority; shown by Roads Authority"
    assert wind[2] == "Doran"
    row, _ = cells(table("evidence_register", tiny_view("2019-05-20", folder=folder)))
    assert row[2] == "Roads Authority"


def test_a_locator_that_is_no_source_leads_to_the_item_itself(changed: Changed) -> None:
    photographs = ("pier_photographs", "2019-05-21")
    address = "https://gazette.example/photographs"
    folder = changed("evidence_status", photographs, "locator", address)
    folder = changed("evidence_status", photographs, "caveat", "Cropped.", of=folder)
    block = table("evidence_register", tiny_view(folder=folder))
    assert cells(block)[0][4] == "published (21 May): where to see it; Cropped."
    assert [run.href for run in block.rows[0].cells[4] if run.href] == [address]


# What assertions point to


def test_each_assertion_stands_in_the_column_of_what_it_points_to() -> None:
    block = table("assertions_by_evidence", tiny_view())
    assert [column.label for column in block.columns] == [
        "Side", "An item public by then", "An item not public by then",
        "Others’ words, reports or reasoning", "Nothing named", "Nothing in the part seen",
    ]  # fmt: skip
    assert cells(block) == [
        ["Velland", "–", "Roads Authority 8 May<a1>", "Lindqvist 12 May<m1>", "–", "–"],
        ["Pell", "–", "–", "–", "Pell 28 Apr<i1>", "–"],
    ]
    assert block.numbers == {
        "shown": 0, "not_shown": 1, "others": 1, "nothing": 1, "not_known": 0,
    }  # fmt: skip


def test_an_item_that_was_public_by_the_statements_day_has_a_column_of_its_own(
    changed: Changed,
) -> None:
    status = ("pier_photographs", "2019-05-08")
    folder = changed("evidence_status", status, "publicity", "published")
    folder = changed("evidence_status", status, "locator", "https://pier.example/", of=folder)
    block = table("assertions_by_evidence", tiny_view(folder=folder))
    assert cells(block)[0][1:4] == ["Roads Authority 8 May<a1>", "–", "Lindqvist 12 May<m1>"]
    assert block.numbers["shown"] == 1 and block.numbers["not_shown"] == 0


def test_of_a_side_that_says_much_the_first_speakers_are_named_and_the_rest_counted() -> None:
    view = tiny_view()
    frame = analysis.assertions_by_evidence(view)
    first = frame[frame["claim_id"] == "a1"]
    frame = pd.concat([first.assign(speaker=f"voice {n}") for n in range(8)], ignore_index=True)
    (row,) = cells(tables.assertions_by_evidence(frame, context_of(view)))
    assert row[2].startswith("Voice 0 8 May<a1>; Voice 1 8 May<a1>; ")
    assert row[2].endswith("; Voice 5 8 May<a1>; two more speakers")


# Where it comes from


def test_a_link_leads_from_what_is_said_to_what_it_comes_from() -> None:
    block = table("ancestry", tiny_view())
    assert [column.label for column in block.columns] == [
        "What", "How", "From", "Content from it?", "What shows it",
    ]  # fmt: skip
    assert cells(block) == [MINISTER, DENIAL]
    assert block.numbers == {"links": 3, "shown": 2, "unknown": 2}
    assert "are one link to an item of the side’s own and two links to a parent" in plain(
        block.note
    )


def test_the_claims_cited_of_a_link_to_an_item_are_those_that_name_it(changed: Changed) -> None:
    folder = changed("evidence", "pier_photographs", "holder", "karst_works")
    row = cells(table("ancestry", tiny_view(folder=folder)))[0]
    assert row[:3] == ["Roads Authority, 8 May<a1>", "derived from", PHOTOGRAPHS[:-1]]


def test_a_parent_that_is_out_of_view_is_named_and_not_cited() -> None:
    (row,) = cells(table("ancestry", tiny_view(actors=["lindqvist"])))
    assert row == [MINISTER[0], "derived from", "Roads Authority, 8 May", "yes", MINISTER[4]]


# Parts of a frame, empty frames and large ones


@pytest.mark.parametrize("name", NAMES)
def test_a_table_draws_a_part_of_its_frame(name: str) -> None:
    view = tiny_view()
    frame, context = getattr(analysis, name)(view), context_of(view)
    draw = getattr(tables, name)
    assert cells(draw(frame.iloc[1:2], context)) in (
        [[WIND, *cells(draw(frame, context))[1][1:]]],
        [["Velland", "–", "–", "Lindqvist 12 May<m1>", "–", "–"]],
        [MINISTER],
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_table_of_nothing_has_no_rows(name: str) -> None:
    view = tiny_view()
    empty = getattr(analysis, name)(view).iloc[:0]
    assert getattr(tables, name)(empty, context_of(view)).rows == ()
    assert table(name, tiny_view("2019-05-12", basis="reported")).rows == ()


@pytest.mark.parametrize(
    ("name", "noun", "order"),
    [
        ("evidence_register", "items", "those that are public first, then the most cited"),
        ("ancestry", "links", "those to what most rests on first"),
    ],
)
def test_a_table_of_many_rows_is_cut_and_says_of_how_many(name: str, noun: str, order: str) -> None:
    view = real_view()
    frame, context = getattr(analysis, name)(view), context_of(view)
    few = getattr(tables, name)(frame, context)
    many = getattr(tables, name)(pd.concat([frame] * 10, ignore_index=True), context)
    assert len(few.rows) < LIMITS.rows and "Here are" not in plain(few.note)
    assert len(many.rows) == LIMITS.rows
    total = 10 * len(few.rows)
    assert plain(many.note).endswith(
        f" Here are 300 of {total:,} {noun}, {order}; the whole record is in claims.csv, beside "
        "this brief."
    )
    assert all(value == 10 * few.numbers[key] for key, value in many.numbers.items())


def test_of_many_items_the_public_ones_are_listed_first_and_then_the_most_cited() -> None:
    view = real_view()
    frame = pd.concat([analysis.evidence_register(view)] * 5, ignore_index=True)
    rows = cells(tables.evidence_register(frame, context_of(view)))
    public = frame["publicity"].isin(["published", "published_verified"])
    first = ["published" in row[4] for row in rows]
    assert first == [True] * public.sum() + [False] * (LIMITS.rows - public.sum())
    cited = frame[~public]["claim_ids"].map(len).sort_values(ascending=False)
    assert cited.iloc[0] > 3 and " more" in rows[public.sum()][5], "the most cited"


def test_of_many_links_those_to_what_most_rests_on_are_listed_first() -> None:
    view = tiny_view()
    frame = analysis.ancestry(view)
    link = frame[frame["child"] == "minister_radio"]
    rows = [link.assign(parent=f"p{number}", parent_name=f"p{number}") for number in range(301)]
    frame = pd.concat([*rows, rows[-1]], ignore_index=True)
    listed = [row[2] for row in cells(table("ancestry", view, frame))]
    assert listed[:3] == ["p300<a1>", "p300<a1>", "p0<a1>"] and len(listed) == LIMITS.rows


def test_of_many_sides_those_that_say_most_are_listed() -> None:
    view = tiny_view()
    frame = analysis.assertions_by_evidence(view)
    assertion = frame[frame["claim_id"] == "a1"]
    rows = [assertion.assign(side=f"side{number}") for number in range(301)]
    frame = pd.concat([*rows, rows[-1]], ignore_index=True)
    names = {f"side{number}": f"side {number}" for number in range(301)}
    block = tables.assertions_by_evidence(frame, replace(context_of(view), names=names))
    listed = cells(block)
    assert [row[0] for row in listed] == ["Side 300", *(f"Side {n}" for n in range(299))]
    assert listed[0][2] == "Roads Authority 8 May<a1>"
    assert "Here are 300 of 301 sides, those that say most first" in plain(block.note)


# Cases written by hand


def changed_rows(name: str, *changes: dict[str, object]) -> list[list[str]]:
    """Return the cells of a table whose first row is changed, once for each change."""
    view = tiny_view()
    frame = getattr(analysis, name)(view)
    first = frame.iloc[[0]].to_dict("records")[0]
    rows = pd.DataFrame([first | change for change in changes], columns=frame.columns)
    return cells(getattr(tables, name)(rows, context_of(view)))


def test_an_item_whose_status_or_first_day_is_not_known_says_so() -> None:
    blank, offered = changed_rows(
        "evidence_register",
        {"publicity": "", "locator": "", "first_when": ""},
        {"publicity": "claimed_not_public", "offered_by": "Pell", "locator": ""},
    )
    assert (blank[3], blank[4]) == ("–", "not stated")
    assert offered[2] == "Roads Authority", "what was not shown was shown by nobody"
    assert offered[4] == "claimed, not public (21 May)"


def test_of_many_claims_on_an_item_three_are_named() -> None:
    (row,) = changed_rows("evidence_register", {"claim_ids": ["a1", "m1", "b2", "i1", "w1"]})
    assert row[5].count("<") == 3 and row[5].endswith(" and two more")


@pytest.mark.parametrize(
    ("own", "unknown", "words"),
    [
        (0, 0, ""),
        (1, 0, " Left out, and on the cards, is one link to an item of the side’s own."),
        (0, 1, " Left out, and on the cards, is one link to a parent that is not stated."),
        (2, 1, " Left out, and on the cards, are two links to an item of the side’s own and one "
         "link to a parent that is not stated."),
    ],
)  # fmt: skip
def test_the_note_counts_the_links_that_have_no_row(own: int, unknown: int, words: str) -> None:
    assert evidence._left_out(own, unknown) == words


def test_what_is_linked_to_no_claim_is_named_without_a_link() -> None:
    change = {"is_own_item": False, "is_unknown": False, "child_claims": []}
    (row,) = changed_rows("ancestry", change | {"parent_claims": ["a1", "m1"]})
    assert "<" not in row[0] and row[2].endswith("<a1>"), "the first of several"


def test_each_basis_of_a_statement_has_a_count_of_its_own() -> None:
    view = tiny_view()
    first = analysis.assertions_by_evidence(view).iloc[[0]]
    bases = {"shown": 1, "not_shown": 2, "others": 3, "nothing": 4, "not_known": 5}
    codes = {published: basis for basis, published in evidence.NUMBERS.items()}
    rows = [
        first.assign(basis=codes.get(basis, basis))
        for basis, count in bases.items()
        for _ in range(count)
    ]
    block = tables.assertions_by_evidence(pd.concat(rows, ignore_index=True), context_of(view))
    assert block.numbers == bases
    assert all(cell != "–" for cell in cells(block)[0])
