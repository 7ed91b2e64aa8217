"""The key of the positions by day: the marks in use, bars, broken outlines and later days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from claimbrief.analysis.positions_by_day import DISMISSES, NOT_SO
from claimbrief.charts.days import LATER, is_dated
from claimbrief.charts.layout import text_width
from claimbrief.charts.position_marks import draw_position
from claimbrief.charts.positions_by_day_drawing import BAR, BAR_FILL
from claimbrief.charts.positions_by_day_layout import GAP, Face
from claimbrief.charts.positions_by_day_parts import box, write
from claimbrief.charts.positions_by_day_words import KEY
from claimbrief.context import Context
from claimbrief.house import house
from claimbrief.view import LEAVES_OPEN, SAYS_LIKELY, SAYS_SO
from claimbrief.wording import short_day

ORDER = (SAYS_SO, SAYS_LIKELY, LEAVES_OPEN, DISMISSES, NOT_SO)
RANGE, POSSIBLE, AFTER = "range", "possible", "after"  # kinds of entries besides positions
APART = 9.0  # points between entries
Entry = tuple[str, str, float, int]  # a kind, its words, their left end and line


def key_of(
    drawn: Sequence[Any], counted: Sequence[Any], context: Context, face: Face
) -> list[Entry]:
    """Return what is in use: positions, a range of days, what is only possible, later days.

    `counted` are the positions that are counted beside the marks, also of sides without a track.
    """
    day = short_day(context.at.as_of, context.at.year)
    words = {position: KEY[position] for position in ORDER}
    used = {row.position for row in [*drawn, *counted]}
    words |= {RANGE: "on one of these days", POSSIBLE: f"possibly by {day}", AFTER: f"after {day}"}
    used |= {RANGE for row in drawn if not is_dated(row)}
    used |= {POSSIBLE for row in [*drawn, *counted] if row.certainty != "certain"}
    if drawn and context.at.as_of < context.at.window_end:
        used.add(AFTER)
    entries, x, line = [], 0.0, 0
    for kind in [kind for kind in words if kind in used]:
        width = face.large + GAP + 1 + text_width(words[kind], face.size)
        if x and x + width > face.width:
            x, line = 0.0, line + 1
        entries.append((kind, words[kind], x, line))
        x += width + APART
    return entries


def key_height(key: Sequence[Entry], face: Face) -> float:
    """Return the height of the key in points."""
    return max((line + 1 for *_, line in key), default=0) * face.head_line + 1


def draw_key(axes: Axes, key: Sequence[Entry], face: Face, top: float) -> None:
    """Draw the key from `top` down."""
    for kind, words, x, line in key:
        y = top + face.head_line * (line + 0.5)
        _draw_entry(axes, x + face.large / 2 + 0.5, y, kind, face)
        write(axes, x + face.large + GAP + 1, y, words, face.size, house().muted)


def _draw_entry(axes: Axes, x: float, y: float, kind: str, face: Face) -> None:
    half = face.large / 2
    if kind == AFTER:
        box(axes, (x - half, x + half), (y - half, y + half), LATER, zorder=1)
    elif kind == RANGE:
        heights = (y - BAR / 2, y + BAR / 2)
        box(axes, (x - half, x + half), heights, house().muted, zorder=1, opacity=BAR_FILL)
    elif kind == POSSIBLE:
        draw_position(axes, x, y, LEAVES_OPEN, face.large, is_certain=False)
    else:
        draw_position(axes, x, y, kind, face.large)
