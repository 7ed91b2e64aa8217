"""`claimbrief new`: a dataset for another question, valid and nearly empty."""

from __future__ import annotations

import calendar
import csv
import json
import re
import shlex
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from importlib.resources import as_file, files
from io import StringIO
from pathlib import Path

import click

from claimbrief.dates import parse_day
from claimbrief.errors import DateError, ParameterError

EXAMPLE = "example"  # the folder of the package that is copied
# What stands there in the place of a dataset's own name, question and window.
NAME = '"name": "example"'
QUESTION, FIRST, LAST = "QUESTION", "2030-01-01", "2030-01-31"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--question", required=True, metavar="TEXT", help="The question, as a reader asks it."
)
@click.option(
    "--window",
    nargs=2,
    metavar="FIRST LAST",
    help="The days that a brief shows, as 2024-10-01 2024-10-31. [default: this month]",
)
def new(folder: Path, question: str, window: tuple[str, str] | None) -> None:
    """Write a dataset for another question into FOLDER: every table, and an invented example.

    FOLDER must be new or empty. What is written passes the check; its README.md says what to do.
    """
    from claimbrief.dataset import read_dataset
    from claimbrief.validate import checked

    name, title, (first, last) = _name(folder), _title(question), _days(window)
    _refuse_full(folder)
    values = {FIRST: first, LAST: last, QUESTION: title, NAME: f'"name": "{name}"'}
    with tempfile.TemporaryDirectory(prefix="claimbrief-") as scratch:
        written = Path(scratch) / name
        with as_file(files("claimbrief") / EXAMPLE) as example:
            shutil.copytree(example, written)
        for path in written.rglob("*.*"):
            _fill(path, values)
        checked(read_dataset(written))
        try:
            shutil.copytree(written, folder, dirs_exist_ok=True)
        except OSError as error:
            raise ParameterError(f"{folder} cannot be written to: {error}") from error
    click.echo(f"wrote {folder}: {title} ({first} to {last})")
    quoted = shlex.quote(str(folder))
    click.echo(f"next: read {folder / 'README.md'}, then run claimbrief check {quoted}")


def _fill(path: Path, values: Mapping[str, str]) -> None:
    """Put these values into a file in the place of what the example has for them."""
    title = values[QUESTION]
    if path.suffix == ".json":
        title = json.dumps(title, ensure_ascii=False)[1:-1]
    own = {**values, QUESTION: title}
    pattern = "|".join(map(re.escape, own))

    def filled(text: str) -> str:
        return re.sub(pattern, lambda found: own[found[0]], text)

    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        rows = [[filled(cell) for cell in row] for row in csv.reader(StringIO(text))]
        house = StringIO(newline="")
        csv.writer(house, lineterminator="\n").writerows(rows)
        path.write_text(house.getvalue(), encoding="utf-8", newline="\n")
    else:
        path.write_text(filled(text), encoding="utf-8", newline="\n")


def _name(folder: Path) -> str:
    """Return the dataset's name, of the letters and digits of its folder's."""
    words = re.findall(r"[a-z0-9]+", folder.resolve().name.lower())
    if not words:
        raise ParameterError(
            f"{folder}: accepted: a folder whose name has a letter a to z or a digit, as the "
            "dataset is named after it"
        )
    return "-".join(words)


def _title(question: str) -> str:
    """Return the question in one line, with typographic quotation marks and apostrophes."""
    title = re.sub(r'"([^"]*)"', r"“\1”", " ".join(question.split()))
    if not title:
        raise ParameterError(
            "--question: found no words; accepted: a question, as a reader asks it"
        )
    title = re.sub(r"(^|\s)'", r"\1‘", title)
    return title.replace("'", "’").replace('"', "”")


def _days(window: tuple[str, str] | None) -> tuple[str, str]:
    """Return the first and the last day of the window; without any, of this month."""
    today = date.today()
    length = calendar.monthrange(today.year, today.month)[1]
    first, last = window or (f"{today:%Y-%m}-01", f"{today:%Y-%m}-{length}")
    try:
        is_in_order = parse_day(first) <= parse_day(last)
    except DateError as error:
        raise ParameterError(f"--window: {error}") from None
    if not is_in_order:
        raise ParameterError(f"--window: found {first} {last}; accepted: the first day first")
    return first, last


def _refuse_full(folder: Path) -> None:
    """Raise ParameterError for a file, and for a folder that holds anything."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        found = "holds files" if folder.is_dir() else "is a file"
        raise ParameterError(f"{folder} {found}; accepted: a folder that is new or empty")
