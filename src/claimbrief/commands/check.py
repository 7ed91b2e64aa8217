"""`claimbrief check`: every problem of a dataset, or what was verified."""

from __future__ import annotations

from pathlib import Path

import click

from claimbrief.render.editions import find_root


@click.command()
@click.argument("dataset", required=False, type=click.Path(file_okay=False, path_type=Path))
def check(dataset: Path | None) -> None:
    """Check a DATASET folder: list every problem, or say what was verified.

    [default: data/ of the project]
    """
    from claimbrief.dataset import read_dataset
    from claimbrief.spans import coverage_lines
    from claimbrief.validate import checked

    read = checked(read_dataset(dataset or find_root() / "data"))
    click.echo("no problems")
    for line in coverage_lines(read):
        click.echo(line)
