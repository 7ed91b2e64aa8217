"""The brief's day moved back: since when a claim is in view, and what blocks told on each day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from seen import article_seen, plain, real_seen, tiny_seen

from claimbrief.analysis import days
from claimbrief.analysis.days import MOST_DAYS, days_of, since, views_by_day
from claimbrief.analysis.findings import findings
from claimbrief.blocks import Prose, Row, Run, Table, Version, text
from claimbrief.earlier import prose_by_day, table_by_day
from claimbrief.prose.key_findings import _key_findings as findings_of_a_day
from claimbrief.prose.key_findings import key_findings
from claimbrief.tables import table_days, table_deflation, table_sides_by_question
from claimbrief.tables.positions import _sides_by_question as sides_of_a_day
from claimbrief.tables.question import _deflation as deflation_of_a_day
from claimbrief.view import View


def test_the_days_run_from_the_windows_first_to_the_briefs_own() -> None:
    assert days_of(tiny_seen("2019-04-22")) == tuple(date(2019, 4, day) for day in (20, 21, 22))


def test_a_brief_of_a_day_before_its_window_has_that_day_alone() -> None:
    assert days_of(tiny_seen("2019-04-01")) == (date(2019, 4, 1),)


def test_a_long_window_is_walked_in_equal_strides_that_end_on_its_last_day() -> None:
    days = days_of(tiny_seen("2020-05-31", window_end="2020-05-31"))
    assert days[-1] == date(2020, 5, 31)
    assert len(days) <= MOST_DAYS
    assert len({(after - before).days for before, after in pairwise(days)}) == 1


@pytest.mark.parametrize(("most", "many"), [(12 * 62, 42), (12 * 21, 21), (12 * 3, 3), (12 * 2, 1)])
def test_of_a_larger_record_there_are_fewer_days_and_of_a_very_large_one_the_last_alone(
    monkeypatch: pytest.MonkeyPatch, most: int, many: int
) -> None:
    seen = tiny_seen()
    assert len(seen.whole.claims) == 12
    monkeypatch.setattr(days, "MOST_CLAIMS", most)
    found = days_of(seen)
    assert len(found) == many
    assert found[-1] == seen.at.as_of
    assert len({(after - before).days for before, after in pairwise(found)}) <= 1
    monkeypatch.undo()
    assert len(days_of(seen)) == 42


def test_to_walk_the_days_leaves_the_view_that_it_started_from() -> None:
    seen = real_seen()
    assert len(views_by_day(seen)) == 31
    assert real_seen() is seen
    assert views_by_day(seen)[date(2024, 10, 16)] is real_seen("2024-10-16")


def test_a_claim_is_in_from_the_first_day_that_it_may_be_of() -> None:
    assert since(tiny_seen()) == {
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
    first = since(tiny_seen(basis="reported"))
    assert set(first.values()) == {"2019-05-13"}


def stands(versions: tuple[Version, ...], day: str) -> str:
    """Return the text of the pieces that stand on a day."""
    return "".join(
        plain(one.text)
        for one in versions
        if (not one.since or one.since <= day) and (not one.until or day <= one.until)
    )


SEEN = {"tiny": tiny_seen, "article": article_seen, "October": real_seen}


@pytest.mark.parametrize("name", SEEN)
def test_the_findings_of_each_day_are_those_of_a_brief_of_that_day(name: str) -> None:
    seen = SEEN[name]()
    moving = key_findings(seen)
    for day, shown in views_by_day(seen).items():
        told = [stands(slot, day.isoformat()) for slot in moving.versions]
        expected = [plain(one) for one in findings_of_a_day(shown).paragraphs if one]
        assert [one for one in told if one] == expected, day


@pytest.mark.parametrize("name", SEEN)
@pytest.mark.parametrize(
    ("moving", "of_a_day"),
    [(table_sides_by_question, sides_of_a_day), (table_deflation, deflation_of_a_day)],
)
def test_the_cells_of_each_day_are_those_of_a_table_of_that_day(
    name: str, moving: object, of_a_day: object
) -> None:
    seen = SEEN[name]()
    table = moving(seen)  # type: ignore[operator]
    moved = 0
    for day, shown in views_by_day(seen).items():
        then = of_a_day(shown)  # type: ignore[operator]
        rows = {plain(row.cells[0]): row for row in then.rows}
        for row in table.rows:
            key = plain(row.cells[0])
            if key not in rows:
                assert row.since > day.isoformat(), (key, day)
                continue
            assert row.since <= day.isoformat(), (key, day)
            labels = [column.label for column in then.columns]
            expected = dict(zip(labels, map(plain, rows[key].cells), strict=True))
            for place, column in enumerate(table.columns):
                if row.versions and row.versions[place]:
                    told = stands(row.versions[place], day.isoformat())
                    assert told == expected.get(column.label, ""), (key, column.label, day)
                    moved += told != plain(row.cells[place])
    assert moved > len(table.rows)  # something did move


def test_the_last_day_stands_without_its_versions_too() -> None:
    seen = tiny_seen()
    assert key_findings(seen).paragraphs == findings_of_a_day(seen).paragraphs
    told = [row.cells for row in table_deflation(seen).rows]
    assert told == [row.cells for row in deflation_of_a_day(seen).rows]


def test_a_word_that_stays_is_written_once_and_one_that_goes_and_returns_twice() -> None:
    said = {1: "one dog", 2: "two dogs", 3: "one dog"}

    def make(shown: View) -> Prose:
        return Prose("p", (text(said[shown.at.as_of.day], Run(" barks", style="em")),))

    seen = tiny_seen("2019-05-03", window_start="2019-05-01")
    (slot,) = prose_by_day(make, seen).versions
    assert slot == (
        Version("2019-05-03", "", text("one dog")),  # what is newer stands first
        Version("2019-05-02", "2019-05-02", text("two dogs")),
        Version("", "2019-05-01", text("one dog")),
        Version("", "", (Run(" barks", style="em"),)),
    )


def test_a_row_is_hidden_until_its_first_day_and_a_cell_without_a_change_has_no_versions() -> None:
    def make(shown: View) -> Table:
        late = (Row((text("late"), text("x"))),) if shown.at.as_of.day > 1 else ()
        rows = (Row((text("early"), text(f"{min(shown.at.as_of.day, 2)}"))), *late)
        return Table("t", text("T"), (), rows)

    def with_columns(shown: View) -> Table:
        from dataclasses import replace

        from claimbrief.blocks import Column

        return replace(make(shown), columns=(Column("Row"), Column("Count")))

    seen = tiny_seen("2019-05-03", window_start="2019-05-01")
    early, late = table_by_day(with_columns, seen).rows
    assert (early.since, late.since) == ("", "2019-05-02")
    first, second = Version("", "2019-05-01", text("1")), Version("2019-05-02", "", text("2"))
    assert early.versions == ((), (second, first))
    assert late.versions == ()


def test_the_table_of_days_holds_the_figures_of_findings_for_each_day() -> None:
    seen = real_seen()
    shown = table_days(seen)
    rows = {day: dict(zip(shown.labels, figures, strict=True)) for day, _, figures in shown.rows}
    assert list(rows) == [f"2024-10-{day:02}" for day in range(1, 32)]
    for day in ("2024-10-01", "2024-10-10", "2024-10-16", "2024-10-23", "2024-10-31"):
        told = findings(real_seen(day))
        low, high = told.origins.low, told.origins.high
        assert rows[day]["Independent origins"] == (f"{low}" if low == high else f"{low}–{high}")
        certain, most = told.utterances.certain, told.utterances.most
        expected = f"{certain}" if certain == most else f"{certain}–{most}"
        assert rows[day]["Utterances"] == expected
        assert rows[day]["Denials"] == f"{len(told.denials)}"
    assert int(rows["2024-10-31"]["Utterances"]) > 100 and int(rows["2024-10-31"]["Denials"]) > 10
