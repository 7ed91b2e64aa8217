"""`claimbrief uncoded`: the sentences of a text that nothing covers yet."""

from __future__ import annotations

from pathlib import Path

import click

from claimbrief.errors import BriefError
from claimbrief.render.editions import find_root


@click.command()
@click.argument("source")
@click.option(
    "--dataset",
    type=click.Path(file_okay=False, path_type=Path),
    help="The dataset's folder. [default: data/ of the project]",
)
def uncoded(source: str, dataset: Path | None) -> None:
    """Print the sentences of a SOURCE's text that no claim covers and no exclusion excludes.

    Each stands after its offsets, span_start and span_end, as exclusions.csv and claims.csv want
    them. A sentence counts as covered where any of it is. The text is archive/SOURCE.txt; the
    dataset need not pass the check.
    """
    from claimbrief.dataset import read_dataset
    from claimbrief.spans import archived_text, text_lines, unaccounted

    read = read_dataset(dataset or find_root() / "data")
    text = archived_text(read, source)
    if text is None:
        raise BriefError(
            f"found no text of {source}; accepted: its text in archive/{source}.txt (a source that "
            "is coded from rows of words.csv has none)"
        )
    for line in text_lines(read, source, text):
        click.echo(line)
    rest = unaccounted(read, source, text)
    if not rest:
        click.echo(f"every sentence of {source} is claimed or excluded")
    for start, end in rest:
        click.echo(f"{start} {end}  {' '.join(text[start:end].split())}")
