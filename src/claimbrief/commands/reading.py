"""The commands that read a dataset: agreement, check, locate and uncoded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbrief.errors import LISTED, BriefError
from claimbrief.render.editions import find_root

if TYPE_CHECKING:
    from claimbrief.dataset import Dataset
    from claimbrief.spans import Span

FOLDER = click.Path(file_okay=False, path_type=Path)
OF_DATASET = click.argument("dataset", required=False, type=FOLDER)
IN_DATASET = click.option(
    "--dataset", type=FOLDER, help="The dataset's folder. [default: data/ of the project]"
)
EXAMPLE = r"^example[\d_]|\bEXAMPLE\b"  # in the cells that `claimbrief new` has invented
CONTEXT = 40  # code points on either side of words that were looked for


def read(folder: Path | None, *, is_checked: bool = False) -> Dataset:
    """Return the dataset in a folder, or in data/ of the project, which must pass a check."""
    from claimbrief.dataset import read_dataset
    from claimbrief.validate import checked

    dataset = read_dataset(folder or find_root() / "data")
    return checked(dataset) if is_checked else dataset


@click.command()
@OF_DATASET
def agreement(dataset: Path | None) -> None:
    """Print how well two coders of a DATASET agree, before anything was settled.

    For each variable: n, raw agreement, Krippendorff's alpha, the units on which they disagreed.

    [default: data/ of the project]
    """
    from claimbrief.analysis.method import agreement_lines

    for line in agreement_lines(read(dataset, is_checked=True)):
        click.echo(line)


@click.command()
@OF_DATASET
def check(dataset: Path | None) -> None:
    """Check a DATASET folder: list every problem, or say what was verified.

    [default: data/ of the project]
    """
    from claimbrief.dataset import TABLES
    from claimbrief.spans import coverage_lines

    found = read(dataset, is_checked=True)
    # So that a table that was cut is noticed.
    counts = ", ".join(f"{name} {len(found.table(name)):,}" for name in TABLES)
    for line in ("no problems", f"rows: {counts}", *coverage_lines(found), *_example_lines(found)):
        click.echo(line)


def _example_lines(dataset: Dataset) -> Iterator[str]:
    """Yield notes on what is left of the example that `claimbrief new` has written."""
    from claimbrief.dataset import TABLES

    found = []
    for name in TABLES:
        cells = dataset.table(name).astype("str")
        is_example = cells.apply(lambda column: column.str.contains(EXAMPLE)).any(axis=1)
        if rows := [str(row) for row in cells.index[is_example]]:
            listed = f"{', '.join(rows[:LISTED])}{' …' if len(rows) > LISTED else ''}"
            found.append(f"{name}.csv ({'row' if len(rows) == 1 else 'rows'} {listed})")
    if any(re.search(EXAMPLE, str(gap)) for gap in dataset.descriptor.get("known_gaps", [])):
        found.append("datapackage.json (known_gaps)")
    if found:
        yield f"note: to be replaced, as it is the example’s own: {', '.join(found)}"


@click.command()
@click.argument("source")
@IN_DATASET
def uncoded(source: str, dataset: Path | None) -> None:
    """Print the sentences of a SOURCE's text that no claim covers and no exclusion excludes.

    Each follows its offsets, span_start and span_end, as exclusions.csv and claims.csv need them.
    A sentence counts as covered if any part of it is. The text is archive/SOURCE.txt; the dataset
    need not pass the check.
    """
    from claimbrief.spans import archived_text, text_lines, unaccounted

    found = read(dataset)
    text = archived_text(found, source)
    if text is None:
        raise BriefError(
            f"found no text of {source}; accepted: its text in archive/{source}.txt (a source that "
            "is coded from rows of words.csv has none)"
        )
    rest = [
        f"{start} {end}  {' '.join(text[start:end].split())}"
        for start, end in unaccounted(found, source, text)
    ] or [f"every sentence of {source} is claimed or excluded"]
    for line in (*text_lines(found, source, text), *rest):
        click.echo(line)


@click.command()
@click.argument("source")
@click.argument("words", nargs=-1, required=True)
@IN_DATASET
def locate(source: str, words: tuple[str, ...], dataset: Path | None) -> None:
    """Print where WORDS occur in the text of a SOURCE, or in its rows of words.csv.

    In archive/SOURCE.txt the offsets are those that a claim needs as span_start and span_end:
    Unicode code points, the end exclusive. If the exact words do not occur, the nearest are
    printed, with what differs. Exit status 1 if nothing is near.
    """
    from claimbrief.spans import archived_text, nearest, occurrences, text_lines

    sought = " ".join(words)
    if not sought.strip():
        raise click.BadParameter("found blanks alone; accepted: words of the text")
    found = read(dataset)
    text = archived_text(found, source)
    passages = list(_passages(found, source, text))
    if not passages:
        raise BriefError(f"{source} has no text in archive/{source}.txt and no row in words.csv")
    for line in () if text is None else text_lines(found, source, text):
        click.echo(line)
    places = [(*it, span) for it in passages for span in occurrences(it[1], sought)]
    if not places:
        places = [(*it, span) for it in passages for span in nearest(it[1], sought)]
        if not places:
            raise BriefError(f"{source} has no words like “{sought}”")
        click.echo("not found exactly; nearest:")
    for place, passage, span in places:
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
    from claimbrief.spans import differences

    start, end = span
    names = ("span_start", "span_end") if place.startswith("archive") else ("from", "to")
    click.echo(f"{place}: {names[0]} {start}, {names[1]} {end}")
    before, after = passage[max(start - CONTEXT, 0) : start], passage[end : end + CONTEXT]
    context = f"{before}[{passage[start:end]}]{after}"
    click.echo("  " + re.sub(r"\s*\n\s*", " / ", context).strip())
    for line in differences(passage[start:end], sought):
        click.echo(f"  {line}")
