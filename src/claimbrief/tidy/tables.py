"""A table in the house form, whatever spreadsheet program has saved it.

The house form is UTF-8 without a byte order mark, LF line ends, commas, quotation marks only where
a cell needs them, `true` and `false`, and no blank rows at the end. Rows keep their order. A file
that can be read in several ways stays as it is, and so does a cell that a spreadsheet program may
have changed.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from claimbrief.dataset import BOOLEANS
from claimbrief.dates import ACCEPTED, readable
from claimbrief.errors import Problem
from claimbrief.spreadsheets import ERRORS, SEPARATORS, Rows, cut, separator_of, without_last_blanks
from claimbrief.tidy import Tidied
from claimbrief.validate.times import DATES
from claimbrief.wording import counted

# In which programs on Windows write tables where they do not write Unicode.
ENCODINGS = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# A word in two alphabets shows that the text was written in another encoding.
_TWO_ALPHABETS = re.compile(r"[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
# How spreadsheet programs write truth values in other languages.
_TRUE = {"true", "wahr", "vrai", "vero", "verdadero", "verdadeiro", "waar", "prawda"}
_FALSE = {"false", "falsch", "faux", "falso", "onwaar", "fałsz"}


def tidied_table(file: str, content: bytes, encoding: str = "") -> Tidied:
    """Return a table in the house form; `encoding` says how it is written, if it is not Unicode."""
    texts = texts_of(content, encoding)
    if len(texts) != 1:
        return Tidied(content, (), (_encoding_problem(file, texts),))
    ((name, text),) = texts.items()
    text = re.sub(r"\r\n?", "\n", text)
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
    house, n_truths = _with_truths(kept)
    changes = {
        f"{name} to UTF-8": name != "UTF-8",
        "no byte order mark": content.startswith(codecs.BOM_UTF8),
        f"commas for {SEPARATORS[separator]}": separator != ",",
        "LF line ends": b"\r" in content or not text.endswith("\n"),
        "quotation marks only where needed": _written(rows, separator)
        != text + "\n" * (not text.endswith("\n")),
        f"true or false in {counted(n_truths, 'cell')}": n_truths,
        "no blank rows at the end": len(rows) > len(kept),
    }
    written = _written(house).encode()
    said = tuple(what for what, is_so in changes.items() if is_so) if written != content else ()
    return Tidied(written, said, tuple(_cell_problems(file, house)))


def texts_of(content: bytes, encoding: str) -> dict[str, str]:
    """Return the texts that a file's bytes can be, by an encoding that gives each; {} if unknown.

    Bytes that are UTF-8 are read as such, whatever encoding is named for others. Bytes that are
    not Unicode are read in the named one, or else as Western European where no other encoding of
    Windows makes another text of them.
    """
    has_nulls = b"\0" in content  # as UTF-16 has, and no table in UTF-8
    if content.startswith(_UTF_16):
        tried: tuple[str, ...] = ("UTF-16",)
    elif _decoded(content, "UTF-8") is not None and not (encoding and has_nulls):
        tried = ("UTF-8",)
    else:
        tried = (encoding,) if encoding else ENCODINGS
    found: dict[str, str] = {}
    for name in tried:
        text = _decoded(content, name)
        is_likely = text is not None and (tried != ENCODINGS or not _TWO_ALPHABETS.search(text))
        if text is not None and is_likely and text not in found.values():
            found[name] = text.removeprefix("\ufeff")
    return found if tried[0] in found else {}


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _encoding_problem(file: str, texts: dict[str, str]) -> Problem:
    """Return that bytes are not Unicode, with the first word that encodings read differently."""
    accepted = "UTF-8"
    todo = "save it as UTF-8, or name its encoding: claimbrief tidy FOLDER --encoding"
    if not texts:
        return Problem(file, 0, "", "an encoding that cannot be known", accepted, f"{todo} NAME")
    lines = zip(*(text.splitlines() for text in texts.values()), strict=False)
    apart = {number: set(versions) for number, versions in enumerate(lines, 1)}
    row = next(number for number, versions in apart.items() if len(versions) > 1)
    cut_rows = [re.split(r"[\s,;]+", text.splitlines()[row - 1]) for text in texts.values()]
    words = zip(*cut_rows, strict=False)
    word = next((versions for versions in words if len(set(versions)) > 1), ())
    readings = " or ".join(f"{read} ({name})" for read, name in zip(word, texts, strict=False))
    found = f"an encoding that cannot be known: {readings}"
    return Problem(file, row, "", found, accepted, f"{todo} {next(iter(texts))}")


def _width_problems(file: str, rows: Rows) -> Iterator[Problem]:
    """Yield, for a table whose rows are not all as wide as its header, the first such row."""
    wrong = [number for number, row in enumerate(rows, 1) if row and len(row) != len(rows[0])]
    if wrong:
        found = f"{counted(len(rows[wrong[0] - 1]), 'cell')}"
        found += f", and {counted(len(wrong) - 1, 'more such row')}" if len(wrong) > 1 else ""
        accepted = f"a cell for each column: {counted(len(rows[0]), 'cell')}"
        yield Problem(file, wrong[0], "", found, accepted, "add or remove cells")


def _with_truths(rows: Rows) -> tuple[Rows, int]:
    """Return the rows with truth values as the dataset writes them, and how many were not so."""
    header, *below = rows or [[]]
    places = [place for place, label in enumerate(header) if label in BOOLEANS]
    house = [row.copy() for row in below]
    n_changed = 0
    for row in filter(None, house):
        for place in places:
            word = row[place].casefold()
            truth = "true" if word in _TRUE else "false" if word in _FALSE else row[place]
            n_changed += truth != row[place]
            row[place] = truth
    return [header, *house], n_changed


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
            elif label in dates and cell and not readable(cell):
                accepted = ACCEPTED
            if accepted:
                yield Problem(file, number, label, cell, accepted, todo)


def _written(rows: Rows, separator: str = ",") -> str:
    file = StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    return file.getvalue()
