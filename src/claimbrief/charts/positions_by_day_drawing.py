"""How the positions by day are drawn: the ground, words, tracks, marks and the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes

from claimbrief.analysis.answers_by_side import DISMISSES, NOT_SO
from claimbrief.blocks import Mark
from claimbrief.charts.canvas import (
    Span,
    box,
    flow,
    lines,
    mark_of,
    part,
    text_width,
    write,
    write_over,
)
from claimbrief.charts.days import LATER, is_dated
from claimbrief.charts.positions_by_day_layout import GAP, PAD, Face, Row, Subject, Track
from claimbrief.charts.positions_by_day_points import Label, draw_points
from claimbrief.charts.positions_by_day_words import KEY, mark_words
from claimbrief.charts.shapes import BLUE, colour_of, draw_position
from claimbrief.house import house
from claimbrief.view import LEAVES_OPEN, SAYS_LIKELY, SAYS_SO

TINT = "#faf3ea"  # the ground of the title question; media.css has a dark-mode colour for it
BAR, BAR_FILL = 3.0, 0.28  # of a range of days: points across, and opacity
SUM = 0.85  # of the mark beside a count: its size, as a share of a large mark
DAY_ROOM = 6.4  # of the label of a day: its width, as a share of the size of words
ORDER = (SAYS_SO, SAYS_LIKELY, LEAVES_OPEN, DISMISSES, NOT_SO)
RANGE, POSSIBLE, AFTER = "range", "possible", "after"  # kinds of entries besides positions
APART = 9.0  # points between entries
Entry = tuple[str, str, float, int]  # a kind, its words, their left end and line


@dataclass(frozen=True)
class Ground:
    """What lies below the names of a row: its colour, where later days begin, and broken lines."""

    colour: str
    later: float
    lines: tuple[float, ...]


def draw_rows(
    axes: Axes, rows: Sequence[Row], labels: Sequence[Label], face: Face, height: float
) -> list[Mark]:
    """Draw the ground, turning points, words and tracks; return the links of the marks."""
    if rows:
        _draw_ground(axes, rows, face)
        draw_points(axes, labels, rows, face)
    parts: dict[tuple[str, str], list[tuple[Span, Span]]] = {}
    for track in (track for row in rows for track in row.tracks):
        for before, after in pairwise(track.marks):
            key = (max(before.row.since, after.row.since), colour_of(track.position))
            parts.setdefault(key, []).append(((before.x, after.x), (track.y, track.y)))
    for (since, colour), of_day in parts.items():
        with part(axes, since=since):
            lines(axes, of_day, color=colour, alpha=0.45, linewidth=0.9, zorder=1.8)
    later = face.days.later(face.context.at.as_of)
    crossing = tuple(label.start for label in labels if label.is_day)
    marks: list[Mark] = []
    for row in rows:
        _draw_words(axes, row, face)
        ground = Ground(TINT if row.is_title else house().paper, later, crossing)
        for track in row.tracks:
            marks += _draw_track(axes, track, ground, len(marks), face, height)
    return marks


def _draw_ground(axes: Axes, rows: Sequence[Row], face: Face) -> None:
    """Draw what lies below the marks: the title question's ground, later days, days, rules."""
    axis, whole = face.days, (0.0, face.width)
    for row in rows:
        if row.is_title:
            box(axes, whole, (row.top, row.bottom), TINT, zorder=-1)
        if (left := axis.later(face.context.at.as_of)) < axis.edge:
            box(axes, (left, face.width), row.drawn(face), LATER, zorder=0.5)
    edges = [*(row.top for row in rows), rows[-1].bottom]
    rules = [(whole, (edge, edge)) for edge in edges]
    lines(axes, rules, color=house().faint, linewidth=0.7, zorder=0.8)
    _draw_days(axes, rows, face)


def _draw_days(axes: Axes, rows: Sequence[Row], face: Face) -> None:
    """Draw a line and a label for the first day of each week, or of as few weeks as fit."""
    axis, context = face.days, face.context
    days = axis.weeks(DAY_ROOM * face.size * (1 if context.at.year else 1.6))
    parts = [((x, x), row.drawn(face)) for x in map(axis.x, days) for row in rows]
    lines(axes, parts, color=house().faint, linewidth=0.5, zorder=0.7)
    for day in days:
        words = context.short_day(day)
        half = text_width(words, face.size) / 2
        x, y = min(max(axis.x(day), half), face.width - half), rows[-1].bottom + 3
        write(axes, x, y, words, face.size, house().muted, ha="center", va="top")


def _draw_words(axes: Axes, row: Row, face: Face) -> None:
    """Draw a row's title, and of the brief's day its tally and how many sides have no track."""
    y = row.top + PAD + face.head_line / 2
    for line in row.head:
        write_over(axes, 2, y, line, face.head, house().ink, is_bold=True)
        y += face.head_line
    with part(axes, since=face.context.at.as_of.isoformat()):
        _draw_counts(axes, row, face, y + (face.word_line - face.head_line) / 2)


def _draw_counts(axes: Axes, row: Row, face: Face, y: float) -> None:
    if row.lead and face.is_narrow:
        beside = row.top + PAD + face.head_line / 2
        width = text_width(row.lead, face.size, is_bold=True)
        write_over(axes, face.width - 2 - width, beside, row.lead, face.size, BLUE, is_bold=True)
    elif row.lead:
        write_over(axes, 2, y, row.lead, face.size, BLUE, is_bold=True)
        y += face.word_line
    for entry in row.tally:
        middle = y + entry.line * face.word_line
        size = face.large * SUM
        draw_position(axes, entry.x, middle, entry.position, size, is_certain=entry.is_certain)
        after = entry.x + face.large / 2 + GAP
        write_over(axes, after, middle, entry.count, face.size, house().muted)
    for rest in row.rest:
        middle = y + rest.line * face.word_line
        write_over(axes, rest.x, middle, rest.words, face.size, house().muted)


def _draw_track(
    axes: Axes, track: Track, ground: Ground, first: int, face: Face, height: float
) -> list[Mark]:
    """Draw a side's name and marks; return the links of these, which count from `first`."""
    links = []
    for at, mark in enumerate(track.marks):
        if not is_dated(mark.row):
            with part(axes, since=mark.row.since):
                heights = (track.y - BAR / 2, track.y + BAR / 2)
                colour = colour_of(mark.row.position)
                box(axes, (mark.start, mark.x), heights, colour, zorder=1.9, opacity=BAR_FILL)
        with part(axes, mark=first + at):
            if not at:
                _draw_name(axes, track, ground, face)
            sure = mark.row.certainty == "certain"
            draw_position(axes, mark.x, track.y, mark.row.position, mark.size, is_certain=sure)
        start, end = track.reach(mark)
        edges = (start - 1.2, track.y - face.line / 2, end + 1.2, track.y + face.line / 2)
        row, words = mark.row, mark_words(mark.row, face.context)
        links.append(mark_of(row.claim_id, words, edges, height, face.width, since=row.since))
    return links


def _draw_name(axes: Axes, track: Track, ground: Ground, face: Face) -> None:
    """Draw a side's name, over a piece of ground where a line would cross it."""
    is_bold = track.position != LEAVES_OPEN
    width = text_width(track.name, face.size, is_bold=is_bold)
    left, right = track.name_x - 1, track.name_x + width + 1
    is_among_marks = track.marks[0].x < track.name_x < track.marks[-1].x
    if is_among_marks or any(left < x < right for x in ground.lines):
        below = LATER if left > ground.later else ground.colour
        heights = (track.y - face.size / 2, track.y + face.size / 2)
        box(axes, (left, right), heights, below, zorder=2)
    colour = colour_of(track.position)
    write_over(axes, track.name_x, track.y, track.name, face.size, colour, is_bold=is_bold)


def key_of(subjects: Sequence[Subject], face: Face) -> list[Entry]:
    """Return what is in use: positions, a range of days, what is only possible, later days.

    Positions are also counted of sides without a track.
    """
    context, drawn = face.context, [row for subject in subjects for row in subject.marks]
    counted = [row for subject in subjects for row in subject.taken]
    day = context.short_day(context.at.as_of)
    words = {position: KEY[position] for position in ORDER}
    used = {row.position for row in [*drawn, *counted]}
    words |= {RANGE: "on one of these days", POSSIBLE: f"possibly by {day}", AFTER: f"after {day}"}
    used |= {RANGE for row in drawn if not is_dated(row)}
    used |= {POSSIBLE for row in [*drawn, *counted] if row.certainty != "certain"}
    if drawn and context.at.as_of < context.at.window_end:
        used.add(AFTER)
    entries = [(kind, label) for kind, label in words.items() if kind in used]
    widths = (face.large + GAP + 1 + text_width(label, face.size) for _, label in entries)
    places = flow(widths, face.width, APART)
    return [(*entry, *place) for entry, place in zip(entries, places, strict=True)]


def key_height(key: Sequence[Entry], face: Face) -> float:
    """Return the height of the key in points."""
    return max((line + 1 for *_, line in key), default=0) * face.head_line + 1


def draw_key(axes: Axes, key: Sequence[Entry], face: Face, top: float) -> None:
    """Draw the key from `top` down."""
    for kind, words, x, line in key:
        y = top + face.head_line * (line + 0.5)
        _draw_entry(axes, x + face.large / 2 + 0.5, y, kind, face)
        write_over(axes, x + face.large + GAP + 1, y, words, face.size, house().muted)


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
