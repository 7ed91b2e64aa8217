"""`claimbrief diff`: what changed from a dataset, brief, day or revision to another."""

from __future__ import annotations

from pathlib import Path

import click

from claimbrief.render.editions import find_root


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "face",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    help="Print it so. [default: text]",
)
@click.option(
    "--dataset",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Days are of this dataset. [default: data/ of the project]",
)
def diff(old: str, new: str, face: str, dataset: Path | None) -> None:
    """Print what changed from OLD to NEW: statements, codes, sides, evidence, figures, sentences.

    Each is a dataset (a folder with datapackage.json), a built brief (a folder with numbers.json),
    a day (2024-10-18) or a git revision of the project.
    """
    from claimbrief.compare.arguments import snapshots
    from claimbrief.compare.changes import changes
    from claimbrief.compare.faces import FACES
    from claimbrief.compare.words import blocks, lead, title

    root = find_root()
    before, after = snapshots(old, new, root, dataset)
    found = changes(before, after)
    parts = (title(before, after), lead(found, before, after), list(blocks(found, before, after)))
    click.echo(FACES[face](*parts, root), nl=False)
