"""`claimbrief add`: a statement more in the tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbrief.commands.reading import IN_DATASET, read
from claimbrief.render.editions import find_root

if TYPE_CHECKING:
    from claimbrief.adding.statement import Rows


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
    prints all of them with what they mean. A key that a row leaves out is that of the only new row
    of its table, or stands at the top of the file:

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
    from claimbrief.errors import BriefError

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
    except click.Abort:
        _keep(questions.rows)
        raise
    return questions.rows


def _keep(rows: Rows) -> None:
    """Print the answers, so that none has to be given again."""
    from claimbrief.adding.statement import as_yaml

    if any(rows.values()):
        click.echo("\n# nothing was written; the answers, as a file for --from:")
        click.echo(as_yaml(rows))
