"""The claim timeline: what was claimed on which day, to which question, and how denials stood.

Its parts share an axis of days and nothing else. A statement of a known day is a mark on that
day; one whose day is not known is a bar over all the days that it may be, with an arrow where
the start is open, and its mark stands beside the bar so that it dates nothing. More marks than
`MOST_MARKS` are not drawn one by one but counted (`claimbrief.charts.timeline_counts`).
"""

from __future__ import annotations

from matplotlib.transforms import Bbox

from claimbrief.analysis.escalation import claim_timeline
from claimbrief.blocks import Figure, Mark, text
from claimbrief.charts.canvas import WIDTH, axes_in_points, blank_figure, mark_of, part
from claimbrief.charts.house import house_style
from claimbrief.charts.layout import text_width
from claimbrief.charts.sides import colours_of_sides, draw_key, key_height, key_of_sides
from claimbrief.charts.svg import svg_inside
from claimbrief.charts.timeline_counts import chart_timeline_of_counts
from claimbrief.charts.timeline_drawing import draw_ground, draw_legend, draw_mark, legend_height
from claimbrief.charts.timeline_layout import (
    BOTTOM,
    MANY_MARKS,
    SHAPE,
    SIZE,
    Days,
    Placed,
    placed_marks,
)
from claimbrief.charts.timeline_words import alt_text, description, told
from claimbrief.links import source_line
from claimbrief.view import View

MOST_MARKS = 400  # so many marks a page takes; October has 375


NAMED = "Only a side’s first mark of a kind is named."
NAMED_IN_FEW = "In rows of few marks a side’s first of a kind is named."


def chart_claim_timeline(view: View) -> Figure:
    """Return the claim timeline of the window, by question, with what bounds and denies it."""
    frame = claim_timeline(view)
    if len(frame) > MOST_MARKS:
        return chart_timeline_of_counts(view, frame)
    has_tick = bool((frame["outside_date"] != "").any())
    axis = Days(view.at.window_start, view.at.window_end)
    bands, placed, bottom = placed_marks(view, frame, axis)
    key = key_of_sides(view, set(frame["side"].unique()))
    height = bottom + BOTTOM + legend_height(frame) + key_height(key)
    colours = colours_of_sides(view)
    with house_style():
        figure = blank_figure(WIDTH, height)
        axes = axes_in_points(figure, WIDTH, height)
        draw_ground(axes, view, axis, bands, bottom, events_to=bottom)
        marks = tuple(_mark(view, one, height) for one in placed)
        for place, one in enumerate(placed):
            with part(axes, mark=place):
                draw_mark(axes, one, axis, colours[one.row.side])
        draw_legend(axes, frame, view, bottom + BOTTOM)
        draw_key(axes, key, bottom + BOTTOM + legend_height(frame))
        svg = svg_inside(figure, "chart-claim-timeline", marks)
    return Figure(
        block_id="chart-claim-timeline",
        caption=text("What was said, when and how firmly; and how denials stood"),
        alt=alt_text(view, frame),
        description=description(view, frame),
        svg=svg,
        width=WIDTH,
        height=round(height, 2),
        marks=marks,
        note=text(
            "Rows of claims are the questions that they answer, not degrees. A bar covers every "
            "day on which an undated statement may have "
            "been made, and the shape at its end is no day; an arrow marks an open start"
            + (", a tick the day that another source gives" if has_tick else "")
            + ". A side that says one thing to be so may deny another; each mark opens its words. "
            + (NAMED if len(frame) <= MANY_MARKS else NAMED_IN_FEW)
            + " Glosses and summaries are not drawn."
        ),
        source=source_line(view),
        numbers={"marks": len(frame)},
    )


def _mark(view: View, one: Placed, height: float) -> Mark:
    """Return the link of a mark: its box over bar, shape and name."""
    wide, high = (6.0, 6.0) if one.size == SHAPE else (one.size, one.size / 2 + 0.3)
    right = one.x_end + (text_width(one.label, SIZE) + 8 if one.label else wide)
    box = Bbox([[one.x_start - wide, height - one.y - high], [right, height - one.y + high]])
    return mark_of(one.row.claim_ids, told(view, one.row), box, height, is_on_card=True)
