"""The first chart draws each mark truly, at both widths: shape, colour, day, row and size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from second_question import write_second
from svg_marks import Words, bars_of, drawn_marks, meet, root_of, words_of
from views import plain, real_view, tiny_view

from claimbrief import analysis, charts
from claimbrief.blocks import Figure
from claimbrief.charts import positions_by_day as chart_of
from claimbrief.charts.positions_by_day_drawing import key_of
from claimbrief.charts.positions_by_day_layout import WIDE, Subject, _tallies
from claimbrief.charts.positions_by_day_words import lead_of, subtitle, tally, title
from claimbrief.charts.shapes import BLUE, RED
from claimbrief.context import Context, context_of
from claimbrief.house import house
from claimbrief.limits import LIMITS
from claimbrief.view import View, bounds_of

NARROWEST_PAGE = 268.5  # points: 358 px
TABLE = {  # position: shape and colour
    "says_so": ("disc", BLUE),
    "says_likely": ("half", BLUE),
    "not_so": ("barred", house().ink),
    "dismisses": ("cross", RED),
    "leaves_open": ("ring", house().muted),
}
# Worked by hand in tests/tiny/README.md: row, position, the day of the mark, first day of its bar.
MARKS = {
    "a1": ("Cracked", "says_so", "2019-05-08", ""),
    "b2": ("Cracked", "not_so", "2019-05-19", "2019-05-01"),
    "i1": ("Anybody hurt", "says_so", "2019-04-28", ""),
    "m1": ("Unsafe", "says_likely", "2019-05-12", ""),
    "w1": ("Unsafe", "leaves_open", "2019-05-18", "2019-05-11"),
    "e1": ("Unsafe", "leaves_open", "2019-05-19", "2019-04-20"),
}
VIEWS = {
    **{f"{day} October": (real_view, f"2024-10-{day:02}") for day in (3, 10, 18, 23, 31)},
    "tiny": (tiny_view, "2019-05-31"),
    "tiny, half possible": (tiny_view, "2019-05-12"),
}


@cache
def frames(view: View) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    marks = analysis.positions_by_day(view)
    return marks, analysis.position_tallies(view), analysis.turning_points(view)


@cache
def figure(name: str) -> Figure:
    make, day = VIEWS[name]
    return chart_of(*frames(make(day)), context_of(make(day)))


@pytest.fixture(name="svg", params=["wide", "narrow"])
def _svg(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def drawing(block: Figure, width: str) -> Any:
    """Return the SVG of a drawing as elements."""
    assert block.narrow is not None
    return root_of(block.svg if width == "wide" else block.narrow.svg)


def day_middle(root: Any, day: str, year: int = 2019) -> float:
    """Return the middle of a day as the labels of the axis tell it."""
    days = {}
    for text in words_of(root):
        if re.fullmatch(r"\d+ [A-Z][a-z]{2}", text.text) and not text.is_bold:
            when = datetime.strptime(f"{text.text} {year}", "%d %b %Y").date()
            days[when] = (text.box[0] + text.box[2]) / 2
    *_, (first, x), (last, end) = sorted(days.items())[1:]
    step = (end - x) / (last - first).days
    return x + (date.fromisoformat(day) - first).days * step


def day_width(root: Any) -> float:
    return day_middle(root, "2019-05-09") - day_middle(root, "2019-05-08")


def row_at(root: Any, y: float) -> str:
    """Return the title of the row at a height: the last that begins above it."""
    largest = max(text.size for text in words_of(root))
    titles = [text for text in words_of(root) if text.size == largest]
    return max((it for it in titles if it.box[1] - 2 < y), key=lambda it: it.box[1]).text


@pytest.mark.parametrize("claim_id", MARKS)
def test_each_mark_has_the_shape_of_its_position_on_its_day_in_its_row(
    svg: str, claim_id: str
) -> None:
    root = drawing(figure("tiny"), svg)
    (mark,) = (it for it in drawn_marks(root) if it.claim_id == claim_id)
    row, position, day, _ = MARKS[claim_id]
    assert (mark.shape, mark.colour) == TABLE[position]
    assert row_at(root, mark.y) == row
    assert mark.x == pytest.approx(day_middle(root, day), abs=0.3)


@pytest.mark.parametrize("claim_id", MARKS)
def test_a_bar_leads_over_the_days_to_a_mark_of_no_known_day(svg: str, claim_id: str) -> None:
    root = drawing(figure("tiny"), svg)
    (mark,) = (it for it in drawn_marks(root) if it.claim_id == claim_id)
    *_, first = MARKS[claim_id]
    bars = [(box, colour) for box, colour in bars_of(root) if box[1] < mark.y < box[3]]
    bars = [(box, colour) for box, colour in bars if abs(box[2] - mark.x) < 0.3]
    assert len(bars) == bool(first)
    for box, colour in bars:
        assert box[0] == pytest.approx(day_middle(root, first) - day_width(root) / 2, abs=0.4)
        assert colour == mark.colour


@pytest.mark.parametrize("name", VIEWS)
def test_every_mark_of_a_track_is_a_row_of_the_frame(name: str, svg: str) -> None:
    make, day = VIEWS[name]
    rows = analysis.positions_by_day(make(day)).groupby(["claim_id", "question_id"])
    context = context_of(make(day))
    root = drawing(figure(name), svg)
    codes = {short: code for code, short in context.short_questions.items()}
    large, small = set(), set()
    for mark in drawn_marks(root):
        row = rows.get_group((mark.claim_id, codes[row_at(root, mark.y)])).iloc[0]
        shape, colour = TABLE[row["position"]]
        is_certain = row["certainty"] == "certain"
        assert mark.shape == (shape if is_certain else f"broken {shape}")
        assert (mark.colour, mark.since) == (colour, row["since"])
        if is_certain and shape == "disc":
            (large if row["is_first"] else small).add(round(mark.size, 1))
    assert len(large) <= 1 and len(small) <= 1
    assert not large or not small or min(large) > 1.5 * max(small)


def test_both_drawings_have_the_same_marks() -> None:
    for name in VIEWS:
        wide, narrow = (drawn_marks(drawing(figure(name), width)) for width in ("wide", "narrow"))
        assert [(it.claim_id, it.label, it.shape) for it in wide] == [
            (it.claim_id, it.label, it.shape) for it in narrow
        ]


def test_the_five_shapes_differ_without_their_colours_and_the_key_names_each(svg: str) -> None:
    assert len({shape for shape, _ in TABLE.values()}) == len(TABLE)
    root = drawing(figure("31 October"), svg)
    assert {it.shape for it in drawn_marks(root)} == {shape for shape, _ in TABLE.values()}
    words = [text.text for text in words_of(root)]
    for meaning in ("said so", "called it likely", "left it open", "dismissed it",
                    "said not so, not yet or not all",
                    "on one of these days"):  # fmt: skip
        assert meaning in words
    assert "after 10 Oct" in [text.text for text in words_of(drawing(figure("10 October"), svg))]


# Words


@pytest.mark.parametrize("name", VIEWS)
def test_no_words_overlap_and_none_lie_on_a_mark_or_outside(name: str, svg: str) -> None:
    block = figure(name)
    root = drawing(block, svg)
    texts = words_of(root)
    width = block.width if svg == "wide" else NARROWEST_PAGE
    for at, text in enumerate(texts):
        assert text.box[0] > -0.5 and text.box[2] < width + 0.5, text
        for other in texts[at + 1 :]:
            assert not meet(text.box, other.box), (text, other)
        for mark in drawn_marks(root):
            half = mark.size / 2 - 0.2
            box = (mark.x - half, mark.y - half, mark.x + half, mark.y + half)
            assert not meet(text.box, box), (text, mark)


@pytest.mark.parametrize("name", VIEWS)
def test_drawings_are_as_large_as_a_page_and_a_phone_take(name: str) -> None:
    block = figure(name)
    assert block.narrow is not None
    assert block.width <= 168 / 25.4 * 72 + 0.3 and block.height <= 96 / 25.4 * 72
    assert block.narrow.width <= NARROWEST_PAGE
    assert min(text.size for text in words_of(drawing(block, "narrow"))) >= 9.5 * 72 / 96
    assert {text.size for text in words_of(drawing(block, "wide"))} <= {7, 8}


def names(root: Any) -> dict[str, Words]:
    """Return the name at each mark that has one, by the mark's claim."""
    return {mark.claim_id: mark.words[0] for mark in drawn_marks(root) if mark.words}


def test_a_side_is_named_beside_its_first_mark_in_the_colour_of_its_position(svg: str) -> None:
    found = names(drawing(figure("tiny"), svg))
    assert {claim: (it.text, it.colour, it.is_bold) for claim, it in found.items()} == {
        "a1": ("Velland", BLUE, True), "b2": ("Karst Works", house().ink, True),
        "i1": ("Pell", BLUE, True), "m1": ("Velland", BLUE, True),
        "w1": ("Nyra", house().muted, False), "e1": ("Tarn", house().muted, False),
    }  # fmt: skip
    october = [it.text for it in names(drawing(figure("31 October"), svg)).values()]
    assert "US" in october and "Unnamed US officials" in october, "capitals, no article"


def counts_of(root: Any, row: str) -> list[str]:
    """Return the counts below how many say so in a row, by line and from left to right."""
    found = [it for it in words_of(root) if it.text.isdigit() and row_at(root, it.box[3]) == row]
    ordered = sorted(found, key=lambda it: (round(it.box[1]), it.box[0]))
    return [it.text for it in ordered]


def test_a_tally_counts_all_sides_also_those_without_a_track(svg: str) -> None:
    root = drawing(figure("31 October"), svg)
    words = [text.text for text in words_of(root)]
    assert "28 say so" in words and "2 say so, no government" in words
    assert any(re.fullmatch(r"and \d+ more", text) for text in words)
    assert counts_of(root, "Sent to Russia") == ["3", "2", "2", "12"], "likely, not so, false, open"
    assert counts_of(root, "Fighting") == ["1", "3", "3"]
    tiny = drawing(figure("tiny, half possible"), svg)
    assert counts_of(tiny, "Cracked") == ["1"] and counts_of(tiny, "Unsafe") == ["1", "2"]


def test_each_count_stands_beside_the_mark_of_its_position() -> None:
    rows = taken(
        ("says_so", "certain"), ("says_likely", "certain"), ("leaves_open", "certain"),
        ("leaves_open", "certain"), ("leaves_open", "possible"), ("dismisses", "possible"),
    )  # fmt: skip
    held, rest = _tallies(rows, "", WIDE(tiny_context()), 35)
    assert rest == ()
    assert [(it.position, it.is_certain, it.count) for it in held] == [
        ("says_likely", True, "1"), ("dismisses", False, "1"),
        ("leaves_open", True, "2"), ("leaves_open", False, "1"),
    ]  # fmt: skip
    assert [it.line for it in held] == [0, 0, 1, 1] and held[0].x == held[2].x < held[1].x


def test_the_key_names_also_the_marks_that_are_only_counted() -> None:
    row = SimpleNamespace(position="dismisses", certainty="possible")
    entries = key_of([Subject("Q1", False, "", (row,), {})], WIDE(tiny_context()))
    assert [kind for kind, *_ in entries] == ["dismisses", "possible"]


def taken(*positions: tuple[str, str]) -> list[Any]:
    """Return rows of `positions_taken`: position and certainty, of sides s0, s1, …"""
    frame = pd.DataFrame(positions, columns=["position", "certainty"]).assign(stance="denies")
    frame["side"] = [f"s{at}" for at in range(len(frame))]
    return list(frame.itertuples())


def test_what_is_only_possible_is_marked_in_a_tally() -> None:
    both = taken(("says_so", "certain"), ("says_so", "possible"), ("leaves_open", "possible"))
    assert tally(both) == [
        ("says_so", "1 says so (possibly 1 more)"), ("leaves_open", "possibly 1 leaves it open")
    ]  # fmt: skip
    assert tally(taken(("not_so", "certain"))) == [("not_so", "1 says not so")]
    assert lead_of(both) == "1 says so (possibly 1 more)"
    assert lead_of(both[2:]) == "" and lead_of([]) == "no statement"


def test_that_no_government_is_of_them_stands_only_beside_those_who_say_so() -> None:
    so, likely = taken(("says_so", "certain")), taken(("says_likely", "certain"))
    assert lead_of(so, "others") == "1 says so, no government"
    assert lead_of(so, "governments") == "1 says so"
    assert lead_of(likely, "others") == "" and lead_of([], "others") == "no statement"


def test_turning_points_stand_above_with_a_line_and_appear_on_their_day(svg: str) -> None:
    root = drawing(figure("31 October"), svg)
    found = {
        group.get("data-since"): " ".join(text.text or "" for text in group.iter("text"))
        for group in root.iter("g")
        if any(text.text and text.text.endswith("Oct:") for text in group.iter("text"))
    }
    assert "18 Oct: Ukraine and South Korea showed three things" in found["2024-10-18"]
    assert "23 Oct: US and NATO came to say so" in found["2024-10-23"]
    assert "30 Oct: Zelenskyy on “Fighting”: not yet" in found["2024-10-30"]
    (totals,) = [
        words
        for group in root.iter("g")
        if "28 say so" in (words := [text.text for text in group.iter("text")])
        and group.get("data-since") == "2024-10-31"
    ]
    assert "2 say so, no government" in totals and "Fighting" not in totals
    dashes = [path for path in root.iter("path") if path.get("stroke-dasharray")]
    assert len([path for path in dashes if path.get("stroke") == "#7a5a12"]) == 3


def test_where_nothing_else_turned_the_first_denial_is_a_turning_point() -> None:
    words = " ".join(text.text for text in words_of(drawing(figure("10 October"), "wide")))
    assert "10 Oct: Russia first dismissed or denied a claim" in words


def test_the_labels_of_turning_points_have_at_most_four_lines() -> None:
    for name in VIEWS:
        texts = words_of(drawing(figure(name), "wide"))
        brown = {round(text.box[1]) for text in texts if text.colour == "#7a5a12"}
        assert len(brown) <= 4


@cache
def turned_on(*days: str) -> Figure:
    """Return October's chart with three turning points, on these days."""
    marks, questions, _ = frames(real_view())
    when = pd.to_datetime([f"2024-10-{day}" for day in days])
    points = pd.DataFrame(
        {"kind": ["published", "turned", "not_yet"], "first": when, "last": when,
         "question_id": ["", "Q2", "Q1"], "count": [9, 3, 1],
         "sides": [["ukraine", "nato", "japan"], ["united_states", "south_korea"], ["norway"]],
         "speakers": [[], [], ["Eide"]]}
    )  # fmt: skip
    return chart_of(marks, questions, points, context_of(real_view()))


@pytest.mark.parametrize("days", [("01", "02", "03"), ("29", "30", "31"), ("14", "15", "15")])
def test_turning_points_of_near_days_stand_beside_each_other_inside_the_chart(
    days: Sequence[str], svg: str
) -> None:
    block = turned_on(*days)
    texts = [text for text in words_of(drawing(block, svg)) if text.colour == "#7a5a12"]
    assert "Ukraine and two more showed nine things" in " ".join(text.text for text in texts)
    for at, text in enumerate(texts):
        assert 0 <= text.box[0] and text.box[2] <= block.width + 0.5
        assert not any(meet(text.box, other.box) for other in texts[at + 1 :])


def test_days_in_a_row_are_one_ground() -> None:
    marks, questions, points = frames(real_view())
    points = points.copy()
    points.loc[points.index[-1], "first"] = pd.Timestamp("2024-10-29")
    root = drawing(chart_of(marks, questions, points, context_of(real_view())), "wide")
    assert "29–30 Oct:" in [text.text for text in words_of(root)]
    left, right = (day_middle(root, f"2024-10-{day}", 2024) for day in (29, 30))
    half = (right - left) / 2
    grounds = [box for box, colour in bars_of(root) if colour == "#7a5a12"]
    assert len(grounds) == len(questions)
    assert grounds[0][0] == pytest.approx(left - half, abs=0.3)
    assert grounds[0][2] == pytest.approx(right + half, abs=0.3)


# The title


def tallies(*rows: dict[str, object]) -> pd.DataFrame:
    """Return rows of `position_tallies`; the last is the title question's."""
    blank = dict.fromkeys(("says_so", "says_so_possible", "says_likely", "says_likely_possible"), 0)
    usual = blank | {"said_by": "governments", "is_title": False, "is_to_come": False}
    filled = [usual | row for row in rows]
    filled[-1]["is_title"] = True
    return pd.DataFrame(filled)


@cache
def tiny_context() -> Context:
    return context_of(tiny_view())


@pytest.mark.parametrize(
    ("said_by", "row", "words"),
    [
        ("nobody", {}, "Unsafe: nobody"),
        ("others", {"says_so": 1}, "Unsafe: no government"),
        ("anybody", {"says_so": 1}, "Unsafe: one"),
        ("governments", {"says_so": 2}, "Unsafe: two"),
        ("governments_likely", {"says_likely": 1}, "Unsafe: one calls it likely"),
        ("governments_likely", {"says_likely_possible": 2}, "Unsafe: possibly two call it likely"),
        ("governments_likely", {"says_so": 1, "says_likely": 1}, "Unsafe: one"),
        ("governments", {"says_so_possible": 1}, "Unsafe: possibly one"),
        ("governments", {}, ""),  # what entails it is said on another question
    ],
)
def test_the_title_ends_with_who_says_yes_to_the_title_question(
    said_by: str, row: dict[str, object], words: str
) -> None:
    rows = tallies(
        {"question_id": "Q2", "says_so": 3}, {"question_id": "Q1", "said_by": said_by, **row}
    )
    assert title(rows, tiny_context()) == f"Cracked: three say so{'. ' if words else ''}{words}"
    alone = rows[1:]
    assert title(alone, tiny_context()) in (
        f"{words}{'' if 'likely' in words else ' say so' if 'two' in words else ' says so'}",
        "What each side said on each claim, by day",
    )


def test_the_title_names_two_questions_if_fourteen_words_take_them() -> None:
    long = dict(tiny_context().short_questions) | {"Q4": "A b c d e f", "Q3": "Anybody hurt"}
    context = replace(tiny_context(), short_questions=long)
    rows = tallies(
        {"question_id": "Q2", "says_so": 13}, {"question_id": "Q4", "says_so": 9},
        {"question_id": "Q3", "says_so": 2}, {"question_id": "Q1", "said_by": "nobody"},
    )  # fmt: skip
    assert title(rows.iloc[[0, 1, 3]], context) == (
        "Cracked: 13 say so. A b c d e f: nine. Unsafe: nobody"
    )
    longer = replace(context, short_questions=long | {"Q4": "A b c d e f g h"})
    assert title(rows, longer) == "Cracked: 13 say so. Anybody hurt: two. Unsafe: nobody"
    assert title(rows.iloc[[0, 1, 3]], longer) == "Cracked: 13 say so. Unsafe: nobody"


def test_the_subtitle_says_how_sides_of_two_positions_count_and_whether_forecasts_are_drawn() -> (
    None
):
    marks, questions, _ = frames(real_view())
    own = marks[(marks["question_id"] == "Q2") & marks["side"].isin(["ukraine", "nato"])]
    assert subtitle(own, questions, are_first=False).endswith(" One side counts twice.")
    own = own[own["side"] == "nato"]
    assert subtitle(own, questions, are_first=False).endswith("with that position.")
    to_come = questions.assign(is_to_come=[True, False, False, False, False])
    assert subtitle(own, to_come, are_first=True) == (
        "Statements by day; mark: a side’s first with that position."
    )


def test_without_a_finding_the_title_says_what_is_drawn() -> None:
    context = replace(tiny_context(), short_questions={"Q2": "US bases", "Q1": "Unsafe"})
    rows = tallies({"question_id": "Q2", "says_so": 1}, {"question_id": "Q1", "said_by": "nobody"})
    assert title(rows, context) == "US bases: one says so. Unsafe: nobody"
    assert title(rows.iloc[:0], context) == "What each side said on each claim, by day"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "31 October",
            "Sent to Russia: 28 say so. In Kursk: eight. Fighting: no government",
        ),
        ("10 October", "In Ukraine or the war zone: two say so. Fighting: nobody"),
        ("3 October", "Fighting: nobody says so"),
        ("tiny", "Cracked: one says so. Anybody hurt: one. Unsafe: one calls it likely"),
    ],
)
def test_the_caption_is_the_finding_and_the_subtitle_what_is_drawn(name: str, words: str) -> None:
    assert plain(figure(name).caption) == words and len(words.split()) <= 14
    twice = " Some sides count twice." * (name == "31 October")
    assert plain(figure(name).subtitle) == (
        "Statements by day, without forecasts; large mark: a side’s first with that position."
        f"{twice}"
    )


# Marks as links, and words for those who do not see


def test_a_mark_says_who_when_and_what_and_has_a_day_of_its_own() -> None:
    labels = {mark.href: mark for mark in figure("31 October").marks}
    assert re.fullmatch(
        r"Zelenskyy \(Ukraine, 30 Oct[^)]*\) said that it is not yet so that North Korean troops "
        r"have engaged in battle\.",
        labels["#o84a"].label,
    )
    for mark in figure("31 October").marks:
        assert mark.since and not mark.is_on_card
        assert not re.search(r"\[|\bOpen\b", mark.label)
    possible = [mark.label for mark in figure("3 October").marks]
    assert possible and all(", possibly, " in label for label in possible)


def test_links_lie_over_their_marks(svg: str) -> None:
    for mark in drawn_marks(drawing(figure("31 October"), svg)):
        left, top, right, bottom = mark.link
        assert left <= mark.x - mark.size / 2 + 0.3 and mark.x + mark.size / 2 - 0.3 <= right
        assert top < mark.y < bottom


def test_ids_are_unique_across_both_drawings() -> None:
    block = figure("31 October")
    ids = [
        {it.attrib["id"] for it in drawing(block, width).iter() if "id" in it.attrib}
        for width in ("wide", "narrow")
    ]
    assert ids[0] and ids[1] and not ids[0] & ids[1]


def test_the_words_for_the_chart_are_those_of_its_frame() -> None:
    block = figure("tiny")
    assert block.alt == (
        "Rows of marks by day, as of 31 May 2019: what five sides said on three claims. Cracked: "
        "1 says so, 1 says not so; Anybody hurt: 1 says so; Unsafe: 1 calls it likely, 2 leave it "
        "open."
    )
    assert block.description == (
        "Cracked, Velland: 8 May said so. Cracked, Karst Works: 1–19 May said that it is not so. "
        "Anybody hurt, Pell: 28 Apr said so. Unsafe, Velland: 12 May called it likely. Unsafe, "
        "Nyra: 11 or 18 May left it open. Unsafe, Tarn: by 19 May left it open. 21 May: Velland "
        "showed one thing."
    )
    assert block.numbers == {
        "marks": 6, "sides": 5,
        "questions": {"Q2": {"says_so": 1, "not_so": 1}, "Q3": {"says_so": 1},
                      "Q1": {"says_likely": 1, "leaves_open": 2}},
    }  # fmt: skip


# Any frame


def made(rows: Sequence[dict[str, object]], context: Context) -> Figure:
    """Return the chart of marks written by hand: Pell says so on the crack unless stated."""
    row = {
        "question_id": "Q2", "side": "pell", "certainty": "certain", "position": "says_so",
        "stance": "affirms", "claim_id": "i1", "speaker": "Pell", "stance_label": "said that …",
        "proposition": "there is a crack", "bare_quote": "", "is_taken_back": False,
        "is_first": True,
        "since": "2019-05-01", "is_expected": False, "kind": "person", "utterances": 1,
    }  # fmt: skip
    frame = pd.DataFrame([row | given for given in rows])
    frame = frame.join(bounds_of(frame["when"]))
    counts = tallies(
        {"question_id": "Q2", "says_so": 1}, {"question_id": "Q1", "said_by": "nobody"}
    )
    points = analysis.turning_points(tiny_view("2019-04-21"))
    return chart_of(frame, counts, points, context)


def test_a_side_that_speaks_on_each_day_is_named_all_the_same(svg: str) -> None:
    days = pd.date_range("2019-04-20", "2019-05-31").strftime("%Y-%m-%d")
    block = made([{"when": day, "is_first": not at} for at, day in enumerate(days)], tiny_context())
    root = drawing(block, svg)
    (name,) = names(root).values()
    assert name.text == "Pell"
    marks = drawn_marks(root)
    assert len(marks) == len(days)
    assert not any(meet(name.box, (it.x - 2, it.y - 2, it.x + 2, it.y + 2)) for it in marks)
    assert [it.x for it in marks] == sorted(it.x for it in marks)


def test_of_many_sides_those_expected_then_governments_then_those_heard_most_have_a_track() -> None:
    sides = [f"s{at}" for at in range(40)]
    rows = [
        {
            "side": side,
            "when": f"2019-05-{8 + at % 4:02}",
            "utterances": at,
            "is_expected": at == 3,
            "kind": "alliance" if at == 1 else "state" if at == 5 else "group",
        }
        for at, side in enumerate(sides)
    ]
    named = {side: f"The side {side}" for side in sides}
    block = made(rows, replace(tiny_context(), abbreviations=named))
    root = drawing(block, "wide")
    drawn = {word.text for mark in drawn_marks(root) for word in mark.words}
    assert 4 < len(drawn) < len(sides) and block.height <= 272
    others = [f"Side s{at}" for at in range(43 - len(drawn), 40)]
    assert drawn == {"Side s3", "Side s1", "Side s5", *others}, "expected, official, heard most"
    assert f"and {40 - len(drawn)} more" in [text.text for text in words_of(root)]
    assert "40 say so" in [text.text for text in words_of(root)]


def test_of_more_marks_than_a_page_takes_the_first_are_drawn() -> None:
    days = pd.date_range("2010-01-01", periods=LIMITS.marks + 1).strftime("%Y-%m-%d")
    at = replace(tiny_context().at, window_start=date(2010, 1, 1), as_of=date(2019, 5, 31))
    context = replace(tiny_context(), at=at)
    block = made([{"when": day, "is_first": not place} for place, day in enumerate(days)], context)
    assert len(block.marks) == 1 and "; mark: a side’s first" in plain(block.subtitle)
    assert block.numbers["marks"] == LIMITS.marks + 1


def test_a_window_of_years_has_days_with_their_years_that_do_not_overlap(svg: str) -> None:
    at = replace(tiny_context().at, window_start=date(2016, 1, 1), as_of=date(2019, 5, 31))
    block = made([{"when": "2019-05-10"}], replace(tiny_context(), at=at))
    texts = words_of(drawing(block, svg))
    days = [text for text in texts if re.fullmatch(r"\d+ \w{3} 20\d\d", text.text)]
    assert len(days) > 2
    assert not any(meet(a.box, b.box) for a in texts for b in texts if a is not b)


def test_two_marks_of_a_day_stand_beside_each_other(svg: str) -> None:
    rows = [{"when": "2019-05-10"}, {"when": "2019-05-10", "position": "not_so", "claim_id": "b2"}]
    so, not_so = drawn_marks(drawing(made(rows, tiny_context()), svg))
    assert so.x + so.size / 2 <= not_so.x - not_so.size / 2 + 0.5 and so.y == not_so.y


def test_a_mark_of_the_first_or_the_last_day_of_a_long_window_lies_inside(svg: str) -> None:
    at = replace(tiny_context().at, window_start=date(2010, 1, 1))
    rows = [{"when": "2010-01-01"}, {"when": "2019-05-31", "is_first": True, "claim_id": "b2"}]
    block = made(rows, replace(tiny_context(), at=at))
    first, last = drawn_marks(drawing(block, svg))
    width = block.width if svg == "wide" else NARROWEST_PAGE
    assert 0 <= first.x - first.size / 2 and last.x + last.size / 2 <= width + 0.1


def test_another_question_is_drawn_by_the_same_rules(tmp_path: Path, svg: str) -> None:
    window = {"window_start": "2030-12-16", "window_end": "2031-01-15"}
    view = tiny_view("2031-01-15", write_second(tmp_path / "second"), **window)
    block = chart_of(*frames(view), context_of(view))
    assert plain(block.caption) == "Bacteria in the lake: one says so. Unsafe to drink: one"
    root = drawing(block, svg)
    assert {it.claim_id: (row_at(root, it.y), it.shape) for it in drawn_marks(root)} == {
        "b1": ("Bacteria in the lake", "disc"), "k1": ("Bacteria in the lake", "ring"),
        "m1": ("Unsafe to drink", "ring"), "m2": ("Unsafe to drink", "disc"),
        "r1": ("Unsafe to drink", "half"), "d1": ("Unsafe to drink", "barred"),
        "d2": ("Unsafe to drink", "cross"),
    }  # fmt: skip
    words = " ".join(text.text for text in words_of(root))
    assert "22 Dec 2030: Marrow Dairy on “Unsafe to drink”: not so" in words or svg == "wide"
    assert "5 Jan 2031:" in words and "Water Board" in words


def test_an_empty_frame_is_an_empty_chart() -> None:
    view = tiny_view("2019-04-27", actors=["karst_works"])
    block = charts.positions_by_day(*frames(view), context_of(view))
    assert block.is_empty and block.marks == () and block.narrow is not None
    assert block.description == "No statement in the window." and block.alt.endswith("claims.")
