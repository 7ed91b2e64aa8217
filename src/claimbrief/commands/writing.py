"""The commands that write a dataset: `claimbrief new` and `claimbrief add`."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
import tempfile
from collections.abc import Mapping
from importlib.resources import as_file, files
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbrief.commands.reading import IN_DATASET, read
from claimbrief.dates import parse_day
from claimbrief.errors import INVISIBLE, BriefError, DateError, ParameterError
from claimbrief.render.editions import find_root
from claimbrief.spreadsheets import text_of

if TYPE_CHECKING:
    from claimbrief.adding.statement import Rows

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
    required=True,
    metavar="FIRST LAST",
    help="The days that a brief shows, as 2024-10-01 2024-10-31.",
)
def new(folder: Path, question: str, window: tuple[str, str]) -> None:
    """Write a dataset for another question into FOLDER: every table, and an invented example.

    FOLDER must be new or empty. What is written passes the check; its README.md says what to do.
    """
    from claimbrief.dataset import read_dataset
    from claimbrief.validate import checked

    name, title, (first, last) = _name(folder), _title(question), window
    _refuse_wrong(first, last)
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
        text = text_of([[filled(cell) for cell in row] for row in csv.reader(StringIO(text))])
    else:
        text = filled(text)
    path.write_text(text, encoding="utf-8", newline="\n")


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
    if hidden := INVISIBLE.search(title):
        raise ParameterError(
            f"--question: found a sign that cannot be seen, {hidden[0]!a}; accepted: words, "
            "without controls, signs of direction or blanks of no width"
        )
    title = re.sub(r"(^|\s)'", r"\1‘", title)
    return title.replace("'", "’").replace('"', "”")


def _refuse_wrong(first: str, last: str) -> None:
    """Raise ParameterError for a window that is not two days in order."""
    try:
        if parse_day(first) > parse_day(last):
            raise ParameterError(f"--window: found {first} {last}; accepted: the first day first")
    except DateError as error:
        raise ParameterError(f"--window: {error}") from None


def _refuse_full(folder: Path) -> None:
    """Raise ParameterError for a file, and for a folder that holds anything."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        found = "holds files" if folder.is_dir() else "is a file"
        raise ParameterError(f"{folder} {found}; accepted: a folder that is new or empty")


@click.command()
@IN_DATASET
@click.option(
    "--from",
    "file",
    metavar="FILE.yml",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Read the rows from this file instead of asking.",
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Print the rows and write nothing.")
@click.option("--template", "is_template", is_flag=True, help="Print a FILE.yml to fill in.")
def add(dataset: Path | None, file: Path | None, is_dry: bool, is_template: bool) -> None:
    """Add a statement: ask for it, check each answer, write its rows into all their tables.

    Nothing is written unless the whole dataset passes the check with the new rows.

    FILE.yml has the tables as keys and under each a row, or a list of rows, by column; --template
    prints all of them with what they mean. A key that a row leaves out is taken from the only new
    row of its table, or from the top of the file:

    \b
      source_id: gazette_2031_05_10     # a known source, for all rows
      utterances: {utterance_id: lind_10may, venue: …, date: 2031-05-10, …}
      speakers: {actor_id: lind, role: harbour master}
      words: {words_id: w_lind_1, text: …, language: sv, …}
      claims:
        - {claim_id: w70a, proposition_id: harbour_closed, stance: denies, …}
        - {claim_id: w70b, …}
    """
    from claimbrief.adding.statement import read_rows, template
    from claimbrief.adding.tables import add_rows
    from claimbrief.descriptor import read_descriptor

    folder = dataset or find_root() / "data"
    descriptor, _ = read_descriptor(folder)
    if is_template:
        click.echo(template(descriptor))
        return
    rows = read_rows(file, descriptor) if file else _asked(folder)
    try:
        placed = add_rows(folder, rows, is_written=not is_dry)
    except BriefError:
        click.echo("nothing was written; the rows below are numbered as they would stand", err=True)
        if not file:
            _keep(rows)
        raise
    for table, number, line in placed:
        click.echo(f"{table}.csv, row {number}: {line}")
    click.echo("nothing was written (--dry-run)" if is_dry else f"written into {folder}")


def _asked(folder: Path) -> Rows:
    from claimbrief.adding.questions import Questions

    questions = Questions(read(folder, is_checked=True))
    try:
        questions.ask()
    except BaseException:  # whatever ends it
        _keep(questions.rows)
        raise
    return questions.rows


def _keep(rows: Rows) -> None:
    """Print the answers, so that none has to be given again."""
    from claimbrief.adding.statement import as_yaml

    if any(rows.values()):
        click.echo("\n# nothing was written; the answers, as a file for --from:")
        click.echo(as_yaml(rows))
