"""Where rows, tracks, marks and names of the positions by day go, in points from the top left.

A row is a question, a track is a side on it. Tracks of a row share a line where neither their marks
nor their names meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

from claimbrief.analysis.positions_by_day import CONTRARY, DRAWN
from claimbrief.charts.canvas import WIDTH, Span, cut_to_width, flow, lanes, text_width, wrapped
from claimbrief.charts.days import Days, is_dated
from claimbrief.charts.positions_by_day_words import side_label
from claimbrief.context import Context
from claimbrief.view import LEAVES_OPEN

GAP, APART = 2.5, 6.0  # points from a mark to its name, and between tracks on a line
PAD = 2.6  # points above and below the lines of a row
BOLD = 1.08  # how much wider bold words may be
BROKEN, SMALLEST_BROKEN = 1.15, 5.6  # how much larger a broken outline is, and its size at least
BETWEEN_SUMS = 7.0  # points from a count to the next mark
LONGEST_NAME = 150.0  # points: a longer name is cut
ASIDE = 0.55  # how far two marks of a day stand from its middle, as a share of their size


@dataclass(frozen=True)
class Face:
    """The measures of a drawing, in points: wide for paper and a wide page, or narrow."""

    context: Context
    width: float
    left: float  # of names and marks: the words of a row stand left of it, or above
    head: float  # size of a row's title
    size: float  # of all other words
    line: float  # height of a track
    large: float  # size of a mark
    small: float
    is_narrow: bool = False
    gutter: float = 0.0  # room for names, left of the days

    @property
    def head_line(self) -> float:
        """The height of a line of a row's title."""
        return self.head * 1.2

    @property
    def word_line(self) -> float:
        """The height of a line of other words."""
        return self.size * 1.2

    @property
    def days(self) -> Days:
        """The axis of days: a mark on its first or last day lies inside."""
        at, half = self.context.at, self.large / 2
        margin = WIDTH - self.width + half
        return Days(at.window_start, at.window_end, margin, self.left + self.gutter + half)


WIDE = partial(Face, width=476.0, left=124.0, head=8, size=7, line=7.7, large=6.4, small=3.5)
NARROW = partial(
    Face, width=268.5, left=2.0, head=10, size=8.5, line=11.5, large=7, small=4, is_narrow=True
)


@dataclass(frozen=True)
class Placed:
    """A mark of the frame: its middle, its size and where the bar over its days begins."""

    row: Any
    x: float
    start: float  # of a mark of a known day: its middle
    size: float

    @property
    def extent(self) -> Span:
        """The left and right edge of bar and mark."""
        return min(self.start, self.x - self.size / 2), self.x + self.size / 2


@dataclass(frozen=True)
class Track:
    """A side on a question: its marks by date, its name with the left end of it, and its height."""

    position: str  # the furthest that it takes
    name: str
    name_x: float
    is_cut: bool  # whether the name had no room
    marks: tuple[Placed, ...]
    extent: Span  # of marks and name
    y: float = 0.0

    def reach(self, mark: Placed) -> Span:
        """Return the left and right edge of what leads to a mark: none of it lies over another."""
        start, end = mark.extent
        others = [it.extent[1] for it in self.marks if it is not mark and start <= it.x < mark.x]
        return min(max([start, *others]), mark.x - mark.size / 2), end


@dataclass(frozen=True)
class Tally:
    """How many sides hold a position: its mark's middle, and the line on which the count stands."""

    position: str
    is_certain: bool
    count: str
    x: float
    line: int


@dataclass(frozen=True)
class Rest:
    """How many sides have no track: the words, their left end and the line on which they stand."""

    words: str
    x: float
    line: int


@dataclass(frozen=True)
class Row:
    """A question: its words, with how many sides have no track, and the tracks of the others."""

    is_title: bool
    head: tuple[str, ...]  # the lines of its title
    lead: str  # how many say so
    tally: tuple[Tally, ...]  # the other positions, after `lead`
    tracks: tuple[Track, ...]
    rest: tuple[Rest, ...]  # on the lines of the tally; at most one
    top: float
    tracks_top: float
    bottom: float

    def drawn(self, face: Face) -> Span:
        """Return the top and the bottom of what is drawn: narrow, the words stand above it."""
        if not face.is_narrow:
            return self.top, self.bottom
        return self.tracks_top if self.tracks else self.bottom, self.bottom


@dataclass(frozen=True)
class Subject:
    """A question with what sides say: their paths by side, those first that have a track first.

    `lead` says how many say so, and `taken` are the rows of `positions_taken` on it.
    """

    question_id: str
    is_title: bool
    lead: str
    taken: tuple[Any, ...]
    paths: Mapping[str, Sequence[Any]]

    @property
    def marks(self) -> list[Any]:
        """The marks of all its sides."""
        return [row for path in self.paths.values() for row in path]

    def with_sides(self, count: int) -> Subject:
        """Return the question with its first sides alone, at most `count` of them."""
        return replace(self, paths=dict(list(self.paths.items())[:count]))

    def with_first_marks(self) -> Subject:
        """Return the question with the first mark of each side with each position alone."""
        paths = {it: [row for row in path if row.is_first] for it, path in self.paths.items()}
        return replace(self, paths=paths)


def row_for(subject: Subject, face: Face, top: float = 0) -> Row:
    """Return a question's row, with a track for each of its sides."""
    furthest: dict[str, str] = {}
    for row in sorted(subject.taken, key=lambda row: (DRAWN.index(row.position), row.latest)):
        if row.side in subject.paths:
            furthest.setdefault(row.side, row.position)
    tracks = [
        _track(side, position, subject.paths[side], face) for side, position in furthest.items()
    ]
    lead, room = subject.lead, face.width if face.is_narrow else face.left - 8
    # In a narrow drawing the title and how many say so share a line.
    beside = text_width(lead, face.size, is_bold=True) + 8 if face.is_narrow else 0
    short = face.context.short_questions[subject.question_id]
    head = tuple(wrapped(short, face.head * BOLD, room - beside))
    more = len({row.side for row in subject.taken} - set(subject.paths))
    sums, rest = _tallies(subject.taken, f"and {more} more" if more else "", face, room)
    last = max([it.line for it in sums] + [it.line for it in rest], default=-1)
    word_lines = (1 if lead and not face.is_narrow else 0) + last + 1
    height = len(head) * face.head_line + word_lines * face.word_line
    above = PAD + (height + 1 if face.is_narrow else 0)
    lines = lanes([track.extent for track in tracks], APART, by_start=False)
    placed = [
        replace(track, y=top + above + face.line * (line + 0.5))
        for track, line in zip(tracks, lines, strict=True)
    ]
    depth = above + face.line * (max(lines, default=-1) + 1) + PAD
    if not face.is_narrow:
        depth = max(depth, height + 2 * PAD)
    return Row(
        subject.is_title, head, lead, sums, tuple(placed), rest,
        top, top + above, top + depth,
    )  # fmt: skip


def _track(side: str, position: str, path: Sequence[Any], face: Face) -> Track:
    """Return a side's track; its name stands left of its marks, right of them, or among them."""
    marks = _placed(path, face)
    is_bold = position != LEAVES_OPEN
    name = cut_to_width(side_label(side, face.context), face.size, LONGEST_NAME)
    extents = [mark.extent for mark in marks]
    width = text_width(name, face.size, is_bold=is_bold)
    name_x, room = _name_place(extents, width, face)
    is_cut = room < width
    if is_cut:
        name = cut_to_width(name, face.size, max(room, face.size) / BOLD)
        width = text_width(name, face.size, is_bold=is_bold)
    start = min(name_x, *(left for left, _ in extents))
    end = max(name_x + width, *(right for _, right in extents))
    return Track(position, name, name_x, is_cut, tuple(marks), (start, end))


def _placed(path: Sequence[Any], face: Face) -> list[Placed]:
    """Return the marks of a path; two of a day stand beside each other."""
    days, axis = [row.when for row in path], face.days
    marks = []
    for row in path:
        start, x = axis.span(row)
        size = face.large if row.is_first else face.small
        if row.certainty != "certain":
            size = max(size * BROKEN, SMALLEST_BROKEN)
        if days.count(row.when) > 1:
            x += size * ASIDE * (1 if row.position in CONTRARY else -1)
        start = x if is_dated(row) else max(start - axis.step / 2, axis.left)
        marks.append(Placed(row, x, start, size))
    return marks


def _name_place(extents: Sequence[Span], width: float, face: Face) -> tuple[float, float]:
    """Return the left end of a name and the room that it has there."""
    first, last = min(left for left, _ in extents), max(right for _, right in extents)
    left_room, right_room = first - GAP - face.left, face.width - last - GAP
    if left_room >= width:
        return first - GAP - width, left_room
    if right_room >= width:
        return last + GAP, right_room
    between = [(left[1] + GAP, right[0] - left[1] - 2 * GAP) for left, right in pairwise(extents)]
    fitting = next((place for place in between if place[1] >= width), None)
    if fitting:
        return fitting
    return max((face.left, left_room), (last + GAP, right_room), *between, key=lambda it: it[1])


def _tallies(
    taken: Sequence[Any], rest: str, face: Face, room: float
) -> tuple[tuple[Tally, ...], tuple[Rest, ...]]:
    """Return how many hold each position but the first, certainly and possibly, and the rest.

    They stand one after the other in as many lines as they take.
    """
    counts = Counter((row.position, row.certainty == "certain") for row in taken)
    kinds = [(name, sure) for name in DRAWN[1:] for sure in (True, False) if counts[name, sure]]
    widths = [face.large + GAP + text_width(str(counts[kind]), face.size) for kind in kinds]
    widths += [text_width(rest, face.size)] if rest else []
    places = list(flow(widths, room, BETWEEN_SUMS))
    found = tuple(Rest(rest, 2 + x, line) for x, line in places[len(kinds) :])
    return tuple(
        Tally(*kind, str(counts[kind]), 2 + x + face.large / 2, line)
        for kind, (x, line) in zip(kinds, places, strict=False)
    ), found
