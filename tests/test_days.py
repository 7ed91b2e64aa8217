"""The brief's day moved back: since when a claim is in view, and what blocks show on each day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise

import pandas as pd
import pytest
from views import frame_of, plain, real_view, table, tiny_view, views_by_day

from claimbrief.analysis.days import days_of, first_days
from claimbrief.blocks import Column, Row, Table
from claimbrief.context import Context, context_of
from claimbrief.earlier import paragraph_versions, through_days
from claimbrief.limits import LIMITS
from claimbrief.lookups import pairs
from claimbrief.texts import Run, Version, text
from claimbrief.view import View


def test_the_days_run_from_the_windows_first_to_the_briefs_own() -> None:
    assert days_of(tiny_view("2019-04-22")) == [date(2019, 4, day) for day in (20, 21, 22)]


def test_a_brief_of_a_day_before_its_window_has_that_day_alone() -> None:
    assert days_of(tiny_view("2019-04-01")) == [date(2019, 4, 1)]


def test_a_long_window_is_walked_in_equal_strides_that_end_on_its_last_day() -> None:
    days = days_of(tiny_view("2020-05-31", window_end="2020-05-31"))
    assert days[-1] == date(2020, 5, 31)
    assert len(days) <= LIMITS.days
    assert len({(after - before).days for before, after in pairwise(days)}) == 1


def test_a_claim_is_in_from_the_first_day_that_it_may_be_of() -> None:
    assert first_days(tiny_view()).to_dict() == {
        "i1": "2019-04-28",
        "a1": "2019-05-08",
        "m1": "2019-05-12",
        "b2": "2019-05-01",  # on a day from the 1st to the 19th
        "w1": "2019-05-11",  # on the 11th or the 18th
        "p1": "2019-04-20",  # on or before the 19th: from the window's first day
        "e1": "2019-04-20",
        "e2": "2019-04-20",
        # An outlet's own words are as old as the article, of a day from the 13th to the 19th.
        **dict.fromkeys(("m2", "b1", "e0", "n1"), "2019-05-13"),
    }


def test_where_only_reports_count_nothing_is_in_before_its_source() -> None:
    first = first_days(tiny_view(basis="reported"))
    assert set(first) == {"2019-05-13"}


@pytest.mark.parametrize("basis", ["said", "reported"])
@pytest.mark.parametrize("name", ["tiny", "October"])
def test_the_first_day_of_a_claim_is_that_of_the_first_view_that_has_it(
    name: str, basis: str
) -> None:
    view = VIEWS[name](basis=basis)
    first: dict[str, str] = {}
    for day, then in views_by_day(view).items():
        for claim_id in then.record.claims["claim_id"]:
            first.setdefault(claim_id, day.isoformat())
    assert first_days(view).to_dict() == first


def stands(versions: tuple[Version, ...], day: str) -> str:
    """Return the text of the pieces that stand on a day."""
    return "".join(
        plain(it.text)
        for it in versions
        if (not it.since or it.since <= day) and (not it.until or day <= it.until)
    )


VIEWS = {"tiny": tiny_view, "October": real_view}
# The figures of the fall take long to find for each day, and are numbers alone: they are followed
# through a week of October. What the sides say is read on every day.
BY_DAY = {
    ("sides_by_question", "tiny"): tiny_view,
    ("sides_by_question", "October"): real_view,
    ("deflation", "tiny"): tiny_view,
    ("deflation", "October"): partial(real_view, "2024-10-24", window_start="2024-10-17"),
}


def by_day(name: str, view: View) -> pd.DataFrame:
    """Return the frame of a table of several days."""
    views = views_by_day(view)
    return pd.concat(
        [frame_of(name, then).assign(as_of=day.isoformat()) for day, then in views.items()],
        ignore_index=True,
    )


def test_the_cells_of_each_day_are_those_worked_by_hand() -> None:
    view = tiny_view()
    block = table("deflation", view, by_day("deflation", view))
    claims, *_, public = block.rows
    counts = {
        "2019-04-20": "0–3",  # p1, e1 and e2 may be of any day up to 19 May
        "2019-04-28": "1–4",
        "2019-05-01": "1–5",
        "2019-05-08": "2–6",
        "2019-05-11": "2–7",
        "2019-05-12": "3–8",
        "2019-05-19": "12",
    }
    assert {day: stands(claims.versions[1], day) for day in counts} == counts
    assert [stands(public.versions[1], f"2019-05-{day}") for day in (20, 21)] == ["0", "1"]
    assert claims.versions[0] == claims.versions[2] == (), "label and reason never change"


@pytest.mark.parametrize(("table_name", "name"), BY_DAY)
def test_the_cells_of_each_day_are_those_of_a_table_of_that_day(table_name: str, name: str) -> None:
    view = BY_DAY[table_name, name]()
    frame, context = by_day(table_name, view), context_of(view)
    block = table(table_name, view, frame)
    assert [row.cells for row in block.rows] == [row.cells for row in table(table_name, view).rows]
    moved = 0
    for day in context.days:
        rows = frame[frame["as_of"] == day.isoformat()].drop(columns="as_of")
        alone = table(table_name, view, rows)
        keys = [column.key for column in alone.columns]
        then = {row.key: dict(zip(keys, map(plain, row.cells), strict=True)) for row in alone.rows}
        for row in block.rows:
            assert (row.since <= day.isoformat()) == (row.key in then), (row.key, day)
            versions = row.versions if row.key in then else ()
            for place, (column, found) in enumerate(zip(block.columns, versions, strict=False)):
                if found:
                    visible = stands(found, day.isoformat())
                    assert visible == then[row.key].get(column.key, ""), (row.key, column.key, day)
                    moved += visible != plain(row.cells[place])
    assert moved > len(block.rows)  # something did move


def test_a_part_of_the_frame_of_all_days_is_drawn_through_the_days() -> None:
    view = tiny_view()
    frame = by_day("sides_by_question", view)
    (row,) = table("sides_by_question", view, frame.query("side == 'velland'")).rows
    assert (row.key, row.since) == ("velland", "")
    assert stands(row.versions[1], "2019-05-11") == ""
    assert stands(row.versions[1], "2019-05-12").startswith("Lindqvist, 12 May, ")
    assert table("sides_by_question", view, frame.iloc[:0]).rows == ()


def test_a_word_that_stays_is_written_once_and_one_that_goes_and_returns_twice() -> None:
    words = {1: "one dog", 2: "two dogs", 3: "one dog"}
    barks = Run(" barks", style="em")
    by_day = {date(2019, 5, day): {"p": text(said, barks)} for day, said in words.items()}
    assert paragraph_versions(by_day) == (
        (
            Version("2019-05-03", "", text("one dog")),  # what is newer stands first
            Version("2019-05-02", "2019-05-02", text("two dogs")),
            Version("", "2019-05-01", text("one dog")),
            Version("", "", (barks,)),
        ),
    )


def test_a_row_is_hidden_until_its_first_day_and_a_cell_without_a_change_has_no_versions() -> None:
    @through_days
    def counts(frame: pd.DataFrame, context: Context) -> Table:
        rows = [Row((text(name), text(f"{n}")), key=name) for name, n in pairs(frame, "a", "n")]
        return Table("t", text("T"), (Column("Row", key="r"), Column("N", key="n")), tuple(rows))

    days = tuple(date(2019, 5, day) for day in (1, 2, 3))
    context = replace(context_of(tiny_view("2019-05-03")), days=days)
    frame = pd.DataFrame(
        [("early", 1, 1), ("early", 2, 2), ("late", 5, 2), ("early", 2, 3), ("late", 5, 3)],
        columns=["a", "n", "day"],
    )
    frame = frame.assign(as_of=[f"2019-05-0{day}" for day in frame["day"]])
    early, late = counts(frame, context).rows
    assert (early.since, late.since) == ("", "2019-05-02")
    first, second = Version("", "2019-05-01", text("1")), Version("2019-05-02", "", text("2"))
    assert early.versions == ((), (second, first))
    assert late.versions == ()
