"""The claim timeline: what was claimed on which day, to which question, and how denials stood.

Its parts share an axis of days and nothing else. A statement of a known day is a mark on that
day; a statement whose day is not known is a bar over all the days that it may be of, with an arrow
where the start is open, and its mark stands beside the bar so that it dates nothing.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimbrief.analysis.counts import Count, count_of
from claimbrief.analysis.escalation import BOUNDS, CLAIMS, DENIALS
from claimbrief.blocks import Figure, Mark, Numbers
from claimbrief.captions import first_that_fits, in_words, no_assertion
from claimbrief.charts.canvas import WIDTH, drawing, mark_of, part, text_width
from claimbrief.charts.count_grid import count_grid
from claimbrief.charts.days import Days, cells_by_day
from claimbrief.charts.svg import drawn
from claimbrief.charts.timeline_drawing import (
    HEADINGS,
    KEY_LINE,
    MANY_MARKS,
    SHAPE,
    SIZE,
    Placed,
    band_label,
    draw_ground,
    draw_key,
    draw_mark,
    key_lines,
    parts,
    placed_marks,
)
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.limits import LIMITS
from claimbrief.links import claim_in_words
from claimbrief.statements import DENYING, TO_COME
from claimbrief.texts import text
from claimbrief.wording import capitalised, counted, dated, day, described, number

BLOCK = "chart-claim-timeline"
BOTTOM = 16.0  # points below the last band, for the labels of days
NAMED = "Of each side only the first mark of a kind has its name."
SOME_NAMED = "In rows of few marks the first of a kind of each side has its name."
PREFIXES = {BOUNDS: "by a side that says such things itself: "}


def claim_timeline(frame: pd.DataFrame, context: Context) -> Figure:
    """Return the frame `claim_timeline` as a chart: a band a question, stance or level of denial.

    Each row is a mark that opens its first claim's card. More than `LIMITS.marks` rows are counted
    by band and day.
    """
    are_many = len(frame) > LIMITS.marks
    return Figure(
        caption=text(_caption(frame, context)),
        alt=alt_text(frame, context, "Grid of counts" if are_many else "Timeline"),
        **(_count_grid(frame, context) if are_many else _timeline(frame, context)),
        source=context.source,
        numbers=_numbers(frame),
        is_empty=frame.empty,
    )


def _timeline(frame: pd.DataFrame, context: Context) -> dict[str, Any]:
    axis = Days(context.at.window_start, context.at.window_end)
    bands, placed, bottom = placed_marks(frame, context, axis)
    key = key_lines(frame, context)
    key_top = bottom + BOTTOM + KEY_LINE / 2
    height = key_top + KEY_LINE * max((line for _, _, line in key), default=0) + KEY_LINE / 2
    with drawing(WIDTH, height) as (canvas, axes):
        draw_ground(axes, context, axis, bands, bottom)
        marks = tuple(_mark(mark, context, height) for mark in placed)
        for position, mark in enumerate(placed):
            with part(axes, mark=position):
                draw_mark(axes, mark, axis, context.colours[mark.row.side])
        draw_key(axes, key, key_top)
        look = drawn(canvas, BLOCK, round(height, 2), marks)
    return look | {
        "subtitle": text("What was said, how firmly, and how it was answered, day by day"),
        "description": description(frame, context),
        "note": text(_note(frame)),
    }


def _caption(frame: pd.DataFrame, context: Context) -> str:
    """Return how many statements said that something is so, or likely, and how many denied it."""
    said, denied = _asserted(frame), _denied(frame)
    answered = f"{in_words(denied) if denied.total else 'none'} denied or dismissed"
    if said.total:
        who = f"{in_words(said)} {'statement' if said.total == 1 else 'statements'}"
        return first_that_fits(
            f"{who} said that something is so, or likely; {answered} something",
            f"{who} said so, or likely; {answered} it",
        )
    if denied.total:
        return f"Nobody said that anything of this is so; {answered} it"
    return no_assertion(context)


def _asserted(frame: pd.DataFrame) -> Count:
    is_said = (frame["part"] == CLAIMS) & (frame["band"] != TO_COME)
    return count_of(frame[is_said], "utterance_id")


def _denied(frame: pd.DataFrame) -> Count:
    """Return how many statements denied or dismissed what their side had not said itself."""
    is_denied = (frame["part"] == DENIALS) & frame["stance"].isin(DENYING)
    return count_of(frame[is_denied], "utterance_id")


def _numbers(frame: pd.DataFrame) -> Numbers:
    said, denied = _asserted(frame), _denied(frame)
    return {
        "marks": len(frame),
        "said": [said.certain, said.total],
        "denied": [denied.certain, denied.total],
    }


def _mark(mark: Placed, context: Context, height: float) -> Mark:
    """Return the link of a mark: its box over bar, shape and name."""
    wide, high = (6.0, 6.0) if mark.size == SHAPE else (mark.size, mark.size / 2 + 0.3)
    right = mark.x_end + (text_width(mark.label, SIZE) + 8 if mark.label else wide)
    box = (mark.x_start - wide, mark.y - high, right, mark.y + high)
    words = mark_text(mark.row, context)
    return mark_of(mark.row.claim_ids[0], words, box, height, is_on_card=True)


def _note(frame: pd.DataFrame) -> str:
    has_tick = (frame["outside_date"] != "").any()
    return (
        "Each mark opens the words that were said. The rows are questions and no scale. Where the "
        "day is not known, a bar covers every day on which it may have been said, and the shape at "
        "its end is no day; an arrow: or earlier"
        + ("; a tick: the day that another source gives" if has_tick else "")
        + ". A side may say that one thing is so and deny another. "
        + (NAMED if len(frame) <= MANY_MARKS else SOME_NAMED)
        + " What outlets say in their own words is not drawn."
    )


def _count_grid(frame: pd.DataFrame, context: Context) -> dict[str, Any]:
    """Return the marks counted by band and day."""
    bands = parts(frame, context)
    rows = {
        f"{part_} {band}": band_label(part_, band, context)
        for part_, keys in bands.items()
        for band in keys
    }
    headings = {f"{part_} {keys[0]}": HEADINGS[part_] for part_, keys in bands.items() if keys}
    cells, columns, days = cells_by_day(frame, frame["part"] + " " + frame["band"], rows, context)
    note = (
        f"There are {number(len(frame))} marks, too many to be drawn one by one. A cell counts "
        f"those of {'a day' if days == 1 else f'{number(days)} days'} in one row. What has no "
        "known day in the window stands at the right. The rows are questions and no scale. "
        "What outlets say in their own words is not counted."
    )
    what = text("How often what was said, and how often it was denied, day by day")
    return count_grid(BLOCK, cells, rows, columns, note, headings) | {"subtitle": what}


def mark_text(row: Any, context: Context) -> str:
    """Return a mark in words: who, when, what, how firmly, in which band."""
    firmness = context.labels["commitment"][row.commitment]
    band = f"{PREFIXES.get(row.part, '')}{band_label(row.part, row.band, context)}"
    possibly = "" if row.certainty == "certain" else " (possibly)"
    said = claim_in_words(row)
    return f"{capitalised(row.speaker)}, {dated(row.when)}{possibly}: {said} ({firmness}; {band})"


def alt_text(frame: pd.DataFrame, context: Context, kind: str) -> str:
    """Return what the chart is and finds: how many marks each band of claims has, and denials."""
    at = context.at
    lead = (
        f"{kind} of {counted(len(frame), 'mark')} from {day(at.window_start)} to "
        f"{day(at.window_end)}, rows of claims above rows of denials."
    )
    counts = frame.loc[frame["part"] == CLAIMS, "band"].value_counts()
    bands = [
        f"{band_label(CLAIMS, band, context)} {counted(int(counts[band]), 'mark')}"
        for band in parts(frame, context)[CLAIMS]
        if band in counts.index
    ]
    if not bands:
        return f"{lead} Nobody says that anything of this is so, likely or to come."
    limits, denials = (int((frame["part"] == part).sum()) for part in (BOUNDS, DENIALS))
    return (
        f"{lead} Said to be so, or likely: {'; '.join(bands)}. "
        f"Not so, or not yet, by sides that say such things: {counted(limits, 'mark')}. "
        f"Denials and answers: {counted(denials, 'mark')}."
    )


def description(frame: pd.DataFrame, context: Context) -> str:
    """Return the marks in words, in order of date, as many as a description takes."""
    if frame.empty:
        return "No statement in the window."
    return described([mark_text(row, context) for row in each_row(frame)])
