"""Every table draws its frame, any part of it and nothing; it links to claims in view alone."""

from __future__ import annotations

import pandas as pd
import pytest
from views import article_view, cells, frame_of, marked, real_view, table, tiny_view

from claimbrief.blocks import Table, neutral
from claimbrief.limits import LIMITS
from claimbrief.texts import hrefs
from claimbrief.view import View

PARTS = {  # a part of each frame, by query
    "sides_by_question": "side == 'russia'",
    "context": "stance == 'affirms'",
    "responses": "response == 'A2'",
    "silences": "utterances > 9",
    "denial_register": "side == 'russia'",
    "quotes_beside_glosses": "gap > 0",
    "wording_drift": "use == 'quoted'",
    "proposition_links": "relation == 'entails'",
    "deflation": "possible == 0",
    "sensitivity": "published != ''",
    "flips": "second == ''",
}
VIEWS = {
    "tiny, all certain": lambda: tiny_view(),
    "tiny, half possible": lambda: tiny_view("2019-05-12"),
    "tiny, nothing said": lambda: tiny_view("2019-04-27", actors=["karst_works"]),
    "article": lambda: article_view(),
    "article, as of 10 October": lambda: article_view("2024-10-10"),
    "article, nothing reported": lambda: article_view("2024-10-10", basis="reported"),
    "October": lambda: real_view(),
    "October, as of 18 October": lambda: real_view("2024-10-18"),
    "October, reported by 24 October": lambda: real_view("2024-10-24", basis="reported"),
}


@pytest.fixture(params=VIEWS, scope="module")
def view(request: pytest.FixtureRequest) -> View:
    return VIEWS[request.param]()


def linked(block: Table) -> set[str]:
    """Return the claims that a table links to."""
    return {href[1:] for href in hrefs(neutral(block)) if href.startswith("#")}


def test_every_row_has_a_cell_for_each_column_and_links_to_claims_in_view(view: View) -> None:
    in_view = set(view.statements["claim_id"])
    for name in PARTS:
        block = table(name, view)
        assert linked(block) <= in_view, name
        assert all(len(row.cells) == len(block.columns) for row in block.rows), name


@pytest.mark.parametrize("name", PARTS)
def test_an_empty_frame_is_drawn_as_a_table_without_rows(name: str) -> None:
    frame = frame_of(name, tiny_view())
    block = table(name, tiny_view(), frame.iloc[:0])
    assert all(len(row.cells) == len(block.columns) for row in block.rows)
    assert len(block.rows) == (5 if name == "sensitivity" else 0), "measures without a day"
    assert block.columns[0].label == table(name, tiny_view()).columns[0].label


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_a_frame_is_drawn_as_that_part_of_the_table(name: str) -> None:
    view = real_view()
    whole, part = frame_of(name, view), frame_of(name, view).query(PARTS[name])
    assert 0 < len(part) < len(whole)
    every, some = table(name, view, whole), table(name, view, part)
    assert 0 < len(some.rows) <= len(every.rows)
    if len(whole) <= LIMITS.rows:
        assert linked(some) <= linked(every)
        assert {row[0] for row in cells(some)} <= {row[0] for row in cells(every)} | {""}
    assert all(len(row.cells) == len(some.columns) for row in some.rows)


def test_a_part_of_the_matrix_has_the_cells_of_the_whole() -> None:
    view = real_view()
    frame = frame_of("sides_by_question", view)
    every = table("sides_by_question", view, frame)
    (russia,) = table("sides_by_question", view, frame.query("side == 'russia'")).rows
    (same,) = (row for row in every.rows if row.key == "russia")
    heard = [cell for cell in same.cells if marked(cell) != "not heard"]
    assert [cell for cell in russia.cells if marked(cell) != "not heard"] == heard


@pytest.mark.parametrize(
    ("name", "rows", "order"),
    [
        ("context", "such statements", "those that most make first"),
        ("responses", "such rows", "those with the most speakers"),
        ("silences", "actors", "those heard most first"),
        ("denial_register", "denials", "those of the highest level"),
        ("quotes_beside_glosses", "such pairs", "those that add most first"),
        ("proposition_links", "relations", "the first of the dataset"),
    ],
)
def test_a_long_table_shows_some_of_its_rows_and_says_of_how_many(
    name: str, rows: str, order: str
) -> None:
    view = real_view()
    frame = frame_of(name, view)
    many = pd.concat([frame] * (LIMITS.rows // len(frame) + 1), ignore_index=True)
    block = table(name, view, many)
    assert len(block.rows) == LIMITS.rows
    assert f"Here are {LIMITS.rows} of {len(many):,} {rows}, {order}; " in marked(block.note)
    assert "Here are" not in marked(table(name, view, many.iloc[: LIMITS.rows]).note)


def test_of_many_denials_those_of_the_highest_level_are_shown_by_date() -> None:
    view = real_view()
    frame = frame_of("denial_register", view)
    many = pd.concat([frame] * 40, ignore_index=True)
    visible = [row[3] for row in cells(table("denial_register", view, many))]
    labels = view.whole.labels("denial")
    levels = list(labels.values())
    order = sorted(many["denial"].map(labels).map(levels.index), reverse=True)[: LIMITS.rows]
    assert sorted(map(levels.index, visible), reverse=True) == order
    assert visible != sorted(visible, key=levels.index, reverse=True), "in the order of the frame"


def test_of_many_words_those_used_most_are_shown_in_order_of_first_use() -> None:
    view = real_view()
    frame = frame_of("wording_drift", view)
    many = pd.concat(
        [frame.assign(term=frame["term"] + f" {n}") for n in range(LIMITS.rows)],
        ignore_index=True,
    )
    visible = [row[0] for row in cells(table("wording_drift", view, many))]
    uses = many[many["use"] != "outlet"]["term"].value_counts()
    assert len(visible) == LIMITS.rows
    assert min(uses[visible]) >= max(uses.drop(visible))
    assert visible == [term for term in dict.fromkeys(many["term"]) if term in set(visible)]
