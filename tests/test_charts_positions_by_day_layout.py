"""Where tracks, names and labels of the first chart go, and its words, worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from test_charts_positions_by_day import taken, tiny_context
from views import chart, context_of, tiny_view

from claimbrief import analysis
from claimbrief.charts import positions_by_day_layout as layout
from claimbrief.charts import positions_by_day_points as points
from claimbrief.charts import positions_by_day_words as words
from claimbrief.charts.canvas import Span, lanes, text_width
from claimbrief.charts.positions_by_day_layout import NARROW, WIDE, Face, Placed, Subject
from claimbrief.charts.positions_by_day_points import Label
from claimbrief.dates import parse

chart_module = import_module("claimbrief.charts.positions_by_day")  # not the function


@pytest.fixture(name="wide", scope="module")
def _wide() -> Face:
    return WIDE(tiny_context())


@pytest.fixture(name="narrow", scope="module")
def _narrow() -> Face:
    return NARROW(tiny_context())


def row(**given: object) -> Any:
    """Return a row of the frame: Pell certainly says so on 6 May, for the first time."""
    when = parse(str(given.get("when", "2019-05-06")))
    usual = {
        "side": "pell", "when": "2019-05-06", "earliest": pd.Timestamp(when.earliest),
        "latest": pd.Timestamp(when.latest),
        "position": "says_so", "certainty": "certain", "is_first": True, "stance": "affirms",
    }  # fmt: skip
    return SimpleNamespace(**usual | given)


def subject(*rows: Any, **given: object) -> Subject:
    """Return the question of the crack with these rows as the last position of each side."""
    paths: dict[str, list[Any]] = {}
    for it in rows:
        paths.setdefault(it.side, []).append(it)
    usual: dict[str, Any] = {
        "question_id": "Q2", "is_title": False, "lead": "1 says so", "taken": rows, "paths": paths,
    }  # fmt: skip
    return Subject(**usual | given)


# Days and marks


def test_a_mark_of_the_first_or_last_day_lies_inside_the_drawing(wide: Face, narrow: Face) -> None:
    for face in (wide, narrow, replace(wide, gutter=60)):
        first, last = face.days.x(face.days.start), face.days.x(face.days.end)
        half = face.days.step / 2 + face.large / 2
        assert first - half == pytest.approx(face.left + face.gutter)
        assert last + half == pytest.approx(face.width)


def test_a_first_mark_is_large_a_later_small_and_a_possible_larger_by_its_outline(
    wide: Face,
) -> None:
    path = [
        row(), row(is_first=False, when="2019-05-08"),
        row(certainty="possible", when="2019-05-10"),
        row(certainty="possible", is_first=False, when="2019-05-12"),
    ]  # fmt: skip
    sizes = [mark.size for mark in layout._placed(path, wide)]
    assert sizes == pytest.approx([6.4, 3.5, 6.4 * 1.15, 5.6])


def test_two_marks_of_a_day_stand_left_and_right_of_its_middle(wide: Face) -> None:
    so, not_so = row(), row(position="not_so")
    first, second = layout._placed([so, not_so], wide)
    middle = wide.days.x(so.latest)
    assert first.x - middle == pytest.approx(-6.4 * 0.55)
    assert second.x - middle == pytest.approx(6.4 * 0.55)
    (alone,) = layout._placed([so], wide)
    assert alone.x == alone.start == middle


def test_the_bar_of_a_mark_begins_with_its_first_day_and_inside_the_drawing(wide: Face) -> None:
    ranged = row(when="[2019-05-01..2019-05-06]")
    (mark,) = layout._placed([ranged], wide)
    assert mark.start == pytest.approx(wide.days.x(ranged.earliest) - wide.days.step / 2)
    assert mark.x == wide.days.x(ranged.latest)
    assert mark.extent == (mark.start, mark.x + 3.2)
    assert Placed(None, 50, 50, 6).extent == (47, 53)
    openly = row(when="[..2019-05-06]", earliest=pd.NaT)
    (mark,) = layout._placed([openly], wide)
    assert mark.start == pytest.approx(wide.left + wide.large / 2), "the window’s first day"


# Names and tracks


@pytest.mark.parametrize(
    ("extents", "width", "place"),
    [
        ([(200, 206)], 50, (147.5, 73.5)),  # left of the mark
        ([(140, 146)], 50, (148.5, 327.5)),  # right of it, where the left has no room
        ([(130, 136), (200, 206), (440, 470)], 50, (138.5, 59)),  # between two, the first that fits
        ([(130, 136), (200, 206), (440, 470)], 100, (208.5, 229)),
        ([(130, 200), (230, 470)], 50, (202.5, 25)),  # nowhere: where there is most
    ],
)
def test_a_name_stands_where_it_has_room(
    wide: Face, extents: Sequence[Span], width: float, place: tuple[float, float]
) -> None:
    assert layout._name_place(extents, width, wide) == pytest.approx(place)


def test_tracks_share_a_line_where_they_are_apart() -> None:
    lines = partial(lanes, apart=layout.APART, by_start=False)
    assert lines([(0, 10), (16, 20), (12, 30), (0, 7)]) == [0, 0, 1, 2]
    assert lines([(0, 10), (15.9, 20)]) == [0, 1]
    assert lines([(16, 20), (0, 10)]) == [0, 0], "also left of one before"
    assert lines([]) == []


def test_a_track_has_the_name_of_its_side_bold_unless_it_leaves_it_open(wide: Face) -> None:
    bold = layout._track("pell", "says_so", [row()], wide)
    plain = layout._track("pell", "leaves_open", [row()], wide)
    x = wide.days.x(pd.Timestamp("2019-05-06"))
    for track, is_bold in ((bold, True), (plain, False)):
        width = text_width("Pell", wide.size, is_bold=is_bold)
        assert (track.name, track.is_cut) == ("Pell", False)
        assert track.name_x == pytest.approx(x - 3.2 - 2.5 - width)
        assert track.extent == pytest.approx((track.name_x, x + 3.2))


def test_a_name_without_room_is_cut_to_the_room_there_is(wide: Face) -> None:
    days = [
        f"2019-{day}" for day in ("04-20", "04-25", "04-30", "05-05", "05-10", "05-15", "05-31")
    ]
    context = replace(wide.context, abbreviations={"pell": "the inspector of all the bridges " * 9})
    track = layout._track("pell", "says_so", [row(when=day) for day in days],
                          replace(wide, context=context))  # fmt: skip
    assert track.is_cut and track.name.startswith("Inspector of") and track.name.endswith("…")
    start, end = track.name_x, track.name_x + text_width(track.name, wide.size, is_bold=True)
    assert all(end <= mark.extent[0] or mark.extent[1] <= start for mark in track.marks)
    assert end - start > 60, "the widest gap, from 15 to 31 May"


# Rows


def test_a_row_is_as_high_as_its_words_or_its_tracks_need(wide: Face, narrow: Face) -> None:
    words_alone = layout.row_for(subject(row()), wide, 100)
    assert (words_alone.top, words_alone.tracks_top) == (100, 102.6)
    assert words_alone.bottom - 100 == pytest.approx(9.6 + 8.4 + 2 * 2.6), "title, lead"
    assert words_alone.drawn(wide) == (100, words_alone.bottom)
    (track,) = words_alone.tracks
    assert track.y == pytest.approx(102.6 + 7.7 / 2)
    rows = [row(side=side) for side in ("pell", "nyra", "tolm", "rill", "doran")]
    tracks = layout.row_for(subject(*rows), wide, 100)
    assert tracks.bottom - 100 == pytest.approx(5 * 7.7 + 2 * 2.6)
    assert [it.y for it in tracks.tracks] == pytest.approx(
        [102.6 + 7.7 * (at + 0.5) for at in range(5)]
    )
    above = layout.row_for(subject(row()), narrow, 100)
    assert above.tracks_top - 100 == pytest.approx(2.6 + 12 + 1), "narrow, below the title"
    assert above.bottom - above.tracks_top == pytest.approx(11.5 + 2.6)
    assert above.drawn(narrow) == (above.tracks_top, above.bottom)
    nobody = layout.row_for(subject(lead="no statement"), narrow, 100)
    assert nobody.drawn(narrow) == (nobody.bottom, nobody.bottom)


def test_sides_stand_by_the_furthest_position_that_they_take_and_by_day(wide: Face) -> None:
    rows = [
        row(side="nyra", position="leaves_open"), row(side="rill", position="not_so"),
        row(side="tolm", when="2019-05-08"), row(side="pell", when="2019-05-04"),
        row(side="pell", position="leaves_open", when="2019-05-01"),
    ]  # fmt: skip
    drawn = layout.row_for(subject(*rows), wide)
    assert [(it.name, it.position) for it in drawn.tracks] == [
        ("Pell", "says_so"), ("Tolm", "says_so"), ("Rill", "not_so"), ("Nyra", "leaves_open"),
    ]  # fmt: skip
    assert drawn.rest == ()


def test_sides_without_a_track_are_counted_after_the_tally(wide: Face, narrow: Face) -> None:
    known, other = row(), row(side="nyra")
    few = subject(known, other, paths={"pell": [known]})
    for face in (wide, narrow):
        (rest,) = layout.row_for(few, face, 100).rest
        assert (rest.words, rest.x, rest.line) == ("and 1 more", 2, 0), "there is no tally"
    counted = [row(position="leaves_open", side=f"s{at}") for at in range(12)]
    drawn = layout.row_for(subject(known, *counted, paths={"pell": [known]}), wide, 100)
    (tally,), (rest,) = drawn.tally, drawn.rest
    assert (rest.words, rest.line) == ("and 12 more", 0)
    end = tally.x + wide.large / 2 + layout.GAP + text_width("12", wide.size)
    assert rest.x == pytest.approx(end + layout.BETWEEN_SUMS)
    low = replace(wide, left=60)
    (rest,) = layout.row_for(subject(known, *counted, paths={"pell": [known]}), low, 100).rest
    assert (rest.x, rest.line) == (2, 1), "where there is no room, below it"


def test_the_title_of_a_row_is_wrapped_beside_how_many_say_so_only_where_they_share_a_line(
    wide: Face, narrow: Face
) -> None:
    short = {"Q2": "Whether the east pier of the Orsa bridge is cracked"}
    for face in (wide, narrow):
        own = replace(face, context=replace(face.context, short_questions=short))
        drawn = layout.row_for(subject(row(), lead="1 says so, no government"), own)
        assert " ".join(drawn.head) == short["Q2"]
        room = face.left - 8 if face is wide else face.width - 8 - text_width(
            "1 says so, no government", face.size, is_bold=True
        )  # fmt: skip
        assert all(text_width(line, face.head, is_bold=True) <= room for line in drawn.head)
        assert len(drawn.head) == 2
        assert drawn.lead == "1 says so, no government" and not drawn.is_title


# Labels of turning points


def label(x: float, width: float, **given: object) -> Label:
    usual: dict[str, Any] = {"days": "6 May", "lines": ("6 May: it",), "start": x, "end": x}
    return Label(x=x, width=width, since="2019-05-06", **usual | given)


def test_labels_are_pushed_right_by_those_before_and_back_from_the_edge(wide: Face) -> None:
    def middles(*labels: Label) -> list[float]:
        return [it.x for it in points._pushed_apart(labels, wide)]

    assert middles(label(100, 20), label(200, 20)) == [100, 200]
    assert middles(label(100, 20), label(110, 40)) == [100, 137], "seven points between them"
    assert middles(label(5, 20)) == [10], "inside at the left"
    assert middles(label(470, 20)) == [466], "and at the right"
    assert middles(label(440, 40), label(470, 40)) == [409, 456]
    assert [it.start for it in points._pushed_apart([label(5, 20)], wide)] == [5], "its day stays"


def test_the_words_of_a_label_take_one_line_two_or_as_wide_a_label_as_they_need(
    wide: Face, narrow: Face
) -> None:
    assert points._lines("6 May: Velland did", wide) == ["6 May: Velland did"]
    two = points._lines("21 May: Velland and Karst Works showed one item", wide)
    assert len(two) == 2 and " ".join(two) == "21 May: Velland and Karst Works showed one item"
    assert text_width("21 May: Velland and Karst Works showed one item", 7) > 92
    assert max(text_width(line, 7) for line in two) <= 62 + 8 * 3
    long = points._lines("21 May: " + "Velland and Karst Works showed one item " * 3, wide)
    assert len(long) > 2 and max(text_width(line, 7) for line in long) <= 150 + 8
    whole = points._lines("21 May: Velland and Karst Works showed one item", narrow)
    assert whole == ["21 May: Velland and Karst Works showed one item"]


def test_the_labels_take_as_much_room_above_the_rows_as_they_have_lines(
    wide: Face, narrow: Face
) -> None:
    single, two = label(100, 20), label(200, 20, lines=("6 May: it", "is so"))
    assert points.height_of([], wide) == points.height_of([], narrow) == 2
    assert points.height_of([single, two], wide) == pytest.approx(2 * 8.4 + 5), "beside each other"
    assert points.height_of([single, two], narrow) == pytest.approx((3 + 1.4) * 10.2 + 4), (
        "below each other, and their days again"
    )


def test_a_label_stands_over_the_middle_of_its_days(wide: Face) -> None:
    frame = pd.DataFrame({
        "kind": ["turned"], "first": [pd.Timestamp("2019-05-06")],
        "last": [pd.Timestamp("2019-05-08")], "question_id": ["Q2"], "count": [1],
        "sides": [["velland"]], "speakers": [[]],
    })  # fmt: skip
    (found,) = points.labels_of(frame, wide)
    axis = wide.days
    assert (found.start, found.end) == (axis.x(frame["first"][0]), axis.x(frame["last"][0]))
    assert found.x == axis.x(pd.Timestamp("2019-05-07")) and not found.is_day
    assert (found.days, found.since) == ("6–8 May", "2019-05-06")
    assert " ".join(found.lines) == "6–8 May: Velland came to say so"
    assert found.width == max(text_width(line, 7) for line in found.lines) + 2


# Words


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("published", "Velland and Pell showed two things"),
        ("turned", "Velland and Pell came to say so"),
        ("not_yet", "Rill and two more on “Cracked”: not yet"),
        ("not_so", "Rill and two more on “Cracked”: not so"),
        ("first_denial", "Velland and Pell first dismissed or denied a claim"),
    ],
)
def test_a_turning_point_says_who_did_what(kind: str, said: str) -> None:
    point = SimpleNamespace(
        kind=kind, first=pd.Timestamp("2019-05-06"), last=pd.Timestamp("2019-05-06"), count=2,
        sides=["velland", "pell"], speakers=["rill", "Doran", "Tolm"], question_id="Q2",
    )  # fmt: skip
    assert words.point_words(point, tiny_context()) == ("6 May", said)


@pytest.mark.parametrize(
    ("position", "stances", "said"),
    [
        ("says_so", "affirms", "1 says so"), ("says_so", "affirms affirms", "2 say so"),
        ("says_likely", "affirms", "1 calls it likely"),
        ("says_likely", "affirms affirms", "2 call it likely"),
        ("not_so", "denies", "1 says not so"), ("not_so", "denies denies", "2 say not so"),
        ("not_so", "not_yet", "1 says not yet"), ("not_so", "not_yet not_yet", "2 say not yet"),
        ("not_so", "not_yet denies", "2 say not so or not yet"),
        ("dismisses", "dismisses", "1 dismisses it"),
        ("dismisses", "dismisses dismisses", "2 dismiss it"),
        ("leaves_open", "questions", "1 leaves it open"),
        ("leaves_open", "questions questions", "2 leave it open"),
    ],
)  # fmt: skip
def test_a_count_has_the_verb_of_its_position(position: str, stances: str, said: str) -> None:
    rows = [row(position=position, stance=stance) for stance in stances.split()]
    assert words.tally(rows) == [(position, said)]


def test_what_is_only_possible_is_said_to_be_in_tallies_marks_and_descriptions() -> None:
    mixed = taken(("dismisses", "certain"), ("dismisses", "possible"), ("dismisses", "possible"))
    assert words.tally(mixed) == [("dismisses", "1 dismisses it (possibly 2 more)")]
    block = chart("positions_by_day", tiny_view("2019-05-12"))
    assert "Cracked, Karst Works: 1–19 May possibly said that it is not so." in block.description
    assert "possibly 2 leave it open" in block.alt
    (rill,) = [mark.label for mark in block.marks if mark.href == "#b2"]
    assert rill == (
        "Rill (Karst Works, 1–19 May), possibly, states the contrary: There is a crack in the east "
        "pier."
    )


def test_a_side_is_called_without_its_article_and_with_a_capital() -> None:
    names = {"a": "the US", "b": "an engineer", "c": "a town", "d": "their town", "e": "The port"}
    context = replace(tiny_context(), abbreviations=names)
    assert [words.side_label(side, context) for side in names] == [
        "US", "Engineer", "Town", "Their town", "Port",
    ]  # fmt: skip


def test_a_question_of_which_nobody_speaks_has_no_statement_in_the_alternative_text() -> None:
    view = tiny_view(actors=["pell"])
    marks, questions = analysis.positions_by_day(view), analysis.position_tallies(view)
    alt = words.alt_text(marks, questions, context_of(view))
    assert alt.startswith("Rows of marks by day, as of 31 May 2019: what one side said on ")
    nobody = words.alt_text(marks.iloc[:0], questions, context_of(view))
    assert nobody.endswith(": no statement.") and "what no sides said on" in nobody


# Which sides have a track


def asked(code: str, *, is_title: bool, said_by: str = "governments") -> SimpleNamespace:
    return SimpleNamespace(question_id=code, is_title=is_title, said_by=said_by)


def test_sides_expected_come_first_then_governments_and_on_the_title_those_that_say_so() -> None:
    marks = [
        row(side="nyra", is_expected=False, kind="group", utterances=5),
        row(side="tolm", is_expected=False, kind="person", utterances=9, position="not_so"),
        row(side="rill", is_expected=True, kind="group", utterances=1, position="leaves_open"),
        row(side="pell", is_expected=False, kind="state", utterances=2, position="says_likely"),
        row(side="nyra", is_expected=False, kind="group", utterances=5, when="2019-05-08"),
    ]  # fmt: skip
    other = chart_module._subject(asked("Q2", is_title=False, said_by="others"), marks, marks)
    assert list(other.paths) == ["rill", "pell", "tolm", "nyra"], "Pell is a government here"
    assert other.paths["nyra"] == [marks[0], marks[4]], "its marks by date"
    assert (other.question_id, other.is_title, other.taken) == ("Q2", False, tuple(marks))
    assert other.lead == "2 say so", "that no government is of them is told of the title alone"
    title = chart_module._subject(asked("Q1", is_title=True, said_by="others"), marks, marks)
    assert list(title.paths) == ["pell", "nyra", "rill", "tolm"], "expected before heard"
    assert title.lead == "2 say so, no government" and title.is_title
    assert chart_module._subject(asked("Q1", is_title=True), [], []).lead == "no statement"


def test_more_tracks_go_to_the_question_with_most_sides_without_as_long_as_there_is_room(
    wide: Face,
) -> None:
    def of_sides(count: int, **given: object) -> Subject:
        return subject(*(row(side=f"s{at}") for at in range(count)), **given)

    names = {f"s{at}": f"S{at}" for at in range(20)}
    face = replace(wide, context=replace(wide.context, abbreviations=names))
    both = [of_sides(20, is_title=True), of_sides(10)]

    def tracks(room: float) -> list[int]:
        return [len(it.paths) for it in chart_module.with_tracks(both, face, room)]

    def height(*counts: int) -> float:
        return sum(
            layout.row_for(it.with_sides(count), face).bottom
            for it, count in zip(both, counts, strict=True)
        )

    assert tracks(0) == [12, 4], "at least"
    assert tracks(height(13, 4)) == [13, 4], "eight are without on the title, six on the other"
    assert tracks(height(14, 4) - 0.1) == [13, 4]
    assert tracks(height(15, 5)) == [15, 5], "then as many on each"
    assert tracks(1000) == [20, 10]
    firsts = chart_module.with_tracks(both, face, 0)[1]
    assert list(firsts.paths) == ["s0", "s1", "s2", "s3"] and len(firsts.taken) == 10


def test_of_many_marks_the_first_of_each_position_stays() -> None:
    first, again = row(), row(is_first=False, when="2019-05-08")
    other = row(side="nyra", when="2019-05-09")
    left = subject(first, again, other).with_first_marks()
    assert left.marks == [first, other] and left.taken == (first, again, other)
