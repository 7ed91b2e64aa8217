"""The claim timeline: what was claimed on which day, at which step, and how denials stood.

Two ladders share an axis of days and nothing else. A statement of a known day is a mark on that
day; one whose day is not known is a bar over all the days that it may be, with an arrow where
the start is open, and its mark stands beside the bar so that it dates nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch
from matplotlib.transforms import Bbox

from claimbrief.analysis.escalation import (
    CLAIMS,
    DENIALS,
    UNPLACED,
    claim_timeline,
    uncovered_days,
)
from claimbrief.analysis.findings import findings
from claimbrief.analysis.statements import top_body
from claimbrief.blocks import Figure, Mark, claim_anchor, text
from claimbrief.charts.canvas import (
    FAINT,
    GROUND,
    INK,
    MUTED,
    PAPER,
    WIDTH,
    blank_figure,
    house_style,
    mark_of,
    side_colours,
    svg_inside,
)
from claimbrief.charts.layout import lanes, text_width
from claimbrief.dataset import each_row
from claimbrief.dates import parse
from claimbrief.links import source_line
from claimbrief.view import View
from claimbrief.wording import counted, dated, day, listed, short_day

SHAPES = {
    "affirms": "o", "affirms_hedged": "D", "holds_possible": "s", "supposes": "^",
    "notes_reports": "v", "declines": "<", "dismisses": "X", "denies": "P", "meta": "*",
}  # fmt: skip
FILLS = {"CT": 1.0, "PR": 0.5, "PS": 0.2}  # opacity of the fill; hollow without commitment
LEFT, RIGHT, TOP, BOTTOM = 122.0, 88.0, 26.0, 16.0  # points around the days
LANE, CONTEXT_LANE, EMPTY, GAP = 13.0, 9.5, 9.0, 26.0  # points: lanes, an empty step, a gap
SIZE = 7.5  # points: names at marks


@dataclass(frozen=True)
class Placed:
    """A mark of the timeline with its place in points, from the top left of the figure."""

    row: Any
    x_start: float
    x_end: float
    y: float
    label: str


def chart_claim_timeline(view: View) -> Figure:
    """Return the claim timeline of the window, with the ladders of claims and of denials."""
    frame = claim_timeline(view)
    axis = _Days(view.at.window_start, view.at.window_end)
    bands, placed, bottom = _placed(view, frame, axis)
    height = bottom + BOTTOM + _legend_height(frame)
    colours = _colours(view)
    with house_style():
        figure = blank_figure(WIDTH, height)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.axis("off")
        _draw_ground(axes, view, axis, bands, bottom)
        for one in placed:
            _draw_mark(axes, one, colours[one.row.side])
            _draw_outside_day(axes, one, axis, colours[one.row.side])
        _draw_legend(axes, frame, view, bottom + BOTTOM)
        svg = svg_inside(figure, "chart-claim-timeline")
    return Figure(
        block_id="chart-claim-timeline",
        caption=text("What was claimed, when and how firmly; and how denials stood"),
        alt=_alt(view, frame),
        description=_description(view, frame),
        svg=svg,
        width=WIDTH,
        height=round(height, 2),
        marks=tuple(_mark(view, one, height) for one in placed),
        note=text(
            "Two scales: the steps of the claim ladder order what would be the case if it were so, "
            "not how likely it is. A bar covers every day on which an undated statement may have "
            "been made; an arrow marks an open start, a tick "
            "the day that another source gives. Colours tell sides apart; names say whose. "
            "Glosses and summaries are not drawn."
        ),
        source=source_line(view),
        numbers={"marks": len(frame), "speakers": int(frame["speaker"].nunique())},
    )


@dataclass(frozen=True)
class _Days:
    """The axis of days, in points from the left edge of the figure."""

    start: date
    end: date

    @property
    def step(self) -> float:
        return (WIDTH - LEFT - RIGHT) / ((self.end - self.start).days + 1)

    def x(self, value: date) -> float:
        return LEFT + ((value - self.start).days + 0.5) * self.step

    def inside(self, value: date) -> date:
        return min(max(value, self.start), self.end)


def _placed(
    view: View, frame: pd.DataFrame, axis: _Days
) -> tuple[list[tuple[str, str, float, float]], list[Placed], float]:
    """Return the bands (ladder, step, top, bottom), the placed marks and where the last ends."""
    rungs = [*sorted(view.whole.labels("rung"), key=int, reverse=True), UNPLACED]
    levels = list(reversed(view.whole.labels("denial")))
    bands, placed, top = [], [], TOP
    for ladder, steps in ((CLAIMS, rungs), (DENIALS, levels)):
        for step in steps:
            rows = frame[(frame["ladder"] == ladder) & (frame["step"] == step)]
            if step == UNPLACED and rows.empty:
                continue
            marks = _band(rows, axis, top, is_context=ladder == CLAIMS and step == "0")
            depth = max([one.y + LANE / 2 for one in marks], default=top + EMPTY) - top + 3
            bands.append((ladder, step, top, top + depth))
            placed += marks
            top += depth
        top += GAP if ladder == CLAIMS else 0
    return bands, placed, top


def _band(rows: pd.DataFrame, axis: _Days, top: float, is_context: bool) -> list[Placed]:
    """Return the marks of one step, in lanes; on the lowest step one mark an utterance."""
    pitch = CONTEXT_LANE if is_context else LANE
    if is_context:
        rows = rows.drop_duplicates("utterance_id")
    marks = []
    for row in each_row(rows):
        when = row.when
        start = axis.x(axis.inside(when.earliest or axis.start))
        end = axis.x(axis.inside(when.latest))
        if not when.is_day:
            start, end = start - axis.step / 2, end + axis.step / 2
        marks.append((row, start, end, _name(str(row.speaker))))
    extents = [
        (start - 5, end + (5 if start == end else 14) + text_width(label, SIZE) + 6)
        for _, start, end, label in marks
    ]
    return [
        Placed(row, start, end, top + 2 + pitch * lane + LANE / 2, label)
        for (row, start, end, label), lane in zip(marks, lanes(extents), strict=True)
    ]


def _name(speaker: str) -> str:
    """Return the first of several speakers and how many more there are."""
    first, *others = speaker.split(", ")
    return f"{first} + {len(others)}" if others else first


def _colours(view: View) -> dict[str, str]:
    actors = view.whole.actors["actor_id"]
    heard = view.whole.speakers["actor_id"]
    bodies = {top_body(view.whole.actors, actor) for actor in heard}
    return side_colours([actor for actor in actors if actor in bodies])


def _draw_ground(
    axes: Axes, view: View, axis: _Days, bands: list[tuple[str, str, float, float]], bottom: float
) -> None:
    """Draw bands, their labels, the days, events and the days that are not covered."""
    left, right = LEFT, WIDTH - RIGHT
    rungs, levels = view.whole.labels("rung"), view.whole.labels("denial")
    for place, (ladder, step, top, low) in enumerate(bands):
        if place % 2 == 0:
            axes.fill_between([left, WIDTH], top, low, color=GROUND, linewidth=0, zorder=-1)
        label = "content not stated"
        if step != UNPLACED:
            label = f"{step}  {rungs[step]}" if ladder == CLAIMS else f"{step}  {levels[step]}"
        axes.text(left - 6, (top + low) / 2, label, ha="right", va="center", size=7.5, color=INK)
    for ladder, heading in ((CLAIMS, "Claims"), (DENIALS, "Denials")):
        tops = [top for name, _, top, _ in bands if name == ladder]
        if tops:
            axes.text(0, tops[0] - 5, heading, size=8.5, weight="bold", color=INK)
    for one in range((axis.end - axis.start).days + 1):
        value = date.fromordinal(axis.start.toordinal() + one)
        x = axis.x(value)
        if one % 7 == 0 or value == axis.end:
            axes.plot([x, x], [TOP, bottom], color=FAINT, linewidth=0.6, zorder=0)
            axes.text(x, bottom + 4, short_day(value), ha="center", va="top", size=7, color=MUTED)
    _draw_events(axes, view, axis, bottom)
    uncovered = set(uncovered_days(view)["day"])
    for value in sorted(uncovered):
        x = axis.x(value) - axis.step / 2
        axes.fill_between(
            [x, x + axis.step],
            TOP,
            bottom,
            facecolor="none",
            edgecolor=FAINT,
            hatch="////",
            linewidth=0,
        )
    if axis.start <= view.at.as_of < axis.end:
        x = axis.x(view.at.as_of) + axis.step / 2
        axes.fill_between([x, right], TOP, bottom, color="#e9ecef", linewidth=0, zorder=0.5)
        axes.text(x + 3, TOP - 4, "after the brief’s day", size=7, color=MUTED)


def _draw_events(axes: Axes, view: View, axis: _Days, bottom: float) -> None:
    for event in each_row(view.whole.events):
        when = parse(str(event.date))
        if when.is_day and axis.start <= when.latest <= min(axis.end, view.at.as_of):
            x = axis.x(when.latest)
            axes.plot([x, x], [TOP - 8, bottom], color=MUTED, linewidth=0.7, linestyle=(0, (2, 2)))
            words = f"{short_day(when.latest)}: {event.label}"
            axes.text(x + 3, TOP - 12, words, size=7, color=MUTED, style="italic", va="center")


def _draw_mark(axes: Axes, one: Placed, colour: str) -> None:
    """Draw a mark with its name; a bar first where the day is not known."""
    is_context = one.row.ladder == CLAIMS and one.row.step == "0"
    x = one.x_end
    if one.x_start != one.x_end:
        axes.add_patch(
            FancyBboxPatch(
                (one.x_start, one.y - 2.5),
                one.x_end - one.x_start,
                5,
                boxstyle="round,pad=0,rounding_size=2.5",
                facecolor=colour,
                alpha=0.22,
                linewidth=0,
            )
        )
        if one.row.when.earliest is None:
            axes.plot([one.x_start - 1, one.x_start + 4], [one.y, one.y - 4], color=colour, lw=1)
            axes.plot([one.x_start - 1, one.x_start + 4], [one.y, one.y + 4], color=colour, lw=1)
        x = one.x_end + 8
    fill = FILLS.get(one.row.commitment[:2], 0.0)
    if is_context:
        axes.plot([x], [one.y], marker=".", markersize=4, color=colour)
    else:
        shape = SHAPES.get(one.row.stance, "d")
        axes.plot([x], [one.y], marker=shape, markersize=6.5, color=PAPER, mew=0, zorder=3)
        axes.plot(
            [x],
            [one.y],
            marker=shape,
            markersize=6.5,
            color=colour,
            alpha=fill or None,
            mfc=colour if fill else "none",
            mew=0,
            zorder=4,
        )
        axes.plot(
            [x], [one.y], marker=shape, markersize=6.5, mfc="none", mec=colour, mew=1, zorder=5
        )
    axes.text(
        x + 6, one.y, one.label, va="center_baseline", size=SIZE, color=MUTED if is_context else INK
    )


def _draw_outside_day(axes: Axes, one: Placed, axis: _Days, colour: str) -> None:
    """Draw a tick on the bar of an undated statement at the day that another source gives."""
    if one.x_start != one.x_end and one.row.outside_date:
        when = parse(one.row.outside_date)
        if when.is_day and axis.start <= when.latest <= axis.end:
            x = axis.x(when.latest)
            axes.plot([x, x], [one.y - 4.5, one.y + 4.5], color=colour, linewidth=1.6)


def _legend_height(frame: pd.DataFrame) -> float:
    return 26.0 if len(frame) else 0.0


def _draw_legend(axes: Axes, frame: pd.DataFrame, view: View, top: float) -> None:
    """Draw the shapes and fills in use; names of speakers stand at their marks."""
    drawn = frame[~((frame["ladder"] == CLAIMS) & (frame["step"] == "0"))]
    stances, firmness = view.whole.labels("stance"), view.whole.labels("commitment")
    x, y = 0.0, top + 6
    for stance in [code for code in stances if code in set(drawn["stance"])]:
        x, y = _legend_item(axes, x, y, SHAPES.get(stance, "d"), 0.0, stances[stance])
    x = x + 8
    for kind, fill in FILLS.items():
        if any(str(code).startswith(kind) for code in drawn["commitment"]):
            x, y = _legend_item(axes, x, y, "o", fill, firmness[f"{kind}+"])
    if any(str(code)[:2] not in FILLS for code in drawn["commitment"]):
        _legend_item(axes, x, y, "o", 0.0, "no commitment")


def _legend_item(
    axes: Axes, x: float, y: float, shape: str, fill: float, words: str
) -> tuple[float, float]:
    width = 10 + text_width(words, 7) + 10
    if x + width > WIDTH:
        x, y = 0.0, y + 11
    axes.plot(
        [x + 4],
        [y],
        marker=shape,
        markersize=5.5,
        color=MUTED,
        alpha=fill or None,
        mfc=MUTED if fill else "none",
        mew=0,
    )
    axes.plot([x + 4], [y], marker=shape, markersize=5.5, mfc="none", mec=MUTED, mew=0.9)
    axes.text(x + 10, y, words, va="center_baseline", size=7, color=MUTED)
    return x + width, y


def _mark(view: View, one: Placed, height: float) -> Mark:
    """Return the link of a mark: its box over bar, shape and name."""
    right = one.x_end + (8 if one.x_start != one.x_end else 0) + 8 + text_width(one.label, SIZE)
    box = Bbox([[one.x_start - 6, height - one.y - 6], [right, height - one.y + 6]])
    label = f"{_told(view, one.row)}. Open {', '.join(one.row.claim_ids)}"
    return mark_of(box, WIDTH, height, f"#{claim_anchor(one.row.claim_ids[0])}", label)


def _told(view: View, row: Any) -> str:
    """Return a mark in words: who, when, what, how firmly, at which step."""
    stances, firmness = view.whole.labels("stance"), view.whole.labels("commitment")
    if row.ladder == DENIALS:
        step = f"denial {row.step}, {view.whole.labels('denial')[row.step]}"
    elif row.step == UNPLACED:
        step = "content not stated"
    else:
        step = f"step {row.step}, {view.whole.labels('rung')[row.step]}"
    possibly = "" if row.certainty == "certain" else " (possibly)"
    return (
        f"{row.speaker}, {dated(row.when)}{possibly}: {stances[row.stance]}, "
        f"{firmness[row.commitment]}; {step}"
    )


def _alt(view: View, frame: pd.DataFrame) -> str:
    at, shown = view.at, findings(view)
    window = f"{day(at.window_start)} to {day(at.window_end)}"
    lead = f"Timeline of {counted(len(frame), 'mark')} from {window} on two ladders, claims above denials."
    if shown.highest_rung is None:
        return f"{lead} Nobody asserts anything above the lowest step."
    who = listed([f"{one.speaker} {dated(one.when)}" for one in shown.strongest])
    tail = f" The highest step asserted is {shown.highest_rung}: {who}."
    denied = listed([f"{one.speaker} {dated(one.when)}" for one in shown.denials])
    return lead + tail + (f" Denials: {denied}." if denied else " No denials.")


def _description(view: View, frame: pd.DataFrame) -> str:
    if frame.empty:
        return "No statement in the window."
    return ". ".join(_told(view, row) for row in each_row(frame)) + "."
