"""A table in the house form, whatever spreadsheet program has saved it.

The house form is UTF-8 without a byte order mark, LF line ends, commas, quotation marks only where
a cell needs them, `true` and `false`, whole numbers without a point, and no blank rows at the end.
Rows keep their order. A file that can be read in several ways stays as it is, and so does a cell
that a spreadsheet program may have changed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from claimbrief.dataset import BOOLEANS, INTEGERS
from claimbrief.dates import accepted_for
from claimbrief.errors import Problem
from claimbrief.spreadsheets import (
    ERRORS,
    SEPARATORS,
    Rows,
    book_problem,
    cut,
    separator_of,
    text_of,
    without_last_blanks,
)
from claimbrief.tidy import Tidied
from claimbrief.validate.times import DATES
from claimbrief.wording import counted

_WITH_POINT = re.compile(r"(0|-?[1-9]\d*)\.0")  # a whole number as pandas writes it: 231.0
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# How spreadsheet programs write truth values in other languages.
_TRUE = {"true", "wahr", "vrai", "vero", "verdadero", "verdadeiro", "waar", "prawda"}
_FALSE = {"false", "falsch", "faux", "falso", "onwaar", "fałsz"}


def tidied_table(file: str, content: bytes, encoding: str = "") -> Tidied:
    """Return a table in the house form; `encoding` says how it is written, if it is not Unicode."""
    if book := book_problem(file, content):
        return Tidied(content, (), (book,))
    name = encoding_of(content, encoding)
    if not name:
        todo = "save it as UTF-8, or name its encoding: claimbrief tidy FOLDER --encoding cp1252"
        problem = Problem(file, 0, "", "an encoding that cannot be known", "UTF-8", todo)
        return Tidied(content, (), (problem,))
    text = re.sub(r"\r\n?", "\n", content.decode(name).removeprefix("\ufeff"))
    separator = separator_of(text)
    if not separator:
        problem = Problem(
            file, 1, "", "several signs that separate cells", "commas", "replace the others"
        )
        return Tidied(content, (), (problem,))
    rows, problem_of_cut = cut(file, text, separator)
    problems = [problem_of_cut] if problem_of_cut else list(_width_problems(file, rows))
    if problems:
        return Tidied(content, (), tuple(problems))
    kept = without_last_blanks(rows)
    house, n_truths, n_numbers = _with_values(kept)
    changes = {
        f"{name} to UTF-8": name != "UTF-8",
        "no byte order mark": content.startswith(codecs.BOM_UTF8),
        f"commas for {SEPARATORS[separator]}": separator != ",",
        "LF line ends": b"\r" in content or not text.endswith("\n"),
        "quotation marks only where needed": text_of(rows, separator)
        != text + "\n" * (not text.endswith("\n")),
        f"true or false in {counted(n_truths, 'cell')}": n_truths,
        f"whole numbers in {counted(n_numbers, 'cell')}": n_numbers,
        "no blank rows at the end": len(rows) > len(kept),
    }
    written = text_of(house).encode()
    said = tuple(what for what, is_so in changes.items() if is_so) if written != content else ()
    return Tidied(written, said, tuple(_cell_problems(file, house)))


def encoding_of(content: bytes, encoding: str) -> str:
    """Return the encoding in which bytes are a text: Unicode, or else the one named; "" if none.

    Bytes that are UTF-8 are read as such, whatever encoding is named for others.
    """
    unicode = "UTF-16" if content.startswith(_UTF_16) else "UTF-8"
    return next((name for name in (unicode, encoding) if name and _is_in(content, name)), "")


def _is_in(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _width_problems(file: str, rows: Rows) -> Iterator[Problem]:
    """Yield, for a table whose rows are not all as wide as its header, the first such row."""
    wrong = [number for number, row in enumerate(rows, 1) if row and len(row) != len(rows[0])]
    if wrong:
        found = f"{counted(len(rows[wrong[0] - 1]), 'cell')}"
        found += f", and {counted(len(wrong) - 1, 'more such row')}" if len(wrong) > 1 else ""
        accepted = f"a cell for each column: {counted(len(rows[0]), 'cell')}"
        yield Problem(file, wrong[0], "", found, accepted, "add or remove cells")


def _with_values(rows: Rows) -> tuple[Rows, int, int]:
    """Return the rows with truth values and whole numbers as the dataset writes them.

    Also how many truth values, and how many numbers, were changed: 231.0 becomes 231.
    """
    header, *below = rows or [[]]
    house = [row.copy() for row in below]
    n_changed = {True: 0, False: 0}
    for place, label in enumerate(header):
        if label not in BOOLEANS | INTEGERS:
            continue
        for row in filter(None, house):
            written = (_truth if label in BOOLEANS else _whole)(row[place])
            n_changed[label in BOOLEANS] += written != row[place]
            row[place] = written
    return [header, *house], n_changed[True], n_changed[False]


def _whole(cell: str) -> str:
    """Return a whole number without a point; 3.000, which may be three thousand, as it is."""
    match = _WITH_POINT.fullmatch(cell)
    return match[1] if match else cell


def _truth(cell: str) -> str:
    word = cell.casefold()
    return "true" if word in _TRUE else "false" if word in _FALSE else cell


def _cell_problems(file: str, rows: Rows) -> Iterator[Problem]:
    """Yield the cells that a spreadsheet program may have changed, which stay as they are."""
    todo = "write it so; a spreadsheet may have changed it"
    dates = DATES.get(Path(file).stem, ())
    for number, row in enumerate(rows[1:], 2):
        for label, cell in zip(rows[0], row, strict=False):
            accepted = ""
            if ERRORS.search(cell):
                accepted = "a value"
            elif label in BOOLEANS and cell not in ("true", "false", ""):
                accepted = "true or false"
            elif label in dates and cell:
                accepted = accepted_for(cell)
            if accepted:
                yield Problem(file, number, label, cell, accepted, todo)
