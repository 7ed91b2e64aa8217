"""`claimbrief agreement`: how well two coders agree."""

from __future__ import annotations

from pathlib import Path

import click

from claimbrief.render.editions import find_root


@click.command()
@click.argument("dataset", required=False, type=click.Path(file_okay=False, path_type=Path))
def agreement(dataset: Path | None) -> None:
    """Print how well two coders of a DATASET agree, before anything was settled.

    For each variable n, raw agreement, Krippendorff's alpha and the units on which they parted.

    [default: data/ of the project]
    """
    from claimbrief.analysis.agreement import agreement_lines
    from claimbrief.dataset import read_dataset
    from claimbrief.validate import checked

    for line in agreement_lines(checked(read_dataset(dataset or find_root() / "data"))):
        click.echo(line)
