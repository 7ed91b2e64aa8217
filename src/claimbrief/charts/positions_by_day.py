"""The positions by day: what each side said on each question, drawn wide and drawn narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import matplotlib.figure
import pandas as pd

from claimbrief.analysis.positions_by_day import positions_taken
from claimbrief.blocks import Drawing, Figure
from claimbrief.charts.canvas import drawing
from claimbrief.charts.positions_by_day_drawing import draw_key, draw_rows, key_height, key_of
from claimbrief.charts.positions_by_day_layout import NARROW, WIDE, Face, Row, Subject, row_for
from claimbrief.charts.positions_by_day_points import height_of, labels_of
from claimbrief.charts.positions_by_day_words import alt_text, description, lead_of, subtitle, title
from claimbrief.charts.svg import svg_inside
from claimbrief.context import Context
from claimbrief.dataset import OFFICIAL, each_row
from claimbrief.limits import LIMITS
from claimbrief.lookups import rows_by
from claimbrief.texts import text
from claimbrief.view import SAYS_LIKELY, SAYS_SO

BLOCK = "chart-positions-by-day"
HIGHEST = 272.0  # points: of the wide drawing, so that its page has room for words
GUTTER = 62.0  # points left of the days for names that have no other room
BELOW = 5.0  # points between the labels of days and the key
TITLE_TRACKS = 12  # how many sides have a track on the title question if other rows have fewer
FEWEST_TRACKS = 4


def positions_by_day(
    frame: pd.DataFrame, questions: pd.DataFrame, points: pd.DataFrame, context: Context
) -> Figure:
    """Return the frame `positions_by_day` as a chart, a row per question, a track per side.

    `questions` is `position_tallies`, whose order the rows have, and `points` is `turning_points`.
    Of many sides some have a track (see `subjects_of`); the tallies count all. Of more than
    `LIMITS.marks` marks the first with each position is drawn.
    """
    subjects = subjects_of(frame, questions)
    paper, phone = WIDE(context), NARROW(context)
    labels, key = labels_of(points, paper), key_of(subjects, paper)
    around = height_of(labels, paper) + paper.word_line + BELOW + key_height(key, paper)
    subjects = with_tracks(subjects, paper, HIGHEST - around)
    are_many = sum(len(subject.marks) for subject in subjects) > LIMITS.marks
    if are_many:
        subjects = [subject.with_first_marks() for subject in subjects]
    wide, canvas = _drawing(subjects, points, paper)
    narrow, _ = _drawing(subjects, points, phone)
    counts = questions.drop(columns=["is_title", "is_to_come", "said_by"]).to_dict("records")
    tallies = {
        row.pop("question_id"): {str(name): int(count) for name, count in row.items() if count}
        for row in counts
    }
    return Figure(
        block_id=BLOCK,
        caption=text(title(questions, context)),
        subtitle=text(subtitle(frame, questions, are_first=are_many)),
        alt=alt_text(frame, questions, context),
        description=description(frame, questions, points, context),
        **vars(wide),
        narrow=narrow,
        numbers={"marks": len(frame), "sides": int(frame["side"].nunique()), "questions": tallies},
        is_empty=frame.empty,
        drawn=canvas,
    )


def _drawing(
    subjects: Sequence[Subject], points: pd.DataFrame, face: Face
) -> tuple[Drawing, matplotlib.figure.Figure]:
    if any(track.is_cut for subject in subjects for track in row_for(subject, face).tracks):
        face = replace(face, gutter=GUTTER)
    labels, rows, key = labels_of(points, face), list[Row](), key_of(subjects, face)
    for subject in subjects:
        top = rows[-1].bottom if rows else height_of(labels, face)
        rows.append(row_for(subject, face, top))
    key_top = rows[-1].bottom + face.word_line + BELOW if rows else 0
    height = round(key_top + key_height(key, face), 2)
    with drawing(face.width, height) as (canvas, axes):
        marks = draw_rows(axes, rows, labels, face, height)
        draw_key(axes, key, face, key_top)
        svg = svg_inside(canvas, f"{BLOCK}-narrow" if face.is_narrow else BLOCK, marks)
    return Drawing(svg, face.width, height, tuple(marks)), canvas


def subjects_of(frame: pd.DataFrame, questions: pd.DataFrame) -> list[Subject]:
    """Return each question with its sides, in the order in which they get a track.

    The sides that a reader expects to hear come first, then governments and international
    organisations, those heard most often first in each; on the title question, those that say so,
    or likely, come before all others.
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

    def rank(side: str) -> tuple[bool, bool, bool, int]:
        first = paths[side][0]
        is_behind = question.is_title and side not in saying
        return is_behind, not first.is_expected, first.kind not in OFFICIAL, -first.utterances

    ranked = {side: paths[side] for side in sorted(paths, key=rank)}
    lead = lead_of(taken, question.said_by if question.is_title else "")
    return Subject(question.question_id, question.is_title, lead, tuple(taken), ranked)


def with_tracks(subjects: Sequence[Subject], face: Face, room: float) -> list[Subject]:
    """Return the questions with the sides that have a track, in the height that rows have, `room`.

    The title question has TITLE_TRACKS, each other one FEWEST_TRACKS. As long as there is room, the
    question on which most sides are without a track has one more.
    """
    found = [it.with_sides(TITLE_TRACKS if it.is_title else FEWEST_TRACKS) for it in subjects]
    heights = [row_for(subject, face).bottom for subject in found]
    waiting = set(range(len(subjects)))

    def without(at: int) -> tuple[int, int]:
        return len(subjects[at].paths) - len(found[at].paths), -at

    while waiting:
        at = max(waiting, key=without)
        larger = subjects[at].with_sides(len(found[at].paths) + 1)
        height = row_for(larger, face).bottom
        if without(at)[0] and sum(heights) - heights[at] + height <= room:
            heights[at], found[at] = height, larger
        else:
            waiting.remove(at)
    return found
