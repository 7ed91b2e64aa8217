"""Which sides have a track in the positions by day, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from claimbrief.analysis.positions_by_day import positions_taken
from claimbrief.charts.positions_by_day_layout import WIDE, Subject, row_of
from claimbrief.context import Context
from claimbrief.dataset import each_row
from claimbrief.view import SAYS_LIKELY, SAYS_SO

TITLE_TRACKS = 12  # so many sides have a track on the title question if other rows have fewer
FEWEST_TRACKS = 4


def subjects_of(frame: pd.DataFrame, questions: pd.DataFrame) -> list[Subject]:
    """Return each question with its sides, first those that come first where not all have a track.

    These are the sides that a reader expects to hear, then those heard most often; on the title
    question before all others those that say so, or likely.
    """
    taken = list(each_row(positions_taken(frame)))
    marks = list(each_row(frame))
    return [
        _subject(
            question,
            [row for row in taken if row.question_id == question.question_id],
            [row for row in marks if row.question_id == question.question_id],
        )
        for question in each_row(questions)
    ]


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
    counts = [
        min(TITLE_TRACKS if subject.is_title else FEWEST_TRACKS, len(subject.paths))
        for subject in subjects
    ]
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
    """Return the height of a question's row in the wide drawing."""
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
