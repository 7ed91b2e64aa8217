"""Every table draws its frame, any part of it and nothing; it links to claims in view alone."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from views import article_view, cells, frame_of, marked, real_view, table, tiny_view

from claimbrief.blocks import Table, neutral
from claimbrief.limits import LIMITS
from claimbrief.tables import positions
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
        [frame.assign(term=frame["term"] + f" {n}") for n in range(LIMITS.rows // 20)],
        ignore_index=True,
    )
    assert many["term"].nunique() > 3 * LIMITS.rows
    visible = [row[0] for row in cells(table("wording_drift", view, many))]
    uses = many[many["use"] != "outlet"]["term"].value_counts()
    assert len(visible) == LIMITS.rows
    assert min(uses[visible]) >= max(uses.drop(visible))
    assert visible == [term for term in dict.fromkeys(many["term"]) if term in set(visible)]


# The matrix, by rows of its frame written by hand


def in_matrix(*rows: dict[str, object]) -> tuple[Table, list[list[str]]]:
    """Return the matrix of rows like Velland's first, with other values; and its cells."""
    view = tiny_view()
    frame = frame_of("sides_by_question", view)
    first = frame[frame["side"] == "velland"].iloc[0].to_dict()
    changed = pd.DataFrame([first | row for row in rows], columns=frame.columns)
    block = table("sides_by_question", view, changed)
    return block, [[marked(cell) for cell in row.cells] for row in block.rows]


def test_words_without_a_content_of_their_own_are_quoted_in_the_place_of_a_claim() -> None:
    row = {"stance_label": "denied that …", "claim_text": "no content", "response": "A0"}
    _, ((_, cell),) = in_matrix({"question_id": "Q1", "bare_quote": "nonsense"} | row)
    assert cell.endswith(", said: nonsense")
    _, ((_, cell),) = in_matrix({"question_id": "Q1", "bare_quote": ""} | row)
    assert cell.endswith(", denied that no content")


def test_who_answers_alike_stands_behind_also_and_others_behind_what_they_answer() -> None:
    on = {"question_id": "Q1"}
    answers = [
        ("m1", "says_so"), ("a1", "leaves_open"), ("b2", "not_yet"), ("i1", "foretold"),
        ("w1", "says_so"), ("e1", "open_to_come"),
    ]  # fmt: skip
    _, ((_, cell),) = in_matrix(
        *(on | {"claim_id": claim, "answer": answer} for claim, answer in answers)
    )
    assert cell.endswith(
        "; also Nyra and Tolm (11 or 18 May)<w1>; not yet: Rill (1–19 May)<b2>; left open: "
        "Roads Authority (8 May)<a1>, Doran (by 19 May)<e1>; to come: Pell (28 Apr)<i1>"
    )
    claims = ["m1", "a1", "w1", "e1", "i1", "p1"]
    _, ((_, cell),) = in_matrix(*(on | {"claim_id": claim} for claim in claims))
    also = cell.partition("; also ")[2]
    assert also.count("<") == 3 and also.endswith(" and two more"), "three are named"


def test_a_cell_is_possible_only_where_all_that_is_said_in_it_is() -> None:
    on = {"question_id": "Q1", "certainty": "possible"}
    _, ((_, cell),) = in_matrix(on, on | {"claim_id": "a1"})
    assert cell.startswith("possibly ")
    _, ((_, cell),) = in_matrix(on, on | {"claim_id": "a1", "certainty": "certain"})
    assert not cell.startswith("possibly ")


def test_words_without_content_have_a_column_only_for_a_side_heard_on_nothing_else() -> None:
    unnamed = {"question_id": "QU", "side": "pell"}
    block, _ = in_matrix({"question_id": "Q1"}, unnamed)
    assert [column.key for column in block.columns] == ["side", "Q1", "QU"]
    block, _ = in_matrix({"question_id": "Q1"}, unnamed, unnamed | {"question_id": "Q2"})
    assert [column.key for column in block.columns] == ["side", "Q1", "Q2"]


def test_who_denies_what_no_column_names_stands_below() -> None:
    named = {"question_id": "Q1", "side": "pell", "claim_id": "m1"}
    unnamed = {"question_id": "QU", "side": "pell", "answer": "dismisses", "claim_id": "i1"}
    block, _ = in_matrix(named, unnamed)
    assert marked(block.note).endswith(" Pell (28 Apr)<i1> dismissed unspecified accusations.")
    again, _ = in_matrix(named, unnamed, unnamed)
    assert marked(again.note) == marked(block.note), "a statement is named once"
    block, _ = in_matrix(unnamed)
    assert "unspecified" not in marked(block.note), "it has a column"


def test_a_question_has_the_more_room_the_more_sides_speak_to_it() -> None:
    block, _ = in_matrix(
        {"question_id": "Q1"}, {"question_id": "Q2"}, {"question_id": "Q1", "side": "pell"},
    )  # fmt: skip
    shares = {column.key: column.share for column in block.columns}
    assert (shares["Q1"], shares["Q2"]) == (2, 1.5)
    assert shares["side"] == 0.9


def test_the_column_of_names_has_room_for_their_longest_word() -> None:
    assert positions._share_of_names(["a of", "Pell"], 4) == 0.9
    assert positions._share_of_names(["the long-winded-authority-of-roads now"], 8) == (
        pytest.approx(8 * 30 / 80)
    )
    assert positions._share_of_names([], 4) == 0.9
    assert positions._share_of_names(["x" * 120], 1) == 120


def test_of_many_sides_those_expected_and_then_those_that_say_most_have_a_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(positions, "LIMITS", replace(LIMITS, tall_rows=2))
    view = tiny_view()
    frame = frame_of("sides_by_question", view)
    frame = frame.assign(is_expected=frame["side"] == "drivers_union")
    block = table("sides_by_question", view, frame)
    assert [row.key for row in block.rows] == ["velland", "drivers_union"], "Velland says most"
    assert "Here are two of six sides, those expected and those that say most; " in marked(
        block.note
    )
    assert block.numbers["rows"] == 6


def test_a_demand_or_concern_stands_with_what_is_said_and_no_response_does_not() -> None:
    _, ((_, cell),) = in_matrix({"question_id": "Q1", "response": "A2"})
    assert cell.endswith(", condemns")
    _, ((_, none),) = in_matrix({"question_id": "Q1", "response": "A0"})
    assert len(none) < len(cell) and cell.startswith(none)


@pytest.mark.parametrize(
    ("speakers", "said"),
    [(12, "S11<i1>"), (13, "S5<i1>; seven more"), (14, "S5<i1>; eight more")],
)
def test_of_many_who_make_a_statement_some_are_named(speakers: int, said: str) -> None:
    view = tiny_view()
    frame = frame_of("responses", view).iloc[:1]
    names = [f"s{at}" for at in range(speakers)]
    frame = frame.assign(
        speakers=[names], whens=[["2019-05-06"] * speakers], claim_ids=[["i1"] * speakers]
    )
    (row,) = table("responses", view, frame).rows
    assert marked(row.cells[2]).replace(", 6 May", "").endswith(f"; {said}")
    assert table("responses", view, frame).numbers == {"responses": speakers}
