"""A table's file as rows, and rows as its text; what spreadsheet programs write.

`rows_of` reads UTF-8 with commas. A byte order mark, any line ends and blank rows at the end make
no difference to it. Another encoding or separator is refused, in a message for the file, and
`claimbrief.tidy` rewrites such a file where it can be read in a single way.
"""

from __future__ import annotations

import csv
import re
from io import StringIO

from claimbrief.errors import Problem

# What spreadsheet programs write in place of a value that they cannot compute.
ERRORS = re.compile(r"\A(?:#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|Err:\d+)\Z")
TRUTH = {"true": True, "false": False}  # in capitals or not
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}

ZIP = b"PK\x03\x04"  # how the own files of spreadsheet programs (xlsx, ods) begin

Rows = list[list[str]]


def rows_of(file: str, content: bytes, folder: str) -> tuple[Rows, Problem | None]:
    """Return the header and the rows of a table's file, and why they cannot be read, if so.

    The header is empty where there is none. Blank rows are empty; those at the end are left out.
    """
    todo = f"run `claimbrief tidy {folder}`"
    if problem := book_problem(file, content):
        return [[]], problem
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [[]], Problem(file, 0, "", "another encoding than UTF-8", "UTF-8", todo)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        found = "a sign of the code 0, which no text has"
        return [[]], Problem(file, line, "", found, "text", "take the file from a copy, or mend it")
    separator = separator_of(text)
    if separator != ",":
        found = f"cells separated by {SEPARATORS.get(separator, 'several signs')}"
        return [[]], Problem(file, 0, "", found, "cells separated by commas", todo)
    rows, problem = cut(file, text, separator)
    filled = [row if any(row) else [] for row in without_last_blanks(rows)]
    return filled or [[]], problem


def book_problem(file: str, content: bytes) -> Problem | None:
    """Return what is wrong with a file that is a spreadsheet program's own; None with others."""
    if not content.startswith(ZIP):
        return None
    todo = "save the sheet as CSV, or take the file from a copy"
    return Problem(file, 0, "", "a file of a spreadsheet program’s own", "text, as CSV", todo)


def separator_of(text: str) -> str:
    """Return what separates the labels of the header: a comma if nothing does, "" if unclear."""
    header = re.split(r"[\r\n]", text, maxsplit=1)[0]
    found = [separator for separator in SEPARATORS if separator in header]
    return "," if not found else found[0] if len(found) == 1 else ""


def cut(file: str, text: str, separator: str) -> tuple[Rows, Problem | None]:
    """Return the rows of a text, or why it cannot be cut into cells."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(reader), None
    except csv.Error as error:
        accepted = "cells of moderate length, each quotation mark closed"
        return [], Problem(file, reader.line_num, "", str(error), accepted, "mend it")


def text_of(rows: Rows, separator: str = ",") -> str:
    """Return rows as a table's text: LF line ends, quotation marks only where a cell needs them."""
    file = StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    return file.getvalue()


def without_last_blanks(rows: Rows) -> Rows:
    """Return the rows up to the last that has a filled cell."""
    filled = [number for number, row in enumerate(rows, 1) if any(row)]
    return rows[: filled[-1]] if filled else []
