"""`claimbrief locate`: where words stand in a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbrief.errors import BriefError
from claimbrief.locating import Span, differences, nearest, occurrences
from claimbrief.render.editions import find_root

if TYPE_CHECKING:
    from claimbrief.dataset import Dataset

CONTEXT = 40  # code points on either side


@click.command()
@click.argument("source")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--dataset",
    type=click.Path(file_okay=False, path_type=Path),
    help="The dataset's folder. [default: data/ of the project]",
)
def locate(source: str, words: tuple[str, ...], dataset: Path | None) -> None:
    """Print where WORDS stand in the text of a SOURCE, or in its rows of words.csv.

    In archive/SOURCE.txt the offsets are those that a claim wants as span_start and span_end:
    Unicode code points, the end exclusive. Where the words stand nowhere exactly, the nearest are
    printed, with what differs. Exit status 1 where nothing is near.
    """
    from claimbrief.dataset import read_dataset
    from claimbrief.spans import archived_text, text_lines

    read = read_dataset(dataset or find_root() / "data")
    text = archived_text(read, source)
    passages = list(_passages(read, source, text))
    if not passages:
        raise BriefError(f"{source} has no text in archive/{source}.txt and no row in words.csv")
    if text is not None:
        for line in text_lines(read, source, text):
            click.echo(line)
    sought = " ".join(words)
    exact = [(place, passage, occurrences(passage, sought)) for place, passage in passages]
    near = [(place, passage, nearest(passage, sought)) for place, passage in passages]
    found = exact if any(spans for _, _, spans in exact) else near
    if not any(spans for _, _, spans in found):
        raise BriefError(f"{source} has no words like “{sought}”")
    if found is near:
        click.echo("not found exactly; nearest:")
    for place, passage, spans in found:
        for span in spans:
            _print_place(place, passage, span, sought)


def _passages(dataset: Dataset, source_id: str, text: str | None) -> Iterator[tuple[str, str]]:
    """Yield the texts of a source, each after where it stands."""
    from claimbrief.dataset import each_row

    if text is not None:
        yield f"archive/{source_id}.txt", text
    rows = dataset.words[dataset.words["source_id"] == source_id]
    for row in each_row(rows[rows["text"] != ""]):
        yield f"words.csv, row {row.Index} ({row.words_id})", row.text


def _print_place(place: str, passage: str, span: Span, sought: str) -> None:
    start, end = span
    names = ("span_start", "span_end") if place.startswith("archive") else ("from", "to")
    click.echo(f"{place}: {names[0]} {start}, {names[1]} {end}")
    before, after = passage[max(start - CONTEXT, 0) : start], passage[end : end + CONTEXT]
    context = f"{before}[{passage[start:end]}]{after}"
    click.echo("  " + re.sub(r"\s*\n\s*", " / ", context).strip())
    for line in differences(passage[start:end], sought):
        click.echo(f"  {line}")
