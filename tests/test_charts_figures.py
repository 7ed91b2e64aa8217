"""The figures claimed are drawn truly: how far, how firmly, whose, and below which heading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest
from artists import grid_counts
from conftest import Changed
from drawn import artists_of, axes_of, lines_of, shape_of, texts, words_of
from matplotlib.colors import to_hex
from svg_marks import root_of
from svg_marks import words_of as words_in_svg
from test_figures import apart, qualified, written
from views import plain, tiny_view

from claimbrief import analysis
from claimbrief.analysis.figures import figures_by_side
from claimbrief.blocks import Figure
from claimbrief.charts import figures, figures_claimed, figures_drawing
from claimbrief.charts.canvas import WIDTH, text_width
from claimbrief.context import Context, context_of
from claimbrief.house import house
from claimbrief.limits import LIMITS

NONE = pd.NA


@pytest.fixture(name="tiny_context", scope="module")
def _tiny_context() -> Context:
    return context_of(tiny_view())


def nought(block: Figure, claim_id: str) -> float:
    """Return where the bar of a mark starts."""
    (line,) = lines_of(block, claim_id)
    return float(line[0][0])


def length(block: Figure, claim_id: str) -> float:
    """Return how far from nought a figure's mark stands, in points."""
    return shape_of(block, claim_id).x - nought(block, claim_id)


def caption(rows: Sequence[dict[str, object]], context: Context) -> str:
    return plain(figures_claimed(written(rows), context).caption)


def test_a_figure_stands_with_the_word_that_qualifies_it(changed: Changed) -> None:
    view = tiny_view(folder=qualified(changed, "nearly"))
    block = figures_claimed(analysis.figures_claimed(view), context_of(view))
    assert words_of(block, "i1")[-1] == "nearly 3 to 5 welders"
    assert plain(block.caption) == ("Anybody hurt: the only figure is nearly 3 to 5 (welders)")
    assert block.marks[0].label == "Pell, on 28 April 2019: nearly 3 to 5 welders, Anybody hurt."


def test_the_letter_holds_the_only_figure_and_its_mark_stands_at_the_higher_end() -> None:
    view = tiny_view()
    block = figures_claimed(analysis.figures_claimed(view), context_of(view))
    (mark,) = block.marks
    assert mark.href == "#i1"
    assert mark.label == "Pell, on 28 April 2019: 3 to 5 welders, Anybody hurt."
    shape = shape_of(block, "i1")
    assert (shape.marker, shape.fill, shape.colour) == ("o", 1.0, house().muted)
    assert words_of(block, "i1")[0] == "28 Apr" and words_of(block, "i1")[-1] == "3 to 5 welders"
    assert [text.get_text() for text in texts(block)] == ["Anybody hurt", "Pell"]
    assert plain(block.caption) == "Anybody hurt: the only figure is three to five (welders)"
    assert block.numbers == {
        "figures": 1, "shown": 1, "left_out": 0, "parts": 0, "topic": "Q3", "day": "",
        "lowest": [3, 5], "highest": [3, 5],
    }  # fmt: skip


def test_a_figure_that_is_only_reported_has_a_star_and_the_line_below_the_caption_says_so(
    tiny_context: Context,
) -> None:
    ends = [{"low": 40, "high": 40, "rests_on": "report"}, {"low": 10, "high": 20}]
    block = figures_claimed(apart(ends), tiny_context)
    assert [words_of(block, claim_id)[-1] for claim_id in ("c0", "c1")] == ["40*", "10 to 20"]
    assert "reportedly 40" in block.marks[0].label and "reportedly" not in block.marks[1].label
    assert "Starred: only reported." in plain(block.subtitle)
    assert "Starred" not in plain(figures_claimed(apart(ends[1:]), tiny_context).subtitle)


def test_lengths_are_in_proportion_to_the_higher_ends(tiny_context: Context) -> None:
    ends = [(40, 40), (10, 20), (30, 30), (0, 0)]
    rows = apart([{"low": low, "high": high} for low, high in ends])
    block = figures_claimed(rows, tiny_context)
    longest = length(block, "c0")
    lengths = [length(block, f"c{at}") / longest for at in range(4)]
    assert lengths == pytest.approx([1, 0.5, 0.75, 0])
    assert {nought(block, f"c{at}") for at in range(4)} == {nought(block, "c0")}


def test_the_longest_bar_and_its_number_fill_the_width(tiny_context: Context) -> None:
    block = figures_claimed(apart([{"low": 40, "high": 40}, {}]), tiny_context)
    number = next(text for text in axes_of(block).texts if text.get_text() == "40")
    right = number.get_position()[0] + text_width("40", number.get_size()) * 1.08
    assert right == pytest.approx(WIDTH, abs=3)


@pytest.mark.parametrize("width", [WIDTH, 268.5])
def test_a_number_with_many_words_takes_several_lines_and_leaves_room_for_bars(
    tiny_context: Context, width: float
) -> None:
    people = "soldiers of the eleventh corps of engineers and of its reserve in the north"
    rows: list[dict[str, object]] = [
        {"low": 40, "high": 40, "people": people},
        {"low": 80, "high": 80},
    ]
    by_side = figures_by_side(apart(rows))
    placed = figures_drawing.layout(by_side, ["Q3"], width, None, tiny_context)
    long, short = placed.numbers
    assert " ".join(long.words) == f"40 {people}" and len(long.words) > 2
    assert short.top == long.top + long.height
    assert long.height - short.height == 10 * (len(long.words) - 1)
    for number in placed.numbers:
        end = placed.nought + placed.scale * number.row.high
        widest = max(text_width(line, 8.5) for line in number.words)
        assert placed.nought + 20 < end < width - widest
    block = figures_claimed(apart(rows), tiny_context)
    drawn = [it for it in artists_of(block, "c0") if hasattr(it, "get_text")][-len(long.words) :]
    assert {it.get_position()[0] for it in drawn} == {drawn[0].get_position()[0]}
    ys = [it.get_position()[1] for it in drawn]
    assert ys == sorted(set(ys)) and ys[0] == shape_of(block, "c0").y


def test_a_line_leads_from_nought_to_each_mark_in_its_colour(tiny_context: Context) -> None:
    block = figures_claimed(apart([{}, {"low": 3, "high": 7}]), tiny_context)
    for claim_id in ("c0", "c1"):
        shape = shape_of(block, claim_id)
        (line,) = lines_of(block, claim_id)
        assert line == [(nought(block, claim_id), shape.y), (shape.x, shape.y)]
        (artist,) = (it for it in artists_of(block, claim_id) if getattr(it, "_alpha", 0) == 0.35)
        assert artist.get_color() == shape.colour


@pytest.mark.parametrize(
    ("low", "high", "marker", "words"),
    [(5, NONE, ">", "at least 5"), (NONE, 5, "<", "at most 5"),
     (5, 5, "o", "5"), (3, 5, "o", "3 to 5")],
)  # fmt: skip
def test_an_arrow_points_up_from_at_least_and_down_from_at_most(
    tiny_context: Context, low: object, high: object, marker: str, words: str
) -> None:
    rows = [{}, {"low": low, "high": high, "speaker": "Rill"}]
    block = figures_claimed(written(rows), tiny_context)
    assert shape_of(block, "c1").marker == marker
    assert length(block, "c1") == pytest.approx(length(block, "c0") / 2), "at the end that is named"
    assert words_of(block, "c1")[-1] == words


@pytest.mark.parametrize(
    ("given", "fill", "words"),
    [({"commitment": "CT+"}, 1.0, "10 welders"), ({"commitment": "PR+"}, 0.5, "likely 10 welders"),
     ({"certainty": "possible"}, 1.0, "possibly 10 welders"),
     ({"phase": "under_way"}, 1.0, "10 welders on the way")],
)  # fmt: skip
def test_what_is_less_than_certain_or_on_the_way_says_so(
    tiny_context: Context, given: dict[str, object], fill: float, words: str
) -> None:
    block = figures_claimed(written([given]), tiny_context)
    assert shape_of(block, "c0").fill == fill
    assert words_of(block, "c0")[-1] == words
    assert f": {words}, Anybody hurt" in block.marks[0].label


def test_the_figures_of_the_day_of_the_caption_stand_out(tiny_context: Context) -> None:
    rows: list[dict[str, object]] = [
        {"when": "2019-05-05"},
        {},
        {"low": 20, "high": 20, "speaker": "Rill"},
        {"topic": "Q1", "low": 5, "high": 5},
    ]
    block = figures_claimed(written(rows), tiny_context)
    assert plain(block.caption) == "Anybody hurt: figures on 6 May ran from 10 to 20"
    assert "Bold: Anybody hurt, on 6 May." in plain(block.subtitle)
    strong, muted = house().colours[0], house().muted
    colours = {mark.href: shape_of(block, mark.href[1:]).colour for mark in block.marks}
    assert colours == {"#c0": strong, "#c2": strong, "#c3": muted}, "c0 was given again that day"
    assert words_of(block, "c0")[0] == "5"


def test_a_lower_figure_of_a_speaker_s_day_is_not_drawn_but_counted(tiny_context: Context) -> None:
    rows: list[dict[str, object]] = [{}, {"low": 20, "high": 20}, {"speaker": "Rill"}]
    block = figures_claimed(written(rows), tiny_context)
    assert [mark.href for mark in block.marks] == ["#c1", "#c2"]
    assert block.numbers["parts"] == 1
    assert plain(block.note).endswith(" Not drawn: one within a higher one.")
    predicted: dict[str, object] = {"is_assertion": False}
    note = plain(figures_claimed(written([*rows, predicted]), tiny_context).note)
    assert note.endswith(
        " Not drawn: one predicted, denied, passed on or called possible, and one "
        "within a higher one."
    )


def test_without_a_day_of_two_figures_the_caption_spans_all_days(tiny_context: Context) -> None:
    rows: list[dict[str, object]] = [{}, {"when": "2019-05-08", "low": 20, "high": NONE}]
    assert caption(rows, tiny_context) == (
        "Anybody hurt: figures by 31 May ran from 10 to at least 20"
    )


def test_a_figure_that_may_be_of_a_later_day_is_possible_in_the_caption_too(
    tiny_context: Context,
) -> None:
    words = caption([{"certainty": "possible"}], tiny_context)
    assert words == "Anybody hurt: the only figure is possibly ten (welders)"


def test_a_side_has_its_name_once_and_the_speakers_beside_their_days(tiny_context: Context) -> None:
    rows: list[dict[str, object]] = [
        {"speaker": "Lindqvist", "side": "velland"},
        {"speaker": "Roads Authority", "side": "velland"},
        {"speaker": "Velland", "side": "velland", "low": 7, "high": 7},
    ]
    block = figures_claimed(written(rows), tiny_context)
    assert words_of(block, "c0")[:2] == ["6", "Lindqvist"]
    assert block.marks[0].label == (
        "Lindqvist, on 6 May 2019, and one more: 10 welders, Anybody hurt."
    )
    assert words_of(block, "c2")[1] == "", "the side itself needs no name beside its own"
    assert [text.get_text() for text in texts(block)].count("Velland") == 1


def test_days_speakers_and_bars_stand_beside_each_other_and_none_on_another(
    tiny_context: Context,
) -> None:
    rows: list[dict[str, object]] = [
        {"speaker": "the Authority of Roads", "side": "karst_works"},
        {"speaker": "Lindqvist", "side": "velland", "when": "2019-04-28", "low": 20, "high": 20},
    ]
    block = figures_claimed(written(rows), tiny_context)
    headings = {text.get_text(): text for text in texts(block)}
    columns = []
    for claim_id, side in (("c0", "Karst Works"), ("c1", "Velland")):
        day, speaker, number = (it for it in artists_of(block, claim_id) if hasattr(it, "get_text"))
        name = headings[side]
        assert name.get_position()[0] == 0 and name.get_weight() == "bold"
        assert {it.get_position()[1] for it in (name, day, speaker, number)} == {
            shape_of(block, claim_id).y
        }
        assert {it.get_ha() for it in (name, day, speaker, number)} == {"left"}
        columns.append([day.get_position()[0], speaker.get_position()[0], nought(block, claim_id)])
        assert 4 < number.get_position()[0] - shape_of(block, claim_id).x < 10, "beside its mark"
    assert columns[0] == columns[1], "in columns"
    names = max(text_width(side, 8.5, is_bold=True) for side in ("Karst Works", "Velland"))
    starts = [names, *columns[0]]
    widths = [0, text_width("28 Apr", 8.5), text_width("The Authority of Roads", 8.5)]
    gaps = [after - before - width for before, width, after in
            zip(starts[:-1], widths, starts[1:], strict=True)]  # fmt: skip
    assert all(0 < gap < 16 for gap in gaps), "clear of each other, and near"


def test_a_question_has_a_heading_above_its_rows_and_a_line_above_if_it_is_not_the_first(
    tiny_context: Context,
) -> None:
    rows = [{}, {"low": 7, "high": 7}, {"topic": "Q1", "low": 5, "high": 5}, {"topic": "Q2"}]
    block = figures_claimed(apart(rows), tiny_context)
    headings = [text for text in texts(block) if text.get_size() == 10]
    words = [text.get_text() for text in headings]
    assert words == ["Anybody hurt", "Unsafe", "Cracked"]
    ys = [text.get_position()[1] for text in headings]
    marks = [shape_of(block, claim_id).y for claim_id in ("c1", "c2", "c3")]
    order = sorted([*zip(ys, words, strict=True), *zip(marks, ("c1", "c2", "c3"), strict=True)])
    assert [name for _, name in order] == ["Anybody hurt", "c1", "Unsafe", "c2", "Cracked", "c3"]
    assert all(text.get_position()[0] == 0 for text in headings)
    rules = [it for it in axes_of(block).lines if to_hex(it.get_color()) == house().faint]
    assert [list(rule.get_xdata()) for rule in rules] == [[0, WIDTH]] * 2
    assert [rule.get_linewidth() for rule in rules] == [0.6] * 2
    for rule, above, below in zip(rules, marks, ys[1:], strict=False):
        assert above + 5 < rule.get_ydata()[0] == rule.get_ydata()[1] < below - 8


def test_the_month_that_all_share_stands_above_the_days_beside_the_first_heading(
    tiny_context: Context,
) -> None:
    block = figures_claimed(apart([{}, {"low": 20, "high": 20}]), tiny_context)
    drawn = {text.get_text(): text for text in texts(block)}
    day = next(it for it in artists_of(block, "c0") if hasattr(it, "get_text"))
    month, heading = drawn["May"], drawn["Anybody hurt"]
    assert month.get_position() == (day.get_position()[0], heading.get_position()[1])
    assert to_hex(month.get_color()) == house().muted
    assert text_width("Anybody hurt", 10, is_bold=True) < month.get_position()[0], "clear of it"


def test_a_number_of_the_day_of_the_caption_is_bold_and_others_are_not(
    tiny_context: Context,
) -> None:
    rows: list[dict[str, object]] = [
        {},
        {"low": 20, "high": 20, "speaker": "Rill"},
        {"when": "2019-05-09", "low": 30, "high": 30},
    ]
    block = figures_claimed(written(rows), tiny_context)
    weights = {
        mark.href: [it.get_weight() for it in artists_of(block, mark.href[1:])
                    if hasattr(it, "get_text")][-1]
        for mark in block.marks
    }  # fmt: skip
    assert weights == {"#c0": "bold", "#c1": "bold", "#c2": "normal"}


def test_a_mark_is_the_whole_row(tiny_context: Context) -> None:
    block = figures_claimed(apart([{}, {"low": 20, "high": 20}]), tiny_context)
    for mark in block.marks:
        assert (mark.x, mark.width) == (0, 1)
        top, bottom = mark.y * block.height, (mark.y + mark.height) * block.height
        assert (top + bottom) / 2 == pytest.approx(shape_of(block, mark.href[1:]).y, abs=0.01)
        assert bottom - top == pytest.approx(13, abs=0.01)


def test_a_long_name_takes_several_lines_and_loses_no_word(tiny_context: Context) -> None:
    names = {**tiny_context.names, "velland": "the United Provinces of Greater Velland and Nyra"}
    context = replace(tiny_context, names=names)
    speaker = "The National Resistance Centre of Greater Velland and one more body"
    rows: list[dict[str, object]] = [
        {"speaker": speaker, "side": "velland"},
        {"speaker": "Lindqvist", "side": "velland", "low": 7, "high": 7},
        {},
    ]
    block = figures_claimed(written(rows), context)
    drawn = " ".join(text.get_text() for text in texts(block))
    assert "United Provinces of Greater Velland and Nyra" in drawn and "…" not in drawn
    assert " ".join(words_of(block, "c0")[1:-1]) == speaker
    first, second, third = block.marks
    assert first.height > 1.5 * second.height, "its row takes all of its name’s lines"
    assert first.y + first.height == pytest.approx(second.y, abs=1e-4)
    assert second.y + second.height < third.y
    lines = [text.get_position()[1] for text in texts(block) if text.get_text() != "May"]
    assert len(lines) == len(set(lines)) and max(lines) < block.height


def test_a_side_with_a_long_name_and_one_row_leaves_room_for_the_name(
    tiny_context: Context,
) -> None:
    names = {**tiny_context.names, "velland": "the United Provinces of Greater Velland and Nyra"}
    context = replace(tiny_context, names=names)
    single_row: list[dict[str, object]] = [
        {"side": "velland"},
        {"side": "nyra", "low": 7, "high": 7},
    ]
    block = figures_claimed(apart(single_row), context)
    ends = [mark.y * block.height for mark in block.marks]
    short = [mark.y * figures_claimed(apart(single_row), tiny_context).height
             for mark in figures_claimed(apart(single_row), tiny_context).marks]  # fmt: skip
    assert ends[1] - ends[0] > short[1] - short[0]


def test_the_question_of_the_caption_comes_first_the_others_in_their_order(
    tiny_context: Context,
) -> None:
    topics = ["Q3", "Q2", "Q1", "Q3"]
    rows = [{"topic": topic, "low": 1 + at, "high": 1 + at} for at, topic in enumerate(topics)]
    block = figures_claimed(apart(rows), tiny_context)
    assert [mark.href for mark in block.marks] == ["#c0", "#c3", "#c2", "#c1"]
    ys = [(mark.y + mark.height / 2) * block.height for mark in block.marks]
    assert ys == sorted(ys)
    for mark, y in zip(block.marks, ys, strict=True):
        assert shape_of(block, mark.href[1:]).y == pytest.approx(y, abs=0.01)


def test_what_is_foretold_denied_or_passed_on_is_not_drawn_but_counted(
    tiny_context: Context,
) -> None:
    block = figures_claimed(written([{}, {"is_assertion": False}]), tiny_context)
    assert [mark.href for mark in block.marks] == ["#c0"]
    assert block.numbers["left_out"] == 1
    assert "Not drawn: one predicted, denied," in plain(block.note)


def test_the_texts_give_the_range_of_each_topic_and_each_number(tiny_context: Context) -> None:
    rows = written([{"low": NONE, "high": 4}, {"low": 2, "high": NONE, "speaker": "Rill"}])
    block = figures_claimed(rows, tiny_context)
    assert block.alt == (
        "Rows of marks as of 31 May 2019: two numbers. Anybody hurt, 2 to 4, given by one side."
    )
    assert block.description == (
        "Pell, on 6 May 2019: at most 4 welders, Anybody hurt; Rill, on 6 May 2019: at least 2 "
        "welders, Anybody hurt."
    )


def test_no_figure_at_all_is_said_to_be_none(changed: Changed, tiny_context: Context) -> None:
    folder = changed("claims", "i1", "figure_low", "")
    folder = changed("claims", "i1", "figure_high", "", of=folder)
    block = figures_claimed(analysis.figures_claimed(tiny_view(folder=folder)), tiny_context)
    assert (block.marks, block.description) == ((), "Nobody says how many.")
    assert block.is_empty and block.narrow is None
    assert plain(block.caption) == "Nobody says how many"
    assert block.alt == "Rows of marks as of 31 May 2019: no numbers."


def test_a_figure_of_nought_alone_is_drawn(tiny_context: Context) -> None:
    block = figures_claimed(written([{"low": 0, "high": 0}]), tiny_context)
    assert length(block, "c0") == 0 and words_of(block, "c0")[-1] == "0 welders"
    assert plain(block.caption) == "Anybody hurt: the only figure is 0 (welders)"


def test_the_note_says_that_figures_do_not_add_up_where_there_are_several(
    tiny_context: Context,
) -> None:
    block = figures_claimed(written([{}]), tiny_context)
    assert plain(block.note) == "These are claims, not counts."
    assert plain(block.subtitle) == "Figures stated as fact, or as likely."
    block = figures_claimed(apart([{}, {"low": 20, "high": 20}]), tiny_context)
    assert plain(block.note) == "Claims, not counts: do not add them up."


def test_the_word_that_most_figures_have_stands_in_the_subtitle_alone(
    tiny_context: Context,
) -> None:
    rows = [
        {"low": at, "high": at, "people": people, "speaker": f"s{at}"}
        for at, people in enumerate("abba")
    ]
    block = figures_claimed(written(rows), tiny_context)
    assert [words_of(block, f"c{at}")[-1] for at in range(4)] == ["0", "1 b", "2 b", "3"]
    assert plain(block.subtitle) == (
        "Figures stated as fact, or as likely, each by its first day in May. Bold: Anybody hurt, "
        "on 6 May. A, unless stated otherwise."
    )
    same = figures_claimed(written(rows[::3]), tiny_context)
    assert plain(same.subtitle).endswith("Of a.")
    several = figures_claimed(written(rows[:2]), tiny_context)
    assert [words_of(several, f"c{at}")[-1] for at in range(2)] == ["0 a", "1 b"]
    assert "Of " not in plain(several.subtitle)


@pytest.mark.parametrize(
    ("second", "days", "first"),
    [("2019-05-08", ["6", "8"], ", each by its first day in May."),
     ("2019-05-07..2019-05-09", ["6", "7–9"], ", each by its first day in May."),
     ("2019-04-30..2019-05-01", ["6 May", "30 Apr–1 May"], "likely."),
     ("2018-05-08", ["6 May", "8 May 2018"], "likely.")],
)  # fmt: skip
def test_a_month_that_all_days_share_stands_once_above_them(
    tiny_context: Context, second: str, days: list[str], first: str
) -> None:
    when = f"[{second}]" if ".." in second else second
    rows: list[dict[str, object]] = [{}, {"low": 20, "high": 20, "when": when}]
    block = figures_claimed(written(rows), tiny_context)
    assert [words_of(block, f"c{at}")[0] for at in range(2)] == days
    drawn = [text.get_text() for text in texts(block)]
    assert drawn.count("May") == (1 if days[0] == "6" else 0)
    assert plain(block.subtitle).partition(" Of ")[0].endswith(first)


# On a narrow page


def test_the_narrow_chart_has_the_same_marks_each_below_its_speaker(tiny_context: Context) -> None:
    rows: list[dict[str, object]] = [{"speaker": "Lindqvist", "side": "velland"}, {}]
    block = figures_claimed(written(rows), tiny_context)
    narrow = block.narrow
    assert narrow is not None and narrow.width == 268.5
    where = {text.text: text for text in words_in_svg(root_of(narrow.svg))}
    assert where["Velland"].box[3] < where["10"].box[1], "a side stands above its numbers"
    assert where["Velland"].box[3] < where["6"].box[1] < where["10"].box[3], "with their days"
    assert max(text.box[2] for text in where.values()) <= 268.5
    assert where["6"].box[0] == 0 and where["10"].box[0] > where["6"].box[2]
    drawn = sorted(words_in_svg(root_of(narrow.svg)), key=lambda text: text.box[1])
    speaker, pell = where["Lindqvist"].box, where["Pell"].box
    day, number = (next(text.box for text in drawn if text.text == words) for words in ("6", "10"))
    assert speaker[1] == day[1] and speaker[0] > day[2]
    assert speaker[1] < number[1] < pell[1], "a number stands below who gave it"
    assert where["6"].box[1] == where["10"].box[1], "a side that speaks for itself has one line"
    assert [mark.href for mark in narrow.marks] == [mark.href for mark in block.marks]
    assert {(mark.x, mark.width) for mark in narrow.marks} == {(0.0, 1.0)}
    assert ">Velland<" in narrow.svg and ">10<" in narrow.svg
    bottoms = [mark.y + mark.height for mark in narrow.marks]
    assert bottoms == sorted(bottoms) and bottoms[-1] <= 1


@pytest.mark.parametrize(("width", "lines"), [(WIDTH, 2), (268.5, 1)])
def test_a_long_speaker_has_the_width_of_a_narrow_page(
    tiny_context: Context, width: float, lines: int
) -> None:
    rows: list[dict[str, object]] = [{"speaker": "The Resistance Center of the north"}]
    placed = figures_drawing.layout(figures_by_side(apart(rows)), ["Q3"], width, None, tiny_context)
    assert len(placed.numbers[0].speakers) == lines


# Many figures


@pytest.mark.parametrize("count", [60, LIMITS.marks + 1])
def test_more_numbers_than_a_page_takes_are_counted_by_topic_and_range(
    tiny_context: Context, count: int
) -> None:
    rows = [{"low": 3 + at, "high": 3 + at} for at in range(count)]
    block = figures_claimed(written(rows), tiny_context)
    assert block.marks == () and block.numbers == {"figures": count}
    drawn = [text.get_text() for text in texts(block)]
    assert "5 to 10" in drawn and "10 to 20" in drawn, "ranges follow each other without a gap"
    assert plain(block.note).startswith(
        f"There are {count} figures, too many for a row each. A cell counts the claims with "
        "a figure, or the higher end of a range, from the first number to just below the second; "
        "“at least” and “at most” count with the number that they name. These are claims, not "
        "counts: some may be of all the people, others of a part."
    )
    assert plain(block.subtitle) == (
        "How many figures of each size were given, by what they are of"
    )
    assert block.alt == f"Grid of counts by topic and range: {count} figures."
    cells = grid_counts(block)
    assert {row for row, _ in cells} == {"Anybody hurt"}
    assert cells["Anybody hurt", "2 to 5"] == "2", "3 and 4"
    assert (cells["Anybody hurt", "5 to 10"], cells["Anybody hurt", "10 to 20"]) == ("5", "10")
    assert cells["Anybody hurt", "20 to 50"] == "30"
    assert sum(map(int, cells.values())) == count and block.block_id == "chart-figures-claimed"


def test_a_figure_with_one_end_is_counted_by_that_end_and_nought_has_a_range(
    tiny_context: Context,
) -> None:
    rows = [{"low": 3 + at, "high": 3 + at} for at in range(60)]
    ends: list[dict[str, object]] = [{"low": 1200, "high": NONE}, {"low": NONE, "high": 0}]
    cells = grid_counts(figures_claimed(written([*rows, *ends]), tiny_context))
    assert cells["Anybody hurt", "1,000 to 2,000"] == "1"
    assert cells["Anybody hurt", "0 to 1"] == "1"


def test_as_many_as_a_page_takes_have_a_row_each(tiny_context: Context) -> None:
    rows = [{"low": 3 + at, "high": 3 + at} for at in range(43)]
    block = figures_claimed(apart(rows), tiny_context)
    assert len(block.marks) == 43 and block.height <= 600


@pytest.mark.parametrize(
    ("end", "start", "after"),
    [(0, 0, 1), (1, 1, 2), (4, 2, 5), (5, 5, 10), (9, 5, 10), (10, 10, 20), (1999, 1000, 2000),
     (8000, 5000, 10_000)],
)  # fmt: skip
def test_a_range_of_figures_starts_at_1_2_or_5_and_noughts(
    end: int, start: int, after: int
) -> None:
    place = bisect_right(figures.RANGE_STARTS, end)
    assert figures.RANGE_STARTS[place - 1 : place + 1] == [start, after]
