"""Of what grows with the record a table has the part that matters most, and counts the rest.

How each other table is cut is in test_tables.py, and how sentences are in test_prose_*.py.
"""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import Changed
from phrases import Cell, package
from views import cells, context_of, frame_of, plain, real_view, table, tiny_view

from claimbrief.limits import LIMITS
from claimbrief.wording import number


@pytest.mark.parametrize(
    ("name", "counts"),
    [("denial_register", ["denials"]), ("quotes_beside_glosses", ["glosses", "higher"])],
)
def test_what_a_cut_table_counts_is_counted_in_full(name: str, counts: list[str]) -> None:
    view = real_view()
    frame = frame_of(name, view)
    copies = LIMITS.rows // len(frame) + 1
    whole = table(name, view, frame)
    cut = table(name, view, pd.concat([frame] * copies, ignore_index=True))
    assert len(cut.rows) == LIMITS.rows < copies * len(frame)
    for count in counts:
        assert cut.numbers[count] == copies * whole.numbers[count] > 0, count  # type: ignore[operator]


def test_a_matrix_of_very_many_sides_has_those_that_say_most_and_counts_all() -> None:
    view = real_view()
    frame = frame_of("sides_by_question", view)
    sides = list(context_of(view).names)
    own = frame[frame["side"] == "ukraine"].assign(is_expected=False)
    first = len(sides) - LIMITS.tall_rows
    assert first > 0
    little = [own.head(1).assign(side=side) for side in sides[:first]]
    much = [own.assign(side=side) for side in sides[first:]]
    block = table("sides_by_question", view, pd.concat(little + much, ignore_index=True))
    assert [row.key for row in block.rows] == sides[first:]
    assert block.numbers["rows"] == len(sides)
    assert f"Here are {LIMITS.tall_rows} of {number(len(sides))} sides, " in plain(block.note)


def test_a_gloss_that_alone_says_what_is_meant_is_said_to(changed: Changed) -> None:
    unnamed = {"propositions": "unnamed,QU,A report that the words do not name.,unstated,so\n"}
    changes: list[Cell] = [
        ("claims", "b2", "proposition_id", "unnamed"),
        ("claims", "b2", "stance", "dismisses"),
        ("claims", "b2", "denial", "D2"),
    ]
    view = tiny_view(folder=package(changed, *changes, more=[unnamed]))
    (words,) = (row[-1] for row in cells(table("quotes_beside_glosses", view)) if "Rill" in row[0])
    assert words.startswith("Alone says what is meant: “Cracked?”.")
