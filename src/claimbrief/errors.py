"""What can go wrong, in one place, and how it is drawn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Signs that cannot be seen and change how what is around them is read: controls, marks of
# direction, blanks without a width, halves of a pair, signs of private use. Joiners are letters'.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)


def printable(text: str) -> str:
    """Return a text as a terminal may print it: invisible signs but line breaks as "\\x1b"."""
    lines = text.split("\n")
    return "\n".join(INVISIBLE.sub(lambda sign: ascii(sign[0])[1:-1], line) for line in lines)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one place.

    `where` is the file or table, `row` the line of the file as an editor counts it (the header
    is line 1; 0 when the problem is the whole file), `column` the field ("" when it is the row),
    `key` the cells of the row's primary key, where it has any.
    """

    where: str
    row: int
    column: str
    found: str
    accepted: str
    todo: str
    key: str = ""

    def __str__(self) -> str:
        file = self.where if "." in self.where else f"{self.where}.csv"
        key = f" ({_shortened(self.key)})" if self.key else ""
        line = f", row {self.row}{key}" if self.row else ""
        column = f", {self.column}" if self.column else ""
        return printable(
            f"{file}{line}{column}: found {_shortened(self.found)}; "
            f"accepted: {_shortened(self.accepted)}; to do: {self.todo}"
        ).replace("\n", r"\n")


def _shortened(cell: str) -> str:
    return cell if len(cell) <= FOUND else f"{cell[:FOUND]}… ({len(cell):,} signs)"


FOUND = 1_000  # signs of a cell that are printed; quotes are shorter
LISTED = 20  # problems of a kind, or accepted values, that are listed; the rest are counted


def listed(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield a line for each problem; for many of a kind, the first 20 and the number left."""
    kinds = Counter(map(_kind, problems))
    left = dict.fromkeys(kinds, LISTED)
    for problem in problems:
        kind = _kind(problem)
        left[kind] -= 1
        if left[kind] >= 0:
            yield str(problem)
    for (where, column, todo), count in kinds.items():
        if count > LISTED:
            place = f"{where}, column {column}" if column else where
            yield f"{place}: {count - LISTED} more; to do: {todo}"


def _kind(problem: Problem) -> tuple[str, str, str]:
    """Return the kind of a problem, of which only some are listed: table, column, what to do.

    Problems of a whole file or of its header are of one kind, whichever column they name.
    """
    return problem.where, problem.column if problem.row else "", problem.todo


class BriefError(Exception):
    """An error of the input or of the call, printed without a traceback.

    `exit_status` is 1 where data, a notebook or a page is at fault and 2 for wrong usage.
    """

    exit_status = 1

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook prints of the error: its message, without a traceback."""
        return [printable(f"{type(self).__name__}: {self}")]


class DateError(BriefError):
    """A date outside the subset of EDTF (ISO 8601-2) that the dataset may use."""


class DatasetError(BriefError):
    """A data package that cannot be read or does not pass the check; carries all the problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{count} problem{'' if count == 1 else 's'} in the dataset"
        super().__init__("\n".join([head, *(f"  {line}" for line in listed(self.problems))]))


class ParameterError(BriefError):
    """An unknown, missing or ill-typed parameter or edition."""

    exit_status = 2


class ChapterError(BriefError):
    """A notebook that cannot be used, or a cell of it that failed."""


class PageError(BriefError):
    """A brief that cannot be exported."""
