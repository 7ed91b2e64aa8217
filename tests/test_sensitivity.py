"""What a day of publication would settle, worked by hand in tests/tiny/README.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from conftest import Changed
from seen import article_seen, cells, plain, real_seen, tiny_seen

from claimbrief.analysis import sensitivity as sensitivity_of_days
from claimbrief.analysis.sensitivity import (
    days_possible,
    days_tried,
    flips,
    flips_counted,
    sensitivity,
    undated_sources,
)
from claimbrief.tables import table_flips, table_sensitivity
from claimbrief.view import View
from claimbrief.wording import number

FIELDS = [
    "published",
    "undated",
    "ordered",
    "pairs",
    "certain",
    "possible",
    "origins_low",
    "origins_high",
]


def may(*days: int) -> list[date]:
    return [date(2019, 5, day) for day in days]


def expected(tail: tuple[int, ...]) -> pd.DataFrame:
    """Return the frame worked by hand, with the counts and origins of each row's end."""
    rows = [(None, 3, 6, 15, *tail)]
    rows += [(day, 2, 7, 15, *tail) for day in may(13, 14, 15, 16, 17)]
    rows += [(day, 3, 6, 15, *tail) for day in may(18, 19)]
    return pd.DataFrame(rows, columns=FIELDS)


def test_each_possible_day_of_the_article_is_tried() -> None:
    assert undated_sources(tiny_seen()) == ["ledger_bridge"]
    pd.testing.assert_frame_equal(sensitivity(tiny_seen()), expected((6, 0, 1, 2)))


def test_a_day_that_the_brief_assumes_changes_nothing_here() -> None:
    assumed = tiny_seen(published="2019-05-15")
    pd.testing.assert_frame_equal(sensitivity(assumed), expected((6, 0, 1, 2)))
    pd.testing.assert_frame_equal(flips(assumed), flips(tiny_seen()))


def test_on_an_early_day_what_is_certain_depends_on_the_articles_day() -> None:
    frame = sensitivity(tiny_seen("2019-05-14")).set_index("published")
    assert tuple(frame.loc[may(13)[0], ["certain", "possible"]]) == (6, 0)
    assert tuple(frame.loc[may(15)[0], ["certain", "possible"]]) == (4, 2)  # the towns: 11 May
    assert tuple(frame.loc[may(19)[0], ["certain", "possible"]]) == (3, 3)


def test_flips_are_what_a_day_would_settle() -> None:
    frame = flips(tiny_seen())
    kept = {(row.first, row.second): row.kept for row in frame.itertuples()}
    assert kept == {
        ("builder_denial", ""): "[2019-05-01..2019-05-19]",
        ("towns_alarm", ""): "[2019-05-11,2019-05-18]",
        ("port_silence", ""): "[..2019-05-19]",
        ("doran_interview", ""): "[..2019-05-19]",
        ("article_text", ""): "[2019-05-13..2019-05-19]",
        ("minister_radio", "towns_alarm"): "undetermined",
    }
    on = {(row.first, row.second): row.on for row in frame.itertuples()}
    early = may(13, 14, 15, 16, 17)
    assert on["towns_alarm", ""] == dict.fromkeys(early, "2019-05-11")
    assert on["minister_radio", "towns_alarm"] == dict.fromkeys(early, "after")
    assert on["builder_denial", ""] == {
        day: f"[2019-05-01..{day.isoformat()}]" for day in may(13, 14, 15, 16, 17, 18)
    }


def test_where_every_source_shows_its_day_nothing_is_open(changed: Changed) -> None:
    folder = changed("sources", "ledger_bridge", "published", "2019-05-19")
    seen = tiny_seen(folder=folder)
    assert undated_sources(seen) == []
    assert flips(seen).empty
    assert list(sensitivity(seen)["published"]) == [None]
    assert len(table_sensitivity(seen).columns) == 2
    assert table_flips(seen).rows == ()


def test_a_source_of_no_known_day_has_no_days_to_try(changed: Changed) -> None:
    folder = changed("sources", "bulletin_2019_05_13", "published", "")
    assert undated_sources(tiny_seen(folder=folder)) == ["ledger_bridge"]


@pytest.mark.parametrize(
    ("published", "days"),
    [
        ("[2019-05-13..2019-05-26]", may(*range(13, 27))),
        ("[2019-05-13..2019-05-27]", may(13, 27)),
        ("[2019-05-14,2019-05-19]", may(14, 19)),
    ],
)
def test_a_long_range_is_tried_at_its_ends_and_a_choice_on_its_days(
    changed: Changed, published: str, days: list[date]
) -> None:
    folder = changed("sources", "ledger_bridge", "published", published)
    assert list(sensitivity(tiny_seen(folder=folder))["published"])[1:] == days


@pytest.mark.parametrize("make", [tiny_seen, article_seen, real_seen])
def test_what_would_flip_is_counted_as_it_would_be_one_by_one(make: Callable[[], View]) -> None:
    every = flips(make())
    assert flips_counted(make()) == len(every) > 0
    some = {*every["first"].iloc[:3], *every["second"].iloc[-2:]} - {""}
    among = flips(make(), among=some)
    assert set(among["first"]) | set(among["second"]) <= some | {""}
    assert flips_counted(make(), among=some) == len(among)
    pd.testing.assert_frame_equal(flips(make(), most=2), every.iloc[:2])


@pytest.mark.parametrize(
    ("most", "tried"), [(7 * 12, may(*range(13, 20))), (3 * 12, may(13, 16, 19)), (12, [])]
)
def test_of_many_claims_fewer_days_are_tried_and_the_table_says_so(
    monkeypatch: pytest.MonkeyPatch, most: int, tried: list[date]
) -> None:
    monkeypatch.setattr(sensitivity_of_days, "MOST_CLAIMS_TRIED", most)
    seen = replace(tiny_seen())  # another view, so that nothing kept is shown
    assert days_possible(seen) == may(*range(13, 20))
    assert days_tried(seen) == tried
    assert list(sensitivity(seen)["published"]) == [None, *tried]
    note = plain(table_sensitivity(seen).note)
    some = f"{number(len(tried))} are" if tried else "none is"
    told = f"Of the seven days on which they may have appeared {some} tried"
    assert (told in note) == (len(tried) < 7)
    assert (told in plain(table_flips(seen).note)) == (len(tried) < 7)


def test_the_tables_tell_the_same() -> None:
    rows = [row[1:] for row in cells(table_sensitivity(tiny_seen()))]
    assert ["6 of 15", *["7 of 15"] * 5, *["6 of 15"] * 2] in rows
    assert ["3", *["2"] * 5, *["3"] * 2] in rows
    assert ["1 to 2"] * 8 in rows
    told = cells(table_flips(tiny_seen()))
    assert told[-1][0].startswith("Lindqvist [m1], before or after Nyra")
    assert told[-1][1] == "order not known"
