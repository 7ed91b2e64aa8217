"""Captions state a finding, worked by hand on the tiny package, in at most 14 words on any day."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from conftest import Changed
from views import chart, plain, real_view, table, tiny_view

from claimbrief import analysis, charts, tables
from claimbrief.analysis.counts import Count
from claimbrief.captions import LONGEST, first_that_fits, in_words
from claimbrief.context import Context, context_of
from claimbrief.view import View, bounds_of
from claimbrief.wording import possibly

CHARTS = ("publicity_by_day", "lineage", "stance_paths", "claim_timeline")
TABLES = ("denial_register", "deflation")
VIEWS: dict[str, Callable[[], View]] = {
    "tiny": tiny_view,
    "tiny, half possible": lambda: tiny_view("2019-05-12"),
    "tiny, one statement": lambda: tiny_view("2019-05-01"),
    "tiny, nothing said": lambda: tiny_view("2019-04-27", actors=["karst_works"]),
    "tiny, reported": lambda: tiny_view("2019-05-14", basis="reported"),
    "31 October": real_view,
    "31 October, Russia alone": lambda: real_view(actors=["russia"]),
    "18 October": lambda: real_view("2024-10-18"),
    "18 October, reported": lambda: real_view("2024-10-18", basis="reported"),
    "10 October": lambda: real_view("2024-10-10"),
    "3 October": lambda: real_view("2024-10-03"),
}


def captions(view: View) -> dict[str, str]:
    """Return the captions of a view's charts and tables, by name."""
    blocks = {name: chart(name, view) for name in CHARTS}
    return {name: plain(block.caption) for name, block in blocks.items()} | {
        name: plain(table(name, view).caption) for name in TABLES
    }


@pytest.fixture(scope="module", name="context")
def _context() -> Context:
    return context_of(tiny_view())


def test_the_captions_of_the_tiny_package_are_those_worked_by_hand() -> None:
    assert captions(tiny_view()) == {
        "publicity_by_day": "The one thing cited was shown, on 21 May",
        "lineage": "One of three statements leaves a direct source unstated",
        "stance_paths": "One of five sides did not say the same on all days",
        "claim_timeline": "Three statements said that something is so, or likely; one denied or "
        "dismissed something",
        "denial_register": "One statement denied what others said",
        "deflation": "Three speakers say something is so, or likely, resting on one or two sources",
    }  # fmt: skip


def test_what_may_not_have_been_said_by_the_day_is_possible() -> None:
    assert captions(tiny_view("2019-05-14", basis="reported")) == {
        "publicity_by_day": "The one thing cited had not been shown by 14 May",
        "lineage": "Possibly one of one to three statements leaves a direct source unstated",
        "stance_paths": "No side is known to have said different things on different days",
        "claim_timeline": "One to three statements said so, or likely; possibly one denied or "
        "dismissed it",
        "denial_register": "Possibly one statement denied what others said",
        "deflation": "One to three speakers assert something, resting on one or two sources",
    }


def test_where_nothing_is_said_a_caption_says_so_with_the_day() -> None:
    assert captions(tiny_view("2019-04-27", actors=["karst_works"])) == {
        "publicity_by_day": "Nobody had cited anything that could be shown by 27 April",
        "lineage": "By 27 April nobody had said that anything of this is so",
        "stance_paths": "By 27 April nobody had spoken on the questions",
        "claim_timeline": "By 27 April nobody had said that anything of this is so",
        "denial_register": "By 27 April nobody had denied or dismissed what only others said",
        "deflation": "Nobody had said that anything of this is so",
    }


@pytest.mark.parametrize("name", VIEWS)
def test_a_caption_has_at_most_14_words_and_another_line_says_what_is_drawn(name: str) -> None:
    view = VIEWS[name]()
    for caption in captions(view).values():
        assert 0 < len(caption.split()) <= LONGEST, caption
        assert caption[0] == caption[0].upper() and not caption.endswith(".")
    blocks = [chart(name, view) for name in CHARTS] + [table(name, view) for name in TABLES]
    assert all(plain(block.subtitle) for block in blocks)


# What was shown


PHOTO = {
    "evidence_id": "p", "kind": "photo_or_video", "publicity": "published", "is_cited": True,
    "status_when": "2019-05-21", "status_is_certain": True, "locator": "", "is_report": False,
    "description": "A photograph.", "holder": "Pell", "offered_by": "", "claim_ids": ["a1"],
}  # fmt: skip


def visible(context: Context, named: Count, public: Count, *days: str) -> str:
    """Return the caption for so many things named and public, and the days of the public ones."""
    row = {"day": pd.Timestamp("2019-05-31")}
    for name, count in (("named", named), ("public", public)):
        row |= {f"{name}_certain": count.certain, f"{name}_possible": count.total}
    items = pd.DataFrame([PHOTO | {"status_when": day} for day in days], columns=list(PHOTO))
    return plain(charts.publicity_by_day(pd.DataFrame([row]), items, context).caption)


@pytest.mark.parametrize(
    ("named", "public", "days", "caption"),
    [
        (Count(9), Count(3), ["2019-05-08"] * 2 + ["2019-05-21"],
         "Three of nine things cited were shown, two of them on 8 May"),
        (Count(9), Count(3), ["2019-05-21"] * 3,
         "Three of nine things cited were shown, all of them on 21 May"),
        (Count(9), Count(2), ["2019-05-21"] * 2,
         "Two of nine things cited were shown, both of them on 21 May"),
        (Count(9), Count(2), ["2019-05-08", "2019-05-21"], "Two of nine things cited were shown"),
        (Count(9), Count(4), ["2019-05-08"] * 2 + ["2019-05-21"] * 2,
         "Four of nine things cited were shown"),
        (Count(9), Count(3), ["2019-05-08", "[2019-05-01..2019-05-21]"],
         "Three of nine things cited were shown"),
        (Count(9), Count(2), ["2019-05-08"] * 3, "Two of nine things cited were shown"),
        (Count(9), Count(1), ["2019-05-08"], "One of nine things cited was shown, on 8 May"),
        (Count(9), Count(1), ["[2019-05-01..2019-05-08]"], "One of nine things cited was shown"),
        (Count(9), Count(2, 1), ["2019-05-08"] * 3, "Two or three of nine things cited were shown"),
        (Count(9), Count(0, 1), ["2019-05-08"], "Possibly one of nine things cited was shown"),
        (Count(9), Count(0), [], "None of nine things cited was shown"),
        (Count(0, 2), Count(0), [], "None of at most two things cited was shown"),
        (Count(8, 2), Count(1), ["2019-05-08"],
         "One of eight to ten things cited was shown, on 8 May"),
        (Count(8, 2), Count(3), ["2019-05-08"] * 2 + ["2019-05-21"],
         "Three of eight to ten things cited were shown"),  # with the day it would be too long
        (Count(1), Count(0, 1), ["2019-05-08"], "The one thing cited was possibly shown"),
    ],
)  # fmt: skip
def test_things_shown_are_counted_among_those_cited_with_the_day_on_which_most_were(
    context: Context, named: Count, public: Count, days: list[str], caption: str
) -> None:
    assert visible(context, named, public, *days) == caption


# Where it comes from


def test_statements_on_unnamed_sources_are_counted_and_sides_on_a_circle(
    changed: Changed,
) -> None:
    view = tiny_view(folder=changed("speakers", "authority_report", "actor_id", "pell"))
    assert plain(chart("lineage", view).caption) == (
        "One of three statements leaves a direct source unstated; two sides cite each other"
    )
    assert chart("lineage", view).numbers["statements"] == [3, 3]
    assert chart("lineage", view).numbers["unnamed"] == [1, 1]


def test_a_circle_is_named_only_where_there_is_one() -> None:
    view = tiny_view()
    nodes, links = analysis.lineage(view)
    caption = charts.lineage(nodes.assign(is_unknown=False), links, context_of(view)).caption
    assert plain(caption) == ("None of the statements leaves a direct source unstated")
    items = charts.lineage(nodes.assign(is_unknown=nodes["is_item"]), links, context_of(view))
    assert items.caption == caption and items.numbers["unnamed"] == [0, 0], "no statements"
    it = nodes.query("node == 'minister_radio'")
    assert plain(charts.lineage(it, links, context_of(view)).caption) == (
        "The one statement says what it directly rests on"
    )
    letter = nodes.query("node == 'pell_letter'")
    assert plain(charts.lineage(letter, links, context_of(view)).caption) == (
        "The one statement leaves a direct source unstated"
    )
    two = nodes.query("node in ('minister_radio', 'authority_report')")
    assert plain(charts.lineage(two, links, context_of(view)).caption) == (
        "None of the statements leaves a direct source unstated"
    )
    both = charts.lineage(two.assign(is_unknown=True), links, context_of(view))
    assert plain(both.caption) == "Two of two statements leave a direct source unstated"


def test_a_statement_that_another_rests_on_is_possible_where_it_is_out_of_view() -> None:
    view = tiny_view(actors=["lindqvist"])
    nodes, _ = analysis.lineage(view)
    certainty = nodes.set_index("node")["certainty"].to_dict()
    assert certainty == {
        "minister_radio": "certain", "authority_report": "possible", "pier_photographs": "",
    }  # fmt: skip
    assert chart("lineage", view).numbers["statements"] == [1, 2]


# Who changed


def test_a_side_changed_only_where_the_dates_tell_and_both_statements_are_certain(
    context: Context,
) -> None:
    def caption(**second: object) -> str:
        step = {
            "side": "pell", "speaker": "Pell", "when": "2019-05-06", "position": "says_so",
            "certainty": "certain", "stance_label": "said that …", "bare_quote": "",
            "proposition": "It is so.", "is_turn": False, "is_ordered": True, "claim_id": "a1",
            "claim_ids": ["a1"],
        }  # fmt: skip
        later = {"when": "2019-05-08", "position": "denies", "is_turn": True}
        frame = pd.DataFrame([step, {**step, "side": "nyra"}, {**step, **later, **second}])
        frame = frame.sort_values("side", kind="stable", ignore_index=True)
        return plain(charts.stance_paths(frame.join(bounds_of(frame["when"])), context).caption)

    changed, same = (
        "One of two sides did not say the same on all days",
        "No side is known to have said different things on different days",
    )
    assert caption() == changed
    assert caption(is_turn=False, position="says_so") == same
    assert caption(is_ordered=False) == same
    assert caption(certainty="possible") == same
    assert caption(side="velland", is_turn=False) == same


# Who said so, and who denied it


def test_what_is_to_come_and_what_bounds_a_sides_own_words_are_not_counted() -> None:
    view = tiny_view()
    frame = analysis.claim_timeline(view)
    to_come = frame.assign(band=frame["band"].mask(frame["part"] == "claims", "to_come"))
    block = charts.claim_timeline(to_come, context_of(view))
    assert plain(block.caption) == (
        "Nobody said that anything of this is so; one denied or dismissed it"
    )
    limits = frame.assign(part=frame["part"].mask(frame["part"] == "denials", "limits"))
    limits["band"] = limits["band"].mask(limits["part"] == "limits", "Q2")
    block = charts.claim_timeline(limits, context_of(view))
    assert block.numbers == {"marks": 7, "said": [3, 3], "denied": [0, 0]}
    assert plain(block.caption).endswith("; none denied or dismissed something")


def test_denials_are_told_by_what_they_do(changed: Changed) -> None:
    folder = changed("claims", "b2", "stance", "dismisses")
    folder = changed("claims", "b2", "denial", "D2", of=folder)
    block = table("denial_register", tiny_view(folder=folder))
    assert plain(block.caption) == "One statement dismissed what others said; none denied it"
    assert block.numbers == {"denials": 1, "dismissed": [1, 1], "denied": [0, 0]}


def test_a_part_of_the_deflation_that_lacks_speakers_or_origins_has_a_plain_caption(
    context: Context,
) -> None:
    frame = pd.DataFrame([("claim_rows", 4, 0)], columns=["step", "certain", "possible"])
    assert plain(tables.deflation(frame, context).caption) == "How much stands behind what was said"


# Counts in words


def test_a_count_of_which_a_part_is_possible_is_a_range_or_possible() -> None:
    assert [possibly(3, 0), possibly(3, 1), possibly(3, 2), possibly(0, 1), possibly(0, 0)] == [
        "three", "three or four", "three to five", "possibly one", "no",
    ]  # fmt: skip
    assert in_words(Count(0, 2)) == "possibly two"


def test_the_first_caption_that_fits_is_taken() -> None:
    long, short = "word " * (LONGEST + 1), "word " * LONGEST
    assert first_that_fits(long, short) == short.capitalize()
    assert first_that_fits(short, "other") == short.capitalize()
    assert first_that_fits(long, long) == long.capitalize()
