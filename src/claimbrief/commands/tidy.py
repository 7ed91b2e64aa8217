"""`claimbrief tidy`: notebooks and tables in the house form."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbrief.descriptor import leads_out, link_problem
from claimbrief.errors import Problem, listed
from claimbrief.render.editions import find_root
from claimbrief.wording import counted

if TYPE_CHECKING:
    from claimbrief.tidy import Tidied

_SUFFIXES = (".ipynb", ".csv")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option("--encoding", default="", metavar="NAME", help="Encoding of tables, such as cp1252.")
@click.pass_context
def tidy(ctx: click.Context, paths: tuple[Path, ...], encoding: str) -> None:
    """Put notebooks and tables into the house form: files at PATHS, or those in a folder there.

    What a run, an editor or a spreadsheet program left behind is removed; what can be read in
    several ways is reported and kept. With - a notebook is read from standard input and printed,
    for git.

    [default: data/ and notebooks/ of the project]
    """
    if paths == (Path("-"),):
        ctx.exit(_tidy_stream())
    try:
        "".encode(encoding or "utf-8")
    except LookupError:
        raise click.UsageError(f"no encoding is named {encoding!r}; accepted: as cp1252") from None
    root = find_root() if not paths else Path()
    files = list(_files(paths or (root / "data", root / "notebooks")))
    changed: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for path in files:
        tidied = _tidied(path, encoding)
        problems += tidied.problems
        if tidied.changes:
            changed[path] = tidied.content
            click.echo(f"{os.path.relpath(path)}: {', '.join(tidied.changes)}")
    _write(changed)
    for line in listed(problems):
        click.echo(f"claimbrief: {line}", err=True)
    click.echo(f"{counted(len(files), 'file')} read, {len(changed)} changed")
    ctx.exit(int(bool(problems)))


def _tidy_stream() -> int:
    """Print the notebook of standard input in the house form; return the exit status."""
    from claimbrief.tidy.notebooks import tidied_notebook

    tidied = tidied_notebook("notebook", sys.stdin.buffer.read())
    for problem in tidied.problems:
        click.echo(f"claimbrief: {problem}; left as it is", err=True)
    sys.stdout.buffer.write(tidied.content)
    return int(bool(tidied.problems))


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the files at these paths and the notebooks and tables in these folders."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                it
                for it in path.iterdir()
                if it.suffix in _SUFFIXES and (it.is_file() or _is_link_out(it))
            )
        elif path.suffix in _SUFFIXES:
            yield path
        else:
            raise click.UsageError(f"{path}: accepted: .ipynb, .csv, or a folder of them")


def _is_link_out(path: Path) -> bool:
    return path.suffix == ".csv" and leads_out(path, path.parent)


def _tidied(path: Path, encoding: str) -> Tidied:
    name = os.path.relpath(path)
    if path.suffix == ".ipynb":
        from claimbrief.tidy.notebooks import tidied_notebook

        return tidied_notebook(name, path.read_bytes())
    from claimbrief.tidy import Tidied
    from claimbrief.tidy.tables import tidied_table

    if _is_link_out(path):
        return Tidied(b"", (), (link_problem(name),))
    return tidied_table(name, path.read_bytes(), encoding)


def _write(changed: dict[Path, bytes]) -> None:
    """Write the files of each folder, all or none."""
    from claimbrief.render.swap import swap_in

    for folder in dict.fromkeys(path.parent for path in changed):
        swap_in({p.name: text for p, text in changed.items() if p.parent == folder}, folder)
