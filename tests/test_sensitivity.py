"""What a day of publication would settle, worked by hand in tests/tiny/README.md."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pandas as pd
import pytest
from conftest import Changed
from views import article_view, frame_of, order, real_view, table, tiny_view

from claimbrief.analysis.escalation import relevant_utterances
from claimbrief.analysis.sensitivity import (
    days_to_try,
    undated_sources,
    views_by_publication,
)
from claimbrief.dates import parse
from claimbrief.lookups import pairs
from claimbrief.view import View

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


def may(*days: int) -> list[str]:
    return [f"2019-05-{day}" for day in days]


def expected(tail: tuple[int, ...]) -> pd.DataFrame:
    """Return the frame worked by hand, with the counts and origins of each row's end."""
    rows = [("", 3, 6, 15, *tail)]
    rows += [(day, 2, 7, 15, *tail) for day in may(13, 14, 15, 16, 17)]
    rows += [(day, 3, 6, 15, *tail) for day in may(18, 19)]
    return pd.DataFrame(rows, columns=FIELDS)


def test_each_possible_day_of_the_article_is_tried() -> None:
    assert list(undated_sources(tiny_view())["source_id"]) == ["ledger_bridge"]
    frame = frame_of("sensitivity", tiny_view())
    pd.testing.assert_frame_equal(frame, expected((6, 0, 1, 2)))
    assert frame.attrs == {"undated_sources": ["Northern Ledger"], "flips": 6}


def test_a_day_that_the_brief_assumes_changes_nothing_here() -> None:
    assumed = tiny_view(published="2019-05-15")
    pd.testing.assert_frame_equal(frame_of("sensitivity", assumed), expected((6, 0, 1, 2)))
    pd.testing.assert_frame_equal(frame_of("flips", assumed), frame_of("flips", tiny_view()))


def test_a_flip_of_what_the_brief_does_not_have_in_view_is_left_out() -> None:
    assumed = tiny_view("2019-05-14", published="2019-05-19")
    assert "article_text" not in set(assumed.statements["utterance_id"])
    assert "article_text" not in set(frame_of("flips", assumed)["first"])
    assert "article_text" in set(frame_of("flips", tiny_view("2019-05-14"))["first"])


def test_on_an_early_day_what_is_certain_depends_on_the_articles_day() -> None:
    frame = frame_of("sensitivity", tiny_view("2019-05-14")).set_index("published")
    assert tuple(frame.loc["2019-05-13", ["certain", "possible"]]) == (6, 0)
    assert tuple(frame.loc["2019-05-15", ["certain", "possible"]]) == (4, 2)  # the towns: 11 May
    assert tuple(frame.loc["2019-05-19", ["certain", "possible"]]) == (3, 3)


def test_flips_are_what_a_day_would_settle() -> None:
    frame = frame_of("flips", tiny_view())
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
        day: f"[2019-05-01..{day}]" for day in may(13, 14, 15, 16, 17, 18)
    }
    cited = frame.set_index(["first", "second"])[["first_claim", "second_claim"]]
    assert tuple(cited.loc[("minister_radio", "towns_alarm")]) == ("m1", "w1")
    assert tuple(cited.loc[("builder_denial", "")]) == ("b2", "")


@pytest.mark.parametrize("make", [tiny_view, article_view, real_view])
def test_the_pairs_that_would_flip_are_those_that_differ_one_by_one(
    make: Callable[[], View],
) -> None:
    view = make()
    whens = [
        dict(pairs(relevant_utterances(tried), "utterance_id", "when"))
        for tried in views_by_publication(view).values()
    ]
    found = set()
    for pair in combinations(sorted(whens[0]), 2):
        orders = [
            order(*(parse(when[key]) for key in pair)) for when in whens if when.keys() >= {*pair}
        ]
        if len(set(orders)) > 1:
            found.add(pair)
    frame = frame_of("flips", view)
    assert set(pairs(frame[frame["second"] != ""], "first", "second")) == found


def test_where_every_source_shows_its_day_nothing_is_open(changed: Changed) -> None:
    folder = changed("sources", "ledger_bridge", "published", "2019-05-19")
    view = tiny_view(folder=folder)
    assert undated_sources(view).empty
    assert frame_of("flips", view).empty
    assert list(frame_of("sensitivity", view)["published"]) == [""]
    block = table("sensitivity", view)
    assert [column.label for column in block.columns] == ["Measure", "range kept"]
    assert block.note[0].text.startswith("Every source in use shows its day.")
    assert table("flips", view).rows == ()


def test_a_source_of_no_known_day_has_no_days_to_try(changed: Changed) -> None:
    folder = changed("sources", "bulletin_2019_05_13", "published", "")
    assert list(undated_sources(tiny_view(folder=folder))["source_id"]) == ["ledger_bridge"]


@pytest.mark.parametrize(
    ("published", "days"),
    [
        ("[2019-05-13..2019-05-26]", may(*range(13, 27))),
        ("[2019-05-13..2019-05-27]", may(13, 27)),
        ("[2019-05-14,2019-05-19]", may(14, 19)),
    ],
)
def test_a_long_range_is_tried_at_its_ends_and_a_choice_on_its_days(
    changed: Changed, published: str, days: list[str]
) -> None:
    view = tiny_view(folder=changed("sources", "ledger_bridge", "published", published))
    assert [day.isoformat() for day in days_to_try(view)] == days
    assert list(frame_of("sensitivity", view)["published"])[1:] == days
