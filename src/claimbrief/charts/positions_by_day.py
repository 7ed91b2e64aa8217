"""The positions by day: what each side said on each question, drawn wide and drawn narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import matplotlib.figure
import pandas as pd

from claimbrief.analysis.positions_by_day import positions_taken
from claimbrief.blocks import Drawing, Figure
from claimbrief.charts.canvas import axes_in_points, blank_figure
from claimbrief.charts.positions_by_day_drawing import (
    Entry,
    draw_key,
    draw_rows,
    key_height,
    key_of,
)
from claimbrief.charts.positions_by_day_layout import NARROW, WIDE, Face, Row, Subject, row_of
from claimbrief.charts.positions_by_day_points import height_of, labels_of
from claimbrief.charts.positions_by_day_words import alt_text, description, subtitle, title
from claimbrief.charts.svg import svg_inside
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.house import page_style
from claimbrief.limits import LIMITS
from claimbrief.lookups import rows_by
from claimbrief.texts import text
from claimbrief.view import SAYS_LIKELY, SAYS_SO

BLOCK = "chart-positions-by-day"
HIGHEST = 272.0  # points: of the wide drawing, so that its page has room for words
GUTTER = 62.0  # points left of the days for names that have no other room
BELOW = 5.0  # points between the labels of days and the key
TITLE_TRACKS = 12  # so many sides have a track on the title question if other rows have fewer
FEWEST_TRACKS = 4


def positions_by_day(
    frame: pd.DataFrame, questions: pd.DataFrame, points: pd.DataFrame, context: Context
) -> Figure:
    """Return the frame `positions_by_day` as a chart, a row a question, a track a side.

    `questions` is `position_tallies`, whose order the rows have, and `points` is `turning_points`.
    Of many sides some have a track (see `subjects_of`); the tallies count all. Of more than
    `LIMITS.marks` marks the first with each position is drawn.
    """
    subjects = subjects_of(frame, questions)
    room = HIGHEST - _height_around(subjects, points, context, WIDE)
    counts = tracks(subjects, context, room)
    are_many = len(rows_drawn(subjects, counts)) > LIMITS.marks
    subjects = first_marks(subjects) if are_many else subjects
    with page_style():
        wide, canvas = _drawing(subjects, counts, points, context, WIDE)
        narrow, _ = _drawing(subjects, counts, points, context, NARROW)
    return Figure(
        block_id=BLOCK,
        caption=text(title(questions, context)),
        subtitle=text(subtitle(frame, questions, are_first=are_many)),
        alt=alt_text(frame, questions, context),
        description=description(frame, questions, points, context),
        svg=wide.svg,
        width=wide.width,
        height=wide.height,
        marks=wide.marks,
        narrow=narrow,
        numbers=_numbers(frame, questions),
        is_empty=frame.empty,
        drawn=canvas,
    )


def _numbers(frame: pd.DataFrame, questions: pd.DataFrame) -> dict[str, object]:
    """Return how many marks and sides there are, and how many sides hold what on each question."""
    counts = questions.drop(columns=["is_title", "is_to_come", "said_by"]).to_dict("records")
    tallies = {
        row.pop("question_id"): {str(name): int(count) for name, count in row.items() if count}
        for row in counts
    }
    return {"marks": len(frame), "sides": int(frame["side"].nunique()), "questions": tallies}


def _height_around(
    subjects: Sequence[Subject], points: pd.DataFrame, context: Context, face: Face
) -> float:
    counts = [len(subject.paths) for subject in subjects]
    labels = labels_of(points, context, face)
    key = _key(subjects, counts, context, face)
    return height_of(labels, face) + face.word_line + BELOW + key_height(key, face)


def _key(
    subjects: Sequence[Subject], counts: Sequence[int], context: Context, face: Face
) -> list[Entry]:
    counted = [row for subject in subjects for row in subject.taken]
    return key_of(rows_drawn(subjects, counts), counted, context, face)


def _rows(
    subjects: Sequence[Subject], counts: Sequence[int], context: Context, face: Face, top: float
) -> list[Row]:
    rows: list[Row] = []
    for subject, count in zip(subjects, counts, strict=True):
        rows.append(row_of(subject, count, context, face, rows[-1].bottom if rows else top))
    return rows


def _drawing(
    subjects: Sequence[Subject],
    counts: Sequence[int],
    points: pd.DataFrame,
    context: Context,
    face: Face,
) -> tuple[Drawing, matplotlib.figure.Figure]:
    rows = _rows(subjects, counts, context, face, 0)
    if any(track.is_cut for row in rows for track in row.tracks):
        face = replace(face, gutter=GUTTER)
    labels = labels_of(points, context, face)
    rows = _rows(subjects, counts, context, face, height_of(labels, face))
    key = _key(subjects, counts, context, face)
    key_top = rows[-1].bottom + face.word_line + BELOW if rows else 0
    height = round(key_top + key_height(key, face), 2)
    canvas = blank_figure(face.width, height)
    axes = axes_in_points(canvas, face.width, height)
    marks = draw_rows(axes, rows, labels, context, face, height)
    draw_key(axes, key, face, key_top)
    block_id = f"{BLOCK}-narrow" if face.is_narrow else BLOCK
    svg = svg_inside(canvas, block_id, marks)
    return Drawing(svg, face.width, height, tuple(marks)), canvas


def subjects_of(frame: pd.DataFrame, questions: pd.DataFrame) -> list[Subject]:
    """Return each question with its sides, first those that come first where not all have a track.

    These are the sides that a reader expects to hear, then those heard most often; on the title
    question before all others those that say so, or likely.
    """
    taken, marks = (rows_by(rows, "question_id") for rows in (positions_taken(frame), frame))
    subjects = []
    for question in each_row(questions):
        key = (question.question_id,)
        subjects.append(_subject(question, taken.get(key, []), marks.get(key, [])))
    return subjects


def _subject(question: Any, taken: Sequence[Any], marks: Sequence[Any]) -> Subject:
    paths: dict[str, list[Any]] = {}
    for row in marks:
        paths.setdefault(row.side, []).append(row)
    saying = {row.side for row in taken if row.position in (SAYS_SO, SAYS_LIKELY)}

    def rank(side: str) -> tuple[bool, bool, int]:
        first = paths[side][0]
        is_behind = question.is_title and side not in saying
        return is_behind, not first.is_expected, -first.utterances

    ranked = {side: paths[side] for side in sorted(paths, key=rank)}
    return Subject(question.question_id, question.is_title, tuple(taken), ranked)


def tracks(subjects: Sequence[Subject], context: Context, room: float) -> list[int]:
    """Return how many sides have a track on each question, in the height that rows have, `room`.

    The title question has TITLE_TRACKS, each other one FEWEST_TRACKS. As long as there is room, the
    question on which most sides are without a track has one more.
    """
    counts = [min(TITLE_TRACKS if it.is_title else FEWEST_TRACKS, len(it.paths)) for it in subjects]
    heights = [_height(*given, context) for given in zip(subjects, counts, strict=True)]
    waiting = set(range(len(subjects)))

    def without(at: int) -> tuple[int, int]:
        return len(subjects[at].paths) - counts[at], -at

    while waiting:
        at = max(waiting, key=without)
        more = _height(subjects[at], counts[at] + 1, context)
        if without(at)[0] and sum(heights) - heights[at] + more <= room:
            heights[at], counts[at] = more, counts[at] + 1
        else:
            waiting.remove(at)
    return counts


def _height(subject: Subject, count: int, context: Context) -> float:
    return row_of(subject, count, context, WIDE).bottom


def rows_drawn(subjects: Sequence[Subject], counts: Sequence[int]) -> list[Any]:
    """Return the marks of the sides that have a track."""
    return [
        row
        for subject, count in zip(subjects, counts, strict=True)
        for path in list(subject.paths.values())[:count]
        for row in path
    ]


def first_marks(subjects: Sequence[Subject]) -> list[Subject]:
    """Return the questions with the first mark of each side with each position alone."""
    return [
        replace(
            subject,
            paths={
                side: [row for row in path if row.is_first] for side, path in subject.paths.items()
            },
        )
        for subject in subjects
    ]
