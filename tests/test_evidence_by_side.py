"""Evidence side by side: the frame and the table, on the tiny package worked by hand."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from conftest import Changed
from phrases import Cell, evidence, package, said
from views import cells, context_of, findings_of, plain, real_view, tiny_view, views_by_day

from claimbrief import analysis, tables
from claimbrief.analysis.counts import Count


def test_the_photographs_are_of_the_side_that_holds_them_and_public_from_their_day() -> None:
    frame = analysis.evidence_by_side(tiny_view()).set_index("side")
    assert list(frame.index) == ["velland", "pell"]
    assert frame.loc["velland", "items"] == ["pier_photographs"]
    assert tuple(frame.loc["velland", ["public", "public_possible", "checked"]]) == (1, 0, 0)
    assert frame.loc["velland", "kinds"] == ["photo_or_video"]
    assert frame.loc["pell", "items"] == [], "who says that welders were hurt and cites nothing"
    before = analysis.evidence_by_side(tiny_view("2019-05-20")).set_index("side")
    assert (before.loc["velland", "public"], before.loc["velland", "kinds"]) == (0, [])


def test_the_table_says_how_much_was_shown() -> None:
    table = evidence(tiny_view())
    assert plain(table.caption) == "One thing cited as evidence, one shown"
    assert cells(table) == [
        ["Velland", "■", "shown: photo or video"],
        ["One more side", "none of its own", ""],
    ]
    before = evidence(tiny_view("2019-05-20"))
    assert plain(before.caption) == "One thing cited as evidence, none shown"
    assert cells(before)[0] == ["Velland", "□", "not shown"]


def test_where_nothing_is_cited_there_is_no_table() -> None:
    assert evidence(tiny_view("2019-04-28")).rows == ()


def test_what_may_be_public_only_later_is_possibly_shown(changed: Changed) -> None:
    key, day = ("pier_photographs", "2019-05-21"), "[2019-05-21..2019-06-10]"
    view = tiny_view(folder=package(changed, ("evidence_status", key, "as_of", day)))
    table = evidence(view)
    assert cells(table)[0] == ["Velland", "□", "possibly shown"]
    assert table.numbers["shown"] == [0, 1]


@pytest.mark.parametrize(("relation", "side"), [("cites", "velland"), ("offers", "pell")])
def test_an_item_is_of_who_offers_it_before_it_is_of_who_holds_it(
    changed: Changed, relation: str, side: str
) -> None:
    more = [said("c1", "pell", "2019-05-20", "welders_hurt", "affirms", "CT+")]
    link = f"c1,pier_photographs,{relation}\n".encode()
    folder = package(changed, more=more)
    folder = changed("claim_evidence.csv", raw=lambda content: content + link, of=folder)
    frame = analysis.evidence_by_side(tiny_view(folder=folder)).set_index("side")
    assert frame.loc[side, "items"] == ["pier_photographs"]


def test_what_unnamed_people_hold_is_of_who_cites_it(changed: Changed) -> None:
    cells_: list[Cell] = [
        ("evidence", "pier_photographs", "holder", "engineers"),
        ("claim_evidence", ("a1", "pier_photographs"), "relation", "cites"),
    ]
    frame = analysis.evidence_by_side(tiny_view(folder=package(changed, *cells_)))
    assert frame.set_index("side").loc["velland", "items"] == ["pier_photographs"]


def test_what_is_only_spoken_of_is_not_cited(changed: Changed) -> None:
    key = ("a1", "pier_photographs")
    view = tiny_view(folder=package(changed, ("claim_evidence", key, "relation", "speaks_of")))
    assert evidence(view).rows == ()


def test_what_an_independent_party_checked_is_counted(changed: Changed) -> None:
    key = ("pier_photographs", "2019-05-21")
    cells_: list[Cell] = [("evidence_status", key, "publicity", "published_verified")]
    view = tiny_view(folder=package(changed, *cells_))
    assert evidence(view).numbers["checked"] == 1
    assert findings_of(view).items_checked == 1
    assert evidence(tiny_view()).numbers["checked"] == 0


def frame_of(*rows: tuple[str, int, int]) -> pd.DataFrame:
    """Return a frame of sides with so many things cited and so many shown."""
    return pd.DataFrame(
        [
            (side, [f"{side}_{n}" for n in range(cited)], 0, visible, 0, [], 0)
            for side, cited, visible in rows
        ],
        columns=["side", "items", "possible", "public", "public_possible", "kinds", "checked"],
    )


def test_sides_of_which_nothing_was_shown_are_summed_up() -> None:
    frame = frame_of(
        ("velland", 5, 3), ("pell", 3, 1), ("nyra", 2, 0), ("rill", 1, 0), ("tolm", 0, 0)
    )
    table = tables.evidence_by_side(frame, context_of(tiny_view()))
    assert cells(table) == [
        ["Velland", "■■■□□", "three of five"],
        ["Pell", "■□□", "one of three"],
        ["Two other sides", "□□□", "none of three"],
        ["One more side", "none of its own", ""],
    ]
    assert plain(table.caption) == "Eleven things cited as evidence, four shown"
    assert table.numbers["cited"] == [11, 11]


@pytest.mark.parametrize(
    ("possible", "visible", "words"),
    [
        (0, (3, 0), "Five things cited as evidence, three shown"),
        (2, (3, 0), "Three to five things cited as evidence, three shown"),
        (1, (0, 2), "Four or five things cited as evidence, possibly two shown"),
        (5, (1, 1), "Possibly five things cited as evidence, one or two shown"),
    ],
)
def test_what_may_be_later_makes_a_range(
    possible: int, visible: tuple[int, int], words: str
) -> None:
    frame = frame_of(("velland", 5, visible[0]))
    table = tables.evidence_by_side(
        frame.assign(possible=possible, public_possible=visible[1]), context_of(tiny_view())
    )
    assert plain(table.caption) == words
    cited, _, public = words.lower().partition(" things cited as evidence, ")
    assert cells(table)[0][2] == f"{public.removesuffix(' shown')} of {cited}"


def test_what_was_shown_for_sure_and_cited_perhaps_is_shown_perhaps() -> None:
    view = real_view("2024-10-31", basis="reported")
    caption = plain(evidence(view).caption)
    assert caption == "37 to 40 things cited as evidence, six or seven shown"
    table = tables.items_cited(analysis.items_cited(view), context_of(view))
    assert table.numbers["shown"] == [6, 7]
    assert findings_of(view).items_public == Count(6, 1)


def test_of_very_many_things_the_squares_are_counted() -> None:
    table = tables.evidence_by_side(frame_of(("velland", 40, 3)), context_of(tiny_view()))
    assert cells(table) == [["Velland", "3 × ■ 37 × □", "three of 40"]]


def test_each_row_holds_the_day_to_which_the_page_is_moved() -> None:
    view = tiny_view()
    frame = analysis.by_day(analysis.evidence_by_side, views_by_day(view))
    table = tables.evidence_by_side(frame, context_of(view))
    velland = table.rows[0]
    assert (velland.key, velland.since) == ("velland", "2019-05-08")
    squares = {plain(version.text): version.since for version in velland.versions[1]}
    assert squares == {"□": "", "■": "2019-05-21"}
    context = context_of(view)
    for day, on_day in views_by_day(view).items():
        own = replace(context, at=replace(context.at, as_of=day))
        alone = tables.evidence_by_side(analysis.evidence_by_side(on_day), own)
        assert {row.key for row in alone.rows} <= {row.key for row in table.rows}


def test_in_october_the_rows_add_up_to_the_caption() -> None:
    view = real_view()
    table, frame = evidence(view), analysis.evidence_by_side(view)
    cited, visible = int(frame["items"].map(len).sum()), int(frame["public"].sum())
    assert plain(table.caption) == f"{cited} things cited as evidence, seven shown"
    drawn = re.sub("[^■□]", "", "".join(row[1] for row in cells(table)))
    assert (drawn.count("■"), len(drawn)) == (visible, cited)
    assert visible == findings_of(view).items_public.certain
    assert [row[0] for row in cells(table)[:2]] == ["Ukraine", "South Korea"]


@pytest.mark.parametrize(
    ("cited", "possible", "public", "perhaps", "kinds", "words"),
    [
        (1, 0, 1, 0, [], "shown"),
        (1, 0, 0, 1, [], "possibly shown"),
        (1, 0, 0, 0, [], "not shown"),
        (1, 0, 1, 0, ["document"], "shown: document"),
        (3, 1, 1, 1, [], "one or two of two or three"),
        (2, 0, 2, 0, ["document", "photo_or_video", "document"],
         "two of two: document, photo or video"),
    ],
)  # fmt: skip
def test_a_row_says_how_many_were_shown_and_of_which_kinds(
    cited: int, possible: int, public: int, perhaps: int, kinds: list[str], words: str
) -> None:
    frame = frame_of(("velland", cited, public)).assign(possible=possible, public_possible=perhaps)
    frame["kinds"] = [kinds]
    block = tables.evidence_by_side(frame, context_of(tiny_view()))
    assert cells(block)[0][2] == words
    assert block.numbers == {
        "cited": [cited - possible, cited], "shown": [public, public + perhaps], "checked": 0,
        "sides_citing": 1, "sides_citing_nothing": 0, "by_side": {"velland": [public, cited]},
    }  # fmt: skip


def test_squares_stand_in_groups_of_eight_up_to_thirty() -> None:
    def squares(cited: int, public: int) -> str:
        frame = frame_of(("velland", cited, public))
        return cells(tables.evidence_by_side(frame, context_of(tiny_view())))[0][1]

    assert squares(12, 6) == "■■■■■■□□ □□□□"
    assert squares(30, 30) == " ".join(["■■■■■■■■"] * 3 + ["■■■■■■"])
    assert squares(31, 0) == "31 × □" and squares(31, 31) == "31 × ■"


def test_two_sides_have_a_row_though_nothing_was_shown_and_four_at_most() -> None:
    names = ["velland", "pell", "nyra", "rill", "tolm", "karst_works"]
    none_shown = frame_of(*((side, 2, 0) for side in names[:4]), ("tolm", 0, 0), ("doran", 0, 0))
    block = tables.evidence_by_side(none_shown, context_of(tiny_view()))
    assert [row.key for row in block.rows] == ["velland", "pell", "rest", "nothing"]
    assert [row[0] for row in cells(block)][2:] == ["Two other sides", "Two more sides"]
    assert cells(block)[-1][1:] == ["none of their own", ""]
    public = tables.evidence_by_side(
        frame_of(*((side, 2, 1) for side in names)), context_of(tiny_view())
    )
    assert [row.key for row in public.rows] == [*names[:4], "rest"]
    assert cells(public)[-1][1:] == ["■■□□", "two of four"]
    one_side = tables.evidence_by_side(frame_of(("velland", 1, 0)), context_of(tiny_view()))
    assert plain(one_side.caption) == "One thing cited as evidence, none shown"
