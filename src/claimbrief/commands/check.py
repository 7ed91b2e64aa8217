"""`claimbrief check`: every problem of a dataset, or what was verified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbrief.render.editions import find_root

if TYPE_CHECKING:
    from claimbrief.dataset import Dataset

EXAMPLE = r"^example\d|\bEXAMPLE\b"  # in the cells that `claimbrief new` has invented


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
    for line in (*coverage_lines(read), *_example_lines(read)):
        click.echo(line)


def _example_lines(dataset: Dataset) -> Iterator[str]:
    """Yield notes on what is left of the example that `claimbrief new` has written."""
    from claimbrief.dataset import TABLES

    found = []
    for name in TABLES:
        cells = dataset.table(name).astype("str")
        is_example = cells.apply(lambda column: column.str.contains(EXAMPLE)).any(axis=1)
        if rows := [str(row) for row in cells.index[is_example]]:
            found.append(f"{name}.csv ({'row' if len(rows) == 1 else 'rows'} {', '.join(rows)})")
    if any(re.search(EXAMPLE, str(gap)) for gap in dataset.descriptor.get("known_gaps", [])):
        found.append("datapackage.json (known_gaps)")
    if found:
        yield f"note: to be replaced, as it is the example’s own: {', '.join(found)}"
